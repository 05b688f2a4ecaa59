#include "indexer/bm25.h"

#include <math.h>

double bm25_idf(uint64_t papers, uint64_t papers_with)
{
    const double odds = ((double)papers - (double)papers_with + 0.5) / ((double)papers_with + 0.5);
    /* Xapian's floor: a term in more than a third of the papers still weighs something. */
    return log(odds < 2 ? odds * 0.5 + 1 : odds);
}

double bm25_score(double idf, uint32_t frequency, uint32_t length, double average_length)
{
    const double relative = average_length > 0 ? length / average_length : 1;
    const double normal = relative > BM25_SHORTEST ? relative : BM25_SHORTEST;
    return idf * frequency * (BM25_K1 + 1) / (BM25_K1 * (normal * BM25_B + (1 - BM25_B)) + frequency);
}
