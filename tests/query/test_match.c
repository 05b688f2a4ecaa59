#include "query/match.h"

#include "indexer/fts_tokenizer.h"
#include "indexer/schema.h"
#include "query/fts5_compile.h"
#include "tests/chance.h"
#include "tests/query/reading.h"

#include <stdio.h>

/* ---- papers ---------------------------------------------------------------------------------------------- */

static const struct span topics[] = {{"far-memory", 10}, {"Serverless", 10}};

static const struct document *paper(struct desk *desk, const struct span texts[FIELD_COUNT])
{
    const struct document *document = document_create(&desk->arena, desk->analyzer, texts, 2021, topics, 2);
    assert_non_null(document);
    return document;
}

/* A paper of 2021 with two topics. */
static const struct document *sample(struct desk *desk)
{
    const struct span texts[FIELD_COUNT] = {
        [FIELD_TITLE] = span_of("Oasis: pooling the KV-cache over CXL"),
        [FIELD_AUTHOR] = span_of("Yuhong Zhong\n\nAsaf Cidon"),
        [FIELD_NOTE] =
            span_of("Far memory is cheap. The TCO falls.\n\nµFork is another system, with LLMs running on it"),
    };
    return paper(desk, texts);
}

static bool finds(struct desk *desk, const char *query)
{
    return document_matches(sample(desk), parse(desk, query));
}

static void words_are_found_by_their_stem_quotations_as_written(void **state)
{
    struct desk *desk = *state;
    assert_true(finds(desk, "pool runs caches"));
    assert_true(finds(desk, "\"running\""));
    assert_false(finds(desk, "\"run\""));
    assert_false(finds(desk, "swap"));
}

static void identifiers_are_found_however_they_are_written(void **state)
{
    struct desk *desk = *state;
    static const char *const spellings[] = {"KV-cache", "kv cache", "kvcache", "\"kv cache\"", "ufork", "µFork", "LLM"};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (!finds(desk, spellings[i]))
            fail_msg("%s is not found", spellings[i]);
}

static void a_field_is_searched_alone(void **state)
{
    struct desk *desk = *state;
    assert_true(finds(desk, "title:cxl note:tco author:cidon"));
    assert_false(finds(desk, "note:cxl"));
    assert_false(finds(desk, "abstract:cxl"));
    assert_false(finds(desk, "title:\"far memory\""));
}

static void years_and_topics_select(void **state)
{
    struct desk *desk = *state;
    assert_true(finds(desk, "year:2021 year:2020.. year:..2021 topic:far-memory topic:serverless"));
    assert_false(finds(desk, "year:2022.."));
    assert_false(finds(desk, "topic:verification"));
    assert_true(finds(desk, "2021"));
    const struct span texts[FIELD_COUNT] = {{"", 0}};
    const struct document *undated = document_create(&desk->arena, desk->analyzer, texts, 0, NULL, 0);
    assert_false(document_matches(undated, parse(desk, "year:..2030")));
}

static void exclusions_and_alternatives_combine(void **state)
{
    struct desk *desk = *state;
    assert_true(finds(desk, "cxl -swap"));
    assert_false(finds(desk, "cxl -tco"));
    assert_true(finds(desk, "swap OR tco"));
    assert_true(finds(desk, "-swap"));
    assert_true(finds(desk, ""));
    assert_false(finds(desk, "???"));
}

static void a_phrase_never_crosses_a_passage(void **state)
{
    struct desk *desk = *state;
    assert_true(finds(desk, "\"the tco falls\""));
    assert_false(finds(desk, "\"falls ufork\""));
    assert_false(finds(desk, "\"zhong asaf\""));
    assert_true(finds(desk, "\"far mem*\""));
}

static void a_prefix_finds_words_but_no_stems(void **state)
{
    struct desk *desk = *state;
    const struct span texts[FIELD_COUNT] = {[FIELD_NOTE] = span_of("cheapness")};
    assert_true(document_matches(paper(desk, texts), parse(desk, "cheap*")));
    struct span tilde = {"~", 1};
    const struct node stem = {.kind = NODE_PREFIX, .tokens = &tilde, .token_count = 1};
    assert_false(document_matches(paper(desk, texts), &stem));
}

