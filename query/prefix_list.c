#include "query/prefix_list.h"

#include "base/error.h"
#include "indexer/bm25.h"
#include "query/document_set.h"

/* How often the prefix stands in each document that may be asked for: the documents of a set are numbered in their
 * order (a bitmap with ranks: Jacobson, "Space-efficient Static Trees and Graphs", 1989), without a set each has its
 * own number. */
struct counts {
    const uint64_t *within;
    const uint32_t *ranks; /* the number of documents in the set before each word of it */
    uint32_t count;        /* of documents */
    uint32_t *frequencies;
};

static uint32_t rank_of(const struct counts *counts, uint32_t document)
{
    const uint64_t below = (UINT64_C(1) << document % 64) - 1;
    return counts->ranks[document / 64] + document_set_bits(counts->within[document / 64] & below);
}

static bool start_counts(const struct sealed_moment *moment, const uint64_t *within, struct arena *arena,
                         struct counts *out)
{
    const uint32_t documents = moment->documents.count;
    *out = (struct counts){.within = within, .count = documents};
    if (within != NULL) {
        const size_t words = document_set_words(documents);
        uint32_t *ranks = arena_array(arena, words, sizeof *ranks);
        if (ranks == NULL)
            return false;
        out->count = 0;
        for (size_t word = 0; word < words; word++) {
            ranks[word] = out->count;
            out->count += document_set_bits(within[word]);
        }
        out->ranks = ranks;
    }
    out->frequencies = arena_array(arena, (size_t)out->count + KERNEL_ROOM, sizeof *out->frequencies);
    return out->frequencies != NULL;
}

/* ---- reading the lists of the words ---------------------------------------------------------------------------- */

/* Whether no document of the set can stand in a block. */
static bool is_outside(const struct counts *counts, const struct segment_list *list, uint32_t block)
{
    if (counts->within == NULL)
        return false;
    const uint32_t first = block == 0 ? 0 : list->last[block - 1] + 1, last = list->last[block];
    return first > last || (rank_of(counts, first) == rank_of(counts, last) && !document_set_has(counts->within, last));
}

/* A block, of which the postings in documents of the set are wanted. */
struct counted_block {
    uint32_t count, held;
    uint8_t index[SEGMENT_BLOCK]; /* of those that are held */
    uint32_t documents[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
};

/* Without a branch for each posting: which are held nobody can foresee. */
static void select_held(const struct counts *counts, struct counted_block *block)
{
    block->held = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        block->index[block->held] = (uint8_t)i;
        block->held += counts->within == NULL || document_set_has(counts->within, block->documents[i]) ? 1 : 0;
    }
}

/* Frequencies are read where a posting is held; in the last block of a list they lie among the documents. */
static bool read_block(const struct counts *counts, const struct segment_list *list, uint32_t at,
                       struct counted_block *block)
{
    const bool is_last = at + 1 == list->block_count;
    block->count = segment_block(list, at, block->documents, is_last ? block->frequencies : NULL);
    select_held(counts, block);
    return block->count > 0 && (is_last || block->held == 0 || segment_block(list, at, NULL, block->frequencies) > 0);
}

/* An overlap comes off; that may be before what it comes off of, but sums are right in the end. */
static void add_block(const struct counts *counts, const struct counted_block *block, bool is_overlap)
{
    for (uint32_t i = 0; i < block->held; i++) {
        const uint32_t index = block->index[i], document = block->documents[index];
        const uint32_t at = counts->within == NULL ? document : rank_of(counts, document);
        counts->frequencies[at] += is_overlap ? -block->frequencies[index] : block->frequencies[index];
    }
}

/* Of a dense list only the documents of the set are looked at. */
static void count_dense(const struct counts *counts, const struct kernels *kernels, const struct segment_dense *dense)
{
    for (uint32_t word = 0; word < dense->words; word++) {
        uint64_t bits = counts->within[word] & dense->bits[word];
        if (bits == 0)
            continue;
        const uint32_t before = kernels_rank(kernels, dense, word * 64);
        for (; bits != 0; bits &= bits - 1) {
            const uint64_t below = (bits & -bits) - 1;
            const uint32_t posting = before + document_set_bits(dense->bits[word] & below);
            const uint32_t at = counts->ranks[word] + document_set_bits(counts->within[word] & below);
            counts->frequencies[at] += posting < dense->documents ? dense_frequency(dense, posting) : 0;
        }
    }
}

static bool count_list(const struct counts *counts, const struct kernels *kernels, const struct segment_list *list)
{
    struct counted_block block;
    if (list->is_dense && counts->within != NULL) {
        count_dense(counts, kernels, &list->dense);
        return true;
    }
    for (uint32_t at = 0; at < list->block_count; at++) {
        if (is_outside(counts, list, at))
            continue;
        if (!read_block(counts, list, at, &block))
            return false;
        add_block(counts, &block, list->is_overlap);
    }
    return true;
}

