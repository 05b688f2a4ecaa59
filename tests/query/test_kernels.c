#include "query/kernels.h"

#include "tests/chance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DOCUMENTS = 4096, ROUNDS = 400 };

/* A block as a list reader leaves it: `count` ascending documents, filled up behind. */
static void random_block(uint32_t block[SEGMENT_BLOCK], size_t count)
{
    uint32_t document = draw(100);
    for (size_t i = 0; i < SEGMENT_BLOCK; i++) {
        block[i] = i < count ? document : SEGMENT_NO_DOCUMENT;
        document += 1 + draw(DOCUMENTS / SEGMENT_BLOCK - 2);
    }
}

static struct bm25_factors random_factors(void)
{
    return (struct bm25_factors){.weight = (float)draw(1000) / 37,
                                 .base = 0.3f,
                                 .slope = 0.9f / (float)(1 + draw(200)),
                                 .shortest = (float)draw(100)};
}

/* Lengths of all documents, some of which are longer than 16 bits tell. */
struct shelf {
    uint16_t shorts[DOCUMENTS + KERNEL_ROOM];
    struct segment_exception longer[DOCUMENTS];
    struct segment_lengths lengths;
};

static void random_lengths(struct shelf *shelf)
{
    uint32_t longer = 0;
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        const bool is_longer = draw(50) == 0;
        shelf->shorts[i] = (uint16_t)(is_longer ? SEGMENT_LONGER : draw(2000));
        if (is_longer)
            shelf->longer[longer++] = (struct segment_exception){i, SEGMENT_LONGER + draw(3) * 1000};
    }
    shelf->lengths = (struct segment_lengths){shelf->shorts, shelf->longer, longer};
}

struct postings {
    uint32_t documents[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
    struct shelf shelf;
    size_t count;
    struct bm25_factors factors;
};

static void random_postings(struct postings *postings)
{
    postings->count = draw(SEGMENT_BLOCK + 1);
    random_block(postings->documents, SEGMENT_BLOCK);
    postings->factors = random_factors();
    for (size_t i = 0; i < SEGMENT_BLOCK; i++)
        postings->frequencies[i] = 1 + draw(draw(8) == 0 ? 2000 : 5);
    random_lengths(&postings->shelf);
}

static void every_instruction_set_scores_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        static struct postings postings;
        float expected[SEGMENT_BLOCK], scores[SEGMENT_BLOCK];
        random_postings(&postings);
        kernels_portable.score(&postings.factors, postings.documents, postings.frequencies, postings.count,
                               &postings.shelf.lengths, expected);
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            (*kernels)->score(&postings.factors, postings.documents, postings.frequencies, postings.count,
                              &postings.shelf.lengths, scores);
            assert_memory_equal(scores, expected, postings.count * sizeof *scores);
        }
    }
}

static void every_instruction_set_adds_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        static struct postings postings;
        static float before[DOCUMENTS], expected[DOCUMENTS], sums[DOCUMENTS];
        uint32_t expected_crossed[SEGMENT_BLOCK + KERNEL_ROOM], crossed[SEGMENT_BLOCK + KERNEL_ROOM];
        random_postings(&postings);
        const float cut = draw(4) == 0 ? INFINITY : (float)draw(30);
        for (size_t i = 0; i < DOCUMENTS; i++)
            before[i] = draw(2) == 0 ? 0 : (float)draw(300) / 7;
        memcpy(expected, before, sizeof expected);
        const size_t crossings =
            kernels_portable.add(&postings.factors, postings.documents, postings.frequencies, postings.count,
                                 &postings.shelf.lengths, expected, 0, cut, expected_crossed);
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            memcpy(sums, before, sizeof sums);
            assert_int_equal((*kernels)->add(&postings.factors, postings.documents, postings.frequencies,
                                             postings.count, &postings.shelf.lengths, sums, 0, cut, crossed),
                             crossings);
            assert_memory_equal(sums, expected, sizeof sums);
            assert_memory_equal(crossed, expected_crossed, crossings * sizeof *crossed);
        }
    }
}

static void every_instruction_set_selects_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        float values[777];
        uint32_t expected[777 + KERNEL_ROOM], indexes[777 + KERNEL_ROOM];
        const size_t count = draw(778);
        for (size_t i = 0; i < count; i++)
            values[i] = (float)draw(10);
        const float cut = (float)draw(11);
        const size_t selected = kernels_portable.select(values, count, cut, expected);
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            assert_int_equal((*kernels)->count(values, count, cut), selected);
            assert_int_equal((*kernels)->select(values, count, cut, indexes), selected);
            assert_memory_equal(indexes, expected, selected * sizeof *indexes);
        }
    }
}

