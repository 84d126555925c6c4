/* edition - a new state of an output folder, made beside the present one.
 *
 * Its journal is OUT/.galley/journal.next. Sinks write beside their outputs and
 * take over from them what has not changed (gly_stage_ops.keep). When all is there
 * the journal says that it is complete; from then on the edition takes the place
 * of the present one whatever happens: sinks first, then the journal, and a run
 * that was killed in between does that again. A run that was killed before goes on
 * with the edition where it was.
 *
 * All functions print the reason when they give false. */
#ifndef GALLEY_RUN_EDITION_H
#define GALLEY_RUN_EDITION_H

#include "run/ledger.h"

/* Begins one with what was passed over in place. */
bool edition_begin(ledger *, runner *);
/* Goes on with the one that an earlier run began, its sinks at the end of it. */
bool edition_resume(ledger *, runner *);
/* Takes over what the present edition has of an input. */
bool edition_keep(ledger *, runner *, const known_input *, gly_str uri, uint64_t stamp, bool vanished);
/* It is complete: puts it in the place of the present one. */
bool edition_publish(ledger *, runner *);
/* The same after a run that was killed while it did so. */
bool edition_publish_again(ledger *, runner *);
/* Removes what is left of one. */
bool edition_drop(ledger *, runner *);
/* Writes the journal of the present edition anew, with what the marks say. */
bool edition_rewrite_journal(ledger *, runner *);

#endif
