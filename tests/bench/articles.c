/* articles - writes press-style articles for make bench: the same ones each time.
 *
 * usage: articles FOLDER COUNT
 *
 * Each is about 3.4 KB: title, byline, date, dateline, paragraphs with quotations,
 * acronyms with long forms, names with roles, dates, amounts, hashtags and a
 * contact block, so that every stage finds work. A number in the file name seeds
 * the article; nothing else decides what is in it. Folders hold 1,000 each. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "words.h"

enum { FOLDER_HOLDS = 1000, BODY_LEAST = 2500, BODY_SPREAD = 1100, ROOM = 16384, PEOPLE = 3, NAME = 96 };

typedef struct person {
    char full[NAME], last[NAME];
    const char *role;
    bool she;
} person;

typedef struct article {
    uint64_t state;
    char     text[ROOM];
    size_t   used;
    person   people[PEOPLE];
    int      speaker;      /* who is spoken of now                        */
    char     long_form[NAME], acronym[8];
    bool     curly;        /* its quotation marks                         */
    int      year, month, day;
    uint32_t sentence, quotation; /* the templates that were used last */
} article;

/* xorshift64*: small, and the same on every machine. */
static uint32_t pick(article *a, uint32_t below)
{
    a->state ^= a->state >> 12;
    a->state ^= a->state << 25;
    a->state ^= a->state >> 27;
    return (uint32_t)((a->state * UINT64_C(2685821657736338717)) >> 33) % below;
}

#define ANY(a, list) (list)[pick((a), (uint32_t)(sizeof(list) / sizeof *(list)))]

static void put(article *a, const char *s)
{
    size_t n = strlen(s);

    if (a->used + n >= ROOM)
        return;
    memcpy(a->text + a->used, s, n);
    a->used += n;
}

static void put_number(article *a, const char *format, int n)
{
    char s[64];

    snprintf(s, sizeof s, format, n);
    put(a, s);
}

static void make_person(article *a, person *p)
{
    p->she = pick(a, 2);
    snprintf(p->last, sizeof p->last, "%s%s", ANY(a, name_heads), ANY(a, name_tails));
    snprintf(p->full, sizeof p->full, "%s %s", p->she ? ANY(a, women) : ANY(a, men), p->last);
    p->role = ANY(a, roles);
}

/* An organisation of three or four words, and its first letters. */
static void make_organisation(article *a)
{
    const char *words[4] = { ANY(a, org_first), ANY(a, org_second), ANY(a, org_third), ANY(a, org_last) };
    size_t at = 0, letters = 0;

    for (size_t i = pick(a, 2); i < 4; i++) {
        at += (size_t)snprintf(a->long_form + at, sizeof a->long_form - at, "%s%s", at ? " " : "", words[i]);
        a->acronym[letters++] = words[i][0];
    }
    a->acronym[letters] = '\0';
}

/* The next template of a list, in an order that differs between articles and
 * comes back to the first when all were used. */
#define NEXT(list, at) \
    (list)[*(at) = (*(at) + 5) % (uint32_t)(sizeof(list) / sizeof *(list))]

static void put_adjective(article *a, const char *article_a, const char *article_an)
{
    const char *word = ANY(a, adjectives);

    put(a, strchr("aeiou", word[0]) ? article_an : article_a);
    put(a, word);
}

static void put_date(article *a)
{
    put_number(a, "%d ", 1 + (int)pick(a, 28));
    put(a, ANY(a, months));
    put_number(a, " %d", a->year - (int)pick(a, 4));
}

/* The letters of a template: what stands after each %. */
static void put_slot(article *a, char slot)
{
    const person *p = &a->people[a->speaker];

    switch (slot) {
    case 'a': put(a, ANY(a, adjectives)); break;
    case 'A': put_adjective(a, "a ", "an "); break;
    case 'B': put_adjective(a, "A ", "An "); break;
    case 'n': put(a, ANY(a, nouns)); break;
    case 's': put(a, ANY(a, nouns)); put(a, "s"); break;
    case 'v': put(a, ANY(a, verbs)); break;
    case 'w': put(a, ANY(a, verbs)); put(a, "ed"); break;
    case 'r': put(a, ANY(a, adverbs)); break;
    case 'c': put(a, ANY(a, places)); break;
    case 'p': put(a, p->full); break;
    case 'l': put(a, p->last); break;
    case 'h': put(a, p->she ? "she" : "he"); break;
    case 'j': put(a, p->role); break;
    case 'y': put(a, ANY(a, cues)); break;
    case 'o': put(a, a->long_form); break;
    case 'k': put(a, a->acronym); break;
    case 'd': put_date(a); break;
    case 't': put(a, ANY(a, weekdays)); break;
    case 'm': put_number(a, "%d", 2 + (int)pick(a, 98)); break;
    case 'M': put_number(a, "£%d", 1 + (int)pick(a, 40)); put_number(a, ".%d million", (int)pick(a, 10)); break;
    case '(': put(a, a->curly ? "“" : "\""); break;
    case ')': put(a, a->curly ? "”" : "\""); break;
    case '\'': put(a, a->curly ? "’" : "'"); break;
    default: put(a, "%"); break;
    }
}

