/* Any bytes as a file of site rules, on a small page: no crash, and an end. */
#include <stdlib.h>

#include "siterules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = "<body><div id=a class='x y'><p>one<p>two <a href=/>x</a></div><aside>b</aside>";
    static char memory[1 << 16];
    gly_arena arena = { memory, memory + sizeof memory, refuse };
    site_rule rule = { .lines = NULL };
    xpath_space space;
    page p;

    if (size > 65536 || page_read(&p, (gly_str){ text, sizeof text - 1 }, &arena) != GLY_OK ||
        !xpath_space_new(&space, &p, &arena))
        return 0;
    site_rule_parse(&rule, (gly_str){ (const char *)data, (uint32_t)size }, NULL);
    for (uint32_t i = 0; i < rule.count; i++) {
        if (rule.lines[i].path && xpath_select(rule.lines[i].path, &p, &space).count >= p.count)
            abort();
        if (rule.lines[i].value && site_value_of(rule.lines[i].value, &p, 2, &arena).len > 300)
            abort();
    }
    site_rule_clear(&rule);
    return 0;
}
