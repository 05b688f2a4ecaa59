/* What a reader gives for a text, written down for comparing. */
#ifndef TESTS_CORPUS_RECORD_H
#define TESTS_CORPUS_RECORD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "corpus/person.h"
#include "corpus/reader.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

/* titles: "line<tab>year<tab>venue<tab>title" a paper; passages: "line field|text"; people: authors, link and tags, one
 * a line; rules: what made each title one; notices: "line: message". */
struct record {
    struct buffer titles, passages, people, rules, notices;
    size_t papers;
    struct span source;
};

static inline void record_line(struct buffer *buffer, struct span text)
{
    buffer_add(buffer, text);
    buffer_add_byte(buffer, '\n');
}

/* A passage is the source's own text at the line it names, and its words are that text with bytes blanked. */
static inline void record_check_passage(struct span source, const struct passage *passage)
{
    assert_true(passage->text.at >= source.at && passage->text.len > 0);
    assert_true(passage->text.at + passage->text.len <= source.at + source.len);
    assert_int_equal(passage->text.len, passage->words.len);
    uint32_t line = 1;
    for (const char *c = source.at; c < passage->text.at; c++)
        line += *c == '\n';
    assert_int_equal(line, passage->line);
    for (size_t i = 0; i < passage->text.len; i++)
        assert_true(passage->words.at[i] == ' ' || passage->words.at[i] == passage->text.at[i]);
}

static inline pinakes_status record_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    struct record *record = context;
    record->papers++;
    buffer_format(&record->titles, "%u\t%d\t%.*s\t", (unsigned)paper->line, paper->year, SPAN_ARGS(paper->venue));
    record_line(&record->titles, paper->title);
    assert_true(paper->rule != NULL && paper->rule[0] != '\0');
    buffer_format(&record->rules, "%s\n", paper->rule);
    for (size_t i = 0; i < paper->passage_count; i++) {
        const struct passage *passage = &paper->passages[i];
        record_check_passage(record->source, passage);
        buffer_format(&record->passages, "%u %s|", (unsigned)passage->line, field_name(passage->field));
        record_line(&record->passages, passage->text);
    }
    for (size_t i = 0; i < paper->author_count; i++)
        record_line(&record->people, person_name(paper->authors[i]));
    if (paper->url.len > 0)
        record_line(&record->people, paper->url);
    for (size_t i = 0; i < paper->tag_count; i++)
        record_line(&record->people, paper->tags[i]);
    return PINAKES_OK;
}

static inline void record_notice(void *context, uint32_t line, const char *message)
{
    struct record *record = context;
    buffer_format(&record->notices, "%u: %s\n", (unsigned)line, message);
}

/* Reads `text` as the source `name`, of whose papers its owner says so much; record_free() when done. */
static inline void record_read_told(const struct reader *reader, const char *name, struct span text,
                                    struct papers_told told, struct record *record)
{
    *record = (struct record){.source = text};
    struct buffer *const buffers[] = {&record->titles, &record->passages, &record->people, &record->rules,
                                      &record->notices};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
        buffer_add_text(buffers[i], "");
    const struct source_text source = {name, text};
    const struct paper_sink sink = {.context = record, .told = told, .paper = record_paper, .notice = record_notice};
    pinakes_error error;
    assert_int_equal(reader->read(&source, &sink, &error), PINAKES_OK);
}

/* The same of a source of which nobody says anything. */
static inline void record_read(const struct reader *reader, const char *name, struct span text, struct record *record)
{
    record_read_told(reader, name, text, (struct papers_told){.unit = UNIT_UNTOLD}, record);
}

static inline void record_free(struct record *record)
{
    buffer_free(&record->titles);
    buffer_free(&record->passages);
    buffer_free(&record->people);
    buffer_free(&record->rules);
    buffer_free(&record->notices);
}

/* The bytes of a file behind what `buffer` holds; false when it cannot be opened. */
static inline bool record_load(const char *path, struct buffer *buffer)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char chunk[4096];
    buffer_add_text(buffer, "");
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buffer_add(buffer, (struct span){chunk, got});
    (void)fclose(file);
    return true;
}

#endif
