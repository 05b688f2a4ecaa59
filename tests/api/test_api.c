#include "pinakes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A folder of notes and a library over them. */
struct desk {
    char folder[64], notes[96], path[96];
    pinakes_library *library;
    pinakes_error error;
};

static void must(struct desk *desk, pinakes_status status)
{
    if (status != PINAKES_OK)
        fail_msg("%s", desk->error.message);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#define FIRST_NOTE "# Oasis: Pooling Devices over CXL\n\nCXL adds latency. RDMA adds more.\n\n"
#define SECOND_NOTE "# Boki: Stateful Serverless Computing\n\nFunctions share a log.\n"

static pinakes_status index_notes(struct desk *desk, const pinakes_index_options *options,
                                  pinakes_index_summary *summary)
{
    const char *const paths[] = {desk->notes};
    return pinakes_index(desk->library, paths, 1, options, summary, &desk->error);
}

static int desk_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL)
        return -1;
    (void)snprintf(desk->folder, sizeof desk->folder, "/tmp/pinakes-desk-XXXXXX");
    if (mkdtemp(desk->folder) == NULL)
        return -1;
    (void)snprintf(desk->notes, sizeof desk->notes, "%s/notes.md", desk->folder);
    (void)snprintf(desk->path, sizeof desk->path, "%s/library.db", desk->folder);
    write_file(desk->notes, FIRST_NOTE SECOND_NOTE);
    *state = desk;
    if (pinakes_open(desk->path, PINAKES_WRITE, &desk->library, &desk->error) != PINAKES_OK)
        return -1;
    return index_notes(desk, NULL, NULL) == PINAKES_OK ? 0 : -1;
}

static int desk_teardown(void **state)
{
    struct desk *desk = *state;
    char command[128];
    pinakes_close(desk->library);
    (void)snprintf(command, sizeof command, "rm -r %s", desk->folder);
    const int code = system(command); /* NOLINT: a fixed command on a folder of our own */
    free(desk);
    return code;
}

static void notes_are_indexed_searched_and_shown(void **state)
{
    struct desk *desk = *state;
    pinakes_results *results;
    pinakes_paper *paper;
    must(desk, pinakes_search(desk->library, "which papers touched CXL?", NULL, &results, &desk->error));
    assert_int_equal(results->found, 1);
    assert_int_equal(results->out_of, 2);
    assert_true(results->took_us >= 0);
    assert_string_equal(results->query, "which papers touched CXL?");
    const pinakes_hit *hit = &results->hits[0];
    assert_string_equal(hit->title, "Oasis: Pooling Devices over CXL");
    assert_int_equal(hit->evidence_count, 2);
    assert_int_equal(hit->evidence[0].line, 1);
    assert_string_equal(hit->evidence[1].text, "CXL adds latency.");
    assert_int_equal(hit->evidence[1].line, 3);
    assert_string_equal(hit->evidence[1].file, "notes.md");
    must(desk, pinakes_show(desk->library, hit->key, &paper, &desk->error));
    assert_string_equal(paper->key, hit->key);
    assert_string_equal(paper->path, desk->notes);
    assert_int_equal(paper->line, 1);
    assert_true(paper->passage_count >= 2);
    pinakes_paper_free(paper);
    pinakes_results_free(results);
}

static void an_unknown_key_is_answered_with_the_closest_ones(void **state)
{
    struct desk *desk = *state;
    pinakes_paper *paper = NULL;
    assert_int_equal(pinakes_show(desk->library, "OASIS", &paper, &desk->error), PINAKES_NOT_FOUND);
    assert_non_null(strstr(desk->error.message, "is it oasis"));
    assert_int_equal(pinakes_show(desk->library, "bokk", &paper, &desk->error), PINAKES_NOT_FOUND);
    assert_non_null(strstr(desk->error.message, "is it boki"));
    assert_int_equal(pinakes_show(desk->library, "something else altogether", &paper, NULL), PINAKES_NOT_FOUND);
    assert_null(paper);
}

