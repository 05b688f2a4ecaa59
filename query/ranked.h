/* The best documents of a segment for a flat query: words that all weigh, of which any, all or some must stand in a
 * document, or which form a phrase. Exact: the documents, order, scores and counts are those of scoring every document
 * with bm25_score().
 *
 * Scores are first added up in single precision, to find the documents that may be among the best; these are then
 * scored again in double precision, in the order of the query's terms. */
#ifndef QUERY_RANKED_H
#define QUERY_RANKED_H

#include "indexer/segment.h"
#include "pinakes.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RANKED_MOST = 8192 }; /* documents that may be asked for at once; more are better sorted than selected */

struct ranked_term {
    struct segment_list list; /* not empty */
    double weight;            /* bm25_idf() times boost, greater than 0 */
};

struct ranked_hit {
    uint32_t document;
    double score;
};

/* Scores hits, in ascending order of documents, where the sum is to run in another order: it differs in its last
 * bits. */
struct ranked_sums {
    pinakes_status (*score)(const struct ranked_sums *sums, struct ranked_hit *hits, size_t count,
                            pinakes_error *error);
};

/* A document that scores more than its terms give it, as when a phrase is another spelling of one of them. */
struct ranked_addition {
    uint32_t document;
    float score; /* that comes on top, 0 or greater */
};

struct ranked_query {
    const struct ranked_term *terms; /* at least one, in the order in which their scores are summed */
    size_t term_count;
    size_t at_least;         /* of the terms must stand in a document: 1 for any, term_count for all */
    bool is_phrase;          /* all of them, at successive positions of one of `fields` (0: any field) */
    field_set fields;        /* of a phrase */
    const uint64_t *allowed; /* bit d set: document d may be found; NULL: all may */
    const struct ranked_addition *additions; /* found too, ascending; none of them allowed; for any word, with `sums` */
    size_t addition_count;
    double average_length;          /* for scores */
    double sealed_average;          /* the average when the segment's bounds were computed */
    size_t best;                    /* how many to find, at most RANKED_MOST; 0 with `counts` to count alone */
    bool counts;                    /* the exact number of documents is wanted too */
    const struct ranked_sums *sums; /* how the scores of terms add up; NULL: one by one, in the order of terms */
};

/* The memory of one thread's queries over one segment: 7.6 MB at most, whatever the size of the segment, and what the
 * longest query so far needed: 2 kB a term, 32 kB for each of `at_least` where not all terms are required, and of a
 * phrase 8 bytes for each time that one of its words stands in one document. */
struct searcher;

/* `segment` must outlive it. Release it with searcher_free(). Fails for lack of memory. */
pinakes_status searcher_create(const struct segment *segment, struct searcher **out, pinakes_error *error);
void searcher_free(struct searcher *searcher);

struct ranked_answer {
    const struct ranked_hit *hits; /* best first, equal ones by document; valid until the searcher's next query */
    size_t hit_count;
    uint64_t found; /* exact when the query counts, else unspecified */
};

/* Fails for lack of memory, when positions turn out to be damaged, or as query->sums does. */
pinakes_status ranked_search(struct searcher *searcher, const struct ranked_query *query, struct ranked_answer *out,
                             pinakes_error *error);

#endif
