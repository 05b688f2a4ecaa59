/* The words of papers, read from their texts: of those that no ranked index holds. */
#ifndef QUERY_LOOSE_WORDS_H
#define QUERY_LOOSE_WORDS_H

#include "base/arena.h"
#include "base/name_set.h"
#include "base/span.h"
#include "indexer/store.h"
#include "query/roster.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The papers of one word, as places, ascending. */
struct loose_word {
    uint32_t *places;
    size_t count, capacity;
};

struct loose_words {
    struct name_set keys; /* word_papers.h */
    struct loose_word *at;
    size_t capacity;
};

/* Reads the papers for which `is_held` is false. Everything lives in `arena`. */
pinakes_status loose_words_read(struct store *store, const struct roster *roster, const bool *is_held,
                                struct arena *arena, struct loose_words *out, pinakes_error *error);

/* NULL when none of the papers has the word. */
const struct loose_word *loose_words_find(const struct loose_words *words, struct span key);

#endif
