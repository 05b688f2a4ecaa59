/* Sets of documents, a bit each and 64 a word: the same lines for every instruction set, for which compilers make of
 * eight words at once the widest instructions there are. For the kernels alone; WIDE is what each marks its functions
 * with. */
#ifndef QUERY_KERNELS_SETS_H
#define QUERY_KERNELS_SETS_H

#include "query/kernels.h"

#include <string.h>

enum { WORDS = 8 };

/* Words from `from` up to `behind`, which are WORDS where compilers are to see that. */
WIDE static inline __attribute__((always_inline)) void intersect_some(const struct group_term *terms, size_t count,
                                                                      size_t from, size_t words, uint64_t *bits)
{
    uint64_t all[WORDS];
    memcpy(all, terms[0].dense->bits + from, words * sizeof *all);
    for (size_t term = 1; term < count; term++)
        for (size_t i = 0; i < words; i++)
            all[i] &= terms[term].dense->bits[from + i];
    memcpy(bits, all, words * sizeof *all);
}

WIDE static void intersect(const struct group_term *terms, size_t count, size_t first, size_t words, uint64_t *bits)
{
    size_t word = 0;
    for (; word + WORDS <= words; word += WORDS)
        intersect_some(terms, count, first + word, WORDS, bits + word);
    for (; word < words; word++)
        intersect_some(terms, count, first + word, 1, bits + word);
}

WIDE static inline __attribute__((always_inline)) void lift_some(const uint64_t *bits, size_t words, size_t count,
                                                                 size_t apart, uint64_t *levels)
{
    uint64_t lifted[WORDS];
    memcpy(lifted, bits, words * sizeof *lifted);
    for (size_t level = 0; level < count; level++, levels += apart) {
        for (size_t i = 0; i < words; i++) {
            const uint64_t again = levels[i] & lifted[i];
            levels[i] |= lifted[i];
            lifted[i] = again;
        }
    }
}

WIDE static void lift(const uint64_t *bits, size_t words, size_t count, size_t apart, uint64_t *levels)
{
    size_t word = 0;
    for (; word + WORDS <= words; word += WORDS)
        lift_some(bits + word, WORDS, count, apart, levels + word);
    for (; word < words; word++)
        lift_some(bits + word, 1, count, apart, levels + word);
}

#endif
