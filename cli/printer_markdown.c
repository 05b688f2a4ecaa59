/* Markdown to paste into one's notes: papers are a list with their sources, tables are tables (GitHub's). */
#include "cli/citation.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct markdown_printer {
    struct printer base;
    bool begun; /* something stands above: an empty line must come between */
    const struct table *table;
    bool has_rows; /* and so a head */
    const struct paper_list *list;
};

static struct markdown_printer *self(struct printer *printer)
{
    return (struct markdown_printer *)printer;
}

static void separate(struct printer *printer)
{
    if (self(printer)->begun) {
        fputc('\n', printer->out);
    }
    self(printer)->begun = true;
}

static bool is_word(const char *text, size_t bytes, size_t at)
{
    return at < bytes && (isalnum((unsigned char)text[at]) || (unsigned char)text[at] >= 0x80);
}

/* Whether "&" at `at` begins a character reference, as "&amp;". */
static bool begins_reference(const char *text, size_t bytes, size_t at)
{
    size_t end = at + 1;
    while (end < bytes && (isalnum((unsigned char)text[end]) || text[end] == '#')) {
        end++;
    }
    return end > at + 1 && end < bytes && text[end] == ';';
}

/* Whether the byte at `at` would be read as mark-up by CommonMark. */
static bool is_markup(const char *text, size_t bytes, size_t at)
{
    switch (text[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '|':
    case '$':
    case '~':
        return true;
    case '_': /* inside a word it is only itself */
        return !(at > 0 && is_word(text, bytes, at - 1) && is_word(text, bytes, at + 1));
    case '&':
        return begins_reference(text, bytes, at);
    default:
        return false;
    }
}

/* Where in `text` a byte must be escaped so that the start of the line is no list item, heading or quote; SIZE_MAX
 * when none must. */
static size_t block_markup(const char *text, size_t bytes)
{
    size_t digits = 0;
    while (digits < bytes && isdigit((unsigned char)text[digits])) {
        digits++;
    }
    if (digits > 0) { /* "18.8 cm" is none */
        const bool has_mark = digits < bytes && (text[digits] == '.' || text[digits] == ')');
        return has_mark && (digits + 1 == bytes || isspace((unsigned char)text[digits + 1])) ? digits : SIZE_MAX;
    }
    return bytes > 0 && text[0] && strchr("-+#>=", text[0]) ? 0 : SIZE_MAX;
}

static void put_escaped(struct printer *printer, const char *text, size_t bytes, bool starts_line)
{
    const size_t block = starts_line ? block_markup(text, bytes) : SIZE_MAX;
    for (size_t at = 0; at < bytes; at++) {
        const unsigned char byte = (unsigned char)text[at];
        if (at == block || is_markup(text, bytes, at)) {
            fputc('\\', printer->out);
        }
        fputc(byte < 0x20 ? ' ' : byte, printer->out);
    }
}

static void put_line(struct printer *printer, const char *text, bool starts_line)
{
    put_escaped(printer, text, strlen(text), starts_line);
}

/* ---- records and tables ---------------------------------------------------------------------------------- */

static void put_value(struct printer *printer, const struct value *value)
{
    size_t bytes;
    char *text = value_plain(value, ", ", &bytes);
    put_escaped(printer, text, bytes, false);
    free(text);
}

static void put_record(struct printer *printer, const struct fact *facts, size_t count)
{
    separate(printer);
    for (size_t i = 0; i < count; i++) {
        if (facts[i].label) {
            fprintf(printer->out, "- %s: ", facts[i].label);
            put_value(printer, &facts[i].value);
            fputc('\n', printer->out);
        }
    }
}

static void put_heading(struct printer *printer, unsigned level, const char *text)
{
    separate(printer);
    for (unsigned i = 0; i < level; i++) {
        fputc('#', printer->out);
    }
    fputc(' ', printer->out);
    put_line(printer, text, false);
    fputc('\n', printer->out);
}

static void open_item(struct printer *printer, const char *title)
{
    put_heading(printer, 3, title);
}

static void open_table(struct printer *printer, const struct table *table)
{
    self(printer)->table = table;
    self(printer)->has_rows = false;
}

static void put_table_head(struct printer *printer, const struct table *table)
{
    separate(printer);
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].label) {
            fprintf(printer->out, "| %s ", table->columns[i].label);
        }
    }
    fputs("|\n", printer->out);
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].label) {
            fputs(table->columns[i].is_number ? "| ---: " : "| --- ", printer->out);
        }
    }
    fputs("|\n", printer->out);
}

