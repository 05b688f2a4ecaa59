/* What a reader of streams gives for a source, written down for comparing, and a check of whole folders of sources. */
#ifndef TESTS_CORPUS_DUMP_H
#define TESTS_CORPUS_DUMP_H

#include "record.h"

#include <string.h>

/* Paper after paper: "line key year venue | title", then indented its authors, address, tags and passages; then the
 * faults. */
struct dump {
    struct buffer text, faults; /* notices stand among the faults */
    size_t papers, fault_count;
    bool stops; /* at the first fault */
};

static inline void dump_list(struct buffer *buffer, const char *name, const struct span *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_format(buffer, "%s%.*s", i == 0 ? name : "; ", SPAN_ARGS(person_name(items[i])));
    if (count > 0)
        buffer_add_byte(buffer, '\n');
}

/* Passages hold no empty line, and no control characters but line breaks and tabs. */
static inline void dump_check_passage(const struct passage *passage)
{
    assert_true(passage->text.len > 0 && passage->line > 0);
    assert_true(passage->words.at == passage->text.at && passage->words.len == passage->text.len);
    for (size_t i = 0; i < passage->text.len; i++) {
        const unsigned char c = (unsigned char)passage->text.at[i];
        assert_true((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t');
    }
}

static inline pinakes_status dump_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    struct dump *dump = context;
    dump->papers++;
    buffer_format(&dump->text, "%u %.*s %d %.*s | ", (unsigned)paper->line, SPAN_ARGS(paper->id), paper->year,
                  SPAN_ARGS(paper->venue));
    record_line(&dump->text, paper->title);
    dump_list(&dump->text, "  by ", paper->authors, paper->author_count);
    if (paper->url.len > 0)
        buffer_format(&dump->text, "  at %.*s\n", SPAN_ARGS(paper->url));
    dump_list(&dump->text, "  on ", paper->tags, paper->tag_count);
    assert_true(paper->rule != NULL && paper->rule[0] != '\0');
    for (size_t i = 0; i < paper->passage_count; i++) {
        const struct passage *passage = &paper->passages[i];
        dump_check_passage(passage);
        buffer_format(&dump->text, "  %u %s: ", (unsigned)passage->line, field_name(passage->field));
        for (size_t at = 0; at < passage->text.len; at++)
            buffer_add_byte(&dump->text, passage->text.at[at] == '\n' ? '/' : passage->text.at[at]);
        buffer_add_byte(&dump->text, '\n');
    }
    return PINAKES_OK;
}

static inline pinakes_status dump_fault(void *context, uint32_t line, const char *message, pinakes_error *error)
{
    struct dump *dump = context;
    dump->fault_count++;
    buffer_format(&dump->faults, "%u! %s\n", (unsigned)line, message);
    if (!dump->stops)
        return PINAKES_OK;
    error->status = PINAKES_BAD_INPUT;
    return PINAKES_BAD_INPUT;
}

static inline void dump_notice(void *context, uint32_t line, const char *message)
{
    struct dump *dump = context;
    buffer_format(&dump->faults, "%u: %s\n", (unsigned)line, message);
}

/* Reads the bytes; dump_free() when done. */
static inline pinakes_status dump_read(const struct reader *reader, struct span bytes, bool stops, struct dump *dump)
{
    *dump = (struct dump){.stops = stops};
    const struct paper_sink sink = {.context = dump, .paper = dump_paper, .notice = dump_notice, .fault = dump_fault};
    struct stream *stream = stream_over(bytes);
    pinakes_error error;
    assert_non_null(stream);
    buffer_add_text(&dump->text, "");
    buffer_add_text(&dump->faults, "");
    const pinakes_status status = reader->read_stream(stream, &sink, &error);
    assert_int_equal(stream_state(stream), STREAM_GOOD);
    stream_close(stream);
    return status;
}

static inline void dump_free(struct dump *dump)
{
    buffer_free(&dump->text);
    buffer_free(&dump->faults);
}

static inline void assert_dump(const struct reader *reader, const char *source, const char *expected)
{
    struct dump dump;
    assert_int_equal(dump_read(reader, span_of(source), false, &dump), PINAKES_OK);
    buffer_add(&dump.text, (struct span){dump.faults.at, dump.faults.len});
    assert_string_equal(dump.text.at, expected);
    dump_free(&dump);
}

/* The name of the reader that takes a source by its name and its beginning, or "nobody". */
static inline const char *claimed(const char *name, const char *text)
{
    const struct source_text head = {name, span_of(text)};
    const struct reader *reader = reader_for_beginning(&head);
    return reader == NULL ? "nobody" : reader->name;
}

/* The first fault, which is told in words that begin so, ends the reading when the caller wants it to: behind the one
 * paper before it. */
static inline void check_first_fault(const struct reader *reader, const char *source, const char *fault)
{
    struct dump dump;
    assert_int_equal(dump_read(reader, span_of(source), true, &dump), PINAKES_BAD_INPUT);
    assert_int_equal(dump.papers, 1);
    assert_int_equal(dump.fault_count, 1);
    if (strncmp(dump.faults.at, fault, strlen(fault)) != 0)
        fail_msg("the fault is '%s', not '%s'", dump.faults.at, fault);
    dump_free(&dump);
}

/* A record that is too long by what is filled in between is a fault, and the paper "Short" on line 2 behind it is
 * read. */
static inline void check_longest(const struct reader *reader, const char *before, char filling, const char *behind,
                                 const char *fault)
{
    struct buffer source = {0};
    struct dump dump;
    buffer_add_text(&source, before);
    for (size_t i = 0; i < READER_LONGEST_RECORD; i++)
        buffer_add_byte(&source, filling);
    buffer_add_text(&source, behind);
    assert_int_equal(dump_read(reader, (struct span){source.at, source.len}, false, &dump), PINAKES_OK);
    assert_string_equal(dump.text.at, "2  0  | Short\n  2 title: Short\n");
    assert_string_equal(dump.faults.at, fault);
    dump_free(&dump);
    buffer_free(&source);
}

/* Compares one source with what stands in the file of its name and ".expected" behind it. The reader must claim it. */
static inline bool check_source(const struct reader *reader, const char *path)
{
    char expected_path[8192];
    struct buffer bytes = {0}, expected = {0};
    struct dump dump;
    assert_true(record_load(path, &bytes));
    (void)snprintf(expected_path, sizeof expected_path, "%s.expected", path);
    assert_true(record_load(expected_path, &expected));
    const struct source_text head = {path, {bytes.at, bytes.len}};
    bool holds = reader_for_beginning(&head) == reader;
    if (!holds)
        print_error("%s: another reader claims it\n", path);
    assert_int_equal(dump_read(reader, head.text, false, &dump), PINAKES_OK);
    buffer_add(&dump.text, (struct span){dump.faults.at, dump.faults.len});
    if (strcmp(dump.text.at, expected.at) != 0) {
        (void)fprintf(stderr, "%s:\nfound\n%sexpected\n%s", path, dump.text.at, expected.at);
        holds = false;
    }
    dump_free(&dump);
    buffer_free(&bytes);
    buffer_free(&expected);
    return holds;
}

/* Checks all sources of a folder whose names end in `ending`; at least `least` must be there. */
static inline void check_sources(const struct reader *reader, const char *path, const char *ending, size_t least)
{
    DIR *folder = opendir(path);
    size_t sources = 0, failed = 0;
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char below[4096];
        const size_t len = strlen(entry->d_name), ending_len = strlen(ending);
        if (len < ending_len || strcmp(entry->d_name + len - ending_len, ending) != 0)
            continue;
        (void)snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        failed += !check_source(reader, below);
        sources++;
    }
    (void)closedir(folder);
    assert_int_equal(failed, 0);
    assert_true(sources >= least);
}

#endif
