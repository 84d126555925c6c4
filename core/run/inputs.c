/* inputs - by the option that the source names. */
#include "run/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/memory.h"
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

/* Why nothing can come of a path; NULL: something can. */
static const char *why_nothing(const char *path, bool bare)
{
    const char *why = "it is empty, or its disk is not mounted";
    struct stat st;
    struct dirent *e;
    DIR *folder;

    if (stat(path, &st) < 0)
        return errno == ENOENT ? "it is not there, or its disk is not mounted" : strerror(errno);
    if (!S_ISDIR(st.st_mode))
        return NULL;
    folder = opendir(path);
    if (!folder)
        return strerror(errno);
    while ((errno = 0, e = readdir(folder)) != NULL && why)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            why = NULL;
    if (!e && errno)
        why = strerror(errno);
    else if (bare)
        why = NULL;
    closedir(folder);
    return why;
}

char *inputs_missing(const plan *p, bool bare)
{
    const gly_strs *paths = inputs_of(p);
    char *sentence = NULL;

    if (!paths || paths->count == 0 || inputs_are_standard(p))
        return NULL;
    for (uint32_t i = 0; i < paths->count; i++) {
        char *path = memory_copy(paths->items[i].ptr, paths->items[i].len);
        const char *why = why_nothing(path, bare);

        if (why && !sentence)
            sentence = memory_format("'%s': %s", path, why);
        free(path);
        if (why)
            continue;
        free(sentence);
        return NULL;
    }
    return sentence;
}
