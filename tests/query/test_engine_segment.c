#include "indexer/seal.h"
#include "indexer/segment_format.h"
#include "query/engine.h"
#include "tests/query/shelf.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* ---- a sealed shelf --------------------------------------------------------------------------------------- */

static void seal(struct shelf *shelf)
{
    shelf_must(shelf, seal_library(shelf->store, NULL, NULL, &shelf->error));
}

static void fill(struct shelf *shelf)
{
    static const char note[] = "far memory of the pool, one two three four five six seven eight nine ten eleven twelve "
                               "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty, and of pools";
    for (int i = 0; i < 300; i++) {
        char title[64];
        (void)snprintf(title, sizeof title, "pool %s %d", i % 3 == 0 ? "cxl" : "caches", i);
        shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = title, [FIELD_NOTE] = note}, .year = 2000 + i % 7});
    }
    seal(shelf);
}

/* An engine that must read the segment, or must not. */
static struct engine *open_engine(struct shelf *shelf, const char *wanted)
{
    struct engine *engine = NULL;
    (void)setenv("PINAKES_ENGINE", wanted, 1);
    shelf_must(shelf, engine_open(shelf->store, &engine, &shelf->error));
    (void)unsetenv("PINAKES_ENGINE");
    return engine;
}

static void path_of_segment(const struct shelf *shelf, char path[128])
{
    (void)snprintf(path, 128, "%s-segment", shelf->path);
}

/* ---- what a query answers --------------------------------------------------------------------------------- */

static struct node *word(struct shelf *shelf, const char *text)
{
    struct node *node = node_new(&shelf->arena, NODE_TERM);
    struct span *token = arena_alloc(&shelf->arena, sizeof *token);
    assert_non_null(node);
    assert_non_null(token);
    *token = span_of(text);
    node->tokens = token;
    node->token_count = 1;
    node->word = *token;
    return node;
}

static struct node *phrase(struct shelf *shelf, const char *first, const char *second)
{
    struct node *words[] = {word(shelf, first), word(shelf, second)};
    return node_with(&shelf->arena, NODE_PHRASE, words, 2);
}

static struct answer ask(struct shelf *shelf, struct engine *engine, const struct node *root)
{
    const struct question question = {.limit = 20, .facets = true, .kept = &shelf->arena};
    struct query_plan *plan;
    struct answer answer;
    shelf_must(shelf, engine_prepare(engine, root, NULL, &shelf->arena, &plan, &shelf->error));
    shelf_must(shelf, engine_run(plan, &question, &answer, &shelf->error));
    return answer;
}

static void same_answers(struct shelf *shelf, struct engine *engine, const struct node *root)
{
    struct engine *reference = open_engine(shelf, "fts5");
    const struct answer a = ask(shelf, reference, root), b = ask(shelf, engine, root);
    assert_int_equal(a.found, b.found);
    assert_int_equal(a.page.count, b.page.count);
    for (size_t i = 0; i < a.page.count; i++) {
        assert_int_equal(a.page.papers[i].paper, b.page.papers[i].paper);
        assert_true(a.page.papers[i].score == b.page.papers[i].score);
    }
    for (size_t i = 0; i < a.facets[1].value_count; i++)
        assert_int_equal(a.facets[1].values[i].count, b.facets[1].values[i].count);
    assert_null(engine_complaint(reference));
    engine_close(reference);
}

/* ---- tests ------------------------------------------------------------------------------------------------ */

static void a_sealed_library_answers_from_its_segment(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    struct engine *engine = open_engine(shelf, "segment");
    same_answers(shelf, engine, word(shelf, "cxl"));
    same_answers(shelf, engine, phrase(shelf, "far", "memory"));
    assert_null(engine_complaint(engine));
    engine_close(engine);
}

/* (caches | (cxl NOT 3)) */
static void a_spelling_may_leave_papers_out(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    struct engine *engine = open_engine(shelf, "segment");
    struct node *three = word(shelf, "3"), *without = node_with(&shelf->arena, NODE_NOT, &three, 1);
    struct node *parts[] = {word(shelf, "cxl"), without};
    struct node *spellings[] = {word(shelf, "caches"), node_with(&shelf->arena, NODE_AND, parts, 2)};
    const struct node *tree = node_with(&shelf->arena, NODE_MAX, spellings, 2);
    same_answers(shelf, engine, tree);
    assert_int_equal(ask(shelf, engine, tree).found, 299);
    engine_close(engine);
}

static void what_came_after_the_seal_is_found_too(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    struct engine *engine = open_engine(shelf, "segment");
    const int64_t late = shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl cxl cxl"}});
    const struct answer answer = ask(shelf, engine, word(shelf, "cxl"));
    assert_int_equal(answer.found, 101);
    assert_int_equal(answer.page.papers[0].paper, late);
    same_answers(shelf, engine, word(shelf, "cxl"));
    engine_close(engine);
}

