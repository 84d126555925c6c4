/* view - texts made from texts, and the way back to the raw bytes. */
#include "document/private.h"

#include <stdio.h>
#include <strings.h>

#include "base/utf8.h"

typedef struct suffix {
    const char *end, *media;
} suffix;

static const suffix suffixes[] = {
    { ".html", "text/html" }, { ".htm", "text/html" }, { ".xhtml", "text/html" },
    { ".xht", "text/html" }, { ".shtml", "text/html" }, { ".mhtml", "multipart/related" }, { ".mht", "multipart/related" },
    { ".txt", "text/plain" },
    { ".text", "text/plain" }, { ".md", "text/markdown" }, { ".xml", "application/xml" },
    { ".json", "application/json" }, { ".pdf", "application/pdf" },
};

static bool ends_with(gly_str s, const char *end)
{
    size_t n = strlen(end);

    if (s.len < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s.ptr[s.len - n + i];

        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != end[i])
            return false;
    }
    return true;
}

static bool begins_with(gly_str s, const char *begin)
{
    size_t n = strlen(begin);

    return s.len >= n && strncasecmp(s.ptr, begin, n) == 0;
}

static void pass(gly_str *s, uint32_t length)
{
    s->ptr += length;
    s->len -= length;
}

/* A page says so where it begins, behind comments and declarations. */
static bool looks_like_html(gly_str s)
{
    enum { LOOKED_AT = 1024 };

    s.len = s.len < LOOKED_AT ? s.len : LOOKED_AT;
    if (begins_with(s, "\xEF\xBB\xBF"))
        pass(&s, 3);
    for (;;) {
        const char *end, *mark;

        while (s.len && memchr(" \t\r\n\f", *s.ptr, 5))
            pass(&s, 1);
        if (!begins_with(s, "<?") && !begins_with(s, "<!--"))
            return begins_with(s, "<!doctype html") || begins_with(s, "<html") || begins_with(s, "<head");
        mark = s.ptr[1] == '?' ? ">" : "-->";
        end = memmem(s.ptr, s.len, mark, strlen(mark));
        if (!end)
            return false;
        pass(&s, (uint32_t)(end - s.ptr + (ptrdiff_t)strlen(mark)));
    }
}

/* What has no known suffix is a page when it begins like one, else text: people keep
 * articles in files without one. */
static gly_str media_of(gly_str uri, gly_str bytes)
{
    if (ends_with(uri, ".gz"))
        uri.len -= 3;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends_with(uri, suffixes[i].end))
            return (gly_str){ suffixes[i].media, (uint32_t)strlen(suffixes[i].media) };
    return looks_like_html(bytes) ? GLY_LIT("text/html") : GLY_LIT("text/plain");
}

static void make_current(document *d, uint16_t view)
{
    d->face.current = view;
    d->face.text = d->views[view].text;
}

gly_status document_raw_set(document *d, gly_str bytes, gly_str media)
{
    if (d->face.nviews)
        return document_fail(d, GLY_ESTATE, (gly_range){ 0, 0 }, "raw_set() was called twice");
    d->views[0] = (gly_view){ .name = "raw", .text = bytes, .stage = d->stage };
    d->face.nviews = 1;
    make_current(d, 0);
    return document_media_set(d, media.len ? media : media_of(d->face.uri, bytes));
}

/* Segments must rise on both sides and stay inside both texts. */
static bool segments_hold(const gly_view *view, gly_str parent)
{
    uint64_t here = 0, there = 0;

    for (uint32_t i = 0; i < view->nsegs; i++) {
        const gly_seg *s = &view->segs[i];

        if (s->here < here || s->there < there)
            return false;
        here = (uint64_t)s->here + s->len;
        there = (uint64_t)s->there + s->len;
        if (here > view->text.len || there > parent.len)
            return false;
    }
    return true;
}

gly_status document_view_add(document *d, const gly_view *view)
{
    const char *wrong = NULL;
    char msg[160];

    if (d->face.nviews == MOST_VIEWS)
        wrong = "is one view too many";
    else if (view->parent >= d->face.nviews)
        wrong = "names a parent view that is not there";
    else if (utf8_valid_prefix(view->text.ptr, view->text.len) != view->text.len)
        wrong = "is not valid UTF-8";
    else if (!segments_hold(view, d->views[view->parent].text))
        wrong = "has segments out of order or outside its texts";
    if (wrong) {
        snprintf(msg, sizeof msg, "view '%.60s' %s; this is a bug of the stage",
                 view->name ? view->name : "", wrong);
        return document_fail(d, GLY_ESTATE, (gly_range){ 0, 0 }, msg);
    }
    d->views[d->face.nviews] = *view;
    d->views[d->face.nviews].stage = d->stage;
    make_current(d, d->face.nviews++);
    return GLY_OK;
}

/* The last segment that begins at or before `at`; nsegs when there is none. */
static uint32_t segment_before(const gly_view *v, uint32_t at)
{
    uint32_t low = 0, high = v->nsegs;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (v->segs[middle].here <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : v->nsegs;
}

/* A byte between two runs stands for all that lies between them there: a range
 * that begins in such a gap begins at the gap's start. */
static uint32_t map_begin(const gly_view *v, uint32_t at)
{
    uint32_t i = segment_before(v, at);

    if (i == v->nsegs)
        return 0;
    if (at - v->segs[i].here < v->segs[i].len)
        return v->segs[i].there + (at - v->segs[i].here);
    return v->segs[i].there + v->segs[i].len;
}

/* `at` is past the range's last byte. */
static uint32_t map_end(const gly_view *v, uint32_t at, uint32_t parent_length)
{
    uint32_t i = at ? segment_before(v, at - 1) : v->nsegs;

    if (i < v->nsegs && at - v->segs[i].here <= v->segs[i].len)
        return v->segs[i].there + (at - v->segs[i].here);
    i = i == v->nsegs ? 0 : i + 1;
    return i < v->nsegs ? v->segs[i].there : parent_length;
}

/* The same text as its parent's: what clean.charset makes of clean UTF-8. */
static bool is_whole(const gly_view *v, uint32_t parent_length)
{
    return v->nsegs == 1 && v->segs[0].here == 0 && v->segs[0].there == 0 && v->segs[0].len == v->text.len &&
           v->text.len == parent_length;
}

gly_range document_map(const gly_doc *doc, uint16_t from, gly_range at, uint16_t to)
{
    while (from > to && from < doc->nviews) {
        const gly_view *v = &doc->views[from];
        uint32_t parent_length = doc->views[v->parent].text.len;

        if (!v->nsegs) {
            at = (gly_range){ 0, parent_length };
        } else if (is_whole(v, parent_length)) {
            ; /* every place stays what it is */
        } else if (at.begin == at.end) {
            at.begin = at.end = map_begin(v, at.begin);
        } else {
            at = (gly_range){ map_begin(v, at.begin), map_end(v, at.end, parent_length) };
        }
        from = v->parent;
    }
    return at;
}
