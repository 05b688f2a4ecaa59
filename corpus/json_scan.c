#include "corpus/json_scan.h"

#include "corpus/reader.h"
#include "corpus/words.h"

struct extent {
    size_t bytes, depth;
    bool in_string, is_escaped;
};

static void measure(struct extent *extent, char c)
{
    extent->bytes++;
    if (extent->is_escaped) {
        extent->is_escaped = false;
        return;
    }
    if (c == '"' || (c == '\n' && extent->in_string))
        extent->in_string = c == '"' && !extent->in_string;
    else if (extent->in_string)
        extent->is_escaped = c == '\\';
    else if (c == '{' || c == '[')
        extent->depth++;
    else if ((c == '}' || c == ']') && extent->depth > 0)
        extent->depth--;
}

/* ---- where the records are ----------------------------------------------------------------------------------- */

static bool is_list_name(struct span name)
{
    static const char *const names[] = {"items", "references", "papers", "results", "data", "entries", "documents"};
    return span_is_among(name, names, sizeof names / sizeof names[0]);
}

/* Where the array of the member named by the string that ends at `at` begins; 0 when its value is none. */
static size_t array_behind(struct span head, size_t at)
{
    static const char blanks[] = " \t\r\n";
    while (at < head.len && (strchr(blanks, head.at[at]) != NULL || head.at[at] == ':'))
        at++;
    return at < head.len && head.at[at] == '[' ? at + 1 : 0;
}

size_t json_scan_array(struct span head)
{
    struct extent extent = {.depth = 0};
    size_t name_start = 0;
    const struct span text = span_trim(head);
    const size_t start = (size_t)(text.at - head.at);
    if (span_starts(text, "["))
        return start + 1;
    if (!span_starts(text, "{"))
        return 0;
    for (size_t i = start; i < head.len; i++) {
        const bool was_in_string = extent.in_string;
        measure(&extent, head.at[i]);
        if (extent.depth == 1 && !was_in_string && extent.in_string)
            name_start = i + 1;
        if (extent.depth != 1 || !was_in_string || extent.in_string ||
            !is_list_name((struct span){head.at + name_start, i - name_start}))
            continue;
        const size_t array = array_behind(head, i + 1);
        if (array > 0)
            return array;
    }
    return 0;
}

/* ---- one after another --------------------------------------------------------------------------------------- */

void json_scan_skip(struct json_scan *scan, size_t bytes)
{
    stream_skip(scan->stream, bytes, &scan->line);
}

static bool skip_to_object(struct json_scan *scan)
{
    for (;;) {
        const struct span window = stream_peek(scan->stream, 1);
        if (window.len == 0)
            return false;
        const char *brace = memchr(window.at, '{', window.len);
        json_scan_skip(scan, brace == NULL ? window.len : (size_t)(brace - window.at));
        if (brace != NULL)
            return true;
    }
}

/* The rest of an object too long to be looked at whole. */
static void skip_rest(struct json_scan *scan, struct extent extent)
{
    while (extent.depth > 0) {
        const struct span window = stream_peek(scan->stream, 1);
        size_t i = 0;
        if (window.len == 0)
            return;
        while (i < window.len && extent.depth > 0)
            measure(&extent, window.at[i++]);
        json_scan_skip(scan, i);
    }
}

/* Whether a brace is met that can only begin the next object: on a line of its own, among the members of this one,
 * behind no colon. */
static bool is_next_element(const struct extent *extent, struct span window, char last)
{
    if (extent->depth != 1 || extent->in_string || last == ':' || window.at[extent->bytes] != '{')
        return false;
    size_t at = extent->bytes;
    while (at > 0 && (window.at[at - 1] == ' ' || window.at[at - 1] == '\t'))
        at--;
    return at > 0 && window.at[at - 1] == '\n';
}

bool json_scan_next(struct json_scan *scan, struct json_element *out)
{
    enum { STEP = 1 << 16 };
    struct extent extent = {.depth = 0};
    if (!skip_to_object(scan))
        return false;
    struct span window = stream_peek(scan->stream, 1);
    char last = '\0';
    do {
        if (extent.bytes == window.len)
            window = stream_peek(scan->stream, extent.bytes + STEP);
        if (extent.bytes == window.len || is_next_element(&extent, window, last))
            break;
        const char c = window.at[extent.bytes];
        measure(&extent, c);
        last = is_blank(c) ? last : c;
    } while (extent.depth > 0 && extent.bytes < READER_LONGEST_RECORD);
    *out = (struct json_element){.line = scan->line,
                                 .closed = extent.depth == 0,
                                 .too_long = extent.bytes >= READER_LONGEST_RECORD && extent.depth > 0};
    json_scan_skip(scan, extent.bytes);
    out->text = span_until(window, extent.bytes);
    if (out->too_long)
        skip_rest(scan, extent);
    return true;
}
