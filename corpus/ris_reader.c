/* RIS, as Research Information Systems described it and EndNote, Zotero, Mendeley and publishers write it: a line a value,
 * "TI  - Title", from TY to ER. */
#include "corpus/load.h"
#include "corpus/reader.h"
#include "corpus/record.h"

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/html.h"
#include "corpus/identifiers.h"
#include "corpus/words.h"

static const char rule[] = "the title of a RIS record";

/* ---- lines --------------------------------------------------------------------------------------------------- */

static bool is_tag_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || is_ascii_digit(c);
}

/* Splits "TI  - Title" into tag and value; some writers leave out a space. False for a line that continues the one
 * before. */
static bool split_tag(struct span line, struct span *tag, struct span *value)
{
    size_t at = 2;
    if (line.len < 3 || !is_tag_letter(line.at[0]) || is_ascii_digit(line.at[0]) || !is_tag_letter(line.at[1]))
        return false;
    while (at < line.len && line.at[at] == ' ')
        at++;
    if (at == 2 || at > 4 || at >= line.len || line.at[at] != '-')
        return false;
    if (at + 1 < line.len && !is_blank(line.at[at + 1]))
        return false;
    *tag = span_until(line, 2);
    *value = span_trim(span_from(line, at + 1));
    return true;
}

static bool has_tag(struct span line, const char *wanted)
{
    struct span tag, value;
    return split_tag(line, &tag, &value) && span_is(tag, wanted);
}

static struct span without_mark(struct span text)
{
    return span_starts(text, "\xEF\xBB\xBF") ? span_from(text, 3) : text;
}

static struct span next_line(struct span *rest)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    const struct span line = end == NULL ? *rest : span_until(*rest, (size_t)(end - rest->at));
    *rest = span_from(*rest, end == NULL ? line.len : line.len + 1);
    return line;
}

/* A record begins where text begins, or in a file that is named so. */
static int claims(const struct source_text *source)
{
    struct span rest = without_mark(source->text);
    const bool is_named_so = span_find(span_of(source->name), ".ris") != SIZE_MAX;
    while (rest.len > 0) {
        const struct span line = next_line(&rest);
        if (has_tag(line, "TY"))
            return 90;
        if (span_trim(line).len > 0 && !is_named_so)
            return 0;
    }
    return 0;
}

/* ---- records ------------------------------------------------------------------------------------------------- */

/* A value, perhaps over several lines. */
struct value {
    struct span tag, text;
    uint32_t line;
};

struct reading {
    const struct paper_sink *sink;
    struct arena arena;   /* for the record at hand */
    struct buffer text;   /* the record at hand, from TY on */
    uint32_t line, begin; /* the last line read; where the record begins, 0 between records */
    bool is_stray_told;
};

/* The next value of a record with the lines that continue it; `*line` is that of what follows. */
static bool next_value(struct span *rest, uint32_t *line, struct value *out)
{
    struct span ahead, tag, text;
    do {
        if (rest->len == 0)
            return false;
        out->line = (*line)++;
    } while (!split_tag(next_line(rest), &out->tag, &out->text));
    const char *end = rest->at;
    for (ahead = *rest; ahead.len > 0 && !split_tag(next_line(&ahead), &tag, &text); (*line)++) {
        *rest = ahead;
        end = ahead.at;
    }
    out->text = span_trim((struct span){out->text.at, (size_t)(end - out->text.at)});
    return true;
}

static bool is_one_of(struct span tag, const char *tags)
{
    for (; tags[0] != '\0'; tags += tags[2] == ' ' ? 3 : 2)
        if (tag.at[0] == tags[0] && tag.at[1] == tags[1])
            return true;
    return false;
}

static struct span plain(struct record *record, struct span text)
{
    const struct span result = html_text(record->arena, text);
    record->failed |= result.at == NULL;
    return result.at == NULL ? text : result;
}

static void take_identifier(struct record *record, const struct value *value)
{
    if (is_one_of(value->tag, "TY"))
        record->kind = kind_of_type(value->text);
    else if (is_one_of(value->tag, "ID") && record->id.len == 0)
        record->id = record_line(record, value->text);
    else if (is_one_of(value->tag, "DO") && record->doi.len == 0)
        record->doi = record_line(record, doi_in(value->text));
    else if (is_one_of(value->tag, "UR LK")) {
        if (record->url.len == 0)
            record->url = record_line(record, value->text);
        if (record->arxiv.len == 0)
            record->arxiv = record_line(record, arxiv_in(value->text));
    }
}

/* HTML has paragraphs of its own, which are no lines of the source: all of them stand where the value begins. */
static void take_passages(struct record *record, enum field field, const struct value *value, struct span text)
{
    record_text(record, field, value->line, text, text.at != value->text.at);
}

static void take_text(struct record *record, const struct value *value)
{
    const struct span text = plain(record, value->text);
    if (is_one_of(value->tag, "TI T1 CT") && record->title.len == 0) {
        record_title(record, text);
        take_passages(record, FIELD_TITLE, value, text);
    } else if (is_one_of(value->tag, "AB N2"))
        take_passages(record, FIELD_ABSTRACT, value, text);
    else if (is_one_of(value->tag, "N1 RN"))
        take_passages(record, FIELD_NOTE, value, text);
    else if (is_one_of(value->tag, "PY Y1 DA"))
        record_year(record, value->text);
}

