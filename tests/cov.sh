#!/bin/bash
# Which share of the lines of each source file the tests ran, least first.
# usage: tests/cov.sh BUILD
set -u
cd "$(dirname "$0")/.." || exit 1
find "$1" -name '*.gcda' -print0 | xargs -0 gcov -n 2>/dev/null |
    awk -F"'" '/^File/ { file = $2 } /^Lines executed/ { split($0, p, "[:% ]+"); if (!(file in best) || p[3] + 0 > best[file]) { best[file] = p[3] + 0; of[file] = p[5] } }
        END { for (f in best) if (f !~ /^\/|^tests/) { printf "%6.1f %% of %5d  %s\n", best[f], of[f], f | "sort -n"; run += best[f] * of[f]; all += of[f] }
              close("sort -n"); printf "%6.1f %% of %5d  in all\n", run / all, all }'
