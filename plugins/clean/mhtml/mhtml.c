/* clean.mhtml - takes the page out of a web archive (MHTML, RFC 2557).
 *
 * A browser's "save as single file" is a MIME message whose parts are the page and
 * what it shows. The first part that is HTML becomes the view "page", decoded from
 * quoted-printable or base64; the document's media type is then text/html. */
#include <galley/plugin.h>

#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"
#include "convert.h"
#include "part.h"

typedef struct state {
    const gly_host *host;
    gly_stage      *stage;
} state;

static gly_status open_stage(const gly_host *host, gly_stage *stage, const void *opts, void **shared)
{
    state *st = malloc(sizeof *st);

    (void)opts;
    if (!st)
        return GLY_ENOMEM;
    *st = (state){ host, stage };
    *shared = st;
    return GLY_OK;
}

static void close_stage(void *shared)
{
    free(shared);
}

static bool is_plain(gly_str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] <= ' ' || (unsigned char)s.ptr[i] >= 0x7F)
            return false;
    return s.len > 0;
}

static gly_status set_facts(const state *st, gly_doc *doc, const part *p)
{
    gly_status status = GLY_OK;

    if (is_plain(p->charset))
        status = gly_set_str(st->host, st->stage, doc, "charset", p->charset, (gly_range){ 0, 0 }, 900);
    if (status == GLY_OK && is_plain(p->location))
        status = gly_set_str(st->host, st->stage, doc, "url", p->location, (gly_range){ 0, 0 }, 850);
    return status;
}

/* The decoded page is not UTF-8: says so of its charset, and is converted. */
static gly_status convert(const state *st, gly_doc *doc, rewrite *out, part *p)
{
    gly_str page = { out->text, out->length };
    gly_str charset = p->charset.len ? p->charset : convert_stated(page);
    rewrite converted;

    rewrite_begin(&converted, doc->arena, doc->text, page.len + page.len / 4);
    if (!convert_page(&converted, page, charset))
        return gly_fail(st->host, st->stage, doc, GLY_EINPUT,
                        "holds a page in the charset '%.*s', which this system cannot read; save it again as UTF-8",
                        charset.len < 40 ? (int)charset.len : 40, charset.ptr);
    *out = converted;
    p->charset = GLY_LIT("utf-8"); /* that is what the stages behind it get */
    return GLY_OK;
}

static gly_status process(void *self, gly_doc *doc)
{
    const state *st = self;
    uint16_t parent = doc->current;
    rewrite out;
    gly_status status = GLY_OK;
    part p;

    if (!part_find_page(doc->text, &p))
        return gly_fail(st->host, st->stage, doc, GLY_EINPUT,
                        "has no part that is a web page; is it a saved web archive?");
    rewrite_begin(&out, doc->arena, doc->text, p.body.end - p.body.begin);
    part_decode(&out, &p);
    if (!out.failed && utf8_valid_prefix(out.text, out.length) != out.length)
        status = convert(st, doc, &out, &p);
    if (status == GLY_OK)
        status = rewrite_end(&out, st->host, st->stage, doc, "page", parent);
    if (status == GLY_OK)
        status = set_facts(st, doc, &p);
    return status == GLY_OK ? st->host->media_set(st->stage, doc, GLY_LIT("text/html")) : status;
}

static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = open_stage, .close = close_stage,
    .process = process,
};

static const gly_option options[] = { GLY_OPTIONS_END };
static const char *const reads[] = { "raw", NULL };
static const char *const writes[] = { "text", "meta.charset", "meta.url", NULL };

GLY_PLUGIN(.name = "clean.mhtml", .kind = GLY_TRANSFORM, .version = "1.0.0", .license = "MIT",
    .summary = "Take the page out of a saved web archive (MHTML)",
    .help =
        "Reads a MIME message of the kind that browsers save pages in, finds its first part of HTML "
        "and decodes it. It stands before clean.charset; the media type becomes text/html, and the "
        "charset and address that the part states are known to the stages behind it.",
    .example = "{ use = \"clean.mhtml\"; when = \"media == 'multipart/related'\"; }",
    .reads = reads, .writes = writes, .options = options, .ops = &ops);