static void remove_paper(struct shelf *shelf, int64_t paper)
{
    struct paper_writer writer = {.store = shelf->store};
    shelf_must(shelf, store_begin(shelf->store, &shelf->error));
    shelf_must(shelf, paper_writer_start(&writer, &shelf->error));
    shelf_must(shelf, paper_remove(&writer, paper, &shelf->error));
    shelf_must(shelf, paper_writer_finish(&writer, &shelf->error));
    shelf_must(shelf, store_commit(shelf->store, true, &shelf->error));
    paper_writer_free(&writer);
}

static void a_removed_paper_is_gone_at_once(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    struct engine *engine = open_engine(shelf, "segment");
    const struct answer before = ask(shelf, engine, word(shelf, "cxl"));
    remove_paper(shelf, before.page.papers[0].paper);
    const struct answer after = ask(shelf, engine, word(shelf, "cxl"));
    assert_int_equal(after.found, before.found - 1);
    assert_int_equal(after.page.papers[0].paper, before.page.papers[1].paper);
    same_answers(shelf, engine, word(shelf, "pool"));
    engine_close(engine);
}

/* What another process writes, and seals, while this one goes on asking. */
static void what_is_written_elsewhere_is_found(void **state)
{
    struct shelf *shelf = *state;
    struct store *mine = NULL;
    struct engine *engine = NULL;
    fill(shelf);
    shelf_must(shelf, store_open(shelf->path, PINAKES_READ, &mine, &shelf->error));
    shelf_must(shelf, engine_open(mine, &engine, &shelf->error));
    for (uint64_t found = 100; found < 110; found++) {
        assert_int_equal(ask(shelf, engine, word(shelf, "cxl")).found, found);
        same_answers(shelf, engine, phrase(shelf, "far", "memory"));
        shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl"}});
        if (found % 3 == 0)
            seal(shelf);
    }
    assert_null(engine_complaint(engine));
    engine_close(engine);
    store_close(mine);
}

static void a_missing_segment_is_told_once(void **state)
{
    struct shelf *shelf = *state;
    char path[128];
    fill(shelf);
    path_of_segment(shelf, path);
    assert_int_equal(unlink(path), 0);
    same_answers(shelf, shelf->engine, word(shelf, "cxl"));
    const char *complaint = engine_complaint(shelf->engine);
    assert_non_null(complaint);
    assert_non_null(strstr(complaint, path));
    same_answers(shelf, shelf->engine, word(shelf, "pool"));
    assert_null(engine_complaint(shelf->engine));
    seal(shelf);
    struct engine *engine = open_engine(shelf, "segment");
    same_answers(shelf, engine, word(shelf, "cxl"));
    engine_close(engine);
}

static void a_library_that_was_never_sealed_has_nothing_to_complain_of(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl"}});
    same_answers(shelf, shelf->engine, word(shelf, "cxl"));
    assert_null(engine_complaint(shelf->engine));
    struct engine *engine = open_engine(shelf, "segment");
    struct query_plan *plan;
    assert_int_equal(engine_prepare(engine, word(shelf, "cxl"), NULL, &shelf->arena, &plan, &shelf->error),
                     PINAKES_NOT_FOUND);
    engine_close(engine);
}

/* Changes `bytes` bytes of the segment from `at` on. */
static void damage(const char *path, off_t at, size_t bytes)
{
    char kept[4096];
    const int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, kept, bytes, at), bytes);
    for (size_t i = 0; i < bytes; i++)
        kept[i] = (char)(kept[i] ^ 0x10);
    assert_int_equal(pwrite(fd, kept, bytes, at), bytes);
    assert_int_equal(close(fd), 0);
}

static void a_flipped_bit_anywhere_changes_no_answer(void **state)
{
    struct shelf *shelf = *state;
    char path[128];
    struct stat file;
    fill(shelf);
    path_of_segment(shelf, path);
    assert_int_equal(stat(path, &file), 0);
    size_t complaints = 0;
    for (off_t at = 0; at < file.st_size; at += 509) {
        damage(path, at, 1);
        struct engine *engine = open_engine(shelf, "");
        same_answers(shelf, engine, word(shelf, "cxl"));
        same_answers(shelf, engine, phrase(shelf, "far", "memory"));
        complaints += engine_complaint(engine) != NULL ? 1 : 0;
        engine_close(engine);
        damage(path, at, 1);
    }
    assert_true(complaints > 20);
}

