/* identity - the canonical (big-endian) form of xxHash's 128-bit hash. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "kit/identity.h"

void identity_hex(const unsigned char *bytes, size_t length, char *hex)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < length; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * length] = '\0';
}

void identity_of(gly_str uri, char hex[IDENTITY_LENGTH + 1])
{
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits(uri.len ? uri.ptr : "", uri.len));
    identity_hex(canonical.digest, sizeof canonical.digest, hex);
}
