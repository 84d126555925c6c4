/* facts - one walk over the elements that may say something. */
#include "facts.h"

#include <strings.h>

#include "kit/page/charref.h"

enum {
    LONGEST_TEXT = 300, /* bytes of an element's text that are read  */
    MOST_NODES = 2000,  /* that are looked at for it                 */
    MOST_FACTS = 2000,
    MOST_OF_BODY = 1500, /* times, properties and names: comments have many */
};

typedef struct collector {
    const gly_host *host;
    gly_stage      *stage;
    gly_doc        *doc;
    const signals  *signals;
    gly_layer      *layer;
    uint32_t        first, last; /* the article's first and last block */
    uint32_t        most;        /* facts; what comes later has room left */
    bool            failed;
} collector;

enum { LINE_END = 0x1F, NEAR_BEFORE = 20, NEAR_AFTER = 3, SHORT_BLOCK = 25, BYLINE_WORDS = 8,
       LONG_PARAGRAPH = 40, FEWEST_CARDS = 8, MOST_LIST_WORDS = 150 };

/* White space folded, in place; the ends trimmed; LINE_END becomes a newline. */
static gly_str folded(char *text, uint32_t length)
{
    uint32_t out = 0;

    for (uint32_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        bool nbsp = c == 0xC2 && i + 1 < length && (unsigned char)text[i + 1] == 0xA0;
        bool line = c == LINE_END;

        if (c > ' ' && !nbsp) {
            text[out++] = (char)c;
            continue;
        }
        i += nbsp;
        if (out && (unsigned char)text[out - 1] > ' ')
            text[out++] = line ? '\n' : ' ';
        else if (out && line)
            text[out - 1] = '\n';
    }
    return (gly_str){ text, out && (unsigned char)text[out - 1] <= ' ' ? out - 1 : out };
}

static gly_str copied(collector *c, gly_str s, bool in_attribute)
{
    gly_str decoded = page_decode(s, in_attribute, c->doc->arena);
    char *copy = decoded.ptr ? GLY_NEWN(c->doc->arena, char, decoded.len + 1u) : NULL;

    if (!copy) {
        c->failed |= s.ptr != NULL;
        return (gly_str){ NULL, 0 };
    }
    if (decoded.len)
        memcpy(copy, decoded.ptr, decoded.len);
    return folded(copy, decoded.len);
}

/* Nothing to resolve, fold or trim. */
static bool is_plain(gly_str s)
{
    unsigned char before = ' ';

    for (uint32_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c < ' ' || c == '&' || c == 0xC2 || (c == ' ' && before == ' '))
            return false;
        before = c;
    }
    return before != ' ';
}

/* An attribute's value, its references resolved and its white space folded. */
static gly_str value_of(collector *c, gly_str s)
{
    return is_plain(s) ? s : copied(c, s, true);
}

/* The text in an element; a newline stands where a line ends. */
static gly_str text_of(collector *c, uint32_t node)
{
    const page *p = c->signals->page;
    char buffer[LONGEST_TEXT + 8];
    uint32_t length = 0, end = p->nodes[node].next;

    if (end - node > MOST_NODES) /* elements without text may lie in each other */
        end = node + MOST_NODES;
    for (uint32_t i = node + 1; i < end && length < LONGEST_TEXT;) {
        const page_node *n = &p->nodes[i];
        uint32_t size = n->at.end - n->at.begin;

        if (!page_is_text(n)) {
            if (blocks_parts(p, i) || n->tag == PAGE_BR)
                buffer[length++] = LINE_END;
            else if (n->flags & PAGE_SPACE)
                buffer[length++] = ' ';
            i = blocks_skips(n->tag) ? n->next : i + 1;
            continue;
        }
        if (blocks_is_anchor(p, i)) {
            i++;
            continue;
        }
        if (n->flags & PAGE_SPACE)
            buffer[length++] = ' ';
        size = size < LONGEST_TEXT - length ? size : LONGEST_TEXT - length;
        while (size && size < n->at.end - n->at.begin && ((unsigned char)p->source.ptr[n->at.begin + size] & 0xC0) == 0x80)
            size--; /* whole characters */
        memcpy(buffer + length, p->source.ptr + n->at.begin, size);
        length += size;
        if (length >= LONGEST_TEXT)
            break;
        i++;
    }
    return copied(c, (gly_str){ buffer, length }, false);
}

#define IN(n) (UINT64_C(1) << (n))
#define NAMED(n) ((uint64_t)(n) << IN_NAMED)

/* Elements in which no block begins have no marks of their own: those around them do. */
static uint64_t around(const collector *c, uint32_t node)
{
    while (node && !c->signals->around[node])
        node = c->signals->page->nodes[node].parent;
    return c->signals->around[node];
}

