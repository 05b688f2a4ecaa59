/* Venue and year, however notes write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/stamp.h"

static void assert_stamp(const char *text, enum stamp_place place, const char *venue, int year)
{
    struct stamp stamp;
    if (!stamp_read(span_of(text), place, &stamp))
        fail_msg("'%s' is no venue", text);
    if (!span_is(stamp.venue, venue) || stamp.year != year)
        fail_msg("'%s' is '%.*s' %d", text, SPAN_ARGS(stamp.venue), stamp.year);
}

static void a_venue_and_a_year_are_read_in_every_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text, *venue;
        int year;
    } stamps[] = {
        {"SOSP 2021", "SOSP", 2021},
        {"OSDI '24", "OSDI", 2024},
        {"OSDI\u201924:", "OSDI", 2024},
        {"[NSDI'23 Fall]", "NSDI", 2023},
        {"sosp", "SOSP", 0},
        {"2021", "", 2021},
        {"2020 eurosys", "EuroSys", 2020},
        {"Proc. of VLDB 2019", "VLDB", 2019},
        {"PVLDB 2020", "VLDB", 2020},
        {"USENIX Security 2022", "USENIX Security", 2022},
        {"IEEE S&P '19", "IEEE S&P", 2019},
        {"ASPLOS-2020", "ASPLOS", 2020},
        {"ATC14", "ATC", 2014},
        {"In Proceedings of the 28th ACM Symposium on SOSP, 2021, best paper", "SOSP", 2021},
        {"HotCarbon'22", "HotCarbon", 2022},
        {"FAST 2016", "FAST", 2016},
        {"Fast '16", "FAST", 2016},
        {"'78", "", 1978},
        {"ICLR2024Oral", "ICLR", 2024},
        {"CVPR25Highlight", "CVPR", 2025},
        {"2024-05", "", 2024},
        {"arXiv, 2023.04", "arXiv", 2023},
    };
    for (size_t i = 0; i < sizeof stamps / sizeof stamps[0]; i++)
        assert_stamp(stamps[i].text, STAMP_LINE, stamps[i].venue, stamps[i].year);
}

static void names_may_stand_with_them_in_brackets(void **state)
{
    (void)state;
    struct stamp stamp;
    assert_stamp("Google, OSDI 2012", STAMP_GROUP, "OSDI", 2012);
    assert_stamp("Kwon et al., 2023", STAMP_GROUP, "", 2023);
    assert_false(stamp_read(span_of("Google, OSDI 2012"), STAMP_LINE, &stamp));
}

static void words_numbers_and_dates_are_no_venue(void **state)
{
    (void)state;
    static const char *const texts[] = {"",          "fast",
                                        "the cloud", "memory",
                                        "12345",     "about SOSP",
                                        "Security",  "Oasis 2021 is good",
                                        "3000",      "raid of 2021 servers",
                                        "COVID-19",  "ResNet-50",
                                        "2001-05",   "2023.4",
                                        "2023.45"};
    struct stamp stamp;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (stamp_read(span_of(texts[i]), STAMP_LINE, &stamp))
            fail_msg("'%s' is taken for '%.*s' %d", texts[i], SPAN_ARGS(stamp.venue), stamp.year);
}

static void a_word_is_a_venue_only_beside_its_year(void **state)
{
    (void)state;
    struct stamp stamp;
    assert_stamp("Date 2018", STAMP_LINE, "DATE", 2018);
    assert_false(stamp_read(span_of("Date: 05/23/2018"), STAMP_LINE, &stamp));
}

static void behind_a_label_a_venue_nobody_listed_is_taken_as_written(void **state)
{
    (void)state;
    const struct stamp stamp = stamp_of_label(span_of("Journal of Green Software, 2023"));
    assert_true(span_is(stamp.venue, "Journal of Green Software"));
    assert_int_equal(stamp.year, 2023);
    assert_true(span_is(stamp_of_label(span_of("osdi'20")).venue, "OSDI"));
    const struct stamp before = stamp_of_label(span_of("OSDI 2031 (arXiv:3011.01234, November 2030)"));
    assert_true(span_is(before.venue, "OSDI"));
    assert_int_equal(before.year, 2031);
}

static void what_ends_the_name_of_a_venue_stays_unless_it_is_a_year(void **state)
{
    static const char *const labels[][2] = {
        {"ACM Trans. Comput. Syst.", "ACM Trans. Comput. Syst."},
        {"Proc. R. Soc. (London)", "Proc. R. Soc. (London)"},
        {"Studio 54", "Studio 54"},
        {"Journal of Trees (2023).", "Journal of Trees"},
        {"Days of Trees '23", "Days of Trees"},
        {"2023", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        const struct span venue = stamp_of_label(span_of(labels[i][0])).venue;
        if (!span_is(venue, labels[i][1]))
            fail_msg("'%s' is '%.*s'", labels[i][0], SPAN_ARGS(venue));
    }
}

static void a_year_is_found_within_a_date(void **state)
{
    (void)state;
    assert_int_equal(year_find(span_of("2021-06-03")), 2021);
    assert_int_equal(year_find(span_of("June 3rd, 2021")), 2021);
    assert_int_equal(year_find(span_of("page 1234567 of 2021")), 2021);
    assert_int_equal(year_find(span_of("12021 1800 2100")), 0);
    assert_int_equal(year_find(span_of("")), 0);
}

static void the_years_of_old_papers_are_read_where_nothing_but_a_year_can_stand(void **state)
{
    (void)state;
    assert_int_equal(year_of_field(span_of("1736")), 1736);
    assert_int_equal(year_of_field(span_of("1905-06-30")), 1905);
    assert_int_equal(year_of_field(span_of("1905 (2005)")), 2005);
    assert_int_equal(year_of_field(span_of("18000 0012 2100")), 0);
    assert_int_equal(year_of_field(span_of("1854\u20131971")), 1854);
    assert_int_equal(year_of_field(span_of("1926/1940")), 1926);
    assert_int_equal(year_of_field(span_of("1998--2004")), 1998);
    assert_int_equal(year_of_field(span_of("1998-12-31")), 1998);
}

static void the_stamp_a_line_begins_with_is_told_from_the_title_behind(void **state)
{
    (void)state;
    struct stamp stamp;
    size_t bytes = 0;
    assert_true(stamp_leads(span_of("OSDI 2020 Serving DNNs like Clockwork"), &stamp, &bytes));
    assert_int_equal(bytes, 9);
    assert_true(span_is(stamp.venue, "OSDI"));
    assert_false(stamp_leads(span_of("Serving DNNs in 2020"), &stamp, &bytes));
}

static void the_end_of_a_reference_holds_its_venue(void **state)
{
    (void)state;
    struct stamp stamp;
    assert_true(stamp_search(span_of(" in Proc. 14th USENIX Symp. on OSDI, pp. 443-462, Nov. 2020."), &stamp));
    assert_true(span_is(stamp.venue, "OSDI"));
    assert_int_equal(stamp.year, 2020);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_venue_and_a_year_are_read_in_every_spelling),
        cmocka_unit_test(names_may_stand_with_them_in_brackets),
        cmocka_unit_test(words_numbers_and_dates_are_no_venue),
        cmocka_unit_test(a_word_is_a_venue_only_beside_its_year),
        cmocka_unit_test(behind_a_label_a_venue_nobody_listed_is_taken_as_written),
        cmocka_unit_test(what_ends_the_name_of_a_venue_stays_unless_it_is_a_year),
        cmocka_unit_test(a_year_is_found_within_a_date),
        cmocka_unit_test(the_years_of_old_papers_are_read_where_nothing_but_a_year_can_stand),
        cmocka_unit_test(the_stamp_a_line_begins_with_is_told_from_the_title_behind),
        cmocka_unit_test(the_end_of_a_reference_holds_its_venue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
