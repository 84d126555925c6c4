/* dump_weights - what each feature of a line speaks for its being the article.
 *
 * Logistic regression on the lines of half of a set of article pages without their
 * markup, each line weighed by its words; see dump_features() for the features. */
#include "dump.h"

const float dump_weights[DUMP_FEATURES] = {
    /* always */
    -1.165f,
    /* words: 1, 2, to 5, to 9, to 19, to 39, more */
    0.311f, 0.520f, 0.974f, 0.413f, -0.278f, -0.623f, -0.231f,
    /* ends a sentence: under 6 words, 10, 20, more */
    0.163f, -0.091f, 1.161f, 2.338f,
    /* share of stop words: under 6 words, 20, more */
    -1.741f, -0.158f, -0.850f,
    /* no stop word, commas, capitals, digits */
    -1.008f, 0.458f, -0.670f, -1.114f,
    /* repeated, sign, dots, question, colon, quote */
    -1.291f, -1.080f, -0.843f, 0.171f, 1.123f, 0.476f,
    /* furniture: 1, 2, in 8 words or more */
    -1.424f, -1.035f, 1.102f,
    /* line above: length, ends, prose, furniture, 3 words or fewer, stop words */
    0.081f, 0.036f, 0.342f, -0.629f, -0.440f, -0.714f,
    /* line below: the same */
    0.283f, 0.722f, -0.323f, -0.474f, -0.339f, -0.314f,
    /* second line above: length, ends, prose, furniture */
    1.025f, 0.277f, -0.232f, -0.464f,
    /* second line below: the same */
    0.869f, 0.210f, 0.067f, -0.541f,
    /* prose in the window above and below: share, then amount */
    -0.000f, -0.448f, 1.589f, 1.168f,
    /* where in the prose: before, after, first half, share */
    -1.048f, -0.787f, -0.212f, -2.491f,
    /* short line before prose, before another */
    0.652f, -0.033f,
};
