#include "cli/printer.h"

#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct value value_none(void)
{
    return (struct value){.kind = VALUE_NONE};
}

struct value value_text(const char *text)
{
    return text ? value_bytes(text, strlen(text)) : value_none();
}

struct value value_bytes(const char *text, size_t bytes)
{
    return (struct value){.kind = VALUE_TEXT, .text = text, .bytes = bytes};
}

struct value value_count(uint64_t count)
{
    return (struct value){.kind = VALUE_COUNT, .count = count};
}

struct value value_year(int year)
{
    return year > 0 ? value_count((uint64_t)year) : value_none();
}

struct value value_real(double real)
{
    return (struct value){.kind = VALUE_REAL, .real = real};
}

struct value value_flag(bool flag)
{
    return (struct value){.kind = VALUE_FLAG, .flag = flag};
}

struct value value_texts(const char *const *texts, size_t count)
{
    return (struct value){.kind = VALUE_TEXTS, .texts = texts, .text_count = count};
}

char *value_plain(const struct value *value, const char *separator, size_t *bytes)
{
    char *text = NULL;
    switch (value->kind) {
    case VALUE_NONE:
        text = memory_copy("", 0);
        break;
    case VALUE_TEXT:
        *bytes = value->bytes;
        return memory_copy(value->text, value->bytes);
    case VALUE_COUNT:
        text = memory_format("%" PRIu64, value->count);
        break;
    case VALUE_REAL:
        text = memory_format("%.6g", value->real);
        break;
    case VALUE_FLAG:
        text = memory_format("%s", value->flag ? "yes" : "no");
        break;
    case VALUE_TEXTS:
        text = memory_join(value->texts, value->text_count, separator);
        break;
    }
    *bytes = strlen(text);
    return text;
}

struct entry entry_of_hit(const pinakes_hit *hit, uint64_t rank)
{
    return (struct entry){
        .rank = rank,
        .key = hit->key,
        .title = hit->title,
        .venue = hit->venue,
        .url = hit->url,
        .year = hit->year,
        .score = hit->score,
        .author_count = hit->author_count,
        .authors = hit->authors,
        .topic_count = hit->topic_count,
        .topics = hit->topics,
        .evidence_count = hit->evidence_count,
        .evidence = hit->evidence,
        .explanation = hit->explanation,
        .shared_count = hit->shared_count,
        .shared = hit->shared,
    };
}

char *entry_shared(const struct entry *entry, const char *separator)
{
    const char **words = memory_array(entry->shared_count, sizeof *words);
    for (size_t i = 0; i < entry->shared_count; i++) {
        words[i] = entry->shared[i].word;
    }
    char *joined = memory_join(words, entry->shared_count, separator);
    free(words);
    return joined;
}

struct entry entry_of_paper(const pinakes_paper *paper)
{
    return (struct entry){
        .key = paper->key,
        .title = paper->title,
        .venue = paper->venue,
        .url = paper->url,
        .doi = paper->doi,
        .arxiv = paper->arxiv,
        .pmid = paper->pmid,
        .kind = paper->kind,
        .year = paper->year,
        .author_count = paper->author_count,
        .authors = paper->authors,
        .families = paper->families,
        .tag_count = paper->tag_count,
        .tags = paper->tags,
        .topic_count = paper->topic_count,
        .topics = paper->topics,
        .file = paper->file,
        .path = paper->path,
        .line = paper->line,
        .rule = paper->rule,
        .passage_count = paper->passage_count,
        .passages = paper->passages,
        .record_count = paper->record_count,
        .records = paper->records,
    };
}

const pinakes_assignment *entry_topic(const struct entry *entry, const char *topic)
{
    for (size_t i = 0; topic && i < entry->topic_count; i++) {
        if (strcmp(entry->topics[i].topic, topic) == 0) {
            return &entry->topics[i];
        }
    }
    return NULL;
}

bool format_is_bibliography(enum format format)
{
    return format == FORMAT_BIBTEX || format == FORMAT_RIS || format == FORMAT_CSL_JSON || format == FORMAT_JSONL;
}

struct printer *printer_open(enum format format, FILE *out, const struct terminal *terminal)
{
    switch (format) {
    case FORMAT_JSON:
        return printer_json(out);
    case FORMAT_CSV:
    case FORMAT_TSV:
        return printer_csv(out, format);
    case FORMAT_MARKDOWN:
        return printer_markdown(out);
    case FORMAT_BIBTEX:
        return printer_bibtex(out);
    case FORMAT_RIS:
        return printer_ris(out);
    case FORMAT_CSL_JSON:
        return printer_csl_json(out);
    case FORMAT_JSONL:
        return printer_jsonl(out);
    case FORMAT_TEXT:
    case FORMAT_HTML:
    case FORMAT_LATEX:
        break;
    }
    return printer_text(out, terminal);
}

void printer_close(struct printer *printer)
{
    if (printer->methods->close) {
        printer->methods->close(printer);
    }
    free(printer);
}

void printer_fact(struct printer *printer, const char *name, const char *label, struct value value)
{
    if (printer->methods->fact) {
        const struct fact fact = {name, label, value};
        printer->methods->fact(printer, &fact);
    }
}

void printer_record(struct printer *printer, const struct fact *facts, size_t count)
{
    if (printer->methods->record) {
        printer->methods->record(printer, facts, count);
    }
}

void printer_group_open(struct printer *printer, const char *name)
{
    if (printer->methods->group_open) {
        printer->methods->group_open(printer, name);
    }
}

void printer_group_close(struct printer *printer)
{
    if (printer->methods->group_close) {
        printer->methods->group_close(printer);
    }
}

void printer_items_open(struct printer *printer, const char *name)
{
    if (printer->methods->items_open) {
        printer->methods->items_open(printer, name);
    }
}

void printer_item_open(struct printer *printer, const char *title)
{
    if (printer->methods->item_open) {
        printer->methods->item_open(printer, title);
    }
}

void printer_item_close(struct printer *printer)
{
    if (printer->methods->item_close) {
        printer->methods->item_close(printer);
    }
}

void printer_items_close(struct printer *printer)
{
    if (printer->methods->items_close) {
        printer->methods->items_close(printer);
    }
}

void printer_heading(struct printer *printer, unsigned level, const char *text)
{
    if (printer->methods->heading) {
        printer->methods->heading(printer, level, text);
    }
}

bool table_is_labelled(const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].label) {
            return true;
        }
    }
    return false;
}

void printer_table_open(struct printer *printer, const struct table *table)
{
    if (printer->methods->table_open) {
        printer->methods->table_open(printer, table);
    }
}

void printer_row(struct printer *printer, const struct value *cells)
{
    if (printer->methods->row) {
        printer->methods->row(printer, cells);
    }
}

void printer_table_close(struct printer *printer)
{
    if (printer->methods->table_close) {
        printer->methods->table_close(printer);
    }
}

void printer_papers_open(struct printer *printer, const struct paper_list *list)
{
    if (printer->methods->papers_open) {
        printer->methods->papers_open(printer, list);
    }
}

void printer_paper(struct printer *printer, const struct entry *entry)
{
    printer->methods->paper(printer, entry);
}

void printer_papers_close(struct printer *printer)
{
    if (printer->methods->papers_close) {
        printer->methods->papers_close(printer);
    }
}
