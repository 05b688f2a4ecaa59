/* Where the token of a posting stands: the positions of a segment, read posting by posting (segment_list.c says what is
 * not believed of a file). */
#include "indexer/schema.h"
#include "indexer/segment_blocks.h"
#include "indexer/varint.h"

#include <string.h>

static unsigned lowest_field(unsigned fields)
{
    return (unsigned)__builtin_ctz(fields);
}

static unsigned weight_of(unsigned field)
{
    return field == FIELD_TITLE ? TITLE_WEIGHT : 1;
}

/* Reads `count` places of one field; writes those that there is room for. */
static void read_places(const uint8_t **at, const uint8_t *end, unsigned field, uint32_t count, uint32_t *positions,
                        size_t room)
{
    uint32_t position = 0;
    for (uint32_t i = 0; i < count && *at < end; i++) {
        const uint32_t step = **at < 0x80 ? *(*at)++ : varint_read(at, end);
        position = i == 0 ? SEGMENT_POSITION(field, step) : position + step + 1;
        if (i < room)
            positions[i] = position;
    }
}

/* Reads the positions of one posting and steps behind them: each field but the last says how many it has. */
static size_t read_positions(const uint8_t **at, const uint8_t *end, unsigned fields, uint32_t frequency,
                             uint32_t *positions, size_t capacity)
{
    uint32_t counts[8] = {0};
    uint32_t left = frequency;
    size_t total = 0;
    unsigned rest = fields;
    for (unsigned i = 0; rest != 0; rest &= rest - 1, i++) {
        const unsigned weight = weight_of(lowest_field(rest));
        const bool is_last = (rest & (rest - 1)) == 0;
        const uint32_t count = is_last ? left / weight : varint_read(at, end);
        left -= count <= left / weight ? count * weight : left;
        counts[i] = count;
    }
    rest = fields;
    for (unsigned i = 0; rest != 0; rest &= rest - 1, total += counts[i++]) {
        const size_t room = total < capacity ? capacity - total : 0;
        read_places(at, end, lowest_field(rest), counts[i], room > 0 ? positions + total : NULL, room);
    }
    return total;
}

/* Where the positions of a list end: where those of the next token begin. */
static bool positions_end(const struct segment_list *list, uint64_t *end)
{
    const struct segment *segment = list->segment;
    *end = segment->header->sections[SECTION_POSITIONS].bytes;
    if (list->token + 1 == segment->header->tokens)
        return true;
    if (!segment_is_sound(segment, SECTION_TERMS, (uint64_t)(list->token + 1) * sizeof(struct segment_term),
                          sizeof(struct segment_term)))
        return false;
    *end = term_positions(list->term + 1);
    return true;
}

/* Where the positions of a block begin and end; false when they are damaged. */
static bool positions_start(const struct segment_list *list, uint32_t block, const uint8_t **at, const uint8_t **end)
{
    const struct segment *segment = list->segment;
    const uint32_t *offsets = term_is_here(list->term) ? NULL : segment->block_positions + list->term->first;
    uint64_t start = list->positions, behind;
    if (!positions_end(list, &behind))
        return false;
    if (offsets != NULL && block + 1 < list->block_count)
        behind = start + offsets[block + 1];
    start += offsets == NULL ? 0 : offsets[block];
    if (start >= behind || !segment_is_sound(segment, SECTION_POSITIONS, start, behind - start))
        return false;
    *at = segment_section(segment, SECTION_POSITIONS) + start;
    *end = segment_section(segment, SECTION_POSITIONS) + behind;
    return true;
}

/* Goes to where the part begins whose postings `index` is one of, and gives the first of these; to the first part when
 * nothing tells. */
static uint32_t part_start(struct segment_positions_cursor *cursor, uint32_t index)
{
    enum { TOLD_BYTES = SEGMENT_PARTS_TOLD * sizeof(uint16_t) };
    const uint32_t part = index / SEGMENT_PART;
    const size_t bytes = (size_t)(cursor->end - cursor->start);
    uint16_t place = 0;
    if (bytes < TOLD_BYTES) {
        cursor->at = cursor->end;
        return 0;
    }
    if (part > 0)
        memcpy(&place, cursor->start + (part - 1) * sizeof place, sizeof place);
    const bool is_told = place != SEGMENT_PART_FAR && place <= bytes - TOLD_BYTES;
    cursor->at = cursor->start + TOLD_BYTES + (is_told ? place : 0);
    return is_told ? part * SEGMENT_PART : 0;
}

