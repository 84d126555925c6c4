/* id - digits are checked, characters copied. */
#include "id.h"

#include "base/utf8.h"

enum { MOST_DIGITS = 18 };

uint32_t id_number(gly_str id, char *into)
{
    uint32_t sign = id.len && id.ptr[0] == '-', digits = id.len - sign;

    if (digits == 0 || digits > MOST_DIGITS || (id.ptr[sign] == '0' && id.len > 1))
        return 0;
    for (uint32_t i = sign; i < id.len; i++)
        if (id.ptr[i] < '0' || id.ptr[i] > '9')
            return 0;
    memcpy(into, id.ptr, id.len);
    return id.len;
}

uint32_t id_string(gly_str id, char *into)
{
    uint32_t n = 0;

    into[n++] = '"';
    for (uint32_t i = 0; i < id.len;) {
        size_t length = utf8_sequence(id.ptr + i, id.len - i);

        if (id.ptr[i] == '"' || id.ptr[i] == '\\')
            into[n++] = '\\';
        memcpy(into + n, length ? id.ptr + i : "\xEF\xBF\xBD", length ? length : 3);
        n += length ? (uint32_t)length : 3;
        i += length ? (uint32_t)length : 1;
    }
    into[n++] = '"';
    return n;
}
