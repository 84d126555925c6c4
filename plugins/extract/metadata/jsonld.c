/* jsonld - the article object of a script of JSON-LD (schema.org). */
#include <cjson/cJSON.h>
#include <strings.h>

#include "candidate.h"

enum { LARGEST = 1 << 20, DEEPEST = 6, MOST_LOOKUPS = 32 };

typedef struct reader {
    candidates  *c;
    const cJSON *root;
    uint32_t     lookups;
} reader;

static gly_str copied(candidates *c, const char *text)
{
    uint32_t length = (uint32_t)strlen(text), out = 0;
    char *copy = GLY_NEWN(c->arena, char, length + 1u);

    for (uint32_t i = 0; copy && i < length; i++) { /* titles and names are one line */
        if ((unsigned char)text[i] > ' ')
            copy[out++] = text[i];
        else if (out && copy[out - 1] != ' ')
            copy[out++] = ' ';
    }
    return (gly_str){ copy, copy ? out : 0 };
}

static void add(candidates *c, meta_key key, uint32_t confidence, const cJSON *value)
{
    if (cJSON_IsString(value) && value->valuestring[0])
        candidate_add(c, key, confidence, copied(c, value->valuestring));
}

static void add_day(candidates *c, const cJSON *value, uint64_t evidence, uint32_t rank)
{
    if (cJSON_IsString(value))
        candidate_day(c, (gly_str){ value->valuestring, (uint32_t)strlen(value->valuestring) }, evidence, rank);
}

/* A type may be a list of types. */
static bool type_ends(const cJSON *object, const char *end)
{
    const cJSON *type = cJSON_GetObjectItem(object, "@type");

    if (cJSON_IsArray(type))
        type = type->child;
    for (; type; type = type->next) {
        const char *text = cJSON_IsString(type) ? type->valuestring : "";
        size_t length = strlen(text), tail = strlen(end);

        if (length >= tail && strcasecmp(text + length - tail, end) == 0)
            return true;
        if (!type->prev || type->string)
            break;
    }
    return false;
}

static bool is_article(const cJSON *o)
{
    return type_ends(o, "Article") || type_ends(o, "BlogPosting") || type_ends(o, "Report") ||
           type_ends(o, "Posting") || type_ends(o, "Review") || type_ends(o, "Recipe");
}

/* What pages are about that are no articles. Questions and answers, and who runs the
 * site, stand beside articles too. */
static bool is_thing(const cJSON *o)
{
    static const char *const things[] = { "Recipe", "Product", "Application", "Game", "Event", "Course", "Movie",
                                          "Book", NULL };

    for (const char *const *thing = things; *thing; thing++)
        if (type_ends(o, *thing))
            return true;
    return false;
}

/* Objects are told to be elsewhere in the script by {"@id": ...}. */
static const cJSON *referred(reader *r, const cJSON *id)
{
    const cJSON *graph = cJSON_IsObject(r->root) ? cJSON_GetObjectItem(r->root, "@graph") : r->root;

    if (!cJSON_IsString(id) || !cJSON_IsArray(graph) || r->lookups++ == MOST_LOOKUPS)
        return NULL;
    for (const cJSON *one = graph->child; one; one = one->next) {
        const cJSON *other = cJSON_GetObjectItem(one, "@id");

        if (cJSON_IsString(other) && strcmp(other->valuestring, id->valuestring) == 0)
            return one;
    }
    return NULL;
}

/* Names as strings, objects with a name, or lists of either. */
static void add_authors(reader *r, uint32_t confidence, const cJSON *value, int depth)
{
    if (depth > 3)
        return;
    if (cJSON_IsArray(value)) {
        for (const cJSON *one = value->child; one; one = one->next)
            add_authors(r, confidence, one, depth + 1);
        return;
    }
    if (cJSON_IsObject(value)) {
        const cJSON *name = cJSON_GetObjectItem(value, "name");

        if (!name)
            name = cJSON_GetObjectItem(referred(r, cJSON_GetObjectItem(value, "@id")), "name");
        add_authors(r, type_ends(value, "Organization") ? confidence * 3 / 4 : confidence, name, depth + 1);
        return;
    }
    if (cJSON_IsString(value) && strncasecmp(value->valuestring, "http", 4) != 0) /* addresses are no names */
        byline_read(r->c, confidence, true, copied(r->c, value->valuestring));
}

static void add_image(candidates *c, const cJSON *image)
{
    if (cJSON_IsArray(image))
        image = image->child;
    if (cJSON_IsObject(image))
        image = cJSON_GetObjectItem(image, "url");
    add(c, KEY_IMAGE, 900, image);
}

static void add_list(candidates *c, meta_key key, uint32_t confidence, const cJSON *value)
{
    if (cJSON_IsString(value))
        candidate_add_list(c, key, confidence, copied(c, value->valuestring));
    if (!cJSON_IsArray(value))
        return;
    for (value = value->child; value; value = value->next)
        add(c, key, confidence, value);
}

/* Of several the first. */
static void add_section(candidates *c, const cJSON *value)
{
    add(c, KEY_SECTION, 900, cJSON_IsArray(value) ? value->child : value);
}

