/* The venue and the year of a paper as notes write them: "SOSP", "OSDI '24", "NSDI'23 Fall", "Proc. of VLDB 2019". */
#ifndef CORPUS_STAMP_H
#define CORPUS_STAMP_H

#include "base/span.h"

#include <stdbool.h>

struct stamp {
    struct span text;  /* as written, whole; empty when there is no stamp */
    struct span venue; /* clean, "EuroSys" for "eurosys '23"; empty when only a year is there */
    int year;          /* 0 when only a venue is there, or a range of years */
    bool doubtful;     /* a venue without a year whose name could be a word: RAID, FAST */
    bool guessed; /* a venue nobody listed, taken for one because it looks like one beside a year: MapReduce 2004 */
};

/* Where the text stands decides what may stand beside the venue and the year. */
enum stamp_place {
    STAMP_LINE,  /* alone on its line, or set off by a comma: nothing but "Proc. of", "Fall", "best paper", ... */
    STAMP_GROUP, /* in brackets: names as well, as in "(Google, OSDI 2012)" or "(Kwon et al., 2023)" */
};

/* Whether `text`, whole, is a venue, a year, or both in either order. Cost grows with the length of `text`; texts
 * longer than any stamp are refused at once. */
bool stamp_read(struct span text, enum stamp_place place, struct stamp *stamp);

/* The venue and the year that `text` begins with, without any mark behind them: "OSDI 2020 Serving DNNs ...". Both
 * must be there. `*bytes` is where they end. */
bool stamp_leads(struct span text, struct stamp *stamp, size_t *bytes);

/* The first venue and the last year anywhere in `text`, as at the end of a reference. */
bool stamp_search(struct span text, struct stamp *stamp);

/* What stands behind a label such as "Venue:": a venue that nobody listed is taken as it is written. */
struct stamp stamp_of_label(struct span text);

/* The first year in `text` that is a number of its own, also within a date such as 2021-06-03; 0 when there is none. */
int year_find(struct span text);

/* The same of a field that can only tell a year or a date: numbers that elsewhere hardly mean one, from the first
 * printed books on, are years here. */
int year_of_field(struct span text);

/* The year of "Jul 2016", "July, 2016" and "07/2016", which say when a paper appeared, as a whole date rather says when
 * a note was written; else 0. */
int year_behind_month(struct span text);

/* Takes the venue of `other` where `stamp` has none, and its year likewise. */
void stamp_add(struct stamp *stamp, const struct stamp *other);

#endif
