/* search - where plugins are looked for; nothing is loaded here. */
#include "plugin/plugin.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/suggest.h"

#ifndef GALLEY_PREFIX
#define GALLEY_PREFIX "/usr/local"
#endif

static int compare_plugins(const void *a, const void *b)
{
    return strcmp(((const plugin *)a)->name, ((const plugin *)b)->name);
}

static bool is_known(const registry *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->plugins[i].name, name) == 0)
            return true;
    return false;
}

static void add_file(registry *r, const char *directory, const char *file)
{
    size_t length = strlen(file);
    char *name;

    if (file[0] == '.' || length < 4 || strcmp(file + length - 3, ".so") != 0)
        return;
    name = memory_copy(file, length - 3);
    if (is_known(r, name)) {
        free(name);
        return;
    }
    if (r->count == r->capacity) {
        r->capacity = r->capacity ? r->capacity * 2 : 32;
        r->plugins = memory_resize(r->plugins, r->capacity, sizeof *r->plugins);
    }
    r->plugins[r->count++] = (plugin){ .name = name, .path = memory_format("%s/%s", directory, file) };
}

/* Anyone may put code into a world-writable directory (the sticky bit does not
 * help: a new file is enough). */
static bool is_safe(const char *directory, const struct stat *info, report *problems)
{
    place at = { .file = directory };

    if (!(info->st_mode & S_IWOTH))
        return true;
    if (geteuid() == 0) {
        report_add(problems, SEVERITY_WARNING, at,
                   "plugin directory is writable by everyone, so root does not load from it; chmod o-w '%s'",
                   directory);
        return false;
    }
    report_add(problems, SEVERITY_WARNING, at,
               "plugin directory is writable by everyone; chmod o-w '%s'", directory);
    return true;
}

/* What to say when the directory is not there: nothing of those that always are
 * looked at. */
typedef enum absence { ABSENCE_IS_FINE, ABSENCE_IS_ODD, ABSENCE_IS_WRONG } absence;

static void scan(registry *r, const char *directory, absence absent, report *problems)
{
    struct stat info;
    DIR *d;

    if (stat(directory, &info) < 0 || !S_ISDIR(info.st_mode) || !(d = opendir(directory))) {
        if (absent != ABSENCE_IS_FINE)
            report_add(problems, absent == ABSENCE_IS_WRONG ? SEVERITY_ERROR : SEVERITY_WARNING,
                       (place){ .file = directory }, "there is no such plugin directory; give a folder that can be read");
        return;
    }
    if (is_safe(directory, &info, problems))
        for (struct dirent *entry; (entry = readdir(d)) != NULL;)
            add_file(r, directory, entry->d_name);
    closedir(d);
}

/* An empty entry of a path list would mean the working directory: it is left
 * out, and so is every relative one. */
static void scan_list(registry *r, const char *list, report *problems)
{
    char *copy = memory_text(list), *rest = copy;

    for (char *entry; copy && (entry = strsep(&rest, ":")) != NULL;)
        if (entry[0] == '/')
            scan(r, entry, ABSENCE_IS_ODD, problems);
        else if (entry[0])
            report_add(problems, SEVERITY_WARNING, (place){ .file = entry },
                       "relative directory in GALLEY_PLUGIN_PATH is not searched; write it from /");
    free(copy);
}

static void scan_beside_binary(registry *r, report *problems)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 16);
    char *slash;

    if (n <= 0)
        return;
    path[n] = '\0';
    slash = strrchr(path, '/');
    if (!slash)
        return;
    memcpy(slash, "/plugins", sizeof "/plugins");
    scan(r, path, ABSENCE_IS_FINE, problems);
}

static void scan_home(registry *r, report *problems)
{
    const char *data = secure_getenv("XDG_DATA_HOME"), *home = secure_getenv("HOME");
    char *path = NULL;

    if (data && data[0] == '/')
        path = memory_format("%s/galley/plugins", data);
    else if (home && home[0] == '/')
        path = memory_format("%s/.local/share/galley/plugins", home);
    if (path)
        scan(r, path, ABSENCE_IS_FINE, problems);
    free(path);
}

void registry_scan(registry *r, const char *const *extra, size_t count, report *problems)
{
    for (size_t i = 0; i < count; i++)
        scan(r, extra[i], ABSENCE_IS_WRONG, problems);
    scan_list(r, secure_getenv("GALLEY_PLUGIN_PATH"), problems);
    scan_beside_binary(r, problems);
    scan_home(r, problems);
    scan(r, GALLEY_PREFIX "/lib/galley/plugins", ABSENCE_IS_FINE, problems);
    if (r->count)
        qsort(r->plugins, r->count, sizeof *r->plugins, compare_plugins);
}

void registry_free(registry *r)
{
    for (size_t i = 0; i < r->count; i++) {
        free(r->plugins[i].name);
        free(r->plugins[i].path);
        free(r->plugins[i].refused);
    }
    free(r->plugins);
    *r = (registry){ 0 };
}

const char *registry_suggest(const registry *r, const char *typed)
{
    const char **names = memory_resize(NULL, r->count + 1, sizeof *names);
    const char *best;

    for (size_t i = 0; i < r->count; i++)
        names[i] = r->plugins[i].name;
    best = r->count ? suggest_name(typed, names, r->count) : NULL;
    free(names);
    return best;
}
