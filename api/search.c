#include "query/search.h"

#include "api/aliases.h"
#include "api/answer.h"

struct search_question {
    const char *query;
    const pinakes_search_options *options;
};

static pinakes_status run(struct engine *engine, const void *context, struct arena *arena, pinakes_results *out,
                          pinakes_error *error)
{
    const struct search_question *question = context;
    pinakes_status status = aliases_use(engine, question->options->aliases_file, arena, error);
    if (status == PINAKES_OK)
        status = search_run(engine, question->query, question->options, arena, out, error);
    engine_use_aliases(engine, NULL);
    return status;
}

pinakes_status pinakes_search(pinakes_library *library, const char *query, const pinakes_search_options *options,
                              pinakes_results **out, pinakes_error *error)
{
    static const pinakes_search_options usual = {0};
    const struct search_question question = {query, options == NULL ? &usual : options};
    return answer_make(library, run, &question, out, error);
}
