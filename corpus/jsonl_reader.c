/* JSON Lines: one paper a line, an object each. */
#include "corpus/json_mend.h"
#include "corpus/json_record.h"
#include "corpus/reader.h"

#include "base/error.h"
#include "corpus/words.h"

#include <stdio.h>

static const char rule[] = "the title of a JSON record";

/* ---- whose source it is -------------------------------------------------------------------------------------- */

static struct span next_line(struct span *rest, bool *whole)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    const struct span line = end == NULL ? *rest : span_until(*rest, (size_t)(end - rest->at));
    *whole = end != NULL;
    *rest = span_from(*rest, end == NULL ? line.len : line.len + 1);
    return span_trim(line);
}

/* {"..., as every line that holds a record begins. */
static bool begins_object(struct span line)
{
    return span_starts(line, "{") && span_starts(span_trim(span_from(line, 1)), "\"");
}

static bool is_paper(struct span line, bool strictly)
{
    struct arena arena = {0};
    json_error_t mistake;
    json_t *object = json_mend_load(&arena, line, &mistake);
    const bool is = json_record_is_paper(object, strictly);
    json_decref(object);
    arena_free(&arena);
    return is;
}

/* Lines that are mostly objects, and among the first of them a paper; one too long to be seen whole must name a
 * title. */
static int claims(const struct source_text *source)
{
    enum { LOOKED_AT = 20 };
    struct span rest = span_without_bom(source->text);
    const struct span name = span_of(source->name);
    const bool is_named_so = span_find(name, ".jsonl") != SIZE_MAX || span_find(name, ".ndjson") != SIZE_MAX;
    size_t lines = 0, objects = 0, papers = 0;
    bool whole = true;
    if (rest.len == 0 || memchr(rest.at, '\0', rest.len) != NULL || span_starts(span_trim(rest), "["))
        return 0;
    while (rest.len > 0 && lines < LOOKED_AT) {
        const struct span line = next_line(&rest, &whole);
        if (lines == 0 && !is_named_so && (span_ends(line, "[") || span_ends(line, ",")))
            return 0; /* one document, over several lines */
        const bool is_object = begins_object(line);
        lines += line.len > 0;
        objects += is_object;
        const bool is_cut = !whole && source->text.len >= READER_HEAD_BYTES;
        papers += is_object && (is_paper(line, !is_named_so) || (is_cut && span_find(line, "\"title\"") != SIZE_MAX));
    }
    return papers > 0 && objects * 2 > lines ? 95 : 0;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

struct reading {
    const struct paper_sink *sink;
    struct arena arena; /* for the record at hand */
    uint32_t line;
};

static pinakes_status fault(struct reading *reading, const char *what, pinakes_error *error)
{
    return sink_fault(reading->sink, reading->line, what, error);
}

static pinakes_status refuse_json(struct reading *reading, const json_error_t *mistake, pinakes_error *error)
{
    char message[JSON_ERROR_TEXT_LENGTH + 64];
    (void)snprintf(message, sizeof message, "not JSON: %s (column %d)", mistake->text, mistake->column);
    return fault(reading, message, error);
}

static pinakes_status give_paper(struct reading *reading, const json_t *object, pinakes_error *error)
{
    struct record record = {.arena = &reading->arena, .line = reading->line, .rule = rule};
    json_record_read(object, &record);
    return sink_record(reading->sink, &record, "the record has no title", error);
}

static pinakes_status read_line(struct reading *reading, struct span line, pinakes_error *error)
{
    json_error_t mistake;
    arena_reset(&reading->arena);
    json_t *value = json_mend_load(&reading->arena, line, &mistake);
    pinakes_status status;
    if (value != NULL)
        status = json_is_object(value) ? give_paper(reading, value, error) : fault(reading, "not a JSON object", error);
    else if (json_error_code(&mistake) == json_error_out_of_memory)
        status = error_no_memory(error);
    else
        status = refuse_json(reading, &mistake, error);
    json_decref(value);
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
        if (reading.line == 1)
            line = span_without_bom(line);
        if (!whole)
            status = fault(&reading, "the line is longer than any record", error);
        else if (span_trim(line).len > 0)
            status = read_line(&reading, line, error);
    }
    arena_free(&reading.arena);
    return status;
}

const struct reader reader_jsonl = {.name = "jsonl", .claims = claims, .read_stream = read_stream};
