#include "query/word_papers.h"

#include "base/error.h"
#include "indexer/analyzer.h"

#include <stdlib.h>

enum { KEY_BYTES_MAX = 64 };

/* The list of one index token, or of several that mean one word. */
struct word_list {
    struct span key;
    bool is_stem; /* it stood behind STEM_MARK */
    uint32_t *places;
    size_t count, capacity;
};

struct word_papers {
    struct word_list *at;
    size_t count, capacity;
};

/* ---- which tokens are words ------------------------------------------------------------------------------ */

static bool is_letter(char c)
{
    return !(c >= '0' && c <= '9') && strchr(".,+#-_/", c) == NULL;
}

/* Whether a token is a word in its own right, not one of the endings of a stem that stands in the index too. */
static bool is_key(struct analyzer *analyzer, struct span token)
{
    const bool is_stem = token.len > 0 && token.at[0] == STEM_MARK;
    const struct span key = {token.at + is_stem, token.len - is_stem};
    bool has_letter = false;
    for (size_t i = 0; i < key.len; i++)
        has_letter |= is_letter(key.at[i]);
    if (!has_letter || key.len < 2 || key.len > KEY_BYTES_MAX || is_stop_word(key))
        return false;
    return is_stem || span_equal(analyzer_stem(analyzer, key), key);
}

static bool is_telling_field(const char *name)
{
    static const enum field telling[] = {FIELD_TITLE, FIELD_TAG, FIELD_ABSTRACT, FIELD_NOTE, FIELD_QA};
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
        if (name != NULL && strcmp(name, field_name(telling[i])) == 0)
            return true;
    return false;
}

/* ---- reading the inverted index of library.db ------------------------------------------------------------ */

struct words_reader {
    struct analyzer *analyzer;
    const struct roster *roster;
    struct arena *arena;
    struct word_papers *words;
    struct span token; /* of the row before */
    bool is_key;
};

static bool begin_token(struct words_reader *reader, struct span token)
{
    struct word_papers *words = reader->words;
    const char *kept = arena_string(reader->arena, token);
    if (kept == NULL)
        return false;
    reader->token = (struct span){kept, token.len};
    reader->is_key = is_key(reader->analyzer, token);
    if (!reader->is_key)
        return true;
    struct word_list *at = arena_grow(reader->arena, words->at, words->count, &words->capacity, sizeof *at);
    if (at == NULL)
        return false;
    const bool is_stem = kept[0] == STEM_MARK;
    at[words->count++] = (struct word_list){.key = {kept + is_stem, token.len - is_stem}, .is_stem = is_stem};
    words->at = at;
    return true;
}

/* One occurrence; those in one paper follow each other. */
static bool take_row(struct words_reader *reader, sqlite3_stmt *row)
{
    const char *text = (const char *)sqlite3_column_text(row, 0);
    const struct span token = {text == NULL ? "" : text, (size_t)sqlite3_column_bytes(row, 0)};
    if ((reader->token.at == NULL || !span_equal(token, reader->token)) && !begin_token(reader, token))
        return false;
    if (!reader->is_key || !is_telling_field((const char *)sqlite3_column_text(row, 2)))
        return true;
    struct word_list *list = &reader->words->at[reader->words->count - 1];
    const uint32_t place = roster_place(reader->roster, sqlite3_column_int64(row, 1));
    if (place == NO_PLACE || (list->count > 0 && list->places[list->count - 1] == place))
        return true;
    uint32_t *places = arena_grow(reader->arena, list->places, list->count, &list->capacity, sizeof *places);
    if (places == NULL)
        return false;
    places[list->count++] = place;
    list->places = places;
    return true;
}

static pinakes_status make_table(struct store *store, pinakes_error *error)
{
    static const char sql[] =
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.papers_places USING fts5vocab('main', 'papers_fts', 'instance')";
    const int code = sqlite3_exec(store_db(store), sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? PINAKES_OK : store_error(store, code, "reading the words", error);
}

static pinakes_status read_index(struct words_reader *reader, struct store *store, pinakes_error *error)
{
    static const char sql[] = "SELECT term, doc, col FROM temp.papers_places";
    const pinakes_status status = make_table(store, error);
    sqlite3_stmt *rows = status == PINAKES_OK ? store_statement(store, sql, error) : NULL;
    if (rows == NULL)
        return error->status;
    int code;
    bool has_memory = true;
    while (has_memory && (code = sqlite3_step(rows)) == SQLITE_ROW)
        has_memory = take_row(reader, rows);
    (void)sqlite3_reset(rows);
    if (!has_memory)
        return error_no_memory(error);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "reading the words", error);
}

/* ---- a word that is its own stem, and the words stemmed to it, are one ----------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct word_list *x = a, *y = b;
    const size_t shorter = x->key.len < y->key.len ? x->key.len : y->key.len;
    const int order = memcmp(x->key.at, y->key.at, shorter);
    if (order != 0 || x->key.len != y->key.len)
        return order != 0 ? order : (x->key.len > y->key.len) - (x->key.len < y->key.len);
    return (int)x->is_stem - (int)y->is_stem;
}

static bool merge(struct arena *arena, struct word_list *into, const struct word_list *other)
{
    uint32_t *places = arena_array(arena, into->count + other->count, sizeof *places);
    size_t count = 0;
    if (places == NULL)
        return false;
    for (size_t i = 0, j = 0; i < into->count || j < other->count;) {
        const uint32_t x = i < into->count ? into->places[i] : NO_PLACE;
        const uint32_t y = j < other->count ? other->places[j] : NO_PLACE;
        places[count++] = x < y ? x : y;
        i += x <= y;
        j += y <= x;
    }
    into->places = places;
    into->count = count;
    return true;
}

static bool merge_all(struct word_papers *words, struct arena *arena)
{
    size_t kept = 0;
    if (words->count > 0)
        qsort(words->at, words->count, sizeof *words->at, by_key);
    for (size_t i = 0; i < words->count; i++) {
        if (kept == 0 || !span_equal(words->at[kept - 1].key, words->at[i].key))
            words->at[kept++] = words->at[i];
        else if (!merge(arena, &words->at[kept - 1], &words->at[i]))
            return false;
    }
    words->count = kept;
    return true;
}

pinakes_status word_papers_open(struct store *store, const struct roster *roster, struct arena *arena,
                                struct word_papers **out, pinakes_error *error)
{
    struct word_papers *words = arena_alloc(arena, sizeof *words);
    if (words == NULL)
        return error_no_memory(error);
    struct words_reader reader = {.analyzer = store_analyzer(store), .roster = roster, .arena = arena, .words = words};
    const pinakes_status status = read_index(&reader, store, error);
    if (status == PINAKES_OK && !merge_all(words, arena))
        return error_no_memory(error);
    *out = words;
    return status;
}

size_t word_papers_count(const struct word_papers *words)
{
    return words->count;
}

struct word_entry word_papers_at(const struct word_papers *words, size_t index, const struct word_room *room)
{
    const struct word_list *list = &words->at[index];
    (void)room;
    return (struct word_entry){list->key, list->places, list->count};
}
