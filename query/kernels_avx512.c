/* AVX-512 F, BW, VL: sixteen postings at once. */
#include "query/kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

/* Without optimisation the intrinsics are macros, whose casts are not ours. */
#if defined(__GNUC__) && !defined(__OPTIMIZE__)
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,bmi,bmi2,popcnt")))
#include "query/kernels_codes.h"
#include "query/kernels_look_up.h"
#include "query/kernels_sets.h"

enum { LANES = 16 };

struct factors {
    __m512 weight, base, slope, shortest;
};

WIDE static inline struct factors spread(const struct bm25_factors *factors)
{
    return (struct factors){_mm512_set1_ps(factors->weight), _mm512_set1_ps(factors->base),
                            _mm512_set1_ps(factors->slope), _mm512_set1_ps(factors->shortest)};
}

WIDE static inline __mmask16 lanes_left(size_t left)
{
    return (__mmask16)(left >= LANES ? 0xffffu : (1u << left) - 1u);
}

/* Puts the lengths of documents that are longer than 16 bits tell. */
WIDE static __attribute__((noinline)) __m512i with_longer(const struct segment_lengths *lengths, __m512i shorts,
                                                          __m512i documents, unsigned longer)
{
    uint32_t at[LANES], all[LANES];
    _mm512_storeu_si512(at, documents);
    _mm512_storeu_si512(all, shorts);
    for (; longer != 0; longer &= longer - 1)
        all[__builtin_ctz(longer)] = segment_longer_length(lengths, at[__builtin_ctz(longer)]);
    return _mm512_loadu_si512(all);
}

WIDE static inline __m512i whole_lengths(const struct segment_lengths *lengths, __m512i shorts, __m512i documents)
{
    const __mmask16 longer = _mm512_cmpeq_epi32_mask(shorts, _mm512_set1_epi32(SEGMENT_LONGER));
    return longer == 0 ? shorts : with_longer(lengths, shorts, documents, longer);
}

/* Each comes with the one behind it, which is cut off. */
WIDE static inline __m512i lengths_of(const struct segment_lengths *lengths, __m512i documents, __mmask16 lanes)
{
    const __m512i pairs = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, documents, lengths->shorts, 2);
    return whole_lengths(lengths, _mm512_and_si512(pairs, _mm512_set1_epi32(UINT16_MAX)), documents);
}

WIDE static inline __m512i lengths_from(const struct segment_lengths *lengths, uint32_t document)
{
    const __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m256i shorts = _mm256_loadu_si256((const __m256i *)(const void *)(lengths->shorts + document));
    return whole_lengths(lengths, _mm512_cvtepu16_epi32(shorts),
                         _mm512_add_epi32(index, _mm512_set1_epi32((int)document)));
}

WIDE static inline __m512 normal_of(const struct factors *factors, __m512i lengths)
{
    const __m512 counted = _mm512_max_ps(_mm512_cvtepu32_ps(lengths), factors->shortest);
    return _mm512_add_ps(factors->base, _mm512_mul_ps(factors->slope, counted));
}

WIDE static inline __m512 score_lanes(const struct factors *factors, __m512i documents, __m512i frequencies,
                                      const struct segment_lengths *lengths, __mmask16 lanes)
{
    const __m512 normal = normal_of(factors, lengths_of(lengths, documents, lanes));
    const __m512 f = _mm512_cvtepu32_ps(frequencies);
    const __m512 score = _mm512_div_ps(_mm512_mul_ps(factors->weight, f), _mm512_add_ps(normal, f));
    return score;
}

WIDE static void score(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const struct segment_lengths *lengths, float *scores)
{
    const struct factors wide = spread(factors);
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512i document = _mm512_maskz_loadu_epi32(lanes, documents + i);
        const __m512i frequency = _mm512_maskz_loadu_epi32(lanes, frequencies + i);
        _mm512_mask_storeu_ps(scores + i, lanes, score_lanes(&wide, document, frequency, lengths, lanes));
    }
}

