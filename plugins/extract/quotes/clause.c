/* clause - a shallow reading: word classes, commas and capitals. */
#include "extract/quotes/clause.h"

#include "kit/words.h"

enum { LONGEST_PHRASE = 24, BESIDE_CUE = 950, APART_FROM_CUE = 800, MOST_CUES = 3,
       LONGEST_INSERTION = 12 };

static const voice no_voice = { VOICE_NONE, { 0, 0 }, GLY_NO_REF, GLY_NO_REF, GLY_NO_REF, 0 };

static uint32_t classes(const speakers *s, uint32_t i)
{
    return name_classes(&s->r->t, i);
}

static bool is_word(const speakers *s, uint32_t i)
{
    return i < s->r->t.count && s->r->t.tokens[i].flags & GLY_TOKEN_WORD;
}

static bool is_lower(const speakers *s, uint32_t i)
{
    return is_word(s, i) && !name_is_capital(&s->r->t, i);
}

static bool is_comma(const speakers *s, uint32_t i)
{
    return name_is_mark(&s->r->t, i, ',');
}

static bool is_quoted(const speakers *s, uint32_t i)
{
    return s->r->place[i] & PLACE_QUOTED;
}

/* French "a" is English "a": a word of two classes is an auxiliary when a verb follows. */
static bool is_auxiliary(const speakers *s, uint32_t i)
{
    uint32_t c = classes(s, i);

    if (!(c & WORD_AUX))
        return false;
    return !(c & WORD_DETERMINER)
           || (i + 1 < s->r->t.count && classes(s, i + 1) & (WORD_CUE | WORD_AUX));
}

static bool is_adverb(const speakers *s, uint32_t i)
{
    gly_range at = s->r->t.tokens[i].at;
    const char *text = s->r->t.text.ptr;

    if (is_auxiliary(s, i) || classes(s, i) & WORD_WEEKDAY)
        return true;
    return is_lower(s, i) && at.end - at.begin > 4 && text[at.end - 1] == 'y'
           && text[at.end - 2] == 'l' && !(classes(s, i) & (WORD_SAYER | WORD_ROLE));
}

/* "on Monday", "in March" */
static bool is_when(const speakers *s, uint32_t i, uint32_t end)
{
    return i + 1 < end && classes(s, i) & WORD_PREPOSITION && !is_quoted(s, i + 1)
           && name_is_capital(&s->r->t, i + 1) && classes(s, i + 1) & (WORD_WEEKDAY | WORD_MONTH);
}

uint32_t clause_skip_adverbs(const speakers *s, uint32_t i, uint32_t end)
{
    while (i < end && !is_quoted(s, i) && is_word(s, i)) {
        if (is_when(s, i, end))
            i += 2;
        else if (is_adverb(s, i))
            i++;
        else
            break;
    }
    return i;
}

/* he, she, they: the subject forms; "la", "il" are articles unless a verb follows. */
static bool is_pronoun(const speakers *s, uint32_t i)
{
    uint32_t c = classes(s, i), next;

    if (!(c & WORD_PRONOUN) || c & WORD_RELATIVE)
        return false;
    if (!(c & (WORD_DETERMINER | WORD_PREPOSITION | WORD_PARTICLE)))
        return true;
    next = i + 1 < s->r->t.count ? classes(s, i + 1) : 0;
    if (i > 0 && classes(s, i - 1) & WORD_CUE
        && (i + 1 >= s->r->t.count || name_mark(&s->r->t, i + 1)))
        return true; /* said another. */
    return next & (WORD_CUE | WORD_AUX) && !(next & (WORD_SAYER | WORD_ROLE));
}

