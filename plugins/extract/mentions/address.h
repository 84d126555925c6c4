/* address - where e-mail and web addresses begin and end.
 *
 * Each look goes a bounded way from the byte that it is given, but for the end of a
 * web address, behind which the caller goes on. */
#ifndef GALLEY_MENTIONS_ADDRESS_H
#define GALLEY_MENTIONS_ADDRESS_H

#include <galley/types.h>

/* The end of a domain name with a dot from i on; i itself when there is none, or its
 * last part cannot be a top-level domain. Letters of all scripts (RFC 5890). */
uint32_t address_host(gly_str text, uint32_t i);

/* The e-mail address around the '@' at `at`, not before `from`; empty: none. */
gly_range address_email(gly_str text, uint32_t from, uint32_t at);

/* The e-mail address around the bracket at `open` in "name [at] host.org" or
 * "name(at)host(dot)org"; empty: none. */
gly_range address_spelt(gly_str text, uint32_t from, uint32_t open);

/* "name@host.org" of the spelt form at `at`: writes it to out, which has room for as
 * many bytes as the range; returns its length. */
uint32_t address_unspell(gly_str text, gly_range at, char *out);

/* The web address whose "://" is at `colon`, or that begins with "www." at `begin`. */
gly_range address_scheme(gly_str text, uint32_t from, uint32_t colon);
gly_range address_www(gly_str text, uint32_t from, uint32_t begin);

#endif
