/* siterules - reads the files once, at the start of a run. */
#include "siterules.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"

enum { LARGEST_FILE = 1 << 20, LONGEST_HOST = 253, MOST_LINES = 1000 };

static const struct { const char *key; site_line_kind kind; } keys[] = {
    { "body", SITE_BODY }, { "strip", SITE_STRIP }, { "strip_id_or_class", SITE_STRIP_NAME },
    { "title", SITE_TITLE }, { "author", SITE_AUTHOR }, { "date", SITE_DATE },
};

/* Directives that are known and not used; a name that ends in '*' stands for all
 * that begin so. */
static const struct { const char *key, *why; } unused[] = {
    { "autodetect_on_failure", "is always so" }, { "convert_double_br_tags", "is always so" },
    { "wrap_in*", "the markup is not rewritten" }, { "move_into*", "the markup is not rewritten" },
    { "dissolve", "the markup is not rewritten" }, { "footnotes", "the markup is not rewritten" },
    { "next_page_link", "pages are not fetched" }, { "single_page_link*", "pages are not fetched" },
    { "http_header*", "pages are not fetched" }, { "if_page_contains", "pages are not fetched" },
    { "requires_login", "pages are not fetched" }, { "login_*", "pages are not fetched" },
    { "not_logged_in_xpath", "pages are not fetched" }, { "autodetect_next_page", "pages are not fetched" },
    { "insert_detected_image", "images are not in the text" }, { "strip_image_src", "images are not in the text" },
    { "src_lazy_load_attr", "images are not in the text" }, { "strip_attr", "attributes are not in the text" },
    { "native_ad_clue", "advertisements are found without it" }, { "strip_comments", "comments are found without it" },
    { "skip_json_ld", "JSON-LD is weighed beside the rule" }, { "skip_id_or_class", "blocks are weighed beside the rule" },
    { "tidy", "there is one parser" }, { "parser", "there is one parser" },
    { "test_url", "is for tests" }, { "test_contains", "is for tests" },
};

