/* blame - whether a document is at fault for the end of the worker that had it, and
 * what is said of it then.
 *
 * A worker's word for where it was counts only to explain: it may have scribbled
 * over it. Nothing here can fail. */
#ifndef GALLEY_RUN_BLAME_H
#define GALLEY_RUN_BLAME_H

#include "run/crew.h"
#include "run/slot.h"

/* Of a dead worker and the first input that it did not answer: whether that is not
 * to blame, or may be tried once more, which is counted in the slot. */
bool blame_spares(const member *, slot *);
/* The loss of it, or of its child that was in hand; the caller's to free. */
loss *blame_note(const crew *, const member *, const slot *);

#endif
