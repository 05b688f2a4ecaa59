/* Other names of a thing: those its user wrote down, and the acronyms that the library's own papers explain. */
#ifndef QUERY_THESAURUS_H
#define QUERY_THESAURUS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/store.h"

#include <stdbool.h>
#include <stddef.h>

/* Names for one thing, as the user wrote them; `keys` as phrase_key_add() makes them. */
struct alias_group {
    struct span *names, *keys;
    size_t count;
};

struct aliases {
    struct alias_group *groups;
    size_t count;
};

/* Reads `text` (UTF-8): a group of names a line, "far memory = remote memory = disaggregated memory"; empty lines and
 * lines that begin with # pass over. `*out` lives in `arena`. PINAKES_BAD_INPUT names `file`, line and column of what
 * is no group, or names a thing twice. */
pinakes_status aliases_parse(struct arena *arena, struct analyzer *analyzer, const char *file, struct span text,
                             struct aliases *out, pinakes_error *error);

enum {
    SYNONYMS_MAX = 6,      /* of one thing */
    SYNONYM_WORDS_MAX = 8, /* of a thing that has synonyms */
};

struct synonyms {
    struct span at[SYNONYMS_MAX]; /* as the user, or a paper, writes them */
    size_t count;
    uint64_t explained[SYNONYMS_MAX]; /* in how many papers that name is explained so; 0 of what the user wrote down */
};

/* Finds the other names of what has the key `key`: all in the groups of `aliases` (may be NULL) that hold it; of an
 * acronym the meanings that a quarter or more of the papers explaining it give; of a meaning the acronyms that stand
 * for it in at least half of those papers. Texts live in `arena`. */
pinakes_status thesaurus_look_up(struct store *store, const struct aliases *aliases, struct span key,
                                 struct arena *arena, struct synonyms *out, pinakes_error *error);

#endif
