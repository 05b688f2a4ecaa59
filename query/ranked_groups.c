/* Any of the words where some of them are frequent: groups of sixteen documents are bounded, all of them, before a
 * single posting of a dense list is read, and only those that may hold one of the best are looked into, the most
 * promising first (range-oriented processing: Dimopoulos, Nepomnyachiy and Suel, "Optimizing Top-k Document Retrieval
 * Strategies for Block-Max Indexes", 2013; the most promising first: Mallia, Suel and Tonellotto, "Faster Learned
 * Sparse Retrieval with Block-Max Pruning", 2024).
 *
 * Bounds are added up as whole numbers of 16 bits. The postings of the lists that are not dense are few: they are added
 * to the documents' sums first, and what a group has of them stands in its bound. */
#include "base/error.h"
#include "query/searcher.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum {
    FIRST_GROUPS = 14,  /* looked into at least, to know a good k-th score */
    OPEN_SHARE = 5,     /* more than this part of the groups to look into: documents are bounded instead, */
    OPEN_LISTS = 4,     /* where there are so many dense lists: groups of fewer are soon left */
    BATCH_GROUPS = 32,  /* looked into at once */
    BOUND_MOST = 56000, /* what all bounds together come to, at most, */
    TERMS_MOST = 4096,  /* but for two a term, which stay below what 16 bits hold */
};

static uint16_t rounded_bound(double bound)
{
    return (uint16_t)(bound > 0 ? (bound < UINT16_MAX ? ceil(bound) : UINT16_MAX) : 0);
}

/* ---- bounds ---------------------------------------------------------------------------------------------- */

/* The bounds of a range, in whole vectors. */
static size_t bound_count(uint32_t first, uint32_t behind)
{
    const size_t groups = (behind - first + SEGMENT_GROUP - 1) / SEGMENT_GROUP;
    return (groups + KERNEL_GROUPS - 1) / KERNEL_GROUPS * KERNEL_GROUPS;
}

void searcher_gather_dense(struct searcher *searcher)
{
    struct group_sums *groups = &searcher->groups;
    double all = 0;
    groups->term_count = 0;
    if (searcher->query->term_count > TERMS_MOST)
        return; /* lists are read as if none was dense */
    for (size_t i = 0; i < searcher->query->term_count; i++)
        all += (double)searcher->lists[i].bound;
    searcher->bound_scale = all > 0 ? BOUND_MOST / all : 0;
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        const struct searched *list = &searcher->lists[i];
        const double unit = (double)list->bound_factor * (double)list->term->list.dense.unit;
        if (list->term->list.is_dense)
            searcher->group_terms[groups->term_count++] =
                (struct group_term){.dense = &list->term->list.dense,
                                    .weight = list->factors.weight,
                                    .bound = list->bound,
                                    .unit = unit,
                                    .bound_weight = rounded_bound(unit * 256 * searcher->bound_scale)};
    }
    groups->terms = searcher->group_terms;
    groups->base = searcher->lists[0].factors.base;
    groups->slope = searcher->lists[0].factors.slope;
    groups->shortest = searcher->lists[0].factors.shortest;
    groups->lengths = &searcher->documents.lengths;
    groups->sums = searcher->sums;
    groups->rest = searcher->bounds;
    groups->rest_unit = all > 0 ? (float)(1 / searcher->bound_scale) * (1 + 1e-6f) : 0;
}

/* From sums of scores to what add_most() adds to bounds. */
static float most_scale(const struct searcher *searcher)
{
    return (float)searcher->bound_scale * (1 + 1e-6f);
}

/* Bounds the groups; gives the bounds with what the documents of each group have already. */
static const uint16_t *bound_groups(struct searcher *searcher, uint32_t first, size_t groups, size_t touched)
{
    float *sums = searcher->values; /* the greatest of each group */
    if (touched > 0)
        memset(sums, 0, groups * sizeof *sums);
    for (size_t i = 0; i < touched; i++) {
        const uint32_t at = searcher->touched[i] - first;
        float *most = &sums[at / SEGMENT_GROUP];
        *most = searcher->sums[at] > *most ? searcher->sums[at] : *most;
    }
    searcher->kernels->bound_groups(&searcher->groups, groups, searcher->bounds, touched > 0 ? sums : NULL,
                                    most_scale(searcher), searcher->reach);
    return touched > 0 ? searcher->reach : searcher->bounds;
}

