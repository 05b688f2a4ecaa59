/* Titles that items set off from what is said behind them: in quotes, or by setting the rest in emphasis. */
#include "corpus/markdown_block_title.h"

#include "corpus/names.h"
#include "corpus/words.h"

/* ---- in quotes ------------------------------------------------------------------------------------------------- */

static const char *const quotes[][2] = {{"\"", "\""}, {"\u201c", "\u201d"}};
enum { QUOTE_COUNT = sizeof quotes / sizeof quotes[0] };

/* The words behind the short name and the colon that open an item, 'QX: "Title"', or behind who wrote it in brackets,
 * '[Ada Example] "Title"'; all of them when none do. */
static struct span behind_name(struct span words)
{
    enum { LONGEST_NAME_BYTES = 32 };
    const size_t end = span_find(words, span_starts(words, "[") ? "]" : ":");
    if (end == SIZE_MAX || end == 0 || end > LONGEST_NAME_BYTES)
        return words;
    const struct span behind = span_trim(span_from(words, end + 1));
    for (size_t i = 0; i < QUOTE_COUNT; i++)
        if (span_starts(behind, quotes[i][0]) && span_find(span_until(words, end), quotes[i][0]) == SIZE_MAX)
            return behind;
    return words;
}

/* Whether a word in capitals comes next, as the names of meetings and journals are: '"Title" TPAMI. [pdf]'. */
static bool is_before_capitals(struct span behind)
{
    enum { FEWEST_LETTERS = 3 };
    struct word word;
    return word_next(&behind, &word) && word.letters == CASE_UPPER && word.text.len >= FEWEST_LETTERS;
}

/* The words within the quotes that open `words`, 'Title"; https://... : a remark'; empty when none do. `*place` is
 * where it appeared, as it stands behind them. */
static struct span quoted_front(struct span words, struct stamp *place)
{
    enum { LONGEST_BYTES = 320 };
    const struct span none = {words.at, 0};
    *place = (struct stamp){.year = 0};
    for (size_t i = 0; i < QUOTE_COUNT; i++) {
        const size_t mark = strlen(quotes[i][0]);
        if (!span_starts(words, quotes[i][0]))
            continue;
        const size_t close = span_find(span_from(words, mark), quotes[i][1]);
        if (close == SIZE_MAX || close > LONGEST_BYTES)
            return none;
        const struct span behind = span_trim(span_from(words, mark + close + strlen(quotes[i][1])));
        const bool placed = venue_bytes(behind, place) > 0;
        const bool parted = placed || behind.len == 0 || strchr(";,.:-([|", behind.at[0]) != NULL ||
                            is_before_capitals(behind); /* not '"Why?" Explaining Pages' */
        return parted ? (struct span){words.at + mark, close} : none;
    }
    return none;
}

/* The names within the brackets that open `front`, "[Ada Example] "; empty when there are none. */
static struct span bracketed_people(struct span front)
{
    const size_t close = span_starts(front, "[") ? span_find(front, "]") : SIZE_MAX;
    const struct span inside = span_until(front, close == SIZE_MAX ? 0 : close);
    struct names names;
    return inside.len > 1 && names_read(span_from(inside, 1), &names) && names.full + names.and_others > 0
               ? span_trim(span_from(inside, 1))
               : (struct span){front.at, 0};
}

bool block_names_people_of_quote(const struct block *block)
{
    struct stamp place;
    const struct span found = quoted_front(behind_name(block->words), &place);
    return found.len > 0 && block->label.len == 0 && block->paper.len > 0 &&
           bracketed_people(span_until(block->words, (size_t)(found.at - block->words.at))).len > 0;
}

bool read_quoted(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 3, FEWEST_NAMED = 2 };
    struct stamp place;
    struct clean_title title;
    const struct span found = quoted_front(behind_name(block->words), &place);
    const bool placed = place.venue.len > 0 && !place.guessed;
    const struct span people = bracketed_people(span_until(block->words, (size_t)(found.at - block->words.at)));
    const bool named = people.len > 0 && block->paper.len > 0;
    if ((block->kind != BLOCK_ITEM && !named) || block->label.len > 0 || !(block->paper.len > 0 || placed) ||
        !has_words(found, named ? FEWEST_NAMED : FEWEST_WORDS))
        return true;
    if (!title_clean(arena, found, true, &title))
        return false;
    if (!title.is_likely && !title.is_possible)
        return true;
    title.is_likely = true;
    if (placed)
        stamp_add(&title.stamp, &place);
    if (named)
        title.authors = people;
    view->title = title;
    view->label = found;
    return true;
}

/* ---- before emphasis ------------------------------------------------------------------------------------------- */

/* "Ada Example et al. SOSP": people with others, or several by their whole names, and where their paper appeared. */
static bool read_people(struct span text, struct emphasised *out)
{
    static const char others[] = " et al";
    enum { FEWEST_NAMES = 2 };
    struct names names;
    const size_t at = span_find(text, others);
    const size_t end = at == SIZE_MAX ? text.len : at + strlen(others);
    if (!names_read(span_until(text, end), &names) || names.field_words > 0 || names.full + names.single == 0 ||
        !(names.and_others || names.full >= FEWEST_NAMES))
        return false;
    const struct span behind = span_trim_marks(span_from(text, end), ".,");
    struct stamp place;
    *out = (struct emphasised){.people = span_until(text, at == SIZE_MAX ? text.len : end)};
    if (behind.len > 0 && stamp_read(behind, STAMP_LINE, &place) && !place.guessed)
        out->place = place;
    return true;
}

size_t emphasised_behind(struct span text, struct emphasised *out)
{
    const struct span whole = span_trim_marks(text, ".,");
    *out = (struct emphasised){.people = {text.at, 0}};
    if (whole.len < 3 || whole.at[0] == '*' || !(span_ends(whole, "*") || span_ends(whole, "_")))
        return text.len;
    const struct span inside = span_until(whole, whole.len - 1);
    const char *open = memrchr(inside.at, whole.at[whole.len - 1], inside.len);
    if (open == NULL || open < inside.at + 2 || open[-1] != ' ')
        return text.len;
    const struct span behind = span_trim_marks(span_from(inside, (size_t)(open + 1 - inside.at)), ".,");
    const bool ended = strchr(".,", open[-2]) != NULL; /* not "In *COLT*" */
    struct stamp place;
    const bool placed =
        ended && ((stamp_read(behind, STAMP_LINE, &place) && !place.guessed) || read_name_and_year(behind, &place));
    if (placed)
        out->place = place;
    return placed || read_people(behind, out) ? (size_t)(open - text.at) : text.len;
}

/* ---- before a bar ---------------------------------------------------------------------------------------------- */

size_t bar_behind(struct span text, struct span words, struct stamp *place)
{
    static const char *const bars[] = {" | ", "\uff5c"};
    enum { FEWEST_WORDS = 3, LONGEST_BYTES = 60 };
    *place = (struct stamp){.year = 0};
    for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++) {
        const size_t at = span_find(text, bars[i]);
        if (at == SIZE_MAX || !has_words(span_until(words, at), FEWEST_WORDS))
            continue;
        const struct span behind = span_trim(span_from(words, at + strlen(bars[i])));
        if (behind.len == 0 || behind.len > LONGEST_BYTES || span_find(span_from(text, at), "[") != SIZE_MAX)
            return text.len;
        if (!stamp_read(behind, STAMP_GROUP, place) && !stamp_search(behind, place))
            *place = (struct stamp){.year = 0};
        return at;
    }
    return text.len;
}
