/* token - the tokenizer: one function for each kind of thing that '<' can open. */
#include "kit/page/token.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef struct run { /* a stretch of text up to '<' */
    uint32_t end;
    bool     refs, blank;
} run;

enum { SPACE = 1, ENDS_TAG = 2, ENDS_NAME = 4 }; /* white space; '>' or '/'; '=' */

static const uint8_t kinds[256] = {
    [' '] = SPACE, ['\n'] = SPACE, ['\t'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE,
    ['>'] = ENDS_TAG, ['/'] = ENDS_TAG, ['='] = ENDS_NAME,
};

static bool is_space(unsigned char c)
{
    return kinds[c] & SPACE;
}

static bool is_letter(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Goes on from `at` to the next '<' or the end. */
static run text_run(gly_str s, uint32_t at)
{
    run r = { at, false, true };

#ifdef __SSE2__
    const __m128i less = _mm_set1_epi8('<'), amp = _mm_set1_epi8('&'), space = _mm_set1_epi8(' ');

    while (s.len - r.end >= 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.ptr + r.end));
        unsigned stop = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, less));
        unsigned refs = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, amp));
        /* At most a space, without sign: min(v, space) == v. */
        unsigned blank = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, space), v));
        unsigned before = stop ? (stop & -stop) - 1 : 0xFFFF;

        r.refs |= (refs & before) != 0;
        r.blank &= (blank & before) == before;
        if (stop) {
            r.end += (uint32_t)__builtin_ctz(stop);
            return r;
        }
        r.end += 16;
    }
#endif
    for (; r.end < s.len && s.ptr[r.end] != '<'; r.end++) {
        r.refs |= s.ptr[r.end] == '&';
        r.blank &= (unsigned char)s.ptr[r.end] <= ' ';
    }
    return r;
}

/* The first place from `at` where `c` stands, or the end. Most are near. */
static uint32_t find(gly_str s, uint32_t at, char c)
{
    const char *found;

#ifdef __SSE2__
    for (int near = 0; near < 4 && at < s.len && s.len - at >= 16; near++, at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.ptr + at));
        unsigned hit = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)));

        if (hit)
            return at + (uint32_t)__builtin_ctz(hit);
    }
#endif
    found = at < s.len ? memchr(s.ptr + at, c, s.len - at) : NULL;
    return found ? (uint32_t)(found - s.ptr) : s.len;
}

/* The first place from `at` where a few bytes stand, or the end. */
static uint32_t find_text(gly_str s, uint32_t at, const char *what, uint32_t length)
{
    for (at = find(s, at, *what); at < s.len; at = find(s, at + 1, *what))
        if (s.len - at >= length && memcmp(s.ptr + at, what, length) == 0)
            return at;
    return s.len;
}

static bool same_letters(const char *p, const char *lower, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if ((p[i] | 0x20) != lower[i])
            return false;
    return true;
}

uint32_t page_hash(gly_str name)
{
    uint32_t hash = 0;

    for (uint32_t i = 0; i < name.len; i++)
        hash = hash * 31 + ((unsigned char)name.ptr[i] | 0x20u);
    return hash;
}

static uint16_t tag_of(const char *name, uint32_t length, uint32_t hash)
{
    uint16_t tag = page_tag_slots[(hash * PAGE_TAG_MIX) >> PAGE_TAG_SHIFT];

    return tag && page_tag_lengths[tag] == length && same_letters(name, page_tag_names[tag], length)
         ? tag : PAGE_OTHER;
}

static uint16_t attr_of(const char *name, uint32_t length, uint32_t hash)
{
    uint16_t attr = page_attr_slots[(hash * PAGE_ATTR_MIX) >> PAGE_ATTR_SHIFT];

    return attr && page_attr_lengths[attr] == length &&
           same_letters(name, page_attr_names[attr], length) ? attr : PAGE_ATTR_OTHER;
}

page_content page_content_after(uint16_t tag)
{
    switch (tag) {
    case PAGE_TITLE:
    case PAGE_TEXTAREA: return PAGE_CONTENT_RCDATA;
    case PAGE_STYLE:
    case PAGE_XMP:
    case PAGE_IFRAME:
    case PAGE_NOEMBED:
    case PAGE_NOFRAMES: return PAGE_CONTENT_RAWTEXT;
    case PAGE_SCRIPT: return PAGE_CONTENT_SCRIPT;
    case PAGE_PLAINTEXT: return PAGE_CONTENT_PLAINTEXT;
    default: return PAGE_CONTENT_DATA;
    }
}

void page_tokenizer_begin(page_tokenizer *t, gly_str source, page_attr *attrs, uint32_t room)
{
    *t = (page_tokenizer){ .source = source, .attrs = attrs, .attrs_room = room };
}

