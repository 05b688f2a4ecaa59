/* Any bytes are a text. Whatever they are, its tokens keep the promises of indexer/analyzer.h. */
#include "indexer/analyzer.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *promise, const struct token *token)
{
    if (!holds) {
        (void)fprintf(stderr, "\"%.*s\" (%s): %s\n", SPAN_ARGS(token->text), token_kind_name(token->kind), promise);
        abort();
    }
}

static bool is_utf8(struct span text)
{
    for (size_t at = 0; at < text.len;) {
        utf8proc_int32_t code;
        const utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, (utf8proc_ssize_t)(text.len - at), &code);
        if (bytes <= 0 || code < ' ') {
            return false;
        }
        at += (size_t)bytes;
    }
    return true;
}

static bool begins_position(enum token_kind kind)
{
    return kind == TOKEN_WORD || kind == TOKEN_BIGRAM || kind == TOKEN_BREAK;
}

static void check_place(const struct token *token, const struct token *before, size_t size)
{
    const uint32_t next = before == NULL ? 0 : before->position + 1;
    require(token->position == next || (before != NULL && token->position == before->position),
            "its position is neither the last nor the next", token);
    require((token->position == next) == begins_position(token->kind), "one word begins each position", token);
    require(token->bytes > 0 && token->start <= size && token->bytes <= size - token->start, "it lies outside the text",
            token);
    require(before == NULL || token->position == before->position || token->start >= before->start,
            "it begins before the word before it", token);
}

static void check_text(const struct token *token)
{
    require(token->text.len > 0 && token->text.len <= 257, "it is empty or too long", token);
    require(is_utf8(token->text), "it is not UTF-8 or holds a control character", token);
    require((token->text.at[0] == STEM_MARK) == (token->kind == TOKEN_STEM), "it is taken for a stem", token);
}

/* A word is its own analysis: what the index holds can be asked for. */
static void check_again(struct analyzer *analyzer, const struct token *word)
{
    struct token again;
    analyzer_start(analyzer, word->text);
    require(analyzer_next(analyzer, &again) && span_equal(again.text, word->text), "analysed again it is another word",
            word);
    while (analyzer_next(analyzer, &again)) {
        require(again.position == 0, "analysed again it falls apart", word);
    }
}

static uint64_t add_to_hash(uint64_t hash, const struct token *token)
{
    for (size_t i = 0; i < token->text.len; i++) {
        hash = (hash ^ (uint8_t)token->text.at[i]) * UINT64_C(0x100000001b3);
    }
    return (hash ^ token->start ^ (uint64_t)token->kind << 60) * UINT64_C(0x100000001b3);
}

static uint64_t check_all(struct analyzer *analyzer, struct analyzer *second, struct span text)
{
    struct token token, before;
    uint64_t hash = 0;
    bool is_first = true;
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token)) {
        check_place(&token, is_first ? NULL : &before, text.len);
        check_text(&token);
        if (token.kind == TOKEN_WORD) {
            check_again(second, &token);
        }
        hash = add_to_hash(hash, &token);
        before = token;
        is_first = false;
    }
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyzer *analyzer, *second;
    const struct span text = {(const char *)data, size};
    if (analyzer == NULL &&
        (analyzer_create(&analyzer, NULL) != PINAKES_OK || analyzer_create(&second, NULL) != PINAKES_OK)) {
        return 0;
    }
    const uint64_t once = check_all(analyzer, second, text);
    const uint64_t twice = check_all(analyzer, second, text);
    if (once != twice) {
        (void)fprintf(stderr, "the same text has other tokens the second time\n");
        abort();
    }
    return 0;
}
