/* The habits of one file of notes: how it sets its titles apart, and whether venues stand above or below papers. */
#ifndef CORPUS_NOTES_HABITS_H
#define CORPUS_NOTES_HABITS_H

#include "corpus/notes_file.h"

/* Ways to set a line apart from the others. A file that uses one of them for its titles uses it for most of them. */
enum way {
    WAY_STAMPED,  /* with venue or year on the line */
    WAY_MARKED,   /* in brackets, quotes, between marks, underlined */
    WAY_NUMBERED, /* 1. */
    WAY_FIRST,    /* after an empty line or a rule, no mark */
    WAY_PLAIN,    /* no mark, not indented deeper than titles are */
    WAY_BULLET,   /* a bullet of the outermost level */
    WAY_COUNT,
    WAY_NONE = WAY_COUNT,
};

/* The lines set apart in one way. */
struct way_tally {
    size_t lines;
    size_t plausible, strong; /* of them, as titles by their words alone */
    size_t research;          /* of them, of words of the field */
    size_t lower;             /* of them, beginning with a small letter */
    size_t first;             /* of them, after an empty line or a rule */
    size_t over_notes;        /* of them, followed in their block by lines set another way */
};

struct habits {
    struct way_tally ways[WAY_COUNT], all;
    enum way titles;    /* WAY_NONE when the file marks its titles by nothing but their words */
    size_t indent;      /* the indentation titles have */
    bool names_authors; /* lines of authors follow titles */
    bool headings;      /* most titles stand behind heading marks */
    bool stamps_above;  /* venues and years stand above the papers they hold for, not below a title */
};

/* Reads the habits from the lines, each with the evidence of its own words. */
struct habits habits_read(const struct notes_file *file);

/* Whether line `i` is set apart as the file's titles are; false when they are not set apart at all. */
bool habits_fit(const struct habits *habits, const struct notes_file *file, size_t i);

/* Whether `part` is at least that share of `of`. */
bool is_share(size_t part, size_t of, size_t percent);

/* Whether the file's venue lines stand above the papers they hold for (notes_owner.c). */
bool stamps_stand_above(const struct notes_file *file);

/* Sets `own` of every venue line that belongs to the title above it alone (notes_owner.c). */
void stamps_assign(struct notes_file *file, const struct habits *habits);

#endif
