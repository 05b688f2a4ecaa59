#include "corpus/markdown_block_title.h"

#include "corpus/day.h"
#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

/* Whether a link follows the label at once: "**Title** [[pdf]](https://...)". */
static bool label_has_link(const struct block *block)
{
    size_t at = (size_t)(block->label.at + block->label.len - block->words.at);
    while (at < block->text.len && strchr("*_ :", block->text.at[at]) != NULL)
        at++;
    return at < block->text.len && block->text.at[at] == '[' && link_leads_out(block->url);
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
    enum { FEWEST_WORDS = 4, FEWEST_LISTED = 2 };
    static const char *const marks[][2] = {{"(", ")"}, {"[", "]"}, {"\uff08", "\uff09"}};
    const struct span rest =
        span_trim_marks(span_from(block->words, (size_t)(label.at + label.len - block->words.at)), ".,:");
    struct stamp stamp;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t open = strlen(marks[i][0]), close = span_find(rest, marks[i][1]);
        if (span_starts(rest, marks[i][0]) && close != SIZE_MAX &&
            stamp_read(span_from(span_until(rest, close), open), STAMP_GROUP, &stamp)) {
            stamp_add(&title->stamp, &stamp);
            const bool listed = stamp.venue.len > 0 && !stamp.guessed;
            title->is_likely |=
                title->is_possible && stamp.year != 0 && has_words(title->text, listed ? FEWEST_LISTED : FEWEST_WORDS);
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
    *year = apart ? year_of_field((struct span){names.at + at, YEAR_DIGITS}) : 0;
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
    if (!names_read(authors, &names) || (names.full == 0 && !names.and_others && year == 0) || names.field_words > 0)
        return true; /* of families alone the year tells: "Example (2031) *Title*" */
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

/* "2031 Ada Example", "2031 Example and Sample", "(2031) Example": the same of the year alone. */
static bool read_year_with_names(struct span text, struct front *front)
{
    enum { YEAR_DIGITS = 4 };
    const size_t open = span_starts(text, "(") || span_starts(text, "[") ? 1 : 0, end = 2 * open + YEAR_DIGITS;
    const int year = text.len > end ? year_find((struct span){text.at + open, YEAR_DIGITS}) : 0;
    const struct span people = text.len > end ? span_trim(span_from(text, end)) : text;
    struct names names;
    if (year == 0 || !is_blank(text.at[end]) || !names_read(people, &names) || names.field_words > 0)
        return false;
    *front = (struct front){.stamp = {.text = span_until(text, end), .year = year}, .authors = people};
    return true;
}

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
    if (read_year_with_names(text, front))
        return true;
    if (!stamp_leads(text, &front->stamp, &bytes))
        return false;
    struct span rest = span_from(text, bytes), same = rest;
    skip_marks(&same, &rest);
    if (names_read(rest, &names) && names.full + names.and_others > 0)
        front->authors = rest;
    return true;
}

bool read_name_and_year(struct span text, struct stamp *stamp)
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
    if (open == SIZE_MAX || open == 0 || !link_leads_out(block->url) || (close != SIZE_MAX && close < open) ||
        (close != SIZE_MAX && !span_starts(span_from(line, close + 2), "http")))
        return none;
    const size_t end = close == SIZE_MAX ? line.len : close;
    const struct span words = {line.at + open + 1, end - open - 1};
    const bool whole = memchr(words.at, '[', words.len) == NULL && memchr(words.at, ']', words.len) == NULL;
    return whole ? (struct span){block->words.at + open + 1, words.len} : none;
}

bool block_leads_behind_words(const struct block *block)
{
    return link_behind_words(block).len > 0 &&
           (line_up_to_link(block).len == block->text.len || is_paper_address(block->url));
}

/* "Presented paper:", "Paper:", "Reading:": what a line says that its link leads to, when people met. */
static bool is_label_of_meeting(const struct block *block, struct span front)
{
    enum { MOST_WORDS = 3 };
    static const char *const names[] = {"paper", "papers", "reading", "readings", "article"};
    struct span rest = span_trim(front);
    struct word word, last = {0};
    const bool labelled = block->kind == BLOCK_PARAGRAPH && span_ends(rest, ":") && !has_words(rest, MOST_WORDS + 1);
    while (labelled && word_next(&rest, &word))
        last = word.text.len > 0 ? word : last;
    return labelled && last.text.len > 0 && span_is_among_nocase(last.text, names, sizeof names / sizeof names[0]);
}

