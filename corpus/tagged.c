#include "corpus/tagged.h"

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/load.h"
#include "corpus/words.h"

#include <stdio.h>

/* ---- lines --------------------------------------------------------------------------------------------------- */

static bool is_tag_letter(char c)
{
    return is_ascii_capital(c) || is_ascii_digit(c);
}

bool tagged_split_at_dash(struct span line, size_t most, struct span *tag, struct span *value)
{
    enum { FEWEST = 2, DASH_FIRST = 3, DASH_LAST = 4 };
    size_t letters = 0;
    while (letters < line.len && letters < most && is_tag_letter(line.at[letters]))
        letters++;
    size_t dash = letters;
    while (dash < line.len && line.at[dash] == ' ')
        dash++;
    const size_t last = letters < DASH_LAST ? DASH_LAST : letters + 1; /* "ISSN - 1" */
    if (letters < FEWEST || is_ascii_digit(line.at[0]) || dash < DASH_FIRST || dash > last)
        return false;
    if (dash >= line.len || line.at[dash] != '-' || (dash + 1 < line.len && !is_blank(line.at[dash + 1])))
        return false;
    *tag = span_until(line, letters);
    *value = span_trim(span_from(line, dash + 1));
    return true;
}

struct span tagged_next_line(struct span *rest)
{
    const char *end = rest->len == 0 ? NULL : memchr(rest->at, '\n', rest->len);
    const struct span line = end == NULL ? *rest : span_until(*rest, (size_t)(end - rest->at));
    *rest = span_from(*rest, end == NULL ? line.len : line.len + 1);
    return line;
}

/* A record begins where text begins, or in a file that is named so. */
int tagged_claims(const struct tagged_format *format, const struct source_text *source)
{
    const bool is_named_so = span_find(span_of(source->name), format->name) != SIZE_MAX;
    for (struct span rest = source->text; rest.len > 0;) {
        const struct span line = span_without_bom(tagged_next_line(&rest));
        struct tagged_value first = {.line = 0};
        if (format->split(line, &first.tag, &first.text) && format->opens(&first, rest))
            return 90;
        if (span_trim(line).len > 0 && !is_named_so)
            return 0;
    }
    return 0;
}

/* ---- values -------------------------------------------------------------------------------------------------- */

struct reading {
    const struct tagged_format *format;
    const struct paper_sink *sink;
    struct arena arena;   /* for the record at hand */
    struct buffer text;   /* the record at hand, from its first line on */
    uint32_t line, begin; /* the last line read; where the record begins, 0 between records */
    bool has_begin;       /* the record at hand begins with the format's tag for that */
    bool is_below_gap;    /* the last line was empty */
    bool is_stray_told;
};

/* The next value of a record with the lines that continue it; `*line` is that of what follows. */
static bool next_value(const struct tagged_format *format, struct span *rest, uint32_t *line, struct tagged_value *out)
{
    struct span ahead, tag, text;
    do {
        if (rest->len == 0)
            return false;
        out->line = (*line)++;
    } while (!format->split(tagged_next_line(rest), &out->tag, &out->text));
    const char *end = rest->at;
    for (ahead = *rest; ahead.len > 0 && !format->split(tagged_next_line(&ahead), &tag, &text); (*line)++) {
        *rest = ahead;
        end = ahead.at;
    }
    out->text = span_trim((struct span){out->text.at, (size_t)(end - out->text.at)});
    return true;
}

/* The values of one record, and the row of each field that counts. */
struct values {
    const struct tagged_format *format;
    struct span text;
    uint32_t line;
    const struct tagged_row *counts[TAGGED_FIELDS];
};

static void count(struct values *values, const struct tagged_value *value)
{
    for (size_t i = 0; i < values->format->row_count && value->text.len > 0; i++) {
        const struct tagged_row *row = &values->format->rows[i];
        const struct tagged_row **counts = &values->counts[row->field];
        if (!row->always && (*counts == NULL || row < *counts) && span_is_one_of(value->tag, row->tags))
            *counts = row;
    }
}

static struct values values_of(const struct tagged_format *format, struct span text, uint32_t line)
{
    struct values values = {.format = format, .text = text, .line = line};
    struct tagged_value value;
    for (struct span rest = text; next_value(format, &rest, &line, &value);)
        count(&values, &value);
    return values;
}

static bool is_counted(const struct values *values, const struct tagged_row *row, struct span tag)
{
    return (row->always || row == values->counts[row->field]) && span_is_one_of(tag, row->tags);
}

/* ---- fields -------------------------------------------------------------------------------------------------- */

/* The address on the first line, whatever a writer put in front of it or below it; "<Go to ISI>://WOS:0001" is none. */
static struct span address_in(struct span text)
{
    const struct span line = span_trim(tagged_next_line(&text));
    struct span link;
    size_t from = 0;
    if (!link_next(line, &from, &link))
        return span_starts(line, "<Go to ") ? span_until(line, 0) : line;
    return span_from(line, (size_t)(link.at - line.at));
}

