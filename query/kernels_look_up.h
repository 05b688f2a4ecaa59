/* Dense lists, looked into at single documents and asked for ahead: the same for every instruction set, but for how
 * bits are counted. For the kernels alone; WIDE is what each marks its functions with. */
#ifndef QUERY_KERNELS_LOOK_UP_H
#define QUERY_KERNELS_LOOK_UP_H

#include "query/kernels.h"

/* Lists whose bounds of documents are added up at once. */
enum { LISTS_AT_ONCE = 4 };

/* Asks for what the next of `count` lists say of a span, and the span behind it, which share lines of the cache. */
WIDE static inline void fetch_spans(const struct group_term *terms, size_t count, size_t span)
{
    for (size_t i = 0; i < count && i < LISTS_AT_ONCE && span % 2 == 0; i++) {
        __builtin_prefetch(terms[i].dense->bits + span * (SEGMENT_RANK_SPAN / 64));
        __builtin_prefetch(terms[i].dense->bounds + span * (SEGMENT_RANK_SPAN / SEGMENT_GROUP));
    }
}

/* Documents are looked up so many at once: which of them the list holds, where their frequencies lie, what they score.
 * So no branch has to guess which are held, and memory is asked for all frequencies before the first is waited for. */
enum { LOOKED_UP = 64 };

/* Of the documents that a list holds. */
struct held {
    size_t count;
    uint32_t at[LOOKED_UP]; /* among those looked up */
    uint32_t postings[LOOKED_UP];
};

WIDE static inline void find_held(const struct segment_dense *dense, const uint32_t *documents, size_t count,
                                  struct held *held)
{
    held->count = 0;
    for (size_t i = 0; i < count; i++) {
        held->at[held->count] = (uint32_t)i;
        held->count += dense_has(dense, documents[i]) ? 1 : 0;
    }
    for (size_t i = 0; i < held->count; i++) {
        held->postings[i] = dense_rank(dense, documents[held->at[i]]);
        __builtin_prefetch(&dense->codes[held->postings[i] / 2]);
    }
}

WIDE static inline float score_held(const struct bm25_factors *factors, const struct segment_dense *dense,
                                    const struct segment_lengths *lengths, uint32_t document, uint32_t posting)
{
    const float f = (float)dense_frequency(dense, posting), long_as = (float)segment_length(lengths, document);
    const float counted = long_as > factors->shortest ? long_as : factors->shortest;
    return factors->weight * f / (factors->base + factors->slope * counted + f);
}

WIDE static size_t look_up(const struct bm25_factors *factors, const struct group_term *term,
                           const struct segment_lengths *lengths, float unit, float cut, size_t count,
                           uint32_t *documents, float *partial, uint32_t *rest)
{
    const struct segment_dense dense = *term->dense;
    size_t kept = 0;
    for (size_t first = 0, behind; first < count; first = behind) {
        struct held held;
        behind = count - first < LOOKED_UP ? count : first + LOOKED_UP;
        find_held(&dense, documents + first, behind - first, &held);
        for (size_t i = 0; i < held.count; i++) {
            const size_t at = first + held.at[i];
            partial[at] += score_held(factors, &dense, lengths, documents[at], held.postings[i]);
            rest[at] -= dense_worth(term, documents[at] / SEGMENT_GROUP);
        }
        for (size_t i = first; i < behind; i++) {
            const float sum = partial[i];
            const uint32_t left = rest[i];
            documents[kept] = documents[i];
            partial[kept] = sum;
            rest[kept] = left;
            kept += sum + (float)left * unit >= cut ? 1 : 0;
        }
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