WIDE static size_t add(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const struct segment_lengths *lengths, float *sums, uint32_t first, float cut,
                       uint32_t *crossed)
{
    const struct factors wide = spread(factors);
    const __m512i offset = _mm512_set1_epi32((int)first);
    const __m512 least = _mm512_set1_ps(cut);
    size_t crossings = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512i document = _mm512_maskz_loadu_epi32(lanes, documents + i);
        const __m512i frequency = _mm512_maskz_loadu_epi32(lanes, frequencies + i);
        const __m512i index = _mm512_sub_epi32(document, offset);
        const __m512 before = _mm512_mask_i32gather_ps(_mm512_setzero_ps(), lanes, index, sums, 4);
        const __m512 after = _mm512_add_ps(before, score_lanes(&wide, document, frequency, lengths, lanes));
        _mm512_mask_i32scatter_ps(sums, lanes, index, after, 4);
        const __mmask16 high = _mm512_mask_cmp_ps_mask(lanes, after, least, _CMP_GE_OQ);
        const __mmask16 crosses = _mm512_mask_cmp_ps_mask(high, before, least, _CMP_LT_OQ);
        if (crosses != 0) {
            _mm512_storeu_si512(crossed + crossings, _mm512_maskz_compress_epi32(crosses, document));
            crossings += (size_t)__builtin_popcount(crosses);
        }
    }
    return crossings;
}

WIDE static size_t select_at_least(const float *values, size_t count, float cut, uint32_t *indexes)
{
    const __m512 least = _mm512_set1_ps(cut);
    const __m512i step = _mm512_set1_epi32(LANES);
    __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t selected = 0;
    for (size_t i = 0; i < count; i += LANES, index = _mm512_add_epi32(index, step)) {
        const __mmask16 lanes = lanes_left(count - i);
        const __mmask16 high =
            _mm512_mask_cmp_ps_mask(lanes, _mm512_maskz_loadu_ps(lanes, values + i), least, _CMP_GE_OQ);
        if (high != 0) {
            _mm512_storeu_si512(indexes + selected, _mm512_maskz_compress_epi32(high, index));
            selected += (size_t)__builtin_popcount(high);
        }
    }
    return selected;
}

WIDE static size_t count_at_least(const float *values, size_t count, float cut)
{
    const __m512 least = _mm512_set1_ps(cut);
    size_t counted = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512 value = _mm512_maskz_loadu_ps(lanes, values + i);
        counted += (size_t)__builtin_popcount(_mm512_mask_cmp_ps_mask(lanes, value, least, _CMP_GE_OQ));
    }
    return counted;
}

WIDE static size_t below(const uint32_t block[SEGMENT_BLOCK], uint32_t document)
{
    const __m512i least = _mm512_set1_epi32((int)document);
    size_t smaller = 0;
    for (size_t i = 0; i < SEGMENT_BLOCK; i += LANES)
        smaller += (size_t)__builtin_popcount(_mm512_cmplt_epu32_mask(_mm512_loadu_si512(block + i), least));
    return smaller;
}

/* `mask` turned by so many lanes: lane i becomes lane i + by. */
WIDE static inline unsigned turned(unsigned mask, int by)
{
    return (mask << by | mask >> (LANES - by)) & 0xffffu;
}

/* Which lanes of `a` stand anywhere in `b`, and which of `b` in `a`: every turn of one against the other. */
WIDE static inline void equal_lanes(__m512i a, __m512i b, unsigned *in_a, unsigned *in_b)
{
    const __m512i b4 = _mm512_alignr_epi32(b, b, 4), b8 = _mm512_alignr_epi32(b, b, 8),
                  b12 = _mm512_alignr_epi32(b, b, 12);
    unsigned any = 0, any4 = 0, any8 = 0, any12 = 0;
    __m512i a_turned = a;
    *in_a = 0;
    for (int turn = 0; turn < 4; turn++) {
        const unsigned found = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b),
                       found4 = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b4),
                       found8 = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b8),
                       found12 = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b12);
        *in_a |= turned(found | found4 | found8 | found12, turn);
        any |= found;
        any4 |= found4;
        any8 |= found8;
        any12 |= found12;
        a_turned = _mm512_alignr_epi32(a_turned, a_turned, 1);
    }
    *in_b = any | turned(any4, 4) | turned(any8, 8) | turned(any12, 12);
}

