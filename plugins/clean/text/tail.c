/* tail - what stands around a press release: embargo, contacts, notes to editors. */
#include "tail.h"

#include "measure.h"

enum {
    MOST_HEADING_WORDS = 10,
    MOST_ENTRY_WORDS = 14,   /* a line of a contact block         */
    MOST_LOOSE_WORDS = 8,    /* one that holds no address itself  */
    MOST_AFTER = 48,         /* bytes after "For more information" */
    MOST_CONTACT_WORDS = 60, /* a contact told in a sentence      */
    LOOK_AHEAD = 4,          /* lines up to one with an address   */
    HEAD_LINES = 8,          /* an embargo stands above the text  */
    MOST_EMBARGO_WORDS = 20,
    MOST_SIGNATURE_LINES = 12,
    PHONE_DIGITS = 9,
    NAME_WITHIN = 60,        /* bytes of a line that begins with a name */
};

typedef enum part { BODY, CONTACT, NOTES } part;

typedef struct tail {
    const rules *rules;
    part         now;
    bool         ended; /* an end mark, notes or contacts have been seen */
} tail;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c);
}

static bool has_email(gly_str low)
{
    for (const char *at = low.len ? memchr(low.ptr, '@', low.len) : NULL; at;) {
        uint32_t i = (uint32_t)(at - low.ptr);
        uint32_t left = low.len - i - 1;
        const char *stop = left ? memchr(at + 1, ' ', left) : NULL;
        uint32_t host = stop ? (uint32_t)(stop - at) - 1 : left;

        if (i > 0 && is_word(low.ptr[i - 1]) && host > 3 && memchr(at + 1, '.', host - 1))
            return true;
        at = left ? memchr(at + 1, '@', left) : NULL;
    }
    return false;
}

static bool has_phone(gly_str low)
{
    uint32_t digits = 0;

    for (uint32_t i = 0; i < low.len; i++) {
        if (is_digit(low.ptr[i])) {
            if (++digits >= PHONE_DIGITS)
                return true;
        } else if (!strchr(" +()-./", low.ptr[i])) {
            digits = 0;
        }
    }
    return false;
}

static bool has_link(gly_str low)
{
    return low.len > 8 && (memmem(low.ptr, low.len, "www.", 4) || memmem(low.ptr, low.len, "http", 4));
}

bool tail_has_address(gly_str low)
{
    return has_email(low) || has_phone(low) || has_link(low);
}

static const phrases *words_of(const tail *t)
{
    return t->rules->phrases;
}

/* "Tel: 555 0142", "press@example.org", "Mobile 01632 960123". */
static bool is_entry(tail *t, const line *l)
{
    gly_str low;

    if (l->words > MOST_ENTRY_WORDS)
        return false;
    low = rules_low(t->rules, l);
    return low.len && (phrases_opens(words_of(t), low, PHRASE_REACH, NULL) || tail_has_address(low));
}

/* Whether a contact heading may count on it: links stand below many headings. */
static bool is_person_entry(tail *t, const line *l)
{
    gly_str low = rules_low(t->rules, l);

    return is_entry(t, l) && (phrases_opens(words_of(t), low, PHRASE_REACH, NULL) || has_email(low)
                              || (has_phone(low) && !has_link(low)));
}

static bool is_loose(const line *l)
{
    return l->words <= MOST_LOOSE_WORDS && (!l->ends || l->words <= 4);
}

/* A line with an address follows before anything else. */
static bool leads_to_entry(tail *t, uint32_t i)
{
    const lines *ls = t->rules->lines;

    for (uint32_t k = i; k < ls->count && k - i <= LOOK_AHEAD; k++) {
        if (is_person_entry(t, &ls->items[k]))
            return true;
        if (!is_loose(&ls->items[k]) && !is_entry(t, &ls->items[k]))
            return false;
    }
    return false;
}

/* Opens a contact block: a heading that leads to an address, or a line that tells
 * one itself. */
static bool opens_contact(tail *t, uint32_t i, gly_str low)
{
    const line *l = &t->rules->lines->items[i];
    uint32_t length = phrases_opens(words_of(t), low, PHRASE_CONTACT, NULL);

    if (length == 0 || l->words > MOST_CONTACT_WORDS)
        return false;
    if (has_email(low) || has_phone(low))
        return true;
    return low.len - length <= MOST_AFTER && (!l->ends || low.ptr[low.len - 1] == ':')
        && leads_to_entry(t, i + 1);
}

/* A heading; notes that begin on the line itself, only below the half. */
static bool opens_notes(tail *t, uint32_t i, gly_str low)
{
    const lines *ls = t->rules->lines;
    uint32_t length = phrases_opens(words_of(t), low, PHRASE_NOTES, NULL);

    if (!length || i < 2)
        return false;
    return ls->items[i].words <= MOST_HEADING_WORDS
        || (low.ptr[length] == ':' && (t->ended || 2 * i >= ls->count));
}

