/* extract.metadata - title, authors, dates, site and more of a web page.
 *
 * Gathers what the page's markup says (fact/1 of clean.html) as candidates with a
 * confidence, and keeps the surest of each key. What is not said is not guessed. */
#include <galley/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "candidate.h"
#include "kit/page/facts.h"

enum {
    RULED = 965,        /* author or date by a rule for the site                    */
    RULED_TITLE = 870,  /* what heads and headlines say is surer: rules grow old      */
    LEAST_SURE = 400,   /* shown, but nothing says what of                          */
    SURE_ALONE = 860,   /* dates below this must be shown to the page's readers too */
};

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
} state;

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = malloc(sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ host, stage, opts };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

/* ---- gathering ------------------------------------------------------------------- */

typedef struct gathered {
    candidates all;
    gly_str    h1, title, host;
    int32_t    h1_blocks;
    bool       months_first; /* 5/2/2023 is in May */
} gathered;

static bool holds(gly_str s, const char *what)
{
    return s.len && memmem(s.ptr, s.len, what, strlen(what)) != NULL;
}

static bool starts(gly_str s, const char *what)
{
    return s.len >= strlen(what) && strncasecmp(s.ptr, what, strlen(what)) == 0;
}

static bool is(gly_str s, const char *what)
{
    return s.len == strlen(what) && strncasecmp(s.ptr, what, s.len) == 0;
}

/* Near the headline: after it, or little before the article's first block. */
static bool is_near(const page_fact *f)
{
    return f->blocks >= -12 && f->blocks <= 2;
}

static void link_fact(gathered *g, const page_fact *f)
{
    if (is(f->key, "canonical"))
        candidate_add(&g->all, KEY_URL, 1000, f->value);
    else if (is(f->key, "license"))
        candidate_add(&g->all, KEY_LICENCE, 1000, f->value);
}

static void time_fact(gathered *g, const page_fact *f)
{
    bool modified = holds(f->key, "updat") || holds(f->key, "modif");
    char iso[32];

    if (f->blocks < -25 || f->blocks > 400 || !date_read(f->value, g->months_first, iso))
        return;
    candidate_add_shown(&g->all, modified ? KEY_MODIFIED : KEY_PUBLISHED,
                        holds(f->key, "publish") ? 860u : is_near(f) ? 840u : f->blocks < 0 ? 700u : 520u, f->value);
}

static void prop_fact(gathered *g, const page_fact *f)
{
    if (holds(f->key, "datePublished") || holds(f->key, "dateCreated"))
        candidate_add_shown(&g->all, KEY_PUBLISHED, holds(f->key, "Created") ? 870 : 950, f->value);
    else if (holds(f->key, "dateModified"))
        candidate_add(&g->all, KEY_MODIFIED, 950, f->value);
    else if (holds(f->key, "headline"))
        candidate_add(&g->all, KEY_TITLE, is_near(f) ? 930 : 600, f->value);
    else if (is(f->key, "author") && is_near(f))
        byline_read(&g->all, 880, f->value);
    else if (holds(f->key, "articleSection"))
        candidate_add(&g->all, KEY_SECTION, 800, f->value);
}

static void author_fact(gathered *g, const page_fact *f)
{
    bool stated = is(f->key, "author") || holds(f->key, "byline") || holds(f->key, "author");

    if (f->blocks < -15)
        return;
    if (is(f->key, "line")) { /* any line near the headline: it must say "By" */
        gly_str text = f->value;

        if (byline_opens(text))
            byline_read(&g->all, 780, text);
        return;
    }
    byline_read(&g->all, is_near(f) ? (stated ? 860u : 800u) : f->blocks > 0 ? 620u : 600u, f->value);
}

static void date_fact(gathered *g, const page_fact *f)
{
    char iso[32];

    uint32_t confidence = is(f->key, "line") ? 740 : 760;

    if (f->value.len >= 120 || !date_read(f->value, g->months_first, iso))
        return;
    if (!is_near(f)) /* far away it must be called a date */
        confidence = holds(f->key, "date") || holds(f->key, "datum") || holds(f->key, "publi") ? 560 : LEAST_SURE;
    candidate_add_shown(&g->all, KEY_PUBLISHED, confidence, f->value);
}

/* What a reader of the record would call the place. */
static const char *origin_of(const page_fact *f)
{
    switch ((page_fact_kind)f->kind) {
    case PAGE_FACT_META:
        if (starts(f->key, "og:") || starts(f->key, "article:"))
            return "opengraph";
        return starts(f->key, "dc.") || starts(f->key, "dcterms.") ? "dublin-core" : "meta";
    case PAGE_FACT_LINK: return "link";
    case PAGE_FACT_JSONLD: return "json-ld";
    case PAGE_FACT_TIME: return "time";
    case PAGE_FACT_PROP: return "microdata";
    case PAGE_FACT_AUTHOR: return "byline";
    case PAGE_FACT_DATE: return "text";
    case PAGE_FACT_TITLE: return "title";
    case PAGE_FACT_H1: return "heading";
    case PAGE_FACT_RULE: return "rule";
    case PAGE_FACT_LANG:
    case PAGE_FACT_CARD:
    case PAGE_FACT_KINDS: break;
    }
    return "html";
}