static void take_url(struct record *record, struct span text)
{
    if (record->url.len == 0)
        record->url = record_line(record, address_in(text));
    if (record->arxiv.len == 0)
        record->arxiv = record_line(record, arxiv_in(text));
    if (record->pmid.len == 0)
        record->pmid = pmid_in(text);
}

/* Some writers put all authors into one value. */
static void take_author(struct record *record, struct span text)
{
    if (text.len > 0 && memchr(text.at, ';', text.len) != NULL)
        record_author_list(record, text);
    else
        record_turned_author(record, text);
}

static void take_fact(struct record *record, enum tagged_field field, struct span text)
{
    if (field == TAGGED_ID && record->id.len == 0)
        record->id = record_line(record, text);
    else if (field == TAGGED_KIND && record->kind == KIND_UNKNOWN)
        record->kind = kind_of_type(text);
    else if (field == TAGGED_TITLE)
        record_title(record, text);
    else if (field == TAGGED_AUTHOR)
        take_author(record, text);
    else if (field == TAGGED_YEAR)
        record_year(record, text);
    else if (field == TAGGED_DOI && record->doi.len == 0)
        record->doi = record_line(record, doi_of_field(text));
    else if (field == TAGGED_PMID && record->pmid.len == 0)
        record->pmid = pmid_of_field(text);
    else if (field == TAGGED_URL)
        take_url(record, text);
    else if (field == TAGGED_KEYWORD)
        record_tag(record, text);
}

/* HTML has paragraphs of its own, which are no lines of the source: all of them stand where the value begins. */
static void take_passages(struct record *record, enum field field, uint32_t line, struct span source)
{
    const struct span text = record_plain(record, source);
    record_text(record, field, line, text, text.at != source.at);
}

/* Names and keywords stand one a line, which is where each of them is found. */
static void take_text(struct record *record, const struct tagged_row *row, const struct tagged_value *value,
                      bool is_title)
{
    if (row->field == TAGGED_KEYWORD)
        record_text(record, FIELD_TAG, value->line, value->text, false);
    else if (row->field == TAGGED_ABSTRACT)
        take_passages(record, FIELD_ABSTRACT, value->line, value->text);
    else if (row->field == TAGGED_NOTE)
        take_passages(record, FIELD_NOTE, value->line, value->text);
    else if (is_title)
        take_passages(record, FIELD_TITLE, value->line, value->text);
}

/* Who is named by several tags of one row is one; `*first` is the tag of the first author. */
static void drop_repeated(struct record *record, const struct tagged_value *value, struct span *first)
{
    if (record->authors.count == 1)
        *first = value->tag;
    if (!span_equal(*first, value->tag))
        record_drop_repeated_author(record);
}

/* Titles and venues may be in HTML. */
static struct span meaning(struct record *record, const struct tagged_row *row, struct span text)
{
    if (row->field == TAGGED_TITLE || row->field == TAGGED_VENUE || row->field == TAGGED_PUBLISHER)
        text = record_plain(record, text);
    return row->mend == NULL ? text : row->mend(record, text);
}

static void take_value(struct record *record, const struct tagged_row *row, const struct tagged_value *value,
                       struct span *first_author)
{
    const size_t authors = record->authors.count;
    const bool has_title = record->title.len > 0;
    const struct span meant = meaning(record, row, value->text);
    if (row->take != NULL)
        row->take(record, meant);
    else
        take_fact(record, row->field, meant);
    if (record->authors.count > authors) {
        record_text(record, FIELD_AUTHOR, value->line, value->text, false);
        drop_repeated(record, value, first_author);
    }
    take_text(record, row, value, !has_title && record->title.len > 0);
}

static void take_lines(struct record *record, const struct tagged_row *row, struct tagged_value value,
                       struct span *first_author)
{
    for (struct span rest = value.text; rest.len > 0; value.line++) {
        value.text = span_trim(tagged_next_line(&rest));
        if (value.text.len > 0)
            take_value(record, row, &value, first_author);
    }
}

/* A venue may tell the year, but only where nothing else does. */
static bool is_venue(enum tagged_field field)
{
    return field == TAGGED_VENUE || field == TAGGED_PUBLISHER;
}

static void take_rows(struct record *record, const struct values *values, const struct tagged_value *value,
                      struct span *first_author)
{
    for (size_t i = 0; i < values->format->row_count; i++) {
        const struct tagged_row *row = &values->format->rows[i];
        if (is_venue(row->field) || !is_counted(values, row, value->tag))
            continue;
        if (row->a_line_each)
            take_lines(record, row, *value, first_author);
        else
            take_value(record, row, value, first_author);
    }
}

static void take_fields(struct record *record, const struct values *values)
{
    struct span first_author = {"", 0};
    struct tagged_value value;
    uint32_t line = values->line;
    for (struct span rest = values->text; next_value(values->format, &rest, &line, &value);)
        take_rows(record, values, &value, &first_author);
}

