/* clean.text - the title, headings and paragraphs of a plain-text article.
 *
 * Makes the view "text": blocks parted by an empty line, without the lines that
 * are not the article. Each line that goes stands in removed/1, over the view it
 * was taken from, with its rule's name. The way: lines.h splits, rules.h and
 * tail.h take lines out, article.h reads title, byline and dates, and this file
 * writes the blocks. */
#include <galley/plugin.h>

#include <stdlib.h>

#include "article.h"
#include "dump.h"
#include "kit/rewrite.h"
#include "measure.h"
#include "tail.h"

enum {
    MOST_HEADING_WORDS = 12,
    STOP_EVERY = 4096, /* lines between two looks at the deadline */
};

typedef struct config {
    gly_strs remove;
    bool     title, byline, dates;
} config;

static const gly_option options[] = {
    GLY_STRS(config, remove, "all",
             "Rules that take lines out: advertisement, caption, contact, cookie, embargo, end-mark, "
             "image-alt, label, mail-header, newsletter, page-dump, page-furniture, page-number, related, "
             "running-head, separator, share, signature; or all"),
    GLY_BOOL(config, title, "true", "Take the first line for the title when it reads like one"),
    GLY_BOOL(config, byline, "true", "Look for the authors in the first lines"),
    GLY_BOOL(config, dates, "true", "Look for dates and a dateline in the first lines"),
    GLY_OPTIONS_END,
};

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    phrases        *phrases;
} state;

/* What one document is made into. */
typedef struct page {
    const state *st;
    gly_doc     *doc;
    uint16_t     parent;
    lines        lines;
    article      article;
    rewrite      out;
    gly_block   *blocks;
    uint32_t     count;
    gly_range   *where; /* of each line, in the new text */
} page;

static const char *check(const void *opts, const char **option)
{
    const config *c = opts;

    *option = "remove";
    for (uint32_t i = 0; i < c->remove.count; i++)
        if (!rules_known(c->remove.items[i]))
            return "names an unknown rule; see galley inspect clean.text";
    return NULL;
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = malloc(sizeof *st);
    phrases *p = phrases_open();

    if (!st || !p) {
        free(st);
        phrases_close(p);
        return GLY_ENOMEM;
    }
    *st = (state){ host, stage, opts, p };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    state *st = shared;

    phrases_close(st->phrases);
    free(st);
}

/* A text of which nothing would be left keeps all its lines; false then. */
static bool is_something_left(lines *ls)
{
    if (lines_kept(ls, 0) < ls->count)
        return true;
    for (uint32_t i = 0; i < ls->count; i++)
        ls->items[i].rule = NULL;
    return false;
}

static bool push_removed(page *p, gly_layer *layer, gly_range at, const char *rule)
{
    gly_removed *r = gly_push(p->st->host, p->doc, layer, at.begin, at.end);

    if (r)
        r->rule = (gly_str){ rule, (uint32_t)strlen(rule) };
    return r != NULL;
}

static gly_status keep_removed(page *p)
{
    gly_layer *layer = p->st->host->layer_add_over(p->st->stage, p->doc, &gly_removed_layer, p->parent);

    if (!layer)
        return GLY_ENOMEM;
    if (p->article.label.end && !push_removed(p, layer, p->article.label, "label"))
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < p->lines.count; i++) {
        const line *l = &p->lines.items[i];

        if (l->rule && !push_removed(p, layer, l->at, l->rule))
            return GLY_ENOMEM;
    }
    return GLY_OK;
}

