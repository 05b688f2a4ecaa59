/* AVX2: eight postings at once; there are no scattered stores, so sums are written back one by one. */
#include "query/kernels_look_up.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))

enum { LANES = 8 };

struct factors {
    __m256 weight, base, slope, shortest;
};

WIDE static inline struct factors spread(const struct bm25_factors *factors)
{
    return (struct factors){_mm256_set1_ps(factors->weight), _mm256_set1_ps(factors->base),
                            _mm256_set1_ps(factors->slope), _mm256_set1_ps(factors->shortest)};
}

/* The first `left` of eight entries, zeros behind them. */
WIDE static inline __m256i load(const uint32_t *at, size_t left)
{
    static const int32_t ones[2 * LANES] = {-1, -1, -1, -1, -1, -1, -1, -1};
    if (left >= LANES)
        return _mm256_loadu_si256((const __m256i *)(const void *)at);
    const __m256i lanes = _mm256_loadu_si256((const __m256i *)(const void *)(ones + LANES - left));
    return _mm256_maskload_epi32((const int *)(const void *)at, lanes);
}

WIDE static inline __m256 score_lanes(const struct factors *factors, __m256i documents, __m256i frequencies,
                                      const uint32_t *lengths)
{
    const __m256i length = _mm256_i32gather_epi32((const int *)(const void *)lengths, documents, 4);
    const __m256 counted = _mm256_max_ps(_mm256_cvtepi32_ps(length), factors->shortest);
    const __m256 normal = _mm256_add_ps(factors->base, _mm256_mul_ps(factors->slope, counted));
    const __m256 f = _mm256_cvtepi32_ps(frequencies);
    const __m256 score = _mm256_div_ps(_mm256_mul_ps(factors->weight, f), _mm256_add_ps(normal, f));
    return score;
}

WIDE static inline size_t lanes_of(size_t left)
{
    return left < LANES ? left : LANES;
}

WIDE static void score(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const uint32_t *lengths, float *scores)
{
    const struct factors wide = spread(factors);
    for (size_t i = 0; i < count; i += LANES) {
        float lanes[LANES];
        const __m256i document = load(documents + i, count - i), frequency = load(frequencies + i, count - i);
        _mm256_storeu_ps(lanes, score_lanes(&wide, document, frequency, lengths));
        for (size_t j = 0; j < lanes_of(count - i); j++)
            scores[i + j] = lanes[j];
    }
}

WIDE static size_t add(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const uint32_t *lengths, float *sums, uint32_t first, float cut, uint32_t *crossed)
{
    const struct factors wide = spread(factors);
    size_t crossings = 0;
    for (size_t i = 0; i < count; i += LANES) {
        float lanes[LANES];
        const __m256i document = load(documents + i, count - i), frequency = load(frequencies + i, count - i);
        _mm256_storeu_ps(lanes, score_lanes(&wide, document, frequency, lengths));
        for (size_t j = 0; j < lanes_of(count - i); j++) {
            float *sum = &sums[documents[i + j] - first];
            const float before = *sum;
            *sum = before + lanes[j];
            crossed[crossings] = documents[i + j];
            crossings += before < cut && *sum >= cut ? 1 : 0;
        }
    }
    return crossings;
}

WIDE static inline unsigned at_least(const float *values, size_t left, __m256 cut)
{
    const __m256 value = _mm256_castsi256_ps(load((const uint32_t *)(const void *)values, left));
    const unsigned high = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(value, cut, _CMP_GE_OQ));
    return left >= LANES ? high : high & ((1u << left) - 1);
}

WIDE static size_t select_at_least(const float *values, size_t count, float cut, uint32_t *indexes)
{
    const __m256 least = _mm256_set1_ps(cut);
    size_t selected = 0;
    for (size_t i = 0; i < count; i += LANES)
        for (unsigned high = at_least(values + i, count - i, least); high != 0; high &= high - 1)
            indexes[selected++] = (uint32_t)i + (uint32_t)__builtin_ctz(high);
    return selected;
}

WIDE static size_t count_at_least(const float *values, size_t count, float cut)
{
    const __m256 least = _mm256_set1_ps(cut);
    size_t counted = 0;
    for (size_t i = 0; i < count; i += LANES)
        counted += (size_t)__builtin_popcount(at_least(values + i, count - i, least));
    return counted;
}

