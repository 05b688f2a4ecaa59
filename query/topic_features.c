#include "query/topic_features.h"

#include "base/error.h"
#include "base/hash.h"
#include "query/word_papers.h"

#include <stdlib.h>

enum { READ_WHOLE_MOST = 5000 }; /* papers; of more the titles and tags tell enough */

/* One feature in one paper. Features are told apart by their hashes: of a million, two are alike with a chance of one
 * in forty million. */
struct occurrence {
    uint64_t hash;
    uint32_t paper;
    bool in_title, is_pair;
    struct span text;
};

struct reading {
    struct store *store;
    struct arena *arena;
    struct occurrence *at;
    size_t count, capacity;
    int64_t *papers;
    size_t paper_count, paper_capacity;
    bool failed;
};

/* ---- reading ------------------------------------------------------------------------------------------------- */

struct word {
    struct span key; /* its stem */
    struct span text;
};

static struct span keep(struct reading *reading, struct span text)
{
    return arena_span(reading->arena, text, &reading->failed);
}

static struct span joined(struct reading *reading, struct span first, struct span second)
{
    const char *both = arena_format(reading->arena, "%.*s %.*s", SPAN_ARGS(first), SPAN_ARGS(second));
    reading->failed |= both == NULL;
    return both == NULL ? first : (struct span){both, first.len + 1 + second.len};
}

static void add(struct reading *reading, uint64_t hash, struct span text, bool in_title, bool is_pair)
{
    struct occurrence *grown =
        arena_grow(reading->arena, reading->at, reading->count, &reading->capacity, sizeof *grown);
    reading->failed |= grown == NULL;
    if (grown == NULL)
        return;
    reading->at = grown;
    grown[reading->count++] = (struct occurrence){hash, (uint32_t)reading->paper_count - 1, in_title, is_pair, text};
}

/* A name keeps its capitals. */
static struct word word_of(struct reading *reading, struct span text, const struct token *token)
{
    const struct span surface = {text.at + token->start, token->bytes};
    struct analyzer *analyzer = store_analyzer(reading->store);
    const struct span stem = token->is_protected ? token->text : analyzer_stem(analyzer, token->text);
    return (struct word){keep(reading, stem), keep(reading, token->is_protected ? surface : token->text)};
}

static void read_text(struct reading *reading, struct span text, bool in_title)
{
    struct analyzer *analyzer = store_analyzer(reading->store);
    struct word last = {{"", 0}, {"", 0}};
    uint32_t last_position = UINT32_MAX;
    struct token token;
    analyzer_start(analyzer, text);
    while (!reading->failed && analyzer_next(analyzer, &token)) {
        if (token.kind != TOKEN_WORD || token.position == last_position)
            continue;
        const bool is_next = last.key.len > 0 && token.position == last_position + 1;
        const struct word word = word_of(reading, text, &token);
        last_position = token.position;
        if (!word_is_telling(word.key)) {
            last.key.len = 0;
            continue;
        }
        add(reading, hash_add_piece(HASH_START, word.key), word.text, in_title, false);
        if (is_next)
            add(reading, hash_add_piece(hash_add_piece(HASH_START, last.key), word.key),
                joined(reading, last.text, word.text), in_title, true);
        last = word;
    }
    reading->failed |= analyzer_failed(analyzer);
}

static bool add_paper(struct reading *reading, int64_t id)
{
    int64_t *grown =
        arena_grow(reading->arena, reading->papers, reading->paper_count, &reading->paper_capacity, sizeof *grown);
    reading->failed |= grown == NULL;
    if (grown == NULL)
        return false;
    reading->papers = grown;
    grown[reading->paper_count++] = id;
    return true;
}

static bool read_row(void *context, sqlite3_stmt *row)
{
    struct reading *reading = context;
    if (!add_paper(reading, sqlite3_column_int64(row, 0)))
        return false;
    for (int column = 1; column < sqlite3_column_count(row); column++)
        read_text(reading, store_text(row, column), column == 1);
    return !reading->failed;
}

#define UNCOVERED " FROM papers WHERE NOT EXISTS (SELECT 1 FROM paper_topics a WHERE a.paper = papers.id)"

