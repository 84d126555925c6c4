/* command - the table of what galley can be told to do, one file a command.
 *
 * Adding a command is adding a file that defines its entry, and a line in
 * main.c. Help shows examples first. */
#ifndef GALLEY_COMMAND_COMMAND_H
#define GALLEY_COMMAND_COMMAND_H

#include <getopt.h>

#include "plugin/plugin.h"

enum { EXIT_FINE = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2, EXIT_NOTHING_DONE = 3 };

typedef struct command {
    const char *name;
    const char *usage;    /* "CONFIG [INPUT...]"                           */
    const char *summary;  /* one line without a full stop                  */
    const char *help;     /* examples, then options; lines end with \n     */
    /* argv[0] is the command's name. Returns the exit status. */
    int (*run)(const struct command *, int argc, char **argv);
} command;

extern const command command_run, command_check, command_list, command_inspect, command_bench, command_status,
    command_merge, command_explain, command_doctor;

/* getopt_long() with did-you-mean: prints what is wrong with the flag and
 * returns '?'. 'h' prints the help and exits. */
int command_option(const command *, int argc, char **argv, const char *shorts,
                   const struct option *longs);
void command_help(const command *, FILE *);
/* One line on standard error, "galley run: error: ..."; returns EXIT_USAGE. */
__attribute__((format(printf, 2, 3)))
int command_usage(const command *, const char *format, ...);
struct journal;
/* Opens the journal of an output folder to look at it. False: the reason was printed.
 * journal_close() in either case. */
bool command_journal(struct journal *, const char *out);
/* --plugin-dir may be given many times; they are gathered here. */
typedef struct plugin_dirs {
    const char *items[16];
    size_t count;
} plugin_dirs;
void plugin_dirs_add(plugin_dirs *, const char *directory);

#endif
