/* JSON as reference managers export it: an array of objects (CSL-JSON of Zotero, Better BibTeX, Crossref), or an object
 * that has it as "items". The schema is that of the Citation Style Language,
 * https://github.com/citation-style-language/schema. */
#include "corpus/json_mend.h"
#include "corpus/json_record.h"
#include "corpus/json_scan.h"
#include "corpus/reader.h"

#include "base/error.h"
#include "corpus/words.h"

#include <stdio.h>

static const char rule[] = "the title of a JSON record";

/* ---- whose source it is -------------------------------------------------------------------------------------- */

/* Whether an object is a paper; one that is not seen whole must name a title. */
static bool is_paper(struct arena *arena, const struct json_element *element)
{
    json_error_t mistake;
    json_t *object = json_mend_load(arena, element->text, &mistake);
    const bool is =
        json_record_is_paper(object, true) || (!element->closed && span_find(element->text, "\"title\"") != SIZE_MAX &&
                                               span_find(element->text, "\"author\"") != SIZE_MAX);
    json_decref(object);
    return is;
}

/* Whether one of the first objects of `text` is a paper: some in a library have nothing but a title. */
static bool begins_with_paper(struct span text)
{
    enum { LOOKED_AT = 20 };
    struct stream *stream = stream_over(text);
    struct json_scan scan = {.stream = stream, .line = 1};
    struct json_element element;
    struct arena arena = {0};
    bool found = false;
    for (size_t i = 0; stream != NULL && i < LOOKED_AT && !found && json_scan_next(&scan, &element); i++) {
        arena_reset(&arena);
        found = is_paper(&arena, &element);
    }
    arena_free(&arena);
    stream_close(stream);
    return found;
}

static int claims(const struct source_text *source)
{
    const struct span head = span_without_bom(source->text), text = span_trim(head);
    if (text.len == 0 || (text.at[0] != '[' && text.at[0] != '{') || memchr(text.at, '\0', text.len) != NULL)
        return 0;
    return begins_with_paper(span_from(head, json_scan_array(head))) ? 90 : 0;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

struct reading {
    const struct paper_sink *sink;
    struct arena arena; /* for the record at hand */
};

static pinakes_status refuse_json(const struct reading *reading, const struct json_element *element,
                                  const json_error_t *mistake, pinakes_error *error)
{
    char message[JSON_ERROR_TEXT_LENGTH + 32];
    const uint32_t below = mistake->line > 0 ? (uint32_t)mistake->line - 1 : 0;
    (void)snprintf(message, sizeof message, "not JSON: %s", mistake->text);
    return sink_fault(reading->sink, element->line + below, message, error);
}

static pinakes_status give_paper(struct reading *reading, const json_t *object, uint32_t line, pinakes_error *error)
{
    struct record record = {.arena = &reading->arena, .line = line, .rule = rule};
    json_record_read(object, &record);
    return sink_record(reading->sink, &record, "the record has no title", error);
}

/* Notes and attachments that stand among the items of a Zotero export are no papers. */
static bool is_attachment(const json_t *object)
{
    const char *type = json_string_value(json_object_get(object, "itemType"));
    return type != NULL && (strcmp(type, "attachment") == 0 || strcmp(type, "note") == 0);
}

static pinakes_status read_element(struct reading *reading, const struct json_element *element, pinakes_error *error)
{
    json_error_t mistake;
    if (element->too_long)
        return sink_fault(reading->sink, element->line, "the record is longer than any record", error);
    arena_reset(&reading->arena);
    json_t *object = json_mend_load(&reading->arena, element->text, &mistake);
    pinakes_status status = PINAKES_OK;
    if (object != NULL && !is_attachment(object))
        status = give_paper(reading, object, element->line, error);
    else if (object == NULL && json_error_code(&mistake) == json_error_out_of_memory)
        status = error_no_memory(error);
    else if (object == NULL)
        status = refuse_json(reading, element, &mistake, error);
    json_decref(object);
    return status;
}

static pinakes_status read_stream(struct stream *stream, const struct paper_sink *sink, pinakes_error *error)
{
    struct reading reading = {.sink = sink};
    struct json_scan scan = {.stream = stream, .line = 1};
    struct json_element element;
    pinakes_status status = PINAKES_OK;
    const struct span head = stream_peek(stream, READER_HEAD_BYTES);
    const size_t mark = head.len - span_without_bom(head).len;
    json_scan_skip(&scan, mark + json_scan_array(span_without_bom(head)));
    while (status == PINAKES_OK && json_scan_next(&scan, &element))
        status = read_element(&reading, &element, error);
    arena_free(&reading.arena);
    return status;
}

const struct reader reader_csl_json = {.name = "csl-json", .claims = claims, .read_stream = read_stream};