static void every_instruction_set_looks_up_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t block[SEGMENT_BLOCK];
        const size_t count = draw(SEGMENT_BLOCK + 1);
        random_block(block, count);
        for (int i = 0; i < 50; i++) {
            const uint32_t document = draw(20) == 0 ? SEGMENT_NO_DOCUMENT - 1 : draw(DOCUMENTS);
            size_t expected = 0;
            while (expected < count && block[expected] < document)
                expected++;
            for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++)
                assert_int_equal((*kernels)->below(block, document), expected);
        }
    }
}

static void every_instruction_set_intersects_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t block[SEGMENT_BLOCK], others[SEGMENT_BLOCK], expected[SEGMENT_BLOCK], met[SEGMENT_BLOCK];
        uint32_t from[SEGMENT_BLOCK + KERNEL_ROOM], places[SEGMENT_BLOCK + KERNEL_ROOM];
        size_t kept = 0;
        random_block(block, draw(SEGMENT_BLOCK + 1));
        const size_t count = draw(SEGMENT_BLOCK + 1);
        random_block(others, count);
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < SEGMENT_BLOCK; j++)
                if (others[i] == block[j])
                    expected[kept++] = others[i];
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            memcpy(met, others, sizeof met);
            assert_int_equal((*kernels)->meet(met, count, block, from, places), kept);
            assert_memory_equal(met, expected, kept * sizeof *met);
            for (size_t k = 0; k < kept; k++) {
                assert_int_equal(others[from[k]], met[k]);
                assert_int_equal(block[places[k]], met[k]);
            }
        }
    }
}

/* ---- dense lists ------------------------------------------------------------------------------------------- */

enum { GROUPS = DOCUMENTS / SEGMENT_GROUP, TERMS = 5 };

/* A dense list as it lies in a segment, and its frequencies by document. */
struct dense_list {
    uint8_t bounds[GROUPS];
    uint64_t bits[DOCUMENTS / 64];
    uint32_t ranks[DOCUMENTS / SEGMENT_RANK_SPAN];
    uint8_t codes[DOCUMENTS / 2 + 64];
    uint8_t neighbours[DOCUMENTS];
    struct segment_exception exceptions[DOCUMENTS];
    uint32_t frequencies[DOCUMENTS];
    struct segment_dense dense;
};

static void random_dense(struct dense_list *list)
{
    const uint32_t share = 1 + draw(40);
    memset(list, 0, sizeof *list);
    struct segment_dense dense = {.bounds = list->bounds,
                                  .bits = list->bits,
                                  .ranks = list->ranks,
                                  .codes = list->codes,
                                  .neighbours = list->neighbours,
                                  .exceptions = list->exceptions,
                                  .words = DOCUMENTS / 64};
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        if (document % SEGMENT_RANK_SPAN == 0)
            list->ranks[document / SEGMENT_RANK_SPAN] = dense.documents;
        if (draw(share) != 0)
            continue;
        const uint32_t frequency = 1 + draw(draw(6) == 0 ? 40 : 5), posting = dense.documents++;
        const uint32_t code = frequency > SEGMENT_ESCAPE ? SEGMENT_ESCAPE : frequency - 1;
        list->bits[document / 64] |= UINT64_C(1) << document % 64;
        list->codes[posting / 2] = (uint8_t)(list->codes[posting / 2] | code << posting % 2 * 4);
        list->frequencies[document] = frequency;
        list->neighbours[posting] = (uint8_t)draw(256);
        if (code == SEGMENT_ESCAPE)
            list->exceptions[dense.exception_count++] = (struct segment_exception){posting, frequency};
        list->bounds[document / SEGMENT_GROUP] = UINT8_MAX;
    }
    list->dense = dense;
}

static float plain_score(const struct bm25_factors *factors, uint32_t length, uint32_t frequency)
{
    const float counted = (float)length > factors->shortest ? (float)length : factors->shortest, f = (float)frequency;
    return factors->weight * f / (factors->base + factors->slope * counted + f);
}

struct dense_query {
    struct dense_list lists[TERMS];
    struct bm25_factors factors[TERMS];
    struct group_term terms[TERMS];
    struct shelf shelf;
    float before[DOCUMENTS], expected[DOCUMENTS]; /* sums without and with the terms */
    uint16_t rest[GROUPS];
    uint64_t allowed[DOCUMENTS / 64];
    struct group_sums sums;
};

