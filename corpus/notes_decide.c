/* Which lines are titles: each line's own evidence, its neighbours', and the habits of the file. */
#include "corpus/names.h"
#include "corpus/notes_habits.h"
#include "corpus/notes_place.h"
#include "corpus/words.h"

static uint64_t when(bool condition, enum evidence evidence)
{
    return condition ? evidence_bit(evidence) : 0;
}

static uint64_t evidence_below(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below(file, i);
    if (below == NULL || below->after_blank)
        return 0;
    const bool authors = below->kind == LINE_AUTHORS || below->kind == LINE_NAMES;
    return when(authors, FOR_AUTHORS_BELOW) | when(below->kind == LINE_LINK, FOR_LINK_BELOW) |
           when(below->kind == LINE_STAMP && below->own, FOR_STAMP_BELOW) |
           when(line_over_notes(file, i), FOR_NOTES_BELOW);
}

/* What the file's habits say for and against the line; in a file that sets its titles apart, small letters and few
 * words say nothing. */
static uint64_t evidence_of_habit(const struct notes_file *file, size_t i, const struct habits *habits, uint64_t set)
{
    const bool lonely = (i == 0 || file->lines[i - 1].kind == LINE_STAMP) && line_ends_block(file, i);
    if (set & evidence_bit(FOR_HEADING))
        return set;
    if (habits->titles == WAY_NONE)
        return set | when(habits->headings, AGAINST_UNLIKE_OTHERS);
    const struct way_tally *titles = &habits->ways[habits->titles];
    if (!habits_fit(habits, file, i))
        return set | when(titles->lines >= 3 && habits->titles != WAY_STAMPED, AGAINST_UNLIKE_OTHERS);
    const bool small = line_has(&file->lines[i], AGAINST_LOWER_START);
    if (small && habits->titles != WAY_STAMPED && !is_share(titles->lower, titles->lines, 80))
        return set;
    if (!lonely && evidence_is_plausible(file->lines[i].evidence)) {
        set |= evidence_bit(FOR_LIKE_OTHERS);
        set &= ~(evidence_bit(AGAINST_LOWER_CASE) | evidence_bit(AGAINST_THREE_WORDS) | evidence_bit(AGAINST_BULLET));
        if (small)
            set &= ~evidence_bit(AGAINST_LOWER_START);
        if (habits->titles == WAY_MARKED)
            set &= ~(evidence_bit(AGAINST_ONE_WORD) | evidence_bit(AGAINST_TWO_WORDS));
        if (habits->titles == WAY_STAMPED)
            set &= ~(evidence_bit(AGAINST_SENTENCE_WORD) | evidence_bit(AGAINST_SENTENCE_WORDS));
    }
    return set;
}

/* Authors under a title that only the place tells from a list of anything else. */
static bool names_below_title(const struct line *line, const struct habits *habits)
{
    struct names names;
    if (line->kind == LINE_NAMES)
        return true;
    if (line->kind != LINE_TEXT || line->mark != MARK_NONE || !names_read(line->text, &names))
        return false;
    return names.full == 0 ? names.single >= 3 : habits->names_authors || names.full > 1;
}

/* Whether a title breaks off here: "... Solution for", "... Based on". */
static bool breaks_off(struct span title)
{
    struct word word, last = {0};
    while (word_next(&title, &word))
        last = word;
    const bool little = last.letters == CASE_LOWER && (last.classes & WORD_FUNCTION) != 0;
    return little || span_ends(last.chunk, ",") || span_ends(last.chunk, ":") || span_ends(last.chunk, "-");
}

/* How a line reads as the end of a title. */
struct ending {
    bool titled;     /* in title case, as far as its words go */
    bool carries_on; /* begins with a small word: "for Virtualized Cloud" */
    bool of_field;   /* holds a word of the field */
    bool all_field;  /* holds nothing else */
};

