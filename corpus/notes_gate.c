/* Is this file about papers at all? To-do lists, minutes, logs and essays have lines in title case too. */
#include "corpus/notes_file.h"

#include "corpus/stamp.h"
#include "corpus/title.h"
#include "corpus/words.h"

enum { ENOUGH = 3, MOST_FOR = 60, MOST_AGAINST = 24 };

static int points_if(uint64_t set, enum evidence evidence, int points)
{
    return set & evidence_bit(evidence) ? points : 0;
}

static bool has_word(struct span text, unsigned classes)
{
    struct word word;
    if (text.len > LONGEST_READ_LINE_BYTES)
        text.len = LONGEST_READ_LINE_BYTES;
    while (word_next(&text, &word))
        if (word.classes & classes)
            return true;
    return false;
}

static int points_of_title(const struct line *line)
{
    const uint64_t set = line->evidence;
    const bool named = (set & evidence_bit(FOR_NAME_AND_COLON)) && (set & evidence_bit(FOR_TITLE_CASE));
    return points_if(set, FOR_HEADING, 4) + points_if(set, FOR_LABEL, 3) + points_if(set, FOR_STAMP, 3) +
           points_if(set, FOR_REFERENCE, 3) + points_if(set, FOR_AUTHORS_BELOW, 2) +
           points_if(set, FOR_STAMP_BELOW, 2) + points_if(set, FOR_LINK_BELOW, 1) + points_if(set, FOR_LINK, 1) +
           points_if(set, FOR_YEAR, 1) + named + has_word(line->text, WORD_RESEARCH);
}

/* What a line that is no title says for the file. */
static int points_of_line(const struct line *line)
{
    struct stamp stamp;
    if (line->kind == LINE_STAMP && stamp_search(line->text, &stamp))
        return stamp.venue.len > 0 ? 3 : 1;
    return line->kind == LINE_QA || line->kind == LINE_ABSTRACT;
}

static int points_against(const struct line *line)
{
    const uint64_t set = line->kind == LINE_TEXT ? line->evidence : 0;
    const bool other = line->mark != MARK_HEADING && line->text.len < 200 && has_word(line->text, WORD_OTHER);
    return points_if(set, AGAINST_DATE, 2) + points_if(set, AGAINST_CODE, 2) + (other ? 2 : 0);
}

static int at_most(int points, int most)
{
    return points < most ? points : most;
}

void notes_gate(struct notes_file *file)
{
    int for_papers = 0, against = 0;
    size_t research = 0;
    for (size_t i = 0; i < file->count; i++) {
        const struct line *line = &file->lines[i];
        for_papers =
            at_most(for_papers + (line->kind == LINE_TITLE ? points_of_title(line) : points_of_line(line)), MOST_FOR);
        against = at_most(against + points_against(line), MOST_AGAINST);
        research += has_word(line->text, WORD_RESEARCH);
    }
    if (research * 100 >= file->count * 15)
        for_papers += research * 100 >= file->count * 30 ? 2 : 1;
    file->about_papers = file->titles > 0 && for_papers - against >= ENOUGH;
}
