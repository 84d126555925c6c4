/* clean.html - the article of a saved page.
 *
 * Reads the page into a tree and its text into blocks, weighs each block and
 * makes the view "text" of those that are the article. What goes stands in
 * removed/1, over the view it was taken from, with its rule's name. */
#include <galley/plugin.h>

#include <errno.h>
#include <stdlib.h>

#include "applyrules.h"
#include "explain.h"
#include "facts.h"
#include "judge.h"
#include "ldtext.h"
#include "replacements.h"
#include "write.h"

typedef enum favour { BALANCE, PRECISION, RECALL } favour;

typedef struct config {
    int32_t favour;
    gly_str rules;
    bool    obey, links, images, tables, comments, title, removed;
} config;

static const char *const favours[] = { "balance", "precision", "recall", NULL };

static const gly_option options[] = {
    GLY_ENUM(config, favour, "balance", favours,
             "What to do with blocks that may or may not be the article: precision leaves more of "
             "them out, recall fewer"),
    GLY_PATH(config, rules, "",
             "A folder of rules for single sites, in the format of ftr-site-config"),
    GLY_BOOL(config, obey, "false",
             "Follow 'rules' to the letter, and not only where they agree with what reads like the article"),
    GLY_BOOL(config, links, "false", "Write where links lead, after their text: <https://...>"),
    GLY_BOOL(config, images, "false", "Write what images are said to show: [A red van]"),
    GLY_BOOL(config, tables, "true", "Keep the cells of tables"),
    GLY_BOOL(config, comments, "false", "Keep what readers wrote under the article"),
    GLY_BOOL(config, title, "false", "Keep the headline as the first block of the text"),
    GLY_BOOL(config, removed, "true", "Keep a record of each block that was taken out"),
    GLY_OPTIONS_END,
};

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    vocabulary      words;
    site_rules     *rules; /* NULL: none */
    phrases        *phrases;
} state;

static site_rules *read_rules(gly_str folder)
{
    char *path = strndup(folder.ptr, folder.len);
    site_rules *rules = path ? site_rules_read(path) : NULL;

    free(path);
    return rules;
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = malloc(sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts };
    vocabulary_prepare(&st->words);
    st->phrases = phrases_open();
    if (!st->phrases) {
        free(st);
        return GLY_ENOMEM;
    }
    *shared = st;
    if (st->options->rules.len == 0)
        return GLY_OK;
    st->rules = read_rules(st->options->rules);
    if (!st->rules) {
        gly_str folder = st->options->rules;

        phrases_close(st->phrases);
        free(st);
        return gly_fail(host, stage, NULL, GLY_ERR,
                        "cannot read the folder of 'rules', '%.*s': %s; give one with files like example.org.txt",
                        (int)folder.len, folder.ptr, strerror(errno));
    }
    gly_log(host, stage, GLY_DEBUG, "rules for %u sites; %u lines are beyond what can be used",
            st->rules->count, st->rules->passed_over);
    return GLY_OK;
}

static void close_stage(void *shared)
{
    state *st = shared;

    site_rules_free(st->rules);
    phrases_close(st->phrases);
    free(st);
}

static judge_options judge_by(const state *st)
{
    const config *c = st->options;
    static const float least[] = { [BALANCE] = 0.5f, [PRECISION] = 0.65f, [RECALL] = 0.3f };

    return (judge_options){ least[c->favour], c->comments, c->tables, c->title, st->phrases };
}

static gly_range place_of(const page *p, const block *b)
{
    gly_range at = { p->nodes[b->first].at.begin, p->nodes[b->last].at.end };

    while (at.begin < at.end && (unsigned char)p->source.ptr[at.begin] <= ' ')
        at.begin++;
    while (at.begin < at.end && (unsigned char)p->source.ptr[at.end - 1] <= ' ')
        at.end--;
    return at;
}

/* Whether its bytes in the page are what readers saw. */
static bool is_plain(const page *p, const block *b, gly_range at)
{
    return b->first == b->last && !(p->nodes[b->first].flags & PAGE_REFS) &&
           !memchr(p->source.ptr + at.begin, '\n', at.end - at.begin);
}

