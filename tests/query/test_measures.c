#include "query/measures.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void is_near(double value, double expected, double most)
{
    if (!(fabs(value - expected) <= most))
        fail_msg("%.9g is not %.9g", value, expected);
}

/* Relevant papers stand at ranks 1, 3 and 6; a fourth is not found. */
static const int found[] = {1, 0, 1, 0, 0, 1, 0}, judged[] = {1, 1, 1, 1, 0};

static pinakes_measures measures(const int *grades, size_t count, const int *all, size_t all_count)
{
    return measures_of(&(struct graded_ranking){grades, count, all, all_count});
}

static void average_precision_is_over_all_relevant_papers_found_or_not(void **state)
{
    (void)state;
    is_near(measures(found, 7, judged, 5).map, (1.0 / 1 + 2.0 / 3 + 3.0 / 6) / 4, 1e-12);
}

static void precision_counts_ten_papers_even_when_fewer_are_found(void **state)
{
    (void)state;
    is_near(measures(found, 7, judged, 5).p10, 0.3, 1e-12);
}

static void recall_is_of_all_relevant_papers_among_the_first_hundred(void **state)
{
    (void)state;
    int many[200] = {0};
    const int two[] = {1, 1};
    many[99] = many[100] = 1;
    is_near(measures(found, 7, judged, 5).r100, 0.75, 1e-12);
    is_near(measures(many, 200, two, 2).r100, 0.5, 1e-12);
}

static void the_reciprocal_rank_is_of_the_first_relevant_paper_wherever_it_stands(void **state)
{
    (void)state;
    int many[200] = {0};
    const int one[] = {1};
    many[149] = 1;
    is_near(measures(found, 7, judged, 5).rr, 1, 0);
    is_near(measures(many, 200, one, 1).rr, 1.0 / 150, 1e-12);
}

/* DCG = 1/log2(2) + 1/log2(4) + 1/log2(7) = 1.856207; the best order of four: 1 + 0.630930 + 0.5 + 0.430677 =
 * 2.561606. */
static void gains_shrink_with_the_logarithm_of_the_rank(void **state)
{
    (void)state;
    is_near(measures(found, 7, judged, 5).ndcg10, 1.856207 / 2.561606, 1e-6);
}

/* Grades 1, 3 found of 3, 2, 1: (1/1 + 3/1.584963) / (3 + 2/1.584963 + 1/2) = 2.892789 / 4.761859. */
static void a_grade_is_a_gain_and_what_is_below_zero_is_none(void **state)
{
    (void)state;
    const int graded[] = {1, 3, -1}, all[] = {3, 2, 1, -1};
    const pinakes_measures result = measures(graded, 3, all, 4);
    is_near(result.ndcg10, 2.892789 / 4.761859, 1e-6);
    is_near(result.map, 2.0 / 3, 1e-12);
}

static void only_ten_papers_gain(void **state)
{
    (void)state;
    int late[11] = {0};
    const int one[] = {1};
    late[10] = 1;
    is_near(measures(late, 11, one, 1).ndcg10, 0, 0);
    is_near(measures(late, 11, one, 1).map, 1.0 / 11, 1e-12);
}

static void without_relevant_papers_or_papers_found_all_is_zero(void **state)
{
    (void)state;
    const int none[] = {0, -1};
    const pinakes_measures unjudged = measures(found, 7, none, 2), empty = measures(NULL, 0, judged, 5);
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        is_near(measure_of(&unjudged, i), 0, 0);
        is_near(measure_of(&empty, i), 0, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(average_precision_is_over_all_relevant_papers_found_or_not),
        cmocka_unit_test(precision_counts_ten_papers_even_when_fewer_are_found),
        cmocka_unit_test(recall_is_of_all_relevant_papers_among_the_first_hundred),
        cmocka_unit_test(the_reciprocal_rank_is_of_the_first_relevant_paper_wherever_it_stands),
        cmocka_unit_test(gains_shrink_with_the_logarithm_of_the_rank),
        cmocka_unit_test(a_grade_is_a_gain_and_what_is_below_zero_is_none),
        cmocka_unit_test(only_ten_papers_gain),
        cmocka_unit_test(without_relevant_papers_or_papers_found_all_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
