/* json - writes JSON into an arena, fast; members are parted by themselves.
 *
 * Strings come out as UTF-8, unescaped but for what JSON demands; bytes that are
 * not UTF-8 become U+FFFD. Calls do nothing after memory ran out: json_text()
 * then gives a NULL pointer. Pretty breaks lines at the two outer levels. */
#ifndef GALLEY_KIT_JSON_H
#define GALLEY_KIT_JSON_H

#include <galley/doc.h>
#include <string.h>

typedef struct json {
    gly_arena *arena;
    char      *text;
    size_t     length, capacity;
    int        depth;
    bool       pretty, comma, keyed, failed;
} json;

void json_begin(json *, gly_arena *, size_t expected, bool pretty);
void json_open(json *, char bracket);  /* '{' or '[' */
void json_close(json *, char bracket); /* '}' or ']' */
/* Any key: those that stages name for their layers. */
void json_key_of(json *, const char *key, size_t length);
/* A key of ours: plain ASCII without '"' and '\\'. Inline, so that the compiler measures those
 * that it sees, as records are full of them. */
static inline void json_key(json *j, const char *key)
{
    size_t length = strlen(key);
    char *to = j->text + j->length;

    if (j->pretty || j->capacity - j->length < length + sizeof ",\"\":") {
        json_key_of(j, key, length);
        return;
    }
    *to = ','; /* the first of an object's keys takes its place */
    to += j->comma;
    *to = '"';
    memcpy(to + 1, key, length);
    memcpy(to + 1 + length, "\":", 2);
    j->length += length + 3 + j->comma;
    j->comma = j->keyed = true;
}
void json_string(json *, gly_str);
void json_int(json *, int64_t);
/* The members "start" and "end" of an object: records are full of them. */
void json_span(json *, uint32_t start, uint32_t end);
void json_real(json *, double);
void json_bool(json *, bool);
/* A value that is JSON already. */
void json_value(json *, gly_str);
/* As they are, without a comma: the newline after a record, text around JSON. */
void json_byte(json *, char);
void json_raw(json *, gly_str);
gly_str json_text(const json *);

#endif
