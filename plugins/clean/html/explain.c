/* explain - reads the folder as a run would, then one file of it with a listener. */
#include "explain.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "applyrules.h"

enum { LARGEST_PAGE = 8 << 20, LONGEST_SHOWN = 90 };

typedef struct speaker {
    void (*say)(void *to, const char *line);
    void  *to;
} speaker;

__attribute__((format(printf, 2, 3)))
static void tell(const speaker *s, const char *format, ...)
{
    char line[512];
    va_list rest;

    va_start(rest, format);
    vsnprintf(line, sizeof line, format, rest);
    va_end(rest);
    s->say(s->to, line);
}

/* ---- a page on disk ------------------------------------------------------------------ */

typedef struct saved_page {
    page        page;
    xpath_space space;
    gly_arena   arena;
    char       *source, *memory;
} saved_page;

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

/* A page rather than a host, also when it is not there. */
static bool is_path(const char *name)
{
    struct stat info;

    return strchr(name, '/') || (stat(name, &info) == 0 && S_ISREG(info.st_mode));
}

static bool open_page(saved_page *p, const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t length = 0, room;

    *p = (saved_page){ .source = f ? malloc(LARGEST_PAGE) : NULL };
    if (p->source)
        length = fread(p->source, 1, LARGEST_PAGE, f);
    if (f)
        fclose(f);
    room = 48 * length + (1 << 20);
    p->memory = p->source ? malloc(room) : NULL;
    if (!p->memory)
        return false;
    p->arena = (gly_arena){ p->memory, p->memory + room, refuse };
    return page_read(&p->page, (gly_str){ p->source, (uint32_t)length }, &p->arena) == GLY_OK &&
           xpath_space_new(&p->space, &p->page, &p->arena);
}

static void close_page(saved_page *p)
{
    free(p->source);
    free(p->memory);
}

static uint32_t words_below(const page *p, const xpath_nodes *nodes)
{
    uint32_t words = 0, covered = 0;

    for (uint32_t i = 0; i < nodes->count; i++) {
        uint32_t node = nodes->items[i] < covered ? covered : nodes->items[i], end = p->nodes[nodes->items[i]].next;

        for (; node < end; node++) {
            gly_str s = page_is_text(&p->nodes[node]) && !(p->nodes[node].flags & PAGE_RAW)
                            ? gly_slice(p->source, p->nodes[node].at) : (gly_str){ NULL, 0 };

            for (uint32_t k = 0; k < s.len; k++)
                words += (unsigned char)s.ptr[k] > ' ' && (k == 0 || (unsigned char)s.ptr[k - 1] <= ' ');
        }
        covered = end > covered ? end : covered;
    }
    return words;
}

/* ---- a rule, line by line --------------------------------------------------------------- */

typedef struct telling {
    site_listener  listener;
    const speaker *to;
    site_rule      rule;
    saved_page    *page; /* NULL: only a host is known */
    uint32_t       told; /* of the rule's lines        */
} telling;

/* The bytes of it that are shown, in whole characters. */
static int shown(gly_str s)
{
    uint32_t size = s.len < LONGEST_SHOWN ? s.len : LONGEST_SHOWN;

    while (size && size < s.len && ((unsigned char)s.ptr[size] & 0xC0) == 0x80)
        size--;
    return (int)size;
}

static uint32_t count_named(const page *p, const char *word)
{
    uint32_t count = 0;

    for (uint32_t i = 1; i < p->count; i++)
        count += rules_is_named(p, i, word);
    return count;
}

/* What a line selects on the page; empty without one. */
static void effect(const telling *t, const site_line *line, char out[160])
{
    const page *p = t->page ? &t->page->page : NULL;
    gly_arena scratch; /* a copy: what is made here is not kept */
    xpath_nodes nodes;
    gly_str value;

    out[0] = '\0';
    if (!p)
        return;
    if (line->kind == SITE_STRIP_NAME) {
        uint32_t count = count_named(p, line->word);

        snprintf(out, 160, ": %u element%s", count, count == 1 ? "" : "s");
        return;
    }
    scratch = t->page->arena;
    if (line->kind < SITE_TITLE) {
        nodes = xpath_select(line->path, p, &t->page->space);
        snprintf(out, 160, ": %u element%s, %u words", nodes.count, nodes.count == 1 ? "" : "s",
                 words_below(p, &nodes));
        return;
    }
    nodes = site_value_select(line->value, p, &t->page->space);
    value = nodes.count ? site_value_of(line->value, p, nodes.items[0], &scratch) : (gly_str){ NULL, 0 };
    snprintf(out, 160, ": %u element%s, '%.*s'", nodes.count, nodes.count == 1 ? "" : "s", shown(value),
             value.ptr ? value.ptr : "");
}

