/* vocabulary - the table of words, and its hash. */
#include "vocabulary.h"

typedef struct entry {
    const char *word;
    uint32_t    named, says;
} entry;

/* Class names are English on most sites, whatever language they are in. */
static const entry entries[] = {
    { "article", NAMED_ARTICLE, 0 }, { "articles", NAMED_RELATED, 0 }, { "post", NAMED_ARTICLE, 0 },
    { "posts", NAMED_RELATED, 0 }, { "story", NAMED_ARTICLE, 0 }, { "stories", NAMED_RELATED, 0 },
    { "entry", NAMED_ARTICLE, 0 }, { "artikel", NAMED_ARTICLE, 0 }, { "articolo", NAMED_ARTICLE, 0 },
    { "noticia", NAMED_ARTICLE, 0 }, { "blog", NAMED_ARTICLE, 0 }, { "news", NAMED_ARTICLE, 0 },
    { "body", NAMED_BODY, 0 }, { "content", NAMED_BODY, 0 }, { "text", NAMED_BODY, 0 },
    { "copy", NAMED_BODY, 0 }, { "contents", NAMED_BODY, 0 }, { "inhalt", NAMED_BODY, 0 },
    { "contenu", NAMED_BODY, 0 }, { "contenido", NAMED_BODY, 0 }, { "corpo", NAMED_BODY, 0 },
    { "paragraph", NAMED_BODY, 0 }, { "prose", NAMED_ARTICLE | NAMED_BODY, 0 },
    { "richtext", NAMED_ARTICLE | NAMED_BODY, 0 }, { "rich", NAMED_ARTICLE, 0 },
    { "wysiwyg", NAMED_ARTICLE | NAMED_BODY, 0 },
    { "articlebody", NAMED_ARTICLE | NAMED_BODY, 0 }, { "articletext", NAMED_ARTICLE | NAMED_BODY, 0 },
    { "articlecontent", NAMED_ARTICLE | NAMED_BODY, 0 }, { "storybody", NAMED_ARTICLE | NAMED_BODY, 0 },
    { "storytext", NAMED_ARTICLE | NAMED_BODY, 0 }, { "postcontent", NAMED_ARTICLE | NAMED_BODY, 0 },
    { "postbody", NAMED_ARTICLE | NAMED_BODY, 0 }, { "entrycontent", NAMED_ARTICLE | NAMED_BODY, 0 },
    { "bodytext", NAMED_ARTICLE | NAMED_BODY, 0 }, { "textbody", NAMED_ARTICLE | NAMED_BODY, 0 },
    { "maincontent", NAMED_MAIN, 0 }, { "main", NAMED_MAIN, 0 }, { "page", NAMED_MAIN, 0 },
    { "nav", NAMED_NAV, 0 }, { "navbar", NAMED_NAV, 0 }, { "navigation", NAMED_NAV, 0 },
    { "menu", NAMED_NAV, 0 }, { "submenu", NAMED_NAV, 0 }, { "dropdown", NAMED_NAV, 0 },
    { "breadcrumb", NAMED_NAV, 0 }, { "breadcrumbs", NAMED_NAV, 0 }, { "pagination", NAMED_NAV, 0 },
    { "pager", NAMED_NAV, 0 }, { "sitemap", NAMED_NAV, 0 }, { "topbar", NAMED_NAV, 0 },
    { "toolbar", NAMED_NAV, 0 }, { "skip", NAMED_NAV, 0 }, { "tabs", NAMED_NAV, 0 },
    { "prev", NAMED_NAV, 0 }, { "next", NAMED_NAV, 0 }, { "search", NAMED_NAV, 0 },
    { "footer", NAMED_FOOTER, 0 }, { "foot", NAMED_FOOTER, 0 }, { "bottom", NAMED_FOOTER, 0 },
    { "copyright", NAMED_FOOTER | NAMED_RIGHTS, SAYS_RIGHTS }, { "legal", NAMED_FOOTER, 0 },
    { "disclaimer", NAMED_FOOTER, SAYS_RIGHTS }, { "colophon", NAMED_FOOTER, 0 },
    { "header", NAMED_HEADER, 0 }, { "masthead", NAMED_HEADER, 0 }, { "banner", NAMED_HEADER, 0 },
    { "logo", NAMED_HEADER, 0 }, { "top", NAMED_HEADER, 0 }, { "hero", NAMED_HEADER, 0 },
    { "sidebar", NAMED_SIDE, 0 }, { "aside", NAMED_SIDE, 0 }, { "rail", NAMED_SIDE, 0 },
    { "side", NAMED_SIDE, 0 }, { "secondary", NAMED_SIDE, 0 }, { "complementary", NAMED_SIDE, 0 },
    { "infobox", NAMED_SIDE, 0 }, { "factbox", NAMED_SIDE, 0 },
    { "comment", NAMED_COMMENT, SAYS_COMMENT }, { "comments", NAMED_COMMENT, SAYS_COMMENT },
    { "disqus", NAMED_COMMENT, 0 }, { "respond", NAMED_COMMENT, 0 }, { "reply", NAMED_COMMENT, SAYS_COMMENT },
    { "replies", NAMED_COMMENT, SAYS_COMMENT }, { "discussion", NAMED_COMMENT, 0 },
    { "kommentar", NAMED_COMMENT, SAYS_COMMENT }, { "kommentare", NAMED_COMMENT, SAYS_COMMENT },
    { "commentaires", NAMED_COMMENT, SAYS_COMMENT }, { "comentarios", NAMED_COMMENT, SAYS_COMMENT },
    { "feedback", NAMED_COMMENT, 0 }, { "reviews", NAMED_COMMENT, 0 },
    { "related", NAMED_RELATED, SAYS_MORE }, { "relateds", NAMED_RELATED, 0 },
    { "recommended", NAMED_RELATED, SAYS_MORE }, { "recommendations", NAMED_RELATED, 0 },
    { "recommendation", NAMED_RELATED, 0 }, { "recirculation", NAMED_RELATED, 0 },
    { "recirc", NAMED_RELATED, 0 }, { "popular", NAMED_RELATED, SAYS_MORE },
    { "trending", NAMED_RELATED, SAYS_MORE }, { "teaser", NAMED_RELATED, 0 },
    { "teasers", NAMED_RELATED, 0 }, { "more", NAMED_RELATED, SAYS_MORE }, { "read", 0, SAYS_MORE },
    { "also", 0, SAYS_MORE }, { "readmore", NAMED_RELATED, 0 }, { "mostread", NAMED_RELATED, 0 },
    { "latest", NAMED_RELATED, SAYS_MORE }, { "feed", NAMED_RELATED, 0 }, { "similar", NAMED_RELATED, SAYS_MORE },
    { "outbrain", NAMED_RELATED, 0 }, { "taboola", NAMED_RELATED, 0 }, { "list", NAMED_WIDGET, 0 },
    { "listing", NAMED_RELATED, 0 }, { "headlines", NAMED_RELATED, 0 }, { "links", NAMED_RELATED, 0 },
    { "suggested", NAMED_RELATED, 0 }, { "upnext", NAMED_RELATED, 0 }, { "lire", 0, SAYS_MORE },
    { "aussi", 0, SAYS_MORE }, { "lesen", 0, SAYS_MORE }, { "auch", 0, SAYS_MORE },
    { "mehr", 0, SAYS_MORE }, { "leia", 0, SAYS_MORE }, { "leggi", 0, SAYS_MORE },
    { "share", NAMED_SHARE, SAYS_SHARE }, { "sharing", NAMED_SHARE, SAYS_SHARE },
    { "sharedaddy", NAMED_SHARE, 0 }, { "social", NAMED_SHARE, SAYS_SHARE },
    { "socials", NAMED_SHARE, 0 }, { "addthis", NAMED_SHARE, 0 }, { "follow", NAMED_SHARE, SAYS_SHARE },
    { "teilen", NAMED_SHARE, SAYS_SHARE }, { "partager", NAMED_SHARE, SAYS_SHARE },
    { "compartir", NAMED_SHARE, SAYS_SHARE }, { "print", NAMED_SHARE, SAYS_SHARE },
    { "tweet", NAMED_SHARE, SAYS_NETWORK }, { "bookmark", NAMED_SHARE, 0 },
    { "facebook", NAMED_SHARE, SAYS_NETWORK }, { "twitter", NAMED_SHARE, SAYS_NETWORK },
    { "whatsapp", NAMED_SHARE, SAYS_NETWORK }, { "instagram", NAMED_SHARE, SAYS_NETWORK },
    { "linkedin", NAMED_SHARE, SAYS_NETWORK }, { "telegram", NAMED_SHARE, SAYS_NETWORK },
    { "youtube", 0, SAYS_NETWORK }, { "pinterest", NAMED_SHARE, SAYS_NETWORK },
    { "reddit", NAMED_SHARE, SAYS_NETWORK },
    { "ad", NAMED_AD, 0 }, { "ads", NAMED_AD, SAYS_AD }, { "advert", NAMED_AD, 0 },
    { "adverts", NAMED_AD, 0 }, { "advertisement", NAMED_AD, SAYS_AD }, { "advertising", NAMED_AD, SAYS_AD },
    { "adsense", NAMED_AD, 0 }, { "dfp", NAMED_AD, 0 }, { "promo", NAMED_AD, SAYS_AD },
    { "promos", NAMED_AD, 0 }, { "promotion", NAMED_AD, 0 }, { "promoted", NAMED_AD, SAYS_AD },
    { "sponsor", NAMED_AD, 0 }, { "sponsored", NAMED_AD, SAYS_AD }, { "anzeige", NAMED_AD, SAYS_AD },
    { "werbung", NAMED_AD, SAYS_AD }, { "publicidad", NAMED_AD, SAYS_AD }, { "affiliate", NAMED_AD, SAYS_AD },
    { "cta", NAMED_AD, 0 }, { "shop", NAMED_AD, 0 }, { "product", NAMED_AD, 0 }, { "deals", NAMED_AD, 0 },
    { "newsletter", NAMED_SIGNUP, SAYS_SIGNUP }, { "newsletters", NAMED_SIGNUP, SAYS_SIGNUP },
    { "subscribe", NAMED_SIGNUP, SAYS_SIGNUP }, { "subscription", NAMED_SIGNUP, SAYS_SIGNUP },
    { "subscriber", NAMED_SIGNUP, SAYS_SIGNUP }, { "subscribers", NAMED_SIGNUP, SAYS_SIGNUP },
    { "signup", NAMED_SIGNUP, SAYS_SIGNUP }, { "donate", NAMED_SIGNUP, SAYS_SIGNUP },
    { "donation", NAMED_SIGNUP, 0 }, { "inbox", 0, SAYS_SIGNUP },
    { "abonnieren", 0, SAYS_SIGNUP }, { "abonnez", 0, SAYS_SIGNUP }, { "inscrivez", 0, SAYS_SIGNUP },
    { "subscreva", 0, SAYS_SIGNUP }, { "iscriviti", 0, SAYS_SIGNUP }, { "form", NAMED_SIGNUP, 0 },
    { "cookie", NAMED_COOKIE, SAYS_COOKIE }, { "cookies", NAMED_COOKIE, SAYS_COOKIE },
    { "consent", NAMED_COOKIE, SAYS_COOKIE }, { "gdpr", NAMED_COOKIE, SAYS_COOKIE },
    { "privacy", NAMED_COOKIE, SAYS_COOKIE }, { "modal", NAMED_COOKIE, 0 }, { "popup", NAMED_COOKIE, 0 },
    { "overlay", NAMED_COOKIE, 0 }, { "tooltip", NAMED_COOKIE, 0 }, { "lightbox", NAMED_COOKIE, 0 },
    { "toast", NAMED_COOKIE, 0 }, { "alert", NAMED_COOKIE, 0 }, { "notice", NAMED_COOKIE, 0 },
    { "datenschutz", 0, SAYS_COOKIE }, { "terms", 0, SAYS_COOKIE },
    { "paywall", NAMED_PAYWALL, SAYS_LOGIN }, { "login", NAMED_PAYWALL, SAYS_LOGIN },
    { "register", NAMED_PAYWALL, SAYS_LOGIN }, { "premium", NAMED_PAYWALL, 0 },
    { "piano", NAMED_PAYWALL, 0 }, { "regwall", NAMED_PAYWALL, 0 }, { "account", NAMED_PAYWALL, SAYS_LOGIN },
    { "barrier", NAMED_PAYWALL, 0 }, { "abo", 0, SAYS_LOGIN }, { "weiterlesen", 0, SAYS_LOGIN },
    { "registrieren", 0, SAYS_LOGIN }, { "registreren", 0, SAYS_LOGIN }, { "abbonati", 0, SAYS_LOGIN }, { "anmelden", 0, SAYS_LOGIN }, { "subscribed", 0, SAYS_LOGIN },
    { "meta", NAMED_META, 0 }, { "metadata", NAMED_META, 0 }, { "tag", NAMED_META, 0 },
    { "tags", NAMED_META, SAYS_BYLINE }, { "taglist", NAMED_META, 0 }, { "category", NAMED_META, 0 },
    { "categories", NAMED_META, SAYS_BYLINE }, { "topics", NAMED_META, SAYS_BYLINE }, { "topic", NAMED_META, 0 },
    { "keywords", NAMED_META, 0 }, { "date", NAMED_META, 0 }, { "dateline", NAMED_META, 0 },
    { "time", NAMED_META, 0 }, { "timestamp", NAMED_META, 0 }, { "published", NAMED_META, SAYS_BYLINE },
    { "updated", NAMED_META, SAYS_BYLINE }, { "kicker", NAMED_META, 0 }, { "eyebrow", NAMED_META, 0 },
    { "readtime", NAMED_META, 0 }, { "posted", NAMED_META, SAYS_BYLINE }, { "filed", 0, SAYS_BYLINE },
    { "flag", NAMED_META, 0 }, { "label", NAMED_META, 0 }, { "rating", NAMED_META, 0 },
    { "author", NAMED_AUTHOR, SAYS_BYLINE }, { "authors", NAMED_AUTHOR, SAYS_BYLINE },
    { "byline", NAMED_AUTHOR, 0 }, { "bio", NAMED_AUTHOR, 0 }, { "biography", NAMED_AUTHOR, 0 },
    { "contributor", NAMED_AUTHOR, SAYS_BYLINE }, { "contributors", NAMED_AUTHOR, 0 },
    { "profile", NAMED_AUTHOR, 0 }, { "writer", NAMED_AUTHOR, SAYS_BYLINE }, { "autor", NAMED_AUTHOR, SAYS_BYLINE },
    { "auteur", NAMED_AUTHOR, SAYS_BYLINE }, { "avatar", NAMED_AUTHOR, 0 }, { "vcard", NAMED_AUTHOR, 0 },
    { "written", 0, SAYS_BYLINE }, { "by", 0, SAYS_BYLINE }, { "editor", 0, SAYS_BYLINE },
    { "caption", NAMED_CAPTION, SAYS_CREDIT }, { "credit", NAMED_CAPTION, SAYS_CREDIT },
    { "credits", NAMED_CAPTION, SAYS_CREDIT }, { "image", NAMED_CAPTION, SAYS_CREDIT },
    { "img", NAMED_CAPTION, 0 }, { "figure", NAMED_CAPTION, 0 }, { "photo", NAMED_CAPTION, SAYS_CREDIT },
    { "photos", NAMED_CAPTION, SAYS_CREDIT }, { "picture", NAMED_CAPTION, SAYS_CREDIT },
    { "gallery", NAMED_CAPTION, SAYS_CREDIT }, { "slideshow", NAMED_CAPTION, 0 }, { "carousel", NAMED_CAPTION, 0 },
    { "video", NAMED_CAPTION, SAYS_CREDIT }, { "media", NAMED_CAPTION, 0 }, { "player", NAMED_CAPTION, 0 },
    { "getty", 0, SAYS_CREDIT }, { "reuters", 0, SAYS_CREDIT }, { "afp", 0, SAYS_CREDIT }, { "foto", NAMED_CAPTION, SAYS_CREDIT },
    { "bild", NAMED_CAPTION, SAYS_CREDIT }, { "shutterstock", 0, SAYS_CREDIT }, { "courtesy", 0, SAYS_CREDIT },
    { "bildunterschrift", NAMED_CAPTION, 0 }, { "legende", NAMED_CAPTION, 0 }, { "photograph", 0, SAYS_CREDIT },
    { "widget", NAMED_WIDGET, 0 }, { "widgets", NAMED_WIDGET, 0 }, { "module", NAMED_WIDGET, 0 },
    { "box", NAMED_WIDGET, 0 }, { "card", NAMED_WIDGET, 0 }, { "cards", NAMED_RELATED, 0 },
    { "embed", NAMED_WIDGET, 0 }, { "callout", NAMED_WIDGET, 0 },
    { "testimonial", NAMED_RELATED, 0 }, { "testimonials", NAMED_RELATED, 0 }, { "relatedposts", NAMED_RELATED, 0 },
    { "relatedarticles", NAMED_RELATED, 0 }, { "relatednews", NAMED_RELATED, 0 }, { "seealso", NAMED_RELATED, 0 },
    { "readalso", NAMED_RELATED, 0 }, { "recommend", NAMED_RELATED, 0 }, { "recommends", NAMED_RELATED, 0 },
    { "commentlist", NAMED_COMMENT, 0 }, { "commentbody", NAMED_COMMENT, 0 }, { "commenttext", NAMED_COMMENT, 0 },
    { "commenter", NAMED_COMMENT, 0 }, { "authorbio", NAMED_AUTHOR, 0 }, { "aboutauthor", NAMED_AUTHOR, 0 },
    { "sharebar", NAMED_SHARE, 0 }, { "sharebuttons", NAMED_SHARE, 0 }, { "socialmedia", NAMED_SHARE, 0 },
    { "imagecaption", NAMED_CAPTION, 0 }, { "photocaption", NAMED_CAPTION, 0 }, { "boilerplate", NAMED_FOOTER, 0 },
    { "accordion", NAMED_WIDGET, 0 },
    { "title", NAMED_TITLE, 0 }, { "headline", NAMED_TITLE, 0 }, { "heading", NAMED_TITLE, 0 },
    { "titulo", NAMED_TITLE, 0 }, { "titre", NAMED_TITLE, 0 },
    { "summary", NAMED_LEAD, 0 }, { "standfirst", NAMED_LEAD, 0 }, { "intro", NAMED_LEAD, 0 },
    { "lead", NAMED_LEAD, 0 }, { "lede", NAMED_LEAD, 0 }, { "subtitle", NAMED_LEAD, 0 },
    { "subheadline", NAMED_LEAD, 0 }, { "deck", NAMED_LEAD, 0 }, { "dek", NAMED_LEAD, 0 },
    { "excerpt", NAMED_LEAD, 0 }, { "abstract", NAMED_LEAD, 0 }, { "description", NAMED_LEAD, 0 },
    { "subhead", NAMED_LEAD, 0 }, { "chapo", NAMED_LEAD, 0 }, { "vorspann", NAMED_LEAD, 0 },
    { "hidden", NAMED_HIDDEN, 0 }, { "sr", NAMED_HIDDEN, 0 }, { "hide", NAMED_HIDDEN, 0 },
    { "visuallyhidden", NAMED_HIDDEN, 0 }, { "invisible", NAMED_HIDDEN, 0 }, { "offscreen", NAMED_HIDDEN, 0 },
    { "noprint", NAMED_HIDDEN, 0 }, { "toc", NAMED_TOC, 0 }, { "anchors", NAMED_TOC, 0 },
    { "pullquote", NAMED_QUOTE, 0 }, { "pull", NAMED_QUOTE, 0 },
    { "about", 0, SAYS_ABOUT }, { "us", 0, SAYS_ABOUT }, { "team", 0, SAYS_ABOUT },
    { "references", 0, SAYS_SOURCES }, { "sources", 0, SAYS_SOURCES }, { "bibliography", 0, SAYS_SOURCES },
    { "footnotes", NAMED_FOOTER, SAYS_SOURCES }, { "notes", 0, SAYS_SOURCES }, { "reading", 0, SAYS_MORE },
    { "doi", 0, SAYS_SOURCES }, { "quellen", 0, SAYS_SOURCES }, { "recent", NAMED_RELATED, SAYS_MORE },
    { "weitere", 0, SAYS_MORE }, { "thema", 0, SAYS_MORE },
    { "rights", 0, SAYS_RIGHTS }, { "reserved", 0, SAYS_RIGHTS }, { "license", NAMED_RIGHTS, SAYS_RIGHTS },
    { "licensed", 0, SAYS_RIGHTS }, { "licence", NAMED_RIGHTS, SAYS_RIGHTS }, { "republish", NAMED_RIGHTS, SAYS_RIGHTS },
    { "republished", 0, SAYS_RIGHTS },
    { "redistributed", 0, SAYS_RIGHTS }, { "trademark", 0, SAYS_RIGHTS }, { "commons", 0, SAYS_RIGHTS },
    { "email", 0, SAYS_CONTACT }, { "contact", 0, SAYS_CONTACT }, { "click", 0, SAYS_CONTACT },
    { "visit", 0, SAYS_CONTACT }, { "tel", 0, SAYS_CONTACT }, { "phone", 0, SAYS_CONTACT },
    { "download", 0, SAYS_CONTACT }, { "www", 0, SAYS_CONTACT }, { "sign", 0, SAYS_SIGNUP },
};

