/* Random questions about random libraries, answered by FTS5 and by the segment with each instruction set, with papers
 * added, changed, removed, joined and separated and the library sealed in between: all must give the same papers, order, scores, counts
 * and facets, to the last bit.   differential QUERIES [SEED [LIBRARY]]
 * With LIBRARY a copy of that library is asked and changed, with words of its own papers. */
#include "indexer/joined.h"
#include "indexer/paper_writer.h"
#include "indexer/seal.h"
#include "query/engine.h"
#include "query/kernels.h"
#include "query/parser.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ENGINES_MAX = 5,
    PAPERS_MAX = 1 << 20,
    JOINED_MAX = 256,
    RECORDS_MAX = 4,
    FIELDS_FILLED = 3,
    TEXT_BYTES = 1 << 14
};

struct contestant {
    char simd[16]; /* "": FTS5 */
    struct engine *engine;
};

struct trial {
    char folder[64], path[96];
    struct store *store;
    struct contestant contestants[ENGINES_MAX]; /* FTS5 first */
    size_t contestant_count;
    int64_t *papers;
    size_t paper_count;
    int64_t joined[JOINED_MAX]; /* papers made of several, which are not among `papers` */
    size_t joined_count;
    struct arena words_arena;
    char **words; /* of the papers, frequent ones first */
    size_t word_count;
    struct arena arena; /* of one query */
    char query[4096];
    bool is_removed; /* the segment, since the last seal */
    uint64_t sealed, asked;
    pinakes_error error;
};

/* ---- chance ---------------------------------------------------------------------------------------------- */

static uint64_t randomness;

static uint32_t draw(uint32_t below)
{
    randomness ^= randomness << 13;
    randomness ^= randomness >> 7;
    randomness ^= randomness << 17;
    return (uint32_t)((randomness >> 16) % below);
}

/* Small numbers far more often than large ones. */
static uint32_t draw_small(uint32_t below)
{
    return draw(draw(draw(below) + 1) + 1);
}

static void stop(const struct trial *trial, const char *what)
{
    (void)fprintf(stderr, "after %" PRIu64 " questions: %s\n  query: %s\n", trial->asked, what, trial->query);
    exit(1);
}

static void must(struct trial *trial, pinakes_status status)
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
#define COUNT(array) (uint32_t)(sizeof(array) / sizeof(array)[0])

/* Written in capitals a word is taken for a name, which has no stem. */
static void shout(struct buffer *text, size_t from)
{
    for (size_t i = from; i < text->len; i++)
        text->at[i] = (char)toupper((unsigned char)text->at[i]);
}

static void add_word_to(struct trial *trial, struct buffer *text)
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

static void execute(struct trial *trial, const char *sql)
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

static void happen(struct trial *trial)
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

static void start(struct trial *trial)
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
    start(trial);
    must(trial, store_open(trial->path, PINAKES_WRITE, &trial->store, &trial->error));
    add_places(trial);
    write_some(trial, draw(sizes[draw(COUNT(sizes))] + 1), 0, 0);
    open_engines(trial);
}

static void end(struct trial *trial)
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
    start(trial);
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

/* ---- queries as people write them ------------------------------------------------------------------------ */

static void add_phrase(struct trial *trial, struct buffer *text)
{
    buffer_add_text(text, "\"");
    for (uint32_t i = 1 + draw(3); i > 0; i--) {
        add_word_to(trial, text);
        buffer_add_text(text, i > 1 ? " " : "");
    }
    buffer_add_text(text, "\"");
}

