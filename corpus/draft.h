/* A draft of a paper being written: its words without the mark-up of LaTeX, and what it cites. */
#ifndef CORPUS_DRAFT_H
#define CORPUS_DRAFT_H

#include "base/name_set.h"
#include "corpus/record.h"

struct draft {
    /* Of the file read last. */
    struct span title; /* empty when it has none that is marked as one */
    struct span text;  /* words to read; commands, comments, formulas and lists of references are gone */

    /* Of all files read, in the order of their first mention. */
    struct name_set cited;          /* citation keys, as \cite{KEY} or [@KEY] */
    struct name_set bibliographies; /* \bibliography{NAME}, \addbibresource{NAME}, "bibliography: NAME": as written */
    struct name_set parts;          /* \input{NAME}, \include{NAME}: as written */
    struct name_set
        setup_parts; /* the same in front of \begin{document}, where they hold commands more often than text */
    struct span *reference_lists; /* what stands in each \begin{thebibliography}, or below the heading "References" */
    size_t reference_list_count, reference_list_capacity;
    bool cites_all; /* \nocite{*} */
    bool is_latex;
};

/* What \newblock, which parts authors, title and the rest of a reference, becomes in text. */
#define DRAFT_BLOCK '\f'

/* Reads `source` (any bytes), LaTeX when the name ends in ".tex" or the text has LaTeX's commands. What `*out` points
 * at lives in `arena`, perhaps in `source` too. False when memory is short. */
bool draft_read(const char *name, struct span source, struct arena *arena, struct draft *out);

/* Reads a file that is a part of `draft`, in LaTeX: names are added to it. One that `is_setup` has no text. */
bool draft_read_part(struct span source, struct arena *arena, bool is_setup, struct draft *draft);

/* Sets `*text` to `source` without the mark-up of LaTeX, in `arena`. */
bool draft_strip(struct span source, struct arena *arena, struct span *text);

/* The next item of a list of references: takes it off the front of `*list` and fills `record` (all zero but its arena
 * at first): its key, and as far as it is understood its authors, title, year and identifiers. False at the end of the
 * list, or when memory was short (record->failed). */
bool draft_next_reference(struct span *list, struct record *record);

/* The same of a list that is no LaTeX. */
bool draft_next_written_reference(struct span *list, struct record *record);

/* Takes the list of references below a heading that says so out of a text that is no LaTeX; `*list` is empty when there
 * is none. A text that is nothing but the list, as a reading list is, keeps its words. False when memory is short. */
bool draft_cut_references(struct span *text, struct arena *arena, struct span *list);

/* Fills `record` from a reference that is a sentence: "A. Author and B. Author. Title. Venue 2021". False when it is
 * none. */
bool draft_read_sentence(struct record *record, struct span text);

#endif