static uint32_t regions(uint64_t marks)
{
    static const struct { uint64_t marks; uint32_t region; } table[] = {
        { IN(IN_ARTICLE) | IN(IN_BODY_PROP) | IN(IN_BODY_CLASS), PAGE_IN_ARTICLE },
        { IN(IN_HEADER) | NAMED(NAMED_HEADER), PAGE_IN_HEADER },
        { IN(IN_FOOTER) | NAMED(NAMED_FOOTER) | NAMED(NAMED_RIGHTS), PAGE_IN_FOOTER },
        { IN(IN_NAV) | NAMED(NAMED_NAV), PAGE_IN_NAV }, { IN(IN_ASIDE) | NAMED(NAMED_SIDE), PAGE_IN_SIDE },
        { NAMED(NAMED_COMMENT), PAGE_IN_COMMENT }, { NAMED(NAMED_RELATED), PAGE_IN_RELATED },
        { NAMED(NAMED_META), PAGE_IN_META }, { NAMED(NAMED_AUTHOR), PAGE_IN_AUTHOR },
        { IN(IN_LINK), PAGE_IN_LINK }, { IN(IN_LIST), PAGE_IN_LIST },
        { IN(IN_HIDDEN) | NAMED(NAMED_HIDDEN), PAGE_IN_HIDDEN },
        { IN(IN_FIGURE) | NAMED(NAMED_CAPTION), PAGE_IN_CAPTION }, { NAMED(NAMED_TITLE), PAGE_IN_TITLE },
    };
    uint32_t found = 0;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (marks & table[i].marks)
            found |= table[i].region;
    return found;
}

static void add(collector *c, uint32_t node, page_fact_kind kind, gly_str key, gly_str value)
{
    const page_node *n = &c->signals->page->nodes[node];
    page_fact *f;

    if (value.len == 0 || c->layer->count >= c->most || c->failed)
        return;
    f = gly_push(c->host, c->doc, c->layer, n->at.begin, n->at.end);
    if (!f) {
        c->failed = true;
        return;
    }
    f->kind = (int32_t)kind;
    f->key = key;
    f->value = value;
    f->blocks = (int32_t)c->signals->blocks->before[node] - (int32_t)c->first;
    f->after = (int32_t)c->signals->blocks->before[node] - (int32_t)c->last;
    f->around = regions(around(c, node));
}

static gly_str attr(const collector *c, uint32_t node, page_attr_name name)
{
    return page_attr_of(c->signals->page, node, name);
}

static void meta(collector *c, uint32_t i)
{
    gly_str key = attr(c, i, PAGE_ATTR_PROPERTY), value = attr(c, i, PAGE_ATTR_CONTENT);

    if (key.len == 0)
        key = attr(c, i, PAGE_ATTR_NAME);
    if (key.len == 0)
        key = attr(c, i, PAGE_ATTR_ITEMPROP);
    if (key.len && value.len)
        add(c, i, PAGE_FACT_META, key, value_of(c, value));
}

/* Of the many that a page may have, those that say something of the article. */
static void link(collector *c, uint32_t i)
{
    gly_str rel = attr(c, i, PAGE_ATTR_REL);

    if ((rel.len == 9 && strncasecmp(rel.ptr, "canonical", 9) == 0) ||
        (rel.len == 7 && strncasecmp(rel.ptr, "license", 7) == 0))
        add(c, i, PAGE_FACT_LINK, rel, value_of(c, attr(c, i, PAGE_ATTR_HREF)));
}

static void script(collector *c, uint32_t i)
{
    const page *p = c->signals->page;
    gly_str type = attr(c, i, PAGE_ATTR_TYPE);

    if (type.len >= 7 && memmem(type.ptr, type.len, "ld+json", 7) && i + 1 < p->nodes[i].next)
        add(c, i, PAGE_FACT_JSONLD, type, gly_slice(p->source, p->nodes[i + 1].at));
}

static void property(collector *c, uint32_t i, gly_str name)
{
    gly_str value = attr(c, i, PAGE_ATTR_CONTENT);

    if (value.len == 0)
        value = attr(c, i, PAGE_ATTR_DATETIME);
    if (memmem(name.ptr, name.len, "articleBody", 11) || (name.len == 4 && memcmp(name.ptr, "text", 4) == 0))
        return;
    add(c, i, PAGE_FACT_PROP, name, value.len ? value_of(c, value) : text_of(c, i));
}

/* What element() asks of an element's attributes, in one look at them. */
typedef struct asked {
    gly_str prop, rel, class, datetime;
} asked;

