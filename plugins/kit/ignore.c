/* ignore - rules are read straight from the file's text, line by line. */
#include "kit/ignore.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 64 * 1024, MOST_RULE = 1024 };

char *ignore_read(const char *folder)
{
    char *path = NULL, *text = NULL;
    struct stat st;
    int file = -1;

    if (asprintf(&path, "%s/.galleyignore", folder) < 0)
        return NULL;
    file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    free(path);
    if (file >= 0 && fstat(file, &st) == 0 && S_ISREG(st.st_mode))
        text = malloc(MOST_BYTES + 1);
    if (text) {
        ssize_t n = read(file, text, MOST_BYTES);

        text[n > 0 ? n : 0] = '\0';
    }
    if (file >= 0)
        close(file);
    return text;
}

static bool rule_matches(char *rule, const char *path, bool is_folder)
{
    size_t length = strlen(rule);
    const char *name = strrchr(path, '/');

    if (length && rule[length - 1] == '/') {
        if (!is_folder)
            return false;
        rule[length - 1] = '\0';
    }
    if (strchr(rule, '/'))
        return fnmatch(rule + (*rule == '/'), path, FNM_PATHNAME) == 0;
    return fnmatch(rule, name ? name + 1 : path, 0) == 0;
}

ignore_verdict ignore_says(const char *rules, const char *path, bool is_folder)
{
    ignore_verdict verdict = IGNORE_SILENT;
    char rule[MOST_RULE];

    while (*rules) {
        size_t length = strcspn(rules, "\r\n");
        bool back = *rules == '!';

        if (length > back && length < sizeof rule && *rules != '#') {
            memcpy(rule, rules + back, length - back);
            rule[length - back] = '\0';
            if (rule_matches(rule, path, is_folder))
                verdict = back ? IGNORE_NO : IGNORE_YES;
        }
        rules += length;
        rules += strspn(rules, "\r\n");
    }
    return verdict;
}
