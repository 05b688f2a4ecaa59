/* References as people write them below a draft in plain text or Markdown: a list under "References", in any style. */
#include "corpus/draft.h"

#include "base/buffer.h"
#include "corpus/identifiers.h"
#include "corpus/stamp.h"
#include "corpus/words.h"

enum {
    WRAPPED_LINE_MAX = 100, /* bytes: a longer line is a whole reference, not a part of one */
    ADDRESS_MAX = 2048,     /* bytes */
};

/* ---- where the list is --------------------------------------------------------------------------------------- */

/* "## 7. References", "**Bibliography:**", "References {-}" */
static bool is_heading_of_list(struct span line)
{
    static const char *const names[] = {"references", "bibliography", "works cited", "literature", "literature cited"};
    const size_t attributes = span_find(line, " {");
    line = span_trim(span_until(line, attributes == SIZE_MAX ? line.len : attributes));
    while (line.len > 0 && strchr("#*_ .0123456789", line.at[0]) != NULL)
        line = span_from(line, 1);
    line = span_without_end(line, "#*_: ");
    return span_is_among_nocase(line, names, sizeof names / sizeof names[0]);
}

/* The list ends where another heading of Markdown begins: an appendix. */
static size_t list_end(struct span text, size_t start, bool is_markdown)
{
    struct span rest = span_from(text, start), line;
    while (is_markdown && span_cut(&rest, '\n', &line))
        if (span_starts(line, "#"))
            return (size_t)(line.at - text.at);
    return text.len;
}

bool draft_cut_references(struct span *text, struct arena *arena, struct span *list)
{
    struct span rest = *text, line, heading = {NULL, 0};
    while (span_cut(&rest, '\n', &line))
        if (is_heading_of_list(line))
            heading = line;
    *list = (struct span){"", 0};
    if (heading.at == NULL)
        return true;
    const size_t start = (size_t)(heading.at - text->at), behind = start + heading.len;
    const size_t end = list_end(*text, behind, span_starts(heading, "#"));
    struct buffer left = {0};
    buffer_add(&left, span_until(*text, start));
    buffer_add(&left, span_from(*text, end));
    const char *copy = buffer_keep(&left, arena);
    *list = (struct span){text->at + behind, end - behind};
    if (span_trim((struct span){copy == NULL ? "" : copy, copy == NULL ? 0 : left.len}).len > 0)
        *text = (struct span){copy, left.len};
    buffer_free(&left);
    return copy != NULL;
}

/* ---- one item ------------------------------------------------------------------------------------------------ */

/* Bytes of "- ", "12. ", "12) ", "[12] ", "[^doe]: ", "[Doe20]" in front of an item; 0 when there is none. */
static size_t marker_bytes(struct span line)
{
    size_t at = 0;
    if (line.len > 2 && strchr("-*+", line.at[0]) != NULL && line.at[1] == ' ')
        return 2;
    while (at < line.len && is_ascii_digit(line.at[at]))
        at++;
    if (at > 0 && at < 4 && at + 1 < line.len && strchr(".)", line.at[at]) != NULL && line.at[at + 1] == ' ')
        return at + 2;
    const char *closing = line.len > 0 && line.at[0] == '[' ? memchr(line.at, ']', line.len) : NULL;
    if (closing == NULL || memchr(line.at, ' ', (size_t)(closing - line.at)) != NULL)
        return 0;
    at = (size_t)(closing - line.at) + 1;
    return at < line.len && line.at[at] == '(' ? 0 : at + (at < line.len && line.at[at] == ':');
}

/* Whether a line ends an item without a marker; `is_dated`: a year or a DOI stands in it so far. */
static bool is_last_line(struct span line, bool is_dated)
{
    const char last = line.len > 0 ? line.at[line.len - 1] : 'x';
    return line.len > WRAPPED_LINE_MAX || (is_dated && (strchr(".)/>", last) != NULL || is_ascii_digit(last)));
}

/* The item at the front of `list`, without its marker; it ends at an empty line, or where the next begins. */
static bool cut_item(struct span *list, struct span *item)
{
    struct span line, rest = *list;
    size_t marker = 0, end = 0;
    bool is_dated = false;
    *item = (struct span){"", 0};
    while (span_cut(&rest, '\n', &line)) {
        const struct span words = span_trim(line);
        const size_t next = marker_bytes(words);
        if (item->len > 0 && (words.len == 0 || next > 0))
            break;
        if (item->len == 0) {
            *item = span_trim(span_from(words, next));
            marker = next;
        }
        item->len = item->len == 0 ? 0 : (size_t)(words.at + words.len - item->at);
        end = (size_t)(line.at + line.len - list->at);
        is_dated = is_dated || year_find(words) != 0 || doi_in(words).len > 0;
        if (item->len > 0 && marker == 0 && is_last_line(words, is_dated))
            break;
    }
    *list = span_from(*list, end < list->len ? end + 1 : list->len);
    return item->len > 0;
}

/* Bytes of the address in "](address)" at `at`; 0 when there is none. */
static size_t link_bytes(struct span text, size_t at)
{
    const size_t left = text.len - at;
    const struct span rest = {text.at + at, left < ADDRESS_MAX ? left : ADDRESS_MAX};
    const char *closing = span_starts(rest, "](") ? memchr(rest.at, ')', rest.len) : NULL;
    return closing == NULL ? 0 : (size_t)(closing - rest.at) + 1;
}

/* The words of an item, without the marks of Markdown, in the arena. */
static struct span plain_words(struct record *record, struct span item)
{
    char *words = arena_string(record->arena, item);
    size_t len = 0;
    record->failed |= words == NULL;
    for (size_t i = 0; words != NULL && i < item.len; i++) {
        const size_t link = link_bytes(item, i);
        const bool is_edge = i == 0 || i + 1 == item.len || item.at[i - 1] == ' ' || item.at[i + 1] == ' ' ||
                             strchr(".,", item.at[i + 1]) != NULL;
        if (link > 0)
            i += link - 1;
        else if (strchr("*[]`", item.at[i]) == NULL && (item.at[i] != '_' || !is_edge))
            words[len++] = item.at[i];
    }
    return (struct span){words == NULL ? "" : words, len};
}

/* "[Title](address), Author": what a link in front says is all that is read; empty when there is none. */
static struct span linked_text(struct span item)
{
    const size_t closing = span_starts(item, "[") ? span_find(item, "](") : SIZE_MAX;
    return closing == SIZE_MAX ? (struct span){"", 0} : (struct span){item.at + 1, closing - 1};
}

static size_t sentence_end(struct span text)
{
    const size_t stop = span_find(text, ". ");
    return stop != SIZE_MAX ? stop : text.len - (text.len > 0 && text.at[text.len - 1] == '.');
}

bool draft_next_written_reference(struct span *list, struct record *record)
{
    struct span item;
    if (!cut_item(list, &item))
        return false;
    record->doi = doi_in(item);
    record->arxiv = arxiv_in(item);
    record->pmid = pmid_in(item);
    const struct span linked = linked_text(item), words = plain_words(record, linked.len > 0 ? linked : item);
    if (!draft_read_sentence(record, words)) /* "Title. SOSP 2025." */
        record_title(record, span_until(words, sentence_end(words)));
    return !record->failed;
}
