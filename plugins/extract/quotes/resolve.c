/* resolve - who a voice is: pronouns, offices and bodies led to names, and the record. */
#include "extract/quotes/resolve.h"

#include "extract/quotes/clause.h"
#include "kit/words.h"

enum { ANTECEDENT_TOKENS = 150, NOT_A_PERSON = 100 /* less without a full name */ };

static uint32_t classes(const speakers *s, uint32_t i)
{
    return name_classes(&s->r->t, i);
}

static bool has_place(const speakers *s, uint32_t i, unsigned place)
{
    return i < s->r->t.count && s->r->place[i] & place;
}

static bool may_be(const speakers *s, uint32_t who, uint32_t gender)
{
    return who != GLY_NO_REF
           && (!s->p->persons[who].gender || !gender || s->p->persons[who].gender == gender);
}

/* A pronoun is the last speaker, unless a later sentence begins with another person:
 * then that one. */
static uint32_t antecedent(const speakers *s, uint32_t pronoun)
{
    uint32_t gender = classes(s, pronoun) & (WORD_MALE | WORD_FEMALE), found = GLY_NO_REF;
    uint32_t limit = pronoun > ANTECEDENT_TOKENS ? pronoun - ANTECEDENT_TOKENS : 0;
    bool speaks = s->last.kind != VOICE_NONE && may_be(s, s->last.person, gender);

    for (uint32_t i = pronoun; i-- > limit;) {
        const mention *m = people_at(s->p, i);

        if (m && m->parts.kind == NAME_PERSON && may_be(s, m->person, gender)
            && !name_is_possessive(&s->r->t, m->at.last - 1)) {
            found = m->person;
            if (has_place(s, i, PLACE_SENTENCE) && (!speaks || i > s->last.at.first))
                return found;
        }
        if (found != GLY_NO_REF && has_place(s, i, PLACE_SENTENCE)
            && !has_place(s, i, PLACE_QUOTED))
            break;
    }
    if (found != GLY_NO_REF && gender && s->p->persons[found].gender == gender
        && speaks && s->p->persons[s->last.person].gender != gender)
        return found;
    return speaks && (found == GLY_NO_REF || s->last.at.first + ANTECEDENT_TOKENS / 2 > pronoun)
               ? s->last.person
               : found;
}

/* "it" and "they": the last body named in the same sentence. */
static void find_body(const speakers *s, voice *v)
{
    for (uint32_t i = v->at.first; i-- > 0 && v->at.first - i < CLAUSE_TOKENS;) {
        const mention *m = people_at(s->p, i);

        if (m && m->parts.kind == NAME_ORGANISATION
            && !name_is_possessive(&s->r->t, m->at.last - 1))
            v->mention = (uint32_t)(m - s->p->mentions);
        if (has_place(s, i, PLACE_SENTENCE) && !has_place(s, i, PLACE_QUOTED))
            return;
    }
}

/* Whether a mention gives as much of the name as any other. */
static bool is_full(const speakers *s, const person *who, uint32_t index)
{
    const name_span a = s->p->mentions[index].parts.name,
                    b = s->p->mentions[who->mention].parts.name;

    return a.last - a.first >= b.last - b.first;
}

voice resolve_voice(speakers *s, voice v)
{
    uint32_t gender;

    if (v.kind == VOICE_NONE)
        return v;
    if (v.kind == VOICE_PRONOUN && v.person == GLY_NO_REF
        && classes(s, v.at.first) & (WORD_MALE | WORD_FEMALE | WORD_RELATIVE)) {
        v.person = antecedent(s, v.at.first);
        gender = classes(s, v.at.first) & (WORD_MALE | WORD_FEMALE);
        if (v.person != GLY_NO_REF && gender && gender != (WORD_MALE | WORD_FEMALE))
            s->p->persons[v.person].gender = gender;
    }
    if (v.kind == VOICE_PRONOUN && v.person == GLY_NO_REF
        && !(classes(s, v.at.first) & (WORD_MALE | WORD_FEMALE)))
        find_body(s, &v);
    if (v.kind == VOICE_PHRASE)
        v.person = people_by_office(s->r, s->p, v.at);
    if (v.person != GLY_NO_REF) {
        person *who = &s->p->persons[v.person];

        if (v.kind == VOICE_NAME && v.cue == GLY_NO_REF && v.confidence == VOICE_NAMED_LINE)
            people_describe_line(s->r, who, &s->p->mentions[v.mention]);
        if (v.kind == VOICE_NAME && is_full(s, who, v.mention))
            people_describe(s->r, s->p, who, &s->p->mentions[v.mention]);
        people_describe(s->r, s->p, who, &s->p->mentions[who->mention]);
        if (v.kind == VOICE_NAME)
            people_describe(s->r, s->p, who, &s->p->mentions[v.mention]);
    }
    return v;
}

/* ---- writing ---------------------------------------------------------------------- */

static gly_str words_of(const speakers *s, name_span span)
{
    return span.first < span.last ? gly_slice(s->r->t.text, name_range(&s->r->t, span))
                                  : (gly_str){ NULL, 0 };
}

static void write_person(const speakers *s, const person *who, gly_quote *quote)
{
    const mention *m = &s->p->mentions[who->mention];
    const name_parts *parts = &m->parts;
    name_span full = { parts->title.first < parts->title.last ? parts->title.first
                                                              : parts->name.first,
                       parts->name.last };

    quote->speaker = words_of(s, full);
    quote->name = words_of(s, parts->name);
    quote->role = words_of(s, who->role);
    quote->organisation = words_of(s, who->organisation);
    if (quote->role.len == 0)
        for (uint32_t i = parts->title.first; i < parts->title.last; i++)
            if (classes(s, i) & WORD_ROLE)
                quote->role = words_of(s, parts->title);
}

static void write_phrase(const speakers *s, const voice *v, gly_quote *quote)
{
    name_span role, organisation;

    quote->speaker = words_of(s, v->mention == GLY_NO_REF ? v->at : s->p->mentions[v->mention].at);
    if (v->kind == VOICE_PHRASE && name_office(&s->r->t, v->at, &role, &organisation)) {
        quote->role = words_of(s, role);
        quote->organisation = words_of(s, organisation);
    } else if (v->mention != GLY_NO_REF
               && s->p->mentions[v->mention].parts.kind == NAME_ORGANISATION) {
        quote->organisation = quote->speaker;
    }
}

void resolve_write(const speakers *s, const voice *v, gly_quote *quote)
{
    quote->speaker_at = name_range(&s->r->t, v->at);
    quote->confidence = v->confidence;
    if (v->cue != GLY_NO_REF)
        quote->cue = gly_slice(s->r->t.text, s->r->t.tokens[v->cue].at);
    if (v->person != GLY_NO_REF)
        write_person(s, &s->p->persons[v->person], quote);
    else
        write_phrase(s, v, quote);
    if (v->person == GLY_NO_REF || s->p->persons[v->person].words < 2)
        quote->confidence -= quote->confidence > NOT_A_PERSON ? NOT_A_PERSON : 0;
}
