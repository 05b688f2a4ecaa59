/* What must hold of every paper a reader of streams gives, whatever it read. */
#ifndef TESTS_FUZZ_STREAM_CHECKS_H
#define TESTS_FUZZ_STREAM_CHECKS_H

#include "reader_checks.h"

static inline void check_text(struct span text)
{
    check(text.len == 0 || text.at != NULL);
    check(is_utf8((const uint8_t *)text.at, text.len));
    check(text.len == 0 || memchr(text.at, '\0', text.len) == NULL);
}

static inline pinakes_status check_record(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    uint32_t *most_lines = context;
    check_record_head(paper, FIRST_PRINT);
    check(paper->line >= 1 && paper->line <= *most_lines);
    const struct span texts[] = {paper->id, paper->title, paper->venue, paper->url};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_text(texts[i]);
    for (size_t i = 0; i < paper->author_count; i++)
        check_text(paper->authors[i]);
    for (size_t i = 0; i < paper->tag_count; i++)
        check_text(paper->tags[i]);
    for (size_t i = 0; i < paper->passage_count; i++) {
        const struct passage *passage = &paper->passages[i];
        check(passage->text.len > 0 && passage->text.len == passage->words.len && passage->field < FIELD_COUNT);
        check(passage->line >= 1 && passage->line <= *most_lines);
        check_text(passage->text);
        check_text(passage->words);
    }
    return PINAKES_OK;
}

static inline pinakes_status check_fault(void *context, uint32_t line, const char *message, pinakes_error *error)
{
    (void)error;
    const uint32_t *most_lines = context;
    check(line >= 1 && line <= *most_lines && message[0] != '\0');
    return PINAKES_OK;
}

/* Gives `data` to the reader, in memory exactly as long, so that reading past the end is seen. */
static inline void check_stream_reader(const struct reader *reader, const uint8_t *data, size_t size)
{
    char *copy = malloc(size + (size == 0));
    if (copy == NULL)
        return;
    if (size > 0)
        memcpy(copy, data, size);
    const struct source_text head = {"fuzz", {copy, size}};
    const int claim = reader->claims(&head);
    check(claim >= 0 && claim <= 100);
    uint32_t most_lines = 1;
    struct stream *stream = stream_over(head.text);
    const struct span text = stream_peek(stream, SIZE_MAX); /* packed data has other lines than its own */
    for (size_t i = 0; i < text.len; i++)
        most_lines += text.at[i] == '\n';
    if (reader == &reader_pdf)
        most_lines = UINT32_MAX; /* its lines are pages, of which a damaged file may count many */
    const struct paper_sink sink = {.context = &most_lines, .paper = check_record, .fault = check_fault};
    (void)reader->read_stream(stream, &sink, NULL);
    stream_close(stream);
    free(copy);
}

#endif