static gly_str trimmed(gly_str s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ')
        s.ptr++, s.len--;
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

static bool is_key(gly_str key, const char *name)
{
    size_t length = strlen(name);

    if (name[length - 1] == '*')
        return key.len >= length - 1 && memcmp(key.ptr, name, length - 1) == 0;
    return key.len == length && memcmp(key.ptr, name, length) == 0;
}

static gly_str unquoted(gly_str s)
{
    if (s.len > 1 && (s.ptr[0] == '"' || s.ptr[0] == '\''))
        s.ptr++, s.len -= 2;
    return s;
}

static void clear_line(site_line *line)
{
    xpath_free(line->path);
    site_value_free(line->value);
    free(line->word);
}

/* Reads the value by its kind; false: it is beyond what can be used, *stopped says
 * from where on. */
static bool read_value(site_line *line, gly_str value, uint32_t *stopped)
{
    if (line->kind == SITE_STRIP_NAME) {
        value = unquoted(value);
        line->word = value.len ? strndup(value.ptr, value.len) : NULL;
    } else if (line->kind >= SITE_TITLE) {
        line->value = site_value_parse(value, stopped);
    } else {
        line->path = xpath_parse(value, stopped);
    }
    return line->word || line->value || line->path;
}

static const char *add_line(site_rule *rule, site_line_kind kind, gly_str value, char why[96])
{
    site_line line = { .kind = kind };
    uint32_t stopped = 0;
    site_line *lines;

    if (value.len == 0)
        return "says nothing";
    if (rule->count == MOST_LINES)
        return "is one line too many";
    if (!read_value(&line, value, &stopped)) {
        snprintf(why, 96, "'%.*s' is beyond the XPath that is read here",
                 value.len - stopped < 50 ? (int)(value.len - stopped) : 50, value.ptr + stopped);
        return why;
    }
    lines = realloc(rule->lines, (rule->count + 1u) * sizeof *lines);
    if (!lines) {
        clear_line(&line);
        return "needs more memory than there is";
    }
    rule->lines = lines;
    rule->lines[rule->count++] = line;
    return NULL;
}

/* ---- replacements -------------------------------------------------------------------- */

static bool copy(gly_str *to, gly_str from)
{
    char *bytes = malloc(from.len + 1u);

    if (bytes && from.len)
        memcpy(bytes, from.ptr, from.len);
    *to = (gly_str){ bytes, bytes ? from.len : 0 };
    return bytes != NULL;
}

static bool is_valid(gly_str s)
{
    return s.len == 0 || utf8_valid_prefix(s.ptr, s.len) == s.len;
}

static const char *add_find(site_rule *rule, gly_str find)
{
    size_t size = SITE_MOST_REPLACEMENTS * sizeof *rule->replacements;

    if (find.len == 0)
        return "says nothing";
    if (!is_valid(find))
        return "is not valid UTF-8";
    if (rule->replacement_count == SITE_MOST_REPLACEMENTS)
        return "is one replacement too many";
    if (!rule->replacements)
        rule->replacements = malloc(size);
    if (!rule->replacements || !copy(&rule->replacements[rule->replacement_count].find, find))
        return "needs more memory than there is";
    rule->replacements[rule->replacement_count].put = (gly_str){ NULL, 0 };
    rule->replacements[rule->replacement_count++].complete = false;
    return NULL;
}

/* The first text without one takes it: lines of both kinds stand in the same order. */
static const char *add_put(site_rule *rule, gly_str put)
{
    if (!is_valid(put))
        return "is not valid UTF-8";
    for (uint32_t i = 0; i < rule->replacement_count; i++) {
        site_replacement *r = &rule->replacements[i];

        if (r->complete)
            continue;
        r->complete = copy(&r->put, put);
        return r->complete ? NULL : "needs more memory than there is";
    }
    return "has no find_string before it";
}

static const char *add_replacement(site_rule *rule, gly_str find, gly_str put)
{
    const char *why = is_valid(put) ? add_find(rule, find) : "is not valid UTF-8";

    if (!why) {
        site_replacement *r = &rule->replacements[rule->replacement_count - 1];

        r->complete = copy(&r->put, put);
    }
    return why;
}

/* Where a line's name ends: at its colon, or at the one behind the bracket of
 * "replace_string(a: b): c". */
static const char *end_of_key(gly_str line)
{
    static const char opening[] = "replace_string(";
    size_t length = sizeof opening - 1;
    const char *close;

    if (line.len <= length || memcmp(line.ptr, opening, length) != 0)
        return line.len ? memchr(line.ptr, ':', line.len) : NULL;
    close = memmem(line.ptr + length, line.len - length, "):", 2);
    return close ? close + 1 : NULL;
}

/* ---- lines ----------------------------------------------------------------------------- */

/* Why a line is passed over; NULL: it is used. */
static const char *use_line(site_rule *rule, gly_str key, gly_str value, char why[96])
{
    if (is_key(key, "prune")) {
        rule->prune = !(value.len == 2 && strncasecmp(value.ptr, "no", 2) == 0);
        return NULL;
    }
    if (is_key(key, "find_string"))
        return add_find(rule, value);
    if (is_key(key, "replace_string"))
        return add_put(rule, value);
    if (is_key(key, "replace_string(*"))
        return add_replacement(rule, (gly_str){ key.ptr + 15, key.len - 16 }, value);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (is_key(key, keys[i].key))
            return add_line(rule, keys[i].kind, value, why);
    for (size_t i = 0; i < sizeof unused / sizeof unused[0]; i++)
        if (is_key(key, unused[i].key))
            return unused[i].why;
    return "is no directive that is known";
}

static void read_line(site_rule *rule, gly_str line, uint32_t number, site_listener *listener)
{
    const char *colon = line.len && line.ptr[0] != '#' ? end_of_key(line) : NULL;
    char why[96];
    const char *passed;
    gly_str key, value;

    if (!colon)
        return;
    key = trimmed((gly_str){ line.ptr, (uint32_t)(colon - line.ptr) });
    value = trimmed((gly_str){ colon + 1, line.len - (uint32_t)(colon - line.ptr) - 1 });
    passed = use_line(rule, key, value, why);
    rule->passed_over += passed != NULL;
    rule->used += passed == NULL;
    if (listener)
        listener->line(listener, number, line, passed);
}

void site_rule_parse(site_rule *rule, gly_str text, site_listener *listener)
{
    rule->prune = true;
    for (uint32_t number = 1; text.len; number++) {
        const char *newline = memchr(text.ptr, '\n', text.len);
        uint32_t length = newline ? (uint32_t)(newline - text.ptr) : text.len;

        read_line(rule, trimmed((gly_str){ text.ptr, length }), number, listener);
        length += newline ? 1u : 0u;
        text.ptr += length;
        text.len -= length;
    }
}

void site_rule_clear(site_rule *rule)
{
    for (uint32_t i = 0; i < rule->count; i++)
        clear_line(&rule->lines[i]);
    for (uint32_t i = 0; i < rule->replacement_count; i++) {
        free((char *)(uintptr_t)rule->replacements[i].find.ptr);
        free((char *)(uintptr_t)rule->replacements[i].put.ptr);
    }
    free(rule->replacements);
    free(rule->lines);
    free(rule->host);
    free(rule->file);
    *rule = (site_rule){ .lines = NULL };
}

gly_str site_rule_load(const char *folder, const char *name)
{
    char path[4096];
    char *bytes = malloc(LARGEST_FILE);
    gly_str text = { bytes, 0 };
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "rb");
    if (f && bytes)
        text.len = (uint32_t)fread(bytes, 1, LARGEST_FILE, f);
    if (f)
        fclose(f);
    return text;
}

