/* speaker - a cascade from the surest sign of the speaker to the least sure. */
#include "extract/quotes/clause.h"
#include "extract/quotes/resolve.h"

#include "kit/words.h"

enum {
    SURE = 950, IN_SENTENCE = 850, SAME_PARAGRAPH = 700, SENTENCE_BEFORE = 600,
    PARAGRAPH_BEFORE = 500, NO_CUE = 400, GUESSED_CUE = 800, SHORT_SENTENCE = 6,
    SPEECH_WORDS = 6, NEAR = 4,
    FEW_WORDS = 4,        /* fewer without a cue are no quotation   */
};

static const voice no_voice = { VOICE_NONE, { 0, 0 }, GLY_NO_REF, GLY_NO_REF, GLY_NO_REF, 0 };

static uint32_t classes(const speakers *s, uint32_t i)
{
    return name_classes(&s->r->t, i);
}

static bool has_place(const speakers *s, uint32_t i, unsigned place)
{
    return i < s->r->t.count && s->r->place[i] & place;
}

static bool is_mark(const speakers *s, uint32_t i)
{
    return i < s->r->t.count && s->r->t.tokens[i].flags & GLY_TOKEN_MARK;
}

static bool is_dash(const speakers *s, uint32_t i)
{
    uint32_t mark = name_mark(&s->r->t, i);

    return mark == '-' || (mark >= 0x2010 && mark <= 0x2015);
}

static uint32_t behind(const quotation *q)
{
    return q->closed ? q->close + 1 : q->close;
}

/* ---- the bounds of the words around a quotation ------------------------------------ */

/* Where the clause after the quotation ends: at its sentence's or the next quotation. */
static uint32_t after_end(const speakers *s, const quotation *q)
{
    uint32_t i = behind(q);

    for (; i < s->r->t.count && i - q->close < CLAUSE_TOKENS; i++)
        if (has_place(s, i, PLACE_PARAGRAPH | PLACE_QUOTED)
            || (i > behind(q) && has_place(s, i, PLACE_SENTENCE)))
            break;
    return i;
}

/* Where the sentence before the quotation begins, over earlier quotations in it. */
static uint32_t before_begin(const speakers *s, const quotation *q)
{
    uint32_t i = q->open;

    if (has_place(s, i, PLACE_PARAGRAPH | PLACE_SENTENCE))
        return i;
    while (i > 0 && q->open - i < CLAUSE_TOKENS) {
        i--;
        if (!has_place(s, i, PLACE_QUOTED) && has_place(s, i, PLACE_PARAGRAPH | PLACE_SENTENCE))
            return i;
        if (has_place(s, i, PLACE_PARAGRAPH))
            return i;
    }
    return i;
}

/* The first token of the paragraph that `i` lies in. */
static uint32_t paragraph_begin(const speakers *s, uint32_t i)
{
    uint32_t limit = i > 400 ? i - 400 : 0;

    while (i > limit && !has_place(s, i, PLACE_PARAGRAPH))
        i--;
    return i;
}

static uint32_t last_mark(const speakers *s, const quotation *q)
{
    return name_mark(&s->r->t, q->close - 1);
}

/* The words of a sentence go on behind the quotation: “...,” or “...” and a comma. */
static bool is_open_ended(const speakers *s, const quotation *q)
{
    uint32_t mark = last_mark(s, q);

    return mark == ',' || mark == '?' || mark == '!' || mark == 0x2026 || mark == 0x2013
           || mark == 0x2014 || name_is_mark(&s->r->t, behind(q), ',');
}

/* ---- after the quotation ------------------------------------------------------------- */

static voice with_cue(voice v, uint32_t cue, uint32_t confidence)
{
    v.cue = cue;
    v.confidence = confidence;
    return v;
}

