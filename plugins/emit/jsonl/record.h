/* record - a document as the JSON object galley.article/1.
 *
 * Keys come in the order of article.schema.json and are absent when empty;
 * schema, id, uri, media and text are always there. */
#ifndef GALLEY_EMIT_JSONL_RECORD_H
#define GALLEY_EMIT_JSONL_RECORD_H

#include <galley/plugin.h>

typedef struct record_options {
    gly_str  path;
    gly_strs keys;           /* none: all */
    bool     pretty;
    bool     source_offsets;
    bool     metadata_origins;
    int32_t  offsets;        /* offsets_unit */
    bool     answers;        /* a line for each input, by its own id */
} record_options;

extern const char *const record_keys[]; /* in their order; ends with NULL */

/* One line with its newline, in the document's arena. */
gly_status record_render(const record_options *, const gly_host *, gly_stage *,
                         const gly_doc *, gly_str *out);

#endif
