/* The reader of BibTeX: what it takes for papers, what it makes of LaTeX, and what it calls a fault. */
#include "dump.h"

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/bibtex"

static void files_of_every_program_are_read_and_broken_entries_named(void **state)
{
    (void)state;
    check_sources(&reader_bibtex, FOLDER, ".bib", 10);
}

static void a_passage_stands_on_the_line_of_its_value(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex, "\n@misc{k,\n\n title =\n {\n Third\n Line},\n note = {One\n\n two}}\n",
                "2 k 0  | Third Line\n  6 title: Third/Line\n  8 note: One\n  10 note: two\n");
}

static void an_address_keeps_its_dashes_and_loses_what_protects_them(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={One}, url={https://a.org/x?id=r--W{\\_}b\\_c\\%20d}}\n"
                "@misc{b, title={Two}, howpublished={\\url{https://b.org/~c--d}}}\n"
                "@misc{c, title={Three}, doi={10.1000/a--b\\_c}}\n",
                "1 a 0  | One\n  at https://a.org/x?id=r--W_b_c%20d\n  1 title: One\n"
                "2 b 0  | Two\n  at https://b.org/~c--d\n  2 title: Two\n"
                "3 c 0  | Three\n  at https://doi.org/10.1000/a--b_c\n  3 title: Three\n");
}

static void a_field_that_is_commented_out_is_none_and_harms_no_other(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={One},\n%  year = {1990},\n % edition = {rev.},% or:\n year = 2031, % for now\n}\n"
                "@misc{b, % the second\n title={Two at 50% of {\\%}}}\n",
                "1 a 2031  | One\n  1 title: One\n6 b 0  | Two at 50% of %\n  7 title: Two at 50% of %\n");
}

static void a_key_keeps_its_dashes(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex, "@misc{doe2031--x, title={One}}\n@misc{M{\\\"u}ller, title={Two}}\n",
                "1 doe2031--x 0  | One\n  1 title: One\n2 Müller 0  | Two\n  2 title: Two\n");
}

static void html_that_services_leave_in_a_field_is_no_part_of_it(void **state)
{
    (void)state;
    assert_dump(
        &reader_bibtex,
        "@article{a, title={Pages in H<sub>2</sub>O &amp; R\\&amp;D: the reader&apos;s},\n"
        " journal={Journal &#169; of &#x201C;Pages&#x201D;}, abstract={<h4>Aim</h4>To <i>read</i>, if a < b}}\n",
        "1 a 0 Journal © of “Pages” | Pages in H2O & R&D: the reader's\n"
        "  1 title: Pages in H2O & R&D: the reader's\n  2 venue: Journal © of “Pages”\n"
        "  2 abstract: Aim\n  2 abstract: To read, if a < b\n");
}

static void others_are_nobody_however_they_are_written(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={One}, author={A. B. Example et al.}}\n"
                "@misc{b, title={Two}, author={Example, A. and Sample, B. et.al.}}\n"
                "@misc{c, title={Three}, author={Example, A. and {et al.}}}\n",
                "1 a 0  | One\n  by A. B. Example\n  1 title: One\n  1 author: A. B. Example\n"
                "2 b 0  | Two\n  by A. Example; B. Sample\n  2 title: Two\n  2 author: A. Example, B. Sample\n"
                "3 c 0  | Three\n  by A. Example\n  3 title: Three\n  3 author: A. Example\n");
}

static void a_command_with_a_language_leaves_its_words(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={On \\foreignlanguage{polish}{Strony} \\emdash{} \\texorpdfstring{$x$}{x}}}\n",
                "1 a 0  | On Strony — x\n  1 title: On Strony — x\n");
}

static void a_macro_of_several_lines_stands_on_the_line_it_is_used_on(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex, "@string{x = {Odd\n\nGathering}}\n@misc{a, title={One}, booktitle = x}\n",
                "4 a 0 Odd Gathering | One\n  4 title: One\n  4 venue: Odd  Gathering\n");
}

static void a_key_of_a_volume_in_another_file_tells_venue_and_year(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@inproceedings{a, title={One Log}, crossref={osdi14}}\n"
                "@inproceedings{b, title={Two Logs}, crossref={elsewhere}}\n"
                "@misc{c, title={Three Logs}, howpublished={arXiv}, year=2031}\n"
                "@misc{d, title={Four Logs}, howpublished={Online, May 2031}}\n",
                "3 c 2031 arXiv | Three Logs\n  3 title: Three Logs\n  3 venue: arXiv\n"
                "4 d 0  | Four Logs\n  4 title: Four Logs\n"
                "1 a 2014 OSDI | One Log\n  1 title: One Log\n  1 venue: OSDI\n"
                "2 b 0  | Two Logs\n  2 title: Two Logs\n"
                "1: the entry this one refers to is not there\n2: the entry this one refers to is not there\n");
}