/* "according to Ann Lee", "laut Eva Roth". */
static voice by_source(const speakers *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i < first + 4; i++) {
        uint32_t after, next = i + 1;
        voice v;

        if (!(classes(s, i) & WORD_SOURCE))
            continue;
        if (next < end && classes(s, next) & WORD_PREPOSITION && !people_at(s->p, next))
            next++;
        v = clause_phrase(s, next, end, &after);
        /* "so Eva Roth." names her, "so Eva went" does not */
        if (classes(s, i) & WORD_CONJUNCTION && after < end && !is_mark(s, after))
            continue;
        return v.kind == VOICE_NONE ? v : with_cue(v, i, SURE);
    }
    return no_voice;
}

/* "said", "a déclaré", "hat gesagt": the cue that begins the clause, or GLY_NO_REF. */
static uint32_t leading_cue(const speakers *s, uint32_t i, uint32_t end)
{
    uint32_t past = clause_skip_adverbs(s, i, end);

    if (i < end && classes(s, i) & WORD_PRONOUN && classes(s, i) & (WORD_CUE | WORD_AUX)
        && memchr(s->r->t.text.ptr + s->r->t.tokens[i].at.begin, '-',
                  s->r->t.tokens[i].at.end - s->r->t.tokens[i].at.begin))
        return i;
    if (past < end && classes(s, past) & WORD_CUE && !name_is_capital(&s->r->t, past)
        && !people_at(s->p, past) && !is_mark(s, past))
        return past;
    return GLY_NO_REF;
}

/* A whole sentence after the quotation may be its attribution when it says no more:
 * “Q?” Smith asked. */
static bool says_no_more(const speakers *s, const quotation *q, uint32_t cue, uint32_t end)
{
    uint32_t mark = last_mark(s, q), next = clause_skip_adverbs(s, cue + 1, end);

    if (end < s->r->t.count && end - cue <= NEAR && has_place(s, end, PLACE_QUOTED)
        && !has_place(s, end, PLACE_SENTENCE | PLACE_PARAGRAPH))
        return false;
    if (mark == '?' || mark == '!' || mark == ',')
        return next >= end || is_mark(s, next)
               || classes(s, next) & (WORD_PREPOSITION | WORD_WEEKDAY | WORD_CONJUNCTION);
    return end - cue < 3;
}

static voice continued(const speakers *s, uint32_t confidence)
{
    voice v = s->last;

    v.cue = GLY_NO_REF;
    v.confidence = v.confidence < confidence ? v.confidence : confidence;
    return v;
}

/* “...,” the minister riffed: a subject and a verb that no list holds. */
static voice unknown_cue(const speakers *s, const quotation *q, uint32_t i, uint32_t end)
{
    bool sentence = has_place(s, i, PLACE_SENTENCE);
    uint32_t after;
    voice v;

    if (!is_open_ended(s, q) || (sentence && end - i > SHORT_SENTENCE))
        return no_voice;
    v = clause_phrase(s, i, end, &after);
    after = clause_skip_adverbs(s, after, end);
    if (v.kind == VOICE_NONE || after >= end || is_mark(s, after)
        || name_is_possessive(&s->r->t, v.at.last - 1) || name_is_capital(&s->r->t, after)
        || classes(s, after) & (WORD_PREPOSITION | WORD_CONJUNCTION))
        return no_voice;
    return with_cue(v, after, GUESSED_CUE);
}

static voice after_quotation(const speakers *s, const quotation *q)
{
    uint32_t i = behind(q), end = after_end(s, q), cue;
    bool sentence = has_place(s, i, PLACE_SENTENCE);
    voice v;

    while (i < end && (name_is_mark(&s->r->t, i, ',') || is_dash(s, i)))
        i++;
    if (i >= end)
        return no_voice;
    if ((cue = leading_cue(s, i, end)) != GLY_NO_REF
        && (!sentence || !name_is_capital(&s->r->t, i))) {
        v = clause_inverted(s, cue, end);
        if (v.kind != VOICE_NONE)
            return v;
        if (cue + 1 >= end || is_mark(s, cue + 1)) /* «...», añadió. */
            return with_cue(continued(s, SAME_PARAGRAPH), cue, SAME_PARAGRAPH);
    }
    v = by_source(s, i, end);
    if (v.kind != VOICE_NONE)
        return v;
    cue = clause_cue(s, i, end, false);
    if (cue == GLY_NO_REF || cue == i)
        return unknown_cue(s, q, i, end);
    if (sentence && !says_no_more(s, q, cue, end))
        return no_voice;
    v = clause_subject(s, i, cue, end);
    return v.kind == VOICE_NONE ? unknown_cue(s, q, i, end) : v;
}

