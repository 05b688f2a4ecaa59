/* What Porter2 is given in place of words that it would part from their own kind: British spelling as American,
 * irregular plurals as their singular, and two words of which it makes the stem of another. */
#ifndef INDEXER_SPELLING_H
#define INDEXER_SPELLING_H

#include "base/span.h"

enum { SPELLING_BYTES_MAX = 32 };

/* `word`, of a to z, in its one spelling: "optimisation" as "optimization", "matrices" as "matrix"; itself where it has
 * but one, or more than SPELLING_BYTES_MAX - 2 bytes. What differs is written to `buffer`. */
struct span spelling_common(struct span word, char buffer[SPELLING_BYTES_MAX]);

#endif
