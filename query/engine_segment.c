#include "query/engine_segment.h"

#include "base/error.h"
#include "base/sizes.h"
#include "indexer/bm25.h"
#include "query/document_set.h"
#include "query/engine_fts5.h"
#include "query/engine_plan.h"
#include "query/flat_query.h"
#include "query/fts5_part.h"
#include "query/prefix_search.h"
#include "query/sealed_collect.h"
#include "query/sealed_part.h"

#include <stddef.h>
#include <stdlib.h>

struct segment_plan {
    struct query_plan base;
    struct sealed *sealed;
    const struct sealed_moment *moment;
    struct store *store;
    struct arena *arena;
    const struct node *root;
    const struct node *filter;
    struct sealed_part *part;
    struct fts5_part *tail;     /* NULL when the segment holds every paper */
    struct leaf_source scoring; /* opens leaves in the segment, counts papers in the whole library */
    struct query_plan *instead; /* what answers since the segment was found damaged */
};

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
    const struct segment_plan *plan = plan_of(source);
    const uint64_t later = plan->tail == NULL ? 0 : fts5_part_papers(plan->tail, term);
    return sealed_part_word(plan->part, term)->papers + later;
}

static struct evaluation *evaluate(const struct segment_plan *plan, const struct node *tree)
{
    return sealed_part_evaluate(plan->part, &plan->scoring, tree);
}

/* ---- flat trees ------------------------------------------------------------------------------------------ */

/* The list of `late` is not looked for: it is to be set. */
static bool fill_terms(const struct segment_plan *plan, const struct flat_query *flat, const struct node *late,
                       struct ranked_term *terms, struct ranked_query *query)
{
    static const struct segment_list none = {.documents = 0};
    query->term_count = 0;
    for (size_t i = 0; i < flat->word_count; i++) {
        const struct node *word = flat->words[i];
        const struct segment_list *list = word == late ? &none : sealed_part_list(plan->part, word);
        if (list != NULL)
            terms[query->term_count++] = (struct ranked_term){
                *list, bm25_idf(plan->moment->collection.papers, papers_with(&plan->scoring, word)) * word->boost};
        else if (flat->needs_all)
            return false;
    }
    query->terms = terms;
    query->at_least = flat->needs_all ? query->term_count : 1;
    query->is_phrase = flat->is_phrase;
    query->fields = flat->fields;
    return query->term_count > 0;
}

/* Scores hits by the tree itself. */
struct tree_sums {
    struct ranked_sums base;
    const struct segment_plan *plan;
};

static pinakes_status score_by_tree(const struct ranked_sums *base, struct ranked_hit *hits, size_t count,
                                    pinakes_error *error)
{
    const struct segment_plan *plan = ((const struct tree_sums *)base)->plan;
    struct evaluation *evaluation = evaluate(plan, plan->root);
    if (evaluation == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++)
        if (evaluation_next(evaluation, hits[i].document) == hits[i].document)
            hits[i].score = evaluation_score(evaluation, hits[i].document,
                                             segment_length(&plan->moment->documents.lengths, hits[i].document));
    return sealed_part_check(plan->part, error);
}

/* Adds a document to what is kept, where there is room for it. */
static pinakes_status add_candidate(const struct segment_plan *plan, uint32_t document, double score,
                                    struct collected *out, pinakes_error *error)
{
    struct candidate *candidate = &out->kept.papers[out->kept.count++];
    if (!sealed_candidate(plan->moment, document, candidate))
        return segment_damaged(plan->moment->segment, error);
    candidate->score = score;
    return PINAKES_OK;
}

static bool is_among(const uint64_t *bits, uint32_t document)
{
    return bits == NULL || document_set_has(bits, document);
}

/* Adds the exceptions that may be found and are: each is evaluated by the whole tree. */
static pinakes_status add_exceptions(const struct segment_plan *plan, const struct flat_query *flat,
                                     const uint64_t *allowed, struct collected *out, pinakes_error *error)
{
    struct evaluation *evaluation = evaluate(plan, plan->root);
    if (evaluation == NULL)
        return error_no_memory(error);
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < flat->exception_count && status == PINAKES_OK; i++) {
        const uint32_t document = flat->exceptions[i];
        if (!is_among(allowed, document) || evaluation_next(evaluation, document) != document)
            continue;
        const double score =
            evaluation_score(evaluation, document, segment_length(&plan->moment->documents.lengths, document));
        status = add_candidate(plan, document, score, out, error);
        out->found++;
    }
    return status == PINAKES_OK ? sealed_part_check(plan->part, error) : status;
}