/* ---- tags ---------------------------------------------------------------------- */

/* Keeps an attribute unless the tag has it already: the first one counts. */
static void keep_attr(page_tokenizer *t, page_token *token, uint16_t attr, gly_range name, gly_range value)
{
    uint64_t bit = attr == PAGE_ATTR_OTHER ? 0 : UINT64_C(1) << attr;

    if ((!bit && !t->names) || (token->has & bit) || t->nattrs == t->attrs_room ||
        token->nattrs == UINT16_MAX)
        return;
    token->has |= bit;
    if (t->names)
        t->names[t->nattrs].at = name;
    t->attrs[t->nattrs++] = (page_attr){ .name = attr, .value = value };
    token->nattrs++;
}

/* After '=': the value's range; *at moves past its closing quote. */
static gly_range attr_value(gly_str s, uint32_t *at)
{
    uint32_t i = *at, begin;

    while (i < s.len && is_space((unsigned char)s.ptr[i]))
        i++;
    begin = i;
    if (i < s.len && (s.ptr[i] == '"' || s.ptr[i] == '\'')) {
        begin = i + 1;
        i = find(s, begin, s.ptr[i]);
        *at = i < s.len ? i + 1 : UINT32_MAX; /* the file ends inside */
        return (gly_range){ begin, i };
    }
    while (i < s.len && s.ptr[i] != '>' && !is_space((unsigned char)s.ptr[i]))
        i++;
    *at = i;
    return (gly_range){ begin, i };
}

/* Half of all attributes, with the quote that opens their value: known without a look at
 * each letter. PAGE_ATTR_OTHER: another. */
static uint16_t usual_attr(gly_str s, uint32_t at, uint32_t *name_end)
{
    const char *p = s.ptr + at;

    if (s.len - at < 8)
        return PAGE_ATTR_OTHER;
    if (memcmp(p, "class=\"", 7) == 0) {
        *name_end = at + 5;
        return PAGE_ATTR_CLASS;
    }
    if (memcmp(p, "href=\"", 6) == 0) {
        *name_end = at + 4;
        return PAGE_ATTR_HREF;
    }
    return PAGE_ATTR_OTHER;
}

/* After the tag's name, up to and with '>'; false when the file ends first: then
 * there is no tag. */
static bool attributes(page_tokenizer *t, page_token *token)
{
    gly_str s = t->source;
    uint32_t i = token->name.end;

    for (;;) {
        gly_range name, value = { 0, 0 };
        uint32_t hash = 0;
        uint16_t usual;

        while (i < s.len && (is_space((unsigned char)s.ptr[i]) || s.ptr[i] == '/'))
            i++;
        if (i >= s.len)
            return false;
        if (s.ptr[i] == '>') {
            token->flags |= s.ptr[i - 1] == '/' ? PAGE_TOKEN_SELF_CLOSING : 0;
            t->at = i + 1;
            return true;
        }
        name.begin = i;
        usual = usual_attr(s, i, &name.end);
        if (usual) {
            value.begin = name.end + 2;
            value.end = find(s, value.begin, '"');
            if (value.end >= s.len)
                return false;
            i = value.end + 1;
            keep_attr(t, token, usual, name, value);
            continue;
        }
        do /* a name may begin with '=' */
            hash = hash * 31 + ((unsigned char)s.ptr[i++] | 0x20u);
        while (i < s.len && !kinds[(unsigned char)s.ptr[i]]);
        name.end = i;
        while (i < s.len && is_space((unsigned char)s.ptr[i]))
            i++;
        if (i < s.len && s.ptr[i] == '=') {
            i++;
            value = attr_value(s, &i);
            if (i == UINT32_MAX)
                return false;
            /* '/' at the end of a value without quotes belongs to the value */
            if (i < s.len && s.ptr[i] == '>' && s.ptr[i - 1] == '/') {
                keep_attr(t, token, attr_of(s.ptr + name.begin, name.end - name.begin, hash), name, value);
                t->at = i + 1;
                return true;
            }
        }
        keep_attr(t, token, attr_of(s.ptr + name.begin, name.end - name.begin, hash), name, value);
    }
}

static void end_of_file(page_tokenizer *t, page_token *token)
{
    t->at = t->source.len;
    *token = (page_token){ .kind = PAGE_TOKEN_END_OF_FILE, .at = { t->at, t->at } };
}

