/* journal_format - how a journal lies on disk: between journal.c and
 * journal_read.c alone.
 *
 * The file is a row of frames, in the byte order of the machine. A frame has a
 * head with its own checksum, so that after damage the next sound head is found
 * and its length can be trusted. Frames of batches carry all that is needed to
 * understand them without the frames before.
 *
 *   pipeline  format, process, then the command; from, and the print of each stage
 *   batch     varints: length of the entries, position of each sink before the
 *             first; then the entries; then texts of stages and reasons
 *   rewind    nothing: the entries from `first` on are void
 *   complete  nothing: this journal may take the place of the one before; count
 *             says whether outputs were written beside the present ones
 *   begun     process: a run begins to do inputs
 *   ended     it came to an end; inputs, then the size of each output
 *   hand      a name: that input is in hand, alone
 *
 * An entry is, in this order (numbers without a size are varints, LEB128):
 *   1 byte    outcome (3 bits), ENTRY_* flags
 *   1 byte    time it took (journal_pack_time)
 *   name      bytes shared with the name before, bytes that follow, those bytes
 *   6 bytes   stamp, 8 bytes content: when the flags say so
 *   ends      for each sink, how far the position has moved
 *   texts     offset of stage and reason, when the flags say so
 *   children  when the flags say so
 *   odd       attempts * 2 + vanished, when the flags say so */
#ifndef GALLEY_RUN_JOURNAL_FORMAT_H
#define GALLEY_RUN_JOURNAL_FORMAT_H

#include "run/journal.h"

enum { JOURNAL_FORMAT = 2 };
enum {
    FRAME_PIPELINE = 1, FRAME_BATCH, FRAME_REWIND, FRAME_COMPLETE, FRAME_BEGUN, FRAME_ENDED, FRAME_HAND
};
enum {
    ENTRY_OUTCOME = 7, ENTRY_STAMPED = 1 << 3, ENTRY_HASHED = 1 << 4, ENTRY_TOLD = 1 << 5,
    ENTRY_CHILDREN = 1 << 6, ENTRY_ODD = 1 << 7
};
enum { STAMP_BYTES = 6 };

#define FRAME_MAGIC "gly\xF2"

typedef struct frame {
    char     magic[4];
    uint32_t length;   /* of the payload                       */
    uint16_t kind, sinks;
    uint32_t count;    /* entries of a batch                   */
    uint64_t first;    /* ordinal of its first entry           */
    uint64_t pipeline;
    uint32_t payload;  /* CRC-32C of the payload               */
    uint32_t head;     /* CRC-32C of this head up to here      */
} frame;

typedef struct pipeline_head { /* the command follows */
    uint64_t format, process, retries;
} pipeline_head;

typedef struct journal_segment {
    const char *payload, *end;
    uint64_t    first;
    uint32_t    count;
} journal_segment;

typedef struct journal_batch {
    char    *bytes;
    size_t   length, capacity;
    char    *texts;
    size_t   texts_length, texts_capacity;
    size_t   told[16];      /* offsets of the latest texts: they often come again */
    uint32_t tellings;
    uint32_t count;
    uint64_t begins[JOURNAL_SINKS];
    uint32_t name_length;
    char     name[JOURNAL_NAME + 1];
} journal_batch;

/* Cuts a name that is too long; gives its length. `into` is for JOURNAL_NAME bytes. */
uint32_t journal_name(gly_str uri, char *into);
/* Nanoseconds as one byte, from a microsecond to a month, and back. */
unsigned char journal_pack_time(uint64_t nanoseconds);
uint64_t journal_unpack_time(unsigned char);
/* Reads the mapped file into segments. */
void journal_read(journal *);
void journal_forget(journal *, uint64_t ordinal);

#endif