/* Bounds that are never reached, but do not let a group go before its last term. */
static void random_dense_query(struct dense_query *query)
{
    const struct bm25_factors common = random_factors();
    random_lengths(&query->shelf);
    for (size_t i = 0; i < DOCUMENTS; i++)
        query->before[i] = query->expected[i] = draw(3) == 0 ? (float)draw(300) / 7 : 0;
    for (size_t i = 0; i < DOCUMENTS / 64; i++)
        query->allowed[i] = (uint64_t)draw(UINT32_MAX) << 32 | draw(UINT32_MAX);
    for (size_t i = 0; i < GROUPS; i++)
        query->rest[i] = UINT16_MAX;
    for (size_t term = 0; term < TERMS; term++) {
        query->factors[term] = common;
        query->factors[term].weight = (float)draw(1000) / 37;
        random_dense(&query->lists[term]);
        query->terms[term] = (struct group_term){.dense = &query->lists[term].dense,
                                                 .weight = query->factors[term].weight,
                                                 .bound_weight = 64,
                                                 .document_weight = (uint16_t)draw(UINT16_MAX)};
        for (uint32_t i = 0; i < DOCUMENTS; i++)
            if (query->lists[term].frequencies[i] > 0)
                query->expected[i] += plain_score(&query->factors[term], segment_length(&query->shelf.lengths, i),
                                                  query->lists[term].frequencies[i]);
    }
    query->sums = (struct group_sums){.terms = query->terms,
                                      .term_count = TERMS,
                                      .base = common.base,
                                      .slope = common.slope,
                                      .shortest = common.shortest,
                                      .lengths = &query->shelf.lengths,
                                      .sums = query->before,
                                      .rest = query->rest,
                                      .rest_unit = 1,
                                      .allowed = draw(2) == 0 ? NULL : query->allowed};
}

static void every_instruction_set_scores_groups_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS / 8; round++) {
        static struct dense_query query;
        static uint32_t documents[DOCUMENTS + KERNEL_ROOM], expected_documents[DOCUMENTS];
        static float scores[DOCUMENTS + KERNEL_ROOM], expected[DOCUMENTS];
        uint32_t groups[GROUPS];
        size_t group_count = 0, count = 0;
        random_dense_query(&query);
        const float cut = 0.01f + (float)draw(60);
        for (uint32_t group = 0; group < GROUPS; group++) {
            if (draw(3) != 0)
                continue;
            groups[group_count++] = group;
            for (uint32_t i = group * SEGMENT_GROUP; i < (group + 1) * SEGMENT_GROUP; i++) {
                const bool is_allowed = query.sums.allowed == NULL || (query.allowed[i / 64] >> i % 64 & 1) != 0;
                if (!is_allowed || query.expected[i] < cut)
                    continue;
                expected_documents[count] = i;
                expected[count++] = query.expected[i];
            }
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            assert_int_equal((*kernels)->score_groups(&query.sums, groups, group_count, cut, documents, scores), count);
            assert_memory_equal(documents, expected_documents, count * sizeof *documents);
            assert_memory_equal(scores, expected, count * sizeof *scores);
        }
    }
}

static uint8_t at_most_a_byte(uint32_t value)
{
    return (uint8_t)(value < UINT8_MAX ? value : UINT8_MAX);
}

/* Two terms, then the others, on top of what stands there. */
static void every_instruction_set_bounds_documents_alike(void **state)
{
    (void)state;
    enum { SPANS = DOCUMENTS / SEGMENT_RANK_SPAN };
    for (int round = 0; round < ROUNDS / 8; round++) {
        static struct dense_query query;
        static uint8_t before[DOCUMENTS], expected[DOCUMENTS], bounds[DOCUMENTS];
        random_dense_query(&query);
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            uint32_t bound = before[i] = (uint8_t)draw(draw(4) == 0 ? 256 : 20);
            for (size_t term = 0; term < TERMS; term++)
                if (query.lists[term].frequencies[i] > 0)
                    bound += dense_worth(&query.terms[term], i / SEGMENT_GROUP);
            expected[i] = at_most_a_byte(bound);
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            memcpy(bounds, before, sizeof bounds);
            (*kernels)->bound_documents(&query.sums, 0, 2, SPANS, bounds);
            (*kernels)->bound_documents(&query.sums, 2, TERMS, SPANS, bounds);
            assert_memory_equal(bounds, expected, sizeof bounds);
        }
    }
}

