/* emit.csv - a table by RFC 4180: a row for each article, or for each quotation,
 * acronym or mention. A cell that a spreadsheet would run as a formula gets an
 * apostrophe in front. */

#include "base/utf8.h"
#include "kit/identity.h"
#include "kit/sinkfile.h"

enum { TABLE_ARTICLES, TABLE_QUOTES, TABLE_ACRONYMS, TABLE_MENTIONS };

typedef struct csv_options {
    gly_str path;
    int32_t table;
    bool    mark;
} csv_options;

typedef struct csv {
    sinkfile           file;
    const csv_options *options;
} csv;

typedef struct rows {
    gly_arena *arena;
    char      *text;
    size_t     length, capacity;
    bool       begun, failed;
} rows;

static const char *const tables[] = { "articles", "quotes", "acronyms", "mentions", NULL };

static const char *const headings[] = {
    ("id,uri,title,authors,published,site,url,lang,words,quotes,acronyms,summary,"
     "modified,section,tags,image,licence\r\n"),
    "id,uri,text,speaker,name,role,organisation,cue,kind\r\n",
    "id,uri,short,long\r\n",
    "id,uri,type,text,value\r\n",
};

static const gly_option options[] = {
    GLY_OUTPUT(csv_options, path, "-", "File to write; - is standard output"),
    GLY_ENUM(csv_options, table, "articles", tables, "What a row stands for"),
    { { "byte_order_mark", GLY_T_BOOL, GLY__AT(csv_options, mark, bool), NULL, NULL,
        "Begin with a byte-order mark, by which Excel knows UTF-8" }, "false", 0, 0, 0, NULL },
    GLY_OPTIONS_END
};

/* ---- cells --------------------------------------------------------------------- */

static void put(rows *r, const char *bytes, size_t length)
{
    size_t capacity = (r->length + length) * 2 + 256;
    char *grown = r->text;

    if (!r->failed && r->capacity - r->length < length) {
        grown = capacity <= UINT32_MAX ? gly_alloc(r->arena, capacity, 1) : NULL;
        r->failed = grown == NULL;
        if (grown && r->length)
            memcpy(grown, r->text, r->length);
        r->text = grown;
        r->capacity = capacity;
    }
    if (r->failed || length == 0)
        return;
    memcpy(r->text + r->length, bytes, length);
    r->length += length;
}

/* Valid text of a cell, within its marks: a mark is doubled. */
static void put_marked(rows *r, const char *text, uint32_t length)
{
    uint32_t start = 0;

    for (uint32_t i = 0; i < length; i++) {
        if (text[i] != '"')
            continue;
        put(r, text + start, i + 1 - start);
        start = i; /* the mark again, with what follows it */
    }
    put(r, text + start, length - start);
}

/* A uri may hold bytes that are not UTF-8: each becomes U+FFFD. */
static void put_cell_text(rows *r, gly_str s)
{
    while (s.len > 0) {
        uint32_t valid = (uint32_t)utf8_valid_prefix(s.ptr, s.len);

        put_marked(r, s.ptr, valid);
        if (valid == s.len)
            break;
        put(r, "\xEF\xBF\xBD", 3);
        s = gly_slice(s, (gly_range){ valid + 1, s.len });
    }
}

/* Whether a spreadsheet would run it: = + - @ in front, also in their wide forms
 * (U+FF1D and so on), behind white space as well. */
static bool is_formula(gly_str s)
{
    static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0" };
    uint32_t i = 0;

    if (memchr("\t\r\n", s.ptr[0], 3))
        return true;
    while (i < s.len && s.ptr[i] == ' ')
        i++;
    if (i < s.len && memchr("=+-@", s.ptr[i], 4))
        return true;
    for (size_t k = 0; k < 4; k++)
        if (s.len - i >= 3 && memcmp(s.ptr + i, wide[k], 3) == 0)
            return true;
    return false;
}

static void begin_cell(rows *r)
{
    if (r->begun)
        put(r, ",", 1);
    r->begun = true;
}

static void cell(rows *r, gly_str s)
{
    begin_cell(r);
    if (s.len == 0)
        return;
    put(r, "\"", 1);
    if (is_formula(s))
        put(r, "'", 1);
    put_cell_text(r, s);
    put(r, "\"", 1);
}

static void cell_text(rows *r, const char *s)
{
    cell(r, (gly_str){ s, (uint32_t)strlen(s) });
}

static void cell_number(rows *r, uint32_t n)
{
    char digits[12];

    begin_cell(r);
    put(r, digits, (size_t)snprintf(digits, sizeof digits, "%u", n));
}

static void begin_row(rows *r, const gly_doc *d)
{
    char id[IDENTITY_LENGTH + 1];

    identity_of(d->uri, id);
    r->begun = false;
    cell(r, (gly_str){ id, IDENTITY_LENGTH });
    cell(r, d->uri);
}

static void end_row(rows *r)
{
    put(r, "\r\n", 2);
}

/* ---- tables -------------------------------------------------------------------- */

/* Values of a key, parted by "; ", or the sentences of the summary by a space. */
static gly_str joined(rows *r, const gly_doc *d, const char *key)
{
    rows all = { .arena = r->arena };

    for (const gly_meta *m = NULL; (m = gly_meta_next(d, key, m)) != NULL;) {
        if (m->type != GLY_T_STR)
            continue;
        put(&all, "; ", all.length ? 2 : 0);
        put(&all, m->as.s.ptr, m->as.s.len);
    }
    r->failed |= all.failed;
    return (gly_str){ all.text, (uint32_t)all.length };
}

