#include "query/ranked.h"

#include "base/error.h"
#include "indexer/bm25.h"
#include "query/hit_order.h"
#include "query/searcher.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Entries kept beyond twice the best before near ties are settled exactly. */
enum { NEAR_TIES = 1024, TOP_CAPACITY = 2 * RANKED_MOST + NEAR_TIES };

enum { HUGE_PAGE = 2 << 20 }; /* bytes; where a system has others, its small ones serve */

/* ---- memory ---------------------------------------------------------------------------------------------- */

uint32_t searcher_range(const struct searcher *searcher)
{
    return searcher->documents.count < RANGE ? searcher->documents.count : RANGE;
}

/* The documents a plan holds at once. */
static size_t batch_of(const struct searcher *searcher)
{
    const size_t range = searcher_range(searcher);
    return range < BATCH ? BATCH : range;
}

/* Memory that vectors can be loaded from and stored to whole. */
static void *lanes(size_t count, size_t bytes)
{
    return aligned_alloc(64, ((count + KERNEL_ROOM) * bytes + 63) / 64 * 64);
}

static void *zeroed_lanes(size_t count, size_t bytes)
{
    void *memory = lanes(count, bytes);
    return memory == NULL ? NULL : memset(memory, 0, (count + KERNEL_ROOM) * bytes);
}

static size_t sums_bytes(const struct searcher *searcher)
{
    return (searcher_range(searcher) + SEGMENT_RANK_SPAN) * sizeof *searcher->sums;
}

static size_t map_bytes(const struct searcher *searcher)
{
    return HUGE_PAGE + sums_bytes(searcher) + (batch_of(searcher) + KERNEL_ROOM) * sizeof *searcher->touched;
}

/* The sums, and which of them are not zero, are what queries write all over a range. They come from the system as they
 * are first written, most queries write few; but where ranges are full, in huge pages: five hundred faults of small
 * ones were a seventh of the time to a first answer. Their memory is zero. */
