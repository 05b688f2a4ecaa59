/* Queries and papers in the fewest words a test can say them in. */
#ifndef TESTS_QUERY_READING_H
#define TESTS_QUERY_READING_H

#include "query/parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* What every test here needs; made by reading_setup() and freed by reading_teardown(). */
struct desk {
    struct arena arena;
    struct analyzer *analyzer;
    bool any_word;
    const char *const *known; /* the vocabulary, ending in NULL; NULL for a parser without one */
    size_t questions;         /* it was asked */
};

static inline int reading_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL || analyzer_create(&desk->analyzer, NULL) != PINAKES_OK)
        return -1;
    *state = desk;
    return 0;
}

static inline int reading_teardown(void **state)
{
    struct desk *desk = *state;
    analyzer_free(desk->analyzer);
    arena_free(&desk->arena);
    free(desk);
    return 0;
}

static inline bool reading_knows(void *context, struct span token)
{
    struct desk *desk = context;
    desk->questions++;
    for (size_t i = 0; desk->known[i] != NULL; i++)
        if (span_is(token, desk->known[i]))
            return true;
    return false;
}

static inline struct parsed_query parse_bytes(struct desk *desk, struct span text)
{
    const struct vocabulary vocabulary = {.context = desk, .has = reading_knows};
    const struct parse_options options = {.any_word = desk->any_word,
                                          .vocabulary = desk->known == NULL ? NULL : &vocabulary};
    struct parsed_query query = {0};
    assert_int_equal(parse_query(&desk->arena, desk->analyzer, text, &options, &query, NULL), PINAKES_OK);
    assert_non_null(query.root);
    return query;
}

static inline struct node *parse(struct desk *desk, const char *text)
{
    return parse_bytes(desk, span_of(text)).root;
}

static inline const char *print(struct desk *desk, const struct node *node)
{
    struct buffer buffer = {0};
    node_print(node, &buffer);
    assert_false(buffer.failed);
    const char *text = arena_string(&desk->arena, (struct span){buffer.at, buffer.len});
    buffer_free(&buffer);
    assert_non_null(text);
    return text;
}

/* The query is read as `expected`, and that reading means the same when it is read again. */
#define assert_reading(desk, text, expected) assert_reading_at(desk, text, expected, __FILE__, __LINE__)

static inline void assert_reading_at(struct desk *desk, const char *text, const char *expected, const char *file,
                                     int line)
{
    const struct node *node = parse(desk, text);
    const char *reading = print(desk, node);
    _assert_string_equal(reading, expected, file, line);
    _assert_true(node_equal(node, parse(desk, reading)), "the reading is another query", file, line);
}

/* The tokens of a term or prefix, as "caches ~cach cach". */
static inline const char *token_text(struct desk *desk, const struct node *word)
{
    struct buffer buffer = {0};
    for (size_t i = 0; i < word->token_count; i++) {
        buffer_add_text(&buffer, i > 0 ? " " : "");
        buffer_add(&buffer, word->tokens[i]);
    }
    const char *text = arena_string(&desk->arena, (struct span){buffer.at, buffer.len});
    buffer_free(&buffer);
    return text;
}

static inline const char *span_text(struct desk *desk, struct span span)
{
    return arena_string(&desk->arena, span);
}

#endif
