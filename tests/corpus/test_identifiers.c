/* DOIs and arXiv identifiers, wherever they are written. */
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

static void a_paper_without_identifiers_has_those_of_its_address(void **state)
{
    (void)state;
    const struct paper by_address = {.url = span_of("https://doi.org/10.48550/arXiv.2309.06180")};
    assert_span(paper_identifiers(&by_address).doi, "10.48550/arXiv.2309.06180");
    assert_span(paper_identifiers(&by_address).arxiv, "2309.06180");
    const struct paper by_field = {.url = span_of("https://arxiv.org/abs/2309.06180"), .doi = span_of("10.1145/1.2")};
    assert_span(paper_identifiers(&by_field).doi, "10.1145/1.2");
    assert_span(paper_identifiers(&by_field).arxiv, "2309.06180");
    const struct paper without = {.url = span_of("https://example.org")};
    assert_int_equal(paper_identifiers(&without).doi.len + paper_identifiers(&without).arxiv.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doi_is_found_by_itself_in_addresses_and_in_sentences),
        cmocka_unit_test(an_arxiv_identifier_loses_its_version),
        cmocka_unit_test(a_paper_without_identifiers_has_those_of_its_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
