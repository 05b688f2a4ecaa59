/* From the words gathered of papers to the order of a segment's documents. */
#ifndef INDEXER_SEGMENT_ORDER_H
#define INDEXER_SEGMENT_ORDER_H

#include "indexer/segment_runs.h"

/* Writes into order[i] which paper, in the order they came, becomes document i. `sorted` are the ordinals of all tokens
 * by their bytes; the runs are rewound. False when memory is short or writer->goes_on() says no. */
bool segment_order(struct segment_writer *writer, struct segment_runs *runs, const uint32_t *sorted, uint32_t *order);

#endif
