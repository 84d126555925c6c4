/* phrases - lays the lists out by first byte and looks words up in them. */
#include "phrases.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "kit/unicode.h"
#include "lanes.h"

typedef struct entry {
    const char        *words;
    uint32_t           length;
    const phrase_list *list;
} entry;

/* What tells most entries apart from a text, small and side by side in memory. */
typedef struct brief {
    uint16_t length;
    char     last; /* byte */
} brief;

typedef struct places {
    uint16_t first, behind;
} places;

struct phrase_index {
    places   of[256][PHRASE_USES]; /* the entries of one first byte and use */
    brief   *briefs;               /* one for each entry, behind them       */
    entry    entries[];
};

static uint32_t length_of(const char *words)
{
    return (uint32_t)strcspn(words, "|");
}

static uint32_t count_all(void)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < phrase_list_count; i++)
        for (const char *w = phrase_lists[i].words; ; w++) {
            count += *w == '|' || *w == '\0';
            if (*w == '\0')
                break;
        }
    return count;
}

/* By use and first byte; the longer first, so that the first match is the longest. */
static int compare(const void *one, const void *other)
{
    const entry *a = one, *b = other;
    int difference = (int)a->list->use - (int)b->list->use;

    if (difference == 0)
        difference = (unsigned char)a->words[0] - (unsigned char)b->words[0];
    if (difference == 0)
        difference = (b->length > a->length) - (b->length < a->length);
    return difference ? difference : (a->words > b->words) - (a->words < b->words);
}

static void index_entries(struct phrase_index *p, uint32_t count)
{
    uint16_t at = 0;

    for (uint32_t use = 0; use < PHRASE_USES; use++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            p->of[byte][use].first = at;
            while (at < count && p->entries[at].list->use == use
                   && (unsigned char)p->entries[at].words[0] == byte)
                at++;
            p->of[byte][use].behind = at;
        }
    }
}

static struct phrase_index *index_open(uint32_t count)
{
    struct phrase_index *p = malloc(sizeof *p + count * (sizeof p->entries[0] + sizeof *p->briefs));
    uint32_t at = 0;

    if (!p)
        return NULL;
    for (uint32_t i = 0; i < phrase_list_count; i++) {
        const char *w = phrase_lists[i].words;

        for (;;) {
            uint32_t length = length_of(w);

            p->entries[at++] = (entry){ w, length, &phrase_lists[i] };
            if (w[length] == '\0')
                break;
            w += length + 1;
        }
    }
    qsort(p->entries, count, sizeof p->entries[0], compare);
    index_entries(p, count);
    p->briefs = (brief *)(void *)(p->entries + count);
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = &p->entries[i];

        p->briefs[i] = (brief){ (uint16_t)e->length, e->words[e->length - 1] };
    }
    return p;
}

/* The bits of a phrase: one of one byte or two may be followed by any. */
static uint64_t bits_of(const entry *e)
{
    uint64_t bits = 0;

    if (e->length > 2)
        return UINT64_C(1) << phrases__bit(e->words[1], e->words[2]);
    for (int third = 0; third < 256; third++)
        bits |= UINT64_C(1) << phrases__bit(e->words[1], (char)third);
    return bits;
}

static void note_seconds(phrases *p, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const entry *e = &p->index->entries[i];

        p->seconds[(unsigned char)e->words[0]][e->list->use] |= bits_of(e);
    }
}

phrases *phrases_open(void)
{
    uint32_t count = count_all();
    phrases *p = calloc(1, sizeof *p);

    if (!p || !(p->index = index_open(count))) {
        free(p);
        return NULL;
    }
    note_seconds(p, count);
    return p;
}

void phrases_close(phrases *p)
{
    if (p)
        free(p->index);
    free(p);
}

enum { FIRST_LEAD = 0xC0 - 0x100, BEHIND_CASES = 0xE2 - 0x100 }; /* as signed bytes */

/* Lowers sixteen bytes; false, and nothing written, when a character from U+0080 to
 * U+1FFF begins there. From U+2000 on there are hardly letters that have a case. */
static inline bool lower_round(const char *from, char *out)
{
    lanes x = lanes_load(from);
    signed_lanes s = (signed_lanes)x;

    if (lanes_any((lanes)((s >= FIRST_LEAD) & (s < BEHIND_CASES))))
        return false;
    x |= (lanes)((s >= 'A') & (s <= 'Z')) & 0x20;
    memcpy(out, &x, sizeof x);
    return true;
}

