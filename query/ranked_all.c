/* All of the words. Where every list is dense their bits are intersected (ranked_match.c). Else the shortest list
 * leads: of its documents those are candidates that stand in every dense list, which a bit tells; their blocks are
 * intersected with those of the other lists in turn; blocks without a candidate are leapt over, and those too poor to
 * lift one among the best are not even read (block-max: Ding and Suel, "Faster Top-k Document Retrieval Using Block-Max
 * Indexes", 2011). Candidates are scored on the way, by dense lists last. */
#include "query/searcher.h"

#include <string.h>

/* Documents of one leading block that stand in all lists so far, ascending, and what these give them. */
struct candidates_met {
    uint32_t *documents;
    float *partial;
    size_t count;
};

/* Dense lists are longer than any other. */
static int shortest_first(const void *a, const void *b)
{
    const uint32_t x = ((const struct searched *)a)->term->list.documents;
    const uint32_t y = ((const struct searched *)b)->term->list.documents;
    return (x > y) - (x < y);
}

/* Whether no candidate from `first` up to `behind` can be among the best with what a block of the list gives. */
static bool is_too_poor(const struct searcher *searcher, size_t list, uint32_t block, const struct candidates_met *met,
                        size_t first, size_t behind)
{
    const struct searched *searched = &searcher->lists[list];
    const float most = searched->bound_factor * searched->term->list.most[block] + searcher_rest(searcher, list + 1);
    return !searcher->query->counts && most < searcher->top.threshold &&
           searcher->kernels->count(met->partial + first, behind - first, searcher->top.threshold - most) == 0;
}

/* Moves `count` candidates that stand in the loaded block, and before were from[k] behind `first`, to `kept`. */
static void add_scores(struct searcher *searcher, size_t list, struct candidates_met *met, size_t first, size_t kept,
                       size_t count, const uint32_t *from, const uint32_t *places)
{
    const uint32_t *frequencies = list_reader_frequencies(&searcher->readers[list]);
    uint32_t frequency[SEGMENT_BLOCK];
    float scores[SEGMENT_BLOCK];
    for (size_t k = 0; k < count; k++)
        frequency[k] = frequencies[places[k]];
    searcher->kernels->score(&searcher->lists[list].factors, met->documents + first, frequency, count,
                             &searcher->documents.lengths, scores);
    for (size_t k = 0; k < count; k++) {
        met->documents[kept + k] = met->documents[first + k];
        met->partial[kept + k] = met->partial[first + from[k]] + scores[k];
    }
}

/* Keeps the candidates that stand in the list too and may still be among the best. */
static void meet_list(struct searcher *searcher, size_t list, struct candidates_met *met)
{
    struct list_reader *reader = &searcher->readers[list];
    uint32_t from[SEGMENT_BLOCK + KERNEL_ROOM], places[SEGMENT_BLOCK + KERNEL_ROOM];
    size_t kept = 0;
    for (size_t i = 0, behind; i < met->count; i = behind) {
        const uint32_t block = list_block_of(reader->list, searcher->lists[list].block, met->documents[i]);
        searcher->lists[list].block = block;
        if (block >= reader->list->block_count)
            break;
        const uint32_t last = reader->list->last[block];
        for (behind = i + 1; behind < met->count && met->documents[behind] <= last;)
            behind++;
        if (is_too_poor(searcher, list, block, met, i, behind))
            continue;
        list_reader_load(reader, block);
        const size_t count = searcher->kernels->meet(met->documents + i, behind - i, reader->documents, from, places);
        if (count > 0)
            add_scores(searcher, list, met, i, kept, count, from, places);
        kept += count;
    }
    met->count = kept;
}

/* Keeps the candidates that a dense list, which all of them stand in, may lift among the best. */
static void meet_dense(struct searcher *searcher, size_t list, struct candidates_met *met)
{
    const struct searched *searched = &searcher->lists[list];
    const struct segment_dense *dense = &searched->term->list.dense;
    const float unit = searched->bound_factor * dense->unit, rest = searcher_rest(searcher, list + 1);
    const float least = searcher->query->counts ? 0 : searcher->top.threshold - rest;
    uint32_t ranks[SEGMENT_BLOCK + KERNEL_ROOM];
    size_t kept = 0;
    searcher->kernels->rank(dense, met->documents, met->count, ranks);
    for (size_t i = 0; i < met->count; i++)
        __builtin_prefetch(dense->codes + ranks[i] / 2);
    for (size_t i = 0; i < met->count; i++) {
        const uint32_t document = met->documents[i];
        const float partial = met->partial[i];
        if (partial + unit * (float)dense->bounds[document / SEGMENT_GROUP] < least)
            continue;
        const uint32_t frequency = dense_frequency(dense, ranks[i]);
        met->documents[kept] = document;
        met->partial[kept++] =
            partial +
            score_single(&searched->factors, segment_length(&searcher->documents.lengths, document), frequency);
    }
    met->count = kept;
}

