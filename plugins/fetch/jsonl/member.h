/* member - the text of one value in a JSON object, found without building it.
 *
 * The supervisor names documents by it, at the speed of a scan; whether the line
 * is JSON at all is for the worker to say, so broken text gives nothing or
 * something, but never reads past its end. */
#ifndef GALLEY_FETCH_JSONL_MEMBER_H
#define GALLEY_FETCH_JSONL_MEMBER_H

#include <galley/types.h>

/* path: "uri", or "meta.id" for an object in the object; keys are compared as
 * they are written, escapes and all. The value as it is written ("\"a\"", 12);
 * empty when there is none. */
gly_str member_find(gly_str object, gly_str path);
/* Where the value that begins at `at` ends. */
size_t member_end(gly_str text, size_t at);

#endif
