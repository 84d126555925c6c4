/* bench - how fast pages are read: memcpy, the tokenizer alone, the tree.
 * usage: bench FILE... (UTF-8 pages); prints MB/s, best of several rounds. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kit/page/page.h"

enum { ROUNDS = 7, ARENA = 256 << 20 };

static char *arena_start;
static char *into; /* what memcpy writes */

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static gly_str load(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *bytes;
    long size;

    if (!f || fseek(f, 0, SEEK_END) || (size = ftell(f)) < 0 || !(bytes = malloc((size_t)size + 1))) {
        fprintf(stderr, "bench: cannot read '%s'\n", path);
        exit(1);
    }
    rewind(f);
    size = (long)fread(bytes, 1, (size_t)size, f);
    fclose(f);
    return (gly_str){ bytes, (uint32_t)size };
}

static size_t copy_all(gly_str s)
{
    memcpy(into, s.ptr, s.len);
    return (size_t)(unsigned char)into[s.len / 2];
}

static size_t tokenize(gly_str s)
{
    page_tokenizer t;
    page_token token;
    size_t count = 0;

    page_tokenizer_begin(&t, s, (page_attr *)(void *)arena_start, ARENA / sizeof(page_attr));
    while (page_tokenizer_next(&t, &token) != PAGE_TOKEN_END_OF_FILE)
        count++;
    return count;
}

static size_t tree(gly_str s)
{
    gly_arena arena = { arena_start, arena_start + ARENA, refuse };
    page p;

    return page_read(&p, s, &arena) == GLY_OK ? p.count : 0;
}

static void measure(const char *what, size_t (*work)(gly_str), const gly_str *pages, int count)
{
    double best = 1e9;
    size_t bytes = 0, total = 0;

    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), took;

        total = bytes = 0;
        for (int i = 0; i < count; i++) {
            total += work(pages[i]);
            bytes += pages[i].len;
        }
        took = now() - start;
        best = took < best ? took : best;
    }
    printf("%-10s %8.0f MB/s  %8.1f us a page  (%zu)\n", what, (double)bytes / best / 1e6,
           best * 1e6 / count, total);
}

int main(int argc, char **argv)
{
    gly_str *pages = calloc((size_t)argc, sizeof *pages);

    arena_start = aligned_alloc(64, ARENA);
    into = malloc(64 << 20);
    if (!pages || !arena_start || !into || argc < 2) {
        fprintf(stderr, "usage: bench FILE...\n");
        return 2;
    }
    memset(arena_start, 1, ARENA);
    for (int i = 1; i < argc; i++)
        pages[i - 1] = load(argv[i]);
    measure("memcpy", copy_all, pages, argc - 1);
    measure("tokenizer", tokenize, pages, argc - 1);
    measure("tree", tree, pages, argc - 1);
    return 0;
}
