/* extract.metadata - title, authors, dates, site and more of a web page.
 *
 * Gathers what the page's markup says (fact/1 of clean.html) as candidates with a
 * confidence, and keeps the surest of each key. What is not said is not guessed. */
#include <galley/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "gather.h"

enum { STATES_SITE = 540 }; /* how sure a page must be that its site is the author */

typedef struct config {
    int64_t confidence;
    bool    url_date;
} config;

static const gly_option options[] = {
    GLY_INT(config, confidence, "500", 0, 1000, "",
            "Leave out what is less sure than this; 1000 is stated by the page"),
    GLY_BOOL(config, url_date, "true", "Take a date in the page's address for its day of publication"),
    GLY_OPTIONS_END,
};

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    months          months;
} state;

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = malloc(sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts };
    months_prepare(&st->months);
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

/* ---- choosing ---------------------------------------------------------------------- */

static bool names_site(const gathered *g, gly_str name)
{
    const candidate *site = candidate_best(&g->all, KEY_SITE);

    return site && title_same(site->value, name);
}

static gly_status set_origin(const state *st, gly_doc *doc, const char *key, const char *origin,
                             uint32_t confidence)
{
    char name[32];

    snprintf(name, sizeof name, "%s.origin", key);
    return gly_set_str(st->host, st->stage, doc, name, (gly_str){ origin, (uint32_t)strlen(origin) },
                       (gly_range){ 0, 0 }, (uint16_t)confidence);
}

/* A value that an earlier stage was surer of stays, and so does its origin. */
static gly_status set(const state *st, gly_doc *doc, const char *key, gly_str value, uint32_t confidence,
                      const char *origin)
{
    const gly_meta *old = gly_meta_next(doc, key, NULL);
    gly_status status;

    if (value.len == 0 || confidence < (uint32_t)st->options->confidence ||
        (old && old->confidence > confidence))
        return GLY_OK;
    status = gly_set_str(st->host, st->stage, doc, key, value, (gly_range){ 0, 0 }, (uint16_t)confidence);
    return status == GLY_OK ? set_origin(st, doc, key, origin, confidence) : status;
}

/* Whether an earlier tag that is taken too says the same. */
static bool is_repeated(const gathered *g, const candidate *tag)
{
    for (const candidate *c = g->all.items; c < tag; c++)
        if (c->key == KEY_TAG && c->confidence == tag->confidence && c->value.len == tag->value.len &&
            strncasecmp(c->value.ptr, tag->value.ptr, c->value.len) == 0)
            return true;
    return false;
}

/* All values of a key that are as sure as the surest. */
static gly_status add_all(const state *st, gly_doc *doc, const char *key, const gathered *g, meta_key of,
                          uint32_t surest, bool site)
{
    gly_status status = GLY_OK;
    const char *origin = NULL;

    for (uint32_t i = 0; i < g->all.count && status == GLY_OK; i++) {
        const candidate *c = &g->all.items[i];
        gly_meta m = { .key = key, .type = GLY_T_STR, .as.s = c->value, .confidence = (uint16_t)surest };

        if (c->key != of || c->confidence != surest || (of == KEY_TAG && is_repeated(g, c)) ||
            (of == KEY_AUTHOR && names_site(g, c->value) != site))
            continue;
        origin = origin ? origin : c->origin;
        status = st->host->meta_add(st->stage, doc, &m);
    }
    return status == GLY_OK && origin ? set_origin(st, doc, key, origin, surest) : status;
}

static gly_str copied(gly_doc *doc, const char *text)
{
    uint32_t length = (uint32_t)strlen(text);
    char *copy = GLY_NEWN(doc->arena, char, length + 1u);

    if (copy)
        memcpy(copy, text, length + 1u);
    return (gly_str){ copy, copy ? length : 0 };
}

static bool is(gly_str s, const char *what)
{
    return s.len == strlen(what) && strncasecmp(s.ptr, what, s.len) == 0;
}

static gly_status set_published(const state *st, gly_doc *doc, const gathered *g)
{
    uint32_t confidence;
    const day *best = days_best(&g->all.days, &confidence);

    return best ? set(st, doc, "published", copied(doc, best->iso), confidence, best->origin) : GLY_OK;
}

/* The surest that is a date at all, and not before the day of publication. */
static gly_status set_modified(const state *st, gly_doc *doc, const gathered *g)
{
    const candidate *best = NULL;
    date read, found[MOST_DATES];
    uint32_t confidence;
    const day *published = days_best(&g->all.days, &confidence);

    for (uint32_t i = 0; i < g->all.count; i++) {
        const candidate *c = &g->all.items[i];

        if (c->key != KEY_MODIFIED || (best && c->confidence <= best->confidence) ||
            dates_find(&st->months, c->value, g->all.order, found) == 0 ||
            (published && date_number(&found[0]) < published->number))
            continue;
        best = c;
        read = found[0];
    }
    return best ? set(st, doc, "modified", copied(doc, read.iso), best->confidence, best->origin) : GLY_OK;
}

/* All authors of the surest place that names any. The site itself is one only when
 * the page states so and names nobody else. */
static gly_status set_authors(const state *st, gly_doc *doc, const gathered *g)
{
    uint32_t surest = 0, site = 0;

    for (uint32_t i = 0; i < g->all.count; i++) {
        const candidate *c = &g->all.items[i];

        if (c->key != KEY_AUTHOR)
            continue;
        if (!names_site(g, c->value))
            surest = c->confidence > surest ? c->confidence : surest;
        else if (c->confidence >= STATES_SITE && c->confidence > site)
            site = c->confidence;
    }
    if (site && (site >= 870 ? surest < 780 : !surest))
        return add_all(st, doc, "author", g, KEY_AUTHOR, site, true);
    if (surest < (uint32_t)st->options->confidence)
        return GLY_OK;
    return add_all(st, doc, "author", g, KEY_AUTHOR, surest, false);
}

