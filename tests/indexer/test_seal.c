#include "base/error.h"
#include "indexer/seal.h"
#include "indexer/segment.h"
#include "indexer/segment_format.h"
#include "indexer/sync.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A library over one file of notes. */
struct desk {
    char folder[64], notes[96], library[96], segment[112];
    struct store *store;
    pinakes_error error;
};

static void must(struct desk *desk, pinakes_status status)
{
    if (status != PINAKES_OK)
        fail_msg("%s", desk->error.message);
}

static void index_text(struct desk *desk, const char *text)
{
    const char *const paths[] = {desk->notes};
    const pinakes_index_options options = {0};
    pinakes_index_summary summary;
    const struct sync_company company = {.hook = NULL};
    FILE *file = fopen(desk->notes, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    must(desk, sync_paths(desk->store, paths, 1, &options, &company, &summary, &desk->error));
}

#define OASIS "# Oasis: Pooling Devices over CXL\n\nCXL adds latency to devices.\n\n"
#define BOKI "# Boki: Stateful Serverless Computing\n\nFunctions share a log.\n\n"
#define HELD "# Held: Papers that Stay\n\nNothing changes here.\n\n"

static int desk_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL)
        return -1;
    *state = desk;
    strcpy(desk->folder, "/tmp/pinakes-seal-XXXXXX");
    if (mkdtemp(desk->folder) == NULL)
        return -1;
    (void)snprintf(desk->notes, sizeof desk->notes, "%s/notes.md", desk->folder);
    (void)snprintf(desk->library, sizeof desk->library, "%s/library.db", desk->folder);
    (void)snprintf(desk->segment, sizeof desk->segment, "%s/library.db-segment", desk->folder);
    if (store_open(desk->library, PINAKES_WRITE, &desk->store, &desk->error) != PINAKES_OK)
        return -1;
    index_text(desk, OASIS BOKI HELD);
    return 0;
}

static int desk_teardown(void **state)
{
    struct desk *desk = *state;
    char command[128];
    store_close(desk->store);
    (void)snprintf(command, sizeof command, "rm -r %s", desk->folder);
    const int code = system(command); /* NOLINT: a fixed command on a folder of our own */
    free(desk);
    return code;
}

static struct seal_state state_of(struct desk *desk)
{
    struct seal_state state;
    must(desk, seal_state(desk->store, &state, &desk->error));
    return state;
}

/* The segment there should be, opened as a query would. */
static struct segment *open_segment(struct desk *desk)
{
    const struct seal_state state = state_of(desk);
    struct segment *segment = NULL;
    must(desk, segment_open(desk->segment, &state.identity, &segment, &desk->error));
    must(desk, segment_verify(segment, &desk->error));
    return segment;
}

static void seal(struct desk *desk)
{
    must(desk, seal_library(desk->store, NULL, NULL, &desk->error));
}

static void a_new_library_has_no_segment(void **state)
{
    struct desk *desk = *state;
    assert_false(state_of(desk).is_sealed);
    assert_int_equal(access(desk->segment, F_OK), -1);
}

static void the_segment_holds_every_paper_and_word(void **state)
{
    struct desk *desk = *state;
    struct segment_documents documents;
    struct segment_list list;
    bool found = false;
    seal(desk);
    struct segment *segment = open_segment(desk);
    must(desk, segment_documents(segment, &documents, &desk->error));
    assert_int_equal(documents.count, 3);
    assert_int_equal(documents.length_total, store_length_total(desk->store));
    must(desk, segment_list_find(segment, span_of("cxl"), &list, &found, &desk->error));
    assert_true(found);
    assert_int_equal(list.documents, 1);
    /* "computing", by its stem; and a word that no paper holds. */
    must(desk, segment_list_find(segment, span_of("~comput"), &list, &found, &desk->error));
    assert_true(found);
    must(desk, segment_list_find(segment, span_of("lattice"), &list, &found, &desk->error));
    assert_false(found);
    segment_close(segment);
}

static void later_papers_are_told_from_sealed_ones(void **state)
{
    struct desk *desk = *state;
    seal(desk);
    const int64_t last = state_of(desk).last_paper;
    assert_int_equal(last, 3);
    index_text(desk, OASIS BOKI HELD "# Late: A New Paper\n\nIt came later.\n");
    const struct seal_state after = state_of(desk);
    assert_int_equal(after.last_paper, last);
    assert_int_equal(after.unsealed, 0);
}

static void changed_and_removed_papers_are_known(void **state)
{
    struct desk *desk = *state;
    seal(desk);
    index_text(desk, BOKI "A log that is shared.\n\n" HELD);
    assert_int_equal(state_of(desk).unsealed, 2);
    seal(desk);
    assert_int_equal(state_of(desk).unsealed, 0);
    struct segment_documents documents;
    struct segment *segment = open_segment(desk);
    must(desk, segment_documents(segment, &documents, &desk->error));
    assert_int_equal(documents.count, 2);
    segment_close(segment);
}

/* The greatest id is given again once its paper is gone; the segment's paper of that id is then another. */
static void an_id_given_again_is_known(void **state)
{
    struct desk *desk = *state;
    seal(desk);
    index_text(desk, OASIS BOKI);
    index_text(desk, OASIS BOKI "# Another: The Third Again\n\nWith other words.\n");
    assert_int_equal(state_of(desk).unsealed, 1);
}