static bool map_sums(struct searcher *searcher)
{
    void *map = mmap(NULL, map_bytes(searcher), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        return false;
    char *sums = (char *)map + (HUGE_PAGE - (uintptr_t)map % HUGE_PAGE) % HUGE_PAGE;
    if (searcher_range(searcher) == RANGE)
        (void)madvise(sums, map_bytes(searcher) - HUGE_PAGE, MADV_HUGEPAGE);
    searcher->map = map;
    searcher->sums = (float *)(void *)sums;
    searcher->touched = (uint32_t *)(void *)(sums + sums_bytes(searcher));
    return true;
}

/* All memory whose size the segment tells; false when it is short. */
static bool reserve(struct searcher *searcher)
{
    const size_t range = searcher_range(searcher), batch = batch_of(searcher);
    const size_t groups = (range + SEGMENT_GROUP - 1) / SEGMENT_GROUP + KERNEL_GROUPS;
    const void *const memory[] = {
        searcher->survivors = lanes(batch, sizeof *searcher->survivors),
        searcher->partial = lanes(batch, sizeof *searcher->partial),
        searcher->values = lanes(batch, sizeof *searcher->values),
        searcher->rests = lanes(batch, sizeof *searcher->rests),
        searcher->document_bounds = lanes(range + SEGMENT_RANK_SPAN, sizeof *searcher->document_bounds),
        searcher->bounds = lanes(groups, sizeof *searcher->bounds),
        searcher->reach = lanes(groups, sizeof *searcher->reach),
        searcher->chosen = lanes(groups, sizeof *searcher->chosen),
        searcher->marks = zeroed_lanes(range / 64 + 1, sizeof *searcher->marks),
        searcher->top.entries = malloc(TOP_CAPACITY * sizeof *searcher->top.entries),
        searcher->top.values = lanes(TOP_CAPACITY, sizeof *searcher->top.values),
        searcher->hits = malloc(TOP_CAPACITY * sizeof *searcher->hits),
        searcher->spare = malloc(TOP_CAPACITY * sizeof *searcher->spare),
        searcher->tied = malloc(TOP_CAPACITY * sizeof *searcher->tied),
    };
    for (size_t i = 0; i < sizeof memory / sizeof memory[0]; i++)
        if (memory[i] == NULL)
            return false;
    return map_sums(searcher);
}

pinakes_status searcher_create(const struct segment *segment, struct searcher **out, pinakes_error *error)
{
    struct searcher *searcher = calloc(1, sizeof *searcher);
    if (searcher == NULL)
        return error_no_memory(error);
    searcher->segment = segment;
    searcher->kernels = kernels_chosen();
    segment_columns(segment, &searcher->documents);
    searcher->top.capacity = TOP_CAPACITY;
    if (!reserve(searcher)) {
        searcher_free(searcher);
        return error_no_memory(error);
    }
    *out = searcher;
    return PINAKES_OK;
}

void searcher_free(struct searcher *searcher)
{
    if (searcher == NULL)
        return;
    if (searcher->map != NULL)
        (void)munmap(searcher->map, map_bytes(searcher));
    void *const memory[] = {searcher->survivors,
                            searcher->partial,
                            searcher->values,
                            searcher->marks,
                            searcher->top.entries,
                            searcher->top.values,
                            searcher->hits,
                            searcher->spare,
                            searcher->tied,
                            searcher->lists,
                            searcher->readers,
                            searcher->places,
                            searcher->positions,
                            searcher->bounds,
                            searcher->reach,
                            searcher->chosen,
                            searcher->group_terms,
                            searcher->matching,
                            searcher->document_bounds,
                            searcher->rests};
    for (size_t i = 0; i < sizeof memory / sizeof memory[0]; i++)
        free(memory[i]);
    free(searcher);
}

static bool make_room(struct searcher *searcher, size_t terms)
{
    if (terms <= searcher->term_capacity)
        return true;
    struct searched *lists = realloc(searcher->lists, terms * sizeof *lists);
    if (lists != NULL)
        searcher->lists = lists;
    struct list_reader *readers = realloc(searcher->readers, terms * sizeof *readers);
    if (readers != NULL)
        searcher->readers = readers;
    struct segment_positions_cursor *places = realloc(searcher->places, terms * sizeof *places);
    if (places != NULL)
        searcher->places = places;
    struct group_term *group_terms = realloc(searcher->group_terms, terms * sizeof *group_terms);
    if (group_terms != NULL)
        searcher->group_terms = group_terms;
    if (lists == NULL || readers == NULL || places == NULL || group_terms == NULL)
        return false;
    searcher->term_capacity = terms;
    return true;
}

/* ---- bounds ---------------------------------------------------------------------------------------------- */

/* Bounds were computed for another average length: a score's denominator grows by at most the ratio of both. */
static float growth(const struct ranked_query *query)
{
    const bool has_grown = query->sealed_average > 0 && query->average_length > query->sealed_average;
    return has_grown ? (float)(query->average_length / query->sealed_average) * (1 + 1e-6f) : 1;
}

static void start_list(struct searched *list, const struct ranked_query *query, const struct ranked_term *term)
{
    const double average = query->average_length;
    *list = (struct searched){.term = term};
    list->factors = (struct bm25_factors){
        .weight = (float)(term->weight * (BM25_K1 + 1)),
        .base = (float)(BM25_K1 * (average > 0 ? 1 - BM25_B : 1)),
        .slope = (float)(average > 0 ? BM25_K1 * BM25_B / average : 0),
        .shortest = (float)(BM25_SHORTEST * average),
    };
    list->bound_factor = (float)term->weight * growth(query) * (1 + 1e-6f);
    list->bound = list->here = list->bound_factor * term->list.most_of_all;
    list->behind = term->list.block_count;
}

void searcher_sum_bounds(struct searcher *searcher)
{
    float rest = 0;
    for (size_t i = searcher->query->term_count; i-- > 0;) {
        rest += searcher->lists[i].here;
        searcher->lists[i].rest = rest * (1 + searcher->top.margin);
    }
}

void searcher_order(struct searcher *searcher, int (*compare)(const void *, const void *))
{
    qsort(searcher->lists, searcher->query->term_count, sizeof *searcher->lists, compare);
    searcher_sum_bounds(searcher);
}

static int greatest_bound_first(const void *a, const void *b)
{
    const float x = ((const struct searched *)a)->bound, y = ((const struct searched *)b)->bound;
    return (x < y) - (x > y);
}

/* ---- survivors ------------------------------------------------------------------------------------------- */

float score_single(const struct bm25_factors *factors, uint32_t length, uint32_t frequency)
{
    const float counted = (float)length > factors->shortest ? (float)length : factors->shortest;
    const float f = (float)frequency;
    return factors->weight * f / (factors->base + factors->slope * counted + f);
}

void survivors_keep(struct searcher *searcher, float least)
{
    size_t kept = 0;
    for (size_t i = 0; i < searcher->survivor_count; i++) {
        searcher->survivors[kept] = searcher->survivors[i];
        searcher->partial[kept] = searcher->partial[i];
        kept += searcher->partial[i] >= least ? 1 : 0;
    }
    searcher->survivor_count = kept;
}

/* More survivors than this are not sorted out between two lists: it costs as much as looking them up. */
enum { MANY = 1024 };

/* What is known of the survivors so far bounds the best from below. */
static void raise_threshold(struct searcher *searcher)
{
    const size_t count = searcher->survivor_count;
    if (count < searcher->top.best || count > MANY)
        return;
    top_raise(&searcher->top, value_of_rank(searcher->kernels, searcher->partial, count, searcher->top.best));
}

/* What a list gives a document at most, by the bound of its group or block; *block is that of a document before. */
static float most_at(const struct searched *list, uint32_t document, uint32_t *block)
{
    const struct segment_list *postings = &list->term->list;
    const uint32_t group = document / SEGMENT_GROUP;
    if (postings->is_dense)
        return list->bound_factor * postings->dense.unit * (float)postings->dense.bounds[group];
    *block = list_block_of(postings, *block, document);
    return *block < postings->block_count ? list->bound_factor * postings->most[*block] : 0;
}

/* Adds one list to the survivors; a group or block whose maximum does not lift a survivor far enough is not even
 * read. */
static void look_up(struct searcher *searcher, struct searched *list, float rest)
{
    struct list_reader *reader = &searcher->reader;
    const struct segment_list *postings = &list->term->list;
    const float threshold = searcher->top.threshold;
    uint32_t block = list->block;
    size_t kept = 0;
    list_reader_start(reader, postings, searcher->kernels, &searcher->is_damaged);
    for (size_t i = 0; i < searcher->survivor_count; i++) {
        const uint32_t document = searcher->survivors[i];
        float partial = searcher->partial[i];
        if (partial + most_at(list, document, &block) + rest >= threshold) {
            const uint32_t frequency = list_reader_frequency_in(reader, document);
            if (frequency > 0)
                partial +=
                    score_single(&list->factors, segment_length(&searcher->documents.lengths, document), frequency);
        }
        searcher->survivors[kept] = document;
        searcher->partial[kept] = partial;
        kept += partial + rest >= threshold ? 1 : 0;
    }
    searcher->survivor_count = kept;
}

void survivors_complete(struct searcher *searcher, size_t from, bool raises)
{
    const size_t terms = searcher->query->term_count;
    for (size_t i = from; i < terms && searcher->survivor_count > 0; i++) {
        const float rest = searcher_rest(searcher, i + 1);
        look_up(searcher, &searcher->lists[i], rest);
        if (raises)
            raise_threshold(searcher);
        survivors_keep(searcher, searcher->top.threshold - rest);
    }
}

/* ---- the best, exactly ----------------------------------------------------------------------------------- */

static int by_document(const void *a, const void *b)
{
    const uint32_t x = ((const struct ranked_hit *)a)->document, y = ((const struct ranked_hit *)b)->document;
    return (x > y) - (x < y);
}

/* Scores the hits (ascending) again, term after term, so that sums run in the order of the query. */
static void score_exactly(struct searcher *searcher, size_t count)
{
    const struct ranked_query *query = searcher->query;
    struct list_reader *reader = &searcher->reader;
    for (size_t term = 0; term < query->term_count; term++) {
        list_reader_start(reader, &query->terms[term].list, searcher->kernels, &searcher->is_damaged);
        for (size_t i = 0; i < count; i++) {
            struct ranked_hit *hit = &searcher->hits[i];
            const uint32_t frequency = list_reader_frequency_in(reader, hit->document);
            if (frequency > 0)
                hit->score +=
                    bm25_score(query->terms[term].weight, frequency,
                               segment_length(&searcher->documents.lengths, hit->document), query->average_length);
        }
    }
}

/* Most plans find documents in ascending order. */
static void sort_by_document(struct ranked_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (hits[i].document < hits[i - 1].document) {
            qsort(hits, count, sizeof *hits, by_document);
            return;
        }
    }
}

