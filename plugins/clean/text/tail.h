/* tail - what stands around a press release: embargo, contacts, notes to editors.
 *
 * One pass over the lines. Contact blocks and embargo lines are taken out, notes
 * to editors keep their lines and get the role LINE_NOTES. */
#ifndef GALLEY_CLEAN_TEXT_TAIL_H
#define GALLEY_CLEAN_TEXT_TAIL_H

#include "rules.h"

/* `embargo` gets the line that sets one; GLY_NO_REF when there is none. */
void tail_mark(const rules *, uint32_t *embargo);

/* Whether an e-mail address, a web address or a phone number stands in the line. */
bool tail_has_address(gly_str low);

#endif