static void near_counts_the_words_between(void **state)
{
    struct desk *desk = *state;
    const struct span texts[FIELD_COUNT] = {[FIELD_NOTE] = span_of("alpha w w w beta gamma w w alpha")};
    const struct document *document = paper(desk, texts);
    assert_true(document_matches(document, parse(desk, "alpha NEAR/3 beta")));
    assert_true(document_matches(document, parse(desk, "beta NEAR/3 alpha")));
    assert_false(document_matches(document, parse(desk, "alpha NEAR/2 beta")));
    assert_true(document_matches(document, parse(desk, "\"beta gamma\" NEAR/2 alpha")));
    assert_false(document_matches(document, parse(desk, "\"beta gamma\" NEAR/1 alpha")));
    assert_true(document_matches(document, parse(desk, "NEAR(alpha beta gamma, 4)")));
    assert_false(document_matches(document, parse(desk, "NEAR(alpha beta gamma, 2)")));
}

static void near_stays_within_a_field(void **state)
{
    struct desk *desk = *state;
    const struct span texts[FIELD_COUNT] = {[FIELD_TITLE] = span_of("alpha"), [FIELD_AUTHOR] = span_of("beta")};
    assert_false(document_matches(paper(desk, texts), parse(desk, "alpha NEAR/1000000 beta")));
}

/* ---- counting -------------------------------------------------------------------------------------------- */

static void length_and_frequency_count_title_words_more_and_breaks_never(void **state)
{
    struct desk *desk = *state;
    const struct span texts[FIELD_COUNT] = {
        [FIELD_TITLE] = span_of("Far caching"), [FIELD_NOTE] = span_of("A cache caches.\n\nCached")};
    const struct document *document = paper(desk, texts);
    assert_int_equal(document_length(document), 2 * TITLE_WEIGHT + 4);
    assert_int_equal(document_frequency(document, parse(desk, "cache")), TITLE_WEIGHT + 3);
    assert_int_equal(document_frequency(document, parse(desk, "\"cache\"")), 1);
    assert_int_equal(document_frequency(document, parse(desk, "cach*")), TITLE_WEIGHT + 3);
    assert_int_equal(document_frequency(document, parse(desk, "title:cache")), TITLE_WEIGHT + 3);
    assert_int_equal(document_frequency(document, parse(desk, "swap")), 0);
}