static void topics_are_counted_and_can_be_replaced(void **state)
{
    struct desk *desk = *state;
    pinakes_topics *topics;
    char file[96];
    must(desk, pinakes_list_topics(desk->library, &topics, &desk->error));
    assert_int_equal(topics->topic_count, 5);
    assert_int_equal(topics->out_of, 2);
    pinakes_topics_free(topics);
    (void)snprintf(file, sizeof file, "%s/topics.ini", desk->folder);
    write_file(file, "[logs]\ntitle = Shared logs\nthreshold = 1\n+1 log\n");
    must(desk, index_notes(desk, &(pinakes_index_options){.topics_file = file}, NULL));
    must(desk, pinakes_list_topics(desk->library, &topics, &desk->error));
    assert_int_equal(topics->topic_count, 1);
    assert_string_equal(topics->topics[0].title, "Shared logs");
    assert_int_equal(topics->topics[0].papers, 1);
    assert_int_equal(topics->without, 1);
    pinakes_topics_free(topics);
}

static void a_mistaken_topics_file_is_told_before_anything_changes(void **state)
{
    struct desk *desk = *state;
    char file[96];
    (void)snprintf(file, sizeof file, "%s/topics.ini", desk->folder);
    pinakes_index_options options = {.topics_file = file};
    assert_int_equal(index_notes(desk, &options, NULL), PINAKES_IO);
    assert_non_null(strstr(desk->error.message, file));
    write_file(file, "[logs\n");
    assert_int_equal(index_notes(desk, &options, NULL), PINAKES_BAD_INPUT);
    assert_non_null(strstr(desk->error.message, "topics.ini:1"));
    write_file(file, "");
    assert_int_equal(index_notes(desk, &options, NULL), PINAKES_BAD_INPUT);
}

static void indexing_again_finds_nothing_new(void **state)
{
    struct desk *desk = *state;
    pinakes_index_summary summary;
    must(desk, index_notes(desk, NULL, &summary));
    assert_int_equal(summary.papers_unchanged, 2);
    assert_int_equal(summary.papers_new + summary.papers_changed + summary.papers_removed, 0);
    assert_int_equal(summary.generation, 1);
}

static void count_paper(void *context, const pinakes_paper *paper)
{
    assert_null(paper->key);
    (*(int *)context)++;
}

static void a_preview_touches_no_library(void **state)
{
    struct desk *desk = *state;
    const char *const paths[] = {desk->notes};
    int papers = 0;
    const pinakes_index_options options = {.paper = count_paper, .context = &papers};
    must(desk, pinakes_preview(paths, 1, &options, NULL, &desk->error));
    assert_int_equal(papers, 2);
}

static void what_a_search_answers_outlives_the_library(void **state)
{
    struct desk *desk = *state;
    pinakes_results *results;
    must(desk, pinakes_search(desk->library, "log", &(pinakes_search_options){.explain = true, .facets = true},
                              &results, &desk->error));
    pinakes_close(desk->library);
    desk->library = NULL;
    assert_string_equal(results->hits[0].evidence[0].text, "Functions share a log.");
    assert_non_null(results->hits[0].explanation);
    assert_int_equal(results->facet_count, 3);
    pinakes_results_free(results);
}

static void a_reader_sees_the_library_of_one_moment(void **state)
{
    struct desk *desk = *state;
    pinakes_library *reader;
    pinakes_results *results;
    must(desk, pinakes_open(desk->path, PINAKES_READ, &reader, &desk->error));
    must(desk, pinakes_search(reader, "log", NULL, &results, &desk->error));
    assert_int_equal(results->found, 1);
    pinakes_results_free(results);
    write_file(desk->notes, FIRST_NOTE "Quantum links add none.\n\n" SECOND_NOTE);
    must(desk, index_notes(desk, NULL, NULL));
    must(desk, pinakes_search(reader, "quantum", NULL, &results, &desk->error));
    assert_int_equal(results->found, 1);
    assert_int_equal(results->out_of, 2);
    assert_int_equal(results->generation, 2);
    pinakes_results_free(results);
    pinakes_close(reader);
}

static void a_missing_library_is_named(void **state)
{
    struct desk *desk = *state;
    pinakes_library *library = NULL;
    assert_int_equal(pinakes_open("/nowhere/library.db", PINAKES_READ, &library, &desk->error), PINAKES_NO_LIBRARY);
    assert_non_null(strstr(desk->error.message, "/nowhere/library.db"));
    assert_null(library);
    assert_int_equal(pinakes_open("/nowhere/library.db", PINAKES_READ, &library, NULL), PINAKES_NO_LIBRARY);
}