/* A cue that is a verb here: "the report" and "a claim" are not. */
static bool is_cue(const speakers *s, uint32_t i)
{
    uint32_t c = classes(s, i);

    if (!(c & WORD_CUE) || name_is_possessive(&s->r->t, i))
        return false;
    if (name_is_capital(&s->r->t, i) && !(s->r->place[i] & PLACE_SENTENCE))
        return false;
    if (i == 0 || is_quoted(s, i - 1))
        return true;
    if ((classes(s, i - 1) & WORD_PASSIVE && !(c & WORD_PARTICIPLE))
        || classes(s, i + 1) & WORD_AGENT)
        return false;
    return !name_is_possessive(&s->r->t, i - 1)
           && (!(classes(s, i - 1) & WORD_DETERMINER) || classes(s, i - 1) & WORD_PRONOUN);
}

uint32_t clause_cue(const speakers *s, uint32_t first, uint32_t end, bool backwards)
{
    uint32_t tokens = end - first < CLAUSE_TOKENS ? end - first : CLAUSE_TOKENS;

    for (uint32_t k = 0; k < tokens; k++) {
        uint32_t i = backwards ? end - 1 - k : first + k;

        if (!is_quoted(s, i) && is_cue(s, i))
            return i;
    }
    return GLY_NO_REF;
}

/* ---- noun phrases ------------------------------------------------------------------ */

typedef struct phrase {
    uint32_t first, i, end, nouns, head_end; /* head_end: before its complement, or 0 */
    bool     office;                         /* it names one, or a body that speaks   */
} phrase;

/* "WHA chief executive", "the Trump campaign": the name belongs to the noun after it. */
static bool leads_to_noun(const speakers *s, uint32_t i, uint32_t end)
{
    for (uint32_t k = i; k < end && k < i + 3 && is_lower(s, k) && !is_quoted(s, k); k++) {
        uint32_t c = classes(s, k);

        if (c & (WORD_ROLE | WORD_SAYER))
            return true;
        if (c
            & (WORD_CUE | WORD_AUX | WORD_PREPOSITION | WORD_DETERMINER | WORD_RELATIVE
               | WORD_PRONOUN | WORD_CONJUNCTION))
            return false;
    }
    return false;
}

/* "former Ohio senator Ann Lee", "conservative commentator Tom Lee" */
static bool is_premodifier(const speakers *s, uint32_t i)
{
    if (!is_lower(s, i)
        || classes(s, i)
               & (WORD_PREPOSITION | WORD_CUE | WORD_AUX | WORD_CONJUNCTION | WORD_RELATIVE))
        return false;
    return leads_to_noun(s, i, i + 4)
           || (people_at(s->p, i + 1) && leads_to_noun(s, people_at(s->p, i + 1)->at.last, i + 9))
           || (people_at(s->p, i + 1) && i > 0 && classes(s, i - 1) & WORD_CUE);
}

static voice named(const speakers *s, const mention *m)
{
    voice v = no_voice;

    v.kind = VOICE_NAME;
    v.at = m->at;
    v.mention = (uint32_t)(m - s->p->mentions);
    v.person = m->person;
    return v;
}

/* A mention inside the phrase: the speaker, or a part of what leads to him. */
static bool take_mention(const speakers *s, phrase *f, const mention *m, voice *v)
{
    uint32_t behind = m->at.last;
    bool complement =
        f->head_end && classes(s, f->i - 1) & (WORD_PREPOSITION | WORD_DETERMINER | WORD_ORG);

    f->i = behind;
    f->nouns += m->parts.kind != NAME_NONE;
    if (name_is_possessive(&s->r->t, behind - 1)) {
        if (f->i < f->end && !is_word(s, f->i) && !is_comma(s, f->i))
            f->i++; /* the apostrophe of "officers’" */
        return false;
    }
    if (m->parts.kind == NAME_ROLE) {
        f->office = true;
        return false;
    }
    if (leads_to_noun(s, behind, f->end))
        return false;
    if (complement || m->parts.kind == NAME_NONE)
        return false;
    *v = named(s, m);
    return true;
}

