/* What a word of a query is in a segment: the posting lists whose union it means. Most often that is one list; of an
 * unquoted word it is that of its stem and perhaps a few postings more. */
#ifndef QUERY_SEALED_WORD_H
#define QUERY_SEALED_WORD_H

#include "base/arena.h"
#include "indexer/analyzer.h"
#include "query/sealed.h"

/* One posting of one of the lists of a prefix. */
struct shared_posting {
    uint32_t document;
    uint32_t list;      /* which of the lists */
    uint32_t at;        /* SEGMENT_BLOCK * block + index in the block */
    uint32_t frequency; /* as segment_block() */
    uint8_t fields;
};

struct sealed_word {
    struct segment_list *lists; /* the longest first */
    size_t list_count;          /* 0: no document holds the word */
    uint64_t papers;            /* documents that hold it and are not stale */
    /* The documents of a term's lists but the first, ascending, each once; those of a prefix are not gathered. */
    uint32_t *others;
    size_t other_count;
    /* Of a prefix of several lists: the documents that hold it, stale ones included, and their number; */
    uint64_t *documents;
    uint64_t document_count;
    /* and what sealed_word_unite() made of the lists. */
    struct shared_posting *postings;
    size_t posting_count;
};

/* Looks up a term or prefix. *is_exact is false when the lists cannot tell: a stem without the word that is the same,
 * which the list of the stem holds too. No query that people write asks for that. PINAKES_DAMAGED as segment.h says. */
pinakes_status sealed_word_find(const struct sealed_moment *moment, struct analyzer *analyzer, const struct node *word,
                                struct arena *arena, struct sealed_word *out, bool *is_exact, pinakes_error *error);

/* Makes one list, by documents, of the many of a prefix: of their postings in the documents of `within` (NULL: all).
 * PINAKES_DAMAGED as segment.h says. */
pinakes_status sealed_word_unite(const struct sealed_moment *moment, struct sealed_word *word, const uint64_t *within,
                                 struct arena *arena, pinakes_error *error);

#endif
