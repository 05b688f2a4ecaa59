/* SQLite FTS5 as a peer: a contentless table of two columns, title and body, its own bm25() and ORDER BY rank. Two
 * columns of equal weight score as one field would, and no phrase runs from one into the other. */
#include "../harness.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct index {
    sqlite3 *database;
    sqlite3_stmt *plain, *filtered, *two_of_three, *count, *count_filtered;
    char *text; /* the MATCH expression being written */
    size_t room;
};

static void check(sqlite3 *database, int status)
{
    if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW) {
        bench_die("SQLite: %s", sqlite3_errmsg(database));
    }
}

/* ---- a tokenizer that cuts at spaces and changes nothing -------------------------------------------------- */

static int tokenizer_create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)context, (void)arguments, (void)count;
    static char only;
    *out = (Fts5Tokenizer *)&only;
    return SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int tokenizer_run(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int bytes,
                         int (*take)(void *, int, const char *, int, int, int))
{
    (void)tokenizer, (void)flags;
    int status = SQLITE_OK;
    for (int at = 0; at < bytes && status == SQLITE_OK;) {
        const int start = at;
        while (at < bytes && text[at] != ' ') {
            at++;
        }
        if (at > start) {
            status = take(context, 0, text + start, at - start, start, at);
        }
        at++;
    }
    return status;
}

static sqlite3 *open_database(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/index.db", folder);
    sqlite3 *database;
    check(NULL, sqlite3_open(path, &database));
    sqlite3_stmt *statement;
    fts5_api *api = NULL;
    check(database, sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL));
    check(database, sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL));
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    fts5_tokenizer split = {tokenizer_create, tokenizer_delete, tokenizer_run};
    check(database, api == NULL ? SQLITE_ERROR : api->xCreateTokenizer(api, "split", NULL, &split, NULL));
    check(database,
          sqlite3_exec(database, "PRAGMA mmap_size=1099511627776; PRAGMA cache_size=-1000000", NULL, NULL, NULL));
    return database;
}

/* ---- build ----------------------------------------------------------------------------------------------- */

struct build {
    sqlite3 *database;
    sqlite3_stmt *paper, *year;
    char *text;
    size_t room;
};

/* The words with spaces between them, in `build->text` from `at` on; gives the end. */
static size_t join(struct build *build, size_t at, char **words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t bytes = strlen(words[i]);
        if (at + bytes + 1 > build->room) {
            build->room = (at + bytes + 1) * 2;
            build->text = realloc(build->text, build->room);
        }
        memcpy(build->text + at, words[i], bytes);
        build->text[at + bytes] = ' ';
        at += bytes + 1;
    }
    return at;
}

static void run(sqlite3 *database, sqlite3_stmt *statement)
{
    check(database, sqlite3_step(statement));
    check(database, sqlite3_reset(statement));
}

static void add_paper(const struct bench_paper *paper, void *into)
{
    struct build *build = into;
    const size_t title = join(build, 0, paper->title, paper->title_words);
    const size_t behind = join(build, title, paper->body, paper->body_words);
    sqlite3_bind_int64(build->paper, 1, paper->number);
    sqlite3_bind_text(build->paper, 2, build->text, (int)title, SQLITE_STATIC);
    sqlite3_bind_text(build->paper, 3, build->text == NULL ? "" : build->text + title, (int)(behind - title),
                      SQLITE_STATIC);
    run(build->database, build->paper);
    sqlite3_bind_int64(build->year, 1, paper->number);
    sqlite3_bind_int64(build->year, 2, paper->year);
    run(build->database, build->year);
}

static void add_record(const struct bench_record *record, void *into)
{
    struct build *build = into;
    const char *const texts[] = {record->title, record->abstract, record->id, record->authors, record->venue,
                                 record->url};
    for (int i = 0; i < 6; i++) {
        sqlite3_bind_text(build->paper, i + 1, texts[i], -1, SQLITE_STATIC);
    }
    sqlite3_bind_int64(build->paper, 7, record->year);
    run(build->database, build->paper);
}

