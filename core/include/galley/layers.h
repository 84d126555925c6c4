/* galley/layers.h - the standard layers: record structs and their tables.
 *
 * One idea, one layer, one struct. Members are only appended within a revision;
 * a changed meaning is a new revision. Ranges index the layer's own view, which
 * is the document's current text except for removed/1. Strings that are not
 * slices of the text live in the document's arena.
 *
 * The types are constants in this header so that any stage, in the tree or not,
 * may write a standard layer: host->layer_add(stage, doc, &gly_block_layer). */
#ifndef GALLEY_LAYERS_H
#define GALLEY_LAYERS_H

#include <galley/doc.h>

#if defined(__GNUC__)
#define GLY__TABLE __attribute__((unused)) static const
#else
#define GLY__TABLE static const
#endif

#define GLY_FIELD(T, m, ty, help)       { #m, ty, offsetof(T, m), NULL, NULL, help }
#define GLY_FIELD_ENUM(T, m, names, help) { #m, GLY_T_ENUM, offsetof(T, m), names, NULL, help }
#define GLY_FIELD_REF(T, m, target, help) { #m, GLY_T_REF, offsetof(T, m), target, NULL, help }
#define GLY_FIELD_UNIT(T, m, ty, un, help) { #m, ty, offsetof(T, m), NULL, un, help }
#define GLY_FIELDS_END { NULL, (gly_type)0, 0, NULL, NULL, NULL }
#define GLY_LAYER_TYPE(T, id, table, fl, he) \
    { .size = sizeof(gly_layer_type), .record_size = sizeof(T), .name = id, \
      .help = he, .fields = table, .field_size = sizeof(gly_field), .flags = fl }

/* ---- block/1: the parts of the text, in reading order ------------------- */

typedef enum gly_block_kind {
    GLY_BLOCK_TITLE,
    GLY_BLOCK_HEADING,
    GLY_BLOCK_PARAGRAPH,
    GLY_BLOCK_ITEM,      /* one entry of a list                             */
    GLY_BLOCK_QUOTE,     /* set off as a quotation by the markup            */
    GLY_BLOCK_TABLE,     /* rows are lines, cells are parted by tabs        */
    GLY_BLOCK_CAPTION,
    GLY_BLOCK_CODE,
    GLY_BLOCK_BYLINE,    /* "By Ann Other and John Doe"                     */
    GLY_BLOCK_DATELINE,  /* "LONDON, 2 May 2023 -"; lies in its paragraph   */
    GLY_BLOCK_DATE,      /* "Published 09:30, 2 May 2023"                   */
    GLY_BLOCK_NOTES,     /* notes to editors: "About ...", numbered notes   */
    GLY_BLOCK_KINDS
} gly_block_kind;

typedef struct gly_block {
    gly_range at;
    int32_t   type;  /* gly_block_kind                                      */
    uint32_t  level; /* heading: 1..6; list item: depth from 1; otherwise 0 */
} gly_block;

