/* document - the core's private side of gly_doc, and the calls behind the host.
 *
 * A document lives in one arena that is emptied and used again for the next
 * input. document_begin() gives it an input, document_reset() takes it away. */
#ifndef GALLEY_DOCUMENT_DOCUMENT_H
#define GALLEY_DOCUMENT_DOCUMENT_H

#include <galley/plugin.h>

typedef struct document document;

/* memory_limit: bytes that one document may take from its arena; 0 = no limit.
 * NULL when memory runs out. */
document *document_new(size_t memory_limit);
void document_free(document *);

/* Makes it empty, keeps its blocks of memory, and sets what is known first. */
void document_begin(document *, uint64_t ordinal, gly_str uri);
gly_doc *document_face(document *);
document *document_of(gly_doc *);

/* Around each call into a stage: which stage writes now; then sorts the layers
 * it wrote and empties scratch. document_leave() returns GLY_ESTATE (with a
 * reason in document_reason) when a layer breaks its promises: a range outside
 * its view, or FLAT or TREE records that overlap or cross. */
void document_enter(document *, uint16_t stage);
gly_status document_leave(document *);

/* Why the last fail() or broken promise happened; "" when none. */
const char *document_reason(const document *);
gly_range document_reason_at(const document *);
/* Bytes taken from the arena for this document. */
size_t document_memory(const document *);

/* The host's document calls; `stage` is the index given to document_enter. */
gly_status document_fail(document *, gly_status, gly_range, const char *msg);
gly_status document_note(document *, gly_level, gly_status, gly_range, const char *msg);
gly_layer *document_layer_add(document *, const gly_layer_type *, uint16_t view);
gly_status document_layer_grow(document *, gly_layer *);
gly_status document_view_add(document *, const gly_view *);
gly_status document_raw_set(document *, gly_str bytes, gly_str media);
gly_status document_uri_set(document *, gly_str uri);
gly_status document_media_set(document *, gly_str media);
gly_status document_meta_set(document *, const gly_meta *);
gly_status document_meta_add(document *, const gly_meta *);
gly_range document_map(const gly_doc *, uint16_t from, gly_range, uint16_t to);

/* The types of galley/layers.h; NULL at the end. */
extern const gly_layer_type *const layers_standard[];

#endif