static void read_file(site_rules *rules, const char *folder, const char *name)
{
    size_t length = strlen(name);
    site_rule rule = { .lines = NULL };
    site_rule *items;
    gly_str text;

    if (length < 7 || strcmp(name + length - 4, ".txt") != 0 || length - 4 > LONGEST_HOST)
        return;
    text = site_rule_load(folder, name);
    if (text.ptr)
        site_rule_parse(&rule, text, NULL);
    if (text.ptr && (items = realloc(rules->items, (rules->count + 1u) * sizeof *items)) != NULL) {
        rules->items = items;
        rules->passed_over += rule.passed_over;
        rule.file = strdup(name);
        rule.host = strndup(strncmp(name, "www.", 4) == 0 ? name + 4 : name,
                            strncmp(name, "www.", 4) == 0 ? length - 8 : length - 4);
        if (rule.host && rule.file) {
            rules->items[rules->count++] = rule;
            rule = (site_rule){ .lines = NULL };
        }
    }
    site_rule_clear(&rule);
    free((char *)(uintptr_t)text.ptr);
}

static int by_host(const void *a, const void *b)
{
    return strcmp(((const site_rule *)a)->host, ((const site_rule *)b)->host);
}

/* Of two files for one host the one without "www." comes first, and counts. */
static int by_host_and_file(const void *a, const void *b)
{
    size_t x = strlen(((const site_rule *)a)->file), y = strlen(((const site_rule *)b)->file);
    int order = by_host(a, b);

    return order ? order : x < y ? -1 : x > y;
}

static void sort_rules(site_rules *rules)
{
    uint32_t kept = 0;

    if (rules->count)
        qsort(rules->items, rules->count, sizeof *rules->items, by_host_and_file);
    for (uint32_t i = 0; i < rules->count; i++)
        if (kept && by_host(&rules->items[kept - 1], &rules->items[i]) == 0)
            site_rule_clear(&rules->items[i]);
        else
            rules->items[kept++] = rules->items[i];
    rules->count = kept;
}

site_rules *site_rules_read(const char *folder)
{
    DIR *d = opendir(folder);
    site_rules *rules = d ? calloc(1, sizeof *rules) : NULL;

    for (struct dirent *e; rules && (e = readdir(d)) != NULL;)
        read_file(rules, folder, e->d_name);
    if (d)
        closedir(d);
    if (rules)
        sort_rules(rules);
    return rules;
}

void site_rules_free(site_rules *rules)
{
    for (uint32_t i = 0; rules && i < rules->count; i++)
        site_rule_clear(&rules->items[i]);
    if (rules)
        free(rules->items);
    free(rules);
}

static const site_rule *named(const site_rules *rules, const char *host)
{
    site_rule key = { .host = (char *)(uintptr_t)host };

    return rules->count ? bsearch(&key, rules->items, rules->count, sizeof key, by_host) : NULL;
}

const site_rule *site_rules_for(const site_rules *rules, gly_str host)
{
    char buffer[LONGEST_HOST + 3] = ".", *name = buffer + 1;
    const site_rule *found;
    bool below = host.len > 4 && strncasecmp(host.ptr, "www.", 4) == 0;

    if (below)
        host.ptr += 4, host.len -= 4;
    if (host.len == 0 || host.len > LONGEST_HOST)
        return NULL;
    for (uint32_t i = 0; i < host.len; i++)
        name[i] = host.ptr[i] >= 'A' && host.ptr[i] <= 'Z' ? (char)(host.ptr[i] | 0x20) : host.ptr[i];
    name[host.len] = '\0';
    found = named(rules, name);
    if (!found && below)
        found = named(rules, buffer);
    for (const char *dot = name; !found && (dot = strchr(dot, '.')) != NULL; dot++)
        if (strchr(dot + 1, '.'))
            found = named(rules, dot); /* ".example.org" */
    return found;
}
