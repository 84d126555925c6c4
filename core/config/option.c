/* option - values of an option table, from text and back. */
#include "config/option.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/suggest.h"

static _Thread_local char phrase[320];

typedef struct unit {
    const char *name;
    double      factor;
} unit;

/* IEC 80000-13 for the powers of two, SI for the powers of ten. */
static const unit size_units[] = {
    { "B", 1 }, { "bytes", 1 }, { "kB", 1e3 }, { "KB", 1e3 }, { "MB", 1e6 }, { "GB", 1e9 }, { "TB", 1e12 },
    { "KiB", 1024.0 }, { "MiB", 1048576.0 }, { "GiB", 1073741824.0 }, { "TiB", 1099511627776.0 },
    { NULL, 0 }
};
static const unit time_units[] = {
    { "ns", 1 }, { "us", 1e3 }, { "ms", 1e6 }, { "s", 1e9 }, { "min", 60e9 }, { "m", 60e9 },
    { "h", 3600e9 }, { "d", 86400e9 }, { NULL, 0 }
};

static const char *say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static const char *say(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vsnprintf(phrase, sizeof phrase, format, values);
    va_end(values);
    return phrase;
}

static void *member(const option_target *t)
{
    return (char *)t->options + t->option->field.offset;
}

const gly_option *option_at(const gly_plugin *face, uint32_t i)
{
    const gly_option *o;

    if (!face->options)
        return NULL;
    o = (const void *)((const char *)face->options + (size_t)i * face->option_size);
    return o->field.name ? o : NULL;
}

const gly_option *option_find(const gly_plugin *face, const char *name)
{
    const gly_option *o;

    for (uint32_t i = 0; (o = option_at(face, i)) != NULL; i++)
        if (strcmp(o->field.name, name) == 0 || (o->was && strcmp(o->was, name) == 0))
            return o;
    return NULL;
}

const char *option_type_name(gly_type type)
{
    static const char *const names[] = {
        [GLY_T_BOOL] = "true or false", [GLY_T_INT] = "whole number", [GLY_T_SIZE] = "size",
        [GLY_T_TIME] = "time", [GLY_T_REAL] = "number", [GLY_T_STR] = "text",
        [GLY_T_PATH] = "path", [GLY_T_PATHS] = "list of paths", [GLY_T_OUTPUT] = "output path",
        [GLY_T_ENUM] = "choice", [GLY_T_STRS] = "list of text", [GLY_T_RANGE] = "range",
        [GLY_T_U32] = "whole number", [GLY_T_REF] = "reference",
    };

    return type > 0 && type < (gly_type)(sizeof names / sizeof *names) ? names[type] : "?";
}

/* The place of the text among the choices; -1 and *wrong says why: none. */
static int32_t find_choice(const char *const *choices, gly_str text, const char **wrong)
{
    char typed[64], list[200] = "";
    const char *near;
    size_t used = 0;

    for (int32_t i = 0; choices[i]; i++)
        if (strlen(choices[i]) == text.len && memcmp(choices[i], text.ptr, text.len) == 0)
            return i;
    for (size_t i = 0; choices[i] && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s\"%s\"", i ? ", " : "", choices[i]);
    if (used >= sizeof list) /* the name cut in half goes */
        snprintf(strrchr(list, ',') + 1, 5, " ...");
    snprintf(typed, sizeof typed, "%.*s", (int)(text.len < 60 ? text.len : 60), text.ptr);
    near = suggest_name(typed, choices, 0);
    *wrong = near ? say("did you mean \"%s\"? it is one of %s", near, list) : say("it must be one of %s", list);
    return -1;
}

/* "it must be text in quotes, not a number": what a value of the wrong kind
 * should have been. */
static const char *say_wanted(const gly_option *o, const char *given)
{
    static const char *const wanted[] = {
        [GLY_T_BOOL] = "true or false", [GLY_T_INT] = "a whole number",
        [GLY_T_SIZE] = "a size, such as \"4 MiB\"", [GLY_T_TIME] = "a time, such as \"10 s\"",
        [GLY_T_REAL] = "a number", [GLY_T_STR] = "text in quotes", [GLY_T_PATH] = "a path in quotes",
        [GLY_T_PATHS] = "a path or a list of them, in quotes", [GLY_T_OUTPUT] = "a path in quotes",
        [GLY_T_STRS] = "a list of texts in quotes",
    };
    const char *wrong = NULL;

    if (o->field.type == GLY_T_ENUM && find_choice(o->field.choices, (gly_str){ "", 0 }, &wrong) < 0)
        return wrong;
    return say("it must be %s, not %s", wanted[o->field.type], given);
}

/* ---- ranges ----------------------------------------------------------------- */