static void every_instruction_set_starts_bounds_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS / 8; round++) {
        static float values[DOCUMENTS];
        static uint8_t expected[DOCUMENTS], bounds[DOCUMENTS];
        const float scale = (float)draw(400) / 70;
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            values[i] = draw(2) == 0 ? 0 : (float)draw(1000) / 7;
            const float worth = values[i] * scale + 1; /* rounded as the kernels round */
            expected[i] = (uint8_t)(worth < UINT8_MAX ? worth : UINT8_MAX);
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            (*kernels)->start_bounds(values, scale, DOCUMENTS, bounds);
            assert_memory_equal(bounds, expected, sizeof bounds);
        }
    }
}

static void every_instruction_set_finds_documents_that_reach_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS / 8; round++) {
        static uint8_t bounds[DOCUMENTS];
        static uint32_t indexes[DOCUMENTS + KERNEL_ROOM], expected[DOCUMENTS];
        const uint8_t least = (uint8_t)draw(256);
        size_t reached = 0;
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            bounds[i] = (uint8_t)draw(draw(2) == 0 ? 256 : 10);
            if (bounds[i] >= least)
                expected[reached++] = i;
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            assert_int_equal((*kernels)->reach_documents(bounds, DOCUMENTS, least, NULL), reached);
            assert_int_equal((*kernels)->reach_documents(bounds, DOCUMENTS, least, indexes), reached);
            assert_memory_equal(indexes, expected, reached * sizeof *indexes);
        }
    }
}

static void every_instruction_set_looks_up_dense_lists_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS / 8; round++) {
        static struct dense_query query;
        random_dense_query(&query);
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            uint32_t documents[100], rest[100];
            float partial[100];
            for (uint32_t i = 0; i < 100; i++) {
                documents[i] = i * 40 + 7;
                partial[i] = query.before[documents[i]];
                rest[i] = UINT16_MAX;
                for (size_t term = 0; term < TERMS; term++)
                    if (query.lists[term].frequencies[documents[i]] > 0)
                        rest[i] += dense_worth(&query.terms[term], documents[i] / SEGMENT_GROUP);
            }
            for (size_t term = 0; term < TERMS; term++)
                assert_int_equal((*kernels)->look_up(&query.factors[term], &query.terms[term], &query.shelf.lengths, 1,
                                                     0, 100, documents, partial, rest),
                                 100);
            for (uint32_t i = 0; i < 100; i++)
                assert_true(partial[i] == query.expected[i * 40 + 7] && rest[i] == UINT16_MAX);
        }
    }
}

static void every_instruction_set_asks_neighbours_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        static struct dense_list list;
        uint32_t held[DOCUMENTS], expected[DOCUMENTS], documents[DOCUMENTS];
        float partial[DOCUMENTS];
        size_t count = 0, kept = 0;
        uint32_t posting = 0;
        const uint8_t asked = (uint8_t)(draw(256) & draw(256));
        random_dense(&list);
        for (uint32_t document = 0; document < DOCUMENTS; document++) {
            if (list.frequencies[document] == 0)
                continue;
            const bool has_all = (list.neighbours[posting++] & asked) == asked;
            if (draw(3) == 0)
                continue;
            held[count++] = document;
            expected[kept] = document;
            kept += has_all ? 1 : 0;
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            memcpy(documents, held, count * sizeof *documents);
            for (size_t i = 0; i < count; i++)
                partial[i] = (float)documents[i];
            assert_int_equal((*kernels)->keep_neighboured(&list.dense, asked, count, documents, partial), kept);
            assert_memory_equal(documents, expected, kept * sizeof *documents);
            for (size_t i = 0; i < kept; i++)
                assert_true(partial[i] == (float)documents[i]);
        }
    }
}

static void every_instruction_set_adds_the_greatest_sums_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        uint16_t bounds[GROUPS], expected[GROUPS], reach[GROUPS];
        float most[GROUPS];
        const float scale = (float)draw(4000) / 7;
        for (size_t i = 0; i < GROUPS; i++) {
            bounds[i] = (uint16_t)draw(draw(2) == 0 ? UINT16_MAX : 100);
            most[i] = draw(2) == 0 ? 0 : (float)draw(1000) / 3;
            const double sum = bounds[i] + floor((double)(most[i] * scale + 1)); /* rounded as the kernels round */
            expected[i] = (uint16_t)(sum < UINT16_MAX ? sum : UINT16_MAX);
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            (*kernels)->add_most(bounds, most, scale, GROUPS, reach);
            assert_memory_equal(reach, expected, sizeof reach);
        }
    }
}

