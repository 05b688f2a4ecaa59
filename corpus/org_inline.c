#include "corpus/org_inline.h"

#include "corpus/link.h"
#include "corpus/words.h"

enum { LONGEST_MARKED_BYTES = 1000, LONGEST_STAMP_BYTES = 60 };

struct scan {
    struct span text;
    char *words;
    struct org_inline *out;
    bool seen; /* whether something visible stands before the place */
};

static void blank(const struct scan *scan, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (scan->words[i] != '\n')
            scan->words[i] = ' ';
}

static size_t nearest(struct span text, const char *needle, size_t within)
{
    return span_find(text.len > within ? span_until(text, within) : text, needle);
}

static void take_label(struct scan *scan, size_t first, size_t end, bool is_link)
{
    struct org_inline *out = scan->out;
    if (out->label_end > out->label_first)
        out->label_is_link |= is_link && first >= out->label_first && end <= out->label_end;
    if (scan->seen || out->label_end > out->label_first)
        return;
    out->label_first = first;
    out->label_end = end;
    out->label_is_link = is_link;
}

/* ---- links --------------------------------------------------------------------------------------------------- */

/* A target that is shown when nothing else is: the title of another note, but no address or file. */
static bool is_shown(struct span target)
{
    static const char *const hidden[] = {"id:", "file:", "attachment:", "./", "../", "/", "~/", "#"};
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (span_starts(target, hidden[i]))
            return false;
    return span_find(target, "://") == SIZE_MAX && span_find(target, "cite:") == SIZE_MAX;
}

/* [[target][description]] or [[target]] at `at`; how many bytes it has, 0 when there is none. */
static size_t read_link(struct scan *scan, size_t at)
{
    const struct span rest = span_from(scan->text, at);
    const size_t close = span_starts(rest, "[[") ? nearest(rest, "]]", LONGEST_MARKED_BYTES) : SIZE_MAX;
    if (close == SIZE_MAX || close == 2)
        return 0;
    const size_t middle = nearest(rest, "][", close);
    const bool described = middle != SIZE_MAX;
    const struct span target = {rest.at + 2, (described ? middle : close) - 2};
    const bool elsewhere = span_starts_nocase(target, "http");
    size_t first = described ? middle + 2 : 2, end = close;
    if (!described && !is_shown(target))
        first = end;
    if (elsewhere && scan->out->url.len == 0)
        scan->out->url = target;
    blank(scan, at, at + first);
    blank(scan, at + end, at + close + 2);
    if (end > first)
        take_label(scan, at + first, at + end, elsewhere);
    scan->seen |= end > first;
    return close + 2;
}

/* ---- what is no word ----------------------------------------------------------------------------------------- */

static bool is_date(struct span text)
{
    enum { YEAR = 4, DATE = 10 };
    for (size_t i = 0; i < DATE; i++)
        if (i >= text.len || (i == YEAR || i == YEAR + 3 ? text.at[i] != '-' : !is_ascii_digit(text.at[i])))
            return false;
    return true;
}

/* "[2/5]", "[40%]". */
static bool is_count(struct span inside)
{
    bool marked = false;
    for (size_t i = 0; i < inside.len; i++) {
        marked |= inside.at[i] == '/' || inside.at[i] == '%';
        if (!is_ascii_digit(inside.at[i]) && inside.at[i] != '/' && inside.at[i] != '%')
            return false;
    }
    return marked;
}

/* A time stamp, a footnote, a citation or a count in brackets; its bytes, 0 when there is none. */
static size_t bracketed_bytes(struct span rest)
{
    const bool angle = rest.at[0] == '<';
    if (!angle && rest.at[0] != '[')
        return 0;
    const bool cites = span_starts(rest, "[cite:") || span_starts(rest, "[cite/") || span_starts(rest, "[fn:");
    const size_t close = nearest(rest, angle ? ">" : "]", cites ? LONGEST_MARKED_BYTES : LONGEST_STAMP_BYTES);
    if (close == SIZE_MAX)
        return 0;
    const struct span inside = {rest.at + 1, close - 1};
    return cites || is_date(inside) || (!angle && is_count(inside)) ? close + 1 : 0;
}

