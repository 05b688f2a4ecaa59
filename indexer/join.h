/* Finding the records of a library that are of one paper, and joining them. Inside a write transaction. */
#ifndef INDEXER_JOIN_H
#define INDEXER_JOIN_H

#include "base/arena.h"
#include "indexer/join_rules.h"
#include "indexer/paper_writer.h"
#include "indexer/sync_map.h"

/* Told the id of each paper that came back as one of its own, or was made. */
typedef pinakes_status join_touch(void *context, int64_t id, pinakes_error *error);

/* What a paper was before it was separated: made again of the same records, it did not change. */
struct separated {
    int64_t paper, changed;
    uint64_t hash;
};

/* All zero but `writer`, `rules`, `touch` and `context` at first. */
struct join {
    struct paper_writer *writer;
    const struct join_rules *rules; /* NULL: none */
    join_touch *touch;
    void *context;
    struct arena arena;
    struct separated *separated;
    size_t separated_count, separated_capacity;
    struct paper_map settled; /* records that were looked at and stay papers by themselves */
};

void join_free(struct join *join);

/* Makes the record `id` a paper of its own, if it is part of a joined one; all others of that paper then are too. */
pinakes_status join_separate(struct join *join, int64_t id, pinakes_error *error);

/* Makes all records of the joined paper `paper` papers of their own. */
pinakes_status join_separate_paper(struct join *join, int64_t paper, pinakes_error *error);

/* The same for every joined paper of the library. */
pinakes_status join_separate_all(struct join *join, pinakes_error *error);

/* Joins the paper `id` with all that are the same (same_paper.h, or by a rule). Which records become one paper does not
 * depend on the order in which they came. An id that is no paper's by now is passed over. No record may change
 * after the first call. */
pinakes_status join_paper(struct join *join, int64_t id, pinakes_error *error);

#endif
