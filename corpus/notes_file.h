/* A whole file of notes, each line with what it was found to be. */
#ifndef CORPUS_NOTES_FILE_H
#define CORPUS_NOTES_FILE_H

#include "base/arena.h"
#include "corpus/notes_line.h"

struct notes_file {
    struct line *lines; /* without the empty ones; in the arena */
    size_t count;
    size_t titles;
    size_t headings;   /* of the titles, those behind heading marks */
    bool about_papers; /* whether there is evidence enough that the file is about papers at all */
};

/* Reads `text` line by line, weighs each line alone, then beside its neighbours and the file's habits. False when
 * memory is short. Time and memory grow with the length of `text`. */
bool notes_file_read(struct span text, struct arena *arena, struct notes_file *file);

/* Decides which LINE_TEXT lines are titles (notes_decide.c). */
void notes_decide(struct notes_file *file);

/* Sets `about_papers` (notes_gate.c). */
void notes_gate(struct notes_file *file);

#endif
