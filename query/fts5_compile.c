#include "query/fts5_compile.h"

#include "indexer/fts_tokenizer.h"

#include <assert.h>

/* One token of an FTS5 string, marked so that our tokenizer takes it as it is. */
static void add_token(struct span token, struct buffer *out)
{
    buffer_add_byte(out, RAW_TOKEN_MARK);
    for (size_t i = 0; i < token.len; i++) {
        if (token.at[i] == '"')
            buffer_add_byte(out, '"');
        buffer_add_byte(out, token.at[i]);
    }
}

/* A term or prefix: all its tokens in one string, which FTS5 then takes as alternatives at one position. */
static void add_word(const struct node *word, struct buffer *out)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < word->token_count; i++)
        add_token(word->tokens[i], out);
    buffer_add_byte(out, '"');
    if (word->kind == NODE_PREFIX)
        buffer_add_byte(out, '*');
}

void fts5_compile_phrase(const struct node *node, struct buffer *out)
{
    if (node->kind != NODE_PHRASE) {
        add_word(node, out);
        return;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        assert(node->children[i]->kind == NODE_TERM || i + 1 == node->child_count);
        buffer_add_text(out, i > 0 ? " + " : "");
        add_word(node->children[i], out);
    }
}

static void add_column_filter(field_set fields, struct buffer *out)
{
    const char *before = "{";
    for (unsigned field = 0; field < FIELD_COUNT; field++) {
        if ((fields & (1u << field)) == 0)
            continue;
        buffer_add_text(out, before);
        buffer_add_text(out, field_name((enum field)field));
        before = " ";
    }
    buffer_add_text(out, "} : ");
}

void fts5_compile_near(const struct node *near, struct buffer *out)
{
    if (near->fields != 0)
        add_column_filter(near->fields, out);
    buffer_add_text(out, "NEAR(");
    for (size_t i = 0; i < near->child_count; i++) {
        buffer_add_text(out, i > 0 ? " " : "");
        fts5_compile_phrase(near->children[i], out);
    }
    buffer_format(out, ", %u)", (unsigned)near->distance);
}

void fts5_compile_token(struct span token, struct buffer *out)
{
    buffer_add_byte(out, '"');
    add_token(token, out);
    buffer_add_byte(out, '"');
}
