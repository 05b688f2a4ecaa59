/* The ranked index of a library: one sealed, read-only, memory-mapped file beside library.db, from which everything
 * can be rebuilt. Here: reading it. segment_format.h describes the file; segment_writer.h writes it.
 *
 * Papers are numbered by "documents" 0, 1, 2, ... so that those about the same things lie together
 * (document_order.h). Every read is checked: the pages a
 * list or table lies on are compared with their checksums when they are first touched. Any number of threads may read
 * one segment. */
#ifndef INDEXER_SEGMENT_H
#define INDEXER_SEGMENT_H

#include "base/span.h"
#include "corpus/paper.h"
#include "indexer/segment_dense.h"
#include "indexer/segment_lengths.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct segment;
struct segment_term;

enum { SEGMENT_BLOCK = 128 }; /* postings decoded at once */
enum { SEGMENT_OUTSIDE_MARK = '\x01', SEGMENT_OVERLAP_MARK = '\0' };
#define SEGMENT_NO_DOCUMENT UINT32_MAX

/* Which library, at which moment, a segment was made of. */
struct segment_identity {
    uint8_t library[16]; /* random, from meta */
    uint64_t generation;
};

/* Opens the segment at `path` in time that does not grow with its size. `*out` is owned by the caller and freed with
 * segment_close(). PINAKES_NOT_FOUND when there is no file, PINAKES_DAMAGED when it is truncated or fails its
 * checksums, PINAKES_VERSION when another analyzer or format made it or it belongs to another library or generation. */
pinakes_status segment_open(const char *path, const struct segment_identity *identity, struct segment **out,
                            pinakes_error *error);
void segment_close(struct segment *segment);

/* What to return where a read below says "damaged": PINAKES_DAMAGED, naming the file. */
pinakes_status segment_damaged(const struct segment *segment, pinakes_error *error);

/* Reads every byte against its checksum and every list against the format. */
pinakes_status segment_verify(const struct segment *segment, pinakes_error *error);

/* ---- documents ------------------------------------------------------------------------------------------- */

struct segment_documents {
    uint32_t count;
    uint64_t length_total;    /* sum of `lengths` */
    const int64_t *papers;    /* papers.id of each document */
    const uint32_t *by_paper; /* private: the documents in ascending order of those */
    struct segment_lengths lengths;
    const int16_t *years;   /* 0 when unknown */
    const uint32_t *venues; /* ordinals of segment_venue(), 0 when unknown */
    uint32_t venue_count;   /* the empty one included */
};

/* The document of the paper that has the `rank`-th lowest id, from 0; SEGMENT_NO_DOCUMENT when it is damaged. The
 * columns must have been checked. */
static inline uint32_t segment_document_at(const struct segment_documents *documents, uint32_t rank)
{
    const uint32_t document = documents->by_paper[rank];
    return document < documents->count ? document : SEGMENT_NO_DOCUMENT;
}

/* The columns, checked whole when this is first called. */
pinakes_status segment_documents(const struct segment *segment, struct segment_documents *out, pinakes_error *error);

/* The columns, not looked at yet, in time that does not grow with them: what is read must be checked before, entries
 * `first` to `last` of a column at once. */
enum segment_column { SEGMENT_PAPERS, SEGMENT_LENGTHS, SEGMENT_YEARS, SEGMENT_VENUES };
void segment_columns(const struct segment *segment, struct segment_documents *out);
bool segment_column_is_sound(const struct segment *segment, enum segment_column column, uint32_t first, uint32_t last);

/* Whether they were all found sound before: who reads few of many asks for that first, then for those alone. */
bool segment_column_is_known(const struct segment *segment, enum segment_column column, uint32_t first, uint32_t last);

/* The venue as papers.venue has it; ordinal 0 is the empty one. */
struct span segment_venue(const struct segment *segment, uint32_t venue);

/* The document of a paper, SEGMENT_NO_DOCUMENT when it has none. The columns must have been checked. */
uint32_t segment_document_of(const struct segment_documents *documents, int64_t paper);

/* ---- posting lists --------------------------------------------------------------------------------------- */

/* One posting list: for each document that holds the token, how often (distinct positions, those in the title counted
 * TITLE_WEIGHT times), in which fields, and where. The arrays point into the map and hold one entry a block. */
struct segment_list {
    const struct segment *segment;
    uint32_t documents;   /* document frequency */
    uint32_t block_count; /* every block holds SEGMENT_BLOCK postings but perhaps the last */
    const uint32_t *last; /* greatest document of each block */
    const float *most;    /* an upper bound, rounded up, of bm25_score() with idf 1 over each block */
    float most_of_all;    /* the greatest of `most` */
    bool is_dense;        /* it stands in so many documents that there is: */
    struct segment_dense dense;
    uint32_t token;          /* ordinal of its token */
    bool is_within_stem;     /* every position of this word is in the list of "~" and its stem, if that is one */
    bool is_own_stem;        /* the word is its own stem, so that the list of "~" and itself is meant above */
    bool is_overlap;         /* no word, but how often words with a common beginning stand at one position */
    bool is_bare;            /* no positions and no fields are told: an overlap, or what a prefix means */
    const uint32_t *offsets; /* private: where each block lies, from `blocks` */
    const uint8_t *blocks;   /* private */
    const struct segment_term *term; /* private: its dictionary entry, which holds a list of one posting whole */
    uint64_t positions;              /* private: where its positions begin */
    const uint32_t *made_documents, *made_frequencies; /* of a list that was made in memory (query/prefix_list.h), not
                                                        * read from the segment; `last` and `most` are its too */
};