/* What somebody wrote a rule for who looked at the site. */
static void rule_fact(gathered *g, const page_fact *f)
{
    if (is(f->key, "title"))
        candidate_add(&g->all, KEY_TITLE, RULED_TITLE, f->value);
    else if (is(f->key, "author"))
        byline_read(&g->all, RULED, f->value);
    else
        candidate_add_shown(&g->all, KEY_PUBLISHED, RULED, f->value);
}

static void gather_one(gathered *g, const page_fact *f)
{
    g->all.origin = origin_of(f);
    switch ((page_fact_kind)f->kind) {
    case PAGE_FACT_META: meta_read(&g->all, f->key, f->value); break;
    case PAGE_FACT_LINK: link_fact(g, f); break;
    case PAGE_FACT_JSONLD: jsonld_read(&g->all, f->value); break;
    case PAGE_FACT_TIME: time_fact(g, f); break;
    case PAGE_FACT_PROP: prop_fact(g, f); break;
    case PAGE_FACT_AUTHOR: author_fact(g, f); break;
    case PAGE_FACT_DATE: date_fact(g, f); break;
    case PAGE_FACT_TITLE:
        if (!g->title.len)
            g->title = f->value;
        break;
    case PAGE_FACT_H1: /* the last one before the article, or else the first */
        if (!g->h1.len || (f->blocks <= 1 && f->blocks > g->h1_blocks)) {
            g->h1 = f->value;
            g->h1_blocks = f->blocks;
        }
        break;
    case PAGE_FACT_LANG:
        candidate_add(&g->all, KEY_LANG, 900, f->value);
        g->months_first = f->value.len >= 2 && strncasecmp(f->value.ptr, "en", 2) == 0 &&
                          !holds(f->value, "GB") && !holds(f->value, "gb") && !holds(f->value, "AU");
        break;
    case PAGE_FACT_RULE: rule_fact(g, f); break;
    case PAGE_FACT_CARD:
    case PAGE_FACT_KINDS: break;
    }
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

/* All values of a key that are as sure as the surest. */
static gly_status add_all(const state *st, gly_doc *doc, const char *key, const gathered *g, meta_key of,
                          uint32_t surest)
{
    gly_status status = GLY_OK;
    const char *origin = NULL;

    for (uint32_t i = 0; i < g->all.count && status == GLY_OK; i++) {
        const candidate *c = &g->all.items[i];
        gly_meta m = { .key = key, .type = GLY_T_STR, .as.s = c->value, .confidence = (uint16_t)surest };

        if (c->key != of || c->confidence != surest || (of == KEY_AUTHOR && names_site(g, c->value)))
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

/* The headline on the page, when what the head says agrees with it; else what the
 * head says, without the site's name. */
static uint32_t words_in(gly_str s)
{
    uint32_t words = s.len > 0;

    for (uint32_t i = 0; i < s.len; i++)
        words += s.ptr[i] == ' ';
    return words;
}

static gly_status set_title(const state *st, gly_doc *doc, gathered *g)
{
    const candidate *site = candidate_best(&g->all, KEY_SITE), *best = candidate_best(&g->all, KEY_TITLE);
    gly_str name = site ? site->value : (gly_str){ NULL, 0 };
    gly_str said = title_without_site(best ? best->value : g->title, name, g->host);
    gly_str title = title_without_site(g->title, name, g->host);
    uint32_t confidence = best ? best->confidence : g->title.len ? 750 : 600;
    const char *origin = best ? best->origin : g->title.len ? "title" : "heading";

    if (g->h1.len && (title_same(g->h1, said) || title_begins(g->title, g->h1) ||
                      title_begins(best ? best->value : g->title, g->h1) || title_begins(g->h1, said) ||
                      (g->h1_blocks >= -15 && g->h1_blocks <= 1 && words_in(g->h1) >= 3))) {
        said = g->h1;
        confidence = 970;
        origin = "heading";
    } else if (best && title.len && confidence < 900 && title_begins(best->value, title)) {
        said = title;
    } else if (!said.len) {
        said = g->h1;
    }
    return set(st, doc, "title", said, confidence, origin);
}

/* A day that the page shows somewhere, in whatever form. */
static bool is_shown(const gathered *g, const char *iso)
{
    char other[32];

    for (uint32_t i = 0; i < g->all.count; i++) {
        const candidate *c = &g->all.items[i];

        if (c->shown && (c->key == KEY_PUBLISHED || c->key == KEY_MODIFIED) &&
            date_read(c->value, g->months_first, other) && memcmp(iso, other, 10) == 0)
            return true;
    }
    return false;
}

/* The surest that is a date at all. What systems stamp on every page of a site,
 * dated or not, counts only when the page shows the day. */
static const candidate *surest_date(const gathered *g, meta_key key, char iso[32])
{
    uint32_t ceiling = 1001;

    for (;;) {
        const candidate *best = NULL;

        for (uint32_t i = 0; i < g->all.count; i++) {
            const candidate *c = &g->all.items[i];

            if (c->key == key && c->confidence < ceiling && (!best || c->confidence > best->confidence))
                best = c;
        }
        if (!best)
            return NULL;
        if (date_read(best->value, g->months_first, iso) &&
            (best->confidence >= SURE_ALONE || best->shown || is_shown(g, iso)))
            return best;
        ceiling = best->confidence;
    }
}

static gly_status set_date(const state *st, gly_doc *doc, gathered *g, meta_key key, const char *name)
{
    char iso[32];
    const candidate *best = surest_date(g, key, iso);

    return best ? set(st, doc, name, copied(doc, iso), best->confidence, best->origin) : GLY_OK;
}

/* All authors of the surest place that names any. */
static gly_status set_authors(const state *st, gly_doc *doc, const gathered *g)
{
    uint32_t surest = 0;

    for (uint32_t i = 0; i < g->all.count; i++) {
        const candidate *c = &g->all.items[i];

        if (c->key == KEY_AUTHOR && c->confidence > surest && !names_site(g, c->value))
            surest = c->confidence;
    }
    if (surest < (uint32_t)st->options->confidence)
        return GLY_OK;
    return add_all(st, doc, "author", g, KEY_AUTHOR, surest);
}

static gly_status set_tags(const state *st, gly_doc *doc, const gathered *g)
{
    const candidate *best = candidate_best(&g->all, KEY_TAG);

    return best ? add_all(st, doc, "tag", g, KEY_TAG, best->confidence) : GLY_OK;
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
    const candidate *paywall = candidate_best(&g->all, KEY_PAYWALL), *type = candidate_best(&g->all, KEY_TYPE);
    gly_status status = GLY_OK;

    if (paywall && !is(paywall->value, "free"))
        status = set_flag(st, doc, "paywalled", paywall);
    if (status == GLY_OK && type && is(type->value, "collection"))
        status = set_flag(st, doc, "listing", type);
    return status;
}

static gly_status set_plain(const state *st, gly_doc *doc, const gathered *g)
{
    static const struct { meta_key from; const char *key; } plain[] = {
        { KEY_SITE, "site" }, { KEY_URL, "url" }, { KEY_IMAGE, "image" }, { KEY_SECTION, "section" },
        { KEY_LICENCE, "licence" }, { KEY_DESCRIPTION, "description" },
    };
    const candidate *lang = candidate_best(&g->all, KEY_LANG);
    gly_status status = GLY_OK;

    for (size_t i = 0; i < sizeof plain / sizeof plain[0] && status == GLY_OK; i++) {
        const candidate *c = candidate_best(&g->all, plain[i].from);

        if (c)
            status = set(st, doc, plain[i].key, c->value, c->confidence, c->origin);
    }
    if (status == GLY_OK && lang && lang->value.len >= 2) /* "en-GB" is "en" */
        status = set(st, doc, "lang", (gly_str){ lang->value.ptr, 2 }, lang->confidence * 2 / 3, lang->origin);
    return status;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    const gly_layer *layer = gly_layer_of(doc, "fact/1");
    gathered *g = GLY_NEW(doc->scratch, gathered);
    const candidate *url;
    gly_status status;
    char iso[32];

    if (!g)
        return GLY_ENOMEM;
    memset(g, 0, offsetof(gathered, all.items));
    *g = (gathered){ .all.arena = doc->arena };
    for (uint32_t i = 0; i < GLY_COUNT(layer); i++)
        gather_one(g, &GLY_RECORDS(layer, page_fact)[i]);
    url = candidate_best(&g->all, KEY_URL);
    g->host = host_of(url ? url->value : (gly_str){ NULL, 0 });
    if (url && st->options->url_date && date_of_url(url->value, iso))
        {
        g->all.origin = "url";
        candidate_add_shown(&g->all, KEY_PUBLISHED, 830, copied(doc, iso));
    }
    status = set_title(st, doc, g);
    if (status == GLY_OK)
        status = set_authors(st, doc, g);
    if (status == GLY_OK)
        status = set_date(st, doc, g, KEY_PUBLISHED, "published");
    if (status == GLY_OK)
        status = set_date(st, doc, g, KEY_MODIFIED, "modified");
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
