/* Cursors over the documents of a segment: words, phrases and NEAR. "Papers" are documents here. */
#ifndef QUERY_SEALED_CURSORS_H
#define QUERY_SEALED_CURSORS_H

#include "query/postings.h"
#include "query/sealed_word.h"

/* What the cursors of one plan share. */
struct cursor_group {
    const struct sealed_moment *moment;
    struct arena *arena;
    /* The words of phrases and NEAR, which stand below them in the tree. */
    const struct sealed_word *(*word_of)(const struct cursor_group *group, const struct node *word);
    /* The list of a prefix of several words alone, which has no positions; NULL when it has no document. */
    const struct segment_list *(*list_of)(const struct cursor_group *group, const struct node *prefix);
    bool is_short;   /* memory was, on the way: what the cursors said since is worth nothing */
    bool is_damaged; /* so was the segment */
};

/* A cursor over what a term, prefix, phrase or NEAR finds in its fields; NULL when memory is short. */
struct posting_cursor *sealed_cursor(struct cursor_group *group, const struct node *leaf);

/* A cursor over the documents of years. */
struct posting_cursor *sealed_years_cursor(struct cursor_group *group, const struct node *years);

#endif
