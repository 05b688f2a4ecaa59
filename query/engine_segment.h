/* The engine that reads the sealed segment, and FTS5 for the papers that are not in it. */
#ifndef QUERY_ENGINE_SEGMENT_H
#define QUERY_ENGINE_SEGMENT_H

#include "query/engine.h"
#include "query/sealed.h"

/* engine_prepare() over the segment of this moment. `*out` is NULL when the segment cannot answer exactly what is
 * asked; PINAKES_DAMAGED when it is damaged. A plan that finds that out later goes on without the segment. */
pinakes_status segment_prepare(struct sealed *sealed, const struct sealed_moment *moment, struct store *store,
                               const struct node *root, const struct node *filter, struct arena *arena,
                               struct query_plan **out, pinakes_error *error);

/* Whether the segment says that `token` stands in the index; *is_known is false when it cannot tell. */
bool segment_has_token(const struct sealed_moment *moment, struct span token, bool *is_known);

#endif
