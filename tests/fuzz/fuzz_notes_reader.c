/* The loose-notes reader on anything: every passage must stand in the source, at the line it names. */
#include "corpus/reader.h"

#include <stdlib.h>
#include <utf8proc.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A reader is given valid UTF-8 only. */
static bool is_utf8(const uint8_t *data, size_t size)
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

static uint32_t line_of(struct span source, const char *at)
{
    uint32_t line = 1;
    for (const char *c = source.at; c < at; c++)
        line += *c == '\n';
    return line;
}

static void check(bool holds)
{
    if (!holds)
        abort();
}

static pinakes_status check_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    const struct span source = *(const struct span *)context;
    size_t titles = 0;
    check(paper->title.len > 0 && paper->rule != NULL && (paper->year == 0 || paper->year >= 1900));
    for (size_t i = 0; i < paper->passage_count; i++) {
        const struct passage *passage = &paper->passages[i];
        check(passage->text.len > 0 && passage->text.len == passage->words.len && passage->field < FIELD_COUNT);
        check(passage->text.at >= source.at && passage->text.at + passage->text.len <= source.at + source.len);
        check(passage->line == line_of(source, passage->text.at));
        for (size_t j = 0; j < passage->text.len; j++)
            check(passage->words.at[j] == passage->text.at[j] || passage->words.at[j] == ' ');
        titles += passage->field == FIELD_TITLE && passage->line == paper->line;
    }
    check(titles == 1);
    return PINAKES_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!is_utf8(data, size))
        return 0;
    char *copy = malloc(size + (size == 0)); /* exactly as long, so that reading past the end is seen */
    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    struct source_text source = {"notes.txt", {copy, size}};
    const struct paper_sink sink = {&source.text, check_paper, NULL};
    const int claim = reader_notes.claims(&source);
    check(claim >= 0 && claim <= 100);
    (void)reader_notes.read(&source, &sink, NULL);
    free(copy);
    return 0;
}