/* The pages that hold nothing but positions. */
static void damage_positions(const char *path)
{
    struct segment_header header;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(pread(fd, &header, sizeof header, 0), sizeof header);
    assert_int_equal(close(fd), 0);
    const struct segment_extent *positions = &header.sections[SECTION_POSITIONS];
    const uint64_t first = positions->offset / SEGMENT_PAGE + 1;
    const uint64_t behind = (positions->offset + positions->bytes) / SEGMENT_PAGE;
    assert_true(behind > first);
    for (uint64_t page = first; page < behind; page++)
        damage(path, (off_t)(page * SEGMENT_PAGE), 1);
}

static void damage_met_in_the_middle_of_a_question_changes_no_answer(void **state)
{
    struct shelf *shelf = *state;
    char path[128];
    fill(shelf);
    path_of_segment(shelf, path);
    struct engine *engine = open_engine(shelf, "");
    const struct node *far_memory = phrase(shelf, "far", "memory"), *cxl = word(shelf, "cxl");
    struct query_plan *plan, *other;
    struct answer answer;
    const struct question question = {.limit = 5, .kept = &shelf->arena};
    shelf_execute(shelf, "BEGIN");
    shelf_must(shelf, engine_prepare(engine, far_memory, NULL, &shelf->arena, &plan, &shelf->error));
    shelf_must(shelf, engine_prepare(engine, cxl, NULL, &shelf->arena, &other, &shelf->error));
    damage_positions(path);
    shelf_must(shelf, engine_run(plan, &question, &answer, &shelf->error));
    assert_int_equal(answer.found, 300);
    shelf_must(shelf, engine_run(other, &question, &answer, &shelf->error));
    uint64_t counted;
    shelf_must(shelf, engine_count(plan, far_memory, NULL, &counted, &shelf->error));
    assert_int_equal(counted, 300);
    shelf_execute(shelf, "COMMIT");
    assert_non_null(engine_complaint(engine));
    engine_close(engine);
}

static void a_segment_sealed_anew_takes_the_place_of_a_damaged_one(void **state)
{
    struct shelf *shelf = *state;
    char path[128];
    fill(shelf);
    path_of_segment(shelf, path);
    damage_positions(path);
    struct engine *engine = open_engine(shelf, "");
    same_answers(shelf, engine, word(shelf, "cxl")); /* for which no position is read */
    assert_null(engine_complaint(engine));
    seal(shelf);
    same_answers(shelf, engine, phrase(shelf, "far", "memory"));
    assert_null(engine_complaint(engine));
    engine_close(engine);
}

static void a_truncated_segment_changes_no_answer(void **state)
{
    struct shelf *shelf = *state;
    char path[128];
    struct stat file;
    fill(shelf);
    path_of_segment(shelf, path);
    assert_int_equal(stat(path, &file), 0);
    for (off_t bytes = file.st_size - 1; bytes > 0; bytes /= 3) {
        assert_int_equal(truncate(path, bytes), 0);
        struct engine *engine = open_engine(shelf, "");
        same_answers(shelf, engine, word(shelf, "cxl"));
        assert_non_null(engine_complaint(engine));
        engine_close(engine);
    }
}

static void the_segment_of_another_library_is_not_believed(void **state)
{
    struct shelf *shelf = *state, *other = NULL;
    char path[128], other_path[128];
    fill(shelf);
    assert_int_equal(shelf_setup((void **)&other), 0);
    shelf_add(other, &(struct volume){.texts = {[FIELD_TITLE] = "cxl of others"}});
    seal(other);
    path_of_segment(shelf, path);
    path_of_segment(other, other_path);
    assert_int_equal(rename(other_path, path), 0);
    same_answers(shelf, shelf->engine, word(shelf, "cxl"));
    assert_non_null(strstr(engine_complaint(shelf->engine), "another library"));
    assert_int_equal(shelf_teardown((void **)&other), 0);
}

/* A seal that is killed between its two steps: the file is new, the library remembers the one before. */
static void a_seal_the_library_does_not_know_of_yet_is_used(void **state)
{
    struct shelf *shelf = *state;
    fill(shelf);
    shelf_execute(shelf, "CREATE TEMP TABLE before AS SELECT name, value FROM meta WHERE name LIKE 'sealed%'");
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl again"}});
    seal(shelf);
    shelf_execute(shelf, "INSERT OR REPLACE INTO meta SELECT name, value FROM temp.before");
    struct engine *engine = open_engine(shelf, "segment");
    same_answers(shelf, engine, word(shelf, "cxl"));
    shelf_must(shelf, seal_verify(shelf->store, &shelf->error));
    assert_null(engine_complaint(engine));
    engine_close(engine);
}

/* ---- prefixes ---------------------------------------------------------------------------------------------- */

static struct node *prefix(struct shelf *shelf, const char *text)
{
    struct node *node = word(shelf, text);
    node->kind = NODE_PREFIX;
    return node;
}

