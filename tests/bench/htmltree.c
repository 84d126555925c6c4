/* htmltree - parses pages into libxml2's trees and frees them: what make bench
 * holds the pages pipeline against.
 *
 * usage: htmltree FOLDER (of folders of pages, as tests/bench/pages.c makes them) */
#include <ftw.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { OPEN_FOLDERS = 16 };

static unsigned long parsed;

static int parse_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    size_t size = (size_t)about->st_size;
    FILE *f = kind == FTW_F ? fopen(path, "rb") : NULL;
    char *bytes = f ? malloc(size + 1) : NULL;
    htmlDocPtr tree = NULL;

    (void)place;
    if (kind != FTW_F)
        return 0;
    if (bytes && fread(bytes, 1, size, f) == size)
        tree = htmlReadMemory(bytes, (int)size, NULL, "utf-8",
                              HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    parsed += tree != NULL;
    xmlFreeDoc(tree);
    free(bytes);
    return f && fclose(f) == 0 && tree ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 2 || nftw(argv[1], parse_one, OPEN_FOLDERS, FTW_PHYS) != 0 || parsed == 0) {
        fputs("usage: htmltree FOLDER\n", stderr);
        return 2;
    }
    return 0;
}