/* There is no unsigned comparison: a number is below `document` where the greater of both is another number. */
WIDE static size_t below(const uint32_t block[SEGMENT_BLOCK], uint32_t document)
{
    const __m256i least = _mm256_set1_epi32((int)document);
    __m256i reached = _mm256_setzero_si256(); /* minus the entries of at least `document`, by lane */
    for (size_t i = 0; i < SEGMENT_BLOCK; i += LANES) {
        const __m256i entries = _mm256_loadu_si256((const __m256i *)(const void *)(block + i));
        reached = _mm256_add_epi32(reached, _mm256_cmpeq_epi32(_mm256_max_epu32(entries, least), entries));
    }
    const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(reached), _mm256_extracti128_si256(reached, 1));
    const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    const __m128i one = _mm_add_epi32(two, _mm_shuffle_epi32(two, 0xb1));
    return (size_t)(SEGMENT_BLOCK + _mm_cvtsi128_si32(one));
}

/* Which lanes of `a` stand anywhere in `b`, and which of `b` in `a`. */
WIDE static inline void equal_lanes(__m256i a, __m256i b, unsigned *in_a, unsigned *in_b)
{
    const __m256i next = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 0);
    *in_a = *in_b = 0;
    for (int turn = 0; turn < LANES; turn++) {
        const unsigned equal = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(a, b)));
        *in_a |= equal;
        *in_b |= equal << turn | equal >> (LANES - turn);
        b = _mm256_permutevar8x32_epi32(b, next);
    }
    *in_b &= (1u << LANES) - 1;
}

/* The first `left` of eight documents, and behind them what is none. */
WIDE static inline __m256i load_documents(const uint32_t *at, size_t left)
{
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i behind = _mm256_cmpgt_epi32(lane, _mm256_set1_epi32((int)lanes_of(left) - 1));
    return _mm256_or_si256(load(at, left), behind);
}

WIDE static size_t meet(uint32_t *documents, size_t count, const uint32_t block[SEGMENT_BLOCK], uint32_t *from,
                        uint32_t *places)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const size_t lanes = lanes_of(count - i);
        const __m256i a = load_documents(documents + i, count - i);
        const uint32_t greatest = documents[i + lanes - 1];
        while (at < SEGMENT_BLOCK && block[at + LANES - 1] < documents[i])
            at += LANES;
        for (size_t j = at; j < SEGMENT_BLOCK && block[j] <= greatest; j += LANES) {
            unsigned in_a, in_b;
            equal_lanes(a, _mm256_loadu_si256((const __m256i *)(const void *)(block + j)), &in_a, &in_b);
            in_a &= (1u << lanes) - 1; /* both ascend: the n-th of one is the n-th of the other */
            for (; in_a != 0; in_a &= in_a - 1, in_b &= in_b - 1, kept++) {
                const size_t place = j + (size_t)__builtin_ctz(in_b);
                from[kept] = (uint32_t)i + (uint32_t)__builtin_ctz(in_a);
                places[kept] = (uint32_t)place;
                documents[kept] = block[place];
            }
        }
    }
    return kept;
}

WIDE static void keep_allowed(const uint16_t *values, const uint64_t *allowed, size_t count, uint16_t *kept)
{
    const __m256i none = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 16 <= count; i += 16) { /* a group's bits are sixteen: one lane */
        const __m256i bits = _mm256_loadu_si256((const __m256i *)(const void *)(allowed + i / 4));
        const __m256i value = _mm256_loadu_si256((const __m256i *)(const void *)(values + i));
        _mm256_storeu_si256((__m256i *)(void *)(kept + i), _mm256_andnot_si256(_mm256_cmpeq_epi16(bits, none), value));
    }
    for (; i < count; i++)
        kept[i] = group_bits(allowed, (uint32_t)i * SEGMENT_GROUP) != 0 ? values[i] : 0;
}

