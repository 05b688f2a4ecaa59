/* Other names of what a query asks for, put beside its words. */
#ifndef QUERY_SYNONYMS_H
#define QUERY_SYNONYMS_H

#include "query/parser.h"
#include "query/thesaurus.h"

/* A thing in the query, and the names it is searched by too. */
struct added_names {
    struct span typed;
    struct synonyms names;
};

struct synonym_expansion {
    struct store *store;
    const struct aliases *aliases;       /* may be NULL */
    const struct vocabulary *vocabulary; /* tells what words weigh */
    struct arena *arena;
    /* ---- what was done: */
    struct added_names *added;
    size_t added_count, added_capacity;
};

/* Puts beside each plain word of the tree, and each run of plain words that stand side by side, the names that the
 * thesaurus has for it: a paper with any of them is found, and the best of them counts, none for more than what was
 * typed. What is quoted, or restricted to a field, stays as it is. */
pinakes_status synonyms_expand(struct synonym_expansion *expansion, struct node **root, pinakes_error *error);

#endif
