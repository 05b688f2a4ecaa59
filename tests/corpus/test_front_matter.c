/* Front matter: the fields people put between dashes at the top of a Markdown file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "corpus/front_matter.h"

struct scene {
    struct arena arena;
    struct front_matter matter;
};

static struct scene read(const char *text)
{
    struct scene scene = {0};
    pinakes_error error;
    assert_int_equal(front_matter_read(&scene.arena, span_of(text), &scene.matter, &error), PINAKES_OK);
    return scene;
}

/* The values as "line key=text|source", one a line, and the body behind them. */
static void assert_matter(const char *text, const char *values, const char *body, uint32_t body_line)
{
    struct scene scene = read(text);
    struct buffer found = {0};
    buffer_add_text(&found, "");
    for (size_t i = 0; i < scene.matter.count; i++) {
        const struct front_value *value = &scene.matter.values[i];
        assert_true(value->source.at >= text && value->source.at + value->source.len <= text + strlen(text));
        uint32_t line = 1;
        for (const char *c = text; c < value->source.at; c++)
            line += *c == '\n';
        assert_int_equal(line, value->line);
        buffer_format(&found, "%u %.*s=%.*s|%.*s\n", (unsigned)value->line, SPAN_ARGS(value->key),
                      SPAN_ARGS(value->text), SPAN_ARGS(value->source));
    }
    assert_string_equal(found.at, values);
    assert_int_equal(scene.matter.body.len, strlen(body));
    assert_memory_equal(scene.matter.body.at, body, scene.matter.body.len);
    assert_int_equal(scene.matter.body_line, body_line);
    buffer_free(&found);
    arena_free(&scene.arena);
}

static void fields_are_read_with_the_place_they_stand_at(void **state)
{
    (void)state;
    assert_matter("---\ntitle: A Paper\nYear: 2021\n---\nbody\n", "2 title=A Paper|A Paper\n3 year=2021|2021\n",
                  "body\n", 5);
}

static void a_quoted_value_is_what_stands_between_the_quotes(void **state)
{
    (void)state;
    assert_matter("---\ntitle: \"Boki: Logs\"\nalias: 'it''s'\n---\n",
                  "2 title=Boki: Logs|Boki: Logs\n3 alias=it's|'it''s'\n", "", 5);
}

static void a_list_gives_a_value_an_element_however_it_is_written(void **state)
{
    (void)state;
    assert_matter("---\ntags: [cxl, far memory]\nauthors:\n  - Ada Example\n  - Bo Sample\n---\n",
                  "2 tags=cxl|cxl\n2 tags=far memory|far memory\n4 authors=Ada Example|Ada Example\n"
                  "5 authors=Bo Sample|Bo Sample\n",
                  "", 7);
}

static void values_over_several_lines_are_one(void **state)
{
    (void)state;
    assert_matter("---\ntitle: >\n  A Paper\n  of Two Lines\nyear: 2020\n---\n",
                  "2 title=A Paper of Two Lines|>\n  A Paper\n  of Two Lines\n5 year=2020|2020\n", "", 7);
}

static void a_person_in_a_list_of_people_is_one_value(void **state)
{
    (void)state;
    assert_matter(
        "---\nauthors:\n  - name: Ada Example\n    email: ada@e.org\n  - Bo Sample\nvenue: {name: SOSP}\n---\n",
        "3 authors=Ada Example|Ada Example\n4 authors.email=ada@e.org|ada@e.org\n"
        "5 authors=Bo Sample|Bo Sample\n6 venue=SOSP|SOSP\n",
        "", 8);
}

