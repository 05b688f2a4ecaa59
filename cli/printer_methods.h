/* What a printer is inside: each of printer_*.c fills one table of functions. */
#ifndef CLI_PRINTER_METHODS_H
#define CLI_PRINTER_METHODS_H

#include "cli/printer.h"

/* NULL leaves out what a form has no use for. */
struct printer_methods {
    void (*fact)(struct printer *printer, const struct fact *fact);
    void (*record)(struct printer *printer, const struct fact *facts, size_t count);
    void (*group_open)(struct printer *printer, const char *name);
    void (*group_close)(struct printer *printer);
    void (*items_open)(struct printer *printer, const char *name);
    void (*item_open)(struct printer *printer, const char *title);
    void (*item_close)(struct printer *printer);
    void (*items_close)(struct printer *printer);
    void (*heading)(struct printer *printer, unsigned level, const char *text);
    void (*table_open)(struct printer *printer, const struct table *table);
    void (*row)(struct printer *printer, const struct value *cells);
    void (*table_close)(struct printer *printer);
    void (*papers_open)(struct printer *printer, const struct paper_list *list);
    void (*paper)(struct printer *printer, const struct entry *entry);
    void (*papers_close)(struct printer *printer);
    void (*close)(struct printer *printer);
};

/* The first member of every printer; printer_close() frees the whole. */
struct printer {
    const struct printer_methods *methods;
    FILE *out;
};

struct printer *printer_text(FILE *out, const struct terminal *terminal);
struct printer *printer_json(FILE *out);
struct printer *printer_csv(FILE *out, enum format format);
struct printer *printer_markdown(FILE *out);
struct printer *printer_bibtex(FILE *out);
struct printer *printer_ris(FILE *out);
struct printer *printer_csl_json(FILE *out);
struct printer *printer_jsonl(FILE *out);

/* Whether any column of `table` is for people. */
bool table_is_labelled(const struct table *table);

/* `value` as plain text of `*bytes` bytes, texts joined by `separator`. The caller frees it. */
char *value_plain(const struct value *value, const char *separator, size_t *bytes);

#endif
