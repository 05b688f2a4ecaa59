/* The reader of the ACL Anthology's XML: what it takes for papers, and what it calls a fault. */
#include "dump.h"

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/acl"

static void volumes_of_every_age_are_read_and_broken_papers_named(void **state)
{
    (void)state;
    check_sources(&reader_acl, FOLDER, ".xml", 10);
}

static void a_passage_stands_on_the_line_of_its_text(void **state)
{
    (void)state;
    assert_dump(&reader_acl,
                "<collection id='a'>\n<volume id='1'>\n<paper id='2'>\n<title>\n One\n</title><abstract>First\nline"
                "\n\nsecond</abstract>\n</paper>\n</volume>\n</collection>\n",
                "3 a-1.2 0  | One\n  5 title: One\n  6 abstract: First/line\n  9 abstract: second\n");
}

static void reading_stops_at_the_first_fault_when_the_caller_wants_it_to(void **state)
{
    (void)state;
    const char *source = "<collection id='a'><volume id='1'><paper id='1'><title>Before</title></paper>\n"
                         "<paper id='2'></paper>\n<paper id='3'><title>After</title></paper></volume></collection>\n";
    check_first_fault(&reader_acl, source, "2! the paper has no title\n");
}

static void an_element_is_found_wherever_the_stream_was_cut(void **state)
{
    (void)state;
    enum { PAPERS = 3000 };
    struct buffer source = {0};
    struct dump dump;
    buffer_add_text(&source, "<collection id='a'><volume id='1'>");
    for (unsigned i = 0; i < PAPERS; i++)
        buffer_format(
            &source, "<paper id='%u'><title>Paper %u</title><!-- %.*s --></paper>", i, i, (int)(i % 100),
            "====================================================================================================");
    buffer_add_text(&source, "</volume></collection>");
    assert_int_equal(dump_read(&reader_acl, (struct span){source.at, source.len}, false, &dump), PINAKES_OK);
    assert_int_equal(dump.papers + dump.fault_count, PAPERS);
    assert_true(dump.papers >= PAPERS / 100);
    dump_free(&dump);
    buffer_free(&source);
}

static void other_xml_is_left_to_others(void **state)
{
    (void)state;
    assert_string_equal(claimed("a.xml", "<collection id='2020.acl'>\n<volume id='1'>"), "acl");
    assert_string_equal(claimed("a.xml", "<collection name='books'>\n<volume id='1'>"), "nobody");
    assert_string_equal(claimed("a.xml", "<feed><entry><title>A</title></entry></feed>"), "nobody");
    assert_string_equal(claimed("a.md", "# Notes\n\n<collection id='2020.acl'>\n<volume id='1'>"), "nobody");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(volumes_of_every_age_are_read_and_broken_papers_named),
        cmocka_unit_test(a_passage_stands_on_the_line_of_its_text),
        cmocka_unit_test(reading_stops_at_the_first_fault_when_the_caller_wants_it_to),
        cmocka_unit_test(an_element_is_found_wherever_the_stream_was_cut),
        cmocka_unit_test(other_xml_is_left_to_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