/* Adds to `additions` what the best of the spellings gives each document more than the usual one. */
static bool add_respelling(const struct segment_plan *plan, const struct respelling *respelling,
                           struct ranked_addition *additions, size_t count)
{
    const struct segment_lengths *lengths = &plan->moment->documents.lengths;
    struct evaluation *all = evaluate(plan, respelling->all), *usual = evaluate(plan, respelling->usual);
    if (all == NULL || usual == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const uint32_t document = additions[i].document;
        if (evaluation_next(all, document) != document)
            continue;
        double more = evaluation_score(all, document, segment_length(lengths, document));
        if (evaluation_next(usual, document) == document)
            more -= evaluation_score(usual, document, segment_length(lengths, document));
        additions[i].score += more > 0 ? (float)more : 0;
    }
    return true;
}

/* The respelled documents that may be found, with what comes on top of their words. */
static bool fill_additions(const struct segment_plan *plan, const struct flat_query *flat, const uint64_t *allowed,
                           struct ranked_query *query)
{
    struct ranked_addition *additions = arena_array(plan->arena, flat->respelled_count, sizeof *additions);
    if (additions == NULL)
        return false;
    for (size_t i = 0; i < flat->respelled_count; i++)
        if (is_among(allowed, flat->respelled[i]))
            additions[query->addition_count++] = (struct ranked_addition){flat->respelled[i], 0};
    query->additions = additions;
    for (size_t i = 0; i < flat->respelling_count; i++)
        if (!add_respelling(plan, &flat->respellings[i], additions, query->addition_count))
            return false;
    return true;
}

static void clear_bits(uint64_t *bits, const uint32_t *documents, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bits[documents[i] / 64] &= ~(UINT64_C(1) << documents[i] % 64);
}

/* The documents that may be found and that the words alone score. */
static const uint64_t *without_exceptions(const struct segment_plan *plan, const struct flat_query *flat,
                                          const uint64_t *allowed)
{
    const size_t words = document_set_words(plan->moment->documents.count);
    uint64_t *bits = arena_array(plan->arena, words, sizeof *bits);
    if (bits == NULL)
        return NULL;
    if (allowed == NULL)
        memset(bits, 0xff, words * sizeof *bits);
    else
        memcpy(bits, allowed, words * sizeof *bits);
    clear_bits(bits, flat->exceptions, flat->exception_count);
    clear_bits(bits, flat->respelled, flat->respelled_count);
    return bits;
}

/* The prefix whose list is better made of few documents, if there is one and no other like it: it weighs little, stands
 * in most of what the other words find, and one of these is far scarcer. */
static const struct node *find_late_prefix(const struct segment_plan *plan, const struct flat_query *flat,
                                           const struct ranked_query *query)
{
    enum { PART = 2, SCARCER = 2 };
    const struct node *late = NULL;
    uint64_t scarcest = UINT64_MAX;
    if (!flat->needs_all || flat->is_phrase || query->counts || query->best == 0 || flat->word_count < 2)
        return NULL;
    for (size_t i = 0; i < flat->word_count; i++) {
        const struct sealed_word *word = sealed_part_word(plan->part, flat->words[i]);
        const uint64_t documents = sealed_part_most(plan->part, flat->words[i]);
        if (late != NULL && word->is_several && !word->is_listed)
            return NULL;
        if (word->is_several && !word->is_listed && documents >= plan->moment->documents.count / PART)
            late = flat->words[i];
        else
            scarcest = documents < scarcest ? documents : scarcest;
    }
    return late != NULL && sealed_part_most(plan->part, late) / SCARCER > scarcest ? late : NULL;
}

static size_t place_of(const struct flat_query *flat, const struct node *word)
{
    size_t place = 0;
    while (flat->words[place] != word)
        place++;
    return place;
}

