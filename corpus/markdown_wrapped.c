/* Lines of a record that an editor broke: "Authors: Ada Example, Bo Sample," above "Cy Person". A line of its own is
 * the rule in records, so that only what cannot be one goes on. */
#include "base/ascii.h"
#include "corpus/markdown_paper.h"
#include "corpus/notes_line.h"

#include <string.h>

enum {
    NARROWEST_PAGE = 72, /* bytes: no editor breaks a line on which the next word had room */
    LAST_BYTES = 60,     /* of the rest of a line that is no sentence, at most */
};

/* Whether a list of names stops in the middle. */
static bool is_open_list(struct span line)
{
    return span_ends(line, ",") || span_ends(line, ";") || span_ends(line, " and") || span_ends(line, " &");
}

/* Whether the first word of the line below had no more room. */
static bool is_full(struct span line, struct span below)
{
    const char *space = memchr(below.at, ' ', below.len);
    return line.len + 1 + (space == NULL ? below.len : (size_t)(space - below.at)) > NARROWEST_PAGE;
}

static bool goes_on(const struct meta *meta, enum label label, struct span line, struct span below)
{
    struct span name, value;
    line = span_trim(line);
    below = span_trim(below);
    if (line.len == 0 || below.len == 0 || label_split(below, &name, &value) ||
        conventions_label(meta->conventions, below) != LABEL_NONE)
        return false;
    if (label == LABEL_AUTHORS && is_open_list(line))
        return true;
    if (!is_full(line, below) || span_ends(line, "."))
        return false;
    return is_ascii_small(below.at[0]) || label == LABEL_AUTHORS || (below.len <= LAST_BYTES && !span_ends(below, "."));
}

size_t record_line_join(const struct meta *meta, struct span *rest, struct span *line, const char *shown)
{
    struct span name, value, last = *line, ahead = *rest, below;
    const char *block = line->at;
    if (!label_split(span_trim((struct span){shown, line->len}), &name, &value) || span_trim(value).len == 0)
        return 0;
    const enum label label = conventions_label(meta->conventions, name);
    if (label != LABEL_TITLE && label != LABEL_AUTHORS && label != LABEL_VENUE)
        return 0;
    size_t joined = 0;
    while (line_cut(&ahead, &below) && goes_on(meta, label, (struct span){shown + (last.at - block), last.len},
                                               (struct span){shown + (below.at - block), below.len})) {
        line->len = (size_t)(below.at + below.len - block);
        last = below;
        *rest = ahead;
        joined++;
    }
    return joined;
}
