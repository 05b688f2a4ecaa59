/* A small library for a test, written paper by paper as `index` would. */
#ifndef TESTS_QUERY_SHELF_H
#define TESTS_QUERY_SHELF_H

#include "indexer/paper_writer.h"
#include "indexer/schema.h"
#include "indexer/store.h"
#include "query/engine.h"
#include "query/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct shelf {
    char folder[64];
    char path[96];
    struct store *store;
    struct engine *engine;
    struct arena arena; /* of the test */
    pinakes_error error;
};

/* What a test says of a paper. A text holds one passage a paragraph (empty line between two); the title stands on line
 * 10, the passages of each further field from line 10 * (field + 1) on. */
struct volume {
    const char *texts[FIELD_COUNT];
    int year;
    const char *topics[3];
};

static inline void shelf_must(struct shelf *shelf, pinakes_status status)
{
    if (status != PINAKES_OK)
        fail_msg("%s", shelf->error.message);
}

static inline void shelf_execute(struct shelf *shelf, const char *sql)
{
    if (sqlite3_exec(store_db(shelf->store), sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(store_db(shelf->store)));
}

static inline int shelf_setup(void **state)
{
    struct shelf *shelf = calloc(1, sizeof *shelf);
    if (shelf == NULL)
        return -1;
    (void)snprintf(shelf->folder, sizeof shelf->folder, "/tmp/pinakes-shelf-XXXXXX");
    if (mkdtemp(shelf->folder) == NULL)
        return -1;
    (void)snprintf(shelf->path, sizeof shelf->path, "%s/library.db", shelf->folder);
    if (store_open(shelf->path, PINAKES_WRITE, &shelf->store, &shelf->error) != PINAKES_OK)
        return -1;
    shelf_execute(shelf, "INSERT INTO sources(id, path, name, format, size, mtime_ns, ctime_ns, hash, readers)"
                         " VALUES(1, '/notes/all.txt', 'all.txt', 'notes', 0, 0, 0, 0, 0)");
    *state = shelf;
    return engine_open(shelf->store, &shelf->engine, &shelf->error) == PINAKES_OK ? 0 : -1;
}

static inline int shelf_teardown(void **state)
{
    struct shelf *shelf = *state;
    char command[128];
    engine_close(shelf->engine);
    store_close(shelf->store);
    arena_free(&shelf->arena);
    (void)snprintf(command, sizeof command, "rm -r %s", shelf->folder);
    const int code = system(command); /* NOLINT: a fixed command on a folder of our own */
    free(shelf);
    return code;
}

static inline size_t shelf_add_passages(struct passage *passages, size_t count, enum field field, const char *text)
{
    uint32_t line = 10 * ((uint32_t)field + 1);
    while (text != NULL && *text != '\0') {
        const char *end = strstr(text, PASSAGE_SEPARATOR);
        const struct span piece = {text, end == NULL ? strlen(text) : (size_t)(end - text)};
        assert_true(count < 64);
        passages[count++] = (struct passage){.field = field, .line = line++, .text = piece, .words = piece};
        text = end == NULL ? NULL : end + strlen(PASSAGE_SEPARATOR);
    }
    return count;
}

/* Puts one paper on the shelf and returns its id. */
static inline int64_t shelf_add(struct shelf *shelf, const struct volume *volume)
{
    struct passage passages[64];
    size_t count = 0;
    int64_t id = 0;
    for (enum field field = 0; field < FIELD_COUNT; field++)
        count = shelf_add_passages(passages, count, field, volume->texts[field]);
    const char *title = volume->texts[FIELD_TITLE], *venue = volume->texts[FIELD_VENUE];
    const struct paper paper = {.title = span_of(title == NULL ? "" : title),
                                .venue = span_of(venue == NULL ? "" : venue),
                                .url = span_of(""),
                                .passages = passages,
                                .passage_count = count,
                                .year = volume->year,
                                .line = 10,
                                .rule = "a test says so"};
    struct paper_writer writer = {.store = shelf->store};
    shelf_must(shelf, store_begin(shelf->store, &shelf->error));
    shelf_must(shelf, paper_writer_start(&writer, &shelf->error));
    shelf_must(shelf, paper_insert(&writer, 1, &paper, paper_hash(&paper), &id, &shelf->error));
    shelf_must(shelf, paper_writer_finish(&writer, &shelf->error));
    for (size_t i = 0; i < 3 && volume->topics[i] != NULL; i++) {
        char *sql = sqlite3_mprintf("INSERT OR IGNORE INTO topics(name, ordinal, title) VALUES(%Q, 0, '');"
                                    "INSERT INTO paper_topics(paper, topic, score, cause) VALUES(%lld, %Q, 1, 'x +1')",
                                    volume->topics[i], (long long)id, volume->topics[i]);
        shelf_execute(shelf, sql);
        sqlite3_free(sql);
    }
    shelf_must(shelf, store_commit(shelf->store, true, &shelf->error));
    paper_writer_free(&writer);
    return id;
}

static inline int shelf_by_paper(const void *a, const void *b)
{
    const int64_t x = ((const struct candidate *)a)->paper, y = ((const struct candidate *)b)->paper;
    return (x > y) - (x < y);
}

/* Everything a plan finds, in the order of paper ids. */
static inline pinakes_status shelf_find(struct shelf *shelf, struct query_plan *plan, struct candidates *out)
{
    const struct question everything = {.limit = SIZE_MAX};
    struct answer answer = {0};
    const pinakes_status status = engine_run(plan, &everything, &answer, &shelf->error);
    *out = answer.page;
    if (out->count > 0)
        qsort(out->papers, out->count, sizeof *out->papers, shelf_by_paper);
    return status;
}

/* What a search answers; it lives as long as the test. */
static inline const pinakes_results *shelf_ask(struct shelf *shelf, const char *query,
                                               const pinakes_search_options *options)
{
    static const pinakes_search_options usual = {0};
    pinakes_results *results = arena_alloc(&shelf->arena, sizeof *results);
    assert_non_null(results);
    shelf_must(shelf, search_run(shelf->engine, query, options == NULL ? &usual : options, &shelf->arena, results,
                                 &shelf->error));
    return results;
}

#define ON_A_SHELF(test) cmocka_unit_test_setup_teardown(test, shelf_setup, shelf_teardown)

#endif
