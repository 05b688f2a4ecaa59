/* From the words of one operand to nodes: the token sets of a word, compounds, names with capitals inside, and the
 * other spellings the library may know a thing by. */
#ifndef QUERY_EXPAND_H
#define QUERY_EXPAND_H

#include "base/arena.h"
#include "query/lexer.h"
#include "query/read_words.h"
#include "query/split.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stddef.h>

/* One thing a user wrote: a word, a compound, a run of CJK characters, a quotation. */
struct unit {
    struct node *node;
    struct span surface; /* as written */
    struct span folded; /* of a plain word of ASCII letters and digits, which may be half of a joined one; else empty */
    struct span
        spelled; /* the same thing joined ("kvcache" for KV-cache) or parted ("Prefill-Only", "CXL-3"); else empty */
    bool is_splittable; /* a plain word that may be two words written together */
    bool is_stop_word;
};

struct units {
    struct unit *at;
    size_t count;
};

/* How to read: which fields to look in, and whether only what is written counts, no other spellings. */
struct reading {
    struct scope scope;
    bool is_literal;
};

struct expander {
    struct arena *arena;
    struct known_words known;
    struct read_words scratch; /* of the text read last */
    bool are_names;            /* what is read are names of people: Manning is no form of man */
    bool failed;               /* memory ran out; every result is then meaningless */
};

/* The units of a run of words; none when it holds no word. With `is_prefix` the last one may go on. */
struct units expand_words(struct expander *expander, struct span text, bool is_prefix, const struct reading *reading);

/* A quotation (`text` stands between the marks): one unit, or none. */
struct units expand_quote(struct expander *expander, struct span text, const struct reading *reading);

/* The joined form of two neighbours ("kv", "cache"), or NULL when the library does not know it. */
struct node *expand_pair(struct expander *expander, const struct unit *first, const struct unit *second,
                         const struct reading *reading);

#endif
