/* When records are taken for one paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "indexer/same_paper.h"

#include <stdio.h>
#include <stdlib.h>

/* "title | authors | venue | year | doi | arxiv | file | abstract | pmid", authors apart by semicolons. */
static struct paper_facts facts(struct arena *arena, struct analyzer *analyzer, const char *text)
{
    char fields[9][600] = {{0}};
    struct paper_facts out = {.source = 0};
    for (size_t field = 0; field < 9 && *text != '\0'; field++) {
        const size_t bytes = strcspn(text, "|");
        (void)snprintf(fields[field], sizeof fields[field], "%.*s", (int)bytes, text);
        text += bytes + (text[bytes] == '|');
    }
    for (char *at = fields[1]; *at != '\0'; at++)
        *at = *at == ';' ? '\n' : *at;
    out.year = atoi(fields[3]);
    out.doi = span_of(arena_string(arena, span_trim(span_of(fields[4]))));
    out.arxiv = span_of(arena_string(arena, span_trim(span_of(fields[5]))));
    out.source = atoi(fields[6]);
    out.abstract = span_of(arena_string(arena, span_trim(span_of(fields[7]))));
    out.pmid = span_of(arena_string(arena, span_trim(span_of(fields[8]))));
    assert_true(same_paper_facts(analyzer, arena, span_trim(span_of(fields[0])), span_trim(span_of(fields[1])),
                                 span_trim(span_of(fields[2])), &out));
    return out;
}

static enum same_paper compared(const char *a, const char *b)
{
    struct arena arena = {0};
    struct analyzer *analyzer = NULL;
    pinakes_error error;
    assert_int_equal(analyzer_create(&analyzer, &error), PINAKES_OK);
    const struct paper_facts x = facts(&arena, analyzer, a), y = facts(&arena, analyzer, b);
    const enum same_paper one = same_paper(analyzer, &x, &y);
    assert_int_equal(same_paper(analyzer, &y, &x), one);
    analyzer_free(analyzer);
    arena_free(&arena);
    return one;
}

static void one_doi_is_one_paper_when_the_titles_are_akin(void **state)
{
    (void)state;
    assert_int_equal(
        compared("Quiet Caches|Kim Jo|OSDI|2020|10.1145/AB.1||1", "Quiet caches at scale||||10.1145/ab.1||2"),
        SAME_DOI);
    assert_int_equal(
        compared("Quiet Caches|Kim Jo|OSDI|2020|10.1145/1.1||1", "Loud Networks|Ann Li|OSDI|2020|10.1145/1.1||1"),
        SAME_NOT);
}

static void one_identifier_of_pubmed_is_one_paper_and_two_are_two(void **state)
{
    (void)state;
    assert_int_equal(compared("Quiet Caches|Kim Jo|OSDI|2020|||1||7", "Quiet caches at scale||||||2||7"), SAME_PMID);
    assert_int_equal(compared("Quiet Caches|Kim Jo|OSDI|2020|||1||7", "Loud Networks|Ann Li|OSDI|2020|||2||7"),
                     SAME_NOT);
    assert_int_equal(
        compared("Quiet Caches of Cells|Jo Kim|Cell|2020|||1||7", "Quiet Caches of Cells|Jo Kim|Cell|2020|||2||8"),
        SAME_NOT);
    assert_int_equal(
        compared("Quiet Caches of Cells|Jo Kim|Cell|2020|||1||7", "Quiet Caches of Cells|Jo Kim|Cell|2020|||2||"),
        SAME_TITLE);
}

static void a_preprint_is_its_publication(void **state)
{
    (void)state;
    assert_int_equal(compared("Quiet Caches|Jo Kim|arXiv|2019||1901.00001|1",
                              "Quiet Caches|Kim, Jo|OSDI|2020|10.1145/1.1|1901.00001|2"),
                     SAME_ARXIV);
    assert_int_equal(compared("Quiet Caches for Loud Clouds|Jo Kim|CoRR|2018|10.48550/arXiv.1801.1||1",
                              "Quiet caches for loud clouds|Jo Kim|OSDI|2020|10.1145/1.1||2"),
                     SAME_TITLE);
    assert_int_equal(compared("Quiet Caches for Loud Clouds|Jo Kim|NSDI|2018|||1",
                              "Quiet caches for loud clouds|Jo Kim|OSDI|2020|||2"),
                     SAME_NOT);
}

static void two_dois_are_two_papers(void **state)
{
    (void)state;
    assert_int_equal(compared("Quiet Caches for Loud Clouds|Jo Kim|OSDI|2020|10.1145/1.1||1",
                              "Quiet Caches for Loud Clouds|Jo Kim|TOCS|2021|10.1145/2.2||2"),
                     SAME_NOT);
}

