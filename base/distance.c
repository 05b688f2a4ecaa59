#include "base/distance.h"

#include <limits.h>
#include <utf8proc.h>

size_t distance_characters(struct span text, int32_t out[DISTANCE_WORD_MAX])
{
    size_t count = 0;
    for (size_t at = 0; at < text.len; count++) {
        const size_t left = text.len - at;
        const utf8proc_ssize_t bytes =
            count == DISTANCE_WORD_MAX
                ? -1
                : utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, (utf8proc_ssize_t)left, &out[count]);
        if (bytes <= 0)
            return SIZE_MAX;
        at += (size_t)bytes;
    }
    return count;
}

bool distance_start(struct distance *distance, struct span word)
{
    distance->length = distance_characters(word, distance->word);
    distance->other_length = 0;
    if (distance->length == SIZE_MAX)
        return false;
    for (size_t i = 0; i <= distance->length; i++)
        distance->rows[0][i] = (uint8_t)i;
    return true;
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

void distance_push(struct distance *distance, size_t length, int32_t character)
{
    distance->other[length] = character;
    distance->other_length = length + 1;
    uint8_t *row = distance->rows[length + 1];
    const uint8_t *above = distance->rows[length];
    row[0] = (uint8_t)(length + 1);
    for (size_t i = 1; i <= distance->length; i++) {
        const bool is_same = distance->word[i - 1] == character;
        uint8_t value = least((uint8_t)(above[i] + 1), (uint8_t)(row[i - 1] + 1));
        value = least(value, (uint8_t)(above[i - 1] + (is_same ? 0 : 1)));
        if (i > 1 && length > 0 && distance->word[i - 2] == character &&
            distance->word[i - 1] == distance->other[length - 1])
            value = least(value, (uint8_t)(distance->rows[length - 1][i - 2] + 1));
        row[i] = value;
    }
}

unsigned distance_value(const struct distance *distance)
{
    return distance->rows[distance->other_length][distance->length];
}

static uint8_t least_of_row(const struct distance *distance, size_t row)
{
    uint8_t value = UINT8_MAX;
    for (size_t i = 0; i <= distance->length; i++)
        value = least(value, distance->rows[row][i]);
    return value;
}

/* A later row grows out of the last one, or by a swap, which costs one, out of the one before. */
bool distance_can_reach(const struct distance *distance, unsigned most)
{
    const size_t last = distance->other_length;
    return least_of_row(distance, last) <= most || (last > 0 && least_of_row(distance, last - 1) + 1u <= most);
}

unsigned distance_between(struct span a, struct span b)
{
    struct distance distance;
    int32_t other[DISTANCE_WORD_MAX];
    const size_t length = distance_characters(b, other);
    if (length == SIZE_MAX || !distance_start(&distance, a))
        return UINT_MAX;
    for (size_t i = 0; i < length; i++)
        distance_push(&distance, i, other[i]);
    return distance_value(&distance);
}
