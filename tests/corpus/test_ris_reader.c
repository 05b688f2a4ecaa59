/* The reader of RIS: what it takes for papers, and what it calls a fault. */
#include "dump.h"

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/ris"

static void records_of_every_program_are_read_and_broken_ones_named(void **state)
{
    (void)state;
    check_sources(&reader_ris, FOLDER, ".ris", 10);
}

static void a_value_stands_on_its_line_and_runs_over_the_next_ones(void **state)
{
    (void)state;
    assert_dump(&reader_ris, "\n\nTY  - JOUR\nKW  - a\nAB  - One\n two\n\n three\nTI  - Last\nER  - \n",
                "3  0  | Last\n  on a\n  4 tag: a\n  5 abstract: One/two\n  8 abstract: three\n  9 title: Last\n");
}

static void an_address_ends_with_its_line_and_begins_behind_a_remark(void **state)
{
    (void)state;
    assert_dump(&reader_ris,
                "TY  - JOUR\nTI  - A\nUR  - [copy] https://example.org/a\nNOTE - PDF file: a.pdf\nER  - \n",
                "1  0  | A\n  at https://example.org/a\n  2 title: A\n");
    assert_dump(&reader_ris, "TY  - JOUR\nTI  - A\nUR  - <Go to ISI>://WOS:000000000000001\nER  - \n",
                "1  0  | A\n  2 title: A\n");
}

static void two_authors_of_one_name_are_two_and_one_under_both_tags_is_one(void **state)
{
    (void)state;
    assert_dump(&reader_ris,
                "TY  - JOUR\nTI  - A\nAU  - Chen, Xi\nAU  - Chen, Xi\nA1  - Chen, Xi\nA1  - Bo, Al\nER  - \n",
                "1  0  | A\n  by Xi Chen; Xi Chen; Al Bo\n  2 title: A\n  3 author: Chen, Xi\n  4 author: Chen, Xi\n"
                "  5 author: Chen, Xi\n  6 author: Bo, Al\n");
}

static void letters_behind_one_word_are_initials_and_behind_a_whole_name_its_ending(void **state)
{
    (void)state;
    assert_dump(&reader_ris,
                "TY  - JOUR\nTI  - A\nAU  - Rugg, M.D.\nAU  - Jane Roe, M.D.\nAU  - Thomas E. Weir, Jr.\nER  - \n",
                "1  0  | A\n  by M.D. Rugg; Jane Roe, M.D.; Thomas E. Weir, Jr.\n  2 title: A\n  3 author: Rugg, M.D.\n"
                "  4 author: Jane Roe, M.D.\n  5 author: Thomas E. Weir, Jr.\n");
}

static void a_doubled_comma_keeps_an_organisation_whole(void **state)
{
    (void)state;
    assert_dump(&reader_ris,
                "TY  - JOUR\nTI  - A\nAU  - Cache Group,, Inks and Paper\nAU  - King,, Jr.\nDO  - 10/cn2h9c\nER  - \n",
                "1  0  | A\n  by Cache Group, Inks and Paper; King Jr.\n  at https://doi.org/10/cn2h9c\n  2 title: A\n"
                "  3 author: Cache Group,, Inks and Paper\n  4 author: King,, Jr.\n");
}

static void reading_stops_at_the_first_fault_when_the_caller_wants_it_to(void **state)
{
    (void)state;
    const char *source = "TY  - A\nTI  - Before\nER  - \nTY  - A\nER  - \nTY  - A\nTI  - After\nER  - \n";
    check_first_fault(&reader_ris, source, "4! the record has no title\n");
}

static void notes_that_show_a_record_are_left_to_others(void **state)
{
    (void)state;
    assert_string_equal(claimed("a.txt", "TY  - JOUR\n"), "ris");
    assert_string_equal(claimed("a.ris", "Provider: X\n\nTY  - JOUR\n"), "ris");
    assert_string_equal(claimed("a.md", "# A Paper\n\nTY  - JOUR\n"), "nobody");
    assert_string_equal(claimed("a.txt", "TY - is a tag\n"), "ris");
    assert_string_equal(claimed("a.txt", "TYPES - of notes\n"), "nobody");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_every_program_are_read_and_broken_ones_named),
        cmocka_unit_test(a_value_stands_on_its_line_and_runs_over_the_next_ones),
        cmocka_unit_test(an_address_ends_with_its_line_and_begins_behind_a_remark),
        cmocka_unit_test(two_authors_of_one_name_are_two_and_one_under_both_tags_is_one),
        cmocka_unit_test(letters_behind_one_word_are_initials_and_behind_a_whole_name_its_ending),
        cmocka_unit_test(a_doubled_comma_keeps_an_organisation_whole),
        cmocka_unit_test(reading_stops_at_the_first_fault_when_the_caller_wants_it_to),
        cmocka_unit_test(notes_that_show_a_record_are_left_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
