/* The sentences that prove a hit. */
#ifndef QUERY_EVIDENCE_H
#define QUERY_EVIDENCE_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/aspects.h"
#include "query/match.h"
#include "query/paper_load.h"

/* Chooses up to `limit` sentences of `paper`, the best first: each next one is the sentence that adds the most to what
 * those before it show of the aspects; when nothing is left to add, the one worth the most. Of equals the title comes
 * first, then what holds more aspects, then what stands first. Of the `list_count` lists in `aspects` the first that
 * the paper has anything of counts; when it has nothing of any, its title stands, unmarked. `document` is the paper's
 * texts analysed. What is given out lives in `arena`; `scratch` is left for the caller to reset. */
pinakes_status evidence_choose(const struct loaded_paper *paper, const struct document *document,
                               const struct aspects *aspects, size_t list_count, size_t limit, struct arena *arena,
                               struct arena *scratch, const pinakes_evidence **out, size_t *count,
                               pinakes_error *error);

#endif