static void put_row(struct printer *printer, const struct value *cells)
{
    const struct table *table = self(printer)->table;
    if (!table_is_labelled(table)) {
        return;
    }
    if (!self(printer)->has_rows) {
        put_table_head(printer, table);
        self(printer)->has_rows = true;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].label) {
            fputs("| ", printer->out);
            put_value(printer, &cells[i]);
            fputc(' ', printer->out);
        }
    }
    fputs("|\n", printer->out);
}

static void close_table(struct printer *printer)
{
    (void)printer;
}

/* ---- papers ---------------------------------------------------------------------------------------------- */

static void put_url(FILE *out, const char *url)
{
    fputs("](<", out);
    for (; *url; url++) {
        const unsigned char byte = (unsigned char)*url;
        if (byte <= 0x20 || byte == '<' || byte == '>' || byte == '\\') {
            fprintf(out, "%%%02X", byte);
        } else {
            fputc(byte, out);
        }
    }
    fputs(">)", out);
}

/* A code span. File names may hold backticks: the fence is then longer. */
static void put_source(FILE *out, const char *file, uint32_t line)
{
    const char *fence = strchr(file, '`') ? "``" : "`";
    fprintf(out, "%s%s:%u%s", fence, file, line, fence);
}

static void put_head(struct printer *printer, const struct entry *entry)
{
    FILE *out = printer->out;
    const bool has_url = entry->url && *entry->url;
    fputs(has_url ? "- [**" : "- **", out);
    put_line(printer, entry->title, false);
    fputs("**", out);
    if (has_url) {
        put_url(out, entry->url);
    }
    const bool has_venue = entry->venue && *entry->venue;
    if (has_venue || entry->year > 0) {
        fputs(" (", out);
        put_line(printer, has_venue ? entry->venue : "", false);
        if (entry->year > 0) {
            fprintf(out, "%s%d", has_venue ? " " : "", entry->year);
        }
        fputc(')', out);
    }
    for (size_t i = 0; i < entry->author_count; i++) {
        fputs(i == 0 ? ", " : "; ", out);
        put_line(printer, entry->authors[i], false);
    }
    fputc('\n', out);
}

static void put_evidence(struct printer *printer, const struct entry *entry)
{
    for (size_t i = 0; i < entry->evidence_count; i++) {
        const pinakes_evidence *evidence = &entry->evidence[i];
        fputs("  - ", printer->out);
        put_escaped(printer, evidence->text, evidence->bytes, true);
        fputs(" (", printer->out);
        put_source(printer->out, evidence->file, evidence->line);
        fputs(")\n", printer->out);
    }
}

/* A line of the record; nothing for what is unknown. Keys and addresses stand as they are. */
static void put_label(struct printer *printer, const char *label, const char *text)
{
    if (text && *text) {
        fprintf(printer->out, "- %s: %s\n", label, text);
    }
}

static void put_named(struct printer *printer, const char *label, const char *text)
{
    if (text && *text) {
        fprintf(printer->out, "- %s: ", label);
        put_line(printer, text, false);
        fputc('\n', printer->out);
    }
}

