/* From text to index tokens: the one analyzer, used at index time, at query time, by FTS5 and for highlighting. */
#ifndef INDEXER_ANALYZER_H
#define INDEXER_ANALYZER_H

#include "base/span.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stdint.h>

/* Raised whenever the tokens of any text change; a library remembers the version it was built with. */
enum { ANALYZER_VERSION = 4 };

/* A stem stands in the index behind this byte, so that it is never taken for a word as written. */
enum { STEM_MARK = '~' };

enum token_kind {
    TOKEN_WORD,    /* the word as written: NFKC, case-folded, without diacritics */
    TOKEN_STEM,    /* STEM_MARK and the Porter2 stem, only where it differs from the word */
    TOKEN_PART,    /* a part of a CamelCase word: "prefill" of "PrefillOnly" */
    TOKEN_FAMILY,  /* what a numbered name is one of: "cxl2" and "cxl" of "CXL2.0" (numbered.h) */
    TOKEN_JOINED,  /* the parts of a compound written together: "kvcache" at the "KV" of "KV-cache"; and a word with the
                    * elided article before it: "lacces" at the "accès" of "l'accès" */
    TOKEN_VARIANT, /* another spelling: "ufork" of "µFork", "10us" of "10µs" */
    TOKEN_BIGRAM,  /* two neighbouring CJK characters */
    TOKEN_BREAK, /* the end of a passage (an empty line in the text): holds a position, so that no phrase crosses it */
};

const char *token_kind_name(enum token_kind kind);

/* All tokens of one word share a position. A compound ("KV-cache", "io_uring", "CXL.mem") is several words in
 * successive positions; its joined form stands at the first. */
struct token {
    struct span text; /* valid until the next analyzer_next() or analyzer_start() */
    enum token_kind kind;
    uint32_t position; /* 0 for the first word */
    size_t start;      /* bytes of the analysed text this token came from */
    size_t bytes;
    bool is_protected; /* an acronym or a name with inner capitals: never stemmed */
    bool stop_word;
};

struct analyzer;

/* `*out` is owned by the caller and freed with analyzer_free(). Fails only for lack of memory. One thread at a time. */
pinakes_status analyzer_create(struct analyzer **out, pinakes_error *error);
void analyzer_free(struct analyzer *analyzer);

/* Begins to analyse `text` (any bytes; invalid UTF-8 separates words), which must stay valid until the last
 * analyzer_next(). Whatever was being analysed before is forgotten. */
void analyzer_start(struct analyzer *analyzer, struct span text);

/* The next token, in the order of positions, TOKEN_WORD first within one; false at the end or when memory runs out. */
bool analyzer_next(struct analyzer *analyzer, struct token *token);

/* True when the last analyzer_next() returned false for lack of memory. */
bool analyzer_failed(const struct analyzer *analyzer);

/* The stem of a word that is already folded, without STEM_MARK: Porter2 and plurals of acronyms ("llms" to "llm").
 * Valid until the next call on the analyzer. */
struct span analyzer_stem(struct analyzer *analyzer, struct span word);

/* Whether a folded word is one of the English stop words or of the words questions are asked with
 * ("which papers touched"). */
bool is_stop_word(struct span word);

#endif