static void commands_become_what_they_print(void **state)
{
    (void)state;
    assert_dump(
        &reader_bibtex,
        "@misc{a, title={\\enquote{Ink} at 20\\,\\textdegree C, {N}\\textordmasculine{} 1, Gel{\\cprime}fand}}\n"
        "@misc{b, title={Pages\\slash Books\\emdash the {\\PAGELAB{}} Way\\Dash ink, X\\kern-.15em Y, {\\tt raw} "
        "\\INK{}}}\n"
        "@misc{c, title={{$ \\varOmega $}-Logs, $U\\sb p$ and \\v{c}\\'{\\i}\\polhk{a}, from $5 to $10 $}}\n",
        "1 a 0  | “Ink” at 20 °C, Nº 1, Gel'fand\n  1 title: “Ink” at 20 °C, Nº 1, Gel'fand\n"
        "2 b 0  | Pages/Books—the PAGELAB Way—ink, XY, raw INK\n"
        "  2 title: Pages/Books—the PAGELAB Way—ink, XY, raw INK\n"
        "3 c 0  | Ω-Logs, U_p and číą, from $5 to $10 $\n"
        "  3 title: Ω-Logs, U_p and číą, from $5 to $10 $\n");
}

static void line_breaks_that_mendeley_escapes_are_spaces(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={One}, abstract={Pages$\\backslash$nare read.$\\backslash$r$\\backslash$nA "
                "$\\backslash$nabla is none, nor $\\backslash$textit.}}\n",
                "1 a 0  | One\n  1 title: One\n"
                "  1 abstract: Pages are read.  A \\nabla is none, nor \\textit.\n");
}

static void an_entry_of_any_kind_can_be_a_parent_and_have_one(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@inbook{part, title={A Part}, crossref={Thesis}}\n"
                "@thesis{thesis, title={A Thesis on Pages}, year=2031}\n"
                "@incollection{essay, title={An Essay}, crossref={volume}}\n"
                "@collection{volume, title={Volume One}, crossref={work}}\n"
                "@mvcollection{work, title={The Work}, year=2032}\n"
                "@article{paper, title={A Paper}, journal={Pages}, year=2033}\n"
                "@article{reply, title={A Reply}, crossref={paper}}\n"
                "@inbook{lost, title={A Lost Part}, crossref={round}}\n"
                "@book{round, title={Round}, crossref={around}}\n"
                "@book{around, title={Around}, crossref={round}}\n",
                "2 thesis 2031  | A Thesis on Pages\n  2 title: A Thesis on Pages\n"
                "5 work 2032  | The Work\n  5 title: The Work\n"
                "6 paper 2033 Pages | A Paper\n  6 title: A Paper\n  6 venue: Pages\n"
                "7 reply 2033 Pages | A Reply\n  7 title: A Reply\n  6 venue: Pages\n"
                "10 around 0 Round | Around\n  10 title: Around\n  9 venue: Round\n"
                "1 part 2031 A Thesis on Pages | A Part\n  1 title: A Part\n  2 venue: A Thesis on Pages\n"
                "3 essay 2032 Volume One | An Essay\n  3 title: An Essay\n  4 venue: Volume One\n"
                "4 volume 2032 The Work | Volume One\n  4 title: Volume One\n  5 venue: The Work\n"
                "8 lost 0 Round | A Lost Part\n  8 title: A Lost Part\n  9 venue: Round\n"
                "9 round 0 Around | Round\n  9 title: Round\n  10 venue: Around\n");
}

static void a_volume_without_a_title_is_called_by_its_work(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@book{a, maintitle={Collected Pages}, volume={XIV}, date={1926/1940}}\n"
                "@mvbook{work, title={All Inks}}\n@book{b, crossref={work}, volume={no.~2}}\n"
                "@misc{c, crossref={work}}\n",
                "1 a 1926  | Collected Pages, volume XIV\n  1 title: Collected Pages\n"
                "2 work 0  | All Inks\n  2 title: All Inks\n"
                "3 b 0 All Inks | All Inks, no. 2\n  2 title: All Inks\n  2 venue: All Inks\n"
                "4! the entry has no title\n");
}

static void braces_keep_a_keyword_together(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={One}, keywords={{pages, printed}, ink; {R\\&D; paper}}}\n"
                "@misc{b, title={Two}, keywords={{pages, ink}}}\n@misc{c, title={Three}, keywords={{pages, ink},}}\n",
                "1 a 0  | One\n  on pages, printed; ink; R&D; paper\n  1 title: One\n"
                "  1 tag: pages, printed, ink, R&D; paper\n"
                "2 b 0  | Two\n  on pages; ink\n  2 title: Two\n  2 tag: pages, ink\n"
                "3 c 0  | Three\n  on pages, ink\n  3 title: Three\n  3 tag: pages, ink\n");
}

