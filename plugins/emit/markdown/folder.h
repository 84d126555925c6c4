/* folder - the pages of one emit.markdown: which file each gets, and how a run
 * goes on where another ended. [supervisor]
 *
 * What names were asked for is kept in a hidden list, one a line, in input order:
 * the number that parts two pages of one name follows from it, and a position is
 * a length of it. A new edition writes its list and its pages beside the present
 * ones; a page that keeps its name stays where it is. */
#ifndef GALLEY_EMIT_MARKDOWN_FOLDER_H
#define GALLEY_EMIT_MARKDOWN_FOLDER_H

#include <galley/plugin.h>

#include "kit/names.h"

typedef struct folder_page { /* of a list that was read */
    uint64_t at;     /* offset of its line                         */
    uint64_t number; /* 0: the name itself; 2: name~2; and so on   */
} folder_page;

typedef struct folder {
    const gly_host *host;
    gly_stage      *stage;
    char           *path;
    names           given;    /* the names of files so far, in lower case */
    int             list;     /* -1: not open yet                         */
    uint64_t        position; /* its length                               */
    bool            beside;   /* a new edition is written                 */
    int             present;  /* the list of the present edition; -1      */
    folder_page    *pages;    /* and what it says                         */
    size_t          page_count;
    uint64_t        present_length;
} folder;

gly_status folder_open(folder *, const gly_host *, gly_stage *, gly_str path);
void folder_close(folder *);
/* Stores a page under `wanted`, or wanted~2 when that was given. */
gly_status folder_write(folder *, const char *wanted, gly_str page);
gly_status folder_flush(const folder *);
/* As gly_stage_ops says of each. */
gly_status folder_resume(folder *, uint64_t position);
gly_status folder_keep(folder *, folder *other, uint64_t begin, uint64_t end);
gly_status folder_edition(folder *, gly_edition step);

#endif
