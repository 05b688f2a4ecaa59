/* A random library on its way through a campaign (differential.c): papers come, change, go, are joined and separated,
 * the library is sealed, its segment is lost; in between it is asked. Chance is repeatable: the same seed, the same
 * trial. */
#ifndef CAMPAIGNS_TRIAL_H
#define CAMPAIGNS_TRIAL_H

#include "base/arena.h"
#include "base/buffer.h"
#include "indexer/store.h"
#include "query/engine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ENGINES_MAX = 5, PAPERS_MAX = 1 << 20, JOINED_MAX = 256 };

struct contestant {
    char simd[16]; /* "": FTS5 */
    struct engine *engine;
};

struct trial {
    char folder[64], path[96], older[96]; /* a segment that was kept */
    struct store *store;
    struct contestant contestants[ENGINES_MAX]; /* FTS5 first */
    size_t contestant_count;
    int64_t *papers; /* room for PAPERS_MAX */
    size_t paper_count;
    int64_t joined[JOINED_MAX]; /* papers made of several, which are not among `papers` */
    size_t joined_count;
    struct arena words_arena;
    char **words; /* of the papers, frequent ones first */
    size_t word_count;
    uint64_t alike;      /* chance that every paper is made of; 0: each of its own */
    bool has_everywhere; /* a word that stands in every paper */
    struct arena arena;  /* of one query */
    char query[4096];
    bool is_harmed; /* the segment, since the last seal: removed, damaged, or an older one */
    uint64_t sealed, asked;
    pinakes_error error;
};

/* Ends the campaign with what is wrong and the query at hand; must() unless `status` is PINAKES_OK. */
void stop(const struct trial *trial, const char *what);
void must(struct trial *trial, pinakes_status status);

/* ---- chance ---------------------------------------------------------------------------------------------- */

#define COUNT(array) (uint32_t)(sizeof(array) / sizeof(array)[0])

void draw_from(uint64_t seed);
/* A number less than `below`; draw_small() gives small ones far more often. */
uint32_t draw(uint32_t below);
uint32_t draw_small(uint32_t below);

/* What is opened from now on uses its instruction set. */
void enter(const struct contestant *contestant);

/* ---- the library ----------------------------------------------------------------------------------------- */

/* A new random library, or a copy of `library` unless that is NULL; trial_end() removes it. */
void trial_start(struct trial *trial, const char *library);
void trial_end(struct trial *trial);

/* Something happens to it. */
void trial_happen(struct trial *trial);

/* A word that papers are made of; so many of them that stand one behind the other in a paper, fewer where it ends. */
void add_word_to(struct trial *trial, struct buffer *text);
void add_passage_to(struct trial *trial, struct buffer *text, uint32_t words);

/* Runs SQL on the library. */
void execute(struct trial *trial, const char *sql);

/* ---- queries (trial_queries.c) --------------------------------------------------------------------------- */

/* Of any kind, and as filters are; they live in trial->arena. A filter may be NULL. */
struct node *random_query(struct trial *trial);
struct node *random_filter(struct trial *trial);

#endif
