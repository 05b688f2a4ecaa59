/* Of the words of some papers those that tell the most: often there and rare in the library. */
#ifndef QUERY_TELLING_WORDS_H
#define QUERY_TELLING_WORDS_H

#include "base/arena.h"
#include "query/engine.h"

struct telling_word {
    struct node *node; /* a term, its boost what it weighs in the papers */
    double weight;     /* boost times idf, greater than 0 */
};

/* Looks `count` terms up and gives the heaviest, at most `limit`, the heaviest first; words that no paper holds are
 * left out. `*out` lives in `arena`. */
pinakes_status telling_words(struct engine *engine, struct node *const *words, size_t count, size_t limit,
                             struct arena *arena, struct telling_word **out, size_t *out_count, pinakes_error *error);

#endif
