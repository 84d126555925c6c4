/* values - one libconfig setting into one option, with variables put in. */
#include "config/private.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/suggest.h"

static const char *variable_value(struct plan_memory *m, place at, const char *name, size_t length)
{
    const char *names[MOST_VARIABLES + 1] = { NULL }, *near;
    char typed[64];

    for (size_t i = 0; i < m->variable_count; i++) {
        names[i] = m->variables[i].name;
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return m->variables[i].value;
    }
    snprintf(typed, sizeof typed, "%.*s", (int)(length < 60 ? length : 60), name);
    near = suggest_name(typed, names, 0);
    if (near)
        report_add(m->problems, SEVERITY_ERROR, at, "there is no variable '%s'; did you mean '%s'?", typed, near);
    else
        report_add(m->problems, SEVERITY_ERROR, at,
                   "there is no variable '%s'; set it in vars = { %s = \"...\"; } or with --set vars.%s=...",
                   typed, typed, typed);
    return "";
}

static gly_str keep(struct plan_memory *m, const char *text, size_t length)
{
    char *copy = GLY_NEWN(&m->arena.face, char, length + 1);

    if (!copy)
        return GLY_LIT("");
    memcpy(copy, text, length);
    copy[length] = '\0';
    return (gly_str){ copy, (uint32_t)length };
}

gly_str value_expand(struct plan_memory *m, place at, const char *text)
{
    char out[8192];
    size_t n = 0;

    for (const char *c = text; *c && n < sizeof out - 1;) {
        const char *close = c[0] == '$' && c[1] == '{' ? strchr(c, '}') : NULL;

        if (!close) {
            out[n++] = *c++;
            continue;
        }
        n += (size_t)snprintf(out + n, sizeof out - n, "%s", variable_value(m, at, c + 2, (size_t)(close - c - 2)));
        c = close + 1;
    }
    if (n >= sizeof out - 1) {
        report_add(m->problems, SEVERITY_ERROR, at, "the value is longer than 8,000 bytes; shorten it");
        return GLY_LIT("");
    }
    return keep(m, out, n);
}

static void complain(struct plan_memory *m, place at, const gly_option *o, const char *value, const char *wrong)
{
    if (o->flags & GLY_OPT_SECRET)
        report_add(m->problems, SEVERITY_ERROR, at, "'%s' is wrong; %s", o->field.name, wrong);
    else
        report_add(m->problems, SEVERITY_ERROR, at, "'%s' is %s; %s", o->field.name, value, wrong);
}

void value_set_text(struct plan_memory *m, place at, const gly_option *o, void *options, const char *text)
{
    option_target t = { o, options, &m->arena.face, NULL };
    char shown[200];
    const char *wrong = option_set_text(&t, value_expand(m, at, text));

    snprintf(shown, sizeof shown, "'%.150s'", text);
    if (wrong)
        complain(m, at, o, shown, wrong);
}

static void set_list(struct plan_memory *m, place at, const option_target *t, const config_setting_t *s)
{
    int count = config_setting_length(s);
    gly_str *items = GLY_NEWN(&m->arena.face, gly_str, (size_t)(count ? count : 1));
    const char *wrong = NULL;

    for (int i = 0; items && i < count; i++) {
        const char *text = config_setting_get_string(config_setting_get_elem(s, (unsigned)i));

        if (!text)
            wrong = "every entry must be text in quotes";
        items[i] = text ? value_expand(m, at, text) : GLY_LIT("");
    }
    if (!wrong)
        wrong = items ? option_set_list(t, items, (uint32_t)count) : "there is no memory left for it";
    if (wrong)
        complain(m, at, t->option, "a list", wrong);
}

void value_set(struct plan_memory *m, const config_file *f, const config_setting_t *s,
               const gly_option *o, void *options)
{
    option_target t = { o, options, &m->arena.face, f->directory };
    place at = setting_place(f, s);
    const char *wrong = NULL;
    char shown[200] = "a group";

    switch (config_setting_type(s)) {
    case CONFIG_TYPE_BOOL:
        snprintf(shown, sizeof shown, "%s", config_setting_get_bool(s) ? "true" : "false");
        wrong = option_set_bool(&t, config_setting_get_bool(s));
        break;
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        snprintf(shown, sizeof shown, "%lld", config_setting_get_int64(s));
        wrong = option_set_int(&t, config_setting_get_int64(s));
        break;
    case CONFIG_TYPE_FLOAT:
        snprintf(shown, sizeof shown, "%g", config_setting_get_float(s));
        wrong = option_set_real(&t, config_setting_get_float(s));
        break;
    case CONFIG_TYPE_STRING:
        snprintf(shown, sizeof shown, "'%.150s'", config_setting_get_string(s));
        wrong = o->field.type == GLY_T_BOOL ? "write true or false without quotes"
                                            : option_set_text(&t, value_expand(m, at, config_setting_get_string(s)));
        break;
    case CONFIG_TYPE_ARRAY:
    case CONFIG_TYPE_LIST:
        set_list(m, at, &t, s);
        return;
    default:
        wrong = "write a value, not { }";
    }
    if (wrong)
        complain(m, at, o, shown, wrong);
}
