#include "query/randomization.h"

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

/* Of the eight ways to sign 1, 2 and 3, two have a sum as far from 0 as 6: all plus and all minus. */
static void few_queries_are_swapped_in_every_way(void **state)
{
    (void)state;
    const double first[] = {1, 2, 3}, second[] = {0, 0, 0}, mixed[] = {2, 2, 0};
    is_near(randomization_p(first, second, 3), 2.0 / 8, 1e-12);
    /* Differences -1, 0, 3: sums of at least 2 are +-2 and +-4, all ways. */
    is_near(randomization_p(first, mixed, 3), 1, 1e-12);
}

static void equal_runs_and_no_queries_do_not_differ(void **state)
{
    (void)state;
    const double same[] = {0.1, 0.7, 0.3};
    is_near(randomization_p(same, same, 3), 1, 0);
    is_near(randomization_p(NULL, NULL, 0), 1, 0);
}

static void the_test_has_no_side(void **state)
{
    (void)state;
    double a[40], b[40];
    for (size_t i = 0; i < 40; i++) {
        a[i] = (double)(i * 7 % 11) / 10;
        b[i] = (double)(i * 5 % 13) / 12;
    }
    is_near(randomization_p(a, b, 40), randomization_p(b, a, 40), 1e-12);
}

/* One query of twenty differs: half of the ways keep its sign, and every one is as far from 0. */
static void many_queries_are_drawn(void **state)
{
    (void)state;
    double one[20] = {0.5}, none[20] = {0}, all[20];
    for (size_t i = 0; i < 20; i++)
        all[i] = 1;
    is_near(randomization_p(one, none, 20), 1, 1e-12);
    /* 2 in 2^20 ways: no more than a few of the draws can be among them. */
    assert_true(randomization_p(all, none, 20) < 5e-5);
    assert_true(randomization_p(all, none, 20) > 0);
}

/* Ten queries won and ten lost by the same: every sum is as far from 0. Fifteen to five: as far is a binomial tail,
 * 2 * P(X >= 15 of 20) = 0.0414. */
static void drawn_ways_come_near_the_exact_share(void **state)
{
    (void)state;
    double first[20], second[20] = {0};
    for (size_t i = 0; i < 20; i++)
        first[i] = i < 15 ? 1 : -1;
    is_near(randomization_p(first, second, 20), 0.0414, 0.003);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_queries_are_swapped_in_every_way),
        cmocka_unit_test(equal_runs_and_no_queries_do_not_differ),
        cmocka_unit_test(the_test_has_no_side),
        cmocka_unit_test(many_queries_are_drawn),
        cmocka_unit_test(drawn_ways_come_near_the_exact_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
