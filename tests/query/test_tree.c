#include "query/tree.h"

#include "tests/query/reading.h"

static struct node *word(struct desk *desk, const char *text)
{
    struct node *node = node_new(&desk->arena, NODE_TERM);
    struct span *token = arena_array(&desk->arena, 1, sizeof *token);
    *token = node->word = span_of(text);
    node->tokens = token;
    node->token_count = 1;
    return node;
}

static struct node *pair(struct desk *desk, enum node_kind kind, struct node *first, struct node *second)
{
    return node_with(&desk->arena, kind, (struct node *[]){first, second}, 2);
}

static void a_group_within_a_group_stands_in_parentheses(void **state)
{
    struct desk *desk = *state;
    struct node *either = pair(desk, NODE_OR, word(desk, "swap"), word(desk, "paging"));
    assert_string_equal(print(desk, pair(desk, NODE_AND, word(desk, "far"), either)), "far AND (swap OR paging)");
    assert_string_equal(print(desk, node_with(&desk->arena, NODE_NOT, &either, 1)), "NOT (swap OR paging)");
    either->is_must = true;
    assert_string_equal(print(desk, either), "+(swap OR paging)");
}

static void spellings_of_one_thing_stand_between_bars(void **state)
{
    struct desk *desk = *state;
    struct node *one = word(desk, "kv-cache");
    assert_string_equal(print(desk, pair(desk, NODE_MAX, one, word(desk, "kvcache"))), "(kv-cache | kvcache)");
    assert_string_equal(print(desk, node_with(&desk->arena, NODE_MAX, &one, 1)), "(kv-cache |)");
}

static void words_show_their_field_and_topics_their_name(void **state)
{
    struct desk *desk = *state;
    struct node *title = word(desk, "cxl");
    title->fields = 1u << FIELD_TITLE;
    assert_string_equal(print(desk, title), "title:cxl");
    struct node *topic = node_new(&desk->arena, NODE_TOPIC);
    topic->name = span_of("far-memory");
    assert_string_equal(print(desk, topic), "topic:far-memory");
    topic->name = span_of("c++ & friends");
    assert_string_equal(print(desk, topic), "topic:\"c++ & friends\"");
}

static void years_show_the_sides_they_have(void **state)
{
    struct desk *desk = *state;
    struct node *year = node_new(&desk->arena, NODE_YEAR);
    year->year_from = 2019;
    assert_string_equal(print(desk, year), "year:2019..");
    year->year_to = 2021;
    assert_string_equal(print(desk, year), "year:2019..2021");
    year->year_to = 2019;
    assert_string_equal(print(desk, year), "year:2019");
    year->year_from = 0;
    assert_string_equal(print(desk, year), "year:..2019");
}

static void everything_and_nothing_have_a_text_too(void **state)
{
    struct desk *desk = *state;
    assert_string_equal(print(desk, node_new(&desk->arena, NODE_EVERYTHING)), "*");
    assert_string_equal(print(desk, node_new(&desk->arena, NODE_NOTHING)), "-");
}

static void trees_are_equal_when_they_mean_the_same(void **state)
{
    struct desk *desk = *state;
    struct node *near = pair(desk, NODE_NEAR, word(desk, "a"), word(desk, "b"));
    struct node *same = pair(desk, NODE_NEAR, word(desk, "a"), word(desk, "b"));
    same->typed = span_of("typed otherwise");
    assert_true(node_equal(near, same));
    same->distance = 5;
    assert_false(node_equal(near, same));
    assert_false(node_equal(near, pair(desk, NODE_NEAR, word(desk, "b"), word(desk, "a"))));
    assert_false(node_equal(near, pair(desk, NODE_AND, word(desk, "a"), word(desk, "b"))));
    struct node *must = word(desk, "a");
    must->is_must = true;
    assert_false(node_equal(must, word(desk, "a")));
}

static void a_topic_has_the_same_name_in_any_case_and_with_any_space(void **state)
{
    (void)state;
    assert_true(topic_name_equal(span_of("Far Memory"), span_of("far-memory")));
    assert_true(topic_name_equal(span_of("far_memory"), span_of("far-memory")));
    assert_false(topic_name_equal(span_of("far-memory"), span_of("farmemory")));
    assert_false(topic_name_equal(span_of("far"), span_of("far-memory")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_group_within_a_group_stands_in_parentheses, reading_setup, reading_teardown),
        cmocka_unit_test_setup_teardown(spellings_of_one_thing_stand_between_bars, reading_setup, reading_teardown),
        cmocka_unit_test_setup_teardown(words_show_their_field_and_topics_their_name, reading_setup, reading_teardown),
        cmocka_unit_test_setup_teardown(years_show_the_sides_they_have, reading_setup, reading_teardown),
        cmocka_unit_test_setup_teardown(everything_and_nothing_have_a_text_too, reading_setup, reading_teardown),
        cmocka_unit_test_setup_teardown(trees_are_equal_when_they_mean_the_same, reading_setup, reading_teardown),
        cmocka_unit_test(a_topic_has_the_same_name_in_any_case_and_with_any_space),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
