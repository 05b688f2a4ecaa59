/* How titles differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "indexer/near_title.h"

static enum title_difference differ(const char *a, const char *b)
{
    const enum title_difference one = near_title(span_of(a), span_of(b));
    assert_int_equal(near_title(span_of(b), span_of(a)), one);
    return one;
}

static void spaces_articles_and_two_letters_are_spelling(void **state)
{
    (void)state;
    assert_int_equal(differ("a key value store for the cloud", "keyvalue store for cloud"), TITLE_SPELLING);
    assert_int_equal(differ("modelling behaviour of quiet caches", "modeling behavior of quiet caches"),
                     TITLE_SPELLING);
    assert_int_equal(differ("the effect of cahces on clouds", "the effect of caches on clouds"), TITLE_SPELLING);
    assert_int_equal(differ("neural networks for robots", "neural network for robots"), TITLE_SPELLING);
}

static void a_letter_that_makes_another_word_is_no_spelling(void **state)
{
    (void)state;
    assert_int_equal(differ("symmetric games for many players", "asymmetric games for many players"), TITLE_MOST);
    assert_true(differ("micromanipulation of cells by light", "macromanipulation of cells by light") > TITLE_SPELLING);
    assert_true(differ("graph search for busy people", "grape search for busy people") > TITLE_SPELLING);
    assert_true(differ("bounds for cnn training time", "bounds for gnn training time") > TITLE_LETTERS);
    assert_int_equal(differ("swift a cache", "swift a cahce"), TITLE_WORDS);
}

static void numbers_single_letters_and_non_tell_papers_apart(void **state)
{
    (void)state;
    assert_int_equal(differ("motion planning in town part i", "motion planning in town part ii"), TITLE_OTHER);
    assert_int_equal(differ("motion planning in town part a", "motion planning in town part b"), TITLE_OTHER);
    assert_int_equal(differ("motion planning in town part a", "motion planning in town part"), TITLE_OTHER);
    assert_int_equal(differ("control of two snake robots", "control of three snake robots"), TITLE_OTHER);
    assert_int_equal(differ("learning 2d maps from video", "learning 3d maps from video"), TITLE_OTHER);
    assert_int_equal(differ("navigation for holonomic vehicles", "navigation for non holonomic vehicles"), TITLE_OTHER);
}

static void more_words_are_told_from_another_publication(void **state)
{
    (void)state;
    assert_int_equal(differ("swift a cache", "swift a cache for every cloud"), TITLE_WORDS);
    assert_int_equal(differ("swift a cache", "swift a cache extended abstract"), TITLE_OTHER);
    assert_int_equal(differ("swift a cache", "erratum to swift a cache"), TITLE_OTHER);
    assert_int_equal(differ("visual vibrometry", "visual vibrometry estimating properties from video"), TITLE_WORDS);
}

static void titles_of_other_words_are_others(void **state)
{
    (void)state;
    assert_int_equal(differ("quiet caches for loud clouds", "towards quiet caches for busy clouds"), TITLE_MOST);
    assert_int_equal(differ("quiet caches for loud clouds", "far memory for loud people"), TITLE_OTHER);
    assert_int_equal(differ("", "quiet caches for loud clouds"), TITLE_OTHER);
    assert_int_equal(differ("", ""), TITLE_OTHER);
}

static void words_in_other_letters_have_to_be_the_same(void **state)
{
    (void)state;
    assert_int_equal(differ("\u043e\u0431\u0443\u0447\u0435\u043d\u0438\u0435 kleiner roter netze",
                            "\u043e\u0431\u0443\u0447\u0435\u043d\u0438\u044f kleiner roter netze"),
                     TITLE_MOST);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_articles_and_two_letters_are_spelling),
        cmocka_unit_test(a_letter_that_makes_another_word_is_no_spelling),
        cmocka_unit_test(numbers_single_letters_and_non_tell_papers_apart),
        cmocka_unit_test(more_words_are_told_from_another_publication),
        cmocka_unit_test(titles_of_other_words_are_others),
        cmocka_unit_test(words_in_other_letters_have_to_be_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
