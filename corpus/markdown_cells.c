/* Cells of tables that hold more than a title: several papers, or words around one. */
#include "corpus/identifiers.h"
#include "corpus/markdown_page.h"
#include "corpus/names.h"
#include "corpus/words.h"

/* The link that begins at `at` in a line; `*end` is behind it. False when none does. */
static bool read_link(struct span line, size_t at, struct span *words, struct span *url, size_t *end)
{
    const struct span rest = span_from(line, at);
    const size_t middle = span_starts(rest, "[") ? span_find(rest, "](") : SIZE_MAX;
    if (middle == SIZE_MAX)
        return false;
    const size_t close = span_find(span_from(rest, middle), ")");
    if (close == SIZE_MAX)
        return false;
    *words = span_from(span_until(rest, middle), 1);
    *end = at + middle + close + 1;
    struct span inside = span_from(span_until(rest, middle + close), middle + 2);
    return span_word(&inside, url); /* a title of the link stands behind it */
}

/* Whether what stands between two links only parts them: ", ", " and ", "<br>". */
static bool is_between(struct span text)
{
    static const char *const joints[] = {",", ";", "and", "&", "<br>", "<br/>", "<br />", ", and"};
    text = span_trim(text);
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        if (span_is(text, joints[i]))
            return true;
    return text.len == 0;
}

/* A cell from the bracket that opens it to the end of its row, for its last link ends behind its text; empty when it
 * has none. */
static struct span opened_line(const struct cell *cell, struct span body)
{
    const char *end_of_body = body.at + body.len;
    if (cell->text.len == 0 || cell->text.at <= body.at || cell->text.at >= end_of_body)
        return (struct span){"", 0};
    const struct span line = {cell->text.at - 1, (size_t)(end_of_body - cell->text.at) + 1};
    const char *stop = memchr(line.at, '\n', line.len);
    return stop == NULL ? line : span_until(line, (size_t)(stop - line.at));
}

size_t cell_part(const struct cell *cell, struct span body, struct cell *parts, size_t most)
{
    enum { FEWEST_WORDS = 3 };
    const struct span line = opened_line(cell, body);
    size_t count = 0;
    for (size_t at = 0, end; at < cell->text.len && count < most; at = end) {
        struct span words, url;
        const size_t open = span_find(span_from(line, at), "[");
        if (open == SIZE_MAX || at + open > cell->text.len)
            break;
        if (!is_between(span_until(span_from(line, at), open)) || !read_link(line, at + open, &words, &url, &end) ||
            !is_paper_address(url) || !has_words(words, FEWEST_WORDS))
            return 0;
        parts[count++] = (struct cell){words, {cell->words.at + (words.at - cell->text.at), words.len}, url};
    }
    return count > 1 ? count : 0;
}

/* The words in bold that a cell has among others, "Ada Example. **Title**. SOSP 2031"; empty when it has none, or
 * several parts so. Its text begins and ends with its words, behind a mark and in front of one. */
static struct span cell_bold(const struct cell *cell)
{
    enum { MARK = 2, FEWEST_WORDS = 3 };
    const struct span text = cell->text, none = {cell->words.at, 0};
    const size_t first = span_find(text, "**");
    const size_t behind = first == SIZE_MAX ? text.len : first + MARK;
    const bool opens = first != SIZE_MAX && behind < text.len && !is_blank(text.at[behind]);
    if (first == SIZE_MAX)
        return none;
    const size_t start = opens ? behind : 0, next = span_find(span_from(text, behind), "**");
    const size_t end = !opens ? first : next == SIZE_MAX ? text.len : behind + next;
    const struct span words = {cell->words.at + start, end - start};
    const size_t rest = end + MARK < text.len ? end + MARK : text.len;
    return span_find(span_from(text, rest), "**") == SIZE_MAX && has_words(words, FEWEST_WORDS) &&
                   span_trim(words).len < span_trim(cell->words).len
               ? words
               : none;
}

/* The names that `front`, what stands before a title, is or ends with behind a colon: "by caching: Ada Example et
 * al.,"; empty when it holds none. */
static struct span names_in_front(struct span front)
{
    struct names names;
    const char *colon = front.len == 0 ? NULL : memrchr(front.at, ':', front.len);
    const struct span people =
        span_trim_marks(colon == NULL ? front : span_from(front, (size_t)(colon + 1 - front.at)), ".,");
    return names_read(people, &names) ? people : (struct span){front.at, 0};
}

/* The words in italics behind names, "Ada Example, Bo Sample, *Title*, SOSP 2031", with nothing but where it appeared,
 * or a remark in brackets, behind them, or that open a cell before such, "*Title* (in progress)"; empty when it has
 * none, or several parts so. */
static struct span cell_italic(const struct cell *cell)
{
    enum { FEWEST_WORDS = 2 };
    const struct span text = cell->text, none = {cell->words.at, 0};
    const size_t first = span_find(text, "*");
    const bool opens = first != SIZE_MAX && first + 1 < text.len && !is_blank(text.at[first + 1]);
    const size_t start = opens ? first + 1 : 0;
    const size_t next = opens ? span_find(span_from(text, start), "*") : first;
    const size_t end = next == SIZE_MAX ? text.len : start + next;
    const bool several = end + 1 < text.len && memchr(text.at + end + 1, '*', text.len - end - 1) != NULL;
    if (first == SIZE_MAX || several || span_find(text, "**") != SIZE_MAX)
        return none;
    const struct span words = {cell->words.at + start, end - start};
    const struct span behind = span_trim(span_from(cell->words, end));
    const bool named = opens && names_in_front(span_trim(span_until(cell->words, first))).len > 0;
    const bool remarked = start == 0 && span_starts(behind, "(") && span_ends(behind, ")");
    const bool placed = span_starts(behind, ",") && year_find(behind) != 0;
    return (named ? behind.len == 0 || span_starts(behind, "(") || placed : remarked) && has_words(words, FEWEST_WORDS)
               ? words
               : none;
}

struct span cell_set_off(const struct cell *cell)
{
    const struct span bold = cell_bold(cell);
    return bold.len > 0 ? bold : cell_italic(cell);
}

bool cell_title(struct arena *arena, const struct cell *cell, struct clean_title *title)
{
    const struct span found = cell_set_off(cell);
    *title = (struct clean_title){0};
    if (found.len == 0)
        return true;
    if (!title_clean(arena, found, cell->url.len > 0, title))
        return false;
    const size_t at = (size_t)(found.at - cell->words.at);
    const struct span front = span_until(cell->words, at), behind = span_from(cell->words, at + found.len);
    struct stamp stamp;
    if (title->authors.len == 0)
        title->authors = names_in_front(span_trim(front));
    if (stamp_search(behind, &stamp))
        stamp_add(&title->stamp, &stamp);
    title->is_reference |= title->authors.len > 0 && title->stamp.year != 0;
    title->is_likely |= title->is_possible && (title->authors.len > 0 || title->stamp.venue.len > 0);
    return true;
}