/* "Editor's note: this piece was corrected": a note by itself. */
static bool is_note(tail *t, gly_str low)
{
    uint32_t length = phrases_opens(words_of(t), low, PHRASE_NOTES, NULL);

    return length && length < low.len && low.ptr[length] == ':';
}

/* Whether the last word of the heading stands at the start of the next line as
 * well: "About Tarn Engineering: Tarn Engineering makes gates". */
static bool names_what_follows(tail *t, uint32_t i)
{
    gly_str s = gly_slice(t->rules->text, t->rules->lines->items[i].at);
    gly_str next = gly_slice(t->rules->text, t->rules->lines->items[i + 1].at);
    uint32_t end = s.len, begin;

    while (end > 0 && strchr(": ", s.ptr[end - 1]))
        end--;
    for (begin = end; begin > 0 && s.ptr[begin - 1] != ' ';)
        begin--;
    if (begin == 0 || end - begin < 4 || measure_opens_small((gly_str){ s.ptr + begin, end - begin }))
        return false;
    return memmem(next.ptr, next.len < NAME_WITHIN ? next.len : NAME_WITHIN, s.ptr + begin, end - begin);
}

/* "About Tarn Engineering" below the half of the text, and prose after it. */
static bool opens_about(tail *t, uint32_t i, gly_str low)
{
    const lines *ls = t->rules->lines;
    const line *l = &ls->items[i];
    uint32_t length = phrases_opens(words_of(t), low, PHRASE_ABOUT, NULL);

    if (!length || l->words < 2 || i + 1 >= ls->count || i < 3)
        return false;
    if (l->words <= MOST_HEADING_WORDS && (!l->ends || low.ptr[low.len - 1] == ':') && l[1].words >= 6
        && names_what_follows(t, i))
        return true;
    if (!t->ended && 2 * i < ls->count)
        return false;
    if (length + 1 >= low.len || measure_opens_small((gly_str){ t->rules->text.ptr + l->at.begin + length + 1,
                                                      l->at.end - l->at.begin - length - 1 }))
        return false;
    if (l->words > MOST_HEADING_WORDS)
        return memchr(low.ptr, ':', low.len < 60 ? low.len : 60) != NULL;
    return (!l->ends || low.ptr[low.len - 1] == ':') && i + 1 < ls->count && l[1].words >= 10;
}

static bool has_digit(gly_str low)
{
    for (uint32_t i = 0; i < low.len; i++)
        if (is_digit(low.ptr[i]))
            return true;
    return false;
}

/* "EMBARGOED UNTIL 00:01 ON 3 MAY 2023"; a headline about an embargo is none. */
static bool is_embargo(tail *t, uint32_t i, gly_str low)
{
    const line *l = &t->rules->lines->items[i];
    uint32_t length = phrases_opens(words_of(t), low, PHRASE_EMBARGO, NULL);

    if (!length || i >= HEAD_LINES || l->words > MOST_EMBARGO_WORDS)
        return false;
    if (length == low.len || low.ptr[length] == ':')
        return true;
    return has_digit(low) && memchr(low.ptr, ' ', length) != NULL;
}

/* What kind of part a line opens; the one it lies in when it opens none. */
static part next_part(tail *t, uint32_t i, gly_str low)
{
    const line *l = &t->rules->lines->items[i];

    if (low.len && opens_contact(t, i, low))
        return CONTACT;
    if (low.len && (opens_notes(t, i, low) || opens_about(t, i, low)))
        return NOTES;
    if (t->now == CONTACT && !(is_entry(t, l) || (is_loose(l) && leads_to_entry(t, i))))
        return t->ended ? NOTES : BODY;
    return t->now;
}

/* "--" near the end of a mail, and what follows it. */
static bool take_signature(const rules *r, uint32_t i)
{
    uint32_t left = r->lines->count - i;

    if (i < 2 || left > MOST_SIGNATURE_LINES
        || !gly_str_eq(gly_slice(r->text, r->lines->items[i].at), GLY_LIT("--")))
        return false;
    for (uint32_t k = i; k < r->lines->count; k++)
        rules_take(r, &r->lines->items[k], "signature");
    return true;
}

void tail_mark(const rules *r, uint32_t *embargo)
{
    tail t = { .rules = r };

    *embargo = GLY_NO_REF;
    for (uint32_t i = 0; i < r->lines->count; i++) {
        line *l = &r->lines->items[i];
        gly_str low = rules_low(r, l);

        if (l->rule && strcmp(l->rule, "end-mark") == 0) {
            t.ended = true;
            t.now = NOTES;
            continue;
        }
        if (low.len && is_embargo(&t, i, low) && rules_take(r, l, "embargo")) {
            *embargo = i;
            continue;
        }
        if (take_signature(r, i))
            return;
        t.now = next_part(&t, i, low);
        t.ended |= t.now == NOTES || (t.now == CONTACT && 2 * i > r->lines->count);
        if (t.now == CONTACT)
            rules_take(r, l, "contact");
        else if (t.now == NOTES || is_note(&t, low))
            l->role = LINE_NOTES;
    }
}
