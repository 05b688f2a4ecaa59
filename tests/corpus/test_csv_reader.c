/* The reader of tables: what it takes for papers, and what it calls a fault. */
#include "dump.h"

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/csv"

static void tables_of_every_program_are_read_and_broken_rows_named(void **state)
{
    (void)state;
    check_sources(&reader_csv, FOLDER, ".csv", 10);
}

static void a_cell_stands_on_its_line_also_behind_one_of_several(void **state)
{
    (void)state;
    assert_dump(&reader_csv, "abstract,title,year\n\"One\n\ntwo\",Last,2020\n",
                "2  2020  | Last\n  2 abstract: One\n  4 abstract: two\n  4 title: Last\n");
}

static void the_year_is_that_of_its_column_whatever_the_venue_is_called(void **state)
{
    (void)state;
    assert_dump(&reader_csv, "paper_id,title,venue,year,booktitle\nx,A Log,\"Logs, 1895-1945\",1984,\n",
                "2 x 1984 Logs, 1895-1945 | A Log\n  2 title: A Log\n  2 venue: Logs, 1895-1945\n");
}

static void a_table_of_other_things_is_left_alone(void **state)
{
    (void)state;
    assert_string_equal(claimed("a.csv", "title,authors,year\n"), "csv");
    assert_string_equal(claimed("a.csv", "Key;Title;DOI\nx"), "csv");
    assert_string_equal(claimed("a.csv", "title\tabstract\tyear"), "csv");
    assert_string_equal(claimed("a.csv", "title,price,stock\n"), "nobody");
    assert_string_equal(claimed("a.csv", "authors,year,doi\n"), "nobody");
    assert_string_equal(claimed("a.csv", "A Title, by its Authors, of the Year\n\nNotes.\n"), "nobody");
    assert_string_equal(claimed("a.csv", ""), "nobody");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_every_program_are_read_and_broken_rows_named),
        cmocka_unit_test(the_year_is_that_of_its_column_whatever_the_venue_is_called),
        cmocka_unit_test(a_cell_stands_on_its_line_also_behind_one_of_several),
        cmocka_unit_test(a_table_of_other_things_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
