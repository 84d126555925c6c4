/* replacements - of all texts the next one in the page, again and again. */
#include "replacements.h"

#include "kit/rewrite.h"

enum { ROOM = 1 << 16 }; /* bytes that even a small page may grow by */

typedef struct search {
    const site_replacement *text;
    const char             *next; /* where it is found; NULL: no more */
} search;

static const char *find(gly_str text, const char *from, const site_replacement *r)
{
    size_t left = (size_t)(text.ptr + text.len - from);

    return memmem(from, left, r->find.ptr, r->find.len);
}

/* The first of all; NULL: none is left. */
static search *nearest(search *all, uint32_t count, gly_str text, const char *from)
{
    search *first = NULL;

    for (uint32_t i = 0; i < count; i++) {
        if (all[i].next && all[i].next < from)
            all[i].next = find(text, from, all[i].text);
        if (all[i].next && (!first || all[i].next < first->next))
            first = &all[i];
    }
    return first;
}

static void replace(rewrite *out, gly_str text, search *all, uint32_t count)
{
    const char *at = text.ptr;
    search *next;

    while (out->length / 2 < text.len + ROOM && (next = nearest(all, count, text, at)) != NULL) {
        uint32_t begin = (uint32_t)(next->next - text.ptr);

        rewrite_keep(out, (uint32_t)(at - text.ptr), begin);
        rewrite_anchor(out, begin);
        rewrite_put(out, next->text->put.ptr, next->text->put.len);
        at = next->next + next->text->find.len;
    }
    rewrite_keep(out, (uint32_t)(at - text.ptr), text.len);
}

gly_status replacements_apply(const site_rule *rule, const gly_host *host, gly_stage *stage, gly_doc *doc)
{
    search all[SITE_MOST_REPLACEMENTS];
    uint32_t found = 0;
    rewrite out;

    for (uint32_t i = 0; i < rule->replacement_count; i++) {
        all[i] = (search){ &rule->replacements[i], NULL };
        if (rule->replacements[i].complete)
            all[i].next = find(doc->text, doc->text.ptr, &rule->replacements[i]);
        found += all[i].next != NULL;
    }
    if (!found)
        return GLY_OK;
    rewrite_begin(&out, doc->arena, doc->text, doc->text.len + doc->text.len / 8);
    replace(&out, doc->text, all, rule->replacement_count);
    return rewrite_end(&out, host, stage, doc, "replaced", doc->current);
}
