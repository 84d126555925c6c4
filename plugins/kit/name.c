/* name - one look at each token of a run; the word classes decide. */
#include "kit/name.h"

#include "base/utf8.h"
#include "kit/words.h"

enum {
    LOOK_AHEAD = 5,   /* tokens after "and" in which an office or body must be named */
    LONGEST_RUN = 24, /* tokens of one run                                           */
    SHORTEST_PART = 4, LONGEST_COMPOUND = 40, /* bytes of a compound word            */
    LONGEST_FORM = 3, /* bytes of a company's form in small letters: plc, ltd        */
};

static bool is_word(const name_text *t, uint32_t i)
{
    return i < t->count && t->tokens[i].flags & GLY_TOKEN_WORD;
}

static bool spaced(const name_text *t, uint32_t i)
{
    return t->tokens[i].flags & (GLY_TOKEN_SPACE | GLY_TOKEN_LINE);
}

static gly_str form(const name_text *t, uint32_t i)
{
    return t->terms[t->tokens[i].term].text;
}

/* French verbs with their pronoun: dit-il, a-t-elle. */
static uint32_t inverted_classes(gly_str word)
{
    const char *dash = word.len <= 24 ? memchr(word.ptr, '-', word.len) : NULL;
    uint32_t verb, pronoun;
    gly_str rest;

    if (!dash || dash == word.ptr)
        return 0;
    verb = word_classes((gly_str){ word.ptr, (uint32_t)(dash - word.ptr) });
    rest = (gly_str){ dash + 1, word.len - (uint32_t)(dash - word.ptr) - 1 };
    if (rest.len > 2 && memcmp(rest.ptr, "t-", 2) == 0)
        rest = (gly_str){ rest.ptr + 2, rest.len - 2 };
    pronoun = word_classes(rest);
    if (!(verb & (WORD_CUE | WORD_AUX)) || !(pronoun & WORD_PRONOUN))
        return 0;
    return (verb & (WORD_CUE | WORD_AUX)) | (pronoun & (WORD_PRONOUN | WORD_MALE | WORD_FEMALE));
}

/* "l'architetto" -> 2: the length of an article that has lost its vowel, or 0. */
static uint32_t elided(gly_str word)
{
    const char *apostrophe =
        word.len > 3 ? memchr(word.ptr, '\'', word.len < 6 ? word.len - 2 : 5) : NULL;

    return apostrophe ? (uint32_t)(apostrophe - word.ptr) + 1 : 0;
}

/* Bibliotheksleiterin: the office is the last part of the word. */
static uint32_t compound_classes(gly_str word)
{
    for (uint32_t length = word.len - SHORTEST_PART; length >= SHORTEST_PART; length--) {
        uint32_t found = word_classes((gly_str){ word.ptr + word.len - length, length });

        if (found & WORD_ROLE && !(found & WORD_FIRST))
            return found & (WORD_ROLE | WORD_LEADER | WORD_MALE | WORD_FEMALE);
    }
    return 0;
}

/* Of a word that is in no list itself. */
uint32_t name__derived_classes(const name_text *t, uint32_t i)
{
    gly_str word = form(t, i);
    uint32_t length = name__without_possessive(word);

    if (length)
        return word_classes((gly_str){ word.ptr, length });
    if (t->languages & NAME_WITH_COMPOUNDS)
        return word.len > 2 * SHORTEST_PART && word.len <= LONGEST_COMPOUND ? compound_classes(word)
                                                                            : 0;
    if (!(t->languages & NAME_WITH_ELISION))
        return 0;
    if ((length = elided(word)) > 0)
        return word_classes((gly_str){ word.ptr + length, word.len - length });
    return t->tokens[i].flags & GLY_TOKEN_CAPITAL ? 0 : inverted_classes(word);
}

uint32_t name__wide_mark(const name_text *t, uint32_t i)
{
    const char *at = t->text.ptr + t->tokens[i].at.begin;

    return utf8_next(&at);
}

/* A mark with no space before it. */
static bool stands_close(uint32_t flags)
{
    return (flags & (GLY_TOKEN_MARK | GLY_TOKEN_SPACE | GLY_TOKEN_LINE)) == GLY_TOKEN_MARK;
}

