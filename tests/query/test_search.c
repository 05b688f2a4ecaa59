#include "tests/query/shelf.h"

#include <math.h>

/* Six papers; the number in a title is the paper's id. */
static void stock(struct shelf *shelf)
{
    static const struct volume volumes[] = {
        {{[FIELD_TITLE] = "beta 1 pools", [FIELD_NOTE] = "cxl cxl cxl", [FIELD_VENUE] = "SOSP"}, 2021, {"far-memory"}},
        {{[FIELD_TITLE] = "Alpha 2 cxl", [FIELD_NOTE] = "far memory", [FIELD_VENUE] = "SOSP 2025"},
         2025,
         {"far-memory", "serverless"}},
        {{[FIELD_TITLE] = "gamma 3", [FIELD_NOTE] = "far away, memory near cxl", [FIELD_VENUE] = "OSDI"}, 2021, {NULL}},
        {{[FIELD_TITLE] = "Émile 4", [FIELD_NOTE] = "rdma in 2021"}, 0, {"serverless"}},
        {{[FIELD_TITLE] = "delta 5", [FIELD_NOTE] = "rdma", [FIELD_VENUE] = "SoSP-W"}, 2023, {NULL}},
        {{[FIELD_TITLE] = "delta 6", [FIELD_NOTE] = "rdma"}, 2023, {NULL}},
    };
    for (size_t i = 0; i < sizeof volumes / sizeof volumes[0]; i++)
        assert_int_equal(shelf_add(shelf, &volumes[i]), i + 1);
}

static void finds_with(struct shelf *shelf, const char *query, const pinakes_search_options *options,
                       const char *expected)
{
    const pinakes_results *results = shelf_ask(shelf, query, options);
    char numbers[64] = "";
    for (size_t i = 0; i < results->hit_count; i++) {
        const char *digit = strpbrk(results->hits[i].title, "123456");
        (void)snprintf(numbers + strlen(numbers), sizeof numbers - strlen(numbers), "%.1s", digit);
    }
    if (strcmp(numbers, expected) != 0)
        fail_msg("'%s' finds %s, not %s", query, numbers, expected);
}

static void finds(struct shelf *shelf, const char *query, const char *expected)
{
    finds_with(shelf, query, NULL, expected);
}

static void the_best_paper_comes_first_and_equals_stand_in_library_order(void **state)
{
    stock(*state);
    finds(*state, "cxl", "123");
    finds(*state, "rdma", "645");
    finds(*state, "far memory", "32");
    finds(*state, "\"far memory\"", "2");
    finds(*state, "title:cxl", "2");
    finds(*state, "cxl -far", "1");
}

static void an_empty_query_lists_the_library_in_its_order(void **state)
{
    stock(*state);
    finds(*state, "", "123456");
    finds(*state, "   ", "123456");
    finds(*state, "-cxl", "456");
}

static void a_bare_year_finds_the_word_and_the_year(void **state)
{
    stock(*state);
    finds(*state, "2021", "413");
    finds(*state, "cxl 2021", "13");
}

static void filters_select_and_never_weigh(void **state)
{
    struct shelf *shelf = *state;
    const char *const venues[] = {"sosp"}, *const both[] = {"sosp", "OSDI"}, *const none[] = {"-"};
    const char *const topics[] = {"serverless", "Far Memory"};
    stock(shelf);
    finds_with(shelf, "", &(pinakes_search_options){.venue_count = 1, .venues = venues}, "125");
    finds_with(shelf, "", &(pinakes_search_options){.venue_count = 2, .venues = both}, "1235");
    finds_with(shelf, "", &(pinakes_search_options){.venue_count = 1, .venues = none}, "");
    finds_with(shelf, "", &(pinakes_search_options){.topic_count = 2, .topics = topics}, "124");
    finds_with(shelf, "", &(pinakes_search_options){.topic_count = 2, .topics = topics, .year_from = 2022}, "2");
    finds_with(shelf, "", &(pinakes_search_options){.year_from = 2023, .year_to = 2023}, "56");
    finds_with(shelf, "", &(pinakes_search_options){.year_to = 2021}, "13");
    const pinakes_results *filtered =
        shelf_ask(shelf, "cxl", &(pinakes_search_options){.venue_count = 1, .venues = venues});
    const pinakes_results *all = shelf_ask(shelf, "cxl", NULL);
    assert_true(fabs(filtered->hits[0].score - all->hits[0].score) < 1e-12);
}

