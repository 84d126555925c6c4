/* call - one call into a stage for a document, in this process. */
#ifndef GALLEY_RUN_CALL_H
#define GALLEY_RUN_CALL_H

#include "document/document.h"
#include "plugin/plugin.h"

typedef struct call {
    uint16_t stage;
    bool     next;     /* of a split: next_child() into an empty document, not begin() */
    gly_str  locator;  /* of a source, for load()                                      */
    gly_str  rendered; /* by a sink, in the document's arena; ptr NULL: nothing        */
} call;

/* The layers that it wrote are in order, or the status says that they cannot be. */
gly_status call_stage(gly_stage *, document *, call *);
/* Of two answers the one that says why. */
static inline gly_status first_failure(gly_status a, gly_status b)
{
    return a < 0 || b >= 0 ? a : b;
}

#endif
