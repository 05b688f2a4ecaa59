/* What must hold of every paper a reader gives, whatever it read. */
#ifndef TESTS_FUZZ_READER_CHECKS_H
#define TESTS_FUZZ_READER_CHECKS_H

#include "corpus/reader.h"

#include <stdlib.h>
#include <utf8proc.h>

static inline void check(bool holds)
{
    if (!holds)
        abort();
}

/* Fields and entries tell of old prints, those in a page of Markdown or Org too; loose notes tell of papers. */
enum { FIRST_PRINT = 1450, FIRST_OF_NOTES = 1900 };

/* What every record has, and no year before the first that its reader tells. */
static inline void check_record_head(const struct paper *paper, int first_year)
{
    check(paper->title.len > 0 && paper->rule != NULL && (paper->year == 0 || paper->year >= first_year));
}

/* A reader is given valid UTF-8 only. */
static inline bool is_utf8(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size;) {
        utf8proc_int32_t point;
        const utf8proc_ssize_t len = utf8proc_iterate(data + i, (utf8proc_ssize_t)(size - i), &point);
        if (len <= 0)
            return false;
        i += (size_t)len;
    }
    return true;
}

/* The lines of a source, counted as passages come: they are nearly in order. */
struct checked_source {
    struct span text;
    size_t counted_to;
    uint32_t line;
    int first_year;        /* that the reader tells */
    bool title_is_passage; /* a title always stands in the source, so one passage is it */
};

static inline uint32_t line_of(struct checked_source *source, const char *at)
{
    const size_t offset = (size_t)(at - source->text.at);
    if (offset < source->counted_to) {
        source->counted_to = 0;
        source->line = 1;
    }
    for (; source->counted_to < offset; source->counted_to++)
        source->line += source->text.at[source->counted_to] == '\n';
    return source->line;
}

/* Every passage stands in the source at the line it names; its words are its text, blanked here and there. */
static inline pinakes_status check_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    struct checked_source *source = context;
    const struct span text = source->text;
    size_t titles = 0;
    check_record_head(paper, source->first_year);
    check(is_utf8((const uint8_t *)paper->title.at, paper->title.len));
    for (size_t i = 0; i < paper->passage_count; i++) {
        const struct passage *passage = &paper->passages[i];
        check(passage->text.len > 0 && passage->text.len == passage->words.len && passage->field < FIELD_COUNT);
        check(passage->text.at >= text.at && passage->text.at + passage->text.len <= text.at + text.len);
        check(passage->line == line_of(source, passage->text.at));
        for (size_t j = 0; j < passage->text.len; j++)
            check(passage->words.at[j] == passage->text.at[j] || passage->words.at[j] == ' ');
        titles += passage->field == FIELD_TITLE && passage->line == paper->line;
    }
    check(titles == 1 || !source->title_is_passage);
    return PINAKES_OK;
}

/* Gives `data` to the reader as the source `name`, of whose papers its owner says so much, in memory exactly as long,
 * so that reading past the end is seen. */
static inline void check_told_reader(const struct reader *reader, const char *name, const uint8_t *data, size_t size,
                                     bool title_is_passage, struct papers_told told)
{
    char *copy = malloc(size + (size == 0));
    if (copy == NULL)
        return;
    if (size > 0)
        memcpy(copy, data, size);
    const int first_year = reader == &reader_notes ? FIRST_OF_NOTES : FIRST_PRINT;
    struct checked_source checked = {{copy, size}, 0, 1, first_year, title_is_passage};
    const struct source_text source = {name, checked.text};
    const struct paper_sink sink = {.context = &checked, .told = told, .paper = check_paper};
    const int claim = reader->claims(&source);
    check(claim >= 0 && claim <= 100);
    (void)reader->read(&source, &sink, NULL);
    free(copy);
}

static inline void check_reader(const struct reader *reader, const char *name, const uint8_t *data, size_t size,
                                bool title_is_passage)
{
    check_told_reader(reader, name, data, size, title_is_passage, (struct papers_told){.unit = UNIT_UNTOLD});
}

#endif
