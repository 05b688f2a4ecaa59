/* What answers a query tree over one library. Two ways with one answer: the inverted index inside library.db (FTS5),
 * which is the reference, and the sealed segment beside it together with the papers that came after the seal. */
#ifndef QUERY_ENGINE_H
#define QUERY_ENGINE_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"
#include "query/tree.h"

#include <stdint.h>

/* A paper found, its score, and the columns that scoring and sorting need. */
struct candidate {
    int64_t paper;
    double score;
    uint32_t length; /* words, as papers.length */
    int year;        /* 0 when unknown */
};

struct candidates {
    struct candidate *papers;
    size_t count;
};

/* What BM25 knows of the whole library. */
struct collection {
    uint64_t papers;
    double average_length;
};

/* What a term weighs: in how many papers any of its tokens stands, whatever the field. */
struct term_weight {
    uint64_t papers;
    double idf;
};

/* What is asked of the papers found. */
struct question {
    pinakes_sort sort;    /* equal papers by score, then by id */
    size_t offset, limit; /* which of them, in that order; SIZE_MAX: all */
    bool unsorted;        /* the papers in any order: who wants all of them may need no order */
    bool facets;
    bool is_uncounted;  /* answer.found need not be exact, which is faster */
    struct arena *kept; /* where the facets go; everything else lives with the plan */
};

struct answer {
    uint64_t found;         /* exact, unless the question is_uncounted */
    struct candidates page; /* in the order asked for */
    pinakes_facet *facets;  /* FACET_COUNT of them, counted over everything found; NULL unless asked for */
};

struct engine;

/* A query whose leaves an engine has looked up. Here and in all of query/ `error` is never NULL. */
struct query_plan;

/* Makes an engine for `store`, which must outlive it. `*out` is freed with engine_close(). The environment variable
 * PINAKES_ENGINE chooses a way, for tests and measurements: "fts5" never reads the segment; with "segment" there must
 * be one. */
pinakes_status engine_open(struct store *store, struct engine **out, pinakes_error *error);
void engine_close(struct engine *engine);

/* The ranked index as far as it tells the truth now (query/sealed.h), valid until the transaction ends; `*out` is NULL
 * when the library has to do without. */
struct sealed_moment;
pinakes_status engine_sealed(struct engine *engine, const struct sealed_moment **out, pinakes_error *error);

/* The ranked index was found damaged while it was read: until the library changes it is not used again. */
void engine_give_up_sealed(struct engine *engine, const pinakes_error *why);

/* The names that the user has for things (query/thesaurus.h), for the questions that follow; NULL: none. They stay the
 * caller's. */
struct aliases;
void engine_use_aliases(struct engine *engine, const struct aliases *aliases);
const struct aliases *engine_aliases(const struct engine *engine);

struct store *engine_store(const struct engine *engine);

/* Looks up the leaves of `root` and `filter`. A paper is found when it matches both (`filter` may be NULL); only
 * `root` weighs. `*out` lives in `arena` and holds while the store stays in the same transaction.
 *
 * What the arena comes to hold over a segment grows with the query and what is asked, not with what is found: for each
 * filter, choice and negation a bit a paper of the library; for each prefix of several words 9 bytes a paper, where
 * fields or neighbours are asked 20 for each paper that holds one of its words, word by word; about 100 bytes for each
 * paper up to the end of the page. Only a sort by title (about 100 bytes and the title) and facets (about 30, and its
 * topics) take room for all that is found. The searcher's own memory comes on top (query/ranked.h). FTS5, and papers
 * that came after the seal, take 16 to 48 bytes for each paper that holds a word. */
pinakes_status engine_prepare(struct engine *engine, const struct node *root, const struct node *filter,
                              struct arena *arena, struct query_plan **out, pinakes_error *error);

/* The papers the query finds, scored by bm25.h as tree.h says. */
pinakes_status engine_run(struct query_plan *plan, const struct question *question, struct answer *out,
                          pinakes_error *error);

/* The number of papers that `node` matches, and `filter` too unless it is NULL. Both may be any trees over the leaves
 * the plan was prepared with, the same nodes in memory. */
pinakes_status engine_count(struct query_plan *plan, const struct node *node, const struct node *filter, uint64_t *out,
                            pinakes_error *error);

/* The weight of a NODE_TERM or NODE_PREFIX the plan was prepared with. */
struct term_weight engine_weight(const struct query_plan *plan, const struct node *term);
struct collection engine_collection(const struct query_plan *plan);

/* Whether `token` stands in the index. */
bool engine_has_token(struct engine *engine, struct span token);

/* Why the engine does without the segment that should be there: one line, told once; NULL when there is nothing to
 * tell. It lives as long as the engine. */
const char *engine_complaint(struct engine *engine);

#endif
