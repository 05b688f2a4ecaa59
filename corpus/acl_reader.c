/* The ACL Anthology's own XML: a collection of volumes of papers, as its schema describes it
 * (https://github.com/acl-org/acl-anthology, data/xml/schema.rnc). */
#include "corpus/link.h"
#include "corpus/load.h"
#include "corpus/reader.h"
#include "corpus/record.h"
#include "corpus/stamp.h"
#include "corpus/xml_fields.h"
#include "corpus/xml_scan.h"

#include "base/error.h"
#include "corpus/words.h"

static const char rule[] = "the title of a paper element";

enum { TAG_COLLECTION, TAG_VOLUME, TAG_META, TAG_PAPER, TAGS };
static const struct xml_tag tags[TAGS] = {[TAG_COLLECTION] = {"collection", false},
                                          [TAG_VOLUME] = {"volume", false},
                                          [TAG_META] = {"meta", true},
                                          [TAG_PAPER] = {"paper", true}};

/* A collection that names itself, and volumes or papers in it. */
static int claims(const struct source_text *source)
{
    const size_t collection = span_find(source->text, "<collection");
    if (collection == SIZE_MAX)
        return 0;
    const struct span below = span_from(source->text, collection);
    const bool opens = span_trim(source->text).at[0] == '<' || span_starts(span_without_bom(source->text), "<");
    const bool is_anthology = xml_attribute(below, "id").len > 0 && span_find(below, "<volume") != SIZE_MAX;
    return opens && is_anthology ? 95 : 0;
}

/* ---- volumes ------------------------------------------------------------------------------------------------- */

/* What stands above the papers; its texts live in arenas of their own. */
struct shelf {
    struct arena arena;
    struct span id; /* of a collection or a volume, for the papers' */
    struct span venue;
    uint32_t venue_line;
    int year;
};

struct reading {
    const struct paper_sink *sink;
    struct arena arena; /* for the element at hand */
    struct shelf collection, volume;
};

static pinakes_status begin_shelf(struct shelf *shelf, struct span tag, pinakes_error *error)
{
    const struct span id = xml_attribute(tag, "id");
    arena_reset(&shelf->arena);
    *shelf = (struct shelf){.arena = shelf->arena};
    const char *copy = load_is_utf8(id) ? arena_string(&shelf->arena, id) : "";
    if (copy == NULL)
        return error_no_memory(error);
    shelf->id = span_of(copy);
    return PINAKES_OK;
}

static const struct xml_field *own_field(const struct xml_fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->at[i].parent == NULL && strcmp(fields->at[i].name, name) == 0 && fields->at[i].text.len > 0)
            return &fields->at[i];
    return NULL;
}

static pinakes_status take_meta(struct reading *reading, const struct xml_fields *fields, pinakes_error *error)
{
    const struct xml_field *year = own_field(fields, "year"), *venue = own_field(fields, "journal-title");
    struct shelf *volume = &reading->volume;
    if (venue == NULL)
        venue = own_field(fields, "booktitle");
    volume->year = year == NULL ? 0 : year_find(year->text);
    if (venue == NULL)
        return PINAKES_OK;
    const char *copy = arena_string(&volume->arena, venue->text);
    if (copy == NULL)
        return error_no_memory(error);
    volume->venue = (struct span){copy, venue->text.len};
    volume->venue_line = venue->line;
    return PINAKES_OK;
}

/* ---- papers -------------------------------------------------------------------------------------------------- */

static struct span text_named(const struct xml_fields *fields, const char *name)
{
    const struct xml_field *field = own_field(fields, name);
    return field == NULL ? (struct span){"", 0} : field->text;
}

static struct span formatted(struct record *record, const char *text)
{
    record->failed |= text == NULL;
    return text == NULL ? (struct span){"", 0} : span_of(text);
}

/* The address is the identifier alone, "2020.acl-main.1", where the paper lies in the anthology itself; one that the
 * volume does not give is made of where the paper stands. */
static void read_identifiers(struct reading *reading, const struct xml_fields *fields, struct span paper,
                             struct record *record)
{
    const struct span id = xml_attribute(paper, "id"), url = record_line(record, text_named(fields, "url"));
    const struct span collection = reading->collection.id, volume = reading->volume.id;
    const bool is_address = link_leads_out(url);
    struct span own = is_address ? (struct span){"", 0} : url;
    if (own.len == 0 && collection.len > 0 && volume.len > 0 && id.len > 0)
        own = formatted(record, arena_format(record->arena, "%.*s-%.*s.%.*s", SPAN_ARGS(collection), SPAN_ARGS(volume),
                                             SPAN_ARGS(id)));
    record->doi = record_line(record, text_named(fields, "doi"));
    record->id = record_line(record, text_named(fields, "bibkey"));
    if (record->id.len == 0)
        record->id = own;
    record->url = is_address || url.len == 0
                      ? url
                      : formatted(record, arena_format(record->arena, "https://aclanthology.org/%.*s", SPAN_ARGS(url)));
}

