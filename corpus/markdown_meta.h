/* What a Markdown text says of a paper beside its notes: authors, venue, year, tags, links. */
#ifndef CORPUS_MARKDOWN_META_H
#define CORPUS_MARKDOWN_META_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/paper.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Grows in an arena; all zero is empty. */
struct span_list {
    struct span *at;
    size_t count, capacity;
};

struct passage_list {
    struct passage *at;
    size_t count, capacity;
};

struct meta {
    struct span title, venue, url;
    int year;
    struct span_list authors, tags;
    struct passage_list passages; /* where all that stands */
};

bool span_list_add(struct arena *arena, struct span_list *list, struct span text);

/* Adds a passage; `words` may be the text itself. Empty lines inside split it. False when memory is short. */
bool passage_add(struct arena *arena, struct passage_list *list, enum field field, uint32_t line, struct span text,
                 struct span words);

/* Takes "key: value" as people write it in front matter, inline fields and bold lines ("Authors", "Venue", "Year",
 * "Tags", "DOI"...). `source` is the value verbatim. False when the key says nothing of a paper. */
bool meta_take(struct arena *arena, struct meta *meta, struct span key, struct span value, struct span source,
               uint32_t line, bool *failed);

/* Takes a line that is a venue, a year or both. */
bool meta_take_venue(struct arena *arena, struct meta *meta, struct span line_text, uint32_t line, bool *failed);

#endif
