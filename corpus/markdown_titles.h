/* Titles as they stand in headings, items and the names of files, and what stands around them. */
#ifndef CORPUS_MARKDOWN_TITLES_H
#define CORPUS_MARKDOWN_TITLES_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/markdown_blocks.h"
#include "corpus/stamp.h"

#include <stdbool.h>

/* A title, clean: white space folded; numbers, ornaments, "Paper notes:" and a venue at either end taken off. */
struct clean_title {
    struct span text;
    struct stamp stamp;  /* what was taken off */
    struct span authors; /* the same */
    bool is_one_author;  /* they are one, turned */
    int score;           /* as a line of its own: corpus/title.h */
    bool is_likely;      /* the score is a title's, or a venue stands with it */
    bool is_of_field;    /* its words, a venue, a link or a name and a colon show that it is a paper's */
    bool is_reference;   /* it stands between authors and a venue or a year: "A. Author. "Title." Venue (2021)" */
    bool is_possible;    /* nothing speaks against it but that it is short or in small letters */
    bool is_plain;       /* of a name: likely only if its small letters are taken for capitals */
};

/* `is_link` says that the words are a link to elsewhere. False when memory is short. */
bool title_clean(struct arena *arena, struct span words, bool is_link, struct clean_title *out);

/* Makes of a clean title the whole of its heading, for one that a citation key right below tells to be one: so it comes
 * back as it went out. Only a year or venue in front or in brackets behind is none of it. False when memory is
 * short. */
bool title_as_is(struct arena *arena, const struct block *block, struct clean_title *title);

/* The title and venue in a file's or folder's name: "2023-osdi-foo-bar", "SOSP21 - Boki". */
bool title_from_name(struct arena *arena, struct span name, struct clean_title *out);

/* The name of a file without a whole date in front, "2031-02-10-quiet-pages", which says when the note was written. */
struct span without_date(struct span name);

/* `text` without what is neither letter nor digit in front, but for an opening bracket or quote: emoji, stars,
 * dashes. */
struct span without_ornament(struct span text);

/* The same, and without the number in front of it: "1. ", "2.3 ", "[3] ". */
struct span without_number_in_front(struct span heading);

/* "2031_CVPR_Title", "31_ASE_Title": without the year and a venue in front, parted by underscores, which `*stamp`
 * takes; a listed venue where no link shows that a paper is meant, for "10_BERT_Pages" counts notes. */
struct span without_joined_stamp(struct span name, bool is_link, struct stamp *stamp);

/* Puts spaces where a name that has none joins its words by something else: '_', '-' or '.', whichever it uses. */
void part_words(char *name, size_t len);

/* Both spans, which are as long, without what only joins or decorates in front. */
void skip_marks(struct span *text, struct span *words);

/* The longest beginning of `words` that is a venue, a year or both, up to a mark: "ATC '21: the user names a goal". 0
 * when there is none. */
size_t venue_bytes(struct span words, struct stamp *stamp);

/* Where a paper appeared, as a line of names ends: ", in Journal of Pages, 2031." without the marks and "in". */
struct span venue_of_byline(struct span behind_names);

/* The bytes of the names that the words behind a title begin with (names_begin()), without the venue or year in
 * brackets behind the last of them. */
size_t people_bytes(struct span words);

/* The bytes of the names that `words` begins with, two or more, when nothing follows them but where the paper appeared,
 * with its year, whoever lists that: "Ada Example, Bo Sample, Journal of Pages, 2031". 0 when it is no such line. */
size_t byline_bytes(struct span words, struct stamp *stamp);

/* Whether a page's name in front of a title says that it is a paper's: "[Paper Reading] QX", "论文笔记：QX". */
bool is_called_reading(struct span title);

/* The same title, but for case, punctuation and white space. */
bool is_same_title(struct span a, struct span b);

#endif