/* `at` is the first letter of the name. */
static void tag(page_tokenizer *t, page_token *token, uint32_t at, page_token_kind kind)
{
    gly_str s = t->source;
    uint32_t i = at, hash = 0;

    for (; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (kinds[c] & (SPACE | ENDS_TAG))
            break;
        hash = hash * 31 + (c | 0x20u);
    }
    *token = (page_token){ .kind = kind, .at = { t->at, i }, .name = { at, i }, .hash = hash,
                           .tag = tag_of(s.ptr + at, i - at, hash), .attrs = t->nattrs };
    if (i < s.len && s.ptr[i] == '>') {
        t->at = i + 1;
    } else if (!attributes(t, token)) {
        t->nattrs = token->attrs;
        end_of_file(t, token);
        return;
    }
    token->at.end = t->at;
    if (kind == PAGE_TOKEN_END) {
        t->nattrs = token->attrs;
        token->nattrs = 0;
        return;
    }
    t->content = page_content_after(token->tag);
    t->last_hash = hash;
}

/* ---- comments and their like ------------------------------------------------------ */

/* After "<!--": up to "-->" or "--!>", or at once for "<!-->" and "<!--->". */
static void comment(page_tokenizer *t, page_token *token)
{
    gly_str s = t->source;
    uint32_t begin = t->at + 4, i = begin;

    *token = (page_token){ .kind = PAGE_TOKEN_COMMENT, .at.begin = t->at, .name = { begin, begin } };
    if (i < s.len && s.ptr[i] == '>') {
        t->at = i + 1;
    } else if (i + 1 < s.len && s.ptr[i] == '-' && s.ptr[i + 1] == '>') {
        t->at = i + 2;
    } else {
        for (;; i++) {
            i = find(s, i, '-');
            if (i + 1 < s.len && s.ptr[i + 1] != '-')
                continue;
            if (i + 2 >= s.len) { /* open at the end: trailing marks are no data */
                token->name.end = i < s.len ? i : s.len;
                if (i >= s.len && s.len > begin && s.ptr[s.len - 1] == '-')
                    token->name.end = s.len - 1;
                t->at = s.len;
                break;
            }
            if (s.ptr[i + 2] == '>') {
                token->name.end = i;
                t->at = i + 3;
                break;
            }
            if (s.ptr[i + 2] == '!' && (i + 3 >= s.len || s.ptr[i + 3] == '>')) {
                token->name.end = i;
                t->at = i + 3 < s.len ? i + 4 : s.len;
                break;
            }
        }
    }
    token->at.end = t->at;
}

/* From `begin` to '>': "<!x>", "<?x>", "</1>". */
static void up_to_bracket(page_tokenizer *t, page_token *token, uint32_t begin, page_token_kind kind)
{
    uint32_t end = find(t->source, begin, '>');

    *token = (page_token){ .kind = kind, .at.begin = t->at, .name = { begin, end } };
    t->at = end < t->source.len ? end + 1 : end;
    token->at.end = t->at;
}

/* False when it only changed how the text after it is read. */
static bool declaration(page_tokenizer *t, page_token *token)
{
    gly_str s = t->source;
    uint32_t left = s.len - t->at;
    const char *p = s.ptr + t->at;

    if (left >= 4 && p[2] == '-' && p[3] == '-') {
        comment(t, token);
    } else if (left >= 9 && same_letters(p + 2, "doctype", 7)) {
        up_to_bracket(t, token, t->at + 9, PAGE_TOKEN_DOCTYPE);
    } else if (t->foreign && left >= 9 && memcmp(p + 2, "[CDATA[", 7) == 0) {
        t->at += 9;
        t->content = PAGE_CONTENT_CDATA;
        return false;
    } else {
        up_to_bracket(t, token, t->at + 2, PAGE_TOKEN_COMMENT);
    }
    return true;
}

/* ---- text ------------------------------------------------------------------------ */

static void text(page_tokenizer *t, page_token *token, uint32_t end, uint32_t flags)
{
    *token = (page_token){ .kind = PAGE_TOKEN_TEXT, .flags = flags, .at = { t->at, end },
                           .name = { t->at, end } };
    t->at = end;
}

/* What '<' at `at` opens in plain content. */
static bool opens(gly_str s, uint32_t at)
{
    unsigned char c = at + 1 < s.len ? (unsigned char)s.ptr[at + 1] : 0;

    return is_letter(c) || c == '!' || c == '?' || (c == '/' && at + 2 < s.len);
}

/* Text up to the next tag; a '<' that opens nothing is text. */
static void data_text(page_tokenizer *t, page_token *token)
{
    run all = { t->at, false, true };

    for (;;) {
        run r = text_run(t->source, all.end);

        all.refs |= r.refs;
        all.blank &= r.blank;
        all.end = r.end;
        if (r.end >= t->source.len || opens(t->source, r.end))
            break;
        all.end++;
        all.blank = false;
    }
    text(t, token, all.end, (all.refs ? PAGE_TOKEN_REFS : 0u) | (all.blank ? PAGE_TOKEN_BLANK : 0u));
}

