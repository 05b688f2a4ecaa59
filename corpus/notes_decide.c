/* Which lines are titles: each line's own evidence, its neighbours', and the habits of the file. */
#include "corpus/notes_file.h"

#include "corpus/notes_names.h"
#include "corpus/notes_title.h"
#include "corpus/notes_words.h"

enum { INDENTS = 64 };

/* Ways to set a line apart from the others. A file that uses one of them for its titles uses it for most of them. */
enum way {
    WAY_STAMPED,  /* with venue or year on the line */
    WAY_MARKED,   /* in brackets, quotes, between marks, underlined */
    WAY_NUMBERED, /* 1. */
    WAY_FIRST,    /* after an empty line or a rule, no mark */
    WAY_PLAIN,    /* no mark, not indented deeper than titles are */
    WAY_BULLET,   /* a bullet of the outermost level */
    WAY_COUNT,
    WAY_NONE = WAY_COUNT,
};

/* The lines set apart in one way. */
struct way_tally {
    size_t lines;
    size_t plausible, strong; /* of them, as titles by their words alone */
    size_t research;          /* of them, of words of the field */
    size_t lower;             /* of them, beginning with a small letter */
    size_t first;             /* of them, after an empty line or a rule */
    size_t over_notes;        /* of them, followed in their block by lines set another way */
};

struct habits {
    struct way_tally ways[WAY_COUNT], all;
    enum way titles;    /* WAY_NONE when the file marks its titles by nothing but their words */
    size_t indent;      /* the indentation titles have */
    bool names_authors; /* lines of authors follow titles */
    bool headings;      /* most titles stand behind heading marks */
    bool stamps_above;  /* venues and years stand above the papers they hold for, not below a title */
};

static bool has(const struct line *line, enum evidence evidence)
{
    return (line->evidence & evidence_bit(evidence)) != 0;
}

static bool is_strong(const struct line *line)
{
    return line->kind == LINE_TEXT && evidence_score(line->evidence) >= TITLE_SCORE;
}

static bool is_plausible(const struct line *line)
{
    return line->kind == LINE_TEXT && (evidence_is_plausible(line->evidence) || is_strong(line));
}

static const struct line *line_below(const struct notes_file *file, size_t i)
{
    return i + 1 < file->count ? &file->lines[i + 1] : NULL;
}

static bool after_gap(const struct notes_file *file, size_t i)
{
    return i == 0 || file->lines[i].after_blank || file->lines[i - 1].kind == LINE_SEPARATOR;
}

static bool starts_block(const struct notes_file *file, size_t i)
{
    return after_gap(file, i) || file->lines[i - 1].kind == LINE_STAMP;
}

/* ---- habits ---------------------------------------------------------------------------------------------- */

/* The indentation most of the likely titles have, the smaller one of two. */
static size_t title_indent(const struct notes_file *file)
{
    size_t lines[INDENTS] = {0}, best = 0;
    for (size_t i = 0; i < file->count; i++)
        if (is_strong(&file->lines[i]) && file->lines[i].indent < INDENTS)
            lines[file->lines[i].indent]++;
    for (size_t indent = 0; indent < INDENTS; indent++)
        if (lines[indent] > lines[best])
            best = indent;
    return best;
}

static bool is_marked(const struct line *line)
{
    return has(line, FOR_BRACKETS) || has(line, FOR_QUOTES) || has(line, FOR_DECORATION) || has(line, FOR_UNDERLINE);
}

/* The ways line `i` is set apart, as a set of bits. */
static unsigned ways_of(const struct notes_file *file, size_t i, const struct habits *habits)
{
    const struct line *line = &file->lines[i];
    if (line->indent > habits->indent || line->mark == MARK_HEADING)
        return 0;
    const bool stamped = has(line, FOR_STAMP) || has(line, FOR_YEAR) || has(line, FOR_REFERENCE);
    return (stamped ? 1U << WAY_STAMPED : 0) | (is_marked(line) ? 1U << WAY_MARKED : 0) |
           (line->mark == MARK_NUMBER ? 1U << WAY_NUMBERED : 0) |
           (after_gap(file, i) && line->mark == MARK_NONE ? 1U << WAY_FIRST : 0) |
           (line->mark == MARK_NONE ? 1U << WAY_PLAIN : 0) | (line->mark == MARK_BULLET ? 1U << WAY_BULLET : 0);
}

/* Whether the next line belongs below this one by its looks: a bullet, deeper, a question. */
static bool stands_over_notes(const struct notes_file *file, size_t i)
{
    const struct line *line = &file->lines[i], *below = line_below(file, i);
    if (below == NULL || below->kind == LINE_SEPARATOR || below->kind == LINE_STAMP)
        return false;
    const bool list = line->mark == MARK_NONE && (below->mark == MARK_BULLET || below->mark == MARK_NUMBER);
    return list || below->indent > line->indent || below->kind == LINE_QA || below->kind == LINE_ABSTRACT;
}