static gly_str summary(rows *r, const gly_doc *d)
{
    rows all = { .arena = r->arena };
    const gly_layer *l = gly_layer_of(d, "summary/1");

    for (uint32_t i = 0; i < GLY_COUNT(l) && l->view == d->current; i++) {
        gly_str one = gly_slice(d->text, GLY_RECORDS(l, gly_summary)[i].at);

        put(&all, " ", all.length ? 1 : 0);
        put(&all, one.ptr, one.len);
    }
    r->failed |= all.failed;
    return (gly_str){ all.text, (uint32_t)all.length };
}

/* Nobody looked is not the same as none found. */
static void cell_count(rows *r, const gly_layer *l)
{
    if (l)
        cell_number(r, l->count);
    else
        cell_text(r, "");
}

static void article_row(rows *r, const gly_doc *d)
{
    static const char *const keys[] = { "published", "site", "url", "lang", NULL };
    const gly_layer *stats = gly_layer_of(d, "stats/1");

    begin_row(r, d);
    cell(r, gly_meta_str(d, "title"));
    cell(r, joined(r, d, "author"));
    for (const char *const *key = keys; *key; key++)
        cell(r, gly_meta_str(d, *key));
    if (GLY_COUNT(stats))
        cell_number(r, GLY_RECORDS(stats, gly_stats)->words);
    else
        cell_text(r, "");
    cell_count(r, gly_layer_of(d, "quote/1"));
    cell_count(r, gly_layer_of(d, "acronym/1"));
    cell(r, summary(r, d));
    cell(r, gly_meta_str(d, "modified"));
    cell(r, gly_meta_str(d, "section"));
    cell(r, joined(r, d, "tag"));
    cell(r, gly_meta_str(d, "image"));
    cell(r, gly_meta_str(d, "licence"));
    end_row(r);
}

static void quote_row(rows *r, const gly_quote *q)
{
    cell(r, q->text);
    cell(r, q->speaker);
    cell(r, q->name);
    cell(r, q->role);
    cell(r, q->organisation);
    cell(r, q->cue);
    cell_text(r, gly_quote_kinds[q->kind == GLY_QUOTE_INDIRECT]);
}

static void quote_rows(rows *r, const gly_doc *d)
{
    const gly_layer *l = gly_layer_of(d, "quote/1");

    for (uint32_t i = 0; i < GLY_COUNT(l); i++) {
        begin_row(r, d);
        quote_row(r, &GLY_RECORDS(l, gly_quote)[i]);
        end_row(r);
    }
}

static void acronym_rows(rows *r, const gly_doc *d)
{
    const gly_layer *l = gly_layer_of(d, "acronym/1");

    for (uint32_t i = 0; i < GLY_COUNT(l); i++) {
        begin_row(r, d);
        cell(r, GLY_RECORDS(l, gly_acronym)[i].short_form);
        cell(r, GLY_RECORDS(l, gly_acronym)[i].long_form);
        end_row(r);
    }
}

static void mention_rows(rows *r, const gly_doc *d)
{
    const gly_layer *l = gly_layer_of(d, "mention/1");

    for (uint32_t i = 0; i < GLY_COUNT(l); i++) {
        const gly_mention *m = &GLY_RECORDS(l, gly_mention)[i];
        bool known = m->type >= 0 && m->type < GLY_MENTION_KINDS;

        begin_row(r, d);
        cell_text(r, known ? gly_mention_kinds[m->type] : "");
        cell(r, gly_slice(d->views[l->view].text, m->at));
        cell(r, m->value);
        end_row(r);
    }
}

/* ---- the stage ------------------------------------------------------------------- */

static void set_heading(csv *self)
{
    const char *heading = headings[self->options->table];

    if (self->options->mark)
        sinkfile_heading(&self->file, GLY_LIT("\xEF\xBB\xBF"));
    sinkfile_heading(&self->file, (gly_str){ heading, (uint32_t)strlen(heading) });
}

static gly_status csv_open(const gly_host *host, gly_stage *stage, const void *given, void **shared)
{
    const csv_options *wanted = given;
    gly_status status = sinkfile_stage_open(sizeof(csv), host, stage, wanted->path, shared);

    if (status < 0)
        return status;
    ((csv *)*shared)->options = wanted;
    set_heading(*shared);
    return status;
}

static gly_status csv_render(void *given, const gly_doc *d, gly_str *out)
{
    static void (*const render[])(rows *, const gly_doc *) = {
        article_row, quote_rows, acronym_rows, mention_rows
    };
    const csv *self = given;
    rows r = { .arena = d->arena };

    render[self->options->table](&r, d);
    *out = (gly_str){ r.text, (uint32_t)r.length };
    return r.failed ? GLY_ENOMEM : GLY_OK;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_WRITES, .open = csv_open, .close = sinkfile_stage_close,
    .render = csv_render, SINKFILE_OPS, SINKFILE_EDITIONS,
};

static const char *const reads[] = {
    "text", "?quote/1", "?acronym/1", "?mention/1", "?summary/1", "?stats/1", NULL
};

GLY_PLUGIN(
    .kind = GLY_SINK, .name = "emit.csv", .version = "1.0.0",
    .summary = "Writes a table for spreadsheets and statistics",
    .help = "By RFC 4180: commas, doubled quotation marks, CRLF, a heading row. Cells that a "
            "spreadsheet would run as a formula (= + - @ in front) begin with an apostrophe.\n\n"
            "table says what a row stands for: an article, a quotation, an acronym or a mention.",
    .example = "{ use = \"emit.csv\"; path = \"${out}/quotes.csv\"; table = \"quotes\"; }",
    .license = "MIT", .reads = reads,
    .options = options, .config_size = sizeof(csv_options), .ops = &ops
);