WIDE static size_t meet(uint32_t *documents, size_t count, const uint32_t block[SEGMENT_BLOCK], uint32_t *from,
                        uint32_t *places)
{
    const __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512i a = _mm512_mask_loadu_epi32(_mm512_set1_epi32(-1), lanes, documents + i);
        const uint32_t greatest = documents[(count - i >= LANES ? i + LANES : count) - 1];
        while (at < SEGMENT_BLOCK && block[at + LANES - 1] < documents[i])
            at += LANES;
        for (size_t j = at; j < SEGMENT_BLOCK && block[j] <= greatest; j += LANES) {
            unsigned in_a, in_b;
            equal_lanes(a, _mm512_loadu_si512(block + j), &in_a, &in_b);
            const __mmask16 found = (__mmask16)(in_a & lanes);
            const size_t more = (size_t)__builtin_popcount(found);
            const __mmask16 first = (__mmask16)((1u << more) - 1);
            const __mmask16 places_found = (__mmask16)_pdep_u32(first, in_b);
            const __m512i here = _mm512_add_epi32(index, _mm512_set1_epi32((int)j));
            const __m512i there = _mm512_add_epi32(index, _mm512_set1_epi32((int)i));
            /* both ascend: the n-th lane of one is the n-th of the other */
            _mm512_storeu_si512(places + kept, _mm512_maskz_compress_epi32(places_found, here));
            _mm512_storeu_si512(from + kept, _mm512_maskz_compress_epi32(found, there));
            _mm512_mask_storeu_epi32(documents + kept, first, _mm512_maskz_compress_epi32(found, a));
            kept += more;
        }
    }
    return kept;
}

WIDE static void keep_allowed(const uint16_t *values, const uint64_t *allowed, size_t count, uint16_t *kept)
{
    for (size_t i = 0; i < count; i += 32) { /* a group's bits are sixteen: one lane */
        const __mmask32 lanes = count - i >= 32 ? UINT32_MAX : (1u << (count - i)) - 1;
        const __m512i bits = _mm512_maskz_loadu_epi16(lanes, allowed + i / 4);
        const __mmask32 held = _mm512_test_epi16_mask(bits, bits);
        _mm512_mask_storeu_epi16(kept + i, lanes, _mm512_maskz_loadu_epi16(held, values + i));
    }
}

WIDE static void greatest(const uint16_t *values, size_t count, uint16_t most[KERNEL_GROUPS])
{
    __m512i low = _mm512_loadu_si512(most), high = _mm512_loadu_si512(most + KERNEL_GROUPS / 2);
    for (size_t i = 0; i < count; i += KERNEL_GROUPS) {
        low = _mm512_max_epu16(low, _mm512_loadu_si512(values + i));
        high = _mm512_max_epu16(high, _mm512_loadu_si512(values + i + KERNEL_GROUPS / 2));
    }
    _mm512_storeu_si512(most, low);
    _mm512_storeu_si512(most + KERNEL_GROUPS / 2, high);
}

WIDE static size_t reach(const uint16_t *values, size_t count, uint16_t least, uint32_t *indexes)
{
    const __m512i cut = _mm512_set1_epi16((short)least);
    const __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t reached = 0;
    for (size_t i = 0; i < count && indexes == NULL; i += 32)
        reached += (size_t)__builtin_popcount(_mm512_cmpge_epu16_mask(_mm512_loadu_si512(values + i), cut));
    for (size_t i = 0; i < count && indexes != NULL; i += 32) {
        const __mmask32 high = _mm512_cmpge_epu16_mask(_mm512_loadu_si512(values + i), cut);
        const __mmask16 halves[] = {(__mmask16)high, (__mmask16)(high >> LANES)};
        if (high == 0)
            continue;
        for (size_t half = 0; half < 2; half++) {
            const __m512i here = _mm512_add_epi32(index, _mm512_set1_epi32((int)(i + half * LANES)));
            _mm512_storeu_si512(indexes + reached, _mm512_maskz_compress_epi32(halves[half], here));
            reached += (size_t)__builtin_popcount(halves[half]);
        }
    }
    return reached;
}

