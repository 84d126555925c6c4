/* vocabulary - what words in class names, ids and short texts give away. */
#ifndef GALLEY_CLEAN_HTML_VOCABULARY_H
#define GALLEY_CLEAN_HTML_VOCABULARY_H

#include "kit/namehash.h"

enum { /* of class names and ids */
    NAMED_ARTICLE   = 1 << 0,  /* article, post, story, entry                      */
    NAMED_BODY      = 1 << 1,  /* body, content, text: with ARTICLE, the article   */
    NAMED_MAIN      = 1 << 2,
    NAMED_NAV       = 1 << 3,  /* nav, menu, breadcrumb, pagination                */
    NAMED_FOOTER    = 1 << 4,
    NAMED_HEADER    = 1 << 5,
    NAMED_SIDE      = 1 << 6,  /* sidebar, aside, rail, column                     */
    NAMED_COMMENT   = 1 << 7,
    NAMED_RELATED   = 1 << 8,  /* related, recommended, popular, teaser, more      */
    NAMED_SHARE     = 1 << 9,
    NAMED_AD        = 1 << 10, /* ad, promo, sponsor                               */
    NAMED_SIGNUP    = 1 << 11, /* newsletter, subscribe, donate                    */
    NAMED_COOKIE    = 1 << 12, /* cookie, consent, modal, popup                    */
    NAMED_PAYWALL   = 1 << 13, /* paywall, login                                   */
    NAMED_META      = 1 << 14, /* meta, tags, category, date                       */
    NAMED_AUTHOR    = 1 << 15, /* author, byline, bio                              */
    NAMED_CAPTION   = 1 << 16, /* caption, credit, image, gallery                  */
    NAMED_WIDGET    = 1 << 17, /* widget, module, box, card                        */
    NAMED_TITLE     = 1 << 18, /* title, headline                                  */
    NAMED_LEAD      = 1 << 19, /* summary, standfirst, intro                       */
    NAMED_HIDDEN    = 1 << 20, /* hidden, sr-only                                  */
    NAMED_TOC       = 1 << 21,
    NAMED_QUOTE     = 1 << 22, /* pullquote                                        */
    NAMED_RIGHTS    = 1 << 23, /* licence, copyright                               */
    NAMED_KINDS     = 24,
};

enum { /* of texts */
    SAYS_SIGNUP    = 1 << 0,
    SAYS_SHARE     = 1 << 1,
    SAYS_RIGHTS    = 1 << 2,  /* copyright, all rights reserved           */
    SAYS_MORE      = 1 << 3,  /* read more, see also, related             */
    SAYS_CREDIT    = 1 << 4,  /* photo, image, agencies                   */
    SAYS_COOKIE    = 1 << 5,
    SAYS_LOGIN     = 1 << 6,
    SAYS_COMMENT   = 1 << 7,
    SAYS_AD        = 1 << 8,
    SAYS_BYLINE    = 1 << 9,
    SAYS_CONTACT   = 1 << 10,
    SAYS_NETWORK   = 1 << 11, /* facebook, twitter ...                    */
    SAYS_ABOUT     = 1 << 12, /* about the author                         */
    SAYS_SOURCES   = 1 << 13, /* references, notes                        */
    SAYS_KINDS     = 14,
};

enum { VOCABULARY_SLOTS = 1024, VOCABULARY_SEEN = 8192 };

typedef struct vocabulary {
    uint64_t seen[VOCABULARY_SEEN / 64];    /* a bit for each hash; of most other words it is not set */
    uint64_t hashes[VOCABULARY_SLOTS];
    uint16_t slots[VOCABULARY_SLOTS];       /* entry + 1 by hash of the word */
} vocabulary;

static inline uint64_t vocabulary__mix(uint64_t hash)
{
    return hash * UINT64_C(0x9E3779B97F4A7C15);
}

static inline uint32_t vocabulary__bit(uint64_t hash)
{
    return (uint32_t)(vocabulary__mix(hash) / (UINT64_MAX / VOCABULARY_SEEN + 1));
}

/* False of nearly all words that are not in it. */
static inline bool vocabulary_may_have(const vocabulary *v, uint64_t hash)
{
    uint32_t bit = vocabulary__bit(hash);

    return v->seen[bit / 64] >> bit % 64 & 1;
}

void vocabulary_prepare(vocabulary *);
/* NAMED_* bits of the words of a class or id value. */
uint32_t vocabulary_named(const vocabulary *, gly_str value);
/* SAYS_* bits of one word, by its hash (namehash.h). */
uint32_t vocabulary_says(const vocabulary *, const char *word, uint32_t length, uint64_t hash);

#endif