/* Whether "</" at `at` is the end tag that raw text waits for. */
static bool is_awaited(const page_tokenizer *t, uint32_t at)
{
    gly_str s = t->source;
    uint32_t i = at + 2, hash = 0;

    if (i >= s.len || !is_letter((unsigned char)s.ptr[i]))
        return false;
    for (; i < s.len && is_letter((unsigned char)s.ptr[i]); i++)
        hash = hash * 31 + ((unsigned char)s.ptr[i] | 0x20u);
    return hash == t->last_hash && i < s.len &&
           (s.ptr[i] == '>' || s.ptr[i] == '/' || is_space((unsigned char)s.ptr[i]));
}

/* "<script" or "</script", with what must follow, between "<!--" and "-->". */
static bool says_script(gly_str s, uint32_t at)
{
    return s.len - at > 6 && same_letters(s.ptr + at, "script", 6) &&
           (s.ptr[at + 6] == '>' || s.ptr[at + 6] == '/' || is_space((unsigned char)s.ptr[at + 6]));
}

/* Where the script ends: at its end tag, or the end of the file. In "<!--" an
 * inner "<script" hides the end tag until its own has come (13.2.5.18-31). */
static uint32_t script_end(const page_tokenizer *t)
{
    gly_str s = t->source;
    uint32_t escaped_until = 0; /* where "-->" stands */
    bool doubly = false;

    for (uint32_t i = find(s, t->at, '<'); i < s.len; i = find(s, i + 1, '<')) {
        bool escaped = i < escaped_until;

        doubly &= escaped;
        if (i + 1 < s.len && s.ptr[i + 1] == '/') {
            if (!doubly && is_awaited(t, i))
                return i;
            doubly &= !says_script(s, i + 2);
        } else if (escaped) {
            doubly |= says_script(s, i + 1);
        } else if (s.len - i >= 4 && memcmp(s.ptr + i, "<!--", 4) == 0) {
            escaped_until = find_text(s, i + 2, "-->", 3);
        }
    }
    return s.len;
}

static uint32_t raw_end(const page_tokenizer *t)
{
    gly_str s = t->source;
    uint32_t i = find(s, t->at, '<');

    while (i < s.len && !(i + 1 < s.len && s.ptr[i + 1] == '/' && is_awaited(t, i)))
        i = find(s, i + 1, '<');
    return i;
}

/* Text in which no tags are read but the one that ends it. */
static void raw_text(page_tokenizer *t, page_token *token)
{
    gly_str s = t->source;
    page_content content = t->content;
    uint32_t end = s.len;

    if (content == PAGE_CONTENT_SCRIPT)
        end = script_end(t);
    else if (content == PAGE_CONTENT_CDATA)
        end = find_text(s, t->at, "]]>", 3);
    else if (content != PAGE_CONTENT_PLAINTEXT)
        end = raw_end(t);
    t->content = PAGE_CONTENT_DATA;
    text(t, token, end, content == PAGE_CONTENT_RCDATA ? PAGE_TOKEN_REFS : 0);
    if (content == PAGE_CONTENT_CDATA && end < s.len)
        t->at = end + 3;
}

/* One step forward; false when it gave no token: "</>", an empty script. */
static bool step(page_tokenizer *t, page_token *token)
{
    gly_str s = t->source;
    char c;

    if (t->at >= s.len) {
        end_of_file(t, token);
        return true;
    }
    if (t->content != PAGE_CONTENT_DATA) {
        raw_text(t, token);
        return token->at.begin < token->at.end;
    }
    if (s.ptr[t->at] != '<' || !opens(s, t->at)) {
        data_text(t, token);
        return true;
    }
    c = s.ptr[t->at + 1];
    if (c == '!')
        return declaration(t, token);
    if (c == '?') {
        up_to_bracket(t, token, t->at + 1, PAGE_TOKEN_COMMENT);
    } else if (c != '/') {
        tag(t, token, t->at + 1, PAGE_TOKEN_START);
    } else if (is_letter((unsigned char)s.ptr[t->at + 2])) {
        tag(t, token, t->at + 2, PAGE_TOKEN_END);
    } else if (s.ptr[t->at + 2] == '>') {
        t->at += 3;
        return false;
    } else {
        up_to_bracket(t, token, t->at + 2, PAGE_TOKEN_COMMENT);
    }
    return true;
}

page_token_kind page_tokenizer_next(page_tokenizer *t, page_token *token)
{
    while (!step(t, token))
        ;
    return token->kind;
}
