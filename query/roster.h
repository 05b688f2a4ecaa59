/* All papers of a library at one moment, numbered 0, 1, 2, ... in the order of their ids: what counting over many
 * queries needs to know of them. */
#ifndef QUERY_ROSTER_H
#define QUERY_ROSTER_H

#include "base/arena.h"
#include "indexer/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_PLACE UINT32_MAX

/* Everything lives in the arena it was read into. Places are indices into the arrays below. */
struct roster {
    size_t count;
    const int64_t *papers;        /* papers.id, ascending */
    const uint32_t *year_columns; /* index into `years`, or year_count when unknown */
    size_t year_count;
    const int *years; /* ascending: those that any paper has */
    size_t topic_count;
    const char *const *topics;    /* as the topics file has them */
    const uint32_t *topic_starts; /* count + 1 of them: the topics of a paper, as indices into `topics`, are */
    const uint32_t *topics_of;    /* topics_of[topic_starts[place]] up to that of the next place */
    const bool *is_fresh;         /* came or changed after the generation asked for */
    uint64_t fresh_count;
    uint64_t without_text; /* papers without abstract, notes and questions */
};

/* Inside a read transaction. `error` is never NULL. */
pinakes_status roster_read(struct store *store, uint64_t since, struct arena *arena, struct roster *out,
                           pinakes_error *error);

/* The place of a paper, NO_PLACE when it has none. */
uint32_t roster_place(const struct roster *roster, int64_t paper);

#endif
