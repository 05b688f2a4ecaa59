#include "query/eval.h"

#include "api/aliases.h"
#include "api/library.h"
#include "api/owned.h"
#include "api/text_file.h"
#include "base/clock.h"
#include "base/error.h"

/* The files, as long as anything points into them. */
struct eval_files {
    struct loaded queries, qrels, against;
};

static pinakes_status read_files(struct eval_files *files, const char *queries_file, const char *qrels_file,
                                 const char *against_file, struct arena *arena, struct eval_input *input,
                                 pinakes_error *error)
{
    pinakes_status status = text_file_load(queries_file, &files->queries, error);
    if (status == PINAKES_OK)
        status = eval_queries_parse(arena, queries_file, files->queries.text, &input->queries, error);
    if (status == PINAKES_OK)
        status = text_file_load(qrels_file, &files->qrels, error);
    if (status == PINAKES_OK)
        status = qrels_parse(arena, qrels_file, files->qrels.text, &input->qrels, error);
    if (status == PINAKES_OK && against_file != NULL)
        status = text_file_load(against_file, &files->against, error);
    if (status == PINAKES_OK && against_file != NULL)
        status = trec_run_parse(arena, against_file, files->against.text, &input->against, error);
    return status;
}

static void files_free(struct eval_files *files)
{
    loaded_free(&files->queries);
    loaded_free(&files->qrels);
    loaded_free(&files->against);
}

pinakes_status pinakes_evaluate(pinakes_library *library, const char *queries_file, const char *qrels_file,
                                const pinakes_eval_options *options, pinakes_evaluation **out, pinakes_error *error)
{
    static const pinakes_eval_options usual = {0};
    const int64_t start_us = clock_now_us();
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    if (options == NULL)
        options = &usual;
    struct eval_files files = {.queries = {.bytes = NULL}};
    struct eval_input input = {.queries = {.count = 0}};
    pinakes_evaluation *evaluation = owned_create(sizeof *evaluation);
    if (evaluation == NULL)
        return error_no_memory(error);
    struct arena *arena = owned_arena(evaluation);
    pinakes_status status = read_files(&files, queries_file, qrels_file, options->against, arena, &input, told);
    if (status == PINAKES_OK && library->engine == NULL)
        status = engine_open(library->store, &library->engine, told);
    if (status == PINAKES_OK)
        status = aliases_use(library->engine, NULL, arena, told);
    if (status == PINAKES_OK)
        status = eval_run(library->engine, &input, options, arena, evaluation, told);
    evaluation->took_us = clock_now_us() - start_us;
    if (library->engine != NULL)
        engine_use_aliases(library->engine, NULL);
    files_free(&files);
    if (status == PINAKES_OK)
        *out = evaluation;
    else
        owned_free(evaluation);
    return status;
}

void pinakes_evaluation_free(pinakes_evaluation *evaluation)
{
    owned_free(evaluation);
}
