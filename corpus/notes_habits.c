#include "corpus/notes_habits.h"

#include "corpus/notes_place.h"

enum { INDENTS = 64 };

/* The indentation most of the likely titles have, the smaller one of two. */
static size_t title_indent(const struct notes_file *file)
{
    size_t lines[INDENTS] = {0}, best = 0;
    for (size_t i = 0; i < file->count; i++)
        if (line_is_strong(&file->lines[i]) && file->lines[i].indent < INDENTS)
            lines[file->lines[i].indent]++;
    for (size_t indent = 0; indent < INDENTS; indent++)
        if (lines[indent] > lines[best])
            best = indent;
    return best;
}

static bool is_marked(const struct line *line)
{
    return line_has(line, FOR_BRACKETS) || line_has(line, FOR_QUOTES) || line_has(line, FOR_DECORATION) ||
           line_has(line, FOR_UNDERLINE);
}

/* The ways line `i` is set apart, as a set of bits. */
static unsigned ways_of(const struct notes_file *file, size_t i, const struct habits *habits)
{
    const struct line *line = &file->lines[i];
    if (line->indent > habits->indent || line->mark == MARK_HEADING)
        return 0;
    const bool stamped = line_has(line, FOR_STAMP) || line_has(line, FOR_YEAR) || line_has(line, FOR_REFERENCE);
    return (stamped ? 1U << WAY_STAMPED : 0) | (is_marked(line) ? 1U << WAY_MARKED : 0) |
           (line->mark == MARK_NUMBER ? 1U << WAY_NUMBERED : 0) |
           (line_after_gap(file, i) && line->mark == MARK_NONE ? 1U << WAY_FIRST : 0) |
           (line->mark == MARK_NONE ? 1U << WAY_PLAIN : 0) | (line->mark == MARK_BULLET ? 1U << WAY_BULLET : 0);
}

static void count_line(const struct notes_file *file, size_t i, struct way_tally *tally, bool over_notes)
{
    const struct line *line = &file->lines[i];
    tally->lines++;
    tally->plausible += line_is_plausible(line);
    tally->strong += line_is_strong(line);
    tally->research += line_has(line, FOR_RESEARCH_WORDS);
    tally->lower += line_has(line, AGAINST_LOWER_START);
    tally->first += line_after_gap(file, i);
    tally->over_notes += over_notes;
}

static void count_ways(const struct notes_file *file, size_t i, struct habits *habits)
{
    const unsigned ways = ways_of(file, i, habits);
    const unsigned below = line_stands_alone(file, i) ? ways : ways_of(file, i + 1, habits);
    if (file->lines[i].kind != LINE_TEXT || file->lines[i].mark == MARK_HEADING)
        return;
    count_line(file, i, &habits->all, false);
    for (unsigned way = 0; way < WAY_COUNT; way++)
        if (ways & (1U << way))
            count_line(file, i, &habits->ways[way], !(below & (1U << way)));
}

bool is_share(size_t part, size_t of, size_t percent)
{
    return part * 100 >= of * percent;
}

/* Whether titles are set this way here: nearly all lines set so could be titles, few others look like one, and either
 * most surely are titles, or most stand over notes. */
static bool sets_titles(const struct habits *habits, enum way way)
{
    const struct way_tally *in = &habits->ways[way], *all = &habits->all;
    if (in->lines < (way == WAY_FIRST ? 3 : 2) || !is_share(in->plausible, in->lines, 80))
        return false;
    const size_t others = all->lines - in->lines, strong_others = all->strong - in->strong;
    if (strong_others * 100 > others * 30)
        return false;
    if (way == WAY_STAMPED)
        return true;
    if (!is_share(in->lower, in->lines, 80) && !is_share(in->lines - in->lower, in->lines, 80))
        return false;
    if (way == WAY_BULLET && habits->ways[WAY_PLAIN].lines * 3 > in->lines && !is_share(in->first, in->lines, 80))
        return false;
    const bool of_papers = in->strong > 0 || is_share(in->research, in->lines, 40);
    const size_t enough = is_share(in->plausible, in->lines, 95) ? 40 : 60;
    return (of_papers && is_share(in->over_notes, in->lines, enough)) ||
           (way != WAY_PLAIN && is_share(in->strong, in->lines, 50));
}

struct habits habits_read(const struct notes_file *file)
{
    struct habits habits = {.indent = title_indent(file), .titles = WAY_NONE};
    size_t headings = 0;
    for (size_t i = 0; i < file->count; i++) {
        count_ways(file, i, &habits);
        headings += file->lines[i].mark == MARK_HEADING && file->lines[i].kind == LINE_TEXT;
        habits.names_authors |= i > 0 && file->lines[i].kind == LINE_NAMES && line_is_plausible(&file->lines[i - 1]);
    }
    habits.headings = headings >= 3 && headings >= habits.all.strong;
    habits.stamps_above = stamps_stand_above(file);
    for (enum way way = WAY_STAMPED; way < WAY_COUNT && habits.titles == WAY_NONE; way++)
        if (sets_titles(&habits, way))
            habits.titles = way;
    return habits;
}

bool habits_fit(const struct habits *habits, const struct notes_file *file, size_t i)
{
    return habits->titles != WAY_NONE && (ways_of(file, i, habits) & (1U << habits->titles)) != 0;
}