static void add_publisher(reader *r, const cJSON *publisher)
{
    const cJSON *name = cJSON_GetObjectItem(publisher, "name");

    if (!name)
        name = cJSON_GetObjectItem(referred(r, cJSON_GetObjectItem(publisher, "@id")), "name");
    add(r->c, KEY_SITE, 900, name);
}

static void read_article(reader *r, const cJSON *o)
{
    candidates *c = r->c;
    const cJSON *free_to_read = cJSON_GetObjectItem(o, "isAccessibleForFree");
    uint64_t second = c->articles++ ? DAY_BIT(LD_SECOND) : 0;

    add(c, KEY_TITLE, 900, cJSON_GetObjectItem(o, "headline"));
    add(c, KEY_TITLE, 850, cJSON_GetObjectItem(o, "name"));
    c->days.news |= type_ends(o, "NewsArticle");
    c->days.other |= is_thing(o);
    add_day(c, cJSON_GetObjectItem(o, "datePublished"),
            type_ends(o, "Recipe") ? DAY_BIT(LD_OTHER) : DAY_BIT(LD_ARTICLE) | second, second ? 500 : 1000);
    add_day(c, cJSON_GetObjectItem(o, "dateCreated"), DAY_BIT(LD_OTHER) | second, 400);
    add_day(c, cJSON_GetObjectItem(o, "dateModified"), DAY_BIT(LD_MODIFIED) | second, 100);
    add(c, KEY_MODIFIED, 1000, cJSON_GetObjectItem(o, "dateModified"));
    add_authors(r, second ? 700 : 1000, cJSON_GetObjectItem(o, "author"), 0);
    add_authors(r, 600, cJSON_GetObjectItem(o, "creator"), 0);
    add_publisher(r, cJSON_GetObjectItem(o, "publisher"));
    add(c, KEY_URL, 700, cJSON_GetObjectItem(o, "url"));
    add(c, KEY_LANG, 700, cJSON_GetObjectItem(o, "inLanguage"));
    add(c, KEY_LICENCE, 950, cJSON_GetObjectItem(o, "license"));
    add(c, KEY_DESCRIPTION, 850, cJSON_GetObjectItem(o, "description"));
    add_section(c, cJSON_GetObjectItem(o, "articleSection"));
    add_list(c, KEY_TAG, 900, cJSON_GetObjectItem(o, "keywords"));
    add_image(c, cJSON_GetObjectItem(o, "image"));
    if (cJSON_IsFalse(free_to_read) ||
        (cJSON_IsString(free_to_read) && strcasecmp(free_to_read->valuestring, "false") == 0))
        candidate_add(c, KEY_PAYWALL, 1000, GLY_LIT("locked"));
}

static void read_value(reader *r, const cJSON *o, int depth)
{
    candidates *c = r->c;

    if (depth > DEEPEST)
        return;
    if (cJSON_IsArray(o)) {
        for (const cJSON *one = o->child; one; one = one->next)
            read_value(r, one, depth + 1);
        return;
    }
    if (!cJSON_IsObject(o))
        return;
    if (is_article(o)) {
        read_article(r, o);
    } else if (type_ends(o, "WebPage")) {
        add_day(c, cJSON_GetObjectItem(o, "datePublished"), DAY_BIT(LD_PAGE), 820);
        add_day(c, cJSON_GetObjectItem(o, "dateModified"), DAY_BIT(LD_MODIFIED), 90);
        add(c, KEY_MODIFIED, 800, cJSON_GetObjectItem(o, "dateModified"));
        add_authors(r, 700, cJSON_GetObjectItem(o, "author"), 0);
    } else if (type_ends(o, "WebSite")) {
        add(c, KEY_SITE, 850, cJSON_GetObjectItem(o, "name"));
    } else if (type_ends(o, "CollectionPage")) {
        candidate_add(c, KEY_LISTING, 950, GLY_LIT("true"));
    } else {
        c->days.other |= is_thing(o);
        add_day(c, cJSON_GetObjectItem(o, "datePublished"), DAY_BIT(LD_OTHER), 300);
        add_day(c, cJSON_GetObjectItem(o, "uploadDate"), DAY_BIT(LD_OTHER), 200);
    }
    read_value(r, cJSON_GetObjectItem(o, "@graph"), depth + 1);
    read_value(r, cJSON_GetObjectItem(o, "mainEntity"), depth + 1);
    read_value(r, cJSON_GetObjectItem(o, "mainEntityOfPage"), depth + 1);
}

/* A person of the graph whom no article refers to. */
static void read_people(reader *r)
{
    const cJSON *graph = cJSON_IsObject(r->root) ? cJSON_GetObjectItem(r->root, "@graph") : r->root;

    if (!cJSON_IsArray(graph))
        return;
    for (const cJSON *one = graph->child; one; one = one->next)
        if (cJSON_IsObject(one) && type_ends(one, "Person"))
            add_authors(r, 720, cJSON_GetObjectItem(one, "name"), 0);
}

void jsonld_read(candidates *c, gly_str json)
{
    reader r = { .c = c };
    cJSON *root;

    if (json.len == 0 || json.len > LARGEST)
        return;
    root = cJSON_ParseWithLength(json.ptr, json.len);
    if (!root)
        return;
    r.root = root;
    read_value(&r, root, 0);
    read_people(&r);
    cJSON_Delete(root);
}
