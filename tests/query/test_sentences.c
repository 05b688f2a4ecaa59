#include "query/sentences.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Splits `source`, whose words are `words`, and compares with `expected`: the sentences, one a "|". */
static void splits_as(const char *source, const char *words, const char *expected)
{
    struct sentences sentences;
    size_t start, bytes, behind = 0;
    char found[4096] = "";
    sentences_start(&sentences, span_of(source), span_of(words));
    while (sentences_next(&sentences, &start, &bytes)) {
        assert_true(start >= behind && bytes > 0);
        behind = start + bytes;
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", found[0] == '\0' ? "" : "|",
                       (int)bytes, source + start);
    }
    assert_string_equal(found, expected);
}

static void plain(const char *source, const char *expected)
{
    splits_as(source, source, expected);
}

static void a_sentence_ends_with_its_mark(void **state)
{
    (void)state;
    plain("One. Two! Three? Four", "One.|Two!|Three?|Four");
    plain("  It works (mostly.) \"Really?\" Yes...  And more.", "It works (mostly.)|\"Really?\"|Yes...|And more.");
    plain("So… And then", "So…|And then");
    plain("", "");
    plain(" \n ", "");
    plain(".", ".");
    plain("buy or not?) Can keep", "buy or not?)|Can keep");
}

static void abbreviations_initials_and_decimals_end_nothing(void **state)
{
    (void)state;
    plain("Systems, e.g. Oasis, i.e. pools. Next", "Systems, e.g. Oasis, i.e. pools.|Next");
    plain("As Smith et al. Found, A vs. Beta. Next", "As Smith et al. Found, A vs. Beta.|Next");
    plain("See Fig. 3 and Sec. 4.2. Next", "See Fig. 3 and Sec. 4.2.|Next");
    plain("By Thm. 2 and Alg. 1 it holds. Next", "By Thm. 2 and Alg. 1 it holds.|Next");
    plain("This is v. 2.0 of it. Next", "This is v. 2.0 of it.|Next");
    plain("No. That is all", "No.|That is all");
    plain("By J. R. Smith of the U.S. Army. Next", "By J. R. Smith of the U.S. Army.|Next");
    plain("It is 2.5 times. Next", "It is 2.5 times.|Next");
    plain("The min. latency fell", "The min. latency fell");
    plain("Bounds for non-i.i.d. samples. Next", "Bounds for non-i.i.d. samples.|Next");
    plain("Samples are i.i.d. Next", "Samples are i.i.d.|Next");
    plain("It gains 8% (approx.) in F1, and A (resp. B) or [cf.] more. Next",
          "It gains 8% (approx.) in F1, and A (resp. B) or [cf.] more.|Next");
    plain("A generator (a.k.a. CaptionBot) of 2 resp. 3. Next", "A generator (a.k.a. CaptionBot) of 2 resp. 3.|Next");
    plain("It works (so we think.) then not", "It works (so we think.)|then not");
    plain("Read file.c and go on", "Read file.c and go on");
}

static void careless_notes_begin_sentences_small(void **state)
{
    (void)state;
    plain("memory spikes. scheduling helps", "memory spikes.|scheduling helps");
}

static void items_of_a_list_inside_a_line_stand_alone(void **state)
{
    (void)state;
    plain("Challenges: 1. CXL is slow 2. It is not coherent, so have to.",
          "Challenges:|1. CXL is slow|2. It is not coherent, so have to.");
    plain("QA 1. why? No. 2. Power supply? 3) what else", "QA|1. why?|No.|2. Power supply?|3) what else");
    plain("We took version 1. Then it broke", "We took version 1.|Then it broke");
    plain("From 1. to 3. place", "From 1. to 3. place");
}

static void bullets_begin_a_sentence_line_breaks_do_not(void **state)
{
    (void)state;
    plain("a sentence that\nruns on. Next", "a sentence that\nruns on.|Next");
    plain("design\n- one\n  * two - three", "design|- one|* two - three");
}

static void chinese_and_japanese_need_no_space(void **state)
{
    (void)state;
    plain("内存池。延迟高！为什么？因为", "内存池。|延迟高！|为什么？|因为");
    plain("「よい。」次", "「よい。」|次");
}

static void mark_up_stays_with_its_sentence_and_ends_none(void **state)
{
    (void)state;
    splits_as("**Bold one.** Then [a link](http://a.b/c. d) goes", "  Bold one.   Then  a link                  goes",
              "**Bold one.**|Then [a link](http://a.b/c. d) goes");
}

static void many_false_starts_of_a_list_cost_little(void **state)
{
    (void)state;
    enum { BYTES = 1 << 20 };
    char *text = malloc(BYTES + 1);
    assert_non_null(text);
    for (size_t i = 0; i < BYTES; i++)
        text[i] = "1. a"[i % 4] == 'a' ? ' ' : "1. a"[i % 4];
    text[BYTES] = '\0';
    struct sentences sentences;
    size_t start, bytes, count = 0;
    sentences_start(&sentences, (struct span){text, BYTES}, (struct span){text, BYTES});
    while (sentences_next(&sentences, &start, &bytes))
        count++;
    assert_true(count > 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_ends_with_its_mark),
        cmocka_unit_test(abbreviations_initials_and_decimals_end_nothing),
        cmocka_unit_test(careless_notes_begin_sentences_small),
        cmocka_unit_test(items_of_a_list_inside_a_line_stand_alone),
        cmocka_unit_test(bullets_begin_a_sentence_line_breaks_do_not),
        cmocka_unit_test(chinese_and_japanese_need_no_space),
        cmocka_unit_test(mark_up_stays_with_its_sentence_and_ends_none),
        cmocka_unit_test(many_false_starts_of_a_list_cost_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
