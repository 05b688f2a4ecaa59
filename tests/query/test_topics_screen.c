#include "query/topics_screen.h"

#include "query/match.h"
#include "query/topics_score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct desk {
    struct analyzer *analyzer;
    struct arena arena;
    struct topic_set set;
    struct topics_screen *screen;
};

static const char rules[] = "[pooling]\ntitle = Pooling\nthreshold = 2\n"
                            "+1 cache\n+1 title:pool*\n+2 \"far memory\"\n-1 GPU\n+2 remote NEAR/3 swap\n"
                            "[recent]\ntitle = Recent\nthreshold = 1\n+1 (disk -flash) year:2020-\n";

static int set_up(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    pinakes_error error;
    if (desk == NULL || analyzer_create(&desk->analyzer, NULL) != PINAKES_OK ||
        topics_parse(&desk->arena, desk->analyzer, "topics.ini", span_of(rules), &desk->set, &error) != PINAKES_OK)
        return -1;
    desk->screen = topics_screen_create(&desk->arena, &desk->set);
    *state = desk;
    return desk->screen == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    analyzer_free(desk->analyzer);
    arena_free(&desk->arena);
    free(desk);
    return 0;
}

static bool passes(struct desk *desk, const char *title, const char *abstract)
{
    const char *const texts[] = {[FIELD_TITLE] = title, [FIELD_ABSTRACT] = abstract};
    topics_screen_begin(desk->screen);
    for (enum field field = 0; field <= FIELD_ABSTRACT; field++) {
        struct token token;
        analyzer_start(desk->analyzer, span_of(texts[field] == NULL ? "" : texts[field]));
        while (analyzer_next(desk->analyzer, &token))
            topics_screen_token(desk->screen, field, token.text);
    }
    return topics_screen_passes(desk->screen);
}

static void papers_that_reach_no_threshold_by_their_words_are_put_aside(void **state)
{
    struct desk *desk = *state;
    assert_false(passes(desk, "Caching", "nothing else"));
    assert_false(passes(desk, "Far away", "no such thing"));
    assert_false(passes(desk, "Caches", "pooling, but not in the title"));
    assert_false(passes(desk, "", ""));
}

static void papers_whose_words_may_suffice_are_looked_at(void **state)
{
    struct desk *desk = *state;
    assert_true(passes(desk, "Pooling caches", "on a GPU"));
    assert_true(passes(desk, "Memory", "that is far away"));
    assert_true(passes(desk, "Disks and flash", "of any year"));
    assert_true(passes(desk, "Swap", "to another place, which may be remote"));
}

static bool belongs(struct desk *desk, const char *title, const char *abstract, int year)
{
    struct span texts[FIELD_COUNT] = {[0] = {"", 0}};
    struct buffer cause = {0};
    bool any = false;
    for (size_t field = 0; field < FIELD_COUNT; field++)
        texts[field] = span_of("");
    texts[FIELD_TITLE] = span_of(title);
    texts[FIELD_ABSTRACT] = span_of(abstract);
    const struct document *document = document_create(&desk->arena, desk->analyzer, texts, year, NULL, 0);
    assert_non_null(document);
    for (size_t i = 0; i < desk->set.topic_count; i++)
        any |= topic_score(&desk->arena, &desk->set.topics[i], document, &cause) >= desk->set.topics[i].threshold;
    buffer_free(&cause);
    return any;
}

static const char *draw_text(char *text, size_t words)
{
    static const char *const drawn[] = {"cache ", "Caches ", "pooled ", "far ", "memory ", "GPU ", "remote ",
                                        "swap ",  "disk ",   "flash ",  "the ", "x86 ",    "of ",  "\n\n"};
    text[0] = '\0';
    for (size_t i = 0; i < words; i++)
        strcat(text, drawn[(size_t)random() % (sizeof drawn / sizeof *drawn)]);
    return text;
}

static void no_paper_that_belongs_to_a_topic_is_put_aside(void **state)
{
    struct desk *desk = *state;
    char title[256], abstract[256];
    size_t belonging = 0, aside = 0;
    srandom(7);
    for (int i = 0; i < 5000; i++) {
        (void)draw_text(title, (size_t)random() % 4);
        (void)draw_text(abstract, (size_t)random() % 6);
        const bool is_in = belongs(desk, title, abstract, 2015 + i % 10), is_through = passes(desk, title, abstract);
        assert_true(is_through || !is_in);
        belonging += is_in;
        aside += !is_through;
    }
    assert_true(belonging > 100 && aside > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(papers_that_reach_no_threshold_by_their_words_are_put_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(papers_whose_words_may_suffice_are_looked_at, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_paper_that_belongs_to_a_topic_is_put_aside, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