/* Of a full block: the part that holds `index`. What a packed list has to unpack whole is kept while the block is. */
static bool load_part(const struct segment_list *list, struct segment_positions_cursor *cursor, uint32_t block,
                      uint32_t index, bool is_new)
{
    cursor->index = part_start(cursor, index);
    cursor->behind = (index / SEGMENT_PART + 1) * SEGMENT_PART;
    if (list->is_dense)
        dense_read_frequencies(&list->dense, block * SEGMENT_BLOCK + cursor->index, cursor->behind - cursor->index,
                               cursor->frequencies + cursor->index);
    else if (is_new && segment_block(list, block, NULL, cursor->frequencies) == 0)
        return false;
    return block_read_fields(list, block, cursor->index, cursor->behind, cursor->fields);
}

/* Of a block that is not full: all of it. */
static bool load_short_block(const struct segment_list *list, struct segment_positions_cursor *cursor, uint32_t block)
{
    cursor->at = cursor->start;
    cursor->index = 0;
    cursor->behind = segment_block(list, block, NULL, cursor->frequencies);
    return cursor->behind > 0 && segment_block_fields(list, block, cursor->fields) > 0;
}

/* Puts the cursor at or before posting `index` of a block, with all that is needed to step there. */
static bool load(const struct segment_list *list, struct segment_positions_cursor *cursor, uint32_t block,
                 uint32_t index)
{
    const bool is_new = cursor->block_behind != block + 1;
    if (!is_new && cursor->index <= index && index < cursor->behind)
        return true;
    cursor->block_behind = 0;
    if (is_new && !positions_start(list, block, &cursor->start, &cursor->end))
        return false;
    const bool is_full = block_postings(list, block) == SEGMENT_BLOCK;
    if (is_full ? !load_part(list, cursor, block, index, is_new) : !load_short_block(list, cursor, block))
        return false;
    cursor->block_behind = block + 1;
    return index < cursor->behind;
}

/* How many numbers stand for a posting that is not in the title, or there alone, follows from its frequency and
 * fields. */
static bool count_numbers(unsigned fields, uint32_t frequency, size_t *numbers)
{
    const bool is_one = (fields & (fields - 1)) == 0;
    const bool is_titled = (fields & 1u << FIELD_TITLE) != 0;
    *numbers +=
        is_one ? frequency / (is_titled ? TITLE_WEIGHT : 1) : frequency + (size_t)__builtin_popcount(fields) - 1;
    return is_one || !is_titled;
}

/* Steps from the cursor's posting to `index`. */
static void skip_positions(struct segment_positions_cursor *cursor, uint32_t index)
{
    size_t numbers = 0;
    for (; cursor->index < index; cursor->index++) {
        const unsigned fields = cursor->fields[cursor->index];
        const uint32_t frequency = cursor->frequencies[cursor->index];
        size_t more = 0;
        if (count_numbers(fields, frequency, &more)) {
            numbers += more;
            continue;
        }
        varint_skip(&cursor->at, cursor->end, numbers);
        numbers = 0;
        (void)read_positions(&cursor->at, cursor->end, fields, frequency, NULL, 0);
    }
    varint_skip(&cursor->at, cursor->end, numbers);
}

/* Where the positions of a block begin, unchecked: for what may be wrong. */
static const uint8_t *probable_start(const struct segment_list *list, uint32_t block)
{
    const uint64_t start = list->positions + list->segment->block_positions[list->term->first + block];
    const struct segment_extent *extent = &list->segment->header->sections[SECTION_POSITIONS];
    return list->segment->map + extent->offset + (start < extent->bytes ? start : 0);
}

void segment_positions_fetch(const struct segment_list *list, uint32_t block, uint32_t index, unsigned step)
{
    if (term_is_here(list->term) || block >= list->block_count)
        return;
    if (step == 0) { /* where they lie, and what tells how many numbers to leap over */
        __builtin_prefetch(&list->segment->block_positions[list->term->first + block]);
        __builtin_prefetch(&list->offsets[block]);
        if (list->is_dense)
            __builtin_prefetch(list->dense.codes + (block * SEGMENT_BLOCK + index) / 2);
        return;
    }
    uint16_t place = 0;
    const size_t part = index / SEGMENT_PART;
    const uint8_t *start = probable_start(list, block), *told = start + (part > 0 ? part - 1 : 0) * sizeof place;
    if (step == 1) { /* where the part begins, and the fields */
        __builtin_prefetch(told);
        __builtin_prefetch(block_start(list, block));
        return;
    }
    if (part > 0)
        memcpy(&place, told, sizeof place);
    const uint8_t *at = start + SEGMENT_PARTS_TOLD * sizeof place + place;
    __builtin_prefetch(at); /* the part, which is often longer than what is left of a cache line */
    __builtin_prefetch(at + 32);
}

size_t segment_positions(const struct segment_list *list, struct segment_positions_cursor *cursor, uint32_t block,
                         uint32_t index, uint32_t *positions, size_t capacity)
{
    if (list->is_bare || !load(list, cursor, block, index))
        return 0;
    skip_positions(cursor, index);
    cursor->index++;
    return read_positions(&cursor->at, cursor->end, cursor->fields[index], cursor->frequencies[index], positions,
                          capacity);
}
