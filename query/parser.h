/* From a user's text to a query tree. */
#ifndef QUERY_PARSER_H
#define QUERY_PARSER_H

#include "indexer/analyzer.h"
#include "pinakes.h"
#include "query/tree.h"

/* What the parser asks of the library, so that "kvcache" and "KV cache" find each other. */
struct vocabulary {
    void *context;
    /* Whether `token` stands in the index. */
    bool (*has)(void *context, struct span token);
    /* What a NODE_TERM or NODE_PREFIX weighs, 0 when no paper holds it. NULL: all spellings are taken to weigh
     * alike. */
    double (*idf)(void *context, const struct node *word);
    /* How many papers a tree finds. NULL: that is not known. */
    uint64_t (*papers)(void *context, const struct node *node);
};

struct parsed_query {
    struct node *root;    /* never NULL */
    bool is_question;     /* a plain question: "which papers touched CXL?" */
    bool has_plain_words; /* at least two words joined by nothing but being neighbours */
};

struct parse_options {
    bool any_word;                       /* neighbouring words are alternatives, not requirements */
    const struct vocabulary *vocabulary; /* NULL: no joining and splitting across spaces */
};

/* Reads `text` (any bytes, up to its NUL) by the rules in the README, "The query language". What is not recognised
 * is literal text, so the only failure is PINAKES_NO_MEMORY. The tree lives in `arena`, shares no node, and its texts
 * are valid UTF-8; the analyzer is used during the call only. Cost grows linearly with the text; nesting beyond
 * NESTING_MAX (query/lexer.h) is read as literal text. */
pinakes_status parse_query(struct arena *arena, struct analyzer *analyzer, struct span text,
                           const struct parse_options *options, struct parsed_query *out, pinakes_error *error);

#endif
