/* charref - what "&amp;", "&#8217;" and their like stand for (13.2.5.72-80). */
#ifndef GALLEY_KIT_PAGE_CHARREF_H
#define GALLEY_KIT_PAGE_CHARREF_H

#include <galley/doc.h>

/* The reference that begins with the '&' at text.ptr[0]: its value in `out`, at
 * most 6 bytes, whose number goes to *length; returns the bytes it takes up, or 0
 * when there is none and '&' stands for itself. In an attribute's value a name
 * without a semicolon before a letter, digit or '=' is none. */
uint32_t page_charref_read(gly_str text, bool in_attribute, char out[8], uint32_t *length);

/* Text with its references resolved; the slice itself when it holds none, or a
 * copy in the arena. NULL pointer when memory runs out. */
gly_str page_decode(gly_str text, bool in_attribute, gly_arena *);

#endif
