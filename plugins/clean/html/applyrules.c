/* applyrules - what is in the body stays, what is to be stripped goes. */
#include "applyrules.h"

#include <strings.h>

#include "kit/page/facts.h"

/* Rules grow old: what one says is doubted where it goes against most of what
 * reads like the article. */
#define LEAST_CHANCE 0.45f /* of a block in the body that the judge left out   */
#define LEAST_BODY   0.7f  /* of the article's words that a body must hold      */
#define MOST_STRIP   0.3f  /* of the article's words that one strip may take    */

gly_str rules_host_in(gly_str url)
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

static gly_str stated_host(const page *p)
{
    gly_str host = { NULL, 0 }, og = { NULL, 0 };

    for (uint32_t i = 1; i < p->count && !host.len && p->nodes[i].tag != PAGE_BODY; i++) {
        if (p->nodes[i].tag == PAGE_LINK && is(page_attr_of(p, i, PAGE_ATTR_REL), "canonical"))
            host = rules_host_in(page_attr_of(p, i, PAGE_ATTR_HREF));
        else if (p->nodes[i].tag == PAGE_META && !og.len && is(page_attr_of(p, i, PAGE_ATTR_PROPERTY), "og:url"))
            og = rules_host_in(page_attr_of(p, i, PAGE_ATTR_CONTENT));
    }
    return host.len ? host : og;
}

/* "<!-- saved from url=(0030)https://... -->" of browsers, "url: https://..." of
 * SingleFile, in the comment that they begin a page with. */
gly_str rules_saved_from(gly_str source)
{
    static const char *const marks[] = { "saved from url=", "Page saved with SingleFile" };
    gly_str head = { source.ptr, source.len < 2048 ? source.len : 2048 };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *at = head.len ? memmem(head.ptr, head.len, marks[i], strlen(marks[i])) : NULL;
        const char *end = at ? memmem(at, (size_t)(head.ptr + head.len - at), "-->", 3) : NULL;
        const char *url = end ? memmem(at, (size_t)(end - at), "http", 4) : NULL;
        gly_str found = { url, 0 };

        while (url && url + found.len < end && (unsigned char)url[found.len] > ' ')
            found.len++;
        if (found.len)
            return found;
    }
    return (gly_str){ NULL, 0 };
}

/* Letters with a dot between them, as a host has it. */
static bool is_host(gly_str s)
{
    uint32_t dots = 0, i = 0;

    for (; i < s.len; i++) {
        char c = s.ptr[i];

        dots += c == '.' && i > 0;
        if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-')
            return false;
    }
    return dots && s.len > 3;
}

static gly_str without_suffix(gly_str s)
{
    static const char *const suffixes[] = { ".gz", ".html", ".htm", ".xhtml", ".mhtml", ".mht" };

    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        uint32_t length = (uint32_t)strlen(suffixes[i]);

        if (s.len > length && strncasecmp(s.ptr + s.len - length, suffixes[i], length) == 0)
            s.len -= length;
    }
    return s;
}

/* A folder, or the file's name up to a mark that no host has: "www.example.org/a.html",
 * "example.org_a.html", "example.org.html". */
static gly_str named_host(gly_str uri)
{
    uint32_t begin = 0;
    gly_str name;

    for (uint32_t i = 0; i < uri.len; i++) {
        gly_str folder = gly_slice(uri, (gly_range){ begin, i });

        if (uri.ptr[i] != '/')
            continue;
        if (is_host(folder))
            return folder;
        begin = i + 1;
    }
    name = without_suffix(gly_slice(uri, (gly_range){ begin, uri.len }));
    for (uint32_t i = 0; i < name.len; i++)
        if (memchr("_ ,;@~+()[]", name.ptr[i], 11))
            name.len = i;
    return is_host(name) ? name : (gly_str){ NULL, 0 };
}

gly_str rules_host(const page *p, const gly_doc *doc)
{
    gly_str host = stated_host(p);

    if (!host.len)
        host = rules_host_in(gly_meta_str(doc, "url"));
    if (!host.len)
        host = rules_host_in(rules_saved_from(p->source));
    return host.len ? host : named_host(doc->uri);
}

/* What one line takes out, so that it can be put back. */
typedef struct stripped {
    const signals *signals;
    uint32_t      *gone;   /* blocks that went by it */
    uint32_t       count, words;
} stripped;

static void keep_in(const signals *s, uint32_t node, uint8_t *kept)
{
    const uint32_t *before = s->blocks->before;
    uint32_t end = s->page->nodes[node].next;

    for (uint32_t i = before[node]; i < s->blocks->count && s->blocks->items[i].first < end; i++)
        kept[i] = 1;
}

static void take_out(stripped *out, uint32_t node)
{
    const signals *s = out->signals;
    const uint32_t *before = s->blocks->before;
    uint32_t end = s->page->nodes[node].next;

    for (uint32_t i = before[node]; i < s->blocks->count && s->blocks->items[i].first < end; i++) {
        block *b = &s->blocks->items[i];

        if (b->rule)
            continue;
        b->rule = "site";
        out->gone[out->count++] = i;
        out->words += b->words;
    }
}

static uint32_t words_kept(const blocks *b)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < b->count; i++)
        words += b->items[i].rule ? 0 : b->items[i].words;
    return words;
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
            keep_in(s, nodes.items[i], kept);
        for (uint32_t i = 0; i < s->blocks->count && !any; i++)
            any = kept[i];
        if (any)
            return true;
    }
    return false;
}

