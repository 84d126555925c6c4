/* parcel - a document as bytes, for another process; and what a stage did to it
 * there, for the way back.
 *
 * The two sides are one program, forked, but neither trusts the other: either may
 * have been taken over by the bytes it read. So what is in a parcel is copied out
 * of the shared memory before it is looked at, and goes into the document by the
 * calls that a stage makes, with their checks. A layer passes when a stage of the
 * pipeline declares its type, or galley/layers.h does; of its records what their
 * field tables name, and plain numbers. A reference to a record that is not there
 * becomes GLY_NO_REF. */
#ifndef GALLEY_DOCUMENT_PARCEL_H
#define GALLEY_DOCUMENT_PARCEL_H

#include "document/document.h"

typedef struct parcel_terms { /* what both sides know beforehand */
    const gly_layer_type *const *types; /* NULL at the end */
    uint16_t stages;
} parcel_terms;

typedef struct parcel_mark { /* how far a document was before a call into a stage */
    uint16_t views;
    uint32_t notes;
} parcel_mark;

parcel_mark parcel_begin(const document *);
/* All of the document, or (since not NULL) what the stage that it was entered for
 * has done since then. GLY_ENOMEM: there is no room; GLY_ESTATE: the stage wrote a
 * layer of a type that nobody declares; *why says so. */
gly_status parcel_pack(const document *, const parcel_mark *since, const parcel_terms *,
                       char *into, size_t room, size_t *length, const char **why);
/* The other way round: `whole` begins the document anew, else the stage that it was
 * entered for has done what is in there. document_leave() comes next. GLY_ESTATE:
 * the parcel cannot be; what was good in it may be in the document. */
gly_status parcel_unpack(document *, bool whole, const parcel_terms *, const char *bytes, size_t length);

#endif
