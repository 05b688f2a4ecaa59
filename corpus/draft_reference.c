/* References as LaTeX lists them: \bibitem{KEY} Authors. \newblock Title. \newblock Venue, Year. */
#include "corpus/draft.h"

#include "corpus/identifiers.h"
#include "corpus/stamp.h"
#include "corpus/title_reference.h"
#include "corpus/words.h"

static const char item_mark[] = "\\bibitem";

/* The item at the front of `list` behind its mark, up to the next one's. */
static bool cut_item(struct span *list, struct span *item)
{
    const size_t start = span_find(*list, item_mark);
    if (start == SIZE_MAX)
        return false;
    *list = span_from(*list, start + sizeof item_mark - 1);
    const size_t next = span_find(*list, item_mark);
    *item = span_until(*list, next == SIZE_MAX ? list->len : next);
    *list = span_from(*list, item->len);
    return true;
}

/* The end of the group that `text` begins with; 0 when nothing ends it. */
static size_t group_end(struct span text, char open, char close)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        depth += text.at[i] == open;
        if (text.at[i] == close && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* "[Example and Sample(2031)]{KEY} text" */
static struct span take_key(struct span *item)
{
    *item = span_trim(*item);
    if (span_starts(*item, "["))
        *item = span_trim(span_from(*item, group_end(*item, '[', ']')));
    while (span_starts(*item, "%")) { /* natbib's styles break the line there */
        const char *end = memchr(item->at, '\n', item->len);
        *item = span_trim(span_from(*item, end == NULL ? item->len : (size_t)(end - item->at)));
    }
    const size_t end = span_starts(*item, "{") ? group_end(*item, '{', '}') : 0;
    const struct span key = end < 2 ? (struct span){"", 0} : (struct span){item->at + 1, end - 2};
    *item = span_from(*item, end);
    return span_trim(key);
}

/* ``Title'' in the quotes of other texts, on one line; in the arena. */
static struct span plain_line(struct record *record, struct span text)
{
    char *line = arena_string(record->arena, text);
    size_t len = 0;
    record->failed |= line == NULL;
    for (size_t i = 0; line != NULL && i < text.len; i++) {
        const bool is_quote = i + 1 < text.len && text.at[i] == text.at[i + 1] && strchr("`'", text.at[i]) != NULL;
        line[len++] = (char)(is_quote ? '"' : text.at[i] == '\n' ? ' ' : text.at[i]);
        i += is_quote;
    }
    return line == NULL ? text : (struct span){line, len};
}

static void read_blocks(struct record *record, struct span authors, struct span rest)
{
    struct span title;
    (void)span_cut(&rest, DRAFT_BLOCK, &title);
    record_author_list(record, span_trim_marks(record_line(record, authors), ".,"));
    record_title(record, span_trim_marks(title, ".,"));
    if (rest.at != NULL)
        record->year = year_find(rest);
}

bool draft_read_sentence(struct record *record, struct span text)
{
    struct title title = {.text = span_trim(record_line(record, text))};
    if (!title_read_reference(&title))
        return false;
    record_author_list(record, title.authors);
    record_title(record, span_trim_marks(title.text, ".,"));
    record->year = title.stamp.year;
    return true;
}

bool draft_next_reference(struct span *list, struct record *record)
{
    struct span item, text;
    if (!cut_item(list, &item))
        return false;
    record->id = take_key(&item);
    record->doi = doi_in(item);
    record->arxiv = arxiv_in(item);
    record->pmid = pmid_in(item);
    record->failed |= !draft_strip(item, record->arena, &text);
    if (record->failed)
        return false;
    text = plain_line(record, text);
    struct span rest = text, authors = {"", 0};
    if (memchr(text.at, DRAFT_BLOCK, text.len) != NULL && span_cut(&rest, DRAFT_BLOCK, &authors))
        read_blocks(record, authors, rest);
    else
        (void)draft_read_sentence(record, text);
    return !record->failed;
}
