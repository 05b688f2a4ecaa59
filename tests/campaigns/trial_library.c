#include "tests/campaigns/trial.h"

#include "indexer/joined.h"
#include "indexer/paper_writer.h"
#include "indexer/seal.h"
#include "query/kernels.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RECORDS_MAX = 4, FIELDS_FILLED = 3 };

/* ---- chance ---------------------------------------------------------------------------------------------- */

static uint64_t randomness;

void draw_from(uint64_t seed)
{
    randomness = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

uint32_t draw(uint32_t below)
{
    randomness ^= randomness << 13;
    randomness ^= randomness >> 7;
    randomness ^= randomness << 17;
    return (uint32_t)((randomness >> 16) % below);
}

uint32_t draw_small(uint32_t below)
{
    return draw(draw(draw(below) + 1) + 1);
}

void stop(const struct trial *trial, const char *what)
{
    (void)fprintf(stderr, "after %" PRIu64 " questions: %s\n  query: %s\n", trial->asked, what, trial->query);
    exit(1);
}

void must(struct trial *trial, pinakes_status status)
{
    if (status != PINAKES_OK)
        stop(trial, trial->error.message);
}

/* ---- papers ---------------------------------------------------------------------------------------------- */

static const char *const stems[] = {"cach",  "pool",  "memor",  "serv",  "tier",   "predict", "schedul", "verif",
                                    "alloc", "remot", "kernel", "fault", "latenc", "batch",   "attent",  "prefil",
                                    "GPU",   "LLM",   "CXL",    "RDMA",  "KV",     "far",     "disagg",  "token"};
static const char *const endings[] = {"", "e", "es", "ing", "ed", "s", "ation", "y", "ies", "er"};
static const char *const names[] = {"KV-cache",   "kvcache", "io_uring",    "C++",      "GPT-3", "CXL.mem",
                                    "\u00b5Fork", "uFork",   "PrefillOnly", "LLMs",     "2021",  "\u7f13\u5b58",
                                    "SmartNICs",  "SOLR",    "I/O",         "caf\u00e9"};

/* Written in capitals a word is taken for a name, which has no stem. */
static void shout(struct buffer *text, size_t from)
{
    for (size_t i = from; i < text->len; i++)
        text->at[i] = (char)toupper((unsigned char)text->at[i]);
}

void add_word_to(struct trial *trial, struct buffer *text)
{
    const size_t from = text->len;
    if (trial->word_count > 0) {
        buffer_add_text(text, trial->words[draw_small((uint32_t)trial->word_count)]);
    } else if (draw(6) == 0) {
        buffer_add_text(text, names[draw(COUNT(names))]);
    } else {
        buffer_add_text(text, stems[draw_small(COUNT(stems))]);
        buffer_add_text(text, endings[draw_small(COUNT(endings))]);
        if (draw(3) == 0) /* rare words: most lists are short */
            buffer_format(text, "%u", draw_small(400));
        if (draw(30) == 0)
            shout(text, from);
    }
}

static struct span random_text(struct trial *trial, struct arena *arena, uint32_t most)
{
    struct buffer text = {0};
    for (uint32_t i = draw(most + 1); i > 0; i--) {
        buffer_add_text(&text, text.len == 0 ? "" : draw(12) == 0 ? ". " : " ");
        add_word_to(trial, &text);
    }
    const struct span made = {text.at == NULL ? "" : text.at, text.len};
    const char *copy = arena_string(arena, made);
    const struct span kept = {copy == NULL ? "" : copy, made.len};
    buffer_free(&text);
    return kept;
}

static struct paper random_paper(struct trial *trial, struct arena *arena, struct passage passages[FIELDS_FILLED])
{
    static const char *const venues[] = {"", "OSDI", "SOSP", "HotOS Workshop", "Eurosys"};
    static const enum field fields[FIELDS_FILLED] = {FIELD_TITLE, FIELD_ABSTRACT, FIELD_NOTE};
    static const uint32_t lengths[FIELDS_FILLED] = {8, 60, 12};
    const bool is_long = draw(40) == 0;
    for (size_t i = 0; i < FIELDS_FILLED; i++) {
        const struct span text = random_text(trial, arena, is_long ? lengths[i] * 8 : lengths[i]);
        passages[i] = (struct passage){.field = fields[i], .line = (uint32_t)i + 1, .text = text, .words = text};
    }
    const struct span venue = span_of(venues[draw(COUNT(venues))]);
    return (struct paper){.title = passages[0].text,
                          .venue = venue,
                          .url = span_of(""),
                          .passages = passages,
                          .passage_count = FIELDS_FILLED,
                          .year = draw(5) == 0 ? 0 : 2015 + (int)draw(10),
                          .line = 1,
                          .rule = "chance"};
}

void execute(struct trial *trial, const char *sql)
{
    if (sqlite3_exec(store_db(trial->store), sql, NULL, NULL, NULL) != SQLITE_OK)
        stop(trial, sqlite3_errmsg(store_db(trial->store)));
}

static void assign_topic(struct trial *trial, int64_t paper)
{
    char sql[256];
    (void)snprintf(sql, sizeof sql,
                   "INSERT OR IGNORE INTO paper_topics(paper, topic, score, cause) VALUES(%lld, '%s', 1, 'chance')",
                   (long long)paper, draw(3) == 0 ? "serverless" : "far-memory");
    execute(trial, sql);
}

static void add_paper(struct trial *trial, struct paper_writer *writer)
{
    struct arena arena = {0};
    struct passage passages[FIELDS_FILLED];
    const struct paper paper = random_paper(trial, &arena, passages);
    int64_t id = 0;
    must(trial, paper_insert(writer, 1, &paper, paper_hash(&paper), &id, &trial->error));
    if (draw(3) == 0)
        assign_topic(trial, id);
    trial->papers[trial->paper_count++] = id;
    arena_free(&arena);
}

static void change_paper(struct trial *trial, struct paper_writer *writer, size_t which)
{
    struct arena arena = {0};
    struct passage passages[FIELDS_FILLED];
    const struct paper paper = random_paper(trial, &arena, passages);
    must(trial, paper_replace(writer, trial->papers[which], 1, &paper, paper_hash(&paper), &trial->error));
    arena_free(&arena);
}

static void remove_paper(struct trial *trial, struct paper_writer *writer, size_t which)
{
    must(trial, paper_remove(writer, trial->papers[which], &trial->error));
    trial->papers[which] = trial->papers[--trial->paper_count];
}

/* Some papers are found to be one. */
static void join_papers(struct trial *trial, struct paper_writer *writer)
{
    struct arena arena = {0};
    struct joined_record records[RECORDS_MAX];
    const size_t count = 2 + draw(RECORDS_MAX - 1);
    int64_t id = 0;
    uint64_t hash = 0;
    if (trial->paper_count < count || trial->joined_count == JOINED_MAX)
        return;
    for (size_t i = 0; i < count; i++) {
        const size_t which = draw((uint32_t)trial->paper_count);
        must(trial, joined_read(trial->store, trial->papers[which], &arena, &records[i], &trial->error));
        records[i].reason = SAME_TITLE;
        trial->papers[which] = trial->papers[--trial->paper_count];
    }
    must(trial, joined_make(writer, records, count, &arena, &id, &hash, &trial->error));
    trial->joined[trial->joined_count++] = id;
    arena_free(&arena);
}

static pinakes_status take_back(void *context, int64_t id, pinakes_error *error)
{
    (void)error;
    struct trial *trial = context;
    trial->papers[trial->paper_count++] = id;
    return PINAKES_OK;
}

static void separate_papers(struct trial *trial, struct paper_writer *writer)
{
    if (trial->joined_count == 0 || trial->paper_count + RECORDS_MAX > PAPERS_MAX)
        return;
    const size_t which = draw((uint32_t)trial->joined_count);
    const int64_t paper = trial->joined[which];
    trial->joined[which] = trial->joined[--trial->joined_count];
    must(trial, joined_separate(writer, paper, take_back, trial, &trial->error));
}

/* One run that adds, changes, removes, joins and separates. */
static void write_some(struct trial *trial, uint32_t added, uint32_t changed, uint32_t removed)
{
    struct paper_writer writer = {.store = trial->store};
    must(trial, store_begin(trial->store, &trial->error));
    must(trial, paper_writer_start(&writer, &trial->error));
    for (uint32_t i = 0; i < added && trial->paper_count < PAPERS_MAX; i++)
        add_paper(trial, &writer);
    for (uint32_t i = 0; i < changed && trial->paper_count > 0; i++)
        change_paper(trial, &writer, draw((uint32_t)trial->paper_count));
    for (uint32_t i = 0; i < removed && trial->paper_count > 0; i++)
        remove_paper(trial, &writer, draw((uint32_t)trial->paper_count));
    for (uint32_t i = draw(4); i > 0; i--)
        join_papers(trial, &writer);
    for (uint32_t i = draw(4); i > 0; i--)
        separate_papers(trial, &writer);
    must(trial, paper_writer_finish(&writer, &trial->error));
    must(trial, store_commit(trial->store, true, &trial->error));
    paper_writer_free(&writer);
}

static void remove_segment(struct trial *trial)
{
    char *path = seal_path(trial->store);
    if (path != NULL)
        (void)unlink(path);
    trial->is_removed = true;
    free(path);
}

static void seal(struct trial *trial)
{
    must(trial, seal_library(trial->store, NULL, NULL, &trial->error));
    trial->is_removed = false;
    trial->sealed++;
}

void trial_happen(struct trial *trial)
{
    const uint32_t few = draw(8) == 0 ? 300 : draw(4) == 0 ? 40 : 4; /* papers read, or looked up in FTS5 */
    switch (draw(4)) {
    case 0:
        seal(trial);
        break;
    case 1:
        if (draw(3) == 0)
            remove_segment(trial); /* answers stay the same, until the next seal without it */
        break;
    default:
        write_some(trial, draw(few), draw(few), draw(few));
    }
}

/* ---- libraries ------------------------------------------------------------------------------------------- */

static void open_engines(struct trial *trial)
{
    const struct kernels *const *all = kernels_all();
    trial->contestant_count = 1;
    trial->contestants[0] = (struct contestant){.simd = ""};
    for (size_t i = 0; all[i] != NULL; i++)
        (void)snprintf(trial->contestants[trial->contestant_count++].simd, sizeof trial->contestants->simd, "%s",
                       all[i]->name);
    for (size_t i = 0; i < trial->contestant_count; i++) {
        (void)setenv("PINAKES_ENGINE", i == 0 ? "fts5" : "", 1);
        must(trial, engine_open(trial->store, &trial->contestants[i].engine, &trial->error));
    }
}

static void begin(struct trial *trial)
{
    (void)snprintf(trial->folder, sizeof trial->folder, "/tmp/pinakes-differential-XXXXXX");
    if (mkdtemp(trial->folder) == NULL)
        stop(trial, "no folder under /tmp");
    (void)snprintf(trial->path, sizeof trial->path, "%s/library.db", trial->folder);
    trial->paper_count = trial->joined_count = 0;
    trial->is_removed = false;
}

/* The source and the topics of random papers. */
static void add_places(struct trial *trial)
{
    execute(trial, "INSERT OR IGNORE INTO sources(id, path, name, format, size, mtime_ns, ctime_ns, hash, readers)"
                   " VALUES(1, '/chance', 'chance', 'notes', 0, 0, 0, 0, 0);"
                   "INSERT OR IGNORE INTO topics(name, ordinal, title)"
                   " VALUES('far-memory', 0, ''), ('serverless', 1, '')");
}

static void start_random(struct trial *trial)
{
    static const uint32_t sizes[] = {0, 3, 40, 130, 300, 300, 700, 1500};
    begin(trial);
    must(trial, store_open(trial->path, PINAKES_WRITE, &trial->store, &trial->error));
    add_places(trial);
    write_some(trial, draw(sizes[draw(COUNT(sizes))] + 1), 0, 0);
    open_engines(trial);
}

void trial_end(struct trial *trial)
{
    char command[128];
    for (size_t i = 0; i < trial->contestant_count; i++)
        engine_close(trial->contestants[i].engine);
    store_close(trial->store);
    (void)snprintf(command, sizeof command, "rm -r %s", trial->folder);
    if (system(command) != 0) /* NOLINT: a fixed command on a folder of our own */
        stop(trial, "the folder stays");
}

static void learn_words(struct trial *trial)
{
    static const char sql[] = "SELECT term FROM temp.words WHERE term NOT GLOB '~*' AND doc > 1 ORDER BY doc DESC";
    sqlite3_stmt *select = NULL;
    execute(trial, "CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'papers_fts', 'row')");
    if (sqlite3_prepare_v2(store_db(trial->store), sql, -1, &select, NULL) != SQLITE_OK)
        stop(trial, sqlite3_errmsg(store_db(trial->store)));
    size_t capacity = 0;
    while (sqlite3_step(select) == SQLITE_ROW) {
        trial->words =
            arena_grow(&trial->words_arena, trial->words, trial->word_count, &capacity, sizeof *trial->words);
        trial->words[trial->word_count++] =
            arena_string(&trial->words_arena, span_of((const char *)sqlite3_column_text(select, 0)));
    }
    (void)sqlite3_finalize(select);
    execute(trial, "DROP TABLE temp.words");
}

static void start_real(struct trial *trial, const char *library)
{
    char command[512];
    sqlite3_stmt *select = NULL;
    begin(trial);
    (void)snprintf(command, sizeof command, "cp '%s' %s", library, trial->path);
    if (system(command) != 0) /* NOLINT: what the caller asked for */
        stop(trial, "no copy of the library");
    must(trial, store_open(trial->path, PINAKES_WRITE, &trial->store, &trial->error));
    add_places(trial);
    if (sqlite3_prepare_v2(store_db(trial->store), "SELECT id FROM papers WHERE id NOT IN (SELECT paper FROM joined)",
                           -1, &select, NULL) != SQLITE_OK)
        stop(trial, sqlite3_errmsg(store_db(trial->store)));
    while (sqlite3_step(select) == SQLITE_ROW && trial->paper_count < PAPERS_MAX / 2)
        trial->papers[trial->paper_count++] = sqlite3_column_int64(select, 0);
    (void)sqlite3_finalize(select);
    if (trial->word_count == 0)
        learn_words(trial);
    seal(trial);
    open_engines(trial);
}

void trial_start(struct trial *trial, const char *library)
{
    if (library == NULL)
        start_random(trial);
    else
        start_real(trial, library);
}
