/* How what was found spreads over topics, years and venues. */
#ifndef QUERY_FACETS_H
#define QUERY_FACETS_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"

enum { FACET_TOPIC, FACET_YEAR, FACET_VENUE, FACET_COUNT };

struct facet_entry {
    const char *value;
    uint64_t count;
};

struct facet_entries {
    struct facet_entry *at;
    size_t count, capacity;
};

/* The values met so far, the same one perhaps several times. All zero but the arenas at first. */
struct facet_tally {
    struct arena *arena;   /* for what is given out */
    struct arena *scratch; /* until it is */
    struct facet_entries facets[FACET_COUNT];
};

/* Adds `papers` papers to a value of one facet. An empty text and the year 0 are no values and count for none.
 * False when memory is short. */
bool facets_add_text(struct facet_tally *tally, unsigned facet, const char *value, uint64_t papers);
bool facets_add_year(struct facet_tally *tally, int year, uint64_t papers);

/* Adds the topics, years and venues of all of `found`, which must be in the order of paper ids. */
pinakes_status facets_add_papers(struct facet_tally *tally, struct store *store, const struct candidates *found,
                                 pinakes_error *error);

/* Adds the topics alone, of `count` papers in the order of their ids. */
pinakes_status facets_add_topics(struct facet_tally *tally, struct store *store, const int64_t *papers, size_t count,
                                 pinakes_error *error);

/* `facets` becomes topic, year and venue. Topics and venues come most frequent first, then by name; years newest
 * first. */
pinakes_status facets_finish(struct facet_tally *tally, pinakes_facet facets[FACET_COUNT], pinakes_error *error);

#endif
