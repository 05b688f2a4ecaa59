#include "corpus/markdown_views.h"

#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
#include "corpus/words.h"

enum { LONGEST_ITEM_BYTES = 4096, LONGEST_REFERENCE_BYTES = 600 };

static bool is_elsewhere(struct span url)
{
    return span_find(url, "://") != SIZE_MAX;
}

/* Whether a link follows the label at once: "**Title** [[pdf]](https://...)". */
static bool label_has_link(const struct block *block)
{
    size_t at = (size_t)(block->label.at + block->label.len - block->words.at);
    while (at < block->text.len && strchr("*_ :", block->text.at[at]) != NULL)
        at++;
    return at < block->text.len && block->text.at[at] == '[' && is_elsewhere(block->url);
}

static bool has_space(struct span text)
{
    return text.len > 0 && memchr(text.at, ' ', text.len) != NULL;
}

/* "[CP'2031]", "[Page-Book'2031]": in brackets in front of a title, a name joined to a year is where it appeared,
 * whoever lists that. */
static bool read_joined_stamp(struct span inside, struct stamp *stamp)
{
    enum { YEAR_DIGITS = 4 };
    const size_t at = inside.len > YEAR_DIGITS + 1 ? inside.len - YEAR_DIGITS : 0;
    const struct span name = span_until(inside, at == 0 ? 0 : at - 1);
    const int year = name.len > 0 && inside.at[at - 1] == '\'' ? year_find(span_from(inside, at)) : 0;
    if (year == 0 || has_space(name) || !is_ascii_capital(name.at[0]))
        return false;
    *stamp = (struct stamp){.text = inside, .venue = name, .year = year, .guessed = true};
    return true;
}

/* The venue in brackets in front of a link: "[CVPR 2031] [Title](https://...)", "[Survey] [CVPR 2031] [Title](...)". */
static void take_stamp_before(const struct block *block, const struct span label, struct clean_title *title)
{
    struct span front = span_trim(span_until(block->words, (size_t)(label.at - block->words.at)));
    const char *open = front.len == 0 ? NULL : memrchr(front.at, '[', front.len);
    struct stamp stamp;
    if (open != NULL && span_ends(front, "]"))
        front = span_from(front, (size_t)(open - front.at));
    if (front.len < 3)
        return;
    const struct span inside = span_from(span_until(front, front.len - 1), 1);
    if (!stamp_read(inside, STAMP_GROUP, &stamp) && !(span_ends(front, "]") && read_joined_stamp(inside, &stamp)))
        return;
    stamp_add(&title->stamp, &stamp);
    title->is_likely = title->is_of_field = title->text.len > 0;
}

/* What stands in brackets behind a link or bold part: "**Title** (SOSP 2031) a remark", "**Title** (2031)". */
static void take_stamp_behind(const struct block *block, const struct span label, struct clean_title *title)
{
    enum { FEWEST_WORDS = 4 };
    static const char *const marks[][2] = {{"(", ")"}, {"[", "]"}, {"\uff08", "\uff09"}};
    const struct span rest =
        span_trim_marks(span_from(block->words, (size_t)(label.at + label.len - block->words.at)), ".,:");
    struct stamp stamp;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t open = strlen(marks[i][0]), close = span_find(rest, marks[i][1]);
        if (span_starts(rest, marks[i][0]) && close != SIZE_MAX &&
            stamp_read(span_from(span_until(rest, close), open), STAMP_GROUP, &stamp)) {
            stamp_add(&title->stamp, &stamp);
            title->is_likely |= title->is_possible && stamp.year != 0 && has_words(title->text, FEWEST_WORDS);
        }
    }
}

/* "[QX] **Quiet Pages**", where the bold part is the title whatever stands in the brackets. */
static bool is_bold_behind_brackets(const struct block *block)
{
    return !block->label_is_link &&
           span_trim(span_until(block->words, (size_t)(block->label.at - block->words.at))).len > 0;
}

/* The words behind a link that only leads to the notes or the paper, "[Summary](...): "Title", Ada Example (2031)",
 * behind a number in bold, "**[3]** Example, Ada. "Title." Journal (2031)", or below a name that has the first line for
 * itself; empty when the block opens otherwise. */
static struct span reference_behind(const struct block *block)
{
    enum { FEWEST_WORDS = 4 };
    const struct span none = {block->words.at, 0};
    const char *newline = block->text.len == 0 ? NULL : memchr(block->text.at, '\n', block->text.len);
    const size_t line = newline == NULL ? 0 : (size_t)(newline - block->text.at);
    if (line > 0 && block->kind == BLOCK_ITEM && !has_words(span_until(block->words, line), FEWEST_WORDS))
        return span_trim(span_from(block->words, line));
    if (block->kind == BLOCK_HEADING || block->label.len == 0 || block->label_is_all)
        return none;
    const bool lead = block->label_is_link && (is_link_name(block->label) || is_page_name(block->label));
    if (!lead && (block->label_is_link || has_letters(block->label)))
        return none;
    struct span rest = span_from(block->words, (size_t)(block->label.at + block->label.len - block->words.at));
    while (rest.len > 0 && (is_blank(rest.at[0]) || strchr(":.-|", rest.at[0]) != NULL))
        rest = span_from(rest, 1);
    return rest;
}

/* Names without the marks behind them, and without a "Link" or "PDF" that leads to the paper. */
static struct span without_link_behind(struct span names)
{
    for (;;) {
        while (names.len > 0 && strchr(",.: ", names.at[names.len - 1]) != NULL)
            names.len--;
        const char *space = memrchr(names.at, ' ', names.len);
        if (space == NULL || !is_link_name(span_from(names, (size_t)(space + 1 - names.at))))
            return names;
        names.len = (size_t)(space - names.at);
    }
}

