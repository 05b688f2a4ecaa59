/* Whose a venue or a year on a line of its own is: the title's above it, or every title's below it. */
#include "corpus/notes_habits.h"

#include "corpus/names.h"
#include "corpus/notes_place.h"

/* Whether the line above is the head of a paper that this venue or year completes. */
static bool follows_head(const struct notes_file *file, size_t i)
{
    const struct line *line = &file->lines[i];
    struct names names;
    if (i == 0 || line->after_blank || line->mark != MARK_NONE)
        return false;
    const struct line *above = line - 1;
    if (above->kind == LINE_STAMP)
        return above->own;
    if (above->kind == LINE_AUTHORS || above->kind == LINE_LINK || above->kind == LINE_NAMES ||
        above->kind == LINE_TAGS)
        return true;
    if (line_is_strong(above) || (line_is_plausible(above) && (line_starts_block(file, i - 1) || line->labelled)))
        return true;
    return i > 1 && line_is_strong(above - 1) && names_read(above->text, &names);
}

/* The first line below the venues and years that line `i` begins; NULL when there is none near. */
static const struct line *line_below_stamps(const struct notes_file *file, size_t i)
{
    enum { MOST_STAMPS = 4 };
    for (size_t next = i + 1; next < file->count && next <= i + MOST_STAMPS; next++)
        if (file->lines[next].kind != LINE_STAMP)
            return &file->lines[next];
    return NULL;
}

static bool leads_to_title(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below_stamps(file, i);
    return below != NULL && line_is_strong(below);
}

static bool leads_to_plausible(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below_stamps(file, i);
    return below != NULL && line_is_plausible(below);
}

/* A venue line between a title and its notes is that title's; one that leads to titles is everyone's below it. Where
 * it could be either, the file's habit decides. */
void stamps_assign(struct notes_file *file, const struct habits *habits)
{
    for (size_t i = 0; i < file->count; i++) {
        struct line *line = &file->lines[i];
        if (line->kind != LINE_STAMP || !follows_head(file, i))
            continue;
        const bool either = leads_to_plausible(file, i) || leads_to_title(file, i);
        line->own = line->labelled || !either || !habits->stamps_above;
    }
}

/* Those that follow no title do; those that follow one and
 * lead to none, or are parted from it, do not; when neither settles it, what comes first in the file does. */
bool stamps_stand_above(const struct notes_file *file)
{
    size_t above = 0, below = 0;
    bool title_first = false, seen = false;
    for (size_t i = 0; i < file->count; i++) {
        const struct line *next = line_below(file, i);
        title_first |= !seen && line_is_strong(&file->lines[i]);
        if (file->lines[i].kind != LINE_STAMP || (i > 0 && file->lines[i - 1].kind == LINE_STAMP))
            continue;
        const bool follows = follows_head(file, i), leads = leads_to_title(file, i);
        above += !follows;
        below += follows && (!leads || (next != NULL && next->after_blank));
        seen = true;
    }
    return above == below ? !title_first : above > below;
}
