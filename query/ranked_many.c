/* Any of many words, as whoever looks for related work asks. The bounds of groups say little then: for each of the
 * words some document of a group holds it. So every document is bounded by what its group's bounds say of just the
 * words that it holds itself, eight bits a document, before a single frequency is read (accumulators of small whole
 * numbers: Anh and Moffat, "Pruned Query Evaluation Using Pre-Computed Impacts", 2006; block-max: Ding and Suel,
 * "Faster Top-k Document Retrieval Using Block-Max Indexes", 2011).
 *
 * Only the lists that give most stand in the bounds: the others, whose words are common, add little even together
 * (MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995). The documents with the greatest
 * bounds are looked up first, for their scores tell what the k-th best has at least; more lists then join the bounds,
 * if those still let too many documents pass, and all that pass are looked up in every list, the greatest first, until
 * they fall behind. */
#include "query/searcher.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum {
    FIRST_DOCUMENTS = 10, /* looked up at least, to know a good k-th score */
    FEW_DOCUMENTS = 200,  /* and no more: to look them up costs less than to bound them better */
    UNITS = 200,          /* of documents' bounds that the threshold is made: they go to 255 */
    PROMISING = 8,        /* documents for each that is wanted: the best of them may raise a known threshold */
    GUESS = 6,            /* the k-th best has at least this part of what all lists give, as a rule */
};

/* Lists join the bounds until the others give at most these parts of the threshold: at first, and for good. */
static const double FIRST_REST = 0.5, LAST_REST = 0.1;

/* A range of documents and their bounds. */
struct bounded {
    uint32_t first, behind;
    size_t count;  /* of bounds, in whole spans */
    bool has_sums; /* of lists that are not dense: they stand in the bounds too */
    const struct seen_groups *seen;
    float unit;    /* of the bounds, in score */
    size_t lists;  /* in the bounds: so many of the first */
    double rest;   /* no document gets more of the others */
    uint32_t most; /* nor of these, in units */
};

/* ---- bounds ---------------------------------------------------------------------------------------------- */

static float scale_of(const struct bounded *range)
{
    return 1 / range->unit * (1 + 1e-6f);
}

/* What stands in the bound of a document for what it has already, as start_bounds() counts it. */
static uint32_t worth_of_sum(const struct bounded *range, float sum)
{
    const float worth = sum * scale_of(range) + 1;
    return range->has_sums ? (uint32_t)(worth < UINT8_MAX ? worth : UINT8_MAX) : 0;
}

/* Bounds the documents by their sums alone. A list's greatest bound is to stay below what eight bits hold. */
static void start_bounds(struct searcher *searcher, struct bounded *range, float threshold)
{
    double unit = fmax((double)threshold / UNITS, FLT_MIN), all = 0;
    for (size_t i = 0; i < searcher->groups.term_count; i++) {
        struct group_term *term = &searcher->group_terms[i];
        unit = fmax(unit, 1.02 * term->unit);
        all += (double)term->bound;
        term->document_weight = 0;
    }
    range->unit = (float)unit;
    range->lists = 0;
    range->rest = all * (1 + 1e-6);
    range->most = 0;
    if (range->has_sums)
        searcher->kernels->start_bounds(searcher->sums, scale_of(range), range->count, searcher->document_bounds);
    else
        memset(searcher->document_bounds, 0, range->count);
    const size_t documents = range->behind - range->first;
    memset(searcher->document_bounds + documents, 0, range->count - documents);
}

/* Takes the bounds of documents that were offered before. */
static void bar_seen(struct searcher *searcher, const struct bounded *range)
{
    uint8_t *bounds = searcher->document_bounds;
    for (size_t group = 0; group < range->count / SEGMENT_GROUP; group++)
        if (range->seen->reach[group] >= range->seen->least)
            memset(bounds + group * SEGMENT_GROUP, 0, SEGMENT_GROUP * sizeof *bounds);
}

/* Puts lists into the bounds until the others give at most `rest`. */
static void bound(struct searcher *searcher, struct bounded *range, double rest)
{
    const size_t from = range->lists;
    while (range->lists < searcher->groups.term_count && range->rest > rest) {
        struct group_term *term = &searcher->group_terms[range->lists++];
        term->document_weight = (uint16_t)ceil(term->unit / (double)range->unit * (1 + 1e-6) * 65536);
        range->most += (UINT8_MAX * (uint32_t)term->document_weight >> 16) + 1;
        range->rest -= (double)term->bound;
    }
    searcher->kernels->bound_documents(&searcher->groups, from, range->lists, range->count / SEGMENT_RANK_SPAN,
                                       searcher->document_bounds);
    if (searcher->allowed != NULL)
        searcher->kernels->bar_others(searcher->allowed + (range->first - searcher->allowed_first) / 64,
                                      (range->behind - range->first + 63) / 64, searcher->document_bounds);
    if (range->seen != NULL)
        bar_seen(searcher, range);
}

/* What a document's bound must be for it to reach the threshold, were it not for eight bits. */
static double bound_needed(const struct searcher *searcher, const struct bounded *range)
{
    return ((double)searcher->top.threshold - range->rest) / (double)range->unit;
}

static uint8_t least_bound(const struct searcher *searcher, const struct bounded *range)
{
    const double needed = bound_needed(searcher, range);
    return (uint8_t)(needed > 1 ? (needed < UINT8_MAX ? needed : UINT8_MAX) : 1);
}