static void add_operand(struct trial *trial, struct buffer *text, unsigned depth)
{
    static const char *const before[] = {"+", "-", "title:", "abstract:", "note:", "venue:"};
    if (draw(4) == 0)
        buffer_add_text(text, before[draw(COUNT(before))]);
    const uint32_t roll = draw(16);
    if (roll < 9) {
        add_word_to(trial, text);
    } else if (roll < 11) {
        add_phrase(trial, text);
    } else if (roll < 12) {
        struct buffer word = {0};
        add_word_to(trial, &word);
        buffer_add(text, (struct span){word.at, word.len < 3 ? word.len : 2 + draw((uint32_t)word.len - 1)});
        buffer_add_text(text, "*");
        buffer_free(&word);
    } else if (roll < 13) {
        buffer_format(text, "year:%u..%u", 2015 + draw(5), 2019 + draw(6));
    } else if (roll < 14) {
        buffer_add_text(text, draw(2) == 0 ? "topic:far-memory" : "topic:serverless");
    } else if (roll < 15 && depth > 0) {
        buffer_add_text(text, "(");
        add_operand(trial, text, depth - 1);
        buffer_add_text(text, draw(2) == 0 ? " OR " : " ");
        add_operand(trial, text, depth - 1);
        buffer_add_text(text, ")");
    } else {
        add_word_to(trial, text);
        buffer_format(text, " NEAR/%u ", draw(6));
        add_word_to(trial, text);
    }
}

static bool has_token(void *context, struct span token)
{
    struct trial *trial = context;
    const bool has = engine_has_token(trial->contestants[0].engine, token);
    for (size_t i = 1; i < trial->contestant_count; i++)
        if (engine_has_token(trial->contestants[i].engine, token) != has)
            stop(trial, "a word is known to one engine and not to another");
    return has;
}

static struct node *written_query(struct trial *trial)
{
    struct buffer text = {0};
    struct parsed_query parsed;
    const struct vocabulary vocabulary = {.context = trial, .has = has_token};
    const struct parse_options options = {.any_word = draw(3) == 0, .vocabulary = &vocabulary};
    for (uint32_t i = 1 + draw_small(6); i > 0; i--) {
        buffer_add_text(&text, text.len == 0 ? "" : draw(6) == 0 ? " OR " : " ");
        add_operand(trial, &text, 2);
    }
    const struct span copy = {arena_string(&trial->arena, (struct span){text.at, text.len}), text.len};
    (void)snprintf(trial->query, sizeof trial->query, "%.*s", SPAN_ARGS(copy));
    buffer_free(&text);
    must(trial, parse_query(&trial->arena, store_analyzer(trial->store), copy, &options, &parsed, &trial->error));
    return parsed.root;
}

/* ---- queries as programs ask them: any of many words, each with a weight of its own ----------------------- */

static struct node *plain_words(struct trial *trial, enum node_kind kind, uint32_t count)
{
    struct node **words = arena_array(&trial->arena, count, sizeof(struct node *));
    for (uint32_t i = 0; i < count; i++) {
        struct buffer text = {0};
        struct parsed_query parsed;
        const struct parse_options options = {.any_word = false};
        do {
            buffer_clear(&text);
            add_word_to(trial, &text);
            const struct span copy = {arena_string(&trial->arena, (struct span){text.at, text.len}), text.len};
            must(trial,
                 parse_query(&trial->arena, store_analyzer(trial->store), copy, &options, &parsed, &trial->error));
        } while (parsed.root->kind != NODE_TERM);
        buffer_free(&text);
        words[i] = parsed.root;
        if (kind == NODE_OR && draw(2) == 0)
            words[i]->boost = 0.25 + draw(16) / 4.0;
    }
    return node_with(&trial->arena, kind, words, count);
}

/* One more spelling: a phrase, as of an acronym, a rarer word, or several words. */
static struct node *another_spelling(struct trial *trial)
{
    const uint32_t roll = draw(6);
    if (roll < 3)
        return plain_words(trial, NODE_PHRASE, 2 + draw(2));
    return roll < 5 ? plain_words(trial, NODE_OR, 1)->children[0] : plain_words(trial, NODE_OR, 2);
}

/* Words of which some have other spellings, one or two. */
static struct node *respelled_words(struct trial *trial, enum node_kind kind, uint32_t count)
{
    struct node *words = plain_words(trial, kind, count);
    for (size_t i = 0; i < words->child_count; i++) {
        const uint32_t spellings = draw(3);
        struct node *all[3] = {words->children[i]};
        for (uint32_t j = 0; j < spellings; j++)
            all[1 + j] = another_spelling(trial);
        if (spellings > 0)
            words->children[i] = node_with(&trial->arena, NODE_MAX, all, 1 + spellings);
    }
    return draw(4) == 0 ? words->children[0] : words;
}

