/* Any of many words, as whoever looks for related work asks. The bounds of groups say little then: for each of the
 * words some document of a group holds it. So every document is bounded by what its group's bounds say of just the
 * words that it holds itself, sixteen bits a document, before a single frequency is read (accumulators of small whole
 * numbers: Anh and Moffat, "Pruned Query Evaluation Using Pre-Computed Impacts", 2006; block-max: Ding and Suel,
 * "Faster Top-k Document Retrieval Using Block-Max Indexes", 2011). Where one document of a group holds a word, the
 * bound is that document's score: the bounds of documents are seldom much more than their scores. The few that reach
 * the threshold are looked up in the lists, the greatest first, until they fall behind. */
#include "query/searcher.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { FIRST_DOCUMENTS = 10 }; /* looked up at least, to know a good k-th score */

/* A range of documents and the number of their bounds, in whole spans. */
struct bounded {
    uint32_t first, behind;
    size_t count;
    bool has_sums; /* of lists that are not dense: they stand in the bounds too */
};

/* Takes the bounds of documents that were offered before. */
static void bar_seen(struct searcher *searcher, const struct bounded *range, const struct seen_groups *seen)
{
    uint16_t *bounds = searcher->document_bounds;
    for (size_t group = 0; group < range->count / SEGMENT_GROUP; group++)
        if (seen->reach[group] >= seen->least)
            memset(bounds + group * SEGMENT_GROUP, 0, SEGMENT_GROUP * sizeof *bounds);
}

/* What stands in the bound of a document for what it has already, as add_most() counts it. */
static uint32_t worth_of_sum(const struct searcher *searcher, const struct bounded *range, float sum)
{
    const float worth = sum * most_scale(searcher) + 1;
    return range->has_sums ? (uint32_t)(worth < UINT16_MAX ? worth : UINT16_MAX) : 0;
}

/* Takes the bounds of documents that may not be found. */
static void bar(struct searcher *searcher, const struct bounded *range)
{
    for (uint32_t document = range->first; document < range->behind; document++)
        if (!is_allowed(searcher, document))
            searcher->document_bounds[document - range->first] = 0;
}

static struct bounded bound_range(struct searcher *searcher, uint32_t first, uint32_t behind, bool has_sums)
{
    const size_t spans = (behind - first + SEGMENT_RANK_SPAN - 1) / SEGMENT_RANK_SPAN;
    const struct bounded range = {first, behind, spans * SEGMENT_RANK_SPAN, has_sums};
    searcher->groups.first = first;
    searcher->kernels->bound_documents(&searcher->groups, spans, searcher->document_bounds);
    if (has_sums)
        searcher->kernels->add_most(searcher->document_bounds, searcher->sums, most_scale(searcher), range.count,
                                    searcher->document_bounds);
    if (searcher->allowed != NULL)
        bar(searcher, &range);
    return range;
}

/* Makes the documents whose bounds reach `least`, but not `below`, survivors with what they have already. */
static void choose(struct searcher *searcher, const struct bounded *range, unsigned least, unsigned below)
{
    const size_t count =
        searcher->kernels->reach(searcher->document_bounds, range->count, (uint16_t)least, searcher->survivors);
    size_t kept = 0;
    for (size_t i = 0; i < count && searcher->survivors[i] < range->behind - range->first; i++) {
        const uint32_t at = searcher->survivors[i];
        searcher->survivors[kept] = range->first + at;
        searcher->partial[kept] = range->has_sums ? searcher->sums[at] : 0;
        searcher->rests[kept] = searcher->document_bounds[at] - worth_of_sum(searcher, range, searcher->sums[at]);
        kept += searcher->document_bounds[at] < below ? 1 : 0;
    }
    searcher->survivor_count = kept;
}

/* Asks for what the look-up of the survivors in a list begins with. */
static void fetch(const struct searcher *searcher, const struct segment_dense *dense)
{
    for (size_t i = 0; i < searcher->survivor_count; i++) {
        const uint32_t document = searcher->survivors[i];
        __builtin_prefetch(&dense->bits[document / 64]);
        __builtin_prefetch(&dense->ranks[document / SEGMENT_RANK_SPAN]);
        __builtin_prefetch(&dense->bounds[document / SEGMENT_GROUP]);
    }
}

/* Looks the documents whose bounds reach `least`, but not `below`, up in all lists and offers those that keep up. */
static void look_up(struct searcher *searcher, const struct bounded *range, unsigned least, unsigned below)
{
    const struct group_sums *groups = &searcher->groups;
    struct bm25_factors factors = {.base = groups->base, .slope = groups->slope, .shortest = groups->shortest};
    const float cut = fmaxf(searcher->top.threshold, FLT_MIN);
    choose(searcher, range, least, below);
    for (size_t list = 0; list < groups->term_count; list++) {
        factors.weight = groups->terms[list].weight;
        if (list + 1 < groups->term_count)
            fetch(searcher, groups->terms[list + 1].dense);
        searcher->survivor_count = searcher->kernels->look_up(&factors, &groups->terms[list], groups->lengths,
                                                              groups->rest_unit, cut, searcher->survivor_count,
                                                              searcher->survivors, searcher->partial, searcher->rests);
    }
    survivors_raise(searcher);
    survivors_offer(searcher);
}

void search_documents(struct searcher *searcher, uint32_t first, uint32_t behind, bool has_sums,
                      const struct seen_groups *seen)
{
    const size_t wanted = FIRST_DOCUMENTS + searcher->top.best;
    searcher->is_damaged |= !segment_column_is_sound(searcher->segment, SEGMENT_LENGTHS, first, behind - 1);
    const struct bounded range = bound_range(searcher, first, behind, has_sums);
    if (seen != NULL)
        bar_seen(searcher, &range, seen);
    const uint16_t *bounds = searcher->document_bounds;
    unsigned below = UINT16_MAX + 1u;
    if (searcher->kernels->reach(bounds, range.count, bound_to_reach(searcher), NULL) > 2 * wanted) {
        const uint16_t least = bound_to_begin_with(searcher, bounds, range.count, wanted);
        look_up(searcher, &range, least, below);
        below = least;
    }
    if (bound_to_reach(searcher) < below)
        look_up(searcher, &range, bound_to_reach(searcher), below);
}
