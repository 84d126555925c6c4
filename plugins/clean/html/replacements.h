/* replacements - what a site's rule has replaced in the markup before it is read. */
#ifndef GALLEY_CLEAN_HTML_REPLACEMENTS_H
#define GALLEY_CLEAN_HTML_REPLACEMENTS_H

#include <galley/plugin.h>

#include "siterules.h"

/* Adds the view "replaced", over the current one, when the document has any of the texts
 * that the rule looks for. One pass: what was put in is not searched again, and where two
 * texts begin at one place the first line counts. A page does not grow to more than twice
 * its size; what is left then stays as it is. */
gly_status replacements_apply(const site_rule *, const gly_host *, gly_stage *, gly_doc *);

#endif