/* Ranks the words with the list of one prefix still to be made. */
static pinakes_status rank_late(const struct segment_plan *plan, const struct flat_query *flat, const struct node *late,
                                struct ranked_term *terms, struct ranked_query *query, struct ranked_answer *out,
                                bool *is_answered, pinakes_error *error)
{
    const struct sealed_word *word = sealed_part_word(plan->part, late);
    const struct late_prefix prefix = {place_of(flat, late), word->first, word->behind};
    *out = (struct ranked_answer){.hit_count = 0};
    *is_answered = !fill_terms(plan, flat, late, terms, query); /* a word is missing */
    if (*is_answered)
        return PINAKES_OK;
    return prefix_search(plan->moment, query, terms, &prefix, plan->arena, out, is_answered, error);
}

static pinakes_status rank_whole(const struct segment_plan *plan, const struct flat_query *flat,
                                 struct ranked_term *terms, struct ranked_query *query, struct ranked_answer *out,
                                 pinakes_error *error)
{
    *out = (struct ranked_answer){.hit_count = 0};
    sealed_part_enter(plan->part, plan->root);
    const bool has_terms = fill_terms(plan, flat, NULL, terms, query);
    const pinakes_status status = sealed_part_check(plan->part, error);
    return status == PINAKES_OK && has_terms ? ranked_search(plan->moment->searcher, query, out, error) : status;
}

static pinakes_status rank(const struct segment_plan *plan, const struct flat_query *flat, struct ranked_query *query,
                           struct collected *out, pinakes_error *error)
{
    struct ranked_term *terms = arena_array(plan->arena, flat->word_count, sizeof *terms);
    const struct node *late = find_late_prefix(plan, flat, query);
    struct ranked_answer ranked;
    bool is_answered = false;
    if (terms == NULL)
        return error_no_memory(error);
    pinakes_status status = PINAKES_OK;
    if (late != NULL)
        status = rank_late(plan, flat, late, terms, query, &ranked, &is_answered, error);
    if (status == PINAKES_OK && !is_answered)
        status = rank_whole(plan, flat, terms, query, &ranked, error);
    if (status != PINAKES_OK)
        return status;
    out->found = ranked.found;
    for (size_t i = 0; i < ranked.hit_count && status == PINAKES_OK; i++)
        status = add_candidate(plan, ranked.hits[i].document, ranked.hits[i].score, out, error);
    return status;
}

static pinakes_status find_flat(const struct segment_plan *plan, const struct flat_query *flat, size_t best,
                                bool counts, struct collected *out, pinakes_error *error)
{
    const struct segment_documents *documents = &plan->moment->documents;
    const size_t most = size_smaller(best, documents->count) + flat->exception_count;
    const struct tree_sums sums = {{score_by_tree}, plan};
    struct ranked_query query = {
        .average_length = plan->moment->collection.average_length,
        .sealed_average = documents->count == 0 ? 0 : (double)documents->length_total / documents->count,
        .best = best,
        .counts = counts,
        .sums = flat->is_plain ? NULL : &sums.base,
    };
    const uint64_t *allowed;
    *out = (struct collected){.kept = {arena_array(plan->arena, most, sizeof *out->kept.papers), 0}};
    if (out->kept.papers == NULL)
        return error_no_memory(error);
    pinakes_status status = sealed_part_allow(plan->part, flat->restrictions, flat->restriction_count, &allowed, error);
    query.allowed = allowed;
    if (status == PINAKES_OK && flat->respelled_count > 0 && !fill_additions(plan, flat, allowed, &query))
        return error_no_memory(error);
    if (status == PINAKES_OK && flat->exception_count + flat->respelled_count > 0 &&
        (query.allowed = without_exceptions(plan, flat, allowed)) == NULL)
        return error_no_memory(error);
    if (status == PINAKES_OK)
        status = rank(plan, flat, &query, out, error);
    if (status == PINAKES_OK && flat->exception_count > 0)
        status = add_exceptions(plan, flat, allowed, out, error);
    return status;
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
    task.evaluation = evaluate(plan, node);
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
    pinakes_status status = find_flat(plan, &flat, task.most, !question->is_uncounted, &best, error);
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

/* Sorting wants them in the order of paper ids, where it looks at more than candidates. */
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
    if (order_of(sort) == NULL && later->count > 0)
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
    const uint64_t papers = papers_with(&plan->scoring, term);
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
