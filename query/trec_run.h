/* A ranking of papers for each of many queries in the form of TREC: `query Q0 paper rank score tag`, one paper a
 * line. */
#ifndef QUERY_TREC_RUN_H
#define QUERY_TREC_RUN_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"

#include <stdint.h>

struct run_entry {
    struct span query;
    struct span paper;
    float score; /* as trec_eval reads it */
    uint32_t line;
};

/* In the order of queries, as bytes compare; within one in the order trec_eval ranks them: by score, the greatest
 * first, equal scores by the paper's name, the greatest first. The rank that the file tells counts for nothing. */
struct trec_run {
    struct run_entry *at;
    size_t count;
};

/* Reads `text`, which everything then points into. PINAKES_BAD_INPUT names `file` and the line: six columns, a number
 * as the score, no paper twice for one query, at least one entry. */
pinakes_status trec_run_parse(struct arena *arena, const char *file, struct span text, struct trec_run *out,
                              pinakes_error *error);

/* What the run has for one query. */
struct trec_run trec_run_of_query(const struct trec_run *run, struct span query);

#endif
