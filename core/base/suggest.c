/* suggest - weighted Damerau-Levenshtein over a short list of names. */
#include "base/suggest.h"

#include <string.h>

enum {
    LONGEST = 64,   /* longer words are never suggested or compared      */
    SWAP = 0, SUBSTITUTE = 2, INSERT = 1, DELETE = 3,
    CUTOFF = 7,     /* a distance of this or more is another word        */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Cost of turning `typed` into `name`; three rows of the classic table. */
static int distance(const char *typed, size_t n, const char *name, size_t m)
{
    int rows[3][LONGEST + 1], *before = rows[0], *above = rows[1], *here = rows[2], *spare;

    for (size_t j = 0; j <= m; j++)
        above[j] = (int)j * INSERT;
    for (size_t i = 0; i < n; i++) {
        here[0] = (int)(i + 1) * DELETE;
        for (size_t j = 0; j < m; j++) {
            here[j + 1] = above[j] + (typed[i] == name[j] ? 0 : SUBSTITUTE);
            if (i > 0 && j > 0 && typed[i - 1] == name[j] && typed[i] == name[j - 1] &&
                typed[i] != name[j])
                here[j + 1] = least(here[j + 1], before[j - 1] + SWAP);
            here[j + 1] = least(here[j + 1], above[j + 1] + DELETE);
            here[j + 1] = least(here[j + 1], here[j] + INSERT);
        }
        spare = before;
        before = above;
        above = here;
        here = spare;
    }
    return above[m];
}

/* Whoever types the start of a name means it. */
static int judge(const char *typed, size_t n, const char *name)
{
    size_t m = strlen(name);

    if (n >= 3 && m > n && strncmp(typed, name, n) == 0)
        return 1;
    if (m > LONGEST)
        return CUTOFF;
    return distance(typed, n, name, m);
}

const char *suggest_name(const char *typed, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t n = strlen(typed);
    int best_cost = CUTOFF;

    if (n == 0 || n > LONGEST)
        return NULL;
    for (size_t i = 0; count ? i < count : names[i] != NULL; i++) {
        int cost = judge(typed, n, names[i]);

        /* A short word of which every second letter would change is no near miss. */
        if (cost < best_cost && cost <= (int)n) {
            best = names[i];
            best_cost = cost;
        }
    }
    return best;
}
