/* definitions - counts what each list holds, then lets its majority or its kind decide. */
#include "definitions.h"

enum { FEWEST_TERMS = 3, FEWEST_WORDS = 2 /* of a definition */ };

typedef struct definitions {
    uint32_t first, end;         /* blocks */
    uint32_t terms, words;       /* words: of definitions */
    uint32_t chars, link_chars, numbers;
    int32_t  balance;            /* words kept less words gone */
} definitions;

static uint32_t list_around(const page *p, const block *b)
{
    uint32_t node = b->element;

    if (b->tag != PAGE_DT && b->tag != PAGE_DD)
        return 0;
    while (node && p->nodes[node].tag != PAGE_DL)
        node = p->nodes[node].parent;
    return node;
}

static definitions count(const signals *s, uint32_t list)
{
    const uint32_t *before = s->blocks->before;
    definitions d = { .first = before[list], .end = before[s->page->nodes[list].next] };

    for (uint32_t i = d.first; i < d.end; i++) {
        const block *b = &s->blocks->items[i];

        d.terms += b->tag == PAGE_DT;
        d.words += b->tag == PAGE_DT ? 0 : b->words;
        d.chars += b->chars;
        d.link_chars += b->link_chars;
        d.numbers += b->digits;
        d.balance += b->rule ? -(int32_t)b->words : (int32_t)b->words;
    }
    return d;
}

static bool is_heading(const block *b)
{
    return b->tag >= PAGE_H1 && b->tag <= PAGE_H6;
}

/* What stands before it, headings aside, is the article, and so is what holds both. */
static bool goes_on(const signals *s, uint32_t list, uint32_t first)
{
    const block *b = s->blocks->items;
    uint32_t i = first, end = s->page->nodes[s->best].next;

    while (i > 0 && is_heading(&b[i - 1]))
        i--;
    return i > 0 && !b[i - 1].rule && list > s->best && list < end;
}

/* Names of persons and days make no definitions; nor do links. */
static bool defines(const definitions *d, const block *first)
{
    static const uint32_t against = NAMED_NAV | NAMED_FOOTER | NAMED_SIDE | NAMED_COMMENT | NAMED_RELATED |
                                    NAMED_SHARE | NAMED_AD | NAMED_SIGNUP | NAMED_COOKIE | NAMED_PAYWALL |
                                    NAMED_META | NAMED_AUTHOR | NAMED_CAPTION;

    return d->terms > 0 && d->words >= d->terms * FEWEST_WORDS && d->link_chars * 3 < d->chars &&
           d->numbers <= d->terms && !(first->around >> IN_NAMED & against) && !(first->around >> IN_FORM & 1);
}

static void keep(block *b)
{
    if (b->rule && strcmp(b->rule, "repeat") != 0 && strcmp(b->rule, "hidden") != 0)
        b->rule = NULL;
}

void definitions_settle(const signals *s)
{
    block *b = s->blocks->items;

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        uint32_t list = list_around(s->page, &b[i]);
        definitions d;

        if (!list)
            continue;
        d = count(s, list);
        if (defines(&d, &b[i]) && (d.balance > 0 || (d.terms >= FEWEST_TERMS && goes_on(s, list, d.first))))
            for (uint32_t k = d.first; k < d.end; k++)
                keep(&b[k]);
        i = d.end > i ? d.end - 1 : i;
    }
}
