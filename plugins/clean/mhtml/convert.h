/* convert - pages of older browsers, which are not in UTF-8. */
#ifndef GALLEY_CLEAN_MHTML_CONVERT_H
#define GALLEY_CLEAN_MHTML_CONVERT_H

#include "kit/rewrite.h"

/* The charset that a <meta> near the beginning of a page states; empty: none. */
gly_str convert_stated(gly_str page);
/* Puts the page as UTF-8; what cannot be read becomes U+FFFD. `charset` empty: as
 * windows-1252. False: this system cannot read that charset. */
bool convert_page(rewrite *out, gly_str page, gly_str charset);

#endif
