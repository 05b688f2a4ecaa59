/* DOIs and identifiers of arXiv's and PubMed's, wherever they are written. */
#include "corpus/identifiers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_span(struct span found, const char *expected)
{
    assert_int_equal(found.len, strlen(expected));
    assert_memory_equal(found.at, expected, found.len);
}

static void a_doi_is_found_by_itself_in_addresses_and_in_sentences(void **state)
{
    static const char *const cases[][2] = {
        {"10.1145/3600006.3613165", "10.1145/3600006.3613165"},
        {"https://doi.org/10.1145/3600006.3613165", "10.1145/3600006.3613165"},
        {"https://dl.acm.org/doi/pdf/10.1145/3600006.3613165?download=true", "10.1145/3600006.3613165"},
        {"doi:10.1016/S0022-0000(73)80033-9.", "10.1016/S0022-0000(73)80033-9"},
        {"(see 10.1000/182)", "10.1000/182"},
        {"https://example.org/articles/10.3389/fncom.2017.00048/full", "10.3389/fncom.2017.00048"},
        {"https://example.org/content/pdf/10.1007/s00778-023-1.pdf", "10.1007/s00778-023-1"},
        {"10.1000/pdf", "10.1000/pdf"},
        {"10.1002/(SICI)1097-024X(199603)26:3<329::AID-SPE14>3.0.CO;2-5",
         "10.1002/(SICI)1097-024X(199603)26:3<329::AID-SPE14>3.0.CO;2-5"},
        {"10.1175/1520-0485(1987)017<0447:TMDCTE>", "10.1175/1520-0485(1987)017<0447:TMDCTE>"},
        {"10.1000/182<br>", "10.1000/182"},
        {"<https://doi.org/10.1000/182>", "10.1000/182"},
        {"10.1000/182<see:", "10.1000/182"},
        {"10.1000.10/123", "10.1000.10/123"},
        {"version 110.1145/1", ""},
        {"10.12/too-short", ""},
        {"10.1145/", ""},
        {"10.1145", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_span(doi_in(span_of(cases[i][0])), cases[i][1]);
}

static void an_arxiv_identifier_loses_its_version(void **state)
{
    static const char *const cases[][2] = {
        {"2309.06180", "2309.06180"},
        {"2309.06180v2", "2309.06180"},
        {"arXiv:0706.0001", "0706.0001"},
        {"arXiv preprint arXiv:1706.03762 (2017)", "1706.03762"},
        {"https://arxiv.org/abs/1706.03762v5", "1706.03762"},
        {"http://arxiv.org/pdf/1706.03762.pdf", "1706.03762"},
        {"10.48550/arXiv.1706.03762", "1706.03762"},
        {"abs/1706.03762", "1706.03762"},
        {"cs/0112017", "cs/0112017"},
        {"https://arxiv.org/abs/math.GT/0309136", "math.GT/0309136"},
        {"https://example.org/2309.06180", ""},
        {"17.03", ""},
        {"a paper of 2017", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_span(arxiv_in(span_of(cases[i][0])), cases[i][1]);
}

static void an_address_tells_whether_it_leads_to_a_paper_or_to_talk(void **state)
{
    static const struct {
        const char *url;
        bool is_paper, is_talk;
    } cases[] = {
        {"https://arxiv.org/abs/1706.03762", true, false},
        {"https://openreview.net/forum?id=abc", true, false},
        {"https://www.usenix.org/conference/osdi31/presentation/a", true, false},
        {"https://dl.acm.org/doi/10.1145/3600006.3613165", true, false},
        {"https://example.org/a.pdf", true, false},
        {"https://example.org/a.pdf#page=2", true, false},
        {"https://example.org/a.pdf)**(see", true, false},
        {"https://example.org/a.pdfs/b", false, false},
        {"https://arxiv.org/html/1706.03762v1/x1.png", false, false},
        {"https://github.com/example/a", false, false},
        {"papers/a.pdf", false, false},
        {"https://link.springer.com/article/10.1007/s00799-031-1", true, false},
        {"https://link.springer.com/journal/31415", false, false},
        {"https://medium.com/@example/a", false, true},
        {"https://www.youtube.com/watch?v=a", false, true},
        {"", false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(is_paper_address(span_of(cases[i].url)), cases[i].is_paper);
        assert_int_equal(is_talk_address(span_of(cases[i].url)), cases[i].is_talk);
    }
}

static void a_paper_without_identifiers_has_those_of_its_address(void **state)
{
    (void)state;
    const struct paper by_address = {.url = span_of("https://doi.org/10.48550/arXiv.2309.06180")};
    assert_span(paper_identifiers(&by_address).doi, "10.48550/arXiv.2309.06180");
    assert_span(paper_identifiers(&by_address).arxiv, "2309.06180");
    const struct paper by_field = {.url = span_of("https://arxiv.org/abs/2309.06180"), .doi = span_of("10.1145/1.2")};
    assert_span(paper_identifiers(&by_field).doi, "10.1145/1.2");
    const struct paper by_short = {.url = span_of("https://doi.org/10/cn2h9c")};
    assert_span(paper_identifiers(&by_short).doi, "10/cn2h9c");
    assert_span(doi_of_field(span_of("10/12/2031")), "");
    assert_span(paper_identifiers(&by_field).arxiv, "2309.06180");
    const struct paper without = {.url = span_of("https://example.org")};
    assert_int_equal(paper_identifiers(&without).doi.len + paper_identifiers(&without).arxiv.len, 0);
}

static void an_arxiv_identifier_tells_its_year(void **state)
{
    static const struct {
        const char *identifier;
        int year;
    } cases[] = {
        {"1606.01234", 2016}, {"2404.12345", 2024},      {"0704.0001", 2007},
        {"cs/0501001", 2005}, {"hep-th/9108001", 1991},  {"cs/0001001", 2000},
        {"cs/0703001", 2007}, {"math.GT/9912001", 1999}, {"cs/0801001", 0},
        {"2413.12345", 0},    {"2400.12345", 0},         {"0604.0001", 0},
        {"9912.00001", 0},    {"cs/5001001", 0},         {"", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(arxiv_year(span_of(cases[i].identifier)), cases[i].year);
}

static void a_year_that_is_told_is_not_derived(void **state)
{
    (void)state;
    struct paper told = {.arxiv = span_of("arXiv:1606.01234"), .year = 2018};
    paper_derive_year(&told);
    assert_int_equal(told.year, 2018);
    assert_false(told.is_year_derived);
    struct paper untold = {.url = span_of("https://arxiv.org/abs/1606.01234v2")};
    paper_derive_year(&untold);
    assert_int_equal(untold.year, 2016);
    assert_true(untold.is_year_derived);
    assert_int_equal(paper_told_year(&untold), 0);
}

static void an_identifier_of_pubmed_is_found_behind_its_name_and_in_addresses(void **state)
{
    static const char *const cases[][2] = {
        {"PMID: 30000001", "30000001"},
        {"pmid30000001", "30000001"},
        {"PMID:1; PMCID: PMC2", "1"},
        {"https://pubmed.ncbi.nlm.nih.gov/30000001/", "30000001"},
        {"http://www.ncbi.nlm.nih.gov/pubmed/?term=x", ""},
        {"http://www.ncbi.nlm.nih.gov/pubmed/15", "15"},
        {"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC300/", ""},
        {"30000001", ""},
        {"PMID: 300000012", ""},
        {"PMID: 012", ""},
        {"PMID: 3d", ""},
        {"XPMID: 3", ""},
        {"PMID", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_span(pmid_in(span_of(cases[i][0])), cases[i][1]);
    assert_span(pmid_of_field(span_of(" 30000001 ")), "30000001");
    assert_span(pmid_of_field(span_of("https://pubmed.ncbi.nlm.nih.gov/7")), "7");
    assert_span(pmid_of_field(span_of("2019 or so")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doi_is_found_by_itself_in_addresses_and_in_sentences),
        cmocka_unit_test(an_arxiv_identifier_loses_its_version),
        cmocka_unit_test(an_address_tells_whether_it_leads_to_a_paper_or_to_talk),
        cmocka_unit_test(a_paper_without_identifiers_has_those_of_its_address),
        cmocka_unit_test(an_arxiv_identifier_tells_its_year),
        cmocka_unit_test(a_year_that_is_told_is_not_derived),
        cmocka_unit_test(an_identifier_of_pubmed_is_found_behind_its_name_and_in_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
