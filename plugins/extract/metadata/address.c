/* address - hosts, and addresses that leave out what the page's own has. */
#include <strings.h>

#include "candidate.h"

gly_str host_of(gly_str url)
{
    const char *p = url.len ? memmem(url.ptr, url.len, "://", 3) : NULL;
    gly_str host = { NULL, 0 };

    if (!p)
        return host;
    host.ptr = p + 3;
    while (host.ptr + host.len < url.ptr + url.len && host.ptr[host.len] != '/' && host.ptr[host.len] != ':')
        host.len++;
    if (host.len > 4 && strncasecmp(host.ptr, "www.", 4) == 0)
        host.ptr += 4, host.len -= 4;
    return host;
}

bool address_is_absolute(gly_str s)
{
    return s.len > 8 && (strncasecmp(s.ptr, "http://", 7) == 0 || strncasecmp(s.ptr, "https://", 8) == 0);
}

static gly_str joined(gly_str a, gly_str b, gly_arena *arena)
{
    char *copy = GLY_NEWN(arena, char, (size_t)a.len + b.len);

    if (!copy)
        return b;
    memcpy(copy, a.ptr, a.len);
    memcpy(copy + a.len, b.ptr, b.len);
    return (gly_str){ copy, a.len + b.len };
}

gly_str address_absolute(gly_str address, gly_str page, gly_arena *arena)
{
    const char *host = address_is_absolute(page) ? memmem(page.ptr, page.len, "://", 3) : NULL;
    uint32_t scheme = host ? (uint32_t)(host - page.ptr) + 1 : 0, end = scheme + 2;

    if (!host || address.len < 2 || address.ptr[0] != '/' || address.len > UINT32_MAX - page.len)
        return address;
    while (end < page.len && !memchr("/?#", page.ptr[end], 3))
        end++;
    return joined((gly_str){ page.ptr, address.ptr[1] == '/' ? scheme : end }, address, arena);
}
