/* The bytes of a segment, for its writer and its reader; SEGMENT.md explains them in words. All numbers are little
 * endian. The file is one header page and then sections, each beginning at a multiple of 64 bytes. */
#ifndef INDEXER_SEGMENT_FORMAT_H
#define INDEXER_SEGMENT_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#define SEGMENT_MAGIC "PnksSeg"
enum { SEGMENT_VERSION = 7 };

enum {
    SEGMENT_PAGE = 4096,         /* checksummed as one */
    SEGMENT_ALIGNMENT = 64,      /* of sections */
    SEGMENT_PADDING = 4096,      /* zeros before the checksums, so that a block can be read whole wherever it starts */
    SEGMENT_TOKENS_A_GROUP = 16, /* tokens that share one entry of the sparse index */
    SEGMENT_TOKEN_BYTES_MAX = 1023,
    SEGMENT_PART = 8, /* postings of a full block that are told where their positions begin */
    SEGMENT_PARTS_TOLD = 128 / SEGMENT_PART - 1, /* the first begins behind what tells of the others, uint16 each */
    SEGMENT_PART_FAR = UINT16_MAX,               /* it is further than that can tell: go there from the first */
};

enum segment_section {
    SECTION_PAPERS,     /* int64 for each document: papers.id */
    SECTION_BY_PAPER,   /* uint32 for each document: the documents in ascending order of papers.id */
    SECTION_LENGTHS,    /* uint16 for each document (segment_lengths.h) */
    SECTION_LONGER,     /* struct segment_exception for each document that is longer than that tells, ascending */
    SECTION_YEARS,      /* int16 for each document */
    SECTION_VENUES,     /* uint32 for each document: ordinal of its venue */
    SECTION_VENUE_ENDS, /* uint32 for each venue: where its text ends in the next section */
    SECTION_VENUE_TEXT,
    SECTION_TOKEN_GROUPS,    /* uint32 for each group of tokens: where it begins in the next section */
    SECTION_TOKEN_KEYS,      /* uint64 for each group: segment_token_key() of its first token */
    SECTION_TOKEN_TEXT,      /* each group: its first token, then each shared prefix length, rest */
    SECTION_TERMS,           /* struct segment_term for each token */
    SECTION_PREFIXES,        /* struct segment_counted_prefix for each prefix of many postings */
    SECTION_BLOCK_LAST,      /* uint32 for each block of every list that TERMS does not hold: its greatest document */
    SECTION_BLOCK_MOST,      /* float for each: greatest bm25_score() with idf 1, rounded up */
    SECTION_BLOCK_POSTINGS,  /* uint32 for each: where it begins, from the start of its list in SECTION_POSTINGS */
    SECTION_BLOCK_POSITIONS, /* the same in SECTION_POSITIONS */
    SECTION_POSTINGS,
    SECTION_POSITIONS,
    SECTION_CHECKSUMS, /* uint64 for each page from the second one up to this section: XXH3 of its bytes */
    SECTION_SUMMARY,   /* uint64 for each page of SECTION_CHECKSUMS: XXH3 of its bytes */
    SECTION_COUNT,
};

/* The first eight bytes of a token, zeros behind its end, as a number that orders as the bytes do. */
static inline uint64_t segment_token_key(const char *token, size_t bytes)
{
    uint64_t key = 0;
    for (size_t i = 0; i < sizeof key; i++)
        key = key << 8 | (i < bytes ? (uint8_t)token[i] : 0);
    return key;
}

struct segment_extent {
    uint64_t offset; /* bytes from the start of the file */
    uint64_t bytes;
};

/* The first bytes of the file; zeros fill its page. */
struct segment_header {
    char magic[8];
    uint32_t version;
    uint32_t analyzer_version;
    uint8_t library[16];
    uint64_t generation;
    uint64_t file_bytes;
    uint64_t length_total;
    uint32_t documents;
    uint32_t tokens;
    uint32_t venues;
    uint32_t blocks;
    struct segment_extent sections[SECTION_COUNT];
    uint64_t summary_checksum; /* XXH3 of SECTION_SUMMARY */
    uint64_t checksum;         /* XXH3 of all that stands before it in this structure */
};

/* One entry of the dictionary: 24 bytes. */
struct segment_term {
    uint32_t documents; /* document frequency, and the flags below */
    uint32_t first;     /* its first block; the document itself when the posting is written here */
    float most;         /* the greatest SECTION_BLOCK_MOST of its blocks, or of the posting that is written here */
    uint16_t postings_high, positions_high;
    uint32_t postings_low, positions_low; /* 48 bits each: where the list begins in its section; of a posting written
                                           * here postings_low is its frequency (24 bits) and above it its fields */
};

#define SEGMENT_WITHIN_STEM UINT32_C(0x80000000)  /* every position of the word carries its stem */
#define SEGMENT_OWN_STEM UINT32_C(0x40000000)     /* the word is its own stem */
#define SEGMENT_WRITTEN_HERE UINT32_C(0x20000000) /* one posting, which stands in the dictionary itself */
#define SEGMENT_OVERLAP UINT32_C(0x10000000)      /* no word: where words share a position; without positions */
#define SEGMENT_DENSE UINT32_C(0x08000000)        /* its list is dense */
#define SEGMENT_DOCUMENTS UINT32_C(0x07ffffff)    /* the document frequency */
#define SEGMENT_HERE_FREQUENCY UINT32_C(0xffffff)

/* The tokens that begin alike, where they have many postings: 32 bytes, ascending by `first`, the greatest `behind`
 * first. */
struct segment_counted_prefix {
    uint32_t first, behind;   /* ordinals of the first token and the one behind the last */
    struct segment_term term; /* of the list of all together, without positions; or with the flag below */
};

#define SEGMENT_COUNTED_ONLY UINT32_C(0x80000000) /* there is no list: only in how many documents they stand */

/* A block of SEGMENT_BLOCK postings: these bytes, then packed documents (16 bytes a bit), their exceptions, packed
 * frequencies, their exceptions, and the fields. A document is coded as its distance to the one before less 1, a
 * frequency as itself less 1. An exception is the index of a value (1 byte) and what stands above its packed bits
 * (4). */
struct segment_block_header {
    uint8_t document_bits, document_exceptions;
    uint8_t frequency_bits, frequency_exceptions;
};
enum { SEGMENT_EXCEPTION_BYTES = 5 };

/* A dense list (segment_dense.h) begins at a multiple of 64 bytes with this, in its first 64 bytes; its arrays follow
 * as segment_dense_layout() says, then the fields of its blocks, then its exceptions. Its blocks hold nothing else. */
struct segment_dense_head {
    uint32_t exceptions_at; /* bytes from the start of the list */
    uint32_t exceptions;    /* their number */
};

/* The fields of a block: the number of bits that tell one of `palette` masks (0, 1, 2, 4 or 8), the number of masks
 * less 1, the masks, then those bits for each posting, lowest first; with 8 bits there is no palette and each posting
 * has its mask. */

#endif
