#include "query/related.h"

#include "api/answer.h"

struct related_question {
    const pinakes_seeds *seeds;
    const pinakes_search_options *options;
};

static pinakes_status run(struct engine *engine, const void *context, struct arena *arena, pinakes_results *out,
                          pinakes_error *error)
{
    const struct related_question *question = context;
    return related_run(engine, question->seeds, question->options, arena, out, error);
}

pinakes_status pinakes_related(pinakes_library *library, const pinakes_seeds *seeds,
                               const pinakes_search_options *options, pinakes_results **out, pinakes_error *error)
{
    static const pinakes_search_options usual = {0};
    const struct related_question question = {seeds, options == NULL ? &usual : options};
    return answer_make(library, run, &question, out, error);
}