/* Whether the word at f->i goes on with the phrase. */
static bool take_word(const speakers *s, phrase *f)
{
    uint32_t c = classes(s, f->i);

    if (c & WORD_RELATIVE && !(c & (WORD_DETERMINER | WORD_PREPOSITION)))
        return false;
    if (c & WORD_PREPOSITION && f->i > f->first) {
        if (f->nouns == 0
            && !(classes(s, f->first) & (WORD_NUMBER | WORD_PRONOUN))) /* "one of the ..." */
            return false;
        f->head_end = f->head_end ? f->head_end : f->i;
        return true;
    }
    if (c & WORD_DETERMINER)
        return f->i == f->first || classes(s, f->i - 1) & WORD_PREPOSITION;
    if (c & (WORD_AUX | WORD_PRONOUN)
        || (c & WORD_CONJUNCTION
            && !(f->office && (f->head_end || leads_to_noun(s, f->i + 1, f->end)))))
        return false;
    if (c & WORD_CUE && !(c & (WORD_ROLE | WORD_SAYER)) && is_cue(s, f->i))
        return false;
    f->nouns += !is_adverb(s, f->i);
    f->office |= (c & (WORD_ROLE | WORD_SAYER)) != 0;
    return true;
}

/* "the town clerk, Ruth Ames": a name after the comma is the speaker's. */
static bool take_apposition(const speakers *s, phrase *f, voice *v)
{
    const mention *m = f->i + 1 < f->end ? people_at(s->p, f->i + 1) : NULL;

    if (!m || !f->office || s->r->place[f->i + 1] & PLACE_SENTENCE)
        return false;
    if (m->parts.kind != NAME_PERSON
        && !((m->parts.kind == NAME_ORGANISATION || m->parts.kind == NAME_OTHER)
             && is_comma(s, m->at.last)))
        return false;
    f->i = m->at.last;
    *v = named(s, m);
    return true;
}

static voice pronoun(uint32_t i)
{
    voice v = no_voice;

    v.kind = VOICE_PRONOUN;
    v.at = (name_span){ i, i + 1 };
    return v;
}

static bool begins_phrase(const speakers *s, uint32_t i)
{
    if (people_at(s->p, i)
        || classes(s, i) & (WORD_DETERMINER | WORD_ROLE | WORD_SAYER | WORD_NUMBER))
        return true;
    return is_premodifier(s, i);
}

/* Walks over the phrase; `*v` is set when a name ends it. */
static void walk(const speakers *s, phrase *f, voice *v)
{
    while (f->i < f->end && f->i - f->first < LONGEST_PHRASE && !is_quoted(s, f->i)) {
        const mention *m = people_at(s->p, f->i);

        if (f->i > f->first && s->r->place[f->i] & PLACE_SENTENCE)
            return;
        if (m) {
            if (take_mention(s, f, m, v))
                return;
            continue;
        }
        if (is_comma(s, f->i)) {
            take_apposition(s, f, v);
            return;
        }
        if (!(s->r->t.tokens[f->i].flags & (GLY_TOKEN_WORD | GLY_TOKEN_NUMBER)) || !take_word(s, f))
            return;
        f->i++;
    }
}

voice clause_phrase(const speakers *s, uint32_t first, uint32_t end, uint32_t *after)
{
    phrase f = { first, first, end, 0, 0, false };
    voice v = no_voice;

    *after = first;
    if (first >= end || is_quoted(s, first))
        return v;
    if (is_pronoun(s, first)) {
        *after = first + 1;
        return pronoun(first);
    }
    if (!begins_phrase(s, first)
        || (people_at(s->p, first) && people_at(s->p, first)->parts.kind == NAME_NONE))
        return v;
    walk(s, &f, &v);
    *after = f.i > first ? f.i : first + 1;
    if (v.kind != VOICE_NONE || f.nouns == 0 || f.i == first)
        return v;
    while (f.i > first && classes(s, f.i - 1) & (WORD_PREPOSITION | WORD_DETERMINER))
        f.i--;
    v.kind = f.i > first ? VOICE_PHRASE : VOICE_NONE;
    v.at = (name_span){ first, f.i };
    return v;
}

/* ---- the subject ---------------------------------------------------------------------- */