static void a_title_is_compared_word_for_word_whatever_its_signs(void **state)
{
    (void)state;
    assert_int_equal(
        compared("K\u00fchl: Quiet Caches|Jo Kim|OSDI|2020|||1", "Kuhl - quiet caches.|Jo Kim|OSDI|2021|||2"),
        SAME_TITLE);
    assert_int_equal(compared("Quiet Caches|Jo Kim|OSDI|2020|||1", "Quiet Caches|Ann Li|OSDI|2020|||2"), SAME_NOT);
    assert_int_equal(compared("Quiet Caches|Jo Kim|OSDI|2016|||1", "Quiet Caches|Jo Kim|OSDI|2020|||2"), SAME_NOT);
    assert_int_equal(compared("Quiet Caches|Jo Kim|OSDI|2020|||1", "Quiet Caches|Jo Kim|OSDI|2020|||1"), SAME_NEARLY);
}

static void a_note_without_authors_needs_a_title_that_tells(void **state)
{
    (void)state;
    assert_int_equal(
        compared("Quiet Caches for Loud Clouds|||2020|||1", "Quiet Caches for Loud Clouds|Jo Kim|OSDI|2020|||2"),
        SAME_TITLE);
    assert_int_equal(compared("Quiet Caches||||||1", "Quiet Caches|Jo Kim|OSDI|2020|||2"), SAME_NOT);
    assert_int_equal(compared("Plenary and Keynote Talks||ICRA|2017|||1", "Plenary and Keynote Talks||ICRA|2018|||2"),
                     SAME_NOT);
    assert_int_equal(compared("Quiet Caches for Loud Clouds||OSDI|2020|||1", "Quiet caches for loud clouds||||||2"),
                     SAME_TITLE);
    assert_int_equal(compared("Quiet Caches for Loud Clouds|||||1901.00001|1", "Quiet caches for loud clouds||||||2"),
                     SAME_TITLE);
    assert_int_equal(compared("Quiet Caches for Clouds||OSDI|2020|||1", "Quiet Caches for Clouds||||||2"), SAME_NOT);
    assert_int_equal(compared("Weekly Notes of the Group||||||1", "Weekly Notes of the Group||||||2"), SAME_NOT);
}

static void nearly_one_title_is_perhaps_one_paper(void **state)
{
    (void)state;
    assert_int_equal(
        compared("Swift: A Cache|Jo Kim|OSDI|2020|||1", "Swift: A Cache for Every Cloud|Jo Kim|OSDI|2020|||2"),
        SAME_NEARLY);
    assert_int_equal(compared("On the Long Story of Caches, Part I|Jo Kim||2020|||1",
                              "On the Long Story of Caches, Part II|Jo Kim||2020|||2"),
                     SAME_NOT);
}

#define LONG_ABSTRACT                                                                                               \
    "Caches are loud when many tenants share them and nobody looks at what they evict. We show that a cache which " \
    "keeps quiet serves more of them, with half of the memory and a tenth of the traffic, on all that we measured."
#define OTHER_ABSTRACT                                                                                                \
    "This demonstration lets visitors turn the knobs of a cache and hear how loud it becomes when tenants are added " \
    "to it, on a table with lamps, a loudspeaker and three small machines that we brought along from our own office."

static void authors_are_compared_by_family_name_and_initial_in_any_order(void **state)
{
    (void)state;
    struct analyzer *analyzer = NULL;
    pinakes_error error;
    assert_int_equal(analyzer_create(&analyzer, &error), PINAKES_OK);
    const uint64_t authors = same_paper_authors(analyzer, span_of("Robbert van Renesse\nJo K\u00fchl"));
    assert_true(same_paper_authors(analyzer, span_of("J. Kuhl\nvan Renesse, R.\nKuhl, J.")) == authors);
    assert_false(same_paper_authors(analyzer, span_of("Jo K\u00fchl")) == authors);
    assert_false(same_paper_authors(analyzer, span_of("Robbert van Renesse\nAnn K\u00fchl")) == authors);
    assert_true(same_paper_authors(analyzer, span_of("")) == 0);
    analyzer_free(analyzer);
}