static gly_status keep_removed(const state *st, gly_doc *doc, const page *p, const blocks *b,
                               uint16_t parent)
{
    gly_layer *layer = st->host->layer_add_over(st->stage, doc, &gly_removed_layer, parent);
    rewrite words;

    if (!layer)
        return GLY_ENOMEM;
    rewrite_begin(&words, doc->arena, p->source, 0);
    for (uint32_t i = 0; i < b->count; i++) {
        const block *it = &b->items[i];
        gly_range at = place_of(p, it);
        uint32_t begin = words.length;
        gly_removed *r;

        if (!it->rule)
            continue;
        r = gly_push(st->host, doc, layer, at.begin, at.end);
        if (!r)
            return GLY_ENOMEM;
        r->rule = (gly_str){ it->rule, (uint32_t)strlen(it->rule) };
        if (!is_plain(p, it, at))
            write_words(&words, p, it);
        if (words.length > begin) /* it stays where it is when more is appended: arenas free nothing */
            r->words = (gly_str){ words.text + begin, words.length - begin };
    }
    return words.failed ? GLY_ENOMEM : GLY_OK;
}

static gly_status add_blocks(const state *st, gly_doc *doc, const written *w)
{
    gly_layer *layer = st->host->layer_add(st->stage, doc, &gly_block_layer);

    if (!layer)
        return GLY_ENOMEM;
    for (uint32_t i = 0; i < w->count; i++) {
        gly_block *b = gly_push(st->host, doc, layer, w->blocks[i].at.begin, w->blocks[i].at.end);

        if (!b)
            return GLY_ENOMEM;
        b->type = w->blocks[i].type;
        b->level = w->blocks[i].level;
    }
    return GLY_OK;
}

/* The "articleBody" of a page of which next to nothing else can be read: a script shows it.
 * What was kept goes. */
static gly_str body_for_scripts(const signals *s, uint32_t kept)
{
    enum { SHORTEST = 300, TIMES = 8 };
    block *items = s->blocks->items;

    if (s->stated.len < SHORTEST || s->stated.len / TIMES < kept)
        return (gly_str){ NULL, 0 };
    for (uint32_t i = 0; i < s->blocks->count; i++)
        if (!items[i].rule)
            items[i].rule = "articlebody";
    return s->stated;
}

/* The addresses of the first frames, parted by commas; empty: it is no page of frames. */
static void name_frames(const page *p, char *names, size_t size)
{
    enum { MOST = 4, LONGEST = 60 };
    uint32_t found = 0;

    names[0] = '\0';
    for (uint32_t i = 1; i < p->count && found < MOST; i++) {
        gly_str from = p->nodes[i].tag == PAGE_FRAME ? page_attr_of(p, i, PAGE_ATTR_SRC) : (gly_str){ NULL, 0 };
        size_t length = strlen(names);

        if (from.len == 0 || from.len > LONGEST)
            continue;
        snprintf(names + length, size - length, "%s'%.*s'", found++ ? ", " : "", (int)from.len, from.ptr);
    }
}

/* A record without text leaves its reader to wonder: why there is none. */
static void remark_no_text(const state *st, gly_doc *doc, const page *p, const blocks *b)
{
    char frames[320];
    bool scripts = false;

    for (uint32_t i = 1; i < p->count && !scripts; i++)
        scripts = p->nodes[i].tag == PAGE_SCRIPT;
    name_frames(p, frames, sizeof frames);
    gly_remark(st->host, st->stage, doc, GLY_WARN, (gly_range){ 0, 0 }, "no text: %s%s",
               frames[0]             ? "a page of frames; what it shows is in other files: "
               : b->count            ? "all that stands in the page was taken out"
               : p->source.len == 0  ? "the file is empty"
               : scripts             ? "a script was to show it, and that is not in the file; save the page when it is shown"
                                     : "the page has none", frames);
}

