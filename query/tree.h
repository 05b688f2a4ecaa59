/* The query tree: what a user's text means, before any engine sees it. */
#ifndef QUERY_TREE_H
#define QUERY_TREE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/span.h"
#include "corpus/paper.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum node_kind {
    NODE_EVERYTHING, /* every paper; weighs nothing */
    NODE_NOTHING, /* no paper: what is left of text without a single word, as "-": the root, or a venue to filter by */
    NODE_AND,     /* all children; the score is their sum */
    NODE_OR,      /* any child; the score is the sum of those that match */
    NODE_MAX,     /* any child; the score is the best of those that match: spellings of one thing */
    NODE_NOT,     /* papers its one child does not match; weighs nothing */
    NODE_TERM,    /* any of `tokens` at one position, in one of `fields` */
    NODE_PREFIX,  /* any token as written that begins with tokens[0], in one of `fields` */
    NODE_PHRASE,  /* its children (terms, the last perhaps a prefix) at successive positions of one field; sum */
    NODE_NEAR,    /* its children (terms, prefixes or phrases) close together in one field, in any order, as by NEAR of
                   * FTS5: at most `distance` words between the end of each and the start of the last; sum */
    NODE_YEAR,    /* year_from <= year <= year_to (0 leaves a side open); weighs nothing */
    NODE_TOPIC,   /* papers assigned to the topic `name`; weighs nothing */
};

/* Bit 1 << FIELD_x for each field; 0 stands for all of them. The children of a phrase or NEAR have its fields. */
typedef unsigned field_set;

/* The weight of a term is BM25 over the papers that hold any of `tokens` in any field, however it is restricted
 * here: fields, phrases and NEAR select papers, words weigh them. */
struct node {
    enum node_kind kind;
    field_set fields;
    struct span typed; /* the words of the user this came from, with their field, for reports: "title:KV-cache" */
    struct span word; /* a term, prefix or phrase in the query language, without its field: `kvcache`, `"far memory"` */
    struct node **children;
    size_t child_count;
    const struct span *tokens; /* index tokens, alternatives at one position */
    size_t token_count;
    uint32_t distance;
    int year_from, year_to;
    struct span name;
    double boost; /* what a term or prefix weighs is multiplied by this; 1 in what a user writes */
    bool is_must; /* written with +: stays required when a search is relaxed to any word */
};

/* Whether it is one of those that weigh. */
static inline bool node_is_word(const struct node *node)
{
    return node->kind == NODE_TERM || node->kind == NODE_PREFIX;
}

/* Whether it is found at places of a text: a word or several that stand together. */
static inline bool node_has_place(const struct node *node)
{
    return node_is_word(node) || node->kind == NODE_PHRASE;
}

/* New nodes live in `arena`; NULL when memory is short. */
struct node *node_new(struct arena *arena, enum node_kind kind);
struct node *node_with(struct arena *arena, enum node_kind kind, struct node *const *children, size_t count);

/* Multiplies what every word of the tree weighs. */
void node_boost(struct node *node, double by);

/* Whether two trees find the same, whatever text they came from and whatever their words weigh. */
bool node_equal(const struct node *a, const struct node *b);

/* Topic names are compared without case, and a space, '_' or '-' is one thing: "far memory" is far-memory. Each
 * character counts as topic_letter() of it. */
char topic_letter(char c);
bool topic_name_equal(struct span a, struct span b);

/* The tree in the query language, so that parsing the text gives the same tree: what --explain shows. The spellings
 * of NODE_MAX stand as `(kv-cache | kvcache)`: inside such parentheses every word is read as it is written. */
void node_print(const struct node *node, struct buffer *out);

#endif