/* Sixteen frequency codes from posting `posting` on, one a lane. */
WIDE static inline __m512i codes_from(const uint8_t *codes, uint32_t posting)
{
    const __m512i halves = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    const __m512i shifts = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 0, 4, 8, 12, 16, 20, 24, 28);
    const __m512i bits = _mm512_set1_epi64((long long)sixteen_codes(codes, posting));
    const __m512i all = _mm512_permutexvar_epi32(halves, bits);
    return _mm512_and_si512(_mm512_srlv_epi32(all, shifts), _mm512_set1_epi32(15));
}

/* Puts the frequencies of exceptions where their codes say so. */
WIDE static inline __m512i with_exceptions(const struct segment_dense *dense, __m512i frequencies, unsigned bits,
                                           uint32_t posting, unsigned escaped)
{
    uint32_t lanes[LANES];
    _mm512_storeu_si512(lanes, frequencies);
    put_exceptions(dense, bits, posting, escaped, lanes);
    return _mm512_loadu_si512(lanes);
}

/* What the documents `bits` of a group get of a term, from its posting `posting` on; the others have the frequency 0,
 * which scores 0. */
WIDE static inline __m512 score_postings(const struct segment_dense *dense, float weight, unsigned bits,
                                         uint32_t posting, __m512 normal)
{
    const __m512i codes = _mm512_maskz_expand_epi32((__mmask16)bits, codes_from(dense->codes, posting));
    __m512i frequency = _mm512_maskz_add_epi32((__mmask16)bits, codes, _mm512_set1_epi32(1));
    const __mmask16 escaped = _mm512_cmpeq_epi32_mask(codes, _mm512_set1_epi32(SEGMENT_ESCAPE));
    if (escaped != 0)
        frequency = with_exceptions(dense, frequency, bits, posting, escaped);
    const __m512 f = _mm512_cvtepu32_ps(frequency);
    return _mm512_div_ps(_mm512_mul_ps(_mm512_set1_ps(weight), f), _mm512_add_ps(normal, f));
}

WIDE static inline __m512 score_group(const struct segment_dense *dense, float weight, uint32_t document, __m512 normal)
{
    return score_postings(dense, weight, group_bits(dense->bits, document), dense_rank(dense, document), normal);
}

/* Groups on their way: all of them meet a term before the next one, so that nothing waits and no branch is guessed. */
enum { ON_THE_WAY = 32 };
struct groups_on_the_way {
    float normals[ON_THE_WAY * LANES], sums[ON_THE_WAY * LANES];
    uint32_t groups[ON_THE_WAY], rest[ON_THE_WAY], alive[ON_THE_WAY];
    size_t count; /* of `alive`, which are indexes of the others */
};

WIDE static inline void start_groups(const struct group_sums *sums, const uint32_t *groups, size_t count,
                                     struct groups_on_the_way *way)
{
    const struct factors factors = {.base = _mm512_set1_ps(sums->base),
                                    .slope = _mm512_set1_ps(sums->slope),
                                    .shortest = _mm512_set1_ps(sums->shortest)};
    way->count = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t within = groups[i] * LANES;
        const __m512i lengths = lengths_from(sums->lengths, sums->first + within);
        _mm512_storeu_ps(way->normals + i * LANES, normal_of(&factors, lengths));
        _mm512_storeu_ps(way->sums + i * LANES, _mm512_loadu_ps(sums->sums + within));
        way->groups[i] = groups[i];
        way->rest[i] = sums->rest[groups[i]];
        way->alive[way->count] = (uint32_t)i;
        way->count += sums->allowed == NULL || group_bits(sums->allowed, within) != 0 ? 1 : 0;
    }
}

static inline void fetch_group(const struct segment_dense *dense, uint32_t document)
{
    __builtin_prefetch(dense->bits + document / 64);
    __builtin_prefetch(dense->codes + dense->ranks[document / SEGMENT_RANK_SPAN] / 2);
}