/* Whether a mark may open words that are set off: one behind a word is a footnote's, "Ada Example*, Bo Sample". */
static bool is_opening(struct span text, size_t at)
{
    size_t before = at, behind = at + 1;
    if (text.at[at] != '*')
        return text.at[at] == '[';
    while (before > 0 && text.at[before - 1] == '*')
        before--;
    while (behind < text.len && text.at[behind] == '*')
        behind++;
    const char front = before == 0 ? ' ' : text.at[before - 1], back = behind == text.len ? ' ' : text.at[behind];
    return !is_ascii_letter(front) && !is_ascii_digit(front) && strchr(">\\.", front) == NULL && !is_blank(back) &&
           back != ',';
}

/* Where in a text, from `from` on, words are set off by marks: "*Title*", "**Title**", "[Title](...)". Empty when none
 * are. */
static struct span set_off(struct span text, size_t from)
{
    const struct span none = {text.at, 0};
    while (from < text.len && !is_opening(text, from))
        from++;
    const char close = from < text.len && text.at[from] == '[' ? ']' : '*';
    while (from < text.len && (text.at[from] == '*' || text.at[from] == '['))
        from++;
    if (from >= text.len)
        return none;
    const char *end = memchr(text.at + from, close, text.len - from);
    return (struct span){text.at + from, end == NULL ? text.len - from : (size_t)(end - (text.at + from))};
}

/* The bytes of "*Jan 29, 2031:* ", the day of a meeting, and of the marks behind it; 0 when none is in front. */
static size_t day_bytes(const struct block *block)
{
    const size_t colon = span_find(block->words, ":");
    struct span rest = span_until(block->words, colon == SIZE_MAX ? 0 : colon);
    struct word month, day, year, more;
    if (!word_next(&rest, &month) || !is_month(month.text) || !word_next(&rest, &day) || !word_next(&rest, &year) ||
        word_next(&rest, &more) || year.text.len != 4 || year_find(year.text) == 0)
        return 0;
    size_t at = colon + 1;
    while (at < block->text.len && strchr("*_ ", block->text.at[at]) != NULL)
        at++;
    return at;
}

/* Names without the year behind them, "Example, A. (2031)", "Ada Example. 2031"; `*year` is 0 when none is. */
static struct span without_year_behind(struct span names, int *year)
{
    enum { YEAR_DIGITS = 4 };
    const size_t close = span_ends(names, ")") ? 1 : 0;
    const size_t at = names.len > YEAR_DIGITS + 2 ? names.len - close - YEAR_DIGITS : 0;
    const bool apart = at > 0 && names.at[at - 1] == (close > 0 ? '(' : ' ');
    *year = apart ? year_find((struct span){names.at + at, YEAR_DIGITS}) : 0;
    if (*year == 0)
        return names;
    names = span_trim_marks(span_until(names, at - 1), ",");
    const bool is_initial = names.len > 2 && strchr(" -.", names.at[names.len - 3]) != NULL; /* "Third, C. W." */
    return is_initial ? names : span_trim_marks(names, ".");
}

/* "Ada Example, Bo Sample, *Title*, SOSP 2031": the words set off behind names. */
static bool read_set_off(struct arena *arena, const struct block *block, struct clean_title *title)
{
    const size_t day = day_bytes(block);
    struct span found = set_off(block->text, day + 1);
    while (found.len > 0 && is_link_name((struct span){block->words.at + (found.at - block->text.at), found.len}))
        found = set_off(block->text, (size_t)(found.at - block->text.at) + found.len + 1);
    const size_t at = (size_t)(found.at - block->text.at);
    const struct span words = {block->words.at + at, found.len};
    struct names names;
    struct stamp stamp;
    if (found.len == 0 || !has_words(words, day > 0 ? 2 : 3))
        return true;
    const struct span front = span_trim(span_from(span_until(block->words, at), day));
    int year;
    const struct span authors = without_year_behind(without_link_behind(span_trim_marks(front, "-:")), &year);
    if (!names_read(authors, &names) || (names.full == 0 && !names.and_others) || names.field_words > 0)
        return true;
    if (!title_clean(arena, words, false, title))
        return false;
    title->authors = authors;
    title->is_likely = title->is_possible = title->is_reference = title->is_of_field = title->text.len > 0;
    title->stamp.year = year;
    if (stamp_search(span_from(block->words, at + found.len), &stamp))
        stamp_add(&title->stamp, &stamp);
    return true;
}

/* Whether names stand in bold where else a title does: "**Ada Example and Bo Sample** - *Title* (2031)". */
static bool is_label_people(const struct block *block)
{
    struct names names;
    return !block->label_is_link && !block->label_is_all && names_read(block->label, &names) &&
           names_are_likely(&names) && names.field_words == 0;
}

/* The title behind a link that is but a picture, on its line: "[:scroll:](x.pdf) [Title](https://...)". */
static bool read_behind_picture(struct arena *arena, const struct block *block, struct view *view)
{
    const size_t behind = (size_t)(block->label.at + block->label.len - block->words.at);
    const char *end = memchr(block->text.at, '\n', block->text.len);
    const struct span line = end == NULL ? block->text : span_until(block->text, (size_t)(end - block->text.at));
    const struct span found = set_off(line, behind);
    const size_t at = (size_t)(found.at - line.at);
    if (found.len == 0)
        return true;
    view->label = (struct span){block->words.at + at, found.len};
    return title_clean(arena, view->label, true, &view->title);
}

