/* Where words begin and end, how compounds hang together, and the parts of CamelCase names. */
#ifndef INDEXER_WORDS_H
#define INDEXER_WORDS_H

#include "base/span.h"
#include "indexer/character.h"

#include <stdbool.h>
#include <stddef.h>

/* A word as written: bytes [start, end) of the text. `article` is where an elided article before it begins ("l'accès"),
 * or start; `next` is where the text goes on, behind a possessive 's. */
struct word {
    size_t article, start, end, next;
    size_t counts[CHARACTER_WORD_CLASSES]; /* its characters by class */
    bool is_ascii;
    bool starts_upper;
    bool has_sign; /* ends in ++ or #: "C++", "F#" */
};

static inline size_t word_letters(const struct word *word)
{
    return word->counts[CHARACTER_LOWER] + word->counts[CHARACTER_UPPER];
}

/* The last empty lines passed between two words; start == end when there were none. */
struct gap {
    size_t start, end;
};

/* The first byte at or behind `at` that begins a word or a CJK character, or text.len. */
size_t words_skip(struct span text, size_t at, struct gap *gap);

/* Scans the word that begins at `at`, which words_skip() returned and which is not CJK. */
void words_scan(struct span text, size_t at, struct word *word);

enum word_link {
    LINK_NONE,
    LINK_LOOSE, /* "KV-cache", "io_uring", "CXL.mem" */
    LINK_TIGHT, /* "I/O", "Q&A": the parts are a word of their own even inside "I/O-bound" */
};

/* Whether another part of the same compound follows `word`; if so, scans it into `*next`. */
enum word_link words_link(struct span text, const struct word *word, struct word *next);

/* "LLM", "DDR5", "eBPF": two or more letters, all of them capitals, or a capital inside. */
bool word_is_name(const struct word *word);

/* "LLMs", "SmartNICs": two or more capitals and a final small s; "H100s": a letter first, a digit before it. */
bool word_is_plural_acronym(struct span raw);

enum { CAMEL_PARTS_MAX = 6 };

/* The parts of a CamelCase word that are worth finding on their own, in order; returns their number, 0 for a word
 * that is one piece. */
size_t camel_parts(struct span raw, struct span parts[CAMEL_PARTS_MAX]);

/* One CJK character with its marks, from `at` on: returns its bytes, 0 when there is none. */
size_t cjk_character(struct span text, size_t at);

#endif
