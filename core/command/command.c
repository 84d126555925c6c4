/* command - what all commands share: flags, help and usage errors. */
#include "command/command.h"

#include <stdlib.h>

#include "base/suggest.h"

void command_help(const command *c, FILE *out)
{
    fprintf(out, "galley %s - %s\n\nusage: galley %s %s\n\n%s", c->name, c->summary, c->name,
            c->usage, c->help);
}

int command_usage(const command *c, const char *format, ...)
{
    va_list values;

    fprintf(stderr, "galley %s: error: ", c->name);
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fprintf(stderr, "\nsee 'galley %s --help'\n", c->name);
    return EXIT_USAGE;
}

static int unknown_flag(const command *c, const char *typed, const struct option *longs)
{
    const char *names[64], *near;
    size_t count = 0, length = strcspn(typed, "=");
    char bare[64];

    for (; longs[count].name && count < 63; count++)
        names[count] = longs[count].name;
    names[count] = NULL;
    snprintf(bare, sizeof bare, "%.*s", (int)(length < 60 ? length : 60), typed);
    near = strncmp(bare, "--", 2) == 0 && count ? suggest_name(bare + 2, names, count) : NULL;
    if (near)
        command_usage(c, "there is no flag '%s'; did you mean '--%s'?", bare, near);
    else
        command_usage(c, "there is no flag '%s'", bare);
    return '?';
}

int command_option(const command *c, int argc, char **argv, const char *shorts,
                   const struct option *longs)
{
    char quiet_shorts[64];
    int at = optind ? optind : 1, got;

    snprintf(quiet_shorts, sizeof quiet_shorts, ":%s", shorts);
    opterr = 0;
    got = getopt_long(argc, argv, quiet_shorts, longs, NULL);
    if (got == 'h') {
        command_help(c, stdout);
        exit(EXIT_FINE);
    }
    if (got == ':') {
        command_usage(c, "'%s' needs a value", argv[optind - 1]);
        return '?';
    }
    if (got == '?') {
        char flag[3] = { '-', (char)optopt, '\0' };
        const char *typed = optind > at ? argv[optind - 1] : flag;

        return unknown_flag(c, strncmp(typed, "--", 2) == 0 ? typed : flag, longs);
    }
    return got;
}

void plugin_dirs_add(plugin_dirs *dirs, const char *directory)
{
    if (dirs->count < sizeof dirs->items / sizeof *dirs->items)
        dirs->items[dirs->count++] = directory;
}
