/* quarantine - looking at what is kept, for those who ask. */
#include "run/quarantine.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { LARGEST_NOTE = 1 << 20 };

static bool is_note(const char *name)
{
    size_t length = strlen(name), more = strlen(QUARANTINE_NOTE);

    return length > more && strcmp(name + length - more, QUARANTINE_NOTE) == 0;
}

/* The next file of ours in the folder; NULL: no more. */
static const char *next_file(DIR *folder, uint64_t *key, uint32_t *child)
{
    struct dirent *entry;

    while (folder && (entry = readdir(folder)) != NULL)
        if (quarantine_read_name(entry->d_name, key, child))
            return entry->d_name;
    return NULL;
}

quarantine_sum quarantine_count(const char *folder)
{
    quarantine_sum sum = { 0, 0, 0 };
    DIR *d = opendir(folder);
    uint64_t key;
    uint32_t child;
    const char *name;
    struct stat st;

    while ((name = next_file(d, &key, &child)) != NULL) {
        sum.documents += is_note(name);
        sum.children += is_note(name) && child;
        if (!is_note(name) && fstatat(dirfd(d), name, &st, AT_SYMLINK_NOFOLLOW) == 0)
            sum.bytes += (uint64_t)st.st_size;
    }
    if (d)
        closedir(d);
    return sum;
}

static char *read_note(int folder, const char *name)
{
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat st;
    char *text = NULL;

    if (file >= 0 && fstat(file, &st) == 0 && S_ISREG(st.st_mode) && st.st_size < LARGEST_NOTE) {
        text = memory_new((size_t)st.st_size + 1);
        if (read(file, text, (size_t)st.st_size) != st.st_size)
            text[0] = '\0';
    }
    if (file >= 0)
        close(file);
    return text;
}

static int by_child(const void *a, const void *b)
{
    const quarantine_note *x = a, *y = b;

    return x->child < y->child ? -1 : x->child > y->child;
}

quarantine_note *quarantine_notes(const char *folder, gly_str input, size_t *count)
{
    quarantine_note *notes = memory_new(sizeof *notes);
    DIR *d = opendir(folder);
    uint64_t key, wanted = quarantine_key(input);
    uint32_t child;
    const char *name;

    *count = 0;
    while ((name = next_file(d, &key, &child)) != NULL) {
        if (key != wanted || !is_note(name))
            continue;
        notes = memory_resize(notes, *count + 1, sizeof *notes);
        notes[(*count)++] = (quarantine_note){ memory_text(name), read_note(dirfd(d), name), child };
    }
    if (d)
        closedir(d);
    qsort(notes, *count, sizeof *notes, by_child);
    return notes;
}

void quarantine_free(quarantine_note *notes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(notes[i].name);
        free(notes[i].text);
    }
    free(notes);
}

/* One character of a JSON string as json_print() writes it; *at moves past it. */
static char take_character(const char **at)
{
    unsigned code = 0;

    if (**at != '\\' || (*at)[1] == '\0')
        return *(*at)++;
    if ((*at)[1] != 'u') {
        *at += 2;
        return (*at)[-1];
    }
    sscanf(*at + 2, "%4x", &code);
    *at += strnlen(*at, 6);
    return (char)code;
}

char *quarantine_value(const quarantine_note *n, const char *name)
{
    char *mark = memory_format("\n \"%s\": \"", name), *value = NULL;
    const char *at = n->text ? strstr(n->text, mark) : NULL;
    size_t length = 0;

    if (at) {
        at += strlen(mark);
        value = memory_new(strlen(at) + 1);
        while (*at && *at != '"')
            value[length++] = take_character(&at);
    }
    free(mark);
    return value;
}