/* "\\\\" at the end of a line, which breaks it there. */
static size_t break_bytes(struct span rest)
{
    size_t end = 2;
    if (!span_starts(rest, "\\\\"))
        return 0;
    while (end < rest.len && (rest.at[end] == ' ' || rest.at[end] == '\t'))
        end++;
    return end == rest.len || rest.at[end] == '\n' ? 2 : 0;
}

/* "cite:key", "citep:&key,other": as org-ref has it. */
static size_t citation_bytes(struct span rest)
{
    size_t end = 0;
    while (end < rest.len && is_ascii_small(rest.at[end]))
        end++;
    const size_t cite = nearest(rest, "cite", end);
    if (cite == SIZE_MAX || end >= rest.len || rest.at[end] != ':' || end + 1 >= rest.len || is_blank(rest.at[end + 1]))
        return 0;
    while (end < rest.len && !is_blank(rest.at[end]) && strchr("()[]{}\"", rest.at[end]) == NULL)
        end++;
    return end;
}

static bool may_stand_before(const struct scan *scan, size_t at)
{
    return at == 0 || is_blank(scan->text.at[at - 1]) || strchr("-({'\"", scan->text.at[at - 1]) != NULL ||
           scan->words[at - 1] == ' ';
}

/* Where the emphasis that opens at `at` closes; 0 when it is none. */
static size_t emphasis_end(const struct scan *scan, size_t at)
{
    const struct span text = scan->text;
    const char mark = text.at[at];
    if (strchr("*/_=~+", mark) == NULL || !may_stand_before(scan, at) || at + 2 >= text.len ||
        is_blank(text.at[at + 1]))
        return 0;
    const size_t farthest = text.len - at > LONGEST_MARKED_BYTES ? at + LONGEST_MARKED_BYTES : text.len;
    for (size_t i = at + 2; i < farthest; i++) {
        const bool ends =
            i + 1 == text.len || is_blank(text.at[i + 1]) || strchr("-.,;:!?'\")}[]", text.at[i + 1]) != NULL;
        if (text.at[i] == mark && !is_blank(text.at[i - 1]) && ends)
            return i;
        if (text.at[i] == '\n' && i + 1 < text.len && text.at[i + 1] == '\n')
            return 0;
    }
    return 0;
}

/* ---- the whole ----------------------------------------------------------------------------------------------- */

static void blank_addresses(const struct scan *scan)
{
    const struct span words = {scan->words, scan->text.len};
    struct span link;
    for (size_t from = 0; link_next(words, &from, &link);) {
        const size_t at = (size_t)(link.at - scan->words);
        if (scan->out->url.len == 0)
            scan->out->url = (struct span){scan->text.at + at, link.len};
        blank(scan, at, at + link.len);
    }
}

/* What no word is at `at`; its bytes, 0 when it is one. */
static size_t hidden_bytes(const struct scan *scan, size_t at)
{
    const struct span rest = span_from(scan->text, at);
    const size_t bracketed = bracketed_bytes(rest);
    if (bracketed > 0)
        return bracketed;
    const size_t broken = break_bytes(rest);
    if (broken > 0)
        return broken;
    const bool begins = at == 0 || (!is_ascii_letter(rest.at[-1]) && !is_ascii_digit(rest.at[-1]));
    return begins ? citation_bytes(rest) : 0;
}

void org_inline_read(struct span text, char *words, struct org_inline *out)
{
    *out = (struct org_inline){.label_first = 0};
    struct scan scan = {.text = text, .words = words, .out = out};
    for (size_t i = 0; i < text.len;) {
        const size_t link = read_link(&scan, i);
        if (link > 0) {
            i += link;
            continue;
        }
        const size_t hidden = hidden_bytes(&scan, i);
        if (hidden > 0) {
            blank(&scan, i, i + hidden);
            i += hidden;
            continue;
        }
        const size_t end = words[i] == ' ' ? 0 : emphasis_end(&scan, i);
        if (end > 0) {
            if (text.at[i] == '*')
                take_label(&scan, i + 1, end, false);
            words[i] = words[end] = ' ';
        }
        scan.seen |= !is_blank(words[i]);
        i++;
    }
    blank_addresses(&scan);
}
