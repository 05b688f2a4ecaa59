/* The reader of JSON Lines: what it takes for papers, what it makes of their members, and what it calls a fault. */
#include "dump.h"

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/jsonl"

static void records_of_every_well_known_shape_are_read_and_broken_ones_named(void **state)
{
    (void)state;
    check_sources(&reader_jsonl, FOLDER, ".jsonl", 10);
}

static void a_record_stands_on_its_line_however_its_text_is_broken_into_lines(void **state)
{
    (void)state;
    assert_dump(&reader_jsonl, "\n\n{\"title\":\"Third Line\",\"abstract\":\"one\\ntwo\\n\\nthree\"}\n",
                "3  0  | Third Line\n  3 title: Third Line\n  3 abstract: one two\n  3 abstract: three\n");
}

static void authors_that_are_listed_twice_over_are_taken_once(void **state)
{
    (void)state;
    assert_dump(&reader_jsonl,
                "{\"title\":\"Twice\",\"authors\":[\"Ada Li\",\"Bo Kim\",\"Ada Li\",\"Bo Kim\"]}\n"
                "{\"title\":\"Thrice\",\"authors\":[\"Ada Li\",\"Bo Kim\",\"Ada Li\",\"Jo Kim\"]}\n",
                "1  0  | Twice\n  by Ada Li; Bo Kim\n  1 title: Twice\n  1 author: Ada Li, Bo Kim\n"
                "2  0  | Thrice\n  by Ada Li; Bo Kim; Ada Li; Jo Kim\n  2 title: Thrice\n"
                "  2 author: Ada Li, Bo Kim, Ada Li, Jo Kim\n");
}

static void reading_stops_at_the_first_fault_when_the_caller_wants_it_to(void **state)
{
    (void)state;
    const char *source = "{\"title\":\"Before\"}\n{broken\n{\"title\":\"After\"}\n";
    check_first_fault(&reader_jsonl, source, "2! not JSON: ");
}

static void a_line_longer_than_any_record_is_named_and_the_next_one_read(void **state)
{
    (void)state;
    check_longest(&reader_jsonl, "{\"title\":\"", 'x', "\"}\n{\"title\":\"Short\"}\n",
                  "1! the line is longer than any record\n");
}

static void objects_without_titles_and_notes_that_show_json_are_left_to_others(void **state)
{
    (void)state;
    assert_string_equal(claimed("a.jsonl", "{\"id\":1,\"title\":\"X\"}\n"), "jsonl");
    assert_string_equal(claimed("-", "{ \"year\": 1, \"title\": \"X\"}"), "jsonl");
    assert_string_equal(claimed("manifest", "{\"title\": \"X\", \"version\": 1}"), "nobody");
    assert_string_equal(claimed("log.jsonl", "{\"level\":\"info\"}\n{\"level\":\"warn\"}\n"), "nobody");
    assert_string_equal(claimed("a.md", "# JSON\n\nA record:\n\n{\"id\":1,\"title\":\"X\"}\n\nand so on\n"), "nobody");
    assert_string_equal(claimed("a.txt", ""), "nobody");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_every_well_known_shape_are_read_and_broken_ones_named),
        cmocka_unit_test(a_record_stands_on_its_line_however_its_text_is_broken_into_lines),
        cmocka_unit_test(authors_that_are_listed_twice_over_are_taken_once),
        cmocka_unit_test(reading_stops_at_the_first_fault_when_the_caller_wants_it_to),
        cmocka_unit_test(a_line_longer_than_any_record_is_named_and_the_next_one_read),
        cmocka_unit_test(objects_without_titles_and_notes_that_show_json_are_left_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
