/* One JSON object, written as it comes: the members on the first line, each element of a list on a line of its own. */
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <stdlib.h>
#include <string.h>

/* An object, a list, its element, a list in that. */
enum { DEEPEST = 4 };

struct json_printer {
    struct printer base;
    bool is_begun[DEEPEST]; /* whether each object and list that is open holds something already */
    size_t depth;           /* the innermost of them */
    const struct table *table;
    enum paper_view view;
};

static struct json_printer *self(struct printer *printer)
{
    return (struct json_printer *)printer;
}

static json_t *json_of(const struct value *value)
{
    switch (value->kind) {
    case VALUE_NONE:
        break;
    case VALUE_TEXT:
        return json_bytes(value->text, value->bytes);
    case VALUE_COUNT:
        return json_integer((json_int_t)value->count);
    case VALUE_REAL:
        return json_real(value->real);
    case VALUE_FLAG:
        return json_boolean(value->flag);
    case VALUE_TEXTS:
        return json_texts(value->texts, value->text_count);
    }
    return json_null();
}

static json_t *json_topics(const struct entry *entry)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < entry->topic_count; i++) {
        json_append(array, json_line(entry->topics[i].topic));
    }
    return array;
}

static json_t *json_assignments(const struct entry *entry)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < entry->topic_count; i++) {
        json_t *assignment = json_checked(json_object());
        json_set(assignment, "topic", json_line(entry->topics[i].topic));
        json_set(assignment, "score", json_real(entry->topics[i].score));
        json_set(assignment, "cause", json_line(entry->topics[i].cause));
        json_append(array, assignment);
    }
    return array;
}

static void set_source(json_t *object, const char *file, const char *path, uint32_t line)
{
    char *source = memory_format("%s:%u", file, line);
    json_set(object, "source", json_line(source));
    free(source);
    json_set(object, "path", json_line(path));
    json_set(object, "line", json_integer(line));
}

static json_t *json_marks(const pinakes_evidence *evidence)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < evidence->mark_count; i++) {
        json_t *mark = json_checked(json_array());
        json_append(mark, json_integer((json_int_t)evidence->marks[i].start));
        json_append(mark, json_integer((json_int_t)evidence->marks[i].bytes));
        json_append(array, mark);
    }
    return array;
}

static json_t *json_evidence(const struct entry *entry)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < entry->evidence_count; i++) {
        const pinakes_evidence *evidence = &entry->evidence[i];
        json_t *object = json_checked(json_object());
        json_set(object, "field", json_line(evidence->field));
        json_set(object, "text", json_bytes(evidence->text, evidence->bytes));
        set_source(object, evidence->file, evidence->path, evidence->line);
        json_set(object, "marks", json_marks(evidence));
        json_append(array, object);
    }
    return array;
}

static json_t *json_shared(const struct entry *entry)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < entry->shared_count; i++) {
        json_t *object = json_checked(json_object());
        json_set(object, "word", json_line(entry->shared[i].word));
        json_set(object, "score", json_real(entry->shared[i].score));
        json_append(array, object);
    }
    return array;
}

static json_t *json_passages(const struct entry *entry)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < entry->passage_count; i++) {
        const pinakes_passage *passage = &entry->passages[i];
        json_t *object = json_checked(json_object());
        json_set(object, "field", json_line(passage->field));
        json_set(object, "text", json_bytes(passage->text, passage->bytes));
        set_source(object, passage->file, passage->path, passage->line);
        json_append(array, object);
    }
    return array;
}

static json_t *json_records(const struct entry *entry)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < entry->record_count; i++) {
        const pinakes_record *record = &entry->records[i];
        json_t *object = json_checked(json_object());
        json_set(object, "key", json_line(record->key));
        set_source(object, record->file, record->path, record->line);
        json_set(object, "reason", json_line(record->reason));
        json_append(array, object);
    }
    return array;
}

static void set_record(json_t *object, const struct entry *entry)
{
    if (entry->key) {
        json_set(object, "key", json_line(entry->key));
    }
    json_set(object, "title", json_line(entry->title));
    json_set(object, "authors", json_texts(entry->authors, entry->author_count));
    json_set(object, "year", entry->year > 0 ? json_integer(entry->year) : json_null());
    json_set(object, "venue", json_line(entry->venue));
    json_set_known(object, "url", entry->url);
    json_set_known(object, "doi", entry->doi);
    json_set_known(object, "arxiv", entry->arxiv);
    json_set_known(object, "pmid", entry->pmid);
    json_set_known(object, "kind", entry->kind);
}

