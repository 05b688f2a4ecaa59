/* The queries of a test collection asked of a library, and how good its answers are. */
#ifndef QUERY_EVAL_H
#define QUERY_EVAL_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"
#include "query/eval_queries.h"
#include "query/qrels.h"
#include "query/trec_run.h"

struct eval_input {
    struct eval_queries queries;
    struct qrels qrels;
    struct trec_run against; /* empty: none */
};

/* pinakes_evaluate() over the library of `engine`: fills `*out`, all of it in `arena`, but took_us. The answers are of
 * one moment of the library. */
pinakes_status eval_run(struct engine *engine, const struct eval_input *input, const pinakes_eval_options *options,
                        struct arena *arena, pinakes_evaluation *out, pinakes_error *error);

#endif
