/* clean.repeats - takes out what stands on page after page of one site.
 *
 * Knows blocks again that emit.repeats wrote down in an earlier run. The text
 * without them is a new view; they stand in removed/1 by the rule "repeats",
 * beside what earlier stages took out. */
#include <galley/plugin.h>

#include <errno.h>
#include <stdlib.h>

#include "kit/repeats.h"
#include "kit/rewrite.h"
#include "learned.h"

typedef struct config {
    gly_str learned;
    int64_t min_pages, min_words;
    double  min_share, most;
} config;

static const gly_option options[] = {
    GLY_PATH(config, learned, "", "What emit.repeats wrote in an earlier run; without it nothing is taken out"),
    GLY_INT(config, min_pages, "3", 2, 1000000, "pages", "Take out what stands on so many pages of the site"),
    GLY_REAL(config, min_share, "0.3", 0, 1, NULL, "And on this share of its pages"),
    GLY_INT(config, min_words, "4", 1, 1000, "words", "Leave shorter blocks alone"),
    GLY_REAL(config, most, "0.5", 0, 1, NULL, "Keep all of a text of which more than this share would go"),
    GLY_OPTIONS_END
};

static const char rule[] = "repeats";

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    learned        *learned; /* NULL: nothing was */
} state;

/* ---- the learned file ---------------------------------------------------------------- */

static gly_status refuse(const state *st, learned_status why)
{
    gly_str path = st->options->learned;
    const char *said = why == LEARNED_FORMAT ? "is no file that emit.repeats wrote"
                       : why == LEARNED_NOMEM ? "needs more memory than there is"
                                              : strerror(errno);

    return gly_fail(st->host, st->stage, NULL, why == LEARNED_NOMEM ? GLY_ENOMEM : GLY_ERR,
                    "cannot use 'learned', '%.*s': %s; 'galley run learn-repeats PAGES -o FOLDER' makes one",
                    (int)path.len, path.ptr, said);
}

static gly_status learn(state *st)
{
    const config *c = st->options;
    const learned_limits limits = { (uint64_t)c->min_pages, c->min_share };
    char *path = strndup(c->learned.ptr, c->learned.len);
    FILE *file = path ? fopen(path, "rb") : NULL;
    learned_status status = file ? LEARNED_OK : LEARNED_READ;
    learned_counts counts = { .pages = 0 };

    free(path);
    if (file) {
        status = learned_read(file, &limits, &st->learned, &counts);
        fclose(file);
    }
    if (status != LEARNED_OK)
        return refuse(st, status);
    if (counts.bad)
        gly_log(st->host, st->stage, GLY_WARN, "%llu lines of '%.*s' are cut short or damaged; they were left out",
                (unsigned long long)counts.bad, (int)c->learned.len, c->learned.ptr);
    gly_log(st->host, st->stage, GLY_DEBUG, "knows %llu blocks from %llu pages, of which %llu came twice",
            (unsigned long long)counts.blocks, (unsigned long long)counts.pages, (unsigned long long)counts.same);
    return GLY_OK;
}

static void close_stage(void *shared)
{
    state *st = shared;

    learned_free(st->learned);
    free(st);
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = malloc(sizeof *st);
    gly_status status = GLY_OK;

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts };
    if (st->options->learned.len)
        status = learn(st);
    if (status != GLY_OK)
        close_stage(st);
    else
        *shared = st;
    return status;
}

/* ---- what goes ------------------------------------------------------------------------- */

typedef struct page {
    const state     *st;
    gly_doc         *doc;
    const gly_layer *blocks; /* NULL: the parts are lines */
    repeats_parts    parts;
    bool            *gone;   /* of each part              */
} page;

static const gly_block *block_of(const page *p, uint32_t part)
{
    uint32_t index = p->parts.items[part].block;

    return index == GLY_NO_REF ? NULL : &GLY_RECORDS(p->blocks, gly_block)[index];
}

