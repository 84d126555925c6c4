/* described - lists, flags and origins of a document's metadata as JSON. */
#include "described.h"

#include <stdio.h>

static gly_str text_of(const char *s)
{
    return (gly_str){ s, (uint32_t)strlen(s) };
}

static void member(json *out, const char *key, gly_str value)
{
    if (value.len == 0)
        return;
    json_key(out, key);
    json_string(out, value);
}

void described_list(json *out, const gly_doc *d, const char *key, const char *meta)
{
    bool opened = false;

    for (const gly_meta *m = NULL; (m = gly_meta_next(d, meta, m)) != NULL;) {
        if (m->type != GLY_T_STR)
            continue;
        if (!opened) {
            json_key(out, key);
            json_open(out, '[');
        }
        opened = true;
        json_string(out, m->as.s);
    }
    if (opened)
        json_close(out, ']');
}

void described_flag(json *out, const gly_doc *d, const char *key)
{
    const gly_meta *m = gly_meta_next(d, key, NULL);

    if (!m || m->type != GLY_T_BOOL || !m->as.b)
        return;
    json_key(out, key);
    json_bool(out, true);
}

static gly_str origin_of(const gly_doc *d, const gly_meta *of)
{
    char name[64];
    const gly_meta *m;

    snprintf(name, sizeof name, "%s.origin", of->key);
    m = gly_meta_next(d, name, NULL);
    return m && m->stage == of->stage && m->type == GLY_T_STR ? m->as.s : (gly_str){ NULL, 0 };
}

void described_origins(json *out, const gly_host *host, gly_stage *stage, const gly_doc *d, const char *key)
{
    static const char *const keys[][2] = { /* in the record, in the document */
        { "charset", "charset" }, { "title", "title" }, { "authors", "author" },
        { "published", "published" }, { "site", "site" }, { "url", "url" }, { "lang", "lang" },
        { "modified", "modified" }, { "description", "description" }, { "image", "image" },
        { "section", "section" }, { "tags", "tag" }, { "licence", "licence" },
        { "paywalled", "paywalled" }, { "listing", "listing" },
    };
    bool opened = false;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const gly_meta *m = gly_meta_next(d, keys[i][1], NULL);
        const gly_stage_info *by = m ? host->stage_info(stage, m->stage) : NULL;

        if (!m)
            continue;
        if (!opened) {
            json_key(out, key);
            json_open(out, '[');
        }
        opened = true;
        json_open(out, '{');
        member(out, "key", text_of(keys[i][0]));
        member(out, "origin", origin_of(d, m));
        json_key(out, "confidence");
        json_int(out, m->confidence);
        if (by)
            member(out, "stage", text_of(by->use));
        json_close(out, '}');
    }
    if (opened)
        json_close(out, ']');
}
