/* page - an HTML page as a tree in one array, made in one pass over its bytes.
 *
 * Nodes stand in document order, so the subtree of node i is [i, nodes[i].next)
 * and a sum over any subtree is a difference of two running sums. Names are
 * numbers (names.h); text and attribute values stay ranges of the source.
 *
 * The tree is not a browser's: misnested formatting is not repaired, foster
 * parents do not exist. End tags that may be left out are implied, void elements
 * are empty, tables and lists nest, text after </body> is kept: what reading order
 * depends on. Any bytes give a tree. Depth is at most PAGE_DEEPEST; elements below
 * that lie side by side. A page with more than a node for five of its bytes is cut
 * short (page.cut): none that people read is. */
#ifndef GALLEY_KIT_PAGE_PAGE_H
#define GALLEY_KIT_PAGE_PAGE_H

#include <galley/doc.h>

#include "kit/page/token.h"

enum { PAGE_DEEPEST = 512, PAGE_TEXT = PAGE_TAGS }; /* PAGE_TEXT: tag of a text node */

enum { /* page_node.flags */
    PAGE_REFS  = 1 << 0, /* text that holds '&'                                   */
    PAGE_SPACE = 1 << 1, /* white space stands before it, of which no node is made */
    PAGE_RAW   = 1 << 2, /* text of a script, style or the like                   */
    PAGE_SAYS  = 1 << 3, /* an element with rel, property, itemprop or datetime    */
};

typedef struct page_node {
    gly_range at;     /* element: start tag to end tag; text: the text       */
    uint32_t  inner;  /* where the start tag ends; text: at.begin            */
    uint32_t  next;   /* the first node behind the subtree                   */
    uint32_t  parent; /* node 0 is the document and its own parent           */
    uint32_t  attrs;  /* first in page.attrs                                 */
    uint16_t  tag;    /* page_tag, or PAGE_TEXT                              */
    uint8_t   nattrs;
    uint8_t   flags;  /* PAGE_REFS and so on                                 */
} page_node;

typedef struct page {
    gly_str    source;
    page_node *nodes;
    page_attr *attrs;
    uint32_t   count, nattrs, texts; /* texts: how many of the nodes are text */
    bool       cut;  /* the page has more nodes than its size allows */
} page;

/* All memory comes from the arena: at most 9 times the source plus 64 KiB.
 * GLY_ENOMEM when it runs out. The source must outlive the page. */
gly_status page_read(page *, gly_str source, gly_arena *);

/* An attribute's value as written, references unresolved; {NULL, 0}: it is not
 * there; {"", 0}: it is there and empty. */
gly_str page_attr_of(const page *, uint32_t node, page_attr_name);
/* The same for a name that is not in names.h, in lower case: reads the tag anew. */
gly_str page_attr_named(const page *, uint32_t node, gly_str name);
/* The name of an element as written. */
gly_str page_name_of(const page *, uint32_t node);

static inline bool page_is_text(const page_node *n)
{
    return n->tag == PAGE_TEXT;
}

#endif
