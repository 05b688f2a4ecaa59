#include "indexer/stop_words.h"

#include "indexer/analyzer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_list_is_sorted_and_without_repeats(void **state)
{
    (void)state;
    for (size_t i = 1; i < stop_word_count; i++) {
        assert_true(strcmp(stop_words[i - 1], stop_words[i]) < 0);
    }
}

static void every_stop_word_is_what_the_analyzer_makes_of_it(void **state)
{
    (void)state;
    struct analyzer *analyzer = NULL;
    struct token token;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    for (size_t i = 0; i < stop_word_count; i++) {
        analyzer_start(analyzer, span_of(stop_words[i]));
        assert_true(analyzer_next(analyzer, &token));
        assert_true(span_is(token.text, stop_words[i]));
        assert_true(token.stop_word);
    }
    analyzer_free(analyzer);
}

static void every_stop_word_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < stop_word_count; i++) {
        assert_true(is_stop_word(span_of(stop_words[i])));
    }
}

static void assert_stop_words(const char *const *words, size_t count, bool expected)
{
    for (size_t i = 0; i < count; i++) {
        if (is_stop_word(span_of(words[i])) != expected) {
            fail_msg("\"%s\" is %s stop word", words[i], expected ? "no" : "a");
        }
    }
}

static void words_that_questions_are_asked_with_carry_nothing(void **state)
{
    (void)state;
    static const char *const words[] = {"which", "papers",  "touched", "mention", "discuss", "about", "use",  "uses",
                                        "using", "talk",    "cover",   "how",     "why",     "will",  "show", "find",
                                        "list",  "me",      "dont",    "not",     "it",      "can",   "the",  "article",
                                        "any",   "related", "there",   "are",     "what"};
    assert_stop_words(words, sizeof words / sizeof *words, true);
}

static void words_that_name_topics_are_kept(void **state)
{
    (void)state;
    static const char *const words[] = {
        "memory", "address", "read",    "write", "work",  "cache", "shell", "id",  "process",
        "user",   "log",     "graph",   "means", "state", "scale", "free",  "art", "sharing",
        "fault",  "fuzzing", "reports", "c",     "r",     "¶",     "2021",  "",    "papersthatarelong"};
    assert_stop_words(words, sizeof words / sizeof *words, false);
}

static void a_word_with_a_nul_is_no_stop_word(void **state)
{
    (void)state;
    assert_false(is_stop_word((struct span){"the\0b", 5}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_is_sorted_and_without_repeats),
        cmocka_unit_test(every_stop_word_is_what_the_analyzer_makes_of_it),
        cmocka_unit_test(every_stop_word_is_found),
        cmocka_unit_test(words_that_questions_are_asked_with_carry_nothing),
        cmocka_unit_test(words_that_name_topics_are_kept),
        cmocka_unit_test(a_word_with_a_nul_is_no_stop_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