/* Words of which some are only begun: from one letter on, so that a prefix may be of very many words. */
static struct node *begun_words(struct trial *trial, enum node_kind kind, uint32_t count)
{
    struct node *words = plain_words(trial, kind, count);
    for (size_t i = 0; i < words->child_count; i++) {
        struct node *word = words->children[i];
        if (i > 0 && draw(3) > 0)
            continue;
        struct span *begun = arena_array(&trial->arena, 1, sizeof *begun);
        const struct span token = word->tokens[0];
        *begun = token.at[0] == STEM_MARK ? (struct span){token.at + 1, token.len - 1} : token;
        const size_t bytes = begun->len;
        begun->len = 1 + draw_small((uint32_t)bytes);
        while (begun->len < bytes && ((unsigned char)begun->at[begun->len] & 0xc0) == 0x80)
            begun->len++; /* whole characters */
        word->kind = NODE_PREFIX;
        word->tokens = begun;
        word->token_count = 1;
        word->word = word->typed = *begun;
    }
    return words;
}

static struct node *random_query(struct trial *trial)
{
    trial->query[0] = '\0';
    const uint32_t roll = draw(14);
    if (roll >= 12)
        return begun_words(trial, draw(3) == 0 ? NODE_OR : NODE_AND, 1 + draw(4));
    if (roll >= 10)
        return respelled_words(trial, draw(4) == 0 ? NODE_AND : NODE_OR, 1 + draw_small(40));
    if (roll < 5)
        return written_query(trial);
    if (roll < 6)
        return plain_words(trial, NODE_OR, 20 + draw(100));
    if (roll < 8)
        return plain_words(trial, NODE_AND, 1 + draw(4));
    if (roll < 9)
        return plain_words(trial, NODE_PHRASE, 2 + draw(2));
    return plain_words(trial, NODE_OR, 1 + draw(6));
}

static void note_reading(struct trial *trial, const struct node *root, const struct node *filter)
{
    struct buffer text = {0};
    node_print(root, &text);
    if (filter != NULL) {
        buffer_add_text(&text, "   FILTER ");
        node_print(filter, &text);
    }
    (void)snprintf(trial->query, sizeof trial->query, "%.*s", (int)text.len, text.at);
    buffer_free(&text);
}

/* ---- comparing ------------------------------------------------------------------------------------------- */

static void same_page(struct trial *trial, const struct answer *a, const struct answer *b, bool is_counted)
{
    if (is_counted && a->found != b->found)
        stop(trial, "different numbers of papers found");
    if (a->page.count != b->page.count)
        stop(trial, "pages of different lengths");
    for (size_t i = 0; i < a->page.count; i++) {
        const struct candidate *x = &a->page.papers[i], *y = &b->page.papers[i];
        if (x->paper == y->paper && x->score == y->score && x->length == y->length && x->year == y->year)
            continue;
        (void)fprintf(stderr, "hit %zu: paper %" PRId64 " with %.17g, and %" PRId64 " with %.17g\n", i, x->paper,
                      x->score, y->paper, y->score);
        stop(trial, "different hits");
    }
}

static void same_facets(struct trial *trial, const struct answer *a, const struct answer *b)
{
    for (size_t i = 0; i < 3 && a->facets != NULL; i++) {
        const pinakes_facet *x = &a->facets[i], *y = &b->facets[i];
        if (strcmp(x->name, y->name) != 0 || x->value_count != y->value_count)
            stop(trial, "different facets");
        for (size_t j = 0; j < x->value_count; j++)
            if (strcmp(x->values[j].value, y->values[j].value) != 0 || x->values[j].count != y->values[j].count)
                stop(trial, "different counts in a facet");
    }
}

static void same_weights(struct trial *trial, const struct query_plan *a, const struct query_plan *b,
                         const struct node *node)
{
    if (node->kind == NODE_TERM || node->kind == NODE_PREFIX) {
        const struct term_weight x = engine_weight(a, node), y = engine_weight(b, node);
        if (x.papers != y.papers || x.idf != y.idf)
            stop(trial, "a word weighs differently");
    }
    for (size_t i = 0; i < node->child_count; i++)
        same_weights(trial, a, b, node->children[i]);
}

