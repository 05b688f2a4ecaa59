/* "Did you mean": the words of a library nearest to one that it does not have. */
#ifndef QUERY_CLOSEST_H
#define QUERY_CLOSEST_H

#include "base/arena.h"
#include "base/span.h"
#include "query/engine.h"

enum {
    CLOSEST_MAX = 3,
    CLOSEST_RARER = 50, /* times as many papers have the word that a misspelling is for */
};

struct closest_words {
    const char *words[CLOSEST_MAX]; /* in the arena of the call */
    uint64_t papers[CLOSEST_MAX];   /* in how many each stands */
    size_t count;
};

/* The written words of the index (no stems) within a distance of 1 of `word` (a folded word), or 2 when it has six
 * characters or more: the nearest first, of equals the one most papers have. None for a word of one or two characters,
 * no stop word, and none that hardly any paper has beside one as near that many have: that is a misspelling too. Costs
 * a walk over the parts of the vocabulary that can be so near. */
pinakes_status closest_words(struct engine *engine, struct span word, struct arena *arena, struct closest_words *out,
                             pinakes_error *error);

#endif
