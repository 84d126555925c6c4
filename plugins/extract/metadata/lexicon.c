/* lexicon - word lists, in lower case; each ends with NULL. */
#include "lexicon.h"

#include <strings.h>

const char *const lexicon_openings[] = {
    "written by ", "written by:", "this post was written by ", "this article was written by ", "article written by ", "story by ", "posted by ", "words by ", "text by ", "article by ", "article by:",
    "published by ", "authored by ", "created by ", "contributed by ", "author name:", "authors:", "author:", "authors ",
    "by:", "by ", "von ", "vom ", "par ", "por ", "di ", "door ", "av ", "af ", "from ", "text:", "texte:", "texto:",
    "von:", "erstellt von ", "geschrieben von ", "verfasst von ", "ein beitrag von ", "ein artikel von ",
    "escrito por ", "publicado por ", "écrit par ", "publié par ", "scritto da ", "pubblicato da ", "a cura di ",
    "geschreven door ", "skriven av ", "skrevet av ", "autor:", "autorin:", "autoren:", "author ", "auteur :", "auteur:",
    "interview:", "interview by ", "interviewed by ", "interview von ", "interview geführt von ", "das interview führte ",
    "das interview führten ", "das gespräch führte ", "das gespräch führten ", "die fragen stellte ", "die fragen stellten ",
    "propos recueillis par ", "entretien réalisé par ", "intervista di ", "entrevista por ",
    "autore:", "redactie:", "tekst:", "автор:", "كتب:", "كتبت:", "بقلم:", "بقلم ", "מאת:", "מאת ", "posted on ", "published on ", NULL
};
const char *const lexicon_marks[] = {
    " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xE2\x80\xA2", "\xC2\xB7", "\xE2\x88\x99", "\xE2\x97\x8F", "\xE3\x80\x81",
    "\xEF\xBC\x8C", "\xE2\x80\x94", "\xD8\x8C", NULL
};
const char *const lexicon_joints[] = {
    " and by ", " and ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", " with ", " mit ", " & ", NULL
};
const char *const lexicon_cuts[] = {
    " for ", " in ", " at ", " from ", " via ", " on ", " is ", " für ", " aus ", " pour ", " says", " sagt", " im ", " vor ", " hace ", " il y a ",
    " updated", " published", " posted", " last ", " read ", NULL
};
const char *const lexicon_for[] = { " for ", " für ", " pour ", NULL };
/* A part with one of these names nobody. */
const char *const lexicon_no_names[] = {
    "admin", "administrator", "updated", "published", "posted", "read", "reads", "reading", "min", "mins", "minutes",
    "share", "shares", "follow", "comment", "comments", "about", "author", "authors", "view", "views", "more", "posts",
    "by", "photo", "photos", "image", "images", "illustration", "on", "last", "date", "your", "our", "all", "is", "are",
    "articles", "profile", "biography", "bio", "ago", "says", "subscribe", "contact", "email", "menu", "search",
    "login", "edited", "reviewed", "checked", "user", "username", "anonymous", "unknown", "none", "null", "kommentare",
    "lesezeit", "uhr", "publiziert", "veröffentlicht", "erstellt", "geschrieben", "publié", "publicado", "pubblicato",
    "am", "vor", "hace", "sponsored", "interview", "stand", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL
};
/* A part with one of these is a desk, a company or a role, and an author only when the page says so. */
const char *const lexicon_desks[] = {
    "staff", "editor", "editors", "editorial", "team", "redaktion", "agency", "agencies", "news", "press",
    "correspondent", "reporter", "media", "desk", "online", "newsroom", "guest", "contributor", "contributors",
    "writer", "writers", "magazine", "journalist", "the", "redaction", "rédaction", "redacción", "redazione", "redactie",
    "group", "inc", "ltd", "llc", "gmbh", "university", "in", "at", "of", "manager", "director", "marketing", "senior",
    "chief", "with", "from", "head", "founder", "expert", "specialist", "consultant", "development", "professor",
    "training", "strategy", "officer", "president", "analyst", "producer", "blog", "company", "certified", "licensed",
    "m.a.", "phd", "ph.d.", "institute", "association", NULL
};
const char *const lexicon_author_labels[] = {
    "written by", "author", "by", "verfasst von", "geschrieben von", "autor", "escrito por", "écrit par", "scritto da",
    "geschreven door", "skriven av", "skrevet av", "написано автором", "kirjoittanut", "napisane przez", "yazan", NULL
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
const char *const lexicon_until[] = {
    "-", "\xE2\x80\x93", "\xE2\x80\x94", " to", " until", " till", " through", " bis", " au", " al", " til", " tot", NULL
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
        if (word.len && (word.ptr[0] | 0x20) == ((*words)[0] | 0x20) && strlen(*words) == word.len &&
            strncasecmp(*words, word.ptr, word.len) == 0)
            return true;
    return false;
}
