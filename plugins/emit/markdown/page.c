/* page - front matter by a list of keys, then the blocks in reading order. */
#include "page.h"

#include <stdio.h>

#include <galley/layers.h>

#include "base/utf8.h"

/* ---- front matter --------------------------------------------------------------- */

/* What YAML 1.2 (5.1) will not have as it is, or takes for a line break, though
 * JSON would: DEL, C1 controls, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF. */
static bool must_escape(uint32_t c)
{
    return (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

/* The next character of a text that need not be valid; *length >= 1. */
static uint32_t next_character(gly_str s, uint32_t at, uint32_t *length)
{
    const char *p = s.ptr + at;
    uint32_t c = (unsigned char)*p;

    *length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (*length > s.len - at || utf8_valid_prefix(p, *length) != *length) {
        *length = 1;
        return 0xFFFD;
    }
    return utf8_next(&p);
}

static void quoted(json *out, gly_str s)
{
    uint32_t start = 0, length;
    char code[8];

    json_byte(out, '"');
    for (uint32_t at = 0; at < s.len; at += length) {
        uint32_t c = next_character(s, at, &length);

        if (c >= 0x20 && c != '"' && c != '\\' && c != 0xFFFD && !must_escape(c))
            continue;
        json_raw(out, gly_slice(s, (gly_range){ start, at }));
        json_raw(out, (gly_str){ code, (uint32_t)snprintf(code, sizeof code, "\\u%04x", c) });
        start = at + length;
    }
    json_raw(out, gly_slice(s, (gly_range){ start, s.len }));
    json_byte(out, '"');
}

static void value(json *out, const char *key, gly_str s)
{
    json_raw(out, (gly_str){ key, (uint32_t)strlen(key) });
    json_raw(out, GLY_LIT(": "));
    quoted(out, s);
    json_byte(out, '\n');
}

static void item(json *out, bool first, const char *key, gly_str s)
{
    if (first) {
        json_raw(out, (gly_str){ key, (uint32_t)strlen(key) });
        json_raw(out, GLY_LIT(":\n"));
    }
    json_raw(out, GLY_LIT("  - "));
    quoted(out, s);
    json_byte(out, '\n');
}

static void front_list(json *out, const gly_doc *d, const char *key, const char *meta)
{
    bool first = true;

    for (const gly_meta *m = NULL; (m = gly_meta_next(d, meta, m)) != NULL;)
        if (m->type == GLY_T_STR) {
            item(out, first, key, m->as.s);
            first = false;
        }
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
    static const char *const keys[] = { "title", "published", "modified", "site", "url", "lang", "section",
                                        "description", "image", "licence", NULL };

    json_raw(out, GLY_LIT("---\n"));
    for (const char *const *key = keys; *key; key++) {
        gly_str s = gly_meta_str(d, *key);

        if (s.len)
            value(out, *key, s);
    }
    value(out, "uri", d->uri);
    front_list(out, d, "authors", "author");
    front_list(out, d, "tags", "tag");
    front_keywords(out, d);
    front_summary(out, d);
    json_raw(out, GLY_LIT("---\n"));
}

/* ---- the text -------------------------------------------------------------------- */

static bool starts_markup(gly_str line)
{
    uint32_t digits = 0;

    while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
        digits++;
    if (digits && digits < line.len)
        return line.ptr[digits] == '.' || line.ptr[digits] == ')';
    return line.len && memchr("#>+-=~|", line.ptr[0], 7);
}

static bool is_markup(char c)
{
    return c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' || c == '<' ||
           c == '&' || c == '|';
}

static void escaped_line(json *out, gly_str line)
{
    uint32_t start = 0, i = 0;

    if (starts_markup(line)) {
        while (line.ptr[i] >= '0' && line.ptr[i] <= '9')
            i++;
        json_raw(out, gly_slice(line, (gly_range){ 0, i }));
        json_byte(out, '\\');
        start = i++;
    }
    for (; i < line.len; i++) {
        if (!is_markup(line.ptr[i]))
            continue;
        json_raw(out, gly_slice(line, (gly_range){ start, i }));
        json_byte(out, '\\');
        start = i;
    }
    json_raw(out, gly_slice(line, (gly_range){ start, line.len }));
}

/* Calls for each line of a text; `code` leaves it as it is. */
static void lines(json *out, gly_str text, const char *before, bool code)
{
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        uint32_t length = end ? (uint32_t)(end - text.ptr) : text.len;
        gly_str line = { text.ptr, length };

        json_raw(out, (gly_str){ before, (uint32_t)strlen(before) });
        while (!code && line.len && (*line.ptr == ' ' || *line.ptr == '\t'))
            line = gly_slice(line, (gly_range){ 1, line.len });
        if (code)
            json_raw(out, line);
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
