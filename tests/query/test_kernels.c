#include "query/kernels.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { DOCUMENTS = 4096, ROUNDS = 400 };

static uint32_t randomness = 20240229;

static uint32_t draw(uint32_t below)
{
    randomness ^= randomness << 13;
    randomness ^= randomness >> 17;
    randomness ^= randomness << 5;
    return randomness % below;
}

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
                                 .shortest = (float)draw(100),
                                 .plus = draw(2) == 0 ? 0 : 64};
}

struct postings {
    uint32_t documents[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
    uint32_t lengths[DOCUMENTS + KERNEL_ROOM];
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
    for (size_t i = 0; i < DOCUMENTS; i++)
        postings->lengths[i] = draw(2000);
}

static void every_instruction_set_scores_alike(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        static struct postings postings;
        float expected[SEGMENT_BLOCK], scores[SEGMENT_BLOCK];
        random_postings(&postings);
        kernels_portable.score(&postings.factors, postings.documents, postings.frequencies, postings.count,
                               postings.lengths, expected);
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            (*kernels)->score(&postings.factors, postings.documents, postings.frequencies, postings.count,
                              postings.lengths, scores);
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
                                 postings.lengths, expected, 0, cut, expected_crossed);
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            memcpy(sums, before, sizeof sums);
            assert_int_equal((*kernels)->add(&postings.factors, postings.documents, postings.frequencies,
                                             postings.count, postings.lengths, sums, 0, cut, crossed),
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instruction_set_scores_alike),
        cmocka_unit_test(every_instruction_set_adds_alike),
        cmocka_unit_test(every_instruction_set_selects_alike),
        cmocka_unit_test(every_instruction_set_looks_up_alike),
        cmocka_unit_test(every_instruction_set_intersects_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
