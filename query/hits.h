/* From papers found to hits: the record, the sentences that prove it, and the sum behind its score. */
#ifndef QUERY_HITS_H
#define QUERY_HITS_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"
#include "query/aspects.h"
#include "query/engine.h"
#include "query/match.h"
#include "query/paper_load.h"
#include "query/topic_aspects.h"

/* How many hits a page has: those asked for, or the usual number. */
static inline size_t hits_wanted(const pinakes_search_options *options)
{
    return options->limit == 0 ? PINAKES_HITS_USUAL : options->limit;
}

/* What all hits of one answer share. Set what stands above the line, then call hits_start(). */
struct hits {
    struct store *store;
    const struct query_plan *plan;
    const struct node *root;
    const struct node *filter; /* may be NULL */
    const pinakes_search_options *options;
    struct arena *arena;   /* for what is given out */
    struct arena *scratch; /* until the answer is done */
    bool is_titled;        /* the hit to be filled comes first because of its title */
    /* What else the answer tells of a hit, from its text; NULL: nothing. */
    pinakes_status (*tell)(void *context, const struct candidate *candidate, const struct document *document,
                           pinakes_hit *out, pinakes_error *error);
    void *context; /* of tell() */
    /* ---- */
    struct arena work;          /* until a hit is done; freed by hits_end() */
    struct aspects aspects;     /* of the query's words */
    struct asked_topics topics; /* the query or a filter asks for */
};

/* Finds what evidence is to cover. hits_end() must follow, also when it fails. */
pinakes_status hits_start(struct hits *hits, pinakes_error *error);
void hits_end(struct hits *hits);

/* Fills `*out` with what is shown of the paper found. `paper` is that paper where it was loaded before, its record in
 * hits->arena; NULL: it is loaded. PINAKES_NO_MEMORY, and what paper_load() returns. */
pinakes_status hits_fill(struct hits *hits, const struct candidate *candidate, const struct loaded_paper *paper,
                         pinakes_hit *out, pinakes_error *error);

#endif