/* Runs of spaces and tabs become one space. */
static void keep_line(rewrite *out, const line *l)
{
    const char *p = out->from.ptr;
    uint32_t begin = l->at.begin;

    for (uint32_t i = l->at.begin; l->gaps && i < l->at.end; i++) {
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
    rewrite_keep(out, begin, l->at.end);
}

/* A link, an address, or a dash before a name make no heading. */
static bool tells_no_heading(gly_str s)
{
    return memmem(s.ptr, s.len, "://", 3) || memchr(s.ptr, '@', s.len) || s.ptr[0] == '-'
        || s.ptr[0] == '[' || !measure_has_letter(s) || (s.len > 3 && memcmp(s.ptr, "\xE2\x80", 2) == 0);
}

/* A heading is short, stands apart, and something longer follows. */
static bool is_heading(const page *p, uint32_t first)
{
    const line *l = &p->lines.items[first];
    uint32_t next = lines_kept(&p->lines, first + 1);
    gly_str s = gly_slice(p->doc->text, l->at);
    char last = s.ptr[s.len - 1];

    if (l->level)
        return true;
    if (l->ends || l->words > MOST_HEADING_WORDS || next == p->lines.count || last == ','
        || last == ';' || tells_no_heading(s) || measure_opens_quote(s))
        return false;
    if (l->capitals)
        return true;
    return l->parted && !measure_opens_small(s)
        && (p->lines.items[next].words > l->words || p->lines.items[next].item);
}

static int32_t kind_of(const page *p, uint32_t first, uint32_t last)
{
    static const int32_t kinds[] = {
        [LINE_TITLE] = GLY_BLOCK_TITLE, [LINE_BYLINE] = GLY_BLOCK_BYLINE,
        [LINE_DATE] = GLY_BLOCK_DATE, [LINE_DATELINE] = GLY_BLOCK_DATELINE,
        [LINE_NOTES] = GLY_BLOCK_NOTES,
    };
    const line *l = &p->lines.items[first];

    if (l->role != LINE_PLAIN)
        return kinds[l->role];
    if (l->item)
        return GLY_BLOCK_ITEM;
    return first == last && is_heading(p, first) ? GLY_BLOCK_HEADING : GLY_BLOCK_PARAGRAPH;
}

static bool is_sign(char c) /* opens a letter of a script without spaces */
{
    return (unsigned char)c >= 0xE3 && (unsigned char)c <= 0xED;
}

/* Between two lines of one paragraph: nothing in scripts without spaces and after
 * a hyphen inside a word. */
static void write_joint(rewrite *out, const line *before, const line *after)
{
    const char *p = out->from.ptr;
    uint32_t end = before->at.end;
    bool hyphen = p[end - 1] == '-' && end - before->at.begin > 1 && p[end - 2] != ' ' && p[end - 2] != '-';
    bool signs = end - before->at.begin >= 3 && is_sign(p[end - 3]) && is_sign(p[after->at.begin]);

    if (!signs && !(hyphen && measure_opens_small(gly_slice(out->from, after->at))))
        rewrite_put(out, " ", 1);
}

/* Writes the lines first..last as one block and says where it stands. */
static gly_range write_block(page *p, uint32_t first, uint32_t last)
{
    rewrite *out = &p->out;
    gly_range at;

    if (out->length)
        rewrite_put(out, "\n\n", 2);
    at.begin = out->length;
    for (uint32_t i = first; i <= last; i++) {
        if (i > first)
            write_joint(out, &p->lines.items[i - 1], &p->lines.items[i]);
        keep_line(out, &p->lines.items[i]);
    }
    at.end = out->length;
    for (uint32_t i = first; i <= last; i++)
        p->where[i] = at;
    return at;
}

static gly_status write_blocks(page *p)
{
    const lines *ls = &p->lines;

    for (uint32_t i = 0; i < ls->count; i++) {
        uint32_t first = i;
        gly_block *b = &p->blocks[p->count];

        if (first % STOP_EVERY == 0 && p->st->host->stop(p->st->stage))
            return GLY_ECANCEL;
        p->where[i] = (gly_range){ 0, 0 };
        if (ls->items[i].rule)
            continue;
        while (i + 1 < ls->count
               && (lines_join(ls, p->out.from, &ls->items[i], &ls->items[i + 1])
                   || (ls->items[i].role == LINE_TITLE && ls->items[i + 1].role == LINE_TITLE)))
            i++;
        *b = (gly_block){ .type = kind_of(p, first, i) };
        if (b->type == GLY_BLOCK_HEADING || b->type == GLY_BLOCK_ITEM)
            b->level = ls->items[first].level ? ls->items[first].level : 1;
        b->at = write_block(p, first, i);
        p->count++;
    }
    return GLY_OK;
}

static bool push_block(page *p, gly_layer *layer, gly_range at, int32_t type, uint32_t level)
{
    gly_block *b = gly_push(p->st->host, p->doc, layer, at.begin, at.end);

    if (b) {
        b->type = type;
        b->level = level;
    }
    return b != NULL;
}

/* The dateline lies in its paragraph, or is a block by itself. */
static bool push_dateline(page *p, gly_layer *layer)
{
    uint32_t index = p->article.dateline;
    gly_range at;

    if (index == GLY_NO_REF || p->lines.items[index].role == LINE_DATELINE)
        return true;
    at = p->where[index];
    if (at.end - at.begin <= p->article.dateline_end || p->lines.items[index].gaps)
        return true;
    at.end = at.begin + p->article.dateline_end;
    return push_block(p, layer, at, GLY_BLOCK_DATELINE, 0);
}

static gly_status add_blocks(page *p)
{
    gly_layer *layer = p->st->host->layer_add(p->st->stage, p->doc, &gly_block_layer);

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < p->count; i++)
        if (!push_block(p, layer, p->blocks[i].at, p->blocks[i].type, p->blocks[i].level))
            return GLY_ENOMEM;
    return push_dateline(p, layer) ? GLY_OK : GLY_ENOMEM;
}

