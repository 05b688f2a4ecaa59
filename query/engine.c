#include "query/engine.h"

#include "base/error.h"
#include "query/engine_fts5.h"
#include "query/engine_plan.h"
#include "query/engine_segment.h"

#include <stdlib.h>
#include <string.h>

struct engine {
    struct store *store;
    struct sealed *sealed; /* NULL: FTS5 answers everything */
    bool must_be_sealed;
    const struct aliases *aliases;
    pinakes_error complaint; /* the last one told */
};

static bool is_wanted(const char *name)
{
    const char *wanted = getenv("PINAKES_ENGINE");
    return wanted != NULL && strcmp(wanted, name) == 0;
}

pinakes_status engine_open(struct store *store, struct engine **out, pinakes_error *error)
{
    struct engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL)
        return error_no_memory(error);
    engine->store = store;
    engine->must_be_sealed = is_wanted("segment");
    pinakes_status status = fts5_attach(store, error);
    if (status == PINAKES_OK && !is_wanted("fts5"))
        status = sealed_create(store, &engine->sealed, error);
    if (status == PINAKES_OK)
        *out = engine;
    else
        engine_close(engine);
    return status;
}

void engine_close(struct engine *engine)
{
    if (engine == NULL)
        return;
    sealed_free(engine->sealed);
    free(engine);
}

void engine_use_aliases(struct engine *engine, const struct aliases *aliases)
{
    engine->aliases = aliases;
}

const struct aliases *engine_aliases(const struct engine *engine)
{
    return engine->aliases;
}

struct store *engine_store(const struct engine *engine)
{
    return engine->store;
}

pinakes_status engine_sealed(struct engine *engine, const struct sealed_moment **out, pinakes_error *error)
{
    *out = NULL;
    if (engine->sealed == NULL)
        return PINAKES_OK;
    const pinakes_status status = sealed_now(engine->sealed, out, error);
    if (status != PINAKES_OK || *out != NULL || !engine->must_be_sealed)
        return status;
    const pinakes_error *why = sealed_complaint(engine->sealed);
    return error_set(error, why == NULL ? PINAKES_NOT_FOUND : why->status, "%s",
                     why == NULL ? "there is no ranked index, which PINAKES_ENGINE asks for" : why->message);
}

void engine_give_up_sealed(struct engine *engine, const pinakes_error *why)
{
    sealed_give_up(engine->sealed, why);
}

pinakes_status engine_prepare(struct engine *engine, const struct node *root, const struct node *filter,
                              struct arena *arena, struct query_plan **out, pinakes_error *error)
{
    const struct sealed_moment *moment;
    struct query_plan *plan = NULL;
    pinakes_status status = engine_sealed(engine, &moment, error);
    if (status == PINAKES_OK && moment != NULL)
        status = segment_prepare(engine->sealed, moment, engine->store, root, filter, arena, &plan, error);
    if (status == PINAKES_DAMAGED && moment != NULL) {
        sealed_give_up(engine->sealed, error);
        status = PINAKES_OK;
        plan = NULL;
    }
    if (status == PINAKES_OK && plan == NULL)
        return fts5_prepare(engine->store, root, filter, arena, out, error);
    *out = plan;
    return status;
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
    const struct sealed_moment *moment;
    pinakes_error unwanted;
    bool is_known = false, has = false;
    if (engine_sealed(engine, &moment, &unwanted) == PINAKES_OK && moment != NULL)
        has = segment_has_token(moment, token, &is_known);
    return is_known ? has : fts5_has_token(engine->store, token);
}

const char *engine_complaint(struct engine *engine)
{
    const pinakes_error *complaint = engine->sealed == NULL ? NULL : sealed_complaint(engine->sealed);
    if (complaint == NULL || strcmp(complaint->message, engine->complaint.message) == 0)
        return NULL;
    engine->complaint = *complaint;
    return engine->complaint.message;
}

struct candidates page_of(const struct candidates *found, const struct question *question)
{
    const size_t first = question->offset < found->count ? question->offset : found->count;
    const size_t left = found->count - first;
    return (struct candidates){.papers = found->count == 0 ? NULL : found->papers + first,
                               .count = left < question->limit ? left : question->limit};
}
