#include "query/read_words.h"

#include "indexer/character.h"

struct reader {
    struct arena *arena;
    struct read_words *words;
    bool failed; /* memory was short */
};

static struct span keep(struct reader *reader, struct span text)
{
    return arena_span(reader->arena, text, &reader->failed);
}

static struct span keep_hyphenated(struct reader *reader, struct span front, struct span back)
{
    const char *copy = arena_format(reader->arena, "%.*s-%.*s", SPAN_ARGS(front), SPAN_ARGS(back));
    reader->failed |= copy == NULL;
    return (struct span){copy, copy == NULL ? 0 : front.len + 1 + back.len};
}

static struct read_word *add_word(struct reader *reader)
{
    struct read_words *words = reader->words;
    struct read_word *grown = arena_grow(reader->arena, words->at, words->count, &words->capacity, sizeof *words->at);
    if (grown == NULL) {
        reader->failed = true;
        return NULL;
    }
    words->at = grown;
    return &words->at[words->count++];
}

static void begin_word(struct reader *reader, struct span text, const struct token *token)
{
    struct read_word *word = add_word(reader);
    if (word == NULL)
        return;
    *word = (struct read_word){
        .surface = {text.at + token->start, token->bytes},
        .text = keep(reader, token->text),
        .is_protected = token->is_protected,
        .is_stop_word = token->stop_word,
        .is_cjk = character_at(text, token->start).class == CHARACTER_CJK,
        .is_character = token->kind == TOKEN_WORD && character_at(text, token->start).class == CHARACTER_CJK,
    };
}

/* The parts of a name, as "Prefill-Only". */
static void add_part(struct reader *reader, struct read_word *word, struct span surface)
{
    word->parted = word->parted.len == 0 ? surface : keep_hyphenated(reader, word->parted, surface);
    word->part_bytes += surface.len;
}

/* Adds what stands beside the word at its position; `last` is the kind of the token before. */
static void add_colocated(struct reader *reader, struct read_word *word, struct span text, const struct token *token,
                          enum token_kind last)
{
    const struct span surface = {text.at + token->start, token->bytes};
    switch (token->kind) {
    case TOKEN_STEM:
        if (last == TOKEN_WORD && word->is_protected)
            word->stem = keep(reader, (struct span){token->text.at + 1, token->text.len - 1});
        break;
    case TOKEN_VARIANT:
        word->variant = keep(reader, token->text);
        break;
    case TOKEN_PART:
        if (!word->is_cjk)
            add_part(reader, word, surface);
        break;
    case TOKEN_JOINED:
        if (token->start + token->bytes > word->joined_end) {
            word->joined = keep(reader, token->text);
            word->joined_end = token->start + token->bytes;
        }
        break;
    case TOKEN_FAMILY: /* for papers: whoever asks for CXL3 does not ask for CXL */
    case TOKEN_WORD:
    case TOKEN_BIGRAM:
    case TOKEN_BREAK:
        break;
    }
}

bool words_read(struct arena *arena, struct analyzer *analyzer, struct span text, struct read_words *words)
{
    struct reader reader = {.arena = arena, .words = words};
    struct token token;
    enum token_kind last = TOKEN_BREAK;
    words->count = 0;
    analyzer_start(analyzer, text);
    while (!reader.failed && analyzer_next(analyzer, &token)) {
        if (token.kind == TOKEN_WORD || token.kind == TOKEN_BIGRAM)
            begin_word(&reader, text, &token);
        else if (words->count > 0)
            add_colocated(&reader, &words->at[words->count - 1], text, &token, last);
        last = token.kind;
    }
    return !reader.failed && !analyzer_failed(analyzer);
}