/* Weights of what speaks for a phrase as the subject of a cue; set by reasoning. */
enum {
    NEXT_TO_CUE = 14,      /* only auxiliaries and adverbs between          */
    BEFORE_APPOSITION = 5, /* ", the mayor, said", "who lives there, said"  */
    FIRST_IN_CLAUSE = 5,
    IS_PERSON = 6, IS_PRONOUN = 6, IS_NAME = 3, IS_OFFICE = 2, IS_BODY = 2,
    IS_PLACE = -4, IS_IT = -3, IS_THING = -1,
    AFTER_PREPOSITION = -10,
    AFTER_TELL = -8,       /* the hearer                                    */
    IS_OWNER = -8,         /* "Castle’s" is not the subject                 */
    BEFORE_MAIN_CLAUSE = -4, /* "When Castle came, the mayor said"         */
    IS_OBJECT = -5,        /* "granted Castle an extension, saying"         */
};

static int kind_weight(const speakers *s, const voice *v)
{
    uint32_t c = classes(s, v->at.first);

    if (v->kind == VOICE_PRONOUN)
        return c & (WORD_MALE | WORD_FEMALE) ? IS_PRONOUN : IS_IT;
    if (v->kind == VOICE_PHRASE) {
        for (uint32_t i = v->at.first; i < v->at.last; i++)
            if (classes(s, i) & (WORD_ROLE | WORD_SAYER) && !name_is_possessive(&s->r->t, i))
                return IS_OFFICE;
        return IS_THING;
    }
    switch (s->p->mentions[v->mention].parts.kind) {
    case NAME_PERSON:       return IS_PERSON;
    case NAME_ORGANISATION: return IS_BODY;
    case NAME_PLACE:        return IS_PLACE;
    case NAME_OTHER:        return IS_NAME;
    default:                return 0;
    }
}

/* Nothing but adverbs, or a whole apposition between commas, parts them. */
static bool is_beside(const speakers *s, uint32_t after, uint32_t cue)
{
    uint32_t last = cue;

    if (clause_skip_adverbs(s, after, cue) == cue)
        return true;
    while (last > after && is_word(s, last - 1) && is_adverb(s, last - 1))
        last--;
    return last > after + 1 && (is_comma(s, last - 1) || name_is_mark(&s->r->t, last - 1, ')'))
           && (is_comma(s, after) || name_is_mark(&s->r->t, after, '('));
}

/* Past "In an interview with X," and "When X came,": where the main clause begins. */
static uint32_t main_clause(const speakers *s, uint32_t first, uint32_t end)
{
    uint32_t after;

    if (first >= end || clause_phrase(s, first, end, &after).kind != VOICE_NONE)
        return first;
    for (uint32_t i = first + 1; i + 1 < end; i++)
        if (is_comma(s, i) && !is_quoted(s, i))
            return i + 1;
    return first;
}

/* Past the bracket that closes the one at i, or i when none opens there. */
static uint32_t past_brackets(const speakers *s, uint32_t i, uint32_t end)
{
    if (!name_is_mark(&s->r->t, i, '('))
        return i;
    for (uint32_t k = i + 1; k < end; k++)
        if (name_is_mark(&s->r->t, k, ')'))
            return k + 1;
    return i;
}

/* Whether the word before a phrase looks like a verb that has it as its object. */
static bool is_object(const speakers *s, uint32_t i)
{
    return is_lower(s, i) && !is_quoted(s, i)
           && !(classes(s, i)
                & (WORD_CONJUNCTION | WORD_RELATIVE | WORD_DETERMINER | WORD_ROLE | WORD_SAYER
                   | WORD_AUX | WORD_PREPOSITION | WORD_CUE));
}