GLY__TABLE char *const gly_block_kinds[GLY_BLOCK_KINDS + 1] = {
    "title", "heading", "paragraph", "item", "quote", "table", "caption", "code",
    "byline", "dateline", "date", "notes", NULL
};
GLY__TABLE gly_field gly_block_fields[] = {
    { "type", GLY_T_ENUM, offsetof(gly_block, type), gly_block_kinds, NULL, "What kind of part this is" },
    GLY_FIELD(gly_block, level, GLY_T_U32, "Heading level or list depth"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_block_layer = GLY_LAYER_TYPE(
    gly_block, "block/1", gly_block_fields, GLY_LAYER_TREE,
    "Titles, headings, paragraphs and other parts of the text");

/* ---- term/1 and token/1: words, made once and read by many stages -------- */

/* A distinct word form of the document, lower-cased. Its range is the first
 * place where it stands. */
typedef struct gly_term {
    gly_range at;
    gly_str   text;    /* lower-case; a slice of the text where it can be   */
    uint64_t  hash;    /* of text; the same in every document and process   */
    uint32_t  count;   /* tokens of this form                               */
    uint32_t  stop;    /* bit per language in which it is a stop word       */
    uint32_t  classes; /* trigger classes: cue verbs, titles, months ...    */
} gly_term;

GLY__TABLE gly_field gly_term_fields[] = {
    GLY_FIELD(gly_term, text, GLY_T_STR, "The word form in lower case"),
    GLY_FIELD_UNIT(gly_term, count, GLY_T_U32, "tokens", "How often it stands in the text"),
    GLY_FIELD(gly_term, stop, GLY_T_U32, "Languages in which it is a stop word, one bit each"),
    GLY_FIELD(gly_term, classes, GLY_T_U32, "Trigger classes, one bit each"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_term_layer = GLY_LAYER_TYPE(
    gly_term, "term/1", gly_term_fields, GLY_LAYER_WORK,
    "The distinct word forms of the text");

enum {
    GLY_TOKEN_WORD        = 1 << 0, /* letters, with digits, ' and - inside       */
    GLY_TOKEN_NUMBER      = 1 << 1, /* digits, with . , : inside                  */
    GLY_TOKEN_MARK        = 1 << 2, /* one code point of punctuation or a symbol  */
    GLY_TOKEN_CAPITAL     = 1 << 3, /* first letter is upper case                 */
    GLY_TOKEN_UPPER       = 1 << 4, /* two letters or more, all upper case        */
    GLY_TOKEN_MIXED       = 1 << 5, /* upper case after the first letter, not all */
    GLY_TOKEN_DIGIT       = 1 << 6, /* holds a digit                              */
    GLY_TOKEN_SPACE       = 1 << 7, /* white space stands before it               */
    GLY_TOKEN_LINE        = 1 << 8, /* first token of its line                    */
    GLY_TOKEN_CJK         = 1 << 9, /* Han, kana, Hangul or Thai: a run, not a word */
};

typedef struct gly_token {
    gly_range at;
    uint32_t  term;  /* record of term/1; GLY_NO_REF for marks */
    uint32_t  flags; /* GLY_TOKEN_*                            */
} gly_token;

GLY__TABLE char *const gly_token_term[] = { "term/1", NULL };
GLY__TABLE gly_field gly_token_fields[] = {
    { "term", GLY_T_REF, offsetof(gly_token, term), gly_token_term, NULL, "Its word form" },
    GLY_FIELD(gly_token, flags, GLY_T_U32, "Kind and shape, one bit each"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_token_layer = GLY_LAYER_TYPE(
    gly_token, "token/1", gly_token_fields, GLY_LAYER_FLAT | GLY_LAYER_WORK,
    "Words, numbers and punctuation marks");

/* ---- sentence/1 ----------------------------------------------------------- */

typedef struct gly_sentence {
    gly_range at;
    uint32_t  block;       /* record of block/1 it lies in; GLY_NO_REF: none */
    uint32_t  first_token; /* its tokens: [first_token, last_token)          */
    uint32_t  last_token;
} gly_sentence;

GLY__TABLE char *const gly_sentence_block[] = { "block/1", NULL };
GLY__TABLE gly_field gly_sentence_fields[] = {
    { "block", GLY_T_REF, offsetof(gly_sentence, block), gly_sentence_block, NULL, "The block it lies in" },
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_sentence_layer = GLY_LAYER_TYPE(
    gly_sentence, "sentence/1", gly_sentence_fields, GLY_LAYER_FLAT, "Sentences");

/* ---- quote/1 -------------------------------------------------------------- */

typedef enum gly_quote_kind { GLY_QUOTE_DIRECT, GLY_QUOTE_INDIRECT, GLY_QUOTE_KINDS } gly_quote_kind;

/* The range runs from the first byte inside the opening mark to the last before
 * the closing one, over all paragraphs of the quotation. */
typedef struct gly_quote {
    gly_range at;
    gly_str   text;         /* paragraphs joined by a blank line, no marks   */
    gly_str   speaker;      /* as the text names it: "Insp Ann Other"         */
    gly_range speaker_at;   /* where; {0,0}: no speaker                      */
    gly_str   name;         /* "Ann Other", also where only "she" stands     */
    gly_str   role;         /* "Head of Roads"                               */
    gly_str   organisation; /* "Marlshire Council"                           */
    gly_str   cue;          /* "said"                                        */
    int32_t   kind;         /* gly_quote_kind                                */
    uint32_t  confidence;   /* 0..1000, of the speaker                       */
} gly_quote;

GLY__TABLE char *const gly_quote_kinds[GLY_QUOTE_KINDS + 1] = { "direct", "indirect", NULL };
GLY__TABLE gly_field gly_quote_fields[] = {
    GLY_FIELD(gly_quote, text, GLY_T_STR, "The words, paragraphs parted by a blank line"),
    GLY_FIELD(gly_quote, speaker, GLY_T_STR, "The speaker as written"),
    GLY_FIELD(gly_quote, speaker_at, GLY_T_RANGE, "Where the speaker stands"),
    GLY_FIELD(gly_quote, name, GLY_T_STR, "The speaker's full name"),
    GLY_FIELD(gly_quote, role, GLY_T_STR, "The speaker's role"),
    GLY_FIELD(gly_quote, organisation, GLY_T_STR, "The speaker's organisation"),
    GLY_FIELD(gly_quote, cue, GLY_T_STR, "The verb that attributes"),
    { "kind", GLY_T_ENUM, offsetof(gly_quote, kind), gly_quote_kinds, NULL, "Direct or indirect speech" },
    GLY_FIELD(gly_quote, confidence, GLY_T_U32, "How sure the speaker is, 0 to 1000"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_quote_layer = GLY_LAYER_TYPE(
    gly_quote, "quote/1", gly_quote_fields, 0, "Quotations with their speakers");

/* ---- entity/1 ------------------------------------------------------------- */

typedef enum gly_entity_kind { GLY_ENTITY_PERSON, GLY_ENTITY_ORG, GLY_ENTITY_PLACE, GLY_ENTITY_KINDS } gly_entity_kind;

typedef struct gly_entity {
    gly_range at;
    int32_t   type;       /* gly_entity_kind                             */
    gly_str   name;       /* the fullest form of it that the text gives  */
    uint32_t  confidence; /* 0..1000                                     */
} gly_entity;

GLY__TABLE char *const gly_entity_kinds[GLY_ENTITY_KINDS + 1] = { "PERSON", "ORG", "PLACE", NULL };
GLY__TABLE gly_field gly_entity_fields[] = {
    { "type", GLY_T_ENUM, offsetof(gly_entity, type), gly_entity_kinds, NULL, "Person, organisation or place" },
    GLY_FIELD(gly_entity, name, GLY_T_STR, "The fullest form of the name in the text"),
    GLY_FIELD(gly_entity, confidence, GLY_T_U32, "0 to 1000"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_entity_layer = GLY_LAYER_TYPE(
    gly_entity, "entity/1", gly_entity_fields, 0, "People, organisations and places");

/* ---- acronym/1 ------------------------------------------------------------ */

/* The range is the short form where the long form is given with it; an acronym
 * that the text never expands has an empty long form. */
typedef struct gly_acronym {
    gly_range at;
    gly_str   short_form;
    gly_str   long_form;
    gly_range long_at; /* {0,0}: never expanded */
} gly_acronym;

GLY__TABLE gly_field gly_acronym_fields[] = {
    { "short", GLY_T_STR, offsetof(gly_acronym, short_form), NULL, NULL, "The acronym, in the singular" },
    { "long", GLY_T_STR, offsetof(gly_acronym, long_form), NULL, NULL, "What it stands for, as written" },
    GLY_FIELD(gly_acronym, long_at, GLY_T_RANGE, "Where the long form stands"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_acronym_layer = GLY_LAYER_TYPE(
    gly_acronym, "acronym/1", gly_acronym_fields, 0, "Acronyms with their long forms");

/* ---- mention/1 ------------------------------------------------------------ */

typedef enum gly_mention_kind {
    GLY_MENTION_HASHTAG, GLY_MENTION_HANDLE, GLY_MENTION_URL, GLY_MENTION_EMAIL,
    GLY_MENTION_PHONE, GLY_MENTION_KINDS
} gly_mention_kind;

typedef struct gly_mention {
    gly_range at;
    int32_t   type;  /* gly_mention_kind                              */
    gly_str   value; /* without # or @; phone numbers as +digits where the
                        country is written, as digits otherwise        */
} gly_mention;

GLY__TABLE char *const gly_mention_kinds[GLY_MENTION_KINDS + 1] = {
    "hashtag", "handle", "url", "email", "phone", NULL
};
GLY__TABLE gly_field gly_mention_fields[] = {
    { "type", GLY_T_ENUM, offsetof(gly_mention, type), gly_mention_kinds, NULL, "What is mentioned" },
    GLY_FIELD(gly_mention, value, GLY_T_STR, "The mention in its bare form"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_mention_layer = GLY_LAYER_TYPE(
    gly_mention, "mention/1", gly_mention_fields, 0,
    "Hashtags, handles, URLs, e-mail addresses and phone numbers");

/* ---- date/1, amount/1 ------------------------------------------------------ */

typedef struct gly_date {
    gly_range at;
    gly_str   value; /* ISO 8601: 2023-05-02, 2023-05, 2023-05-02T09:30 */
} gly_date;

GLY__TABLE gly_field gly_date_fields[] = {
    GLY_FIELD(gly_date, value, GLY_T_STR, "The date in ISO 8601"), GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_date_layer = GLY_LAYER_TYPE(
    gly_date, "date/1", gly_date_fields, GLY_LAYER_FLAT, "Dates, normalised");

typedef struct gly_amount {
    gly_range at;
    double    value;
    gly_str   unit; /* ISO 4217 currency, "%", or a unit: "kg", "km" */
} gly_amount;

GLY__TABLE gly_field gly_amount_fields[] = {
    GLY_FIELD(gly_amount, value, GLY_T_REAL, "The number"),
    GLY_FIELD(gly_amount, unit, GLY_T_STR, "Currency (ISO 4217), % or unit"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_amount_layer = GLY_LAYER_TYPE(
    gly_amount, "amount/1", gly_amount_fields, GLY_LAYER_FLAT, "Amounts, normalised");

/* ---- keyword/1, summary/1, stats/1 ----------------------------------------- */

typedef struct gly_keyword {
    gly_range at;    /* first place where it stands  */
    gly_str   text;
    double    score; /* 0..1, the best has 1         */
    uint32_t  rank;  /* 0 = best                     */
} gly_keyword;

GLY__TABLE gly_field gly_keyword_fields[] = {
    GLY_FIELD(gly_keyword, text, GLY_T_STR, "The keyword or phrase"),
    GLY_FIELD(gly_keyword, score, GLY_T_REAL, "Weight; the best has 1"),
    GLY_FIELD(gly_keyword, rank, GLY_T_U32, "Place in the list, from 0"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_keyword_layer = GLY_LAYER_TYPE(
    gly_keyword, "keyword/1", gly_keyword_fields, 0, "Keywords and phrases");

/* One record for each chosen sentence, in reading order. */
typedef struct gly_summary {
    gly_range at;
    uint32_t  sentence; /* record of sentence/1      */
    uint32_t  rank;     /* 0 = chosen first          */
} gly_summary;

GLY__TABLE char *const gly_summary_sentence[] = { "sentence/1", NULL };
GLY__TABLE gly_field gly_summary_fields[] = {
    { "sentence", GLY_T_REF, offsetof(gly_summary, sentence), gly_summary_sentence, NULL, "The sentence" },
    GLY_FIELD(gly_summary, rank, GLY_T_U32, "Order of choice, from 0"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_summary_layer = GLY_LAYER_TYPE(
    gly_summary, "summary/1", gly_summary_fields, GLY_LAYER_FLAT, "Sentences of the summary");

typedef struct gly_stats { /* one record over the whole text */
    gly_range at;
    uint32_t  words, sentences, paragraphs, reading_seconds;
} gly_stats;

GLY__TABLE gly_field gly_stats_fields[] = {
    GLY_FIELD(gly_stats, words, GLY_T_U32, "Words"),
    GLY_FIELD(gly_stats, sentences, GLY_T_U32, "Sentences"),
    GLY_FIELD(gly_stats, paragraphs, GLY_T_U32, "Paragraphs"),
    GLY_FIELD_UNIT(gly_stats, reading_seconds, GLY_T_U32, "s", "Time to read it"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_stats_layer = GLY_LAYER_TYPE(
    gly_stats, "stats/1", gly_stats_fields, GLY_LAYER_FLAT, "Counts over the text");

/* ---- removed/1: what cleaning took out -------------------------------------- */

/* Over the view that the text was taken from: the parent of the view that the
 * cleaning stage made. */
typedef struct gly_removed {
    gly_range at;
    gly_str   rule;  /* "image-alt", "share", "cookie", "contact" ...          */
    gly_str   words; /* as readers saw them, where markup stands among the bytes
                        of `at`; empty: those bytes are the words             */
} gly_removed;

GLY__TABLE gly_field gly_removed_fields[] = {
    GLY_FIELD(gly_removed, rule, GLY_T_STR, "The rule that took it out"),
    GLY_FIELD(gly_removed, words, GLY_T_STR, "The words as readers saw them, where the bytes hold markup"),
    GLY_FIELDS_END
};
GLY__TABLE gly_layer_type gly_removed_layer = GLY_LAYER_TYPE(
    gly_removed, "removed/1", gly_removed_fields, 0, "What cleaning took out, and why");

#endif
