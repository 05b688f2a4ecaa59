/* The keyword report over a small library, its counts checked by hand. */
#include "query/companions.h"
#include "query/report.h"
#include "query/since.h"
#include "tests/query/shelf.h"

#include <math.h>

/* The report on `text`; it lives as long as the test. */
static pinakes_status try_report(struct shelf *shelf, const char *text, const pinakes_report_options *options,
                                 pinakes_report *out)
{
    static const pinakes_report_options usual = {0};
    struct engine *const engines[] = {shelf->engine};
    return report_run(engines, 1, "k.txt", span_of(text), options == NULL ? &usual : options, &shelf->arena, out,
                      &shelf->error);
}

static pinakes_report make_report(struct shelf *shelf, const char *text, const pinakes_report_options *options)
{
    pinakes_report report;
    shelf_must(shelf, try_report(shelf, text, options, &report));
    return report;
}

static void fill(struct shelf *shelf)
{
    static const struct volume volumes[] = {
        {{[FIELD_TITLE] = "Pooling memory over CXL", [FIELD_ABSTRACT] = "Hosts share a pool. Latency is hidden."},
         .year = 2023,
         .topics = {"far-memory"}},
        {{[FIELD_TITLE] = "CXL switches", [FIELD_NOTE] = "A switch joins hosts to one pool."}, .year = 2024},
        {{[FIELD_TITLE] = "CXL for databases", [FIELD_ABSTRACT] = "A buffer pool in CXL memory."}, .year = 2024},
        {{[FIELD_TITLE] = "Leases for functions"}, .year = 2024, .topics = {"serverless", "far-memory"}},
        {{[FIELD_TITLE] = "Proofs of kernels", [FIELD_ABSTRACT] = "Nothing crashes."}, .year = 0},
        {{[FIELD_TITLE] = "Snapshots of functions", [FIELD_NOTE] = "They start fast."}, .year = 2021},
        {{[FIELD_TITLE] = "Scheduling threads", [FIELD_NOTE] = "They start late."}, .year = 2020},
        {{[FIELD_TITLE] = "Races in kernels", [FIELD_NOTE] = "Found by sampling."}, .year = 2019},
    };
    for (size_t i = 0; i < sizeof volumes / sizeof volumes[0]; i++)
        (void)shelf_add(shelf, &volumes[i]);
}

static uint64_t cell(const pinakes_matrix *matrix, size_t row, const char *column)
{
    for (size_t i = 0; i < matrix->column_count; i++)
        if (strcmp(matrix->columns[i], column) == 0)
            return matrix->counts[row * matrix->column_count + i];
    fail_msg("there is no column %s", column);
    return 0;
}

static void every_keyword_is_counted_by_year_and_topic(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    const pinakes_report report = make_report(shelf, "cxl\nkernels\nFn: functions\n", NULL);
    assert_int_equal(report.keyword_count, 3);
    assert_int_equal(report.keywords[0].found, 3);
    assert_int_equal(report.keywords[1].found, 2);
    assert_string_equal(report.keywords[2].label, "Fn");
    assert_int_equal(cell(&report.years, 0, "2023"), 1);
    assert_int_equal(cell(&report.years, 0, "2024"), 2);
    assert_int_equal(cell(&report.years, 1, "2019"), 1);
    assert_int_equal(report.years.totals[1], 2); /* one of them without a year */
    assert_int_equal(cell(&report.topics, 0, "far-memory"), 1);
    assert_int_equal(cell(&report.topics, 2, "serverless"), 1);
    assert_int_equal(report.years.column_count, 4); /* nothing of 2020 */
    assert_string_equal(report.years.columns[0], "2019");
}

static void coverage_counts_each_paper_once(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    const pinakes_report report = make_report(shelf, "cxl\nmemory\nzebra\n", NULL);
    assert_int_equal(report.out_of, 8);
    assert_int_equal(report.fresh, 8);
    assert_int_equal(report.without_text, 1);
    assert_int_equal(report.covered, 3);
    assert_int_equal(report.keywords_found, 2);
}

static void a_keyword_without_a_paper_says_which_word_is_to_blame(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    const pinakes_report report = make_report(shelf, "kernels zebra\nkernal\n", NULL);
    assert_int_equal(report.keywords[0].found, 0);
    assert_int_equal(report.keywords[0].word_count, 2);
    assert_int_equal(report.keywords[0].words[1].papers, 0);
    assert_int_equal(report.keywords[0].words[1].without, 2);
    assert_string_equal(report.keywords[1].words[0].closest[0], "kernels");
}

static void keywords_that_share_papers_are_paired_the_closest_first(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    const pinakes_report report = make_report(shelf, "cxl\nmemory\nhosts\nkernels\ncxl\n", NULL);
    assert_int_equal(report.overlap_total, 3);
    assert_int_equal(report.overlap_count, 3);
    assert_int_equal(report.overlaps[0].first, 0);
    assert_int_equal(report.overlaps[0].second, 1);
    assert_int_equal(report.overlaps[0].shared, 2);
    assert_true(fabs(report.overlaps[0].jaccard - 2.0 / 3) < 1e-12);
    assert_int_equal(report.overlaps[2].shared, 1);
    const pinakes_report_options closest = {.overlap_limit = 1};
    assert_int_equal(make_report(shelf, "cxl\nmemory\nhosts\n", &closest).overlap_count, 1);
}