static void put_labels(struct printer *printer, const struct entry *entry)
{
    char *list = memory_join(entry->authors, entry->author_count, "; ");
    char *authors = memory_format("%s%s", list, citation_needs_end(entry) ? ";" : "");
    char *tags = memory_join(entry->tags, entry->tag_count, "; ");
    char *year = memory_format("%d", entry->year);
    struct citation citation = citation_of(entry);
    const char *address = strstr(entry->key, "://");
    put_label(printer, "Citekey", address ? address + strlen("://") : entry->key); /* a link would be no key */
    put_named(printer, "Authors", authors);
    put_named(printer, "Venue", citation.venue);
    put_label(printer, "Year", entry->year > 0 ? year : NULL);
    put_label(printer, "Link", entry->url && strchr(entry->url, '<') ? citation.url : entry->url);
    put_named(printer, "DOI", entry->doi);
    put_label(printer, "arXiv", entry->arxiv);
    put_label(printer, "PMID", entry->pmid);
    put_named(printer, "Tags", tags);
    citation_free(&citation);
    free(year);
    free(tags);
    free(authors);
    free(list);
}

/* Text that is read again as it is: only what would begin a block is escaped. */
static void put_paragraph(struct printer *printer, const char *text, size_t bytes)
{
    size_t start = 0;
    while (start < bytes && isspace((unsigned char)text[start])) {
        start++;
    }
    const size_t block = block_markup(text + start, bytes - start);
    for (size_t at = start; at < bytes; at++) {
        if (at - start == block) {
            fputc('\\', printer->out);
        }
        const unsigned char byte = (unsigned char)text[at];
        fputc(byte < 0x20 ? ' ' : byte, printer->out);
    }
    fputc('\n', printer->out);
}

/* The passages of one field under a heading of their own, if there are any. */
static void put_part(struct printer *printer, const struct entry *entry, const char *field, const char *heading)
{
    bool begun = false;
    for (size_t i = 0; i < entry->passage_count; i++) {
        const pinakes_passage *passage = &entry->passages[i];
        if (strcmp(passage->field, field) == 0) {
            if (!begun) {
                fprintf(printer->out, "\n### %s\n", heading);
            }
            fputc('\n', printer->out);
            put_paragraph(printer, passage->text, passage->bytes);
            begun = true;
        }
    }
}

/* The paper as a page of notes has it, which `pinakes index` reads again. */
static void put_whole(struct printer *printer, const struct entry *entry)
{
    separate(printer);
    fputs("## ", printer->out);
    put_line(printer, entry->title, false);
    fputs("\n\n", printer->out);
    put_labels(printer, entry);
    put_part(printer, entry, "abstract", "Abstract");
    put_part(printer, entry, "note", "Notes");
    put_part(printer, entry, "qa", "Q&A");
}

static void put_note(struct printer *printer, const char *text)
{
    if (text) {
        fputs("  - ", printer->out);
        put_line(printer, text, true);
        fputc('\n', printer->out);
    }
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    if (self(printer)->list->view == VIEW_WHOLE) {
        put_whole(printer, entry);
        return;
    }
    put_head(printer, entry);
    switch (self(printer)->list->view) {
    case VIEW_RELATED: {
        char *shared = entry_shared(entry, ", ");
        put_note(printer, shared);
        free(shared);
        put_evidence(printer, entry);
        break;
    }
    case VIEW_HIT:
        put_evidence(printer, entry);
        break;
    case VIEW_TOPIC: {
        const pinakes_assignment *assignment = entry_topic(entry, self(printer)->list->topic);
        put_note(printer, assignment ? assignment->cause : NULL);
        break;
    }
    case VIEW_WHOLE:
        break;
    case VIEW_PREVIEW:
        put_note(printer, entry->rule);
        break;
    }
}

static void open_papers(struct printer *printer, const struct paper_list *list)
{
    self(printer)->list = list;
    if (list->view == VIEW_WHOLE) {
        return;
    }
    separate(printer);
    if (list->title) {
        fputs("## ", printer->out);
        put_line(printer, list->title, false);
        fputs("\n\n", printer->out);
    }
}

static const struct printer_methods methods = {
    .record = put_record,
    .item_open = open_item,
    .heading = put_heading,
    .table_open = open_table,
    .row = put_row,
    .table_close = close_table,
    .papers_open = open_papers,
    .paper = put_paper,
    .papers_close = close_table,
};

struct printer *printer_markdown(FILE *out)
{
    struct markdown_printer *printer = memory_array(1, sizeof *printer);
    printer->base = (struct printer){&methods, out};
    return &printer->base;
}
