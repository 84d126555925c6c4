/* letters - compares sixteen bytes at once where the machine can. */
#include "extract/tokens/letters.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static bool is_between(unsigned char c, char first, char last)
{
    return c >= (unsigned char)first && c <= (unsigned char)last;
}

/* Up to 64 bytes. */
static letters_bits read_block(const char *from, char *lower, uint32_t length)
{
    letters_bits b = { 0, 0, 0 };

    for (uint32_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)from[i];
        bool upper = is_between(c, 'A', 'Z'), digit = is_between(c, '0', '9');

        b.words |= (uint64_t)(upper || digit || is_between(c, 'a', 'z')) << i;
        b.uppers |= (uint64_t)upper << i;
        b.digits |= (uint64_t)digit << i;
        lower[i] = (char)(upper ? c + 32 : c);
    }
    return b;
}

static void set_block(letters *l, uint32_t i, letters_bits b)
{
    l->words[i] = b.words;
    l->uppers[i] = b.uppers;
    l->shapes[i] = b.uppers | b.digits;
}

/* Room, and the last bytes of the text; all whole blocks are left to do. */
static bool begin(letters *l, gly_arena *arena, gly_arena *scratch, gly_str text)
{
    uint32_t whole = text.len / LETTERS_BLOCK, at = whole * LETTERS_BLOCK;
    size_t blocks = (size_t)whole + 2;

    l->words = GLY_NEWN(scratch, uint64_t, 3 * blocks);
    l->lower = GLY_NEWN(arena, char, (size_t)text.len + LETTERS_SLACK);
    if (!l->words || !l->lower)
        return false;
    l->uppers = l->words + blocks;
    l->shapes = l->uppers + blocks;
    memset(l->lower + text.len, 0, LETTERS_SLACK);
    set_block(l, whole, read_block(text.ptr + at, l->lower + at, text.len - at));
    set_block(l, whole + 1, (letters_bits){ 0, 0, 0 });
    return true;
}

bool letters_read_plain(letters *l, gly_arena *arena, gly_arena *scratch, gly_str text)
{
    if (!begin(l, arena, scratch, text))
        return false;
    for (uint32_t i = 0, at = 0; i < text.len / LETTERS_BLOCK; i++, at += LETTERS_BLOCK)
        set_block(l, i, read_block(text.ptr + at, l->lower + at, LETTERS_BLOCK));
    return true;
}

#ifdef __SSE2__
/* Bytes beyond ASCII are negative and so below every letter. */
static __m128i between(__m128i bytes, char first, char last)
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

static uint64_t bits(__m128i bytes, uint32_t at)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << at;
}

/* Sixteen bytes of a block. */
static void read_part(letters_bits *b, const char *from, char *to, uint32_t at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(from + at));
    __m128i uppers = between(bytes, 'A', 'Z'), digits = between(bytes, '0', '9');
    __m128i lower = _mm_or_si128(bytes, _mm_and_si128(uppers, _mm_set1_epi8(0x20)));

    _mm_storeu_si128((__m128i *)(void *)(to + at), lower);
    b->words |= bits(_mm_or_si128(digits, between(lower, 'a', 'z')), at);
    b->uppers |= bits(uppers, at);
    b->digits |= bits(digits, at);
}

bool letters_read(letters *l, gly_arena *arena, gly_arena *scratch, gly_str text)
{
    if (!begin(l, arena, scratch, text))
        return false;
    for (uint32_t i = 0, from = 0; i < text.len / LETTERS_BLOCK; i++, from += LETTERS_BLOCK) {
        letters_bits b = { 0, 0, 0 };

        for (uint32_t at = 0; at < LETTERS_BLOCK; at += 16)
            read_part(&b, text.ptr + from, l->lower + from, at);
        set_block(l, i, b);
    }
    return true;
}
#else
bool letters_read(letters *l, gly_arena *arena, gly_arena *scratch, gly_str text)
{
    return letters_read_plain(l, arena, scratch, text);
}
#endif