/* The occurrences of a query of one leaf, as "title:0 note:12". */
static const char *occurrence_text(struct desk *desk, const struct document *document, const char *query)
{
    struct occurrence *at = NULL;
    struct buffer buffer = {0};
    const size_t count = document_occurrences(document, parse(desk, query), &desk->arena, &at);
    assert_int_not_equal(count, SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        buffer_format(&buffer, "%s%s:%zu+%zu", i > 0 ? " " : "", field_name(at[i].field), at[i].start, at[i].bytes);
    const char *text = arena_string(&desk->arena, (struct span){buffer.at, buffer.len});
    buffer_free(&buffer);
    return text;
}

static void occurrences_are_the_bytes_of_each_word(void **state)
{
    struct desk *desk = *state;
    const struct document *document = sample(desk);
    assert_string_equal(occurrence_text(desk, document, "\"far memory\""), "note:0+3 note:4+6");
    assert_string_equal(occurrence_text(desk, document, "\"kvcache\""), "title:19+8");
    assert_string_equal(occurrence_text(desk, document, "title:cxl"), "title:33+3");
    assert_string_equal(occurrence_text(desk, document, "note:cxl"), "");
    assert_string_equal(occurrence_text(desk, document, "far NEAR/5 tco"), "note:0+3 note:25+3");
    assert_string_equal(occurrence_text(desk, document, "kv*"), "title:19+8");
}

static void words_outside_the_window_of_near_do_not_occur(void **state)
{
    struct desk *desk = *state;
    const struct span texts[FIELD_COUNT] = {[FIELD_NOTE] = span_of("alpha w w w w alpha beta w w w w beta")};
    assert_string_equal(occurrence_text(desk, paper(desk, texts), "alpha NEAR/1 beta"), "note:14+5 note:20+4");
}

static void overlapping_phrases_name_each_word_once(void **state)
{
    struct desk *desk = *state;
    const struct span texts[FIELD_COUNT] = {[FIELD_NOTE] = span_of("go go go")};
    assert_string_equal(occurrence_text(desk, paper(desk, texts), "\"go go\""), "note:0+2 note:3+2 note:6+2");
}

/* ---- against brute force --------------------------------------------------------------------------------- */

enum { PLAIN_TOKENS_MAX = 400, RANDOM_FIELDS = 2 };

/* A paper as nothing but a list of its tokens. */
struct plain {
    struct {
        enum field field;
        uint32_t position;
        struct span text;
    } tokens[PLAIN_TOKENS_MAX];
    size_t count;
};

static void read_plain(struct desk *desk, const struct span texts[FIELD_COUNT], struct plain *plain)
{
    plain->count = 0;
    for (unsigned field = 0; field < FIELD_COUNT; field++) {
        struct token token;
        analyzer_start(desk->analyzer, texts[field]);
        while (analyzer_next(desk->analyzer, &token)) {
            if (token.kind == TOKEN_BREAK)
                continue;
            assert_true(plain->count < PLAIN_TOKENS_MAX);
            plain->tokens[plain->count].field = (enum field)field;
            plain->tokens[plain->count].position = token.position;
            plain->tokens[plain->count].text = (struct span){arena_string(&desk->arena, token.text), token.text.len};
            plain->count++;
        }
    }
}

static bool word_at(const struct plain *plain, const struct node *word, enum field field, uint32_t position)
{
    for (size_t i = 0; i < plain->count; i++) {
        const struct span text = plain->tokens[i].text;
        if (plain->tokens[i].field != field || plain->tokens[i].position != position)
            continue;
        for (size_t k = 0; k < word->token_count; k++)
            if (word->kind == NODE_PREFIX ? text.at[0] != STEM_MARK && text.len >= word->tokens[k].len &&
                                                memcmp(text.at, word->tokens[k].at, word->tokens[k].len) == 0
                                          : span_equal(text, word->tokens[k]))
                return true;
    }
    return false;
}

static uint32_t words_of(const struct node *node)
{
    return node->kind == NODE_PHRASE ? (uint32_t)node->child_count : 1;
}

static bool starts_at(const struct plain *plain, const struct node *node, enum field field, uint32_t position)
{
    if (node->kind != NODE_PHRASE)
        return word_at(plain, node, field, position);
    for (uint32_t i = 0; i < node->child_count; i++)
        if (!word_at(plain, node->children[i], field, position + i))
            return false;
    return true;
}

enum { POSITIONS_MAX = 40 };

/* Whether operands from `from` on have starts that, with [first end, last start] of those before, form a window. */
static bool near_from(const struct plain *plain, const struct node *near, enum field field, size_t from,
                      uint32_t first_end, uint32_t last_start)
{
    if (from == near->child_count)
        return last_start <= first_end + near->distance;
    for (uint32_t at = 0; at < POSITIONS_MAX; at++) {
        const uint32_t end = at + words_of(near->children[from]);
        if (starts_at(plain, near->children[from], field, at) &&
            near_from(plain, near, field, from + 1, end < first_end ? end : first_end,
                      at > last_start ? at : last_start))
            return true;
    }
    return false;
}

static bool leaf_in(const struct plain *plain, const struct node *leaf, enum field field)
{
    if (leaf->fields != 0 && (leaf->fields & (1u << field)) == 0)
        return false;
    if (leaf->kind == NODE_NEAR)
        return near_from(plain, leaf, field, 0, UINT32_MAX / 2, 0);
    for (uint32_t at = 0; at < POSITIONS_MAX; at++)
        if (starts_at(plain, leaf, field, at))
            return true;
    return false;
}

static bool plain_matches(const struct plain *plain, const struct node *node)
{
    bool any = node->kind == NODE_EVERYTHING, all = true;
    for (size_t i = 0; i < node->child_count && node->kind < NODE_TERM; i++) {
        const bool matches = plain_matches(plain, node->children[i]);
        any = any || matches;
        all = all && matches;
    }
    if (node->kind == NODE_AND)
        return all;
    if (node->kind == NODE_NOT)
        return !any;
    for (unsigned field = 0; field < FIELD_COUNT && node->kind >= NODE_TERM && node->kind <= NODE_NEAR; field++)
        any = any || leaf_in(plain, node, (enum field)field);
    return any;
}

static const char *const few_words[] = {"kv", "cache", "kv-cache", "far", "farther", "LLMs", "kvcache"};

static void write_words(struct buffer *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, few_words[draw(sizeof few_words / sizeof *few_words)]);
        buffer_add_text(out, draw(12) == 0 ? "\n\n" : " ");
    }
}

