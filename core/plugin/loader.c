/* loader - a shared object becomes a checked descriptor, or a sentence that says
 * why not. What could crash is tried in a child process first. */
#include "plugin/plugin.h"

#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

#define SYMBOL "gly_plugin_v0"

/* Members up to `ops` have been there since the first minor version. */
enum {
    SMALLEST = offsetof(gly_plugin, ops) + sizeof(void *), LONGEST_NAME = 64,
    MOST_OPTIONS = 256, LARGEST_OPTIONS = 1 << 20, LOOK_SECONDS = 10,
    LONGEST_TEXT = 1 << 16, MOST_ITEMS = 1024
};

static bool is_name(const char *name)
{
    const char *dot = strchr(name, '.');

    for (const char *c = name; *c; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '.' && *c != '_' && *c != '-')
            return false;
    return strlen(name) <= LONGEST_NAME && dot && dot != name && dot[1];
}

static const char *check_ops(const gly_plugin *p)
{
    const gly_stage_ops *ops = p->ops;
    bool process = ops->size >= offsetof(gly_stage_ops, process) + sizeof ops->process && ops->process;
    bool split = ops->size >= offsetof(gly_stage_ops, next_child) + sizeof ops->next_child &&
                 ops->begin && ops->next_child;
    bool sink = ops->size >= offsetof(gly_stage_ops, write) + sizeof ops->write && ops->render && ops->write;
    bool source = ops->size >= offsetof(gly_stage_ops, load) + sizeof ops->load && ops->next && ops->load;

    if (p->kind == GLY_SOURCE && !source)
        return "it is a source without next() and load()";
    if (p->kind == GLY_TRANSFORM && !process)
        return "it is a transform without process()";
    if (p->kind == GLY_SPLIT && !split)
        return "it is a split stage without begin() and next_child()";
    if (p->kind == GLY_SINK && !sink)
        return "it is a sink without render() and write()";
    if (p->kind < GLY_SOURCE || p->kind > GLY_SINK)
        return "its kind is none that this galley knows";
    return NULL;
}

static size_t type_size(gly_type type)
{
    static const uint8_t sizes[] = {
        [GLY_T_BOOL] = sizeof(bool), [GLY_T_INT] = sizeof(int64_t), [GLY_T_SIZE] = sizeof(uint64_t),
        [GLY_T_TIME] = sizeof(int64_t), [GLY_T_REAL] = sizeof(double), [GLY_T_STR] = sizeof(gly_str),
        [GLY_T_PATH] = sizeof(gly_str), [GLY_T_PATHS] = sizeof(gly_strs),
        [GLY_T_OUTPUT] = sizeof(gly_str), [GLY_T_ENUM] = sizeof(int32_t), [GLY_T_STRS] = sizeof(gly_strs),
        [GLY_T_RANGE] = sizeof(gly_range), [GLY_T_U32] = sizeof(uint32_t), [GLY_T_REF] = sizeof(uint32_t),
    };

    return type > 0 && type < (gly_type)sizeof sizes ? sizes[type] : 0;
}

/* A pointer that leads nowhere crashes here, in the child, and not later. */
static bool is_text(const char *s)
{
    return !s || strlen(s) < LONGEST_TEXT;
}

static bool is_list(const char *const *items)
{
    size_t n = 0;

    while (items && items[n])
        if (!is_text(items[n]) || ++n == MOST_ITEMS)
            return false;
    return true;
}

static const char *check_options(const gly_plugin *p)
{
    if (!p->options)
        return NULL;
    if (p->option_size < sizeof(gly_option))
        return "its option table has entries shorter than this galley's; rebuild it";
    if (p->config_size > LARGEST_OPTIONS)
        return "its options would take more than 1 MiB";
    for (uint32_t i = 0;; i++) {
        const gly_option *o = (const void *)((const char *)p->options + (size_t)i * p->option_size);
        size_t size;

        if (!o->field.name)
            return NULL;
        size = type_size(o->field.type);
        if (i == MOST_OPTIONS)
            return "its option table does not end; close it with GLY_OPTIONS_END";
        if (!size || o->field.type >= GLY_T_RANGE)
            return "an option has a type that options cannot have";
        if (o->field.offset > p->config_size || size > p->config_size - o->field.offset)
            return "an option lies outside the plugin's own struct";
        if (o->field.type == GLY_T_ENUM && (!o->field.choices || !o->field.choices[0]))
            return "an option with choices has none";
        if (!is_text(o->field.name) || !o->field.help || !is_text(o->field.help) || !is_text(o->field.unit) ||
            !is_text(o->fallback) || !is_text(o->was) || !is_list(o->field.choices))
            return "an option has no help, or a text or list that does not end";
    }
}

