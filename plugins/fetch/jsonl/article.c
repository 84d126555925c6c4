/* article - one pass checks the line and finds its members, cJSON reads the strings
 * that are wanted. */
#include "article.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "object.h"

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

/* The characters of a string, unescaped in place: never longer than it was. */
static bool unescape(char *value, uint32_t length, gly_str *out)
{
    cJSON *parsed;
    bool fine;

    mend_escapes(value, length);
    parsed = cJSON_ParseWithLength(value, length);
    fine = parsed && cJSON_IsString(parsed);
    if (fine) {
        *out = (gly_str){ value, (uint32_t)strlen(parsed->valuestring) };
        memcpy(value, parsed->valuestring, out->len);
    }
    cJSON_Delete(parsed);
    return fine;
}

static bool is_plain_string(gly_str value)
{
    return value.len >= 2 && value.ptr[value.len - 1] == '"' && !memchr(value.ptr, '\\', value.len);
}

gly_str article_plain(gly_str value, char **kept, size_t *capacity)
{
    gly_str out = { NULL, 0 };

    if (value.len == 0 || memchr("{[tfn", value.ptr[0], 5))
        return out;
    if (value.ptr[0] != '"')
        return value;
    if (is_plain_string(value))
        return gly_slice(value, (gly_range){ 1, value.len - 1 });
    if (*capacity < value.len) {
        char *grown = realloc(*kept, value.len);

        if (!grown)
            return out;
        *kept = grown;
        *capacity = value.len;
    }
    memcpy(*kept, value.ptr, value.len);
    unescape(*kept, value.len, &out);
    return out;
}

/* ---- fields ------------------------------------------------------------------- */

typedef struct filler {
    const gly_host *host;
    gly_stage      *stage;
    gly_doc        *doc;
} filler;

static bool is_string(gly_str value)
{
    return value.len >= 2 && value.ptr[0] == '"';
}

/* The characters of a string of the line; it lives as long as the document. */
static gly_status take_string(const filler *f, gly_str value, gly_str *out)
{
    char *copy;

    if (is_plain_string(value)) {
        *out = gly_slice(value, (gly_range){ 1, value.len - 1 });
        return GLY_OK;
    }
    copy = gly_alloc(f->doc->arena, value.len, 1);
    if (!copy)
        return GLY_ENOMEM;
    memcpy(copy, value.ptr, value.len);
    return unescape(copy, value.len, out) ? GLY_OK : GLY_ENOMEM;
}

static bool is_blank(gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if (!memchr(" \t\r\n", s.ptr[i], 4))
            return false;
    return true;
}

static gly_status set(const filler *f, const char *key, gly_str value, bool add)
{
    gly_meta m = { .key = key, .type = GLY_T_STR, .as.s = value, .confidence = STATED };

    if (is_blank(value))
        return GLY_OK;
    return add ? f->host->meta_add(f->stage, f->doc, &m) : f->host->meta_set(f->stage, f->doc, &m);
}

static gly_status set_string(const filler *f, const char *key, gly_str value, bool add)
{
    gly_str text;
    gly_status status = is_string(value) ? take_string(f, value, &text) : GLY_DROP;

    return status == GLY_OK ? set(f, key, text, add) : status < 0 ? status : GLY_OK;
}

static bool all_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

/* ISO 8601: a year, a month, a day, and then a time or nothing. */
static bool is_date(gly_str s)
{
    if (s.len < 4 || !all_digits(s.ptr, 4))
        return false;
    if (s.len == 4)
        return true;
    if (s.len < 7 || s.ptr[4] != '-' || !all_digits(s.ptr + 5, 2))
        return false;
    if (s.len == 7)
        return true;
    return s.len >= 10 && s.ptr[7] == '-' && all_digits(s.ptr + 8, 2) &&
           (s.len == 10 || s.ptr[10] == 'T' || s.ptr[10] == ' ');
}

