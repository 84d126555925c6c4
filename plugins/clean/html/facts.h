/* facts - collects what the page says of its article into fact/1. */
#ifndef GALLEY_CLEAN_HTML_FACTS_H
#define GALLEY_CLEAN_HTML_FACTS_H

#include <galley/plugin.h>

#include "kit/page/facts.h"
#include "signals.h"

/* Over the current view, so before the new one is added. */
gly_status facts_collect(const gly_host *, gly_stage *, gly_doc *, const signals *);

#endif
