/* described - the keys of a record that come from metadata and are more than a text. */
#ifndef GALLEY_EMIT_JSONL_DESCRIBED_H
#define GALLEY_EMIT_JSONL_DESCRIBED_H

#include <galley/plugin.h>

#include "kit/json.h"

/* All texts of a key with many values. */
void described_list(json *, const gly_doc *, const char *key, const char *meta);
/* Only what is so is written: an absent flag is one that nobody set. */
void described_flag(json *, const gly_doc *, const char *key);
/* Of each key that a stage set: where from, and how sure. A stage says under
 * "published.origin" where it found the value of "published". */
void described_origins(json *, const gly_host *, gly_stage *, const gly_doc *, const char *key);

#endif
