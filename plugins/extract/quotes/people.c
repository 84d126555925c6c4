/* people - mentions, persons, and what is said of them beside their names. */
#include "extract/quotes/people.h"

#include "kit/words.h"

enum { LONGEST_OFFICE = 24, MOST_PREMODIFIERS = 9, PROBES = 32, MOST_NAME_WORDS = 4,
       LONGEST_ADDRESS = 4, MOST_OFFICES = 64, FEWEST_KEYS = 64,
       MOST_MENTIONS = 1 << 17 /* of one text; what is named behind them is not known */ };

const mention *people_at(const people *p, uint32_t token)
{
    return p->mention_at[token] ? &p->mentions[p->mention_at[token] - 1] : NULL;
}

static uint32_t classes(const reading *r, uint32_t i)
{
    return name_classes(&r->t, i);
}

static bool is_word(const reading *r, uint32_t i)
{
    return r->t.tokens[i].flags & GLY_TOKEN_WORD;
}

static uint32_t name_words(const reading *r, name_span s)
{
    uint32_t words = 0;

    for (uint32_t i = s.first; i < s.last; i++)
        words += (r->t.tokens[i].flags & GLY_TOKEN_WORD) != 0;
    return words;
}

struct people_key {
    uint32_t hash;
    uint32_t person; /* index + 1; 0: free */
};

/* Of a word in lower case, without its possessive ending. */
static uint32_t key_of(const reading *r, uint32_t token)
{
    gly_str word = r->t.terms[r->t.tokens[token].term].text;
    uint32_t owner = name__without_possessive(word);

    word.len = owner ? owner : word.len;
    return (uint32_t)word_hash(word);
}

/* Where a name is kept or may be put; NULL when the table is crowded there. */
static struct people_key *find_key(const people *p, uint32_t hash)
{
    uint32_t slot = hash & p->key_mask;

    for (int probe = 0; probe < PROBES; probe++, slot = (slot + 1) & p->key_mask)
        if (p->keys[slot].person == 0 || p->keys[slot].hash == hash)
            return &p->keys[slot];
    return NULL;
}

/* The last word of a name, or GLY_NO_REF. */
static uint32_t surname(const reading *r, name_span name)
{
    for (uint32_t i = name.last; i > name.first; i--)
        if (r->t.tokens[i - 1].term != GLY_NO_REF)
            return i - 1;
    return GLY_NO_REF;
}

static uint32_t gender_in(const reading *r, name_span s)
{
    uint32_t found = 0;

    for (uint32_t i = s.first; i < s.last; i++)
        found |= classes(r, i) & (WORD_MALE | WORD_FEMALE);
    return found == (WORD_MALE | WORD_FEMALE) ? 0 : found;
}

/* By the title, the office or the first name. */
static uint32_t gender_of(const reading *r, const name_parts *parts)
{
    uint32_t found = gender_in(r, parts->title);

    if (!found)
        found = gender_in(r, parts->role);
    if (!found && parts->name.last - parts->name.first > 1)
        found = gender_in(r, (name_span){ parts->name.first, parts->name.first + 1 });
    return found;
}

/* Whether two names with one surname may be one person's: "Ann Lee" and "A. Lee", not
 * "Ann Lee" and "Tom Lee". */
static bool agree(const reading *r, name_span a, name_span b)
{
    const gly_token *x = &r->t.tokens[a.first], *y = &r->t.tokens[b.first];

    if (name_words(r, a) < 2 || name_words(r, b) < 2 || x->term == y->term)
        return true;
    return (x->at.end - x->at.begin == 1 || y->at.end - y->at.begin == 1)
           && r->t.text.ptr[x->at.begin] == r->t.text.ptr[y->at.begin];
}

