/* fuzz_config - any file is a plan or has an error, and is freed whole. */
#include <stdlib.h>
#include <unistd.h>

#include "config/plan.h"

/* libconfig 1.5 loses the text that it holds when it meets a syntax error. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:strbuf_append\nleak:libconfig\n";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char file[] = "/tmp/galley-fuzz-XXXXXX";
    registry none = { 0 };
    report problems = { 0 };
    plan_request request = { .config = file };
    int fd = mkstemp(file);
    plan *p;

    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    close(fd);
    p = plan_read(&request, &none, &problems);
    if (!p && !problems.errors)
        abort();
    plan_free(p);
    report_free(&problems);
    unlink(file);
    return 0;
}
