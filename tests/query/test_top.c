/* What values of a rank reach, and hits in order: what sorting by comparison gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/hit_order.h"
#include "query/top.h"
#include "tests/chance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 20000, TRIALS = 300 };

/* Many alike, a few far away, all the same, zeros: what distributions of scores there may be. */
static float draw_value(unsigned kind)
{
    switch (kind) {
    case 0:
        return (float)draw(1000000) / 1000;
    case 1:
        return (float)draw(4);
    case 2:
        return draw(100) == 0 ? 1e6F * (float)draw(9) : 1 + (float)draw(1000) * 1e-6F;
    case 3:
        return 3.5F;
    default:
        return draw(2) == 0 ? 0 : (float)draw(2000);
    }
}

static int greatest_first(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

static void the_value_of_a_rank_is_reached_by_as_many_and_hardly_less_than_theirs(void **state)
{
    static float values[MOST + KERNEL_ROOM], sorted[MOST];
    (void)state;
    for (unsigned trial = 0; trial < TRIALS; trial++) {
        const size_t count = 1 + draw(trial % 3 == 0 ? MOST : 700), rank = 1 + draw((uint32_t)count);
        for (size_t i = 0; i < count; i++)
            values[i] = sorted[i] = draw_value(trial % 5);
        qsort(sorted, count, sizeof *sorted, greatest_first);
        for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
            const float value = value_of_rank(*kernels, values, count, rank);
            assert_true(value <= sorted[rank - 1]);
            assert_true(value >= sorted[rank - 1] * (1 - 1.0F / 2048));
        }
    }
}

static void hits_are_ordered_by_score_and_equal_ones_as_they_were(void **state)
{
    static struct ranked_hit hits[MOST], spare[MOST];
    (void)state;
    for (unsigned trial = 0; trial < TRIALS; trial++) {
        const size_t count = draw(trial % 3 == 0 ? 5000 : 90);
        double sum = 0, sum_after = 0;
        for (size_t i = 0; i < count; i++) {
            hits[i] = (struct ranked_hit){.document = (uint32_t)i, .score = (double)draw_value(trial % 5)};
            sum += fabs(hits[i].score) * (double)(i % 7);
        }
        hits_sort(hits, count, spare);
        for (size_t i = 0; i < count; i++) {
            sum_after += fabs(hits[i].score) * (double)(hits[i].document % 7);
            if (i == 0)
                continue;
            assert_true(hits[i - 1].score >= hits[i].score);
            assert_true(hits[i - 1].score != hits[i].score || hits[i - 1].document < hits[i].document);
        }
        assert_true(fabs(sum - sum_after) <= 1e-6 * (1 + sum));
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_value_of_a_rank_is_reached_by_as_many_and_hardly_less_than_theirs),
        cmocka_unit_test(hits_are_ordered_by_score_and_equal_ones_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
