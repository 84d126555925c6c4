/* meta - the names of <meta> that say something, and how sure they are. */
#include <strings.h>

#include "candidate.h"
#include "lexicon.h"

static const struct name {
    const char *name;
    meta_key    key;
    uint32_t    confidence;
} names[] = {
    { "og:title", KEY_TITLE, 880 }, { "twitter:title", KEY_TITLE, 780 }, { "dc.title", KEY_TITLE, 800 },
    { "dcterms.title", KEY_TITLE, 800 }, { "citation_title", KEY_TITLE, 960 },
    { "parsely-title", KEY_TITLE, 890 }, { "sailthru.title", KEY_TITLE, 870 }, { "headline", KEY_TITLE, 860 },
    { "article:published_time", KEY_PUBLISHED, 980 }, { "og:published_time", KEY_PUBLISHED, 970 },
    { "article:published", KEY_PUBLISHED, 970 }, { "og:article:published_time", KEY_PUBLISHED, 970 },
    { "datepublished", KEY_PUBLISHED, 970 }, { "parsely-pub-date", KEY_PUBLISHED, 960 },
    { "sailthru.date", KEY_PUBLISHED, 940 }, { "citation_publication_date", KEY_PUBLISHED, 900 },
    { "citation_online_date", KEY_PUBLISHED, 930 }, { "citation_date", KEY_PUBLISHED, 910 },
    { "pubdate", KEY_PUBLISHED, 940 }, { "publishdate", KEY_PUBLISHED, 940 },
    { "publish-date", KEY_PUBLISHED, 940 }, { "publish_date", KEY_PUBLISHED, 940 },
    { "publication_date", KEY_PUBLISHED, 940 }, { "published_time", KEY_PUBLISHED, 940 },
    { "rnews:datepublished", KEY_PUBLISHED, 940 }, { "cxenseparse:recs:publishtime", KEY_PUBLISHED, 940 },
    { "cxenseparse:publishtime", KEY_PUBLISHED, 940 }, { "originalpublicationdate", KEY_PUBLISHED, 940 },
    { "dc.date.issued", KEY_PUBLISHED, 930 }, { "dcterms.issued", KEY_PUBLISHED, 930 },
    { "dcterms.created", KEY_PUBLISHED, 910 }, { "dc.date.created", KEY_PUBLISHED, 910 },
    { "dc.date", KEY_PUBLISHED, 890 }, { "dcterms.date", KEY_PUBLISHED, 890 }, { "date", KEY_PUBLISHED, 880 },
    { "article.published", KEY_PUBLISHED, 940 }, { "article.created", KEY_PUBLISHED, 900 },
    { "published-date", KEY_PUBLISHED, 940 }, { "bepress_citation_date", KEY_PUBLISHED, 910 },
    { "article:publish_date", KEY_PUBLISHED, 940 }, { "article:create_at", KEY_PUBLISHED, 900 },
    { "dcterms.available", KEY_PUBLISHED, 900 }, { "article.date", KEY_PUBLISHED, 900 },
    { "release_date", KEY_PUBLISHED, 900 }, { "vr:published_time", KEY_PUBLISHED, 930 },
    { "last-modified", KEY_MODIFIED, 700 }, { "article:modified_time", KEY_MODIFIED, 980 },
    { "og:updated_time", KEY_MODIFIED, 900 }, { "datemodified", KEY_MODIFIED, 960 },
    { "dcterms.modified", KEY_MODIFIED, 930 }, { "dc.date.modified", KEY_MODIFIED, 930 },
    { "author", KEY_AUTHOR, 900 }, { "article:author", KEY_AUTHOR, 880 }, { "og:author", KEY_AUTHOR, 870 },
    { "og:article:author", KEY_AUTHOR, 870 }, { "article:author_name", KEY_AUTHOR, 900 },
    { "dc.creator", KEY_AUTHOR, 910 }, { "dcterms.creator", KEY_AUTHOR, 910 }, { "byl", KEY_AUTHOR, 930 },
    { "parsely-author", KEY_AUTHOR, 920 }, { "sailthru.author", KEY_AUTHOR, 920 },
    { "citation_author", KEY_AUTHOR, 960 }, { "citation_authors", KEY_AUTHOR, 955 },
    { "rbauthors", KEY_AUTHOR, 900 }, { "authors", KEY_AUTHOR, 900 },
    { "cxenseparse:author", KEY_AUTHOR, 900 }, { "article.author", KEY_AUTHOR, 900 },
    { "og:site_name", KEY_SITE, 950 }, { "application-name", KEY_SITE, 800 },
    { "al:ios:app_name", KEY_SITE, 500 }, { "dc.publisher", KEY_SITE, 800 },
    { "og:url", KEY_URL, 900 }, { "twitter:url", KEY_URL, 700 }, { "og:locale", KEY_LANG, 600 },
    { "content-language", KEY_LANG, 800 }, { "dc.language", KEY_LANG, 800 }, { "og:image", KEY_IMAGE, 950 },
    { "twitter:image", KEY_IMAGE, 850 }, { "article:section", KEY_SECTION, 950 },
    { "parsely-section", KEY_SECTION, 900 }, { "article:tag", KEY_TAG, 950 },
    { "news_keywords", KEY_TAG, 900 }, { "keywords", KEY_TAG, 800 }, { "parsely-tags", KEY_TAG, 850 },
    { "dc.rights", KEY_LICENCE, 850 }, { "dcterms.license", KEY_LICENCE, 950 },
    { "og:description", KEY_DESCRIPTION, 950 }, { "description", KEY_DESCRIPTION, 900 },
    { "twitter:description", KEY_DESCRIPTION, 800 },
    { "article:content_tier", KEY_PAYWALL, 900 },
};

void meta_read(candidates *c, gly_str name, gly_str content)
{
    if (name.len == 14 && strncasecmp(name.ptr, "twitter:label1", 14) == 0)
        c->label_is_author = lexicon_has(lexicon_author_labels, content);
    if (name.len == 13 && strncasecmp(name.ptr, "twitter:data1", 13) == 0 && c->label_is_author)
        byline_read(c, 890, true, content);
    if (name.len == 7 && strncasecmp(name.ptr, "og:type", 7) == 0)
        c->says_article |= content.len >= 7 && strncasecmp(content.ptr, "article", 7) == 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct name *n = &names[i];

        if (name.len == 0 || n->name[0] != (name.ptr[0] | 0x20) || strlen(n->name) != name.len ||
            strncasecmp(n->name, name.ptr, name.len) != 0)
            continue;
        if (n->key == KEY_AUTHOR && !address_is_absolute(content))
            byline_read(c, n->confidence, true, content);
        else if (n->key == KEY_TAG)
            candidate_add_list(c, KEY_TAG, n->confidence, content);
        else if (n->key == KEY_PUBLISHED)
            candidate_day(c, content, n->confidence >= 930 ? DAY_BIT(META_PUBLISHED) : DAY_BIT(META_DATE),
                          n->confidence);
        else if (n->key != KEY_AUTHOR)
            candidate_add(c, n->key, n->confidence, content);
        if (n->key == KEY_MODIFIED)
            candidate_day(c, content, DAY_BIT(META_MODIFIED), 100);
        return;
    }
}
