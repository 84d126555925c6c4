/* unit - finds the units of a document in one pass over its tokens. */
#include "summarise/sentences/unit.h"

#include "kit/select.h"
#include "kit/words.h"
#include "summarise/sentences/mark.h"

enum {
    FEWEST_WORDS = 5,     /* less is an interjection or a fragment           */
    FEWEST_OUTSIDE = 3,   /* words around a quotation: "she said" is too few */
    QUOTING_SHARE = 40,   /* % of the words inside marks: a quotation        */
    BYTES_A_WORD = 6,     /* of a run without spaces between words           */
    LONGEST_DATELINE = 14, /* tokens                                       */
    LONGEST_QUOTATION = 6, /* sentences; a mark that is open for longer was never closed */
};

typedef struct pass {
    const article       *a;
    const opening_table *openings;
    units               *out;
    marks                marks;
    unit                 now;
    bool                 broken;     /* its quotation marks do not pair      */
    bool                 names;      /* a capital letter outside the marks, not at the start */
    bool                 attributes; /* a cue verb outside the marks         */
    uint32_t             spaced;     /* words as white space parts them      */
    bool                 body_begun;
    uint32_t             lead;       /* block of the first body sentence     */
    uint32_t             quote, mention; /* first record not behind us       */
} pass;

uint32_t article_stop_bits(const article *a)
{
    return a->language < 0 ? UINT32_MAX : UINT32_C(1) << a->language;
}

static bool is_body(const article *a, const gly_sentence *s)
{
    const gly_block *b = s->block < a->nblocks ? &a->blocks[s->block] : NULL;

    return !b || b->type == GLY_BLOCK_PARAGRAPH || b->type == GLY_BLOCK_ITEM;
}

static bool spaced(const gly_token *t)
{
    return t->flags & (GLY_TOKEN_SPACE | GLY_TOKEN_LINE);
}

/* ---- one token ---------------------------------------------------------------- */

static uint32_t words_of(const gly_token *t)
{
    return t->flags & GLY_TOKEN_CJK ? (t->at.end - t->at.begin + BYTES_A_WORD - 1) / BYTES_A_WORD : 1;
}

static void read_mark(pass *p, const gly_token *t)
{
    const gly_token *next = t + 1 < p->a->tokens + p->a->ntokens ? t + 1 : NULL;

    p->spaced += spaced(t);
    p->broken |= !marks_read(&p->marks, p->a->doc->text, t, next);
}

/* All up to the next mark that may open or close something, or the end; gives the
 * token there. */
static const gly_token *read_words(pass *p, const gly_token *t, const gly_token *end)
{
    const char *text = p->a->doc->text.ptr;
    uint32_t words = 0, spaces = 0, flags = 0;

    for (; t < end; t++) {
        uint32_t mark = (t->flags & GLY_TOKEN_MARK) != 0;

        if (mark & marks_may_pair(text[t->at.begin]))
            break;
        words += words_of(t) - mark;
        spaces += spaced(t);
        flags |= t->flags;
    }
    p->now.words += words;
    p->now.quoted += marks_inside(&p->marks) ? words : 0;
    p->now.flags |= flags & GLY_TOKEN_DIGIT ? UNIT_NUMBERS : 0;
    p->spaced += spaces;
    return t;
}

/* What stands outside of the marks says who speaks: once more over a unit that is
 * mostly quotation. */
static void read_outside(pass *p)
{
    const char *text = p->a->doc->text.ptr;
    marks m = { 0 };
    bool begun = false;

    for (uint32_t i = p->now.first_token; p->a->nterms && i < p->now.last_token; i++) {
        const gly_token *t = &p->a->tokens[i];
        bool word = t->term < p->a->nterms;
        uint32_t classes = p->a->terms[select_u32(word, t->term, 0)].classes;

        if (((t->flags & GLY_TOKEN_MARK) != 0) & marks_may_pair(text[t->at.begin]))
            marks_read(&m, p->a->doc->text, t, i + 1 < p->a->ntokens ? t + 1 : NULL);
        word &= !marks_inside(&m);
        p->attributes |= word & ((classes & WORD_CUE) != 0);
        p->names |= word & begun & ((t->flags & GLY_TOKEN_CAPITAL) != 0) & !(classes & WORD_PRONOUN);
        begun |= word;
    }
}

