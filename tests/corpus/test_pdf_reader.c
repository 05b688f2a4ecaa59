/* The reader of PDF: what it takes for the title, and what it keeps. */
#include "dump.h"

#include <unistd.h>

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/pdf"

static void skip_without_pdftotext(void)
{
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        print_message("skipped: pdftotext is not there\n");
        skip();
    }
}

static void papers_of_every_layout_are_read_and_what_is_none_is_named(void **state)
{
    (void)state;
    skip_without_pdftotext();
    check_sources(&reader_pdf, FOLDER, ".pdf", 10);
}

static pinakes_status take_title(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    buffer_format(context, "%.*s|%.*s|%d|%s", SPAN_ARGS(paper->title), SPAN_ARGS(paper->venue), paper->year,
                  paper->rule);
    return PINAKES_OK;
}

static void names_of_file_and_folder_tell_what_the_page_does_not(void **state)
{
    (void)state;
    skip_without_pdftotext();
    struct buffer source = {0}, found = {0};
    assert_true(record_load(FOLDER "/no_letters.pdf", &source));
    buffer_add_text(&found, "");
    const struct paper_sink sink = {
        .context = &found, .source = "osdi-2022/Oasis: Pooling Devices Over CXL.pdf", .paper = take_title};
    struct stream *stream = stream_over((struct span){source.at, source.len});
    assert_int_equal(reader_pdf.read_stream(stream, &sink, NULL), PINAKES_OK);
    assert_string_equal(found.at, "Oasis: Pooling Devices Over CXL|OSDI|2022|the file's name");
    stream_close(stream);
    buffer_free(&source);
    buffer_free(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_of_every_layout_are_read_and_what_is_none_is_named),
        cmocka_unit_test(names_of_file_and_folder_tell_what_the_page_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