WIDE static void greatest(const uint16_t *values, size_t count, uint16_t most[KERNEL_GROUPS])
{
    for (size_t lane = 0; lane < KERNEL_GROUPS; lane += 16) {
        __m256i *into = (__m256i *)(void *)(most + lane), all = _mm256_loadu_si256(into);
        for (size_t i = lane; i < count; i += KERNEL_GROUPS)
            all = _mm256_max_epu16(all, _mm256_loadu_si256((const __m256i *)(const void *)(values + i)));
        _mm256_storeu_si256(into, all);
    }
}

WIDE static void add_bounds(uint16_t *sums, const uint8_t *bounds, size_t count, uint16_t weight)
{
    const __m256i factor = _mm256_set1_epi16((short)weight);
    for (size_t i = 0; i < count; i += 16) {
        __m256i *at = (__m256i *)(void *)(sums + i);
        const __m256i bound = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(bounds + i)));
        const __m256i worth = _mm256_mulhi_epu16(_mm256_slli_epi16(bound, 8), factor);
        _mm256_storeu_si256(at, _mm256_adds_epu16(_mm256_loadu_si256(at), worth));
    }
}

WIDE static size_t reach(const uint16_t *values, size_t count, uint16_t least, uint32_t *indexes)
{
    const __m256i cut = _mm256_set1_epi16((short)least);
    size_t reached = 0;
    for (size_t i = 0; i < count; i += 16) {
        const __m256i value = _mm256_loadu_si256((const __m256i *)(const void *)(values + i));
        const __m256i high = _mm256_cmpeq_epi16(_mm256_max_epu16(value, cut), value);
        unsigned bits = (unsigned)_mm256_movemask_epi8(high) & 0x55555555u; /* one for each value */
        if (indexes == NULL)
            reached += (size_t)__builtin_popcount(bits);
        else
            for (; bits != 0; bits &= bits - 1)
                indexes[reached++] = (uint32_t)i + (uint32_t)__builtin_ctz(bits) / 2;
    }
    return reached;
}

/* The documents of a group on their way, in two halves. */
struct group_lanes {
    __m256 normal[2], sum[2];
};

WIDE static inline void start_group(const struct group_sums *sums, uint32_t document, struct group_lanes *lanes)
{
    for (size_t half = 0; half < 2; half++) {
        const uint32_t *lengths = sums->lengths + document + half * LANES;
        const __m256 length = _mm256_cvtepi32_ps(_mm256_loadu_si256((const __m256i *)(const void *)lengths));
        const __m256 counted = _mm256_max_ps(length, _mm256_set1_ps(sums->shortest));
        lanes->normal[half] =
            _mm256_add_ps(_mm256_set1_ps(sums->base), _mm256_mul_ps(_mm256_set1_ps(sums->slope), counted));
        lanes->sum[half] = _mm256_loadu_ps(sums->sums + (document - sums->first) + half * LANES);
    }
}

/* A document without the term has the frequency 0, which scores 0. */
WIDE static inline void add_group_term(const struct group_term *term, uint32_t document, struct group_lanes *lanes)
{
    uint32_t frequencies[SEGMENT_GROUP] = {0}, posting = dense_rank(term->dense, document);
    for (unsigned bits = group_bits(term->dense->bits, document); bits != 0; bits &= bits - 1, posting++)
        frequencies[__builtin_ctz(bits)] = dense_frequency(term->dense, posting);
    for (size_t half = 0; half < 2; half++) {
        const __m256i frequency = _mm256_loadu_si256((const __m256i *)(const void *)(frequencies + half * LANES));
        const __m256 f = _mm256_cvtepi32_ps(frequency);
        const __m256 score =
            _mm256_div_ps(_mm256_mul_ps(_mm256_set1_ps(term->weight), f), _mm256_add_ps(lanes->normal[half], f));
        lanes->sum[half] = _mm256_add_ps(lanes->sum[half], score);
    }
}

WIDE static inline unsigned group_reaches(const struct group_lanes *lanes, float cut)
{
    const __m256 least = _mm256_set1_ps(cut);
    const int low = _mm256_movemask_ps(_mm256_cmp_ps(lanes->sum[0], least, _CMP_GE_OQ));
    const int high = _mm256_movemask_ps(_mm256_cmp_ps(lanes->sum[1], least, _CMP_GE_OQ));
    return (unsigned)low | (unsigned)high << LANES;
}