/* "– Ann Lee, director": behind the quotation or on the line below it. */
static voice after_dash(const speakers *s, const quotation *q)
{
    uint32_t i = behind(q), first, after;
    voice v;

    while (i < s->r->t.count && is_dash(s, i) && !has_place(s, i, PLACE_QUOTED))
        i++;
    first = i;
    if (i == behind(q) || i >= s->r->t.count || !people_at(s->p, i))
        return no_voice;
    v = clause_phrase(s, first, s->r->t.count, &after);
    if (v.kind != VOICE_NAME)
        return no_voice;
    return with_cue(v, GLY_NO_REF, VOICE_NAMED_LINE);
}

static bool is_last_quote(const speakers *s, const quotation *q)
{
    return s->last.kind != VOICE_NONE && q == &s->q->items[s->last_quote];
}

/* ---- before the quotation ------------------------------------------------------------- */

static voice before_quotation(const speakers *s, const quotation *q)
{
    uint32_t first = before_begin(s, q), cue;
    voice v;

    if (first == q->open)
        return no_voice;
    cue = clause_cue(s, first, q->open, true);
    if (cue == GLY_NO_REF) {
        v = by_source(s, first, q->open);
        return v.kind == VOICE_NONE ? clause_agent(s, first, q->open) : v;
    }
    if (q > s->q->items && is_last_quote(s, q - 1) && q[-1].open > cue && q[-1].open > first
        && !is_open_ended(s, q - 1))
        return continued(s, IN_SENTENCE); /* He called it “a mess” and “a shame” */
    /* “A,” said B, “C”: the cue follows the quotation before. */
    if (cue > 0) {
        uint32_t k = cue;

        while (k > first && (name_is_mark(&s->r->t, k - 1, ',') || classes(s, k - 1) & WORD_AUX))
            k--;
        if (k > first && has_place(s, k - 1, PLACE_QUOTED)) {
            v = clause_inverted(s, cue, q->open);
            if (v.kind != VOICE_NONE)
                return v;
        }
    }
    v = clause_speaker(s, first, q->open);
    if (v.kind == VOICE_NONE)
        v = by_source(s, first, q->open);
    if (v.kind == VOICE_NONE && cue == first && !(classes(s, cue) & (WORD_TELL | WORD_PARTICIPLE)))
        v = clause_inverted(s, cue, q->open);
    if (v.kind != VOICE_NONE && q->open - cue > 3 && v.confidence > IN_SENTENCE)
        v.confidence = IN_SENTENCE;
    return v;
}

/* "Ann Lee, mayor of Wick: “...”", also with the name on the line above. */
static voice before_colon(const speakers *s, const quotation *q)
{
    uint32_t first, after, cue;
    voice v;

    if (q->open < 2 || !name_is_mark(&s->r->t, q->open - 1, ':'))
        return no_voice;
    first = paragraph_begin(s, q->open - 1);
    for (uint32_t i = q->open - 1; i > first; i--)
        if (has_place(s, i, PLACE_SENTENCE) && !has_place(s, i, PLACE_QUOTED)) {
            first = i;
            break;
        }
    if ((v = clause_speaker(s, first, q->open)).kind != VOICE_NONE)
        return v;
    cue = q->open - 2; /* he demurred: */
    if (cue > first && !is_mark(s, cue) && !name_is_capital(&s->r->t, cue)
        && !(classes(s, cue) & (WORD_SAYER | WORD_ROLE))) {
        v = clause_subject(s, first, cue, q->open);
        if ((v.kind == VOICE_NAME || v.kind == VOICE_PRONOUN) && v.confidence >= IN_SENTENCE)
            return with_cue(v, cue, GUESSED_CUE);
    }
    v = clause_phrase(s, first, q->open, &after);
    if (v.kind == VOICE_NONE)
        v = clause_first(s, first, q->open);
    return v.kind == VOICE_NONE ? v : with_cue(v, GLY_NO_REF, VOICE_NAMED_LINE);
}

