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
static letters_block read_block(const char *from, char *lower, uint32_t length)
{
    letters_block b = { 0, 0, 0 };

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

/* Room, and the last bytes of the text; all whole blocks are left to do. */
static bool begin(letters *l, gly_arena *arena, gly_arena *scratch, gly_str text,
                  letters_block **blocks, char **lower)
{
    uint32_t whole = text.len / LETTERS_BLOCK, at = whole * LETTERS_BLOCK;

    *blocks = GLY_NEWN(scratch, letters_block, (size_t)whole + 2);
    *lower = GLY_NEWN(arena, char, (size_t)text.len + LETTERS_SLACK);
    *l = (letters){ *blocks, *lower };
    if (!*blocks || !*lower)
        return false;
    memset(*lower + text.len, 0, LETTERS_SLACK);
    (*blocks)[whole] = read_block(text.ptr + at, *lower + at, text.len - at);
    (*blocks)[whole + 1] = (letters_block){ 0, 0, 0 };
    return true;
}

bool letters_read_plain(letters *l, gly_arena *arena, gly_arena *scratch, gly_str text)
{
    letters_block *blocks;
    char *lower;

    if (!begin(l, arena, scratch, text, &blocks, &lower))
        return false;
    for (uint32_t i = 0; i < text.len / LETTERS_BLOCK; i++)
        blocks[i] = read_block(text.ptr + i * LETTERS_BLOCK, lower + i * LETTERS_BLOCK, LETTERS_BLOCK);
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
static void read_part(letters_block *b, const char *from, char *to, uint32_t at)
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
    letters_block *blocks;
    char *lower;

    if (!begin(l, arena, scratch, text, &blocks, &lower))
        return false;
    for (uint32_t i = 0; i < text.len / LETTERS_BLOCK; i++) {
        letters_block b = { 0, 0, 0 };

        for (uint32_t at = 0; at < LETTERS_BLOCK; at += 16)
            read_part(&b, text.ptr + i * LETTERS_BLOCK, lower + i * LETTERS_BLOCK, at);
        blocks[i] = b;
    }
    return true;
}
#else
bool letters_read(letters *l, gly_arena *arena, gly_arena *scratch, gly_str text)
{
    return letters_read_plain(l, arena, scratch, text);
}
#endif