bool name_is_possessive(const name_text *t, uint32_t i)
{
    if (!is_word(t, i))
        return false;
    if (t->terms[t->tokens[i].term].classes & WORD_APOSTROPHE && name__without_possessive(form(t, i)))
        return true;
    return i + 1 < t->count
           && ((t->text.ptr[t->tokens[i].at.end - 1] == 's') & stands_close(t->tokens[i + 1].flags))
           && (name_is_mark(t, i + 1, '\'') || name_is_mark(t, i + 1, 0x2019));
}

/* "J.", "Lt.", "Gov.": a full stop that belongs to the word before it. */
static bool is_short_form(const name_text *t, uint32_t i)
{
    gly_range at = t->tokens[i].at;

    return at.end - at.begin == 1 || name_classes(t, i) & (WORD_HONORIFIC | WORD_ABBREV);
}

static bool continues(const name_text *t, uint32_t i, uint32_t end)
{
    return i < end && (name_is_capital(t, i) & !(t->tokens[i].flags & GLY_TOKEN_LINE));
}

/* Past "of", "and", "&", "for the" at i where a capital goes on, else i. */
static uint32_t past_link(const name_text *t, uint32_t i, uint32_t end)
{
    uint32_t next = i + 1;

    if (next < end && name_classes(t, next) & WORD_DETERMINER && !name_is_capital(t, next))
        next++;
    return continues(t, next, end) ? next : i;
}

static inline bool is_lower(const name_text *t, uint32_t i, const char *word)
{
    gly_range at = t->tokens[i].at;
    const char *here = t->text.ptr + at.begin;

    return *here == *word && at.end - at.begin == strlen(word)
           && memcmp(here, word, at.end - at.begin) == 0;
}

/* "Police and Crime Commissioner", but not "Smith and Jones". */
static bool office_ahead(const name_text *t, uint32_t i, uint32_t end)
{
    for (uint32_t k = i; k < end && k < i + LOOK_AHEAD && continues(t, k, end); k++)
        if (name_classes(t, k) & (WORD_ROLE | WORD_ORG) && !(name_classes(t, k) & WORD_FIRST))
            return true;
    return false;
}

static bool is_stop(const name_text *t, uint32_t i)
{
    return t->terms[t->tokens[i].term].stop & t->languages;
}

/* "Head of Serious Crime" goes on with "and Intelligence". */
static bool opens_with_office(const name_text *t, uint32_t first, uint32_t i)
{
    bool office = false;

    for (uint32_t k = first; k < i; k++) {
        office |= (name_classes(t, k) & WORD_ROLE) != 0;
        if (office && is_word(t, k) && !name_is_capital(t, k))
            return true;
    }
    return false;
}

/* A first name, or a title that is no office. */
static bool is_personal(const name_text *t, uint32_t i)
{
    uint32_t c = name_classes(t, i);

    return c & WORD_FIRST || (c & WORD_HONORIFIC && !(c & WORD_ROLE));
}

/* "Archbishop Ann Lee" does not go on with "of Wick". */
static bool is_person_so_far(const name_text *t, uint32_t first, uint32_t i)
{
    uint32_t last = name_classes(t, i - 1), seen = 0;

    for (uint32_t k = first; k < i; k++)
        seen |= name_classes(t, k);
    return seen & (WORD_FIRST | WORD_HONORIFIC)
           && !(last & (WORD_HONORIFIC | WORD_ROLE | WORD_ORG | WORD_LEADER));
}

/* "King’s College", "the Residents’ Association": the body goes on behind its owner. */
static uint32_t past_possessive(const name_text *t, uint32_t i, uint32_t end)
{
    uint32_t next = t->tokens[i].flags & GLY_TOKEN_MARK ? i + 1 : i;

    return continues(t, next, end) && name_classes(t, next) & WORD_ORG
                   && !(name_classes(t, next) & WORD_ROLE)
               ? next + 1
               : i;
}

