/* phrases - the words by which lines are known, of many languages, in one table.
 *
 * phrase_lists.c holds the lists; phrases_open() lays them out once for looking up.
 * All look-ups take text that phrases_lower() has lowered. */
#ifndef GALLEY_KIT_PHRASES_H
#define GALLEY_KIT_PHRASES_H

#include <galley/plugin.h>

typedef enum phrase_use {
    PHRASE_WHOLE,     /* is the line, but for marks at its end: the rule takes it out */
    PHRASE_START,     /* opens a short line                                     */
    PHRASE_INSIDE,    /* stands anywhere in a short line that is no article's   */
    PHRASE_CAPTION,   /* opens a caption, which may be a sentence               */
    PHRASE_END,       /* is the line and ends the article: ends, ###            */
    PHRASE_FOLLOW,    /* before somebody who is to be followed on a network     */
    PHRASE_NETWORK,   /* a place to share: Facebook                             */
    PHRASE_HOME,      /* first part of a trail of links: Home                   */
    PHRASE_BYLINE,    /* before names: by, von, par                             */
    PHRASE_AUTHOR,    /* label before names: words, text, written by            */
    PHRASE_PUBLISHED, /* before a date                                          */
    PHRASE_MODIFIED,
    PHRASE_MONTH,     /* value: 1..12                                           */
    PHRASE_ORDINAL,   /* after the number of a day: nd, er, a full stop         */
    PHRASE_OF,        /* between day, month and year: of, de                    */
    PHRASE_DATEWORD,  /* may stand in a date line: weekdays, at, Uhr, GMT       */
    PHRASE_CONTACT,   /* heads a contact block                                  */
    PHRASE_REACH,     /* before an address in one: tel, e-mail                  */
    PHRASE_NOTES,     /* heads notes to editors                                 */
    PHRASE_ABOUT,     /* heads a note about the sender: About ...               */
    PHRASE_EMBARGO,
    PHRASE_PAGE,      /* before the number of a page                            */
    PHRASE_MAIL,      /* header of a mail; value: mail_header                   */
    PHRASE_SECTION,   /* heads a part of any article, is no title: introduction */
    PHRASE_HEADLINE,  /* label before the title                                 */
    PHRASE_MONTHFIRST, /* in a date line: 5/2/2023 has the month first          */
    PHRASE_JOINT,     /* between two names: and, und, et                        */
    PHRASE_PARTICLE,  /* small word inside a name: de, van                      */
    PHRASE_OFFICE,    /* last word of what an author is: reporter               */
    PHRASE_COMPOUND,  /* first part of a word with a hyphen: well, long         */
    PHRASE_BELOW,     /* heads what stands below an article: comments, related  */
    PHRASE_FURNITURE, /* in a short line: likely a page's, not the article's    */
    PHRASE_USES
} phrase_use;

typedef enum mail_header { MAIL_OTHER, MAIL_SUBJECT, MAIL_DATE } mail_header;

typedef struct phrase_list {
    phrase_use  use;
    int         value; /* MONTH: 1..12; MAIL: mail_header     */
    const char *rule;  /* of WHOLE, START, INSIDE, CAPTION, END */
    const char *words; /* parted by |, in lower case          */
} phrase_list;

extern const phrase_list phrase_lists[];
extern const uint32_t phrase_list_count;

/* Which two bytes follow which first byte, of each use: bit phrases__bit(). Most look-ups end
 * here; those of a line, which has one first byte, lie side by side. */
typedef struct phrases {
    uint64_t              seconds[256][PHRASE_USES];
    struct phrase_index *index;
} phrases;

static inline uint32_t phrases__bit(char second, char third)
{
    return ((unsigned char)second * 5u + (unsigned char)third) & 63;
}

/* NULL when memory runs out. */
phrases *phrases_open(void);
void phrases_close(phrases *);

/* Lower-cases `text` into `out`, of the same length: each byte keeps its place. A
 * letter whose small form takes another number of bytes stays as it is. */
void phrases_lower(gly_str text, char *out);

/* The longest phrase of this use that opens `low` and ends where a word ends; its
 * length, 0 for none. *list says which one where it is not NULL. */
uint32_t phrases__longest(const phrases *, gly_str low, phrase_use, const phrase_list **list);

static inline uint32_t phrases_opens(const phrases *p, gly_str low, phrase_use use,
                                     const phrase_list **list)
{
    uint64_t seconds = low.len ? p->seconds[(unsigned char)low.ptr[0]][use] : 0;

    if (low.len > 2)
        seconds = seconds >> phrases__bit(low.ptr[1], low.ptr[2]) & 1;
    return seconds ? phrases__longest(p, low, use, list) : 0;
}
/* Whether `low` is a phrase of this use, but for blanks and . : ! * at its end. */
const phrase_list *phrases_is(const phrases *, gly_str low, phrase_use);
/* The first phrase of this use that begins where a word of `low` does; NULL: none. */
const phrase_list *phrases_inside(const phrases *, gly_str low, phrase_use);
/* How many words of `low` begin a phrase of this use, counted up to `most`. */
uint32_t phrases_count(const phrases *, gly_str low, phrase_use, uint32_t most);

bool phrases_rule_known(gly_str rule);

#endif
