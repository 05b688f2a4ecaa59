/* The reader of JSON arrays as reference managers write them: what it takes for papers, and what it calls a fault. */
#include "dump.h"

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/csl_json"

static void records_of_every_program_are_read_and_broken_ones_named(void **state)
{
    (void)state;
    check_sources(&reader_csl_json, FOLDER, ".json", 10);
}

static void who_edited_a_book_without_authors_stands_for_them(void **state)
{
    (void)state;
    assert_dump(&reader_csl_json,
                "[{\"id\":\"a\",\"title\":\"A Book\",\"editor\":[{\"family\":\"Example\",\"given\":\"Ada\"}]},\n"
                "{\"id\":\"b\",\"title\":\"A Part\",\"editor\":[{\"family\":\"Example\",\"given\":\"Ada\"}],"
                "\"author\":[{\"family\":\"Sample\",\"given\":\"Bo\"}]}]\n",
                "1 a 0  | A Book\n  by Ada Example\n  1 title: A Book\n  1 author: Ada Example\n"
                "2 b 0  | A Part\n  by Bo Sample\n  2 title: A Part\n  2 author: Bo Sample\n");
}

static void reading_stops_at_the_first_fault_when_the_caller_wants_it_to(void **state)
{
    (void)state;
    const char *source = "[{\"title\":\"Before\"},\n{\"year\":1},\n{\"title\":\"After\"}]\n";
    check_first_fault(&reader_csl_json, source, "2! the record has no title\n");
}

static void a_record_longer_than_any_is_named_and_the_next_one_read(void **state)
{
    (void)state;
    check_longest(&reader_csl_json, "[{\"title\":\"", '{', "\"},\n{\"title\":\"Short\"}]\n",
                  "1! the record is longer than any record\n");
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
        cmocka_unit_test(who_edited_a_book_without_authors_stands_for_them),
        cmocka_unit_test(reading_stops_at_the_first_fault_when_the_caller_wants_it_to),
        cmocka_unit_test(a_record_longer_than_any_is_named_and_the_next_one_read),
        cmocka_unit_test(json_that_tells_of_no_paper_is_left_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
