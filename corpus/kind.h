/* What kind of work a paper is, where its source tells: a bibliography is written as it was read. */
#ifndef CORPUS_KIND_H
#define CORPUS_KIND_H

#include "base/span.h"

enum kind {
    KIND_UNKNOWN,
    KIND_ARTICLE,     /* of a journal */
    KIND_PROCEEDINGS, /* a paper of a conference or workshop */
    KIND_BOOK,
    KIND_CHAPTER,
    KIND_THESIS,
    KIND_REPORT,
};

/* "article", "proceedings", "book", "chapter", "thesis", "report"; "" when unknown. */
const char *kind_name(enum kind kind);

/* The kind of that name; KIND_UNKNOWN for any other. */
enum kind kind_named(struct span name);

/* The kind that a type of BibTeX (but "article", which means something else to others), BibLaTeX, RIS, MEDLINE, Refer,
 * the Web of Science, CSL, Zotero or Crossref stands for, whatever its case. */
enum kind kind_of_type(struct span type);

#endif