/* "Graham" alone leads to Graham Hill, until another person has that surname. */
static void add_first_name(const reading *r, people *p, name_span name)
{
    struct people_key *key;

    if (r->t.tokens[name.first].term == GLY_NO_REF)
        return;
    key = find_key(p, key_of(r, name.first));
    if (key && key->person == 0)
        *key = (struct people_key){ key_of(r, name.first), p->person_count };
}

/* Room for one more in an array of the scratch arena, which frees nothing. */
static void *grow(gly_arena *scratch, void *items, uint32_t count, uint32_t *capacity, size_t size)
{
    uint32_t wanted = *capacity ? *capacity * 2 : 32;
    void *more;

    if (count < *capacity)
        return items;
    more = gly_alloc_n(scratch, wanted, size, _Alignof(max_align_t));
    if (more && count)
        memcpy(more, items, count * size);
    *capacity = more ? wanted : *capacity;
    return more;
}

static void join_person(const reading *r, people *p, uint32_t index)
{
    mention *m = &p->mentions[index];
    uint32_t last = surname(r, m->parts.name), words = name_words(r, m->parts.name);
    struct people_key *key = last == GLY_NO_REF ? NULL : find_key(p, key_of(r, last));
    person *who;

    if (!key)
        return;
    if (key->person == 0
        || !agree(r, p->mentions[p->persons[key->person - 1].mention].parts.name, m->parts.name)) {
        if (m->parts.kind == NAME_PLACE || words > MOST_NAME_WORDS)
            return;
        p->persons[p->person_count++] = (person){ .mention = index, .words = words };
        *key = (struct people_key){ key_of(r, last), p->person_count };
        if (words > 1)
            add_first_name(r, p, m->parts.name);
    }
    m->person = key->person - 1;
    who = &p->persons[m->person];
    if (words > who->words) {
        who->mention = index;
        who->words = words;
        add_first_name(r, p, m->parts.name);
    }
    if (who->words > 1)
        m->parts.kind = NAME_PERSON;
    if (!who->gender)
        who->gender = gender_of(r, &m->parts);
}

/* A run does not go past the end of its sentence: "at Acme Inc. Ann Lee said". */
static name_span within_sentence(const reading *r, name_span run)
{
    for (uint32_t i = run.first + 1; i < run.last; i++)
        if (r->place[i] & PLACE_SENTENCE)
            run.last = name_is_mark(&r->t, i - 1, '.') ? i - 1 : i;
    return run;
}

/* "Asked", "Instead": one word at the beginning of a sentence that has no capital
 * elsewhere, and no verb that a name would have. */
static bool is_common(const reading *r, const people *p, name_span run)
{
    uint32_t c = classes(r, run.first), next = run.last;

    while (classes(r, next) & WORD_AUX && !(classes(r, next) & (WORD_DETERMINER | WORD_PASSIVE))
           && next < run.last + 2)
        next++;
    if (run.last - run.first > 1 || c & (WORD_FIRST | WORD_PLACE | WORD_ORG)
        || r->t.tokens[run.first].flags & (GLY_TOKEN_UPPER | GLY_TOKEN_MIXED))
        return false;
    return c & WORD_CUE
           || (!p->proper[r->t.tokens[run.first].term] && !name_is_possessive(&r->t, run.first)
               && !(classes(r, next) & (WORD_CUE | WORD_PASSIVE | WORD_RELATIVE))
               && !(next > run.last && next < r->t.count && is_word(r, next)));
}

/* "NEW YORK – ": where it was written, no name. */
static bool is_dateline(const reading *r, name_span run)
{
    uint32_t mark = name_mark(&r->t, run.last);

    return r->t.tokens[run.first].flags & GLY_TOKEN_UPPER
           && r->t.tokens[run.last - 1].flags & GLY_TOKEN_UPPER
           && (mark == '-' || mark == '(' || mark == ',' || mark == 0x2013 || mark == 0x2014);
}

