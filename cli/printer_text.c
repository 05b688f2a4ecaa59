/* What a person reads: laid out for the terminal, plain and unwrapped in a pipe. */
#include "cli/flow.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"
#include "cli/text_paper.h"
#include "cli/text_table.h"
#include "cli/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What was written last: decides about an empty line before the next. */
enum block {
    BLOCK_NONE,
    BLOCK_HEADING, /* what follows stands close */
    BLOCK_FACT,
    BLOCK_TABLE,
    BLOCK_PAPER,       /* two lines, which may stand close to the next */
    BLOCK_ROOMY_PAPER, /* with evidence or more below it */
};

struct text_printer {
    struct printer base;
    struct terminal terminal;
    enum block last;
    const struct table *table;
    struct text_table rows;
    const struct paper_list *list;
    struct text_paper papers;
};

static struct text_printer *self(struct printer *printer)
{
    return (struct text_printer *)printer;
}

static void separate(struct printer *printer, enum block next)
{
    const enum block last = self(printer)->last;
    const bool close = last == next && (next == BLOCK_FACT || next == BLOCK_PAPER);
    if (last != BLOCK_NONE && last != BLOCK_HEADING && !close) {
        fputc('\n', printer->out);
    }
    self(printer)->last = next;
}

static void put_labelled(struct printer *printer, const struct fact *fact, size_t width)
{
    struct flow flow = flow_at(printer->out, &self(printer)->terminal, 0, width + 2);
    flow_text(&flow, STYLE_FAINT, fact->label);
    flow_to(&flow, width + 2);
    size_t bytes;
    char *text = value_plain(&fact->value, ", ", &bytes);
    flow_marked(&flow, STYLE_PLAIN, text, bytes, NULL, 0);
    free(text);
    fputc('\n', printer->out);
}

static void put_fact(struct printer *printer, const struct fact *fact)
{
    if (fact->label) {
        separate(printer, BLOCK_FACT);
        put_labelled(printer, fact, utf8_width(fact->label, strlen(fact->label)));
    }
}

static void put_record(struct printer *printer, const struct fact *facts, size_t count)
{
    size_t width = 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = facts[i].label ? facts[i].label : "";
        const size_t own = utf8_width(label, strlen(label));
        width = own > width ? own : width;
    }
    separate(printer, BLOCK_TABLE);
    for (size_t i = 0; i < count; i++) {
        if (facts[i].label) {
            put_labelled(printer, &facts[i], width);
        }
    }
}

/* The lower the level, the further from what stands above. */
static void put_heading(struct printer *printer, unsigned level, const char *text)
{
    if (self(printer)->last != BLOCK_NONE) {
        fputs(level <= 2 ? "\n\n" : "\n", printer->out);
    }
    struct flow flow = flow_at(printer->out, &self(printer)->terminal, 0, 0);
    flow_text(&flow, STYLE_TITLE, text);
    fputc('\n', printer->out);
    self(printer)->last = BLOCK_HEADING;
}

static void open_item(struct printer *printer, const char *title)
{
    put_heading(printer, 3, title);
}

static void open_table(struct printer *printer, const struct table *table)
{
    self(printer)->table = table;
}

static void put_row(struct printer *printer, const struct value *cells)
{
    if (table_is_labelled(self(printer)->table)) {
        text_table_add(&self(printer)->rows, self(printer)->table, cells);
    }
}

static void close_table(struct printer *printer)
{
    if (self(printer)->rows.cell_count > 0) {
        separate(printer, BLOCK_TABLE);
        text_table_write(&self(printer)->rows, self(printer)->table, printer->out, &self(printer)->terminal);
    }
}

static void open_papers(struct printer *printer, const struct paper_list *list)
{
    self(printer)->list = list;
    self(printer)->papers = text_paper_start(printer->out, &self(printer)->terminal, list);
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    const bool is_roomy = text_paper_is_roomy(&self(printer)->papers, entry);
    separate(printer, is_roomy ? BLOCK_ROOMY_PAPER : BLOCK_PAPER);
    text_paper_write(&self(printer)->papers, entry);
}

static void close_papers(struct printer *printer)
{
    (void)printer;
}

static const struct printer_methods methods = {
    .fact = put_fact,
    .record = put_record,
    .item_open = open_item,
    .heading = put_heading,
    .table_open = open_table,
    .row = put_row,
    .table_close = close_table,
    .papers_open = open_papers,
    .paper = put_paper,
    .papers_close = close_papers,
};

struct printer *printer_text(FILE *out, const struct terminal *terminal)
{
    struct text_printer *printer = memory_array(1, sizeof *printer);
    printer->base = (struct printer){&methods, out};
    printer->terminal = *terminal;
    return &printer->base;
}
