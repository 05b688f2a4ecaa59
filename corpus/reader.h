/* From the bytes of one source to paper records: one reader a format, one interface. Notes are read whole, since what a
 * line is shows only in its neighbours; collections of many records are read as a stream, in memory that does not grow
 * with them. */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include "base/span.h"
#include "corpus/conventions.h"
#include "corpus/paper.h"
#include "corpus/stream.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stdint.h>

/* Raised when a reader would find other papers in a file than before: files that did not change are then read anew. */
enum { READERS_VERSION = 26 };

/* One source, whole, as valid UTF-8 without a byte order mark; line ends are as they were. */
struct source_text {
    const char *name; /* for messages */
    struct span text;
};

/* Where a reader puts what it finds. */
struct paper_sink {
    void *context;
    const char *source;                    /* the name of a stream, for readers that draw on it; may be NULL */
    struct span folder;                    /* the name of the folder that was named, where one is known */
    const struct conventions *conventions; /* what the labels of notes mean beside the usual; may be NULL */
    struct papers_told told;               /* what in a page is a paper, if its owner says so */
    /* Called for every paper in the order of the source. Anything but PINAKES_OK stops the reader, which returns it. */
    pinakes_status (*paper)(void *context, const struct paper *paper, pinakes_error *error);
    /* A line that was not understood; the reader goes on. May be NULL. */
    void (*notice)(void *context, uint32_t line, const char *message);
    /* A record that cannot be taken as a paper, and why. When it gives PINAKES_OK the reader goes on with the next one,
     * else it stops and returns that. NULL: as a notice. */
    pinakes_status (*fault)(void *context, uint32_t line, const char *message, pinakes_error *error);
};

/* The fault of a record of `sink`. */
pinakes_status sink_fault(const struct paper_sink *sink, uint32_t line, const char *message, pinakes_error *error);

struct record;

/* Gives the paper of a record to `sink`; `untitled` is the fault of one without a title. */
pinakes_status sink_record(const struct paper_sink *sink, struct record *record, const char *untitled,
                           pinakes_error *error);

/* How much of a source's beginning a reader of streams is shown before it claims the source, in bytes. */
enum { READER_HEAD_BYTES = 1 << 16 };

/* The longest record of a stream that is read, in bytes. */
#define READER_LONGEST_RECORD ((size_t)32 << 20)

struct reader {
    const char *name; /* what --format takes */
    /* How sure the reader is, from the content and the name, that this source is its own: 0 (no) to 100. A reader of
     * streams is given the beginning alone, which need not be valid UTF-8. */
    int (*claims)(const struct source_text *source);
    /* Gives every paper of the source to `sink`. A source that holds none is no error. Of these two a reader has the
     * one that fits its format. */
    pinakes_status (*read)(const struct source_text *source, const struct paper_sink *sink, pinakes_error *error);
    pinakes_status (*read_stream)(struct stream *stream, const struct paper_sink *sink, pinakes_error *error);
};

extern const struct reader reader_notes;    /* notes_reader.c: loose notes */
extern const struct reader reader_markdown; /* markdown_reader.c */
extern const struct reader reader_org;      /* org_reader.c: Org, as Emacs has it */
extern const struct reader reader_jsonl;    /* jsonl_reader.c: one JSON object a line */

extern const struct reader reader_bibtex;   /* bibtex_reader.c: BibTeX and BibLaTeX */
extern const struct reader reader_ris;      /* ris_reader.c */
extern const struct reader reader_medline;  /* medline_reader.c: as PubMed saves it */
extern const struct reader reader_refer;    /* refer_reader.c: Refer, as EndNote imports it */
extern const struct reader reader_wos;      /* wos_reader.c: Web of Science, tagged */
extern const struct reader reader_csl_json; /* csl_json_reader.c: an array of JSON objects */
extern const struct reader reader_csv;      /* csv_reader.c: a table, a paper a row */
extern const struct reader reader_pdf;      /* pdf_reader.c: with pdftotext; for whom wants that */
extern const struct reader reader_acl;      /* acl_reader.c: the ACL Anthology's XML */

/* The reader with that name, or NULL. */
const struct reader *reader_named(const char *name);

/* The reader of whole sources that claims `source` the most, or NULL when none does. */
const struct reader *reader_for(const struct source_text *source);

/* The same of the readers of streams, by the beginning of the source: to be asked first. */
const struct reader *reader_for_beginning(const struct source_text *head);

/* The names of all readers, for messages: "notes, markdown, ...". */
const char *reader_names(void);

#endif
