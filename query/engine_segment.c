#include "query/engine_segment.h"

#include "base/error.h"
#include "indexer/bm25.h"
#include "query/engine_fts5.h"
#include "query/flat_search.h"

#include <stddef.h>
#include <stdlib.h>

/* ---- the whole library ----------------------------------------------------------------------------------- */

static const struct segment_plan *plan_of(const struct leaf_source *source)
{
    return (const struct segment_plan *)((uintptr_t)source - offsetof(struct segment_plan, scoring));
}

static struct posting_cursor *open_leaf(const struct leaf_source *source, const struct node *leaf, struct arena *arena)
{
    const struct leaf_source *sealed = sealed_part_source(plan_of(source)->part);
    return sealed->open(sealed, leaf, arena);
}

static uint64_t papers_with(const struct leaf_source *source, const struct node *term)
{
    return segment_plan_papers(plan_of(source), term);
}

/* ---- any tree -------------------------------------------------------------------------------------------- */

/* The papers of the segment that `node` and `filter` match: the first `most` in an order, and the facets of all. */
static pinakes_status go_over(const struct segment_plan *plan, const struct node *node, const struct node *filter,
                              const struct collection_task *wanted, struct collected *out, pinakes_error *error)
{
    struct collection_task task = *wanted;
    const pinakes_status status = sealed_part_allow(plan->part, &filter, filter == NULL ? 0 : 1, &task.allowed, error);
    if (status != PINAKES_OK)
        return status;
    task.moment = plan->moment;
    task.arena = plan->arena;
    task.evaluation = segment_plan_evaluate(plan, node);
    if (task.evaluation == NULL)
        return error_no_memory(error);
    const pinakes_status collected = collect(&task, out, error);
    return collected == PINAKES_OK ? sealed_part_check(plan->part, error) : collected;
}

/* The number of papers from the first on that the page asked for reaches to. */
static size_t reach(const struct question *question)
{
    return question->limit > SIZE_MAX - question->offset ? SIZE_MAX : question->limit + question->offset;
}

static pinakes_status find_sealed(const struct segment_plan *plan, const struct question *question,
                                  struct collected *out, pinakes_error *error)
{
    struct flat_query flat;
    struct collection_task task = {
        .order = order_of(question->sort), .most = reach(question), .facets = question->facets};
    bool is_flat = false;
    if (question->sort == PINAKES_BY_SCORE && task.most <= RANKED_MOST) {
        const pinakes_status read =
            flat_query_read(plan->part, plan->root, plan->filter, plan->arena, &flat, &is_flat, error);
        if (read != PINAKES_OK)
            return read;
    }
    if (!is_flat)
        return go_over(plan, plan->root, plan->filter, &task, out, error);
    struct collected best;
    pinakes_status status = flat_search(plan, &flat, task.most, !question->is_uncounted, &best, error);
    if (status == PINAKES_OK && question->facets) {
        task.most = 0;
        status = go_over(plan, plan->root, plan->filter, &task, out, error);
        out->kept = best.kept;
        return status;
    }
    *out = best;
    return status;
}

/* ---- segment and tail together --------------------------------------------------------------------------- */

static int by_paper(const void *a, const void *b)
{
    const int64_t x = ((const struct candidate *)a)->paper, y = ((const struct candidate *)b)->paper;
    return (x > y) - (x < y);
}

/* Where it looks at more than candidates, sorting wants them in the order of paper ids. */
static pinakes_status add_tail(const struct segment_plan *plan, struct collected *sealed,
                               const struct candidates *later, pinakes_sort sort, pinakes_error *error)
{
    struct candidate *papers = arena_array(plan->arena, sealed->kept.count + later->count, sizeof *papers);
    if (papers == NULL)
        return error_no_memory(error);
    if (sealed->kept.count > 0)
        memcpy(papers, sealed->kept.papers, sealed->kept.count * sizeof *papers);
    if (later->count > 0)
        memcpy(papers + sealed->kept.count, later->papers, later->count * sizeof *papers);
    sealed->kept = (struct candidates){papers, sealed->kept.count + later->count};
    if (order_of(sort) == NULL && sealed->kept.count > 0)
        qsort(papers, sealed->kept.count, sizeof *papers, by_paper);
    return PINAKES_OK;
}

static pinakes_status add_facets(const struct segment_plan *plan, const struct collected *sealed,
                                 const struct candidates *later, const struct question *question, pinakes_facet **out,
                                 pinakes_error *error)
{
    struct facet_tally tally = {.arena = question->kept, .scratch = plan->arena};
    pinakes_facet *facets = arena_array(question->kept, FACET_COUNT, sizeof *facets);
    if (facets == NULL)
        return error_no_memory(error);
    pinakes_status status = collected_add_facets(sealed, plan->moment, plan->store, &tally, error);
    if (status == PINAKES_OK)
        status = facets_add_papers(&tally, plan->store, later, error);
    *out = facets;
    return status == PINAKES_OK ? facets_finish(&tally, facets, error) : status;
}

