/* The reader of JSON arrays as reference managers write them: what it takes for papers, and what it calls a fault. */
#include "dump.h"

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/csl_json"

static void records_of_every_program_are_read_and_broken_ones_named(void **state)
{
    (void)state;
    check_sources(&reader_csl_json, FOLDER, ".json", 10);
}

static void reading_stops_at_the_first_fault_when_the_caller_wants_it_to(void **state)
{
    (void)state;
    struct dump dump;
    const char *source = "[{\"title\":\"Before\"},\n{\"year\":1},\n{\"title\":\"After\"}]\n";
    assert_int_equal(dump_read(&reader_csl_json, span_of(source), true, &dump), PINAKES_BAD_INPUT);
    assert_int_equal(dump.papers, 1);
    assert_string_equal(dump.faults.at, "2! the record has no title\n");
    dump_free(&dump);
}

static void a_record_longer_than_any_is_named_and_the_next_one_read(void **state)
{
    (void)state;
    struct buffer source = {0};
    struct dump dump;
    char *letters = malloc(READER_LONGEST_RECORD);
    assert_non_null(letters);
    memset(letters, '{', READER_LONGEST_RECORD);
    buffer_add_text(&source, "[{\"title\":\"");
    buffer_add(&source, (struct span){letters, READER_LONGEST_RECORD});
    buffer_add_text(&source, "\"},\n{\"title\":\"Short\"}]\n");
    assert_int_equal(dump_read(&reader_csl_json, (struct span){source.at, source.len}, false, &dump), PINAKES_OK);
    assert_string_equal(dump.text.at, "2  0  | Short\n  2 title: Short\n");
    assert_string_equal(dump.faults.at, "1! the record is longer than any record\n");
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

static void json_that_tells_of_no_paper_is_left_to_others(void **state)
{
    (void)state;
    assert_string_equal(claimed("a.json", "[{\"title\":\"X\",\"author\":[]}]"), "csl-json");
    assert_string_equal(claimed("package.json", "{\"name\":\"x\",\"title\":\"X\",\"description\":\"y\"}"), "nobody");
    assert_string_equal(claimed("api.json", "{\n \"openapi\": \"3.0\",\n \"info\": {\"title\": \"X\"}\n}\n"), "nobody");
    assert_string_equal(claimed("a.json", "[{\"title\":\"X\"},{\"title\":\"Y\",\"type\":\"thesis\"}]"), "csl-json");
    assert_string_equal(claimed("schema.json", "[{\"id\":\"x\",\"title\":\"X\",\"type\":\"object\"}]"), "nobody");
    assert_string_equal(claimed("a.json", "[1, 2, 3]"), "nobody");
    assert_string_equal(claimed("a.json", "{\"items\": [{\"price\": 1}]}"), "nobody");
    assert_string_equal(claimed("a.md", "[{\"title\": not json"), "nobody");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_every_program_are_read_and_broken_ones_named),
        cmocka_unit_test(reading_stops_at_the_first_fault_when_the_caller_wants_it_to),
        cmocka_unit_test(a_record_longer_than_any_is_named_and_the_next_one_read),
        cmocka_unit_test(json_that_tells_of_no_paper_is_left_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
