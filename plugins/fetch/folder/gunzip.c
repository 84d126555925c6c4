/* gunzip - unpacks a gzip file that is wholly in memory, by zlib. */
#include "fetch/folder/gunzip.h"

#include <zlib.h>

enum { GZIP_ALONE = 15 + 16, SMALLEST_MEMBER = 18, FIRST_GUESS = 4096 };

/* What has come out so far; one byte more than `most` tells that it is too much. */
typedef struct outflow {
    gly_arena *arena;
    char      *bytes;
    uint64_t   length, capacity, most;
} outflow;

bool gunzip_is_packed(gly_str bytes)
{
    return bytes.len >= SMALLEST_MEMBER && memcmp(bytes.ptr, "\x1F\x8B\x08", 3) == 0;
}

/* The last four bytes say how much there is, modulo 2^32: a guess worth taking
 * when it is possible, since then nothing is copied. */
static uint64_t guess(gly_str packed, uint64_t most)
{
    const unsigned char *end = (const unsigned char *)packed.ptr + packed.len;
    uint64_t said = end[-4] | (uint64_t)end[-3] << 8 | (uint64_t)end[-2] << 16 | (uint64_t)end[-1] << 24;

    return said <= most && said / 1032 <= packed.len ? said + 1 : FIRST_GUESS;
}

static bool make_room(outflow *o)
{
    uint64_t capacity = o->capacity > o->most / 2 ? o->most + 1 : o->capacity * 2;
    char *bytes = gly_alloc(o->arena, capacity, 1);

    if (!bytes)
        return false;
    memcpy(bytes, o->bytes, o->length);
    o->bytes = bytes;
    o->capacity = capacity;
    return true;
}

/* One step of zlib's; Z_OK to go on, Z_STREAM_END after a member. */
static int step(z_stream *z, outflow *o)
{
    int result;

    z->next_out = (Bytef *)o->bytes + o->length;
    z->avail_out = (uInt)(o->capacity - o->length);
    result = inflate(z, Z_NO_FLUSH);
    o->length = o->capacity - z->avail_out;
    return result;
}

static gly_status inflate_all(z_stream *z, outflow *o, const char **why)
{
    for (;;) {
        int result = step(z, o);

        if (o->length > o->most)
            return *why = "it unpacks to more than max_bytes allows; raise it to read the file", GLY_EINPUT;
        if (result == Z_STREAM_END) {
            /* Another member may follow; anything else after the end is padding. */
            if (z->avail_in < SMALLEST_MEMBER || memcmp(z->next_in, "\x1F\x8B\x08", 3) != 0)
                return GLY_OK;
            if (inflateReset(z) != Z_OK)
                return GLY_ENOMEM;
        } else if (result == Z_MEM_ERROR) {
            return GLY_ENOMEM;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return *why = "it is a damaged gzip file; unpack it by hand to see how far it goes", GLY_EINPUT;
        } else if (z->avail_in == 0 && z->avail_out > 0) {
            return *why = "the gzip file is cut short; fetch it again", GLY_EINPUT;
        }
        if (o->length == o->capacity && !make_room(o))
            return GLY_ENOMEM;
    }
}

gly_status gunzip(gly_arena *arena, gly_str packed, uint64_t most, gly_str *bytes, const char **why)
{
    outflow o = { .arena = arena, .capacity = guess(packed, most), .most = most };
    z_stream z = { .next_in = (Bytef *)(uintptr_t)packed.ptr, .avail_in = packed.len };
    gly_status status;

    *why = NULL;
    o.bytes = gly_alloc(arena, o.capacity, 1);
    if (!o.bytes || inflateInit2(&z, GZIP_ALONE) != Z_OK)
        return GLY_ENOMEM;
    status = inflate_all(&z, &o, why);
    inflateEnd(&z);
    *bytes = (gly_str){ o.bytes, (uint32_t)o.length };
    return status;
}
