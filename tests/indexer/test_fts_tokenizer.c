#include "indexer/fts_tokenizer.h"

#include "base/buffer.h"
#include "tests/chance.h"
#include "tests/examples.h"

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

/* The documents that a query of FTS5 finds. */
static const struct example queries[] = {
    CLAIM("a word finds the words of its stem"),
    {"caching", "1 2 7"},
    {"caches", "1 2 7"},
    {"virtual", "6"},
    {"solutions", "4"},

    CLAIM("words that only look alike are not found"),
    {"solution", "4"}, /* and not SOLR */
    {"SOLR", "2"},
    {"greece", "4"},
    {"greet", ""},
    {"AWS", "6"},

    CLAIM("a compound is found however it is written"),
    {"kvcache", "1"},
    {"\"kv-cache\"", "1"},
    {"\"KV cache\"", "1"},
    {"kv cache", "1"},
    {"\"kv-caches\"", "1"},
    {"io_uring", "5"},
    {"iouring", "5"},
    {"\"io-uring\"", "5"},

    CLAIM("a plural acronym and its singular find each other"),
    {"LLM", "5 6"},
    {"LLMs", "5 6"},
    {"llms", "5 6"},

    CLAIM("C++ is not C"),
    {"\"C++\"", "3"},
    {"c", "4"},

    CLAIM("micro is found in all spellings"),
    {"ufork", "3"},
    {"\xc2\xb5"
     "fork",
     "3"},
    {"\xce\xbc"
     "Fork",
     "3"},

    CLAIM("CJK is found inside a run"),
    {"検索", "5"},
    {"文検索", "5"},
    {"索検", ""},
    {"検*", "5"},
    {"索*", "5"},

    CLAIM("a prefix is taken as written"),
    {"cach*", "1 2 7"},
    {"caching*", "2"},
    {"\"far mem\"*", "2"},
    {"virt*", "6"},

    CLAIM("phrases and NEAR count words as a reader does"),
    {"\"far memory\"", "2"},
    {"\"memory far\"", ""},
    {"\"cache of large\"", "1"},
    {"NEAR(caches memory, 6)", "2"},
    {"NEAR(caches memory, 7)", "2 7"},
    {"\"machines of\"", ""}, /* an empty line stands between them */

    CLAIM("boolean queries work"),
    {"caching NOT memory", "1"},
    {"solr OR greece", "2 4"},
    {"\"-\"", ""},
    {"text : llm", "5 6"},

    CLAIM("raw tokens are taken unanalysed as alternatives"),
    {"\"\x1f"
     "caching\"",
     "2"},
    {"\"\x1f"
     "caching\x1f~cach\"",
     "1 2 7"},
    {"\"\x1f"
     "Caching\"",
     ""},
    {"\"\x1f"
     "far\" + \"\x1f"
     "memory\x1f~memori\"",
     "2"},
    {"\"\x1f"
     "cach\" *",
     "1 2 7"},
    {"\"\x1f\x1f\"", ""},

    {NULL, NULL},
};

static const struct example highlights[] = {
    CLAIM("a match is highlighted where it stands"),
    {"kvcache", "The [KV]-cache of large models"},
    {"\"kv cache\"", "The [KV-cache] of large models"},
    {"ufork \"c++\"", "[µFork] supports POSIX fork in [C++]"},
    {"検索", "全文[検索] engine for LLMs, with io_uring"},
    {"posix", "µFork supports [POSIX] fork in C++"},

    {NULL, NULL},
};

static void check(const struct example *example, const char *sql)
{
    void *db;
    assert_int_equal(open_notes(&db), 0);
    for (; example->text != NULL; example++) {
        struct buffer found = {0};
        query(db, sql, example->text, &found);
        example_check(example, found.at == NULL ? "" : found.at);
        buffer_free(&found);
    }
    assert_int_equal(close_notes(&db), 0);
}

static void queries_find_documents(void **state)
{
    check(*state, "SELECT rowid FROM notes(?1) ORDER BY rowid");
}

static void queries_mark_matches(void **state)
{
    check(*state, "SELECT highlight(notes, 0, '[', ']') FROM notes(?1) ORDER BY rowid");
}

static void an_unknown_option_of_the_tokenizer_is_refused(void **state)
{
    assert_int_not_equal(
        sqlite3_exec(*state, "CREATE VIRTUAL TABLE t USING fts5(a, tokenize='pinakes fast')", NULL, NULL, NULL),
        SQLITE_OK);
}

/* Words, compounds and breaks in random order. */
static void write_random_text(struct buffer *text)
{
    static const char *const pieces[] = {
        "KV-cache ",     "SmartNICs", ", ",         "\n\n", "全文検索", "C++17 ", "µFork ",
        "a-b-c-d-e-f-g", "don't ",    "I/O-bound ", "\xff", "10,000 ",  "AA",     "Aa "};
    buffer_clear(text);
    for (uint32_t left = draw(40); left > 0; left--) {
        buffer_add_text(text, pieces[draw(sizeof pieces / sizeof *pieces)]);
    }
}

static void the_index_agrees_with_the_text_after_many_changes(void **state)
{
    struct buffer text = {0};
    char sql[64];
    for (int64_t rowid = 100; rowid < 700; rowid++) {
        write_random_text(&text);
        insert(*state, rowid, text.at == NULL ? "" : text.at);
        if (rowid % 3 == 0) {
            (void)snprintf(sql, sizeof sql, "DELETE FROM notes WHERE rowid = %u", 100 + draw(600));
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
        TEST(an_unknown_option_of_the_tokenizer_is_refused),
        TEST(the_index_agrees_with_the_text_after_many_changes),
        cmocka_unit_test(the_extension_serves_the_sqlite3_program),
    };
    return examples_run("queries", queries, queries_find_documents) +
           examples_run("highlights", highlights, queries_mark_matches) + cmocka_run_group_tests(tests, NULL, NULL);
}
