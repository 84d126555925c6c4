/* clean.charset - turns the bytes as fetched into valid, tidy UTF-8 in NFC.
 *
 * Each step that has something to do makes a view of its own: "decoded",
 * "mended", "tidied"; the last is always "charset". When there is nothing to do,
 * it shares the raw bytes. What was found and changed goes into notes and
 * meta.charset. Only bytes that are no text at all fail. */
#include <galley/plugin.h>

#include <stdlib.h>

#include "compose.h"
#include "decode.h"
#include "detect.h"
#include "mojibake.h"
#include "tidy.h"

enum { ROUNDS = 4 }; /* text misread more often than this stays as it is */

typedef struct config {
    bool    declared, mojibake, invisible, direction, spaces, line_ends, normalise;
    gly_str fallback;
} config;

static const gly_option options[] = {
    GLY_BOOL(config, declared, "true",
             "Believe what the source or the document says of its charset, "
             "unless the bytes disprove it"),
    GLY_STR(config, fallback, "windows-1252",
            "The charset when nothing tells: a WHATWG label such as 'windows-1251'"),
    GLY_BOOL(config, mojibake, "true",
             "Mend UTF-8 that was read as something else, \"â€œ\" to \"“\""),
    GLY_BOOL(config, invisible, "true",
             "Take out zero-width characters, soft hyphens and control characters"),
    GLY_BOOL(config, direction, "false", "Take out marks of writing direction as well"),
    GLY_BOOL(config, spaces, "true", "Turn no-break and other Unicode spaces into plain ones"),
    GLY_BOOL(config, line_ends, "true", "Turn every kind of line end into a newline"),
    GLY_BOOL(config, normalise, "true", "Compose letters and accents: Unicode NFC"),
    GLY_OPTIONS_END,
};

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
    const config   *options;
    const encoding *fallback;
    misread_bytes   misread;
} state;

