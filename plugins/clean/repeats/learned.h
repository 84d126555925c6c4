/* learned - which blocks stand on many pages of a site, from a file of emit.repeats.
 *
 * Reading takes two passes, so that memory holds only blocks seen twice: a filter
 * of bits (B. H. Bloom, 1970) keeps what stands on one page alone, which is most
 * of any site, out of the table. What the pages' order is makes no difference. */
#ifndef GALLEY_CLEAN_REPEATS_LEARNED_H
#define GALLEY_CLEAN_REPEATS_LEARNED_H

#include <stdio.h>

#include <galley/types.h>

typedef struct learned learned;

typedef struct learned_limits {
    uint64_t min_pages; /* a block must stand on so many pages of its site */
    double   min_share; /* and on this share of them, 0..1                 */
} learned_limits;

typedef enum learned_status { LEARNED_OK, LEARNED_NOMEM, LEARNED_FORMAT, LEARNED_READ } learned_status;

typedef struct learned_counts {
    uint64_t pages, same; /* lines; those that say the same as one before    */
    uint64_t bad;         /* lines that are none: cut short, say             */
    uint64_t blocks;      /* that are known again                            */
} learned_counts;

/* Reads a file that can be read twice, to its end. FORMAT: it does not begin as
 * emit.repeats begins; READ: errno says why. The caller frees *out. */
learned_status learned_read(FILE *, const learned_limits *, learned **out, learned_counts *);
void learned_free(learned *);

/* Pages of a site that were learned from; 0: none. */
uint32_t learned_pages(const learned *, gly_str site);
/* Whether a block is furniture on pages of a site. */
bool learned_knows(const learned *, gly_str site, uint64_t hash);

#endif