static const char *check_fields(const gly_layer_type *l)
{
    const gly_field *f = l->fields;

    for (uint32_t i = 0; f && f->name; i++, f = (const void *)((const char *)f + l->field_size)) {
        size_t size = type_size(f->type);

        if (i == MOST_OPTIONS)
            return "the fields of a layer do not end; close them with GLY_FIELDS_END";
        if (!size || f->offset > l->record_size || size > l->record_size - f->offset)
            return "a field of a layer lies outside its record or has an unknown type";
        if (!is_text(f->name) || !is_text(f->help) || !is_text(f->unit) || !is_list(f->choices))
            return "a field of a layer has a text or list that does not end";
    }
    return NULL;
}

static const char *check_layers(const gly_plugin *p)
{
    const char *wrong;

    for (size_t i = 0; p->layers && p->layers[i]; i++) {
        const gly_layer_type *l = p->layers[i];

        if (i == MOST_ITEMS)
            return "its list of layers does not end; close it with NULL";
        if (l->size < offsetof(gly_layer_type, flags) || l->field_size < sizeof(gly_field))
            return "a layer is described by a shorter table than this galley's; rebuild it";
        if (!l->name || !is_text(l->name) || !strchr(l->name, '/') || !is_text(l->help))
            return "a layer has no name of the form name/1";
        if (l->record_size < sizeof(gly_range) || l->record_size > LARGEST_OPTIONS)
            return "the record of a layer does not begin with a gly_range, or is past 1 MiB";
        if ((wrong = check_fields(l)) != NULL)
            return wrong;
    }
    return NULL;
}

static const char *check_texts(const gly_plugin *p, const char *name)
{
    if (!p->name || strcmp(p->name, name) != 0)
        return "its descriptor has another name than its file";
    if (!is_name(p->name))
        return "its name is not of the form family.name";
    if (!p->version || !p->version[0] || !p->summary || !p->summary[0])
        return "it has no version or no summary";
    if (!is_text(p->version) || !is_text(p->summary) || !is_text(p->help) || !is_text(p->example) ||
        !is_text(p->license) || !is_text(p->inputs) || !is_list(p->reads) || !is_list(p->writes))
        return "a text or list of its descriptor does not end";
    return NULL;
}

/* The same words serve as reason in both processes. */
static const char *check_face(const gly_plugin *p, const char *name)
{
    const char *wrong;

    if (p->size < SMALLEST)
        return "its descriptor is shorter than any that galley has had; rebuild it with GLY_PLUGIN()";
    if (p->needs_minor > GLY_ABI_MINOR)
        return "it needs a newer galley; update galley, or build it for this one";
    if (!p->ops || p->ops->size < offsetof(gly_stage_ops, open))
        return "it has no stage operations";
    if ((wrong = check_texts(p, name)) || (wrong = check_ops(p)))
        return wrong;
    if ((wrong = check_options(p)) != NULL)
        return wrong;
    return check_layers(p);
}

/* dlopen() trusts the file's headers; a text file named .so deserves a better
 * sentence than its own. */
static const char *check_elf(const char *path)
{
    Elf64_Ehdr header;
    struct stat info;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t n;

    if (file < 0)
        return "it cannot be read; look at its permissions";
    if (fstat(file, &info) < 0 || !S_ISREG(info.st_mode)) {
        close(file);
        return "it is no regular file";
    }
    n = read(file, &header, sizeof header);
    close(file);
    if (info.st_mode & S_IWOTH && geteuid() == 0)
        return "everyone may write to it, so root does not load it; chmod o-w";
    if (n < (ssize_t)sizeof header || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return "it is no shared object; build it with cc -shared -fPIC";
    if (header.e_ident[EI_CLASS] != (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32))
        return "it is built for another kind of machine";
    return NULL;
}

static bool has_other_generation(void *handle)
{
    char symbol[32];

    for (int major = 1; major < 10; major++) {
        snprintf(symbol, sizeof symbol, "gly_plugin_v%d", major);
        if (dlsym(handle, symbol))
            return true;
    }
    return false;
}

/* On success *wrong is NULL; it may point into dlerror()'s buffer. */
static const gly_plugin *load(const char *path, const char *name, const char **wrong)
{
    const gly_plugin *face;
    void *handle;

    *wrong = check_elf(path);
    if (*wrong)
        return NULL;
    handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        *wrong = dlerror();
        return NULL;
    }
    face = dlsym(handle, SYMBOL);
    if (!face) {
        *wrong = has_other_generation(handle)
            ? "it is built for another generation of the plugin interface; rebuild it with this galley's headers"
            : "it has no " SYMBOL "; is it a galley plugin? declare it with GLY_PLUGIN()";
        return NULL;
    }
    *wrong = check_face(face, name);
    return *wrong ? NULL : face;
}