static void put_template(article *a, const char *t)
{
    size_t start = a->used;
    bool first = start == 0 || a->text[start - 1] == '\n' || (start > 1 && a->text[start - 2] == '.');
    char c[2] = { 0 };

    for (; *t; t++) {
        if (*t == '%' && t[1]) {
            put_slot(a, *++t);
        } else {
            c[0] = *t;
            put(a, c);
        }
    }
    if (first && a->used > start && a->text[start] >= 'a' && a->text[start] <= 'z')
        a->text[start] = (char)(a->text[start] - 32);
}

static void put_paragraph(article *a)
{
    uint32_t kind = pick(a, 10);

    a->speaker = (int)pick(a, PEOPLE);
    if (kind < 4) {
        put_template(a, NEXT(quotations, &a->quotation));
    } else {
        for (uint32_t n = 1 + pick(a, 3); n > 0; n--) {
            put_template(a, NEXT(sentences, &a->sentence));
            put(a, n > 1 ? " " : "");
        }
    }
    put(a, "\n\n");
}

static void put_head(article *a)
{
    put_template(a, ANY(a, titles));
    put(a, "\n\n");
    if (pick(a, 4) == 0)
        put_number(a, "DSC_%04d\n\n", (int)pick(a, 9999));
    if (pick(a, 2)) {
        put_template(a, "By %p");
        put_number(a, "\n%d ", a->day);
        put(a, months[a->month]);
        put_number(a, " %d\n\n", a->year);
    }
}

static void put_foot(article *a)
{
    if (pick(a, 3) == 0)
        put(a, "Share this article\n\n");
    put_template(a, "For updates follow @%k");
    put_number(a, "_news%d or ", (int)pick(a, 90));
    put_template(a, "the tag #%k");
    put_number(a, "Watch%d, ", (int)pick(a, 90));
    put_number(a, "or see https://www.example.org/news/%d.\n\n", (int)pick(a, 100000));
    if (pick(a, 2)) {
        put(a, "ENDS\n\nNotes to editors\n\n");
        put_template(a, "%p, %j, %o\npress.office@example.org\n");
        put_number(a, "Telephone: 01632 %06d\n", 960000 + (int)pick(a, 999));
    }
}

static void write_article(article *a, uint32_t number)
{
    size_t length;

    *a = (article){ .state = (number + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15) };
    a->curly = pick(a, 2);
    a->year = 2015 + (int)pick(a, 10);
    a->month = (int)pick(a, 12);
    a->day = 1 + (int)pick(a, 28);
    a->sentence = pick(a, 16);
    a->quotation = pick(a, 6);
    for (int i = 0; i < PEOPLE; i++)
        make_person(a, &a->people[i]);
    make_organisation(a);
    put_head(a);
    length = a->used + BODY_LEAST + pick(a, BODY_SPREAD);
    put_template(a, ANY(a, openings));
    put(a, "\n\n");
    while (a->used < length)
        put_paragraph(a);
    put_foot(a);
}

static bool store(const article *a, const char *folder, uint32_t number)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof path, "%s/%03u", folder, number / FOLDER_HOLDS);
    if (number % FOLDER_HOLDS == 0 && mkdir(path, 0777) < 0 && errno != EEXIST)
        return false;
    snprintf(path, sizeof path, "%s/%03u/%06u.txt", folder, number / FOLDER_HOLDS, number);
    f = fopen(path, "wb");
    return f && fwrite(a->text, 1, a->used, f) == a->used && fclose(f) == 0;
}

int main(int argc, char **argv)
{
    static article a;
    uint32_t count = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;

    if (!count) {
        fputs("usage: articles FOLDER COUNT\n", stderr);
        return 2;
    }
    if (mkdir(argv[1], 0777) < 0 && errno != EEXIST) {
        perror(argv[1]);
        return 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        write_article(&a, i);
        if (!store(&a, argv[1], i)) {
            perror(argv[1]);
            return 1;
        }
    }
    return 0;
}