/* Reads a title linked behind where it appeared: "SOSP 2031 -- a remark -- [Title](https://...)". */
static bool read_behind_front(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    const struct span found = link_behind_words(block);
    struct clean_title title;
    struct front front = {.authors = {block->words.at, 0}};
    if (block->kind == BLOCK_HEADING || !has_words(found, FEWEST_WORDS) || is_link_name(found))
        return true;
    const struct span words = span_until(block->words, (size_t)(found.at - 1 - block->words.at));
    if (!is_label_of_meeting(block, words) && !is_day_alone(words) && !read_front(words, &front))
        return true;
    if (!title_clean(arena, found, true, &title))
        return false;
    if (!title.is_possible && !title.is_likely && (front.authors.len == 0 || front.stamp.year == 0))
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

bool block_has_own_line(const struct block *block)
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
    if (block->label.len > 0 && block_has_own_line(block))
        return span_trim_marks(block->label, ".");
    const size_t line = bytes_above_names(block);
    return line > 0 ? span_until(block->words, line) : block->words;
}

/* Whether names stand here, and behind them where the paper appeared, with its year, or what leads to the paper. */
static bool begins_byline(const struct block *block, struct span behind)
{
    struct stamp stamp;
    struct names names;
    if (byline_bytes(behind, &stamp) > 0)
        return true;
    const size_t people = block->paper.len > 0 ? people_bytes(behind) : 0;
    return people > 0 && names_read(span_until(behind, people), &names) && names.full > 1;
}

