#include "indexer/fts_tokenizer.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const documents[] = {
    "The KV-cache of large models",                    /* 1 */
    "Caching in far memory, by SOLR",                  /* 2 */
    "µFork supports POSIX fork in C++",                /* 3 */
    "A solution in C: greener machines\n\nof Greece",  /* 4 */
    "全文検索 engine for LLMs, with io_uring",         /* 5 */
    "An LLM learns virtualization of AWS",             /* 6 */
    "Caches one two three four five six seven memory", /* 7 */
};

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

static void insert(sqlite3 *db, int64_t rowid, const char *text)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO notes(rowid, text) VALUES(?1, ?2)", -1, &statement, NULL), 0);
    sqlite3_bind_int64(statement, 1, rowid);
    sqlite3_bind_text(statement, 2, text, -1, SQLITE_TRANSIENT);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
}

static int open_notes(void **state)
{
    sqlite3 *db = NULL;
    pinakes_error error;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK || fts_tokenizer_register(db, NULL, &error) != PINAKES_OK) {
        return -1;
    }
    run(db, "CREATE VIRTUAL TABLE notes USING fts5(text, tokenize='pinakes')");
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        insert(db, (int64_t)i + 1, documents[i]);
    }
    *state = db;
    return 0;
}

static int close_notes(void **state)
{
    return sqlite3_close(*state);
}

