/* lines - a plain text as its lines without the white space around them. */
#include "lines.h"

enum {
    WIDEST_WRAP = 100,   /* bytes: wider lines were not broken by hand  */
    NARROWEST_WRAP = 40, /* a shorter line ends its paragraph           */
    STOP_EVERY = 4096,   /* lines between two looks at the deadline     */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool opens_item(const char *p, uint32_t len)
{
    uint32_t digits = 0;

    if (len > 2 && (*p == '-' || *p == '*') && p[1] == ' ')
        return true;
    if (len > 4 && memcmp(p, "\xE2\x80\xA2", 3) == 0)
        return true;
    while (digits < 3 && digits < len && p[digits] >= '0' && p[digits] <= '9')
        digits++;
    return digits > 0 && digits + 2 < len && (p[digits] == '.' || p[digits] == ')')
        && p[digits + 1] == ' ';
}

/* Looks through closing quote marks and brackets at the end. */
static bool ends_sentence(const char *p, uint32_t len)
{
    for (;;) {
        if (len > 3 && memcmp(p + len - 3, "\xE2\x80", 2) == 0
            && (p[len - 1] == '\x9D' || p[len - 1] == '\x99'))
            len -= 3;
        else if (len > 2 && memcmp(p + len - 2, "\xC2\xBB", 2) == 0)
            len -= 2;
        else if (len > 1 && strchr("\"')", p[len - 1]))
            len--;
        else
            break;
    }
    return len > 0 && (p[len - 1] == '.' || p[len - 1] == '!' || p[len - 1] == '?'
                       || p[len - 1] == ':' || (len > 3 && memcmp(p + len - 3, "\xE2\x80\xA6", 3) == 0));
}

static void measure(line *l, gly_str text)
{
    const char *p = text.ptr + l->at.begin;
    uint32_t len = l->at.end - l->at.begin;

    l->words = 1;
    for (uint32_t i = 1; i < len; i++)
        l->words += is_space(p[i]) && !is_space(p[i - 1]);
    l->ends = ends_sentence(p, len);
    l->item = opens_item(p, len);
}

static gly_range trimmed(gly_str text, uint32_t begin, uint32_t end)
{
    while (begin < end && is_space(text.ptr[begin]))
        begin++;
    while (end > begin && is_space(text.ptr[end - 1]))
        end--;
    return (gly_range){ begin, end };
}

static line *append(lines *ls, uint32_t *capacity, gly_arena *arena)
{
    if (ls->count == *capacity) {
        uint32_t wanted = *capacity ? *capacity * 2 : 64;
        line *items = GLY_NEWN(arena, line, wanted);

        if (!items)
            return NULL;
        if (ls->count)
            memcpy(items, ls->items, ls->count * sizeof *items);
        ls->items = items;
        *capacity = wanted;
    }
    return &ls->items[ls->count++];
}

/* Wrapped by hand: no line is wide, and twice at least a long one goes on. */
static bool looks_wrapped(const lines *ls)
{
    uint32_t going_on = 0;

    for (uint32_t i = 0; i < ls->count; i++) {
        const line *l = &ls->items[i];
        uint32_t width = l->at.end - l->at.begin;

        if (width > WIDEST_WRAP)
            return false;
        going_on += i + 1 < ls->count && !l[1].parted && width >= NARROWEST_WRAP && !l->ends;
    }
    return going_on >= 2;
}

gly_status lines_split(lines *ls, gly_str text, gly_arena *arena, const gly_host *host,
                       gly_stage *stage)
{
    uint32_t capacity = 0, seen = 0;
    bool parted = false;

    *ls = (lines){ NULL, 0, false };
    for (uint32_t begin = 0; begin < text.len; seen++) {
        const char *newline = memchr(text.ptr + begin, '\n', text.len - begin);
        uint32_t end = newline ? (uint32_t)(newline - text.ptr) : text.len;
        gly_range at = trimmed(text, begin, end);

        if (seen % STOP_EVERY == 0 && host->stop(stage))
            return GLY_ECANCEL;
        if (at.begin < at.end) {
            line *l = append(ls, &capacity, arena);

            if (!l)
                return GLY_ENOMEM;
            *l = (line){ .at = at, .parted = parted };
            measure(l, text);
        }
        parted = at.begin == at.end;
        begin = end + 1;
    }
    ls->wrapped = looks_wrapped(ls);
    return GLY_OK;
}

bool lines_join(const lines *ls, const line *l, const line *next)
{
    return ls->wrapped && !next->parted && !next->item && !l->rule && !next->rule
        && l->at.end - l->at.begin >= NARROWEST_WRAP;
}
