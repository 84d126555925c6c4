/* repeats - parts, their hashes, and the name of the site. */
#include "kit/repeats.h"

#include <strings.h>

#include "base/utf8.h"
#include "kit/unicode.h"

/* ---- hashes: FNV-1a over code points, with the finaliser of MurmurHash3 ----------- */

static uint64_t step(uint64_t hash, uint32_t c)
{
    return (hash ^ c) * UINT64_C(0x100000001B3);
}

static uint64_t finished(uint64_t h)
{
    h = (h ^ h >> 33) * UINT64_C(0xFF51AFD7ED558CCD);
    h = (h ^ h >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
    h ^= h >> 33;
    return h ? h : 1;
}

uint64_t repeats_hash(gly_str text, uint32_t *words)
{
    const char *at = text.ptr, *end = text.ptr + text.len;
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    unsigned before = 0; /* class of the character before */
    uint32_t signs = 0;
    bool lettered = false;

    *words = 0;
    while (at < end) {
        uint32_t c = utf8_next(&at);
        unsigned class = unicode_class(c) & (UNICODE_LETTER | UNICODE_DIGIT | UNICODE_CJK);

        if (class && !before) {
            hash = *words || signs ? step(hash, ' ') : hash;
            *words += !(class & UNICODE_CJK);
        }
        if (class & UNICODE_DIGIT)
            hash = before & UNICODE_DIGIT ? hash : step(hash, '0');
        else if (class)
            hash = step(hash, unicode_lower(c));
        signs += (class & UNICODE_CJK) != 0;
        lettered |= (class & ~(unsigned)UNICODE_DIGIT) != 0;
        before = class;
    }
    *words += signs / 2; /* scripts without spaces: about two signs a word */
    return lettered ? finished(hash) : 0;
}

/* ---- parts -------------------------------------------------------------------------- */

static void add(const gly_doc *doc, repeats_parts *out, gly_range at, uint32_t block)
{
    repeats_part *p = &out->items[out->count];

    if (at.begin >= at.end || out->count == REPEATS_MOST_PARTS)
        return;
    *p = (repeats_part){ .at = at, .block = block };
    p->hash = repeats_hash(gly_slice(doc->text, at), &p->words);
    out->count++;
}

static void part_lines(const gly_doc *doc, repeats_parts *out)
{
    const char *text = doc->text.ptr;

    for (uint32_t i = 0; i < doc->text.len && out->count < REPEATS_MOST_PARTS;) {
        const char *newline = memchr(text + i, '\n', doc->text.len - i);
        uint32_t end = newline ? (uint32_t)(newline - text) : doc->text.len, next = end + 1;

        while (i < end && (unsigned char)text[i] <= ' ')
            i++;
        while (end > i && (unsigned char)text[end - 1] <= ' ')
            end--;
        add(doc, out, (gly_range){ i, end }, GLY_NO_REF);
        i = next;
    }
}

bool repeats_part_text(const gly_doc *doc, gly_arena *arena, repeats_parts *out)
{
    const gly_layer *blocks = gly_layer_current(doc, "block/1");
    uint32_t covered = 0;

    *out = (repeats_parts){ GLY_NEWN(arena, repeats_part, REPEATS_MOST_PARTS), 0 };
    if (!out->items)
        return false;
    if (!blocks)
        part_lines(doc, out);
    for (uint32_t i = 0; i < GLY_COUNT(blocks); i++) {
        gly_range at = GLY_RECORDS(blocks, gly_block)[i].at;

        if (at.begin < covered)
            continue; /* a dateline lies in its paragraph */
        add(doc, out, at, i);
        covered = at.end > covered ? at.end : covered;
    }
    return true;
}

/* ---- the site ------------------------------------------------------------------------ */

static gly_str host_in(gly_str url)
{
    const char *p = url.len ? memmem(url.ptr, url.len, "://", 3) : NULL;
    gly_str host = { p ? p + 3 : NULL, 0 };

    while (p && host.ptr + host.len < url.ptr + url.len && !memchr("/:?#", host.ptr[host.len], 4))
        host.len++;
    return host;
}

static bool is_host_byte(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10 || c == '-' || c == '.' ||
           c >= 0x80;
}

/* "example.org", "news.example.co.uk": a dot between letters, nothing odd. */
static bool looks_like_host(gly_str s)
{
    const char *dot = s.len ? memrchr(s.ptr, '.', s.len) : NULL;
    uint32_t i = 0;

    while (i < s.len && is_host_byte((unsigned char)s.ptr[i]))
        i++;
    return dot && i == s.len && dot > s.ptr && s.ptr + s.len - dot > 2 && (unsigned char)((dot[1] | 0x20) - 'a') < 26;
}

/* The last folder of a path; the first that looks like a host comes before it. */
static gly_str folder_in(gly_str uri)
{
    gly_str last = { NULL, 0 };

    for (uint32_t begin = 0, i = 0; i < uri.len; i++) {
        if (uri.ptr[i] != '/')
            continue;
        last = gly_slice(uri, (gly_range){ begin, i });
        if (looks_like_host(last))
            return last;
        begin = i + 1;
    }
    return last;
}

uint32_t repeats_site(const gly_doc *doc, char site[REPEATS_LONGEST_SITE + 1])
{
    gly_str s = host_in(gly_meta_str(doc, "url"));
    uint32_t length = 0;

    if (s.len == 0)
        s = folder_in(doc->uri);
    if (s.len > 4 && strncasecmp(s.ptr, "www.", 4) == 0)
        s.ptr += 4, s.len -= 4;
    for (; length < s.len && length < REPEATS_LONGEST_SITE; length++) {
        char c = s.ptr[length];

        site[length] = (unsigned char)c <= ' ' ? '_' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    if (length == 0)
        site[length++] = '-';
    site[length] = '\0';
    return length;
}
