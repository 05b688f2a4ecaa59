/* How good a ranking is: the measures of trec_eval (NIST, https://github.com/usnistgov/trec_eval), by its
 * definitions. */
#ifndef QUERY_MEASURES_H
#define QUERY_MEASURES_H

#include "pinakes.h"

#include <stddef.h>

/* The ranking of one query, with what its papers are worth. */
struct graded_ranking {
    const int *grades; /* of the papers found, the best ranked first; what nobody judged is 0 */
    size_t count;
    const int *judged; /* all grades of the query, the greatest first, found or not */
    size_t judged_count;
};

/* A paper is relevant when its grade is greater than 0.
 *
 *   map     average precision: the mean over all relevant papers of the precision at their rank, 0 for those not found
 *           (Buckley and Voorhees, "Retrieval System Evaluation", in TREC: Experiment and Evaluation in Information
 *           Retrieval, 2005). trec_eval: map
 *   ndcg10  the sum of grade / log2(rank + 1) over the first ten, divided by that sum of the best order there could be
 *           (Jarvelin and Kekalainen, "Cumulated Gain-Based Evaluation of IR Techniques", ACM TOIS 20(4), 2002).
 *           trec_eval: ndcg_cut_10
 *   p10     the share of relevant papers among the first ten, as if ten were found. trec_eval: P_10
 *   r100    the share of all relevant papers that is among the first hundred. trec_eval: recall_100
 *   rr      1 / the rank of the first relevant paper. trec_eval: recip_rank
 *
 * All of them are 0 for a query without a relevant paper. */
pinakes_measures measures_of(const struct graded_ranking *ranking);

/* The measures are numbered as they stand in pinakes_measures, so that all can be treated alike. */
enum { MEASURE_COUNT = 5 };
double *measure_at(pinakes_measures *measures, size_t which);
double measure_of(const pinakes_measures *measures, size_t which);

#endif
