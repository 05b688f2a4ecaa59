/* One table with a header row: CSV by RFC 4180, TSV with \t, \n, \r and \\ for what would break its lines. */
#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <stdlib.h>
#include <string.h>

struct csv_printer {
    struct printer base;
    bool is_tsv;
    bool in_group; /* what stands in a group is left out */
    bool done;     /* the one table is written */
    const struct table *table;
    const struct paper_list *list;
};

static struct csv_printer *self(struct printer *printer)
{
    return (struct csv_printer *)printer;
}

static void put_tsv(FILE *out, const char *text, size_t bytes)
{
    static const char special[] = "\t\n\r\\";
    static const char letters[] = "tnr\\";
    for (size_t i = 0; i < bytes; i++) {
        const char *found = text[i] ? strchr(special, text[i]) : NULL;
        if (found) {
            fputc('\\', out);
            fputc(letters[found - special], out);
        } else {
            fputc(text[i], out);
        }
    }
}

static bool needs_quotes(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] && strchr(",\"\r\n", text[i])) {
            return true;
        }
    }
    return false;
}

static void put_csv(FILE *out, const char *text, size_t bytes)
{
    if (!needs_quotes(text, bytes)) {
        fwrite(text, 1, bytes, out);
        return;
    }
    fputc('"', out);
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '"') {
            fputc('"', out);
        }
        fputc(text[i], out);
    }
    fputc('"', out);
}

static void put_cell(struct printer *printer, bool first, const char *text, size_t bytes)
{
    if (!first) {
        fputc(self(printer)->is_tsv ? '\t' : ',', printer->out);
    }
    if (self(printer)->is_tsv) {
        put_tsv(printer->out, text, bytes);
    } else {
        put_csv(printer->out, text, bytes);
    }
}

static void put_value(struct printer *printer, bool first, const struct value *value)
{
    size_t bytes;
    char *text = value_plain(value, "; ", &bytes);
    put_cell(printer, first, text, bytes);
    free(text);
}

static void end_row(struct printer *printer)
{
    fputs(self(printer)->is_tsv ? "\n" : "\r\n", printer->out);
}

static void put_record(struct printer *printer, const struct fact *facts, size_t count)
{
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (facts[i].name) {
            put_cell(printer, first, facts[i].name, strlen(facts[i].name));
            first = false;
        }
    }
    end_row(printer);
    first = true;
    for (size_t i = 0; i < count; i++) {
        if (facts[i].name) {
            put_value(printer, first, &facts[i].value);
            first = false;
        }
    }
    end_row(printer);
    self(printer)->done = true;
}

static void open_group(struct printer *printer, const char *name)
{
    (void)name;
    self(printer)->in_group = true;
}

static void close_group(struct printer *printer)
{
    self(printer)->in_group = false;
}

static bool is_left_out(struct printer *printer)
{
    return self(printer)->in_group || self(printer)->done;
}

static void open_table(struct printer *printer, const struct table *table)
{
    self(printer)->table = table;
    if (is_left_out(printer)) {
        return;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        put_cell(printer, i == 0, table->columns[i].name, strlen(table->columns[i].name));
    }
    end_row(printer);
}

static void put_row(struct printer *printer, const struct value *cells)
{
    if (is_left_out(printer)) {
        return;
    }
    for (size_t i = 0; i < self(printer)->table->column_count; i++) {
        put_value(printer, i == 0, &cells[i]);
    }
    end_row(printer);
}

static void close_table(struct printer *printer)
{
    self(printer)->done = self(printer)->done || !self(printer)->in_group;
}

/* ---- papers: one row each -------------------------------------------------------------------------------- */

static char *line_or_empty(const char *text)
{
    return memory_copy(text ? text : "", text ? strlen(text) : 0);
}

static char *key_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return line_or_empty(entry->key);
}

static char *title_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return line_or_empty(entry->title);
}

static char *authors_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return memory_join(entry->authors, entry->author_count, "; ");
}

static char *year_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return entry->year > 0 ? memory_format("%d", entry->year) : line_or_empty(NULL);
}

static char *venue_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return line_or_empty(entry->venue);
}

static char *url_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return line_or_empty(entry->url);
}

static char *tags_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return memory_join(entry->tags, entry->tag_count, "; ");
}

static char *topics_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    const char **names = memory_array(entry->topic_count, sizeof *names);
    for (size_t i = 0; i < entry->topic_count; i++) {
        names[i] = entry->topics[i].topic;
    }
    char *joined = memory_join(names, entry->topic_count, "; ");
    free(names);
    return joined;
}

static char *score_cell(const struct entry *entry, const struct paper_list *list)
{
    const pinakes_assignment *assignment = entry_topic(entry, list->topic);
    return memory_format("%.6g", assignment ? assignment->score : entry->score);
}