static asked asked_of(const page *p, uint32_t node)
{
    const page_node *n = &p->nodes[node];
    gly_str itemprop = { NULL, 0 }, property = itemprop;
    asked of = { .prop = itemprop };

    for (uint32_t i = n->attrs; i < n->attrs + n->nattrs; i++) {
        gly_str value = gly_slice(p->source, p->attrs[i].value);

        switch (p->attrs[i].name) {
        case PAGE_ATTR_ITEMPROP: itemprop = value; break;
        case PAGE_ATTR_PROPERTY: property = value; break;
        case PAGE_ATTR_REL: of.rel = value; break;
        case PAGE_ATTR_CLASS: of.class = value; break;
        case PAGE_ATTR_DATETIME: of.datetime = value; break;
        default: break;
        }
    }
    of.prop = itemprop.len ? itemprop : property;
    return of;
}

/* A link around the headline may lead to its author: /author/ann-other, /autoren/... */
static bool may_name_author(const collector *c, uint32_t i)
{
    uint32_t at = c->signals->blocks->before[i];

    return c->signals->page->nodes[i].tag == PAGE_A && at + NEAR_BEFORE >= c->first && at <= c->first + NEAR_AFTER;
}

static bool is_author_folder(gly_str s)
{
    static const char *const folders[] = { "author", "authors", "autor", "autoren", "autores", "autorin", "auteur",
                                           "auteurs", "autore", "contributor", "contributors", "columnist", "columnists" };

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (s.len == strlen(folders[i]) && memcmp(s.ptr, folders[i], s.len) == 0)
            return true;
    return false;
}

static bool leads_to_author(const collector *c, uint32_t i)
{
    gly_str href = attr(c, i, PAGE_ATTR_HREF);

    for (uint32_t k = 0, end; k < href.len; k = end) {
        end = k + 1;
        if (href.ptr[k] != '/')
            continue;
        while (end < href.len && href.ptr[end] >= 'a' && href.ptr[end] <= 'z')
            end++;
        if (is_author_folder(gly_slice(href, (gly_range){ k + 1, end })))
            return true;
    }
    return false;
}

/* Whether element() may find anything: most elements say nothing. */
static bool may_say(const collector *c, uint32_t i)
{
    const page_node *n = &c->signals->page->nodes[i];
    uint64_t fresh = c->signals->around[i] & ~c->signals->around[n->parent];

    return (n->flags & PAGE_SAYS) || (fresh & NAMED(NAMED_META | NAMED_AUTHOR)) || n->tag == PAGE_H1 ||
           (n->tag == PAGE_TIME && n->nattrs) || may_name_author(c, i);
}

/* A link of the body whose relation to the page is said: its licence, its tags. */
static void relation(collector *c, uint32_t i, gly_str rel)
{
    uint64_t around = c->signals->around[i];
    bool last = rel.len >= 3 && memcmp(rel.ptr + rel.len - 3, "tag", 3) == 0;

    if (around & NAMED(NAMED_COMMENT))
        return;
    if (rel.len == 7 && memcmp(rel.ptr, "license", 7) == 0)
        add(c, i, PAGE_FACT_LINK, rel, value_of(c, attr(c, i, PAGE_ATTR_HREF)));
    else if (last && (rel.len == 3 || rel.ptr[rel.len - 4] == ' '))
        add(c, i, PAGE_FACT_TAG, rel, text_of(c, i));
}

/* Elements of the body: by what they are, and by what they are called. */
static void element(collector *c, uint32_t i)
{
    const page *p = c->signals->page;
    const page_node *n = &p->nodes[i];
    asked of = asked_of(p, i);
    uint64_t own = c->signals->around[i], fresh = own & ~c->signals->around[n->parent];
    uint32_t named = (uint32_t)(fresh >> IN_NAMED);

    if (n->tag != PAGE_H1)
        c->most = MOST_OF_BODY;
    if (of.prop.len)
        property(c, i, of.prop);
    if (n->tag == PAGE_H1)
        add(c, i, PAGE_FACT_H1, of.class, text_of(c, i));
    if (n->tag == PAGE_TIME)
        add(c, i, PAGE_FACT_TIME, of.class, of.datetime.len ? value_of(c, of.datetime) : text_of(c, i));
    else if ((named & NAMED_META) && n->next - i < 40)
        add(c, i, PAGE_FACT_DATE, of.class, text_of(c, i));
    if (of.rel.len && n->tag == PAGE_A)
        relation(c, i, of.rel);
    if (of.rel.len >= 6 && memmem(of.rel.ptr, of.rel.len, "author", 6) && n->tag == PAGE_A)
        add(c, i, PAGE_FACT_AUTHOR, of.rel, text_of(c, i));
    else if ((named & NAMED_AUTHOR) && n->next - i < 40)
        add(c, i, PAGE_FACT_AUTHOR, of.class, text_of(c, i));
    else if (may_name_author(c, i) && leads_to_author(c, i))
        add(c, i, PAGE_FACT_AUTHOR, GLY_LIT("link"), text_of(c, i));
}

