/* Journals: what is in a frame may be anything, even when its checksums are right. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "run/journal_format.h"

enum { SINKS = 2, MOST = 1 << 16 };

static size_t put_frame(char *into, uint16_t kind, uint32_t count, uint64_t first, const void *payload, size_t length)
{
    frame f = { .length = (uint32_t)length, .kind = kind, .sinks = SINKS, .count = count, .first = first, .pipeline = 1 };

    memcpy(f.magic, FRAME_MAGIC, sizeof f.magic);
    f.payload = crc32c(payload, length);
    f.head = crc32c(&f, offsetof(frame, head));
    memcpy(into, &f, sizeof f);
    memcpy(into + sizeof f, payload, length);
    return sizeof f + length;
}

static void read_all(const char *path)
{
    journal j;
    journal_cursor at = { .segment = 0 };
    journal_entry e;
    pid_t owner;
    uint64_t count = 0;

    if (journal_open(&j, path, false, &owner) == JOURNAL_OPEN)
        while (journal_next(&j, &at, &e))
            if (e.name.len > JOURNAL_NAME || e.name.ptr[e.name.len] || ++count > j.count)
                abort();
    journal_close(&j);
}

/* The first four bytes are kind, count and ordinal of a frame, the next two the
 * length of its payload; and so on. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const pipeline_head head = { JOURNAL_FORMAT, 1, 0 };
    char title[sizeof head + 2], path[64], *bytes = malloc(MOST + 64 * sizeof(frame));
    size_t used;
    int file = memfd_create("journal", 0);

    memcpy(title, &head, sizeof head);
    memcpy(title + sizeof head, "g", 2);
    used = put_frame(bytes, FRAME_PIPELINE, 0, 0, title, sizeof title);
    while (size >= 6 && used + size < MOST) {
        size_t length = data[4] | (size_t)data[5] << 8;

        length = length < size - 6 ? length : size - 6;
        used += put_frame(bytes + used, data[0] & 7, data[1] | (uint32_t)data[2] << 8, data[3], data + 6, length);
        data += 6 + length;
        size -= 6 + length;
    }
    if (file >= 0 && write(file, bytes, used) == (ssize_t)used) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
        read_all(path);
    }
    free(bytes);
    close(file);
    return 0;
}