static pinakes_status count_lists(const struct sealed_moment *moment, uint32_t first, uint32_t behind,
                                  const struct counts *counts, pinakes_error *error)
{
    for (uint32_t token = first; token < behind; token++) {
        struct segment_list list;
        const pinakes_status status = segment_list_at(moment->segment, token, &list, error);
        if (status != PINAKES_OK)
            return status;
        if (!count_list(counts, moment->kernels, &list))
            return segment_damaged(moment->segment, error);
    }
    return PINAKES_OK;
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

/* Writes the documents that have a frequency, ascending, and moves the frequencies of these together. Gives their
 * number. */
static uint32_t write_all(const struct counts *counts, uint32_t *documents)
{
    uint32_t *frequencies = counts->frequencies, kept = 0;
    for (uint32_t document = 0; document < counts->count; document++) {
        documents[kept] = document;
        frequencies[kept] = frequencies[document];
        kept += frequencies[document] != 0 ? 1 : 0;
    }
    return kept;
}

static uint32_t write_within(const struct counts *counts, size_t words, uint32_t *documents)
{
    uint32_t *frequencies = counts->frequencies, kept = 0, at = 0;
    for (size_t word = 0; word < words; word++) {
        for (uint64_t bits = counts->within[word]; bits != 0; bits &= bits - 1, at++) {
            documents[kept] = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
            frequencies[kept] = frequencies[at];
            kept += frequencies[at] != 0 ? 1 : 0;
        }
    }
    return kept;
}

/* The bounds of blocks hold at the average length of this moment, and so at that of the seal where it is greater. */
static pinakes_status bound_blocks(const struct sealed_moment *moment, struct segment_list *list, uint32_t *last,
                                   float *most, pinakes_error *error)
{
    static const float ROUNDING = 1 + 1e-6f;
    const double average = moment->collection.average_length;
    const struct bm25_factors factors = {
        .weight = (float)(BM25_K1 + 1),
        .base = (float)(BM25_K1 * (average > 0 ? 1 - BM25_B : 1)),
        .slope = (float)(average > 0 ? BM25_K1 * BM25_B / average : 0),
        .shortest = (float)(BM25_SHORTEST * average),
    };
    float scores[SEGMENT_BLOCK + KERNEL_ROOM];
    for (uint32_t block = 0; block < list->block_count; block++) {
        const uint32_t first = block * SEGMENT_BLOCK, left = list->documents - first;
        const uint32_t count = left < SEGMENT_BLOCK ? left : SEGMENT_BLOCK;
        const uint32_t *documents = list->made_documents + first;
        if (!segment_column_is_sound(moment->segment, SEGMENT_LENGTHS, documents[0], documents[count - 1]))
            return segment_damaged(moment->segment, error);
        moment->kernels->score(&factors, documents, list->made_frequencies + first, count, &moment->documents.lengths,
                               scores);
        for (uint32_t i = 0; i < count; i++)
            most[block] = scores[i] * ROUNDING > most[block] ? scores[i] * ROUNDING : most[block];
        last[block] = documents[count - 1];
        list->most_of_all = most[block] > list->most_of_all ? most[block] : list->most_of_all;
    }
    return PINAKES_OK;
}

pinakes_status prefix_list_make(const struct sealed_moment *moment, uint32_t first, uint32_t behind,
                                const uint64_t *within, struct arena *arena, struct segment_list *out,
                                pinakes_error *error)
{
    struct counts counts;
    if (!start_counts(moment, within, arena, &counts))
        return error_no_memory(error);
    pinakes_status status = count_lists(moment, first, behind, &counts, error);
    if (status != PINAKES_OK)
        return status;
    const size_t blocks = counts.count / SEGMENT_BLOCK + 1;
    uint32_t *documents = arena_array(arena, (size_t)counts.count + KERNEL_ROOM, sizeof *documents);
    uint32_t *last = arena_array(arena, blocks, sizeof *last);
    float *most = arena_array(arena, blocks, sizeof *most);
    if (documents == NULL || last == NULL || most == NULL)
        return error_no_memory(error);
    const uint32_t count = within == NULL
                               ? write_all(&counts, documents)
                               : write_within(&counts, document_set_words(moment->documents.count), documents);
    *out = (struct segment_list){
        .segment = moment->segment,
        .documents = count,
        .block_count = (count + SEGMENT_BLOCK - 1) / SEGMENT_BLOCK,
        .last = last,
        .most = most,
        .token = first,
        .is_bare = true,
        .made_documents = documents,
        .made_frequencies = counts.frequencies,
    };
    return bound_blocks(moment, out, last, most, error);
}