static void the_words_that_travel_with_a_keyword_are_shown_as_they_are_written(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    const pinakes_report report = make_report(shelf, "cxl\n", NULL);
    assert_true(report.keywords[0].companion_count > 0);
    const pinakes_companion *first = &report.keywords[0].companions[0];
    assert_string_equal(first->word, "pool");
    assert_int_equal(first->papers, 3);
    assert_int_equal(first->out_of, 3);
    /* Eight papers, three with both: 2 * (3 ln(8/3) + 5 ln(8/5)). */
    assert_true(fabs(first->score - 2 * (3 * log(8.0 / 3) + 5 * log(8.0 / 5))) < 1e-9);
    for (size_t i = 0; i < report.keywords[0].companion_count; i++)
        assert_string_not_equal(report.keywords[0].companions[i].word, "CXL");
    const pinakes_report_options none = {.companion_limit = PINAKES_NONE};
    assert_int_equal(make_report(shelf, "cxl\n", &none).keywords[0].companion_count, 0);
}

static void the_statistic_is_0_for_what_meets_by_chance_or_less(void **state)
{
    (void)state;
    assert_true(log_likelihood_ratio(0, 10, 10, 100) == 0);
    assert_true(log_likelihood_ratio(1, 10, 10, 100) == 0);
    assert_true(log_likelihood_ratio(2, 10, 10, 100) > 0);
    assert_true(log_likelihood_ratio(10, 10, 10, 10) == 0);
    /* Dunning's figure for a table of 110, 2442, 111, 29114: "the swiss", 1993, table 2. */
    assert_true(fabs(log_likelihood_ratio(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114) - 270.72) < 0.01);
}

static void only_what_came_after_a_generation_is_new(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf); /* generations 1 to 8 */
    const pinakes_report_options since = {.since = "2"};
    const pinakes_report report = make_report(shelf, "cxl\nkernels\nhosts\n", &since);
    assert_true(report.is_since);
    assert_int_equal(report.since, 2);
    assert_int_equal(report.fresh, 6);
    assert_int_equal(report.keywords[0].found, 1);
    assert_int_equal(report.keywords[0].found_all, 3);
    assert_int_equal(report.keywords[0].hit_count, 1);
    assert_string_equal(report.keywords[0].hits[0].title, "CXL for databases");
    assert_int_equal(report.keywords[2].found, 0);
    assert_int_equal(report.keywords[2].word_count, 0);
    const pinakes_report_options now = {.since = "8"};
    assert_int_equal(make_report(shelf, "cxl\n", &now).keywords_found, 0);
}

static void since_a_day_is_since_the_generation_before_it(void **state)
{
    struct shelf *shelf = *state;
    struct since since;
    fill(shelf);
    shelf_execute(shelf, "UPDATE generations SET at = '2025-03-0' || generation || 'T12:00:00Z'");
    shelf_must(shelf, since_read(shelf->store, "2025-03-04", &since, &shelf->error));
    assert_int_equal(since.generation, 3);
    shelf_must(shelf, since_read(shelf->store, "2025-03-04T12:00:01Z", &since, &shelf->error));
    assert_int_equal(since.generation, 4);
    shelf_must(shelf, since_read(shelf->store, "2025-03-04T12:00", &since, &shelf->error));
    assert_int_equal(since.generation, 3);
    shelf_must(shelf, since_read(shelf->store, "2020-01-01", &since, &shelf->error));
    assert_int_equal(since.generation, 0);
    static const char *const wrong[] = {"2025-02-30", "yesterday", "", "9", "2025-03-04x", "-1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(since_read(shelf->store, wrong[i], &since, &shelf->error), PINAKES_BAD_INPUT);
}

static void a_query_without_a_word_is_named_with_its_line(void **state)
{
    struct shelf *shelf = *state;
    pinakes_report report;
    fill(shelf);
    assert_int_equal(try_report(shelf, "cxl\nDots: ...\n", NULL, &report), PINAKES_BAD_INPUT);
    assert_non_null(strstr(shelf->error.message, "k.txt:2: there is no word to search for in '...'"));
}

static void an_empty_library_has_nothing_on_any_keyword(void **state)
{
    struct shelf *shelf = *state;
    const pinakes_report report = make_report(shelf, "cxl\nfar memory\n", NULL);
    assert_int_equal(report.out_of, 0);
    assert_int_equal(report.keywords_found, 0);
    assert_int_equal(report.years.column_count, 0);
}

static bool stop(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    return done > total;
}

static void who_watches_can_stop_it(void **state)
{
    struct shelf *shelf = *state;
    pinakes_report report;
    fill(shelf);
    const pinakes_report_options options = {.progress = stop};
    assert_int_equal(try_report(shelf, "cxl\n", &options, &report), PINAKES_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_SHELF(every_keyword_is_counted_by_year_and_topic),
        ON_A_SHELF(coverage_counts_each_paper_once),
        ON_A_SHELF(a_keyword_without_a_paper_says_which_word_is_to_blame),
        ON_A_SHELF(keywords_that_share_papers_are_paired_the_closest_first),
        ON_A_SHELF(the_words_that_travel_with_a_keyword_are_shown_as_they_are_written),
        cmocka_unit_test(the_statistic_is_0_for_what_meets_by_chance_or_less),
        ON_A_SHELF(only_what_came_after_a_generation_is_new),
        ON_A_SHELF(since_a_day_is_since_the_generation_before_it),
        ON_A_SHELF(a_query_without_a_word_is_named_with_its_line),
        ON_A_SHELF(an_empty_library_has_nothing_on_any_keyword),
        ON_A_SHELF(who_watches_can_stop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