/* False when it was left: no document reaches the cut. */
WIDE static inline bool add_group(const struct group_sums *sums, uint32_t group, float cut, struct group_lanes *lanes)
{
    const uint32_t first = sums->first / SEGMENT_GROUP + group, document = first * SEGMENT_GROUP;
    uint32_t rest = sums->rest[group];
    for (size_t i = 0; i < sums->term_count; i++) {
        const struct group_term *term = &sums->terms[i];
        const uint8_t bound = term->dense->bounds[first];
        if (i % GROUP_TERMS == 0 && i > 0 && group_reaches(lanes, cut - (float)rest * sums->rest_unit) == 0)
            return false;
        if (bound > 0)
            add_group_term(term, document, lanes);
        rest -= (uint32_t)bound * term->bound_weight >> 8;
    }
    return true;
}

WIDE static size_t score_groups(const struct group_sums *sums, const uint32_t *groups, size_t count, float cut,
                                uint32_t *documents, float *scores)
{
    size_t written = 0;
    for (size_t i = 0; i < count; i++) {
        struct group_lanes lanes;
        float totals[SEGMENT_GROUP];
        const uint32_t within = groups[i] * SEGMENT_GROUP, document = sums->first + within;
        const unsigned allowed = sums->allowed == NULL ? 0xffffu : group_bits(sums->allowed, within);
        if (allowed == 0)
            continue;
        start_group(sums, document, &lanes);
        if (!add_group(sums, groups[i], cut, &lanes))
            continue;
        _mm256_storeu_ps(totals, lanes.sum[0]);
        _mm256_storeu_ps(totals + LANES, lanes.sum[1]);
        for (unsigned high = group_reaches(&lanes, cut) & allowed; high != 0; high &= high - 1, written++) {
            const unsigned lane = (unsigned)__builtin_ctz(high);
            documents[written] = document + lane;
            scores[written] = totals[lane];
        }
    }
    return written;
}

WIDE static void add_dense(const struct bm25_factors *factors, const struct segment_dense *dense, uint32_t first,
                           size_t count, const uint32_t *lengths, float *sums)
{
    const struct group_sums all = {.base = factors->base,
                                   .slope = factors->slope,
                                   .shortest = factors->shortest,
                                   .first = first,
                                   .lengths = lengths,
                                   .sums = sums};
    const struct group_term term = {.dense = dense, .weight = factors->weight};
    for (size_t i = 0; i < count; i++) {
        struct group_lanes lanes;
        const uint32_t document = first + (uint32_t)i * SEGMENT_GROUP;
        start_group(&all, document, &lanes);
        add_group_term(&term, document, &lanes);
        _mm256_storeu_ps(sums + i * SEGMENT_GROUP, lanes.sum[0]);
        _mm256_storeu_ps(sums + i * SEGMENT_GROUP + LANES, lanes.sum[1]);
    }
}

WIDE static void take_bounds(uint16_t *sums, const uint8_t *bounds, size_t count, uint16_t weight)
{
    const __m256i factor = _mm256_set1_epi16((short)weight);
    for (size_t i = 0; i < count; i += 16) {
        __m256i *at = (__m256i *)(void *)(sums + i);
        const __m256i bound = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(bounds + i)));
        const __m256i worth = _mm256_mulhi_epu16(_mm256_slli_epi16(bound, 8), factor);
        _mm256_storeu_si256(at, _mm256_sub_epi16(_mm256_loadu_si256(at), worth));
    }
}

WIDE static inline __m256i whole_worth(const float *most, __m256 scale)
{
    const __m256 worth = _mm256_add_ps(_mm256_mul_ps(_mm256_loadu_ps(most), scale), _mm256_set1_ps(1));
    return _mm256_cvttps_epi32(_mm256_min_ps(worth, _mm256_set1_ps(UINT16_MAX)));
}

WIDE static void add_most(const uint16_t *bounds, const float *most, float scale, size_t count, uint16_t *reach)
{
    const __m256 wide = _mm256_set1_ps(scale);
    for (size_t i = 0; i < count; i += 16) {
        const __m256i pairs = _mm256_packus_epi32(whole_worth(most + i, wide), whole_worth(most + i + LANES, wide));
        const __m256i worth = _mm256_permute4x64_epi64(pairs, 0xd8); /* packing leaves quarters in the order 0 2 1 3 */
        const __m256i bound = _mm256_loadu_si256((const __m256i *)(const void *)(bounds + i));
        _mm256_storeu_si256((__m256i *)(void *)(reach + i), _mm256_adds_epu16(bound, worth));
    }
}

