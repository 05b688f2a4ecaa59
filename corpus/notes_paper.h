/* One paper of a file of notes while its lines come in. */
#ifndef CORPUS_NOTES_PAPER_H
#define CORPUS_NOTES_PAPER_H

#include "base/arena.h"
#include "corpus/notes_line.h"
#include "corpus/paper.h"
#include "corpus/stamp.h"

#include <stdbool.h>

/* The venue and the year that hold for the papers below them. */
struct heading {
    struct span venue; /* clean */
    struct span text;  /* the line that named the venue, without decoration */
    uint32_t line;
    int year;
    bool year_first; /* venues stand under years, not years under venues */
};

/* Takes a LINE_STAMP that holds for the papers below it. */
void heading_take(struct heading *heading, const struct line *line);

struct draft {
    struct paper paper;
    struct passage *passages;
    struct span *authors, *tags;
    size_t passage_capacity, author_capacity, tag_capacity;
    struct arena *arena;
    enum field field;    /* of the note lines to come */
    size_t wrap_columns; /* where the file breaks its lines; 0 when it does not */
    const struct line *last_note;
    bool head_open; /* only authors, venue, links and tags have come since the title */
    bool failed;    /* memory was short */
};

/* Begins a paper with its title line; `rest` is the line that continues the title, or NULL. */
void draft_begin(struct draft *draft, const struct line *title, const struct line *rest, const struct heading *heading);

/* Takes a line that is no title and no venue or year for others. */
void draft_take(struct draft *draft, const struct line *line);

/* The finished paper; it lives in the draft's arena. */
const struct paper *draft_finish(struct draft *draft);

#endif
