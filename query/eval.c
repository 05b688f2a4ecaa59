#include "query/eval.h"

#include "base/error.h"
#include "query/finding.h"
#include "query/measures.h"
#include "query/moment.h"
#include "query/paper_names.h"
#include "query/randomization.h"

#include <stdlib.h>

enum { USUAL_DEPTH = 1000 };

struct eval {
    struct engine *engine;
    const struct eval_input *input;
    const pinakes_eval_options *options;
    struct paper_names names;
    struct arena *arena;  /* for what is given out */
    struct arena scratch; /* of one query */
    pinakes_eval_query *queries;
    pinakes_evaluation *out;
};

/* ---- asking -------------------------------------------------------------------------------------------------- */

static pinakes_status keep_papers(struct eval *eval, const struct candidates *page, pinakes_eval_query *query,
                                  pinakes_error *error)
{
    pinakes_ranked_paper *papers = arena_array(eval->arena, page->count, sizeof *papers);
    for (size_t i = 0; papers != NULL && i < page->count; i++) {
        papers[i].name = paper_name_of(&eval->names, page->papers[i].paper).at;
        papers[i].score = page->papers[i].score;
    }
    query->papers = papers;
    query->paper_count = papers == NULL ? 0 : page->count;
    return papers == NULL ? error_no_memory(error) : PINAKES_OK;
}

static pinakes_status ask(struct eval *eval, pinakes_eval_query *query, pinakes_error *error)
{
    const pinakes_search_options options = {.limit = eval->options->depth == 0 ? USUAL_DEPTH : eval->options->depth,
                                            .any_word = true,
                                            .deep = eval->options->deep};
    struct finding finding = {.engine = eval->engine,
                              .options = &options,
                              .query = query->text,
                              .arena = &eval->scratch,
                              .scratch = &eval->scratch};
    const pinakes_status status = finding_run(&finding, error);
    return status == PINAKES_OK ? keep_papers(eval, &finding.answer.page, query, error) : status;
}

/* ---- measuring ----------------------------------------------------------------------------------------------- */

static int greatest_first(const void *left, const void *right)
{
    const int a = *(const int *)left, b = *(const int *)right;
    return (a < b) - (a > b);
}

/* All grades of a query's judgements, the greatest first; NULL when memory is short. */
static const int *judged_grades(struct eval *eval, const struct qrels *qrels)
{
    int *grades = arena_array(&eval->scratch, qrels->count + 1, sizeof *grades);
    for (size_t i = 0; grades != NULL && i < qrels->count; i++)
        grades[i] = qrels->at[i].grade;
    if (grades != NULL)
        qsort(grades, qrels->count, sizeof *grades, greatest_first);
    return grades;
}

/* The grades of what a ranking holds, and how many of them are relevant. */
struct grading {
    const struct qrels *qrels;
    int *grades;
    size_t count;
    uint64_t relevant;
};

static void grade(struct grading *grading, struct span paper)
{
    const int grade = qrels_grade(grading->qrels, paper);
    grading->grades[grading->count++] = grade;
    grading->relevant += grade > 0;
}

static pinakes_measures measure(const struct grading *grading, const int *judged)
{
    return measures_of(&(struct graded_ranking){
        .grades = grading->grades, .count = grading->count, .judged = judged, .judged_count = grading->qrels->count});
}

static pinakes_status measure_query(struct eval *eval, pinakes_eval_query *query, const struct qrels *qrels,
                                    pinakes_error *error)
{
    const struct trec_run other = trec_run_of_query(&eval->input->against, span_of(query->id));
    const size_t most = query->paper_count > other.count ? query->paper_count : other.count;
    int *grades = arena_array(&eval->scratch, most + 1, sizeof *grades);
    const int *judged = judged_grades(eval, qrels);
    if (grades == NULL || judged == NULL)
        return error_no_memory(error);
    struct grading ours = {.qrels = qrels, .grades = grades};
    for (size_t i = 0; i < query->paper_count; i++)
        grade(&ours, span_of(query->papers[i].name));
    query->relevant_found = ours.relevant;
    query->measures = measure(&ours, judged);
    struct grading theirs = {.qrels = qrels, .grades = grades};
    for (size_t i = 0; i < other.count; i++)
        grade(&theirs, other.at[i].paper);
    query->other = measure(&theirs, judged);
    return PINAKES_OK;
}

