/* What the owner of a library says of records that are, or are not, of one paper: the text of duplicates.txt.
 *
 *   # a comment
 *   oasis2025 = zhang2025-oasis         are one paper
 *   yu2022-orca != orca-journal2024     are two
 *
 * Keys are those `pinakes duplicates` and `show` print; one that no record has does no harm, and is told once. */
#ifndef INDEXER_JOIN_RULES_H
#define INDEXER_JOIN_RULES_H

#include "base/arena.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stdint.h>

struct join_rule {
    const char *a, *b; /* keys */
    uint32_t line;
    bool is_same;
};

struct join_rules {
    const char *name; /* of the text, in messages */
    const struct join_rule *items;
    size_t count;
    uint64_t hash; /* of the text; 0 without one */
};

/* Reads the text, which `name` names in messages. Everything lives in `arena`. PINAKES_BAD_INPUT names the line that is
 * no rule. */
pinakes_status join_rules_parse(struct arena *arena, const char *name, struct span text, struct join_rules *out,
                                pinakes_error *error);

/* Whether a rule says that the records are one paper, or two. */
bool join_rules_are_same(const struct join_rules *rules, const char *a, const char *b);
bool join_rules_are_two(const struct join_rules *rules, const char *a, const char *b);

#endif
