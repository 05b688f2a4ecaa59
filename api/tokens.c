#include "base/buffer.h"
#include "base/error.h"
#include "indexer/analyzer.h"
#include "pinakes.h"

typedef bool token_visitor(void *context, const pinakes_token *token);

/* Hands `token` on with a text that ends in a NUL, kept in `text`; false when memory runs out or `each` has enough. */
static bool visit(const struct token *token, struct buffer *text, token_visitor *each, void *context)
{
    buffer_clear(text);
    buffer_add(text, token->text);
    if (text->failed) {
        return false;
    }
    const pinakes_token shown = {
        .text = text->at,
        .kind = token_kind_name(token->kind),
        .position = token->position,
        .start = token->start,
        .bytes = token->bytes,
        .stop_word = token->stop_word,
    };
    return each(context, &shown);
}

pinakes_status pinakes_tokens(const char *text, size_t bytes, bool (*each)(void *context, const pinakes_token *token),
                              void *context, pinakes_error *error)
{
    struct analyzer *analyzer = NULL;
    struct buffer shown = {0};
    struct token token;
    pinakes_status status = analyzer_create(&analyzer, error);
    if (status != PINAKES_OK) {
        return status;
    }
    analyzer_start(analyzer, (struct span){text, bytes});
    while (analyzer_next(analyzer, &token) && visit(&token, &shown, each, context)) {
    }
    if (analyzer_failed(analyzer) || shown.failed) {
        status = error_no_memory(error);
    }
    buffer_free(&shown);
    analyzer_free(analyzer);
    return status;
}
