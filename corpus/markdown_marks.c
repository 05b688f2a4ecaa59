#include "corpus/markdown_marks.h"

#include "corpus/notes_line.h"
#include "corpus/words.h"

#include <string.h>

/* The bytes of a sign that people set in front of an item; 0 when `line` begins with none. */
static size_t sign_bytes(struct span line)
{
    static const char *const signs[] = {"\u2022", "\u00b7", "\u25cf", "\u25aa", "\u25e6", "\u2023", "\u25a0"};
    return span_starts_with_one(line, signs, sizeof signs / sizeof signs[0]);
}

/* The bytes of "[3] ", "(3) ", "3、" or "3.Title", up to the text of the item; 0 when `line` begins otherwise.
 * `*digits` are those of the number where Markdown's own mark has room for them. */
static size_t number_bytes(struct span line, struct span *digits)
{
    enum { MOST_DIGITS = 3 };
    const bool bracketed = line.len > 0 && (line.at[0] == '[' || line.at[0] == '(');
    size_t end = bracketed ? 1 : 0;
    while (end < line.len && is_ascii_digit(line.at[end]))
        end++;
    *digits = span_from(span_until(line, end), bracketed ? 1 : 0);
    if (digits->len == 0 || digits->len > MOST_DIGITS || end >= line.len)
        return 0;
    if (!bracketed && span_starts(span_from(line, end), "\u3001"))
        return end + 3;
    if (!bracketed) {
        const char next = (char)(end + 1 < line.len ? line.at[end + 1] : ' ');
        const bool joined = line.at[end] == '.' && (is_ascii_capital(next) || next == '[' || next == '*');
        digits->len = 0;
        return joined ? end + 1 : 0;
    }
    const bool closed = line.at[end] == (line.at[0] == '[' ? ']' : ')');
    return closed && end + 1 < line.len && is_blank(line.at[end + 1]) ? end + 2 : 0;
}

/* Sets a mark of Markdown's where a line has one of those. `first` is whether a number may open an item here. */
static bool settle_line(char *line, size_t len, bool first, bool write)
{
    struct span digits;
    const struct span text = {line, len};
    const size_t sign = sign_bytes(text), number = first ? number_bytes(text, &digits) : 0;
    if (write && sign > 0) {
        memset(line, ' ', sign);
        line[0] = '-';
    } else if (write && number > 0) {
        const size_t count = digits.len;
        memmove(line, digits.at, count);
        memset(line + count, ' ', number - count);
        line[count] = count == 0 ? '-' : ')';
    }
    return sign > 0 || number > 0;
}

static bool is_fence(struct span line)
{
    return span_starts(line, "```") || span_starts(line, "~~~");
}

/* Whether what stands in front of `bare` in its line indents it for Markdown, to which a form feed is a word. */
static bool is_indented(struct span line, struct span bare)
{
    for (const char *at = line.at; at < bare.at; at++)
        if (*at != ' ' && *at != '\t')
            return false;
    return true;
}

/* Whether a line that is no item ends the list above it: a heading, a rule, a quotation, code or HTML. */
static bool ends_list(struct span line)
{
    const char first = line.at[0];
    size_t same = 0;
    while (same < line.len && line.at[same] == first)
        same++;
    const bool is_rule = (first == '-' || first == '*' || first == '_') && same == line.len;
    return is_rule || strchr("#><`~", first) != NULL;
}

/* A number opens an item at the head of a paragraph, and behind another one: elsewhere it cites, "as in\n[3] and". */
static size_t settle_items(char *text, size_t len, bool write)
{
    struct span rest = {text, len};
    bool in_code = false, in_list = false, first = true;
    size_t count = 0;
    for (struct span line; line_cut(&rest, &line);) {
        const struct span bare = span_trim(line);
        in_code ^= is_fence(bare);
        const bool marked =
            !in_code && is_indented(line, bare) && settle_line(text + (bare.at - text), bare.len, first, write);
        count += marked;
        in_list = bare.len > 0 && (marked || (in_list && !ends_list(bare)));
        first = bare.len == 0 || bare.at[0] == '#' || in_list;
    }
    return count;
}

/* Blanks all but the ends of lines. */
static void blank(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
}

static const struct {
    const char *open, *close;
} hidden[] = {{"<!--", "-->"}, {"<script", "</script>"}, {"<style", "</style>"}};

enum { HIDDEN_COUNT = sizeof hidden / sizeof hidden[0] };

/* The bytes of what a page does not show at the start of `text`, up to the mark that closes it; 0 when it shows.
 * `is_open` says of each kind that nothing closes it any more. */
