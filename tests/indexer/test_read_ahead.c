#include "indexer/read_ahead.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { RECORDS = 3000, STOPS_AT = 1234 };

/* JSON Lines; every hundredth line is none, every seventh paper has no abstract. */
static struct span records(void)
{
    struct buffer text = {0};
    for (int i = 1; i <= RECORDS; i++) {
        if (i % 100 == 0)
            buffer_add_text(&text, "no record\n");
        else if (i % 7 == 0)
            buffer_format(&text, "{\"title\":\"Bare %d\",\"year\":%d}\n", i, 1990 + i % 30);
        else
            buffer_format(&text,
                          "{\"id\":\"p%d\",\"title\":\"Paper %d\",\"abstract\":\"Caches of \\\"%d\\\" devices\","
                          "\"authors\":[\"Ann %d\",\"Bo\"],\"keywords\":[\"cxl\"]}\n",
                          i, i, i, i);
    }
    assert_false(text.failed);
    return (struct span){text.at, text.len};
}

/* Everything that was met, one line each. */
struct account {
    struct buffer lines;
    uint32_t stops_at; /* the line a paper of which is refused; 0: none */
};

static pinakes_status take(void *context, const struct paper *paper, pinakes_error *error)
{
    struct account *account = context;
    buffer_format(&account->lines, "%u %016llx %.*s\n", (unsigned)paper->line, (unsigned long long)paper_hash(paper),
                  SPAN_ARGS(paper->title));
    return paper->line == account->stops_at ? error_set(error, PINAKES_BUSY, "enough") : PINAKES_OK;
}

static pinakes_status take_drafted(void *context, const struct paper *paper, const struct paper_draft *draft,
                                   uint64_t bytes, pinakes_error *error)
{
    assert_true(bytes > 0);
    assert_true(draft->hash == paper_hash(paper));
    assert_true(span_equal(paper_draft_text(draft, FIELD_TITLE), paper->title));
    assert_true(draft->size.words >= 2);
    return take(context, paper, error);
}

static pinakes_status fault(void *context, uint32_t line, const char *message, pinakes_error *error)
{
    struct account *account = context;
    (void)error;
    buffer_format(&account->lines, "%u: %s\n", (unsigned)line, message);
    return PINAKES_OK;
}

static void notice(void *context, uint32_t line, const char *message)
{
    (void)fault(context, line, message, NULL);
}

static pinakes_status read_through(struct span text, struct account *account, bool ahead, pinakes_error *error)
{
    struct stream *stream = stream_over(text);
    assert_non_null(stream);
    const struct paper_sink sink = {.context = account, .paper = take, .notice = notice, .fault = fault};
    const struct ahead_source source = {.reader = &reader_jsonl, .stream = stream, .name = "x.jsonl", .below = {"", 0}};
    const struct ahead_sink far_sink = {.context = account, .paper = take_drafted, .notice = notice, .fault = fault};
    const pinakes_status status =
        ahead ? read_ahead(&source, &far_sink, error) : reader_jsonl.read_stream(stream, &sink, error);
    stream_close(stream);
    return status;
}

static void assert_read_alike(uint32_t stops_at, pinakes_status expected)
{
    const struct span text = records();
    struct account here = {.stops_at = stops_at}, ahead = {.stops_at = stops_at};
    pinakes_error error;
    assert_int_equal(read_through(text, &here, false, &error), expected);
    assert_int_equal(read_through(text, &ahead, true, &error), expected);
    if (expected != PINAKES_OK)
        assert_string_equal(error.message, "enough");
    assert_string_equal(ahead.lines.at, here.lines.at);
    buffer_free(&here.lines);
    buffer_free(&ahead.lines);
    free((char *)(uintptr_t)text.at);
}

static void papers_and_faults_come_in_the_order_of_the_stream(void **state)
{
    (void)state;
    assert_read_alike(0, PINAKES_OK);
}

static void a_paper_that_is_refused_stops_the_reading_there(void **state)
{
    (void)state;
    assert_read_alike(STOPS_AT, PINAKES_BUSY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_and_faults_come_in_the_order_of_the_stream),
        cmocka_unit_test(a_paper_that_is_refused_stops_the_reading_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
