/* A paper put together from the values of a record: of JSON, BibTeX, RIS and formats like it. */
#ifndef CORPUS_RECORD_H
#define CORPUS_RECORD_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/paper.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct record_list {
    struct span *at;
    size_t count, capacity;
};

/* All zero but the first three at first. Values are spans into the arena or into what outlives the paper. */
struct record {
    struct arena *arena;
    uint32_t line;    /* where the record begins */
    const char *rule; /* struct paper's */
    struct span id, title, venue, url, doi, arxiv, pmid;
    enum kind kind;
    int year;
    struct record_list authors, tags;
    struct passage *passages;
    size_t passage_count, passage_capacity;
    struct paper paper;
    bool failed; /* memory was short */
};

/* The words of `text` with one space between them, without control characters. */
struct span record_line(struct record *record, struct span text);

/* `html`, a value of a service that writes HTML, as html_text() reads it; as it is when memory is short. */
struct span record_plain(struct record *record, struct span html);

/* The title. Of several the first counts; empty ones never do. The passage is the caller's. */
void record_title(struct record *record, struct span text);

/* The venue, with its passage (record_text()). It is shown by the short name it is known by, if it has one, which
 * becomes a passage of its own, so that it is found by both; and it may tell the year. Of several the first counts. */
void record_venue(struct record *record, uint32_t line, struct span text, bool is_one_line);

/* A venue's name in capitals as people write it; as it is when memory is short (record->failed). */
struct span record_small_venue(struct record *record, struct span venue);

/* What a record without a title is called by: the beginning of its text, its first sentence or fewer words. */
void record_title_from(struct record *record, struct span text);

/* A person, added to the authors: two of one name may have written a paper together. record_author_list() takes several
 * in one text: divided by semicolons, where a comma in a name can only turn it, each "Last, First" between "and"s, or
 * as name_next() divides them. */
void record_author(struct record *record, struct span name);
void record_author_list(struct record *record, struct span text);

/* A person whose name comes in parts, likewise; any part may be empty. It is kept as people say it: "Ada Example Jr.",
 * but "李四" for the parts "四" and "李", and "John Smith" for "JOHN" and "SMITH". A family name without any other part
 * is an organisation's. */
void record_person(struct record *record, struct span given, struct span family, struct span suffix);

/* Takes the last author back where an earlier one has the same name, for formats that name authors under several
 * tags. */
void record_drop_repeated_author(struct record *record);

/* Takes back the second half of the authors where it is the first half again, as some exports of proceedings have it.
 */
void record_drop_repeated_authors(struct record *record);

/* "Last, First" or "Last, First, Suffix"; a name without a comma is said already, as are those of organisations with
 * one ("Example, Inc."). */
void record_turned_author(struct record *record, struct span name);

/* The same of lists in which most names are said, and some are two that lost what divides them: "Ada Example, Bo G.
 * Sample". */
void record_listed_author(struct record *record, struct span name);

/* Adds tags, divided by commas or semicolons; as programs write lists, by semicolons alone where there are some,
 * "Pages, Printed; Ink"; or one that may have either within. */
void record_tag(struct record *record, struct span text);
void record_tag_list(struct record *record, struct span text);
void record_whole_tag(struct record *record, struct span text);

/* The year in `text`, a field that tells it. */
void record_year(struct record *record, struct span text);

/* Text for a field that begins on `line`, a passage a paragraph. With `is_one_line` all of it stands on that line, and
 * line breaks, which the source only means, become spaces. */
void record_text(struct record *record, enum field field, uint32_t line, struct span text, bool is_one_line);

/* A passage as long as all names or tags, divided by commas. */
void record_list_text(struct record *record, enum field field, uint32_t line, const struct record_list *list);

/* The paper, with an address made of the DOI, the arXiv identifier or PubMed's when it has no other. NULL when memory
 * was short (record->failed) or when there is no title. */
const struct paper *record_finish(struct record *record);

#endif