static char *cause_cell(const struct entry *entry, const struct paper_list *list)
{
    const pinakes_assignment *assignment = entry_topic(entry, list->topic);
    return line_or_empty(assignment ? assignment->cause : NULL);
}

static char *source_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return memory_format("%s:%u", entry->file, entry->line);
}

static char *rule_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    return line_or_empty(entry->rule);
}

static char *join_and_free(char **parts, size_t count, const char *separator)
{
    char *joined = memory_join((const char *const *)parts, count, separator);
    for (size_t i = 0; i < count; i++) {
        free(parts[i]);
    }
    free(parts);
    return joined;
}

static char *sources_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    char **parts = memory_array(entry->evidence_count, sizeof *parts);
    for (size_t i = 0; i < entry->evidence_count; i++) {
        parts[i] = memory_format("%s:%u", entry->evidence[i].file, entry->evidence[i].line);
    }
    return join_and_free(parts, entry->evidence_count, "; ");
}

static char *evidence_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    char **parts = memory_array(entry->evidence_count, sizeof *parts);
    for (size_t i = 0; i < entry->evidence_count; i++) {
        parts[i] = memory_copy(entry->evidence[i].text, entry->evidence[i].bytes);
    }
    return join_and_free(parts, entry->evidence_count, " | ");
}

static char *text_cell(const struct entry *entry, const struct paper_list *list)
{
    (void)list;
    char **parts = memory_array(entry->passage_count, sizeof *parts);
    for (size_t i = 0; i < entry->passage_count; i++) {
        parts[i] = memory_copy(entry->passages[i].text, entry->passages[i].bytes);
    }
    return join_and_free(parts, entry->passage_count, "\n");
}

enum {
    IN_HIT = 1 << VIEW_HIT,
    IN_TOPIC = 1 << VIEW_TOPIC,
    IN_WHOLE = 1 << VIEW_WHOLE,
    IN_PREVIEW = 1 << VIEW_PREVIEW,
    IN_LIBRARY = IN_HIT | IN_TOPIC | IN_WHOLE,
    IN_ALL = IN_LIBRARY | IN_PREVIEW,
};

static const struct paper_column {
    const char *name;
    unsigned views;
    char *(*cell)(const struct entry *entry, const struct paper_list *list);
} paper_columns[] = {
    {"key", IN_LIBRARY, key_cell},
    {"title", IN_ALL, title_cell},
    {"authors", IN_ALL, authors_cell},
    {"year", IN_ALL, year_cell},
    {"venue", IN_ALL, venue_cell},
    {"url", IN_ALL, url_cell},
    {"tags", IN_WHOLE | IN_PREVIEW, tags_cell},
    {"topics", IN_LIBRARY, topics_cell},
    {"score", IN_HIT | IN_TOPIC, score_cell},
    {"cause", IN_TOPIC, cause_cell},
    {"source", IN_HIT, sources_cell},
    {"evidence", IN_HIT, evidence_cell},
    {"source", IN_WHOLE | IN_PREVIEW, source_cell},
    {"rule", IN_WHOLE | IN_PREVIEW, rule_cell},
    {"text", IN_WHOLE, text_cell},
};
enum { PAPER_COLUMNS = sizeof paper_columns / sizeof paper_columns[0] };

/* The key is the first column in a library, the title elsewhere. */
static bool is_first_column(size_t column, enum paper_view view)
{
    return column == (view == VIEW_PREVIEW ? 1 : 0);
}

static bool has_column(size_t column, enum paper_view view)
{
    return (paper_columns[column].views & (1U << view)) != 0;
}

static void open_papers(struct printer *printer, const struct paper_list *list)
{
    self(printer)->list = list;
    for (size_t i = 0; i < PAPER_COLUMNS; i++) {
        if (has_column(i, list->view)) {
            put_cell(printer, is_first_column(i, list->view), paper_columns[i].name, strlen(paper_columns[i].name));
        }
    }
    end_row(printer);
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    const struct paper_list *list = self(printer)->list;
    for (size_t i = 0; i < PAPER_COLUMNS; i++) {
        if (has_column(i, list->view)) {
            char *text = paper_columns[i].cell(entry, list);
            put_cell(printer, is_first_column(i, list->view), text, strlen(text));
            free(text);
        }
    }
    end_row(printer);
}

static void close_papers(struct printer *printer)
{
    self(printer)->done = true;
}

static const struct printer_methods methods = {
    .record = put_record,
    .group_open = open_group,
    .group_close = close_group,
    .table_open = open_table,
    .row = put_row,
    .table_close = close_table,
    .papers_open = open_papers,
    .paper = put_paper,
    .papers_close = close_papers,
};

struct printer *printer_csv(FILE *out, enum format format)
{
    struct csv_printer *printer = memory_array(1, sizeof *printer);
    printer->base = (struct printer){&methods, out};
    printer->is_tsv = format == FORMAT_TSV;
    return &printer->base;
}
