/* articlebody - hashes of three words in a row, of the JSON string and of blocks. */
#include "articlebody.h"

enum {
    SHORTEST = 300,      /* bytes of a string that is worth comparing */
    LONGEST_PULLED = 45, /* words                                     */
};

typedef struct trigrams {
    uint64_t *slots;
    uint32_t  mask;
} trigrams;

typedef struct reader { /* words of a text, letters and digits lower-cased */
    uint64_t words[2];
    uint64_t word;
    uint32_t count, hits, tried;
} reader;

static uint64_t mix(uint64_t h)
{
    h ^= h >> 31;
    h *= UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

/* Ends a word; gives the hash of the last three, or 0. */
static uint64_t end_word(reader *r)
{
    uint64_t all = 0;

    if (!r->word)
        return 0;
    if (++r->count >= 3)
        all = mix(r->words[0] * 3 + r->words[1] * 5 + r->word) | 1;
    r->words[0] = r->words[1];
    r->words[1] = r->word;
    r->word = 0;
    return all;
}

static bool in_word(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10 || c >= 0xC3;
}

static void add(trigrams *t, uint64_t hash)
{
    for (uint64_t i = hash & t->mask, tries = 0; hash && tries < 32; i = (i + 1) & t->mask, tries++)
        if (!t->slots[i] || t->slots[i] == hash) {
            t->slots[i] = hash;
            return;
        }
}

static bool has(const trigrams *t, uint64_t hash)
{
    for (uint64_t i = hash & t->mask, tries = 0; t->slots[i] && tries < 32; i = (i + 1) & t->mask, tries++)
        if (t->slots[i] == hash)
            return true;
    return false;
}

/* Where the string that begins after `p`'s quote ends. */
static const char *string_end(const char *p, const char *end)
{
    while (p < end && *p != '"')
        p += *p == '\\' ? 2 : 1;
    return p < end ? p : end;
}

/* The longest "articleBody" of a script's JSON, still escaped. */
static gly_str body_of(gly_str json)
{
    static const char key[] = "\"articleBody\"";
    const char *p = json.ptr, *end = json.ptr + json.len;
    gly_str body = { NULL, 0 };

    while (p < end && (p = memmem(p, (size_t)(end - p), key, sizeof key - 1)) != NULL) {
        const char *close;

        p += sizeof key - 1;
        while (p < end && (*p == ' ' || *p == ':' || *p == '\n' || *p == '\t'))
            p++;
        if (p >= end || *p != '"')
            continue;
        close = string_end(++p, end);
        if ((uint32_t)(close - p) > body.len)
            body = (gly_str){ p, (uint32_t)(close - p) };
        p = close;
    }
    return body;
}

/* The longest of the page, still escaped; empty without one. */
static gly_str longest_body(const page *p)
{
    gly_str best = { NULL, 0 };

    for (uint32_t i = 1; i + 1 < p->count; i++) {
        gly_str type, body;

        if (p->nodes[i].tag != PAGE_SCRIPT || !page_is_text(&p->nodes[i + 1]) ||
            p->nodes[i + 1].parent != i)
            continue;
        type = page_attr_of(p, i, PAGE_ATTR_TYPE);
        if (type.len < 7 || !memmem(type.ptr, type.len, "ld+json", 7))
            continue;
        body = body_of(gly_slice(p->source, p->nodes[i + 1].at));
        best = body.len > best.len ? body : best;
    }
    return best;
}

/* JSON escapes part words, but for \u of a letter, which no one word is lost by. */
static void read_json(trigrams *t, gly_str body)
{
    reader r = { .count = 0 };

    for (uint32_t i = 0; i < body.len; i++) {
        unsigned char c = (unsigned char)body.ptr[i];

        if (c == '\\' || c == '<' || c == '&') {
            add(t, end_word(&r));
            if (c == '\\')
                i += i + 1 < body.len && body.ptr[i + 1] == 'u' ? 5 : 1;
            else if (c == '<')
                while (i + 1 < body.len && body.ptr[i] != '>' && body.ptr[i] != ' ')
                    i++;
            else
                while (i + 1 < body.len && body.ptr[i] != ';' && body.ptr[i] != ' ')
                    i++;
            continue;
        }
        if (in_word(c))
            r.word = r.word * 31 + (c | 0x20u) + 1;
        else if (c < 0x80)
            add(t, end_word(&r));
    }
    add(t, end_word(&r));
}

/* Adds a trigram, or sees whether it is there. */
static void take(trigrams *t, reader *r, uint64_t hash, bool adds)
{
    if (!hash)
        return;
    r->tried++;
    if (adds)
        add(t, hash);
    else
        r->hits += has(t, hash);
}

static reader read_block(const signals *s, trigrams *t, const block *b, bool adds)
{
    reader r = { .count = 0 };

    for (uint32_t i = b->first; i <= b->last; i++) {
        gly_str text = gly_slice(s->page->source, s->page->nodes[i].at);

        if (!page_is_text(&s->page->nodes[i]))
            continue;
        for (uint32_t k = 0; k < text.len; k++) {
            unsigned char c = (unsigned char)text.ptr[k];

            if (in_word(c))
                r.word = r.word * 31 + (c | 0x20u) + 1;
            else if (c < 0x80)
                take(t, &r, end_word(&r), adds);
            if (c == '&')
                while (k + 1 < text.len && text.ptr[k] != ';' && text.ptr[k] != ' ')
                    k++;
        }
        if (i == b->last || (s->page->nodes[i + 1].flags & PAGE_SPACE))
            take(t, &r, end_word(&r), adds);
    }
    return r;
}

static void match_block(const signals *s, trigrams *t, block *b)
{
    reader r = read_block(s, t, b, false);

    if (r.tried == 0)
        return;
    b->marks |= (uint8_t)((r.hits * 2 > r.tried ? BLOCK_LD_MATCH : 0) |
                          (r.hits * 5 < r.tried ? BLOCK_LD_MISS : 0));
}

/* A set for the trigrams of so many bytes of text. */
static gly_status open_trigrams(trigrams *t, uint32_t bytes, gly_arena *arena)
{
    *t = (trigrams){ NULL, 63 };
    while (t->mask < bytes / 2)
        t->mask = t->mask * 2 + 1;
    t->slots = GLY_NEWN(arena, uint64_t, t->mask + 1u);
    if (!t->slots)
        return GLY_ENOMEM;
    memset(t->slots, 0, (t->mask + 1u) * sizeof *t->slots);
    return GLY_OK;
}

gly_status articlebody_match(signals *s, gly_arena *arena)
{
    gly_str body = longest_body(s->page);
    trigrams t;

    s->stated = body;
    if (body.len < SHORTEST)
        return GLY_OK;
    if (open_trigrams(&t, body.len, arena) != GLY_OK)
        return GLY_ENOMEM;
    read_json(&t, body);
    for (uint32_t i = 0; i < s->blocks->count; i++)
        match_block(s, &t, &s->blocks->items[i]);
    return GLY_OK;
}

/* ---- pulled quotes ------------------------------------------------------------------ */

static bool may_be_pulled(const block *b)
{
    uint64_t apart = UINT64_C(1) << IN_QUOTE | UINT64_C(1) << IN_ASIDE | (uint64_t)NAMED_QUOTE << IN_NAMED;

    return !b->rule && (b->around & apart) && b->words >= 5 && b->words <= LONGEST_PULLED;
}

gly_status articlebody_pulled(signals *s, gly_arena *arena)
{
    block *b = s->blocks->items;
    uint32_t bytes = 0, candidates = 0; /* bytes of them */
    trigrams t;

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        candidates += may_be_pulled(&b[i]) ? b[i].chars : 0;
        bytes += b[i].rule ? 0 : b[i].chars;
    }
    if (candidates == 0 || candidates * 4 > bytes)
        return GLY_OK; /* none, or an article of quotations */
    if (open_trigrams(&t, bytes, arena) != GLY_OK)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < s->blocks->count; i++)
        if (!b[i].rule && !may_be_pulled(&b[i]))
            read_block(s, &t, &b[i], true);
    for (uint32_t i = 0; i < s->blocks->count; i++) {
        reader r = { .tried = 0 };

        if (may_be_pulled(&b[i]))
            r = read_block(s, &t, &b[i], false);
        if (r.tried >= 3 && r.hits * 5 >= r.tried * 3) /* marks at its ends make other words of two */
            b[i].rule = "repeat";
    }
    return GLY_OK;
}