static void take_venue(struct record *record, const struct values *values, enum tagged_field field)
{
    const struct tagged_row *row = values->counts[field], *title = values->counts[TAGGED_TITLE];
    struct tagged_value value;
    uint32_t line = values->line;
    for (struct span rest = values->text; row != NULL && next_value(values->format, &rest, &line, &value);)
        if (is_counted(values, row, value.tag) && (title == NULL || !span_is_one_of(value.tag, title->tags)))
            record_venue(record, value.line, meaning(record, row, value.text), true);
}

/* ---- records ------------------------------------------------------------------------------------------------- */

static pinakes_status give_paper(struct reading *reading, struct span text, pinakes_error *error)
{
    struct record record = {.arena = &reading->arena, .line = reading->begin, .rule = reading->format->rule};
    const struct values values = values_of(reading->format, text, reading->begin);
    take_fields(&record, &values);
    take_venue(&record, &values, TAGGED_VENUE);
    if (record.kind == KIND_THESIS || record.kind == KIND_REPORT)
        take_venue(&record, &values, TAGGED_PUBLISHER);
    return sink_record(reading->sink, &record, "the record has no title", error);
}

static pinakes_status decode(struct reading *reading, struct span text, pinakes_error *error)
{
    struct loaded loaded;
    pinakes_status status = load_piece(text, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    status = loaded.outcome == LOAD_TEXT ? give_paper(reading, loaded.text, error)
                                         : sink_fault(reading->sink, reading->begin, loaded.message, error);
    loaded_free(&loaded);
    return status;
}

static pinakes_status end_record(struct reading *reading, pinakes_error *error)
{
    const struct span text = buffer_text(&reading->text);
    pinakes_status status;
    arena_reset(&reading->arena);
    if (reading->text.failed)
        status = error_no_memory(error);
    else if (reading->text.len >= READER_LONGEST_RECORD)
        status = sink_fault(reading->sink, reading->begin, "the record is longer than any record", error);
    else if (load_is_utf8(text))
        status = give_paper(reading, text, error);
    else
        status = decode(reading, text, error);
    buffer_clear(&reading->text);
    reading->begin = 0;
    return status;
}

static void begin_record(struct reading *reading, struct span tag)
{
    reading->begin = reading->line;
    reading->has_begin = span_is(tag, reading->format->begin);
    reading->is_stray_told = false;
}

static bool begins_record(const struct reading *reading, struct span tag)
{
    if (span_is(tag, reading->format->begin))
        return true;
    return reading->format->begins_at_gaps && (reading->begin == 0 || (reading->is_below_gap && !reading->has_begin));
}

/* What stands outside of all records; a value there is told, once between two of them. */
static pinakes_status tell_stray(struct reading *reading, pinakes_error *error)
{
    char message[80];
    if (reading->is_stray_told)
        return PINAKES_OK;
    reading->is_stray_told = true;
    (void)snprintf(message, sizeof message, "a value outside of any record: there is no %s line above it",
                   reading->format->begin);
    return sink_fault(reading->sink, reading->line, message, error);
}

static pinakes_status take_tag(struct reading *reading, struct span tag, bool *ends, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    *ends = reading->format->ends != NULL && span_is_one_of(tag, reading->format->ends);
    if (*ends)
        return reading->begin > 0 ? end_record(reading, error) : PINAKES_OK;
    if (begins_record(reading, tag)) {
        if (reading->begin > 0) /* its end was forgotten, or there is no tag for that */
            status = end_record(reading, error);
        begin_record(reading, tag);
    }
    return status == PINAKES_OK && reading->begin == 0 ? tell_stray(reading, error) : status;
}

static pinakes_status take_line(struct reading *reading, struct span line, pinakes_error *error)
{
    struct span tag, value;
    bool ends = false;
    pinakes_status status = PINAKES_OK;
    if (reading->format->split(line, &tag, &value))
        status = take_tag(reading, tag, &ends, error);
    reading->is_below_gap = span_trim(line).len == 0;
    if (status == PINAKES_OK && !ends && reading->begin > 0 && reading->text.len < READER_LONGEST_RECORD) {
        buffer_add(&reading->text, line);
        buffer_add_byte(&reading->text, '\n');
    }
    return status;
}

/* The last record is taken as far as it goes; a file that was cut off shows in nothing else. */
static pinakes_status end_file(struct reading *reading, pinakes_error *error)
{
    const uint32_t begin = reading->begin;
    if (begin == 0)
        return PINAKES_OK;
    if (reading->format->ends != NULL && reading->sink->notice != NULL)
        reading->sink->notice(reading->sink->context, begin, "the file ends within this record; it may be cut off");
    return end_record(reading, error);
}

pinakes_status tagged_read(const struct tagged_format *format, struct stream *stream, const struct paper_sink *sink,
                           pinakes_error *error)
{
    struct reading reading = {.format = format, .sink = sink};
    struct span line;
    bool whole;
    pinakes_status status = PINAKES_OK;
    while (status == PINAKES_OK && stream_line(stream, READER_LONGEST_RECORD, &line, &whole)) {
        reading.line++;
        status = take_line(&reading, span_without_bom(line), error);
    }
    if (status == PINAKES_OK)
        status = end_file(&reading, error);
    buffer_free(&reading.text);
    arena_free(&reading.arena);
    return status;
}
