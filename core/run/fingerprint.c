/* fingerprint - all that decides what a pipeline makes of an input, stage by stage. */
#include "run/fingerprint.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/memory.h"
#include "config/option.h"

static uint64_t hash_text(const char *text, uint64_t seed)
{
    return hash64(text, strlen(text), seed);
}

/* What a file is known by without reading it; a folder by its names alone. */
static uint64_t hash_file(gly_str path, uint64_t seed)
{
    char *name = memory_copy(path.len ? path.ptr : "", path.len);
    struct stat st;
    int64_t known[3] = { 0, 0, 0 };

    if (path.len && stat(name, &st) == 0) {
        known[0] = st.st_mtim.tv_sec;
        known[1] = st.st_mtim.tv_nsec;
        known[2] = S_ISREG(st.st_mode) ? st.st_size : 0;
    }
    free(name);
    return hash64(known, sizeof known, seed);
}

/* Rules and models that a stage reads: they may be others under the same name.
 * What a source reads are inputs. */
static uint64_t hash_named_files(const plan_stage *s, uint64_t hash)
{
    const gly_option *o;

    for (uint32_t i = 0; s->face->kind != GLY_SOURCE && (o = option_at(s->face, i)) != NULL; i++) {
        const void *value = (const char *)s->options + o->field.offset;
        const gly_strs *list = value;

        if (o->field.type == GLY_T_PATH)
            hash = hash_file(*(const gly_str *)value, hash);
        for (uint32_t k = 0; o->field.type == GLY_T_PATHS && k < list->count; k++)
            hash = hash_file(list->items[k], hash);
    }
    return hash;
}

/* Where the output folder lies does not matter: it may be moved, and the shards of
 * one run have each their own. */
static uint64_t hash_without(const char *text, const char *folder, uint64_t hash)
{
    size_t length = folder ? strlen(folder) : 0;

    for (const char *at; length && (at = strstr(text, folder)) != NULL; text = at + length)
        hash = hash64(text, (size_t)(at - text), hash);
    return hash_text(text, hash);
}

static uint64_t hash_stage(const plan *p, uint16_t i)
{
    char *text = NULL;
    size_t length = 0;
    FILE *f = open_memstream(&text, &length);
    uint64_t hash = hash_text(p->stages[i].face->version, 0);

    if (f)
        plan_print_stage(p, i, f);
    if (f && fclose(f) == 0 && text)
        hash = hash_without(text, p->out, hash);
    free(text);
    return hash_named_files(&p->stages[i], hash);
}

stage_print *fingerprint_stages(const plan *p)
{
    uint64_t limits[] = { (uint64_t)p->run.timeout, p->run.memory, p->run.max_bytes, (uint64_t)p->run.max_children,
                          (uint64_t)p->run.max_ratio };
    stage_print *prints = memory_new((p->count + 1u) * sizeof *prints);

    for (uint16_t i = 0; i < p->count; i++) {
        uint64_t all = hash_stage(p, i);

        if (i == 0)
            all = hash64(limits, sizeof limits, hash_text(GALLEY_VERSION, all));
        prints[i].use = hash_text(p->stages[i].use, 0);
        prints[i].all = (all & ~UINT64_C(1)) | (p->stages[i].face->kind == GLY_SINK);
    }
    return prints;
}

uint64_t fingerprint(const plan *p)
{
    stage_print *prints = fingerprint_stages(p);
    uint64_t hash = hash64(prints, p->count * sizeof *prints, 0);

    free(prints);
    return hash ? hash : 1;
}
