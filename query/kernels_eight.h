/* Kernels that take eight documents at once and write back what they find one by one, for instruction sets without
 * scattered and compressing stores: AVX2 and NEON. A file of one of them includes this behind
 *
 *     WIDE                          what marks its functions
 *     floats, numbers, shorts       eight floats; eight uint32_t; sixteen uint16_t
 *     each_float, each_short        every lane the same
 *     load_*, store_*               from and to memory; of numbers only the first `left`, at most eight, then zeros
 *     gather_shorts(from, at)       from[at[i]], of uint16_t
 *     load_as_numbers(at)           eight uint16_t
 *     to_floats, as_floats          of numbers, which are less than 2^31; of their bits
 *     to_shorts(low, high)          of floats from 0 to UINT16_MAX, rounded down
 *     plus, times, over             of floats, each rounded
 *     greater, lesser               of two floats
 *     at_least(a, b)                bit i: a[i] >= b[i]
 *     plus_shorts                   no further than UINT16_MAX
 *     greater_shorts                of two
 *     shorts_at_least(a, b)         a set of lanes, as a short_bits: a bit for each i where a[i] >= b[i], ascending
 *     count_shorts, lowest_short    of such a set: how many; the lowest i
 *     worth_of(bounds, weight)      bounds[i] * weight / 256
 *     load_groups(bits)             the bits of sixteen groups
 *     where_any(bits, values)       values[i] where bits[i] is not 0, else 0
 *     bytes                         thirty-two uint8_t
 *     load_bytes, store_bytes, plus_bytes, to_bytes(low, high), bytes_at_least(a, least)  as above; the last gives bits
 *     where_held(bits, values)      values[i] where bit i is set, else 0
 *     worths_of(bounds, weight)     of sixteen groups, bounds[i] * weight / 65536 + 1, for:
 *     worths_of_pair(worths, pair)  that of group 2 * pair sixteen times, then that of the next
 *     within_of(values, from, to)   bit i: values[i], of sixteen, is not 0 and in [from, to]
 *     group_frequencies(dense, document, halves)  of the sixteen documents of a group; 0: without the term */
#ifndef QUERY_KERNELS_EIGHT_H
#define QUERY_KERNELS_EIGHT_H

#include "query/kernels_look_up.h"
#include "query/kernels_sets.h"

#include <string.h>

enum { LANES = 8, SHORTS = 16 };

struct factors {
    floats weight, base, slope, shortest;
};

WIDE static inline struct factors spread(const struct bm25_factors *factors)
{
    return (struct factors){each_float(factors->weight), each_float(factors->base), each_float(factors->slope),
                            each_float(factors->shortest)};
}

/* Puts the lengths of documents that are longer than 16 bits tell. */
WIDE static __attribute__((noinline)) floats with_longer(const struct segment_lengths *lengths, floats told,
                                                         numbers documents, unsigned longer)
{
    uint32_t at[LANES];
    float all[LANES];
    store_numbers(at, documents);
    store_floats(all, told);
    for (; longer != 0; longer &= longer - 1)
        all[__builtin_ctz(longer)] = (float)segment_longer_length(lengths, at[__builtin_ctz(longer)]);
    return load_floats(all);
}

WIDE static inline floats whole_lengths(const struct segment_lengths *lengths, numbers sixteen, numbers documents)
{
    const floats told = to_floats(sixteen);
    const unsigned longer = at_least(told, each_float(SEGMENT_LONGER));
    return longer == 0 ? told : with_longer(lengths, told, documents, longer);
}

WIDE static inline floats lengths_of(const struct segment_lengths *lengths, numbers documents)
{
    return whole_lengths(lengths, gather_shorts(lengths->shorts, documents), documents);
}

WIDE static inline floats lengths_from(const struct segment_lengths *lengths, uint32_t document)
{
    uint32_t documents[LANES];
    for (uint32_t i = 0; i < LANES; i++)
        documents[i] = document + i;
    return whole_lengths(lengths, load_as_numbers(lengths->shorts + document), load_numbers(documents, LANES));
}

