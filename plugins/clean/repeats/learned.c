/* learned - two passes over the lines, tables by open addressing. */
#include "learned.h"

#include <stdlib.h>

#include "kit/repeats.h"

enum { HASH_DIGITS = 16, LONGEST_LINE = REPEATS_LONGEST_SITE + 2 + (HASH_DIGITS + 1) * REPEATS_MOST_PARTS };

typedef struct slot {
    uint64_t key;   /* 0: free                                   */
    uint32_t count; /* pages                                     */
    uint32_t of;    /* of a block: all pages of its site         */
} slot;

typedef struct table {
    slot  *slots;
    size_t mask, used;
} table;

struct learned {
    table sites, blocks;
};

typedef struct filter {
    unsigned char *bits;
    uint64_t       mask; /* of a bit's number */
} filter;

typedef struct reader {
    FILE           *file;
    learned        *out;
    learned_counts *counts;
    table           seen;  /* pages, by all that they say: the same page counts once */
    filter          once;
    bool            second; /* pass */
    char            line[LONGEST_LINE + 2];
} reader;

/* ---- tables --------------------------------------------------------------------------- */

static slot *slot_of(const table *t, uint64_t key)
{
    size_t at = (size_t)(key ^ key >> 32) & t->mask;

    while (t->slots[at].key && t->slots[at].key != key)
        at = (at + 1) & t->mask;
    return &t->slots[at];
}

static bool resize(table *t, size_t size)
{
    table larger = { calloc(size, sizeof *t->slots), size - 1, t->used };

    if (!larger.slots)
        return false;
    for (size_t i = 0; t->slots && i <= t->mask; i++)
        if (t->slots[i].key)
            *slot_of(&larger, t->slots[i].key) = t->slots[i];
    free(t->slots);
    *t = larger;
    return true;
}

/* The slot of a key, new with a count of 0 or known; NULL: no memory. */
static slot *slot_for(table *t, uint64_t key)
{
    slot *s;

    if ((!t->slots || t->used * 2 > t->mask) && !resize(t, t->slots ? (t->mask + 1) * 2 : 64))
        return NULL;
    s = slot_of(t, key);
    t->used += s->key == 0;
    s->key = key;
    return s;
}

static uint32_t count_of(const table *t, uint64_t key)
{
    return t->slots ? slot_of(t, key)->count : 0;
}

static uint64_t mixed(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ b >> 29 ^ b << 35) * UINT64_C(0x9E3779B97F4A7C15);

    h = (h ^ h >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32;
    return h ? h : 1;
}

static uint64_t hash_site(gly_str site)
{
    uint64_t h = site.len;

    for (uint32_t i = 0; i < site.len; i++)
        h = mixed(h, (unsigned char)site.ptr[i]);
    return h;
}

/* ---- the filter ------------------------------------------------------------------------ */

static bool open_filter(filter *f, uint64_t bytes_of_file)
{
    uint64_t size = UINT64_C(1) << 12;

    while (size < bytes_of_file / (HASH_DIGITS + 1) && size < UINT64_C(1) << 26)
        size *= 2;
    f->bits = calloc(size, 1); /* a byte for each hash, 64 MiB at most */
    f->mask = size * 8 - 1;
    return f->bits != NULL;
}

static bool test_and_set(filter *f, uint64_t key)
{
    uint64_t first = key & f->mask, second = (key >> 32 ^ key << 17) & f->mask;
    bool had = (f->bits[first / 8] >> first % 8 & 1) && (f->bits[second / 8] >> second % 8 & 1);

    f->bits[first / 8] |= (unsigned char)(1u << first % 8);
    f->bits[second / 8] |= (unsigned char)(1u << second % 8);
    return had;
}

/* ---- lines ------------------------------------------------------------------------------- */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The hash at `at`, behind one byte of space; 0: there is none. */
static uint64_t hash_at(gly_str line, uint32_t at)
{
    uint64_t hash = 0;

    if (line.len - at < HASH_DIGITS + 1)
        return 0;
    for (uint32_t i = at + 1; i <= at + HASH_DIGITS; i++) {
        int value = digit(line.ptr[i]);

        if (value < 0)
            return 0;
        hash = hash << 4 | (uint64_t)value;
    }
    return hash;
}

/* A tab, then hashes that rise; nothing else. */
static bool is_page(gly_str line, uint32_t tab)
{
    uint64_t last = 0;

    if (tab == 0 || tab == line.len || (line.len - tab) % (HASH_DIGITS + 1) != 0)
        return false;
    for (uint32_t at = tab; at < line.len; at += HASH_DIGITS + 1) {
        uint64_t hash = line.ptr[at] == (at == tab ? '\t' : ' ') ? hash_at(line, at) : 0;

        if (hash <= last)
            return false;
        last = hash;
    }
    return true;
}

/* False the second time that a page comes, whatever its address, in this pass. */
static bool is_fresh(reader *r, slot *page)
{
    uint32_t passes = r->second ? 2 : 1;

    if (page->count == passes) {
        r->counts->same += !r->second;
        return false;
    }
    page->count = passes;
    return true;
}

