/* In which papers each word of a library stands. The endings of one stem are one word; stop words, numbers and single
 * letters are none, and only what a paper is about counts: title, tags, abstract, notes and questions. */
#ifndef QUERY_WORD_PAPERS_H
#define QUERY_WORD_PAPERS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/store.h"
#include "query/roster.h"

#include <stddef.h>
#include <stdint.h>

struct word_papers;

/* What counting needs while it looks at words; each worker has its own. */
struct word_room {
    uint32_t *places; /* as many as there are papers */
};

/* Inside a read transaction; `*out` lives in `arena`. `error` is never NULL. */
pinakes_status word_papers_open(struct store *store, const struct roster *roster, struct arena *arena,
                                struct word_papers **out, pinakes_error *error);

/* The number of words, or of what may turn out to be none. */
size_t word_papers_count(const struct word_papers *words);

/* One word: its key (a stem, or a word that is its own) and the places of its papers, ascending, which may lie in
 * `room`. No papers when it is no word after all. Any number of threads may ask. */
struct word_entry {
    struct span key;
    const uint32_t *places;
    size_t count;
};
struct word_entry word_papers_at(const struct word_papers *words, size_t index, const struct word_room *room);

#endif
