/* speaker - the words around a cue become a name, a role and an organisation. */
#include "extract/quotes/speaker.h"

#include "kit/words.h"

enum { MOST_PARTS = 6, MOST_WORDS = 24, LONGEST_WORD = 48 };

typedef struct parts { /* of the clause, between commas */
    gly_range at[MOST_PARTS];
    int count;
} parts;

typedef struct word {
    gly_range at;
    uint32_t  classes; /* WORD_* */
    bool      capital;
} word;

static bool is_gap(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static gly_range trim(gly_str text, gly_range at)
{
    while (at.begin < at.end && (is_gap(text.ptr[at.begin]) || strchr(",:;.", text.ptr[at.begin])))
        at.begin++;
    while (at.end > at.begin && (is_gap(text.ptr[at.end - 1]) || strchr(",:;", text.ptr[at.end - 1])))
        at.end--;
    return at;
}

static void split(gly_str text, gly_range who, parts *p)
{
    uint32_t begin = who.begin;

    p->count = 0;
    for (uint32_t i = who.begin; i <= who.end && p->count < MOST_PARTS; i++) {
        gly_range part;

        if (i < who.end && text.ptr[i] != ',')
            continue;
        part = trim(text, (gly_range){ begin, p->count == MOST_PARTS - 1 ? who.end : i });
        if (part.begin < part.end)
            p->at[p->count++] = part;
        begin = i + 1;
    }
}

/* Letters past ASCII that begin a name are upper case more often than not. */
static bool is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3;
}

static uint32_t classes_of(gly_str w)
{
    char lower[LONGEST_WORD];

    if (w.len && w.ptr[w.len - 1] == '.')
        w.len--;
    if (w.len == 0 || w.len > sizeof lower)
        return 0;
    for (uint32_t i = 0; i < w.len; i++)
        lower[i] = (char)(w.ptr[i] >= 'A' && w.ptr[i] <= 'Z' ? w.ptr[i] + 32 : w.ptr[i]);
    return word_classes((gly_str){ lower, w.len });
}

static int words_of(gly_str text, gly_range part, word *words)
{
    int count = 0;

    for (uint32_t i = part.begin; i < part.end && count < MOST_WORDS;) {
        uint32_t end = i;

        while (end < part.end && !is_gap(text.ptr[end]))
            end++;
        if (end > i) {
            gly_range at = { i, end };

            words[count++] = (word){ at, classes_of(gly_slice(text, at)), is_capital(text.ptr[i]) };
        }
        i = end + 1;
    }
    return count;
}

/* How much a part looks like a person's name; 0: not at all. */
static int name_score(gly_str text, gly_range part)
{
    word words[MOST_WORDS];
    int count = words_of(text, part, words), score = 0, capitals = 0;

    for (int i = 0; i < count; i++) {
        capitals += words[i].capital;
        score += words[i].classes & WORD_FIRST && words[i].capital ? 4 : 0;
        score += words[i].classes & WORD_HONORIFIC && words[i].capital ? 3 : 0;
        score -= words[i].capital ? 0 : 2;
        score -= words[i].classes & WORD_ORG ? 2 : 0;
    }
    if (capitals == 0)
        return 0;
    score += capitals >= 2 ? 4 : 2;
    return score > 0 ? score : 1;
}

static int choose_name(gly_str text, const parts *p, bool last)
{
    int best = -1, best_score = 0;

    for (int k = 0; k < p->count; k++) {
        int i = last ? p->count - 1 - k : k;
        int score = name_score(text, p->at[i]);

        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

/* "Harbour and Roads Commissioner Ann Other": what stands up to the last
 * role word is the role, if a name is left after it. */
static gly_range cut_role(gly_str text, gly_range part, gly_range *role)
{
    word words[MOST_WORDS];
    int count = words_of(text, part, words), cut = 0, titles = 0;

    while (titles < count && words[titles].classes & WORD_HONORIFIC)
        titles++;
    for (int i = 0; i + 1 < count; i++)
        if (words[i].classes & WORD_ROLE && words[i + 1].capital)
            cut = i + 1;
    if (cut <= titles) /* "Councillor Ann Other": a title, not a role */
        return part;
    *role = (gly_range){ part.begin, words[cut - 1].at.end };
    return (gly_range){ words[cut].at.begin, part.end };
}

static gly_range cut_honorifics(gly_str text, gly_range speaker)
{
    word words[MOST_WORDS];
    int count = words_of(text, speaker, words), i = 0;

    while (i + 1 < count && words[i].classes & WORD_HONORIFIC)
        i++;
    return count ? (gly_range){ words[i].at.begin, speaker.end } : speaker;
}

static bool starts(gly_str text, gly_range at, uint32_t i, const char *with)
{
    size_t n = strlen(with);

    return i + n <= at.end && memcmp(text.ptr + i, with, n) == 0;
}

/* "X’s Head of Y" and "chief executive of X Ltd". */
static void cut_organisation(gly_str text, gly_range role, gly_quote *quote)
{
    static const char *const possessives[] = { "’s ", "'s ", "’ ", NULL };
    static const char *const links[] = { " at the ", " at ", " for the ", " for ", " of the ", " of ", NULL };

    quote->role = gly_slice(text, role);
    for (uint32_t i = role.begin; i < role.end; i++)
        for (int k = 0; possessives[k]; k++)
            if (i > role.begin && starts(text, role, i, possessives[k])) {
                quote->organisation = gly_slice(text, (gly_range){ role.begin, i });
                quote->role = gly_slice(text, (gly_range){ i + (uint32_t)strlen(possessives[k]), role.end });
                return;
            }
    for (int k = 0; links[k]; k++)
        for (uint32_t i = role.begin; i < role.end; i++) {
            gly_range rest = { i + (uint32_t)strlen(links[k]), role.end };
            word words[MOST_WORDS];
            int count;

            if (!starts(text, role, i, links[k]))
                continue;
            count = words_of(text, rest, words);
            for (int w = 0; w < count && words[0].capital; w++)
                if (words[w].classes & WORD_ORG) {
                    quote->organisation = gly_slice(text, rest);
                    quote->role = gly_slice(text, (gly_range){ role.begin, i });
                    return;
                }
        }
}

void speaker_parse(gly_str text, gly_range who, bool last, gly_quote *quote)
{
    gly_range role = { 0, 0 }, speaker;
    parts p;
    int name;

    split(text, who, &p);
    name = choose_name(text, &p, last);
    if (name < 0) {
        speaker = trim(text, who);
        quote->speaker = gly_slice(text, speaker);
        quote->speaker_at = speaker;
        quote->confidence = 400;
        return;
    }
    speaker = cut_role(text, p.at[name], &role);
    if (role.begin == role.end && p.count > 1)
        role = name > 0 ? (gly_range){ p.at[0].begin, p.at[name - 1].end }
                        : (gly_range){ p.at[1].begin, p.at[p.count - 1].end };
    quote->speaker = gly_slice(text, speaker);
    quote->speaker_at = speaker;
    quote->name = gly_slice(text, cut_honorifics(text, speaker));
    quote->confidence = 800;
    if (role.begin < role.end)
        cut_organisation(text, role, quote);
}
