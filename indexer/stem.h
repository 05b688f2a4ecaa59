/* Stems of folded words, and whether they are stop words, remembered for the words seen last. */
#ifndef INDEXER_STEM_H
#define INDEXER_STEM_H

#include "base/span.h"

#include <stdbool.h>

struct stemmer;

struct stemmed {
    struct span stem; /* valid until the next call; may be the word itself. `at` is NULL when memory ran out */
    bool is_stop_word;
};

/* NULL when memory is short. Freed with stemmer_free(), which allows NULL. */
struct stemmer *stemmer_create(void);
void stemmer_free(struct stemmer *stemmer);

struct stemmed stemmer_look_up(struct stemmer *stemmer, struct span word);

#endif