static gly_status set_tags(const state *st, gly_doc *doc, const gathered *g)
{
    const candidate *best = candidate_best(&g->all, KEY_TAG);

    return best ? add_all(st, doc, "tag", g, KEY_TAG, best->confidence, false) : GLY_OK;
}

static gly_status set_flag(const state *st, gly_doc *doc, const char *key, const candidate *c)
{
    gly_meta m = { .key = key, .type = GLY_T_BOOL, .as.b = true, .confidence = (uint16_t)c->confidence };
    gly_status status;

    if (c->confidence < (uint32_t)st->options->confidence)
        return GLY_OK;
    status = st->host->meta_set(st->stage, doc, &m);
    return status == GLY_OK ? set_origin(st, doc, key, c->origin, c->confidence) : status;
}

static gly_status set_flags(const state *st, gly_doc *doc, const gathered *g)
{
    const candidate *paywall = candidate_best(&g->all, KEY_PAYWALL);
    const candidate *listing = candidate_best(&g->all, KEY_LISTING);
    gly_status status = GLY_OK;

    if (paywall && !is(paywall->value, "free") && !is(paywall->value, "metered"))
        status = set_flag(st, doc, "paywalled", paywall);
    if (status == GLY_OK && listing)
        status = set_flag(st, doc, "listing", listing);
    return status;
}

/* The surest address of the page itself that is one. */
static const candidate *page_address(const gathered *g)
{
    const candidate *best = NULL;

    for (uint32_t i = 0; i < g->all.count; i++) {
        const candidate *c = &g->all.items[i];

        if (c->key == KEY_URL && address_is_absolute(c->value) && (!best || c->confidence > best->confidence))
            best = c;
    }
    return best;
}

static gly_status set_addresses(const state *st, gly_doc *doc, const gathered *g)
{
    static const struct { meta_key from; const char *key; } others[] = {
        { KEY_IMAGE, "image" }, { KEY_LICENCE, "licence" },
    };
    const candidate *page = page_address(g);
    gly_str own = page ? page->value : (gly_str){ NULL, 0 };
    gly_status status = page ? set(st, doc, "url", own, page->confidence, page->origin) : GLY_OK;

    for (size_t i = 0; i < sizeof others / sizeof others[0] && status == GLY_OK; i++) {
        const candidate *c = candidate_best(&g->all, others[i].from);

        if (c)
            status = set(st, doc, others[i].key, address_absolute(c->value, own, doc->arena),
                         c->confidence, c->origin);
    }
    return status;
}

/* "en-GB" and "EN" are "en"; names of languages are none. */
static gly_status set_language(const state *st, gly_doc *doc, const gathered *g)
{
    const candidate *c = candidate_best(&g->all, KEY_LANG);
    char code[3] = "";

    if (!c || c->value.len < 2 || (c->value.len > 2 && !memchr("-_", c->value.ptr[2], 2)))
        return GLY_OK;
    for (int i = 0; i < 2; i++) {
        code[i] = (char)(c->value.ptr[i] | 0x20);
        if (code[i] < 'a' || code[i] > 'z')
            return GLY_OK;
    }
    return set(st, doc, "lang", copied(doc, code), c->confidence * 2 / 3, c->origin);
}

static gly_status set_plain(const state *st, gly_doc *doc, const gathered *g)
{
    static const struct { meta_key from; const char *key; } plain[] = {
        { KEY_SITE, "site" }, { KEY_SECTION, "section" }, { KEY_DESCRIPTION, "description" },
    };
    gly_status status = set_addresses(st, doc, g);

    for (size_t i = 0; i < sizeof plain / sizeof plain[0] && status == GLY_OK; i++) {
        const candidate *c = candidate_best(&g->all, plain[i].from);

        if (c)
            status = set(st, doc, plain[i].key, c->value, c->confidence, c->origin);
    }
    return status == GLY_OK ? set_language(st, doc, g) : status;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    gathered *g = GLY_NEW(doc->scratch, gathered);
    gly_status status;

    if (!g)
        return GLY_ENOMEM;
    gather(g, doc, &st->months, st->options->url_date);
    status = set(st, doc, "title", g->headline.value, g->headline.confidence, g->headline.origin);
    if (status == GLY_OK)
        status = set_authors(st, doc, g);
    if (status == GLY_OK)
        status = set_published(st, doc, g);
    if (status == GLY_OK)
        status = set_modified(st, doc, g);
    if (status == GLY_OK)
        status = set_plain(st, doc, g);
    if (status == GLY_OK)
        status = set_tags(st, doc, g);
    return status == GLY_OK ? set_flags(st, doc, g) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const char *const reads[] = { "?fact/1", NULL };
static const char *const writes[] = {
    "meta.title", "meta.author", "meta.published", "meta.modified", "meta.site", "meta.url", "meta.lang",
    "meta.image", "meta.section", "meta.tag", "meta.licence", "meta.description", "meta.paywalled",
    "meta.listing", NULL
};

GLY_PLUGIN(.name = "extract.metadata", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Read title, authors, dates and site from a page's markup",
    .help =
        "Reads what clean.html found in a page's markup: JSON-LD, microdata, OpenGraph, Dublin Core, "
        "other meta elements, time elements, bylines and headings. Of each key the surest is kept, "
        "with its confidence: 1000 is stated by the page for the article itself, less is inferred.\n\n"
        "The title goes without the site's name. A page that states no date gets none.",
    .example = "{ use = \"extract.metadata\"; confidence = 700; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
