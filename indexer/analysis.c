#include "indexer/analysis.h"

#include "indexer/schema.h"

#include <stdlib.h>

/* A token in half the room: texts are below 4 GB, tokens below 64 KB. */
struct kept_token {
    uint32_t text, start, bytes, position;
    uint16_t text_bytes;
    uint8_t kind;
    bool is_protected, stop_word;
};

static bool make_room(struct analysis *analysis, size_t count)
{
    if (count <= analysis->capacity)
        return true;
    size_t capacity = analysis->capacity == 0 ? 1024 : analysis->capacity;
    while (capacity < count)
        capacity *= 2;
    struct kept_token *grown = realloc(analysis->tokens, capacity * sizeof *grown);
    if (grown == NULL)
        return false;
    analysis->tokens = grown;
    analysis->capacity = capacity;
    return true;
}

static bool keep(struct analysis *analysis, const struct token *token)
{
    if (!make_room(analysis, analysis->count + 1))
        return false;
    analysis->tokens[analysis->count++] = (struct kept_token){.text = (uint32_t)analysis->bytes.len,
                                                              .start = (uint32_t)token->start,
                                                              .bytes = (uint32_t)token->bytes,
                                                              .position = token->position,
                                                              .text_bytes = (uint16_t)token->text.len,
                                                              .kind = (uint8_t)token->kind,
                                                              .is_protected = token->is_protected,
                                                              .stop_word = token->stop_word};
    buffer_add(&analysis->bytes, token->text);
    return !analysis->bytes.failed && analysis->bytes.len <= UINT32_MAX;
}

static bool keep_field(struct analysis *analysis, struct analyzer *analyzer, struct span text)
{
    struct token token;
    bool kept = text.len <= UINT32_MAX;
    analyzer_start(analyzer, text);
    while (kept && analyzer_next(analyzer, &token))
        kept = keep(analysis, &token);
    return kept && !analyzer_failed(analyzer);
}

bool analysis_make(struct analysis *analysis, struct analyzer *analyzer, const struct span texts[FIELD_COUNT])
{
    bool kept = true;
    analysis->count = 0;
    buffer_clear(&analysis->bytes);
    for (size_t field = 0; field < FIELD_COUNT && kept; field++) {
        analysis->texts[field] = texts[field];
        kept = keep_field(analysis, analyzer, texts[field]);
        analysis->ends[field] = analysis->count;
    }
    if (!kept)
        analysis_free(analysis);
    return kept;
}

bool analysis_copy(struct analysis *to, const struct analysis *from)
{
    to->count = 0;
    buffer_clear(&to->bytes);
    buffer_add(&to->bytes, buffer_text(&from->bytes));
    if (to->bytes.failed || !make_room(to, from->count))
        return false;
    if (from->count > 0)
        memcpy(to->tokens, from->tokens, from->count * sizeof *to->tokens);
    to->count = from->count;
    memcpy(to->ends, from->ends, sizeof to->ends);
    return true;
}

void analysis_free(struct analysis *analysis)
{
    free(analysis->tokens);
    buffer_free(&analysis->bytes);
    *analysis = (struct analysis){.tokens = NULL};
}

enum field analysis_field(const struct analysis *analysis, struct span text)
{
    size_t field = 0;
    while (field < FIELD_COUNT && !span_equal(analysis->texts[field], text))
        field++;
    return (enum field)field;
}

size_t analysis_begin(const struct analysis *analysis, enum field field)
{
    return field == 0 ? 0 : analysis->ends[field - 1];
}

bool analysis_next(const struct analysis *analysis, enum field field, size_t *at, struct token *token)
{
    if (*at >= analysis->ends[field])
        return false;
    const struct kept_token *kept = &analysis->tokens[(*at)++];
    *token = (struct token){.text = {analysis->bytes.at + kept->text, kept->text_bytes},
                            .kind = (enum token_kind)kept->kind,
                            .position = kept->position,
                            .start = kept->start,
                            .bytes = kept->bytes,
                            .is_protected = kept->is_protected,
                            .stop_word = kept->stop_word};
    return true;
}

size_t analysis_bytes(const struct analysis *analysis)
{
    return analysis->count * sizeof *analysis->tokens + analysis->bytes.len;
}

static int64_t count_words(const struct analysis *analysis, enum field field)
{
    struct token token;
    int64_t words = 0;
    uint32_t position = UINT32_MAX;
    for (size_t at = analysis_begin(analysis, field); analysis_next(analysis, field, &at, &token);) {
        if (token.kind == TOKEN_BREAK || token.position == position)
            continue;
        position = token.position;
        words++;
    }
    return words;
}

struct paper_size analysis_size(const struct analysis *analysis)
{
    struct paper_size size = {0, 0};
    for (enum field field = 0; field < FIELD_COUNT; field++) {
        const int64_t words = count_words(analysis, field);
        size.words += words;
        size.length += field == FIELD_TITLE ? words * TITLE_WEIGHT : words;
    }
    return size;
}