static struct ending read_ending(struct span text)
{
    struct word word;
    struct ending ending = {.titled = true, .all_field = true};
    for (size_t words = 0; word_next(&text, &word); words++) {
        const bool little = word.letters == CASE_LOWER && (word.classes & WORD_FUNCTION) != 0;
        ending.carries_on |= words == 0 && little;
        ending.titled &= word.letters == CASE_UPPER || little;
        ending.of_field |= (word.classes & WORD_RESEARCH) != 0;
        ending.all_field &= (word.classes & WORD_RESEARCH) != 0;
    }
    return ending;
}

/* Whether the line only makes sense as the end of the title above it. */
static bool continues_title(const struct line *title, const struct line *line)
{
    enum { LONGEST_REST_BYTES = 100, NARROWEST_TITLE_BYTES = 40 };
    if (line->kind != LINE_TEXT || line->after_blank || line->mark != MARK_NONE ||
        line->text.len > LONGEST_REST_BYTES || title->text.len < NARROWEST_TITLE_BYTES ||
        !evidence_is_plausible(line->evidence & ~evidence_bit(AGAINST_ONE_WORD)))
        return false;
    const struct ending ending = read_ending(line->text);
    const bool title_case = line_has(title, FOR_TITLE_CASE);
    if (breaks_off(title->text))
        return title_case ? ending.titled && !ending.carries_on : true;
    return title_case && ending.titled && (ending.all_field || (ending.carries_on && ending.of_field));
}

static uint64_t evidence_in_place(const struct notes_file *file, size_t i, const struct habits *habits)
{
    const struct line *line = &file->lines[i];
    const bool under_stamp = i > 0 && line[-1].kind == LINE_STAMP && !line[-1].own;
    const bool listed = line->mark == MARK_BULLET || line->mark == MARK_NUMBER;
    uint64_t set = line->evidence | evidence_below(file, i) | when(under_stamp, FOR_STAMP_ABOVE);
    set |= when(line_starts_block(file, i), FOR_BLOCK_START) | when(listed, AGAINST_BULLET);
    set |= when(line->indent > habits->indent, AGAINST_INDENT);
    const uint64_t broken = evidence_bit(AGAINST_OPEN_END) | evidence_bit(AGAINST_BREAK);
    if (i + 1 < file->count && set & broken && continues_title(line, line + 1))
        set &= ~broken;
    return evidence_of_habit(file, i, habits, set);
}

/* Whether only venues, links and the like stand between this line and the title above. */
static bool is_in_head(const struct notes_file *file, size_t i)
{
    enum { MOST_HEAD_LINES = 6 };
    for (size_t back = 0; back < MOST_HEAD_LINES && i > 0 && !file->lines[i].after_blank; back++) {
        const struct line *above = &file->lines[--i];
        if (above->kind == LINE_TITLE || above->kind == LINE_REST)
            return true;
        if (above->kind != LINE_LINK && above->kind != LINE_TAGS && !(above->kind == LINE_STAMP && above->own))
            return false;
    }
    return false;
}

static void decide_line(struct notes_file *file, size_t i, const struct habits *habits)
{
    struct line *line = &file->lines[i];
    const bool under_title = i > 0 && line[-1].kind == LINE_TITLE && !line->after_blank;
    if (is_in_head(file, i) && names_below_title(line, habits)) {
        line->kind = LINE_AUTHORS;
        return;
    }
    const bool part_of_nothing = line->kind == LINE_PART && line->mark == MARK_HEADING && file->titles == 0;
    if (line->kind == LINE_NAMES || part_of_nothing)
        line->kind = LINE_TEXT;
    if (part_of_nothing)
        line->evidence |= evidence_bit(FOR_HEADING);
    if (line->kind != LINE_TEXT)
        return;
    if (under_title && continues_title(line - 1, line)) {
        line->kind = LINE_REST;
        return;
    }
    const uint64_t set = evidence_in_place(file, i, habits);
    line->score = (int16_t)evidence_score(set);
    if (line->score < TITLE_SCORE)
        return;
    line->kind = LINE_TITLE;
    line->evidence = set;
    file->titles++;
    file->headings += line->mark == MARK_HEADING;
}

void notes_decide(struct notes_file *file)
{
    const struct habits habits = habits_read(file);
    stamps_assign(file, &habits);
    for (size_t i = 0; i < file->count; i++)
        decide_line(file, i, &habits);
}
