#include "query/labels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct reading {
    struct arena arena;
    struct labels labels;
    pinakes_error error;
};

static struct reading read_labels(const char *text)
{
    struct reading reading = {.error = {.status = PINAKES_OK}};
    (void)labels_parse(&reading.arena, "l.tsv", span_of(text), &reading.labels, &reading.error);
    return reading;
}

static void is_refused(const char *text, const char *message)
{
    struct reading reading = read_labels(text);
    assert_int_equal(reading.error.status, PINAKES_BAD_INPUT);
    assert_string_equal(reading.error.message, message);
    arena_free(&reading.arena);
}

static void columns_stand_in_any_order_and_unknown_ones_are_passed_over(void **state)
{
    (void)state;
    struct reading reading = read_labels("Year\tnote\tTOPICS\ttitle\n2020\tmine\tserverless, far-memory\tA Paper\r\n");
    assert_int_equal(reading.error.status, PINAKES_OK);
    assert_int_equal(reading.labels.count, 1);
    const struct label *label = &reading.labels.papers[0];
    assert_true(span_is(label->title, "A Paper"));
    assert_int_equal(label->year, 2020);
    assert_int_equal(label->line, 2);
    assert_int_equal(label->topic_count, 2);
    assert_true(span_is(label->topics[0], "serverless"));
    assert_true(span_is(label->topics[1], "far-memory"));
    arena_free(&reading.arena);
}

static void a_paper_of_no_topic_is_a_label_too(void **state)
{
    (void)state;
    struct reading reading = read_labels("title\ttopics\nOne\t\nTwo\t-\nThree\tnone\nFour\n");
    assert_int_equal(reading.labels.count, 4);
    for (size_t i = 0; i < reading.labels.count; i++)
        assert_int_equal(reading.labels.papers[i].topic_count, 0);
    arena_free(&reading.arena);
}

static void comments_and_empty_lines_count_as_lines_and_say_nothing(void **state)
{
    (void)state;
    struct reading reading = read_labels("# by hand\n\nkey\ttopics\n\n# more\nboki2021\tserverless\n");
    assert_int_equal(reading.labels.count, 1);
    assert_true(span_is(reading.labels.papers[0].key, "boki2021"));
    assert_int_equal(reading.labels.papers[0].line, 6);
    arena_free(&reading.arena);
}

static void what_is_not_a_year_is_none(void **state)
{
    (void)state;
    struct reading reading = read_labels("title\tyear\ttopics\nOne\t20x0\t\nTwo\t20200\t\nThree\t\t\n");
    for (size_t i = 0; i < reading.labels.count; i++)
        assert_int_equal(reading.labels.papers[i].year, 0);
    arena_free(&reading.arena);
}

static void a_file_that_cannot_be_read_is_refused_by_line(void **state)
{
    (void)state;
    const char *header = "l.tsv:1: the first line must name the columns, apart by tabs: topics, and key or title";
    is_refused("title,topics\nA,b\n", header);
    is_refused("topics\nserverless\n", header);
    is_refused("title\ttopics\nA\tb\n\tserverless\n", "l.tsv:3: neither a key nor a title: which paper is this?");
    is_refused("title\ttopics\n", "l.tsv: there is no labelled paper in it");
    is_refused("", "l.tsv: there is no labelled paper in it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_stand_in_any_order_and_unknown_ones_are_passed_over),
        cmocka_unit_test(a_paper_of_no_topic_is_a_label_too),
        cmocka_unit_test(comments_and_empty_lines_count_as_lines_and_say_nothing),
        cmocka_unit_test(what_is_not_a_year_is_none),
        cmocka_unit_test(a_file_that_cannot_be_read_is_refused_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