/* What the judgements hold of a query, counted into the whole. */
static void count_judgements(struct eval *eval, pinakes_eval_query *query, const struct qrels *qrels)
{
    for (size_t i = 0; i < qrels->count; i++) {
        if (qrels->at[i].grade <= 0)
            continue;
        query->relevant++;
        eval->out->missing += !paper_names_have(&eval->names, qrels->at[i].paper);
    }
    query->is_judged = query->relevant > 0;
    eval->out->judged += query->is_judged;
    eval->out->relevant += query->relevant;
}

static pinakes_status answer_query(struct eval *eval, size_t which, pinakes_error *error)
{
    const struct eval_query *asked = &eval->input->queries.at[which];
    const struct qrels qrels = qrels_of_query(&eval->input->qrels, asked->id);
    pinakes_eval_query *query = &eval->queries[which];
    arena_reset(&eval->scratch);
    query->id = arena_string(eval->arena, asked->id);
    query->text = arena_string(eval->arena, asked->text);
    if (query->id == NULL || query->text == NULL)
        return error_no_memory(error);
    count_judgements(eval, query, &qrels);
    const pinakes_status status = ask(eval, query, error);
    return status == PINAKES_OK && query->is_judged ? measure_query(eval, query, &qrels, error) : status;
}

/* ---- the whole ----------------------------------------------------------------------------------------------- */

/* Judged queries that have a relevant paper. */
static uint64_t count_judged(const struct qrels *qrels)
{
    uint64_t judged = 0;
    bool counted = false;
    for (size_t i = 0; i < qrels->count; i++) {
        counted = counted && span_equal(qrels->at[i].query, qrels->at[i - 1].query);
        if (qrels->at[i].grade > 0 && !counted) {
            counted = true;
            judged++;
        }
    }
    return judged;
}

/* The means over the judged queries of one measure, and how sure their difference is. */
static void sum_up(struct eval *eval, size_t which, double *ours, double *theirs)
{
    pinakes_evaluation *out = eval->out;
    size_t judged = 0;
    double sum = 0, other = 0;
    for (size_t i = 0; i < out->query_count; i++) {
        if (!eval->queries[i].is_judged)
            continue;
        sum += ours[judged] = measure_of(&eval->queries[i].measures, which);
        other += theirs[judged] = measure_of(&eval->queries[i].other, which);
        judged++;
    }
    if (judged == 0)
        return;
    *measure_at(&out->mean, which) = sum / (double)judged;
    if (out->has_other) {
        *measure_at(&out->other, which) = other / (double)judged;
        *measure_at(&out->p_value, which) = randomization_p(ours, theirs, judged);
    }
}

static pinakes_status finish(struct eval *eval, pinakes_error *error)
{
    pinakes_evaluation *out = eval->out;
    out->queries = eval->queries;
    out->without_text = count_judged(&eval->input->qrels) - out->judged;
    out->has_other = eval->input->against.count > 0;
    double *values = arena_array(&eval->scratch, 2 * out->query_count, sizeof *values);
    if (values == NULL)
        return error_no_memory(error);
    for (size_t which = 0; which < MEASURE_COUNT; which++)
        sum_up(eval, which, values, values + out->query_count);
    return PINAKES_OK;
}

static pinakes_status answer_all(void *context, pinakes_error *error)
{
    struct eval *eval = context;
    const pinakes_eval_options *options = eval->options;
    const size_t count = eval->input->queries.count;
    pinakes_status status = paper_names_load(engine_store(eval->engine), eval->arena, &eval->names, error);
    for (size_t i = 0; status == PINAKES_OK && i < count; i++) {
        if (options->progress != NULL && !options->progress(options->context, i, count))
            return error_set(error, PINAKES_CANCELLED, "stopped after %zu of %zu queries", i, count);
        status = answer_query(eval, i, error);
    }
    eval->out->generation = store_generation(engine_store(eval->engine));
    return status == PINAKES_OK ? finish(eval, error) : status;
}

pinakes_status eval_run(struct engine *engine, const struct eval_input *input, const pinakes_eval_options *options,
                        struct arena *arena, pinakes_evaluation *out, pinakes_error *error)
{
    *out = (pinakes_evaluation){.query_count = input->queries.count};
    struct eval eval = {.engine = engine,
                        .input = input,
                        .options = options,
                        .arena = arena,
                        .queries = arena_array(arena, input->queries.count, sizeof(pinakes_eval_query)),
                        .out = out};
    if (eval.queries == NULL)
        return error_no_memory(error);
    const pinakes_status status = moment_answer(engine_store(engine), answer_all, &eval, error);
    arena_free(&eval.scratch);
    return status;
}
