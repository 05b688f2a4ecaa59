#include "indexer/segment_list_writer.h"

#include "indexer/bm25.h"
#include "indexer/pack.h"
#include "indexer/schema.h"
#include "indexer/varint.h"

#include <math.h>

/* So that the arrays of a dense list are aligned. */
static void align_postings(struct list_writer *writer)
{
    static const char zeros[SEGMENT_DENSE_ALIGNMENT];
    const size_t over = (size_t)(writer->postings_bytes % SEGMENT_DENSE_ALIGNMENT);
    const size_t left = over == 0 ? 0 : SEGMENT_DENSE_ALIGNMENT - over;
    writer->failed |= fwrite(zeros, 1, left, writer->postings) != left;
    writer->postings_bytes += left;
}

void list_writer_begin(struct list_writer *writer, uint32_t documents, bool is_bare)
{
    writer->is_bare = is_bare;
    writer->is_dense = !is_bare && segment_is_dense(documents, writer->dense.documents);
    if (writer->is_dense) {
        align_postings(writer);
        writer->failed |= !dense_writer_begin(&writer->dense);
        writer->fields_at = segment_dense_layout(writer->dense.documents, documents).behind;
    }
    writer->term = (struct segment_term){.first = writer->blocks};
    writer->list_postings = writer->postings_bytes;
    writer->list_positions = writer->positions_bytes;
    writer->list_most = 0;
    writer->before = UINT32_MAX;
    writer->count = 0;
}

/* ---- positions ------------------------------------------------------------------------------------------- */

static unsigned field_of(uint32_t position)
{
    return position >> SEGMENT_PLACE_BITS;
}

/* For each field but the last how many places, then the places of each, as distances less 1. */
static void code_positions(struct buffer *out, const uint32_t *positions, size_t count)
{
    const unsigned last_field = field_of(positions[count - 1]);
    for (size_t i = 0, end; i < count && field_of(positions[i]) != last_field; i = end) {
        for (end = i + 1; field_of(positions[end]) == field_of(positions[i]);)
            end++;
        varint_add(out, (uint32_t)(end - i));
    }
    for (size_t i = 0; i < count; i++) {
        const bool starts = i == 0 || field_of(positions[i]) != field_of(positions[i - 1]);
        varint_add(out, starts ? positions[i] & ((UINT32_C(1) << SEGMENT_PLACE_BITS) - 1)
                               : positions[i] - positions[i - 1] - 1);
    }
}

/* ---- packed numbers -------------------------------------------------------------------------------------- */

/* The width that takes the fewest bytes, counting what does not fit as exceptions. */
static unsigned best_width(const uint32_t values[SEGMENT_BLOCK], unsigned *exceptions)
{
    unsigned of_width[33] = {0}, above = 0, best = 32;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < SEGMENT_BLOCK; i++)
        of_width[values[i] == 0 ? 0 : 32 - (unsigned)__builtin_clz(values[i])]++;
    for (unsigned bits = 33; bits-- > 0;) {
        const size_t bytes = PACK_BYTES(bits) + (size_t)above * SEGMENT_EXCEPTION_BYTES;
        if (bytes < least) {
            least = bytes;
            best = bits;
            *exceptions = above;
        }
        above += of_width[bits];
    }
    return best;
}

static void add_packed(struct buffer *out, const uint32_t values[SEGMENT_BLOCK], unsigned bits)
{
    uint8_t packed[PACK_BYTES(32)];
    pack(values, bits, packed);
    buffer_add(out, (struct span){(const char *)packed, PACK_BYTES(bits)});
    for (unsigned i = 0; i < SEGMENT_BLOCK; i++) {
        const uint32_t above = bits == 32 ? 0 : values[i] >> bits;
        if (above == 0)
            continue;
        const char exception[SEGMENT_EXCEPTION_BYTES] = {(char)i, (char)above, (char)(above >> 8), (char)(above >> 16),
                                                         (char)(above >> 24)};
        buffer_add(out, (struct span){exception, sizeof exception});
    }
}

/* ---- fields ---------------------------------------------------------------------------------------------- */

static unsigned find_mask(const uint8_t *palette, unsigned count, uint8_t mask)
{
    unsigned i = 0;
    while (i < count && palette[i] != mask)
        i++;
    return i;
}

