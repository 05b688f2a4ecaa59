/* The lines of a file of notes: what marks them, and what they say they are before anything is weighed. */
#ifndef CORPUS_NOTES_LINE_H
#define CORPUS_NOTES_LINE_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* A longer line is no title, no venue, no label: only text. */
enum { LONGEST_READ_LINE_BYTES = 4096 };

enum line_mark {
    MARK_NONE,
    MARK_HEADING,    /* # or ## and a space */
    MARK_SUBHEADING, /* ### and more */
    MARK_BULLET,     /* -, *, a dot, a dash, "> " */
    MARK_NUMBER,     /* 1. 1) (1) [1] a) */
};

enum line_kind {
    LINE_TEXT,      /* a title or a note: to be weighed */
    LINE_TITLE,     /* what was found to be a title */
    LINE_REST,      /* the rest of a title that runs over two lines */
    LINE_SEPARATOR, /* ---, ***, === */
    LINE_STAMP,     /* venue and year, one of them at least */
    LINE_AUTHORS,
    LINE_LINK,
    LINE_TAGS,
    LINE_ABSTRACT,
    LINE_QA,       /* begins the questions and answers */
    LINE_QUESTION, /* Q: or A: */
    LINE_PART,     /* motivation:, Evaluation 1. ... */
    LINE_NAMES,    /* could be authors, if a title stands above */
};

struct line {
    struct span text;  /* without mark, label and white space around; the label stays in front of a LINE_TEXT */
    uint32_t number;   /* counted from 1 */
    uint64_t evidence; /* of enum evidence */
    int16_t score;
    uint16_t indent; /* columns; a tab goes to the next multiple of 8 */
    uint8_t mark;
    uint8_t kind;
    bool checkbox;
    bool after_blank;
    bool labelled; /* the text stood behind a label: "Venue: ..." */
    bool own;      /* a LINE_STAMP that belongs to the title above it alone */
};

/* Takes the next line off `*rest`, without its end; false when there is none. */
bool line_cut(struct span *rest, struct span *line);

/* Reads what marks the line: indentation, bullet, number, heading. `raw` is the line as cut. */
void line_read_mark(struct span raw, struct line *line);

/* Whether the text is a row of one mark, as between papers or under a heading. */
bool line_is_rule(struct span text);

/* Sets kind and text for a line that says itself what it is: a rule, a label, a venue, a link, the start of questions.
 * Everything else is LINE_TEXT. */
void line_read_kind(struct line *line);

#endif
