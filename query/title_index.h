/* From a title to the paper of the library that has it, however it is spaced, cased or accented. */
#ifndef QUERY_TITLE_INDEX_H
#define QUERY_TITLE_INDEX_H

#include "base/arena.h"
#include "indexer/store.h"

#include <stdbool.h>

struct titled_paper {
    uint64_t identity;
    int64_t paper;
};

struct title_index {
    struct titled_paper *papers;
    size_t count;
};

/* Reads the titles of all papers. The index lives in `arena`. */
pinakes_status title_index_load(struct store *store, struct arena *arena, struct title_index *out,
                                pinakes_error *error);

/* Sets `*paper` to the first paper with that title; false when there is none. */
bool title_index_find(const struct title_index *index, struct analyzer *analyzer, struct span title, int64_t *paper);

#endif
