/* The one paper record every reader produces and the store keeps. */
#ifndef CORPUS_PAPER_H
#define CORPUS_PAPER_H

#include "base/span.h"
#include "corpus/kind.h"

#include <stdbool.h>
#include <stdint.h>

/* The text fields, in the order of the columns of the inverted index. */
enum field {
    FIELD_TITLE,
    FIELD_AUTHOR,
    FIELD_VENUE,
    FIELD_TAG,
    FIELD_ABSTRACT,
    FIELD_NOTE,
    FIELD_QA,
    FIELD_COUNT,
};

/* The name a user writes before a colon: "title", "author", "venue", "tag", "abstract", "note", "qa". */
const char *field_name(enum field field);

/* The field of that name; FIELD_COUNT when there is none. */
enum field field_named(struct span name);

/* A piece of text and where it stands. `text` is verbatim in the source from line `line` (counted from 1) on; it
 * may run over several lines. Of a format that escapes its text (JSON, BibTeX) it is what the source means, and has as
 * many line breaks as the source has there. `words` has the same length: it is `text` with every byte that is no word
 * of the paper (link targets, code, mark-up) replaced by a space, so that offsets into one hold for the other; words.at
 * == text.at when there is nothing to blank. No passage holds an empty line. */
struct passage {
    enum field field;
    uint32_t line;
    struct span text;
    struct span words;
};

/* Everything points into memory of the reader and is valid only during the call that hands the paper over.
 * The title, the authors, the venue and the tags stand both here, clean, and among the passages, verbatim. */
struct paper {
    struct span id; /* what the source itself calls the paper; empty when it gives it no name */
    struct span title;
    struct span venue; /* empty when unknown */
    struct span url;
    struct span doi, arxiv, pmid; /* as the source writes them, empty where it does not: corpus/identifiers.h */
    const struct span *authors;   /* corpus/person.h */
    size_t author_count;
    const struct span *tags;
    size_t tag_count;
    const struct passage *passages; /* in the order of the source */
    size_t passage_count;
    enum kind kind;
    int year;             /* 0 when unknown */
    bool is_year_derived; /* no words of the source tell it, its arXiv identifier does */
    uint32_t line;        /* where the title stands */
    const char *rule;     /* what made that line a title, for people: "a line on its own in title case" */
};

/* The year the source itself tells, 0 when it tells none. */
static inline int paper_told_year(const struct paper *paper)
{
    return paper->is_year_derived ? 0 : paper->year;
}

#endif
