/* In which papers each word of a library stands. The endings of one stem are one word; stop words, numbers and single
 * letters are none, and only what a paper is about counts: title, tags, abstract, notes and questions.
 *
 * A word is known by its key: the stem that stands beside it in the index, or itself where none does (CXL, DNS). */
#ifndef QUERY_WORD_PAPERS_H
#define QUERY_WORD_PAPERS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/segment.h"
#include "query/engine.h"
#include "query/roster.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_KEY_BYTES_MAX = 64 };

/* Whether a key is worth counting. */
bool word_is_telling(struct span key);

struct word_papers;

/* What looking at one word needs; each thread has its own. */
struct word_room {
    uint32_t *places, *others; /* as many as there are papers, each */
    uint64_t *bits;            /* a bit for each, and one more number: zeros */
    char token[SEGMENT_TOKEN_BYTES];
};

/* Inside a read transaction: reads the ranked index where there is one, and the texts of the papers it does not hold.
 * `*out` lives in `arena`. `error` is never NULL. */
pinakes_status word_papers_open(struct engine *engine, const struct roster *roster, struct arena *arena,
                                struct word_papers **out, pinakes_error *error);

/* Whether the ranked index, which was found damaged, can be done without: `engine` uses it no more, and the next
 * word_papers_open() reads every paper. False when it was not used in the first place. `words` may be NULL. */
bool word_papers_give_up(const struct word_papers *words, struct engine *engine, const pinakes_error *why);

/* The number of words, or of what may turn out to be none. */
size_t word_papers_count(const struct word_papers *words);

/* One word and the places of its papers, ascending. The places lie in `room`, the key too; none when it is no word
 * after all, or stands in one paper only. Any number of threads may ask, each with a room of its own. */
struct word_entry {
    struct span key;
    const uint32_t *places;
    size_t count;
};
pinakes_status word_papers_at(const struct word_papers *words, size_t index, struct word_room *room,
                              struct word_entry *out, pinakes_error *error);

#endif
