/* Tests as a table: a claim, and below it the texts that bear it out, each with what is to become of it. A claim is a
 * test of its own, and one that fails names its text. */
#ifndef TESTS_EXAMPLES_H
#define TESTS_EXAMPLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct example {
    const char *text; /* NULL for a claim */
    const char *expected;
};

#define CLAIM(sentence) \
    {                   \
        NULL, sentence  \
    }

static inline void example_check(const struct example *example, const char *found)
{
    if (strcmp(found, example->expected) != 0)
        fail_msg("'%s' became\n'%s', not\n'%s'", example->text, found, example->expected);
}

/* Runs a test for each claim of the table, whose last row is empty; `test` finds the first of its examples in `*state`,
 * and the next claim or the last row behind them. Returns how many failed. */
static inline int examples_run(const char *group, const struct example *table, CMUnitTestFunction test)
{
    size_t rows = 0, count = 0;
    while (table[rows].expected != NULL)
        rows++;
    struct CMUnitTest *tests = calloc(rows, sizeof *tests);
    for (size_t i = 0; i < rows && tests != NULL; i++)
        if (table[i].text == NULL)
            tests[count++] = (struct CMUnitTest){table[i].expected, test, NULL, NULL, (void *)(uintptr_t)&table[i + 1]};
    const int failed = tests == NULL ? 1 : _cmocka_run_group_tests(group, tests, count, NULL, NULL);
    free(tests);
    return failed;
}

#endif
