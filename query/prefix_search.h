/* All of some words, one of which is a prefix of many: the others are ranked first, and the prefix is looked for only
 * in their best documents, as far as one of the others could still be better. */
#ifndef QUERY_PREFIX_SEARCH_H
#define QUERY_PREFIX_SEARCH_H

#include "base/arena.h"
#include "query/ranked.h"
#include "query/sealed.h"

/* The prefix: the tokens [first, behind), and which of the query's terms it is. */
struct late_prefix {
    size_t term;
    uint32_t first, behind;
};

/* As ranked_search() with the whole list of the prefix, for a query that requires all of at least two terms and does
 * not count. terms[prefix->term] has its weight, and its list is set here, to one of few documents. *is_answered is
 * false when there would be too much to look through: then the whole list is better made. Memory is taken from
 * `arena`. */
pinakes_status prefix_search(const struct sealed_moment *moment, struct ranked_query *query, struct ranked_term *terms,
                             const struct late_prefix *prefix, struct arena *arena, struct ranked_answer *out,
                             bool *is_answered, pinakes_error *error);

#endif