static bool is_multiple(double value, double factor)
{
    return (uint64_t)value % (uint64_t)factor == 0;
}

static size_t format_bound(const gly_option *o, double value, char *out, size_t size)
{
    if (o->field.type == GLY_T_SIZE && value >= 1048576.0 && is_multiple(value, 1048576.0))
        return (size_t)snprintf(out, size, "%.0f MiB", value / 1048576.0);
    if (o->field.type == GLY_T_SIZE && value >= 1024.0 && is_multiple(value, 1024.0))
        return (size_t)snprintf(out, size, "%.0f KiB", value / 1024.0);
    return (size_t)snprintf(out, size, "%.10g", value);
}

static const char *check_range(const gly_option *o, double value, const char *of)
{
    char low[40], high[40];

    if ((o->min == 0 && o->max == 0) || (value >= o->min && value <= o->max))
        return NULL;
    format_bound(o, o->min, low, sizeof low);
    format_bound(o, o->max, high, sizeof high);
    return say("it must lie between %s and %s%s%s", low, high, of && *of ? " " : "", of ? of : "");
}

/* ---- storing, by type ---------------------------------------------------------- */

const char *option_set_bool(const option_target *t, bool value)
{
    if (t->option->field.type != GLY_T_BOOL)
        return say_wanted(t->option, "true or false");
    *(bool *)member(t) = value;
    return NULL;
}

const char *option_set_real(const option_target *t, double value)
{
    const char *wrong;

    if (t->option->field.type != GLY_T_REAL)
        return say_wanted(t->option, "a number with a fraction");
    wrong = isfinite(value) ? check_range(t->option, value, t->option->field.unit) : say("it must be a finite number");
    if (!wrong)
        *(double *)member(t) = value;
    return wrong;
}

const char *option_set_int(const option_target *t, int64_t value)
{
    const gly_option *o = t->option;
    const char *wrong;

    switch (o->field.type) {
    case GLY_T_INT:
        if ((wrong = check_range(o, (double)value, o->field.unit)))
            return wrong;
        *(int64_t *)member(t) = value;
        return NULL;
    case GLY_T_SIZE:
        if (value < 0)
            return say("it must not be negative");
        if ((wrong = check_range(o, (double)value, NULL)))
            return wrong;
        *(uint64_t *)member(t) = (uint64_t)value;
        return NULL;
    case GLY_T_TIME:
        if (value == 0) {
            *(int64_t *)member(t) = 0;
            return NULL;
        }
        return say("it needs a unit; write \"%" PRId64 " ms\", \"%" PRId64 " s\" or \"%" PRId64 " min\"",
                   value, value, value);
    case GLY_T_REAL:
        return option_set_real(t, (double)value);
    default:
        return say_wanted(o, "a number");
    }
}

static gly_str copy(gly_arena *arena, gly_str text)
{
    char *bytes = GLY_NEWN(arena, char, (size_t)text.len + 1);

    if (!bytes)
        return (gly_str){ NULL, 0 };
    if (text.len)
        memcpy(bytes, text.ptr, text.len);
    bytes[text.len] = '\0';
    return (gly_str){ bytes, text.len };
}

/* A path that a file says is relative to that file's folder; "-" is standard
 * input. */
static gly_str copy_path(const option_target *t, gly_str text)
{
    bool output = t->option->field.type == GLY_T_OUTPUT;
    size_t before = t->directory ? strlen(t->directory) : 0;
    char *bytes;

    if (output || !before || text.len == 0 || text.ptr[0] == '/' || gly_str_eq(text, GLY_LIT("-")))
        return copy(t->arena, text);
    if (before + 1 + text.len >= UINT32_MAX)
        return (gly_str){ NULL, 0 };
    bytes = GLY_NEWN(t->arena, char, before + 1 + text.len + 1);
    if (!bytes)
        return (gly_str){ NULL, 0 };
    memcpy(bytes, t->directory, before);
    bytes[before] = '/';
    memcpy(bytes + before + 1, text.ptr, text.len);
    bytes[before + 1 + text.len] = '\0';
    return (gly_str){ bytes, (uint32_t)(before + 1 + text.len) };
}

static bool is_path(gly_type type)
{
    return type == GLY_T_PATH || type == GLY_T_PATHS || type == GLY_T_OUTPUT;
}

static const char *set_str(const option_target *t, gly_str text)
{
    const char *wrong = check_range(t->option, text.len, "bytes long");
    gly_str kept;

    if (wrong)
        return wrong;
    if (memchr(text.ptr ? text.ptr : "", '\0', text.len))
        return say("it must not hold a NUL byte");
    kept = is_path(t->option->field.type) ? copy_path(t, text) : copy(t->arena, text);
    if (!kept.ptr)
        return say("there is no memory left for it");
    *(gly_str *)member(t) = kept;
    return NULL;
}

