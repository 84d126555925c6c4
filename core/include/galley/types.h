/* galley/types.h - the few types that every other header shares. */
#ifndef GALLEY_TYPES_H
#define GALLEY_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ABI generation. The major number is part of the exported symbol's name, so a
 * plugin of another generation is simply not found; the minor number grows when
 * members are appended. Nothing is removed or reordered inside a major. */
#define GLY_ABI_MAJOR 0
#define GLY_ABI_MINOR 1

/* Every fallible call returns one of these. Zero is success, negative is
 * failure, positive is a successful answer other than "carry on". */
typedef enum gly_status {
    GLY_OK      = 0,
    GLY_DROP    = 1,  /* transform: the document leaves the pipeline here  */
    GLY_END     = 2,  /* source, split: nothing more to give               */
    GLY_ERR     = -1, /* failed; the reason was given to gly_fail()        */
    GLY_ENOMEM  = -2,
    GLY_EINPUT  = -3, /* the document is at fault (malformed, too big)     */
    GLY_EIO     = -4, /* the world is at fault; trying again may help      */
    GLY_ECANCEL = -5, /* stopped by a deadline or by the user              */
    GLY_ESTATE  = -6, /* the caller broke the contract: a bug              */
} gly_status;

/* A borrowed run of bytes, UTF-8 unless said otherwise. Not NUL-terminated.
 * Never owns memory. ptr may be NULL when len is 0. */
typedef struct gly_str {
    const char *ptr;
    uint32_t    len;
} gly_str;

#define GLY_LIT(s) ((gly_str){ "" s, (uint32_t)(sizeof(s) - 1) })

static inline bool gly_str_eq(gly_str a, gly_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Half-open byte range [begin, end) of one view's text. */
typedef struct gly_range {
    uint32_t begin, end;
} gly_range;

static inline gly_str gly_slice(gly_str text, gly_range at)
{
    return (gly_str){ text.ptr + at.begin, at.end - at.begin };
}

typedef struct gly_strs {
    const gly_str *items;
    uint32_t       count;
} gly_strs;

/* Value types. One vocabulary serves stage options, layer fields and metadata,
 * so one table idiom documents, checks, prints and serialises all three. */
typedef enum gly_type {
    GLY_T_BOOL = 1, /* bool                                                    */
    GLY_T_INT,      /* int64_t                                                 */
    GLY_T_SIZE,     /* uint64_t   config: 4096 or "4 KiB"                      */
    GLY_T_TIME,     /* int64_t ns config: "250 ms", "10 s", "2 h"              */
    GLY_T_REAL,     /* double                                                  */
    GLY_T_STR,      /* gly_str                                                 */
    GLY_T_PATH,     /* gly_str    something read: relative to the file that
                                  says it; on the command line, to the working
                                  directory; "-" is standard input             */
    GLY_T_PATHS,    /* gly_strs   the same, many                               */
    GLY_T_OUTPUT,   /* gly_str    something written: relative to the working
                                  directory; "-" is standard output            */
    GLY_T_ENUM,     /* int32_t    index into .choices                          */
    GLY_T_STRS,     /* gly_strs                                                */
    GLY_T_RANGE,    /* gly_range  layer fields only                            */
    GLY_T_U32,      /* uint32_t   layer fields only                            */
    GLY_T_REF,      /* uint32_t   layer fields only: index of a record in the
                                  layer named by .choices[0]; GLY_NO_REF: none */
} gly_type;

#define GLY_NO_REF UINT32_MAX

/* Tables end with an all-zero entry. Members are only ever appended, and tables
 * are walked with the stride that their owner states. */
typedef struct gly_field {
    const char        *name;
    gly_type           type;
    uint32_t           offset;  /* of the member in the owner's struct */
    const char *const *choices; /* ENUM: names; STRS: names that are allowed;
                                   REF: the target layer               */
    const char        *unit;    /* "words", "%", NULL                  */
    const char        *help;    /* one sentence without a full stop    */
} gly_field;

#endif