/* "Berea, OH": the short form of a state behind its town. */
static bool is_state(const reading *r, name_span run)
{
    gly_range at = r->t.tokens[run.first].at;

    return run.last - run.first == 1 && at.end - at.begin == 2 && run.first >= 2
           && r->t.tokens[run.first].flags & GLY_TOKEN_UPPER
           && name_is_mark(&r->t, run.first - 1, ',') && name_is_capital(&r->t, run.first - 2);
}

static bool is_no_name(const reading *r, const people *p, const mention *m)
{
    if (name_words(r, m->at) > MOST_NAME_WORDS && m->parts.kind == NAME_OTHER
        && r->place[m->at.first] & PLACE_PARAGRAPH)
        return true; /* a headline */
    if (is_state(r, m->at))
        return true;
    return (r->place[m->at.first] & PLACE_SENTENCE && is_common(r, p, m->at))
           || (r->place[m->at.first] & PLACE_PARAGRAPH && is_dateline(r, m->at));
}

/* The tokens that name_is_capital(): what is asked here is asked of them alone. */
typedef struct capitals {
    uint32_t *at, count;
} capitals;

static bool find_capitals(const reading *r, gly_arena *scratch, capitals *out)
{
    uint32_t *at = GLY_NEWN(scratch, uint32_t, r->t.count), count = 0;

    if (!at)
        return false;
    for (uint32_t i = 0; i < r->t.count; i++) {
        at[count] = i;
        count += name_has_capital(r->t.tokens[i].flags);
    }
    *out = (capitals){ at, count };
    return true;
}

static void mark_proper(const reading *r, const capitals *c, people *p)
{
    const gly_token *tokens = r->t.tokens;

    for (uint32_t k = 0; k < c->count; k++) {
        uint32_t i = c->at[k];

        if (i > 0 && tokens[i].flags & GLY_TOKEN_CAPITAL)
            p->proper[tokens[i].term] |= !(r->place[i] & (PLACE_SENTENCE | PLACE_PARAGRAPH))
                                         & !(tokens[i - 1].flags & GLY_TOKEN_MARK);
    }
}

static bool begin_people(uint32_t count, uint32_t terms, uint32_t names, gly_arena *scratch, people *out)
{
    uint32_t slots = FEWEST_KEYS;

    while (slots < 2 * names)
        slots *= 2;
    *out = (people){ .key_mask = slots - 1 };
    out->mention_at = GLY_NEWN(scratch, uint32_t, (size_t)count + 1);
    out->keys = GLY_NEWN(scratch, struct people_key, slots);
    out->proper = GLY_NEWN(scratch, uint8_t, (size_t)terms + 1);
    if (!out->mention_at || !out->keys || !out->proper)
        return false;
    memset(out->proper, 0, (size_t)terms + 1);
    memset(out->mention_at, 0, ((size_t)count + 1) * sizeof *out->mention_at);
    memset(out->keys, 0, slots * sizeof *out->keys);
    return true;
}

bool people_find(const reading *r, uint32_t terms, gly_arena *scratch, people *out)
{
    capitals c;

    if (!find_capitals(r, scratch, &c) || !begin_people(r->t.count, terms, c.count, scratch, out))
        return false;
    mark_proper(r, &c, out);
    for (uint32_t k = 0, i = 0; k < c.count && out->mention_count < MOST_MENTIONS; k++) {
        name_span run;
        mention *m;

        if (c.at[k] < i || r->place[c.at[k]] & PLACE_QUOTED)
            continue;
        i = c.at[k];
        run = within_sentence(r, name_run(&r->t, i, r->t.count));
        if (run.last == run.first)
            continue;
        out->mentions =
            grow(scratch, out->mentions, out->mention_count, &out->mention_capacity, sizeof *m);
        out->persons = grow(scratch, out->persons, out->person_count, &out->person_capacity,
                            sizeof *out->persons);
        if (!out->mentions || !out->persons)
            return false;
        m = &out->mentions[out->mention_count++];
        *m = (mention){ run, name_parse(&r->t, run), GLY_NO_REF };
        out->mention_at[i] = out->mention_count;
        if (is_no_name(r, out, m))
            m->parts.kind = NAME_NONE;
        if (m->parts.kind == NAME_ROLE && run.last - run.first == 1 && find_key(out, key_of(r, i))
            && find_key(out, key_of(r, i))->person)
            m->parts.kind = NAME_OTHER; /* "Baker", after "Ann Baker" */
        if (m->parts.kind == NAME_PERSON || m->parts.kind == NAME_OTHER
            || m->parts.kind == NAME_PLACE)
            join_person(r, out, out->mention_count - 1);
        i = run.last;
    }
    return true;
}

