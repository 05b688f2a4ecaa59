#include "query/loose_words.h"

#include "base/error.h"
#include "base/hash.h"
#include "indexer/analyzer.h"
#include "query/word_papers.h"

enum { SLOTS_AT_FIRST = 1024, POSITION_TOKENS_MAX = 8 };

struct loose_reader {
    struct arena *arena;
    struct analyzer *analyzer;
    struct loose_words *words;
    uint32_t place;
    struct { /* the tokens of one position */
        char text[WORD_KEY_BYTES_MAX + 1];
        size_t bytes;
    } tokens[POSITION_TOKENS_MAX];
    size_t token_count;
};

/* ---- the table ------------------------------------------------------------------------------------------- */

static uint32_t *slot_of(const struct loose_words *words, struct span key)
{
    size_t slot = hash_add(HASH_START, key) & (words->slot_count - 1);
    while (words->slots[slot] != 0 && !span_equal(words->at[words->slots[slot] - 1].key, key))
        slot = (slot + 1) & (words->slot_count - 1);
    return &words->slots[slot];
}

const struct loose_word *loose_words_find(const struct loose_words *words, struct span key)
{
    if (words->count == 0)
        return NULL;
    const uint32_t slot = *slot_of(words, key);
    return slot == 0 ? NULL : &words->at[slot - 1];
}

static bool make_room(struct loose_words *words, struct arena *arena)
{
    if (words->count * 2 < words->slot_count)
        return true;
    const size_t slot_count = words->slot_count == 0 ? SLOTS_AT_FIRST : words->slot_count * 2;
    uint32_t *slots = arena_array(arena, slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    words->slots = slots;
    words->slot_count = slot_count;
    for (size_t i = 0; i < words->count; i++)
        *slot_of(words, words->at[i].key) = (uint32_t)(i + 1);
    return true;
}

static struct loose_word *find_or_add(struct loose_words *words, struct span key, struct arena *arena)
{
    if (!make_room(words, arena))
        return NULL;
    uint32_t *slot = slot_of(words, key);
    if (*slot != 0)
        return &words->at[*slot - 1];
    struct loose_word *at = arena_grow(arena, words->at, words->count, &words->capacity, sizeof *at);
    const char *text = arena_string(arena, key);
    if (at == NULL || text == NULL)
        return NULL;
    words->at = at;
    at[words->count] = (struct loose_word){.key = {text, key.len}};
    *slot = (uint32_t)words->count + 1;
    return &at[words->count++];
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

static bool read_paper(struct loose_reader *reader, sqlite3_stmt *row)
{
    bool has_memory = true;
    for (int i = 1; i < sqlite3_column_count(row) && has_memory; i++)
        has_memory = read_text(reader, store_text(row, i));
    return has_memory;
}

/* Reads the papers of the places from `first` up to `behind`. */
static pinakes_status read_run(struct loose_reader *reader, struct store *store, const struct roster *roster,
                               size_t first, size_t behind, pinakes_error *error)
{
    static const char sql[] =
        "SELECT id, title, tag, abstract, note, qa FROM papers WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
    sqlite3_stmt *rows = store_statement(store, sql, error);
    if (rows == NULL)
        return error->status;
    (void)sqlite3_bind_int64(rows, 1, roster->papers[first]);
    (void)sqlite3_bind_int64(rows, 2, roster->papers[behind - 1]);
    int code;
    bool has_memory = true;
    while (has_memory && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        reader->place = roster_place(roster, sqlite3_column_int64(rows, 0));
        has_memory = reader->place == NO_PLACE || read_paper(reader, rows);
    }
    (void)sqlite3_reset(rows);
    if (!has_memory)
        return error_no_memory(error);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "reading the words", error);
}

pinakes_status loose_words_read(struct store *store, const struct roster *roster, const bool *is_held,
                                struct arena *arena, struct loose_words *out, pinakes_error *error)
{
    *out = (struct loose_words){0};
    struct loose_reader reader = {.arena = arena, .analyzer = store_analyzer(store), .words = out};
    pinakes_status status = PINAKES_OK;
    for (size_t first = 0, behind; first < roster->count && status == PINAKES_OK; first = behind + 1) {
        for (behind = first; behind < roster->count && !is_held[behind]; behind++) {
        }
        if (behind > first)
            status = read_run(&reader, store, roster, first, behind, error);
    }
    return status;
}
