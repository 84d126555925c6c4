/* sinkfile - a file that a sink appends to: buffered, complete, or a sentence.
 *
 * The supervisor owns it from open() to close(). "-" is standard output. The
 * folders above it are made. What an earlier run wrote is kept until
 * sinkfile_resume() or, without that, the first write or flush. Errors go to
 * host->fail() and name the file.
 *
 * A new edition is written into PATH.part and takes over from the present file,
 * or from another sinkfile, what has not changed; PUBLISH renames it. */
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
    bool            beside;   /* PATH.part is written, an edition        */
    int             reading;  /* the file at path, to take over from; -1 */
    int             kept;     /* descriptor of what is to be taken over; -1: nothing */
    uint64_t        keep_begin, keep_end;
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
/* As gly_stage_ops.keep and edition say. other: NULL for the previous edition. */
gly_status sinkfile_keep(sinkfile *, sinkfile *other, uint64_t begin, uint64_t end);
gly_status sinkfile_edition(sinkfile *, gly_edition step);
gly_status sinkfile_drain(sinkfile *); /* hands all to the system */
gly_status sinkfile_flush(sinkfile *); /* and makes it durable */
void sinkfile_close(sinkfile *);
/* ---- of a sink that writes one file ------------------------------------------------
 *
 * Its shared state begins with the sinkfile. The state is made, `size` bytes and cleared,
 * when the file is opened, and freed when it is closed; SINKFILE_OPS are then the members
 * of gly_stage_ops that are the file's alone, and SINKFILE_EDITIONS those of a file whose
 * records stand for themselves. */
gly_status sinkfile_stage_open(size_t size, const gly_host *, gly_stage *, gly_str path, void **shared);
void sinkfile_stage_close(void *shared);
gly_status sinkfile_stage_write(void *shared, gly_str bytes);
gly_status sinkfile_stage_flush(void *shared);
gly_status sinkfile_stage_resume(void *shared, uint64_t position);
uint64_t sinkfile_stage_position(void *shared);
gly_status sinkfile_stage_keep(void *shared, void *other, uint64_t begin, uint64_t end);
gly_status sinkfile_stage_edition(void *shared, gly_edition step);

#define SINKFILE_OPS \
    .write = sinkfile_stage_write, .flush = sinkfile_stage_flush, \
    .resume = sinkfile_stage_resume, .position = sinkfile_stage_position
#define SINKFILE_EDITIONS .keep = sinkfile_stage_keep, .edition = sinkfile_stage_edition

/* Makes the folders above a path; false with errno set when it cannot. */
bool sinkfile_make_parents(const char *path);
/* Makes durable which names the folder of a path holds. */
bool sinkfile_sync_folder(const char *path);

#endif
