/* Formats in which every value stands behind a tag on a line of its own: RIS, MEDLINE, Refer, Web of Science. What
 * differs between them is said in a table; lines, records and fields are read here, as a stream. */
#ifndef CORPUS_TAGGED_H
#define CORPUS_TAGGED_H

#include "corpus/reader.h"
#include "corpus/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value with the lines that continue it, and where it begins. */
struct tagged_value {
    struct span tag, text;
    uint32_t line;
};

enum tagged_field {
    TAGGED_ID,
    TAGGED_KIND,
    TAGGED_TITLE,
    TAGGED_AUTHOR, /* a person a value, "Last, First" unless the row has a way of its own */
    TAGGED_VENUE,
    TAGGED_PUBLISHER, /* the venue of a thesis or a report that names no other */
    TAGGED_YEAR,
    TAGGED_DOI,
    TAGGED_PMID,
    TAGGED_URL,
    TAGGED_KEYWORD,
    TAGGED_ABSTRACT,
    TAGGED_NOTE,
    TAGGED_FIELDS,
};

/* What some tags mean. Of the rows of one field the first counts of which a record has a value, and those that always
 * do. A tag may stand in rows of several fields; what gives the title is no venue. */
struct tagged_row {
    enum tagged_field field;
    const char *tags; /* with a space between them */
    bool always;
    bool a_line_each; /* every line that continues a value is one more */

    /* What a value means, in the arena or part of it; NULL for as it is written. */
    struct span (*mend)(struct record *record, struct span value);

    /* In place of the field's own way; NULL for that. A venue has no other. */
    void (*take)(struct record *record, struct span value);
};

struct tagged_format {
    const char *rule; /* struct paper's */
    const char *name; /* what a file of this format has in its name: ".ris" */

    /* Splits a line into tag and value, spans into it; false for a line that continues the one before. */
    bool (*split)(struct span line, struct span *tag, struct span *value);

    /* Whether a text that begins with this value, `rest` behind its line, is of this format. */
    bool (*opens)(const struct tagged_value *first, struct span rest);

    const char *begin; /* the tag a record begins with */
    const char *ends;  /* those that end one, or stand between two of them; NULL when only the next one ends a record */
    bool begins_at_gaps; /* any tag begins a record that has no `begin`, at first and below an empty line */
    const struct tagged_row *rows;
    size_t row_count;
};

/* For struct reader's members of these names. */
int tagged_claims(const struct tagged_format *format, const struct source_text *source);
pinakes_status tagged_read(const struct tagged_format *format, struct stream *stream, const struct paper_sink *sink,
                           pinakes_error *error);

/* What every format of them ends with: its reader, of the table `format` that stands before it. */
#define TAGGED_READER(called)                                                                                     \
    static int claims(const struct source_text *source)                                                           \
    {                                                                                                             \
        return tagged_claims(&format, source);                                                                    \
    }                                                                                                             \
    static pinakes_status read_stream(struct stream *stream, const struct paper_sink *sink, pinakes_error *error) \
    {                                                                                                             \
        return tagged_read(&format, stream, sink, error);                                                         \
    }                                                                                                             \
    const struct reader reader_##called = {.name = #called, .claims = claims, .read_stream = read_stream}

/* Splits "TI  - Title" and "PMID- 1", whose tags have two letters or digits or up to `most`; some writers leave out a
 * space. */
bool tagged_split_at_dash(struct span line, size_t most, struct span *tag, struct span *value);

/* Takes the next line off the front of `*rest`, without the line feed. */
struct span tagged_next_line(struct span *rest);

#endif