/* `begin`: the first token of the phrase, which the office before a name belongs to. */
static int weigh(const speakers *s, const voice *v, uint32_t begin, uint32_t after, uint32_t first,
                 uint32_t cue, uint32_t main)
{
    uint32_t before = begin, next = clause_skip_adverbs(s, after, cue);
    int weight = kind_weight(s, v) - (int)(cue - after) / 8;

    if (next == cue && !(classes(s, cue) & WORD_PARTICIPLE))
        weight += NEXT_TO_CUE;
    else if (after < cue && (is_comma(s, after) || classes(s, after) & WORD_RELATIVE
                             || name_is_mark(&s->r->t, after, '(')))
        weight += BEFORE_APPOSITION;
    if (before > first && classes(s, before - 1) & (WORD_PREPOSITION | WORD_SOURCE)
        && !is_quoted(s, before - 1)
        && !(next == cue && classes(s, before - 1) & WORD_CONJUNCTION)) /* "after Castle said" */
        weight += AFTER_PREPOSITION;
    if (before < main)
        weight += BEFORE_MAIN_CLAUSE;
    if (before > first && classes(s, before - 1) & WORD_TELL && is_cue(s, before - 1))
        weight += AFTER_TELL;
    if (next != cue && before > first && is_object(s, before - 1))
        weight += IS_OBJECT;
    if (after > v->at.first && name_is_possessive(&s->r->t, v->at.last - 1))
        weight += IS_OWNER;
    return weight;
}

/* "who, on a call on Friday, said": before the commas that end at i, or i. */
static uint32_t before_insertion(const speakers *s, uint32_t first, uint32_t i)
{
    if (i < first + 3 || !is_comma(s, i - 1))
        return i;
    for (uint32_t k = i - 1; k-- > first && i - k < LONGEST_INSERTION;)
        if (is_comma(s, k))
            return classes(s, k - 1) & WORD_RELATIVE && k > first ? k : i;
    return i;
}

/* "..., who declared": the relative stands for the name before it. */
static voice relative(const speakers *s, uint32_t first, uint32_t cue)
{
    uint32_t i = cue, after, end;
    voice v = no_voice;

    while (i > first && is_word(s, i - 1) && is_adverb(s, i - 1))
        i--;
    i = before_insertion(s, first, i);
    if (i < first + 2 || !(classes(s, i - 1) & WORD_RELATIVE)
        || classes(s, i - 1) & WORD_DETERMINER)
        return v;
    end = is_comma(s, i - 2) ? i - 2 : i - 1;
    for (uint32_t k = end; k-- > first && end - k < LONGEST_PHRASE;) {
        v = clause_phrase(s, k, end, &after);
        if (v.kind == VOICE_NAME && after == end)
            break;
        v = no_voice;
    }
    if (v.kind != VOICE_NONE) {
        v.kind = VOICE_PRONOUN;
        v.at = (name_span){ i - 1, i };
        v.confidence = BESIDE_CUE - 50;
    }
    return v;
}

static voice subject_of(const speakers *s, uint32_t first, uint32_t cue)
{
    voice best = no_voice;
    int best_weight = 0;
    bool is_first = true;
    uint32_t after, main = main_clause(s, first, cue);

    if (cue - first > CLAUSE_TOKENS)
        first = cue - CLAUSE_TOKENS;
    for (uint32_t i = first; i < cue; i = after) {
        voice v;
        int weight;

        if ((after = past_brackets(s, i, cue)) > i)
            continue;
        v = clause_phrase(s, i, cue, &after);

        if (v.kind == VOICE_NONE) {
            after = after > i ? after : i + 1;
            continue;
        }
        weight = weigh(s, &v, i, after, first, cue, main);
        if (is_first && weight > 0)
            weight += FIRST_IN_CLAUSE;
        is_first &= weight <= 0;
        if (weight > best_weight) {
            best = v;
            best_weight = weight;
            best.confidence =
                is_beside(s, after, cue) && weight >= NEXT_TO_CUE / 2 ? BESIDE_CUE : APART_FROM_CUE;
        }
    }
    best.cue = cue;
    return best;
}

