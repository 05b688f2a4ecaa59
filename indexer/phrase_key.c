#include "indexer/phrase_key.h"

size_t phrase_key_add(struct analyzer *analyzer, struct span text, struct buffer *key)
{
    struct token token;
    size_t words = 0;
    uint32_t position = UINT32_MAX;
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token)) {
        const bool is_word = token.kind == TOKEN_WORD || token.kind == TOKEN_BIGRAM;
        if (!is_word || token.stop_word || token.position == position)
            continue;
        position = token.position;
        if (key->len > 0)
            buffer_add_byte(key, ' ');
        buffer_add(key, analyzer_stem(analyzer, token.text));
        words++;
    }
    return words;
}
