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
    struct span doi, arxiv, pmid;     /* empty when unknown */
    struct span author;               /* the first author's last name, folded; empty when unknown */
    struct span spelling;             /* the title's words, folded, a space between two */
    struct span abstract;             /* empty when it has none, or is not asked for */
    uint64_t words[SAME_PAPER_WORDS]; /* of the title, hashed, in their order */
    bool is_number[SAME_PAPER_WORDS]; /* those with a digit, and Roman numerals */
    size_t word_count;
    uint64_t title;   /* of all words, however they are spaced; 0 when there are none */
    uint64_t authors; /* of all of them; 0 when there are none */
    int year;         /* as the source tells it; 0 when it does not */
    bool is_preprint;
    int64_t source;
};

/* Why two records are of one paper, the surest first. */
enum same_paper {
    SAME_DOI,
    SAME_ARXIV,
    SAME_PMID,
    SAME_TITLE,
    SAME_BY_RULE, /* the library's owner says so */
    SAME_SPELLING,
    SAME_ABSTRACT,
    SAME_NEARLY, /* perhaps */
    SAME_NOT,
};

/* For people: "the same DOI"; "" of SAME_NOT. */
const char *same_paper_reason(enum same_paper same);

/* The title's words, hashed, whatever their spaces, case, accents and punctuation; 0 when it has none. */
uint64_t same_paper_title(struct analyzer *analyzer, struct span title);

/* The authors (one a line), hashed: their last names and the initials of their first ones, whatever their order. 0 when
 * there are none. */
uint64_t same_paper_authors(struct analyzer *analyzer, struct span authors);

/* Fills what comes of the texts (`authors`: one a line); doi, arxiv, pmid, abstract, year and source are the caller's.
 * Text lives in `arena`. False when memory is short. */
bool same_paper_facts(struct analyzer *analyzer, struct arena *arena, struct span title, struct span authors,
                      struct span venue, struct paper_facts *out);

/* Whether their abstracts would tell more: without them same_paper() takes the records to have none. */
bool same_paper_asks_abstracts(const struct paper_facts *a, const struct paper_facts *b);

/* Whether no title can make one paper of them: they are records of one file, or have DOIs or identifiers of
 * PubMed's of their own. */
bool same_paper_are_two(const struct paper_facts *a, const struct paper_facts *b);

/* Never SAME_BY_RULE. Records are of one paper when they have
 * - one DOI, one arXiv identifier or one of PubMed's, and titles that share half of the shorter one's words or a first
 *   author: volumes and series have a DOI as well;
 * - or one title, letter for letter, of different files, with one first author and years at most one apart (two, when
 *   one is of a preprint and the title has four words); where one does not name its author, the title must have four
 *   words, and where neither does, both one year too, or one none, and the title five words, and one of them a year or
 *   an identifier: of 87,402 titles 82 with five words stand on several records, 80 of them with an author in common;
 * - or titles that differ (near_title.h), of different files, with the same authors, all of them, and
 *   - SAME_SPELLING: TITLE_SPELLING, years at most one apart (two with a preprint), and not two abstracts that have
 *     nothing in common;
 *   - SAME_ABSTRACT: TITLE_LETTERS and such years, or TITLE_WORDS and one year (two apart with a preprint), and
 *     abstracts that have 7 of 10 runs of three words in common; or a preprint and what was published of it, TITLE_MOST
 *     and 9 of 10.
 *   What bench/near_titles.py measures led to these numbers.
 * Two DOIs are two papers, but for that of a preprint, and so are two identifiers of PubMed's. SAME_NEARLY are records
 * with one first author and such years whose titles share nine words of ten, or of which one begins with the whole
 * other; numbers have to agree, so that Part I is not Part II; and those of one file that would be one paper by their
 * titles. The abstracts' words are `analyzer`'s, which fails where memory is short. */
enum same_paper same_paper(struct analyzer *analyzer, const struct paper_facts *a, const struct paper_facts *b);

#endif