/* Names and keywords stand one a line, which is where each of them is found. Who is named by both of the tags for authors is one;
 * `*authors` is the tag of the first. */
static void take_list_item(struct record *record, const struct value *value, struct span *authors)
{
    if (is_one_of(value->tag, "AU A1")) {
        if (record->authors.count == 0)
            *authors = value->tag;
        record_turned_author(record, value->text);
        if (!span_equal(*authors, value->tag))
            record_drop_repeated_author(record);
        record_text(record, FIELD_AUTHOR, value->line, value->text, false);
    } else if (is_one_of(value->tag, "KW")) {
        record_tag(record, value->text);
        record_text(record, FIELD_TAG, value->line, value->text, false);
    }
}

/* The venue goes by many tags; the first of these that is there counts. Who published a thesis or a report is where it is
 * from. */
static void take_venue(struct record *record, struct span text, uint32_t line)
{
    static const char *const tags[] = {"C3", "T2", "JF", "JO", "BT", "JA", "J2", "T3", "PB"};
    const bool has_publisher = record->kind == KIND_THESIS || record->kind == KIND_REPORT;
    const size_t count = sizeof tags / sizeof tags[0] - (has_publisher ? 0 : 1);
    for (size_t i = 0; i < count && record->venue.len == 0; i++) {
        struct span rest = text;
        uint32_t at = line;
        for (struct value value; next_value(&rest, &at, &value);)
            if (span_is(value.tag, tags[i]))
                record_venue(record, value.line, plain(record, value.text), true);
    }
}

static pinakes_status give_paper(struct reading *reading, struct span text, pinakes_error *error)
{
    struct record record = {.arena = &reading->arena, .line = reading->begin, .rule = rule};
    struct span rest = text, authors = {"", 0};
    uint32_t line = reading->begin;
    for (struct value value; next_value(&rest, &line, &value);) {
        take_identifier(&record, &value);
        take_text(&record, &value);
        take_list_item(&record, &value, &authors);
    }
    take_venue(&record, text, reading->begin);
    const struct paper *paper = record_finish(&record);
    if (record.failed)
        return error_no_memory(error);
    if (paper == NULL)
        return sink_fault(reading->sink, reading->begin, "the record has no title", error);
    return reading->sink->paper(reading->sink->context, paper, error);
}

static pinakes_status decode(struct reading *reading, struct span text, pinakes_error *error)
{
    struct loaded loaded;
    pinakes_status status = load_bytes(text, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    status = loaded.outcome == LOAD_TEXT ? give_paper(reading, loaded.text, error)
                                         : sink_fault(reading->sink, reading->begin, loaded.message, error);
    loaded_free(&loaded);
    return status;
}

static pinakes_status end_record(struct reading *reading, pinakes_error *error)
{
    const struct span text = {reading->text.at, reading->text.len};
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

static void begin_record(struct reading *reading)
{
    reading->begin = reading->line;
    reading->is_stray_told = false;
}

/* What stands outside of all records; a value there is told, once between two of them. */
static pinakes_status take_stray(struct reading *reading, struct span line, pinakes_error *error)
{
    struct span tag, value;
    if (reading->is_stray_told || !split_tag(line, &tag, &value) || span_is(tag, "ER"))
        return PINAKES_OK;
    reading->is_stray_told = true;
    return sink_fault(reading->sink, reading->line, "a value outside of any record: there is no TY line above it",
                      error);
}

static pinakes_status take_line(struct reading *reading, struct span line, pinakes_error *error)
{
    const bool begins = has_tag(line, "TY"), ends = has_tag(line, "ER");
    pinakes_status status = PINAKES_OK;
    if (begins && reading->begin > 0) { /* the ER was forgotten */
        status = end_record(reading, error);
        begin_record(reading);
    } else if (begins)
        begin_record(reading);
    if (reading->begin == 0)
        return status == PINAKES_OK ? take_stray(reading, line, error) : status;
    if (ends)
        return end_record(reading, error);
    if (reading->text.len < READER_LONGEST_RECORD) {
        buffer_add(&reading->text, line);
        buffer_add_byte(&reading->text, '\n');
    }
    return status;
}

static pinakes_status read_stream(struct stream *stream, const struct paper_sink *sink, pinakes_error *error)
{
    struct reading reading = {.sink = sink};
    struct span line;
    bool whole;
    pinakes_status status = PINAKES_OK;
    while (status == PINAKES_OK && stream_line(stream, READER_LONGEST_RECORD, &line, &whole)) {
        reading.line++;
        status = take_line(&reading, reading.line == 1 ? without_mark(line) : line, error);
    }
    if (status == PINAKES_OK && reading.begin > 0)
        status = end_record(&reading, error);
    buffer_free(&reading.text);
    arena_free(&reading.arena);
    return status;
}

const struct reader reader_ris = {.name = "ris", .claims = claims, .read_stream = read_stream};
