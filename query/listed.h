/* A text that is a bibliography: the papers of the library that it lists, and what it is about. */
#ifndef QUERY_LISTED_H
#define QUERY_LISTED_H

#include "base/span.h"
#include "corpus/paper.h"
#include "indexer/store.h"
#include "query/seed_terms.h"

#include <stdbool.h>
#include <stdint.h>

struct listed_sink {
    void *context;
    bool (*wants)(void *context, const struct paper *entry); /* whether an entry counts; NULL: all do */
    /* Called for a paper of the library that is listed, perhaps several times. */
    pinakes_status (*paper)(void *context, int64_t paper, pinakes_error *error);
};

/* Reads `text`, valid UTF-8, with the reader that claims it by its content or `name`; `*is_list` tells whether one
 * does, and else nothing is done. Titles and abstracts are counted in `terms`, each entry as one seed; NULL: they are
 * not. An entry is a paper of the library by its key, DOI or arXiv identifier, or by its title as same_paper() has it;
 * one that cannot be read is passed over. */
pinakes_status listed_read(struct store *store, const char *name, struct span text, struct seed_terms *terms,
                           const struct listed_sink *sink, bool *is_list, pinakes_error *error);

/* Tells the sink of the paper of the library that `paper` is, likewise. */
pinakes_status listed_find(struct store *store, const struct paper *paper, const struct listed_sink *sink,
                           pinakes_error *error);

#endif
