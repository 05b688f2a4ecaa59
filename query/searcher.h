/* What the plans of ranked.h share: for them alone. */
#ifndef QUERY_SEARCHER_H
#define QUERY_SEARCHER_H

#include "query/kernels.h"
#include "query/list_reader.h"
#include "query/ranked.h"
#include "query/top.h"

/* Documents are taken in ranges whose sums stay in the second-level cache; where many lists are read whole, so do their
 * lengths. A test makes them small, so that small libraries have several. */
#ifndef PINAKES_RANGE_BITS
#define PINAKES_RANGE_BITS 18
#endif
enum { RANGE = 1 << PINAKES_RANGE_BITS, RANGE_OF_MANY = RANGE / 2 };

/* One of several hits with the same score. */
struct tied_hit {
    int64_t paper;
    uint32_t document;
};

/* A term on its way through the segment. */
struct searched {
    const struct ranked_term *term;
    struct bm25_factors factors;
    float bound_factor; /* what a list's maximum is multiplied by to bound a score */
    float bound;        /* no document gets more from it */
    float here;         /* no document of the range at hand does */
    float rest;         /* the sum of `here` of this term and those behind it */
    uint32_t block;     /* the first that reaches into the range */
    uint32_t behind;    /* the first that begins behind it */
    uint8_t neighbours; /* of a phrase: what its postings are asked for (segment_neighbours.h) */
};

struct searcher {
    const struct segment *segment;
    const struct kernels *kernels;
    struct segment_documents documents;
    const struct ranked_query *query;
    struct searched *lists; /* in the order the plan wants */
    struct list_reader *readers;
    struct segment_positions_cursor *places; /* one a reader */
    size_t term_capacity;
    const uint64_t *allowed; /* documents that may be found, from `allowed_first` on; NULL: all */
    uint32_t allowed_first;
    uint64_t *matching; /* sets of a range (ranked_match.c) */
    size_t match_capacity;
    struct top top;
    struct ranked_hit *hits, *spare; /* as long, for sorting */
    struct tied_hit *tied;           /* as long */
    uint64_t found;
    size_t addition;                /* of the query: the first that no range has taken yet */
    struct group_term *group_terms; /* the dense lists, in the order of `lists`: as long */
    struct group_sums groups;       /* how they add up */
    double bound_scale;             /* from scores to the whole numbers of: */
    uint16_t *bounds, *reach;       /* of each group of a range: of its dense lists, and with what it has of others */
    uint32_t *chosen;               /* groups of a range */
    uint8_t *document_bounds;       /* of each document of a range of many lists (ranked_many.c), */
    uint32_t *rests;                /* and what the lists not yet read may add to a survivor */
    void *map;                      /* from the system, with: */
    float *sums;                    /* of a range, all zero between queries */
    uint32_t *survivors;            /* documents that may be among the best, */
    float *partial;                 /* and what they score so far */
    size_t survivor_count;
    uint32_t *touched;   /* documents whose sum is not zero; in `map` too */
    float *values;       /* of a range or a batch, for whoever needs room */
    uint64_t *marks;     /* one bit a document of the range, all zero between queries */
    uint32_t *positions; /* of two words of a phrase */
    size_t position_capacity;
    bool is_damaged;       /* the segment, as this query has found */
    pinakes_error trouble; /* met on the way */
    struct list_reader reader;
};

/* The number of documents a range can have here. */
uint32_t searcher_range(const struct searcher *searcher);

static inline bool is_allowed(const struct searcher *searcher, uint32_t document)
{
    const uint32_t at = document - searcher->allowed_first;
    return searcher->allowed == NULL || (searcher->allowed[at / 64] >> at % 64 & 1) != 0;
}

/* The most that the lists from `list` on give a document of the range at hand. */
static inline float searcher_rest(const struct searcher *searcher, size_t list)
{
    return list < searcher->query->term_count ? searcher->lists[list].rest : 0;
}

/* Sorts the lists and sums the bounds of each and those behind it. */
void searcher_order(struct searcher *searcher, int (*compare)(const void *, const void *));
void searcher_sum_bounds(struct searcher *searcher);

/* Moves every list to the range [first, behind) and finds the bounds that hold there. */
void searcher_enter(struct searcher *searcher, uint32_t first, uint32_t behind);

/* The kernels' score of one posting. */
float score_single(const struct bm25_factors *factors, uint32_t length, uint32_t frequency);

/* Keeps the survivors that have at least `least` so far. */
void survivors_keep(struct searcher *searcher, float least);

/* Adds to each survivor (ascending) what the lists from `from` on give it, dropping those that fall behind. */
void survivors_complete(struct searcher *searcher, size_t from, bool raises);

/* Keeps the survivors in which the words of the query stand one behind the other; all lists are dense. False when
 * memory is short. */
bool survivors_keep_phrase(struct searcher *searcher);

/* Raises the threshold to the score of the k-th best survivor, which as many documents have as are wanted. */
void survivors_raise(struct searcher *searcher);

/* Offers the survivors, now with their whole scores, and forgets them. */
void survivors_offer(struct searcher *searcher);

/* Offers one document. */
void searcher_offer(struct searcher *searcher, uint32_t document, float score);

/* Makes the dense lists the terms of `groups`. */
void searcher_gather_dense(struct searcher *searcher);

/* Finds and offers the best of a range where there are dense lists: `touched` of its documents have a sum of the other
 * lists already. */
void search_groups(struct searcher *searcher, uint32_t first, uint32_t behind, size_t touched);
/* The same where bounds of groups say little: documents are bounded. `has_sums`: some may have a sum. Those of groups
 * whose `reach` is at least `least` were offered before; NULL: there are none. */
struct seen_groups {
    const uint16_t *reach;
    unsigned least;
};
void search_documents(struct searcher *searcher, uint32_t first, uint32_t behind, bool has_sums,
                      const struct seen_groups *seen);

/* Finds and offers the best of a range that hold any of the words and are allowed. */
void search_range(struct searcher *searcher, uint32_t first, uint32_t behind);

/* The plans, each over the whole segment. */
void search_any(struct searcher *searcher);
pinakes_status search_matching(struct searcher *searcher, pinakes_error *error);
pinakes_status search_all(struct searcher *searcher, pinakes_error *error);
pinakes_status search_phrase(struct searcher *searcher, pinakes_error *error);

/* Calls `each` with ascending batches of about `batch` documents that hold all terms (in survivors, with their whole
 * scores) and may be among the best, until they end or it fails. */
enum { BATCH = 4096 };
pinakes_status for_all_that_meet(struct searcher *searcher, size_t batch,
                                 pinakes_status (*each)(struct searcher *searcher, pinakes_error *error),
                                 pinakes_error *error);

#endif