/* ---- from the context ------------------------------------------------------------------- */

static bool same_paragraph(const speakers *s, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i > from; i--)
        if (has_place(s, i, PLACE_PARAGRAPH))
            return false;
    return true;
}

/* The sentence that ends before token `end`, in its paragraph: its subject. */
static voice sentence_before(const speakers *s, uint32_t end, uint32_t confidence)
{
    uint32_t first = end, cue;
    voice v;

    if (end == 0 || has_place(s, end - 1, PLACE_ASIDE))
        return no_voice;
    do
        first--;
    while (first > 0 && end - first < CLAUSE_TOKENS
           && !(has_place(s, first, PLACE_SENTENCE | PLACE_PARAGRAPH)
                && !has_place(s, first, PLACE_QUOTED)));
    cue = clause_cue(s, first, end, true);
    v = cue == GLY_NO_REF ? no_voice : clause_subject(s, first, cue, end);
    if (v.kind == VOICE_NONE)
        v = clause_first(s, first, end);
    return v.kind == VOICE_NONE ? v : with_cue(v, GLY_NO_REF, confidence);
}

/* A whole sentence in marks, as against words taken into a sentence. */
static bool is_sentence(const speakers *s, const quotation *q)
{
    uint32_t mark = last_mark(s, q);

    return name_is_capital(&s->r->t, q->open + 1)
           && has_place(s, q->open, PLACE_SENTENCE | PLACE_PARAGRAPH)
           && (mark == '.' || mark == '!' || mark == '?' || mark == ',' || !q->closed);
}

/* Whether the words in marks are a name or a slogan: “Keep Wick Tidy”. */
static bool is_title(const speakers *s, const quotation *q)
{
    uint32_t small = 0, capitals = 0;

    for (uint32_t i = q->open + 1; i < q->close; i++) {
        if (name_is_capital(&s->r->t, i))
            capitals++;
        else if (s->r->t.tokens[i].flags & GLY_TOKEN_WORD
                 && s->r->t.tokens[i].at.end - s->r->t.tokens[i].at.begin > 3)
            small++;
    }
    return small == 0 && capitals > 0 && (capitals > 1 || q->words == 1) && !is_sentence(s, q);
}

/* Lee’s “...”, her “...” */
static voice owner(const speakers *s, uint32_t first, uint32_t open)
{
    voice v = no_voice;

    if (classes(s, open - 1) & WORD_DETERMINER
        && classes(s, open - 1) & (WORD_MALE | WORD_FEMALE)) {
        v.kind = VOICE_PRONOUN;
        v.at = (name_span){ open - 1, open };
        return v;
    }
    for (uint32_t i = open; name_is_possessive(&s->r->t, open - 1) && i-- > first;) {
        const mention *m = people_at(s->p, i);

        if (!m)
            continue;
        if (m->at.last == open) {
            v.kind = VOICE_NAME;
            v.at = m->at;
            v.mention = (uint32_t)(m - s->p->mentions);
            v.person = m->person;
        }
        break;
    }
    return v;
}

/* “A,” said B. C said it would not do. “D.” */
static voice indirect_between(const speakers *s, const quotation *q)
{
    uint32_t from = behind(q - 1), first = q->open;

    while (first > from && !has_place(s, first - 1, PLACE_SENTENCE))
        first--;
    if (first <= from || first == q->open)
        return no_voice;
    return with_cue(clause_speaker(s, first - 1, q->open), GLY_NO_REF, SENTENCE_BEFORE);
}

