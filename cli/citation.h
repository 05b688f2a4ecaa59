/* What a reference manager wants to know of a paper, beyond what its record says. */
#ifndef CLI_CITATION_H
#define CLI_CITATION_H

#include "cli/printer.h"

/* What reference managers call a kind of work, and where it came out. */
struct citation_form {
    const char *bibtex, *bibtex_venue; /* the venue is NULL where BibTeX has another place for it */
    const char *ris, *ris_venue;
    const char *csl, *csl_venue;
};

struct citation {
    const struct entry *entry;
    const struct citation_form *form;
    char *venue;     /* in full where the source has it so, else its short name; "" when unknown */
    const char *url; /* NULL when unknown, or nothing but the DOI or the arXiv identifier as an address */
    char *abstract;  /* paragraphs with an empty line between; "" when there is none */
    char *note;      /* lines of notes, questions and answers; "" when there are none */
};

/* `entry` must be a whole paper and outlive the citation. */
struct citation citation_of(const struct entry *entry);
void citation_free(struct citation *citation);

/* A name in the parts by which it is sorted. */
struct person {
    char *given; /* "" where there is but one part */
    char *family;
    char *suffix; /* "Jr.", else "" */
};

/* The name of an author of `entry`. "Robbert van Renesse" is "van Renesse", "Robbert", where the source does not tell
 * otherwise; a name of one word, or of an organisation ("Barnes and Noble, Inc."), is family name alone. */
struct person person_of(const struct entry *entry, size_t author);

void person_free(struct person *person);

/* The name of an organisation with a comma as EndNote has it, lest it is turned: "Pages,, Inks and Paper". NULL when it
 * has none; the caller frees it. */
char *citation_whole_name(const char *name);

/* Whether the one author of `entry` would be read as several, or as less, in a list without its end, ";": "Barnes and
 * Noble", "Pages (ltd.)". */
bool citation_needs_end(const struct entry *entry);

#endif