/* First pass: how many pages the site has, and what stands on two of them. */
static bool note_page(reader *r, gly_str line, uint32_t tab, uint64_t site)
{
    slot *s = slot_for(&r->out->sites, site);

    if (!s)
        return false;
    s->count++;
    for (uint32_t at = tab; at < line.len; at += HASH_DIGITS + 1) {
        uint64_t key = mixed(site, hash_at(line, at));

        if (test_and_set(&r->once, key) && !slot_for(&r->out->blocks, key))
            return false;
    }
    return true;
}

/* Second pass: on how many pages that stands. */
static void count_page(reader *r, gly_str line, uint32_t tab, uint64_t site)
{
    uint32_t pages = count_of(&r->out->sites, site);

    for (uint32_t at = tab; at < line.len && r->out->blocks.slots; at += HASH_DIGITS + 1) {
        slot *s = slot_of(&r->out->blocks, mixed(site, hash_at(line, at)));

        s->count += s->key != 0;
        s->of = pages;
    }
}

static bool use_page(reader *r, gly_str line, uint32_t tab)
{
    uint64_t site = hash_site((gly_str){ line.ptr, tab }), page = site;
    slot *s;

    for (uint32_t at = tab; at < line.len; at += HASH_DIGITS + 1)
        page = mixed(page, hash_at(line, at));
    s = slot_for(&r->seen, page);
    if (!s)
        return false;
    if (!is_fresh(r, s))
        return true;
    if (!r->second)
        return note_page(r, line, tab, site);
    count_page(r, line, tab, site);
    return true;
}

static bool read_line(reader *r, gly_str line)
{
    const char *tab;

    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    if (gly_str_eq(line, GLY_LIT(REPEATS_HEADING)) || line.len == 0)
        return true;
    tab = memchr(line.ptr, '\t', line.len);
    if (!tab || !is_page(line, (uint32_t)(tab - line.ptr))) {
        r->counts->bad += !r->second;
        return true;
    }
    r->counts->pages += !r->second;
    return use_page(r, line, (uint32_t)(tab - line.ptr));
}

/* A line that is too long counts as bad, in its pieces. */
static learned_status read_lines(reader *r)
{
    bool first = true;

    while (fgets(r->line, sizeof r->line, r->file)) {
        uint32_t length = (uint32_t)strlen(r->line);

        if (length && r->line[length - 1] == '\n')
            length--;
        if (first && !gly_str_eq((gly_str){ r->line, length }, GLY_LIT(REPEATS_HEADING)))
            return LEARNED_FORMAT;
        first = false;
        if (!read_line(r, (gly_str){ r->line, length }))
            return LEARNED_NOMEM;
    }
    return ferror(r->file) ? LEARNED_READ : first ? LEARNED_FORMAT : LEARNED_OK;
}

/* ---- what is kept of it -------------------------------------------------------------------- */

static bool keep_furniture(learned *l, const learned_limits *limits)
{
    table kept = { NULL, 0, 0 };

    for (size_t i = 0; l->blocks.slots && i <= l->blocks.mask; i++) {
        const slot *s = &l->blocks.slots[i];
        slot *k;

        if (!s->key || s->count < limits->min_pages || (double)s->count < limits->min_share * (double)s->of)
            continue;
        k = slot_for(&kept, s->key);
        if (!k) {
            free(kept.slots);
            return false;
        }
        *k = *s;
    }
    free(l->blocks.slots);
    l->blocks = kept;
    return true;
}

static learned_status read_twice(reader *r, const learned_limits *limits)
{
    learned_status status = read_lines(r);

    if (status == LEARNED_OK && fseek(r->file, 0, SEEK_SET) < 0)
        return LEARNED_READ;
    r->second = true;
    if (status == LEARNED_OK)
        status = read_lines(r);
    if (status == LEARNED_OK && !keep_furniture(r->out, limits))
        status = LEARNED_NOMEM;
    return status;
}

learned_status learned_read(FILE *file, const learned_limits *limits, learned **out, learned_counts *counts)
{
    reader *r = calloc(1, sizeof *r);
    learned_status status = LEARNED_NOMEM;
    long size;

    *out = calloc(1, sizeof **out);
    *counts = (learned_counts){ .pages = 0 };
    if (!r || !*out) {
        free(r);
        return LEARNED_NOMEM;
    }
    *r = (reader){ .file = file, .out = *out, .counts = counts };
    size = fseek(file, 0, SEEK_END) < 0 ? -1 : ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) < 0)
        status = LEARNED_READ;
    else if (open_filter(&r->once, (uint64_t)size))
        status = read_twice(r, limits);
    counts->blocks = (*out)->blocks.used;
    free(r->once.bits);
    free(r->seen.slots);
    free(r);
    return status;
}

void learned_free(learned *l)
{
    if (l) {
        free(l->sites.slots);
        free(l->blocks.slots);
    }
    free(l);
}

uint32_t learned_pages(const learned *l, gly_str site)
{
    return count_of(&l->sites, hash_site(site));
}

bool learned_knows(const learned *l, gly_str site, uint64_t hash)
{
    return hash && count_of(&l->blocks, mixed(hash_site(site), hash)) > 0;
}