static voice from_context(const speakers *s, uint32_t index)
{
    const quotation *q = &s->q->items[index];
    bool follows = index > 0 && s->last.kind != VOICE_NONE && s->last_quote == index - 1;
    uint32_t first = before_begin(s, q);
    voice v = no_voice;

    if (first < q->open) {
        v = owner(s, first, q->open);
        if (v.kind == VOICE_NONE)
            v = clause_first(s, first, q->open);
        if (v.kind != VOICE_NONE)
            return with_cue(v, GLY_NO_REF, NO_CUE);
    }
    if (follows && same_paragraph(s, behind(&s->q->items[index - 1]), q->open)) {
        v = indirect_between(s, q);
        return v.kind != VOICE_NONE ? v : continued(s, SAME_PARAGRAPH);
    }
    if (first > 0 && !has_place(s, first, PLACE_PARAGRAPH)) {
        v = sentence_before(s, first, SENTENCE_BEFORE);
        if (v.kind != VOICE_NONE)
            return v;
    }
    if (follows && q->open - behind(&s->q->items[index - 1]) < 60)
        return continued(s, PARAGRAPH_BEFORE);
    if (first > 0)
        v = sentence_before(s, first, PARAGRAPH_BEFORE);
    return v;
}

/* The next quotation of the paragraph names the speaker: “A.” “B,” said C. */
static voice from_next(const speakers *s, uint32_t index)
{
    const quotation *q = &s->q->items[index], *next = q + 1;

    if (index + 1 >= s->q->count || next->open - behind(q) > 2
        || !same_paragraph(s, behind(q) - 1, next->open))
        return no_voice;
    return after_quotation(s, next);
}

static voice find(const speakers *s, uint32_t index)
{
    const quotation *q = &s->q->items[index];
    bool open_ended = is_open_ended(s, q);
    voice v = open_ended ? after_quotation(s, q) : no_voice;

    if (v.kind == VOICE_NONE)
        v = before_quotation(s, q);
    if (v.kind == VOICE_NONE && !open_ended)
        v = after_quotation(s, q);
    if (v.kind == VOICE_NONE)
        v = after_dash(s, q);
    if (v.kind == VOICE_NONE)
        v = before_colon(s, q);
    return v;
}

/* The paper, “On walking”, appears: what it is called. */
static bool is_apposition(const speakers *s, const quotation *q)
{
    return q->open > 0 && name_is_mark(&s->r->t, q->open - 1, ',')
           && !has_place(s, q->open, PLACE_PARAGRAPH) && name_is_mark(&s->r->t, behind(q), ',');
}

/* Words that nobody says: titles, slogans, scare quotes. */
static bool is_spoken(const speakers *s, const quotation *q, const voice *v)
{
    bool beside = v->cue != GLY_NO_REF
                  && ((v->cue < q->open && q->open - v->cue <= 3)
                      || (v->cue > q->open && is_open_ended(s, q)));

    if (q->open > 0 && classes(s, q->open - 1) & WORD_NAMING && q->words < FEW_WORDS)
        return false;
    if (v->kind == VOICE_NONE || beside)
        return v->kind != VOICE_NONE;
    if (is_title(s, q) || is_apposition(s, q))
        return false;
    return q->words >= FEW_WORDS || v->confidence >= IN_SENTENCE
           || (is_sentence(s, q) && v->confidence >= SAME_PARAGRAPH);
}

voice speaker_find(speakers *s, uint32_t index)
{
    const quotation *q = &s->q->items[index];
    voice v = find(s, index);

    if (v.kind == VOICE_NONE && (q->words >= FEW_WORDS || is_sentence(s, q))) {
        v = from_next(s, index);
        if (v.kind == VOICE_NONE)
            v = from_context(s, index);
    }
    if (!is_spoken(s, q, &v))
        return no_voice;
    v = resolve_voice(s, v);
    s->last = v;
    s->last_quote = index;
    return v;
}

bool speaker_is_speech(const speakers *s, const quotation *q)
{
    return q->words >= SPEECH_WORDS && has_place(s, q->open, PLACE_PARAGRAPH) && is_sentence(s, q)
           && !has_place(s, q->open, PLACE_ASIDE)
           && (behind(q) >= s->r->t.count || has_place(s, behind(q), PLACE_PARAGRAPH));
}
