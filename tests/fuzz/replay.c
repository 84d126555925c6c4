/* replay - runs a fuzz target over files and folders given on the command line,
 * where the compiler has no fuzzing engine. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned replayed;

static void replay_file(const char *path, size_t size)
{
    uint8_t *data = malloc(size ? size : 1);
    FILE *f = fopen(path, "rb");

    if (!data || !f || fread(data, 1, size, f) != size) {
        fprintf(stderr, "replay: cannot read '%s'\n", path);
        exit(1);
    }
    fclose(f);
    LLVMFuzzerTestOneInput(data, size);
    replayed++;
    free(data);
}

static void replay(const char *path)
{
    struct stat info;
    DIR *d;

    if (stat(path, &info) < 0) {
        fprintf(stderr, "replay: there is no '%s'\n", path);
        exit(1);
    }
    if (!S_ISDIR(info.st_mode)) {
        replay_file(path, (size_t)info.st_size);
        return;
    }
    d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        char inside[4096];

        if (e->d_name[0] == '.')
            continue;
        snprintf(inside, sizeof inside, "%s/%s", path, e->d_name);
        replay(inside);
    }
    if (d)
        closedir(d);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("replayed %u inputs\n", replayed);
    return replayed ? 0 : 1;
}
