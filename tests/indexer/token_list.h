/* The tokens of a text, written so that a test can say what it expects in one line. */
#ifndef TESTS_INDEXER_TOKEN_LIST_H
#define TESTS_INDEXER_TOKEN_LIST_H

#include "base/buffer.h"
#include "indexer/analyzer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* "kv =kvcache ~kvcach | cache ~cach": positions are separated by " | ". Before a token stands '+' for a CamelCase
 * part, '%' for a family, '=' for a joined form, '?' for a variant, '^' for a bigram; a stem brings its own '~'. */
static inline void token_list_write(struct analyzer *analyzer, struct span text, struct buffer *out)
{
    static const char *const marks[] = {
        [TOKEN_WORD] = "",    [TOKEN_STEM] = "",     [TOKEN_PART] = "+",   [TOKEN_FAMILY] = "%",
        [TOKEN_JOINED] = "=", [TOKEN_VARIANT] = "?", [TOKEN_BIGRAM] = "^", [TOKEN_BREAK] = "",
    };
    struct token token;
    uint32_t position = 0;
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token)) {
        buffer_add_text(out, token.position != position ? " | " : out->len > 0 ? " " : "");
        buffer_add_text(out, marks[token.kind]);
        buffer_add(out, token.text);
        position = token.position;
    }
    assert_false(analyzer_failed(analyzer));
}

#define assert_tokens(text, expected) assert_tokens_at(text, sizeof(text) - 1, expected, __FILE__, __LINE__)

static inline void assert_tokens_at(const char *text, size_t bytes, const char *expected, const char *file, int line)
{
    struct analyzer *analyzer = NULL;
    struct buffer found = {0};
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    token_list_write(analyzer, (struct span){text, bytes}, &found);
    analyzer_free(analyzer);
    _assert_string_equal(found.at == NULL ? "" : found.at, expected, file, line);
    buffer_free(&found);
}

#endif
