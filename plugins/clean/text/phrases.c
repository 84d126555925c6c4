/* phrases - lays the lists out by first byte and looks words up in them. */
#include "phrases.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "kit/unicode.h"

typedef struct entry {
    const char        *words;
    uint32_t           length;
    const phrase_list *list;
} entry;

struct phrases {
    uint32_t first[257]; /* entries whose first byte is b: [first[b], first[b + 1]) */
    uint32_t uses[256];  /* bit set of the uses among them                          */
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

/* By first byte; the longer first, so that the first match is the longest. */
static int compare(const void *one, const void *other)
{
    const entry *a = one, *b = other;
    int difference = (unsigned char)a->words[0] - (unsigned char)b->words[0];

    if (difference == 0)
        difference = (b->length > a->length) - (b->length < a->length);
    return difference ? difference : (a->words > b->words) - (a->words < b->words);
}

static void index_entries(phrases *p, uint32_t count)
{
    uint32_t at = 0;

    for (uint32_t byte = 0; byte < 256; byte++) {
        p->first[byte] = at;
        p->uses[byte] = 0;
        while (at < count && (unsigned char)p->entries[at].words[0] == byte)
            p->uses[byte] |= 1u << p->entries[at++].list->use;
    }
    p->first[256] = at;
}

phrases *phrases_open(void)
{
    uint32_t count = count_all(), at = 0;
    phrases *p = malloc(sizeof *p + count * sizeof p->entries[0]);

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
    return p;
}

void phrases_close(phrases *p)
{
    free(p);
}

uint32_t phrases_lower(gly_str text, char *out, uint32_t size)
{
    const char *at = text.ptr, *end = text.ptr + text.len;
    uint32_t length = 0;

    while (at < end && length + 4 <= size) {
        if ((unsigned char)*at < 0x80) {
            out[length++] = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
            at++;
        } else {
            length += (uint32_t)utf8_put(out + length, unicode_lower(utf8_next(&at)));
        }
    }
    return length;
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

uint32_t phrases_opens(const phrases *p, gly_str low, phrase_use use, const phrase_list **list)
{
    unsigned char byte = low.len ? (unsigned char)low.ptr[0] : 0;

    if (low.len == 0 || !(p->uses[byte] & 1u << use))
        return 0;
    for (uint32_t i = p->first[byte]; i < p->first[byte + 1]; i++) {
        const entry *e = &p->entries[i];

        if (e->list->use != use || e->length > low.len
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
        if (!strchr(".:!* \xC2\xBB\xE2\x80\xBA>", low.ptr[i]))
            return NULL;
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