static int file_count(const struct desk *desk)
{
    int count = 0;
    DIR *folder = opendir(desk->folder);
    assert_non_null(folder);
    while (readdir(folder) != NULL)
        count++;
    assert_int_equal(closedir(folder), 0);
    return count;
}

static bool stop(void *context, const struct seal_progress *progress)
{
    uint64_t *calls = context;
    assert_true(progress->papers_done <= progress->papers_total);
    return ++*calls < 1;
}

static void a_stopped_seal_leaves_the_older_segment(void **state)
{
    struct desk *desk = *state;
    char papers[40000] = "", *end = papers;
    for (int i = 0; i < 600; i++)
        end += sprintf(end, "# Faster Stores for Volume %d\n\nWords of it.\n\n", i);
    seal(desk);
    const struct seal_state before = state_of(desk);
    index_text(desk, papers);
    uint64_t calls = 0;
    const int files = file_count(desk);
    assert_int_equal(seal_library(desk->store, stop, &calls, &desk->error), PINAKES_CANCELLED);
    assert_true(calls > 0);
    const struct seal_state after = state_of(desk);
    assert_int_equal(after.identity.generation, before.identity.generation);
    segment_close(open_segment(desk));
    assert_int_equal(file_count(desk), files);
}

/* Deleted, or that of another moment: the next `index` run makes it anew. */
static void a_ranked_index_that_is_lost_is_worth_a_seal(void **state)
{
    struct desk *desk = *state;
    bool is_worth_it = true;
    index_text(desk, OASIS BOKI HELD);
    seal(desk);
    must(desk, seal_is_worth_it(desk->store, &is_worth_it, &desk->error));
    assert_false(is_worth_it);
    assert_int_equal(unlink(desk->segment), 0);
    must(desk, seal_is_worth_it(desk->store, &is_worth_it, &desk->error));
    assert_true(is_worth_it);
    seal(desk);
    assert_int_equal(truncate(desk->segment, 100), 0);
    must(desk, seal_is_worth_it(desk->store, &is_worth_it, &desk->error));
    assert_true(is_worth_it);
}

static void a_small_library_is_not_worth_a_seal(void **state)
{
    struct desk *desk = *state;
    bool is_worth_it = true;
    must(desk, seal_is_worth_it(desk->store, &is_worth_it, &desk->error));
    assert_false(is_worth_it);
}

/* ---- gathered while papers come in -------------------------------------------------------------------------- */

/* So many papers that a ranked index pays. The caller frees the text. */
static char *many_papers(void)
{
    enum { PAPERS = 2400, LONGEST = 200 };
    char *text = malloc((size_t)PAPERS * LONGEST), *at = text;
    assert_non_null(text);
    for (size_t i = 0; i < PAPERS; i++)
        at += snprintf(at, LONGEST,
                       "# Paper%zu: Pooling Devices in Rack %zu\n\nCaches of device%zu are pooled, GPT-%zu too.\n\n", i,
                       i, i % 7 * i, i % 11);
    return text;
}

/* The bytes of the segment but for its header. */
static char *read_segment(const struct desk *desk, size_t *bytes)
{
    FILE *file = fopen(desk->segment, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *bytes = (size_t)ftell(file) - SEGMENT_PAGE;
    assert_int_equal(fseek(file, SEGMENT_PAGE, SEEK_SET), 0);
    char *all = malloc(*bytes);
    assert_non_null(all);
    assert_int_equal(fread(all, 1, *bytes, file), *bytes);
    assert_int_equal(fclose(file), 0);
    return all;
}

static void start_anew(struct desk *desk)
{
    store_close(desk->store);
    desk->store = NULL;
    assert_int_equal(unlink(desk->library), 0);
    must(desk, store_open(desk->library, PINAKES_WRITE, &desk->store, &desk->error));
}

static void assert_sealing_again_gives_the_same(struct desk *desk)
{
    size_t bytes_of_first, bytes_of_second;
    seal(desk);
    segment_close(open_segment(desk));
    char *first = read_segment(desk, &bytes_of_first);
    seal(desk); /* nothing is gathered any more: the papers are read */
    char *second = read_segment(desk, &bytes_of_second);
    assert_int_equal(bytes_of_first, bytes_of_second);
    assert_memory_equal(first, second, bytes_of_first);
    must(desk, seal_verify(desk->store, &desk->error));
    free(first);
    free(second);
}

static void the_segment_of_a_new_library_is_the_one_made_by_reading_it(void **state)
{
    struct desk *desk = *state;
    char *text = many_papers();
    start_anew(desk);
    index_text(desk, text);
    free(text);
    assert_sealing_again_gives_the_same(desk);
}

static void a_library_that_changed_before_it_was_sealed_is_read(void **state)
{
    struct desk *desk = *state;
    char *text = many_papers();
    start_anew(desk);
    index_text(desk, text);
    index_text(desk, strstr(text, "\n# ") + 1); /* without the first of them */
    free(text);
    assert_sealing_again_gives_the_same(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_library_has_no_segment, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_segment_holds_every_paper_and_word, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(later_papers_are_told_from_sealed_ones, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(changed_and_removed_papers_are_known, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(an_id_given_again_is_known, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_stopped_seal_leaves_the_older_segment, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_ranked_index_that_is_lost_is_worth_a_seal, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_small_library_is_not_worth_a_seal, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_segment_of_a_new_library_is_the_one_made_by_reading_it, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_library_that_changed_before_it_was_sealed_is_read, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests_name("sealing a library", tests, NULL, NULL);
}