/* The words within the quotes that open an item, as "Title"; https://... : a remark; empty when none do. */
static struct span quoted_front(struct span words)
{
    static const char *const marks[][2] = {{"\"", "\""}, {"\u201c", "\u201d"}};
    enum { LONGEST_BYTES = 320 };
    const struct span none = {words.at, 0};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t mark = strlen(marks[i][0]);
        if (!span_starts(words, marks[i][0]))
            continue;
        const size_t close = span_find(span_from(words, mark), marks[i][1]);
        if (close == SIZE_MAX || close > LONGEST_BYTES)
            return none;
        const struct span behind = span_trim(span_from(words, mark + close + strlen(marks[i][1])));
        const bool parted = behind.len == 0 || strchr(";,.:-([|", behind.at[0]) != NULL; /* '"Why?" Explaining Pages' */
        return parted ? (struct span){words.at + mark, close} : none;
    }
    return none;
}

/* An item that opens with its title in quotes and leads to a paper. Sets the label; nothing when it does not. */
static bool read_quoted_front(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    const struct span found = quoted_front(block->words);
    struct clean_title title;
    if (block->kind != BLOCK_ITEM || block->label.len > 0 || block->paper.len == 0 || !has_words(found, FEWEST_WORDS))
        return true;
    if (!title_clean(arena, found, true, &title))
        return false;
    if (!title.is_likely)
        return true;
    view->title = title;
    view->label = found;
    return true;
}

/* The words of a link to the paper behind a short name and a colon, "QX: [Quiet Pages for Readers](https://...)"; empty
 * when the block opens otherwise. `*name` is what stands before the colon. */
static struct span linked_behind_name(const struct block *block, struct span *name)
{
    enum { LONGEST_NAME_BYTES = 48 };
    const struct span none = {block->words.at, 0};
    const char *colon = block->words.len == 0 ? NULL : memchr(block->words.at, ':', block->words.len);
    size_t at = colon == NULL ? block->text.len : (size_t)(colon - block->words.at);
    *name = span_trim(span_until(block->words, at));
    if (colon == NULL || name->len == 0 || name->len > LONGEST_NAME_BYTES || title_label_bytes(block->words) > 0)
        return none;
    do
        at++;
    while (at < block->text.len && strchr("*_ ", block->text.at[at]) != NULL);
    const struct span link = span_from(block->text, at);
    const size_t close = span_find(link, "]("),
                 end = close == SIZE_MAX ? link.len : close; /* no visible byte may follow */
    if (!span_starts(link, "[") || !is_paper_address(block->url) ||
        (close != SIZE_MAX && !span_starts(span_from(link, close + 2), "http")))
        return none;
    return (struct span){block->words.at + at + 1, end - 1};
}

/* Reads a title so linked. The name may be those of its authors, or its venue: "Doe and Roe: ", "SOSP '31: ". */
static bool read_behind_name(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    struct clean_title title;
    struct span name;
    struct names names;
    struct stamp stamp;
    const struct span found = linked_behind_name(block, &name);
    if ((block->kind != BLOCK_ITEM && block->kind != BLOCK_HEADING) || !has_words(found, FEWEST_WORDS))
        return true;
    if (!title_clean(arena, found, true, &title))
        return false;
    if (!title.is_possible && !title.is_likely)
        return true;
    if (stamp_read(name, STAMP_GROUP, &stamp))
        stamp_add(&title.stamp, &stamp);
    else if (title.authors.len == 0 && names_read(name, &names) && names.full + names.single + names.and_others > 1)
        title.authors = name;
    title.is_likely = title.is_possible = true;
    view->title = title;
    view->label = found;
    view->has_name = true;
    return true;
}

/* What stands in front of a linked title: where it appeared, with its year, and perhaps who wrote it or a remark. */
struct front {
    struct stamp stamp;
    struct span authors;
};

/* "Ada Example et al, SOSP 2031", "SOSP 2031 -- Example et al": sets both. */
static bool read_front_with_names(struct span text, struct front *front)
{
    const char *comma = memrchr(text.at, ',', text.len);
    const size_t at = comma == NULL ? 0 : (size_t)(comma - text.at);
    struct names names;
    size_t bytes;
    if (at > 0 && stamp_read(span_from(text, at + 1), STAMP_LINE, &front->stamp) && front->stamp.year != 0 &&
        names_read(span_until(text, at), &names) && names.full + names.and_others > 0) {
        front->authors = span_until(text, at);
        return true;
    }
    if (!stamp_leads(text, &front->stamp, &bytes))
        return false;
    struct span rest = span_from(text, bytes), same = rest;
    skip_marks(&same, &rest);
    if (names_read(rest, &names) && names.full + names.and_others > 0)
        front->authors = rest;
    return true;
}

/* "Page Systems Frontiers 2031": a name that nobody listed, in front of a year. */
static bool read_name_and_year(struct span text, struct stamp *stamp)
{
    enum { YEAR_DIGITS = 4, LONGEST_BYTES = 60 };
    const size_t at = text.len > YEAR_DIGITS && text.len <= LONGEST_BYTES ? text.len - YEAR_DIGITS : 0;
    const struct span name = span_trim(span_until(text, at));
    struct word word;
    if (name.len == 0 || !is_blank(text.at[at - 1]) || year_find(span_from(text, at)) == 0)
        return false;
    for (struct span rest = name; word_next(&rest, &word);)
        if (is_month(word.text) || (word.letters != CASE_UPPER && !(word.classes & WORD_FUNCTION)))
            return false;
    *stamp = (struct stamp){.text = text, .venue = name, .year = year_find(span_from(text, at)), .guessed = true};
    return true;
}

