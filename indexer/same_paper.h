/* Whether two records are of one paper. */
#ifndef INDEXER_SAME_PAPER_H
#define INDEXER_SAME_PAPER_H

#include "base/arena.h"
#include "indexer/analyzer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SAME_PAPER_WORDS = 48 }; /* of a title that are compared */

/* What is compared of a record. */
struct paper_facts {
    struct span doi, arxiv;           /* empty when unknown */
    struct span author;               /* the first author's last name, folded; empty when unknown */
    uint64_t words[SAME_PAPER_WORDS]; /* of the title, hashed, in their order */
    bool is_number[SAME_PAPER_WORDS]; /* those with a digit, and Roman numerals */
    size_t word_count;
    uint64_t title; /* of all words; 0 when there are none */
    int year;       /* 0 when unknown */
    bool is_preprint;
    int64_t source;
};

/* Why two records are of one paper, the surest first. */
enum same_paper {
    SAME_DOI,
    SAME_ARXIV,
    SAME_TITLE,
    SAME_BY_RULE, /* the library's owner says so */
    SAME_NEARLY,  /* perhaps */
    SAME_NOT,
};

/* For people: "the same DOI"; "" of SAME_NOT. */
const char *same_paper_reason(enum same_paper same);

/* The words of the title, hashed, whatever their case, accents and punctuation; 0 when it has none. */
uint64_t same_paper_title(struct analyzer *analyzer, struct span title);

/* Fills what comes of the texts (`authors`: one a line); doi, arxiv, year and source are the caller's. Text lives in
 * `arena`. False when memory is short. */
bool same_paper_facts(struct analyzer *analyzer, struct arena *arena, struct span title, struct span authors,
                      struct span venue, struct paper_facts *out);

/* Never SAME_BY_RULE. Records are of one paper when they have
 * - one DOI or one arXiv identifier, and titles that share half of the shorter one's words or a first author: volumes
 *   and series have a DOI as well;
 * - or one title, word for word, of different files, with one first author and years at most one apart (two, when one is
 *   of a preprint and the title has four words); where one does not name its author, the title must have four words, and
 *   where neither does, both must have one year.
 * Two DOIs are two papers, but for that of a preprint. SAME_NEARLY are records with one first author and such years whose
 * titles share nine words of ten, or of which one begins with the whole other; numbers have to agree, so that Part I is
 * not Part II; and those with one title in one file. */
enum same_paper same_paper(const struct paper_facts *a, const struct paper_facts *b);

#endif
