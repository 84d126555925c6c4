/* vocabulary - what words in class names, ids and short texts give away. */
#ifndef GALLEY_CLEAN_HTML_VOCABULARY_H
#define GALLEY_CLEAN_HTML_VOCABULARY_H

#include <galley/types.h>

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

typedef struct vocabulary {
    uint16_t slots[1024];  /* entry + 1 by hash of the word            */
    bool     in_word[256]; /* ASCII letters, digits, all beyond ASCII  */
} vocabulary;

void vocabulary_prepare(vocabulary *);
/* NAMED_* bits of the words of a class or id value. */
uint32_t vocabulary_named(const vocabulary *, gly_str value);
/* SAYS_* bits of one word in lower case, by its hash (vocabulary_step over its bytes). */
uint32_t vocabulary_says(const vocabulary *, const char *word, uint32_t length, uint32_t hash);

static inline uint32_t vocabulary_step(uint32_t hash, unsigned char lower)
{
    return (hash ^ lower) * 0x01000193u;
}

#define VOCABULARY_SEED UINT32_C(0x811C9DC5)

#endif