/* Adds one term to the groups that are alive, and keeps those of which a document may still reach the cut. */
WIDE static inline void add_group_term(const struct group_sums *sums, size_t term, float cut,
                                       struct groups_on_the_way *way)
{
    const struct segment_dense dense_here = *sums->terms[term].dense, *dense = &dense_here;
    const struct segment_dense *next = sums->terms[term + 1 < sums->term_count ? term + 1 : term].dense;
    const float weight = sums->terms[term].weight;
    const uint32_t bound_weight = sums->terms[term].bound_weight, first = sums->first / LANES;
    size_t kept = 0;
    for (size_t i = 0; i < way->count; i++) {
        const uint32_t at = way->alive[i], group = first + way->groups[at], document = group * LANES;
        const __m512 normal = _mm512_loadu_ps(way->normals + at * LANES);
        const __m512 sum =
            _mm512_add_ps(_mm512_loadu_ps(way->sums + at * LANES), score_group(dense, weight, document, normal));
        fetch_group(next, document);
        _mm512_storeu_ps(way->sums + at * LANES, sum);
        way->rest[at] -= (uint32_t)dense->bounds[group] * bound_weight >> 8;
        const float least = cut - (float)way->rest[at] * sums->rest_unit;
        way->alive[kept] = at;
        kept += _mm512_cmp_ps_mask(sum, _mm512_set1_ps(least), _CMP_GE_OQ) != 0 ? 1 : 0;
    }
    way->count = kept;
}

WIDE static size_t write_groups(const struct group_sums *sums, float cut, const struct groups_on_the_way *way,
                                uint32_t *documents, float *scores)
{
    const __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t written = 0;
    for (size_t i = 0; i < way->count; i++) {
        const uint32_t at = way->alive[i], within = way->groups[at] * LANES;
        const unsigned allowed = sums->allowed == NULL ? 0xffffu : group_bits(sums->allowed, within);
        const __m512 sum = _mm512_loadu_ps(way->sums + at * LANES);
        const __mmask16 high = _mm512_mask_cmp_ps_mask((__mmask16)allowed, sum, _mm512_set1_ps(cut), _CMP_GE_OQ);
        const __m512i here = _mm512_add_epi32(index, _mm512_set1_epi32((int)(sums->first + within)));
        _mm512_storeu_si512(documents + written, _mm512_maskz_compress_epi32(high, here));
        _mm512_storeu_ps(scores + written, _mm512_maskz_compress_ps(high, sum));
        written += (size_t)__builtin_popcount(high);
    }
    return written;
}

WIDE static size_t score_groups(const struct group_sums *sums, const uint32_t *groups, size_t count, float cut,
                                uint32_t *documents, float *scores)
{
    struct groups_on_the_way way;
    size_t written = 0;
    for (size_t i = 0; i < count; i += ON_THE_WAY) {
        const size_t piece = count - i < ON_THE_WAY ? count - i : ON_THE_WAY;
        for (size_t j = 0; j < piece; j++)
            fetch_group(sums->terms[0].dense, sums->first + groups[i + j] * LANES);
        start_groups(sums, groups + i, piece, &way);
        for (size_t term = 0; term < sums->term_count && way.count > 0; term++)
            add_group_term(sums, term, cut, &way);
        written += write_groups(sums, cut, &way, documents + written, scores + written);
    }
    return written;
}

/* The documents of a span: sixty-four a vector, of four groups. */
enum { BYTES = 64, SPAN_VECTORS = SEGMENT_RANK_SPAN / BYTES, SPANS_AT_ONCE = 128 };

/* For each vector of a span, which of the span's sixteen groups its documents are of. */
WIDE static inline void groups_of_span(__m512i groups[SPAN_VECTORS])
{
    const __m512i quarters = _mm512_setr_epi64(0, 0, 0x0101010101010101, 0x0101010101010101, 0x0202020202020202,
                                               0x0202020202020202, 0x0303030303030303, 0x0303030303030303);
    for (size_t i = 0; i < SPAN_VECTORS; i++)
        groups[i] = _mm512_add_epi8(quarters, _mm512_set1_epi8((char)(4 * i)));
}