WIDE static inline floats normal_of(const struct factors *factors, floats lengths)
{
    return plus(factors->base, times(factors->slope, greater(lengths, factors->shortest)));
}

WIDE static inline floats score_lanes(const struct factors *factors, numbers documents, numbers frequencies,
                                      const struct segment_lengths *lengths)
{
    const floats normal = normal_of(factors, lengths_of(lengths, documents));
    const floats f = to_floats(frequencies);
    return over(times(factors->weight, f), plus(normal, f));
}

WIDE static inline size_t lanes_of(size_t left)
{
    return left < LANES ? left : LANES;
}

WIDE static void score(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const struct segment_lengths *lengths, float *scores)
{
    const struct factors wide = spread(factors);
    for (size_t i = 0; i < count; i += LANES) {
        float lanes[LANES];
        const numbers document = load_numbers(documents + i, count - i),
                      frequency = load_numbers(frequencies + i, count - i);
        store_floats(lanes, score_lanes(&wide, document, frequency, lengths));
        for (size_t j = 0; j < lanes_of(count - i); j++)
            scores[i + j] = lanes[j];
    }
}

WIDE static size_t add(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const struct segment_lengths *lengths, float *sums, uint32_t first, float cut,
                       uint32_t *crossed)
{
    const struct factors wide = spread(factors);
    size_t crossings = 0;
    for (size_t i = 0; i < count; i += LANES) {
        float lanes[LANES];
        const numbers document = load_numbers(documents + i, count - i),
                      frequency = load_numbers(frequencies + i, count - i);
        store_floats(lanes, score_lanes(&wide, document, frequency, lengths));
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

WIDE static inline unsigned first_at_least(const float *values, size_t left, floats cut)
{
    const unsigned high = at_least(as_floats(load_numbers((const uint32_t *)(const void *)values, left)), cut);
    return left >= LANES ? high : high & ((1u << left) - 1);
}

WIDE static size_t select_at_least(const float *values, size_t count, float cut, uint32_t *indexes)
{
    const floats least = each_float(cut);
    size_t selected = 0;
    for (size_t i = 0; i < count; i += LANES)
        for (unsigned high = first_at_least(values + i, count - i, least); high != 0; high &= high - 1)
            indexes[selected++] = (uint32_t)i + (uint32_t)__builtin_ctz(high);
    return selected;
}

WIDE static size_t count_at_least(const float *values, size_t count, float cut)
{
    const floats least = each_float(cut);
    size_t counted = 0;
    for (size_t i = 0; i < count; i += LANES)
        counted += (size_t)__builtin_popcount(first_at_least(values + i, count - i, least));
    return counted;
}

WIDE static void keep_allowed(const uint16_t *values, const uint64_t *allowed, size_t count, uint16_t *kept)
{
    size_t i = 0;
    for (; i + SHORTS <= count; i += SHORTS) /* a group's bits are sixteen: one lane */
        store_shorts(kept + i, where_any(load_groups(allowed + i / 4), load_shorts(values + i)));
    for (; i < count; i++)
        kept[i] = group_bits(allowed, (uint32_t)i * SEGMENT_GROUP) != 0 ? values[i] : 0;
}

WIDE static void greatest(const uint16_t *values, size_t count, uint16_t most[KERNEL_GROUPS])
{
    for (size_t lane = 0; lane < KERNEL_GROUPS; lane += SHORTS) {
        shorts all = load_shorts(most + lane);
        for (size_t i = lane; i < count; i += KERNEL_GROUPS)
            all = greater_shorts(all, load_shorts(values + i));
        store_shorts(most + lane, all);
    }
}

WIDE static size_t reach(const uint16_t *values, size_t count, uint16_t least, uint32_t *indexes)
{
    const shorts cut = each_short(least);
    size_t reached = 0;
    for (size_t i = 0; i < count; i += SHORTS) {
        short_bits bits = shorts_at_least(load_shorts(values + i), cut);
        if (indexes == NULL)
            reached += count_shorts(bits);
        else
            for (; bits != 0; bits &= bits - 1)
                indexes[reached++] = (uint32_t)i + lowest_short(bits);
    }
    return reached;
}

WIDE static inline floats whole_worth(const float *most, floats scale)
{
    return lesser(plus(times(load_floats(most), scale), each_float(1)), each_float(UINT16_MAX));
}

WIDE static void add_most(const uint16_t *bounds, const float *most, float scale, size_t count, uint16_t *reach)
{
    const floats wide = each_float(scale);
    for (size_t i = 0; i < count; i += SHORTS) {
        const shorts worth = to_shorts(whole_worth(most + i, wide), whole_worth(most + i + LANES, wide));
        store_shorts(reach + i, plus_shorts(load_shorts(bounds + i), worth));
    }
}

WIDE static void bound_groups(const struct group_sums *sums, size_t count, uint16_t *bounds, const float *most,
                              float scale, uint16_t *reach)
{
    for (size_t i = 0; i < count; i += SHORTS) {
        shorts sum = each_short((uint16_t)sums->term_count);
        for (size_t term = 0; term < sums->term_count; term++) {
            const uint8_t *at = sums->terms[term].dense->bounds + sums->first / SEGMENT_GROUP + i;
            sum = plus_shorts(sum, worth_of(at, sums->terms[term].bound_weight));
        }
        store_shorts(bounds + i, sum);
        if (most != NULL)
            add_most(bounds + i, most + i, scale, SHORTS, reach + i);
    }
}

/* The documents of a group on their way, in two halves. */
struct group_lanes {
    floats normal[2], sum[2];
};

WIDE static inline void start_group(const struct group_sums *sums, uint32_t document, struct group_lanes *lanes)
{
    const struct factors factors = {each_float(0), each_float(sums->base), each_float(sums->slope),
                                    each_float(sums->shortest)};
    for (size_t half = 0; half < 2; half++) {
        lanes->normal[half] = normal_of(&factors, lengths_from(sums->lengths, document + (uint32_t)half * LANES));
        lanes->sum[half] = load_floats(sums->sums + (document - sums->first) + half * LANES);
    }
}

/* A document without the term has the frequency 0, which scores 0. */
WIDE static inline void add_group_term(const struct group_term *term, uint32_t document, struct group_lanes *lanes)
{
    floats frequencies[2];
    group_frequencies(term->dense, document, frequencies);
    for (size_t half = 0; half < 2; half++) {
        const floats f = frequencies[half];
        const floats score = over(times(each_float(term->weight), f), plus(lanes->normal[half], f));
        lanes->sum[half] = plus(lanes->sum[half], score);
    }
}

WIDE static inline unsigned group_reaches(const floats halves[2], float cut)
{
    const floats least = each_float(cut);
    return at_least(halves[0], least) | at_least(halves[1], least) << LANES;
}

/* False when it was left: no document reaches the cut. */
WIDE static inline bool add_group(const struct group_sums *sums, uint32_t group, float cut, struct group_lanes *lanes)
{
    const uint32_t first = sums->first / SEGMENT_GROUP + group, document = first * SEGMENT_GROUP;
    uint32_t rest = sums->rest[group];
    for (size_t i = 0; i < sums->term_count; i++) {
        const struct group_term *term = &sums->terms[i];
        const uint8_t bound = term->dense->bounds[first];
        if (i % GROUP_TERMS == 0 && i > 0 && group_reaches(lanes->sum, cut - (float)rest * sums->rest_unit) == 0)
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
        store_floats(totals, lanes.sum[0]);
        store_floats(totals + LANES, lanes.sum[1]);
        for (unsigned high = group_reaches(lanes.sum, cut) & allowed; high != 0; high &= high - 1, written++) {
            const unsigned lane = (unsigned)__builtin_ctz(high);
            documents[written] = document + lane;
            scores[written] = totals[lane];
        }
    }
    return written;
}

/* The documents of a span: two groups a vector. */
enum { BYTES = 32, SPAN_VECTORS = SEGMENT_RANK_SPAN / BYTES, SPANS_AT_ONCE = 64 };

/* Adds what some lists give the documents of one span of all; these stay in registers meanwhile. */
WIDE static inline void bound_span(const struct group_term *terms, size_t count, size_t span, uint8_t *bounds)
{
    bytes all[SPAN_VECTORS];
    for (size_t i = 0; i < SPAN_VECTORS; i++)
        all[i] = load_bytes(bounds + i * BYTES);
    for (size_t term = 0; term < count; term++) {
        const struct segment_dense *dense = terms[term].dense;
        const bytes worths = worths_of(dense->bounds + span * SHORTS, terms[term].document_weight);
        uint32_t bits[SPAN_VECTORS];
        memcpy(bits, dense->bits + span * (SEGMENT_RANK_SPAN / 64), sizeof bits);
        for (size_t i = 0; i < SPAN_VECTORS; i++)
            all[i] = plus_bytes(all[i], where_held(bits[i], worths_of_pair(worths, i)));
    }
    for (size_t i = 0; i < SPAN_VECTORS; i++)
        store_bytes(bounds + i * BYTES, all[i]);
}

/* Some lists at once, of as many documents as stay in the first cache: the processor sees coming what is read next of a
 * few lists, not of all. */
WIDE static void bound_documents(const struct group_sums *sums, size_t from, size_t to, size_t spans, uint8_t *bounds)
{
    const size_t before = sums->first / SEGMENT_RANK_SPAN;
    for (size_t first = 0; first < spans; first += SPANS_AT_ONCE) {
        const size_t behind = spans - first < SPANS_AT_ONCE ? spans : first + SPANS_AT_ONCE;
        for (size_t term = from; term < to; term += LISTS_AT_ONCE) {
            const size_t count = to - term < LISTS_AT_ONCE ? to - term : LISTS_AT_ONCE;
            for (size_t span = first; span < behind; span++) {
                fetch_spans(sums->terms + term + count, to - term - count, before + span);
                bound_span(sums->terms + term, count, before + span, bounds + span * SEGMENT_RANK_SPAN);
            }
        }
    }
}

WIDE static inline shorts sixteen_worths(const float *values, floats scale)
{
    const floats most = each_float(UINT8_MAX), one = each_float(1);
    return to_shorts(lesser(plus(times(load_floats(values), scale), one), most),
                     lesser(plus(times(load_floats(values + LANES), scale), one), most));
}

WIDE static void start_bounds(const float *values, float scale, size_t count, uint8_t *bounds)
{
    const floats wide = each_float(scale);
    for (size_t i = 0; i < count; i += BYTES)
        store_bytes(bounds + i, to_bytes(sixteen_worths(values + i, wide), sixteen_worths(values + i + SHORTS, wide)));
}

WIDE static size_t reach_documents(const uint8_t *bounds, size_t count, uint8_t least, uint32_t *indexes)
{
    size_t reached = 0;
    for (size_t i = 0; i < count; i += BYTES) {
        uint32_t high = bytes_at_least(load_bytes(bounds + i), least);
        if (indexes == NULL)
            reached += (size_t)__builtin_popcount(high);
        else
            for (; high != 0; high &= high - 1)
                indexes[reached++] = (uint32_t)i + (uint32_t)__builtin_ctz(high);
    }
    return reached;
}

WIDE static void bar_others(const uint64_t *allowed, size_t words, uint8_t *bounds)
{
    for (size_t i = 0; i < 2 * words; i++, bounds += BYTES)
        store_bytes(bounds, where_held((uint32_t)(allowed[i / 2] >> i % 2 * BYTES), load_bytes(bounds)));
}

WIDE static void keep_within(const int16_t *values, size_t count, int16_t from, int16_t to, uint64_t *bits)
{
    for (size_t first = 0; first < count; first += 64) {
        int16_t some[64] = {0};
        uint64_t word = 0;
        memcpy(some, values + first, (count - first < 64 ? count - first : 64) * sizeof *some);
        for (size_t i = 0; i < 4; i++)
            word |= (uint64_t)within_of(some + i * SHORTS, from, to) << i * SHORTS;
        bits[first / 64] &= word;
    }
}

#endif