/* What stands in wide brackets behind a number or nothing, "1.\u3010SOSP-2031 QX\u3011". */
static struct span without_brackets(struct span text)
{
    const size_t open = span_find(text, "\u3010");
    return open == SIZE_MAX || has_letters(span_until(text, open)) || !span_ends(text, "\u3011")
               ? text
               : span_until(span_from(text, open + 3), text.len - open - 6);
}

static bool read_front(struct span text, struct front *front)
{
    enum { LONGEST_BYTES = 120 };
    *front = (struct front){.authors = {text.at, 0}};
    text = without_brackets(span_trim_marks(text, ",:;-|"));
    return text.len > 0 && text.len <= LONGEST_BYTES &&
           (read_front_with_names(text, front) ||
            (stamp_read(text, STAMP_GROUP, &front->stamp) && front->stamp.year != 0) ||
            read_name_and_year(text, &front->stamp));
}

/* The first line of a block; also the second, where that opens with a link. */
static struct span line_up_to_link(const struct block *block)
{
    struct span rest = block->text, first, second;
    if (!line_cut(&rest, &first))
        return block->text;
    const bool linked =
        span_find(first, "[") == SIZE_MAX && line_cut(&rest, &second) && span_starts(span_trim(second), "[");
    return linked ? span_until(block->text, (size_t)(second.at + second.len - block->text.at)) : first;
}

/* The words of a block's first link, when it is on the first line behind others, or opens the second; empty when there
 * is none. The text of a block that ends in a link ends with its words. */
static struct span link_behind_words(const struct block *block)
{
    const struct span none = {block->words.at, 0};
    const struct span line = line_up_to_link(block);
    const size_t open = span_find(line, "["), close = span_find(line, "](");
    if (open == SIZE_MAX || open == 0 || !is_elsewhere(block->url) || (close != SIZE_MAX && close < open) ||
        (close != SIZE_MAX && !span_starts(span_from(line, close + 2), "http")))
        return none;
    const size_t end = close == SIZE_MAX ? line.len : close;
    const struct span words = {line.at + open + 1, end - open - 1};
    const bool whole = memchr(words.at, '[', words.len) == NULL && memchr(words.at, ']', words.len) == NULL;
    return whole ? (struct span){block->words.at + open + 1, words.len} : none;
}

/* Reads a title linked behind where it appeared: "SOSP 2031 -- a remark -- [Title](https://...)". */
static bool read_behind_front(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    const struct span found = link_behind_words(block);
    struct clean_title title;
    struct front front;
    if (block->kind == BLOCK_HEADING || !has_words(found, FEWEST_WORDS) || is_link_name(found) ||
        !read_front(span_until(block->words, (size_t)(found.at - 1 - block->words.at)), &front))
        return true;
    if (!title_clean(arena, found, true, &title))
        return false;
    if (!title.is_possible && !title.is_likely)
        return true;
    stamp_add(&title.stamp, &front.stamp);
    if (title.authors.len == 0)
        title.authors = front.authors;
    title.is_likely = title.is_possible = title.is_of_field = true;
    view->title = title;
    view->label = found;
    view->has_front = true;
    return true;
}

/* Whether a link or bold part has the first of several lines to itself: whoever set it so parted the title from the
 * rest. A few words take a line break that is meant, of two spaces. */
static bool has_own_line(const struct block *block)
{
    enum { FEWEST_WORDS = 4, FEWEST_BROKEN = 2 };
    size_t at = (size_t)(block->label.at + block->label.len - block->words.at);
    const char *end = at < block->text.len ? memchr(block->text.at + at, '\n', block->text.len - at) : NULL;
    const bool named = block->label_is_link && is_paper_address(block->url); /* "[QPM](https://arxiv.org/...)" */
    const bool broken = end != NULL && end - block->text.at > 2 && end[-1] == ' ' && end[-2] == ' ';
    return block->kind != BLOCK_HEADING && end != NULL &&
           (named || has_words(block->label, broken ? FEWEST_BROKEN : FEWEST_WORDS)) &&
           !has_letters((struct span){block->words.at + at, (size_t)(end - (block->text.at + at))});
}

/* The bytes of the first of two lines, whose second is the authors of what the first would be the title of; 0 when they
 * are no such lines. */
static size_t bytes_above_names(const struct block *block)
{
    enum { FEWEST_WORDS = 3 };
    const char *newline = block->text.len == 0 ? NULL : memchr(block->text.at, '\n', block->text.len);
    const size_t line = newline == NULL ? 0 : (size_t)(newline - block->text.at);
    const struct span second = span_trim(span_from(block->words, line));
    struct names names;
    return line > 0 && block->kind == BLOCK_PARAGRAPH && memchr(second.at, '\n', second.len) == NULL &&
                   has_words(span_until(block->words, line), FEWEST_WORDS) && names_read(second, &names) &&
                   names_are_likely(&names) && names.single == 0
               ? line
               : 0;
}

struct span block_opening(const struct block *block)
{
    if (block->label.len > 0 && has_own_line(block))
        return span_trim_marks(block->label, ".");
    const size_t line = bytes_above_names(block);
    return line > 0 ? span_until(block->words, line) : block->words;
}

/* Whether names, and where the paper appeared, are all that stands behind the link or bold part that is the title. */
static bool has_byline(const struct block *block, struct span label)
{
    struct stamp stamp;
    const size_t end = label.len == 0 ? block->words.len : (size_t)(label.at + label.len - block->words.at);
    struct span rest = span_from(block->words, end), text = rest;
    skip_marks(&text, &rest);
    return byline_bytes(rest, &stamp) > 0;
}