/* "Police, Fire and Crime Commissioner": the comma at i parts no phrases. */
static bool is_list(const name_text *t, uint32_t first, uint32_t i, uint32_t end)
{
    return i + 3 < end && continues(t, i + 1, end) && is_word(t, i + 2) && is_lower(t, i + 2, "and")
           && !is_personal(t, first) && !is_personal(t, i + 1) && !is_personal(t, i + 3)
           && name_classes(t, i - 1) & WORD_ORG && office_ahead(t, i + 3, end);
}

/* The same where a mark stands at i. */
static uint32_t past_mark(const name_text *t, uint32_t first, uint32_t i, uint32_t end)
{
    bool goes_on = continues(t, i + 1, end);

    switch (name_mark(t, i)) {
    case '.':
        return goes_on && !spaced(t, i) && is_short_form(t, i - 1) ? i + 1 : i;
    case ',':
        return goes_on && is_list(t, first, i, end) ? i + 1 : i;
    case '&':
        return goes_on ? i + 1 : i;
    case '-':
        return goes_on && !spaced(t, i) && !spaced(t, i + 1) ? i + 1 : i;
    default:
        return i;
    }
}

/* The next token of the run that ends before i, or i when it is over. */
static uint32_t next_in_run(const name_text *t, uint32_t first, uint32_t i, uint32_t end)
{
    uint32_t next;

    if (i >= end || t->tokens[i].flags & GLY_TOKEN_LINE)
        return i;
    if (name_is_possessive(t, i - 1))
        return past_possessive(t, i, end);
    if (continues(t, i, end))
        return i + 1;
    if (t->tokens[i].flags & GLY_TOKEN_MARK)
        return past_mark(t, first, i, end);
    if (name_classes(t, i) & WORD_ORG && t->tokens[i].at.end - t->tokens[i].at.begin <= LONGEST_FORM
        && !is_stop(t, i))
        return i + 1; /* Acme plc */
    if (!is_word(t, i) || (next = past_link(t, i, end)) == i)
        return i;
    if (is_lower(t, i, "and")) {
        if (is_personal(t, first) || is_personal(t, next))
            return i;
        return office_ahead(t, next, end) || opens_with_office(t, first, i) ? next : i;
    }
    if (is_lower(t, i, "of"))
        return is_person_so_far(t, first, i) ? i : next;
    if (is_lower(t, i, "for"))
        return name_classes(t, i - 1) & (WORD_ORG | WORD_ROLE) ? next : i;
    return next == i + 1 && name_classes(t, i) & WORD_PARTICLE ? next : i;
}

name_span name_run(const name_text *t, uint32_t first, uint32_t end)
{
    uint32_t last = first, next;

    if (!name_is_capital(t, first) || first >= end)
        return (name_span){ first, first };
    if (name_classes(t, first) & WORD_SOURCE
        || (name_classes(t, first) & WORD_DETERMINER && !continues(t, first + 1, end)))
        return (name_span){ first, first };
    if (is_stop(t, first) && !(t->tokens[first].flags & GLY_TOKEN_UPPER)
        && !(name_classes(t, first) & WORD_FIRST && continues(t, first + 1, end)))
        return (name_span){ first, first };
    for (last = first + 1; last - first < LONGEST_RUN; last = next)
        if ((next = next_in_run(t, first, last, end)) == last)
            break;
    return (name_span){ first, last };
}

/* ---- the parts of a run --------------------------------------------------------- */

static bool is_title(const name_text *t, uint32_t i)
{
    return is_word(t, i) && name_classes(t, i) & WORD_HONORIFIC;
}

static uint32_t skip_stop(const name_text *t, uint32_t i, uint32_t end)
{
    return i < end && name_is_mark(t, i, '.') ? i + 1 : i;
}

/* Past the last office in the run that has a name after it, or run.first. */
static uint32_t past_role(const name_text *t, name_span run)
{
    uint32_t past = run.first;

    for (uint32_t i = run.first; i + 1 < run.last; i++) {
        uint32_t classes = name_classes(t, i);

        if (classes & WORD_ROLE && !(classes & WORD_FIRST && i > run.first)
            && name_is_capital(t, skip_stop(t, i + 1, run.last)))
            past = skip_stop(t, i + 1, run.last);
    }
    return past;
}