/* The least bound of a group with which the threshold may be reached. */
static uint16_t bound_to_reach(const struct searcher *searcher)
{
    const double bound = (double)searcher->top.threshold * searcher->bound_scale;
    return (uint16_t)(bound > 1 ? (bound < UINT16_MAX ? bound : UINT16_MAX) : 1);
}

/* A bound that at least `wanted` of some values reach, and not many more; 0 is the value of what may not be found. */
static uint16_t bound_of_rank(const struct searcher *searcher, const uint16_t *values, size_t count, size_t wanted)
{
    unsigned low = 1, high = UINT16_MAX;
    while (high - low > BOUND_MOST / 512) {
        const unsigned middle = low + (high - low) / 2;
        if (searcher->kernels->reach(values, count, (uint16_t)middle, NULL) < wanted)
            high = middle;
        else
            low = middle;
    }
    return (uint16_t)low;
}

/* A bound that at least `wanted` of `count` groups reach. As many of the greatest of every 64th bound reach what is
 * their rank: of few that are wanted, few others are found so. */
static uint16_t bound_to_begin_with(const struct searcher *searcher, const uint16_t *reach, size_t count, size_t wanted)
{
    uint16_t most[KERNEL_GROUPS] = {0};
    if (wanted > KERNEL_GROUPS / 2)
        return bound_of_rank(searcher, reach, count, wanted);
    searcher->kernels->greatest(reach, count, most);
    return bound_of_rank(searcher, most, KERNEL_GROUPS, wanted);
}

/* ---- looking into groups --------------------------------------------------------------------------------- */

/* A range of documents and the bounds of its groups. */
struct grouped {
    uint32_t first, behind;
    const uint16_t *reach;
    size_t count; /* of `reach` */
};

/* Chooses the groups that reach `least`, ascending; gives their number. */
static size_t choose(struct searcher *searcher, const struct grouped *range, uint16_t least)
{
    size_t count = searcher->kernels->reach(range->reach, range->count, least, searcher->chosen);
    while (count > 0 && range->first + searcher->chosen[count - 1] * SEGMENT_GROUP >= range->behind)
        count--; /* no group, but what fills up the vector */
    return count;
}

/* The same of the groups that hold a document that is allowed; 0 of the others. */
static const uint16_t *reach_of_allowed(struct searcher *searcher, const struct grouped *range)
{
    const size_t groups = (range->behind - range->first + SEGMENT_GROUP - 1) / SEGMENT_GROUP;
    searcher->kernels->keep_allowed(range->reach, searcher->groups.allowed, groups, searcher->reach);
    memset(searcher->reach + groups, 0, (range->count - groups) * sizeof *searcher->reach);
    return searcher->reach;
}

/* Whether the lengths of a group's documents are what was sealed; *page is the last page that was asked for. */
static bool lengths_are_sound(const struct searcher *searcher, uint32_t group, uint32_t *page)
{
    const uint32_t document = searcher->groups.first + group * SEGMENT_GROUP, end = searcher->documents.count - 1;
    if (document / SEGMENT_LENGTHS_A_PAGE == *page)
        return true;
    *page = document / SEGMENT_LENGTHS_A_PAGE;
    const uint32_t last = *page * SEGMENT_LENGTHS_A_PAGE + SEGMENT_LENGTHS_A_PAGE - 1;
    return segment_column_is_sound(searcher->segment, SEGMENT_LENGTHS, document, last < end ? last : end);
}

/* Scores the documents of some groups; those that may be among the best so far are survivors. */
static void look_into(struct searcher *searcher, const uint32_t *groups, size_t count)
{
    const float cut = fmaxf(searcher->top.threshold, FLT_MIN);
    const size_t before = searcher->survivor_count;
    uint32_t page = UINT32_MAX;
    for (size_t i = 0; i < count; i++)
        searcher->is_damaged |= !lengths_are_sound(searcher, groups[i], &page);
    searcher->survivor_count += searcher->kernels->score_groups(
        &searcher->groups, groups, count, cut, searcher->survivors + before, searcher->partial + before);
}

