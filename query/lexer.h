/* From a user's text to the operands, operators and parentheses of the query language. */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include "base/arena.h"
#include "base/span.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an operand is looked up in: what stands before its colon, or before the parenthesis around it. */
enum scope_kind { SCOPE_ANYWHERE, SCOPE_FIELD, SCOPE_YEAR, SCOPE_TOPIC };

struct scope {
    enum scope_kind kind;
    field_set fields;
};

enum lexeme_kind {
    LEXEME_WORDS, /* a run of characters without space */
    LEXEME_QUOTE, /* what stands between quotation marks */
    LEXEME_OPEN,
    LEXEME_CLOSE,
    LEXEME_BAR,
    LEXEME_AND,
    LEXEME_OR,
    LEXEME_NOT,
    LEXEME_NEAR,
};

struct lexeme {
    enum lexeme_kind kind;
    char sign; /* '-' or '+' in front, else 0 */
    struct scope scope;
    struct span text;   /* without sign, field, quotation marks and final star */
    struct span source; /* as written, but for the sign */
    bool is_prefix;     /* a star ends it; with an empty text: the star that stands for every paper */
    bool is_near;       /* LEXEME_OPEN: of NEAR(...) */
    bool has_spellings; /* LEXEME_OPEN: its parentheses hold a bar */
    uint32_t distance;  /* of NEAR */
};

struct lexemes {
    struct lexeme *at;
    size_t count;
};

/* Deeper parentheses are literal text. */
enum { NESTING_MAX = 200 };

/* Reads `text` (valid UTF-8 without line breaks). What comes out is sound: every parenthesis has its partner, a bar
 * stands only inside parentheses, and every operator between or before operands; what was not is literal text, as lower
 * case words. False when memory is short. */
bool lexer_read(struct arena *arena, struct span text, struct lexemes *out);

/* Whether `name`, which stands before a colon, is one of the fields that can be asked for. */
bool lexer_field(struct span name, struct scope *scope);

/* Bytes of the quotation mark at `at`, 0 when there is none: the straight one and those that word processors put in
 * its place. */
size_t lexer_quotation_mark(struct span text, size_t at);

#endif