static const char *check(const void *opts, const char **option)
{
    const config *c = opts;

    *option = "fallback";
    return encoding_of_label(c->fallback) ? NULL
           : "names no known charset; write a WHATWG label such as 'windows-1252'";
}

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts,
                             void **shared)
{
    state *st = calloc(1, sizeof *st);

    if (!st)
        return GLY_ENOMEM;
    *st = (state){ .host = host, .stage = stage, .options = opts };
    st->fallback = encoding_of_label(st->options->fallback);
    if (!st->fallback) {
        free(st);
        return gly_fail(host, stage, NULL, GLY_ERR, "'fallback' names no known charset");
    }
    misread_prepare(&st->misread);
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

/* ---- what is said about the document ----------------------------------------- */

static void remark(const state *st, gly_doc *doc, gly_level level, uint32_t n,
                   const char *did, const char *one, const char *many)
{
    if (n > 0)
        gly_remark(st->host, st->stage, doc, level, (gly_range){ 0, 0 }, "%s %u %s", did, n,
                   n == 1 ? one : many);
}

static void remark_tidied(const state *st, gly_doc *doc, const tidy_counts *counts)
{
    static const struct { untidy kind; const char *did, *one, *many; } said[] = {
        { UNTIDY_ZERO_WIDTH, "removed", "zero-width character", "zero-width characters" },
        { UNTIDY_SOFT_HYPHEN, "removed", "soft hyphen", "soft hyphens" },
        { UNTIDY_CONTROL, "removed", "control character", "control characters" },
        { UNTIDY_DIRECTION, "removed", "mark of direction", "marks of direction" },
        { UNTIDY_SPACE, "replaced", "special space", "special spaces" },
        { UNTIDY_LINE_END, "replaced", "line end", "line ends" },
    };

    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        remark(st, doc, GLY_INFO, counts->of[said[i].kind], said[i].did, said[i].one, said[i].many);
}

static void remark_declarations(const state *st, gly_doc *doc, const detection *d)
{
    if (d->overruled.len)
        gly_remark(st->host, st->stage, doc, GLY_WARN, (gly_range){ 0, 0 },
                   "the declared charset '%.*s' is wrong; the bytes are read as %s",
                   (int)(d->overruled.len < 40 ? d->overruled.len : 40), d->overruled.ptr,
                   d->encoding->name);
    if (d->unknown.len)
        gly_remark(st->host, st->stage, doc, GLY_WARN, (gly_range){ 0, 0 },
                   "the declared charset '%.*s' is not known; the bytes are read as %s",
                   (int)(d->unknown.len < 40 ? d->unknown.len : 40), d->unknown.ptr,
                   d->encoding->name);
}

static gly_status set_charset(const state *st, gly_doc *doc, const detection *d)
{
    const char *name = d->encoding->name;

    return gly_set_str(st->host, st->stage, doc, "charset",
                       (gly_str){ name, (uint32_t)strlen(name) },
                       (gly_range){ 0, 0 }, d->confidence);
}

/* ---- the steps -------------------------------------------------------------------- */

/* Adds the current text once more, as the last view, without a copy. */
static gly_status share(const state *st, gly_doc *doc)
{
    gly_seg *seg = GLY_NEW(doc->arena, gly_seg);
    gly_view view = { .name = "charset", .text = doc->text, .segs = seg, .parent = doc->current };

    if (!seg)
        return GLY_ENOMEM;
    view.nsegs = view.text.len > 0;
    *seg = (gly_seg){ 0, 0, view.text.len };
    return st->host->view_add(st->stage, doc, &view);
}

static gly_status end_view(const state *st, gly_doc *doc, rewrite *out, const char *name)
{
    if (!out->text && !out->failed)
        out->text = (char *)(uintptr_t)"";
    return rewrite_end(out, st->host, st->stage, doc, name, doc->current);
}

static gly_status step_decode(const state *st, gly_doc *doc, const detection *d)
{
    rewrite out;
    decoding work = { .out = &out, .begin = d->mark, .host = st->host, .stage = st->stage };
    gly_status status;

    rewrite_begin(&out, doc->arena, doc->text, doc->text.len + doc->text.len / 8 + 16);
    status = decode(&work, d->encoding);
    if (status == GLY_ESTATE)
        return gly_fail(st->host, st->stage, doc, GLY_ERR,
                        "this system's iconv cannot read %s; install its conversion modules",
                        d->encoding->name);
    if (status != GLY_OK)
        return status;
    status = end_view(st, doc, &out, "decoded");
    if (status == GLY_OK)
        remark(st, doc, GLY_WARN, work.bad, "replaced", "byte sequence that is not valid",
               "byte sequences that are not valid");
    return status;
}

/* *found: what is in the text, seen anew when something was mended. */
static gly_status step_mend(const state *st, gly_doc *doc, unsigned *found)
{
    uint32_t mended, all = 0;

    for (int round = 0; round < ROUNDS; round++) {
        rewrite out;
        gly_status status;

        rewrite_begin(&out, doc->arena, doc->text, 0);
        mended = mojibake_mend(&st->misread, doc->text, &out);
        if (mended == 0)
            break;
        all += mended;
        status = end_view(st, doc, &out, "mended");
        if (status != GLY_OK)
            return status;
        if (st->host->stop(st->stage))
            return GLY_ECANCEL;
    }
    if (all)
        *found |= tidy_scan(doc->text, 0);
    remark(st, doc, GLY_INFO, all, "mended", "misread character", "misread characters");
    return GLY_OK;
}

static gly_status step_tidy(const state *st, gly_doc *doc)
{
    const config *o = st->options;
    tidy_rules rules = { o->line_ends, o->spaces, o->invisible, o->direction };
    tidy_counts counts = { { 0 } };
    rewrite out;
    gly_status status;

    rewrite_begin(&out, doc->arena, doc->text, doc->text.len);
    tidy(doc->text, rules, &counts, &out);
    status = end_view(st, doc, &out, "tidied");
    if (status == GLY_OK)
        remark_tidied(st, doc, &counts);
    return status;
}

/* The last step always leaves a view called "charset". */
static gly_status step_compose(const state *st, gly_doc *doc, bool needed)
{
    rewrite out;

    if (!needed)
        return share(st, doc);
    rewrite_begin(&out, doc->arena, doc->text, 0);
    if (compose(doc->text, doc->scratch, &out) == 0 && !out.failed)
        return share(st, doc);
    return end_view(st, doc, &out, "charset");
}

/* The text is valid UTF-8 from here on; `plain` bytes of it are known to be plain. */
static gly_status clean(const state *st, gly_doc *doc, uint32_t plain)
{
    const config *o = st->options;
    unsigned found = tidy_scan(doc->text, plain);
    gly_status status = GLY_OK;

    if (o->mojibake && (found & FOUND_MISREAD))
        status = step_mend(st, doc, &found);
    if (status == GLY_OK && st->host->stop(st->stage))
        return GLY_ECANCEL;
    if (status == GLY_OK && (found & FOUND_UNTIDY))
        status = step_tidy(st, doc);
    if (status == GLY_OK)
        status = step_compose(st, doc, o->normalise && (found & FOUND_COMPOSABLE));
    return status;
}

static bool is_markup(gly_str media)
{
    return media.len && (memmem(media.ptr, media.len, "html", 4) ||
                         memmem(media.ptr, media.len, "xml", 3));
}

static gly_status refuse_binary(const state *st, gly_doc *doc, const char *what)
{
    return gly_fail(st->host, st->stage, doc, GLY_EINPUT,
                    "looks like %s, not text; "
                    "leave it out with 'ignore' or read it with a stage for its kind",
                    what);
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    gly_str bytes = doc->text;
    const char *binary = looks_binary(bytes);
    detection d = { .encoding = encoding_named("utf-8"), .confidence = 990, .valid = true };
    uint32_t plain = plain_prefix(bytes);
    gly_status status = GLY_OK;

    if (binary)
        return refuse_binary(st, doc, binary);
    if (plain < bytes.len) {
        clues known = { .fallback = st->fallback };

        if (st->options->declared) {
            known.declared = gly_meta_str(doc, "charset");
            known.markup = is_markup(doc->media);
        }
        d = detect(bytes, &known);
        if (d.junk)
            return refuse_binary(st, doc, "binary data");
        remark_declarations(st, doc, &d);
        if (!d.valid)
            status = step_decode(st, doc, &d);
        if (status == GLY_OK)
            status = clean(st, doc, d.valid ? plain : 0);
    } else {
        status = share(st, doc);
    }
    return status == GLY_OK ? set_charset(st, doc, &d) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process, .check = check,
};

static const char *const reads[] = { "raw", "?meta.charset", NULL };
static const char *const writes[] = { "text", "meta.charset", NULL };

GLY_PLUGIN(.name = "clean.charset", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Turn bytes in any charset into clean UTF-8",
    .help =
        "Finds the charset by byte-order mark, declaration, validity as UTF-8, the pattern of "
        "zero bytes and, when all these are silent, by statistics; then converts to UTF-8.\n\n"
        "Mends mojibake, takes out what cannot be seen, makes line ends and spaces plain and "
        "composes accents (Unicode NFC). Each of these can be turned off. What was changed is "
        "noted with the document; the charset found is meta.charset.\n\n"
        "Files that are no text (PDF, images, archives) fail with a sentence that says so.",
    .example = "{ use = \"clean.charset\"; fallback = \"windows-1252\"; }",
    .reads = reads, .writes = writes, .options = options, .config_size = sizeof(config),
    .ops = &ops);