WIDE static size_t open_documents(const float *sums, const uint16_t *rest, float rest_unit, size_t groups, float cut,
                                  uint32_t *indexes)
{
    size_t count = 0;
    for (size_t i = 0; i < groups; i++) {
        const __m256 least = _mm256_set1_ps(cut - (float)rest[i] * rest_unit);
        const float *sum = sums + i * SEGMENT_GROUP;
        const int low = _mm256_movemask_ps(_mm256_cmp_ps(_mm256_loadu_ps(sum), least, _CMP_GE_OQ));
        const int high = _mm256_movemask_ps(_mm256_cmp_ps(_mm256_loadu_ps(sum + LANES), least, _CMP_GE_OQ));
        unsigned bits = (unsigned)low | (unsigned)high << LANES;
        if (indexes == NULL)
            count += (size_t)__builtin_popcount(bits);
        else
            for (; bits != 0; bits &= bits - 1)
                indexes[count++] = (uint32_t)(i * SEGMENT_GROUP) + (uint32_t)__builtin_ctz(bits);
    }
    return count;
}

WIDE static size_t look_up(const struct bm25_factors *factors, const struct group_term *term, const uint32_t *lengths,
                           float rest_unit, float cut, size_t count, uint32_t *documents, float *partial,
                           uint32_t *rest)
{
    return look_up_one_by_one(factors, term, lengths, rest_unit, cut, count, documents, partial, rest);
}

WIDE static size_t keep_neighboured(const struct segment_dense *dense, uint8_t asked, size_t count, uint32_t *documents,
                                    float *partial)
{
    return keep_neighboured_one_by_one(dense, asked, count, documents, partial);
}

WIDE static void rank_documents(const struct segment_dense *dense, const uint32_t *documents, size_t count,
                                uint32_t *ranks)
{
    for (size_t i = 0; i < count; i++)
        ranks[i] = dense_rank(dense, documents[i]);
}

/* Sixteen values as sixteen bits. */
WIDE static inline uint64_t within_of(__m256i value, __m256i below, __m256i above)
{
    const __m256i out =
        _mm256_or_si256(_mm256_cmpeq_epi16(value, _mm256_setzero_si256()),
                        _mm256_or_si256(_mm256_cmpgt_epi16(below, value), _mm256_cmpgt_epi16(value, above)));
    const __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(out), _mm256_extracti128_si256(out, 1));
    return (uint64_t)(~(unsigned)_mm_movemask_epi8(bytes) & 0xffffu);
}

WIDE static void keep_within(const int16_t *values, size_t count, int16_t from, int16_t to, uint64_t *bits)
{
    const __m256i below = _mm256_set1_epi16(from), above = _mm256_set1_epi16(to);
    for (size_t first = 0; first < count; first += 64) {
        int16_t some[64] = {0};
        uint64_t word = 0;
        memcpy(some, values + first, (count - first < 64 ? count - first : 64) * sizeof *some);
        for (size_t i = 0; i < 4; i++)
            word |= within_of(_mm256_loadu_si256((const __m256i *)(const void *)(some + i * 16)), below, above)
                    << i * 16;
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

const struct kernels kernels_avx2 = {
    .name = "avx2",
    .score = score,
    .add = add,
    .add_dense = add_dense,
    .select = select_at_least,
    .count = count_at_least,
    .below = below,
    .meet = meet,
    .add_bounds = add_bounds,
    .take_bounds = take_bounds,
    .add_most = add_most,
    .reach = reach,
    .keep_allowed = keep_allowed,
    .greatest = greatest,
    .score_groups = score_groups,
    .open = open_documents,
    .look_up = look_up,
    .keep_neighboured = keep_neighboured,
    .rank = rank_documents,
    .keep_within = keep_within,
    .count_bits = count_bits,
};
#else
typedef int not_for_this_machine;
#endif
