/* clean.text - the title, headings and paragraphs of a plain-text article.
 *
 * Makes the view "text": blocks parted by an empty line, without the lines that
 * are not the article. Each line that goes stands in removed/1, over the view it
 * was taken from, with its rule's name. */
#include <galley/plugin.h>

#include <stdlib.h>

#include "kit/rewrite.h"
#include "lines.h"
#include "rules.h"

enum {
    MOST_TITLE_WORDS = 30,
    MOST_HEADING_WORDS = 12,
    TITLE_CONFIDENCE = 800,
    STOP_EVERY = 4096, /* lines between two looks at the deadline */
};

typedef struct config {
    gly_strs remove;
    bool     title;
} config;

static const gly_option options[] = {
    GLY_STRS(config, remove, "all",
             "Rules that take lines out: advertisement, caption, contact, cookie, end-mark, "
             "image-alt, label, newsletter, page-furniture, related, share; or all"),
    GLY_BOOL(config, title, "true", "Take the first line for the title when it reads like one"),
    GLY_OPTIONS_END,
};

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
} state;

static const char *check(const void *opts, const char **option)
{
    const config *c = opts;

    *option = "remove";
    for (uint32_t i = 0; i < c->remove.count; i++)
        if (!rule_known(c->remove.items[i]))
            return "names an unknown rule; see galley inspect clean.text";
    return NULL;
}

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

static bool enabled(const config *c, const char *rule)
{
    for (uint32_t i = 0; i < c->remove.count; i++) {
        gly_str name = c->remove.items[i];

        if (gly_str_eq(name, GLY_LIT("all")))
            return true;
        if (name.len == strlen(rule) && memcmp(name.ptr, rule, name.len) == 0)
            return true;
    }
    return false;
}

/* A text of which nothing would be left keeps all its lines. */
static void mark_lines(const state *st, lines *ls, gly_str text)
{
    uint32_t left = 0;

    for (uint32_t i = 0; i < ls->count; i++) {
        line *l = &ls->items[i];
        const char *rule = rule_for(gly_slice(text, l->at));

        l->rule = rule && enabled(st->options, rule) ? rule : NULL;
        left += !l->rule;
    }
    for (uint32_t i = 0; left == 0 && i < ls->count; i++)
        ls->items[i].rule = NULL;
}

static gly_status keep_removed(const state *st, gly_doc *doc, const lines *ls, uint16_t parent)
{
    gly_layer *layer = st->host->layer_add_over(st->stage, doc, &gly_removed_layer, parent);

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < ls->count; i++) {
        const line *l = &ls->items[i];
        gly_removed *r;

        if (!l->rule)
            continue;
        r = gly_push(st->host, doc, layer, l->at.begin, l->at.end);
        if (!r)
            return GLY_ENOMEM;
        r->rule = (gly_str){ l->rule, (uint32_t)strlen(l->rule) };
    }
    return GLY_OK;
}

/* Runs of spaces and tabs become one space. */
static void keep_line(rewrite *out, gly_range at)
{
    const char *p = out->from.ptr;
    uint32_t begin = at.begin;

    for (uint32_t i = at.begin; i < at.end; i++) {
        uint32_t end = i;

        if (p[i] != ' ' && p[i] != '\t')
            continue;
        while (p[i + 1] == ' ' || p[i + 1] == '\t')
            i++; /* a trimmed line ends in something else */
        if (i == end && p[end] == ' ')
            continue;
        rewrite_keep(out, begin, end);
        rewrite_put(out, " ", 1);
        begin = i + 1;
    }
    rewrite_keep(out, begin, at.end);
}

static bool opens_quote(gly_str s)
{
    return s.ptr[0] == '"' || (s.len > 2 && memcmp(s.ptr, "\xE2\x80\x9C", 3) == 0);
}

