/* What trees of words weigh, so that ways to write one thing can be made to weigh alike. */
#ifndef QUERY_WORTH_H
#define QUERY_WORTH_H

#include "query/parser.h"

/* Of the words of a tree the greatest weight and the sum of all, of spellings those of the best; 0 when one of them
 * stands nowhere. */
struct worth {
    double most, sum;
};

/* What `node` weighs by what `idf` says of each word. */
struct worth worth_of(double (*idf)(void *context, const struct node *word), void *context, const struct node *node);

/* A rare spelling of a thing is not a rare thing: lets `spelling` weigh no more than what was written. */
void spelling_temper(const struct vocabulary *vocabulary, const struct node *written, struct node *spelling);

#endif
