#include "query/numbers.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void numbers_sort(uint32_t *numbers, size_t *count)
{
    size_t kept = 0;
    if (*count > 0)
        qsort(numbers, *count, sizeof *numbers, by_number);
    for (size_t i = 0; i < *count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    *count = kept;
}

size_t numbers_followed(uint32_t *starts, size_t count, const uint32_t *places, size_t place_count, uint32_t offset)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < place_count && places[at] < starts[i] + offset)
            at++;
        starts[kept] = starts[i];
        kept += at < place_count && places[at] == starts[i] + offset ? 1 : 0;
    }
    return kept;
}
