/* The reference engine: the inverted index in library.db. Scores every paper it finds. */
#ifndef QUERY_ENGINE_FTS5_H
#define QUERY_ENGINE_FTS5_H

#include "query/engine.h"

/* Makes a connection ready, once. */
pinakes_status fts5_attach(struct store *store, pinakes_error *error);

/* engine_prepare() over the whole library. */
pinakes_status fts5_prepare(struct store *store, const struct node *root, const struct node *filter,
                            struct arena *arena, struct query_plan **out, pinakes_error *error);

/* Whether `token` stands in the index. */
bool fts5_has_token(struct store *store, struct span token);

#endif
