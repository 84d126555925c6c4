/* tokens - prints the tokens of pages as JSON lines, for html5lib.py.
 *
 * Reads cases from standard input: "CONTENT LAST-TAG LENGTH\n" and as many bytes;
 * CONTENT is a number of page_content, LAST-TAG "-" for none. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "kit/page/charref.h"
#include "kit/page/token.h"

enum { MOST_ATTRS = 4096, MEMORY = 1 << 20 };

static char memory[MEMORY];

static void *refuse(gly_arena *a, size_t size, size_t align)
{
    (void)a, (void)size, (void)align;
    return NULL;
}

static void print_string(gly_str s, bool lower)
{
    putchar('"');
    for (uint32_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (lower && c >= 'A' && c <= 'Z')
            c |= 0x20;
        if (c == '"' || c == '\\' || c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_decoded(gly_str s, bool refs, bool in_attribute)
{
    gly_arena arena = { memory, memory + MEMORY, refuse };

    print_string(refs ? page_decode(s, in_attribute, &arena) : s, false);
}

static bool same_name(gly_str a, gly_str b)
{
    return a.len == b.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

static void print_attributes(const page_tokenizer *t, const page_token *token)
{
    printf(", {");
    for (uint32_t i = token->attrs, n = 0; i < token->attrs + token->nattrs; i++) {
        gly_str name = gly_slice(t->source, t->names[i].at);
        bool first = true;

        for (uint32_t k = token->attrs; k < i; k++)
            first &= !same_name(gly_slice(t->source, t->names[k].at), name);
        if (!first)
            continue;
        printf(n++ ? ", " : "");
        print_string(name, true);
        printf(": ");
        print_decoded(gly_slice(t->source, t->attrs[i].value), true, true);
    }
    printf("}%s", token->flags & PAGE_TOKEN_SELF_CLOSING ? ", true" : "");
}

static void print_token(const page_tokenizer *t, const page_token *token)
{
    static const char *const kinds[] = { "", "Character", "StartTag", "EndTag", "Comment", "DOCTYPE" };
    gly_str name = gly_slice(t->source, token->name);

    printf("[\"%s\", ", kinds[token->kind]);
    if (token->kind == PAGE_TOKEN_TEXT)
        print_decoded(name, token->flags & PAGE_TOKEN_REFS, false);
    else
        print_string(name, token->kind == PAGE_TOKEN_START || token->kind == PAGE_TOKEN_END);
    if (token->kind == PAGE_TOKEN_START)
        print_attributes(t, token);
    printf("]");
}

static void print_case(gly_str source, unsigned content, const char *last)
{
    static page_attr attrs[MOST_ATTRS];
    static page_name_range names[MOST_ATTRS];
    page_tokenizer t;
    page_token token;
    int n = 0;

    page_tokenizer_begin(&t, source, attrs, MOST_ATTRS);
    t.names = names;
    t.content = (page_content)content;
    t.last_hash = page_hash((gly_str){ last, (uint32_t)strlen(last) });
    printf("[");
    while (page_tokenizer_next(&t, &token) != PAGE_TOKEN_END_OF_FILE) {
        printf(n++ ? ", " : "");
        print_token(&t, &token);
    }
    printf("]\n");
}

int main(void)
{
    unsigned content;
    char last[64];
    uint32_t length;

    while (scanf("%u %63s %" SCNu32, &content, last, &length) == 3) {
        char *bytes = malloc(length + 1u);

        getchar(); /* the newline */
        if (!bytes || fread(bytes, 1, length, stdin) != length)
            return 1;
        print_case((gly_str){ bytes, length }, content, last);
        free(bytes);
    }
    return 0;
}