static uint64_t hash_of(const char *word)
{
    uint64_t hash = 0;

    while (*word)
        hash = namehash_step(hash, (unsigned char)*word++);
    return hash;
}

static uint32_t slot_of(uint64_t hash)
{
    return (uint32_t)(vocabulary__mix(hash) / (UINT64_MAX / VOCABULARY_SLOTS + 1));
}

static uint32_t next_slot(uint32_t slot)
{
    return (slot + 1) % VOCABULARY_SLOTS;
}

void vocabulary_prepare(vocabulary *v)
{
    memset(v, 0, sizeof *v);
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        uint64_t hash = hash_of(entries[i].word);
        uint32_t slot = slot_of(hash), bit = vocabulary__bit(hash);

        while (v->slots[slot])
            slot = next_slot(slot);
        v->slots[slot] = (uint16_t)(i + 1);
        v->hashes[slot] = hash;
        v->seen[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

static bool same_letters(const char *lower, const char *word, uint32_t length)
{
    uint32_t i = 0;

    while (i < length && lower[i] == (word[i] | 0x20))
        i++;
    return i == length && !lower[length];
}

static const entry *find(const vocabulary *v, const char *word, uint32_t length, uint64_t hash)
{
    for (uint32_t slot = slot_of(hash); v->slots[slot]; slot = next_slot(slot)) {
        const entry *e = &entries[v->slots[slot] - 1];

        if (v->hashes[slot] == hash && same_letters(e->word, word, length))
            return e;
    }
    return NULL;
}

uint32_t vocabulary_says(const vocabulary *v, const char *word, uint32_t length, uint64_t hash)
{
    const entry *e = find(v, word, length, hash);

    return e ? e->says : 0;
}

static bool is_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Of a letter. */
static bool is_small(char c)
{
    return c & 0x20;
}

/* Words end at what is no letter and before a capital after a small letter. */
uint32_t vocabulary_named(const vocabulary *v, gly_str value)
{
    enum { MOST = 160 }; /* bytes: utility classes go on and on */
    uint32_t named = 0, end = value.len < MOST ? value.len : MOST, i = 0;

    while (i < end) {
        uint32_t start = i;
        uint64_t hash = 0;

        while (i < end && is_letter(value.ptr[i])) {
            if (i > start && !is_small(value.ptr[i]) && is_small(value.ptr[i - 1]))
                break;
            hash = namehash_step(hash, (unsigned char)value.ptr[i++]);
        }
        if (i - start >= 2 && vocabulary_may_have(v, hash)) {
            const entry *e = find(v, value.ptr + start, i - start, hash);

            named |= e ? e->named : 0;
        }
        i += i == start;
    }
    return named;
}