/* The first column of all rows, with a space between two. */
static void query(sqlite3 *db, const char *sql, const char *match, struct buffer *out)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    }
    sqlite3_bind_text(statement, 1, match, -1, SQLITE_TRANSIENT);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        buffer_add_text(out, out->len > 0 ? " " : "");
        buffer_add_text(out, (const char *)sqlite3_column_text(statement, 0));
    }
    if (code != SQLITE_DONE) {
        fail_msg("%s: %s", match, sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
}

#define assert_found(state, match, rowids) \
    assert_answer(*(state), "SELECT rowid FROM notes(?1) ORDER BY rowid", match, rowids, __FILE__, __LINE__)
#define assert_highlight(state, match, marked)                                                                   \
    assert_answer(*(state), "SELECT highlight(notes, 0, '[', ']') FROM notes(?1) ORDER BY rowid", match, marked, \
                  __FILE__, __LINE__)

static void assert_answer(sqlite3 *db, const char *sql, const char *match, const char *expected, const char *file,
                          int line)
{
    struct buffer found = {0};
    query(db, sql, match, &found);
    _assert_string_equal(found.at == NULL ? "" : found.at, expected, file, line);
    buffer_free(&found);
}

static void a_word_finds_the_words_of_its_stem(void **state)
{
    assert_found(state, "caching", "1 2 7");
    assert_found(state, "caches", "1 2 7");
    assert_found(state, "virtual", "6");
    assert_found(state, "solutions", "4");
}

static void words_that_only_look_alike_are_not_found(void **state)
{
    assert_found(state, "solution", "4"); /* and not SOLR */
    assert_found(state, "SOLR", "2");
    assert_found(state, "greece", "4");
    assert_found(state, "greet", "");
    assert_found(state, "AWS", "6");
}

static void a_compound_is_found_however_it_is_written(void **state)
{
    assert_found(state, "kvcache", "1");
    assert_found(state, "\"kv-cache\"", "1");
    assert_found(state, "\"KV cache\"", "1");
    assert_found(state, "kv cache", "1");
    assert_found(state, "\"kv-caches\"", "1");
    assert_found(state, "io_uring", "5");
    assert_found(state, "iouring", "5");
    assert_found(state, "\"io-uring\"", "5");
}

static void a_plural_acronym_and_its_singular_find_each_other(void **state)
{
    assert_found(state, "LLM", "5 6");
    assert_found(state, "LLMs", "5 6");
    assert_found(state, "llms", "5 6");
}

static void c_plus_plus_is_not_c(void **state)
{
    assert_found(state, "\"C++\"", "3");
    assert_found(state, "c", "4");
}

static void micro_is_found_in_all_spellings(void **state)
{
    assert_found(state, "ufork", "3");
    assert_found(state,
                 "\xc2\xb5"
                 "fork",
                 "3");
    assert_found(state,
                 "\xce\xbc"
                 "Fork",
                 "3");
}

static void cjk_is_found_inside_a_run(void **state)
{
    assert_found(state, "検索", "5");
    assert_found(state, "文検索", "5");
    assert_found(state, "索検", "");
    assert_found(state, "検*", "5");
    assert_found(state, "索*", "5");
}

static void a_prefix_is_taken_as_written(void **state)
{
    assert_found(state, "cach*", "1 2 7");
    assert_found(state, "caching*", "2");
    assert_found(state, "\"far mem\"*", "2");
    assert_found(state, "virt*", "6");
}

static void phrases_and_near_count_words_as_a_reader_does(void **state)
{
    assert_found(state, "\"far memory\"", "2");
    assert_found(state, "\"memory far\"", "");
    assert_found(state, "\"cache of large\"", "1");
    assert_found(state, "NEAR(caches memory, 6)", "2");
    assert_found(state, "NEAR(caches memory, 7)", "2 7");
    assert_found(state, "\"machines of\"", ""); /* an empty line stands between them */
}

static void boolean_queries_work(void **state)
{
    assert_found(state, "caching NOT memory", "1");
    assert_found(state, "solr OR greece", "2 4");
    assert_found(state, "\"-\"", "");
    assert_found(state, "text : llm", "5 6");
}

static void a_match_is_highlighted_where_it_stands(void **state)
{
    assert_highlight(state, "kvcache", "The [KV]-cache of large models");
    assert_highlight(state, "\"kv cache\"", "The [KV-cache] of large models");
    assert_highlight(state, "ufork \"c++\"", "[µFork] supports POSIX fork in [C++]");
    assert_highlight(state, "検索", "全文[検索] engine for LLMs, with io_uring");
    assert_highlight(state, "posix", "µFork supports [POSIX] fork in C++");
}

static void raw_tokens_are_taken_unanalysed_as_alternatives(void **state)
{
    assert_found(state,
                 "\"\x1f"
                 "caching\"",
                 "2");
    assert_found(state,
                 "\"\x1f"
                 "caching\x1f~cach\"",
                 "1 2 7");
    assert_found(state,
                 "\"\x1f"
                 "Caching\"",
                 "");
    assert_found(state,
                 "\"\x1f"
                 "far\" + \"\x1f"
                 "memory\x1f~memori\"",
                 "2");
    assert_found(state,
                 "\"\x1f"
                 "cach\" *",
                 "1 2 7");
    assert_found(state, "\"\x1f\x1f\"", "");
}

static void an_unknown_option_of_the_tokenizer_is_refused(void **state)
{
    assert_int_not_equal(
        sqlite3_exec(*state, "CREATE VIRTUAL TABLE t USING fts5(a, tokenize='pinakes fast')", NULL, NULL, NULL),
        SQLITE_OK);
}

/* Words, compounds and breaks in random order, from a generator of its own so that each run is the same. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static void write_random_text(uint32_t *random, struct buffer *text)
{
    static const char *const pieces[] = {
        "KV-cache ",     "SmartNICs", ", ",         "\n\n", "全文検索", "C++17 ", "µFork ",
        "a-b-c-d-e-f-g", "don't ",    "I/O-bound ", "\xff", "10,000 ",  "AA",     "Aa "};
    buffer_clear(text);
    for (uint32_t left = next_random(random) % 40; left > 0; left--) {
        buffer_add_text(text, pieces[next_random(random) % (sizeof pieces / sizeof *pieces)]);
    }
}

static void the_index_agrees_with_the_text_after_many_changes(void **state)
{
    uint32_t random = 1;
    struct buffer text = {0};
    char sql[64];
    for (int64_t rowid = 100; rowid < 700; rowid++) {
        write_random_text(&random, &text);
        insert(*state, rowid, text.at == NULL ? "" : text.at);
        if (rowid % 3 == 0) {
            (void)snprintf(sql, sizeof sql, "DELETE FROM notes WHERE rowid = %u", 100 + next_random(&random) % 600);
            run(*state, sql);
        }
    }
    run(*state, "INSERT INTO notes(notes) VALUES('integrity-check')");
    run(*state, "INSERT INTO notes(notes) VALUES('optimize')");
    run(*state, "INSERT INTO notes(notes) VALUES('integrity-check')");
    buffer_free(&text);
}

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED true
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED false
#endif

/* The AddressSanitizer library this program runs with, which a plain program must load first to take a sanitized
 * extension; false when it is linked in. */
static bool find_sanitizer(char *path, size_t bytes)
{
    char line[4096];
    bool is_found = false;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (!is_found && maps != NULL && fgets(line, sizeof line, maps) != NULL) {
        const char *start = strchr(line, '/');
        is_found = start != NULL && strstr(start, "libasan") != NULL;
        if (is_found) {
            (void)snprintf(path, bytes, "%.*s", (int)strcspn(start, "\n"), start);
        }
    }
    if (maps != NULL) {
        (void)fclose(maps);
    }
    return is_found;
}

/* Runs a command of this test's own, whose first line of output goes to `answer`; returns its exit status. */
static int run_shell(const char *command, char *answer, int bytes)
{
    FILE *output = popen(command, "r"); /* NOLINT(cert-env33-c): what a user types is what is tested */
    if (output == NULL) {
        return -1;
    }
    if (fgets(answer, bytes, output) == NULL) {
        answer[0] = '\0';
    }
    return pclose(output);
}

/* A user's own sqlite3 program reads the index through the extension. */
static void the_extension_serves_the_sqlite3_program(void **state)
{
    (void)state;
    const char *extension = PINAKES_BINARY_DIR "/pinakes_fts5.so";
    char sanitizer[4096] = "", command[8192], answer[256] = "";
    if (PINAKES_IS_FOREIGN) {
        print_message("skipped: built for another machine than the sqlite3 program\n");
        skip();
    }
    if (access(extension, R_OK) != 0 || run_shell("command -v sqlite3", answer, sizeof answer) != 0) {
        print_message("skipped: no sqlite3 program, or no %s\n", extension);
        skip();
    }
    if (IS_SANITIZED && !find_sanitizer(sanitizer, sizeof sanitizer)) {
        print_message("skipped: this build's sanitizer cannot be loaded into the sqlite3 program\n");
        skip();
    }
    (void)snprintf(command, sizeof command,
                   "LD_PRELOAD=%s ASAN_OPTIONS=detect_leaks=0 sqlite3 :memory: '.load %s' "
                   "\"CREATE VIRTUAL TABLE t USING fts5(a, tokenize='pinakes');"
                   "INSERT INTO t VALUES('the KV-caches');SELECT highlight(t, 0, '<', '>') FROM t('kvcache')\" 2>&1",
                   sanitizer, extension);
    assert_int_equal(run_shell(command, answer, sizeof answer), 0);
    assert_string_equal(answer, "the <KV>-caches\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_notes, close_notes)
    const struct CMUnitTest tests[] = {
        TEST(a_word_finds_the_words_of_its_stem),
        TEST(words_that_only_look_alike_are_not_found),
        TEST(a_compound_is_found_however_it_is_written),
        TEST(a_plural_acronym_and_its_singular_find_each_other),
        TEST(c_plus_plus_is_not_c),
        TEST(micro_is_found_in_all_spellings),
        TEST(cjk_is_found_inside_a_run),
        TEST(a_prefix_is_taken_as_written),
        TEST(phrases_and_near_count_words_as_a_reader_does),
        TEST(boolean_queries_work),
        TEST(a_match_is_highlighted_where_it_stands),
        TEST(raw_tokens_are_taken_unanalysed_as_alternatives),
        TEST(an_unknown_option_of_the_tokenizer_is_refused),
        TEST(the_index_agrees_with_the_text_after_many_changes),
        cmocka_unit_test(the_extension_serves_the_sqlite3_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
