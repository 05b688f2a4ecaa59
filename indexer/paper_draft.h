/* What a library keeps of a paper, worked out of the record before anything is written. Knows no database. */
#ifndef INDEXER_PAPER_DRAFT_H
#define INDEXER_PAPER_DRAFT_H

#include "base/buffer.h"
#include "corpus/identifiers.h"
#include "indexer/analysis.h"

#include <stdint.h>

/* All zero at first; paper_draft_free() at the end. One may be made anew for one paper after the other. */
struct paper_draft {
    struct buffer columns[FIELD_COUNT];
    struct buffer authors, tags;    /* one a line */
    struct identifiers identifiers; /* parts of the record */
    uint64_t title_key, authors_key;
    uint64_t hash;            /* paper_hash(), which whoever makes a draft ahead adds */
    struct analysis analysis; /* of the columns */
    struct paper_size size;
};

/* The record must stay as long as the draft is looked at. False when memory is short. */
bool paper_draft_make(struct paper_draft *draft, struct analyzer *analyzer, const struct paper *paper);
void paper_draft_free(struct paper_draft *draft);

/* A number for everything in the record but the lines it stands on. */
uint64_t paper_hash(const struct paper *paper);

/* The text of a column. */
struct span paper_draft_text(const struct paper_draft *draft, enum field field);

#endif
