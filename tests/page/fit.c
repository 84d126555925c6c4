/* fit - logistic regression, full batch, by Adam; for tests/eval/train_pages.py.
 *
 * usage: fit ROWS LABELS COLUMNS PENALTY STEPS
 * ROWS are floats, LABELS three floats a row: what it is (0..1), its weight, its
 * fold. Prints the weights: a line without each fold 0 to 4, and one with all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 5, MOST_COLUMNS = 512 };

typedef struct label {
    float is, weight, fold;
} label;

static void *load(const char *path, size_t *bytes)
{
    FILE *f = fopen(path, "rb");
    char *data;

    if (!f) {
        fprintf(stderr, "fit: cannot open '%s'\n", path);
        exit(1);
    }
    fseek(f, 0, SEEK_END);
    *bytes = (size_t)ftell(f);
    rewind(f);
    data = malloc(*bytes + 1);
    if (!data || fread(data, 1, *bytes, f) != *bytes)
        exit(1);
    fclose(f);
    return data;
}

static double gradient(const float *rows, const label *labels, size_t count, int columns, int without,
                       const float *weights, float *slope)
{
    double mass = 0;

    memset(slope, 0, (size_t)columns * sizeof *slope);
    for (size_t i = 0; i < count; i++) {
        const float *x = rows + i * (size_t)columns;
        float z = 0, error;

        if ((int)labels[i].fold == without)
            continue;
        for (int k = 0; k < columns; k++)
            z += weights[k] * x[k];
        error = (1 / (1 + expf(-z)) - labels[i].is) * labels[i].weight;
        for (int k = 0; k < columns; k++)
            slope[k] += error * x[k];
        mass += (double)labels[i].weight;
    }
    return mass;
}

static void fit(const float *rows, const label *labels, size_t count, int columns, int without,
                float penalty, int steps)
{
    float weights[MOST_COLUMNS] = { 0 }, mean[MOST_COLUMNS] = { 0 }, square[MOST_COLUMNS] = { 0 };
    float slope[MOST_COLUMNS];

    for (int step = 1; step <= steps; step++) {
        float done = (float)step / (float)steps;
        float rate = done < 0.6f ? 0.1f : done < 0.85f ? 0.03f : 0.008f;
        double mass = gradient(rows, labels, count, columns, without, weights, slope);

        for (int k = 0; k < columns; k++) {
            float g = slope[k] / (float)mass + penalty * weights[k];

            mean[k] = 0.9f * mean[k] + 0.1f * g;
            square[k] = 0.99f * square[k] + 0.01f * g * g;
            weights[k] -= rate * (mean[k] / (1 - powf(0.9f, (float)step))) /
                          (sqrtf(square[k] / (1 - powf(0.99f, (float)step))) + 1e-8f);
        }
    }
    for (int k = 0; k < columns; k++)
        printf("%.4f ", (double)weights[k]);
    printf("\n");
}

int main(int argc, char **argv)
{
    size_t row_bytes, label_bytes;
    int columns = argc == 6 ? atoi(argv[3]) : 0;
    float *rows;
    label *labels;

    if (columns < 1 || columns > MOST_COLUMNS) {
        fprintf(stderr, "usage: fit ROWS LABELS COLUMNS PENALTY STEPS\n");
        return 2;
    }
    rows = load(argv[1], &row_bytes);
    labels = load(argv[2], &label_bytes);
    for (int without = 0; without <= FOLDS; without++)
        fit(rows, labels, label_bytes / sizeof *labels, columns, without, strtof(argv[4], NULL), atoi(argv[5]));
    return 0;
}
