/* article - one pass mends escapes, cJSON reads the line, a table says which
 * field becomes which metadata. */
#include "article.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

enum { STATED = 1000, MOST_AUTHORS = 64 };

/* ---- escapes ------------------------------------------------------------------ */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* The number of \uXXXX at `at`, or -1. */
static int32_t escape_at(const char *text, size_t length, size_t at)
{
    int32_t code = 0;

    if (at + 6 > length || text[at] != '\\' || text[at + 1] != 'u')
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        if (!is_hex(text[i]))
            return -1;
        code = code * 16 + (text[i] <= '9' ? text[i] - '0' : (text[i] | 32) - 'a' + 10);
    }
    return code;
}

static bool is_pair(int32_t first, int32_t second)
{
    return first >= 0xD800 && first < 0xDC00 && second >= 0xDC00 && second < 0xE000;
}

/* \u0000 would end a C string early, and half a surrogate pair is no character:
 * both become U+FFFD. */
static void mend_escapes(char *text, size_t length)
{
    char *found = memchr(text, '\\', length);

    for (size_t i = found ? (size_t)(found - text) : length; i + 1 < length;) {
        int32_t code = escape_at(text, length, i);

        if (is_pair(code, escape_at(text, length, i + 6)))
            i += 12;
        else if (code == 0 || (code >= 0xD800 && code < 0xE000))
            memcpy(text + i, "\\uFFFD", 6);
        else
            i += code >= 0 ? 6 : 2;
        found = i < length ? memchr(text + i, '\\', length - i) : NULL;
        i = found ? (size_t)(found - text) : length;
    }
}

gly_str article_plain(gly_str value, char **kept, size_t *capacity)
{
    gly_str none = { NULL, 0 };
    cJSON *parsed;

    if (value.len == 0 || memchr("{[tfn", value.ptr[0], 5))
        return none;
    if (value.ptr[0] != '"')
        return value;
    if (value.len >= 2 && !memchr(value.ptr, '\\', value.len))
        return gly_slice(value, (gly_range){ 1, value.len - 1 });
    if (*capacity < value.len) {
        char *grown = realloc(*kept, value.len);

        if (!grown)
            return none;
        *kept = grown;
        *capacity = value.len;
    }
    memcpy(*kept, value.ptr, value.len);
    mend_escapes(*kept, value.len);
    parsed = cJSON_ParseWithLength(*kept, value.len);
    if (parsed && cJSON_IsString(parsed)) { /* never longer than it was written */
        none = (gly_str){ *kept, (uint32_t)strlen(parsed->valuestring) };
        memcpy(*kept, parsed->valuestring, none.len);
    }
    cJSON_Delete(parsed);
    return none;
}

/* ---- fields ------------------------------------------------------------------- */

/* "meta.title" is a member of a member; a number picks from a list. */
static const cJSON *field(const cJSON *object, gly_str path)
{
    char key[256];

    while (object && path.len) {
        const char *dot = memchr(path.ptr, '.', path.len);
        uint32_t length = dot ? (uint32_t)(dot - path.ptr) : path.len;

        if (length >= sizeof key)
            return NULL;
        memcpy(key, path.ptr, length);
        key[length] = '\0';
        object = cJSON_IsArray(object) ? cJSON_GetArrayItem(object, atoi(key))
                                       : cJSON_GetObjectItemCaseSensitive(object, key);
        path = gly_slice(path, (gly_range){ length + (dot != NULL), path.len });
    }
    return object;
}

typedef struct filler {
    const gly_host *host;
    gly_stage      *stage;
    gly_doc        *doc;
} filler;

/* Copies a string into the document; false when memory runs out. */
static bool keep(const filler *f, const char *s, gly_str *out)
{
    size_t length = strlen(s);
    char *copy = length < UINT32_MAX ? gly_alloc(f->doc->arena, length + 1, 1) : NULL;

    if (!copy)
        return false;
    memcpy(copy, s, length + 1);
    *out = (gly_str){ copy, (uint32_t)length };
    return true;
}

static gly_status set(const filler *f, const char *key, const char *value, bool add)
{
    gly_meta m = { .key = key, .type = GLY_T_STR, .confidence = STATED };

    if (!value[strspn(value, " \t\r\n")])
        return GLY_OK;
    if (!keep(f, value, &m.as.s))
        return GLY_ENOMEM;
    return add ? f->host->meta_add(f->stage, f->doc, &m) : f->host->meta_set(f->stage, f->doc, &m);
}

static bool all_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

/* ISO 8601: a year, a month, a day, and then a time or nothing. */
static bool is_date(const char *s)
{
    size_t length = strlen(s);

    if (length < 4 || !all_digits(s, 4))
        return false;
    if (length == 4)
        return true;
    if (length < 7 || s[4] != '-' || !all_digits(s + 5, 2))
        return false;
    if (length == 7)
        return true;
    return length >= 10 && s[7] == '-' && all_digits(s + 8, 2) &&
           (length == 10 || s[10] == 'T' || s[10] == ' ');
}

