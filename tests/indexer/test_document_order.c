#include "indexer/document_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Documents about one of several things each, in turn: document d has WORDS_EACH of the words of subject d % SUBJECTS,
 * and some of any. */
enum { DOCUMENTS = 4096, SUBJECTS = 4, WORDS_EACH = 12, WORDS_OF_SUBJECT = 60, NOISE = 4 };
enum { WORDS = SUBJECTS * WORDS_OF_SUBJECT, ALL = DOCUMENTS * (WORDS_EACH + NOISE) };

struct desk {
    uint64_t ends[DOCUMENTS];
    uint16_t words[ALL];
    int16_t years[DOCUMENTS];
    uint32_t order[DOCUMENTS];
    uint32_t seed;
};

static uint32_t draw(struct desk *desk, uint32_t below)
{
    desk->seed = desk->seed * 1664525 + 1013904223;
    return (desk->seed >> 8) % below;
}

static struct desk *lay_out(void)
{
    struct desk *desk = calloc(1, sizeof *desk);
    uint64_t count = 0;
    assert_non_null(desk);
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        static const uint32_t steps[] = {1, 7, 11, 13, 17, 19, 23, 29}; /* prime to WORDS_OF_SUBJECT */
        const uint32_t subject = document % SUBJECTS, first = draw(desk, WORDS_OF_SUBJECT), step = steps[draw(desk, 8)];
        for (uint32_t i = 0; i < WORDS_EACH; i++)
            desk->words[count++] = (uint16_t)(subject * WORDS_OF_SUBJECT + (first + i * step) % WORDS_OF_SUBJECT);
        for (uint32_t i = 0; i < NOISE; i++)
            desk->words[count++] = (uint16_t)draw(desk, WORDS);
        desk->years[document] = (int16_t)(2000 + draw(desk, 20));
        desk->ends[document] = count;
    }
    return desk;
}

static bool put_in_order(struct desk *desk, uint32_t documents, bool (*goes_on)(void *context))
{
    const struct document_words words = {desk->ends, desk->words, WORDS};
    return document_order(&words, desk->years, documents, goes_on, NULL, desk->order);
}

static void every_document_is_there_once(void **state)
{
    static const uint32_t counts[] = {0, 1, 2, 1024, 1025, 2049, DOCUMENTS};
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct desk *desk = lay_out();
        uint8_t seen[DOCUMENTS] = {0};
        assert_true(put_in_order(desk, counts[i], NULL));
        for (uint32_t at = 0; at < counts[i]; at++) {
            assert_true(desk->order[at] < counts[i]);
            assert_int_equal(seen[desk->order[at]]++, 0);
        }
        free(desk);
    }
}

/* Of the documents of each quarter nearly all are about one thing, where they came one after the other. */
static void documents_about_the_same_things_lie_together(void **state)
{
    enum { QUARTER = DOCUMENTS / 4 };
    struct desk *desk = lay_out();
    (void)state;
    assert_true(put_in_order(desk, DOCUMENTS, NULL));
    for (uint32_t first = 0; first < DOCUMENTS; first += QUARTER) {
        uint32_t counts[SUBJECTS] = {0}, most = 0;
        for (uint32_t at = first; at < first + QUARTER; at++)
            counts[desk->order[at] % SUBJECTS]++;
        for (uint32_t subject = 0; subject < SUBJECTS; subject++)
            most = counts[subject] > most ? counts[subject] : most;
        assert_true(most > QUARTER * 9 / 10);
    }
    free(desk);
}

static void documents_of_a_cluster_go_by_year(void **state)
{
    enum { CLUSTER = 1024 };
    struct desk *desk = lay_out();
    (void)state;
    assert_true(put_in_order(desk, DOCUMENTS, NULL));
    for (uint32_t at = 1; at < DOCUMENTS; at++)
        if (at % CLUSTER != 0)
            assert_true(desk->years[desk->order[at - 1]] <= desk->years[desk->order[at]]);
    free(desk);
}

static void the_same_words_give_the_same_order(void **state)
{
    struct desk *first = lay_out(), *second = lay_out();
    (void)state;
    assert_true(put_in_order(first, DOCUMENTS, NULL));
    assert_true(put_in_order(second, DOCUMENTS, NULL));
    assert_memory_equal(first->order, second->order, sizeof first->order);
    free(first);
    free(second);
}

/* Without a word that tells, documents stay as they came, but for their years. */
static void documents_without_words_go_by_year(void **state)
{
    struct desk *desk = lay_out();
    (void)state;
    memset(desk->ends, 0, sizeof desk->ends);
    memset(desk->years, 0, sizeof desk->years);
    assert_true(put_in_order(desk, DOCUMENTS, NULL));
    for (uint32_t at = 0; at < DOCUMENTS; at++)
        assert_int_equal(desk->order[at], at);
    free(desk);
}

static bool never(void *context)
{
    (void)context;
    return false;
}

static void who_says_no_stops_it(void **state)
{
    struct desk *desk = lay_out();
    (void)state;
    assert_false(put_in_order(desk, DOCUMENTS, never));
    free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_document_is_there_once),
        cmocka_unit_test(documents_about_the_same_things_lie_together),
        cmocka_unit_test(documents_of_a_cluster_go_by_year),
        cmocka_unit_test(the_same_words_give_the_same_order),
        cmocka_unit_test(documents_without_words_go_by_year),
        cmocka_unit_test(who_says_no_stops_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