/* The value as the new text has it; authors are added, all else is set. */
static gly_status add_fact(page *p, const fact *f)
{
    const gly_host *h = p->st->host;
    gly_meta m = { .key = f->key, .type = GLY_T_STR, .confidence = f->confidence,
                   .where = p->where[f->line] };

    if (f->value[0]) {
        uint32_t length = (uint32_t)strlen(f->value);
        char *copy = GLY_NEWN(p->doc->arena, char, length);

        if (!copy)
            return GLY_ENOMEM;
        m.as.s = (gly_str){ memcpy(copy, f->value, length), length };
    } else if (strcmp(f->key, "title") == 0) {
        m.as.s = gly_slice(p->doc->text, m.where);
    } else {
        m.as.s = gly_slice(p->out.from, f->at);
    }
    return strcmp(f->key, "author") == 0 ? h->meta_add(p->st->stage, p->doc, &m)
                                         : h->meta_set(p->st->stage, p->doc, &m);
}

static gly_status add_facts(page *p)
{
    for (uint32_t i = 0; i < p->article.count; i++) {
        gly_status status = add_fact(p, &p->article.facts[i]);

        if (status != GLY_OK)
            return status;
    }
    return GLY_OK;
}

/* What was done to the text as a whole is said, never done in silence. */
static void remark(page *p, gly_level level, const char *text)
{
    gly_remark(p->st->host, p->st->stage, p->doc, level, (gly_range){ 0, 0 }, "%s", text);
}

static gly_status read_dump(page *p, const rules *r, uint32_t *title)
{
    for (uint32_t i = 0; i < p->lines.count; i++)
        p->lines.items[i].role = LINE_PLAIN;
    return dump_mark(r, p->doc->scratch, p->st->host, p->st->stage, title);
}

static gly_status read_lines(page *p)
{
    const config *c = p->st->options;
    rules r = { .phrases = p->st->phrases, .remove = c->remove, .text = p->doc->text,
                .lines = &p->lines };
    article_hints hints = { c->title, c->byline, c->dates, GLY_NO_REF, GLY_NO_REF };
    gly_status status = rules_open(&r, p->doc->scratch);

    if (status != GLY_OK)
        return status;
    rules_mark(&r);
    tail_mark(&r, &hints.embargo);
    if (rules_wants(&r, "page-dump") && dump_looks(&r))
        status = read_dump(p, &r, &hints.headline);
    if (status != GLY_OK)
        return status;
    if (hints.headline != GLY_NO_REF)
        remark(p, GLY_INFO, "looks like a page saved as text; what surrounds the article was taken out");
    if (p->lines.count && !is_something_left(&p->lines)) {
        remark(p, GLY_WARN, "each line looks like page furniture; all were kept");
        hints.title = false;
    }
    article_read(&r, &hints, &p->article);
    return GLY_OK;
}

static gly_status process(void *self, gly_doc *doc)
{
    page p = { .st = self, .doc = doc, .parent = doc->current };
    gly_arena *scratch = doc->scratch;
    gly_status status = lines_split(&p.lines, doc->text, scratch, p.st->host, p.st->stage);

    if (status != GLY_OK)
        return status;
    status = read_lines(&p);
    if (status != GLY_OK)
        return status;
    p.blocks = GLY_NEWN(scratch, gly_block, p.lines.count + 1);
    p.where = GLY_NEWN(scratch, gly_range, p.lines.count + 1);
    if (!p.blocks || !p.where)
        return GLY_ENOMEM;
    rewrite_begin(&p.out, doc->arena, doc->text, doc->text.len + p.lines.count + 1);
    status = write_blocks(&p);
    if (status == GLY_OK)
        status = rewrite_end(&p.out, p.st->host, p.st->stage, doc, "text", p.parent);
    if (status == GLY_OK)
        status = add_blocks(&p);
    if (status == GLY_OK)
        status = add_facts(&p);
    return status == GLY_OK ? keep_removed(&p) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process, .check = check,
};

static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { 
    "text", "block/1", "removed/1", "meta.title", "meta.author", "meta.published", "meta.modified",
    "meta.dateline", "meta.location", "meta.embargo", NULL
 };

GLY_PLUGIN(.name = "clean.text", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find title and paragraphs of plain text, take out what is not the article",
    .help =
        "Parts a plain text into title, headings, paragraphs and list items, and finds byline, date "
        "line, dateline and notes to editors. Lines broken by hand at one width are joined again; "
        "otherwise each line is a paragraph.\n\n"
        "Takes out stray image names, captions, contacts, share, cookie and advertisement lines, "
        "newsletter sign-ups, end marks and page furniture; of a page that was saved with its "
        "menus, all but the article. Each line is kept in removed/1 with its rule's name. A text of "
        "which nothing would be left keeps all its lines.",
    .example = "{ use = \"clean.text\"; remove = [\"image-alt\", \"share\"]; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
