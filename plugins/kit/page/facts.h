/* facts - what a page's markup says of its article, for stages after clean.html.
 *
 * fact/1 is a work layer over the page's view: clean.html writes it on its way
 * through the tree, extract.metadata reads it, so that the page is read once. */
#ifndef GALLEY_KIT_PAGE_FACTS_H
#define GALLEY_KIT_PAGE_FACTS_H

#include <galley/layers.h>

typedef enum page_fact_kind {
    PAGE_FACT_META,   /* <meta>: key is its name, property or itemprop          */
    PAGE_FACT_LINK,   /* <link>: key is its rel, value its href                 */
    PAGE_FACT_TITLE,  /* <title>                                                */
    PAGE_FACT_JSONLD, /* a script of JSON-LD, as written                        */
    PAGE_FACT_TIME,   /* <time>: value is its datetime, else its text           */
    PAGE_FACT_PROP,   /* an element with itemprop; value is content, datetime or text */
    PAGE_FACT_AUTHOR, /* an element with rel=author, or named as an author      */
    PAGE_FACT_DATE,   /* an element named as a date; value is its text          */
    PAGE_FACT_H1,     /* the text of a first heading                            */
    PAGE_FACT_LANG,   /* lang of <html>                                         */
    PAGE_FACT_CARD,   /* how many cards of linked headlines there are: a list page */
    PAGE_FACT_RULE,   /* what a rule for the site selects: key is title, author or date */
    PAGE_FACT_TAG,    /* a link with rel=tag: key is all of its rel, value its text */
    PAGE_FACT_KINDS
} page_fact_kind;

enum { /* what a fact's element lies in, by tags and by the names of classes and ids */
    PAGE_IN_ARTICLE = 1 << 0, PAGE_IN_HEADER = 1 << 1, PAGE_IN_FOOTER = 1 << 2, PAGE_IN_NAV = 1 << 3,
    PAGE_IN_SIDE = 1 << 4, PAGE_IN_COMMENT = 1 << 5, PAGE_IN_RELATED = 1 << 6, PAGE_IN_META = 1 << 7,
    PAGE_IN_AUTHOR = 1 << 8, PAGE_IN_LINK = 1 << 9, PAGE_IN_LIST = 1 << 10, PAGE_IN_HIDDEN = 1 << 11,
    PAGE_IN_CAPTION = 1 << 12, PAGE_IN_TITLE = 1 << 13,
};

typedef struct page_fact {
    gly_range at;
    int32_t   kind;   /* page_fact_kind                                      */
    gly_str   key;    /* as written                                          */
    gly_str   value;  /* references resolved, white space folded; JSON as is */
    int32_t   blocks; /* from the article's first block to it, in blocks     */
    int32_t   after;  /* from the article's last block to it                 */
    uint32_t  around; /* PAGE_IN_*                                           */
} page_fact;

GLY__TABLE char *const page_fact_kinds[PAGE_FACT_KINDS + 1] = {
    "meta", "link", "title", "jsonld", "time", "prop", "author", "date", "h1", "lang", "card", "rule", "tag", NULL
};
GLY__TABLE gly_field page_fact_fields[] = {
    { "kind", GLY_T_ENUM, offsetof(page_fact, kind), page_fact_kinds, NULL, "Where it was said" },
    { "key", GLY_T_STR, offsetof(page_fact, key), NULL, NULL, "Name, property or relation" },
    { "value", GLY_T_STR, offsetof(page_fact, value), NULL, NULL, "What was said" },
    { NULL, (gly_type)0, 0, NULL, NULL, NULL }
};
GLY__TABLE gly_layer_type page_fact_layer = GLY_LAYER_TYPE(
    page_fact, "fact/1", page_fact_fields, GLY_LAYER_WORK,
    "What a page's markup says of its article");

#endif