bool block_has_byline(const struct block *block, struct span label)
{
    const size_t end = label.len == 0 ? block->words.len : (size_t)(label.at + label.len - block->words.at);
    struct span rest = span_from(block->words, end), text = rest;
    skip_marks(&text, &rest);
    return begins_byline(block, rest);
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

/* Reads "Title, Ada Example, Bo Sample, SOSP 2031", "Title, Ada Example, Bo Sample [pdf](...)", whose first comma with
 * names behind it ends the title. */
static bool read_before_byline(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 4, LONGEST_BYTES = 320 };
    struct clean_title title;
    struct names names;
    const char *comma = block->words.len == 0 ? NULL : memchr(block->words.at, ',', block->words.len);
    if (block->kind != BLOCK_ITEM || block->label.len > 0 || view->title.is_reference || view->title.authors.len > 0 ||
        comma == NULL || names_read(span_until(block->words, (size_t)(comma - block->words.at)), &names))
        return true;
    for (size_t i = 0; i + 2 < block->words.len && i < LONGEST_BYTES; i++) {
        const struct span front = span_until(block->words, i);
        if (block->words.at[i] == '[' || block->text.at[i] == '\n')
            break;
        if (block->words.at[i] != ',' || !is_blank(block->words.at[i + 1]) || !has_words(front, FEWEST_WORDS) ||
            !begins_byline(block, span_trim(span_from(block->words, i + 1))))
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

/* Whether a dash parts a title in bold from who wrote it and when: "**Title** - Example, 2031 | Journal [Paper](...)".
 */
static bool is_before_dash(const struct block *block)
{
    enum { FEWEST_WORDS = 4 };
    static const char *const dashes[] = {"- ", "\u2013", "\u2014", "| "};
    const struct span behind =
        span_trim(span_from(block->words, (size_t)(block->label.at + block->label.len - block->words.at)));
    return !block->label_is_link && block->kind == BLOCK_ITEM && has_words(block->label, FEWEST_WORDS) &&
           span_starts_with_one(behind, dashes, sizeof dashes / sizeof dashes[0]) > 0 && year_find(behind) != 0 &&
           !is_label_people(block);
}

/* Whether a colon follows the label: "[Quiet Pages](https://...) : A Study of Readers". */
static bool is_before_colon(const struct block *block)
{
    return span_starts(
        span_trim(span_from(block->words, (size_t)(block->label.at + block->label.len - block->words.at))), ":");
}

/* Takes the title from the link or bold part that opens the block, or from all its words but the links behind. */
bool block_title_read(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 4 };
    const bool linked = block->label_is_link && link_leads_out(block->url);
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
    if (!read_quoted(arena, block, view) || (view->label.len == 0 && !read_behind_name(arena, block, view)))
        return false;
    if (view->label.len > 0)
        return true;
    const struct span reference = reference_behind(block);
    if (reference.len > 0 && title_clean(arena, reference, false, &label) && label.is_reference) {
        view->title = label;
        return true;
    }
    struct emphasised behind = {0};
    bool has_authors = false;
    const size_t above = block->label.len == 0 ? bytes_above_record(block, &has_authors) : 0;
    const bool is_above = above > 0 && (block->pointed == 0 || above < block->pointed);
    const size_t all = is_above ? above : block->pointed > 0 ? block->pointed : block->text.len;
    size_t bytes = block->kind == BLOCK_ITEM && block->label.len == 0 && view->title.text.len == 0
                       ? emphasised_behind(span_until(block->text, all), &behind)
                       : all;
    if (block->kind == BLOCK_ITEM && linked && bytes == all)
        bytes = bar_behind(span_until(block->text, all), span_until(block->words, all), &behind.place);
    const struct span shown = shown_words(arena, span_until(block->text, bytes), span_until(block->words, bytes));
    const bool is_name = linked && block->kind == BLOCK_ITEM && !has_words(block->label, FEWEST_WORDS - 1);
    view->has_pointer = block->pointed > 0 && (link_leads_out(block->url) || block->paper.len > 0);
    if (shown.at == NULL || !title_clean(arena, view->has_pointer || is_name ? without_stop(shown) : shown,
                                         (linked && block->label_is_all) || view->has_pointer, &view->title))
        return false;
    if (bytes < all) {
        stamp_add(&view->title.stamp, &behind.place);
        view->title.is_likely |= view->title.is_possible;
        if (behind.people.len > 0 && view->title.authors.len == 0)
            view->title.authors =
                (struct span){block->words.at + (behind.people.at - block->text.at), behind.people.len};
    }
    view->has_record = has_authors;
    if (is_above)
        view->label = span_trim(span_until(block->words, above));
    if (block->remark > 0 && block->kind != BLOCK_HEADING)
        view->label = span_trim(span_until(block->words, bytes));
    if (block->label.len == 0)
        return read_before_byline(arena, block, view) && read_between(arena, block, view);
    if (block->label_is_all || !(block->label_is_link || block->kind != BLOCK_HEADING))
        return true;
    if (is_name && is_before_colon(block) && view->title.is_likely && has_words(view->title.text, FEWEST_WORDS))
        return true;
    const bool is_ended = !block->label_is_link && span_ends(block->label, ".") && view->title.stamp.year != 0 &&
                          has_words(block->label, FEWEST_WORDS - 1) && !is_label_people(block);
    const bool is_set = block_has_own_line(block) || is_ended || is_before_dash(block); /* "**Title.** SOSP, 2031" */
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
    const bool is_over_people = !block->label_is_link && label.text.len > 0 && block->kind == BLOCK_ITEM &&
                                block_has_byline(block, block->label);
    label.is_possible |= is_over_people;
    label.is_likely |= is_over_people && has_words(label.text, FEWEST_WORDS);
    bool has_memory = true;
    label.is_likely |= label.is_possible && block_has_own_line(block) && has_names_below(arena, block, &has_memory);
    if (!has_memory)
        return false;
    if (is_ended)
        stamp_add(&label.stamp, &view->title.stamp);
    const bool is_before_people = label.is_possible && block->label_is_link && has_people_behind(block);
    label.is_likely |= is_before_people;
    const bool is_parted = (label.is_possible && is_set) || is_before_people;
    if (!(label.is_likely || is_paper_link || is_parted) ||
        (label.is_likely && view->title.is_likely && !is_parted && !is_bold_behind_brackets(block) &&
         label.score < view->title.score && view->title.stamp.venue.len == 0 && !block_has_byline(block, block->label)))
        return true;
    view->title = label;
    view->label = front;
    return true;
}