static void write_leaf(struct buffer *out)
{
    static const char *const prefixes[] = {"ca*", "k*", "fa*", "l*"};
    switch (draw(4)) {
    case 0:
        buffer_add_byte(out, '"');
        write_words(out, 1 + draw(3));
        buffer_add_text(out, "\" ");
        break;
    case 1:
        buffer_add_text(out, prefixes[draw(4)]);
        buffer_add_byte(out, ' ');
        break;
    default:
        write_words(out, 1);
    }
}

static void write_near(struct buffer *out)
{
    buffer_add_text(out, draw(4) == 0 ? "title:NEAR(" : "NEAR(");
    for (size_t i = 0, count = 2 + draw(2); i < count; i++)
        write_leaf(out);
    buffer_format(out, ", %u) ", (unsigned)(draw(5)));
}

static void write_query(struct buffer *out)
{
    static const char *const between[] = {"", "OR ", "-", "AND NOT ", "title:", "note:"};
    for (size_t i = 0, count = 1 + draw(3); i < count; i++) {
        buffer_add_text(out, i > 0 ? between[draw(6)] : "");
        if (draw(3) == 0)
            write_near(out);
        else
            write_leaf(out);
    }
}

static const char *keep_text(struct desk *desk, struct buffer *buffer)
{
    const char *text = arena_string(&desk->arena, (struct span){buffer->at, buffer->len});
    buffer_free(buffer);
    assert_non_null(text);
    return text;
}

static void random_texts(struct desk *desk, struct span texts[FIELD_COUNT])
{
    static const enum field fields[RANDOM_FIELDS] = {FIELD_TITLE, FIELD_NOTE};
    memset(texts, 0, FIELD_COUNT * sizeof *texts);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        texts[i] = span_of("");
    for (size_t i = 0; i < RANDOM_FIELDS; i++) {
        struct buffer text = {0};
        write_words(&text, 1 + draw(12));
        texts[fields[i]] = span_of(keep_text(desk, &text));
    }
}

static void matching_agrees_with_brute_force(void **state)
{
    struct desk *desk = *state;
    struct plain *plain = malloc(sizeof *plain);
    assert_non_null(plain);
    size_t matched = 0;
    for (int i = 0; i < 8000; i++) {
        struct span texts[FIELD_COUNT];
        struct buffer query = {0};
        random_texts(desk, texts);
        write_query(&query);
        const char *text = keep_text(desk, &query);
        const struct node *node = parse(desk, text);
        read_plain(desk, texts, plain);
        const bool expected = plain_matches(plain, node);
        if (document_matches(paper(desk, texts), node) != expected)
            fail_msg("'%s' should %smatch '%s' / '%s'", text, expected ? "" : "not ", texts[FIELD_TITLE].at,
                     texts[FIELD_NOTE].at);
        matched += expected ? 1 : 0;
        arena_reset(&desk->arena);
    }
    assert_in_range(matched, 2000, 6000);
    free(plain);
}

/* ---- against FTS5 ---------------------------------------------------------------------------------------- */

