#include "indexer/segment_neighbours_writer.h"

#include <string.h>
#include <sys/mman.h>

/* In the file a document is where each field's places begin, counted from its start, and one byte a place, with a 0
 * before the first and behind the last of each field. */
enum { PLACES_APART_MOST = 1 << 16, NEVER_THERE = 0 };

static void begin_field(struct neighbour_marks *marks, unsigned field)
{
    if (marks->field != 0)
        buffer_add_byte(&marks->places, NEVER_THERE);
    marks->field = field + 1;
    marks->starts[field] = (uint32_t)(sizeof marks->starts + marks->places.len);
    buffer_add_byte(&marks->places, NEVER_THERE);
}

void neighbour_marks_add(struct neighbour_marks *marks, uint32_t position, unsigned of_tokens)
{
    const unsigned field = position >> SEGMENT_PLACE_BITS;
    const uint32_t place = position & ((UINT32_C(1) << SEGMENT_PLACE_BITS) - 1);
    if (marks->field != field + 1)
        begin_field(marks, field);
    const size_t at = marks->starts[field] - sizeof marks->starts + 1 + place;
    marks->is_far |= at > marks->places.len + PLACES_APART_MOST;
    if (marks->is_far)
        return;
    while (marks->places.len <= at && !marks->places.failed)
        buffer_add_byte(&marks->places, NEVER_THERE);
    if (!marks->places.failed)
        marks->places.at[at] = (char)(marks->places.at[at] | (char)of_tokens);
}

static void put(struct neighbour_marks *marks, const void *bytes, size_t count)
{
    marks->failed |= fwrite(bytes, 1, count, marks->file) != count;
    marks->bytes += count;
}

void neighbour_marks_end(struct neighbour_marks *marks)
{
    buffer_add_byte(&marks->places, NEVER_THERE);
    marks->failed |= marks->places.failed;
    if (!marks->is_far && !marks->failed) {
        put(marks, marks->starts, sizeof marks->starts);
        put(marks, marks->places.at, marks->places.len);
    }
    buffer_add(&marks->ends, (struct span){(const char *)&marks->bytes, sizeof marks->bytes});
    buffer_clear(&marks->places);
    memset(marks->starts, 0, sizeof marks->starts);
    marks->field = 0;
    marks->is_far = false;
}

bool neighbour_marks_map(struct neighbour_marks *marks)
{
    if (marks->failed || marks->ends.failed || fflush(marks->file) != 0)
        return false;
    void *map =
        marks->bytes == 0 ? NULL : mmap(NULL, (size_t)marks->bytes, PROT_READ, MAP_PRIVATE, fileno(marks->file), 0);
    marks->map = map == MAP_FAILED ? NULL : map;
    return map != MAP_FAILED;
}

uint8_t neighbour_marks_of(const struct neighbour_marks *marks, uint32_t document, const uint32_t *positions,
                           size_t count)
{
    const uint64_t *ends = (const uint64_t *)(const void *)marks->ends.at;
    const uint64_t start = document == 0 ? 0 : ends[document - 1];
    uint32_t starts[FIELD_COUNT];
    unsigned before = 0, behind = 0;
    if (start == ends[document])
        return UINT8_MAX; /* too far apart: anything may be there */
    memcpy(starts, marks->map + start, sizeof starts);
    for (size_t i = 0; i < count; i++) {
        const uint32_t place = positions[i] & ((UINT32_C(1) << SEGMENT_PLACE_BITS) - 1);
        const uint8_t *at = marks->map + start + starts[positions[i] >> SEGMENT_PLACE_BITS] + 1 + place;
        before |= at[-1];
        behind |= at[1];
    }
    return segment_neighbours_asked(before, behind);
}

void neighbour_marks_let_go(const struct neighbour_marks *marks)
{
    if (marks->map != NULL)
        (void)madvise(marks->map, (size_t)marks->bytes, MADV_DONTNEED);
}

void neighbour_marks_free(struct neighbour_marks *marks)
{
    if (marks->map != NULL)
        (void)munmap(marks->map, (size_t)marks->bytes);
    buffer_free(&marks->ends);
    buffer_free(&marks->places);
    *marks = (struct neighbour_marks){0};
}
