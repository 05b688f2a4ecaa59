/* What becomes of the lines of a keywords file. */
#include "query/keywords_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct reading {
    struct arena arena;
    struct keyword_list list;
    pinakes_error error;
    pinakes_status status;
};

static struct reading read_text(const char *text)
{
    struct reading reading = {.status = PINAKES_OK};
    reading.status = keywords_parse(&reading.arena, "k.txt", span_of(text), &reading.list, &reading.error);
    return reading;
}

static void expect(const char *text, const char *label, const char *query)
{
    struct reading reading = read_text(text);
    assert_int_equal(reading.status, PINAKES_OK);
    assert_int_equal(reading.list.count, 1);
    assert_string_equal(reading.list.at[0].label, label);
    assert_string_equal(reading.list.at[0].query, query);
    arena_free(&reading.arena);
}

static void expect_refused(const char *text, const char *message)
{
    struct reading reading = read_text(text);
    assert_int_equal(reading.status, PINAKES_BAD_INPUT);
    if (strstr(reading.error.message, message) != reading.error.message)
        fail_msg("'%s' does not begin with '%s'", reading.error.message, message);
    arena_free(&reading.arena);
}

static void each_line_is_a_keyword_that_knows_its_line_and_section(void **state)
{
    (void)state;
    struct reading reading =
        read_text("# what for\nalone\n\n[ Far memory ]\n  cxl  \n## Serving\r\nkv-cache\r\n### GPUs\n#no heading\ngpu");
    static const struct keyword wanted[] = {
        {"", "alone", "alone", 2},
        {"Far memory", "cxl", "cxl", 5},
        {"Serving", "kv-cache", "kv-cache", 7},
        {"GPUs", "gpu", "gpu", 10},
    };
    assert_int_equal(reading.status, PINAKES_OK);
    assert_int_equal(reading.list.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(reading.list.at[i].section, wanted[i].section);
        assert_string_equal(reading.list.at[i].label, wanted[i].label);
        assert_string_equal(reading.list.at[i].query, wanted[i].query);
        assert_int_equal(reading.list.at[i].line, wanted[i].line);
    }
    arena_free(&reading.arena);
}

static void what_stands_before_a_colon_and_a_space_names_the_query(void **state)
{
    (void)state;
    expect("Cold pages: \"cold page*\" OR swap", "Cold pages", "\"cold page*\" OR swap");
    expect("Memory (far):\tfar memory", "Memory (far)", "far memory");
    expect("Title words: title:cxl", "Title words", "title:cxl");
    expect("C++: C++", "C++", "C++");
}

static void a_field_of_the_query_language_is_no_name(void **state)
{
    (void)state;
    expect("title:cxl", "title:cxl", "title:cxl");
    expect("title: cxl", "title: cxl", "title: cxl");
    expect("TOPIC: far-memory", "TOPIC: far-memory", "TOPIC: far-memory");
    expect("year: 2021..2025 cxl", "year: 2021..2025 cxl", "year: 2021..2025 cxl");
}

static void a_colon_inside_a_word_a_quotation_or_a_group_ends_no_name(void **state)
{
    (void)state;
    expect("std::vector", "std::vector", "std::vector");
    expect("\"a: b\" c", "\"a: b\" c", "\"a: b\" c");
    expect("(a: b) c", "(a: b) c", "(a: b) c");
    expect("-a: b", "-a: b", "-a: b");
}

static void a_bullet_is_no_part_of_its_keyword(void **state)
{
    (void)state;
    expect("- far memory", "far memory", "far memory");
    expect("* Serving: llm", "Serving", "llm");
    expect("-gpu sharing", "-gpu sharing", "-gpu sharing");
}

static void a_backslash_makes_a_keyword_of_anything(void **state)
{
    (void)state;
    expect("\\#1 problem", "#1 problem", "#1 problem");
    expect("\\[a] b", "[a] b", "[a] b");
    expect("\\- a", "- a", "- a");
}

static void a_line_that_is_no_keyword_is_named(void **state)
{
    (void)state;
    expect_refused("cxl\n[Memory\n", "k.txt:2: a heading in brackets ends with the bracket");
    expect_refused("[ ]\ncxl\n", "k.txt:1: this heading has no name");
    expect_refused("cxl\n\n##\n", "k.txt:3: this heading has no name");
    expect_refused("Name:\n", "k.txt:1: there is no query behind this name");
    expect_refused(": query\n", "k.txt:1: there is no name before the colon");
}

static void a_line_beyond_all_measure_is_refused(void **state)
{
    (void)state;
    char *text = malloc(KEYWORD_BYTES_MAX + 8);
    assert_non_null(text);
    memset(text, 'a', KEYWORD_BYTES_MAX + 7);
    text[KEYWORD_BYTES_MAX + 7] = '\0';
    expect_refused(text, "k.txt:1: this line is longer than 4096 bytes");
    text[KEYWORD_BYTES_MAX] = '\0';
    expect(text, text, text);
    free(text);
}

static void a_file_without_a_keyword_is_refused(void **state)
{
    (void)state;
    expect_refused("", "k.txt: there is no keyword in it");
    expect_refused("# a\n\n[Section]\n", "k.txt: there is no keyword in it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_is_a_keyword_that_knows_its_line_and_section),
        cmocka_unit_test(what_stands_before_a_colon_and_a_space_names_the_query),
        cmocka_unit_test(a_field_of_the_query_language_is_no_name),
        cmocka_unit_test(a_colon_inside_a_word_a_quotation_or_a_group_ends_no_name),
        cmocka_unit_test(a_bullet_is_no_part_of_its_keyword),
        cmocka_unit_test(a_backslash_makes_a_keyword_of_anything),
        cmocka_unit_test(a_line_that_is_no_keyword_is_named),
        cmocka_unit_test(a_line_beyond_all_measure_is_refused),
        cmocka_unit_test(a_file_without_a_keyword_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