/* Words that only links to the paper follow, without the full stop that ends them: "A study of pages. [[pdf]](...)". It
 * stays where the words are a sentence. */
static struct span without_stop(struct span text)
{
    enum { FEWEST_WORDS = 4 }; /* "TACRED." is the name of something */
    const struct span bare = span_trim(text);
    struct span rest = bare;
    if (!has_words(bare, FEWEST_WORDS) || !span_ends(bare, ".") || span_ends(bare, "..") || span_ends(bare, "al.") ||
        span_find(bare, ". ") != SIZE_MAX)
        return text;
    for (struct word word; word_next(&rest, &word);)
        if ((word.classes & WORD_SENTENCE) != 0)
            return text;
    return span_until(bare, bare.len - 1);
}

/* Reads "Title, Ada Example, Bo Sample, SOSP 2031", whose first comma with names behind it ends the title. */
static bool read_before_byline(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 4, LONGEST_BYTES = 320 };
    struct clean_title title;
    struct stamp stamp;
    struct names names;
    const char *comma = block->words.len == 0 ? NULL : memchr(block->words.at, ',', block->words.len);
    if (block->kind != BLOCK_ITEM || block->label.len > 0 || view->title.is_reference || view->title.authors.len > 0 ||
        comma == NULL || names_read(span_until(block->words, (size_t)(comma - block->words.at)), &names))
        return true;
    for (size_t i = 0; i + 2 < block->words.len && i < LONGEST_BYTES; i++) {
        const struct span front = span_until(block->words, i);
        if (block->words.at[i] == '[')
            break;
        if (block->words.at[i] != ',' || !is_blank(block->words.at[i + 1]) || !has_words(front, FEWEST_WORDS) ||
            byline_bytes(span_trim(span_from(block->words, i + 1)), &stamp) == 0)
            continue;
        if (!title_clean(arena, front, false, &title))
            return false;
        if (!title.is_possible && !title.is_likely)
            return true;
        title.is_likely = title.is_possible = title.is_of_field = title.is_reference = true;
        view->title = title;
        view->label = span_trim(front);
        return true;
    }
    return true;
}

/* Whether people are all that the line below the label names, with where they are in brackets: "Ada Example and Bo
 * Sample (Example University), Cy Third (Pages Inc.)". */
static bool has_names_below(struct arena *arena, const struct block *block, bool *has_memory)
{
    const size_t behind = (size_t)(block->label.at + block->label.len - block->words.at);
    const char *newline = memchr(block->text.at + behind, '\n', block->text.len - behind);
    const struct span line =
        newline == NULL ? (struct span){"", 0} : span_from(block->words, (size_t)(newline + 1 - block->text.at));
    char *names = arena_alloc(arena, line.len + 1);
    size_t len = 0, depth = 0;
    struct names found;
    *has_memory = names != NULL;
    for (size_t i = 0; names != NULL && i < line.len && line.at[i] != '\n'; i++) {
        depth += line.at[i] == '(';
        if (depth == 0)
            names[len++] = line.at[i];
        depth -= line.at[i] == ')' && depth > 0;
    }
    return names != NULL && names_read((struct span){names, len}, &found) && found.full > 0 && found.single == 0;
}

/* Where the words behind a title, that end `text` in emphasis, begin to say where it appeared, in whatever words, and
 * when: "Title. *Transactions on Pages 2031.*"; its length when they do not. */
static size_t emphasised_place(struct span text, struct stamp *stamp)
{
    const struct span whole = span_trim_marks(text, ".,");
    if (whole.len < 3 || whole.at[0] == '*' || !(span_ends(whole, "*") || span_ends(whole, "_")))
        return text.len;
    const struct span inside = span_until(whole, whole.len - 1);
    const char *open = memrchr(inside.at, whole.at[whole.len - 1], inside.len);
    if (open == NULL || open < inside.at + 2 || open[-1] != ' ' || strchr(".,", open[-2]) == NULL) /* not "In *COLT*" */
        return text.len;
    const struct span place = span_trim_marks(span_from(inside, (size_t)(open + 1 - inside.at)), ".,");
    return (stamp_read(place, STAMP_LINE, stamp) && !stamp->guessed) || read_name_and_year(place, stamp)
               ? (size_t)(open - text.at)
               : text.len;
}

/* The bytes of the lines of an item above one that is labelled as its authors, "Title" above "Authors: Ada Example", or
 * is nothing but links: "Title" above "[paper](...)|[code](...)". 0 when none is. `*has_authors` is whether the former
 * is. */
static size_t bytes_above_record(const struct block *block, bool *has_authors)
{
    struct span rest = block->text, text, name, value;
    *has_authors = false;
    if (block->kind != BLOCK_ITEM || !line_cut(&rest, &text))
        return 0;
    while (line_cut(&rest, &text)) {
        const size_t at = (size_t)(text.at - block->text.at);
        const struct span words = span_trim((struct span){block->words.at + at, text.len});
        *has_authors = label_split(words, &name, &value) && label_of(name) == LABEL_AUTHORS;
        if (*has_authors || (span_starts(span_trim(text), "[") && block->paper.len > 0 && is_link_name(words)))
            return at;
    }
    return 0;
}

/* Whether names are all that stands behind the label: "[Title](title.pdf), Ada Example and Bo Sample". */
static bool has_people_behind(const struct block *block)
{
    const size_t end = (size_t)(block->label.at + block->label.len - block->words.at);
    const struct span rest = span_trim(span_from(block->words, end));
    struct names names;
    return span_starts(rest, ",") && names_read(span_trim(span_from(rest, 1)), &names) && names.full > 0 &&
           names.single == 0 && names.field_words == 0;
}