static pinakes_status count_uncovered(struct store *store, int64_t *count, pinakes_error *error)
{
    sqlite3_stmt *row = store_statement(store, "SELECT count(*)" UNCOVERED, error);
    if (row == NULL)
        return error->status;
    const int code = sqlite3_step(row);
    *count = code == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    (void)sqlite3_reset(row);
    return code == SQLITE_ROW ? PINAKES_OK : store_error(store, code, "reading papers", error);
}

static pinakes_status read_papers(struct reading *reading, pinakes_error *error)
{
    static const char titles_sql[] = "SELECT id, title, tag" UNCOVERED " ORDER BY id";
    static const char texts_sql[] = "SELECT id, title, tag, abstract, note, qa" UNCOVERED " ORDER BY id";
    int64_t count;
    const pinakes_status status = count_uncovered(reading->store, &count, error);
    if (status != PINAKES_OK)
        return status;
    sqlite3_stmt *rows = store_statement(reading->store, count <= READ_WHOLE_MOST ? texts_sql : titles_sql, error);
    return rows == NULL ? error->status : store_each(reading->store, rows, "reading papers", read_row, reading, error);
}

/* ---- one feature after the other ------------------------------------------------------------------------------- */

static int by_feature(const void *a, const void *b)
{
    const struct occurrence *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->paper != y->paper)
        return x->paper < y->paper ? -1 : 1;
    return (x->in_title < y->in_title) - (x->in_title > y->in_title);
}

static size_t end_of_feature(const struct reading *reading, size_t first)
{
    size_t end = first + 1;
    while (end < reading->count && reading->at[end].hash == reading->at[first].hash)
        end++;
    return end;
}

/* The occurrences from `first` up to `end`, each paper once. False when memory is short. */
static bool gather(const struct reading *reading, size_t first, size_t end, struct topic_feature *out)
{
    uint32_t *papers = arena_array(reading->arena, end - first, sizeof *papers);
    bool *in_title = arena_array(reading->arena, end - first, sizeof *in_title);
    if (papers == NULL || in_title == NULL)
        return false;
    *out = (struct topic_feature){
        .text = reading->at[first].text, .is_pair = reading->at[first].is_pair, .papers = papers, .in_title = in_title};
    for (size_t i = first; i < end; i++) {
        if (out->count > 0 && papers[out->count - 1] == reading->at[i].paper)
            continue;
        papers[out->count] = reading->at[i].paper;
        in_title[out->count++] = reading->at[i].in_title;
        out->title_count += reading->at[i].in_title;
    }
    return true;
}

static bool list_features(const struct reading *reading, struct topic_features *out)
{
    size_t capacity = 0;
    for (size_t first = 0, end; first < reading->count; first = end) {
        end = end_of_feature(reading, first);
        if (reading->at[end - 1].paper == reading->at[first].paper)
            continue;
        struct topic_feature *grown = arena_grow(reading->arena, out->at, out->count, &capacity, sizeof *grown);
        if (grown == NULL || !gather(reading, first, end, &grown[out->count]))
            return false;
        out->at = grown;
        out->count++;
    }
    return true;
}

/* The words of each paper: a counting sort by paper. */
static bool list_words(struct arena *arena, struct topic_features *out)
{
    size_t *start = arena_array(arena, out->paper_count + 2, sizeof *start);
    if (start == NULL)
        return false;
    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->at[i].count && !out->at[i].is_pair; j++)
            start[out->at[i].papers[j] + 2]++;
    for (size_t i = 2; i < out->paper_count + 2; i++)
        start[i] += start[i - 1];
    uint32_t *words = arena_array(arena, start[out->paper_count + 1], sizeof *words);
    if (words == NULL)
        return false;
    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->at[i].count && !out->at[i].is_pair; j++)
            words[start[out->at[i].papers[j] + 1]++] = (uint32_t)i;
    out->words_of = words;
    out->word_start = start;
    return true;
}

pinakes_status topic_features_read(struct store *store, struct arena *arena, struct topic_features *out,
                                   pinakes_error *error)
{
    struct reading reading = {.store = store, .arena = arena};
    *out = (struct topic_features){.count = 0};
    const pinakes_status status = read_papers(&reading, error);
    if (status != PINAKES_OK)
        return status;
    if (reading.count > 0)
        qsort(reading.at, reading.count, sizeof *reading.at, by_feature);
    out->papers = reading.papers;
    out->paper_count = reading.paper_count;
    return list_features(&reading, out) && list_words(arena, out) ? PINAKES_OK : error_no_memory(error);
}
