/* page - front matter by a list of keys, then the blocks in reading order. */
#include "page.h"

#include <galley/layers.h>

static void put(json *out, gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        json_byte(out, s.ptr[i]);
}

/* A JSON value after "key: "; the writer must not part it with a comma. */
static void value(json *out, const char *key, gly_str s)
{
    put(out, (gly_str){ key, (uint32_t)strlen(key) });
    put(out, GLY_LIT(": "));
    out->comma = false;
    json_string(out, s);
    json_byte(out, '\n');
}

static void item(json *out, bool first, const char *key, gly_str s)
{
    if (first) {
        put(out, (gly_str){ key, (uint32_t)strlen(key) });
        put(out, GLY_LIT(":\n"));
    }
    put(out, GLY_LIT("  - "));
    out->comma = false;
    json_string(out, s);
    json_byte(out, '\n');
}

static void front_authors(json *out, const gly_doc *d)
{
    bool first = true;

    for (const gly_meta *m = NULL; (m = gly_meta_next(d, "author", m)) != NULL; first = false)
        if (m->type == GLY_T_STR)
            item(out, first, "authors", m->as.s);
}

static void front_keywords(json *out, const gly_doc *d)
{
    const gly_layer *l = gly_layer_of(d, "keyword/1");

    for (uint32_t i = 0; i < GLY_COUNT(l); i++)
        item(out, i == 0, "keywords", GLY_RECORDS(l, gly_keyword)[i].text);
}

static void front_summary(json *out, const gly_doc *d)
{
    const gly_layer *l = gly_layer_of(d, "summary/1");

    for (uint32_t i = 0; i < GLY_COUNT(l) && l->view == d->current; i++)
        item(out, i == 0, "summary", gly_slice(d->text, GLY_RECORDS(l, gly_summary)[i].at));
}

static void front_matter(json *out, const gly_doc *d)
{
    static const char *const keys[] = { "title", "published", "site", "url", "lang", NULL };

    put(out, GLY_LIT("---\n"));
    for (const char *const *key = keys; *key; key++) {
        gly_str s = gly_meta_str(d, *key);

        if (s.len)
            value(out, *key, s);
    }
    value(out, "uri", d->uri);
    front_authors(out, d);
    front_keywords(out, d);
    front_summary(out, d);
    put(out, GLY_LIT("---\n"));
}

static bool starts_markup(gly_str line)
{
    uint32_t digits = 0;

    while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
        digits++;
    if (digits && digits < line.len)
        return line.ptr[digits] == '.' || line.ptr[digits] == ')';
    return line.len && memchr("#>+-=~|", line.ptr[0], 7);
}

static void escaped_line(json *out, gly_str line)
{
    uint32_t i = 0;

    if (starts_markup(line)) {
        while (line.ptr[i] >= '0' && line.ptr[i] <= '9')
            json_byte(out, line.ptr[i++]);
        json_byte(out, '\\');
        json_byte(out, line.ptr[i++]);
    }
    for (; i < line.len; i++) {
        if (memchr("\\`*_[]<&|", line.ptr[i], 9))
            json_byte(out, '\\');
        json_byte(out, line.ptr[i]);
    }
}

/* Calls for each line of a text; `code` leaves it as it is. */
static void lines(json *out, gly_str text, const char *before, bool code)
{
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        uint32_t length = end ? (uint32_t)(end - text.ptr) : text.len;
        gly_str line = { text.ptr, length };

        put(out, (gly_str){ before, (uint32_t)strlen(before) });
        while (!code && line.len && (*line.ptr == ' ' || *line.ptr == '\t'))
            line = gly_slice(line, (gly_range){ 1, line.len });
        if (code)
            put(out, line);
        else
            escaped_line(out, line);
        json_byte(out, '\n');
        length += end != NULL;
        text = gly_slice(text, (gly_range){ length, text.len });
    }
}

static const char *prefix_of(const gly_block *b)
{
    static const char *const levels[] = { "## ", "# ", "## ", "### ", "#### ", "##### ", "###### " };

    switch (b->type) {
    case GLY_BLOCK_TITLE:   return "# ";
    case GLY_BLOCK_HEADING: return levels[b->level <= 6 ? b->level : 6];
    case GLY_BLOCK_ITEM:    return b->level > 1 ? "  - " : "- ";
    case GLY_BLOCK_QUOTE:   return "> ";
    case GLY_BLOCK_TABLE:
    case GLY_BLOCK_CODE:    return "    ";
    default:                return "";
    }
}

static void body(json *out, const gly_doc *d)
{
    const gly_layer *l = gly_layer_of(d, "block/1");
    uint32_t done = 0;

    if (GLY_COUNT(l) == 0 || l->view != d->current) {
        json_byte(out, '\n');
        lines(out, d->text, "", false);
        return;
    }
    for (uint32_t i = 0; i < l->count; i++) {
        const gly_block *b = &GLY_RECORDS(l, gly_block)[i];

        if (b->at.begin < done) /* lies within the block before */
            continue;
        done = b->at.end;
        json_byte(out, '\n');
        lines(out, gly_slice(d->text, b->at), prefix_of(b),
              b->type == GLY_BLOCK_CODE || b->type == GLY_BLOCK_TABLE);
    }
}

void page_write(json *out, const gly_doc *d)
{
    front_matter(out, d);
    body(out, d);
}