/* Takes the title from the link or bold part that opens the block, or from all its words but the links behind. */
static bool read_title(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 4 };
    const bool linked = block->label_is_link && is_elsewhere(block->url);
    struct clean_title label = {0};
    if (!read_behind_front(arena, block, view))
        return false;
    if (view->label.len > 0)
        return true;
    if (block->kind == BLOCK_ITEM && (block->label.len == 0 || is_label_people(block))) {
        if (!read_set_off(arena, block, &view->title))
            return false;
        if (view->title.is_reference)
            return true;
    }
    if (block->kind == BLOCK_ITEM && block->label_is_link && is_shortcode(block->label))
        return read_behind_picture(arena, block, view);
    if (!read_quoted_front(arena, block, view) || (view->label.len == 0 && !read_behind_name(arena, block, view)))
        return false;
    if (view->label.len > 0)
        return true;
    const struct span reference = reference_behind(block);
    if (reference.len > 0 && title_clean(arena, reference, false, &label) && label.is_reference) {
        view->title = label;
        return true;
    }
    struct stamp place = {0};
    bool has_authors = false;
    const size_t above = block->label.len == 0 ? bytes_above_record(block, &has_authors) : 0;
    const bool is_above = above > 0 && (block->pointed == 0 || above < block->pointed);
    const size_t all = is_above ? above : block->pointed > 0 ? block->pointed : block->text.len;
    const size_t bytes = block->kind == BLOCK_ITEM && block->label.len == 0 && view->title.text.len == 0
                             ? emphasised_place(span_until(block->text, all), &place)
                             : all;
    const struct span shown = shown_words(arena, span_until(block->text, bytes), span_until(block->words, bytes));
    view->has_pointer = block->pointed > 0 && (is_elsewhere(block->url) || block->paper.len > 0);
    if (shown.at == NULL || !title_clean(arena, view->has_pointer ? without_stop(shown) : shown,
                                         (linked && block->label_is_all) || view->has_pointer, &view->title))
        return false;
    if (bytes < all) {
        stamp_add(&view->title.stamp, &place);
        view->title.is_likely |= view->title.is_possible;
    }
    view->has_record = has_authors;
    if (is_above)
        view->label = span_trim(span_until(block->words, above));
    if (block->remark > 0 && block->kind != BLOCK_HEADING)
        view->label = span_trim(span_until(block->words, bytes));
    if (block->label.len == 0)
        return read_before_byline(arena, block, view);
    if (block->label_is_all || !(block->label_is_link || block->kind != BLOCK_HEADING))
        return true;
    const bool is_ended = !block->label_is_link && span_ends(block->label, ".") && view->title.stamp.year != 0 &&
                          has_words(block->label, FEWEST_WORDS - 1) && !is_label_people(block);
    const bool is_set = has_own_line(block) || is_ended; /* "**Title.** SOSP, 2031" */
    const struct span front = is_set ? span_trim_marks(block->label, ".") : block->label;
    const struct span source = {block->text.at + (front.at - block->words.at), front.len};
    const struct span bold = shown_words(arena, source, front);
    if (bold.at == NULL ||
        !title_clean(arena, bold, linked || (!block->label_is_link && (label_has_link(block) || view->has_pointer)),
                     &label))
        return false;
    take_stamp_before(block, block->label, &label);
    take_stamp_behind(block, block->label, &label);
    const bool is_paper_link =
        linked && is_paper_address(block->url) && !is_link_name(label.text) &&
        (label.is_possible ? has_space(label.text) : has_words(label.text, FEWEST_WORDS)); /* "Mrk 590: Pages Awake" */
    label.is_possible |= is_paper_link;
    bool has_memory = true;
    label.is_likely |= label.is_possible && has_own_line(block) && has_names_below(arena, block, &has_memory);
    if (!has_memory)
        return false;
    if (is_ended)
        stamp_add(&label.stamp, &view->title.stamp);
    const bool is_before_people = label.is_possible && block->label_is_link && has_people_behind(block);
    label.is_likely |= is_before_people;
    const bool is_parted = (label.is_possible && is_set) || is_before_people;
    if (!(label.is_likely || is_paper_link || is_parted) ||
        (label.is_likely && view->title.is_likely && !is_parted && !is_bold_behind_brackets(block) &&
         label.score < view->title.score && view->title.stamp.venue.len == 0 && !has_byline(block, block->label)))
        return true;
    view->title = label;
    view->label = front;
    return true;
}

/* "Project plan: Index", "Meeting notes - Budget": a page that says in front what it is. */
static bool is_page_with_subject(struct span text)
{
    const size_t colon = span_find(text, ": ");
    struct word word;
    struct span name = span_until(text, colon == SIZE_MAX ? 0 : colon), rest = name;
    size_t words = 0;
    while (word_next(&rest, &word))
        words++;
    return words >= 2 && is_page_name(name) && !is_about_reading(name);
}

/* "NSDI 2022 papers worth reading": a few words beside a venue and its year, and no title among them. */
static bool names_shelf(struct span words, struct stamp *stamp)
{
    enum { MOST_WORDS = 6 };
    struct word word;
    size_t count = 0;
    if (words.len > LONGEST_PAGE_NAME_BYTES || span_find(words, ":") != SIZE_MAX ||
        span_find(words, "\"") != SIZE_MAX || !stamp_search(words, stamp))
        return false;
    while (word_next(&words, &word))
        count++;
    return count <= MOST_WORDS && stamp->venue.len > 0 && stamp->year != 0;
}

