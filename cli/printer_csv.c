/* One table with a header row: CSV by RFC 4180, TSV with \t, \n, \r and \\ for what would break its lines. */
#include "cli/citation.h"
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

static void open_item(struct printer *printer, const char *title)
{
    open_group(printer, title);
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

enum paper_cell {
    CELL_END,
    CELL_KEY,
    CELL_TITLE,
    CELL_AUTHORS,
    CELL_YEAR,
    CELL_VENUE,
    CELL_URL,
    CELL_TAGS,
    CELL_TOPICS,
    CELL_SCORE,
    CELL_SHARED,
    CELL_TOPIC_SCORE,
    CELL_CAUSE,
    CELL_SOURCE,
    CELL_EVIDENCE_SOURCES,
    CELL_EVIDENCE,
    CELL_RULE,
    CELL_TEXT,
    CELL_DOI,
    CELL_ARXIV,
    CELL_PMID,
    CELL_BOOKTITLE,
    CELL_ABSTRACT,
    CELL_NOTE,
};

enum { MOST_CELLS = 18 };

static const char *const cell_names[] = {
    [CELL_KEY] = "key",
    [CELL_TITLE] = "title",
    [CELL_AUTHORS] = "authors",
    [CELL_YEAR] = "year",
    [CELL_VENUE] = "venue",
    [CELL_URL] = "url",
    [CELL_TAGS] = "tags",
    [CELL_TOPICS] = "topics",
    [CELL_SCORE] = "score",
    [CELL_SHARED] = "shared",
    [CELL_TOPIC_SCORE] = "score",
    [CELL_CAUSE] = "cause",
    [CELL_SOURCE] = "source",
    [CELL_EVIDENCE_SOURCES] = "source",
    [CELL_EVIDENCE] = "evidence",
    [CELL_RULE] = "rule",
    [CELL_TEXT] = "text",
    [CELL_DOI] = "doi",
    [CELL_PMID] = "pmid",
    [CELL_ARXIV] = "arxiv",
    [CELL_BOOKTITLE] = "booktitle",
    [CELL_ABSTRACT] = "abstract",
    [CELL_NOTE] = "note",
};

/* The columns of each view, up to CELL_END. */
static const enum paper_cell view_cells[][MOST_CELLS] = {
    [VIEW_HIT] = {CELL_KEY, CELL_TITLE, CELL_AUTHORS, CELL_YEAR, CELL_VENUE, CELL_URL, CELL_TOPICS, CELL_SCORE,
                  CELL_EVIDENCE_SOURCES, CELL_EVIDENCE},
    [VIEW_RELATED] = {CELL_KEY, CELL_TITLE, CELL_AUTHORS, CELL_YEAR, CELL_VENUE, CELL_URL, CELL_TOPICS, CELL_SCORE,
                      CELL_SHARED, CELL_EVIDENCE_SOURCES, CELL_EVIDENCE},
    [VIEW_TOPIC] = {CELL_KEY, CELL_TITLE, CELL_AUTHORS, CELL_YEAR, CELL_VENUE, CELL_URL, CELL_TOPICS, CELL_TOPIC_SCORE,
                    CELL_CAUSE},
    [VIEW_WHOLE] = {CELL_KEY, CELL_TITLE, CELL_AUTHORS, CELL_YEAR, CELL_VENUE, CELL_URL, CELL_TAGS, CELL_TOPICS,
                    CELL_SOURCE, CELL_RULE, CELL_TEXT, CELL_DOI, CELL_ARXIV, CELL_PMID, CELL_BOOKTITLE, CELL_ABSTRACT,
                    CELL_NOTE},
    [VIEW_PREVIEW] = {CELL_TITLE, CELL_AUTHORS, CELL_YEAR, CELL_VENUE, CELL_URL, CELL_TAGS, CELL_SOURCE, CELL_RULE},
};

static char *copy_or_empty(const char *text)
{
    return memory_copy(text ? text : "", text ? strlen(text) : 0);
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

/* A name with a comma is written so that nobody turns it; a name alone ends as one of several would where it needs to.
 */
static char *authors_text(const struct entry *entry)
{
    char **names = memory_array(entry->author_count, sizeof *names);
    for (size_t i = 0; i < entry->author_count; i++) {
        char *whole = citation_whole_name(entry->authors[i]);
        names[i] = whole ? whole : copy_or_empty(entry->authors[i]);
    }
    char *list = join_and_free(names, entry->author_count, "; ");
    char *text = memory_format("%s%s", list, citation_needs_end(entry) ? ";" : "");
    free(list);
    return text;
}

static char *topics_text(const struct entry *entry)
{
    const char **names = memory_array(entry->topic_count, sizeof *names);
    for (size_t i = 0; i < entry->topic_count; i++) {
        names[i] = entry->topics[i].topic;
    }
    char *joined = memory_join(names, entry->topic_count, "; ");
    free(names);
    return joined;
}

static char *evidence_sources(const struct entry *entry)
{
    char **parts = memory_array(entry->evidence_count, sizeof *parts);
    for (size_t i = 0; i < entry->evidence_count; i++) {
        parts[i] = memory_format("%s:%u", entry->evidence[i].file, entry->evidence[i].line);
    }
    return join_and_free(parts, entry->evidence_count, "; ");
}

static char *evidence_text(const struct entry *entry)
{
    char **parts = memory_array(entry->evidence_count, sizeof *parts);
    for (size_t i = 0; i < entry->evidence_count; i++) {
        parts[i] = memory_copy(entry->evidence[i].text, entry->evidence[i].bytes);
    }
    return join_and_free(parts, entry->evidence_count, " | ");
}

static char *passages_text(const struct entry *entry)
{
    char **parts = memory_array(entry->passage_count, sizeof *parts);
    for (size_t i = 0; i < entry->passage_count; i++) {
        parts[i] = memory_copy(entry->passages[i].text, entry->passages[i].bytes);
    }
    return join_and_free(parts, entry->passage_count, "\n");
}

static char *citation_text(enum paper_cell cell, const struct entry *entry)
{
    struct citation citation = citation_of(entry);
    char *text = copy_or_empty(cell == CELL_ABSTRACT ? citation.abstract
                               : cell == CELL_NOTE   ? citation.note
                                                     : citation.venue);
    citation_free(&citation);
    return text;
}

/* The text of one cell; the caller frees it. */
static char *cell_text(enum paper_cell cell, const struct entry *entry, const pinakes_assignment *assignment)
{
    switch (cell) {
    case CELL_KEY:
        return copy_or_empty(entry->key);
    case CELL_TITLE:
        return copy_or_empty(entry->title);
    case CELL_AUTHORS:
        return authors_text(entry);
    case CELL_YEAR:
        return entry->year > 0 ? memory_format("%d", entry->year) : copy_or_empty(NULL);
    case CELL_VENUE:
        return copy_or_empty(entry->venue);
    case CELL_URL:
        return copy_or_empty(entry->url);
    case CELL_TAGS:
        return memory_join(entry->tags, entry->tag_count, "; ");
    case CELL_TOPICS:
        return topics_text(entry);
    case CELL_SCORE:
        return memory_format("%.6g", entry->score);
    case CELL_SHARED:
        return entry_shared(entry, "; ");
    case CELL_TOPIC_SCORE:
        return assignment ? memory_format("%.6g", assignment->score) : copy_or_empty(NULL);
    case CELL_CAUSE:
        return copy_or_empty(assignment ? assignment->cause : NULL);
    case CELL_SOURCE:
        return memory_format("%s:%u", entry->file, entry->line);
    case CELL_EVIDENCE_SOURCES:
        return evidence_sources(entry);
    case CELL_EVIDENCE:
        return evidence_text(entry);
    case CELL_RULE:
        return copy_or_empty(entry->rule);
    case CELL_TEXT:
        return passages_text(entry);
    case CELL_DOI:
        return copy_or_empty(entry->doi);
    case CELL_ARXIV:
        return copy_or_empty(entry->arxiv);
    case CELL_PMID:
        return copy_or_empty(entry->pmid);
    case CELL_BOOKTITLE:
    case CELL_ABSTRACT:
    case CELL_NOTE:
        return citation_text(cell, entry);
    case CELL_END:
        break;
    }
    return copy_or_empty(NULL);
}

static void open_papers(struct printer *printer, const struct paper_list *list)
{
    self(printer)->list = list;
    if (is_left_out(printer)) {
        return;
    }
    const enum paper_cell *cells = view_cells[list->view];
    for (size_t i = 0; cells[i] != CELL_END; i++) {
        put_cell(printer, i == 0, cell_names[cells[i]], strlen(cell_names[cells[i]]));
    }
    end_row(printer);
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    const struct paper_list *list = self(printer)->list;
    if (is_left_out(printer)) {
        return;
    }
    const enum paper_cell *cells = view_cells[list->view];
    const pinakes_assignment *assignment = entry_topic(entry, list->topic);
    for (size_t i = 0; cells[i] != CELL_END; i++) {
        char *text = cell_text(cells[i], entry, assignment);
        put_cell(printer, i == 0, text, strlen(text));
        free(text);
    }
    end_row(printer);
}

static void close_papers(struct printer *printer)
{
    self(printer)->done = self(printer)->done || !self(printer)->in_group;
}

static const struct printer_methods methods = {
    .record = put_record,
    .group_open = open_group,
    .group_close = close_group,
    .item_open = open_item,
    .item_close = close_group,
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
