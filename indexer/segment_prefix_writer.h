/* Counts, while the lists of a segment are written one after the other, the documents of all tokens that begin alike,
 * and makes one list of those that stand in the most: what a query for a prefix would otherwise have to unite. */
#ifndef INDEXER_SEGMENT_PREFIX_WRITER_H
#define INDEXER_SEGMENT_PREFIX_WRITER_H

#include "base/span.h"
#include "indexer/segment_format.h"
#include "indexer/segment_list_writer.h"

struct prefix_writer {
    struct list_writer *lists; /* where lists of prefixes go, between those of tokens */
    uint32_t documents;
    /* ---- what follows starts as zeros */
    struct segment_counted_prefix
        *planned; /* with the postings as `documents` until it is known; sorted when started */
    size_t planned_count, planned_capacity;
    struct prefix_run *runs; /* while planning: the tokens read last that begin alike, the shortest beginning first */
    size_t run_count, run_capacity;
    struct span token;        /* planned last, */
    uint64_t postings;        /* and how many it has */
    uint32_t tokens;          /* planned */
    size_t next;              /* of those planned, to be entered */
    struct open_prefix *open; /* those the token at hand lies in, the innermost last */
    size_t open_count, open_capacity;
    bool failed; /* memory was short */
};

/* Tells of the next token and the number of its postings. A token without bytes begins like no other. */
void prefix_writer_plan(struct prefix_writer *writer, struct span token, uint64_t postings);

/* Ends planning. False when memory was short. */
bool prefix_writer_start(struct prefix_writer *writer);

/* Before the list of a token, for each of its postings, and behind it, with the number of tokens written then. */
bool prefix_writer_enter(struct prefix_writer *writer, uint32_t token);
void prefix_writer_add(struct prefix_writer *writer, uint32_t document, uint32_t frequency, bool is_overlap);
void prefix_writer_leave(struct prefix_writer *writer, uint32_t tokens);

void prefix_writer_free(struct prefix_writer *writer);

#endif