static bool ends_block(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below(file, i);
    return below == NULL || below->after_blank || below->kind == LINE_SEPARATOR || below->kind == LINE_STAMP;
}

/* Whether nothing of the same block follows. */
static bool stands_alone(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below(file, i);
    return below == NULL || below->after_blank || below->kind == LINE_SEPARATOR;
}

static void count_line(const struct notes_file *file, size_t i, struct way_tally *tally, bool over_notes)
{
    const struct line *line = &file->lines[i];
    tally->lines++;
    tally->plausible += is_plausible(line);
    tally->strong += is_strong(line);
    tally->research += has(line, FOR_RESEARCH_WORDS);
    tally->lower += has(line, AGAINST_LOWER_START);
    tally->first += after_gap(file, i);
    tally->over_notes += over_notes;
}

static void count_ways(const struct notes_file *file, size_t i, struct habits *habits)
{
    const unsigned ways = ways_of(file, i, habits);
    const unsigned below = stands_alone(file, i) ? ways : ways_of(file, i + 1, habits);
    if (file->lines[i].kind != LINE_TEXT || file->lines[i].mark == MARK_HEADING)
        return;
    count_line(file, i, &habits->all, false);
    for (unsigned way = 0; way < WAY_COUNT; way++)
        if (ways & (1U << way))
            count_line(file, i, &habits->ways[way], !(below & (1U << way)));
}

static bool share(size_t part, size_t of, size_t percent)
{
    return part * 100 >= of * percent;
}

/* Whether titles are set this way here: nearly all lines set so could be titles, few others look like one, and either
 * most surely are titles, or most stand over notes. */
static bool sets_titles(const struct habits *habits, enum way way)
{
    const struct way_tally *in = &habits->ways[way], *all = &habits->all;
    if (in->lines < (way == WAY_FIRST ? 3 : 2) || !share(in->plausible, in->lines, 80))
        return false;
    const size_t others = all->lines - in->lines, strong_others = all->strong - in->strong;
    if (strong_others * 100 > others * 30)
        return false;
    if (way == WAY_STAMPED)
        return true;
    if (!share(in->lower, in->lines, 80) && !share(in->lines - in->lower, in->lines, 80))
        return false;
    if (way == WAY_BULLET && habits->ways[WAY_PLAIN].lines * 3 > in->lines && !share(in->first, in->lines, 80))
        return false;
    const bool of_papers = in->strong > 0 || share(in->research, in->lines, 40);
    const size_t enough = share(in->plausible, in->lines, 95) ? 40 : 60;
    return (of_papers && share(in->over_notes, in->lines, enough)) ||
           (way != WAY_PLAIN && share(in->strong, in->lines, 50));
}

static bool follows_head(const struct notes_file *file, size_t i);
static bool leads_to_title(const struct notes_file *file, size_t i);

/* Whether venue lines stand above the papers they hold for. Those that follow no title do; those that follow one and
 * lead to none, or are parted from it, do not; when neither settles it, what comes first in the file does. */
static bool stamps_stand_above(const struct notes_file *file)
{
    size_t above = 0, below = 0;
    bool title_first = false, seen = false;
    for (size_t i = 0; i < file->count; i++) {
        const struct line *next = line_below(file, i);
        title_first |= !seen && is_strong(&file->lines[i]);
        if (file->lines[i].kind != LINE_STAMP || (i > 0 && file->lines[i - 1].kind == LINE_STAMP))
            continue;
        const bool follows = follows_head(file, i), leads = leads_to_title(file, i);
        above += !follows;
        below += follows && (!leads || (next != NULL && next->after_blank));
        seen = true;
    }
    return above == below ? !title_first : above > below;
}

static struct habits read_habits(const struct notes_file *file)
{
    struct habits habits = {.indent = title_indent(file), .titles = WAY_NONE};
    size_t headings = 0;
    for (size_t i = 0; i < file->count; i++) {
        count_ways(file, i, &habits);
        headings += file->lines[i].mark == MARK_HEADING && file->lines[i].kind == LINE_TEXT;
        habits.names_authors |= i > 0 && file->lines[i].kind == LINE_NAMES && is_plausible(&file->lines[i - 1]);
    }
    habits.headings = headings >= 3 && headings >= habits.all.strong;
    habits.stamps_above = stamps_stand_above(file);
    for (enum way way = WAY_STAMPED; way < WAY_COUNT && habits.titles == WAY_NONE; way++)
        if (sets_titles(&habits, way))
            habits.titles = way;
    return habits;
}

static bool is_set_like_titles(const struct notes_file *file, size_t i, const struct habits *habits)
{
    return (ways_of(file, i, habits) & (1U << habits->titles)) != 0;
}

/* ---- venues and years of their own ----------------------------------------------------------------------- */