static void a_short_doi_is_one(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={One}, doi={10/cn2h9c}}\n@misc{b, title={Two}, doi={https://doi.org/10/gf5x}}\n"
                "@misc{c, title={Three}, doi={10/2031}}\n",
                "1 a 0  | One\n  at https://doi.org/10/cn2h9c\n  1 title: One\n"
                "2 b 0  | Two\n  at https://doi.org/10/gf5x\n  2 title: Two\n3 c 0  | Three\n  3 title: Three\n");
}

static void the_son_of_somebody_is_no_given_name(void **state)
{
    (void)state;
    assert_dump(&reader_bibtex,
                "@misc{a, title={One}, author={Ada E. {Sample, Jr.} and {Page, III}, Bo and Cy F. Example, Jr. and "
                "{Pages, Inc.} and Ivanov, II}}\n",
                "1 a 0  | One\n  by Ada E. Sample Jr.; Bo Page III; Cy F. Example Jr.; Pages, Inc.; II Ivanov\n"
                "  1 title: One\n"
                "  1 author: Ada E. Sample Jr., Bo Page III, Cy F. Example Jr., Pages, Inc., II Ivanov\n");
}

static void reading_stops_at_the_first_fault_when_the_caller_wants_it_to(void **state)
{
    (void)state;
    const char *source = "@misc{a, title={Before}}\n@misc{b, year=1}\n@misc{c, title={After}}\n";
    check_first_fault(&reader_bibtex, source, "2! the entry has no title\n");
}

static void notes_that_show_an_entry_are_left_to_others(void **state)
{
    (void)state;
    assert_string_equal(claimed("a.bib", "Written by a program\n\n@misc{a,\n"), "bibtex");
    assert_string_equal(claimed("-", "% comment\n\n @article {a, title={x}}"), "bibtex");
    assert_string_equal(claimed("a.md", "# A Paper\n\n```\n@misc{a, title={x}}\n```\n"), "nobody");
    assert_string_equal(claimed("a.txt", "@somebody said {something}\n"), "nobody");
    assert_string_equal(claimed("a.bib", "nothing in it\n"), "nobody");
}

/* All 3,000 entries of a file as found in the wild are read. */
static void entries_found_in_the_wild_are_all_read_or_named(void **state)
{
    (void)state;
    struct buffer bytes = {0};
    struct dump dump;
    if (!record_load(PINAKES_SOURCE_DIR "/../shared/abstracts/sample.bib", &bytes)) {
        print_message("skipped: ../shared/abstracts/sample.bib is not there\n");
        return;
    }
    size_t entries = 0;
    for (const char *at = bytes.at; (at = strstr(at, "\n@")) != NULL; at++)
        entries++;
    assert_int_equal(dump_read(&reader_bibtex, (struct span){bytes.at, bytes.len}, false, &dump), PINAKES_OK);
    assert_int_equal(dump.papers + dump.fault_count, entries + (bytes.at[0] == '@'));
    assert_int_equal(dump.fault_count, 0);
    dump_free(&dump);
    buffer_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_every_program_are_read_and_broken_entries_named),
        cmocka_unit_test(a_passage_stands_on_the_line_of_its_value),
        cmocka_unit_test(an_address_keeps_its_dashes_and_loses_what_protects_them),
        cmocka_unit_test(a_field_that_is_commented_out_is_none_and_harms_no_other),
        cmocka_unit_test(a_key_keeps_its_dashes),
        cmocka_unit_test(html_that_services_leave_in_a_field_is_no_part_of_it),
        cmocka_unit_test(others_are_nobody_however_they_are_written),
        cmocka_unit_test(a_command_with_a_language_leaves_its_words),
        cmocka_unit_test(a_macro_of_several_lines_stands_on_the_line_it_is_used_on),
        cmocka_unit_test(a_key_of_a_volume_in_another_file_tells_venue_and_year),
        cmocka_unit_test(commands_become_what_they_print),
        cmocka_unit_test(line_breaks_that_mendeley_escapes_are_spaces),
        cmocka_unit_test(an_entry_of_any_kind_can_be_a_parent_and_have_one),
        cmocka_unit_test(a_volume_without_a_title_is_called_by_its_work),
        cmocka_unit_test(braces_keep_a_keyword_together),
        cmocka_unit_test(a_short_doi_is_one),
        cmocka_unit_test(the_son_of_somebody_is_no_given_name),
        cmocka_unit_test(reading_stops_at_the_first_fault_when_the_caller_wants_it_to),
        cmocka_unit_test(notes_that_show_an_entry_are_left_to_others),
        cmocka_unit_test(entries_found_in_the_wild_are_all_read_or_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
