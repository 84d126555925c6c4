/* extract.mentions - hashtags, handles, e-mail addresses, web addresses and telephone
 * numbers.
 *
 * One pass over the bytes with a table of those that may open or join a mention; such
 * a byte leads to the function that reads it, and the pass goes on behind what was
 * found. Every way back is bounded, so the time is linear. Fails only when memory
 * runs out or when the run is stopped. */
#include <stdlib.h>
#include <galley/plugin.h>

#include "address.h"
#include "bytes.h"
#include "phone.h"

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
    BYTES_BETWEEN_STOPS = 1 << 16,
    LONGEST_NAME = 100, /* bytes of a hashtag or a handle */
    STRIDE = 16,        /* bytes looked at together       */
};

/* Bytes that lead to a reader: of '.' only that of "www.", of a number its first digit. */
static const unsigned char opens[256] = {
    ['#'] = 1, ['@'] = 1, [':'] = 1, ['.'] = 1, ['['] = 1, ['('] = 1, ['0'] = 1, ['1'] = 1,
    ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1
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

/* ---- what is found ------------------------------------------------------------------ */

static gly_status add(scan *s, gly_mention_kind kind, gly_range at, gly_str value)
{
    gly_mention *m = gly_push(s->state->host, s->doc, s->layer, at.begin, at.end);

    if (!m)
        return GLY_ENOMEM;
    m->type = (int32_t)kind;
    m->value = value;
    s->done = at.end;
    return GLY_OK;
}

/* A value that is a slice of the text, `skip` bytes from its begin. */
static gly_status add_slice(scan *s, gly_mention_kind kind, gly_range at, uint32_t skip)
{
    if (at.end == at.begin)
        return GLY_OK;
    return add(s, kind, at, gly_slice(s->text, (gly_range){ at.begin + skip, at.end }));
}

static gly_status add_copy(scan *s, gly_mention_kind kind, gly_range at, const char *value,
                           uint32_t length)
{
    char *copy = gly_alloc(s->doc->arena, length, 1);

    if (!copy)
        return GLY_ENOMEM;
    memcpy(copy, value, length);
    return add(s, kind, at, (gly_str){ copy, length });
}

/* ---- hashtags and handles -------------------------------------------------------------- */

/* What stands before a '#' or '@' decides whether it opens a mention. */
static bool opens_here(gly_str text, uint32_t i)
{
    uint32_t before = i ? before_point(text, i) : 0;

    if (i == 0)
        return true;
    if ((unsigned char)text.ptr[before] >= 0x80)
        return is_wide_mark(text, before);
    return is_one_of(text.ptr[before], " \t\n\r([{\"'.,:;!?-*");
}

/* The end of letters, digits and '_' from i on; *letter: one of them is a letter. */
static uint32_t name_end(gly_str text, uint32_t i, bool *letter)
{
    uint32_t end = i;

    while (end < text.len && end - i < LONGEST_NAME && is_word_at(text, end)) {
        *letter |= !is_digit(text.ptr[end]) && text.ptr[end] != '_';
        end = after_point(text, end);
    }
    return end < text.len && is_word_at(text, end) ? i : end;
}

static gly_status read_hashtag(scan *s, uint32_t i)
{
    bool letter = false;
    uint32_t end = name_end(s->text, i + 1, &letter);

    if (!letter || !opens_here(s->text, i) || end == i + 1)
        return GLY_OK;
    return add_slice(s, GLY_MENTION_HASHTAG, (gly_range){ i, end }, 1);
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* "@name", "@name.bsky.example", "@name@host.example". */
static gly_status read_handle(scan *s, uint32_t i)
{
    bool letter = false;
    uint32_t end = name_end(s->text, i + 1, &letter), host;

    if (!letter || !opens_here(s->text, i) || end == i + 1)
        return GLY_OK;
    if (byte_at(s->text, end) == '@') {
        host = address_host(s->text, end + 1);
        end = host > end + 1 ? host : end;
    } else {
        host = address_host(s->text, i + 1);
        if (host > end && byte_at(s->text, end) == '.' && !is_upper(byte_at(s->text, end + 1)))
            end = host;
    }
    return add_slice(s, GLY_MENTION_HANDLE, (gly_range){ i, end }, 1);
}

static gly_status read_at(scan *s, uint32_t i)
{
    gly_range at = address_email(s->text, s->done, i);

    return at.end > at.begin ? add_slice(s, GLY_MENTION_EMAIL, at, 0) : read_handle(s, i);
}

/* ---- the rest ------------------------------------------------------------------------------ */

static gly_status read_spelt(scan *s, uint32_t i)
{
    gly_range at = address_spelt(s->text, s->done, i);
    char *value = at.end > at.begin ? gly_alloc(s->doc->arena, at.end - at.begin, 1) : NULL;

    if (at.end == at.begin)
        return GLY_OK;
    if (!value)
        return GLY_ENOMEM;
    return add(s, GLY_MENTION_EMAIL, at, (gly_str){ value, address_unspell(s->text, at, value) });
}

static gly_status read_dot(scan *s, uint32_t i)
{
    if (i < 3 || (s->text.ptr[i - 1] | 0x20) != 'w' || (s->text.ptr[i - 2] | 0x20) != 'w'
        || (s->text.ptr[i - 3] | 0x20) != 'w')
        return GLY_OK;
    return add_slice(s, GLY_MENTION_URL, address_www(s->text, s->done, i - 3), 0);
}

static gly_status read_phone(scan *s, uint32_t i)
{
    phone p;

    if (i > 0 && is_word_at(s->text, before_point(s->text, i))) /* inside of a word */
        return GLY_OK;
    if (!phone_read(s->text, i, &p) || p.at.begin < s->done)
        return GLY_OK;
    return add_copy(s, GLY_MENTION_PHONE, p.at, p.value, p.length);
}

/* ---- the pass -------------------------------------------------------------------------------- */

static gly_status read_from(scan *s, uint32_t i)
{
    switch (s->text.ptr[i]) {
    case '#': return read_hashtag(s, i);
    case '@': return read_at(s, i);
    case ':': return add_slice(s, GLY_MENTION_URL, address_scheme(s->text, s->done, i), 0);
    case '.': return read_dot(s, i);
    case '[': case '(': return read_spelt(s, i);
    default: return read_phone(s, i);
    }
}

#ifdef __SSE2__
static __m128i are(__m128i bytes, char c)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

static __m128i are_within(__m128i bytes, char first, char count)
{
    __m128i place = _mm_sub_epi8(bytes, _mm_set1_epi8(first));

    return _mm_cmpeq_epi8(_mm_min_epu8(place, _mm_set1_epi8((char)(count - 1))), place);
}

/* A bit for each of sixteen bytes that opens something; `before` are the bytes before them.
 * Most full stops stand behind no w, and most digits inside of a number. */
static unsigned openings(__m128i bytes, __m128i before)
{
    __m128i low = _mm_or_si128(before, _mm_set1_epi8(0x20));
    __m128i inside = _mm_or_si128(_mm_or_si128(are_within(low, 'a', 26), are_within(before, '0', 10)), are(before, '_'));
    __m128i numbers = _mm_andnot_si128(inside, are_within(bytes, '0', 10));
    __m128i hosts = _mm_and_si128(are(bytes, '.'), are(low, 'w'));
    __m128i marks = _mm_or_si128(_mm_or_si128(are(bytes, '#'), are(bytes, '@')),
                                 _mm_or_si128(are(bytes, ':'), _mm_or_si128(are(bytes, '['), are(bytes, '('))));

    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(numbers, hosts), marks));
}

