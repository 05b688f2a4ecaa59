/* What stands around a line of notes, and how likely a title it is by its own words. */
#ifndef CORPUS_NOTES_PLACE_H
#define CORPUS_NOTES_PLACE_H

#include "corpus/notes_file.h"
#include "corpus/title.h"

static inline bool line_has(const struct line *line, enum evidence evidence)
{
    return (line->evidence & evidence_bit(evidence)) != 0;
}

/* A title by its words alone. */
bool line_is_strong(const struct line *line);

/* Nothing in its words rules a title out. */
bool line_is_plausible(const struct line *line);

/* The next line that is not empty, NULL at the end. */
const struct line *line_below(const struct notes_file *file, size_t i);

/* Whether line `i` is the first, or stands after an empty line or a rule; starts_block: or after a venue or year. */
bool line_after_gap(const struct notes_file *file, size_t i);
bool line_starts_block(const struct notes_file *file, size_t i);

/* Whether nothing of the same block follows; ends_block: nothing but a venue or year. */
bool line_stands_alone(const struct notes_file *file, size_t i);
bool line_ends_block(const struct notes_file *file, size_t i);

/* Whether the next line belongs below this one by its looks: a bullet, deeper, a question. */
bool line_over_notes(const struct notes_file *file, size_t i);

#endif