static void add_fields(struct buffer *out, const uint8_t *fields, uint32_t count)
{
    uint8_t palette[SEGMENT_BLOCK];
    unsigned masks = 0, bits = 0;
    for (uint32_t i = 0; i < count; i++) {
        palette[masks] = fields[i];
        masks += find_mask(palette, masks, fields[i]) == masks;
    }
    while (bits < 8 && 1u << bits < masks)
        bits = bits == 0 ? 1 : bits * 2;
    buffer_add_byte(out, (char)bits);
    if (bits == 8) {
        buffer_add(out, (struct span){(const char *)fields, count});
        return;
    }
    buffer_add_byte(out, (char)(masks - 1));
    buffer_add(out, (struct span){(const char *)palette, masks});
    unsigned held = 0, held_bits = 0;
    for (uint32_t i = 0; i < count && bits > 0; i++) {
        held |= find_mask(palette, masks, fields[i]) << held_bits;
        held_bits += bits;
        if (held_bits == 8 || i + 1 == count) {
            buffer_add_byte(out, (char)held);
            held = held_bits = 0;
        }
    }
}

/* ---- blocks ---------------------------------------------------------------------------------------------- */

static void code_full_block(struct list_writer *writer)
{
    uint32_t distances[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
    uint32_t before = writer->before;
    for (size_t i = 0; i < SEGMENT_BLOCK; i++) {
        distances[i] = writer->documents[i] - before - 1;
        before = writer->documents[i];
        frequencies[i] = writer->frequencies[i] - 1;
    }
    struct segment_block_header header = {0};
    unsigned document_exceptions = 0, frequency_exceptions = 0;
    header.document_bits = (uint8_t)best_width(distances, &document_exceptions);
    header.frequency_bits = (uint8_t)best_width(frequencies, &frequency_exceptions);
    header.document_exceptions = (uint8_t)document_exceptions;
    header.frequency_exceptions = (uint8_t)frequency_exceptions;
    buffer_add_bytes(&writer->block, &header, sizeof header);
    add_packed(&writer->block, distances, header.document_bits);
    add_packed(&writer->block, frequencies, header.frequency_bits);
}

/* The last block of a list: each distance less 1 doubled, plus 1 when the frequency is 1; else the frequency less 2
 * follows. */
static void code_short_block(struct list_writer *writer)
{
    uint32_t before = writer->before;
    for (uint32_t i = 0; i < writer->count; i++) {
        const bool is_once = writer->frequencies[i] == 1;
        const uint32_t distance = writer->documents[i] - before - 1;
        before = writer->documents[i];
        varint_add(&writer->block, distance << 1 | is_once);
        if (!is_once)
            varint_add(&writer->block, writer->frequencies[i] - 2);
    }
}

static float rounded_up(double value)
{
    const float near = (float)value;
    return near < value ? nextafterf(near, INFINITY) : near;
}

static void add_number(struct buffer *buffer, uint32_t value)
{
    buffer_add_bytes(buffer, &value, sizeof value);
}

static void write_out(struct list_writer *writer, FILE *file, struct buffer *bytes, uint64_t *written)
{
    writer->failed |= bytes->failed || fwrite(bytes->at == NULL ? "" : bytes->at, 1, bytes->len, file) != bytes->len;
    *written += bytes->len;
    buffer_clear(bytes);
}

/* Writes the scores of the block's postings, rounded up, and gives the greatest. */
static float score_block(const struct list_writer *writer, float scores[SEGMENT_BLOCK])
{
    float most = 0;
    for (uint32_t i = 0; i < writer->count; i++) {
        scores[i] = rounded_up(
            bm25_score(1, writer->frequencies[i], writer->lengths[writer->documents[i]], writer->average_length));
        most = scores[i] > most ? scores[i] : most;
    }
    return most;
}

/* Of a dense list only the fields of a block stand in the block. */
static void end_dense_block(struct list_writer *writer, const float *scores)
{
    for (uint32_t i = 0; i < writer->count; i++)
        dense_writer_add(&writer->dense, writer->documents[i], writer->frequencies[i], scores[i],
                         writer->neighbours[i]);
    add_number(&writer->postings_at, (uint32_t)(writer->fields_at + writer->dense.fields.len));
    add_fields(&writer->dense.fields, writer->fields, writer->count);
}

static void end_packed_block(struct list_writer *writer)
{
    add_number(&writer->postings_at, (uint32_t)(writer->postings_bytes - writer->list_postings));
    if (writer->count == SEGMENT_BLOCK)
        code_full_block(writer);
    else
        code_short_block(writer);
    add_fields(&writer->block, writer->fields, writer->count);
    write_out(writer, writer->postings, &writer->block, &writer->postings_bytes);
}

/* Writes the positions of the block that ends; those of a full one behind where its parts begin. */
static void end_positions(struct list_writer *writer)
{
    uint16_t told[SEGMENT_PARTS_TOLD];
    for (size_t i = 0; i < SEGMENT_PARTS_TOLD; i++) {
        const size_t at = writer->parts[i + 1];
        told[i] = (uint16_t)(at < SEGMENT_PART_FAR ? at : SEGMENT_PART_FAR);
    }
    if (writer->count == SEGMENT_BLOCK && !writer->is_bare) {
        writer->failed |= fwrite(told, sizeof told, 1, writer->positions) != 1;
        writer->positions_bytes += sizeof told;
    }
    write_out(writer, writer->positions, &writer->waiting, &writer->positions_bytes);
}

static void end_block(struct list_writer *writer)
{
    float scores[SEGMENT_BLOCK];
    const float most = score_block(writer, scores);
    writer->list_most = most > writer->list_most ? most : writer->list_most;
    add_number(&writer->last, writer->documents[writer->count - 1]);
    buffer_add_bytes(&writer->most, &most, sizeof most);
    add_number(&writer->positions_at, (uint32_t)(writer->positions_bytes - writer->list_positions));
    if (writer->is_dense)
        end_dense_block(writer, scores);
    else
        end_packed_block(writer);
    end_positions(writer);
    writer->before = writer->documents[writer->count - 1];
    writer->count = 0;
    writer->blocks++;
}

static void add(struct list_writer *writer, uint32_t document, uint32_t frequency, uint8_t fields, uint8_t neighbours)
{
    if (writer->count == SEGMENT_BLOCK)
        end_block(writer);
    if (writer->count % SEGMENT_PART == 0)
        writer->parts[writer->count / SEGMENT_PART] = writer->waiting.len;
    writer->documents[writer->count] = document;
    writer->frequencies[writer->count] = frequency;
    writer->neighbours[writer->count] = neighbours;
    writer->fields[writer->count++] = fields;
    writer->term.documents++;
}

void list_writer_add_bare(struct list_writer *writer, uint32_t document, uint32_t frequency)
{
    add(writer, document, frequency, 0, 0);
}

void list_writer_add(struct list_writer *writer, const struct segment_posting *posting)
{
    uint32_t frequency = 0;
    uint8_t fields = 0;
    for (size_t i = 0; i < posting->position_count; i++) {
        const unsigned field = field_of(posting->positions[i]);
        frequency += field == FIELD_TITLE ? TITLE_WEIGHT : 1;
        fields |= (uint8_t)(1u << field);
    }
    add(writer, posting->document, frequency, writer->is_bare ? 0 : fields, posting->neighbours);
    if (!writer->is_bare)
        code_positions(&writer->waiting, posting->positions, posting->position_count);
}

static void end_in_dictionary(struct list_writer *writer)
{
    float scores[SEGMENT_BLOCK];
    writer->term.documents |= SEGMENT_WRITTEN_HERE;
    writer->term.first = writer->documents[0];
    writer->term.most = score_block(writer, scores);
    writer->term.postings_low = writer->frequencies[0] | (uint32_t)writer->fields[0] << 24;
    write_out(writer, writer->positions, &writer->waiting, &writer->positions_bytes);
}

static void end_dense(struct list_writer *writer)
{
    const size_t bytes = dense_writer_end(&writer->dense, writer->list_most, writer->postings);
    writer->failed |= bytes == 0 || ferror(writer->postings) != 0;
    writer->postings_bytes += bytes;
}

struct segment_term list_writer_end(struct list_writer *writer)
{
    struct segment_term *term = &writer->term;
    if (term->documents == 1 && writer->frequencies[0] <= SEGMENT_HERE_FREQUENCY) {
        end_in_dictionary(writer);
    } else {
        end_block(writer);
        if (writer->is_dense)
            end_dense(writer);
        term->documents |= writer->is_dense ? SEGMENT_DENSE : 0;
        term->most = writer->list_most;
        term->postings_low = (uint32_t)writer->list_postings;
        term->postings_high = (uint16_t)(writer->list_postings >> 32);
    }
    term->positions_low = (uint32_t)writer->list_positions;
    term->positions_high = (uint16_t)(writer->list_positions >> 32);
    writer->failed |= writer->last.failed || writer->most.failed || writer->postings_at.failed ||
                      writer->positions_at.failed || writer->postings_bytes - writer->list_postings > UINT32_MAX ||
                      writer->positions_bytes - writer->list_positions > UINT32_MAX;
    return *term;
}

void list_writer_free(struct list_writer *writer)
{
    struct buffer *buffers[] = {&writer->last,         &writer->most,    &writer->postings_at,
                                &writer->positions_at, &writer->waiting, &writer->block};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
        buffer_free(buffers[i]);
    dense_writer_free(&writer->dense);
}
