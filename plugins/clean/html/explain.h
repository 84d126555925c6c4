/* explain - which rule fits a host or a page, what it does, what is passed over. */
#ifndef GALLEY_CLEAN_HTML_EXPLAIN_H
#define GALLEY_CLEAN_HTML_EXPLAIN_H

#include <galley/plugin.h>

/* As gly_rules.explain says; the path is a folder of siterules.h. */
gly_status rules_explain(const char *folder, gly_strs names, void (*say)(void *to, const char *line), void *to);

#endif
