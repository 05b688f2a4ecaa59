/* How what was found spreads over topics, years and venues. */
#ifndef QUERY_FACETS_H
#define QUERY_FACETS_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"

enum { FACET_COUNT = 3 };

/* Counts over all of `found`, which must be in the order of paper ids: `facets` becomes topic, year and venue, in
 * `arena`. Topics and venues come most frequent first, then by name; years newest first. A paper without a topic, year or
 * venue counts for none. */
pinakes_status facets_count(struct store *store, const struct candidates *found, struct arena *arena,
                            struct arena *scratch, pinakes_facet facets[FACET_COUNT], pinakes_error *error);

#endif
