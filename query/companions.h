/* The words that travel with a keyword: those that stand in its papers more often than chance would have it. */
#ifndef QUERY_COMPANIONS_H
#define QUERY_COMPANIONS_H

#include "base/arena.h"
#include "query/engine.h"
#include "query/overlaps.h"
#include "query/roster.h"
#include "query/tree.h"
#include "query/workers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The words a keyword is made of, which cannot be its company: stems and words as word_papers.h has them. */
struct own_word {
    struct span key;
    bool is_beginning; /* of any word */
};

struct own_words {
    struct own_word *at;
    size_t count, capacity;
};

/* Adds the words below `node`, beginnings of words (`cach*`) included. False when memory is short. */
bool own_words_add(struct own_words *own, struct arena *arena, const struct node *node);

/* A word and what it has to do with a keyword. */
struct companion {
    struct span key;  /* its stem, or the word that is its own */
    uint64_t papers;  /* of the keyword */
    uint64_t out_of;  /* of the library */
    double score;     /* G2 */
    uint32_t witness; /* the first paper of the keyword that has it */
};

struct companion_list {
    struct companion *at; /* the strongest first; of equals by key */
    size_t count;
};

/* The log-likelihood ratio G2 of two events over `all` papers, of which `a` have the first, `b` the second and `both`
 * have both: 2 * sum of observed * ln(observed / expected) over the four cells (Dunning 1993). 0 when they meet less
 * often than by chance. */
double log_likelihood_ratio(uint64_t both, uint64_t a, uint64_t b, uint64_t all);

struct companions_question {
    const struct place_list *keywords;
    const struct own_words *own; /* of each of them */
    size_t count;
    const struct roster *roster;
    size_t limit; /* companions of each */
};

#define COMPANION_SCORE_MIN 6.63 /* chi-square with one degree of freedom, p = 0.01 */

/* Finds the strongest companions of every keyword: in at least two of its papers, with a G2 over COMPANION_SCORE_MIN.
 * Every word of the library is looked at once, whatever the number of keywords. `out` has room for a list a keyword;
 * what they hold lives in arenas[0], of which each worker has one. `scratch` is left for the caller to free. Inside a
 * read transaction of the engine's. */
pinakes_status companions_find(struct engine *engine, const struct companions_question *question,
                               const struct workers *workers, struct arena *scratch, struct arena *arenas,
                               struct companion_list *out, pinakes_error *error);

#endif
