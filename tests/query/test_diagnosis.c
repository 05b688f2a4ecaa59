#include "tests/query/shelf.h"

static void stock(struct shelf *shelf)
{
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "Oasis", [FIELD_NOTE] = "cxl memory pools, latency"},
                                      .year = 2025});
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "Other", [FIELD_NOTE] = "memory latency, the KV-cache"},
                                      .year = 2021,
                                      .topics = {"far-memory"}});
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "Third", [FIELD_NOTE] = "latency of caching, latancy"},
                                      .year = 2021});
}

/* "word papers/without (closest closest)" for each word. */
static void tells_with(struct shelf *shelf, const char *query, const pinakes_search_options *options,
                       const char *expected)
{
    const pinakes_results *results = shelf_ask(shelf, query, options);
    struct buffer told = {0};
    if (results->found > 0)
        fail_msg("'%s' finds something", query);
    for (size_t i = 0; i < results->word_count; i++) {
        const pinakes_word_report *word = &results->words[i];
        buffer_format(&told, "%s%s %d/%d", i == 0 ? "" : ", ", word->word, (int)word->papers, (int)word->without);
        for (size_t j = 0; j < word->closest_count; j++)
            buffer_format(&told, "%s%s%s", j == 0 ? " (" : " ", word->closest[j],
                          j + 1 == word->closest_count ? ")" : "");
    }
    assert_string_equal(told.at, expected);
    buffer_free(&told);
}

static void tells(struct shelf *shelf, const char *query, const char *expected)
{
    tells_with(shelf, query, NULL, expected);
}

static void each_word_has_its_papers_and_what_is_found_without_it(void **state)
{
    stock(*state);
    tells(*state, "memory quantum", "memory 2/0, quantum 0/2");
    tells(*state, "cxl caching", "cxl 1/2, caching 2/1");
    tells(*state, "quantum", "quantum 0/3");
    tells(*state, "quantum widget", "quantum 0/0, widget 0/0");
}

static void words_keep_their_field_and_exclusions_their_sign(void **state)
{
    stock(*state);
    tells(*state, "title:memory latency", "title:memory 0/3, latency 3/0");
    tells(*state, "cxl -memory", "cxl 1/1, -memory 1/1");
    tells(*state, "cxl year:1990..1995", "cxl 1/0, year:1990..1995 0/1");
}

static void filters_are_reported_as_words(void **state)
{
    struct shelf *shelf = *state;
    const char *const topics[] = {"far-memory"}, *const venues[] = {"NSDI"};
    stock(shelf);
    tells_with(shelf, "cxl", &(pinakes_search_options){.year_from = 1990, .year_to = 1995},
               "cxl 1/0, year:1990..1995 0/1");
    tells_with(shelf, "cxl", &(pinakes_search_options){.topic_count = 1, .topics = topics},
               "cxl 1/1, topic:far-memory 1/1");
    tells_with(shelf, "", &(pinakes_search_options){.venue_count = 1, .venues = venues}, "venue:NSDI 0/3");
}

static void a_phrase_or_compound_is_one_word(void **state)
{
    stock(*state);
    tells(*state, "\"latency memory\"", "\"latency memory\" 0/3");
    tells(*state, "KV-cache cxl", "KV-cache 1/1, cxl 1/1");
}

static void alternatives_cannot_be_left_out_to_any_use(void **state)
{
    stock(*state);
    tells(*state, "(quantum OR widget) latency", "quantum 0/0, widget 0/0, latency 3/0");
}

static void the_nearest_words_of_the_vocabulary_are_offered(void **state)
{
    stock(*state);
    tells(*state, "clx", "clx 0/3 (cxl)");
    tells(*state, "memry", "memry 0/3 (memory)");
    tells(*state, "latencx", "latencx 0/3 (latency latancy)");
    tells(*state, "\"latencx of\"", "\"latencx of\" 0/3 (latency latancy)");
    tells(*state, "zz", "zz 0/3");
    tells(*state, "oasix latency", "oasix 0/3 (oasis), latency 3/0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_SHELF(each_word_has_its_papers_and_what_is_found_without_it),
        ON_A_SHELF(words_keep_their_field_and_exclusions_their_sign),
        ON_A_SHELF(filters_are_reported_as_words),
        ON_A_SHELF(a_phrase_or_compound_is_one_word),
        ON_A_SHELF(alternatives_cannot_be_left_out_to_any_use),
        ON_A_SHELF(the_nearest_words_of_the_vocabulary_are_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