static pinakes_status finish(const struct segment_plan *plan, struct collected *sealed, const struct question *question,
                             struct answer *out, pinakes_error *error)
{
    struct candidates later = {0};
    struct answer answer = {0};
    pinakes_status status = PINAKES_OK;
    if (plan->tail != NULL)
        status = fts5_part_find(plan->tail, plan->root, plan->filter, &later, error);
    answer.found = sealed->found + later.count;
    if (status == PINAKES_OK && question->facets)
        status = add_facets(plan, sealed, &later, question, &answer.facets, error);
    if (status == PINAKES_OK)
        status = add_tail(plan, sealed, &later, question->sort, error);
    if (status == PINAKES_OK && !question->unsorted)
        status = order_candidates(plan->store, &sealed->kept, question->sort, plan->arena, error);
    if (status != PINAKES_OK)
        return status;
    answer.page = page_of(&sealed->kept, question);
    *out = answer;
    return PINAKES_OK;
}

/* ---- when the segment proves to be damaged --------------------------------------------------------------- */

static pinakes_status do_without(struct segment_plan *plan, pinakes_error *error)
{
    sealed_give_up(plan->sealed, error);
    return fts5_prepare(plan->store, plan->root, plan->filter, plan->arena, &plan->instead, error);
}

static pinakes_status run(struct query_plan *base, const struct question *question, struct answer *out,
                          pinakes_error *error)
{
    struct segment_plan *plan = (struct segment_plan *)base;
    struct collected sealed;
    if (plan->instead == NULL) {
        pinakes_status status = find_sealed(plan, question, &sealed, error);
        if (status == PINAKES_OK)
            return finish(plan, &sealed, question, out, error);
        if (status == PINAKES_DAMAGED)
            status = do_without(plan, error);
        if (status != PINAKES_OK)
            return status;
    }
    return engine_run(plan->instead, question, out, error);
}

/* ---- small questions ------------------------------------------------------------------------------------- */

static pinakes_status count_sealed(const struct segment_plan *plan, const struct node *node, const struct node *filter,
                                   uint64_t *out, pinakes_error *error)
{
    const bool is_word = node_is_word(node);
    const struct collection_task task = {.most = 0};
    struct collected collected;
    if (is_word && node->fields == 0 && filter == NULL) {
        *out = sealed_part_word(plan->part, node)->papers;
        return PINAKES_OK;
    }
    const pinakes_status status = go_over(plan, node, filter, &task, &collected, error);
    if (status == PINAKES_OK)
        *out = collected.found;
    return status;
}

static pinakes_status count(struct query_plan *base, const struct node *node, const struct node *filter, uint64_t *out,
                            pinakes_error *error)
{
    struct segment_plan *plan = (struct segment_plan *)base;
    uint64_t sealed = 0, later = 0;
    if (plan->instead == NULL) {
        pinakes_status status = count_sealed(plan, node, filter, &sealed, error);
        if (status == PINAKES_OK && plan->tail != NULL)
            status = fts5_part_count(plan->tail, node, filter, &later, error);
        if (status == PINAKES_DAMAGED)
            status = do_without(plan, error);
        if (status != PINAKES_OK)
            return status;
    }
    if (plan->instead != NULL)
        return engine_count(plan->instead, node, filter, out, error);
    *out = sealed + later;
    return PINAKES_OK;
}

static struct term_weight weight(const struct query_plan *base, const struct node *term)
{
    const struct segment_plan *plan = (const struct segment_plan *)base;
    const uint64_t papers = segment_plan_papers(plan, term);
    return (struct term_weight){papers, bm25_idf(plan->moment->collection.papers, papers)};
}

static struct collection collection(const struct query_plan *plan)
{
    return ((const struct segment_plan *)plan)->moment->collection;
}

bool segment_has_token(const struct sealed_moment *moment, struct span token, bool *is_known)
{
    struct segment_list list;
    pinakes_error error;
    bool found;
    *is_known = false;
    if (segment_list_find(moment->segment, token, &list, &found, &error) != PINAKES_OK)
        return false;
    if (found) /* the list of a stem holds more than the stem */
        *is_known = moment->stale_count == 0 || (token.at[0] != STEM_MARK && list.documents > moment->stale_count);
    else
        *is_known = moment->tail.count == 0;
    return found;
}

pinakes_status segment_prepare(struct sealed *sealed, const struct sealed_moment *moment, struct store *store,
                               const struct node *root, const struct node *filter, struct arena *arena,
                               struct query_plan **out, pinakes_error *error)
{
    static const struct plan_methods methods = {.run = run, .count = count, .weight = weight, .collection = collection};
    struct segment_plan *plan = arena_alloc(arena, sizeof *plan);
    if (plan == NULL)
        return error_no_memory(error);
    *plan = (struct segment_plan){.base = {&methods},
                                  .sealed = sealed,
                                  .moment = moment,
                                  .store = store,
                                  .arena = arena,
                                  .root = root,
                                  .filter = filter,
                                  .scoring = {open_leaf, papers_with}};
    pinakes_status status = sealed_part_prepare(moment, store, root, filter, arena, &plan->part, error);
    if (status == PINAKES_OK && plan->part != NULL && moment->tail.count > 0)
        status = fts5_part_prepare(store, root, filter, &moment->tail, moment->tail_read, &plan->scoring, arena,
                                   &plan->tail, error);
    *out = plan->part == NULL ? NULL : &plan->base;
    return status;
}