/* One transaction into a table that keeps its columns; Porter's stems. */
static void build_jsonl(const char *papers, const char *folder)
{
    struct build build = {.database = open_database(folder)};
    check(build.database,
          sqlite3_exec(build.database,
                       "PRAGMA journal_mode=WAL; BEGIN;"
                       "CREATE VIRTUAL TABLE papers USING fts5(title, abstract, id UNINDEXED, authors UNINDEXED,"
                       " venue UNINDEXED, url UNINDEXED, year UNINDEXED, tokenize='porter unicode61');",
                       NULL, NULL, NULL));
    check(build.database, sqlite3_prepare_v2(build.database, "INSERT INTO papers VALUES(?, ?, ?, ?, ?, ?, ?)", -1,
                                             &build.paper, NULL));
    bench_read_records(papers, add_record, &build);
    sqlite3_finalize(build.paper);
    check(build.database, sqlite3_exec(build.database, "COMMIT", NULL, NULL, NULL));
    check(build.database, sqlite3_close(build.database));
}

static void build(const char *tokens, const char *folder)
{
    struct build build = {.database = open_database(folder)};
    check(build.database,
          sqlite3_exec(build.database,
                       "PRAGMA journal_mode=WAL; BEGIN;"
                       "CREATE VIRTUAL TABLE papers USING fts5(title, body, content='', tokenize='split');"
                       "CREATE TABLE years(id INTEGER PRIMARY KEY, year INTEGER);",
                       NULL, NULL, NULL));
    check(build.database, sqlite3_prepare_v2(build.database, "INSERT INTO papers(rowid, title, body) VALUES(?, ?, ?)",
                                             -1, &build.paper, NULL));
    check(build.database, sqlite3_prepare_v2(build.database, "INSERT INTO years VALUES(?, ?)", -1, &build.year, NULL));
    bench_read_papers(tokens, add_paper, &build);
    sqlite3_finalize(build.paper);
    sqlite3_finalize(build.year);
    check(build.database, sqlite3_exec(build.database,
                                       "COMMIT; INSERT INTO papers(papers) VALUES('optimize');"
                                       "PRAGMA journal_mode=DELETE; VACUUM;",
                                       NULL, NULL, NULL));
    check(build.database, sqlite3_close(build.database));
    free(build.text);
}

/* ---- query ----------------------------------------------------------------------------------------------- */

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement;
    check(database, sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
    return statement;
}

static void *open_index(const char *folder)
{
    struct index *index = calloc(1, sizeof *index);
    sqlite3 *database = index->database = open_database(folder);
    index->plain = prepare(database, "SELECT rowid, -rank FROM papers WHERE papers MATCH ?1 ORDER BY rank LIMIT ?2");
    index->filtered = prepare(database, "SELECT papers.rowid, -rank FROM papers JOIN years ON years.id = papers.rowid "
                                        "WHERE papers MATCH ?1 AND years.year = ?3 ORDER BY rank LIMIT ?2");
    index->two_of_three = prepare(database, "SELECT rowid, -rank FROM papers WHERE papers MATCH ?1 AND +rowid IN "
                                            "(SELECT rowid FROM papers WHERE papers MATCH ?3) ORDER BY rank LIMIT ?2");
    index->count = prepare(database, "SELECT count(*) FROM papers WHERE papers MATCH ?1");
    index->count_filtered = prepare(database, "SELECT count(*) FROM papers JOIN years ON years.id = papers.rowid "
                                              "WHERE papers MATCH ?1 AND years.year = ?3");
    return index;
}

static void close_index(void *opaque)
{
    struct index *index = opaque;
    sqlite3_finalize(index->plain);
    sqlite3_finalize(index->filtered);
    sqlite3_finalize(index->two_of_three);
    sqlite3_finalize(index->count);
    sqlite3_finalize(index->count_filtered);
    sqlite3_close(index->database);
    free(index->text);
    free(index);
}

