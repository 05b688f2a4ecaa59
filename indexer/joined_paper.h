/* What one paper says of which several records tell. */
#ifndef INDEXER_JOINED_PAPER_H
#define INDEXER_JOINED_PAPER_H

#include "indexer/joined.h"

struct joined_paper {
    struct paper paper;
    const char *key;
    int64_t id;             /* the least of the records' */
    const int64_t *records; /* whose each of the paper's passages is: their ids */
};

/* Makes the paper as joined_make() says, of two records or more, which it puts in order: the first is the one whose
 * place is the paper's. Text stays where the records have it, all else lives in `arena`. False when memory is short. */
bool joined_paper_make(struct joined_record *records, size_t count, struct arena *arena, struct joined_paper *out);

#endif
