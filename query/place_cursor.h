/* Cursors that know where in a document a word or phrase begins: those of words, and what those of phrases and NEAR
 * (sealed_cursors.c) are made of. For that file alone. */
#ifndef QUERY_PLACE_CURSOR_H
#define QUERY_PLACE_CURSOR_H

#include "query/sealed_cursors.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a word or phrase begins in a document: SEGMENT_POSITION()s, ascending, each once. */
struct places {
    uint32_t *at;
    size_t count, capacity;
};

/* A cursor that knows places: of a word or phrase. */
struct place_cursor {
    struct posting_cursor base;
    struct cursor_group *group;
    field_set fields;
    struct places starts; /* in the document last answered, in `fields`; of a word when they were asked for */
    uint32_t words;       /* one behind the other */
    bool (*begins)(struct place_cursor *cursor); /* fills `starts`; false: the group is damaged or short */
};

/* Makes room for `count` places, keeping those there are; false, and the group short, when memory is. */
bool places_make_room(struct cursor_group *group, struct places *places, size_t count);

/* A cursor over a term, or over a prefix whose places are asked for; NULL when memory is short. */
struct place_cursor *place_cursor_of_word(struct cursor_group *group, const struct node *word);

/* The same over a prefix whose places nobody asks for. */
struct place_cursor *place_cursor_of_prefix(struct cursor_group *group, const struct node *prefix);

#endif
