/* ldtext - the text of a JSON string, its escapes, tags and references resolved. */
#include "ldtext.h"

#include <strings.h>

#include "base/utf8.h"
#include "kit/page/charref.h"

enum {
    FEWEST_BYTES = 8, /* of a string for each block there may be */
    LONGEST_TAG = 1000,
};

typedef struct writer {
    rewrite *out;
    written *result;
    uint32_t limit; /* blocks there is room for                         */
    uint32_t begin; /* of the block, in the new text                    */
    uint32_t held;  /* where the text before the block ends             */
    uint32_t open;  /* no tag ends between the last '<' and here        */
    bool     space; /* a space is due before what comes next            */
} writer;

static void end_block(writer *w)
{
    uint32_t end = w->out->length;

    w->space = end > w->begin;
    if (end == w->begin || w->result->count + 1 >= w->limit)
        return;
    w->space = false;
    w->result->blocks[w->result->count++] = (gly_block){ .at = { w->begin, end }, .type = GLY_BLOCK_PARAGRAPH };
    w->held = end;
    rewrite_put(w->out, "\n\n", 2);
    w->begin = w->out->length;
}

static void due_space(writer *w)
{
    if (w->space && w->out->length > w->begin)
        rewrite_put(w->out, " ", 1);
    w->space = false;
}

static void put_code_point(writer *w, uint32_t c, uint32_t from)
{
    char bytes[4];

    if (c == '\n' || c == '\r' || c == 0x2029) {
        end_block(w);
    } else if (c <= ' ' || c == 0xA0 || c == 0x202F || c == 0x3000) {
        w->space = true;
    } else if (c != 0x7F && c != 0xAD && c != 0xFEFF && !(c >= 0x200B && c <= 0x200F)) {
        due_space(w);
        rewrite_anchor(w->out, from);
        rewrite_put(w->out, bytes, (uint32_t)utf8_put(bytes, c));
    }
}

static int hex_unit(const char *p, const char *end)
{
    int unit = 0;

    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int low = p[i] | 0x20, digit = low >= 'a' ? low - 'a' + 10 : p[i] - '0';

        if (digit < 0 || digit > 15)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static uint32_t put_run(writer *w, gly_str s, uint32_t i, uint32_t offset)
{
    uint32_t end = i + 1; /* whatever it is, it is taken */

    while (end < s.len && (unsigned char)s.ptr[end] > ' ' && !memchr("\\<&", s.ptr[end], 3))
        end++;
    due_space(w);
    rewrite_keep(w->out, offset + i, offset + end);
    return end;
}

/* Writes the escape at `i`; returns where it ends. */
static uint32_t put_escape(writer *w, gly_str s, uint32_t i, uint32_t offset)
{
    const char *p = s.ptr + i, *end = s.ptr + s.len;
    int unit = hex_unit(p, end), second;

    if (unit >= 0xD800 && unit < 0xDC00 && (second = hex_unit(p + 6, end)) >= 0xDC00 && second < 0xE000) {
        put_code_point(w, 0x10000u + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(second - 0xDC00), offset + i);
        return i + 12;
    }
    if (unit >= 0) {
        put_code_point(w, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : (uint32_t)unit, offset + i);
        return i + 6;
    }
    if (end - p < 2)
        return i + 1;
    if (memchr("nr", p[1], 2))
        end_block(w);
    else if (memchr("tbfu", p[1], 4))
        w->space = true;
    else
        return put_run(w, s, i + 1, offset); /* a mark */
    return i + 2;
}

static bool is_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Where the tag whose name begins at `i` ends, or 0: no tag. Its bracket may be escaped, too. */
static uint32_t tag_end(writer *w, gly_str s, uint32_t i)
{
    uint32_t last = s.len - i > LONGEST_TAG ? i + LONGEST_TAG : s.len;

    if (i >= s.len || !(is_letter(s.ptr[i]) || s.ptr[i] == '/' || (s.len - i > 1 && memcmp(s.ptr + i, "\\/", 2) == 0)))
        return 0;
    for (i = i > w->open ? i : w->open; i < last; i++) {
        if (s.ptr[i] == '>')
            return i + 1;
        if (s.ptr[i] == '\\' && hex_unit(s.ptr + i, s.ptr + s.len) == '>')
            return i + 6;
    }
    w->open = i;
    return 0;
}

/* A tag that parts lines ends the block. */
static void read_tag(writer *w, gly_str s, uint32_t i)
{
    static const char *const parting[] = { "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote" };
    uint32_t end;

    while (i < s.len && (s.ptr[i] == '/' || s.ptr[i] == '\\'))
        i++;
    for (end = i; end < s.len && (is_letter(s.ptr[end]) || (unsigned char)(s.ptr[end] - '0') < 10);)
        end++;
    for (size_t k = 0; k < sizeof parting / sizeof parting[0]; k++)
        if (strlen(parting[k]) == end - i && strncasecmp(parting[k], s.ptr + i, end - i) == 0)
            end_block(w);
}

static uint32_t put_reference(writer *w, gly_str s, uint32_t i, uint32_t offset)
{
    char value[8];
    uint32_t length = 0;
    uint32_t taken = page_charref_read(gly_slice(s, (gly_range){ i, s.len }), false, value, &length);
    const char *p = value;

    put_code_point(w, taken ? utf8_next(&p) : '&', offset + i);
    return i + (taken ? taken : 1);
}

gly_status ldtext_write(rewrite *out, written *result, gly_str body, gly_arena *arena)
{
    writer w = { .out = out, .result = result, .limit = body.len / FEWEST_BYTES + 2 };
    uint32_t offset = (uint32_t)(body.ptr - out->from.ptr);

    *result = (written){ .blocks = GLY_NEWN(arena, gly_block, w.limit) };
    if (!result->blocks)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < body.len;) {
        char c = body.ptr[i];
        uint32_t inner = c == '<' ? i + 1 : c == '\\' && hex_unit(body.ptr + i, body.ptr + body.len) == '<' ? i + 6 : 0;
        uint32_t after = inner ? tag_end(&w, body, inner) : 0;

        if (after) {
            read_tag(&w, body, inner);
        } else if ((unsigned char)c <= ' ') {
            w.space = true;
            after = i + 1;
        } else if (c == '\\') {
            after = put_escape(&w, body, i, offset);
        } else {
            after = c == '&' ? put_reference(&w, body, i, offset) : put_run(&w, body, i, offset);
        }
        i = after;
    }
    w.limit++; /* the last takes what is left */
    end_block(&w);
    out->length = w.held;
    return out->failed ? GLY_ENOMEM : GLY_OK;
}