static int by_paper(const void *a, const void *b)
{
    const int64_t x = ((const struct tied_hit *)a)->paper, y = ((const struct tied_hit *)b)->paper;
    return (x > y) - (x < y);
}

/* Puts hits of one score in the order of their papers' ids. */
static void order_tied(struct searcher *searcher, struct ranked_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t document = hits[i].document;
        searcher->is_damaged |= !segment_column_is_sound(searcher->segment, SEGMENT_PAPERS, document, document);
        searcher->tied[i] = (struct tied_hit){searcher->documents.papers[document], document};
    }
    qsort(searcher->tied, count, sizeof *searcher->tied, by_paper);
    for (size_t i = 0; i < count; i++)
        hits[i].document = searcher->tied[i].document;
}

static void order_all_tied(struct searcher *searcher, size_t count)
{
    for (size_t i = 0, behind; i < count; i = behind) {
        for (behind = i + 1; behind < count && searcher->hits[behind].score == searcher->hits[i].score;)
            behind++;
        if (behind > i + 1)
            order_tied(searcher, searcher->hits + i, behind - i);
    }
}

/* Leaves in `hits` the best, in order, and in `top` the same. Gives their number. */
static size_t settle(struct searcher *searcher)
{
    struct top *top = &searcher->top;
    const struct ranked_sums *sums = searcher->query->sums;
    top_prune(top);
    for (size_t i = 0; i < top->count; i++)
        searcher->hits[i] = (struct ranked_hit){.document = top->entries[i].document};
    sort_by_document(searcher->hits, top->count);
    if (sums == NULL)
        score_exactly(searcher, top->count);
    else if (searcher->trouble.status == PINAKES_OK)
        (void)sums->score(sums, searcher->hits, top->count, &searcher->trouble);
    hits_sort(searcher->hits, top->count, searcher->spare);
    order_all_tied(searcher, top->count);
    if (top->count > top->best)
        top->count = top->best;
    for (size_t i = 0; i < top->count; i++)
        top->entries[i] = (struct scored){searcher->hits[i].document, (float)searcher->hits[i].score};
    return top->count;
}

