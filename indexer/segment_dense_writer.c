#include "indexer/segment_dense_writer.h"

#include <stdlib.h>
#include <string.h>

bool dense_writer_begin(struct dense_writer *writer)
{
    const struct segment_dense_layout layout = segment_dense_layout(writer->documents, 0);
    const size_t groups = layout.bits - layout.bounds, bits = layout.ranks - layout.bits;
    if (writer->most == NULL)
        writer->most = malloc(groups * sizeof *writer->most);
    if (writer->bits == NULL)
        writer->bits = malloc(bits);
    if (writer->most == NULL || writer->bits == NULL)
        return false;
    memset(writer->most, 0, groups * sizeof *writer->most);
    memset(writer->bits, 0, bits);
    buffer_clear(&writer->codes);
    buffer_clear(&writer->neighbours);
    buffer_clear(&writer->exceptions);
    buffer_clear(&writer->fields);
    writer->postings = 0;
    return true;
}

static void add_exception(struct dense_writer *writer, uint32_t frequency)
{
    const struct segment_exception exception = {writer->postings, frequency};
    buffer_add_bytes(&writer->exceptions, &exception, sizeof exception);
}

void dense_writer_add(struct dense_writer *writer, uint32_t document, uint32_t frequency, float score,
                      uint8_t neighbours)
{
    float *most = &writer->most[document / SEGMENT_GROUP];
    const unsigned code = frequency > SEGMENT_ESCAPE ? SEGMENT_ESCAPE : frequency - 1;
    *most = score > *most ? score : *most;
    writer->bits[document / 64] |= UINT64_C(1) << document % 64;
    if (code == SEGMENT_ESCAPE)
        add_exception(writer, frequency);
    if (writer->postings % 2 == 0)
        buffer_add_byte(&writer->codes, (char)code);
    else if (writer->codes.len > 0)
        writer->codes.at[writer->codes.len - 1] = (char)(writer->codes.at[writer->codes.len - 1] | (char)(code << 4));
    buffer_add_byte(&writer->neighbours, (char)neighbours);
    writer->postings++;
}

/* The least bound whose product with the unit is not below `most`. */
static uint8_t bound_of(float most, float unit)
{
    unsigned bound = unit > 0 ? (unsigned)(most / unit) : 0;
    while (bound < UINT8_MAX && (float)bound * unit < most)
        bound++;
    return (uint8_t)bound;
}

static size_t put(FILE *file, const void *bytes, size_t count, size_t room)
{
    static const char zeros[SEGMENT_DENSE_ALIGNMENT];
    size_t written = fwrite(bytes, 1, count, file);
    for (size_t left = room - count, piece; left > 0; left -= piece) {
        piece = left < sizeof zeros ? left : sizeof zeros;
        written += fwrite(zeros, 1, piece, file);
    }
    return written == room ? room : 0;
}

static void fill_bounds(const struct dense_writer *writer, float unit, uint8_t *bounds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bounds[i] = bound_of(writer->most[i], unit);
}

static void fill_ranks(const struct dense_writer *writer, uint32_t *ranks, size_t count)
{
    uint32_t before = 0;
    for (size_t i = 0; i < count; i++) {
        ranks[i] = before;
        for (size_t word = 0; word < SEGMENT_RANK_SPAN / 64; word++)
            before += (uint32_t)__builtin_popcountll(writer->bits[i * (SEGMENT_RANK_SPAN / 64) + word]);
    }
}

size_t dense_writer_end(struct dense_writer *writer, float most, FILE *file)
{
    const struct segment_dense_layout layout = segment_dense_layout(writer->documents, writer->postings);
    const size_t groups = layout.bits - layout.bounds, ranks_bytes = layout.codes - layout.ranks;
    const size_t spans = writer->documents / SEGMENT_RANK_SPAN + 1;
    const size_t fields = (writer->fields.len + 3) / 4 * 4; /* what follows is aligned */
    const struct segment_dense_head head = {
        .exceptions_at = (uint32_t)(layout.behind + fields),
        .exceptions = (uint32_t)(writer->exceptions.len / sizeof(struct segment_exception)),
    };
    const float unit = segment_dense_unit(most);
    uint8_t *bounds = calloc(groups, 1);
    uint32_t *ranks = calloc(ranks_bytes, 1);
    const bool has_memory = bounds != NULL && ranks != NULL && !writer->codes.failed && !writer->neighbours.failed &&
                            !writer->exceptions.failed && !writer->fields.failed;
    size_t bytes = 0;
    if (has_memory) {
        fill_bounds(writer, unit, bounds, groups);
        fill_ranks(writer, ranks, spans);
        bytes += put(file, &head, sizeof head, layout.bounds);
        bytes += put(file, bounds, groups, groups);
        bytes += put(file, writer->bits, layout.ranks - layout.bits, layout.ranks - layout.bits);
        bytes += put(file, ranks, ranks_bytes, ranks_bytes);
        bytes += put(file, writer->codes.at, writer->codes.len, layout.neighbours - layout.codes);
        bytes += put(file, writer->neighbours.at, writer->neighbours.len, layout.behind - layout.neighbours);
        bytes += put(file, writer->fields.at, writer->fields.len, fields);
        bytes += put(file, writer->exceptions.len == 0 ? "" : writer->exceptions.at, writer->exceptions.len,
                     writer->exceptions.len);
    }
    free(bounds);
    free(ranks);
    return bytes;
}

void dense_writer_free(struct dense_writer *writer)
{
    free(writer->most);
    free(writer->bits);
    buffer_free(&writer->codes);
    buffer_free(&writer->neighbours);
    buffer_free(&writer->exceptions);
    buffer_free(&writer->fields);
}
