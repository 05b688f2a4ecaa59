/* What a Markdown text says of a paper beside its notes: authors, venue, year, tags, links. */
#ifndef CORPUS_MARKDOWN_META_H
#define CORPUS_MARKDOWN_META_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/conventions.h"
#include "corpus/label.h"
#include "corpus/paper.h"
#include "corpus/stamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LONGEST_RECORD_LINE_BYTES = 2000 };

/* Grows in an arena; all zero is empty. */
struct span_list {
    struct span *at;
    size_t count, capacity;
};

struct passage_list {
    struct passage *at;
    size_t count, capacity;
};

struct meta {
    const struct conventions *conventions; /* what labels mean beside the usual; may be NULL */
    struct span id;                        /* a citation key */
    struct span title, venue, url, doi, arxiv, pmid;
    struct span spelled;   /* the title as its entry for BibTeX has it, where the page leaves marks out */
    bool title_is_beside;  /* a labelled title that comes next has the labelled authors beside it */
    bool title_is_of_post; /* what its writer called the page, which a line of its notes may know better */
    bool url_is_beside;    /* the first link of its notes, which may lead elsewhere */
    int year;
    uint32_t title_line; /* where the title stands, 0 when it has none */
    struct span_list authors, tags;
    struct passage_list passages; /* where all that stands */
    bool failed;                  /* memory was short */
};

/* A piece of text and where it stands: `text` may be what YAML makes of it, `source` is verbatim. */
struct value {
    struct span text, source;
    uint32_t line;
    bool is_element; /* of a list: one author, one tag */
};

void span_list_add(struct arena *arena, struct meta *meta, struct span_list *list, struct span text);

/* Adds an author, by a name as people say it (name_as_said()). */
void meta_add_author(struct arena *arena, struct meta *meta, struct span name);

/* Where nobody is known yet, takes those of `*names` that are turned: all, also a lone one where `is_one` says that it
 * is, or the first alone, "Example, Ada, Bo Sample". */
void meta_take_turned(struct arena *arena, struct meta *meta, struct span *names, bool is_one);

/* Adds a passage; `words` may be the text itself. Empty lines inside split it. */
void passage_add(struct arena *arena, struct meta *meta, enum field field, uint32_t line, struct span text,
                 struct span words);

/* Takes a value by its label, as people write it in front matter, inline fields, bold lines and tables. False when it
 * says nothing of a paper. */
bool meta_take(struct arena *arena, struct meta *meta, enum label label, const struct value *value);

/* Takes a line of the record above a paper's notes: a label and its value, a venue and a year, links, or several of
 * them between bars. `words` are as long as `text`. False when the line is a note. */
bool meta_take_line(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line);

/* "Session: BMVC, 2031": a venue that is known says where the paper appeared under whatever name; in a line its year
 * has to tell that it does. False when the value is none, or the venue was told. */
bool meta_take_unnamed_venue(struct arena *arena, struct meta *meta, const struct value *value, bool with_year);

/* The bytes of what divides a record line at the beginning of `text`, a bar or a dot in the middle; 0 when none does.
 */
size_t meta_divider(struct span text);

/* A venue without the words in front of it that say what happened there: "published in ICML 2018", "Published as a
 * conference paper at ICML 2018". */
struct span meta_without_publishing(struct span venue);

/* Fills venue and year where the record has none. */
void meta_fill_venue(struct meta *meta, const struct stamp *from);

/* Takes a line of names, right below a title. */
bool meta_take_names(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line);

/* Takes a line of names with a venue behind them: "Kung and Robinson. TODS 1981." */
bool meta_take_byline(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line);

/* Takes where and when from behind the title in a sentence, where the year is not known: "We read Title (OSDI 2031)",
 * "Doe et al., Title, OSDI, 2031". */
bool meta_take_behind_title(struct meta *meta, struct span title, struct span words);

/* Takes venue and year from a sentence or two that open the notes, where neither is known: "An OSDI 2018 paper on
 * pages.", "此文发于ICCV2019。". */
bool meta_take_told(struct meta *meta, struct span words);

/* Takes venue, year and authors from a reference to the paper `title`; of another paper's as well when `is_short` says
 * that the title is but a name, "Raft", and then its title too. The line stays a note. */
bool meta_take_reference(struct arena *arena, struct meta *meta, struct span title, bool is_short, struct span words,
                         uint32_t line_number);

#endif
