/* The rules below the heads of tables, made as wide as the parser wants them. */
#ifndef CORPUS_MARKDOWN_RULES_H
#define CORPUS_MARKDOWN_RULES_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

struct rule_change {
    size_t start, end; /* of the rule in the copy */
    size_t added;      /* dashes that the copy has more up to its end */
};

struct wide_rules {
    struct span
        text; /* a copy of the same lines, with a NUL behind it: md4c 0.4.8 looks one byte further than it may */
    const struct rule_change *changes;
    size_t count;
};

/* Sets `*out` to `text` with three dashes wherever a rule such as "|-|:-:|" has fewer: GitHub takes one dash for a
 * column (GitHub Flavored Markdown, "Tables (extension)"), the parser no less than three. The copy lives in `arena`.
 * False when memory is short. */
bool rules_widen(struct arena *arena, struct span text, struct wide_rules *out);

/* The same, but all rules stay as they are. */
bool rules_keep(struct arena *arena, struct span text, struct wide_rules *out);

/* Moves `*part` of the copy to where it stands in `text`; false when a rule that was changed stands in it. */
bool rules_narrow(const struct wide_rules *wide, struct span text, struct span *part);

#endif