static void set_hit(json_t *object, const struct entry *entry, bool with_causes)
{
    json_set(object, "topics", json_topics(entry));
    if (with_causes) {
        json_set(object, "assignments", json_assignments(entry));
    }
    json_set(object, "score", json_real(entry->score));
    json_set(object, "evidence", json_evidence(entry));
    if (entry->shared_count > 0) {
        json_set(object, "shared", json_shared(entry));
    }
    if (entry->explanation) {
        json_set(object, "explanation", json_line(entry->explanation));
    }
}

static void set_paper(json_t *object, const struct entry *entry, bool in_library)
{
    json_set(object, "tags", json_texts(entry->tags, entry->tag_count));
    if (in_library) {
        json_set(object, "topics", json_topics(entry));
        json_set(object, "assignments", json_assignments(entry));
    }
    set_source(object, entry->file, entry->path, entry->line);
    json_set(object, "rule", json_line(entry->rule));
    json_set(object, "passages", json_passages(entry));
    if (entry->record_count > 0) {
        json_set(object, "records", json_records(entry));
    }
}

static json_t *json_entry(const struct entry *entry, enum paper_view view)
{
    json_t *object = json_checked(json_object());
    set_record(object, entry);
    if (view == VIEW_HIT || view == VIEW_RELATED || view == VIEW_TOPIC) {
        set_hit(object, entry, view == VIEW_TOPIC);
    } else {
        set_paper(object, entry, view == VIEW_WHOLE);
    }
    return object;
}

/* Writes `json` and releases it. A failed write is seen at the end, on the file. */
static void dump(struct printer *printer, json_t *json)
{
    json_dumpf(json_checked(json), printer->out, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(9));
    json_decref(json);
}

/* Begins an object or list inside the one that is open. */
static void begin(struct printer *printer, char bracket)
{
    fputc(bracket, printer->out);
    self(printer)->is_begun[++self(printer)->depth] = false;
}

static void finish(struct printer *printer, const char *bracket)
{
    fputs(bracket, printer->out);
    self(printer)->depth--;
}

/* Sets what comes next apart from what stands before it in the same object or list. */
static void separate(struct printer *printer)
{
    bool *is_begun = &self(printer)->is_begun[self(printer)->depth];
    if (*is_begun) {
        fputc(',', printer->out);
    }
    *is_begun = true;
}

static void put_name(struct printer *printer, const char *name)
{
    separate(printer);
    dump(printer, json_line(name));
    fputc(':', printer->out);
}

static void put_fact(struct printer *printer, const struct fact *fact)
{
    if (fact->name) {
        put_name(printer, fact->name);
        dump(printer, json_of(&fact->value));
    }
}

static void put_record(struct printer *printer, const struct fact *facts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_fact(printer, &facts[i]);
    }
}

static void open_group(struct printer *printer, const char *name)
{
    put_name(printer, name);
    begin(printer, '{');
}

static void close_group(struct printer *printer)
{
    finish(printer, "}");
}

static void open_list(struct printer *printer, const char *name)
{
    put_name(printer, name);
    begin(printer, '[');
}

static void begin_element(struct printer *printer)
{
    separate(printer);
    fputc('\n', printer->out);
}

static void put_element(struct printer *printer, json_t *json)
{
    begin_element(printer);
    dump(printer, json);
}

static void close_list(struct printer *printer)
{
    finish(printer, self(printer)->is_begun[self(printer)->depth] ? "\n]" : "]");
}

static void open_item(struct printer *printer, const char *title)
{
    (void)title;
    begin_element(printer);
    begin(printer, '{');
}

static void open_table(struct printer *printer, const struct table *table)
{
    self(printer)->table = table;
    open_list(printer, table->name);
}

static void put_row(struct printer *printer, const struct value *cells)
{
    const struct table *table = self(printer)->table;
    json_t *object = json_checked(json_object());
    for (size_t i = 0; i < table->column_count; i++) {
        json_set(object, table->columns[i].name, json_of(&cells[i]));
    }
    put_element(printer, object);
}

static void open_papers(struct printer *printer, const struct paper_list *list)
{
    self(printer)->view = list->view;
    open_list(printer, list->name);
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    put_element(printer, json_entry(entry, self(printer)->view));
}

static void end(struct printer *printer)
{
    fputs("}\n", printer->out);
}

static const struct printer_methods methods = {
    .fact = put_fact,
    .record = put_record,
    .group_open = open_group,
    .group_close = close_group,
    .items_open = open_list,
    .item_open = open_item,
    .item_close = close_group,
    .items_close = close_list,
    .table_open = open_table,
    .row = put_row,
    .table_close = close_list,
    .papers_open = open_papers,
    .paper = put_paper,
    .papers_close = close_list,
    .close = end,
};

struct printer *printer_json(FILE *out)
{
    struct json_printer *printer = memory_array(1, sizeof *printer);
    printer->base = (struct printer){&methods, out};
    printer->is_begun[0] = true;
    fprintf(out, "{\"format\":%d", JSON_FORMAT);
    return &printer->base;
}
