/* sinkfile - a file that a sink appends to: buffered, complete, or a sentence.
 *
 * The supervisor owns it from open() to close(). "-" is standard output. The
 * file is made anew, with the folders above it. Errors go to host->fail() and
 * name the file. */
#ifndef GALLEY_KIT_SINKFILE_H
#define GALLEY_KIT_SINKFILE_H

#include <galley/plugin.h>

typedef struct sinkfile {
    const gly_host *host;
    gly_stage      *stage;
    char           *path, *buffer;
    size_t          used;
    int             file;
} sinkfile;

gly_status sinkfile_open(sinkfile *, const gly_host *, gly_stage *, gly_str path);
gly_status sinkfile_write(sinkfile *, gly_str bytes);
gly_status sinkfile_drain(sinkfile *); /* hands all to the system */
gly_status sinkfile_flush(sinkfile *); /* and makes it durable */
void sinkfile_close(sinkfile *);
/* Makes the folders above a path; false with errno set when it cannot. */
bool sinkfile_make_parents(const char *path);

#endif