/* ---- how it begins and ends -------------------------------------------------------- */

/* The first words, without marks before them. */
static opening read_opening(const pass *p)
{
    uint64_t words[3];
    uint32_t count = 0;

    for (uint32_t i = p->now.first_token; i < p->now.last_token && count < 3; i++) {
        const gly_token *t = &p->a->tokens[i];

        if (t->term < p->a->nterms)
            words[count++] = p->a->terms[t->term].hash;
        else if (count)
            break;
    }
    return opening_of(p->openings, words, count, p->a->language);
}

static bool is_one_of(gly_str mark, const char *const *list)
{
    for (; *list; list++)
        if (marks_is(mark, *list))
            return true;
    return false;
}

static bool is_text(const pass *p, uint32_t token, const char *const *list)
{
    return is_one_of(gly_slice(p->a->doc->text, p->a->tokens[token].at), list);
}

/* A sentence begins with a capital letter, a figure or a letter without case. A dash
 * before it opens speech or a list; a colon behind its first word makes a label. */
static bool begins_whole(const pass *p)
{
    static const char *const dashes[] = { "-", "–", "—", "•", NULL }, *const colon[] = { ":", NULL };

    if (p->now.first_token < p->now.last_token && is_text(p, p->now.first_token, dashes))
        return false;
    for (uint32_t i = p->now.first_token; i < p->now.last_token; i++) {
        const gly_token *t = &p->a->tokens[i];
        unsigned char first = (unsigned char)p->a->doc->text.ptr[t->at.begin];

        if (t->flags & GLY_TOKEN_MARK)
            continue;
        if (i + 1 < p->now.last_token && is_text(p, i + 1, colon))
            return false;
        return t->flags & (GLY_TOKEN_CAPITAL | GLY_TOKEN_MIXED | GLY_TOKEN_NUMBER | GLY_TOKEN_CJK) ||
               first >= 0xD7;
    }
    return false;
}

/* Closing marks may follow the full stop. Where words have no spaces, full stops
 * may be missing too. */
static bool ends_whole(const pass *p)
{
    static const char *const stops[] = { ".", "!", "…", "。", "!", "।", "۔", "።", "։", NULL };
    static const char *const closing[] = { "\"", "”", "“", "»", "«", "’", "'", ")", "」", "]", NULL };

    for (uint32_t i = p->now.last_token; i-- > p->now.first_token;) {
        const gly_token *t = &p->a->tokens[i];
        gly_str text = gly_slice(p->a->doc->text, t->at);

        if (!(t->flags & GLY_TOKEN_MARK))
            return t->flags & GLY_TOKEN_CJK;
        if (is_one_of(text, stops))
            return !(spaced(t) && text.len == 1 && *text.ptr == '.'); /* a headline set as a sentence */
        if (!is_one_of(text, closing))
            return false;
    }
    return false;
}

/* ---- other layers -------------------------------------------------------------------- */

static bool meets(gly_range a, gly_range b)
{
    return a.begin < b.end && b.begin < a.end;
}

/* Whether a quotation reaches over the ends of the unit, or fills it alone. The
 * marks are not part of a quotation's range. */
static bool is_part_of_quotation(pass *p)
{
    const gly_quote *quotes = GLY_RECORDS(p->a->quotes, gly_quote);
    uint32_t count = GLY_COUNT(p->a->quotes);

    while (p->quote < count && quotes[p->quote].at.end <= p->now.at.begin)
        p->quote++;
    for (uint32_t i = p->quote; i < count && i < p->quote + 4 && quotes[i].at.begin < p->now.at.end; i++)
        if (quotes[i].kind == GLY_QUOTE_DIRECT && meets(quotes[i].at, p->now.at) &&
            (quotes[i].at.begin < p->now.at.begin || quotes[i].at.end > p->now.at.end))
            return true;
    return false;
}