/* Short lines that name a day or a person, whatever they are in. */
static void short_lines(collector *c, uint32_t from, uint32_t to)
{
    const blocks *b = c->signals->blocks;

    for (uint32_t i = from; i < to && i < b->count; i++) {
        const block *it = &b->items[i];
        gly_str text = { NULL, 0 };
        bool named;

        if (it->words > SHORT_BLOCK || !it->element)
            continue;
        named = (it->said & SAYS_BYLINE) || it->words <= BYLINE_WORDS;
        if (it->digits || named)
            text = text_of(c, it->element);
        if (it->digits)
            add(c, it->element, PAGE_FACT_DATE, GLY_LIT("line"), text);
        if (named)
            add(c, it->element, PAGE_FACT_AUTHOR, GLY_LIT("line"), text);
    }
}

/* Around the headline, and after the article's last block. */
static void near_lines(collector *c)
{
    uint32_t end = c->last + 1;

    short_lines(c, c->first > NEAR_BEFORE ? c->first - NEAR_BEFORE : 0, c->first + NEAR_AFTER);
    if (end > c->first + NEAR_AFTER)
        short_lines(c, end > NEAR_AFTER ? end - NEAR_AFTER : 0, end + NEAR_BEFORE / 2);
}

/* A page that is a list: many headings that are links, and little text besides. */
static void cards(collector *c)
{
    const blocks *b = c->signals->blocks;
    uint32_t linked = 0, words = 0;

    for (uint32_t i = 0; i < b->count; i++) {
        const block *it = &b->items[i];
        bool heading = it->tag >= PAGE_H2 && it->tag <= PAGE_H4;

        linked += heading && it->words >= 3 && it->link_chars * 5 >= it->chars * 4 &&
                  !((it->around >> IN_NAMED) & (NAMED_NAV | NAMED_FOOTER | NAMED_SIDE));
        words += !it->rule && it->words >= LONG_PARAGRAPH && it->link_chars * 2 < it->chars ? it->words : 0;
    }
    if (linked >= FEWEST_CARDS && words < linked * LONG_PARAGRAPH && words < MOST_LIST_WORDS)
        add(c, 0, PAGE_FACT_CARD, (gly_str){ NULL, 0 }, GLY_LIT("true"));
}

static uint32_t first_kept(const blocks *b)
{
    uint32_t i = 0;

    while (i < b->count && (b->items[i].rule || b->items[i].words < 10))
        i++;
    return i < b->count ? i : 0;
}

static uint32_t last_kept(const blocks *b)
{
    uint32_t i = b->count;

    while (i > 0 && b->items[i - 1].rule)
        i--;
    return i ? i - 1 : 0;
}

gly_status facts_collect(const gly_host *host, gly_stage *stage, gly_doc *doc, const signals *s)
{
    const page *p = s->page;
    collector c = { .host = host, .stage = stage, .doc = doc, .signals = s,
                    .first = first_kept(s->blocks), .last = last_kept(s->blocks) };

    c.layer = host->layer_add(stage, doc, &page_fact_layer);
    if (!c.layer)
        return GLY_ENOMEM;
    for (uint32_t i = 1; i < p->count && !c.failed;) {
        const page_node *n = &p->nodes[i];

        c.most = MOST_FACTS;
        if (n->tag == PAGE_META)
            meta(&c, i);
        else if (n->tag == PAGE_LINK && n->nattrs)
            link(&c, i);
        else if (n->tag == PAGE_TITLE)
            add(&c, i, PAGE_FACT_TITLE, (gly_str){ NULL, 0 }, text_of(&c, i));
        else if (n->tag == PAGE_SCRIPT)
            script(&c, i);
        else if (n->tag == PAGE_HTML)
            add(&c, i, PAGE_FACT_LANG, (gly_str){ NULL, 0 }, value_of(&c, attr(&c, i, PAGE_ATTR_LANG)));
        else if (!page_is_text(n) && n->tag != PAGE_SVG && may_say(&c, i))
            element(&c, i);
        i = n->tag == PAGE_SVG || n->tag == PAGE_SCRIPT ? n->next : i + 1;
    }
    c.most = MOST_FACTS;
    near_lines(&c);
    cards(&c);
    return c.failed ? GLY_ENOMEM : GLY_OK;
}
