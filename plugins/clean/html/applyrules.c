/* applyrules - what is in the body stays, what is to be stripped goes. */
#include "applyrules.h"

#include <strings.h>

#define LEAST_CHANCE 0.35f /* of a block in the body, unless the rule says "prune: no" */

static gly_str host_in(gly_str url)
{
    const char *p = url.len ? memmem(url.ptr, url.len, "://", 3) : NULL;
    gly_str host = { NULL, 0 };

    if (!p)
        return host;
    host.ptr = p + 3;
    while (host.ptr + host.len < url.ptr + url.len && !memchr("/:?#", host.ptr[host.len], 4))
        host.len++;
    return host;
}

static bool is(gly_str s, const char *what)
{
    return s.len == strlen(what) && strncasecmp(s.ptr, what, s.len) == 0;
}

gly_str rules_host(const page *p, gly_str uri)
{
    gly_str host = { NULL, 0 };
    uint32_t length = 0, dots = 0;

    for (uint32_t i = 1; i < p->count && !host.len && p->nodes[i].tag != PAGE_BODY; i++) {
        if (p->nodes[i].tag == PAGE_LINK && is(page_attr_of(p, i, PAGE_ATTR_REL), "canonical"))
            host = host_in(page_attr_of(p, i, PAGE_ATTR_HREF));
        else if (p->nodes[i].tag == PAGE_META && is(page_attr_of(p, i, PAGE_ATTR_PROPERTY), "og:url"))
            host = host_in(page_attr_of(p, i, PAGE_ATTR_CONTENT));
    }
    if (host.len)
        return host;
    for (uint32_t i = 0; i < uri.len; i++) {
        if (uri.ptr[i] == '/') {
            if (dots && length > 3)
                return (gly_str){ uri.ptr + i - length, length };
            length = dots = 0;
            continue;
        }
        dots += uri.ptr[i] == '.';
        length++;
    }
    return (gly_str){ NULL, 0 };
}

static void mark(const signals *s, uint32_t node, const char *rule, uint8_t *kept)
{
    const uint32_t *before = s->blocks->before;
    uint32_t end = s->page->nodes[node].next;

    for (uint32_t i = before[node]; i < s->blocks->count && s->blocks->items[i].first < end; i++) {
        if (kept)
            kept[i] = 1;
        else
            s->blocks->items[i].rule = rule;
    }
}

/* The first body line that selects any block; false: none does. */
static bool select_body(const site_rule *rule, const signals *s, const xpath_space *space, uint8_t *kept)
{
    for (uint32_t k = 0; k < rule->count; k++) {
        xpath_nodes nodes;
        bool any = false;

        if (rule->lines[k].kind != SITE_BODY)
            continue;
        nodes = xpath_select(rule->lines[k].path, s->page, space);
        for (uint32_t i = 0; i < nodes.count; i++)
            mark(s, nodes.items[i], NULL, kept);
        for (uint32_t i = 0; i < s->blocks->count && !any; i++)
            any = kept[i];
        if (any)
            return true;
    }
    return false;
}

/* Sites change: a body that misses most of what reads like the article is out of
 * date, and is not used. */
static bool is_current(const signals *s, const uint8_t *kept)
{
    uint32_t all = 0, held = 0;

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        const block *b = &s->blocks->items[i];

        all += b->rule ? 0 : b->words;
        held += b->rule || !kept[i] ? 0 : b->words;
    }
    return held * 2 >= all;
}

static void strip_named(const signals *s, const char *word)
{
    const page *p = s->page;
    size_t length = strlen(word);

    for (uint32_t i = 1; i < p->count; i++) {
        const page_node *n = &p->nodes[i];

        for (uint32_t a = n->attrs; a < n->attrs + n->nattrs; a++) {
            gly_str value = gly_slice(p->source, p->attrs[a].value);

            if ((p->attrs[a].name == PAGE_ATTR_CLASS || p->attrs[a].name == PAGE_ATTR_ID) && value.len >= length &&
                memmem(value.ptr, value.len, word, length))
                mark(s, i, "site", NULL);
        }
    }
}

static void strip(const site_rule *rule, const signals *s, const xpath_space *space)
{
    for (uint32_t k = 0; k < rule->count; k++) {
        const site_line *line = &rule->lines[k];
        xpath_nodes nodes;

        if (line->kind == SITE_STRIP_NAME)
            strip_named(s, line->word);
        if (line->kind != SITE_STRIP)
            continue;
        nodes = xpath_select(line->path, s->page, space);
        for (uint32_t i = 0; i < nodes.count; i++)
            mark(s, nodes.items[i], "site", NULL);
    }
}

static uint32_t words_kept(const blocks *b)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < b->count; i++)
        words += b->items[i].rule ? 0 : b->items[i].words;
    return words;
}

static void restrict_to_body(const site_rule *rule, const signals *s, const uint8_t *kept)
{
    for (uint32_t i = 0; i < s->blocks->count; i++) {
        block *b = &s->blocks->items[i];
        bool wanted = !rule->prune || b->chance >= LEAST_CHANCE;

        if (!kept[i])
            b->rule = "site";
        else if (wanted && b->rule && strcmp(b->rule, "title") != 0 && strcmp(b->rule, "repeat") != 0)
            b->rule = NULL;
    }
}

gly_status rules_apply(const site_rule *rule, const signals *s, gly_arena *arena)
{
    uint32_t count = s->blocks->count, words;
    uint8_t *kept = GLY_NEWN(arena, uint8_t, count + 1u);
    const char **judged = GLY_NEWN(arena, const char *, count + 1u);
    xpath_space space;

    if (!kept || !judged || !xpath_space_new(&space, s->page, arena))
        return GLY_ENOMEM;
    memset(kept, 0, count + 1u);
    for (uint32_t i = 0; i < count; i++)
        judged[i] = s->blocks->items[i].rule;
    if (select_body(rule, s, &space, kept) && is_current(s, kept))
        restrict_to_body(rule, s, kept);
    words = words_kept(s->blocks);
    strip(rule, s, &space);
    if (words_kept(s->blocks) * 3 < words) /* it strips the article: out of date */
        for (uint32_t i = 0; i < count; i++)
            s->blocks->items[i].rule = judged[i];
    return GLY_OK;
}