static size_t hidden_bytes(struct span text, bool is_open[HIDDEN_COUNT])
{
    for (size_t i = 0; i < HIDDEN_COUNT; i++) {
        if (is_open[i] || !span_starts_nocase(text, hidden[i].open))
            continue;
        const size_t close = span_find(text, hidden[i].close);
        if (close != SIZE_MAX)
            return close + strlen(hidden[i].close);
        is_open[i] = true;
    }
    return 0;
}

static void blank_hidden(char *text, size_t len)
{
    bool in_code = false, in_span = false, is_open[HIDDEN_COUNT] = {false};
    for (size_t i = 0; i < len; i++) {
        const struct span rest = {text + i, len - i};
        const bool at_start = i == 0 || text[i - 1] == '\n';
        in_code ^= at_start && is_fence(rest);
        in_span = !at_start && in_span != (text[i] == '`');
        if (text[i] == '<' && !in_code && !in_span)
            blank(text + i, hidden_bytes(rest, is_open));
    }
}

/* Whether Markdown has an item begin here: "- ", "1. ". */
static bool begins_item(struct span line)
{
    size_t digits = 0;
    while (digits < line.len && is_ascii_digit(line.at[digits]))
        digits++;
    const size_t mark =
        digits < line.len && strchr(digits > 0 ? ".)" : "-*+", line.at[digits]) != NULL ? digits + 1 : 0;
    return mark > 0 && mark < line.len && is_blank(line.at[mark]);
}

/* ": 1. Title", as kramdown and PHP Markdown Extra have it: a list that tells what the line above means. The colon
 * goes, so that its first item stands like the others. */
static void settle_definitions(char *text, size_t len)
{
    struct span rest = {text, len};
    bool in_code = false;
    for (struct span line; line_cut(&rest, &line);) {
        const struct span bare = span_trim(line);
        in_code ^= is_fence(bare);
        if (!in_code && bare.len > 1 && bare.at[0] == ':' && is_blank(bare.at[1]) &&
            begins_item(span_trim(span_from(bare, 1))))
            text[bare.at - text] = ' ';
    }
}

/* The bytes of the break that ends a line where its writer wants it to end, "<br>" or two spaces; 0 when none does. */
static size_t break_bytes(struct span line)
{
    static const char *const tags[] = {"<br>", "<br/>", "<br />", "</br>"};
    enum { FEWEST_SPACES = 2 };
    size_t blanks = 0;
    while (blanks < line.len && is_blank(line.at[line.len - 1 - blanks]))
        blanks++;
    const struct span bare = span_until(line, line.len - blanks);
    const size_t tag = span_ends_with_one(bare, tags, sizeof tags / sizeof tags[0]);
    return tag > 0 ? tag + blanks : blanks >= FEWEST_SPACES ? blanks : 0;
}

/* Whether a line is so broken and says something in front of a link that leads out, as a title before its address does,
 * and is no item, quotation, heading or row. */
static bool is_broken_title(struct span line)
{
    enum { FEWEST_WORDS = 3 };
    const size_t link = span_find(line, "](http");
    return link != SIZE_MAX && break_bytes(line) > 0 && !is_blank(line.at[0]) && strchr("-+>#|<", line.at[0]) == NULL &&
           !begins_item(line) && has_words(span_until(line, link), FEWEST_WORDS);
}

/* Such lines are paragraphs of their own where a page has several: two carriage returns, to Markdown, are the end of a
 * line and an empty one. Gives how many there are. */
static size_t settle_broken_lines(char *text, size_t len, bool write)
{
    enum { BREAK_BYTES = 2 };
    struct span rest = {text, len};
    bool in_code = false;
    size_t count = 0;
    for (struct span line; line_cut(&rest, &line);) {
        in_code ^= is_fence(span_trim(line));
        if (in_code || line.len == 0 || !is_broken_title(line))
            continue;
        count++;
        const size_t bytes = break_bytes(line);
        char *end = text + (line.at - text) + line.len;
        if (write) {
            memset(end - bytes, ' ', bytes);
            memset(end - BREAK_BYTES, '\r', BREAK_BYTES);
        }
    }
    return count;
}

void marks_settle(char *text, size_t len)
{
    enum { FEWEST_ITEMS = 2, FEWEST_LINES = 3 };
    blank_hidden(text, len);
    settle_definitions(text, len);
    if (settle_broken_lines(text, len, false) >= FEWEST_LINES)
        (void)settle_broken_lines(text, len, true);
    if (settle_items(text, len, false) >= FEWEST_ITEMS)
        (void)settle_items(text, len, true);
}
