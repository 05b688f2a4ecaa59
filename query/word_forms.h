/* How words are written: from the stems that are counted to what people read. */
#ifndef QUERY_WORD_FORMS_H
#define QUERY_WORD_FORMS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One way to write a word. */
struct word_form {
    struct span text;
    unsigned weight; /* how often it was seen; running text counts more than titles, where words have capitals */
};

/* A word by its key (word_papers.h), with the ways it was seen to be written. */
struct formed_word {
    struct span key;
    struct word_form *forms;
    size_t form_count, form_capacity;
};

/* Looks through one paper for the words; what it finds lives in `arena`. */
pinakes_status word_forms_see(struct store *store, int64_t paper, struct formed_word *words, size_t count,
                              struct arena *arena, pinakes_error *error);

/* The form seen most often, of equals the one seen first; empty when none was seen. */
struct span word_forms_best(const struct formed_word *word);

#endif
