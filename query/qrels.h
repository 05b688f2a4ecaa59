/* Relevance judgements in the form of TREC: `query 0 paper grade`, one a line, apart by white space. */
#ifndef QUERY_QRELS_H
#define QUERY_QRELS_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"

#include <stdint.h>

struct judgement {
    struct span query;
    struct span paper;
    int grade;
    uint32_t line;
};

/* In the order of queries, then of papers, as bytes compare. */
struct qrels {
    struct judgement *at;
    size_t count;
};

/* Reads `text`, which everything then points into. PINAKES_BAD_INPUT names `file` and the line: four columns, a whole
 * number as the grade, no paper judged twice for a query, at least one judgement. */
pinakes_status qrels_parse(struct arena *arena, const char *file, struct span text, struct qrels *out,
                           pinakes_error *error);

/* The judgements of one query; none when it was not judged. */
struct qrels qrels_of_query(const struct qrels *qrels, struct span query);

/* The grade of `paper` among the judgements of one query; 0 when nobody judged it. */
int qrels_grade(const struct qrels *of_query, struct span paper);

#endif
