/* extract.mentions - hashtags, handles, e-mail addresses and web addresses.
 *
 * One pass over the text: a byte that may open or join a mention ('#', '@', "://",
 * "www.") leads to the function that reads it, and reading goes on behind what was
 * found. The way back before an "@" is bounded, so the time is linear. Fails only
 * when memory runs out or when the run is stopped. */
#include <stdlib.h>
#include <strings.h>
#include <galley/plugin.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
} state;

typedef struct scan {
    const state *state;
    gly_doc     *doc;
    gly_layer   *layer;
    gly_str      text;
    uint32_t     done; /* nothing before this offset belongs to a later mention */
} scan;

enum {
    PLACES_BETWEEN_STOPS = 1 << 12,
    LONGEST_NAME = 100,    /* bytes of a hashtag or a handle           */
    LONGEST_LOCAL = 64,    /* of an e-mail address: RFC 5321, 4.5.3.1  */
    LONGEST_HOST = 255,
};

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = calloc(1, sizeof *st);

    (void)opts;
    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

/* ---- bytes ------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* UTF-8 punctuation of the block U+2000-206F (dashes, quotation marks, spaces),
 * the no-break space and the Latin guillemets end a word; other code points
 * beyond ASCII are taken for letters. */
static bool is_wide_mark(gly_str text, uint32_t i)
{
    unsigned char a = (unsigned char)text.ptr[i];
    unsigned char b = i + 1 < text.len ? (unsigned char)text.ptr[i + 1] : 0;

    if (a == 0xE2)
        return b == 0x80 || b == 0x81;
    if (a == 0xE3)
        return b == 0x80;
    return a == 0xC2;
}

static bool is_word_at(gly_str text, uint32_t i)
{
    char c = text.ptr[i];

    if ((unsigned char)c >= 0x80)
        return !is_wide_mark(text, i);
    return is_digit(c) || is_ascii_letter(c) || c == '_';
}

/* What stands before a '#' or '@' decides whether it opens a mention. */
static bool opens_here(gly_str text, uint32_t i)
{
    char before = i ? text.ptr[i - 1] : ' ';

    return strchr(" \t\n\r([{\"'.,:;!?-*", before) != NULL && before != '\0';
}

/* ---- what is found ------------------------------------------------------------ */

static gly_status add(scan *s, gly_mention_kind kind, gly_range at, uint32_t skip)
{
    gly_mention *m = gly_push(s->state->host, s->doc, s->layer, at.begin, at.end);

    if (!m)
        return GLY_ENOMEM;
    m->type = (int32_t)kind;
    m->value = (gly_str){ s->text.ptr + at.begin + skip, at.end - at.begin - skip };
    s->done = at.end;
    return GLY_OK;
}

/* '#' or '@', then letters, digits and '_', at least one of them a letter. */
static gly_status read_name(scan *s, uint32_t i, gly_mention_kind kind)
{
    uint32_t end = i + 1;
    bool letter = false;

    if (i < s->done || !opens_here(s->text, i))
        return GLY_OK;
    while (end < s->text.len && is_word_at(s->text, end)) {
        letter |= !is_digit(s->text.ptr[end]) && s->text.ptr[end] != '_';
        end++;
        while (end < s->text.len && ((unsigned char)s->text.ptr[end] & 0xC0) == 0x80)
            end++;
    }
    if (!letter || end - i > LONGEST_NAME)
        return GLY_OK;
    return add(s, kind, (gly_range){ i, end }, 1);
}

/* ---- e-mail --------------------------------------------------------------------- */

static bool is_local(char c)
{
    return is_digit(c) || is_ascii_letter(c) || strchr("._%+-", c);
}

/* The end of "name.name" from i; i itself when there is no dot inside, or the
 * last part is no top-level domain. */
static uint32_t host_end(gly_str text, uint32_t i)
{
    uint32_t end = i, dot = i, last;

    while (end < text.len && end - i < LONGEST_HOST && text.ptr[end]
           && (is_digit(text.ptr[end]) || is_ascii_letter(text.ptr[end]) || strchr(".-", text.ptr[end])))
        end++;
    while (end > i && strchr(".-", text.ptr[end - 1]))
        end--;
    for (last = i; last < end; last++)
        if (text.ptr[last] == '.')
            dot = last;
    if (dot == i || end - dot < 3 || !is_ascii_letter(text.ptr[dot + 1]))
        return i;
    return end;
}

static gly_status read_email(scan *s, uint32_t at)
{
    uint32_t begin = at, end;

    while (begin > s->done && at - begin < LONGEST_LOCAL && s->text.ptr[begin - 1]
           && is_local(s->text.ptr[begin - 1]))
        begin--;
    while (begin < at && s->text.ptr[begin] == '.')
        begin++;
    end = host_end(s->text, at + 1);
    if (begin == at || end == at + 1)
        return GLY_OK;
    return add(s, GLY_MENTION_EMAIL, (gly_range){ begin, end }, 0);
}

static gly_status read_at(scan *s, uint32_t i)
{
    uint32_t before = s->layer->count;
    gly_status status = read_email(s, i);

    if (status != GLY_OK || s->layer->count != before)
        return status;
    return read_name(s, i, GLY_MENTION_HANDLE);
}

