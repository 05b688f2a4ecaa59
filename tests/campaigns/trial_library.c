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

enum {
    RECORDS_MAX = 4,
    HUGE_PAPERS = 4000, /* one of so many is of very many words: */
    HUGE_WORDS = 70000,
};

static const char everywhere[] = "everywhere";

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

void enter(const struct contestant *contestant)
{
    if (contestant->simd[0] != '\0')
        (void)setenv("PINAKES_SIMD", contestant->simd, 1);
}

/* ---- papers ---------------------------------------------------------------------------------------------- */

static const char *const stems[] = {"cach",  "pool",  "memor",  "serv",  "tier",   "predict", "schedul", "verif",
                                    "alloc", "remot", "kernel", "fault", "latenc", "batch",   "attent",  "prefil",
                                    "GPU",   "LLM",   "CXL",    "RDMA",  "KV",     "far",     "disagg",  "token"};
static const char *const endings[] = {"", "e", "es", "ing", "ed", "s", "ation", "y", "ies", "er"};
static const char *const names[] = {"KV-cache",   "kvcache", "io_uring",    "C++",       "GPT-3",    "CXL.mem",
                                    "\u00b5Fork", "uFork",   "PrefillOnly", "LLMs",      "2021",     "\u7f13\u5b58",
                                    "SmartNICs",  "SOLR",    "I/O",         "caf\u00e9", everywhere, "CXL2.0",
                                    "CXL3",       "CXL 2.0", "H100s",       "10\u00b5s", "10 us",    "l'acc\u00e8s",
                                    "2\u00d7",    "IPv6",    "cxl2"};

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

/* Of one word, so often that two bytes cannot count it. */
static struct span huge_text(struct trial *trial, struct arena *arena)
{
    struct buffer word = {0}, text = {0};
    add_word_to(trial, &word);
    buffer_add_byte(&word, ' ');
    for (uint32_t i = 0; i < HUGE_WORDS; i++)
        buffer_add(&text, (struct span){word.at, word.len});
    const struct span made = {arena_string(arena, (struct span){text.at, text.len}), text.len};
    buffer_free(&word);
    buffer_free(&text);
    return made;
}

static int random_year(void)
{
    static const int far_off[] = {1000, 1899, 9999};
    if (draw(5) == 0)
        return 0;
    return draw(20) == 0 ? far_off[draw(COUNT(far_off))] : 2015 + (int)draw(10);
}

