/* Queries, judgements, runs and labels of any bytes: read without harm; what comes out keeps what their headers
 * promise, or one line says what is wrong. The first byte chooses what the rest is read as. */
#include "query/eval_queries.h"
#include "query/labels.h"
#include "query/qrels.h"
#include "query/trec_run.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *promise)
{
    if (!holds) {
        (void)fprintf(stderr, "%s\n", promise);
        abort();
    }
}

static void read_queries(struct arena *arena, struct span text, pinakes_error *error)
{
    struct eval_queries queries;
    if (eval_queries_parse(arena, "input", text, &queries, error) != PINAKES_OK)
        return;
    require(queries.count > 0, "a file without a query is refused");
    for (size_t i = 0; i < queries.count; i++)
        require(queries.at[i].id.len > 0 && queries.at[i].text.len > 0, "every query has an id and a text");
}

static void read_qrels(struct arena *arena, struct span text, pinakes_error *error)
{
    struct qrels qrels;
    if (qrels_parse(arena, "input", text, &qrels, error) != PINAKES_OK)
        return;
    for (size_t i = 0; i < qrels.count; i++) {
        const struct qrels of_query = qrels_of_query(&qrels, qrels.at[i].query);
        require(qrels_grade(&of_query, qrels.at[i].paper) == qrels.at[i].grade, "every judgement is found again");
    }
}

static void read_run(struct arena *arena, struct span text, pinakes_error *error)
{
    struct trec_run run;
    if (trec_run_parse(arena, "input", text, &run, error) != PINAKES_OK)
        return;
    for (size_t i = 1; i < run.count; i++)
        require(!span_equal(run.at[i - 1].query, run.at[i].query) || run.at[i - 1].score >= run.at[i].score,
                "the papers of a query are in the order of their scores");
}

static void read_labels(struct arena *arena, struct span text, pinakes_error *error)
{
    struct labels labels;
    if (labels_parse(arena, "input", text, &labels, error) != PINAKES_OK)
        return;
    for (size_t i = 0; i < labels.count; i++)
        require(labels.papers[i].key.len > 0 || labels.papers[i].title.len > 0, "every label names a paper");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(struct arena *, struct span, pinakes_error *) = {read_queries, read_qrels, read_run,
                                                                                    read_labels};
    if (size == 0)
        return 0;
    struct arena arena = {.blocks = NULL};
    pinakes_error error = {.status = PINAKES_OK};
    readers[data[0] % 4](&arena, (struct span){(const char *)data + 1, size - 1}, &error);
    require(error.status == PINAKES_OK || error.status == PINAKES_BAD_INPUT, "bad input is all that can go wrong");
    require(strchr(error.message, '\n') == NULL, "a message is one line");
    arena_free(&arena);
    return 0;
}
