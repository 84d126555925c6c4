/* sinkfile - a file that a sink appends to: buffered, complete, or a sentence.
 *
 * The supervisor owns it from open() to close(). "-" is standard output. The
 * folders above it are made. What an earlier run wrote is kept until
 * sinkfile_resume() or, without that, the first write or flush. Errors go to host->fail() and
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
    uint64_t        position; /* bytes written, with those in the buffer */
    bool            regular;  /* a file that can be cut                  */
    bool            begun;
    char            heading[512];
    uint32_t        heading_length;
} sinkfile;

gly_status sinkfile_open(sinkfile *, const gly_host *, gly_stage *, gly_str path);
/* What a file begins with, after open; at most 512 bytes in all. */
void sinkfile_heading(sinkfile *, gly_str bytes);
/* Goes back to a position of an earlier run, as gly_stage_ops.resume says. */
gly_status sinkfile_resume(sinkfile *, uint64_t position);
gly_status sinkfile_write(sinkfile *, gly_str bytes);
gly_status sinkfile_drain(sinkfile *); /* hands all to the system */
gly_status sinkfile_flush(sinkfile *); /* and makes it durable */
void sinkfile_close(sinkfile *);
/* Makes the folders above a path; false with errno set when it cannot. */
bool sinkfile_make_parents(const char *path);

#endif