/* "MapReduce (2004)", "Bigtable [OSDI 2006]": a name that is no listed venue, with a stamp in brackets behind. */
static bool is_name_before_stamp(struct span words)
{
    const bool round = span_ends(words, ")");
    const char *open = round || span_ends(words, "]") ? memrchr(words.at, round ? '(' : '[', words.len) : NULL;
    struct stamp stamp, name;
    if (open == NULL || open == words.at)
        return false;
    const struct span inside = {open + 1, (size_t)(words.at + words.len - 1 - (open + 1))};
    const struct span front = span_trim(span_until(words, (size_t)(open - words.at)));
    return stamp_read(inside, STAMP_LINE, &stamp) && stamp.year != 0 && !stamp_read(front, STAMP_LINE, &name) &&
           !is_page_name(front);
}

/* "AAAI 2026 TODO": a page's name beside a venue. */
static bool is_page_beside_stamp(struct span words)
{
    struct stamp stamp;
    size_t bytes = 0;
    if (stamp_leads(words, &stamp, &bytes))
        return is_page_name(span_from(words, bytes));
    const char *space = memchr(words.at, ' ', words.len);
    bytes = space == NULL ? 0 : (size_t)(space - words.at);
    return bytes > 0 && stamp_read(span_until(words, bytes), STAMP_LINE, &stamp) && stamp.venue.len > 0 &&
           is_page_name(span_from(words, bytes));
}

/* "OSDI (Operating Systems Design and Implementation)": a listed venue spelled out. */
static bool is_venue_spelled_out(struct span words, struct stamp *stamp)
{
    const size_t open = span_find(words, "(");
    return open != SIZE_MAX && open > 0 && span_ends(words, ")") &&
           stamp_read(span_trim(span_until(words, open)), STAMP_LINE, stamp) && stamp->venue.len > 0 && !stamp->guessed;
}

/* "Papers that I like", "Papers on caches", "Classic papers". */
static bool is_of_papers(struct span words)
{
    enum { MOST_WORDS = 3 };
    struct word word, last = {0};
    size_t count = 0;
    for (; word_next(&words, &word); last = word, count++)
        if (count == 0 && span_is_nocase(word.text, "papers"))
            return true;
    return count <= MOST_WORDS && span_is_nocase(last.text, "papers") && last.chunk.len == last.text.len;
}

/* "HTAP Databases notes": what a page is, in small letters behind what it is on. */
static bool is_named_notes(struct span words)
{
    enum { MOST_WORDS = 4 };
    static const char notes[] = " notes";
    const struct span front = span_until(words, words.len > strlen(notes) ? words.len - strlen(notes) : 0);
    const char *space = front.len == 0 ? NULL : memrchr(front.at, ' ', front.len);
    const char *last = space == NULL ? front.at : space + 1;
    return front.len > 0 && span_ends(words, notes) && is_ascii_capital(*last) && !has_words(front, MOST_WORDS) &&
           span_find(words, ":") == SIZE_MAX;
}

/* "Caching (5 papers)", "缓存（5 篇）": how many papers stand below. */
static bool is_counted(struct span words)
{
    static const char *const endings[] = {" papers)", "\u7bc7\uff09", "\u7bc7)", "\u672c\uff09", "\u7de8)", "\ud3b8)"};
    return span_ends_with_one(words, endings, sizeof endings / sizeof endings[0]) > 0;
}

/* "ERR_NO_PAGE": the name of something in a program. */
static bool is_constant(struct span words)
{
    for (size_t i = 0; i < words.len; i++)
        if (words.at[i] != '_' && !is_ascii_digit(words.at[i]) && !(words.at[i] >= 'A' && words.at[i] <= 'Z'))
            return false;
    return words.len > 0 && memchr(words.at, '_', words.len) != NULL;
}

static void read_heading(const struct block *block, struct view *view)
{
    const struct span words = without_number_in_front(block->words);
    const struct clean_title *title = &view->title;
    view->is_of_papers = is_of_papers(words);
    if (!names_shelf(words, &view->stamp))
        view->stamp = (struct stamp){0};
    if (part_read(words, &view->field))
        view->kind = VIEW_PART;
    else if (is_venue_spelled_out(words, &view->stamp))
        view->kind = VIEW_VENUE;
    else if (stamp_read(words, STAMP_LINE, &view->stamp)) {
        view->kind = VIEW_VENUE;
        view->is_named = is_name_before_stamp(words);
    } else if (title->text.len == 0 || is_page_beside_stamp(words) || is_page_with_subject(words) ||
               view->is_of_papers || is_named_notes(words) || is_page_name(words) || is_page_name(title->text) ||
               is_placeholder(title->text))
        view->kind = VIEW_PAGE;
    else if (is_constant(words) || is_counted(words))
        view->kind = VIEW_OTHER;
    else if (title->is_likely)
        view->kind = VIEW_TITLE;
    else
        view->kind = title->is_possible ? VIEW_MAYBE : VIEW_OTHER;
}

/* "[2031] Title", "(2031) Title": a date with a month is rather that of news. */
static bool is_behind_year(struct span words)
{
    enum { YEAR_BYTES = 6 };
    words = span_trim(words);
    return words.len > YEAR_BYTES && (span_starts(words, "[") || span_starts(words, "(")) &&
           strchr("])", words.at[YEAR_BYTES - 1]) != NULL && year_find(span_until(words, YEAR_BYTES)) != 0;
}

