/* dump_weights - what each feature of a line speaks for its being the article.
 *
 * Logistic regression on the lines of half of a set of article pages without their
 * markup, each line weighed by its words; see dump_features() for the features. */
#include "dump.h"

const float dump_weights[DUMP_FEATURES] = {
    /* always */
    -0.991f,
    /* words: 1, 2, to 5, to 9, to 19, to 39, more */
    0.716f, 1.028f, 1.373f, 0.677f, -0.047f, -0.833f, -0.473f,
    /* ends a sentence: under 6 words, 10, 20, more */
    -0.008f, -0.110f, 1.161f, 2.546f,
    /* share of stop words: under 6 words, 20, more */
    -2.333f, -0.006f, 0.114f,
    /* no stop word, commas, capitals, digits */
    -1.413f, 0.467f, -0.590f, -0.513f,
    /* repeated, sign, dots, question, colon, quote */
    -1.270f, -1.302f, -0.854f, 0.270f, 1.388f, 0.691f,
    /* furniture: 1, 2, in 8 words or more */
    -1.336f, -0.946f, 0.960f,
    /* line above: length, ends, prose, furniture, 3 words or fewer, stop words */
    -0.239f, 0.077f, 0.204f, -0.567f, -0.602f, -0.713f,
    /* line below: the same */
    0.017f, 0.680f, -0.287f, -0.466f, -0.465f, -0.594f,
    /* second line above: length, ends, prose, furniture */
    0.883f, 0.396f, -0.402f, -0.321f,
    /* second line below: the same */
    0.848f, 0.242f, -0.015f, -0.568f,
    /* prose in the window above and below: share, then amount */
    0.392f, -0.023f, 1.133f, 1.148f,
    /* where in the prose: before, after, first half, share */
    -1.186f, -1.095f, -0.142f, -1.213f,
    /* short line before prose, before another */
    0.592f, -0.092f,
    /* heads what stands below; one stands above, within 4 lines, within 12 */
    -1.229f, -2.822f, 0.690f, 0.858f,
};