void searcher_offer(struct searcher *searcher, uint32_t document, float score)
{
    if (top_push(&searcher->top, document, score))
        return;
    (void)settle(searcher);
    (void)top_push(&searcher->top, document, score);
}

void survivors_offer(struct searcher *searcher)
{
    for (size_t i = 0; i < searcher->survivor_count; i++)
        if (is_allowed(searcher, searcher->survivors[i]))
            searcher_offer(searcher, searcher->survivors[i], searcher->partial[i]);
    searcher->survivor_count = 0;
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static void start(struct searcher *searcher, const struct ranked_query *query)
{
    const float rounding = 1.2e-7f; /* of one operation, and a little */
    searcher->query = query;
    searcher->found = 0;
    searcher->addition = 0;
    searcher->survivor_count = 0;
    searcher->allowed = query->allowed;
    searcher->allowed_first = 0;
    searcher->trouble.status = PINAKES_OK;
    searcher->is_damaged = false;
    top_start(&searcher->top, searcher->kernels, query->best == 0 ? 1 : query->best,
              rounding * (float)(query->term_count + 16));
    for (size_t i = 0; i < query->term_count; i++)
        start_list(&searcher->lists[i], query, &query->terms[i]);
    searcher_order(searcher, greatest_bound_first);
    searcher_gather_dense(searcher);
}

pinakes_status ranked_search(struct searcher *searcher, const struct ranked_query *query, struct ranked_answer *out,
                             pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    if (!make_room(searcher, query->term_count))
        return error_no_memory(error);
    start(searcher, query);
    const bool counts_itself = query->counts && query->term_count == 1 && query->allowed == NULL;
    if (query->is_phrase && query->term_count > 1)
        status = search_phrase(searcher, error);
    else if (query->at_least >= query->term_count && query->term_count > 1)
        status = search_all(searcher, error);
    else if (query->at_least > 1 || (query->counts && !counts_itself))
        status = search_matching(searcher, error);
    else
        search_any(searcher);
    if (status != PINAKES_OK)
        return status;
    if (counts_itself)
        searcher->found = query->terms[0].list.documents;
    *out = (struct ranked_answer){.hits = searcher->hits, .found = searcher->found};
    out->hit_count = query->best == 0 ? 0 : settle(searcher);
    if (searcher->is_damaged)
        return segment_damaged(searcher->segment, error);
    if (searcher->trouble.status != PINAKES_OK)
        *error = searcher->trouble;
    return searcher->trouble.status;
}