/* Whether the line above is the head of a paper that this venue or year completes. */
static bool follows_head(const struct notes_file *file, size_t i)
{
    const struct line *line = &file->lines[i], *above = line - 1;
    struct names names;
    if (i == 0 || line->after_blank || line->mark != MARK_NONE)
        return false;
    if (above->kind == LINE_STAMP)
        return above->own;
    if (above->kind == LINE_AUTHORS || above->kind == LINE_LINK || above->kind == LINE_NAMES ||
        above->kind == LINE_TAGS)
        return true;
    if (is_strong(above) || (is_plausible(above) && (starts_block(file, i - 1) || line->labelled)))
        return true;
    return i > 1 && is_strong(above - 1) && names_read(above->text, &names);
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
    return below != NULL && is_strong(below);
}

static bool leads_to_plausible(const struct notes_file *file, size_t i)
{
    const struct line *below = line_below_stamps(file, i);
    return below != NULL && is_plausible(below);
}

/* A venue line between a title and its notes is that title's; one that leads to titles is everyone's below it. Where
 * it could be either, the file's habit decides. */
static void assign_stamps(struct notes_file *file, const struct habits *habits)
{
    for (size_t i = 0; i < file->count; i++) {
        struct line *line = &file->lines[i];
        if (line->kind != LINE_STAMP || !follows_head(file, i))
            continue;
        const bool either = leads_to_plausible(file, i) || leads_to_title(file, i);
        line->own = line->labelled || !either || !habits->stamps_above;
    }
}

/* ---- the decision ---------------------------------------------------------------------------------------- */

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
           when(stands_over_notes(file, i), FOR_NOTES_BELOW);
}

/* What the file's habits say for and against the line; in a file that sets its titles apart, small letters and few
 * words say nothing. */
static uint64_t evidence_of_habit(const struct notes_file *file, size_t i, const struct habits *habits, uint64_t set)
{
    const bool lonely = (i == 0 || file->lines[i - 1].kind == LINE_STAMP) && ends_block(file, i);
    if (set & evidence_bit(FOR_HEADING))
        return set;
    if (habits->titles == WAY_NONE)
        return set | when(habits->headings, AGAINST_UNLIKE_OTHERS);
    const struct way_tally *titles = &habits->ways[habits->titles];
    if (!is_set_like_titles(file, i, habits))
        return set | when(titles->lines >= 3 && habits->titles != WAY_STAMPED, AGAINST_UNLIKE_OTHERS);
    const bool small = has(&file->lines[i], AGAINST_LOWER_START);
    if (small && habits->titles != WAY_STAMPED && !share(titles->lower, titles->lines, 80))
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
    return (last.classes & WORD_FUNCTION) != 0 || span_ends(last.chunk, ",") || span_ends(last.chunk, ":") ||
           span_ends(last.chunk, "-");
}

/* Whether the line only makes sense as the end of the title above it. */
static bool continues_title(const struct line *title, const struct line *line)
{
    enum { LONGEST_REST_BYTES = 100, NARROWEST_TITLE_BYTES = 40 };
    if (line->kind != LINE_TEXT || line->after_blank || line->mark != MARK_NONE ||
        line->text.len > LONGEST_REST_BYTES || title->text.len < NARROWEST_TITLE_BYTES ||
        !evidence_is_plausible(line->evidence & ~evidence_bit(AGAINST_ONE_WORD)))
        return false;
    struct word first, word;
    struct span rest = line->text;
    if (!word_next(&rest, &first))
        return false;
    bool titled = true, research = (first.classes & WORD_RESEARCH) != 0;
    for (size_t words = 0; word_next(&rest, &word); words++) {
        titled &= word.letters != CASE_LOWER || (word.classes & WORD_FUNCTION) != 0;
        research |= (word.classes & WORD_RESEARCH) != 0;
    }
    if (breaks_off(title->text) && (first.letters == CASE_UPPER || !(title->evidence & evidence_bit(FOR_TITLE_CASE))))
        return titled || !(title->evidence & evidence_bit(FOR_TITLE_CASE));
    const bool carries_on = first.letters == CASE_LOWER && (first.classes & WORD_FUNCTION) != 0;
    return titled && research && (carries_on || evidence_score(line->evidence) < TITLE_SCORE - 1) &&
           (carries_on || first.letters == CASE_UPPER);
}

static uint64_t evidence_in_place(const struct notes_file *file, size_t i, const struct habits *habits)
{
    const struct line *line = &file->lines[i];
    const bool under_stamp = i > 0 && line[-1].kind == LINE_STAMP && !line[-1].own;
    const bool listed = line->mark == MARK_BULLET || line->mark == MARK_NUMBER;
    uint64_t set = line->evidence | evidence_below(file, i) | when(under_stamp, FOR_STAMP_ABOVE);
    set |= when(starts_block(file, i), FOR_BLOCK_START) | when(listed, AGAINST_BULLET);
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
    const struct habits habits = read_habits(file);
    assign_stamps(file, &habits);
    for (size_t i = 0; i < file->count; i++)
        decide_line(file, i, &habits);
}