static struct paper random_paper(struct trial *trial, struct arena *arena, struct passage passages[FIELD_COUNT])
{
    static const char *const venues[] = {"", "OSDI", "SOSP", "HotOS Workshop", "Eurosys"};
    static const uint32_t lengths[FIELD_COUNT] = {[FIELD_TITLE] = 8,     [FIELD_AUTHOR] = 4, [FIELD_TAG] = 2,
                                                  [FIELD_ABSTRACT] = 60, [FIELD_NOTE] = 12,  [FIELD_QA] = 9};
    const uint64_t saved = randomness;
    if (trial->alike != 0)
        randomness = trial->alike;
    const bool is_long = draw(40) == 0, is_bare = draw(20) == 0;
    const struct span venue = span_of(venues[draw(COUNT(venues))]);
    for (enum field field = 0; field < FIELD_COUNT; field++) {
        const uint32_t most = is_bare ? draw(2) : is_long ? lengths[field] * 8 : lengths[field];
        const struct span text = field == FIELD_VENUE ? venue : random_text(trial, arena, most);
        passages[field] = (struct passage){.field = field, .line = (uint32_t)field + 1, .text = text, .words = text};
    }
    if (trial->has_everywhere)
        passages[FIELD_TAG].text = passages[FIELD_TAG].words = span_of(everywhere);
    if (trial->alike == 0 && draw(HUGE_PAPERS) == 0)
        passages[FIELD_NOTE].text = passages[FIELD_NOTE].words = huge_text(trial, arena);
    const struct paper paper = {.title = passages[FIELD_TITLE].text,
                                .venue = venue,
                                .url = span_of(""),
                                .passages = passages,
                                .passage_count = FIELD_COUNT,
                                .year = random_year(),
                                .line = 1,
                                .rule = "chance"};
    if (trial->alike != 0)
        randomness = saved;
    return paper;
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
    struct passage passages[FIELD_COUNT];
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
    struct passage passages[FIELD_COUNT];
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

/* ---- words of papers --------------------------------------------------------------------------------------- */

static const char text_sql[] =
    "SELECT title || ' ' || abstract, title, abstract || ' ' || note FROM papers WHERE id >= ?1 LIMIT 1";

/* Text of a paper, not always of one field, in the arena of the query; "" where there is none. */
static const char *text_of_paper(struct trial *trial)
{
    const char *text = "";
    sqlite3_stmt *select = store_statement(trial->store, text_sql, &trial->error);
    if (select == NULL)
        stop(trial, trial->error.message);
    const int64_t paper = trial->paper_count == 0 ? 0 : trial->papers[draw((uint32_t)trial->paper_count)];
    (void)sqlite3_bind_int64(select, 1, paper);
    if (sqlite3_step(select) == SQLITE_ROW)
        text = arena_string(&trial->arena, span_of((const char *)sqlite3_column_text(select, (int)draw(3))));
    (void)sqlite3_reset(select);
    return text;
}

void add_passage_to(struct trial *trial, struct buffer *text, uint32_t words)
{
    const char *at = text_of_paper(trial);
    const size_t before = text->len;
    at += draw((uint32_t)strlen(at) + 1);
    at += strcspn(at, " ");
    for (uint32_t i = 0; i < words && *at != '\0'; i++) {
        at += strspn(at, " ");
        buffer_add_text(text, text->len > before ? " " : "");
        buffer_add(text, (struct span){at, strcspn(at, " ")});
        at += strcspn(at, " ");
    }
    if (text->len == before)
        add_word_to(trial, text);
}

/* ---- the segment ------------------------------------------------------------------------------------------- */

static void seal(struct trial *trial)
{
    must(trial, seal_library(trial->store, NULL, NULL, &trial->error));
    trial->is_harmed = false;
    trial->sealed++;
}

static char *segment_path(struct trial *trial)
{
    char *path = seal_path(trial->store);
    if (path == NULL)
        stop(trial, "no memory");
    return path;
}

/* Some bits are flipped, or the end is missing. */
static void damage(struct buffer *bytes)
{
    if (bytes->len > 0 && draw(4) == 0)
        bytes->len = draw((uint32_t)bytes->len);
    for (uint32_t i = 1 + draw_small(40); i > 0 && bytes->len > 0; i--)
        bytes->at[draw((uint32_t)bytes->len)] ^= (char)(1 << draw(8));
}

static bool read_file(const char *path, struct buffer *out)
{
    char piece[1 << 14];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        buffer_add(out, (struct span){piece, got});
    (void)fclose(file);
    return true;
}

/* Puts a file of these bytes in the place of another: who reads that goes on to. */
static void put_in_place(struct trial *trial, const struct buffer *bytes, const char *path)
{
    char other[sizeof trial->path + 8];
    (void)snprintf(other, sizeof other, "%s-other", trial->path);
    FILE *file = fopen(other, "wb");
    if (file == NULL || fwrite(bytes->at, 1, bytes->len, file) != bytes->len || fclose(file) != 0 ||
        rename(other, path) != 0)
        stop(trial, "no room for a file");
}

/* Answers stay the same, until the next seal perhaps without it. */
static void harm_segment(struct trial *trial)
{
    struct buffer bytes = {0};
    char *path = segment_path(trial);
    const uint32_t roll = draw(4);
    if (roll == 0) {
        (void)unlink(path);
    } else if (read_file(roll == 1 ? trial->older : path, &bytes)) {
        if (roll > 1)
            damage(&bytes);
        put_in_place(trial, &bytes, path);
    }
    trial->is_harmed = true;
    buffer_free(&bytes);
    free(path);
}

/* Keeps the segment for later, when it is an older one. */
static void keep_segment(struct trial *trial)
{
    struct buffer bytes = {0};
    char *path = segment_path(trial);
    if (read_file(path, &bytes))
        put_in_place(trial, &bytes, trial->older);
    buffer_free(&bytes);
    free(path);
}

/* ---- what happens ------------------------------------------------------------------------------------------ */

static void open_engines(struct trial *trial)
{
    for (size_t i = 0; i < trial->contestant_count; i++) {
        (void)setenv("PINAKES_ENGINE", i == 0 ? "fts5" : "", 1);
        must(trial, engine_open(trial->store, &trial->contestants[i].engine, &trial->error));
    }
}

static void close_engines(struct trial *trial)
{
    for (size_t i = 0; i < trial->contestant_count; i++)
        engine_close(trial->contestants[i].engine);
}

void trial_happen(struct trial *trial)
{
    const uint32_t few = draw(8) == 0 ? 300 : draw(4) == 0 ? 40 : 4; /* papers read, or looked up in FTS5 */
    switch (draw(9)) {
    case 0:
    case 1:
        seal(trial);
        break;
    case 2:
        harm_segment(trial);
        break;
    case 3:
        keep_segment(trial);
        break;
    case 4:
        close_engines(trial);
        open_engines(trial);
        break;
    default:
        write_some(trial, draw(few), draw(few), draw(few));
    }
}

/* ---- libraries ------------------------------------------------------------------------------------------- */

static void name_contestants(struct trial *trial)
{
    const struct kernels *const *all = kernels_all();
    trial->contestant_count = 1;
    trial->contestants[0] = (struct contestant){.simd = ""};
    for (size_t i = 0; all[i] != NULL; i++)
        (void)snprintf(trial->contestants[trial->contestant_count++].simd, sizeof trial->contestants->simd, "%s",
                       all[i]->name);
}

static void begin(struct trial *trial)
{
    (void)snprintf(trial->folder, sizeof trial->folder, "/tmp/pinakes-differential-XXXXXX");
    if (mkdtemp(trial->folder) == NULL)
        stop(trial, "no folder under /tmp");
    (void)snprintf(trial->path, sizeof trial->path, "%s/library.db", trial->folder);
    (void)snprintf(trial->older, sizeof trial->older, "%s/older", trial->folder);
    trial->paper_count = trial->joined_count = 0;
    trial->is_harmed = false;
    name_contestants(trial);
}

/* The source and the topics of random papers. */
static void add_places(struct trial *trial)
{
    execute(trial, "INSERT OR IGNORE INTO sources(id, path, name, format, size, mtime_ns, ctime_ns, hash, readers)"
                   " VALUES(1, '/chance', 'chance', 'notes', 0, 0, 0, 0, 0);"
                   "INSERT OR IGNORE INTO topics(name, ordinal, title)"
                   " VALUES('far-memory', 0, ''), ('serverless', 1, '')");
}

/* Where blocks, groups and words of bits end, and around. */
static uint32_t random_size(void)
{
    static const uint32_t ends[] = {16, 64, 128, 256, 512, 640}, sizes[] = {0, 3, 40, 130, 300, 300, 700, 1500};
    if (draw(3) == 0)
        return ends[draw(COUNT(ends))] + draw(3) - 1;
    return draw(sizes[draw(COUNT(sizes))] + 1);
}

static void start_random(struct trial *trial)
{
    begin(trial);
    trial->alike = draw(12) == 0 ? 1 + draw(1 << 20) : 0;
    trial->has_everywhere = draw(3) == 0;
    must(trial, store_open(trial->path, PINAKES_WRITE, &trial->store, &trial->error));
    add_places(trial);
    write_some(trial, random_size(), 0, 0);
    open_engines(trial);
}

void trial_end(struct trial *trial)
{
    char command[128];
    close_engines(trial);
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