/* A capital that is no part of a name: "Even Ann Lee", "Californian Ann Lee". */
static bool is_plain(const name_text *t, uint32_t i)
{
    return !(name_classes(t, i) & (WORD_FIRST | WORD_HONORIFIC | WORD_PARTICLE))
           && t->tokens[i].at.end - t->tokens[i].at.begin > 1;
}

/* The first token of the name proper: after "of" nothing but a first name begins one. */
static uint32_t name_begins(const name_text *t, name_span run, bool *linked)
{
    uint32_t begin = past_role(t, run);

    *linked = false;
    for (uint32_t i = begin; i < run.last; i++) {
        uint32_t classes = name_classes(t, i);
        bool particle = classes & WORD_PARTICLE && !is_lower(t, i, "of")
                        && !(i > run.first && name_classes(t, i - 1) & WORD_ROLE);

        if (is_word(t, i) && !name_is_capital(t, i) && !particle) {
            begin = i + 1;
            *linked = true;
        } else if (is_title(t, i) && i + 1 < run.last && i == begin) {
            begin = skip_stop(t, i + 1, run.last);
            i = begin - 1;
            *linked = false;
        } else if (classes & WORD_FIRST && i + 1 < run.last && name_is_capital(t, i + 1)
                   && (*linked || (i == begin + 1 && is_plain(t, begin)))) {
            begin = i;
            *linked = false;
        }
    }
    return begin;
}

/* Where the titles that end before `end` begin: "Det Supt", "Chief Constable". */
static uint32_t titles_begin(const name_text *t, uint32_t first, uint32_t end)
{
    uint32_t begin = end;

    while (begin > first
           && (is_title(t, begin - 1)
               || (name_is_mark(t, begin - 1, '.') && begin - 1 > first && is_title(t, begin - 2))))
        begin--;
    return begin;
}

static bool has_class(const name_text *t, name_span span, uint32_t classes)
{
    for (uint32_t i = span.first; i < span.last; i++)
        if (name_classes(t, i) & classes)
            return true;
    return false;
}

static uint32_t words_of(const name_text *t, name_span span)
{
    uint32_t words = 0;

    for (uint32_t i = span.first; i < span.last; i++)
        words += is_word(t, i);
    return words;
}

static bool has_only_letters(const name_text *t, name_span s)
{
    for (uint32_t i = s.first; i < s.last; i++)
        if (t->tokens[i].at.end - t->tokens[i].at.begin > 1)
            return false;
    return true;
}

/* What a run without title and office is. */
static name_kind kind_of(const name_text *t, name_span name)
{
    uint32_t words = words_of(t, name), first = name_classes(t, name.first);
    uint32_t last = name_classes(t, name.last - 1);

    if (last & WORD_ORG && !(first & WORD_FIRST && words == 2 && !(last & WORD_PLACE)))
        return NAME_ORGANISATION;
    if (words == 1) {
        if (first & (WORD_MONTH | WORD_WEEKDAY))
            return NAME_NONE;
        if (t->tokens[name.first].flags & GLY_TOKEN_UPPER)
            return NAME_ORGANISATION;
        return first & WORD_PLACE ? NAME_PLACE : NAME_OTHER;
    }
    if (has_only_letters(t, name)) /* U.S. */
        return NAME_ORGANISATION;
    if (first & WORD_FIRST)
        return NAME_PERSON;
    if (has_class(t, name, WORD_ORG))
        return NAME_ORGANISATION;
    if (last & WORD_PLACE && first & WORD_PLACE)
        return NAME_PLACE;
    if (first & (WORD_MONTH | WORD_WEEKDAY))
        return NAME_NONE;
    return words <= 4 && !(t->tokens[name.first].flags & GLY_TOKEN_UPPER) ? NAME_PERSON
                                                                          : NAME_OTHER;
}

/* "Wexmouth Borough Council Leader": the body ends before the office begins. */
static void cut_body(const name_text *t, name_parts *p)
{
    uint32_t cut = p->role.first;

    for (uint32_t i = p->role.first; i + 1 < p->role.last; i++) {
        bool body = name_classes(t, i) & WORD_ORG && i > p->role.first && name_is_capital(t, i + 1);

        if (body || name_is_possessive(t, i)
            || (i == p->role.first && t->tokens[i].flags & GLY_TOKEN_UPPER))
            cut = i + 1;
    }
    if (cut > p->role.first && cut < p->role.last && name_is_capital(t, cut)) {
        p->organisation = (name_span){ p->role.first, cut };
        p->role.first = cut;
    }
}