/* Keeps the candidates whose bits are set, and their frequencies; `bits` begins with document `first`. */
static void keep_held(const uint64_t *bits, uint32_t first, struct candidates_met *met, uint32_t *frequency)
{
    size_t kept = 0;
    for (size_t i = 0; i < met->count; i++) {
        const uint32_t document = met->documents[i], at = document - first;
        met->documents[kept] = document;
        frequency[kept] = frequency[i];
        kept += bits[at / 64] >> at % 64 & 1;
    }
    met->count = kept;
}

/* Makes candidates of the allowed documents of the leading block that stand in every dense list: list by list, since
 * most fall at the first, and the bits of the others need not be fetched. */
static void start_block(struct searcher *searcher, uint32_t block, struct candidates_met *met)
{
    struct list_reader *lead = &searcher->readers[0];
    uint32_t frequency[SEGMENT_BLOCK];
    list_reader_load(lead, block);
    memcpy(met->documents, lead->documents, lead->count * sizeof *met->documents);
    memcpy(frequency, list_reader_frequencies(lead), lead->count * sizeof *frequency);
    met->count = lead->count;
    for (size_t i = 0; i < searcher->groups.term_count && met->count > 0; i++)
        keep_held(searcher->group_terms[i].dense->bits, 0, met, frequency);
    if (searcher->allowed != NULL)
        keep_held(searcher->allowed, searcher->allowed_first, met, frequency);
    searcher->kernels->score(&searcher->lists[0].factors, met->documents, frequency, met->count,
                             &searcher->documents.lengths, met->partial);
}

/* Whether no document of the leading block can be among the best. */
static bool is_poor(const struct searcher *searcher, uint32_t block)
{
    const struct searched *lead = &searcher->lists[0];
    const float others = lead->rest - lead->here;
    return !searcher->query->counts &&
           lead->bound_factor * lead->term->list.most[block] + others < searcher->top.threshold;
}

static pinakes_status hand_over(struct searcher *searcher, size_t batched,
                                pinakes_status (*each)(struct searcher *searcher, pinakes_error *error),
                                pinakes_error *error)
{
    searcher->survivor_count = batched;
    return batched == 0 ? PINAKES_OK : each(searcher, error);
}

pinakes_status for_all_that_meet(struct searcher *searcher, size_t batch,
                                 pinakes_status (*each)(struct searcher *searcher, pinakes_error *error),
                                 pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    const size_t terms = searcher->query->term_count;
    searcher_order(searcher, shortest_first);
    for (size_t i = 0; i < terms; i++)
        list_reader_start(&searcher->readers[i], &searcher->lists[i].term->list, searcher->kernels,
                          &searcher->is_damaged);
    const uint32_t blocks = searcher->lists[0].term->list.block_count;
    size_t batched = 0; /* survivors waiting */
    for (uint32_t block = 0; block < blocks && status == PINAKES_OK; block++) {
        if (is_poor(searcher, block))
            continue;
        struct candidates_met met = {searcher->survivors + batched, searcher->partial + batched, 0};
        start_block(searcher, block, &met);
        for (size_t i = 1; i < terms && met.count > 0; i++) {
            if (searcher->groups.term_count > 0 && searcher->lists[i].term->list.is_dense)
                meet_dense(searcher, i, &met);
            else
                meet_list(searcher, i, &met);
        }
        batched += met.count;
        if (batched + SEGMENT_BLOCK > batch) {
            status = hand_over(searcher, batched, each, error);
            batched = 0;
        }
    }
    return status == PINAKES_OK ? hand_over(searcher, batched, each, error) : status;
}

static pinakes_status take_batch(struct searcher *searcher, pinakes_error *error)
{
    (void)error;
    searcher->found += searcher->survivor_count;
    if (searcher->query->best > 0)
        survivors_offer(searcher);
    searcher->survivor_count = 0;
    return PINAKES_OK;
}

pinakes_status search_all(struct searcher *searcher, pinakes_error *error)
{
    if (searcher->groups.term_count == searcher->query->term_count)
        return search_matching(searcher, error);
    return for_all_that_meet(searcher, SEGMENT_BLOCK, take_batch, error);
}
