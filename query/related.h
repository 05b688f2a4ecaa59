/* Related work: from papers or a draft to the papers most like them, each with the words that bind it. */
#ifndef QUERY_RELATED_H
#define QUERY_RELATED_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"

/* pinakes_related() over the library of `engine`: fills `*out`, all of it in `arena`, but took_us. `options` is not
 * NULL. */
pinakes_status related_run(struct engine *engine, const pinakes_seeds *seeds, const pinakes_search_options *options,
                           struct arena *arena, pinakes_results *out, pinakes_error *error);

#endif
