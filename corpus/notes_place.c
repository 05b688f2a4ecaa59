#include "corpus/notes_place.h"

bool line_is_strong(const struct line *line)
{
    return line->kind == LINE_TEXT && evidence_score(line->evidence) >= TITLE_SCORE;
}

bool line_is_plausible(const struct line *line)
{
    return line->kind == LINE_TEXT && (evidence_is_plausible(line->evidence) || line_is_strong(line));
}

const struct line *line_below(const struct notes_file *file, size_t i)
{
    return i + 1 < file->count ? &file->lines[i + 1] : NULL;
}

bool line_after_gap(const struct notes_file *file, size_t i)
{
    return i == 0 || file->lines[i].after_blank || file->lines[i - 1].kind == LINE_SEPARATOR;
}

bool line_starts_block(const struct notes_file *file, size_t i)
{
    return line_after_gap(file, i) || file->lines[i - 1].kind == LINE_STAMP;
}

bool line_over_notes(const struct notes_file *file, size_t i)
{
    const struct line *line = &file->lines[i], *below = line_below(file, i);
    if (below == NULL || below->kind == LINE_SEPARATOR || below->kind == LINE_STAMP)
        return false;
    const bool list = line->mark == MARK_NONE && (below->mark == MARK_BULLET || below->mark == MARK_NUMBER);
    return list || below->indent > line->indent || below->kind == LINE_QA || below->kind == LINE_ABSTRACT;
}

bool line_ends_block(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below(file, i);
    return below == NULL || below->after_blank || below->kind == LINE_SEPARATOR || below->kind == LINE_STAMP;
}

bool line_stands_alone(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below(file, i);
    return below == NULL || below->after_blank || below->kind == LINE_SEPARATOR;
}