/* Each entry of a list is one of the choices, where there are any. */
static const char *check_entries(const gly_option *o, const gly_str *items, uint32_t count)
{
    const char *wrong = NULL;
    char kept[256];

    for (uint32_t i = 0; o->field.choices && i < count; i++)
        if (find_choice(o->field.choices, items[i], &wrong) < 0) {
            snprintf(kept, sizeof kept, "%s", wrong);
            return say("\"%.*s\": %s", (int)(items[i].len < 40 ? items[i].len : 40), items[i].ptr, kept);
        }
    return NULL;
}

const char *option_set_list(const option_target *t, const gly_str *items, uint32_t count)
{
    const char *wrong;
    gly_str *kept;

    if (t->option->field.type != GLY_T_STRS && t->option->field.type != GLY_T_PATHS)
        return say_wanted(t->option, "a list");
    if ((wrong = check_entries(t->option, items, count)) != NULL)
        return wrong;
    kept = GLY_NEWN(t->arena, gly_str, count ? count : 1);
    for (uint32_t i = 0; kept && i < count; i++) {
        kept[i] = is_path(t->option->field.type) ? copy_path(t, items[i]) : copy(t->arena, items[i]);
        if (!kept[i].ptr)
            kept = NULL;
    }
    if (!kept)
        return say("there is no memory left for it");
    *(gly_strs *)member(t) = (gly_strs){ kept, count };
    return NULL;
}

static const char *set_choice(const option_target *t, gly_str text)
{
    const char *wrong = NULL;
    int32_t found = find_choice(t->option->field.choices, text, &wrong);

    if (found >= 0)
        *(int32_t *)member(t) = found;
    return wrong;
}

/* ---- text to values -------------------------------------------------------------- */

/* A number with an optional unit; NULL and *value, or what is wrong. */
static const char *parse_number(gly_str text, const unit *units, double *value)
{
    char buffer[64], *end, *name;

    if (text.len == 0 || text.len >= sizeof buffer)
        return say("it must be a number");
    memcpy(buffer, text.ptr, text.len);
    buffer[text.len] = '\0';
    if (!isdigit((unsigned char)buffer[0]) && buffer[0] != '-' && buffer[0] != '.')
        return say("it must begin with a number");
    *value = strtod(buffer, &end);
    for (name = end; *name == ' ';)
        name++;
    if (*name == '\0')
        return NULL;
    for (size_t i = 0; units && units[i].name; i++)
        if (strcmp(units[i].name, name) == 0) {
            *value *= units[i].factor;
            return NULL;
        }
    if (!units)
        return say("'%s' is more than a number", name);
    return say("there is no unit '%s'; write %s", name,
               units == size_units ? "B, KiB, MiB, GiB, kB, MB or GB" : "ms, s, min or h");
}

static const char *set_scaled(const option_target *t, gly_str text, const unit *units)
{
    double value;
    const char *wrong = parse_number(text, units, &value);

    if (wrong)
        return wrong;
    if (value < 0)
        return say("it must not be negative");
    if (value >= 9.2e18)
        return say("it is larger than any that can be kept");
    if (units == size_units)
        return option_set_int(t, (int64_t)value);
    if (value != 0 && isdigit((unsigned char)text.ptr[text.len - 1]))
        return option_set_int(t, (int64_t)value); /* says that a unit is missing */
    *(int64_t *)member(t) = (int64_t)value;
    return NULL;
}

static const char *set_int_text(const option_target *t, gly_str text)
{
    char buffer[32], *end;
    long long value;

    if (text.len == 0 || text.len >= sizeof buffer)
        return say("it must be a whole number");
    memcpy(buffer, text.ptr, text.len);
    buffer[text.len] = '\0';
    errno = 0;
    value = strtoll(buffer, &end, 10);
    if (*end || errno || isspace((unsigned char)buffer[0]))
        return say("it must be a whole number");
    return option_set_int(t, value);
}

static const char *set_list_text(const option_target *t, gly_str text)
{
    gly_str items[256];
    uint32_t count = 0, begin = 0;

    for (uint32_t i = 0; text.len && i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != ',')
            continue;
        if (count == sizeof items / sizeof *items)
            return say("it has more than 256 entries; put them in a config file");
        items[count++] = gly_slice(text, (gly_range){ begin, i });
        begin = i + 1;
    }
    return option_set_list(t, items, count);
}

static const char *set_bool_text(const option_target *t, gly_str text)
{
    if (gly_str_eq(text, GLY_LIT("true")) || gly_str_eq(text, GLY_LIT("yes")))
        return option_set_bool(t, true);
    if (gly_str_eq(text, GLY_LIT("false")) || gly_str_eq(text, GLY_LIT("no")))
        return option_set_bool(t, false);
    return say("it must be true or false");
}

