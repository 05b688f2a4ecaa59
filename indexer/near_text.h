/* How much two texts have in common. */
#ifndef INDEXER_NEAR_TEXT_H
#define INDEXER_NEAR_TEXT_H

#include "indexer/analyzer.h"

#include <stddef.h>
#include <stdint.h>

enum { TEXT_SHINGLES = 1024 }; /* of a text that are compared */

/* The runs of three words of a text, hashed, each once, sorted. */
struct text_shingles {
    uint64_t at[TEXT_SHINGLES];
    size_t count;
};

/* Whatever the case, accents and punctuation. Short of memory it has fewer: analyzer_failed() tells. */
void text_shingles(struct analyzer *analyzer, struct span text, struct text_shingles *out);

/* Resemblance (Broder 1997): of the runs that one of them has, how many both have, from 0 to 1. */
double text_resemblance(const struct text_shingles *a, const struct text_shingles *b);

#endif