static bool goes_on(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* One code point that is not ASCII; its length. */
static uint32_t lower_one(const char *from, char *out)
{
    const char *at = from;
    char buffer[4];
    uint32_t c = utf8_next(&at), length = (uint32_t)(at - from);

    if (c < 0x2000 && utf8_put(buffer, unicode_lower(c)) == length)
        memcpy(out, buffer, length);
    else
        memcpy(out, from, length);
    return length;
}

/* The last round begins before `i`: its bytes are lowered twice, to the same, unless it
 * begins inside of a character. */
void phrases_lower(gly_str text, char *out)
{
    uint32_t i = 0;

    while (i < text.len) {
        while (i + LANES <= text.len && lower_round(text.ptr + i, out + i))
            i += LANES;
        if (i + LANES > text.len && text.len >= LANES && !goes_on(text.ptr[text.len - LANES])
            && lower_round(text.ptr + text.len - LANES, out + text.len - LANES))
            return;
        for (; i < text.len && ((unsigned char)text.ptr[i] < 0x80 || goes_on(text.ptr[i])); i++)
            out[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] + 32) : text.ptr[i];
        if (i < text.len)
            i += lower_one(text.ptr + i, out + i);
    }
}

/* Between two letters or digits there is no end of a word; scripts without spaces
 * end theirs anywhere. */
static bool word_ends(gly_str low, uint32_t at)
{
    unsigned char before, after;

    if (at >= low.len)
        return true;
    before = (unsigned char)low.ptr[at - 1];
    after = (unsigned char)low.ptr[at];
    if (before >= 0x80 && at >= 3 && (unsigned char)low.ptr[at - 3] >= 0xE3)
        return true;
    if (!((before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') || before >= 0x80))
        return true;
    return !((after >= 'a' && after <= 'z') || (after >= '0' && after <= '9')
             || (after >= 0xC3 && after < 0xE2));
}

uint32_t phrases__longest(const phrases *p, gly_str low, phrase_use use, const phrase_list **list)
{
    const struct phrase_index *index = p->index;
    places at = index->of[(unsigned char)low.ptr[0]][use];

    for (uint32_t i = at.first; i < at.behind; i++) {
        const brief *b = &index->briefs[i];
        const entry *e = &index->entries[i];

        if (b->length > low.len || b->last != low.ptr[b->length - 1]
            || memcmp(e->words, low.ptr, e->length) != 0 || !word_ends(low, e->length))
            continue;
        if (list)
            *list = e->list;
        return e->length;
    }
    return 0;
}

const phrase_list *phrases_is(const phrases *p, gly_str low, phrase_use use)
{
    const phrase_list *list = NULL;
    uint32_t length = phrases_opens(p, low, use, &list);

    if (length == 0)
        return NULL;
    for (uint32_t i = length; i < low.len; i++)
        if (!strchr(".:!?* \xC2\xBB\xE2\x80\xBA>", low.ptr[i]))
            return NULL;
    return list;
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0xC3;
}

/* Where the next word begins from `i` on; in scripts without spaces, each character. */
static uint32_t next_word(gly_str low, uint32_t i)
{
    const char *space;

    if (i < low.len && (unsigned char)low.ptr[i] >= 0xE3)
        return i + 3;
    space = memchr(low.ptr + i, ' ', low.len - i);
    i = space ? (uint32_t)(space - low.ptr) + 1 : low.len;
    while (i < low.len && !is_letter((unsigned char)low.ptr[i]))
        i++;
    return i;
}

const phrase_list *phrases_inside(const phrases *p, gly_str low, phrase_use use)
{
    const phrase_list *list = NULL;

    for (uint32_t i = 0; i < low.len && !list; i = next_word(low, i))
        phrases_opens(p, (gly_str){ low.ptr + i, low.len - i }, use, &list);
    return list;
}

uint32_t phrases_count(const phrases *p, gly_str low, phrase_use use, uint32_t most)
{
    uint32_t count = 0;
    bool opening = true;

    for (uint32_t i = 0; i < low.len && count < most;) {
        unsigned char c = (unsigned char)low.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
        uint32_t length = opening && letter
            ? phrases_opens(p, (gly_str){ low.ptr + i, low.len - i }, use, NULL) : 0;

        count += length > 0;
        opening = !letter || c >= 0xE3 || length > 0;
        i += length ? length : 1;
    }
    return count;
}

bool phrases_rule_known(gly_str rule)
{
    for (uint32_t i = 0; i < phrase_list_count; i++) {
        const char *name = phrase_lists[i].rule;

        if (name && strlen(name) == rule.len && memcmp(name, rule.ptr, rule.len) == 0)
            return true;
    }
    return false;
}