/* ---- what stands beside a name ---------------------------------------------------- */

/* A word that may stand in an office: not a verb, a pronoun or a conjunction of clauses. */
static bool in_office(const reading *r, uint32_t i)
{
    uint32_t c = classes(r, i);

    if (r->place[i] & PLACE_QUOTED
        || !(is_word(r, i) || r->t.tokens[i].flags & GLY_TOKEN_NUMBER || name_is_mark(&r->t, i, '&')
             || name_is_mark(&r->t, i, '.') || name_is_mark(&r->t, i, '-')
             || name_is_mark(&r->t, i, '/')))
        return false;
    if (c & WORD_WEEKDAY || (c & WORD_SOURCE && !(c & WORD_PREPOSITION))
        || (c & WORD_RELATIVE && !(c & (WORD_PREPOSITION | WORD_DETERMINER))))
        return false;
    if (c & (WORD_CUE | WORD_AUX)
        && !(c & (WORD_ROLE | WORD_SAYER | WORD_PREPOSITION | WORD_PARTICLE | WORD_DETERMINER)))
        return name_is_capital(&r->t, i);
    return !(c & WORD_PRONOUN) || c & (WORD_DETERMINER | WORD_PREPOSITION | WORD_PARTICLE);
}

static bool set_office(const reading *r, person *who, name_span phrase)
{
    name_span role, organisation;

    if (phrase.first >= phrase.last || !name_office(&r->t, phrase, &role, &organisation)
        || role.first >= role.last)
        return false;
    who->role = role;
    if (!who->gender)
        who->gender = gender_in(r, role);
    if (organisation.first < organisation.last)
        who->organisation = organisation;
    who->described = true;
    return true;
}

/* ", director of people, Tarn Engineering plc": past the body after the comma at i,
 * else i. */
static uint32_t past_body(const reading *r, uint32_t i, uint32_t end)
{
    name_span run;
    name_kind kind;

    if (i + 1 >= end || !name_is_mark(&r->t, i, ',') || !name_is_capital(&r->t, i + 1)
        || r->place[i + 1] & (PLACE_SENTENCE | PLACE_PARAGRAPH | PLACE_QUOTED))
        return i;
    run = name_run(&r->t, i + 1, end);
    kind = name_parse(&r->t, run).kind;
    while (run.last > run.first && run.last < end && name_is_possessive(&r->t, run.last - 1)
           && name_is_capital(&r->t, run.last)) {
        run.last = name_run(&r->t, run.last, end).last;
        kind = NAME_ORGANISATION;
    }
    return run.last > run.first && kind != NAME_PERSON && kind != NAME_PLACE ? run.last : i;
}

