/* inputs - by the option that the source names. */
#include "run/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/memory.h"
#include "config/option.h"
#include "plugin/plugin.h"

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

uint64_t inputs_identity(const plan *p)
{
    const gly_strs *paths = inputs_of(p);
    uint64_t hash = 0;

    for (uint32_t i = 0; paths && i < paths->count; i++) {
        char *path = memory_copy(paths->items[i].ptr, paths->items[i].len);
        struct stat st;
        uint64_t known[2] = { 0, 0 };

        if (stat(path, &st) == 0) {
            known[0] = st.st_dev;
            known[1] = st.st_ino;
        }
        hash = hash64(known, sizeof known, hash + 1);
        free(path);
    }
    return hash;
}

/* Why nothing can be read at a path; NULL: something can. */
static const char *why_unreadable(const char *path)
{
    struct stat st;
    DIR *folder;

    if (stat(path, &st) < 0)
        return errno == ENOENT ? "it is not there, or its disk is not mounted" : strerror(errno);
    if (!S_ISDIR(st.st_mode))
        return NULL;
    folder = opendir(path);
    if (!folder)
        return strerror(errno);
    closedir(folder);
    return NULL;
}

/* Whether the source has an input to take; on another one than the run's. */
static bool gives_any(const plan *p)
{
    stage_context *stages = stages_new(1);
    gly_stage *source = &stages->stages[0];
    gly_item item = { .verdict = GLY_IGNORED };
    gly_status status;

    stages_set(stages, 0, p->stages[0].face, p->stages[0].id);
    status = stage_open(source, p->stages[0].options);
    while (status == GLY_OK && item.verdict != GLY_TAKE) {
        item = (gly_item){ .verdict = GLY_TAKE };
        status = source->face->ops->next(source->shared, &item);
    }
    stage_close(source);
    stages_free(stages);
    return status != GLY_END; /* what cannot go on says so itself */
}

char *inputs_missing(const plan *p, bool bare)
{
    const gly_strs *paths = inputs_of(p);
    char *sentence = NULL;
    bool readable = false;

    if (!paths || paths->count == 0 || inputs_are_standard(p))
        return NULL;
    for (uint32_t i = 0; i < paths->count && !readable; i++) {
        char *path = memory_copy(paths->items[i].ptr, paths->items[i].len);
        const char *why = why_unreadable(path);

        readable = why == NULL;
        if (!sentence)
            sentence = memory_format("'%s': %s", path,
                                     why ? why : "nothing in it can be taken, or its disk is not mounted");
        free(path);
    }
    if (!readable || (!bare && !gives_any(p)))
        return sentence;
    free(sentence);
    return NULL;
}