static void every_instruction_set_bounds_groups_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        static uint8_t bounds[TERMS][2 * GROUPS];
        uint16_t expected[GROUPS], expected_reach[GROUPS], sums[GROUPS], reach[GROUPS];
        float most[GROUPS];
        struct segment_dense dense[TERMS];
        struct group_term terms[TERMS];
        const float scale = (float)draw(4000) / 7;
        const uint32_t first = draw(GROUPS);
        for (size_t term = 0; term < TERMS; term++) {
            for (size_t i = 0; i < 2 * GROUPS; i++)
                bounds[term][i] = (uint8_t)draw(256);
            dense[term] = (struct segment_dense){.bounds = bounds[term]};
            terms[term] = (struct group_term){
                .dense = &dense[term], .weight = 1, .bound_weight = (uint16_t)draw(draw(2) == 0 ? UINT16_MAX : 100)};
        }
        for (size_t i = 0; i < GROUPS; i++) {
            uint32_t sum = TERMS;
            for (size_t term = 0; term < TERMS; term++)
                sum += (uint32_t)bounds[term][first + i] * terms[term].bound_weight >> 8;
            most[i] = draw(2) == 0 ? 0 : (float)draw(1000) / 3;
            expected[i] = (uint16_t)(sum < UINT16_MAX ? sum : UINT16_MAX);
            const double both = expected[i] + floor((double)(most[i] * scale + 1)); /* rounded as the kernels round */
            expected_reach[i] = (uint16_t)(both < UINT16_MAX ? both : UINT16_MAX);
        }
        const struct group_sums query = {.terms = terms, .term_count = TERMS, .first = first * SEGMENT_GROUP};
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            (*kernels)->bound_groups(&query, GROUPS, sums, most, scale, reach);
            assert_memory_equal(sums, expected, sizeof sums);
            assert_memory_equal(reach, expected_reach, sizeof reach);
            memset(sums, 0, sizeof sums);
            (*kernels)->bound_groups(&query, GROUPS, sums, NULL, scale, NULL);
            assert_memory_equal(sums, expected, sizeof sums);
        }
    }
}

static void every_instruction_set_finds_what_reaches_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        uint16_t values[GROUPS], most[KERNEL_GROUPS], expected_most[KERNEL_GROUPS] = {0};
        uint32_t indexes[GROUPS + KERNEL_ROOM], expected_indexes[GROUPS];
        const uint16_t least = (uint16_t)draw(UINT16_MAX);
        size_t reached = 0;
        for (size_t i = 0; i < GROUPS; i++) {
            values[i] = (uint16_t)draw(draw(2) == 0 ? UINT16_MAX + 1 : 100);
            if (values[i] >= least)
                expected_indexes[reached++] = (uint32_t)i;
            if (values[i] > expected_most[i % KERNEL_GROUPS])
                expected_most[i % KERNEL_GROUPS] = values[i];
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            assert_int_equal((*kernels)->reach(values, GROUPS, least, NULL), reached);
            assert_int_equal((*kernels)->reach(values, GROUPS, least, indexes), reached);
            assert_memory_equal(indexes, expected_indexes, reached * sizeof *indexes);
            memset(most, 0, sizeof most);
            (*kernels)->greatest(values, GROUPS, most);
            assert_memory_equal(most, expected_most, sizeof most);
        }
    }
}

static void every_instruction_set_filters_and_counts_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int16_t values[777];
        uint64_t bits[777 / 64 + 1], expected[777 / 64 + 1] = {0};
        const size_t count = 1 + draw(777), words = (count + 63) / 64;
        const int16_t from = (int16_t)draw(10), to = (int16_t)draw(12);
        uint64_t held = 0;
        for (size_t i = 0; i < count; i++) {
            values[i] = (int16_t)draw(12);
            const bool is_within = values[i] != 0 && values[i] >= from && values[i] <= to;
            expected[i / 64] |= (uint64_t)is_within << i % 64;
            held += is_within ? 1 : 0;
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            memset(bits, 0, sizeof bits);
            for (size_t i = 0; i < count; i++)
                bits[i / 64] |= UINT64_C(1) << i % 64;
            (*kernels)->keep_within(values, count, from, to, bits);
            assert_memory_equal(bits, expected, words * sizeof *bits);
            assert_true((*kernels)->count_bits(bits, words) == held);
        }
    }
}