voice clause_inverted(const speakers *s, uint32_t cue, uint32_t end)
{
    uint32_t after, i = clause_skip_adverbs(s, cue + 1, end);
    voice v = no_voice;

    if (classes(s, cue) & WORD_PRONOUN) { /* dit-elle */
        v = pronoun(cue);
    } else {
        if (i < end && name_is_mark(&s->r->t, i, ':'))
            i++;
        if (i >= end
            || (classes(s, i) & WORD_PREPOSITION && !(classes(s, i) & WORD_DETERMINER)
                && !people_at(s->p, i)))
            return v;
        v = clause_phrase(s, i, end, &after);
    }
    v.cue = cue;
    v.confidence = BESIDE_CUE;
    return v;
}

/* "..., said Ann Lee, the mayor": a comma before the cue, a phrase and a mark after
 * it. "Lee, the mayor, said Wick would ..." has no mark there. */
static bool is_inverted(const speakers *s, uint32_t first, uint32_t cue, uint32_t end)
{
    uint32_t next = cue + 1, after;

    if (cue <= first || !is_comma(s, cue - 1) || next >= end || is_quoted(s, next)
        || classes(s, cue) & (WORD_PARTICIPLE | WORD_TELL))
        return false;
    return clause_phrase(s, next, end, &after).kind != VOICE_NONE
           && (after >= s->r->t.count || is_comma(s, after) || name_is_mark(&s->r->t, after, '.')
               || name_is_mark(&s->r->t, after, ';')
               || s->r->place[after] & (PLACE_SENTENCE | PLACE_PARAGRAPH));
}

voice clause_subject(const speakers *s, uint32_t first, uint32_t cue, uint32_t end)
{
    voice v;

    if (is_inverted(s, first, cue, end) && (v = clause_inverted(s, cue, end)).kind != VOICE_NONE)
        return v;

    if (cue - first > CLAUSE_TOKENS)
        first = cue - CLAUSE_TOKENS;
    v = relative(s, first, cue);
    if (v.kind == VOICE_NONE)
        return subject_of(s, first, cue);
    v.cue = cue;
    return v;
}

/* Of the last cues before `end` the nearest whose subject stands beside it; "Lee said
 * ..., adding" has one subject for both. */
voice clause_speaker(const speakers *s, uint32_t first, uint32_t end)
{
    voice found = no_voice;
    uint32_t cue = end;

    for (int tries = 0; tries < MOST_CUES && (cue = clause_cue(s, first, cue, true)) != GLY_NO_REF;
         tries++) {
        voice v = clause_subject(s, first, cue, end);

        if (v.kind != VOICE_NONE && v.confidence > APART_FROM_CUE) {
            if (found.kind != VOICE_NONE) {
                v.cue = found.cue;
                v.confidence = APART_FROM_CUE;
            }
            return v;
        }
        if (found.kind == VOICE_NONE)
            found = v;
    }
    return found;
}

voice clause_agent(const speakers *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = end; i-- > first + 1 && end - i < CLAUSE_TOKENS;) {
        uint32_t after;
        voice v;

        if (!(classes(s, i) & WORD_AGENT) || !(classes(s, i - 1) & WORD_CUE) || is_quoted(s, i))
            continue;
        v = clause_phrase(s, i + 1, end, &after);
        v.cue = i - 1;
        v.confidence = APART_FROM_CUE;
        return v;
    }
    return no_voice;
}

voice clause_first(const speakers *s, uint32_t first, uint32_t end)
{
    uint32_t after, begin;
    voice spare = no_voice;

    if (end - first > CLAUSE_TOKENS)
        end = first + CLAUSE_TOKENS;
    begin = main_clause(s, first, end);
    for (uint32_t i = begin; i < end; i = after > i ? after : i + 1) {
        voice v;

        if ((after = past_brackets(s, i, end)) > i)
            continue;
        v = clause_phrase(s, i, end, &after);

        if (v.kind == VOICE_NONE || kind_weight(s, &v) < IS_OFFICE
            || (i > first && classes(s, i - 1) & WORD_PREPOSITION)
            || name_is_possessive(&s->r->t, v.at.last - 1))
            continue;
        if (kind_weight(s, &v) >= IS_NAME || i == begin)
            return v;
        spare = spare.kind == VOICE_NONE ? v : spare;
    }
    return spare;
}