static gly_status set_date(const filler *f, gly_str value)
{
    gly_str date;
    gly_status status = is_string(value) ? take_string(f, value, &date) : GLY_DROP;

    if (status != GLY_OK || is_blank(date))
        return status < 0 ? status : GLY_OK;
    if (is_date(date))
        return set(f, "published", date, false);
    gly_remark(f->host, f->stage, f->doc, GLY_INFO, (gly_range){ 0, 0 },
               "the date '%.*s' is not of the form 2023-05-02 and was left out",
               (int)(date.len < 40 ? date.len : 40), date.ptr);
    return GLY_OK;
}

/* "en", "en-GB" and "EN_gb" all are en. */
static gly_status set_lang(const filler *f, gly_str value)
{
    char *code = gly_alloc(f->doc->arena, 3, 1);
    uint32_t n = 0;

    if (!code)
        return GLY_ENOMEM;
    if (!is_plain_string(value) || value.ptr[0] != '"')
        return GLY_OK;
    value = gly_slice(value, (gly_range){ 1, value.len - 1 });
    for (; n < value.len && n < 3 && (value.ptr[n] | 32) >= 'a' && (value.ptr[n] | 32) <= 'z'; n++)
        code[n] = (char)(value.ptr[n] | 32);
    if (n < 2 || memcmp(code, "und", n) == 0)
        return GLY_OK;
    if (n < value.len && value.ptr[n] != '-' && value.ptr[n] != '_')
        return GLY_OK;
    return set(f, "lang", (gly_str){ code, n }, false);
}

static gly_status set_authors(const filler *f, gly_str value)
{
    gly_status status = GLY_OK;
    size_t at = 0;
    gly_str one;

    if (is_string(value))
        return set_string(f, "author", value, true);
    for (int i = 0; i < MOST_AUTHORS && status == GLY_OK && (one = object_entry(value, &at)).len; i++)
        status = set_string(f, "author", one, true);
    return status;
}

static gly_status set_meta(const jsonl_options *o, const filler *f, const object *line)
{
    const struct { const char *key; gly_str path; } plain[] = {
        { "title", o->title }, { "site", o->site }, { "url", o->url },
    };
    gly_status status = GLY_OK;

    for (size_t i = 0; i < sizeof plain / sizeof *plain && status == GLY_OK; i++)
        status = set_string(f, plain[i].key, object_find(line, plain[i].path), false);
    if (status == GLY_OK)
        status = set_date(f, object_find(line, o->date));
    if (status == GLY_OK)
        status = set_lang(f, object_find(line, o->lang));
    return status == GLY_OK ? set_authors(f, object_find(line, o->author)) : status;
}

/* ---- the whole ----------------------------------------------------------------- */

static gly_status report_broken(const filler *f, const char *place, gly_str line, size_t at)
{
    if (memchr(line.ptr, '\0', line.len))
        return gly_fail(f->host, f->stage, f->doc, GLY_EINPUT,
                        "%s: the line holds NUL bytes; it is no JSON", place);
    if (line.ptr[0] == '[' || line.ptr[0] == ']')
        return gly_fail(f->host, f->stage, f->doc, GLY_EINPUT,
                        "%s: this is a list, or part of one; write one object a line: jq -c '.[]' FILE",
                        place);
    return gly_fail(f->host, f->stage, f->doc, GLY_EINPUT,
                    "%s:%zu: the JSON is broken here; each line must be one whole object", place, at + 1);
}

gly_status article_load(const jsonl_options *o, const gly_host *host, gly_stage *stage, gly_doc *d,
                        gly_str line, const char *place)
{
    const filler f = { host, stage, d };
    object read;
    size_t stopped;
    gly_str value, text;
    gly_status status;

    if (!object_read(&read, line, &stopped) || memchr(line.ptr, '\0', line.len))
        return report_broken(&f, place, line, stopped);
    value = object_find(&read, o->text);
    if (!is_string(value))
        return gly_fail(host, stage, d, GLY_EINPUT,
                        "%s: it has no text in '%.*s'; set text = \"...\" to the field that holds it",
                        place, (int)o->text.len, o->text.ptr);
    status = take_string(&f, value, &text);
    if (status == GLY_OK)
        status = host->raw_set(stage, d, text, o->media);
    return status == GLY_OK ? set_meta(o, &f, &read) : status;
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
