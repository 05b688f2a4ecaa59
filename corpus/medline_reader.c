/* MEDLINE, as PubMed saves it (.nbib, "MEDLINE/PubMed Data Element Descriptions", National Library of Medicine): "TI  -
 * Title", from one PMID to the next, with longer values indented below; and as ERIC does, whose records have no PMID.
 */
#include "corpus/identifiers.h"
#include "corpus/reader.h"
#include "corpus/tagged.h"
#include "corpus/words.h"

static bool split(struct span line, struct span *tag, struct span *value)
{
    return tagged_split_at_dash(line, 4, tag, value);
}

static bool opens(const struct tagged_value *first, struct span rest)
{
    (void)rest;
    if (span_is(first->tag, "OWN"))
        return span_is(first->text, "ERIC");
    return span_is_one_of(first->tag, "PMID UI") && first->text.len > 0 && is_ascii_digit(first->text.at[0]);
}

/* ---- values -------------------------------------------------------------------------------------------------- */

/* A key as LaTeX users have it, and the paper's page. */
static void take_number(struct record *record, struct span value)
{
    size_t digits = 0;
    while (digits < value.len && is_ascii_digit(value.at[digits]))
        digits++;
    value = span_until(value, digits);
    const char *id = arena_format(record->arena, "pmid%.*s", SPAN_ARGS(value));
    const char *url = arena_format(record->arena, "https://pubmed.ncbi.nlm.nih.gov/%.*s/", SPAN_ARGS(value));
    record->failed |= id == NULL || url == NULL;
    if (record->failed || record->id.len > 0 || digits == 0)
        return;
    record->id = record_line(record, span_of(id));
    record->pmid = pmid_of_field(value);
    record->url = record_line(record, span_of(url));
}

/* Titles end in a full stop, and stand in brackets where they were translated: "[On caches].". */
static struct span mend_title(struct record *record, struct span value)
{
    (void)record;
    if (span_ends(value, ".") && !span_ends(value, "..."))
        value.len--;
    if (span_starts(value, "[") && span_ends(value, "]") && memchr(value.at, ']', value.len - 1) == NULL)
        value = (struct span){value.at + 1, value.len - 2};
    return value;
}

/* Takes the last word off the end of `*text`. */
static struct span cut_word(struct span *text)
{
    size_t start = text->len;
    while (start > 0 && !is_blank(text->at[start - 1]))
        start--;
    const struct span word = span_from(*text, start);
    *text = span_trim(span_until(*text, start));
    return word;
}

/* Takes "Jr" or "3rd" off the end of `*name`, where more stands before it. */
static struct span cut_suffix(struct span *name)
{
    static const char suffixes[] = "Jr Jr. Sr Sr. 2nd 3rd 4th 5th II III IV";
    struct span rest = *name;
    const struct span word = cut_word(&rest);
    if (rest.len == 0 || !span_is_one_of(word, suffixes))
        return (struct span){"", 0};
    *name = rest;
    return word;
}

/* Many together, by one name. */
static void take_group(struct record *record, struct span value)
{
    record_person(record, (struct span){"", 0}, value, (struct span){"", 0});
}

/* "Example, Ada L Jr" */
static void take_full_name(struct record *record, struct span value)
{
    const char *comma = value.len == 0 ? NULL : memchr(value.at, ',', value.len);
    if (comma == NULL) {
        take_group(record, value);
        return;
    }
    const size_t at = (size_t)(comma - value.at);
    struct span given = span_trim(span_from(value, at + 1));
    const struct span suffix = cut_suffix(&given);
    record_person(record, given, span_trim(span_until(value, at)), suffix);
}

static bool is_initials(struct span word)
{
    for (size_t i = 0, bytes = 1; i < word.len; i += bytes)
        if (!is_capital(code_point_at(span_from(word, i), &bytes)) && word.at[i] != '-')
            return false;
    return word.len > 0;
}

/* "van Example AL Jr"; of ERIC in full. */
static void take_short_name(struct record *record, struct span value)
{
    if (value.len > 0 && memchr(value.at, ',', value.len) != NULL) {
        take_full_name(record, value);
        return;
    }
    struct span family = value;
    const struct span suffix = cut_suffix(&family);
    struct span rest = family, given = cut_word(&rest);
    if (rest.len == 0 || !is_initials(given)) {
        rest = family;
        given = (struct span){"", 0};
    }
    record_person(record, given, rest, suffix);
}