/* "Chief Technology Officer"; but "Mr Baker" and "Ann Baker" are people. */
static bool is_office(const name_text *t, name_span run, uint32_t begin)
{
    if (!(name_classes(t, run.last - 1) & WORD_ROLE) || name_classes(t, begin) & WORD_FIRST)
        return false;
    return begin == run.first || run.last - begin > 1;
}

/* "Ann Lee OBE" ends with Lee; "Wick MP" is no person. */
static name_span without_postnominals(const name_text *t, name_span run)
{
    while (run.last - run.first > 2 && name_classes(t, run.last - 1) & WORD_POSTNOMINAL
           && t->tokens[run.last - 1].flags & (GLY_TOKEN_UPPER | GLY_TOKEN_MIXED))
        run.last--;
    return run;
}

/* A word alone, as most runs are, has no parts. */
static name_parts parse_word(const name_text *t, name_span run)
{
    uint32_t classes = name_classes(t, run.first);

    if ((classes & (WORD_ROLE | WORD_FIRST)) == WORD_ROLE)
        return (name_parts){ .kind = NAME_ROLE, .name = run };
    return (name_parts){ .kind = kind_of(t, run), .name = run };
}

name_parts name_parse(const name_text *t, name_span run)
{
    name_parts p = { NAME_NONE, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } };
    uint32_t begin, titles;
    bool linked;

    if (run.first >= run.last)
        return p;
    if (run.last - run.first == 1 && name_is_capital(t, run.first))
        return parse_word(t, run);
    run = without_postnominals(t, run);
    begin = name_begins(t, run, &linked);
    titles = titles_begin(t, run.first, begin);
    if (begin >= run.last || linked || is_office(t, run, begin)) {
        p.name = run;
        p.kind = has_class(t, run, WORD_ORG) && !has_class(t, run, WORD_ROLE) ? NAME_ORGANISATION
                 : has_class(t, run, WORD_ROLE) ? NAME_ROLE : NAME_OTHER;
        return p;
    }
    p.name = (name_span){ begin, run.last };
    p.title = (name_span){ titles, begin };
    p.role = (name_span){ run.first, titles };
    if (!has_class(t, p.role, WORD_ROLE | WORD_LEADER))
        p.role.last = p.role.first;
    p.kind = kind_of(t, p.name);
    if (begin == run.first)
        return p;
    if (p.kind == NAME_ORGANISATION && titles == begin) { /* "Chief Executive of Acme Ltd" */
        p.kind = NAME_ROLE;
        p.name = run;
        return p;
    }
    p.kind = NAME_PERSON;
    cut_body(t, &p);
    return p;
}

/* ---- offices ------------------------------------------------------------------ */

static name_span without_determiner(const name_text *t, name_span s)
{
    if (s.last - s.first > 1 && name_classes(t, s.first) & WORD_DETERMINER
        && !(name_classes(t, s.first) & WORD_ROLE))
        s.first++;
    return s;
}

/* Whether "LINK body" at i names the body that the office belongs to. */
static bool links_to_body(const name_text *t, uint32_t i, name_span phrase)
{
    uint32_t body = i + 1, classes = name_classes(t, i);
    bool of = is_lower(t, i, "of") || is_lower(t, i, "for");

    if (!is_word(t, i) || name_is_capital(t, i) || !(classes & (WORD_PREPOSITION | WORD_PARTICLE)))
        return false;
    if (body < phrase.last && name_classes(t, body) & WORD_DETERMINER && !name_is_capital(t, body))
        body++;
    if (body >= phrase.last || !name_is_capital(t, body))
        return false;
    if (t->tokens[body].flags & GLY_TOKEN_UPPER)
        return true;
    if (of && i > phrase.first && name_classes(t, i - 1) & WORD_LEADER
        && !(name_classes(t, body) & WORD_PLACE))
        return true;
    return has_class(t, name_run(t, body, phrase.last), WORD_ORG);
}