static void an_element_of_a_list_is_told_from_a_value_of_its_own(void **state)
{
    (void)state;
    struct scene scene = read("---\na: x\nb: [y]\nc:\n- z\nd: w\n---\n");
    const bool expected[] = {false, true, true, false};
    assert_int_equal(scene.matter.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(scene.matter.values[i].is_element, expected[i]);
    arena_free(&scene.arena);
}

static void what_is_no_yaml_is_read_line_by_line(void **state)
{
    (void)state;
    assert_matter("---\ntitle: Boki: Logs\nvenue: \"SOSP\"\ntags:\n- one\n  - two\n  nested: x\n# remark\n---\n",
                  "2 title=Boki: Logs|Boki: Logs\n3 venue=SOSP|SOSP\n5 tags=one|one\n6 tags=two|two\n", "", 10);
}

static void empty_values_among_many_are_left_out(void **state)
{
    (void)state;
    assert_matter("---\ntitle: Boki: Logs\nempty:\na: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nnone:\nh: 8\ni: 9\n---\n",
                  "2 title=Boki: Logs|Boki: Logs\n4 a=1|1\n5 b=2|2\n6 c=3|3\n7 d=4|4\n8 e=5|5\n9 f=6|6\n10 g=7|7\n"
                  "12 h=8|8\n13 i=9|9\n",
                  "", 15);
}

static void toml_between_plus_signs_is_read_as_well(void **state)
{
    (void)state;
    assert_matter(
        "+++\ntitle = \"Boki: Logs\"\nyear = 2021\ntags = [\"a\", 'b c']\n[extra]\nvenue = \"SOSP\"\n+++\nbody\n",
        "2 title=Boki: Logs|Boki: Logs\n3 year=2021|2021\n4 tags=a|a\n4 tags=b c|b c\n6 venue=SOSP|SOSP\n", "body\n",
        8);
    assert_matter("+++\nno end\n", "", "+++\nno end\n", 1);
}

static void letters_beyond_ascii_do_not_move_the_places(void **state)
{
    (void)state;
    assert_matter("---\ntitle: 论文 µFork\n标签: [内存, x]\n---\n中\n",
                  "2 title=论文 µFork|论文 µFork\n3 标签=内存|内存\n3 标签=x|x\n", "中\n", 5);
}

static void lines_of_windows_are_lines(void **state)
{
    (void)state;
    assert_matter("---\r\ntitle: A Paper\r\n---\r\nbody\r\n", "2 title=A Paper|A Paper\n", "body\r\n", 4);
}

static void a_lone_carriage_return_ends_a_line_for_yaml_but_not_in_the_file(void **state)
{
    (void)state;
    assert_matter("---\n# one\r# two\nyear: 2021\n---\n", "3 year=2021|2021\n", "", 5);
}

static void a_rule_inside_a_text_begins_no_front_matter(void **state)
{
    (void)state;
    assert_matter("text\n---\na: b\n---\n", "", "text\n---\na: b\n---\n", 1);
    assert_matter("---\ntitle: never closed\n", "", "---\ntitle: never closed\n", 1);
    assert_matter("----\na: b\n----\n", "", "----\na: b\n----\n", 1);
    assert_matter("", "", "", 1);
    assert_matter("---", "", "---", 1);
}

static void dots_may_end_it_and_it_may_be_empty(void **state)
{
    (void)state;
    assert_matter("---\na: b\n...\nbody", "2 a=b|b\n", "body", 4);
    assert_matter("---\n---\nbody", "", "body", 3);
}

static void a_mistake_is_told_with_its_line_and_the_body_is_kept(void **state)
{
    (void)state;
    struct scene scene = read("---\nyear: 2021\nvenue: [SOSP\n---\nbody\n");
    assert_int_equal(scene.matter.values[0].line, 2);
    assert_true(scene.matter.error_line >= 3);
    assert_non_null(scene.matter.mistake);
    assert_true(span_is(scene.matter.body, "body\n"));
    arena_free(&scene.arena);
}

static void the_first_value_of_a_key_is_found_by_name(void **state)
{
    (void)state;
    struct scene scene = read("---\ntags: [a, b]\n---\n");
    assert_true(span_is(front_matter_get(&scene.matter, "tags")->text, "a"));
    assert_null(front_matter_get(&scene.matter, "title"));
    arena_free(&scene.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_read_with_the_place_they_stand_at),
        cmocka_unit_test(a_quoted_value_is_what_stands_between_the_quotes),
        cmocka_unit_test(a_list_gives_a_value_an_element_however_it_is_written),
        cmocka_unit_test(values_over_several_lines_are_one),
        cmocka_unit_test(a_person_in_a_list_of_people_is_one_value),
        cmocka_unit_test(an_element_of_a_list_is_told_from_a_value_of_its_own),
        cmocka_unit_test(what_is_no_yaml_is_read_line_by_line),
        cmocka_unit_test(empty_values_among_many_are_left_out),
        cmocka_unit_test(toml_between_plus_signs_is_read_as_well),
        cmocka_unit_test(letters_beyond_ascii_do_not_move_the_places),
        cmocka_unit_test(lines_of_windows_are_lines),
        cmocka_unit_test(a_lone_carriage_return_ends_a_line_for_yaml_but_not_in_the_file),
        cmocka_unit_test(a_rule_inside_a_text_begins_no_front_matter),
        cmocka_unit_test(dots_may_end_it_and_it_may_be_empty),
        cmocka_unit_test(a_mistake_is_told_with_its_line_and_the_body_is_kept),
        cmocka_unit_test(the_first_value_of_a_key_is_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
