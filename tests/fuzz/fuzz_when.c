/* fuzz_when - any text is a condition that runs, or has an error in its bounds. */
#include <stdlib.h>

#include "config/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gly_doc empty = { 0 };
    condition_error error;
    condition *c = condition_compile((const char *)data, size, &error);

    if (c)
        condition_true(c, &empty);
    else if (!error.text[0] || error.column > size)
        abort();
    condition_free(c);
    return 0;
}