/* "at Acme" names the body whatever it is called; "of Acme" must look like one. */
static uint32_t find_link(const name_text *t, name_span phrase)
{
    for (uint32_t i = phrase.first + 1; i + 1 < phrase.last; i++)
        if (is_lower(t, i, "at")
            && (name_is_capital(t, i + 1) || (i + 2 < phrase.last && name_is_capital(t, i + 2))))
            return i;
    for (uint32_t i = phrase.first + 1; i + 1 < phrase.last; i++)
        if (links_to_body(t, i, phrase))
            return i;
    return phrase.last;
}

static uint32_t find_comma(const name_text *t, name_span s)
{
    uint32_t i = s.first;

    while (i < s.last && !name_is_mark(t, i, ','))
        i++;
    return i;
}

/* "Marlshire Council’s Head of Roads", "WHA chief executive". */
static uint32_t body_in_front(const name_text *t, name_span s)
{
    name_span run;

    for (uint32_t i = s.first; i + 1 < s.last; i++)
        if (name_is_possessive(t, i)
            && !(name_is_capital(t, i + 1) && name_classes(t, i + 1) & WORD_ORG)
            && has_class(t, (name_span){ i + 1, s.last }, WORD_ROLE))
            return i + 1;
    run = name_run(t, s.first, s.last);
    if (run.last > run.first && run.last < s.last && !name_is_capital(t, run.last)
        && is_word(t, run.last) && !(name_classes(t, run.last) & WORD_PREPOSITION)
        && has_class(t, (name_span){ run.last, s.last }, WORD_ROLE)
        && !(name_classes(t, run.last - 1) & WORD_ROLE)
        && (words_of(t, run) > 1 || t->tokens[run.first].flags & GLY_TOKEN_UPPER))
        return run.last;
    return s.first;
}

/* "head of roads", not "a friend of the mayor". */
static bool names_office(const name_text *t, name_span s)
{
    for (uint32_t i = s.first; i < s.last; i++) {
        uint32_t c = name_classes(t, i);

        if (c & (WORD_ROLE | WORD_LEADER))
            return true;
        if (i > s.first && c & WORD_PREPOSITION && !name_is_capital(t, i))
            return false;
    }
    return false;
}

bool name_office(const name_text *t, name_span phrase, name_span *role, name_span *organisation)
{
    uint32_t comma, front, link;

    *organisation = (name_span){ 0, 0 };
    *role = phrase = without_determiner(t, phrase);
    comma = find_comma(t, phrase);
    front = body_in_front(t, (name_span){ phrase.first, comma });
    if (!names_office(t, (name_span){ front, comma }))
        return false;
    if (front > phrase.first && name_is_capital(t, phrase.first)) /* not "the hospice’s matron" */
        *organisation = (name_span){ phrase.first, front };
    role->first = front;
    role->last = comma;
    if (front == phrase.first && (link = find_link(t, *role)) < comma) {
        role->last = link;
        *organisation = without_determiner(t, (name_span){ link + 1, comma });
        return true;
    }
    if (front == phrase.first && comma + 1 < phrase.last && name_is_capital(t, comma + 1))
        *organisation = (name_span){ comma + 1, phrase.last };
    return true;
}

gly_range name_range(const name_text *t, name_span s)
{
    gly_range at = { 0, 0 };

    if (s.first >= s.last)
        return at;
    at = (gly_range){ t->tokens[s.first].at.begin, t->tokens[s.last - 1].at.end };
    if (t->tokens[s.first].term != GLY_NO_REF && !name_is_capital(t, s.first)
        && elided(form(t, s.first)))
        while (t->text.ptr[at.begin++] != '\'')
            if (memcmp(t->text.ptr + at.begin, "\xE2\x80\x99", 3) == 0) {
                at.begin += 3;
                break;
            }
    if (t->tokens[s.last - 1].term != GLY_NO_REF && name__without_possessive(form(t, s.last - 1)))
        at.end -= t->text.ptr[at.end - 2] == '\'' ? 2 : 4;
    return at;
}
