/* duplicates.txt: what the owner says of records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "indexer/join_rules.h"

static void rules_hold_in_both_directions(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct join_rules rules;
    pinakes_error error;
    const struct span text = span_of("# ours\n\na1 = b2\nc3!=d4 # two\r\n");
    assert_int_equal(join_rules_parse(&arena, "duplicates.txt", text, &rules, &error), PINAKES_OK);
    assert_int_equal(rules.count, 2);
    assert_true(join_rules_are_same(&rules, "b2", "a1"));
    assert_false(join_rules_are_two(&rules, "b2", "a1"));
    assert_true(join_rules_are_two(&rules, "c3", "d4"));
    assert_false(join_rules_are_same(NULL, "a1", "b2"));
    arena_free(&arena);
}

static void a_line_that_is_no_rule_is_named(void **state)
{
    (void)state;
    static const char *const lines[] = {"a b", "a =", "= b", "!= b", "a = a", "a = b = c", "a b = c", "a == b"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct arena arena = {0};
        struct join_rules rules;
        pinakes_error error = {.message = ""};
        const char *text = arena_format(&arena, "x = y\n%s\n", lines[i]);
        assert_int_equal(join_rules_parse(&arena, "d.txt", span_of(text), &rules, &error), PINAKES_BAD_INPUT);
        assert_non_null(strstr(error.message, "d.txt:2: no rule"));
        arena_free(&arena);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_hold_in_both_directions),
        cmocka_unit_test(a_line_that_is_no_rule_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