static void tell_line(site_listener *listener, uint32_t number, gly_str line, const char *why)
{
    telling *t = (telling *)(void *)listener;
    char what[160] = "";

    if (t->rule.count > t->told) /* others select nothing: prune, find_string */
        effect(t, &t->rule.lines[t->rule.count - 1], what);
    t->told = t->rule.count;
    tell(t->to, "  %4u  %.*s", number, shown(line), line.ptr);
    if (why)
        tell(t->to, "        passed over: %s", why);
    else
        tell(t->to, "        used%s", what);
}

static void tell_file(const speaker *to, const char *folder, const char *name, saved_page *p)
{
    telling t = { .listener.line = tell_line, .to = to, .page = p };
    gly_str text = site_rule_load(folder, name);

    if (text.ptr)
        site_rule_parse(&t.rule, text, &t.listener);
    site_rule_clear(&t.rule);
    free((char *)(uintptr_t)text.ptr);
}

static void tell_host(const speaker *to, const char *folder, const site_rules *rules, gly_str host, saved_page *p)
{
    const site_rule *rule = site_rules_for(rules, host);

    if (!rule) {
        tell(to, "%.*s: no rule fits it", (int)host.len, host.ptr);
        return;
    }
    tell(to, "%.*s: %s, %u line%s used, %u passed over", (int)host.len, host.ptr, rule->file, rule->used,
         rule->used == 1 ? "" : "s", rule->passed_over);
    tell_file(to, folder, rule->file, p);
}

static void tell_page(const speaker *to, const char *folder, const site_rules *rules, const char *path)
{
    gly_doc named = { .uri = { path, (uint32_t)strlen(path) } };
    saved_page p;
    gly_str host;

    if (!open_page(&p, path)) {
        tell(to, "%s: cannot be read; is that its path?", path);
    } else if (p.page.source.len > 1 && memcmp(p.source, "\x1F\x8B", 2) == 0) {
        tell(to, "%s: is packed; unpack it first", path);
    } else {
        host = rules_host(&p.page, &named);
        if (host.len)
            tell_host(to, folder, rules, host, &p);
        else
            tell(to, "%s: does not say which host it is from", path);
    }
    close_page(&p);
}

/* ---- the folder ---------------------------------------------------------------------------- */

static void tell_all(const speaker *to, const site_rules *rules)
{
    for (uint32_t i = 0; i < rules->count; i++)
        tell(to, "%s: %u line%s used, %u passed over", rules->items[i].file, rules->items[i].used,
             rules->items[i].used == 1 ? "" : "s", rules->items[i].passed_over);
    tell(to, "%u file%s with rules; name a host or a page to see what is in one", rules->count,
         rules->count == 1 ? "" : "s");
}

gly_status rules_explain(const char *folder, gly_strs names, void (*say)(void *to, const char *line), void *to)
{
    const speaker out = { say, to };
    site_rules *rules = site_rules_read(folder);

    if (!rules)
        return GLY_EINPUT;
    if (names.count == 0)
        tell_all(&out, rules);
    for (uint32_t i = 0; i < names.count; i++) {
        gly_str host = rules_host_in(names.items[i]);

        if (host.len)
            tell_host(&out, folder, rules, host, NULL);
        else if (is_path(names.items[i].ptr)) /* given on the command line: it ends in a NUL */
            tell_page(&out, folder, rules, names.items[i].ptr);
        else
            tell_host(&out, folder, rules, names.items[i], NULL);
    }
    site_rules_free(rules);
    return GLY_OK;
}