static gly_status write_view(const state *st, gly_doc *doc, const signals *s)
{
    const page *p = s->page;
    const blocks *b = s->blocks;
    const write_options how = { st->options->links, st->options->images };
    uint16_t parent = doc->current;
    uint32_t expected = 0;
    gly_str body;
    written result;
    rewrite out;
    gly_status status;

    for (uint32_t i = 0; i < b->count; i++)
        expected += b->items[i].rule ? 0 : b->items[i].chars + b->items[i].words + 4;
    body = body_for_scripts(s, expected);
    rewrite_begin(&out, doc->arena, doc->text, expected + body.len + 64);
    status = body.len ? ldtext_write(&out, &result, body, doc->scratch)
                      : write_blocks(&out, &result, p, b, &how, doc->scratch);
    if (status == GLY_OK)
        status = rewrite_end(&out, st->host, st->stage, doc, "text", parent);
    if (status == GLY_OK)
        status = add_blocks(st, doc, &result);
    if (status == GLY_OK && out.length == 0)
        remark_no_text(st, doc, p, b);
    if (status == GLY_OK && st->options->removed)
        status = keep_removed(st, doc, p, b, parent);
    return status;
}

/* Where a browser saved the page from; what the page says itself is surer. */
static gly_status set_address(const state *st, gly_doc *doc)
{
    enum { SURE = 800 };
    gly_str url = rules_saved_from(doc->text);

    return url.len ? gly_set_str(st->host, st->stage, doc, "url", url, (gly_range){ 0, 0 }, SURE) : GLY_OK;
}

/* The rule of the page's site, which may have its markup changed before it is read. */
static gly_status find_rule(const state *st, gly_doc *doc, page *p, const site_rule **rule)
{
    uint16_t view = doc->current;
    gly_status status;

    *rule = site_rules_for(st->rules, rules_host(p, doc));
    if (!*rule || !(*rule)->replacement_count)
        return GLY_OK;
    status = replacements_apply(*rule, st->host, st->stage, doc);
    return status == GLY_OK && doc->current != view ? page_read(p, doc->text, doc->scratch) : status;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    judge_options judging = judge_by(st);
    const site_rule *rule = NULL;
    page p;
    blocks b;
    signals s;
    gly_status status = page_read(&p, doc->text, doc->scratch);

    if (status == GLY_OK && st->rules)
        status = find_rule(st, doc, &p, &rule);
    if (status == GLY_OK)
        status = blocks_find(&b, &p, &st->words, doc->scratch);
    if (status == GLY_OK && (p.cut || b.cut))
        gly_remark(st->host, st->stage, doc, GLY_WARN, (gly_range){ 0, 0 },
                   "the page has more tags than its size allows; its end was not read");
    if (status == GLY_OK && st->host->stop(st->stage))
        return GLY_ECANCEL;
    if (status == GLY_OK)
        status = signals_find(&s, &p, &b, &st->words, doc->scratch);
    if (status == GLY_OK && st->host->stop(st->stage))
        return GLY_ECANCEL;
    if (status == GLY_OK)
        status = judge_blocks(&s, &judging, doc->scratch);
    if (status == GLY_OK && rule)
        status = rules_apply(rule, &s, st->options->obey, doc->scratch);
    if (status == GLY_OK)
        status = facts_collect(st->host, st->stage, doc, &s);
    if (status == GLY_OK)
        status = set_address(st, doc);
    if (status == GLY_OK && rule)
        status = rules_facts(st->host, st->stage, doc, rule, &p);
    return status == GLY_OK ? write_view(st, doc, &s) : status;
}

static const void *extension(const char *id)
{
    static const gly_rules rules = { sizeof rules, rules_explain };

    return strcmp(id, "rules/1") == 0 ? &rules : NULL;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process, .extension = extension,
};

static const char *const reads[] = { "text", NULL };
static const char *const writes[] = { "text", "block/1", "removed/1", "fact/1", "meta.url", NULL };
static const gly_layer_type *const layers[] = { &page_fact_layer, NULL };

GLY_PLUGIN(.name = "clean.html", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Find the article in a saved web page",
    .help =
        "Reads a page by the rules of the HTML standard and keeps the blocks of text that are the "
        "article: paragraphs, headings, list items, quotations, tables and code. Navigation, "
        "advertising, sign-up boxes, related articles, share bars, captions and the like go; each "
        "stands in removed/1 with its rule's name.\n\n"
        "Each block is weighed by what it says, what it lies in, and what stands around it. A body "
        "that the page gives twice is kept once.",
    .example = "{ use = \"clean.html\"; when = \"media == 'text/html'\"; favour = \"recall\"; }",
    .reads = reads, .writes = writes, .layers = layers, .options = options, .config_size = sizeof(config),
    .ops = &ops);
