/* siterules - reads the files once, at the start of a run. */
#include "siterules.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { LARGEST_FILE = 1 << 20, LONGEST_HOST = 253, MOST_LINES = 1000 };

static const struct { const char *key; site_line_kind kind; } keys[] = {
    { "body", SITE_BODY }, { "strip", SITE_STRIP }, { "strip_id_or_class", SITE_STRIP_NAME },
};

static gly_str trimmed(gly_str s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ')
        s.ptr++, s.len--;
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

static bool add_line(site_rule *rule, site_line_kind kind, gly_str value)
{
    site_line line = { .kind = kind };
    site_line *lines;

    if (value.len == 0 || rule->count == MOST_LINES)
        return false;
    if (kind == SITE_STRIP_NAME) {
        if (value.len > 1 && (value.ptr[0] == '"' || value.ptr[0] == '\''))
            value.ptr++, value.len -= 2;
        line.word = strndup(value.ptr, value.len);
    } else {
        line.path = xpath_parse(value);
    }
    if (!line.word && !line.path)
        return false;
    lines = realloc(rule->lines, (rule->count + 1u) * sizeof *lines);
    if (!lines) {
        free(line.word);
        xpath_free(line.path);
        return false;
    }
    rule->lines = lines;
    rule->lines[rule->count++] = line;
    return true;
}

static bool read_line(site_rule *rule, gly_str line)
{
    const char *colon;
    gly_str key, value;

    line = trimmed(line);
    colon = line.len && line.ptr[0] != '#' ? memchr(line.ptr, ':', line.len) : NULL;
    if (!colon)
        return true;
    key = (gly_str){ line.ptr, (uint32_t)(colon - line.ptr) };
    value = trimmed((gly_str){ colon + 1, line.len - key.len - 1 });
    if (key.len == 5 && memcmp(key.ptr, "prune", 5) == 0)
        rule->prune = !(value.len == 2 && strncasecmp(value.ptr, "no", 2) == 0);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strlen(keys[i].key) == key.len && memcmp(keys[i].key, key.ptr, key.len) == 0)
            return add_line(rule, keys[i].kind, value);
    return true;
}

bool site_rule_parse(site_rule *rule, gly_str text, uint32_t *passed_over)
{
    rule->prune = true;
    while (text.len) {
        const char *newline = memchr(text.ptr, '\n', text.len);
        uint32_t length = newline ? (uint32_t)(newline - text.ptr) : text.len;

        *passed_over += !read_line(rule, (gly_str){ text.ptr, length });
        length += newline ? 1u : 0u;
        text.ptr += length;
        text.len -= length;
    }
    return rule->count > 0;
}

void site_rule_clear(site_rule *rule)
{
    for (uint32_t i = 0; i < rule->count; i++) {
        xpath_free(rule->lines[i].path);
        free(rule->lines[i].word);
    }
    free(rule->lines);
    free(rule->host);
    *rule = (site_rule){ .lines = NULL };
}

static gly_str load(const char *folder, const char *name)
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
    text = load(folder, name);
    if (text.ptr && site_rule_parse(&rule, text, &rules->passed_over) &&
        (items = realloc(rules->items, (rules->count + 1u) * sizeof *items)) != NULL) {
        rules->items = items;
        rule.host = strndup(strncmp(name, "www.", 4) == 0 ? name + 4 : name,
                            strncmp(name, "www.", 4) == 0 ? length - 8 : length - 4);
        if (rule.host) {
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

site_rules *site_rules_read(const char *folder)
{
    DIR *d = opendir(folder);
    site_rules *rules = d ? calloc(1, sizeof *rules) : NULL;

    for (struct dirent *e; rules && (e = readdir(d)) != NULL;)
        read_file(rules, folder, e->d_name);
    if (d)
        closedir(d);
    if (rules && rules->count)
        qsort(rules->items, rules->count, sizeof *rules->items, by_host);
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
    char name[LONGEST_HOST + 2];
    const site_rule *found;

    if (host.len > 4 && strncasecmp(host.ptr, "www.", 4) == 0)
        host.ptr += 4, host.len -= 4;
    if (host.len == 0 || host.len > LONGEST_HOST)
        return NULL;
    for (uint32_t i = 0; i < host.len; i++)
        name[i] = host.ptr[i] >= 'A' && host.ptr[i] <= 'Z' ? (char)(host.ptr[i] | 0x20) : host.ptr[i];
    name[host.len] = '\0';
    found = named(rules, name);
    for (const char *dot = name; !found && (dot = strchr(dot, '.')) != NULL; dot++)
        if (strchr(dot + 1, '.'))
            found = named(rules, dot); /* ".example.org" */
    return found;
}