static __m128i load(const char *at)
{
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}
#endif

/* The next byte from i on that opens something; text.len: none does. */
static uint32_t next_opening(gly_str text, uint32_t i)
{
    const unsigned char *p = (const unsigned char *)text.ptr;

#ifdef __SSE2__
    if (i == 0 && text.len && opens[p[0]])
        return 0;
    for (i += i == 0; text.len >= i && text.len - i >= STRIDE; i += STRIDE) {
        unsigned found = openings(load(text.ptr + i), load(text.ptr + i - 1));

        if (found)
            return i + (uint32_t)__builtin_ctz(found);
    }
#endif
    while (i < text.len && !opens[p[i]])
        i++;
    return i;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    scan s = { .state = st, .doc = doc, .text = doc->text };
    gly_status status = GLY_OK;
    uint32_t stop_at = BYTES_BETWEEN_STOPS;

    s.layer = st->host->layer_add(st->stage, doc, &gly_mention_layer);
    if (!s.layer)
        return GLY_ENOMEM;
    for (uint32_t i = next_opening(s.text, 0); i < s.text.len; i = next_opening(s.text, i)) {
        if (i >= stop_at) {
            stop_at = i + BYTES_BETWEEN_STOPS;
            if (st->host->stop(st->stage))
                return GLY_ECANCEL;
        }
        status = read_from(&s, i);
        if (status != GLY_OK)
            return status;
        i = i + 1 > s.done ? i + 1 : s.done;
    }
    return GLY_OK;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const gly_option options[] = { GLY_OPTIONS_END };
static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { "mention/1", NULL };

GLY_PLUGIN(.name = "extract.mentions", .kind = GLY_TRANSFORM, .version = "1.1.0", .license = "MIT",
    .summary = "Find hashtags, handles, web and e-mail addresses and phone numbers",
    .help =
        "Finds #hashtags, @handles (also @name@host.example), e-mail addresses (also name [at] "
        "host.example), web addresses (http, https, ftp, and those that begin with www.) and "
        "telephone numbers. Marks that belong to the sentence are left out of them.\n\n"
        "The value is the mention without # or @; of a telephone number its digits, with + before "
        "them where the country is written.",
    .example = "{ use = \"extract.mentions\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