static size_t count_reaching(const struct searcher *searcher, const struct bounded *range, uint8_t least)
{
    return searcher->kernels->reach_documents(searcher->document_bounds, range->count, least, NULL);
}

/* The greatest bound that at least `wanted` documents reach, if so many have one. */
static uint8_t bound_of_rank(const struct searcher *searcher, const struct bounded *range, size_t wanted)
{
    unsigned low = 1, high = UINT8_MAX + 1;
    while (high - low > 1) {
        const unsigned middle = low + (high - low) / 2;
        if (count_reaching(searcher, range, (uint8_t)middle) < wanted)
            high = middle;
        else
            low = middle;
    }
    return (uint8_t)low;
}

/* ---- looking up ------------------------------------------------------------------------------------------ */

/* Makes the documents whose bounds reach `least` survivors with what they have already. Of a bound that eight bits do
 * not hold nothing is known but that. */
static void choose(struct searcher *searcher, const struct bounded *range, uint8_t least)
{
    const size_t count =
        searcher->kernels->reach_documents(searcher->document_bounds, range->count, least, searcher->survivors);
    for (size_t i = 0; i < count; i++) {
        const uint32_t at = searcher->survivors[i], reached = searcher->document_bounds[at];
        searcher->survivors[i] = range->first + at;
        searcher->partial[i] = range->has_sums ? searcher->sums[at] : 0;
        searcher->rests[i] = reached == UINT8_MAX ? range->most : reached - worth_of_sum(range, searcher->partial[i]);
    }
    searcher->survivor_count = count;
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

/* Looks the documents whose bounds reach `least` up in all lists; those that keep up are survivors. */
static void look_up(struct searcher *searcher, const struct bounded *range, uint8_t least)
{
    const struct group_sums *groups = &searcher->groups;
    struct bm25_factors factors = {.base = groups->base, .slope = groups->slope, .shortest = groups->shortest};
    double rest = range->rest;
    choose(searcher, range, least);
    for (size_t list = 0; list < groups->term_count; list++) {
        rest -= list < range->lists ? 0 : (double)groups->terms[list].bound;
        const float cut = (float)((double)searcher->top.threshold - rest);
        factors.weight = groups->terms[list].weight;
        if (list + 1 < groups->term_count)
            fetch(searcher, groups->terms[list + 1].dense);
        searcher->survivor_count = searcher->kernels->look_up(
            &factors, &groups->terms[list], groups->lengths, range->unit, fmaxf(cut, FLT_MIN), searcher->survivor_count,
            searcher->survivors, searcher->partial, searcher->rests);
    }
    survivors_raise(searcher);
}

/* Raises the threshold to what the documents with the greatest bounds have; they are not offered yet. */
static void raise_by_best(struct searcher *searcher, const struct bounded *range, size_t wanted)
{
    look_up(searcher, range, bound_of_rank(searcher, range, wanted));
    searcher->survivor_count = 0;
}

/* ---- one range ------------------------------------------------------------------------------------------- */

static bool more_reach(const struct searcher *searcher, const struct bounded *range, size_t wanted)
{
    return count_reaching(searcher, range, least_bound(searcher, range)) > wanted;
}

/* Bounds by the lists that give most; a threshold that was guessed is one from the documents with the greatest bounds
 * then, and the bounds are begun again if they do not tell what reaches it. */
static void bound_first(struct searcher *searcher, struct bounded *range, size_t wanted)
{
    const float *threshold = &searcher->top.threshold;
    const bool is_known = *threshold > 0;
    const float known = is_known ? *threshold : searcher->lists[0].rest / GUESS;
    start_bounds(searcher, range, known);
    bound(searcher, range, (double)known * FIRST_REST);
    if (is_known || !more_reach(searcher, range, 2 * wanted))
        return;
    raise_by_best(searcher, range, wanted);
    if (bound_needed(searcher, range) <= UINT8_MAX)
        return;
    start_bounds(searcher, range, *threshold);
    bound(searcher, range, (double)*threshold * FIRST_REST);
}

void search_documents(struct searcher *searcher, uint32_t first, uint32_t behind, bool has_sums,
                      const struct seen_groups *seen)
{
    const size_t wanted = FIRST_DOCUMENTS + searcher->top.best;
    const size_t spans = (behind - first + SEGMENT_RANK_SPAN - 1) / SEGMENT_RANK_SPAN;
    struct bounded range = {first, behind, .count = spans * SEGMENT_RANK_SPAN, .has_sums = has_sums, .seen = seen};
    const float *threshold = &searcher->top.threshold;
    const bool is_known = *threshold > 0;
    searcher->is_damaged |= !segment_column_is_sound(searcher->segment, SEGMENT_LENGTHS, first, behind - 1);
    searcher->groups.first = first;
    bound_first(searcher, &range, wanted);
    const bool others_reach = range.rest >= (double)*threshold; /* documents of none of the lists in the bounds */
    if (others_reach || more_reach(searcher, &range, 2 * wanted + FEW_DOCUMENTS))
        bound(searcher, &range, (double)*threshold * LAST_REST);
    if (is_known && more_reach(searcher, &range, PROMISING * wanted))
        raise_by_best(searcher, &range, wanted);
    look_up(searcher, &range, least_bound(searcher, &range));
    survivors_offer(searcher);
}
