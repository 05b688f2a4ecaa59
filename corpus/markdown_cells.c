/* Several papers in one cell of a table: "[Title](https://...), [Title](https://...)". */
#include "corpus/identifiers.h"
#include "corpus/markdown_page.h"
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
