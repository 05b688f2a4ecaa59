#include "indexer/segment_dense.h"

uint32_t dense_exception(const struct segment_dense *dense, uint32_t posting)
{
    uint32_t low = 0, high = dense->exception_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (dense->exceptions[middle].posting < posting)
            low = middle + 1;
        else
            high = middle;
    }
    const bool is_there = low < dense->exception_count && dense->exceptions[low].posting == posting;
    return is_there ? dense->exceptions[low].frequency : SEGMENT_ESCAPE + 1;
}
