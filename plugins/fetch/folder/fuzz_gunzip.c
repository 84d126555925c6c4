/* Any bytes as a gzip file: gunzip() ends, within its limit. */
#include <stdlib.h>

#include "document/arena.h"
#include "fetch/folder/gunzip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    enum { MOST = 1 << 16 };
    gly_str packed = { (const char *)bytes, (uint32_t)length }, unpacked;
    const char *why;
    arena memory;

    arena_init(&memory, 1 << 20);
    if (gunzip_is_packed(packed) && gunzip(&memory.face, packed, MOST, &unpacked, &why) == GLY_OK &&
        unpacked.len > MOST)
        abort();
    arena_free(&memory);
    return 0;
}