const char *option_set_text(const option_target *t, gly_str text)
{
    double value = 0;
    const char *wrong;

    switch (t->option->field.type) {
    case GLY_T_BOOL:
        return set_bool_text(t, text);
    case GLY_T_INT:
        return set_int_text(t, text);
    case GLY_T_SIZE:
        return set_scaled(t, text, size_units);
    case GLY_T_TIME:
        return set_scaled(t, text, time_units);
    case GLY_T_REAL:
        wrong = parse_number(text, NULL, &value);
        return wrong ? wrong : option_set_real(t, value);
    case GLY_T_ENUM:
        return set_choice(t, text);
    case GLY_T_STRS:
    case GLY_T_PATHS:
        return set_list_text(t, text);
    default:
        return set_str(t, text);
    }
}

const char *option_set_fallbacks(const gly_plugin *face, void *options, gly_arena *arena)
{
    const gly_option *o;

    for (uint32_t i = 0; (o = option_at(face, i)) != NULL; i++) {
        option_target t = { o, options, arena, NULL };

        if (o->fallback && o->fallback[0] == '\0' && is_path(o->field.type) && o->field.type != GLY_T_PATHS)
            *(gly_str *)member(&t) = (gly_str){ "", 0 };
        else if (o->fallback &&
                 option_set_text(&t, (gly_str){ o->fallback, (uint32_t)strlen(o->fallback) }))
            return o->field.name;
    }
    return NULL;
}

/* ---- values to text ----------------------------------------------------------------- */

static size_t format_quoted(gly_str s, char *out, size_t size)
{
    size_t n = 0;

#define PUT(c) do { if (n + 1 < size) out[n] = (c); n++; } while (0)
    PUT('"');
    for (uint32_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == '"' || c == '\\')
            PUT('\\');
        if (c == '\n' || c == '\t' || c == '\r') {
            PUT('\\');
            c = c == '\n' ? 'n' : c == '\t' ? 't' : 'r';
        }
        PUT(c);
    }
    PUT('"');
#undef PUT
    if (size)
        out[n < size ? n : size - 1] = '\0';
    return n;
}

static size_t format_list(gly_strs list, char *out, size_t size)
{
    size_t n = (size_t)snprintf(out, size, "[");

    for (uint32_t i = 0; i < list.count; i++) {
        if (i)
            n += (size_t)snprintf(n < size ? out + n : NULL, n < size ? size - n : 0, ", ");
        n += format_quoted(list.items[i], n < size ? out + n : NULL, n < size ? size - n : 0);
    }
    return n + (size_t)snprintf(n < size ? out + n : NULL, n < size ? size - n : 0, "]");
}

static size_t format_scaled(double value, const unit *units, char *out, size_t size)
{
    const unit *best = NULL;

    for (const unit *u = units; u->name; u++)
        if (value >= u->factor && is_multiple(value, u->factor) && (!best || u->factor > best->factor))
            best = u;
    if (!best)
        return (size_t)snprintf(out, size, "%.0f", value);
    return (size_t)snprintf(out, size, "\"%.0f %s\"", value / best->factor, best->name);
}

size_t option_format(const gly_option *o, const void *options, char *out, size_t size)
{
    const char *at = (const char *)options + o->field.offset;

    switch (o->field.type) {
    case GLY_T_BOOL:
        return (size_t)snprintf(out, size, "%s", *(const bool *)(const void *)at ? "true" : "false");
    case GLY_T_INT: {
        int64_t value = *(const int64_t *)(const void *)at;

        return (size_t)snprintf(out, size, "%" PRId64 "%s", value,
                                value > INT_MAX || value < INT_MIN ? "L" : "");
    }
    case GLY_T_SIZE:
        return format_scaled((double)*(const uint64_t *)(const void *)at, size_units, out, size);
    case GLY_T_TIME:
        return format_scaled((double)*(const int64_t *)(const void *)at, time_units, out, size);
    case GLY_T_REAL: {
        double value = *(const double *)(const void *)at;

        return (size_t)snprintf(out, size, value > -1e15 && value < 1e15 && !(value < (double)(int64_t)value) &&
                        !(value > (double)(int64_t)value) ? "%.1f" : "%.17g", value);
    }
    case GLY_T_ENUM:
        return (size_t)snprintf(out, size, "\"%s\"", o->field.choices[*(const int32_t *)(const void *)at]);
    case GLY_T_STRS:
    case GLY_T_PATHS:
        return format_list(*(const gly_strs *)(const void *)at, out, size);
    default:
        return format_quoted(*(const gly_str *)(const void *)at, out, size);
    }
}