/* Whether the neighbours of a dense list can be read: they are not looked at when it is found. */
bool segment_neighbours_are_sound(const struct segment_list *list);

/* Finds the list of an index token: a word as written, or "~stem". The list of "~s" holds the positions of "~s" and,
 * where s is its own stem, those of the word s too: what an unquoted word means; a "~s" that no word but s itself
 * would fill has no list. The list of SEGMENT_OUTSIDE_MARK and w holds the positions of the word w at which its stem
 * does not stand, where there is a list of that stem: what w adds to it. *found is false when no document holds it.
 * PINAKES_DAMAGED when the bytes of the list fail their checksums. */
pinakes_status segment_list_find(const struct segment *segment, struct span token, struct segment_list *out,
                                 bool *found, pinakes_error *error);

/* The tokens that begin with `prefix`: ordinals *first up to, but without, *behind. For the beginning of a word these
 * are words as written, and overlaps: the frequency of the prefix in a document is the sum of the words' frequencies
 * less that of the overlaps'. */
pinakes_status segment_prefix(const struct segment *segment, struct span prefix, uint32_t *first, uint32_t *behind,
                              pinakes_error *error);

/* What the segment knows of all tokens of such a range together. */
struct segment_together {
    uint32_t documents; /* that hold any of the words */
    bool has_list;
    struct segment_list list; /* bare */
};

/* *found is false when there are too few postings for it to be worth a note. PINAKES_DAMAGED as above. */
pinakes_status segment_prefix_together(const struct segment *segment, uint32_t first, uint32_t behind,
                                       struct segment_together *out, bool *found, pinakes_error *error);

/* The list of the token of that ordinal. PINAKES_DAMAGED as above. */
pinakes_status segment_list_at(const struct segment *segment, uint32_t token, struct segment_list *out,
                               pinakes_error *error);

/* Writes the token of an ordinal into `room` (at least SEGMENT_TOKEN_BYTES) and gives its length. */
enum { SEGMENT_TOKEN_BYTES = 1024 };
size_t segment_token(const struct segment *segment, uint32_t token, char *room);

/* A walk over all tokens but overlaps in the order of their bytes, with the document frequency of each. */
struct segment_walk {
    struct span token; /* where it stands; valid until the next step */
    uint32_t documents;
    /* private */
    const struct segment *segment;
    uint32_t next; /* ordinal */
    struct segment_group {
        const uint8_t *at, *end;
        char text[SEGMENT_TOKEN_BYTES];
        size_t bytes;
        bool is_first;
    } group;
};

/* Steps to the first token that is not less than `from`, or to the next one; *found is false behind the last. */
pinakes_status segment_walk_seek(const struct segment *segment, struct span from, struct segment_walk *walk,
                                 bool *found, pinakes_error *error);
pinakes_status segment_walk_next(struct segment_walk *walk, bool *found, pinakes_error *error);

/* Unpacks one block into arrays with room for SEGMENT_BLOCK entries and gives the number of postings. Frequencies and
 * documents lie in streams of their own; a NULL leaves one unread. Never writes more than SEGMENT_BLOCK entries, nor
 * documents that are not ascending or out of range, whatever bytes the file holds; gives 0 when it is damaged. */
uint32_t segment_block(const struct segment_list *list, uint32_t block, uint32_t documents[SEGMENT_BLOCK],
                       uint32_t frequencies[SEGMENT_BLOCK]);

/* The fields (bit 1 << FIELD_x) of each posting of a block; gives their number, 0 when it is damaged. */
uint32_t segment_block_fields(const struct segment_list *list, uint32_t block, uint8_t fields[SEGMENT_BLOCK]);

/* The positions of posting `index` of `block`, ascending: SEGMENT_POSITION(field, place), place counted from 0 in each
 * field as FTS5 counts. Writes at most `capacity` of them and gives how many there are, 0 when they are damaged. A
 * cursor for successive calls on one list: set to zero before the first. */
#define SEGMENT_PLACE_BITS 28u
#define SEGMENT_POSITION(field, place) (((uint32_t)(field) << SEGMENT_PLACE_BITS) | (uint32_t)(place))
struct segment_positions_cursor {
    uint32_t block_behind, index, behind; /* private */
    const uint8_t *start, *at, *end;
    uint32_t frequencies[SEGMENT_BLOCK];
    uint8_t fields[SEGMENT_BLOCK];
};
/* Asks the processor for what segment_positions() will read of a posting, one step on at each of
 * SEGMENT_POSITIONS_STEPS calls, which are best a few postings apart. */
enum { SEGMENT_POSITIONS_STEPS = 3 };
void segment_positions_fetch(const struct segment_list *list, uint32_t block, uint32_t index, unsigned step);
size_t segment_positions(const struct segment_list *list, struct segment_positions_cursor *cursor, uint32_t block,
                         uint32_t index, uint32_t *positions, size_t capacity);

#endif
