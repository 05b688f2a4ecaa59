/* The queries of an evaluation: `id`, a tab, and the text, one a line. */
#ifndef QUERY_EVAL_QUERIES_H
#define QUERY_EVAL_QUERIES_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"

#include <stdint.h>

struct eval_query {
    struct span id;
    struct span text;
    uint32_t line;
};

struct eval_queries {
    struct eval_query *at; /* in the order of the file */
    size_t count;
};

/* Reads `text`, which everything then points into; lines that begin with '#' say nothing. PINAKES_BAD_INPUT names
 * `file` and the line: an id without white space, a tab, a text, no id twice, at least one query. */
pinakes_status eval_queries_parse(struct arena *arena, const char *file, struct span text, struct eval_queries *out,
                                  pinakes_error *error);

#endif
