/* Papers made of the records of several sources, and the way back. Everything here happens inside a write
 * transaction. */
#ifndef INDEXER_JOINED_H
#define INDEXER_JOINED_H

#include "base/arena.h"
#include "corpus/paper.h"
#include "indexer/paper_writer.h"
#include "indexer/same_paper.h"

#include <stdbool.h>

/* A row of papers that is to be joined, with what it is made of. Text lives in the arena it was read into. */
struct joined_record {
    int64_t id;
    const char *key, *path; /* of the source */
    struct paper paper;
    struct paper_facts facts;
    enum same_paper reason; /* why it is joined with the others */
    size_t part;            /* the same of those that are one paper (join_part.h) */
};

/* Whether the record `id` is part of a joined paper: `*paper` is that paper's id, else 0. */
pinakes_status joined_paper_of(struct store *store, int64_t id, int64_t *paper, pinakes_error *error);

/* Whether the record, part of a joined paper, stands where it did: in that file, on those lines. */
pinakes_status joined_is_in_place(struct store *store, int64_t id, int64_t source, const struct paper *paper, bool *out,
                                  pinakes_error *error);

/* Reads a record without its passages, whether it is a paper by itself or part of a joined one. */
pinakes_status joined_peek(struct store *store, int64_t id, struct arena *arena, struct joined_record *out,
                           pinakes_error *error);

/* Reads a row of papers. */
pinakes_status joined_read(struct store *store, int64_t id, struct arena *arena, struct joined_record *out,
                           pinakes_error *error);

/* Makes one paper of the records, two or more of them, all rows of papers. It takes the place of the one with the least
 * id, and its text is made of all:
 * - title, venue, year and address of the published record rather than a preprint's, of one that its source gives a key
 *   rather than of a note, else of the one whose file and line come first; what that record lacks the next one gives;
 * - a year that a record tells rather than one that only follows from an arXiv identifier;
 * - authors and abstract of the first record that has any; keywords, notes and questions of all, each once.
 * Its key is one a source gives, else the shortest. `*id` and `*hash` are those of the paper made. */
pinakes_status joined_make(struct paper_writer *writer, struct joined_record *records, size_t count,
                           struct arena *arena, int64_t *id, uint64_t *hash, pinakes_error *error);

/* Puts the records of the joined paper back as papers of their own. `record` is told the id of each. */
pinakes_status joined_separate(struct paper_writer *writer, int64_t paper,
                               pinakes_status (*record)(void *context, int64_t id, pinakes_error *error), void *context,
                               pinakes_error *error);

#endif
