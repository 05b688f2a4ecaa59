/* The one ranking formula. BM25 as Xapian 1.4 computes it (Xapian::BM25Weight with k2 = 0 and k3 = 0, no relevance
 * set), so that every engine, Xapian's own remote servers included, gives the same number:
 * Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. A word of the title counts
 * TITLE_WEIGHT times, in a term's frequency and in a paper's length. */
#ifndef INDEXER_BM25_H
#define INDEXER_BM25_H

#include <stdint.h>

#define BM25_K1 1.2
#define BM25_B 0.75
/* A paper shorter than this share of the average counts as that long. */
#define BM25_SHORTEST 0.5

/* The weight of a term that `papers_with` of `papers` papers hold. */
double bm25_idf(uint64_t papers, uint64_t papers_with);

/* What a term of weight `idf` that occurs `frequency` times gives a paper of `length` words, where the average paper
 * has `average_length`. */
double bm25_score(double idf, uint32_t frequency, uint32_t length, double average_length);

#endif
