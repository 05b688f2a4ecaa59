/* Recognising venues and years: "SOSP", "OSDI '24", "NSDI 2023", "2021". */
#ifndef CORPUS_VENUE_H
#define CORPUS_VENUE_H

#include "base/span.h"

#include <stdbool.h>

struct venue_year {
    struct span venue; /* a slice of the text, without the year; empty when there is none */
    int year;          /* 0 when there is none */
};

/* True when all of `text` is a venue, a year, or both in either order, with the punctuation people put around them
 * ("OSDI '24:", "[SOSP 2021]", "## 2023"). */
bool venue_parse(struct span text, struct venue_year *out);

/* Takes a venue with its year off either end of a title ("Title (SOSP '21)", "[OSDI'20] Title", "Title, NSDI 2022",
 * "Title - FAST"): shortens `*title` and fills `*out`. False, and nothing changes, when there is none. */
bool venue_strip(struct span *title, struct venue_year *out);

/* A year from 1900 to 2099 anywhere in `text` as a number of its own ("2021-06-03", "June 2021"), or 0. */
int year_find(struct span text);

#endif
