/* hash - 64 bits for names and contents, and CRC-32C for what lies on disk.
 *
 * The hash is stable from run to run and from machine to machine of one byte
 * order; it is not meant to withstand an attacker. */
#ifndef GALLEY_BASE_HASH_H
#define GALLEY_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a by eight bytes, in four lanes where there are 32, with the finaliser of
 * MurmurHash3. */
uint64_t hash64(const void *bytes, size_t length, uint64_t seed);
/* Castagnoli's polynomial (RFC 3720, B.4), as iSCSI and ext4 have it. */
uint32_t crc32c(const void *bytes, size_t length);

#endif