/* What a list's bounds make of one span, in every quarter. */
WIDE static inline __m512i worths_of_span(const struct group_term *term, size_t span)
{
    const uint8_t *at = term->dense->bounds + span * LANES;
    const __m256i bound = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)at));
    const __m256i worth = _mm256_mulhi_epu16(bound, _mm256_set1_epi16((short)term->document_weight));
    return _mm512_broadcast_i32x4(_mm256_cvtepi16_epi8(_mm256_add_epi16(worth, _mm256_set1_epi16(1))));
}

/* Some lists at once, so that bounds are fetched and stored less often; but of many lists the processor would no longer
 * see coming what is read next. */
WIDE static inline __attribute__((always_inline)) void bound_span(const struct group_term *terms, size_t count,
                                                                  size_t span, const __m512i groups[SPAN_VECTORS],
                                                                  uint8_t *bounds)
{
    __m512i worths[LISTS_AT_ONCE];
    uint64_t bits[LISTS_AT_ONCE][SPAN_VECTORS];
    for (size_t term = 0; term < count; term++) {
        worths[term] = worths_of_span(&terms[term], span);
        memcpy(bits[term], terms[term].dense->bits + span * SEGMENT_RANK_SPAN / 64, sizeof bits[term]);
    }
    for (size_t i = 0; i < SPAN_VECTORS; i++, bounds += BYTES) {
        __m512i sum = _mm512_loadu_si512(bounds);
        for (size_t term = 0; term < count; term++)
            sum = _mm512_mask_adds_epu8(sum, bits[term][i], sum, _mm512_shuffle_epi8(worths[term], groups[i]));
        _mm512_storeu_si512(bounds, sum);
    }
}

/* The spans from `first` of all documents on. */
WIDE static void bound_spans(const struct group_sums *sums, size_t from, size_t to, size_t first, size_t spans,
                             uint8_t *bounds)
{
    __m512i groups[SPAN_VECTORS];
    size_t term = from;
    groups_of_span(groups);
    for (; term + LISTS_AT_ONCE <= to; term += LISTS_AT_ONCE)
        for (size_t span = 0; span < spans; span++) {
            fetch_spans(sums->terms + term + LISTS_AT_ONCE, to - term - LISTS_AT_ONCE, first + span);
            bound_span(&sums->terms[term], LISTS_AT_ONCE, first + span, groups, bounds + span * SEGMENT_RANK_SPAN);
        }
    for (; term < to; term++)
        for (size_t span = 0; span < spans; span++)
            bound_span(&sums->terms[term], 1, first + span, groups, bounds + span * SEGMENT_RANK_SPAN);
}

/* As many spans at once as stay in the first cache. */
WIDE static void bound_documents(const struct group_sums *sums, size_t from, size_t to, size_t spans, uint8_t *bounds)
{
    const size_t first = sums->first / SEGMENT_RANK_SPAN;
    for (size_t span = 0; span < spans; span += SPANS_AT_ONCE)
        bound_spans(sums, from, to, first + span, spans - span < SPANS_AT_ONCE ? spans - span : SPANS_AT_ONCE,
                    bounds + span * SEGMENT_RANK_SPAN);
}

WIDE static void start_bounds(const float *sums, float scale, size_t count, uint8_t *bounds)
{
    const __m512 wide = _mm512_set1_ps(scale);
    for (size_t i = 0; i < count; i += LANES) {
        const __m512 worth = _mm512_add_ps(_mm512_mul_ps(_mm512_loadu_ps(sums + i), wide), _mm512_set1_ps(1));
        _mm_storeu_si128((__m128i *)(void *)(bounds + i),
                         _mm512_cvtepi32_epi8(_mm512_cvttps_epi32(_mm512_min_ps(worth, _mm512_set1_ps(UINT8_MAX)))));
    }
}

WIDE static size_t reach_documents(const uint8_t *values, size_t count, uint8_t least, uint32_t *indexes)
{
    const __m512i cut = _mm512_set1_epi8((char)least);
    size_t reached = 0;
    for (size_t i = 0; i < count; i += BYTES) {
        uint64_t high = _mm512_cmpge_epu8_mask(_mm512_loadu_si512(values + i), cut);
        if (indexes == NULL)
            reached += (size_t)__builtin_popcountll(high);
        else
            for (; high != 0; high &= high - 1)
                indexes[reached++] = (uint32_t)i + (uint32_t)__builtin_ctzll(high);
    }
    return reached;
}

