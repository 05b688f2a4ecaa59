/* Finding the records of a library that may be of one paper. Inside a write transaction. */
#ifndef INDEXER_JOIN_FIND_H
#define INDEXER_JOIN_FIND_H

#include "base/arena.h"
#include "indexer/join.h"
#include "indexer/joined.h"

struct ids {
    int64_t *at;
    size_t count, capacity;
};

/* The numbers in the first column of what `sql`, asked with `number` for ?1, gives, added to `out` in `arena`. */
pinakes_status find_ids(struct store *store, const char *sql, int64_t number, struct arena *arena, struct ids *out,
                        pinakes_error *error);

/* Adds the ids of the records, joined or not, that have a title, an identifier or all authors in common with the
 * paper. */
pinakes_status find_akin(struct store *store, int64_t id, struct arena *arena, struct ids *out, pinakes_error *error);

/* Records that are one paper with another of them, or would be but for what is said in join_part.h. */
struct found {
    struct join *join;
    struct arena arena;
    struct joined_record *records; /* each a row of papers: what was joined is separated */
    size_t count, capacity;
};

/* Finds all that hang together with the paper `id`, itself among them. All zero but `join` at first. */
pinakes_status find_records(struct found *found, int64_t id, pinakes_error *error);

#endif