static bool holds_the_article(const signals *s, const uint8_t *kept)
{
    uint32_t held = 0;

    for (uint32_t i = 0; i < s->blocks->count; i++)
        held += s->blocks->items[i].rule || !kept[i] ? 0 : s->blocks->items[i].words;
    return (float)held >= LEAST_BODY * (float)words_kept(s->blocks);
}

static bool is_kept_apart(const block *b) /* the headline, and what is kept elsewhere on the page */
{
    return strcmp(b->rule, "title") == 0 || strcmp(b->rule, "repeat") == 0;
}

static void restrict_to_body(const site_rule *rule, const signals *s, const uint8_t *kept, bool obey)
{
    float least = !obey ? LEAST_CHANCE : rule->prune ? LEAST_CHANCE / 2 : 0;

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        block *b = &s->blocks->items[i];

        if (!kept[i])
            b->rule = b->rule ? b->rule : "site";
        else if (b->rule && b->chance >= least && !is_kept_apart(b))
            b->rule = NULL;
    }
}

bool rules_is_named(const page *p, uint32_t node, const char *word)
{
    const page_node *n = &p->nodes[node];
    size_t length = strlen(word);

    for (uint32_t a = n->attrs; a < n->attrs + n->nattrs; a++) {
        gly_str value = gly_slice(p->source, p->attrs[a].value);

        if ((p->attrs[a].name == PAGE_ATTR_CLASS || p->attrs[a].name == PAGE_ATTR_ID) && value.len >= length &&
            memmem(value.ptr, value.len, word, length))
            return true;
    }
    return false;
}

static void strip_named(stripped *out, const char *word)
{
    for (uint32_t i = 1; i < out->signals->page->count; i++)
        if (rules_is_named(out->signals->page, i, word))
            take_out(out, i);
}

static void strip_line(const site_line *line, stripped *out, const xpath_space *space)
{
    xpath_nodes nodes;

    out->count = out->words = 0;
    if (line->kind == SITE_STRIP_NAME)
        strip_named(out, line->word);
    if (line->kind != SITE_STRIP)
        return;
    nodes = xpath_select(line->path, out->signals->page, space);
    for (uint32_t i = 0; i < nodes.count; i++)
        take_out(out, nodes.items[i]);
}

static void strip(const site_rule *rule, const signals *s, const xpath_space *space, uint32_t *gone, bool obey)
{
    stripped out = { .signals = s, .gone = gone };
    uint32_t words = words_kept(s->blocks);

    for (uint32_t k = 0; k < rule->count; k++) {
        strip_line(&rule->lines[k], &out, space);
        if (!obey && (float)out.words > MOST_STRIP * (float)words)
            for (uint32_t i = 0; i < out.count; i++)
                s->blocks->items[gone[i]].rule = NULL;
    }
}

gly_status rules_apply(const site_rule *rule, const signals *s, bool obey, gly_arena *arena)
{
    uint32_t count = s->blocks->count;
    uint8_t *kept = GLY_NEWN(arena, uint8_t, count + 1u);
    uint32_t *gone = GLY_NEWN(arena, uint32_t, count + 1u);
    xpath_space space;

    if (!kept || !gone || !xpath_space_new(&space, s->page, arena))
        return GLY_ENOMEM;
    memset(kept, 0, count + 1u);
    if (select_body(rule, s, &space, kept) && (obey || holds_the_article(s, kept)))
        restrict_to_body(rule, s, kept, obey);
    strip(rule, s, &space, gone, obey);
    return GLY_OK;
}

/* ---- title, author, date -------------------------------------------------------------- */

enum { MOST_VALUES = 10 }; /* elements that one line may select: more are no authors */

static gly_str key_of(site_line_kind kind)
{
    return kind == SITE_TITLE ? GLY_LIT("title") : kind == SITE_AUTHOR ? GLY_LIT("author") : GLY_LIT("date");
}

/* What one line selects; *found: it was something. */
static gly_status add_facts(const gly_host *host, gly_doc *doc, gly_layer *layer, const site_line *line,
                            const page *p, const xpath_space *space, bool *found)
{
    xpath_nodes nodes = site_value_select(line->value, p, space);

    *found = false;
    for (uint32_t i = 0; i < nodes.count && i < MOST_VALUES; i++) {
        const page_node *n = &p->nodes[nodes.items[i]];
        gly_str value = site_value_of(line->value, p, nodes.items[i], doc->arena);
        page_fact *f;

        if (value.len == 0 || (*found && line->kind != SITE_AUTHOR))
            continue;
        f = gly_push(host, doc, layer, n->at.begin, n->at.end);
        if (!f)
            return GLY_ENOMEM;
        f->kind = PAGE_FACT_RULE;
        f->key = key_of(line->kind);
        f->value = value;
        *found = true;
    }
    return GLY_OK;
}

gly_status rules_facts(const gly_host *host, gly_stage *stage, gly_doc *doc, const site_rule *rule, const page *p)
{
    gly_layer *layer = host->layer_add(stage, doc, &page_fact_layer);
    bool found[SITE_DATE + 1] = { false }; /* by kind: the first line that selects something counts */
    xpath_space space;
    gly_status status = GLY_OK;

    if (!layer || !xpath_space_new(&space, p, doc->scratch))
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < rule->count && status == GLY_OK; i++) {
        const site_line *line = &rule->lines[i];

        if (line->value && !found[line->kind])
            status = add_facts(host, doc, layer, line, p, &space, &found[line->kind]);
    }
    return status;
}
