/* rows - what clean.html knows of each block of pages, for learning its weights.
 *
 * usage: rows ROUND LIST ROWS TEXTS WEIGHTS-1 WEIGHTS-2
 * LIST has lines "PATH FOLD" of UTF-8 pages. Round 1 and 2 write rows of floats to
 * ROWS; round 3 judges. TEXTS gets "#PAGE PATH" and a line a block: 1 or 0, whether
 * it is kept, then its text. Weight files hold a line for each fold. */
#include <stdio.h>
#include <stdlib.h>

#include "clean/html/judge.h"
#include "clean/html/rows.h"
#include "kit/page/charref.h"

enum { FOLDS = 6, ARENA = 1 << 30 };

/* Instead of weights.c: filled for each page by its fold, so not in read-only memory. */
#define LOADED __attribute__((section(".data"))) const
LOADED float judge_first[SIGNAL_COUNT] = { 0 };
LOADED float judge_second[SIGNAL_ROUND_TWO_COUNT] = { 0 };

static float first[FOLDS][SIGNAL_COUNT], second[FOLDS][SIGNAL_ROUND_TWO_COUNT];

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

static FILE *open_file(const char *path, const char *how)
{
    FILE *f = fopen(path, how);

    if (!f) {
        fprintf(stderr, "rows: cannot open '%s'\n", path);
        exit(1);
    }
    return f;
}

static void load_weights(const char *path, float *weights, int count)
{
    FILE *f = open_file(path, "r");

    for (int i = 0; i < FOLDS * count; i++)
        if (fscanf(f, "%f", &weights[i]) != 1)
            exit(1);
    fclose(f);
}

static gly_str load_page(const char *path)
{
    FILE *f = open_file(path, "rb");
    char *bytes;
    long size;

    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);
    bytes = malloc((size_t)size + 1);
    if (!bytes || fread(bytes, 1, (size_t)size, f) != (size_t)size)
        exit(1);
    fclose(f);
    return (gly_str){ bytes, (uint32_t)size };
}

static void print_text(FILE *out, const page *p, const block *b, gly_arena *arena)
{
    fprintf(out, "%d ", b->rule == NULL);
    for (uint32_t i = b->first; i <= b->last; i++) {
        const page_node *n = &p->nodes[i];
        gly_str text;

        if (blocks_skips(n->tag)) {
            i = n->next - 1;
            continue;
        }
        if ((n->flags & PAGE_SPACE) || n->tag == PAGE_BR)
            fputc(' ', out);
        if (!page_is_text(n))
            continue;
        text = page_decode(gly_slice(p->source, n->at), false, arena);
        for (uint32_t k = 0; k < text.len; k++)
            fputc((unsigned char)text.ptr[k] < ' ' ? ' ' : text.ptr[k], out);
    }
    fputc('\n', out);
}

/* Rows of round two need the chances of round one. */
static void judge_first_round(signals *s, gly_arena *arena)
{
    float row[SIGNAL_ROUND_TWO_COUNT];

    for (uint32_t i = 0; i < s->blocks->count; i++) {
        rows_first(s, i, row);
        s->blocks->items[i].chance = rows_chance(judge_first, row, SIGNAL_COUNT);
    }
    rows_sum_up(s, arena);
}

static void write_rows(int round, signals *s, const phrases *known, gly_arena *arena, FILE *rows)
{
    const judge_options how = { .least = 0.5f, .tables = true, .phrases = known };
    float row[SIGNAL_ROUND_TWO_COUNT];

    if (round == 3)
        judge_blocks(s, &how, arena);
    if (round == 2)
        judge_first_round(s, arena);
    for (uint32_t i = 0; i < s->blocks->count && round < 3; i++) {
        if (round == 1)
            rows_first(s, i, row);
        else
            rows_second(s, i, row);
        fwrite(row, sizeof(float), round == 1 ? SIGNAL_COUNT : SIGNAL_ROUND_TWO_COUNT, rows);
    }
}

int main(int argc, char **argv)
{
    char path[1000], *memory = malloc(ARENA);
    int round = argc == 7 ? atoi(argv[1]) : 0, fold;
    vocabulary words;
    phrases *known = phrases_open();
    FILE *list, *rows, *texts;

    if (!round || !memory || !known) {
        fprintf(stderr, "usage: rows ROUND LIST ROWS TEXTS WEIGHTS-1 WEIGHTS-2\n");
        return 2;
    }
    vocabulary_prepare(&words);
    list = open_file(argv[2], "r");
    rows = open_file(argv[3], "wb");
    texts = open_file(argv[4], "w");
    if (round >= 2)
        load_weights(argv[5], first[0], SIGNAL_COUNT);
    if (round >= 3)
        load_weights(argv[6], second[0], SIGNAL_ROUND_TWO_COUNT);
    while (fscanf(list, "%999s %d", path, &fold) == 2 && fold >= 0 && fold < FOLDS) {
        gly_arena arena = { memory, memory + ARENA, refuse };
        gly_str source = load_page(path);
        signals s;
        blocks b;
        page p;

        memcpy((void *)(uintptr_t)judge_first, first[fold], sizeof judge_first);
        memcpy((void *)(uintptr_t)judge_second, second[fold], sizeof judge_second);
        if (page_read(&p, source, &arena) != GLY_OK || blocks_find(&b, &p, &words, &arena) != GLY_OK ||
            signals_find(&s, &p, &b, &words, &arena) != GLY_OK)
            return 1;
        write_rows(round, &s, known, &arena, rows);
        fprintf(texts, "#PAGE %s\n", path);
        for (uint32_t i = 0; i < b.count; i++)
            print_text(texts, &p, &b.items[i], &arena);
        free((void *)(uintptr_t)source.ptr);
    }
    phrases_close(known);
    return fclose(rows) | fclose(texts);
}
