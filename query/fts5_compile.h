/* Leaves of a query tree in the language of FTS5's MATCH. */
#ifndef QUERY_FTS5_COMPILE_H
#define QUERY_FTS5_COMPILE_H

#include "base/buffer.h"
#include "query/tree.h"

/* Appends what FTS5 calls one phrase: a term, prefix or phrase without its fields. Only the last word of a phrase may
 * be a prefix, as in every tree the parser makes: FTS5 has no other. */
void fts5_compile_phrase(const struct node *node, struct buffer *out);

/* Appends a NEAR with its fields. */
void fts5_compile_near(const struct node *near, struct buffer *out);

/* Appends one index token, as a MATCH expression of its own. */
void fts5_compile_token(struct span token, struct buffer *out);

#endif
