#include "query/loose_words.h"

#include "base/error.h"
#include "indexer/analyzer.h"
#include "query/word_papers.h"

enum { POSITION_TOKENS_MAX = 8 };

struct loose_reader {
    struct arena *arena;
    struct analyzer *analyzer;
    struct loose_words *words;
    const struct roster *roster;
    uint32_t place; /* of the paper at hand */
    struct {        /* the tokens of one position */
        char text[WORD_KEY_BYTES_MAX + 1];
        size_t bytes;
    } tokens[POSITION_TOKENS_MAX];
    size_t token_count;
};

/* ---- the table ------------------------------------------------------------------------------------------- */

const struct loose_word *loose_words_find(const struct loose_words *words, struct span key)
{
    const size_t place = name_set_find(&words->keys, key);
    return place == SIZE_MAX ? NULL : &words->at[place];
}

static struct loose_word *find_or_add(struct loose_words *words, struct span key, struct arena *arena)
{
    struct loose_word *at = arena_grow(arena, words->at, words->keys.count, &words->capacity, sizeof *at);
    bool is_new;
    const size_t place = at == NULL ? SIZE_MAX : name_set_place(&words->keys, arena, key, &is_new);
    if (place == SIZE_MAX)
        return NULL;
    words->at = at;
    if (is_new) {
        const char *text = arena_string(arena, key);
        if (text == NULL)
            return NULL;
        words->keys.at[place].at = text;
    }
    return &at[place];
}

static bool add_key(struct loose_reader *reader, struct span key)
{
    if (!word_is_telling(key))
        return true;
    struct loose_word *word = find_or_add(reader->words, key, reader->arena);
    if (word == NULL || (word->count > 0 && word->places[word->count - 1] == reader->place))
        return word != NULL;
    uint32_t *places = arena_grow(reader->arena, word->places, word->count, &word->capacity, sizeof *places);
    if (places == NULL)
        return false;
    places[word->count++] = reader->place;
    word->places = places;
    return true;
}

/* ---- reading --------------------------------------------------------------------------------------------- */

static struct span token_at(const struct loose_reader *reader, size_t i)
{
    return (struct span){reader->tokens[i].text, reader->tokens[i].bytes};
}

static bool has_stem(const struct loose_reader *reader, struct span stem)
{
    for (size_t i = 0; i < reader->token_count; i++) {
        const struct span token = token_at(reader, i);
        if (token.at[0] == STEM_MARK && span_equal((struct span){token.at + 1, token.len - 1}, stem))
            return true;
    }
    return false;
}

/* The words of one position: its stems, and what stands there without its stem. */
static bool end_position(struct loose_reader *reader)
{
    bool has_memory = true;
    for (size_t i = 0; i < reader->token_count && has_memory; i++) {
        const struct span token = token_at(reader, i);
        if (token.at[0] == STEM_MARK)
            has_memory = add_key(reader, (struct span){token.at + 1, token.len - 1});
        else if (!has_stem(reader, analyzer_stem(reader->analyzer, token)))
            has_memory = add_key(reader, token);
    }
    reader->token_count = 0;
    return has_memory;
}

static void take_token(struct loose_reader *reader, struct span token)
{
    if (token.len == 0 || token.len > WORD_KEY_BYTES_MAX || reader->token_count == POSITION_TOKENS_MAX)
        return;
    memcpy(reader->tokens[reader->token_count].text, token.at, token.len);
    reader->tokens[reader->token_count++].bytes = token.len;
}

static bool read_text(struct loose_reader *reader, struct span text)
{
    struct token token;
    uint32_t position = 0;
    bool has_memory = true;
    analyzer_start(reader->analyzer, text);
    while (has_memory && analyzer_next(reader->analyzer, &token)) {
        if (token.position != position)
            has_memory = end_position(reader);
        position = token.position;
        take_token(reader, token.text);
    }
    return has_memory && end_position(reader) && !analyzer_failed(reader->analyzer);
}

static bool read_paper(void *context, sqlite3_stmt *row)
{
    struct loose_reader *reader = context;
    bool has_memory = true;
    reader->place = roster_place(reader->roster, sqlite3_column_int64(row, 0));
    for (int i = 1; i < sqlite3_column_count(row) && reader->place != NO_PLACE && has_memory; i++)
        has_memory = read_text(reader, store_text(row, i));
    return has_memory;
}

/* Reads the papers of the places from `first` up to `behind`. */
static pinakes_status read_run(struct loose_reader *reader, struct store *store, size_t first, size_t behind,
                               pinakes_error *error)
{
    static const char sql[] =
        "SELECT id, title, tag, abstract, note, qa FROM papers WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
    sqlite3_stmt *rows = store_statement(store, sql, error);
    if (rows == NULL)
        return error->status;
    (void)sqlite3_bind_int64(rows, 1, reader->roster->papers[first]);
    (void)sqlite3_bind_int64(rows, 2, reader->roster->papers[behind - 1]);
    return store_each(store, rows, "reading the words", read_paper, reader, error);
}

pinakes_status loose_words_read(struct store *store, const struct roster *roster, const bool *is_held,
                                struct arena *arena, struct loose_words *out, pinakes_error *error)
{
    *out = (struct loose_words){0};
    struct loose_reader reader = {.arena = arena, .analyzer = store_analyzer(store), .words = out, .roster = roster};
    pinakes_status status = PINAKES_OK;
    for (size_t first = 0, behind; first < roster->count && status == PINAKES_OK; first = behind + 1) {
        for (behind = first; behind < roster->count && !is_held[behind]; behind++) {
        }
        if (behind > first)
            status = read_run(&reader, store, first, behind, error);
    }
    return status;
}