/* What a constructor must not do; said by the child through its exit status. No
 * status that a plugin would end the process with means that all is well. */
enum { LOOK_FINE = 113, LOOK_PRINTS, LOOK_THREADS, LOOK_LOCALE };

#ifndef GALLEY_SANITIZER_THREADS
#define GALLEY_SANITIZER_THREADS 0 /* the thread sanitizer has one of its own */
#endif

static bool has_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;

    while (tasks && readdir(tasks))
        count++;
    if (tasks)
        closedir(tasks);
    return count > 3 + GALLEY_SANITIZER_THREADS; /* ".", ".." and this one */
}

/* The child's whole life: loads, looks around, ends. */
static void look(const char *path, const char *name)
{
    int file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    struct stat printed = { .st_size = 0 };
    const char *wrong, *locale;

    if (file < 0)
        file = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(file, STDOUT_FILENO);
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    alarm(LOOK_SECONDS);
    load(path, name, &wrong);
    fflush(stdout);
    fstat(file, &printed);
    locale = setlocale(LC_ALL, NULL);
    if (printed.st_size > 0)
        _exit(LOOK_PRINTS);
    if (has_threads())
        _exit(LOOK_THREADS);
    _exit(locale && strcmp(locale, "C") != 0 ? LOOK_LOCALE : LOOK_FINE);
}

static const char *look_says(int code)
{
    switch (code) {
    case LOOK_PRINTS:
        return "it prints to standard output while it is loaded, which is for data alone";
    case LOOK_THREADS:
        return "it starts a thread while it is loaded; let it work without threads";
    case LOOK_LOCALE:
        return "it sets the locale while it is loaded, which would change every stage";
    default:
        return "it ends the process while it is loaded";
    }
}

/* Constructors run in dlopen() and a malformed descriptor can make the check
 * itself crash or hang: a child goes first. NULL when it came back well. */
static char *try_in_child(const char *path, const char *name)
{
    int status = 0;
    pid_t child;

    fflush(NULL); /* or the child prints it again */
    child = fork();
    if (child == 0)
        look(path, name);
    if (child < 0)
        return memory_format("there is no process to look at it in: %s", strerror(errno));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        return memory_format("it hangs while it is loaded; it was given %d seconds", LOOK_SECONDS);
    if (WIFSIGNALED(status))
        return memory_format("it crashes while it is looked at (%s); it needs mending or a rebuild",
                             strsignal(WTERMSIG(status)));
    return WEXITSTATUS(status) == LOOK_FINE ? NULL : memory_text(look_says(WEXITSTATUS(status)));
}

/* Plugins beside the binary are built with it; a child for each of them would
 * cost more than all of start-up. */
static bool came_with_binary(const char *path)
{
    char binary[4096];
    ssize_t n = readlink("/proc/self/exe", binary, sizeof binary);
    const char *slash = n > 0 ? memrchr(binary, '/', (size_t)n) : NULL;
    size_t directory = slash ? (size_t)(slash - binary) : 0;

    return slash && strncmp(path, binary, directory) == 0 &&
           strncmp(path + directory, "/plugins/", strlen("/plugins/")) == 0;
}

static void load_plugin(plugin *p)
{
    const char *wrong = NULL;

    p->tried = true;
    if (!is_name(p->name)) {
        p->refused = memory_text("its file is not named family.name.so");
        return;
    }
    if (!came_with_binary(p->path))
        p->refused = try_in_child(p->path, p->name);
    if (p->refused)
        return;
    p->face = load(p->path, p->name, &wrong);
    if (!p->face)
        p->refused = memory_text(wrong ? wrong : "it could not be loaded");
}

plugin *registry_find(registry *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++) {
        plugin *p = &r->plugins[i];

        if (strcmp(p->name, name) != 0)
            continue;
        if (!p->tried)
            load_plugin(p);
        return p;
    }
    return NULL;
}

void registry_load_all(registry *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (!r->plugins[i].tried)
            load_plugin(&r->plugins[i]);
}
