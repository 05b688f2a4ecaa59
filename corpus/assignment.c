#include "corpus/assignment.h"

#include "corpus/words.h"

/* Whether the words in brackets say what to read, and are no part of a title: "up to section 3", "skim". */
static bool is_assignment(struct span inside)
{
    static const char *const openings[] = {"up to ", "skim",  "optional", "required", "excerpt",   "sections ",
                                           "sec. ",  "only ", "section ", "chapter ", "chapters ", "ch. ",
                                           "pages ", "pp. ",  "until ",   "read "};
    return span_starts_nocase_with_one(inside, openings, sizeof openings / sizeof openings[0]) > 0;
}

struct span without_assignment_behind(struct span title)
{
    const char *open = span_ends(title, ")") ? memrchr(title.at, '(', title.len) : NULL;
    if (open == NULL || open == title.at)
        return title;
    const struct span front = span_trim(span_until(title, (size_t)(open - title.at)));
    const struct span inside = span_from(span_until(title, title.len - 1), (size_t)(open + 1 - title.at));
    return front.len > 0 && is_assignment(span_trim(inside)) ? front : title;
}
