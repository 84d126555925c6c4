/* inputs - by the option that the source names. */
#include "run/inputs.h"

#include "config/option.h"

const gly_strs *inputs_of(const plan *p)
{
    const plan_stage *source = &p->stages[0];
    const gly_option *o = source->face->inputs ? option_find(source->face, source->face->inputs) : NULL;

    if (!o || o->field.type != GLY_T_PATHS)
        return NULL;
    return (const gly_strs *)(const void *)((const char *)source->options + o->field.offset);
}

bool inputs_are_standard(const plan *p)
{
    const gly_strs *paths = inputs_of(p);

    if (p->stages[0].face->ops->flags & GLY_STAGE_STDIN)
        return true;
    for (uint32_t i = 0; paths && i < paths->count; i++)
        if (gly_str_eq(paths->items[i], GLY_LIT("-")))
            return true;
    return false;
}