static struct node *both(struct shelf *shelf, const char *first, const char *begun)
{
    struct node *words[] = {word(shelf, first), prefix(shelf, begun)};
    return node_with(&shelf->arena, NODE_AND, words, 2);
}

/* The best alone, not counted: what leaves out the most. */
static void same_best(struct shelf *shelf, struct engine *engine, const struct node *root)
{
    struct engine *reference = open_engine(shelf, "fts5");
    const struct question question = {.limit = 10, .is_uncounted = true, .kept = &shelf->arena};
    struct query_plan *plans[2];
    struct answer answers[2];
    for (int i = 0; i < 2; i++) {
        struct engine *asked = i == 0 ? reference : engine;
        shelf_must(shelf, engine_prepare(asked, root, NULL, &shelf->arena, &plans[i], &shelf->error));
        shelf_must(shelf, engine_run(plans[i], &question, &answers[i], &shelf->error));
    }
    assert_true(answers[0].page.count > 0);
    assert_int_equal(answers[0].page.count, answers[1].page.count);
    for (size_t i = 0; i < answers[0].page.count; i++) {
        assert_int_equal(answers[0].page.papers[i].paper, answers[1].page.papers[i].paper);
        assert_true(answers[0].page.papers[i].score == answers[1].page.papers[i].score);
    }
    engine_close(reference);
}

static void same_prefixes(struct shelf *shelf, struct engine *engine)
{
    static const char *const begun[] = {"alpha", "alpha1", "lock", "p", "l", "alpha39", "none"};
    for (size_t i = 0; i < sizeof begun / sizeof begun[0]; i++) {
        same_answers(shelf, engine, prefix(shelf, begun[i]));
        same_answers(shelf, engine, both(shelf, "rare", begun[i]));
    }
    same_best(shelf, engine, both(shelf, "rare", "alpha"));
    same_best(shelf, engine, both(shelf, "rare", "lock"));
    same_best(shelf, engine, both(shelf, "pool", "alpha"));
    same_best(shelf, engine, both(shelf, "rare", "p"));
}

/* Every paper holds some word that begins with "alpha"; "lock-free" is "lock" and "lockfree" at one position. */
static int64_t add_begun(struct shelf *shelf, int i)
{
    char title[64], note[160];
    (void)snprintf(title, sizeof title, "alpha%d lock%s", i % 40, i % 3 == 0 ? "-free pools" : " of a pool");
    (void)snprintf(note, sizeof note, "locks and lock-free pools p%d pa%d pb%d pc%d %s %s alpha%d", i % 7, i % 5, i,
                   i % 90, i % 4 == 0 ? "rare" : "", i % 16 == 0 ? "rare rare lock-free" : "", i % 3);
    return shelf_add(shelf,
                     &(struct volume){.texts = {[FIELD_TITLE] = title, [FIELD_NOTE] = note}, .year = 2000 + i % 7});
}

static void a_prefix_is_answered_as_fts5_does(void **state)
{
    struct shelf *shelf = *state;
    int64_t papers[1200];
    for (int i = 0; i < 1200; i++)
        papers[i] = add_begun(shelf, i);
    seal(shelf);
    struct engine *engine = open_engine(shelf, "segment");
    same_prefixes(shelf, engine);
    for (int i = 0; i < 20; i++)
        remove_paper(shelf, papers[i * 12]);
    for (int i = 0; i < 30; i++)
        (void)add_begun(shelf, i * 5);
    same_prefixes(shelf, engine);
    assert_null(engine_complaint(engine));
    engine_close(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_SHELF(a_sealed_library_answers_from_its_segment),
        ON_A_SHELF(a_spelling_may_leave_papers_out),
        ON_A_SHELF(what_came_after_the_seal_is_found_too),
        ON_A_SHELF(a_removed_paper_is_gone_at_once),
        ON_A_SHELF(what_is_written_elsewhere_is_found),
        ON_A_SHELF(a_missing_segment_is_told_once),
        ON_A_SHELF(a_library_that_was_never_sealed_has_nothing_to_complain_of),
        ON_A_SHELF(a_flipped_bit_anywhere_changes_no_answer),
        ON_A_SHELF(damage_met_in_the_middle_of_a_question_changes_no_answer),
        ON_A_SHELF(a_segment_sealed_anew_takes_the_place_of_a_damaged_one),
        ON_A_SHELF(a_truncated_segment_changes_no_answer),
        ON_A_SHELF(the_segment_of_another_library_is_not_believed),
        ON_A_SHELF(a_seal_the_library_does_not_know_of_yet_is_used),
        ON_A_SHELF(a_prefix_is_answered_as_fts5_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
