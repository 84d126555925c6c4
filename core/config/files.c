/* files - finds a config, reads it and what it extends, base first. */
#include "config/private.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

#ifndef GALLEY_PREFIX
#define GALLEY_PREFIX "/usr/local"
#endif

place setting_place(const config_file *f, const config_setting_t *s)
{
    return source_place(&f->source, (int)config_setting_source_line(s));
}

static char *shipped(const char *name)
{
    char binary[4096], *path;
    ssize_t n = readlink("/proc/self/exe", binary, sizeof binary - 1);
    char *slash;

    binary[n > 0 ? n : 0] = '\0';
    for (slash = strrchr(binary, '/'); slash; slash = strrchr(binary, '/')) {
        *slash = '\0';
        path = memory_format("%s/configs/%s.cfg", binary, name);
        if (access(path, R_OK) == 0)
            return path;
        free(path);
    }
    return memory_format(GALLEY_PREFIX "/share/galley/configs/%s.cfg", name);
}

/* A bare word is the name of a shipped config, unless such a file lies here. */
static char *find(const char *name)
{
    if (strchr(name, '/') || strchr(name, '.') || access(name, R_OK) == 0)
        return memory_text(name);
    return shipped(name);
}

static char *beside(const char *file, const char *other)
{
    const char *slash = strrchr(file, '/');

    if (other[0] == '/' || !slash)
        return memory_text(other);
    return memory_format("%.*s/%s", (int)(slash - file), file, other);
}

static bool parse(struct plan_memory *m, config_file *f)
{
    size_t length;
    const char *text;
    int line;

    config_init(&f->parsed);
    if (config_read_string(&f->parsed, f->source.text))
        return true;
    line = config_error_line(&f->parsed);
    text = source_text(&f->source, line, &length);
    report_add(m->problems, SEVERITY_ERROR, source_place(&f->source, line),
               "%s; look for a missing ';' or bracket, or a name set twice, here or on the line before",
               config_error_text(&f->parsed));
    report_source(m->problems, text, length);
    return false;
}

static bool read_one(struct plan_memory *m, char *path)
{
    config_file *f = &m->files[m->file_count];
    const char *base;
    const char *slash = strrchr(path, '/');

    if (m->file_count == MOST_FILES) {
        report_add(m->problems, SEVERITY_ERROR, (place){ path, 0, 0 },
                   "it is one 'extends' too many; at most 8 files may build on each other");
        free(path);
        return false;
    }
    m->file_count++;
    f->path = path;
    f->directory = slash ? memory_copy(path, slash == path ? 1 : (size_t)(slash - path)) : memory_text(".");
    if (!source_read(&f->source, path, m->problems) || !parse(m, f))
        return false;
    if (!config_lookup_string(&f->parsed, "extends", &base))
        return true;
    for (size_t i = 0; i < m->file_count; i++) {
        char *other = beside(path, base);
        bool circle = strcmp(m->files[i].path, other) == 0;

        free(other);
        if (circle) {
            report_add(m->problems, SEVERITY_ERROR, setting_place(f, config_lookup(&f->parsed, "extends")),
                       "'%s' extends itself; break the circle", base);
            return false;
        }
    }
    return read_one(m, beside(path, base));
}

bool files_read(struct plan_memory *m, const char *config)
{
    if (!read_one(m, find(config)))
        return false;
    /* Read from the named file down; used from the base up. */
    for (size_t i = 0; i < m->file_count / 2; i++) {
        config_file spare = m->files[i];

        m->files[i] = m->files[m->file_count - 1 - i];
        m->files[m->file_count - 1 - i] = spare;
    }
    return true;
}