/* "BERT paper": a paper is meant, but this is not its title. */
static bool is_paper_by_nickname(struct span words)
{
    enum { MOST_WORDS = 3 };
    struct word word, last = {0};
    size_t count = 0;
    for (; word_next(&words, &word); last = word)
        count++;
    return count <= MOST_WORDS && (span_is_nocase(last.text, "paper") || span_is_nocase(last.text, "papers"));
}

/* "Ada Example and Bo Sample. Title. https://...": the address is no word of the line, but tells that a paper is
 * meant. */
static void cut_authors(const struct block *block, struct view *view)
{
    struct span authors, title;
    if (block->paper.len == 0 || view->label.len > 0 || view->title.is_reference ||
        !title_cut_authors(view->title.text, &authors, &title))
        return;
    view->title.authors = authors;
    view->title.text = title;
    view->title.is_reference = view->title.is_likely = view->title.is_possible = true;
}

/* "Example et al.", "Contributed by Ada Example": people, and no title. */
static bool is_people(struct span text)
{
    struct names names;
    return span_starts_nocase(text, "contributed by ") || (names_read(text, &names) && names.and_others);
}

/* An item is a title when it opens with a link or in bold, or has its venue on the line. */
static void read_item(const struct block *block, struct view *view)
{
    cut_authors(block, view);
    const bool alone = block->paper.len > 0 && span_trim(block->words).len == view->title.text.len;
    const bool labelled = view->label.len > 0 || is_behind_year(block->words) || block->label_is_all ||
                          view->has_pointer || alone || view->title.is_reference;
    const bool first = view->label.len == 0 || view->label.at == block->label.at;
    const bool local = block->label_is_link && block->url.len > 0 && !is_elsewhere(block->url) && first &&
                       !view->title.is_reference && !span_ends(block->url, ".pdf");
    const bool talk = block->label_is_link && block->paper.len == 0 && is_talk_address(block->url);
    enum field field;
    if (local || talk || is_people(view->title.text) || is_paper_by_nickname(view->title.text) ||
        part_read(view->title.text, &field) || is_page_name(view->title.text))
        return;
    const bool possible = view->title.is_likely || (view->title.is_reference && block->label.len > 0) ||
                          (view->title.is_possible &&
                           (block->paper.len > 0 || is_behind_year(block->words) || has_byline(block, view->label)));
    if ((labelled && possible) || (view->title.is_likely && view->title.stamp.venue.len > 0))
        view->kind = VIEW_TITLE;
    else if (view->title.is_likely)
        view->kind = VIEW_MAYBE;
}

/* A paragraph is a title when nothing but a venue stands behind its bold beginning, or a remark on lines of its own
 * below a link to a paper. */
static void read_bold(const struct block *block, struct view *view)
{
    const struct span label = view->label.len > 0 ? view->label : block->label;
    const size_t end = (size_t)(label.at + label.len - block->words.at);
    const struct span words = block->pointed > end ? span_until(block->words, block->pointed) : block->words;
    struct stamp stamp;
    read_item(block, view);
    if (view->kind == VIEW_TITLE && view->title.is_reference && block->paper.len > 0)
        return;
    if (view->kind == VIEW_TITLE && view->title.is_of_field &&
        (block->label_is_all || (is_paper_address(block->url) && (block->is_links || has_own_line(block))) ||
         stamp_read(span_trim_marks(span_from(words, end), "()"), STAMP_GROUP, &stamp)))
        return;
    view->kind = VIEW_TEXT;
}

/* Whether a paragraph has what all references have: a capital in front, a full stop within, and a year. */
static bool may_be_reference(struct span words)
{
    size_t bytes;
    return words.len > 0 && words.len <= LONGEST_REFERENCE_BYTES && is_capital(code_point_at(words, &bytes)) &&
           span_find(words, ". ") != SIZE_MAX && year_find(words) != 0;
}

/* A paragraph that is a reference from its first word to its last: "A. Example. Title. Venue 2031." */
static void read_reference(const struct block *block, struct view *view)
{
    if (view->title.is_reference && view->title.authors.len > 0 && view->title.stamp.year != 0 && !block->label_is_link)
        view->kind = VIEW_TITLE;
}

/* Whether a paragraph is one line above or before what only leads to a paper: "Title -- [[pdf]](https://...)". */
static bool is_pointed_line(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && block->pointed > 0 && block->remark == 0 && block->paper.len > 0 &&
           block->label.len == 0 && memchr(block->text.at, '\n', block->pointed) == NULL;
}

bool view_read(struct arena *arena, const struct block *block, struct view *view)
{
    *view = (struct view){0};
    const bool short_enough = block->words.len <= LONGEST_ITEM_BYTES;
    const bool item = block->kind == BLOCK_ITEM && block->level <= MOST_ITEM_LEVELS && short_enough;
    const bool bold = block->kind == BLOCK_PARAGRAPH && block->label.len > 0 && short_enough;
    const bool reference = block->kind == BLOCK_PARAGRAPH && !bold && may_be_reference(block->words);
    const bool pointed = short_enough && is_pointed_line(block);
    const bool fronted = short_enough && block->kind == BLOCK_PARAGRAPH && !bold && link_behind_words(block).len > 0 &&
                         line_up_to_link(block).len == block->text.len;
    if (block->kind != BLOCK_HEADING && !item && !bold && !reference && !pointed && !fronted)
        return true;
    if (!read_title(arena, block, view))
        return false;
    view->is_pointed_line =
        (pointed || (fronted && view->has_front)) && (view->title.is_likely || view->title.is_possible);
    if (item)
        read_item(block, view);
    else if (bold)
        read_bold(block, view);
    else if (reference)
        read_reference(block, view);
    else if (block->kind == BLOCK_HEADING)
        read_heading(block, view);
    return true;
}
