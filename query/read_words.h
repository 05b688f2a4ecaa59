/* The words of a text as the analyzer gives them, each with what stands beside it at its position. */
#ifndef QUERY_READ_WORDS_H
#define QUERY_READ_WORDS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/analyzer.h"

#include <stdbool.h>
#include <stddef.h>

/* A position of the text. */
struct read_word {
    struct span surface;
    struct span text;    /* folded */
    struct span stem;    /* of a protected word, when it is a plural: "llm" */
    struct span variant; /* another spelling, or empty */
    struct span joined;  /* of the compound that begins here, or empty */
    struct span parted;  /* of a name with capitals inside: its parts with hyphens between, or empty */
    size_t joined_end;   /* where that compound ends in the text */
    size_t part_bytes;
    bool is_protected;
    bool is_stop_word;
    bool is_cjk;
    bool is_character; /* a CJK character that stands alone */
};

/* All zero at first; one may be read into again and again. */
struct read_words {
    struct read_word *at;
    size_t count, capacity;
};

/* Reads `text` into `words`, in the place of what was there. Everything lives in `arena`. False when memory is short.
 */
bool words_read(struct arena *arena, struct analyzer *analyzer, struct span text, struct read_words *words);

#endif