WIDE static void bar_others(const uint64_t *allowed, size_t words, uint8_t *bounds)
{
    for (size_t word = 0; word < words; word++, bounds += BYTES)
        _mm512_storeu_si512(bounds, _mm512_maskz_loadu_epi8(allowed[word], bounds));
}

WIDE static inline __m256i whole_worth(const float *most, __m512 scale)
{
    const __m512 worth = _mm512_add_ps(_mm512_mul_ps(_mm512_loadu_ps(most), scale), _mm512_set1_ps(1));
    return _mm512_cvtepi32_epi16(_mm512_cvttps_epi32(_mm512_min_ps(worth, _mm512_set1_ps(UINT16_MAX))));
}

WIDE static void add_most(const uint16_t *bounds, const float *most, float scale, size_t count, uint16_t *reach)
{
    const __m512 wide = _mm512_set1_ps(scale);
    for (size_t i = 0; i < count; i += LANES) {
        const __m256i bound = _mm256_loadu_si256((const __m256i *)(const void *)(bounds + i));
        _mm256_storeu_si256((__m256i *)(void *)(reach + i), _mm256_adds_epu16(bound, whole_worth(most + i, wide)));
    }
}

/* What bounds of thirty-two groups are worth. */
WIDE static inline __m512i worth_of(const uint8_t *bounds, uint16_t weight)
{
    const __m512i bound = _mm512_cvtepu8_epi16(_mm256_loadu_si256((const __m256i *)(const void *)bounds));
    return _mm512_mulhi_epu16(_mm512_slli_epi16(bound, 8), _mm512_set1_epi16((short)weight));
}

WIDE static void bound_groups(const struct group_sums *sums, size_t count, uint16_t *bounds, const float *most,
                              float scale, uint16_t *reach)
{
    for (size_t i = 0; i < count; i += KERNEL_GROUPS) {
        __m512i low = _mm512_set1_epi16((short)sums->term_count), high = low;
        for (size_t term = 0; term < sums->term_count; term++) {
            const uint8_t *at = sums->terms[term].dense->bounds + sums->first / SEGMENT_GROUP + i;
            low = _mm512_adds_epu16(low, worth_of(at, sums->terms[term].bound_weight));
            high = _mm512_adds_epu16(high, worth_of(at + KERNEL_GROUPS / 2, sums->terms[term].bound_weight));
        }
        _mm512_storeu_si512(bounds + i, low);
        _mm512_storeu_si512(bounds + i + KERNEL_GROUPS / 2, high);
        if (most != NULL)
            add_most(bounds + i, most + i, scale, KERNEL_GROUPS, reach + i);
    }
}

WIDE static void keep_within(const int16_t *values, size_t count, int16_t from, int16_t to, uint64_t *bits)
{
    const __m512i least = _mm512_set1_epi16(from), most = _mm512_set1_epi16(to);
    for (size_t first = 0; first < count; first += 64) {
        uint64_t word = 0;
        for (size_t half = 0; half < 2; half++) {
            const size_t at = first + half * 32, left = at < count ? count - at : 0;
            const __mmask32 lanes = left >= 32 ? UINT32_MAX : (1u << left) - 1;
            const __m512i value = _mm512_maskz_loadu_epi16(lanes, values + at);
            __mmask32 within = _mm512_test_epi16_mask(value, value);
            within = _mm512_mask_cmpge_epi16_mask(within, value, least);
            word |= (uint64_t)_mm512_mask_cmple_epi16_mask(within, value, most) << half * 32;
        }
        bits[first / 64] &= word;
    }
}

WIDE static uint64_t count_bits(const uint64_t *bits, size_t words)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words; i++)
        count += (uint64_t)__builtin_popcountll(bits[i]);
    return count;
}

KERNELS(avx512);
#else
typedef int not_for_this_machine;
#endif
