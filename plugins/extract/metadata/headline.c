/* headline - which heading is the article's, and what its title is. */
#include "base/utf8.h"
#include "gather.h"
#include "kit/unicode.h"

enum { LABEL_WORDS = 3 }; /* at most */

/* Whether the head of the page says the same, with or without more behind it. */
static bool head_agrees(const gathered *g, gly_str text)
{
    if (text.len < 8)
        return false;
    for (uint32_t i = 0; i < g->all.count; i++)
        if (g->all.items[i].key == KEY_TITLE &&
            (title_same(g->all.items[i].value, text) || title_begins(g->all.items[i].value, text)))
            return true;
    return title_begins(g->title, text);
}

void headline_choose(gathered *g)
{
    const heading *best = NULL;

    for (uint32_t i = 0; i < g->nheadings; i++) {
        const heading *it = &g->headings[i];

        if (head_agrees(g, it->text)) {
            best = it;
            break;
        }
        if (!best || (it->blocks <= 1 && it->blocks > best->blocks))
            best = it;
    }
    if (!best)
        return;
    g->h1 = best->text;
    g->h1_blocks = best->blocks;
}

/* Line ends of a heading as spaces. */
static gly_str one_line(gathered *g, gly_str s)
{
    char *copy = s.len && memchr(s.ptr, '\n', s.len) ? GLY_NEWN(g->all.arena, char, s.len) : NULL;

    for (uint32_t i = 0; copy && i < s.len; i++)
        copy[i] = s.ptr[i] == '\n' ? ' ' : s.ptr[i];
    return copy ? (gly_str){ copy, s.len } : s;
}

candidate headline_title(gathered *g)
{
    const candidate *site = candidate_best(&g->all, KEY_SITE), *best = candidate_best(&g->all, KEY_TITLE);
    gly_str name = site ? site->value : (gly_str){ NULL, 0 }, head = best ? best->value : g->title;
    gly_str said = title_without_site(head, name, g->host), title = title_without_site(g->title, name, g->host);
    bool near = g->h1_blocks >= -15 && g->h1_blocks <= 1;
    gly_str h1 = title_without_kicker(g->h1, said, title);
    candidate found = { KEY_TITLE, best ? best->confidence : g->title.len ? 750 : 600, said,
                        best ? best->origin : g->title.len ? "title" : "heading" };

    if (h1.len && (title_same(h1, said) || title_begins(g->title, h1) || title_begins(head, h1) ||
                   title_begins(h1, said) || (near && title_stands_alone(h1, said, name))))
        return (candidate){ KEY_TITLE, 970, one_line(g, h1), "heading" };
    if (best && title.len && found.confidence < 900 && title_begins(best->value, title))
        found.value = title;
    else if (!said.len)
        found.value = one_line(g, g->h1);
    return found;
}

/* Two signs of a script that parts no words are about a word. */
static uint32_t words_in(gly_str s)
{
    const char *at = s.ptr, *end = s.ptr + s.len;
    uint32_t spaces = 0, signs = 0;

    while (at < end) {
        uint32_t c = utf8_next(&at);

        spaces += c == ' ';
        signs += (unicode_class(c) & UNICODE_CJK) != 0;
    }
    return spaces + 1 + signs / 2;
}

bool headline_is_label(gly_str title)
{
    return title.len > 0 && words_in(title) <= LABEL_WORDS;
}
