/* private - what the pieces of this room share about a document. */
#ifndef GALLEY_DOCUMENT_PRIVATE_H
#define GALLEY_DOCUMENT_PRIVATE_H

#include "document/arena.h"
#include "document/document.h"

enum {
    MOST_VIEWS = 32, MOST_LAYERS = 64, MOST_META = 256, MOST_NOTES = 1024, MOST_TRAIL = 256
};

struct document {
    gly_doc   face; /* first: a gly_doc pointer is a document pointer */
    arena     memory, scratch;
    uint16_t  stage; /* who writes now */
    gly_view  views[MOST_VIEWS];
    gly_layer *layers[MOST_LAYERS];
    uint64_t  written; /* bit per layer that the current stage touched */
    uint32_t  usual[MOST_LAYERS]; /* records that each had in the last document */
    gly_meta  meta[MOST_META];
    gly_note *notes;
    uint32_t  notes_capacity;
    uint16_t  trail[MOST_TRAIL];
    char      reason[512];
    gly_range reason_at;
};

/* Notes how many records each layer has, before they are given up; layer.c. */
void layers_remember(document *);
/* Sorts a layer and checks its promises; layer.c. */
gly_status layer_settle(document *, gly_layer *);
/* A copy in the document's memory; ptr NULL when there is none left. */
gly_str document_copy(document *, gly_str);

#endif
