/* One entry of a BibTeX or BibLaTeX file, taken apart. */
#ifndef CORPUS_BIBTEX_ENTRY_H
#define CORPUS_BIBTEX_ENTRY_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bibtex_field {
    struct span name;  /* as written */
    struct span value; /* LaTeX; pieces joined by '#' are one */
    uint32_t line;     /* where the value begins */
};

struct bibtex_entry {
    struct span type; /* without the '@' */
    struct span key;
    struct bibtex_field *fields;
    size_t count, capacity;
    uint32_t line; /* of the '@' */
    bool runs_on;  /* no bracket ends it */
    uint32_t
        mended_line; /* of the first value that does not end, and was taken to end where the next field begins; or 0 */
};

struct bibtex_macro {
    struct span name, value;
    uint32_t before; /* 1 and the place of the one defined before it whose name falls into the same slot; 0: none */
};

enum { BIBTEX_MACRO_SLOTS = 1 << 12 }; /* there are files of 10,000 macros, which every entry uses */

/* What @string has defined so far; all zero at first. Lives in its own arena: free that when done. */
struct bibtex_macros {
    struct arena arena;
    struct bibtex_macro *at;
    size_t count, capacity;
    uint32_t slots[BIBTEX_MACRO_SLOTS]; /* by the hash of the name in small letters: 1 and the place of the last one */
};

/* Why an entry cannot be read, and where. */
struct bibtex_mistake {
    uint32_t line;
    const char *what;
};

/* Takes `text` apart, from its '@' to its last bracket, or as far as it goes; it begins on `line`. That no bracket ends
 * it is a mistake unless `may_run_on`: it may be half an entry that is still being written. A macro that nobody defined
 * stands for its own name. False with `*mistake` filled; its `what` is NULL when memory is short. The entry lives in
 * `arena`, in `text` and in `macros`. */
bool bibtex_entry_read(struct arena *arena, const struct bibtex_macros *macros, struct span text, uint32_t line,
                       bool may_run_on, struct bibtex_entry *out, struct bibtex_mistake *mistake);

/* Defines the macros of a @string entry; false when memory is short. */
bool bibtex_macros_add(struct bibtex_macros *macros, const struct bibtex_entry *entry);

/* Gives `entry` the fields of `from` behind its own, which go before them; they keep their lines. What holds them has
 * to outlive the entry. False when memory is short. */
bool bibtex_entry_inherit(struct arena *arena, struct bibtex_entry *entry, const struct bibtex_entry *from);

/* The first field of that name, whatever its case, that is not empty; NULL when there is none. */
const struct bibtex_field *bibtex_field(const struct bibtex_entry *entry, const char *name);

#endif
