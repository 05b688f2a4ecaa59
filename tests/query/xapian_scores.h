/* Xapian behind a C interface: an index in memory, given postings, that answers query trees with scores. */
#ifndef TESTS_QUERY_XAPIAN_SCORES_H
#define TESTS_QUERY_XAPIAN_SCORES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct xapian_index;

struct xapian_index *xapian_create(void);
void xapian_free(struct xapian_index *index);

/* A further document (the first is number 0), of `length` words, in which term i occurs `frequencies[i]` times. The sum
 * of the frequencies is at most `length`. */
void xapian_add(struct xapian_index *index, const uint32_t *frequencies, size_t term_count, uint32_t length);

enum xapian_operator { XAPIAN_TERM, XAPIAN_AND, XAPIAN_OR, XAPIAN_MAX };

struct xapian_query {
    enum xapian_operator operation;
    size_t term; /* of XAPIAN_TERM */
    const struct xapian_query *children;
    size_t child_count;
};

/* The BM25 score of each document, with the given parameters (k2 = k3 = 0); a document not found gets -1. */
void xapian_score(struct xapian_index *index, const struct xapian_query *query, double k1, double b, double shortest,
                  double *scores, size_t document_count);

#ifdef __cplusplus
}
#endif
#endif
