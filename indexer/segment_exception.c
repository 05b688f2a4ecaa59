#include "indexer/segment_exception.h"

uint32_t segment_exception_find(const struct segment_exception *exceptions, uint32_t count, uint32_t of,
                                uint32_t otherwise)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (exceptions[middle].of < of)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && exceptions[low].of == of ? exceptions[low].value : otherwise;
}