/* Titles and what the article says of itself stay wherever they stand. */
static bool may_go(const page *p, uint32_t part)
{
    const gly_block *b = block_of(p, part);
    const repeats_part *it = &p->parts.items[part];

    if (it->words < (uint64_t)p->st->options->min_words)
        return false;
    if (b && (b->type == GLY_BLOCK_TITLE || b->type == GLY_BLOCK_BYLINE || b->type == GLY_BLOCK_DATE))
        return false;
    return !gly_str_eq(gly_slice(p->doc->text, it->at), gly_meta_str(p->doc, "title"));
}

static bool is_heading(const page *p, uint32_t part)
{
    const gly_block *b = block_of(p, part);

    return b && b->type == GLY_BLOCK_HEADING;
}

/* A heading goes with what stands under it, and never alone: many articles of a
 * site have the same parts ("Background"). */
static void settle_headings(page *p, gly_str site)
{
    bool below = false, any = false; /* something below it, all of which goes */

    for (uint32_t i = p->parts.count; i-- > 0;) {
        if (!is_heading(p, i)) {
            below = (any ? below : true) && p->gone[i];
            any = true;
            continue;
        }
        p->gone[i] = any && below && learned_knows(p->st->learned, site, p->parts.items[i].hash);
        any = false;
    }
}

/* The bytes that would go; false: more than `most` of the text. */
static bool is_little(const page *p, uint64_t *going)
{
    uint64_t all = 0;

    *going = 0;
    for (uint32_t i = 0; i < p->parts.count; i++) {
        uint64_t size = p->parts.items[i].at.end - p->parts.items[i].at.begin;

        all += size;
        *going += p->gone[i] ? size : 0;
    }
    return *going < all && (double)*going <= p->st->options->most * (double)all;
}

static gly_status find(page *p, uint64_t *going)
{
    char name[REPEATS_LONGEST_SITE + 1];
    gly_str site = { name, repeats_site(p->doc, name) };

    *going = 0;
    if (learned_pages(p->st->learned, site) < (uint64_t)p->st->options->min_pages)
        return GLY_OK;
    p->blocks = gly_layer_current(p->doc, "block/1");
    if (!repeats_part_text(p->doc, p->doc->scratch, &p->parts) ||
        !(p->gone = GLY_NEWN(p->doc->scratch, bool, p->parts.count + 1u)))
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < p->parts.count; i++)
        p->gone[i] = !is_heading(p, i) && may_go(p, i) &&
                     learned_knows(p->st->learned, site, p->parts.items[i].hash);
    settle_headings(p, site);
    if (p->parts.count == REPEATS_MOST_PARTS) /* the text goes on behind it */
        p->gone[REPEATS_MOST_PARTS - 1] = false;
    if (is_little(p, going))
        return GLY_OK;
    gly_remark(p->st->host, p->st->stage, p->doc, GLY_INFO, (gly_range){ 0, 0 },
               "most of the text stands on other pages of '%s' too; all of it was kept", name);
    *going = 0;
    return GLY_OK;
}

/* ---- the text without it ----------------------------------------------------------------- */

/* What stood over the older text comes along; ours leads back to the same. */
static gly_status keep_removed(const page *p, uint16_t parent)
{
    const gly_layer *old = gly_layer_of(p->doc, "removed/1");
    const gly_host *host = p->st->host;
    uint16_t view = old ? old->view : parent;
    gly_layer *layer = host->layer_add_over(p->st->stage, p->doc, &gly_removed_layer, view);

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < GLY_COUNT(old); i++) {
        const gly_removed *r = &GLY_RECORDS(old, gly_removed)[i];
        gly_removed *copy = gly_push(host, p->doc, layer, r->at.begin, r->at.end);

        if (!copy)
            return GLY_ENOMEM;
        *copy = *r;
    }
    for (uint32_t i = 0; i < p->parts.count; i++) {
        gly_range at = p->parts.items[i].at;
        gly_removed *r;

        if (!p->gone[i])
            continue;
        at = view == parent ? at : host->map(p->doc, parent, at, view);
        r = gly_push(host, p->doc, layer, at.begin, at.end);
        if (!r)
            return GLY_ENOMEM;
        r->rule = (gly_str){ rule, sizeof rule - 1 };
    }
    return GLY_OK;
}