/* Addresses and telephone numbers belong to contact lines. */
static bool holds_address(pass *p)
{
    const gly_mention *mentions = GLY_RECORDS(p->a->mentions, gly_mention);
    uint32_t count = GLY_COUNT(p->a->mentions);

    while (p->mention < count && mentions[p->mention].at.end <= p->now.at.begin)
        p->mention++;
    for (uint32_t i = p->mention; i < count && mentions[i].at.begin < p->now.at.end; i++)
        if (mentions[i].type == GLY_MENTION_EMAIL || mentions[i].type == GLY_MENTION_URL ||
            mentions[i].type == GLY_MENTION_PHONE)
            return true;
    return false;
}

/* ---- one unit ---------------------------------------------------------------------------- */

/* The token behind "LEEDS, 2 May -", "Leeds (Agency) -", "(AGENCY)" or "Leeds
 * (AGENCY)The" at the start of the text, for lack of a block that says where the
 * dateline ends. */
static uint32_t behind_dateline(const pass *p)
{
    static const char *const dashes[] = { "-", "–", "—", NULL }, *const bracket[] = { ")", NULL };
    const gly_token *tokens = p->a->tokens;
    uint32_t first = p->now.first_token, end = p->now.last_token;

    if (end - first > 3 && tokens[first + 1].flags & GLY_TOKEN_UPPER && is_text(p, first + 2, bracket))
        first += 3;
    for (uint32_t i = first; i + 1 < end && i - p->now.first_token < LONGEST_DATELINE; i++) {
        if (!(tokens[i].flags & GLY_TOKEN_MARK))
            continue;
        if (is_text(p, i, dashes) && (i == first || tokens[p->now.first_token].flags & GLY_TOKEN_UPPER ||
                                      is_text(p, i - 1, bracket)))
            return i + 1;
        if (is_text(p, i, bracket) && tokens[i + 1].flags & GLY_TOKEN_WORD && !spaced(&tokens[i + 1]))
            return i + 1;
    }
    return first;
}

/* A dateline block lies at the start of its paragraph; a dash behind it goes too. */
static uint32_t behind_dateline_block(const pass *p, const gly_block *dateline)
{
    uint32_t i = p->now.first_token;

    while (i < p->now.last_token && (p->a->tokens[i].at.begin < dateline->at.end ||
                                     p->a->tokens[i].flags & GLY_TOKEN_MARK))
        i++;
    return i;
}

static void leave_dateline_out(pass *p)
{
    uint32_t block = p->a->sentences[p->now.first].block, begin = p->now.first_token;
    bool has_next = block != GLY_NO_REF && block + 1 < p->a->nblocks;
    const gly_block *inner = has_next ? &p->a->blocks[block + 1] : NULL;

    if (inner && inner->type == GLY_BLOCK_DATELINE && meets(inner->at, p->now.at))
        begin = behind_dateline_block(p, inner);
    else if (!p->body_begun && is_body(p->a, &p->a->sentences[p->now.first]))
        begin = behind_dateline(p);
    if (begin == p->now.first_token || begin >= p->now.last_token)
        return;
    p->now.first_token = begin;
    p->now.at.begin = p->a->tokens[begin].at.begin;
}

static void judge_quotation(pass *p)
{
    unit *u = &p->now;

    if (u->quoted * 100 < u->words * QUOTING_SHARE)
        return;
    u->flags |= UNIT_QUOTES;
    read_outside(p);
    if (u->words - u->quoted < FEWEST_OUTSIDE && !(p->attributes && p->names))
        u->flags |= UNIT_OUT;
    else if (!p->names)
        u->flags |= UNIT_LEANS;
}

static void judge_opening(pass *p)
{
    switch (read_opening(p)) {
    case OPENING_LEANS: p->now.flags |= UNIT_LEANS; break;
    case OPENING_SPEAKS: p->now.flags |= p->now.quoted ? 0 : UNIT_SPEAKS; break;
    case OPENING_NOTICE: p->now.flags |= UNIT_OUT; break;
    case OPENING_ABOUT: case OPENING_PLAIN: break;
    }
}