static int32_t kind_of(const state *st, const lines *ls, uint32_t first, uint32_t last,
                       bool opening, gly_str text)
{
    const line *l = &ls->items[first];
    bool quoted = opens_quote(gly_slice(text, l->at));

    if (l->item)
        return GLY_BLOCK_ITEM;
    if (first != last || ls->items[last].ends)
        return GLY_BLOCK_PARAGRAPH;
    if (opening && st->options->title && l->words <= MOST_TITLE_WORDS && first + 1 < ls->count)
        return GLY_BLOCK_TITLE;
    if (!quoted && l->parted && l->words <= MOST_HEADING_WORDS && first + 1 < ls->count
        && text.ptr[l->at.end - 1] != ',')
        return GLY_BLOCK_HEADING;
    return GLY_BLOCK_PARAGRAPH;
}

/* Writes the lines first..last as one block and says where it stands. */
static gly_range write_block(rewrite *out, const lines *ls, uint32_t first, uint32_t last)
{
    gly_range at;

    if (out->length)
        rewrite_put(out, "\n\n", 2);
    at.begin = out->length;
    for (uint32_t i = first; i <= last; i++) {
        if (i > first)
            rewrite_put(out, " ", 1);
        keep_line(out, ls->items[i].at);
    }
    at.end = out->length;
    return at;
}

static gly_status write_blocks(const state *st, const lines *ls, rewrite *out, gly_block *blocks,
                               uint32_t *count)
{
    for (uint32_t i = 0; i < ls->count; i++) {
        uint32_t first = i;
        gly_block *b = &blocks[*count];

        if (first % STOP_EVERY == 0 && st->host->stop(st->stage))
            return GLY_ECANCEL;
        if (ls->items[i].rule)
            continue;
        while (i + 1 < ls->count && lines_join(ls, &ls->items[i], &ls->items[i + 1]))
            i++;
        *b = (gly_block){ .type = kind_of(st, ls, first, i, *count == 0, out->from) };
        b->level = b->type == GLY_BLOCK_HEADING || b->type == GLY_BLOCK_ITEM;
        b->at = write_block(out, ls, first, i);
        ++*count;
    }
    return GLY_OK;
}

static gly_status add_blocks(const state *st, gly_doc *doc, const gly_block *blocks, uint32_t count)
{
    gly_layer *layer = st->host->layer_add(st->stage, doc, &gly_block_layer);

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < count; i++) {
        gly_block *b = gly_push(st->host, doc, layer, blocks[i].at.begin, blocks[i].at.end);

        if (!b)
            return GLY_ENOMEM;
        b->type = blocks[i].type;
        b->level = blocks[i].level;
    }
    if (count == 0 || blocks[0].type != GLY_BLOCK_TITLE)
        return GLY_OK;
    return gly_set_str(st->host, st->stage, doc, "title", gly_slice(doc->text, blocks[0].at),
                       blocks[0].at, TITLE_CONFIDENCE);
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    uint16_t parent = doc->current;
    uint32_t count = 0;
    gly_block *blocks;
    lines ls;
    rewrite out;
    gly_status status = lines_split(&ls, doc->text, doc->scratch, st->host, st->stage);

    if (status != GLY_OK)
        return status;
    mark_lines(st, &ls, doc->text);
    blocks = GLY_NEWN(doc->scratch, gly_block, ls.count + 1);
    if (!blocks)
        return GLY_ENOMEM;
    rewrite_begin(&out, doc->arena, doc->text, doc->text.len + ls.count + 1);
    status = write_blocks(st, &ls, &out, blocks, &count);
    if (status == GLY_OK)
        status = rewrite_end(&out, st->host, st->stage, doc, "text", parent);
    if (status == GLY_OK)
        status = add_blocks(st, doc, blocks, count);
    return status == GLY_OK ? keep_removed(st, doc, &ls, parent) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process, .check = check,
};

static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { "text", "block/1", "removed/1", "meta.title", NULL };

GLY_PLUGIN(.name = "clean.text", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find title and paragraphs of plain text, take out what is not the article",
    .help =
        "Parts a plain text into title, headings, paragraphs and list items. Lines broken by hand "
        "at one width are joined again; otherwise each line is a paragraph.\n\n"
        "Takes out stray image names, captions, share, cookie and advertisement lines, newsletter "
        "sign-ups, end marks and page furniture. Each is kept in removed/1 with its rule's name. "
        "A text of which nothing would be left keeps all its lines.",
    .example = "{ use = \"clean.text\"; remove = [\"image-alt\", \"share\"]; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
