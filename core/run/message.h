/* message - what supervisor and worker tell each other, as bytes and back.
 *
 * Unpacked strings point into the bytes they were unpacked from. Unpacking
 * checks every length: the bytes may have been scribbled on. */
#ifndef GALLEY_RUN_MESSAGE_H
#define GALLEY_RUN_MESSAGE_H

#include "run/carry.h"

typedef struct request { /* supervisor to worker: carry this input */
    uint64_t ticket;     /* says which answer belongs to which request      */
    errand   errand;
} request;

size_t request_size(const request *);
void request_pack(const request *, char *into);
bool request_unpack(request *, const char *bytes, size_t length);

/* worker to supervisor: what became of it. A child's answer comes before its
 * parent's and carries the same ticket. stages: how many the plan has. */
size_t result_size(const carried *, uint16_t stages);
void result_pack(const carried *, uint64_t ticket, uint16_t stages, char *into);
/* rendered: `stages` entries, filled; they become r->rendered. */
bool result_unpack(carried *, uint64_t *ticket, gly_str *rendered, uint16_t stages,
                   const char *bytes, size_t length);

#endif
