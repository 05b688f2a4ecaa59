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

static void reading_stops_at_the_first_fault_when_the_caller_wants_it_to(void **state)
{
    (void)state;
    struct dump dump;
    const char *source = "{\"title\":\"Before\"}\n{broken\n{\"title\":\"After\"}\n";
    assert_int_equal(dump_read(&reader_jsonl, span_of(source), true, &dump), PINAKES_BAD_INPUT);
    assert_int_equal(dump.papers, 1);
    assert_int_equal(dump.fault_count, 1);
    assert_true(strncmp(dump.faults.at, "2! not JSON: ", 13) == 0);
    dump_free(&dump);
}

static void a_line_longer_than_any_record_is_named_and_the_next_one_read(void **state)
{
    (void)state;
    struct buffer source = {0};
    struct dump dump;
    char *letters = malloc(READER_LONGEST_RECORD);
    assert_non_null(letters);
    memset(letters, 'x', READER_LONGEST_RECORD);
    buffer_add_text(&source, "{\"title\":\"");
    buffer_add(&source, (struct span){letters, READER_LONGEST_RECORD});
    buffer_add_text(&source, "\"}\n{\"title\":\"Short\"}\n");
    assert_int_equal(dump_read(&reader_jsonl, (struct span){source.at, source.len}, false, &dump), PINAKES_OK);
    assert_string_equal(dump.text.at, "2  0  | Short\n  2 title: Short\n");
    assert_string_equal(dump.faults.at, "1! the line is longer than any record\n");
    dump_free(&dump);
    buffer_free(&source);
    free(letters);
}

static const char *claimed(const char *name, const char *text)
{
    const struct source_text head = {name, span_of(text)};
    const struct reader *reader = reader_for_beginning(&head);
    return reader == NULL ? "nobody" : reader->name;
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
        cmocka_unit_test(reading_stops_at_the_first_fault_when_the_caller_wants_it_to),
        cmocka_unit_test(a_line_longer_than_any_record_is_named_and_the_next_one_read),
        cmocka_unit_test(objects_without_titles_and_notes_that_show_json_are_left_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
