#include "query/engine.h"

#include "base/error.h"
#include "query/engine_fts5.h"
#include "query/engine_plan.h"

#include <stdlib.h>

struct engine {
    struct store *store;
};

pinakes_status engine_open(struct store *store, struct engine **out, pinakes_error *error)
{
    struct engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL)
        return error_no_memory(error);
    engine->store = store;
    const pinakes_status status = fts5_attach(store, error);
    if (status == PINAKES_OK)
        *out = engine;
    else
        engine_close(engine);
    return status;
}

void engine_close(struct engine *engine)
{
    free(engine);
}

struct store *engine_store(const struct engine *engine)
{
    return engine->store;
}

pinakes_status engine_prepare(struct engine *engine, const struct node *root, const struct node *filter,
                              struct arena *arena, struct query_plan **out, pinakes_error *error)
{
    return fts5_prepare(engine->store, root, filter, arena, out, error);
}

pinakes_status engine_run(struct query_plan *plan, const struct question *question, struct answer *out,
                          pinakes_error *error)
{
    return plan->methods->run(plan, question, out, error);
}

pinakes_status engine_count(struct query_plan *plan, const struct node *node, const struct node *filter, uint64_t *out,
                            pinakes_error *error)
{
    return plan->methods->count(plan, node, filter, out, error);
}

struct term_weight engine_weight(const struct query_plan *plan, const struct node *term)
{
    return plan->methods->weight(plan, term);
}

struct collection engine_collection(const struct query_plan *plan)
{
    return plan->methods->collection(plan);
}

bool engine_has_token(struct engine *engine, struct span token)
{
    return fts5_has_token(engine->store, token);
}

struct candidates page_of(const struct candidates *found, const struct question *question)
{
    const size_t first = question->offset < found->count ? question->offset : found->count;
    const size_t left = found->count - first;
    return (struct candidates){.papers = found->count == 0 ? NULL : found->papers + first,
                               .count = left < question->limit ? left : question->limit};
}
