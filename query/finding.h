/* From the text of a query to the papers it finds: what a search and a report have in common. */
#ifndef QUERY_FINDING_H
#define QUERY_FINDING_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"
#include "query/synonyms.h"

/* Set what stands above the line, then call finding_run(). */
struct finding {
    struct engine *engine;
    const pinakes_search_options *options;
    const char *query;
    bool unsorted;         /* as in struct question */
    struct arena *arena;   /* for the facets */
    struct arena *scratch; /* for everything else */
    /* ---- */
    struct node *root;
    struct node *filter; /* may be NULL */
    struct query_plan *plan;
    struct answer answer;
    size_t titled;                   /* papers that begin the page because their title is the query */
    bool relaxed;                    /* as pinakes_results.relaxed */
    const struct added_names *added; /* what the query's words were searched by too, in `scratch` */
    size_t added_count;
};

/* Reads the query and finds the page that the options ask for. */
pinakes_status finding_run(struct finding *finding, pinakes_error *error);

/* What is shown of the first `limit` papers of the page, in the order found: `*count` hits in `arena`. */
pinakes_status finding_show(const struct finding *finding, struct store *store, size_t limit, struct arena *arena,
                            const pinakes_hit **hits, size_t *count, pinakes_error *error);

/* How the query was understood, in the query language itself, in `arena`; NULL when memory is short. */
const char *finding_reading(const struct finding *finding, struct arena *arena);

#endif
