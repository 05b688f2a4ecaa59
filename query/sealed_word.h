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
    struct segment_list *lists; /* the longest first; those of a prefix of several only in what was united */
    size_t list_count;          /* 0: no document holds the word, unless it is a prefix of several */
    uint64_t papers;            /* documents that hold it and are not stale */
    /* The documents of a term's lists but the first, ascending, each once. */
    uint32_t *others;
    size_t other_count;
    /* Of a prefix of several lists: its tokens, as segment_prefix() gives them; */
    bool is_several;
    uint32_t first, behind;
    /* the documents that hold it, stale ones included: their number, and they themselves where they were gathered; */
    uint64_t document_count;
    uint64_t *documents;
    /* the list of all together where the segment has one; */
    bool is_listed;
    struct segment_list together;
    /* and what sealed_word_unite() made of the lists. */
    struct shared_posting *postings;
    size_t posting_count;
};

/* Whether no document holds the word. */
static inline bool sealed_word_is_missing(const struct sealed_word *word)
{
    return word->list_count == 0 && !word->is_several;
}

/* Looks up a term or prefix. *is_exact is false when the lists cannot tell: a stem without the word that is the same,
 * which the list of the stem holds too. No query that people write asks for that. PINAKES_DAMAGED as segment.h says. */
pinakes_status sealed_word_find(const struct sealed_moment *moment, struct analyzer *analyzer, const struct node *word,
                                struct arena *arena, struct sealed_word *out, bool *is_exact, pinakes_error *error);

/* Adds the documents that hold the word, stale ones included. */
pinakes_status sealed_word_add_documents(const struct sealed_moment *moment, const struct sealed_word *word,
                                         uint64_t *bits, pinakes_error *error);

/* The list of a prefix of several words, in the documents of `within` (NULL: all) at least; it has documents and
 * frequencies alone. PINAKES_DAMAGED as segment.h says. */
pinakes_status sealed_word_together(const struct sealed_moment *moment, const struct sealed_word *word,
                                    const uint64_t *within, struct arena *arena, struct segment_list *out,
                                    pinakes_error *error);

/* Brings together, by documents, the postings of the many lists of a prefix, for their positions and fields: those in
 * the documents of `within` (NULL: all). PINAKES_DAMAGED as segment.h says. */
pinakes_status sealed_word_unite(const struct sealed_moment *moment, struct sealed_word *word, const uint64_t *within,
                                 struct arena *arena, pinakes_error *error);

#endif
