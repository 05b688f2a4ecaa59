/* A text that is a draft: the papers of the library that it cites, and what it is about. */
#ifndef QUERY_DRAFTED_H
#define QUERY_DRAFTED_H

#include "pinakes.h"
#include "query/listed.h"

/* Reads the draft of `seeds`, valid UTF-8, with its parts where it has a folder, and counts its words in `terms` as one
 * seed. A paper is cited by its key in the library; by an entry of that key in a bibliography that the draft names; or
 * in a list of references, which is the draft's own, or in NAME.bbl beside NAME.tex where bibliographies do not tell
 * all keys. */
pinakes_status drafted_read(struct store *store, const pinakes_seeds *seeds, struct seed_terms *terms,
                            const struct listed_sink *sink, pinakes_error *error);

#endif