/* Blocks move up by what went before them; what lies in one that went goes too. */
static gly_status move_blocks(const page *p)
{
    gly_layer *layer = p->blocks ? p->st->host->layer_add(p->st->stage, p->doc, &gly_block_layer) : NULL;
    uint32_t part = 0, shift = 0; /* bytes that went before the part in hand */

    if (p->blocks && !layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < GLY_COUNT(p->blocks); i++) {
        const gly_block *b = &GLY_RECORDS(p->blocks, gly_block)[i];
        gly_block *moved;

        while (part + 1 < p->parts.count && p->parts.items[part + 1].at.begin <= b->at.begin) {
            shift += p->gone[part] ? p->parts.items[part + 1].at.begin - p->parts.items[part].at.begin : 0;
            part++;
        }
        if (part < p->parts.count && p->gone[part] && b->at.begin < p->parts.items[part].at.end)
            continue;
        moved = gly_push(p->st->host, p->doc, layer, b->at.begin - shift, b->at.end - shift);
        if (!moved)
            return GLY_ENOMEM;
        moved->type = b->type;
        moved->level = b->level;
    }
    return GLY_OK;
}

/* A part goes with what parts it from the next one; the last with what is before. */
static gly_status write_text(const page *p, uint16_t parent)
{
    const repeats_part *parts = p->parts.items;
    uint32_t from = 0, last = p->parts.count;
    rewrite out;

    while (last > 0 && p->gone[last - 1])
        last--;
    rewrite_begin(&out, p->doc->arena, p->doc->text, p->doc->text.len);
    for (uint32_t i = 0; i < last; i++) {
        if (!p->gone[i])
            continue;
        rewrite_keep(&out, from, parts[i].at.begin);
        from = parts[i + 1].at.begin;
    }
    rewrite_keep(&out, from, last == p->parts.count ? p->doc->text.len : parts[last - 1].at.end);
    if (last < p->parts.count && p->doc->text.ptr[p->doc->text.len - 1] == '\n')
        rewrite_keep(&out, p->doc->text.len - 1, p->doc->text.len);
    return rewrite_end(&out, p->st->host, p->st->stage, p->doc, "text", parent);
}

static gly_status process(void *self, gly_doc *doc)
{
    page p = { .st = self, .doc = doc };
    uint16_t parent = doc->current;
    uint64_t going;
    gly_status status;

    if (!p.st->learned || doc->text.len == 0)
        return GLY_OK;
    status = find(&p, &going);
    if (status != GLY_OK || going == 0)
        return status;
    p.st->host->count(p.st->stage, "texts", 1);
    status = write_text(&p, parent);
    if (status == GLY_OK)
        status = move_blocks(&p);
    return status == GLY_OK ? keep_removed(&p, parent) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage, .process = process,
};

static const char *const reads[] = { "text", "?block/1", "?meta.url", "?meta.title", "?removed/1", NULL };
static const char *const writes[] = { "text", "block/1", "removed/1", NULL };

GLY_PLUGIN(.name = "clean.repeats", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Take out what stands on page after page of a site",
    .help =
        "Sign-up lines, licences, notes about the house: blocks that a site puts under article after "
        "article. A first run with emit.repeats writes hashes of the blocks of each page; this stage "
        "takes out those that stand on many pages of one site. The site is the host of meta url, or "
        "else the folder that the document lies in.\n\n"
        "Titles and bylines stay, headings go only with what stands under them, and a text of which "
        "most would go keeps all.",
    .example = "{ use = \"clean.repeats\"; learned = \"repeats.txt\"; min_pages = 5; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config), .ops = &ops);