static sqlite3 *open_fts5(void)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(fts_tokenizer_register(db, NULL, NULL), PINAKES_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE VIRTUAL TABLE papers USING fts5(title, author, venue, tag, abstract, note, "
                                  "qa, tokenize='pinakes')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    return db;
}

static void insert_paper(sqlite3 *db, const struct span texts[FIELD_COUNT])
{
    sqlite3_stmt *insert = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO papers VALUES(?,?,?,?,?,?,?)", -1, &insert, NULL), SQLITE_OK);
    for (int i = 0; i < FIELD_COUNT; i++)
        sqlite3_bind_text(insert, i + 1, texts[i].at, (int)texts[i].len, SQLITE_TRANSIENT);
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
}

/* Whether FTS5 finds paper `rowid`. */
static bool fts5_finds(sqlite3 *db, const char *match, int64_t rowid)
{
    sqlite3_stmt *select = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT 1 FROM papers WHERE papers MATCH ?1 AND rowid = ?2", -1, &select, NULL),
        SQLITE_OK);
    sqlite3_bind_text(select, 1, match, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(select, 2, rowid);
    const int code = sqlite3_step(select);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        fail_msg("%s: %s", match, sqlite3_errmsg(db));
    sqlite3_finalize(select);
    return code == SQLITE_ROW;
}

/* The first phrase or NEAR of a tree, or NULL. */
static const struct node *first_leaf(const struct node *node)
{
    if (node->kind == NODE_PHRASE || node->kind == NODE_NEAR)
        return node;
    for (size_t i = 0; i < node->child_count; i++) {
        const struct node *leaf = first_leaf(node->children[i]);
        if (leaf != NULL)
            return leaf;
    }
    return NULL;
}

static const char *random_leaf(struct desk *desk, const struct node **leaf)
{
    struct buffer match = {0};
    do {
        struct buffer query = {0};
        write_query(&query);
        *leaf = first_leaf(parse(desk, keep_text(desk, &query)));
    } while (*leaf == NULL || ((*leaf)->kind == NODE_PHRASE && (*leaf)->fields != 0));
    if ((*leaf)->kind == NODE_NEAR)
        fts5_compile_near(*leaf, &match);
    else
        fts5_compile_phrase(*leaf, &match);
    return keep_text(desk, &match);
}

static void phrases_and_near_agree_with_fts5(void **state)
{
    enum { PAPERS = 60, QUERIES = 400 };
    struct desk *desk = *state;
    struct arena kept = {0};
    const struct document *documents[PAPERS];
    struct span texts[PAPERS][FIELD_COUNT];
    sqlite3 *db = open_fts5();
    size_t matched = 0;
    for (size_t i = 0; i < PAPERS; i++) {
        random_texts(desk, texts[i]);
        for (size_t field = 0; field < FIELD_COUNT; field++)
            texts[i][field].at = arena_string(&kept, texts[i][field]);
        insert_paper(db, texts[i]);
        documents[i] = document_create(&kept, desk->analyzer, texts[i], 0, NULL, 0);
    }
    for (int i = 0; i < QUERIES; i++) {
        const struct node *leaf;
        const char *match = random_leaf(desk, &leaf);
        for (size_t k = 0; k < PAPERS; k++) {
            const bool expected = fts5_finds(db, match, (int64_t)k + 1);
            if (document_matches(documents[k], leaf) != expected)
                fail_msg("%s should %smatch '%s' / '%s'", print(desk, leaf), expected ? "" : "not ",
                         texts[k][FIELD_TITLE].at, texts[k][FIELD_NOTE].at);
            matched += expected ? 1 : 0;
        }
        arena_reset(&desk->arena);
    }
    assert_in_range(matched, QUERIES, QUERIES * PAPERS / 2);
    sqlite3_close(db);
    arena_free(&kept);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, reading_setup, reading_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_are_found_by_their_stem_quotations_as_written),
        TEST(identifiers_are_found_however_they_are_written),
        TEST(a_field_is_searched_alone),
        TEST(years_and_topics_select),
        TEST(exclusions_and_alternatives_combine),
        TEST(a_phrase_never_crosses_a_passage),
        TEST(a_prefix_finds_words_but_no_stems),
        TEST(near_counts_the_words_between),
        TEST(near_stays_within_a_field),
        TEST(length_and_frequency_count_title_words_more_and_breaks_never),
        TEST(occurrences_are_the_bytes_of_each_word),
        TEST(words_outside_the_window_of_near_do_not_occur),
        TEST(overlapping_phrases_name_each_word_once),
        TEST(matching_agrees_with_brute_force),
        TEST(phrases_and_near_agree_with_fts5),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