void survivors_raise(struct searcher *searcher)
{
    const size_t count = searcher->survivor_count, best = searcher->top.best;
    if (count < best)
        return;
    top_raise(&searcher->top, value_of_rank(searcher->kernels, searcher->partial, count, best));
    survivors_keep(searcher, searcher->top.threshold);
}

static void offer_survivors(struct searcher *searcher)
{
    if (searcher->query->is_phrase && !survivors_keep_phrase(searcher))
        (void)error_no_memory(&searcher->trouble);
    survivors_raise(searcher);
    survivors_offer(searcher);
    if (searcher->top.count > searcher->top.best + searcher->top.best / 4)
        top_prune(&searcher->top);
}

/* Chooses the groups whose bounds are in [least, below), ascending; gives their number. */
static size_t choose_between(struct searcher *searcher, const struct grouped *range, unsigned least, unsigned below)
{
    const size_t count = choose(searcher, range, (uint16_t)least);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        searcher->chosen[kept] = searcher->chosen[i];
        kept += range->reach[searcher->chosen[i]] < below ? 1 : 0;
    }
    return kept;
}

/* Looks into the groups that were chosen. */
static void look_into_chosen(struct searcher *searcher, size_t count)
{
    for (size_t i = 0, behind; i < count; i = behind) {
        behind = count - i < BATCH_GROUPS ? count : i + BATCH_GROUPS;
        look_into(searcher, searcher->chosen + i, behind - i);
        offer_survivors(searcher);
    }
}

static size_t count_reaching(const struct searcher *searcher, const struct grouped *range)
{
    return searcher->kernels->reach(range->reach, range->count, bound_to_reach(searcher), NULL);
}

/* Looks into the groups that do not reach `below`, the most promising first, as far as they may still hold one of the
 * best: band after band of their bounds. To sort them by these costs more than the few that are looked into in vain. */
static void look_into_bands(struct searcher *searcher, const struct grouped *range, unsigned below, unsigned bands)
{
    const unsigned last = bound_to_reach(searcher);
    const unsigned step = below > last ? (below - last) / bands + 1 : 0;
    while (below > bound_to_reach(searcher)) {
        const unsigned reach = bound_to_reach(searcher), least = below - reach > step ? below - step : reach;
        look_into_chosen(searcher, choose_between(searcher, range, least, below));
        below = least;
    }
}

static void start_range(struct searcher *searcher, struct grouped *range, size_t touched)
{
    searcher->groups.first = range->first;
    searcher->groups.allowed =
        searcher->allowed == NULL ? NULL : searcher->allowed + (range->first - searcher->allowed_first) / 64;
    range->reach = bound_groups(searcher, range->first, range->count, touched);
    if (searcher->groups.allowed != NULL)
        range->reach = reach_of_allowed(searcher, range);
}

/* ---- one range ------------------------------------------------------------------------------------------- */

void search_groups(struct searcher *searcher, uint32_t first, uint32_t behind, size_t touched)
{
    const size_t wanted = FIRST_GROUPS + searcher->top.best / 2;
    struct grouped range = {.first = first, .behind = behind, .count = bound_count(first, behind)};
    start_range(searcher, &range, touched);
    unsigned below = UINT16_MAX + 1u, bands = 1;
    size_t reaching = count_reaching(searcher, &range);
    if (reaching > 2 * wanted) {
        const uint16_t least = bound_to_begin_with(searcher, range.reach, range.count, wanted);
        look_into_chosen(searcher, choose(searcher, &range, least));
        below = least;
        reaching = count_reaching(searcher, &range);
        /* a little lower there are twice as many: a band each time */
        for (size_t in_band = 2 * wanted; in_band < reaching; in_band *= 2)
            bands++;
    }
    const bool is_open = reaching > range.count / OPEN_SHARE && searcher->groups.term_count >= OPEN_LISTS;
    if (is_open && !searcher->query->is_phrase)
        search_documents(searcher, first, behind, touched > 0, &(struct seen_groups){range.reach, below});
    else
        look_into_bands(searcher, &range, below, bands);
}
