#include "corpus/bibtex_scan.h"

#include "corpus/reader.h"
#include "corpus/words.h"

enum { LONGEST_BEGINNING = 256 }; /* of an entry, up to the comma behind its key */

size_t bibtex_entry_begins(struct span text)
{
    size_t i = 1;
    if (!span_starts(text, "@"))
        return 0;
    while (i < text.len && is_ascii_letter(text.at[i]))
        i++;
    const size_t word_end = i;
    while (i < text.len && is_blank(text.at[i]))
        i++;
    const bool opens = word_end > 1 && i < text.len && (text.at[i] == '{' || text.at[i] == '(');
    return opens ? i + 1 : 0;
}

static bool is_usual_type(struct span word)
{
    static const char *const types[] = {
        "article",       "book",   "booklet",       "collection", "conference", "inbook", "incollection",
        "inproceedings", "manual", "mastersthesis", "misc",       "online",     "patent", "phdthesis",
        "proceedings",   "report", "software",      "string",     "techreport", "thesis", "unpublished"};
    return span_is_among_nocase(word, types, sizeof types / sizeof types[0]);
}

/* Whether a line inside an entry begins another: "@article{", or "@word{key," with the key perhaps on a line of its
 * own. */
static bool begins_another(struct span text)
{
    while (text.len > 0 && (text.at[0] == ' ' || text.at[0] == '\t'))
        text = span_from(text, 1);
    size_t at = bibtex_entry_begins(text);
    if (at == 0)
        return false;
    if (is_usual_type(span_trim((struct span){text.at + 1, at - 2})))
        return true;
    while (at < text.len && is_blank(text.at[at]))
        at++;
    while (at < text.len && at < LONGEST_BEGINNING && strchr("=\n\"", text.at[at]) == NULL && text.at[at] != ',')
        at++;
    return at < text.len && text.at[at] == ',';
}

/* ---- between entries ----------------------------------------------------------------------------------------- */

/* Whether the line looks like a field that fell out of an entry: "year = {2020}". */
static bool is_stray_field(struct span line)
{
    size_t i = 0;
    while (line.len > 0 && (is_blank(line.at[0]) || line.at[0] == ','))
        line = span_from(line, 1);
    line = span_trim(line);
    while (i < line.len && (is_ascii_letter(line.at[i]) || line.at[i] == '-' || line.at[i] == '_'))
        i++;
    const struct span rest = span_trim(span_from(line, i));
    const struct span value = rest.len == 0 ? rest : span_trim(span_from(rest, 1));
    return i > 1 && span_starts(rest, "=") && (span_starts(value, "{") || span_starts(value, "\""));
}

static void take(struct bibtex_scan *scan, struct span window, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        scan->line += window.at[i] == '\n';
    stream_take(scan->stream, bytes);
}

/* Where in the line an entry begins that is not commented out; its length when there is none. */
static size_t entry_in_line(struct span window, size_t line_bytes)
{
    const struct span line = span_trim(span_until(window, line_bytes));
    if (span_starts(line, "%"))
        return line_bytes;
    for (size_t i = 0; i < line_bytes; i++)
        if (window.at[i] == '@' && bibtex_entry_begins(span_from(window, i)) > 0)
            return i;
    return line_bytes;
}

/* Takes all up to the '@' of the next entry. */
static bool skip_to_entry(struct bibtex_scan *scan, uint32_t *stray_line)
{
    for (;;) {
        struct span line;
        size_t bytes = 0;
        const struct span window = stream_peek(scan->stream, 1 << 14);
        if (window.len == 0)
            return false;
        const char *end = memchr(window.at, '\n', window.len);
        bytes = end == NULL ? window.len : (size_t)(end - window.at) + 1;
        line = span_until(window, bytes);
        const size_t entry = entry_in_line(window, bytes);
        if (*stray_line == 0 && is_stray_field(span_until(line, entry)))
            *stray_line = scan->line;
        take(scan, window, entry);
        if (entry < bytes)
            return true;
    }
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

struct extent {
    size_t bytes, depth;
    bool in_quotes; /* outside of all braces, of an entry in parentheses */
    bool closed, runs_on;
};

/* Goes over the byte `c` of an entry that `open` began. */
static void measure(struct extent *extent, char open, char c)
{
    extent->bytes++;
    if (c == '{')
        extent->depth++;
    else if (c == '}' && extent->depth > 0)
        extent->depth--;
    else if (c == '"' && open == '(' && extent->depth == 0)
        extent->in_quotes = !extent->in_quotes;
    extent->closed =
        open == '{' ? c == '}' && extent->depth == 0 : c == ')' && extent->depth == 0 && !extent->in_quotes;
}

/* How far the entry at the start of the stream goes, from its bracket on. */
static struct extent measure_entry(struct stream *stream, size_t beginning)
{
    struct span window = stream_peek(stream, beginning);
    const char open = window.at[beginning - 1];
    struct extent extent = {.bytes = beginning, .depth = open == '{'};
    while (!extent.closed && extent.bytes < READER_LONGEST_RECORD) {
        if (extent.bytes + LONGEST_BEGINNING > window.len)
            window = stream_peek(stream, extent.bytes + LONGEST_BEGINNING);
        if (extent.bytes >= window.len)
            break;
        const char c = window.at[extent.bytes];
        measure(&extent, open, c);
        extent.runs_on = !extent.closed && c == '\n' && begins_another(span_from(window, extent.bytes));
        if (extent.runs_on)
            break;
    }
    return extent;
}

bool bibtex_scan_next(struct bibtex_scan *scan, struct bibtex_raw *out)
{
    *out = (struct bibtex_raw){.line = 0};
    if (!skip_to_entry(scan, &out->stray_line))
        return false;
    const size_t beginning = bibtex_entry_begins(stream_peek(scan->stream, LONGEST_BEGINNING));
    const struct extent extent = measure_entry(scan->stream, beginning);
    out->line = scan->line;
    out->too_long = extent.bytes >= READER_LONGEST_RECORD;
    out->runs_on = extent.runs_on;
    const struct span window = stream_peek(scan->stream, extent.bytes);
    out->text = span_until(window, extent.bytes);
    take(scan, window, extent.bytes);
    return true;
}
