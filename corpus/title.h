/* Is this line a title? What it holds beside the title itself, and the evidence for and against. */
#ifndef CORPUS_TITLE_H
#define CORPUS_TITLE_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/notes_line.h"
#include "corpus/stamp.h"

#include <stdbool.h>
#include <stdint.h>

/* Every kind of evidence; title_evidence.c has the weight of each and the words for it. */
enum evidence {
    FOR_HEADING,
    FOR_LABEL,
    FOR_UNDERLINE,
    FOR_REFERENCE,
    FOR_STAMP,
    FOR_YEAR,
    FOR_LINK,
    FOR_BRACKETS,
    FOR_QUOTES,
    FOR_DECORATION,
    FOR_NAME_AND_COLON,
    FOR_TITLE_CASE,
    FOR_MOSTLY_TITLE_CASE,
    FOR_RESEARCH_WORDS,
    FOR_AUTHORS_BELOW,
    FOR_LINK_BELOW,
    FOR_STAMP_BELOW,
    FOR_NOTES_BELOW,
    FOR_STAMP_ABOVE,
    FOR_BLOCK_START,
    FOR_LIKE_OTHERS,
    AGAINST_UNLIKE_OTHERS,
    AGAINST_LOWER_CASE,
    AGAINST_LOWER_START,
    AGAINST_STOP,
    AGAINST_OPEN_END,
    AGAINST_BREAK,
    AGAINST_QUESTION,
    AGAINST_TWO_SENTENCES,
    AGAINST_SYMBOLS,
    AGAINST_SENTENCE_WORD,
    AGAINST_SENTENCE_WORDS,
    AGAINST_OPENER,
    AGAINST_LABEL,
    AGAINST_LIST,
    AGAINST_CITATION,
    AGAINST_ONE_WORD,
    AGAINST_TWO_WORDS,
    AGAINST_THREE_WORDS,
    AGAINST_LENGTH,
    AGAINST_GREAT_LENGTH,
    AGAINST_BULLET,
    AGAINST_INDENT,
    AGAINST_SCRIPT,
    AGAINST_DATE,
    AGAINST_CODE,
    EVIDENCE_COUNT,
};
_Static_assert(EVIDENCE_COUNT <= 64, "evidence is a set of 64 bits");

static inline uint64_t evidence_bit(enum evidence evidence)
{
    return UINT64_C(1) << evidence;
}

/* A title needs evidence that adds up to this. */
enum { TITLE_SCORE = 4 };

/* The sum of the weights in the set. */
int evidence_score(uint64_t set);

/* Whether nothing in the set rules a title out, whatever its letters' case: in a file that marks its titles clearly,
 * the mark is enough. */
bool evidence_is_plausible(uint64_t set);

/* The decisive evidence in words: "a name and a colon, in title case". NULL when memory is short. */
const char *evidence_words(uint64_t set, struct arena *arena);

/* What a line holds if it is a title. */
struct title {
    struct span text;
    struct stamp stamp;  /* on the same line */
    struct span authors; /* on the same line, in a reference */
    bool is_one_author;  /* they are one, turned: "Example, Ada. "Title."" */
    struct span link;    /* on the same line */
    uint64_t evidence;   /* what surrounds the title: label, brackets, stamp, ... */
};

/* Takes the line apart. The title is a slice of the line's text. */
void title_read(const struct line *line, struct title *title);

/* Parts "Ada Example and Bo Sample. Title" where a link shows that a paper is meant; false when it does not begin with
 * likely authors. Both are slices of `text`. */
bool title_cut_authors(struct span text, struct span *authors, struct span *title);

/* The evidence in the line itself: what surrounds the title, and its words. Nothing about its neighbours. */
uint64_t title_evidence(const struct line *line);

#endif
