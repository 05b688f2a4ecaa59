/* The paper a BibTeX entry tells of. */
#ifndef CORPUS_BIBTEX_RECORD_H
#define CORPUS_BIBTEX_RECORD_H

#include "corpus/bibtex_entry.h"
#include "corpus/record.h"

/* Fills `record`, empty but for its arena, line and rule, from `entry` and, for what it lacks, from `parent` (NULL when
 * it refers to none), both of which have to outlive it. */
void bibtex_record_read(const struct bibtex_entry *entry, const struct bibtex_entry *parent, struct record *record);

#endif
