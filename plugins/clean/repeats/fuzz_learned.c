/* Any file: reading it ends, and what it says can be asked for. */
#include <stdint.h>
#include <stdlib.h>

#include "learned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const learned_limits limits = { 2, 0.1 };
    FILE *f = length ? fmemopen((void *)(uintptr_t)bytes, length, "r") : NULL;
    learned_counts counts;
    learned *l;

    if (!f)
        return 0;
    if (learned_read(f, &limits, &l, &counts) == LEARNED_OK && counts.same + counts.bad > length)
        abort();
    if (l && learned_knows(l, GLY_LIT("-"), 1) && !learned_pages(l, GLY_LIT("-")))
        abort();
    learned_free(l);
    fclose(f);
    return 0;
}
