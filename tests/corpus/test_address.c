/* Where and when a paper appeared, by its address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/address.h"

static void a_venue_beside_its_year_in_an_address_is_the_paper_s(void **state)
{
    (void)state;
    static const struct {
        const char *url, *venue;
        int year;
    } addresses[] = {
        {"https://www.usenix.org/system/files/osdi21-doe.pdf", "OSDI", 2021},
        {"https://www.usenix.org/legacy/publications/library/proceedings/fast02/doe/doe.pdf", "FAST", 2002},
        {"https://openaccess.thecvf.com/content_cvpr_2016/papers/Doe_Quiet_CVPR_2016_paper.pdf", "CVPR", 2016},
        {"https://www.ijcai.org/Proceedings/2019/750", "", 0},
        {"http://icml2008.example.org/papers/627.pdf", "ICML", 2008},
        {"https://example.org/edbt/EDBT19_paper_152.pdf", "EDBT", 2019},
        {"https://www.aclweb.org/anthology/P16-1200.pdf", "ACL", 2016},
        {"https://aclanthology.org/W98-1100/", "", 1998},
        {"https://eprint.iacr.org/2031/141.pdf", "", 2031},
        {"https://eprint.iacr.org/2031", "", 0},
        {"https://aclanthology.org/2020.emnlp-main.1/", "", 0},
        {"https://www.aclweb.org/anthology/N/N10/N10-1083.pdf", "NAACL", 2010},
        {"https://proceedings.neurips.cc/paper/2012/file/9dac05e1-Paper.pdf", "NeurIPS", 2012},
        {"https://papers.nips.cc/paper_files/paper/2019/hash/9dac05e1-Abstract.html", "NeurIPS", 2019},
        {"https://papers.nips.cc/paper/4824-quiet-pages.pdf", "", 0},
        {"http://www.vldb.org/pvldb/vol13/p3005-doe.pdf", "VLDB", 2020},
        {"https://www.vldb.org/pvldb/1/1453856.pdf", "VLDB", 2008},
    };
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct stamp stamp;
        const bool found = stamp_of_address(span_of(addresses[i].url), &stamp);
        if (found != (addresses[i].year != 0) || !span_is(stamp.venue, addresses[i].venue) ||
            stamp.year != addresses[i].year)
            fail_msg("'%s' is '%.*s' %d", addresses[i].url, SPAN_ARGS(stamp.venue), stamp.year);
    }
}

static void days_counts_and_words_in_an_address_are_no_venue(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "https://example.org/date/2031/05/nature-2031.html",
        "https://example.org/cs262a-fall2020/notes.pdf",
        "https://example.org/files/9dac05e1.pdf",
        "https://doi.org/10.1145/3033273",
        "https://example.org/osdi/index.html",
        "osdi21-doe.pdf",
        "https://example.org/model2031.pdf",
        "https://",
    };
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct stamp stamp;
        if (stamp_of_address(span_of(addresses[i]), &stamp))
            fail_msg("'%s' is '%.*s' %d", addresses[i], SPAN_ARGS(stamp.venue), stamp.year);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_venue_beside_its_year_in_an_address_is_the_paper_s),
        cmocka_unit_test(days_counts_and_words_in_an_address_are_no_venue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