/* ---- web addresses ---------------------------------------------------------------- */

/* Reads to the next space or quotation mark, then gives back the marks that
 * belong to the sentence: a closing bracket stays when it was opened inside. */
static uint32_t address_end(gly_str text, uint32_t begin)
{
    uint32_t end = begin, opened = 0, closed = 0;

    while (end < text.len && (unsigned char)text.ptr[end] > ' '
           && !strchr("<>\"`{}|\\^", text.ptr[end]) && !is_wide_mark(text, end)) {
        opened += text.ptr[end] == '(';
        closed += text.ptr[end] == ')';
        end++;
    }
    while (end > begin) {
        char last = text.ptr[end - 1];

        if (last == ')' && closed > opened)
            closed--;
        else if (!strchr(".,;:!?'*]", last))
            break;
        end--;
    }
    return end;
}

static gly_status read_scheme(scan *s, uint32_t colon)
{
    static const gly_str schemes[] = { { "https", 5 }, { "http", 4 }, { "ftp", 3 } };

    if (s->text.len - colon < 4 || memcmp(s->text.ptr + colon, "://", 3) != 0)
        return GLY_OK;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        uint32_t len = schemes[i].len, begin = colon - len, end;

        if (colon < s->done + len || strncasecmp(s->text.ptr + begin, schemes[i].ptr, len) != 0)
            continue;
        end = address_end(s->text, begin);
        return end > colon + 3 ? add(s, GLY_MENTION_URL, (gly_range){ begin, end }, 0) : GLY_OK;
    }
    return GLY_OK;
}

static gly_status read_www(scan *s, uint32_t i)
{
    uint32_t end;

    if (i < s->done || s->text.len - i < 5 || strncasecmp(s->text.ptr + i, "www.", 4) != 0
        || (i && is_word_at(s->text, i - 1)))
        return GLY_OK;
    end = address_end(s->text, i);
    if (end <= i + 4 || !memchr(s->text.ptr + i + 4, '.', end - i - 4))
        return GLY_OK;
    return add(s, GLY_MENTION_URL, (gly_range){ i, end }, 0);
}

/* ---- the pass ------------------------------------------------------------------------ */

static gly_status read_from(scan *s, uint32_t i)
{
    switch (s->text.ptr[i]) {
    case '#': return read_name(s, i, GLY_MENTION_HASHTAG);
    case '@': return i < s->done ? GLY_OK : read_at(s, i);
    case ':': return read_scheme(s, i);
    case 'w': case 'W': return read_www(s, i);
    default: return GLY_OK;
    }
}

static bool may_open(gly_str text, uint32_t i)
{
    switch (text.ptr[i]) {
    case '#': case '@': case ':':
        return true;
    case 'w': case 'W':
        return text.len - i > 1 && (text.ptr[i + 1] | 0x20) == 'w';
    default:
        return false;
    }
}

/* The next place from `i` on where a mention may be found, sixteen bytes at a time
 * where the machine can. */
static uint32_t next_place(gly_str text, uint32_t i)
{
#ifdef __SSE2__
    for (; text.len - i > 16; i += 16) {
        const char *at = text.ptr + i;
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i behind = _mm_loadu_si128((const __m128i *)(const void *)(at + 1));
        __m128i w = _mm_set1_epi8('w'), small = _mm_set1_epi8(0x20);
        __m128i both = _mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(v, small), w),
                                     _mm_cmpeq_epi8(_mm_or_si128(behind, small), w));
        __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('#')),
                                     _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('@')),
                                                  _mm_cmpeq_epi8(v, _mm_set1_epi8(':'))));
        int found = _mm_movemask_epi8(_mm_or_si128(both, signs));

        if (found)
            return i + (uint32_t)__builtin_ctz((unsigned)found);
    }
#endif
    while (i < text.len && !may_open(text, i))
        i++;
    return i;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    scan s = { .state = st, .doc = doc, .text = doc->text };
    gly_status status = GLY_OK;
    uint32_t places = 0;

    s.layer = st->host->layer_add(st->stage, doc, &gly_mention_layer);
    if (!s.layer)
        return GLY_ENOMEM;
    for (uint32_t i = next_place(s.text, 0); i < s.text.len && status == GLY_OK; i = next_place(s.text, i + 1)) {
        if (places++ % PLACES_BETWEEN_STOPS == 0 && st->host->stop(st->stage))
            return GLY_ECANCEL;
        if (i >= s.done)
            status = read_from(&s, i);
    }
    return status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const gly_option options[] = { GLY_OPTIONS_END };
static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { "mention/1", NULL };

GLY_PLUGIN(.name = "extract.mentions", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find hashtags, handles, web and e-mail addresses",
    .help =
        "Finds #hashtags, @handles, e-mail addresses and web addresses (http, https, ftp, and "
        "those that begin with www.). Marks that belong to the sentence are left out of them.\n\n"
        "The value is the mention without # or @. Phone numbers are not looked for.",
    .example = "{ use = \"extract.mentions\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
