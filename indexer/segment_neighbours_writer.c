#include "indexer/segment_neighbours_writer.h"

#include <string.h>
#include <sys/mman.h>

/* In the file a document is where the places of each field begin, then the marks of its places, two a byte, the first
 * in the lower half. Before the first place of a field and behind its last is one that nothing stands at. */
enum { PLACES_APART_MOST = 1 << 16, NOTHING = 0 };

static uint32_t place_of(uint32_t position)
{
    return position & ((UINT32_C(1) << SEGMENT_PLACE_BITS) - 1);
}

static void begin_field(struct neighbour_marks *marks, unsigned field)
{
    if (marks->field != 0)
        buffer_add_byte(&marks->places, NOTHING);
    buffer_add_byte(&marks->places, NOTHING);
    marks->field = field + 1;
    marks->starts[field] = (uint32_t)marks->places.len;
}

void neighbour_marks_add(struct neighbour_marks *marks, uint32_t position, unsigned of_tokens)
{
    const unsigned field = position >> SEGMENT_PLACE_BITS;
    if (marks->field != field + 1)
        begin_field(marks, field);
    const size_t at = (size_t)marks->starts[field] + place_of(position);
    marks->is_far |= at > marks->places.len + PLACES_APART_MOST;
    while (marks->places.len <= at && !marks->places.failed && !marks->is_far)
        buffer_add_byte(&marks->places, NOTHING);
    if (!marks->places.failed && !marks->is_far)
        marks->places.at[at] = (char)(marks->places.at[at] | (char)of_tokens);
}

/* Puts two places into each byte; gives the number of bytes. */
static size_t pack_places(struct buffer *places)
{
    if (places->len % 2 != 0)
        buffer_add_byte(places, NOTHING);
    for (size_t i = 0; i < places->len && !places->failed; i += 2)
        places->at[i / 2] = (char)(places->at[i] | places->at[i + 1] << SEGMENT_MARK_BITS);
    return places->len / 2;
}

static void put(struct neighbour_marks *marks, const void *bytes, size_t count)
{
    marks->failed |= fwrite(bytes, 1, count, marks->file) != count;
    marks->bytes += count;
}

bool neighbour_marks_end(struct neighbour_marks *marks)
{
    buffer_add_byte(&marks->places, NOTHING);
    const size_t packed = pack_places(&marks->places);
    marks->failed |= marks->places.failed;
    if (!marks->is_far && !marks->failed) {
        put(marks, marks->starts, sizeof marks->starts);
        put(marks, marks->places.at, packed);
    }
    buffer_add_bytes(&marks->ends, &marks->bytes, sizeof marks->bytes);
    buffer_clear(&marks->places);
    memset(marks->starts, 0, sizeof marks->starts);
    marks->field = 0;
    marks->is_far = false;
    marks->failed |= marks->ends.failed;
    return !marks->failed;
}

bool neighbour_marks_finish(struct neighbour_marks *marks)
{
    if (marks->failed || fflush(marks->file) != 0)
        return false;
    if (marks->bytes == 0)
        return true;
    void *map = mmap(NULL, (size_t)marks->bytes, PROT_READ, MAP_PRIVATE, fileno(marks->file), 0);
    marks->map = map == MAP_FAILED ? NULL : map;
    return marks->map != NULL;
}

static uint64_t start_of(const struct neighbour_marks *marks, uint32_t document)
{
    const uint64_t *ends = (const uint64_t *)(const void *)marks->ends.at;
    return document == 0 ? 0 : ends[document - 1];
}

void neighbour_marks_fetch(const struct neighbour_marks *marks, uint32_t document)
{
    enum { LINE = 64 };
    const uint64_t start = start_of(marks, document);
    if (start + LINE >= marks->bytes)
        return;
    __builtin_prefetch(marks->map + start);
    __builtin_prefetch(marks->map + start + LINE);
}

static unsigned marks_at(const uint8_t *places, size_t at)
{
    return (unsigned)places[at / 2] >> at % 2 * SEGMENT_MARK_BITS & 15u;
}

uint8_t neighbour_marks_of(const struct neighbour_marks *marks, uint32_t document, const uint32_t *positions,
                           size_t count)
{
    const uint64_t start = start_of(marks, document);
    uint32_t starts[FIELD_COUNT];
    unsigned before = 0, behind = 0;
    if (start == start_of(marks, document + 1))
        return UINT8_MAX; /* its places were too far apart: anything may stand there */
    memcpy(starts, marks->map + start, sizeof starts);
    const uint8_t *places = marks->map + start + sizeof starts;
    for (size_t i = 0; i < count; i++) {
        const size_t at = (size_t)starts[positions[i] >> SEGMENT_PLACE_BITS] + place_of(positions[i]);
        before |= marks_at(places, at - 1);
        behind |= marks_at(places, at + 1);
    }
    return segment_neighbours_asked(before, behind);
}

void neighbour_marks_free(struct neighbour_marks *marks)
{
    if (marks->map != NULL)
        (void)munmap(marks->map, (size_t)marks->bytes);
    buffer_free(&marks->ends);
    buffer_free(&marks->places);
    *marks = (struct neighbour_marks){0};
}
