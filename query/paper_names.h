/* What papers are called in judgements and runs. */
#ifndef QUERY_PAPER_NAMES_H
#define QUERY_PAPER_NAMES_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/store.h"
#include "pinakes.h"

#include <stdint.h>

struct paper_name {
    int64_t paper;
    struct span name;
};

struct paper_names {
    struct paper_name *by_paper;
    struct span *sorted; /* the names alone, as bytes compare */
    size_t count;
};

/* A paper's name is what its source calls it, when that is one word that means no other paper; else its key. No two
 * papers share a name. */
pinakes_status paper_names_load(struct store *store, struct arena *arena, struct paper_names *out,
                                pinakes_error *error);

/* The name of `paper`, which must be one of them. */
struct span paper_name_of(const struct paper_names *names, int64_t paper);

/* Whether a paper has that name. */
bool paper_names_have(const struct paper_names *names, struct span name);

#endif
