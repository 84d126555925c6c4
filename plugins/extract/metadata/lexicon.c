/* lexicon - word lists, in lower case; each ends with NULL. */
#include "lexicon.h"

#include <strings.h>

const char *const lexicon_openings[] = {
    "written by ", "story by ", "reviewed by ", "posted by ", "words by ", "text by ", "article by ",
    "published by ", "authored by ", "authors:", "author:", "by:", "by ", "von ", "par ", "por ", "di ",
    "door ", "av ", "af ", "from ", "text:", "erstellt von ", "geschrieben von ", "escrito por ",
    "écrit par ", "autor:", "author ", "auteur :", NULL
};
const char *const lexicon_joints[] = {
    " and ", " und ", " et ", " y ", " e ", " og ", " och ", " with ", " & ", NULL
};
const char *const lexicon_no_names[] = {
    "staff", "editor", "editors", "editorial", "team", "admin", "administrator", "redaktion", "agency",
    "agencies", "news", "press", "correspondent", "reporter", "updated", "published", "posted", "read",
    "min", "minutes", "share", "follow", "comments", "about", "author", "authors", "view", "more", "posts",
    "media", "desk", "online", "newsroom", "guest", "contributor", "contributors", "writer", "magazine",
    "journalist", "the", "redaction", "redacción", "redazione", "group", "inc", "ltd", "llc", "university",
    "by", "photo", "image", "on", "in", "at", "manager", "director", "marketing", "last", "date",
    "senior", "chief", "with", "your", "our", "all", "from", "is", "articles", "profile", "biography", NULL
};
const char *const lexicon_updated[] = {
    "updat", "modif", "revis", "last edit", "changed", "reviewed", "aktualisier", "geändert", "änderung",
    "bearbeitet", "stand:", "stand ", "mis à jour", "mise à jour", "maj ", "actualiza", "actualiz", "atualiza",
    "aggiorna", "bijgewerkt", "gewijzigd", "uppdatera", "oppdater", "opdater", "päivite", "aktualiz", "обновлен", NULL
};
const char *const lexicon_published[] = {
    "publish", "posted", "pubdate", "created", "issued", "filed", "veröffentlicht", "erstellt",
    "erschienen", "eingestellt", "publié", "publie", "publicad", "pubblicat", "gepubliceerd", "geplaatst", "publicerad",
    "publisert", "udgivet", "opublikowan", "dodano", "опубликован", "julkaistu", "date:", "datum:", NULL
};
const char *const lexicon_rights[] = {
    "©", "copyright", "(c)", "all rights", "release", "erschein", "deadline", "valid until", "expires", "born ", NULL
};

static bool says(const char *word, gly_str text)
{
    uint32_t length = (uint32_t)strlen(word);

    for (uint32_t i = 0; i + length <= text.len; i++)
        if ((text.ptr[i] | 0x20) == (word[0] | 0x20) && strncasecmp(text.ptr + i, word, length) == 0)
            return true;
    return false;
}

bool lexicon_says(const char *const *words, gly_str text)
{
    for (; *words; words++)
        if (says(*words, text))
            return true;
    return false;
}

bool lexicon_has(const char *const *words, gly_str word)
{
    for (; *words; words++)
        if (strlen(*words) == word.len && strncasecmp(*words, word.ptr, word.len) == 0)
            return true;
    return false;
}
