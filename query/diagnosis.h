/* Why a query found nothing: what each of its words has alone, and what the query finds without it. */
#ifndef QUERY_DIAGNOSIS_H
#define QUERY_DIAGNOSIS_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"

/* Reports on the words of `root` and the filters in `filter` (may be NULL), which `plan` was prepared with and which
 * found nothing together; on the first 256 different ones. The trees are not changed, but shared with trees that
 * leave a word out. `*out` lives in `arena`. */
pinakes_status diagnose(struct engine *engine, struct query_plan *plan, struct node *root, struct node *filter,
                        struct arena *arena, struct arena *scratch, const pinakes_word_report **out, size_t *count,
                        pinakes_error *error);

#endif