static gly_status set_date(const filler *f, const char *value)
{
    if (is_date(value))
        return set(f, "published", value, false);
    gly_remark(f->host, f->stage, f->doc, GLY_INFO, (gly_range){ 0, 0 },
               "the date '%.40s' is not of the form 2023-05-02 and was left out", value);
    return GLY_OK;
}

/* "en", "en-GB" and "EN_gb" all are en. */
static gly_status set_lang(const filler *f, const char *value)
{
    char code[4] = "";
    size_t n = 0;

    for (; n < 3 && ((value[n] | 32) >= 'a' && (value[n] | 32) <= 'z'); n++)
        code[n] = (char)(value[n] | 32);
    if (n < 2 || (value[n] && value[n] != '-' && value[n] != '_') || strcmp(code, "und") == 0)
        return GLY_OK;
    return set(f, "lang", code, false);
}

static gly_status set_authors(const filler *f, const cJSON *value)
{
    const cJSON *one;
    gly_status status = GLY_OK;
    int count = 0;

    if (cJSON_IsString(value))
        return set(f, "author", value->valuestring, true);
    if (cJSON_IsArray(value))
        cJSON_ArrayForEach(one, value)
            if (status == GLY_OK && cJSON_IsString(one) && count++ < MOST_AUTHORS)
                status = set(f, "author", one->valuestring, true);
    return status;
}

static gly_status set_meta(const jsonl_options *o, const filler *f, const cJSON *object)
{
    const struct { const char *key; gly_str path; } plain[] = {
        { "title", o->title }, { "site", o->site }, { "url", o->url },
    };
    const cJSON *date = field(object, o->date), *lang = field(object, o->lang);
    gly_status status = GLY_OK;

    for (size_t i = 0; i < sizeof plain / sizeof *plain && status == GLY_OK; i++) {
        const cJSON *value = field(object, plain[i].path);

        if (cJSON_IsString(value))
            status = set(f, plain[i].key, value->valuestring, false);
    }
    if (status == GLY_OK && cJSON_IsString(date))
        status = set_date(f, date->valuestring);
    if (status == GLY_OK && cJSON_IsString(lang))
        status = set_lang(f, lang->valuestring);
    return status == GLY_OK ? set_authors(f, field(object, o->author)) : status;
}

/* ---- the whole ----------------------------------------------------------------- */

static gly_status fail(const filler *f, const char *place, const char *what)
{
    return gly_fail(f->host, f->stage, f->doc, GLY_EINPUT, "%s: %s", place, what);
}

static gly_status report_broken(const filler *f, const char *place, const char *line, size_t at)
{
    if (line[0] == '[' || line[0] == ']')
        return fail(f, place,
                    "this is a list, or part of one; write one object a line: jq -c '.[]' FILE");
    return gly_fail(f->host, f->stage, f->doc, GLY_EINPUT,
                    "%s:%zu: the JSON is broken here; each line must be one whole object", place, at + 1);
}

static gly_status fill(const jsonl_options *o, const filler *f, const cJSON *object, const char *place)
{
    const cJSON *text = field(object, o->text);
    gly_str bytes;

    if (!cJSON_IsString(text))
        return gly_fail(f->host, f->stage, f->doc, GLY_EINPUT,
                        "%s: it has no text in '%.*s'; set text = \"...\" to the field that holds it",
                        place, (int)o->text.len, o->text.ptr);
    if (!keep(f, text->valuestring, &bytes))
        return GLY_ENOMEM;
    if (f->host->raw_set(f->stage, f->doc, bytes, o->media) < 0)
        return GLY_ENOMEM;
    return set_meta(o, f, object);
}

gly_status article_load(const jsonl_options *o, const gly_host *host, gly_stage *stage, gly_doc *d,
                        char *line, uint32_t length, const char *place)
{
    const filler f = { host, stage, d };
    const char *stopped = line;
    cJSON *object;
    gly_status status;

    if (memchr(line, '\0', length))
        return fail(&f, place, "the line holds NUL bytes; it is no JSON");
    mend_escapes(line, length);
    object = cJSON_ParseWithLengthOpts(line, length, &stopped, 0);
    if (object)
        while (stopped < line + length && memchr(" \t\r\n", *stopped, 4))
            stopped++;
    if (!object || stopped < line + length)
        status = report_broken(&f, place, line, (size_t)(stopped - line));
    else if (!cJSON_IsObject(object))
        status = report_broken(&f, place, line, 0);
    else
        status = fill(o, &f, object, place);
    cJSON_Delete(object);
    return status;
}

const char *article_check(const jsonl_options *o, const char **option)
{
    *option = "text";
    if (o->text.len == 0)
        return "it must name the field that holds the text";
    *option = "path";
    for (uint32_t i = 0; i < o->path.count; i++)
        if (o->path.count > 1 && gly_str_eq(o->path.items[i], GLY_LIT("-")))
            return "standard input cannot be read beside other inputs; give '-' alone";
    return NULL;
}
