/* galley - the table of commands. */
#include <stdlib.h>

#include "base/suggest.h"
#include "command/command.h"

static const command *const commands[] = {
    &command_run, &command_check, &command_list, &command_inspect, &command_bench, &command_status,
    &command_merge, &command_explain, &command_doctor, NULL
};

static void print_help(FILE *out)
{
    fputs("galley reads articles: clean text, and what it says\n\n"
          "  galley run press ARTICLES -o out      a folder of articles into out/articles.jsonl\n"
          "  galley check my.cfg                   every fault of a config at once\n\n"
          "commands:\n", out);
    for (const command *const *c = commands; *c; c++)
        fprintf(out, "  %-9s %s\n", (*c)->name, (*c)->summary);
    fputs("\ngalley COMMAND --help shows the command's own page; galley --version the version\n", out);
}

static int unknown_command(const char *typed)
{
    const char *names[sizeof commands / sizeof *commands] = { NULL }, *near;

    for (size_t i = 0; commands[i]; i++)
        names[i] = commands[i]->name;
    near = suggest_name(typed, names, 0);
    if (near)
        fprintf(stderr, "galley: error: there is no command '%s'; did you mean '%s'?\n", typed, near);
    else
        fprintf(stderr, "galley: error: there is no command '%s'; see 'galley --help'\n", typed);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        puts("galley " GALLEY_VERSION);
        return EXIT_FINE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return EXIT_FINE;
    }
    for (const command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, argv[1]) == 0)
            return (*c)->run(*c, argc - 1, argv + 1);
    return unknown_command(argv[1]);
}
