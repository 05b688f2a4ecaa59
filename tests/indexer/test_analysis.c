#include "indexer/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct span texts[FIELD_COUNT] = {
    [FIELD_TITLE] = {"KV-cache pooling for LLMs", 25},
    [FIELD_AUTHOR] = {"", 0},
    [FIELD_VENUE] = {"", 0},
    [FIELD_TAG] = {"", 0},
    [FIELD_ABSTRACT] = {"\xc2\xb5"
                        "Fork caches\n\nI/O-bound work",
                        28},
    [FIELD_NOTE] = {"", 0},
    [FIELD_QA] = {"why?", 4},
};

static void assert_same_token(const struct token *a, const struct token *b)
{
    assert_true(span_equal(a->text, b->text));
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->position, b->position);
    assert_int_equal(a->start, b->start);
    assert_int_equal(a->bytes, b->bytes);
    assert_int_equal(a->is_protected, b->is_protected);
    assert_int_equal(a->stop_word, b->stop_word);
}

static void assert_tokens_are(struct analyzer *analyzer, const struct analysis *analysis)
{
    struct token kept, given;
    for (enum field field = 0; field < FIELD_COUNT; field++) {
        size_t at = analysis_begin(analysis, field);
        analyzer_start(analyzer, texts[field]);
        while (analyzer_next(analyzer, &given)) {
            assert_true(analysis_next(analysis, field, &at, &kept));
            assert_same_token(&kept, &given);
        }
        assert_false(analysis_next(analysis, field, &at, &kept));
    }
}

static void an_analysis_gives_the_tokens_of_the_analyzer(void **state)
{
    struct analyzer *analyzer = NULL;
    struct analysis analysis = {.tokens = NULL}, copy = {.tokens = NULL};
    (void)state;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    for (int times = 0; times < 2; times++) {
        assert_true(analysis_make(&analysis, analyzer, texts));
        assert_tokens_are(analyzer, &analysis);
        assert_true(analysis_copy(&copy, &analysis));
        assert_tokens_are(analyzer, &copy);
    }
    analysis_free(&copy);
    analysis_free(&analysis);
    analyzer_free(analyzer);
}

static void words_of_the_title_count_three_times_in_the_length(void **state)
{
    struct analyzer *analyzer = NULL;
    struct analysis analysis = {.tokens = NULL};
    (void)state;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    assert_true(analysis_make(&analysis, analyzer, texts));
    const struct paper_size size = analysis_size(&analysis);
    assert_int_equal(size.words, 5 + 6 + 1);
    assert_int_equal(size.length, 5 * 3 + 6 + 1);
    analysis_free(&analysis);
    analyzer_free(analyzer);
}

static void a_text_is_known_by_its_bytes(void **state)
{
    struct analyzer *analyzer = NULL;
    struct analysis analysis = {.tokens = NULL};
    (void)state;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    assert_true(analysis_make(&analysis, analyzer, texts));
    assert_int_equal(analysis_field(&analysis, span_of("why?")), FIELD_QA);
    assert_int_equal(analysis_field(&analysis, span_of("why!")), FIELD_COUNT);
    analysis_free(&analysis);
    analyzer_free(analyzer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_analysis_gives_the_tokens_of_the_analyzer),
        cmocka_unit_test(words_of_the_title_count_three_times_in_the_length),
        cmocka_unit_test(a_text_is_known_by_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
