/* Lines of authors: "Yuhong Zhong, Daniel S. Berger and Asaf Cidon (Columbia)", "Zhong, Y., Berger, D.", "Kwon et
 * al." */
#ifndef CORPUS_NAMES_H
#define CORPUS_NAMES_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

/* What a text holds when all of it can be names of people. */
struct names {
    size_t full;               /* of two words or more */
    size_t single;             /* one capitalised word */
    size_t words, field_words; /* in all, and of the field's: few can be a name too, as "Deep" or "Price" */
    bool and_others;           /* "et al." */
};

/* Whether `text`, whole, can be a list of names, and what kinds they are. */
bool names_read(struct span text, struct names *names);

/* Whether these are likely authors on a line of their own: several full names, or "et al.". */
bool names_are_likely(const struct names *names);

/* The bytes of the names that `text` begins with, several in full or some and "et al.", up to what parts them from the
 * rest: a comma, a full stop, a bracket, a dash, a bar, two spaces or the end. 0 when it begins with none. */
size_t names_begin(struct span text);

/* Takes the next name off the front of `*rest`; false when there is none. "et al." is no name. */
bool name_next(struct span *rest, struct span *name);

/* "Example, Ada, Bo Sample, and Cy Third": whether the first of a list is turned and no other, as some styles of
 * references have it. Sets the parts of the first name and what stands behind it. */
bool name_first_turned(struct span list, struct span *family, struct span *given, struct span *rest);

/* "Example, Ada B & Sample, Bo": whether all of a list are turned; one alone is only if an initial tells so. */
bool names_are_turned(struct span list);

/* Takes the next off the front of such a list, without what ends it, "Jr"; false when it is not turned. */
bool name_next_turned(struct span *list, struct span *family, struct span *given);

/* `name` without "et al." behind it; empty when it is no more than that. */
struct span name_without_others(struct span name);

/* "Ada Example" of its parts: it lives in `arena`, at NULL when memory is short. */
struct span name_of_parts(struct arena *arena, struct span family, struct span given);

/* "Example, A." and "van Sample, Bo C." as people say them, "A. Example": what comes of them lives in `arena`, at NULL
 * when memory is short. Any other name is given as it is, "Ada Example, M.D." among them. */
struct span name_as_said(struct arena *arena, struct span name);

/* "van", "de", "Della", whatever its case. */
bool name_is_particle(struct span word);

/* "Jr.", "III": what tells people of one family apart. */
bool name_is_suffix(struct span text);

#endif
