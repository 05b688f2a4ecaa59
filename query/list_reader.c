#include "query/list_reader.h"

#include <string.h>

void list_reader_start(struct list_reader *reader, const struct segment_list *list, const struct kernels *kernels,
                       bool *is_damaged)
{
    reader->list = list;
    reader->kernels = kernels;
    reader->block = reader->count = 0;
    reader->is_damaged = is_damaged;
}

uint32_t list_block_of(const struct segment_list *list, uint32_t from, uint32_t document)
{
    const uint32_t *last = list->last;
    const uint32_t end = list->block_count;
    uint32_t step = 1;
    if (from >= end || last[from] >= document)
        return from;
    while (step < end - from && last[from + step] < document) {
        from += step;
        step *= 2;
    }
    uint32_t low = from + 1, high = step < end - from ? from + step : end;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (last[middle] < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The block of a list made in memory. */
static uint32_t copy_block(const struct segment_list *list, uint32_t block, const uint32_t *from, uint32_t *to)
{
    const uint32_t first = block * SEGMENT_BLOCK, left = list->documents - first;
    const uint32_t count = left < SEGMENT_BLOCK ? left : SEGMENT_BLOCK;
    memcpy(to, from + first, count * sizeof *to);
    return count;
}

/* Whether the lengths of the block's documents are what was sealed. Where not all between the first and the last are
 * known to be, just those are checked: similar documents lie together, so that a rare word needs few pages of them. */
static bool lengths_are_sound(const struct list_reader *reader)
{
    const struct segment *segment = reader->list->segment;
    const uint32_t *documents = reader->documents;
    if (segment_column_is_known(segment, SEGMENT_LENGTHS, documents[0], documents[reader->count - 1]))
        return true;
    for (uint32_t i = 0; i < reader->count; i++) {
        const bool is_first =
            i == 0 || documents[i] / SEGMENT_LENGTHS_A_PAGE != documents[i - 1] / SEGMENT_LENGTHS_A_PAGE;
        const bool is_last = i + 1 == reader->count ||
                             documents[i] / SEGMENT_LENGTHS_A_PAGE != documents[i + 1] / SEGMENT_LENGTHS_A_PAGE;
        if ((is_first || is_last) && !segment_column_is_sound(segment, SEGMENT_LENGTHS, documents[i], documents[i]))
            return false;
    }
    return true;
}

void list_reader_load(struct list_reader *reader, uint32_t block)
{
    if (reader->count > 0 && reader->block == block)
        return;
    reader->block = block;
    const struct segment_list *list = reader->list;
    reader->count = list->made_documents != NULL ? copy_block(list, block, list->made_documents, reader->documents)
                                                 : segment_block(list, block, reader->documents, NULL);
    if (reader->count == 0 || !lengths_are_sound(reader))
        *reader->is_damaged = true;
    reader->has_frequencies = reader->has_fields = false;
    for (uint32_t i = reader->count; i < SEGMENT_BLOCK; i++)
        reader->documents[i] = SEGMENT_NO_DOCUMENT;
}

bool list_reader_seek(struct list_reader *reader, uint32_t document, uint32_t *index)
{
    const uint32_t block = list_block_of(reader->list, reader->block, document);
    if (block >= reader->list->block_count)
        return false;
    list_reader_load(reader, block);
    const size_t below = reader->kernels->below(reader->documents, document);
    *index = (uint32_t)below;
    return below < reader->count;
}

const uint32_t *list_reader_frequencies(struct list_reader *reader)
{
    const struct segment_list *list = reader->list;
    if (!reader->has_frequencies && list->made_frequencies != NULL)
        (void)copy_block(list, reader->block, list->made_frequencies, reader->frequencies);
    else if (!reader->has_frequencies)
        (void)segment_block(list, reader->block, NULL, reader->frequencies);
    reader->has_frequencies = true;
    return reader->frequencies;
}

const uint8_t *list_reader_fields(struct list_reader *reader)
{
    if (!reader->has_fields)
        (void)segment_block_fields(reader->list, reader->block, reader->fields);
    reader->has_fields = true;
    return reader->fields;
}

uint32_t list_reader_frequency_in(struct list_reader *reader, uint32_t document)
{
    const struct segment_dense *dense = &reader->list->dense;
    uint32_t index;
    if (reader->list->is_dense)
        return dense_has(dense, document) ? dense_frequency(dense, kernels_rank(reader->kernels, dense, document)) : 0;
    if (!list_reader_seek(reader, document, &index) || reader->documents[index] != document)
        return 0;
    return list_reader_frequencies(reader)[index];
}