static void the_usual_path_follows_the_environment(void **state)
{
    struct desk *desk = *state;
    char path[64];
    assert_int_equal(setenv("HOME", "/home/reader", 1), 0);
    assert_int_equal(setenv("XDG_DATA_HOME", "/data", 1), 0);
    assert_int_equal(setenv("PINAKES_LIBRARY", "/my.db", 1), 0);
    must(desk, pinakes_default_path(path, sizeof path, &desk->error));
    assert_string_equal(path, "/my.db");
    assert_int_equal(setenv("PINAKES_LIBRARY", "", 1), 0);
    must(desk, pinakes_default_path(path, sizeof path, &desk->error));
    assert_string_equal(path, "/data/pinakes/library.db");
    assert_int_equal(setenv("XDG_DATA_HOME", "relative", 1), 0);
    must(desk, pinakes_default_path(path, sizeof path, &desk->error));
    assert_string_equal(path, "/home/reader/.local/share/pinakes/library.db");
    assert_int_equal(pinakes_default_path(path, 10, &desk->error), PINAKES_BAD_INPUT);
    assert_int_equal(unsetenv("HOME"), 0);
    assert_int_equal(pinakes_default_path(path, sizeof path, &desk->error), PINAKES_BAD_INPUT);
}

static void figures_and_checks_are_at_hand(void **state)
{
    struct desk *desk = *state;
    pinakes_stats stats;
    must(desk, pinakes_get_stats(desk->library, &stats, &desk->error));
    assert_int_equal(stats.papers, 2);
    must(desk, pinakes_verify(desk->library, &desk->error));
    assert_true(strlen(pinakes_version()) >= strlen("1.2.3"));
}

static void nothing_is_freed_for_nothing(void **state)
{
    (void)state;
    pinakes_close(NULL);
    pinakes_results_free(NULL);
    pinakes_paper_free(NULL);
    pinakes_topics_free(NULL);
}

static void skip_without(const char *path)
{
    if (access(path, R_OK) != 0) {
        print_message("%s is not there: skipped\n", path);
        skip();
    }
}

static void the_shared_notes_answer_which_papers_touched_cxl(void **state)
{
    static const char notes[] = PINAKES_SOURCE_DIR "/../shared/notes/sosp-notes.txt";
    struct desk *desk = *state;
    pinakes_results *results;
    const char *const paths[] = {notes};
    skip_without(notes);
    assert_int_equal(unlink(desk->notes), 0);
    must(desk, index_notes(desk, NULL, NULL));
    must(desk, pinakes_index(desk->library, paths, 1, NULL, NULL, &desk->error));
    must(desk, pinakes_search(desk->library, "which papers touched CXL?", NULL, &results, &desk->error));
    assert_int_equal(results->out_of, 45);
    assert_int_equal(results->found, 1);
    assert_memory_equal(results->hits[0].title, "Oasis", 5);
    assert_int_equal(results->hits[0].evidence[0].line, 29);
    for (size_t i = 1; i < results->hits[0].evidence_count; i++)
        assert_int_equal(results->hits[0].evidence[i].line, 34);
    pinakes_results_free(results);
    must(desk, pinakes_search(desk->library, "TCO", NULL, &results, &desk->error));
    assert_int_equal(results->found, 2);
    pinakes_results_free(results);
}

#define AT_A_DESK(test) cmocka_unit_test_setup_teardown(test, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_DESK(notes_are_indexed_searched_and_shown),
        AT_A_DESK(an_unknown_key_is_answered_with_the_closest_ones),
        AT_A_DESK(topics_are_counted_and_can_be_replaced),
        AT_A_DESK(a_mistaken_topics_file_is_told_before_anything_changes),
        AT_A_DESK(indexing_again_finds_nothing_new),
        AT_A_DESK(a_preview_touches_no_library),
        AT_A_DESK(what_a_search_answers_outlives_the_library),
        AT_A_DESK(a_reader_sees_the_library_of_one_moment),
        AT_A_DESK(a_missing_library_is_named),
        AT_A_DESK(figures_and_checks_are_at_hand),
        AT_A_DESK(the_shared_notes_answer_which_papers_touched_cxl),
        AT_A_DESK(the_usual_path_follows_the_environment),
        cmocka_unit_test(nothing_is_freed_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
