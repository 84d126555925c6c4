/* notices - the text of each short block in lower case, looked up in the lists. */
#include "notices.h"

#include "kit/page/charref.h"

enum {
    LONGEST = 400,      /* bytes of a text that is looked at        */
    SHARE_WORDS = 8,    /* most words of a line, by what it opens with */
    RELATED_WORDS = 30,
    NOTICE_WORDS = 30,
};

typedef struct text {
    char     bytes[LONGEST];
    uint32_t length;
} text;

/* The beginning of it, `most` bytes at most, in whole code points. */
static gly_str beginning(gly_str s, uint32_t most)
{
    if (s.len <= most)
        return s;
    while (most && ((unsigned char)s.ptr[most] & 0xC0) == 0x80)
        most--;
    return (gly_str){ s.ptr, most };
}

/* White space is folded. */
static void put(text *t, gly_str s)
{
    uint32_t i = 0;

    while (i < s.len) {
        uint32_t begin = i;
        gly_str word;

        while (i < s.len && (unsigned char)s.ptr[i] > ' ')
            i++;
        word = beginning((gly_str){ s.ptr + begin, i - begin }, LONGEST - t->length);
        memcpy(t->bytes + t->length, word.ptr, word.len);
        t->length += word.len;
        if (i < s.len && t->length && t->length < LONGEST && t->bytes[t->length - 1] != ' ')
            t->bytes[t->length++] = ' ';
        i++;
    }
}

/* False when memory runs out. */
static bool read_text(text *t, const page *p, const block *b, gly_arena *arena)
{
    t->length = 0;
    for (uint32_t i = b->first; i <= b->last && t->length < LONGEST; i++) {
        const page_node *n = &p->nodes[i];
        gly_str s = gly_slice(p->source, n->at);

        if ((n->flags & PAGE_SPACE) || n->tag == PAGE_BR)
            put(t, GLY_LIT(" "));
        if (!page_is_text(n))
            continue;
        s = beginning(s, LONGEST);
        s = n->flags & PAGE_REFS ? page_decode(s, false, arena) : s;
        if (!s.ptr)
            return false;
        put(t, s);
    }
    return true;
}

/* The names of rules that clean.html has for those of the lists. */
static const char *rule_named(const char *name)
{
    static const char *const rules[] = {
        "advertisement", "comments", "cookie", "newsletter", "paywall", "related", "share",
    };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (strcmp(name, rules[i]) == 0)
            return rules[i];
    return strcmp(name, "page-furniture") == 0 ? "notice" : NULL;
}

static bool begins_with_mark(gly_str s)
{
    static const char *const marks[] = { ":", "|", "-", ">", "–", "—", "»", "›", "：", "】" };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (s.len >= strlen(marks[i]) && memcmp(s.ptr, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

/* "Read also" may open a sentence: what is related is a link, or stands behind a mark,
 * which may be the phrase's own. `end` is where the phrase ends. */
static bool names_another(const block *b, gly_str low, uint32_t end)
{
    uint32_t last = end - 1;

    if (b->words > RELATED_WORDS)
        return false;
    if (b->link_chars * 3 > b->chars || end == low.len)
        return true;
    while (last && ((unsigned char)low.ptr[last] & 0xC0) == 0x80)
        last--;
    while (end < low.len && low.ptr[end] == ' ')
        end++;
    return begins_with_mark((gly_str){ low.ptr + last, low.len - last }) ||
           begins_with_mark((gly_str){ low.ptr + end, low.len - end });
}

static const char *opening(const block *b, gly_str low, const phrases *p)
{
    const phrase_list *list = NULL;
    uint32_t length = phrases_opens(p, low, PHRASE_START, &list);
    const char *rule = length ? rule_named(list->rule) : NULL;

    if (!rule)
        return NULL;
    if (strcmp(rule, "related") == 0)
        return names_another(b, low, length) ? rule : NULL;
    return b->words <= (strcmp(rule, "share") == 0 ? SHARE_WORDS : NOTICE_WORDS) ? rule : NULL;
}

static const char *rule_for(const block *b, gly_str low, const phrases *p)
{
    const phrase_list *list = phrases_is(p, low, PHRASE_WHOLE);

    if (!list)
        list = phrases_inside(p, low, PHRASE_INSIDE);
    return list ? rule_named(list->rule) : opening(b, low, p);
}

static bool may_be_notice(const block *b)
{
    bool heading = b->tag >= PAGE_H1 && b->tag <= PAGE_H6, cell = b->tag == PAGE_TD || b->tag == PAGE_TH;

    return !b->rule && b->words <= NOTICE_WORDS && b->chars < LONGEST && !heading && !cell && b->tag != PAGE_PRE;
}

gly_status notices_drop(blocks *all, const page *p, const phrases *known, gly_arena *arena)
{
    text t;
    char low[LONGEST];

    for (uint32_t i = 0; i < all->count; i++) {
        block *b = &all->items[i];

        if (!may_be_notice(b))
            continue;
        if (!read_text(&t, p, b, arena))
            return GLY_ENOMEM;
        while (t.length && t.bytes[t.length - 1] == ' ')
            t.length--;
        phrases_lower((gly_str){ t.bytes, t.length }, low);
        b->rule = rule_for(b, (gly_str){ low, t.length }, known);
    }
    return GLY_OK;
}
