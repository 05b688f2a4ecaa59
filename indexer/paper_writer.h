/* One paper into the tables and the inverted index, and out of them again. Everything here happens inside a write
 * transaction, and keeps the sums in the table meta. */
#ifndef INDEXER_PAPER_WRITER_H
#define INDEXER_PAPER_WRITER_H

#include "corpus/paper.h"
#include "indexer/paper_draft.h"
#include "indexer/store.h"

#include <stdint.h>

struct seal_ahead;

struct paper_writer {
    struct store *store;
    struct seal_ahead *ahead;          /* gathers what is written; NULL when the library was not empty */
    const struct paper_draft *ready;   /* of the next paper to be written, when it was made ahead; else NULL */
    const struct paper_draft *written; /* of the paper written last; valid until the next, and while its record is */
    struct paper_draft draft;          /* made here of the paper at hand */
    int64_t paper_count, length_total, word_total;
    int64_t last_id; /* the greatest id that a paper has, or had when the ranked index was made */
};

/* All zero but `store` at first: reads the sums and the last id. */
pinakes_status paper_writer_start(struct paper_writer *writer, pinakes_error *error);

/* Writes the sums. */
pinakes_status paper_writer_finish(struct paper_writer *writer, pinakes_error *error);
void paper_writer_free(struct paper_writer *writer);

/* Adds a paper of this size to the sums. */
void paper_writer_count(struct paper_writer *writer, const struct paper_size *size);

/* A paper the library does not have, under a key of its own. */
pinakes_status paper_insert(struct paper_writer *writer, int64_t source, const struct paper *paper, uint64_t hash,
                            int64_t *id, pinakes_error *error);

/* Another text for the paper `id`, which keeps its key. */
pinakes_status paper_replace(struct paper_writer *writer, int64_t id, int64_t source, const struct paper *paper,
                             uint64_t hash, pinakes_error *error);

/* Another place for the paper `id`, whose record is the same: the inverted index is not touched. `*moved` is set when
 * anything was another before. */
pinakes_status paper_place(struct paper_writer *writer, int64_t id, int64_t source, const struct paper *paper,
                           bool *moved, pinakes_error *error);

pinakes_status paper_remove(struct paper_writer *writer, int64_t id, pinakes_error *error);

/* Removes the paper `from` and gives its key to `to`: they are one paper, met at its new place first. */
pinakes_status paper_succeed(struct paper_writer *writer, int64_t from, int64_t to, pinakes_error *error);

/* A row of papers and its passages were put back as they had been (joined.c): the sums, the acronyms and the inverted
 * index take it in. Its id may be one that the ranked index knows. */
pinakes_status paper_restored(struct paper_writer *writer, int64_t id, pinakes_error *error);

/* Makes the whole inverted index and all sizes anew from the text columns, for another analyzer (paper_reindex.c). */
pinakes_status paper_reindex_all(struct paper_writer *writer, pinakes_error *error);

#endif
