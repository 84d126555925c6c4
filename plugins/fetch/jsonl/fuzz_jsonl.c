/* Any file gives documents that have a name, or reasons, and then an end. What is
 * taken for an object here is one for cJSON too, with as many members. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../../tests/harness/harness.h"
#include "object.h"

extern const gly_plugin gly_plugin_v0;
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check(harness *h, const gly_doc *d)
{
    if (d->uri.len == 0 || (harness_status(h) < 0 && !harness_reason(h)[0]))
        abort();
    if (harness_status(h) == GLY_OK && d->nviews != 1)
        abort();
}

/* \\u is left out: cJSON refuses halves of pairs, which are mended before it. */
static void compare(const char *line, size_t length)
{
    object o;
    size_t stopped;
    cJSON *same;

    if (memmem(line, length, "\\u", 2) || memchr(line, '\0', length) ||
        !object_read(&o, (gly_str){ line, (uint32_t)length }, &stopped))
        return;
    same = cJSON_ParseWithLength(line, length);
    if (!same || cJSON_GetArraySize(same) != (int)o.count)
        abort();
    cJSON_Delete(same);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    int file = memfd_create("lines", MFD_CLOEXEC);
    char option[128];
    const gly_doc *d;
    harness *h;

    for (size_t at = 0, end; at < length; at = end + 1) {
        const uint8_t *newline = memchr(bytes + at, '\n', length - at);

        end = newline ? (size_t)(newline - bytes) : length;
        compare((const char *)bytes + at, end - at);
    }
    if (file < 0 || write(file, bytes, length) != (ssize_t)length)
        abort();
    snprintf(option, sizeof option, "path=/proc/self/fd/%d;max_bytes=4096;author=a.b.0", file);
    h = harness_new();
    harness_stage_linked(h, &gly_plugin_v0, option);
    while ((d = harness_next(h)) != NULL)
        check(h, d);
    if (harness_status(h) != GLY_END)
        abort();
    harness_free(h);
    close(file);
    return 0;
}