/* ", Head of Roads at Acme Ltd," or "(Head of Roads)" after the name. */
static bool office_after(const reading *r, person *who, uint32_t i)
{
    uint32_t first = i + 1, last, until = r->t.count;

    if (i + 2 >= r->t.count || r->place[i] & PLACE_PARAGRAPH
        || !(name_is_mark(&r->t, i, ',') || name_is_mark(&r->t, i, '(')))
        return false;
    if (classes(r, first) & WORD_POSTNOMINAL && name_is_mark(&r->t, first + 1, ','))
        return office_after(r, who, first + 1); /* ", QPM, Chief Constable of ..." */
    if (classes(r, first) & WORD_RELATIVE) /* ", who is the head of ..." */
        for (first++; first < until && classes(r, first) & (WORD_PASSIVE | WORD_AUX); first++)
            ;
    if (until - first > LONGEST_OFFICE)
        until = first + LONGEST_OFFICE;
    for (last = first; last < until && in_office(r, last); last++)
        if (last > first && r->place[last] & (PLACE_SENTENCE | PLACE_PARAGRAPH))
            break;
    while (last > first && classes(r, last - 1) & (WORD_PREPOSITION | WORD_DETERMINER))
        last--;
    if (last > first && name_is_mark(&r->t, last - 1, '.'))
        last--;
    last = past_body(r, last, until);
    return set_office(r, who, (name_span){ first, last });
}

/* The words before the name up to the last comma or the sentence's beginning. */
static uint32_t phrase_before(const reading *r, uint32_t end)
{
    uint32_t first = end;

    while (first > 0 && end - first < LONGEST_OFFICE && in_office(r, first - 1)
           && !(r->place[first] & (PLACE_SENTENCE | PLACE_PARAGRAPH)))
        first--;
    return first;
}

/* "was opened by the Minister for Roads": from the article before the first office. */
static name_span from_article(const reading *r, name_span s)
{
    uint32_t office = s.first;

    while (office < s.last && !(classes(r, office) & (WORD_ROLE | WORD_LEADER)))
        office++;
    for (uint32_t i = office; i < s.last && i > s.first; i--)
        if (classes(r, i - 1) & WORD_DETERMINER && !name_is_capital(&r->t, i - 1)) {
            s.first = i;
            break;
        }
    return s;
}

/* "chief executive of Acme, Dr Ann Lee": a comma between. */
static bool office_before_comma(const reading *r, person *who, uint32_t name)
{
    if (name >= 2 && classes(r, name - 1) & WORD_DETERMINER) /* ", the Rev Ann Lee" */
        name--;
    if (name < 2 || !name_is_mark(&r->t, name - 1, ','))
        return false;
    return set_office(r, who, from_article(r, (name_span){ phrase_before(r, name - 1), name - 1 }));
}

/* "harbour master José Pell", "the council’s head of roads Ann Lee". */
static bool office_before(const reading *r, person *who, uint32_t name)
{
    uint32_t first = name, back = 0;

    if (name == 0 || r->place[name] & (PLACE_SENTENCE | PLACE_PARAGRAPH) || !is_word(r, name - 1)
        || classes(r, name - 1) & (WORD_PREPOSITION | WORD_DETERMINER))
        return false;
    while (first > 0 && back++ < MOST_PREMODIFIERS && in_office(r, first - 1)
           && !(r->place[first] & (PLACE_SENTENCE | PLACE_PARAGRAPH))) {
        uint32_t c = classes(r, first - 1);

        if (c & WORD_CUE && !(c & WORD_ROLE))
            break;
        if (c & WORD_PREPOSITION
            && !(first >= 2 && classes(r, first - 2) & (WORD_ROLE | WORD_LEADER)))
            break;
        first--;
        if (c & WORD_DETERMINER && !name_is_capital(&r->t, first))
            break;
    }
    return set_office(r, who, (name_span){ first, name });
}

/* "Acme’s Chief Executive Ann Lee": the body in front of the run at `first`. */
static name_span body_before(const people *p, const reading *r, uint32_t first)
{
    for (uint32_t k = 1; p && k < LONGEST_OFFICE && k <= first; k++) {
        const mention *body = people_at(p, first - k);

        if (!body)
            continue;
        if (body->at.last == first && name_is_possessive(&r->t, first - 1))
            return body->at;
        break;
    }
    return (name_span){ 0, 0 };
}

