/* The names people give to what they write down of a paper: "Authors:", "venue", "paper_year", and to the parts of
 * their notes: "Motivation", "Q&A". */
#ifndef CORPUS_LABEL_H
#define CORPUS_LABEL_H

#include "base/span.h"
#include "corpus/paper.h"

#include <stdbool.h>

enum label {
    LABEL_NONE,
    LABEL_TITLE,
    LABEL_AUTHORS,
    LABEL_VENUE,
    LABEL_YEAR,
    LABEL_TAGS,
    LABEL_LINK, /* an address; "Paper:" is one, or a title */
    LABEL_DOI,
    LABEL_ARXIV,
    LABEL_PMID,
    LABEL_ABSTRACT,
    LABEL_KEY, /* a citation key */
};

/* What `name`, whole, labels. Case, bold and italic marks around it, and whether its words are joined by spaces, '-' or
 * '_' do not matter; "Paper 3" is "Paper". */
enum label label_of(struct span name);

/* Splits "Label: value", "**Label**: value", "Label:: value" or "[Label] value"; also with the colon of East Asia.
 * False when there is no short name in front; `value` may be empty. */
bool label_split(struct span text, struct span *name, struct span *value);

/* The name in front of a paper given as such, "Paper: X" or "Title: X": the bytes up to X, 0 when there is none. */
size_t title_label_bytes(struct span text);

/* Whether a line is such a name of a title alone, "Title:", so that the title can only stand on the next. */
bool is_open_title_label(struct span text);

/* Whether `text` is the name of a part of a note ("motivation", "Key idea", "My thoughts"). */
bool is_part_name(struct span text);

/* Whether the heading `text` begins a part of a note, and of which field: "2. Q&A:", "Strengths/Weaknesses",
 * "Abstract". */
bool part_read(struct span text, enum field *field);

/* Whether `text` begins with the name of the questions and answers, alone or with the first of them behind it: "Q&A",
 * "My QA 1. ...", "Questions: ...". `*rest` is what stands behind. */
bool questions_cut(struct span text, struct span *rest);

/* Whether `text` is what links to a paper and what belongs to it are called, "pdf", "Paper link", "code", or
 * nothing. */
bool is_link_name(struct span text);

/* The bytes of a colon, also the wide one of East Asia, that `text` begins with. */
size_t colon_bytes(struct span text);

#endif
