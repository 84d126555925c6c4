/* blocks - a page's text as a row of blocks: what stands between two places where
 * a browser would begin a new line. Each is weighed as a whole. */
#ifndef GALLEY_CLEAN_HTML_BLOCKS_H
#define GALLEY_CLEAN_HTML_BLOCKS_H

#include "kit/page/page.h"
#include "vocabulary.h"

enum { BLOCK_REPEATED = 1, BLOCK_LD_MATCH = 2, BLOCK_LD_MISS = 4 };

typedef struct block {
    uint32_t    first, last;  /* nodes: its text is the text nodes among them   */
    uint32_t    element;      /* the nearest element that makes a line           */
    uint32_t    words, chars; /* chars: bytes that are not white space           */
    uint32_t    link_chars;
    uint32_t    bold_chars, commas, digits, capitals; /* digits, capitals: words that begin so */
    uint16_t    tag;          /* of the element                                  */
    uint8_t     ends;         /* ends like a sentence                            */
    uint8_t     colon;        /* ends with one                                   */
    uint8_t     marks;        /* BLOCK_*                                         */
    uint32_t    said;         /* SAYS_*: what kinds of words stand in it         */
    uint64_t    hash;         /* of its words                                    */
    uint64_t    around;       /* IN_*: what it lies in                           */
    uint32_t    long_before, long_after; /* blocks to the nearest long paragraph */
    uint32_t    heading_says; /* SAYS_* of the heading that it stands under      */
    float       words_log;    /* log2(words + 1) / 8                             */
    float       class_share, parent_share; /* of the page's paragraphs in elements of its class */
    uint32_t    repeat_of;    /* an earlier block with the same words, + 1; 0    */
    float       chance;       /* that it belongs to the article, 0..1            */
    const char *rule;         /* why it was taken out; NULL: it stays            */
} block;

typedef struct blocks {
    block   *items;
    uint32_t count;
    uint32_t *before; /* per node: blocks that begin before it (running count)   */
    bool     cut;     /* there are more than a page of its size may have         */
} blocks;

/* The blocks of a page; arrays live in the arena. GLY_ECANCEL when told to stop. */
gly_status blocks_find(blocks *, const page *, const vocabulary *, gly_arena *);

enum { /* block_traits[], by tag */
    BLOCKS_SKIP = 1 << 0, /* its text is never read                          */
    BLOCKS_STAY = 1 << 1, /* special to the tree, but it ends no line        */
};
extern const uint8_t block_traits[PAGE_TEXT + 1];

/* Elements whose text is never read. */
static inline bool blocks_skips(uint16_t tag)
{
    return block_traits[tag] & BLOCKS_SKIP;
}

/* The same of elements that HTML does not know. */
bool blocks_parts_unknown(const page *, uint32_t node);

/* Elements that begin and end a line. */
static inline bool blocks_parts(const page *p, uint32_t node)
{
    uint16_t tag = p->nodes[node].tag;

    if (tag == PAGE_OTHER)
        return blocks_parts_unknown(p, node);
    return (page_tag_traits[tag] & PAGE_IS_SPECIAL) && !(block_traits[tag] & BLOCKS_STAY);
}

/* A text that is the mark of a link to its own heading: "Opening rings¶". */
bool blocks_is_anchor(const page *, uint32_t text);

#endif
