/* Any bytes are a query. Its tree keeps the promises of query/tree.h, and its reading, read again, is the same tree.
 * The first byte chooses the options, the rest is the query. */
#include "query/lexer.h"
#include "query/match.h"
#include "query/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *promise, struct span query)
{
    if (!holds) {
        (void)fprintf(stderr, "%s: %.*s\n", promise, SPAN_ARGS(query));
        abort();
    }
}

/* A vocabulary that knows one in four tokens, and counts how often it is asked. */
static bool knows(void *context, struct span token)
{
    unsigned hash = 0;
    for (size_t i = 0; i < token.len; i++)
        hash = hash * 31 + (unsigned char)token.at[i];
    (*(size_t *)context)++;
    return (hash >> 2) % 4 == 0;
}

/* Beyond this many questions the parser stops guessing, so that a reading may be read with more guesses. */
enum { QUESTIONS_MAX = 1900 };

static bool is_word(const struct node *node)
{
    return node->kind == NODE_TERM || node->kind == NODE_PREFIX;
}

static void check_leaf(const struct node *node, struct span query)
{
    const bool has_word = is_word(node) || node->kind == NODE_PHRASE;
    require(has_word == (node->word.len > 0), "only words and phrases have a word", query);
    require(is_word(node) == (node->token_count > 0), "words have tokens, others none", query);
    require(node->kind != NODE_PREFIX || node->token_count == 1, "a prefix has one token", query);
    require(node->kind != NODE_YEAR || node->year_from != 0 || node->year_to != 0, "years have a side", query);
    require(node->kind != NODE_TOPIC || node->name.len > 0, "topics have a name", query);
    require(!is_word(node) || node->child_count == 0, "words have no children", query);
}

static void check_children(const struct node *node, struct span query)
{
    const size_t least = node->kind == NODE_NOT || node->kind == NODE_MAX ? 1 : 2;
    require(node->child_count == 0 || node->child_count >= least, "groups have enough children", query);
    require(node->kind != NODE_NOT || node->child_count == 1, "NOT has one child", query);
    for (size_t i = 0; i < node->child_count; i++) {
        const struct node *child = node->children[i];
        const bool is_last = i + 1 == node->child_count;
        require(child->kind != NODE_NOTHING, "nothing is only the root", query);
        if (node->kind == NODE_PHRASE || node->kind == NODE_NEAR)
            require(child->fields == node->fields, "fields are shared", query);
        if (node->kind == NODE_PHRASE)
            require(child->kind == NODE_TERM || (child->kind == NODE_PREFIX && is_last), "phrases are of words", query);
        if (node->kind == NODE_NEAR)
            require(is_word(child) || child->kind == NODE_PHRASE, "NEAR is of words and phrases", query);
    }
}

static void check_tree(const struct node *node, struct span query)
{
    check_leaf(node, query);
    check_children(node, query);
    for (size_t i = 0; i < node->child_count; i++)
        check_tree(node->children[i], query);
}

static bool is_utf8(struct span text)
{
    for (size_t at = 0; at < text.len;) {
        utf8proc_int32_t code;
        const utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, (utf8proc_ssize_t)(text.len - at), &code);
        if (bytes <= 0 || code < ' ')
            return false;
        at += (size_t)bytes;
    }
    return true;
}

static size_t nesting(struct span text)
{
    size_t depth = 0, deepest = 0;
    for (size_t i = 0; i < text.len; i++) {
        depth += text.at[i] == '(' ? 1 : 0;
        depth -= text.at[i] == ')' && depth > 0 ? 1 : 0;
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

static struct node *parse(struct arena *arena, struct analyzer *analyzer, struct span text,
                          const struct parse_options *options, struct buffer *reading)
{
    struct parsed_query query;
    require(parse_query(arena, analyzer, text, options, &query, NULL) == PINAKES_OK, "every text is a query", text);
    node_print(query.root, reading);
    return query.root;
}

static void check_reading(struct arena *arena, struct analyzer *analyzer, const struct node *root,
                          const struct parse_options *options, const struct buffer *reading)
{
    struct buffer again = {0};
    const struct span text = {reading->at, reading->len};
    const struct node *other = parse(arena, analyzer, text, options, &again);
    require(again.len == reading->len && memcmp(again.at, reading->at, again.len) == 0, "read again, it differs", text);
    require(node_equal(root, other), "read again, it is another tree", text);
    buffer_free(&again);
}

static void check_query(struct arena *arena, struct analyzer *analyzer, unsigned flags, struct span text)
{
    size_t questions = 0;
    const struct vocabulary vocabulary = {.context = &questions, .has = knows};
    struct parse_options options = {.any_word = (flags & 1) != 0, .vocabulary = (flags & 2) != 0 ? &vocabulary : NULL};
    struct buffer reading = {0};
    const struct node *root = parse(arena, analyzer, text, &options, &reading);
    check_tree(root, text);
    require(is_utf8((struct span){reading.at, reading.len}), "a reading is UTF-8", text);
    if (questions < QUESTIONS_MAX && nesting((struct span){reading.at, reading.len}) <= NESTING_MAX) {
        check_reading(arena, analyzer, root, &options, &reading);
        options.any_word = !options.any_word;
        check_reading(arena, analyzer, root, &options, &reading);
    }
    buffer_free(&reading);
}

/* The query as a paper: matching it must hold as well. */
static void check_matching(struct arena *arena, struct analyzer *analyzer, struct span text)
{
    struct span texts[FIELD_COUNT] = {[FIELD_TITLE] = text, [FIELD_NOTE] = text};
    const struct parse_options options = {.any_word = false};
    struct buffer reading = {0};
    const struct node *root = parse(arena, analyzer, text, &options, &reading);
    const struct document *document = document_create(arena, analyzer, texts, 2021, NULL, 0);
    struct occurrence *occurrences = NULL;
    require(document != NULL, "every text is a paper", text);
    const bool matches = document_matches(document, root);
    const size_t count = document_occurrences(document, root, arena, &occurrences);
    require(matches || count == 0, "what occurs matches", text);
    for (size_t i = 0; i < count; i++)
        require(occurrences[i].start + occurrences[i].bytes <= text.len, "occurrences lie in the text", text);
    buffer_free(&reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyzer *analyzer;
    struct arena arena = {0};
    if (size == 0)
        return 0;
    if (analyzer == NULL && analyzer_create(&analyzer, NULL) != PINAKES_OK)
        return 0;
    const struct span text = {(const char *)data + 1, size - 1};
    check_query(&arena, analyzer, data[0], text);
    if (size < 500)
        check_matching(&arena, analyzer, text);
    arena_free(&arena);
    return 0;
}