/* "a" OR "b" OR "c", with `joint` between the words; returns what was written behind `at`. */
static size_t write_words(struct index *index, size_t at, char **words, size_t count, const char *joint)
{
    for (size_t i = 0; i < count; i++) {
        const size_t need = at + 2 * strlen(words[i]) + strlen(joint) + 4;
        if (need > index->room) {
            index->room = need * 2;
            index->text = realloc(index->text, index->room);
        }
        at += (size_t)sprintf(index->text + at, "%s\"%s\"", i == 0 ? "" : joint, words[i]);
    }
    return at;
}

static const char *joint_of(enum bench_kind kind)
{
    return kind == BENCH_AND || kind == BENCH_PREFIX ? " AND " : kind == BENCH_PHRASE ? " + " : " OR ";
}

/* The three pairs of which one must be there. */
static char *write_pairs(char **words)
{
    return sqlite3_mprintf("(\"%s\" AND \"%s\") OR (\"%s\" AND \"%s\") OR (\"%s\" AND \"%s\")", words[0], words[1],
                           words[0], words[2], words[1], words[2]);
}

static void write_expression(struct index *index, const struct bench_query *query)
{
    const size_t end = write_words(index, 0, query->words, query->count, joint_of(query->kind));
    strcpy(index->text + end, query->kind == BENCH_PREFIX ? "*" : "");
}

static uint64_t count_of(struct index *index, sqlite3_stmt *statement, const char *expression, unsigned year)
{
    sqlite3_bind_text(statement, 1, expression, -1, SQLITE_STATIC);
    if (sqlite3_bind_parameter_count(statement) == 3) {
        sqlite3_bind_int64(statement, 3, year);
    }
    check(index->database, sqlite3_step(statement));
    const uint64_t count = (uint64_t)sqlite3_column_int64(statement, 0);
    check(index->database, sqlite3_reset(statement));
    return count;
}

static uint64_t count(void *opaque, const struct bench_query *query)
{
    struct index *index = opaque;
    if (query->kind == BENCH_TWO_OF_THREE) {
        char *pairs = write_pairs(query->words);
        const uint64_t found = count_of(index, index->count, pairs, 0);
        sqlite3_free(pairs);
        return found;
    }
    write_expression(index, query);
    return count_of(index, query->kind == BENCH_FILTERED ? index->count_filtered : index->count, index->text,
                    query->year);
}

static size_t search(void *opaque, const struct bench_query *query, size_t k, struct bench_hit *hits, uint64_t *found)
{
    struct index *index = opaque;
    sqlite3_stmt *statement = query->kind == BENCH_FILTERED       ? index->filtered
                              : query->kind == BENCH_TWO_OF_THREE ? index->two_of_three
                                                                  : index->plain;
    write_expression(index, query);
    sqlite3_bind_text(statement, 1, index->text, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)k);
    if (query->kind == BENCH_FILTERED) {
        sqlite3_bind_int64(statement, 3, query->year);
    } else if (query->kind == BENCH_TWO_OF_THREE) {
        sqlite3_bind_text(statement, 3, write_pairs(query->words), -1, sqlite3_free);
    }
    size_t hit_count = 0;
    int status;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        hits[hit_count++] =
            (struct bench_hit){(uint32_t)sqlite3_column_int64(statement, 0), sqlite3_column_double(statement, 1)};
    }
    check(index->database, status);
    check(index->database, sqlite3_reset(statement));
    if (query->kind == BENCH_COUNT) {
        *found = count(index, query);
    }
    return hit_count;
}

int main(int argc, char **argv)
{
    static const struct bench_engine engine = {build, build_jsonl, open_index, search, count, close_index};
    if (argc == 2 && strcmp(argv[1], "version") == 0) {
        printf("SQLite %s FTS5\n", sqlite3_libversion());
        return 0;
    }
    return bench_main(argc, argv, &engine);
}