/* "Ann Lee from the University of Wick", "Ann Lee, of Wick Council’s roads team,": */
static void body_after(const reading *r, person *who, uint32_t i)
{
    name_span run;

    i += name_is_mark(&r->t, i, ',');
    if (i + 1 >= r->t.count || r->place[i] & (PLACE_QUOTED | PLACE_PARAGRAPH)
        || name_is_capital(&r->t, i) || !(classes(r, i) & WORD_PREPOSITION))
        return;
    for (i++; i < r->t.count && is_word(r, i) && !name_is_capital(&r->t, i); i++)
        if (!(classes(r, i) & (WORD_DETERMINER | WORD_SAYER | WORD_ORG)) && i + 1 < r->t.count
            && !(classes(r, i + 1) & (WORD_SAYER | WORD_ORG)))
            return;
    if (i >= r->t.count || r->place[i] & PLACE_QUOTED)
        return;
    run = name_run(&r->t, i, r->t.count);
    while (run.last > run.first && run.last < r->t.count && name_is_possessive(&r->t, run.last - 1)
           && name_is_capital(&r->t, run.last) && !(r->place[run.last] & PLACE_QUOTED))
        run.last = name_run(&r->t, run.last, r->t.count).last;
    for (uint32_t k = run.first; k < run.last; k++)
        if (classes(r, k) & WORD_ORG)
            who->organisation = run;
}

void people_describe(const reading *r, const people *p, person *who, const mention *m)
{
    const name_parts *parts = &m->parts;

    if (who->described)
        return;
    if (parts->role.first < parts->role.last) {
        who->role = parts->role;
        who->organisation = parts->organisation;
        if (who->organisation.first == who->organisation.last)
            who->organisation = body_before(p, r, m->at.first);
        who->described = true;
    } else if (!office_after(r, who, m->at.last) && !office_before_comma(r, who, m->at.first)) {
        office_before(r, who, m->at.first);
    }
    if (who->organisation.first == who->organisation.last)
        body_after(r, who, m->at.last);
}

void people_describe_line(const reading *r, person *who, const mention *m)
{
    uint32_t i = m->at.last, last;

    people_describe(r, NULL, who, m);
    if (who->described || !name_is_mark(&r->t, i, ','))
        return;
    for (last = i + 1; last < r->t.count && last - i < LONGEST_OFFICE && is_word(r, last)
                       && !(r->place[last] & (PLACE_PARAGRAPH | PLACE_QUOTED)); last++)
        ;
    if (last == i + 1)
        return;
    who->role = (name_span){ i + 1, last };
    if (past_body(r, last, r->t.count) > last)
        who->organisation = (name_span){ last + 1, past_body(r, last, r->t.count) };
    who->described = true;
}

static bool holds_term(const reading *r, name_span s, uint32_t term)
{
    for (uint32_t i = s.first; i < s.last; i++)
        if (r->t.tokens[i].term == term)
            return true;
    return false;
}

uint32_t people_by_office(const reading *r, people *p, name_span phrase)
{
    uint32_t office = GLY_NO_REF, found = GLY_NO_REF;

    for (uint32_t i = phrase.first; i < phrase.last; i++)
        if (classes(r, i) & (WORD_ROLE | WORD_LEADER))
            office = i;
    if (office == GLY_NO_REF || phrase.last - phrase.first > LONGEST_ADDRESS
        || office + 1 != phrase.last || !(classes(r, phrase.first) & WORD_DETERMINER))
        return GLY_NO_REF;
    for (uint32_t k = 0; k < p->person_count && k < MOST_OFFICES; k++) {
        person *who = &p->persons[k];
        const mention *m = &p->mentions[who->mention];

        if (m->at.first > phrase.first)
            continue;
        if (!who->searched)
            people_describe(r, p, who, m);
        who->searched = true;
        if (holds_term(r, who->role, r->t.tokens[office].term))
            found = k;
    }
    return found;
}