static void judge(pass *p)
{
    unit *u = &p->now;
    const gly_sentence *first = &p->a->sentences[u->first];

    if (!is_body(p->a, first)) {
        u->flags |= UNIT_OUT;
        return;
    }
    u->flags |= UNIT_BODY | (p->body_begun ? 0 : UNIT_FIRST);
    if (!p->body_begun)
        p->lead = first->block;
    p->body_begun = true;
    if (first->block == p->lead)
        u->flags |= UNIT_LEAD;
    if (u->words < FEWEST_WORDS || p->broken || !begins_whole(p) || !ends_whole(p) ||
        is_part_of_quotation(p) || holds_address(p))
        u->flags |= UNIT_OUT;
    judge_quotation(p);
    judge_opening(p);
}

static void begin_unit(pass *p, uint32_t sentence)
{
    const gly_sentence *s = &p->a->sentences[sentence];

    p->now = (unit){ .at = s->at, .first = sentence, .first_token = s->first_token };
    p->now.last_token = s->last_token;
    leave_dateline_out(p);
    p->marks = (marks){ 0 };
    p->broken = p->names = p->attributes = false;
    p->spaced = p->now.first_token < s->last_token && !spaced(&p->a->tokens[p->now.first_token]);
}

static void end_unit(pass *p, uint32_t behind)
{
    unit *u = &p->now;

    u->last = behind;
    u->at.end = p->a->sentences[behind - 1].at.end;
    u->last_token = p->a->sentences[behind - 1].last_token;
    p->broken |= !marks_balanced(&p->marks);
    judge(p);
    if (p->spaced > u->words)
        u->words = p->spaced;
    p->out->items[p->out->count++] = *u;
}

static void read_sentence(pass *p, uint32_t i)
{
    const gly_sentence *s = &p->a->sentences[i];
    const gly_token *t = &p->a->tokens[i == p->now.first ? p->now.first_token : s->first_token];
    const gly_token *end = &p->a->tokens[s->last_token];

    while (t < end) {
        t = read_words(p, t, end);
        if (t < end)
            read_mark(p, t++);
    }
}

/* Takes the sentence `first` and those behind it until all quotation marks are
 * closed; gives the sentence after. When they never are, what was taken is out. */
static uint32_t take_unit(pass *p, uint32_t first)
{
    const article *a = p->a;
    uint32_t i = first;

    begin_unit(p, first);
    read_sentence(p, i++);
    while (marks_inside(&p->marks) && !p->broken) {
        p->broken = i == a->nsentences || i - first == LONGEST_QUOTATION ||
                    a->sentences[i].block != a->sentences[first].block;
        if (p->broken)
            break;
        read_sentence(p, i);
        if (!p->broken)
            i++;
    }
    end_unit(p, i);
    return i;
}

static bool describes_itself(const pass *p, const unit *u)
{
    for (uint32_t i = u->first_token; i < u->last_token; i++) {
        uint32_t term = p->a->tokens[i].term;

        if (term < p->a->nterms &&
            opening_of(p->openings, &p->a->terms[term].hash, 1, p->a->language) == OPENING_ABOUT)
            return true;
    }
    return false;
}

/* In the last paragraph a company may say what it is, with no heading before it. */
static void leave_self_portrait_out(const pass *p)
{
    uint32_t i = p->out->count, block;

    while (i > 0 && !(p->out->items[i - 1].flags & UNIT_BODY))
        i--;
    block = i ? p->a->sentences[p->out->items[i - 1].first].block : GLY_NO_REF;
    for (; i > 0 && p->a->sentences[p->out->items[i - 1].first].block == block; i--)
        if (!(p->out->items[i - 1].flags & UNIT_LEAD) && describes_itself(p, &p->out->items[i - 1]))
            p->out->items[i - 1].flags |= UNIT_OUT;
}

bool units_find(const article *a, const opening_table *openings, units *out)
{
    pass p = { .a = a, .openings = openings, .out = out };

    out->count = 0;
    out->items = GLY_NEWN(a->doc->scratch, unit, (size_t)a->nsentences + 1);
    if (!out->items)
        return false;
    for (uint32_t i = 0; i < a->nsentences;)
        i = take_unit(&p, i);
    leave_self_portrait_out(&p);
    return true;
}