/* Of <author><first/><last/></author> the parts come before the whole; the second name in another script, a <variant>,
 * is one of its other children. */
static void read_authors(const struct xml_fields *fields, struct record *record)
{
    struct span first = {"", 0}, last = {"", 0};
    uint32_t line = 0;
    for (size_t i = 0; i < fields->count; i++) {
        const struct xml_field *field = &fields->at[i];
        if (field->parent != NULL && strcmp(field->parent, "author") == 0) {
            if (strcmp(field->name, "first") == 0)
                first = field->text;
            else if (strcmp(field->name, "last") == 0)
                last = field->text;
        } else if (field->parent == NULL && strcmp(field->name, "author") == 0) {
            const bool parted = first.len + last.len > 0;
            if (parted)
                record_person(record, first, last, (struct span){"", 0});
            else
                record_author(record, field->text);
            line = line == 0 ? field->line : line;
            first = last = (struct span){"", 0};
        }
    }
    record_list_text(record, FIELD_AUTHOR, line, &record->authors);
}

static void read_text(struct record *record, const struct xml_fields *fields, enum field as, const char *name)
{
    const struct xml_field *field = own_field(fields, name);
    if (field != NULL)
        record_text(record, as, field->line, field->text, false);
}

static void fill_record(struct reading *reading, const struct xml_fields *fields, struct span paper,
                        struct record *record)
{
    const struct xml_field *journal = own_field(fields, "journal-title");
    read_identifiers(reading, fields, paper, record);
    record_title(record, text_named(fields, "title"));
    read_text(record, fields, FIELD_TITLE, "title");
    read_authors(fields, record);
    record_year(record, text_named(fields, "year"));
    if (record->year == 0)
        record->year = reading->volume.year;
    if (record->year == 0)
        record_year(record, reading->collection.id);
    if (journal != NULL)
        record_venue(record, journal->line, journal->text, false);
    record_venue(record, reading->volume.venue_line, reading->volume.venue, false);
    read_text(record, fields, FIELD_ABSTRACT, "abstract");
    read_text(record, fields, FIELD_NOTE, "note");
}

static pinakes_status give_paper(struct reading *reading, const struct xml_fields *fields,
                                 const struct xml_piece *piece, struct span text, pinakes_error *error)
{
    struct record record = {.arena = &reading->arena, .line = piece->line, .rule = rule};
    fill_record(reading, fields, text, &record);
    return sink_record(reading->sink, &record, "the paper has no title", error);
}

/* ---- elements ------------------------------------------------------------------------------------------------ */

static pinakes_status take_element(struct reading *reading, const struct xml_piece *piece, struct span text,
                                   pinakes_error *error)
{
    struct xml_fields fields;
    struct xml_mistake mistake;
    if (!xml_fields_read(&reading->arena, text, piece->line, &fields, &mistake)) {
        const char *message = mistake.what == NULL
                                  ? NULL
                                  : arena_format(&reading->arena, "the element is not well formed: %s", mistake.what);
        return message == NULL ? error_no_memory(error) : sink_fault(reading->sink, mistake.line, message, error);
    }
    return piece->tag == &tags[TAG_META] ? take_meta(reading, &fields, error)
                                         : give_paper(reading, &fields, piece, text, error);
}

static pinakes_status take_whole(struct reading *reading, const struct xml_piece *piece, pinakes_error *error)
{
    struct loaded loaded;
    if (piece->too_long)
        return sink_fault(reading->sink, piece->line, "the element is longer than any record", error);
    if (!piece->closed)
        return sink_fault(reading->sink, piece->line, "the element does not end", error);
    if (load_is_utf8(piece->text))
        return take_element(reading, piece, piece->text, error);
    pinakes_status status = load_piece(piece->text, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    status = loaded.outcome == LOAD_TEXT ? take_element(reading, piece, loaded.text, error)
                                         : sink_fault(reading->sink, piece->line, loaded.message, error);
    loaded_free(&loaded);
    return status;
}

static pinakes_status take_piece(struct reading *reading, const struct xml_piece *piece, pinakes_error *error)
{
    arena_reset(&reading->arena);
    if (piece->tag == &tags[TAG_COLLECTION])
        return begin_shelf(&reading->collection, piece->text, error);
    if (piece->tag == &tags[TAG_VOLUME])
        return begin_shelf(&reading->volume, piece->text, error);
    return take_whole(reading, piece, error);
}

static pinakes_status read_stream(struct stream *stream, const struct paper_sink *sink, pinakes_error *error)
{
    struct reading reading = {.sink = sink};
    struct xml_scan scan = {.stream = stream, .line = 1, .tags = tags, .tag_count = TAGS};
    struct xml_piece piece;
    pinakes_status status = PINAKES_OK;
    while (status == PINAKES_OK && xml_scan_next(&scan, &piece))
        status = take_piece(&reading, &piece, error);
    arena_free(&reading.arena);
    arena_free(&reading.collection.arena);
    arena_free(&reading.volume.arena);
    return status;
}

const struct reader reader_acl = {.name = "acl", .claims = claims, .read_stream = read_stream};