/* A location is an identifier of the journal's, a DOI or that of an article elsewhere. */
static void take_location(struct record *record, struct span value)
{
    if (record->doi.len == 0)
        record->doi = record_line(record, doi_in(value));
    if (record->arxiv.len == 0 && span_starts_nocase(value, "arxiv:"))
        record->arxiv = record_line(record, arxiv_in(value));
}

/* Where a location is the address of the record. */
static void take_page(struct record *record, struct span value)
{
    if (record->url.len == 0 && span_starts(value, "http"))
        record->url = record_line(record, value);
}

/* "Memory, Episodic" as people say it: what catalogues set behind a comma stands in front. */
static struct span turned(struct record *record, struct span heading)
{
    char *text = arena_alloc(record->arena, heading.len + 1);
    size_t len = 0;
    record->failed |= text == NULL;
    while (text != NULL && heading.len > 0) {
        const char *comma = memrchr(heading.at, ',', heading.len);
        const size_t start = comma == NULL ? 0 : (size_t)(comma + 1 - heading.at);
        const struct span part = span_trim(span_from(heading, start));
        if (len > 0 && part.len > 0)
            text[len++] = ' ';
        memcpy(text + len, part.at, part.len);
        len += part.len;
        heading = span_until(heading, start == 0 ? 0 : start - 1);
    }
    return text == NULL ? heading : (struct span){text, len};
}

/* "*Memory, Episodic/physiology": a heading as in a catalogue, an aspect of it, and a star where it is a main one. */
static struct span mend_heading(struct record *record, struct span value)
{
    while (value.len > 0 && value.at[0] == '*')
        value = span_from(value, 1);
    const char *slash = value.len == 0 ? NULL : memchr(value.at, '/', value.len);
    if (slash != NULL)
        value = span_until(value, (size_t)(slash - value.at));
    return turned(record, record_line(record, value));
}

static struct span mend_keyword(struct record *record, struct span value)
{
    (void)record;
    while (value.len > 0 && value.at[0] == '*')
        value = span_from(value, 1);
    return value;
}

/* ---- the format ---------------------------------------------------------------------------------------------- */

static const struct tagged_row rows[] = {
    {.field = TAGGED_ID, .tags = "PMID", .take = take_number},
    {.field = TAGGED_ID, .tags = "OID"},
    {.field = TAGGED_KIND, .tags = "PT"},
    {.field = TAGGED_TITLE, .tags = "TI", .mend = mend_title},
    {.field = TAGGED_TITLE, .tags = "BTI", .mend = mend_title}, /* of a book */
    {.field = TAGGED_TITLE, .tags = "TT", .mend = mend_title},  /* in its own language */
    {.field = TAGGED_AUTHOR, .tags = "FAU", .take = take_full_name},
    {.field = TAGGED_AUTHOR, .tags = "AU", .take = take_short_name},
    {.field = TAGGED_AUTHOR, .tags = "CN", .take = take_group, .always = true},
    {.field = TAGGED_VENUE, .tags = "JT"},
    {.field = TAGGED_VENUE, .tags = "TA"},
    {.field = TAGGED_VENUE, .tags = "BTI"},
    {.field = TAGGED_PUBLISHER, .tags = "PB"},
    {.field = TAGGED_YEAR, .tags = "DP DEP"},
    {.field = TAGGED_DOI, .tags = "LID AID", .take = take_location},
    {.field = TAGGED_URL, .tags = "LID", .take = take_page},
    {.field = TAGGED_KEYWORD, .tags = "MH", .mend = mend_heading, .always = true},
    {.field = TAGGED_KEYWORD, .tags = "OT", .mend = mend_keyword, .always = true},
    {.field = TAGGED_ABSTRACT, .tags = "AB"},
    {.field = TAGGED_ABSTRACT, .tags = "OAB"},
    {.field = TAGGED_NOTE, .tags = "GN"},
};

static const struct tagged_format format = {.rule = "the title of a MEDLINE record",
                                            .name = ".nbib",
                                            .split = split,
                                            .opens = opens,
                                            .begin = "PMID",
                                            .begins_at_gaps = true,
                                            .rows = rows,
                                            .row_count = sizeof rows / sizeof rows[0]};

TAGGED_READER(medline);