static void a_title_spelled_otherwise_is_the_same_by_all_authors(void **state)
{
    (void)state;
    assert_int_equal(compared("Modelling the Behaviour of Quiet Caches|Jo Kim;Ann Li|OSDI|2020|||1",
                              "Modeling Behavior of quiet caches|Li, A.;Kim, J.|OSDI|2021|||2"),
                     SAME_SPELLING);
    assert_int_equal(compared("Modelling the Behaviour of Quiet Caches|Jo Kim;Ann Li|OSDI|2020|||1",
                              "Modeling Behavior of quiet caches|Jo Kim|OSDI|2020|||2"),
                     SAME_NOT);
    assert_int_equal(compared("Modelling Quiet Caches at Scale|Jo Kim|OSDI|2020|||1",
                              "Modeling Quiet Caches at Scale|Jo Kim|OSDI|2022|||2"),
                     SAME_NOT);
    assert_int_equal(compared("Modelling Quiet Caches at Scale|Jo Kim|OSDI|2020|||1|" LONG_ABSTRACT,
                              "Modeling Quiet Caches at Scale|Jo Kim|OSDI|2020|||2|" OTHER_ABSTRACT),
                     SAME_NOT);
    assert_int_equal(compared("Modelling Quiet Caches at Scale|Jo Kim|OSDI|2020|10.1/a||1",
                              "Modeling Quiet Caches at Scale|Jo Kim|OSDI|2020|10.1/b||2"),
                     SAME_NOT);
    assert_int_equal(compared("Modelling Quiet Caches at Scale|Jo Kim|OSDI|2020|||1",
                              "Modeling Quiet Caches at Scale|Jo Kim|OSDI|2020|||1"),
                     SAME_NEARLY);
}

static void a_title_with_more_words_is_the_same_by_its_abstract(void **state)
{
    (void)state;
    assert_int_equal(compared("Swift: A Cache|Jo Kim|OSDI|2020|||1|" LONG_ABSTRACT,
                              "Swift: A Cache for Every Cloud|Jo Kim|OSDI|2020|||2|" LONG_ABSTRACT),
                     SAME_ABSTRACT);
    assert_int_equal(compared("Swift: A Cache|Jo Kim|OSDI|2020|||1|" LONG_ABSTRACT,
                              "Swift: A Cache for Every Cloud|Jo Kim|OSDI|2020|||2|" OTHER_ABSTRACT),
                     SAME_NEARLY);
    assert_int_equal(compared("Swift: A Cache|Jo Kim|OSDI|2020|||1|" LONG_ABSTRACT,
                              "Swift: A Cache (Extended Abstract)|Jo Kim|OSDI|2020|||2|" LONG_ABSTRACT),
                     SAME_NEARLY);
    assert_int_equal(compared("Swift: A Cache|Jo Kim|ATC|2019|||1|" LONG_ABSTRACT,
                              "Swift: A Cache for Every Cloud|Jo Kim|OSDI|2020|||2|" LONG_ABSTRACT),
                     SAME_NEARLY);
    assert_int_equal(compared("Swift: A Cache|Jo Kim|arXiv|2019|||1|" LONG_ABSTRACT,
                              "Swift: A Cache for Every Cloud|Jo Kim|OSDI|2020|||2|" LONG_ABSTRACT),
                     SAME_ABSTRACT);
}

static void a_preprint_may_have_another_word_in_its_title(void **state)
{
    (void)state;
    assert_int_equal(compared("Towards Quiet Caches for Busy Clouds|Jo Kim|arXiv|2018|||1|" LONG_ABSTRACT,
                              "Quiet Caches for Loud Clouds|Jo Kim|OSDI|2020|||2|" LONG_ABSTRACT),
                     SAME_ABSTRACT);
    assert_int_equal(compared("Towards Quiet Caches for Busy Clouds|Jo Kim|ATC|2020|||1|" LONG_ABSTRACT,
                              "Quiet Caches for Loud Clouds|Jo Kim|OSDI|2020|||2|" LONG_ABSTRACT),
                     SAME_NOT);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_doi_is_one_paper_when_the_titles_are_akin),
        cmocka_unit_test(one_identifier_of_pubmed_is_one_paper_and_two_are_two),
        cmocka_unit_test(a_preprint_is_its_publication),
        cmocka_unit_test(two_dois_are_two_papers),
        cmocka_unit_test(a_title_is_compared_word_for_word_whatever_its_signs),
        cmocka_unit_test(a_note_without_authors_needs_a_title_that_tells),
        cmocka_unit_test(nearly_one_title_is_perhaps_one_paper),
        cmocka_unit_test(authors_are_compared_by_family_name_and_initial_in_any_order),
        cmocka_unit_test(a_title_spelled_otherwise_is_the_same_by_all_authors),
        cmocka_unit_test(a_title_with_more_words_is_the_same_by_its_abstract),
        cmocka_unit_test(a_preprint_may_have_another_word_in_its_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
