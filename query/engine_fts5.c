#include "query/engine_fts5.h"

#include "base/error.h"
#include "indexer/bm25.h"
#include "query/engine_plan.h"
#include "query/facets.h"
#include "query/fts5_compile.h"
#include "query/fts5_part.h"
#include "query/fts5_rank.h"
#include "query/order.h"

struct fts5_plan {
    struct query_plan base;
    struct store *store;
    struct arena *arena;
    const struct node *root;
    const struct node *filter;
    struct fts5_part *part;
};

pinakes_status fts5_attach(struct store *store, pinakes_error *error)
{
    const int code = fts5_rank_register(store_db(store));
    return code == SQLITE_OK ? PINAKES_OK : store_error(store, code, "preparing to search", error);
}

static const struct plan_methods methods;

pinakes_status fts5_prepare(struct store *store, const struct node *root, const struct node *filter,
                            struct arena *arena, struct query_plan **out, pinakes_error *error)
{
    struct fts5_plan *plan = arena_alloc(arena, sizeof *plan);
    if (plan == NULL)
        return error_no_memory(error);
    *plan = (struct fts5_plan){.base = {&methods}, .store = store, .arena = arena, .root = root, .filter = filter};
    const pinakes_status status = fts5_part_prepare(store, root, filter, NULL, NULL, NULL, arena, &plan->part, error);
    if (status == PINAKES_OK)
        *out = &plan->base;
    return status;
}

static pinakes_status add_facets(const struct fts5_plan *plan, const struct candidates *found, struct arena *kept,
                                 pinakes_facet **out, pinakes_error *error)
{
    struct facet_tally tally = {.arena = kept, .scratch = plan->arena};
    pinakes_facet *facets = arena_array(kept, FACET_COUNT, sizeof *facets);
    if (facets == NULL)
        return error_no_memory(error);
    const pinakes_status status = facets_add_papers(&tally, plan->store, found, error);
    *out = facets;
    return status == PINAKES_OK ? facets_finish(&tally, facets, error) : status;
}

static pinakes_status run(struct query_plan *base, const struct question *question, struct answer *out,
                          pinakes_error *error)
{
    const struct fts5_plan *plan = (const struct fts5_plan *)base;
    struct candidates found = {0};
    struct answer answer = {0};
    pinakes_status status = fts5_part_find(plan->part, plan->root, plan->filter, &found, error);
    if (status == PINAKES_OK && question->facets)
        status = add_facets(plan, &found, question->kept, &answer.facets, error);
    if (status == PINAKES_OK && !question->unsorted)
        status = order_candidates(plan->store, &found, question->sort, plan->arena, error);
    if (status != PINAKES_OK)
        return status;
    answer.found = found.count;
    answer.page = page_of(&found, question);
    *out = answer;
    return PINAKES_OK;
}

static pinakes_status count(struct query_plan *plan, const struct node *node, const struct node *filter, uint64_t *out,
                            pinakes_error *error)
{
    return fts5_part_count(((const struct fts5_plan *)plan)->part, node, filter, out, error);
}

/* ---- small questions ------------------------------------------------------------------------------------- */

static struct term_weight weight(const struct query_plan *base, const struct node *term)
{
    const struct fts5_plan *plan = (const struct fts5_plan *)base;
    const uint64_t papers = fts5_part_papers(plan->part, term);
    return (struct term_weight){papers, bm25_idf(fts5_part_collection(plan->part).papers, papers)};
}

static struct collection collection(const struct query_plan *plan)
{
    return fts5_part_collection(((const struct fts5_plan *)plan)->part);
}

static const struct plan_methods methods = {.run = run, .count = count, .weight = weight, .collection = collection};

static const char token_sql[] = "SELECT 1 FROM papers_fts WHERE papers_fts MATCH ?1 LIMIT 1";

bool fts5_has_token(struct store *store, struct span token)
{
    struct buffer match = {0};
    fts5_compile_token(token, &match);
    sqlite3_stmt *select = match.failed ? NULL : store_statement(store, token_sql, NULL);
    bool has = false;
    if (select != NULL) {
        (void)sqlite3_bind_text64(select, 1, match.at, match.len, SQLITE_STATIC, SQLITE_UTF8);
        has = sqlite3_step(select) == SQLITE_ROW;
        (void)sqlite3_reset(select);
    }
    buffer_free(&match);
    return has;
}
