/* One description of a result, many forms of it. A command says what it has found in four shapes - facts about the
 * answer, one record, tables, papers - and the printer behind --format makes text, JSON, CSV, TSV or Markdown of it.
 *
 * Text is for people and shows facts and columns that have a label. JSON is one object holding everything. CSV and
 * TSV are the one table (or list of papers, or record) a command exists for: what stands in a group or an item is left
 * out. */
#ifndef CLI_PRINTER_H
#define CLI_PRINTER_H

#include "cli/terminal.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The version of the JSON schema: raised when a name or a meaning changes, not when something is added. */
enum { JSON_FORMAT = 1 };

enum format {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_CSV,
    FORMAT_TSV,
    FORMAT_MARKDOWN,
    FORMAT_HTML, /* of the report alone, as LaTeX: no printer makes them */
    FORMAT_LATEX,
    FORMAT_BIBTEX, /* of whole papers alone, as those below */
    FORMAT_RIS,
    FORMAT_CSL_JSON,
    FORMAT_JSONL,
};
enum { FORMATS = FORMAT_JSONL + 1 };

/* Whether it is for other programs that keep papers, which want each of them whole. */
bool format_is_bibliography(enum format format);

enum value_kind {
    VALUE_NONE, /* unknown */
    VALUE_TEXT,
    VALUE_COUNT,
    VALUE_REAL,
    VALUE_FLAG,
    VALUE_TEXTS,
};

/* Points into memory of the command, for the time of the call. */
struct value {
    enum value_kind kind;
    union {
        struct {
            const char *text;
            size_t bytes;
        };
        uint64_t count;
        double real;
        bool flag;
        struct {
            const char *const *texts;
            size_t text_count;
        };
    };
};

struct value value_none(void);
struct value value_text(const char *text); /* NULL is unknown */
struct value value_bytes(const char *text, size_t bytes);
struct value value_count(uint64_t count);
struct value value_year(int year); /* 0 is unknown */
struct value value_real(double real);
struct value value_flag(bool flag);
struct value value_texts(const char *const *texts, size_t count);

struct fact {
    const char *name;  /* in JSON and CSV; NULL keeps it from programs */
    const char *label; /* for people; NULL keeps it from them */
    struct value value;
};

struct column {
    const char *name;
    const char *label; /* heads the column; NULL leaves it out of text and Markdown */
    bool is_number;    /* stands at the right */
    bool has_bar;      /* text draws a bar beside the number */
};

struct table {
    const char *name;
    const struct column *columns;
    size_t column_count;
};

/* What a list of papers is about, and so what each of them shows beside title, year, venue and key. */
enum paper_view {
    VIEW_HIT,     /* a search: topics, score and evidence */
    VIEW_RELATED, /* the same, and the words that bind it to what it is related to */
    VIEW_TOPIC,   /* the papers of one topic: score and cause of the assignment */
    VIEW_WHOLE,   /* everything the library knows, all passages */
    VIEW_PREVIEW, /* a paper read from a file, in no library: the rule that made its title one */
};

struct paper_list {
    const char *name; /* in JSON */
    enum paper_view view;
    const char *topic; /* of VIEW_TOPIC */
    const char *title; /* of the whole, for Markdown; NULL: none */
};

/* A hit or a paper, whichever it comes from. */
struct entry {
    uint64_t rank; /* 0: unranked */
    const char *key, *title, *venue, *url;
    const char *doi, *arxiv, *pmid, *kind; /* NULL in a hit */
    int year;
    double score;
    size_t author_count;
    const char *const *authors;
    const char *const *families; /* as in pinakes_paper; NULL in a hit */
    size_t tag_count;
    const char *const *tags;
    size_t topic_count;
    const pinakes_assignment *topics;
    size_t evidence_count;
    const pinakes_evidence *evidence;
    const char *explanation; /* NULL: not asked for */
    size_t shared_count;     /* of related work: the words that bind it */
    const pinakes_shared_word *shared;
    const char *file, *path; /* NULL in a hit */
    uint32_t line;
    const char *rule;
    size_t passage_count;
    const pinakes_passage *passages;
    size_t record_count;
    const pinakes_record *records;
};

struct entry entry_of_hit(const pinakes_hit *hit, uint64_t rank);
struct entry entry_of_paper(const pinakes_paper *paper);

/* "cxl, pooling, latency": the words of entry->shared. The caller frees it. */
char *entry_shared(const struct entry *entry, const char *separator);

/* The assignment of `entry` to `topic`, or NULL. */
const pinakes_assignment *entry_topic(const struct entry *entry, const char *topic);

struct printer;

/* Writes to `out`, which stays the caller's, as `terminal` allows. Never NULL; ended by printer_close(). */
struct printer *printer_open(enum format format, FILE *out, const struct terminal *terminal);
void printer_close(struct printer *printer);

void printer_fact(struct printer *printer, const char *name, const char *label, struct value value);
void printer_record(struct printer *printer, const struct fact *facts, size_t count);

/* Tables between the two belong together under `name` and are no one's main result. Groups do not nest. */
void printer_group_open(struct printer *printer, const char *name);
void printer_group_close(struct printer *printer);

/* A list of items, each of which is told by facts, tables and papers of its own. Text and Markdown head each with its
 * `title`. Items do not nest. */
void printer_items_open(struct printer *printer, const char *name);
void printer_item_open(struct printer *printer, const char *title);
void printer_item_close(struct printer *printer);
void printer_items_close(struct printer *printer);

/* A heading for people, above what follows; level 1 is the highest. */
void printer_heading(struct printer *printer, unsigned level, const char *text);

/* `table` must live until the table is closed; `cells` has one value for each column. A table none of whose columns has
 * a label is for programs alone. */
void printer_table_open(struct printer *printer, const struct table *table);
void printer_row(struct printer *printer, const struct value *cells);
void printer_table_close(struct printer *printer);

/* `list` must live until the list is closed. */
void printer_papers_open(struct printer *printer, const struct paper_list *list);
void printer_paper(struct printer *printer, const struct entry *entry);
void printer_papers_close(struct printer *printer);

#endif