static void pages_are_pieces_of_one_list(void **state)
{
    struct shelf *shelf = *state;
    stock(shelf);
    finds_with(shelf, "", &(pinakes_search_options){.limit = 2}, "12");
    finds_with(shelf, "", &(pinakes_search_options){.limit = 2, .offset = 4}, "56");
    finds_with(shelf, "", &(pinakes_search_options){.limit = SIZE_MAX, .offset = 5}, "6");
    finds_with(shelf, "", &(pinakes_search_options){.offset = SIZE_MAX}, "");
    assert_int_equal(shelf_ask(shelf, "cxl", &(pinakes_search_options){.limit = 1})->found, 3);
    assert_int_equal(shelf_ask(shelf, "cxl", &(pinakes_search_options){.offset = 9})->found, 3);
    assert_int_equal(shelf_ask(shelf, "cxl", NULL)->out_of, 6);
}

static void hits_are_sorted_as_asked(void **state)
{
    struct shelf *shelf = *state;
    stock(shelf);
    finds_with(shelf, "", &(pinakes_search_options){.sort = PINAKES_BY_YEAR_NEWEST}, "256134");
    finds_with(shelf, "", &(pinakes_search_options){.sort = PINAKES_BY_YEAR_OLDEST}, "135624");
    finds_with(shelf, "cxl", &(pinakes_search_options){.sort = PINAKES_BY_YEAR_OLDEST}, "132");
    finds_with(shelf, "", &(pinakes_search_options){.sort = PINAKES_BY_TITLE}, "215634");
}

static const pinakes_facet *facet(const pinakes_results *results, const char *name)
{
    for (size_t i = 0; i < results->facet_count; i++)
        if (strcmp(results->facets[i].name, name) == 0)
            return &results->facets[i];
    fail_msg("no facet %s", name);
    return NULL;
}

static void counts(const pinakes_results *results, const char *name, const char *expected)
{
    const pinakes_facet *of = facet(results, name);
    char found[256] = "";
    for (size_t i = 0; i < of->value_count; i++)
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s=%d", i == 0 ? "" : " ",
                       of->values[i].value, (int)of->values[i].count);
    assert_string_equal(found, expected);
}

static void facets_count_everything_found_whatever_the_page(void **state)
{
    struct shelf *shelf = *state;
    stock(shelf);
    const pinakes_results *all = shelf_ask(shelf, "", &(pinakes_search_options){.facets = true, .limit = 1});
    counts(all, "topic", "far-memory=2 serverless=2");
    counts(all, "year", "2025=1 2023=2 2021=2");
    counts(all, "venue", "OSDI=1 SOSP=1 SOSP 2025=1 SoSP-W=1");
    const pinakes_results *some = shelf_ask(shelf, "cxl", &(pinakes_search_options){.facets = true, .offset = 3});
    counts(some, "topic", "far-memory=2 serverless=1");
    counts(some, "year", "2025=1 2021=2");
    assert_int_equal(shelf_ask(shelf, "cxl", NULL)->facet_count, 0);
}

static void a_question_no_paper_answers_in_full_is_relaxed_and_says_so(void **state)
{
    struct shelf *shelf = *state;
    stock(shelf);
    const pinakes_results *results = shelf_ask(shelf, "Which papers combine cxl with rdma?", NULL);
    assert_true(results->relaxed);
    assert_int_equal(results->found, 6);
    assert_int_equal(results->word_count, 0);
    assert_false(shelf_ask(shelf, "which papers touched CXL?", NULL)->relaxed);
    results = shelf_ask(shelf, "which papers touched quantum widgets?", NULL);
    assert_false(results->relaxed);
    assert_int_equal(results->found, 0);
    assert_int_equal(results->word_count, 2);
    assert_false(shelf_ask(shelf, "cxl rdma", NULL)->relaxed);
    finds(shelf, "cxl rdma", "");
    finds_with(shelf, "cxl rdma", &(pinakes_search_options){.any_word = true}, "126453");
}

static void the_explanation_adds_up_to_the_score(void **state)
{
    struct shelf *shelf = *state;
    static const char *const queries[] = {"cxl",
                                          "far memory",
                                          "cxl OR rdma OR \"far memory\"",
                                          "cxl -far 2021",
                                          "NEAR(far memory, 3)",
                                          "kv-cache OR cxl",
                                          "mem* (cxl | rdma)"};
    stock(shelf);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        const pinakes_results *results = shelf_ask(shelf, queries[i], &(pinakes_search_options){.explain = true});
        assert_true(results->hit_count > 0);
        for (size_t j = 0; j < results->hit_count; j++) {
            const char *last = strrchr(results->hits[j].explanation, '\n');
            last = last == NULL ? results->hits[j].explanation : last + 1;
            assert_true(fabs(strtod(last + strlen("score"), NULL) - results->hits[j].score) < 0.0006);
        }
    }
    const pinakes_results *results = shelf_ask(shelf, "cxl", &(pinakes_search_options){.explain = true, .limit = 1});
    assert_non_null(strstr(results->hits[0].explanation, "in 3 of 6 papers"));
    assert_null(shelf_ask(shelf, "cxl", NULL)->hits[0].explanation);
}