struct outcome {
    struct query_plan *plan;
    struct answer answer;
    uint64_t counted, of_part;
};

static void ask(struct trial *trial, struct contestant *contestant, const struct node *root, const struct node *filter,
                const struct node *part, const struct question *question, struct outcome *out)
{
    if (contestant->simd[0] != '\0')
        (void)setenv("PINAKES_SIMD", contestant->simd, 1);
    must(trial, engine_prepare(contestant->engine, root, filter, &trial->arena, &out->plan, &trial->error));
    must(trial, engine_run(out->plan, question, &out->answer, &trial->error));
    must(trial, engine_count(out->plan, root, filter, &out->counted, &trial->error));
    must(trial, engine_count(out->plan, part, NULL, &out->of_part, &trial->error));
    const char *complaint = engine_complaint(contestant->engine);
    if (complaint != NULL && !trial->is_removed)
        stop(trial, complaint);
}

static struct question random_question(struct trial *trial)
{
    static const size_t limits[] = {1, 3, 10, 10, 10, 10, 100, 1000, SIZE_MAX};
    static const pinakes_sort sorts[] = {PINAKES_BY_SCORE,       PINAKES_BY_SCORE,       PINAKES_BY_SCORE,
                                         PINAKES_BY_YEAR_NEWEST, PINAKES_BY_YEAR_OLDEST, PINAKES_BY_TITLE};
    return (struct question){.sort = sorts[draw(COUNT(sorts))],
                             .offset = draw(3) == 0 ? draw(40) : 0,
                             .limit = limits[draw(COUNT(limits))],
                             .facets = draw(3) == 0,
                             .is_uncounted = draw(2) == 0,
                             .kept = &trial->arena};
}

static void compare_once(struct trial *trial)
{
    struct outcome outcomes[ENGINES_MAX];
    const struct node *root = random_query(trial);
    const struct node *filter = draw(4) == 0 ? written_query(trial) : NULL;
    const struct node *part = root->child_count > 0 ? root->children[draw((uint32_t)root->child_count)] : root;
    const bool is_countable = root->kind != NODE_PHRASE && root->kind != NODE_NEAR;
    const struct question question = random_question(trial);
    note_reading(trial, root, filter);
    execute(trial, "BEGIN");
    for (size_t i = 0; i < trial->contestant_count; i++) {
        ask(trial, &trial->contestants[i], root, filter, is_countable ? part : root, &question, &outcomes[i]);
        if (i == 0)
            continue;
        same_page(trial, &outcomes[0].answer, &outcomes[i].answer, !question.is_uncounted);
        same_facets(trial, &outcomes[0].answer, &outcomes[i].answer);
        same_weights(trial, outcomes[0].plan, outcomes[i].plan, root);
        if (outcomes[0].counted != outcomes[i].counted || outcomes[0].of_part != outcomes[i].of_part)
            stop(trial, "different counts");
    }
    execute(trial, "COMMIT");
    trial->asked++;
    arena_reset(&trial->arena);
}

int main(int argc, char **argv)
{
    static struct trial trial;
    const uint64_t queries = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000;
    const char *library = argc > 3 ? argv[3] : NULL;
    randomness = (argc > 2 ? strtoull(argv[2], NULL, 10) : 1) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    trial.papers = malloc(PAPERS_MAX * sizeof *trial.papers);
    if (queries == 0 || trial.papers == NULL)
        return 2;
    while (trial.asked < queries) {
        if (library == NULL)
            start_random(&trial);
        else
            start_real(&trial, library);
        for (int i = 0; i < 200 && trial.asked < queries; i++) {
            if (draw(8) == 0)
                happen(&trial);
            compare_once(&trial);
        }
        end(&trial);
    }
    arena_free(&trial.words_arena);
    arena_free(&trial.arena);
    free(trial.papers);
    (void)printf("%" PRIu64 " questions, the same answers; %" PRIu64 " seals in between\n", trial.asked, trial.sealed);
    return 0;
}
