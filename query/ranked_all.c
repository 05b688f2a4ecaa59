/* All of the words: the shortest list leads, its blocks are intersected with those of the others in turn; blocks
 * without a candidate are leapt over. */
#include "query/searcher.h"

static int shortest_first(const void *a, const void *b)
{
    const uint32_t x = ((const struct searched *)a)->term->list.documents;
    const uint32_t y = ((const struct searched *)b)->term->list.documents;
    return (x > y) - (x < y);
}

/* Keeps of `count` ascending documents those of the list; gives their number. */
static size_t meet_list(struct list_reader *reader, uint32_t *documents, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count;) {
        const uint32_t block = list_block_of(reader->list, reader->block, documents[i]);
        if (block >= reader->list->block_count)
            break;
        list_reader_load(reader, block);
        const uint32_t last = reader->list->last[block];
        size_t behind = i + 1;
        while (behind < count && documents[behind] <= last)
            behind++;
        const size_t met = reader->kernels->meet(documents + i, behind - i, reader->documents);
        for (size_t j = 0; j < met; j++)
            documents[kept++] = documents[i + j];
        i = behind;
    }
    return kept;
}

static size_t keep_allowed(const struct searcher *searcher, uint32_t *documents, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        documents[kept] = documents[i];
        kept += is_allowed(searcher, documents[i]) ? 1 : 0;
    }
    return kept;
}

static pinakes_status hand_over(struct searcher *searcher, size_t batched,
                                pinakes_status (*each)(struct searcher *searcher, pinakes_error *error),
                                pinakes_error *error)
{
    searcher->survivor_count = batched;
    if (batched == 0)
        return PINAKES_OK;
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        struct searched *list = &searcher->lists[i];
        list->block = list_block_of(&list->term->list, list->block, searcher->survivors[0]);
    }
    return each(searcher, error);
}

/* Whether no document of the leading block can be among the best. */
static bool is_poor(const struct searcher *searcher, uint32_t block)
{
    const struct searched *lead = &searcher->lists[0];
    const float others = lead->rest - lead->here;
    return !searcher->query->counts &&
           lead->bound_factor * lead->term->list.most[block] + others < searcher->top.threshold;
}

pinakes_status for_all_that_meet(struct searcher *searcher,
                                 pinakes_status (*each)(struct searcher *searcher, pinakes_error *error),
                                 pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    const size_t terms = searcher->query->term_count;
    searcher_order(searcher, shortest_first);
    for (size_t i = 0; i < terms; i++)
        list_reader_start(&searcher->readers[i], &searcher->lists[i].term->list, searcher->kernels,
                          &searcher->is_damaged);
    struct list_reader *lead = &searcher->readers[0];
    size_t batched = 0; /* survivors waiting */
    for (uint32_t block = 0; block < lead->list->block_count && status == PINAKES_OK; block++) {
        if (is_poor(searcher, block))
            continue;
        uint32_t *documents = searcher->survivors + batched;
        size_t count = segment_block(lead->list, block, documents, NULL);
        searcher->is_damaged |= count == 0;
        for (size_t i = 1; i < terms && count > 0; i++)
            count = meet_list(&searcher->readers[i], documents, count);
        batched += keep_allowed(searcher, documents, count);
        if (batched + SEGMENT_BLOCK > BATCH) {
            status = hand_over(searcher, batched, each, error);
            batched = 0;
        }
    }
    return status == PINAKES_OK ? hand_over(searcher, batched, each, error) : status;
}

static pinakes_status score_batch(struct searcher *searcher, pinakes_error *error)
{
    (void)error;
    searcher->found += searcher->survivor_count;
    if (searcher->query->best == 0) {
        searcher->survivor_count = 0;
        return PINAKES_OK;
    }
    survivors_score(searcher, true);
    survivors_offer(searcher);
    return PINAKES_OK;
}

void search_all(struct searcher *searcher)
{
    pinakes_error never;
    (void)for_all_that_meet(searcher, score_batch, &never);
}