static void neighbouring_words_find_the_joined_word_the_library_knows(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "1 the kvcache"}});
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "2 the KV-cache"}});
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "3 the KV cache"}});
    static const char *const spellings[] = {"KV cache", "KV-cache", "kvcache"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        finds_with(shelf, spellings[i], &(pinakes_search_options){.sort = PINAKES_BY_TITLE}, "123");
}

static void a_numbered_name_is_found_however_its_number_is_written(void **state)
{
    struct shelf *shelf = *state;
    static const char *const ways[] = {"CXL2.0", "CXL-2.0", "CXL 2.0", "CXL2"};
    static const struct {
        const char *query, *found;
    } asked[] = {{"CXL", "1234"},     {"CXL2", "1234"},      {"CXL 2", "1234"},
                 {"CXL2.0", "123"},   {"CXL-2.0", "123"},    {"CXL 2.0", "123"},
                 {"\"CXL\"", "1234"}, {"\"CXL 2.0\"", "23"}, {"\"CXL2.0\"", "12"}};
    for (int i = 0; i < 4; i++) {
        struct buffer title = {0};
        buffer_format(&title, "%d of %s", i + 1, ways[i]);
        shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = title.at}});
        buffer_free(&title);
    }
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        finds_with(shelf, asked[i].query, &(pinakes_search_options){.sort = PINAKES_BY_TITLE}, asked[i].found);
}

static void microseconds_are_found_however_they_are_written(void **state)
{
    struct shelf *shelf = *state;
    static const char *const ways[] = {"10us", "10\u00b5s", "10\u03bcs", "10 us", "10 \u00b5s", "10-us"};
    enum { WAYS = sizeof ways / sizeof ways[0] };
    for (int i = 0; i < WAYS; i++) {
        struct buffer title = {0};
        buffer_format(&title, "%d: %s", i + 1, ways[i]);
        shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = title.at}});
        buffer_free(&title);
    }
    for (size_t i = 0; i < WAYS; i++)
        finds_with(shelf, ways[i], &(pinakes_search_options){.sort = PINAKES_BY_TITLE}, "123456");
}

static void any_text_at_all_gets_an_answer(void **state)
{
    struct shelf *shelf = *state;
    static const char *const queries[] = {
        "-", "\"",       "(((",   "a AND", "title:", "NEAR(", "C++", "Q&A",  "*",    "x:y:z",  "\xff\xfe",     "µ",
        "'", "\" OR \"", "year:", "%s%n",  "NOT",    ")",     "~",   "\x1f", "内存", "NEAR/5", "topic:nothing"};
    stock(shelf);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        const pinakes_results *results = shelf_ask(shelf, queries[i], &(pinakes_search_options){.explain = true});
        assert_string_equal(results->query, queries[i]);
        assert_non_null(results->reading);
    }
}

static void ten_thousand_words_of_garbage_are_answered(void **state)
{
    struct shelf *shelf = *state;
    struct buffer query = {0};
    stock(shelf);
    for (int i = 0; i < 10000; i++)
        buffer_format(&query, "w%xq%d ", (unsigned)i * 2654435761u, i % 7);
    const pinakes_results *results = shelf_ask(shelf, query.at, NULL);
    assert_int_equal(results->found, 0);
    assert_true(results->word_count > 0);
    buffer_add_text(&query, "cxl");
    finds_with(shelf, query.at, &(pinakes_search_options){.any_word = true}, "123");
    buffer_free(&query);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_SHELF(the_best_paper_comes_first_and_equals_stand_in_library_order),
        ON_A_SHELF(an_empty_query_lists_the_library_in_its_order),
        ON_A_SHELF(a_bare_year_finds_the_word_and_the_year),
        ON_A_SHELF(filters_select_and_never_weigh),
        ON_A_SHELF(pages_are_pieces_of_one_list),
        ON_A_SHELF(hits_are_sorted_as_asked),
        ON_A_SHELF(facets_count_everything_found_whatever_the_page),
        ON_A_SHELF(a_question_no_paper_answers_in_full_is_relaxed_and_says_so),
        ON_A_SHELF(the_explanation_adds_up_to_the_score),
        ON_A_SHELF(neighbouring_words_find_the_joined_word_the_library_knows),
        ON_A_SHELF(a_numbered_name_is_found_however_its_number_is_written),
        ON_A_SHELF(microseconds_are_found_however_they_are_written),
        ON_A_SHELF(any_text_at_all_gets_an_answer),
        ON_A_SHELF(ten_thousand_words_of_garbage_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