/* Numbers of words that are not whole vectors too, and from a word in the middle on. */
static void every_instruction_set_meets_sets_alike(void **state)
{
    (void)state;
    enum { WORDS = DOCUMENTS / 64 };
    for (int round = 0; round < ROUNDS / 4; round++) {
        static struct dense_query query;
        uint64_t all[WORDS], levels[3 * WORDS], expected[3 * WORDS];
        const size_t first = draw(WORDS), words = draw((uint32_t)(WORDS - first) + 1), terms = 1 + draw(TERMS);
        random_dense_query(&query);
        for (size_t i = 0; i < WORDS; i++) {
            uint64_t held[TERMS] = {0}; /* by more than so many of the terms */
            for (size_t term = 0; term < terms; term++)
                for (size_t level = term + 1; level-- > 0;)
                    held[level] |= (level == 0 ? UINT64_MAX : held[level - 1]) & query.lists[term].bits[i];
            for (size_t level = 0; level < 3; level++)
                expected[level * WORDS + i] = held[level];
            all[i] = held[terms - 1];
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            uint64_t met[WORDS];
            (*kernels)->intersect(query.terms, terms, first, words, met);
            assert_memory_equal(met, all + first, words * sizeof *met);
            memset(levels, 0, sizeof levels);
            for (size_t term = 0; term < terms; term++)
                (*kernels)->lift(query.lists[term].bits + first, words, 3, WORDS, levels);
            for (size_t level = 0; level < 3; level++)
                assert_memory_equal(levels + level * WORDS, expected + level * WORDS + first, words * sizeof *levels);
        }
    }
}

static void every_instruction_set_bars_documents_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS / 8; round++) {
        uint8_t before[DOCUMENTS], bounds[DOCUMENTS], expected[DOCUMENTS];
        uint64_t allowed[DOCUMENTS / 64] = {0};
        const size_t words = draw(DOCUMENTS / 64 + 1);
        for (size_t i = 0; i < DOCUMENTS; i++) {
            const bool is_allowed = draw(2) == 0;
            before[i] = (uint8_t)(1 + draw(255));
            allowed[i / 64] |= (uint64_t)is_allowed << i % 64;
            expected[i] = is_allowed || i >= words * 64 ? before[i] : 0;
        }
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            memcpy(bounds, before, sizeof bounds);
            (*kernels)->bar_others(allowed, words, bounds);
            assert_memory_equal(bounds, expected, sizeof bounds);
        }
    }
}

static void a_user_can_choose_the_instruction_set(void **state)
{
    (void)state;
    const struct kernels *const *all = kernels_all();
    for (size_t i = 0; all[i] != NULL; i++) {
        assert_int_equal(setenv("PINAKES_SIMD", all[i]->name, 1), 0);
        assert_ptr_equal(kernels_chosen(), all[i]);
    }
    assert_int_equal(setenv("PINAKES_SIMD", "of another machine", 1), 0);
    assert_ptr_equal(kernels_chosen(), all[0]);
    assert_int_equal(unsetenv("PINAKES_SIMD"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instruction_set_scores_alike),
        cmocka_unit_test(every_instruction_set_adds_alike),
        cmocka_unit_test(every_instruction_set_selects_alike),
        cmocka_unit_test(every_instruction_set_looks_up_alike),
        cmocka_unit_test(every_instruction_set_intersects_alike),
        cmocka_unit_test(every_instruction_set_scores_groups_alike),
        cmocka_unit_test(every_instruction_set_bounds_documents_alike),
        cmocka_unit_test(every_instruction_set_starts_bounds_alike),
        cmocka_unit_test(every_instruction_set_finds_documents_that_reach_alike),
        cmocka_unit_test(every_instruction_set_looks_up_dense_lists_alike),
        cmocka_unit_test(every_instruction_set_asks_neighbours_alike),
        cmocka_unit_test(every_instruction_set_adds_the_greatest_sums_alike),
        cmocka_unit_test(every_instruction_set_bounds_groups_alike),
        cmocka_unit_test(every_instruction_set_finds_what_reaches_alike),
        cmocka_unit_test(every_instruction_set_filters_and_counts_alike),
        cmocka_unit_test(every_instruction_set_meets_sets_alike),
        cmocka_unit_test(every_instruction_set_bars_documents_alike),
        cmocka_unit_test(a_user_can_choose_the_instruction_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
