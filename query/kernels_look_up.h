/* Looking documents up in a dense list, one by one: the same for every instruction set, but for how bits are counted.
 * For the kernels alone; WIDE is what each marks its functions with. */
#ifndef QUERY_KERNELS_LOOK_UP_H
#define QUERY_KERNELS_LOOK_UP_H

#include "query/kernels.h"

WIDE static size_t look_up(const struct bm25_factors *factors, const struct group_term *term,
                           const struct segment_lengths *lengths, float rest_unit, float cut, size_t count,
                           uint32_t *documents, float *partial, uint32_t *rest)
{
    const struct segment_dense dense = *term->dense;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t document = documents[i];
        uint32_t left = rest[i];
        float sum = partial[i];
        if (dense_has(&dense, document)) {
            const float f = (float)dense_frequency(&dense, dense_rank(&dense, document));
            const float long_as = (float)segment_length(lengths, document);
            const float counted = long_as > factors->shortest ? long_as : factors->shortest;
            sum += factors->weight * f / (factors->base + factors->slope * counted + f);
            left -= dense_worth(term, document / SEGMENT_GROUP);
        }
        documents[kept] = document;
        partial[kept] = sum;
        rest[kept] = left;
        kept += sum + (float)left * rest_unit >= cut ? 1 : 0;
    }
    return kept;
}

WIDE static size_t keep_neighboured(const struct segment_dense *list, uint8_t asked, size_t count, uint32_t *documents,
                                    float *partial)
{
    enum { APART = 8 };
    const struct segment_dense dense = *list;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t posting = dense_rank(&dense, documents[i]);
        if (i + APART < count)
            __builtin_prefetch(dense.bits + documents[i + APART] / 64);
        documents[kept] = documents[i];
        partial[kept] = partial[i];
        kept += posting < dense.documents && (dense.neighbours[posting] & asked) == asked ? 1 : 0;
    }
    return kept;
}

WIDE static void rank_documents(const struct segment_dense *dense, const uint32_t *documents, size_t count,
                                uint32_t *ranks)
{
    for (size_t i = 0; i < count; i++)
        ranks[i] = dense_rank(dense, documents[i]);
}

#endif
