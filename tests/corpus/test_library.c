/* The bundled library: what anyone sees who tries the program for the first time. */
#include "record.h"

#include "corpus/load.h"
#include "corpus/walk.h"
#include "indexer/analyzer.h"
#include "query/topics.h"

#include <string.h>

#define FOLDER PINAKES_SOURCE_DIR "/corpus/library"

struct shelf {
    size_t papers, with_venue_and_year, with_notes;
    struct buffer titles;
    struct span source;
};

static pinakes_status count_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    struct shelf *shelf = context;
    shelf->papers++;
    shelf->with_venue_and_year += span_is(paper->venue, "SOSP") && paper->year >= 2021 && paper->year <= 2025;
    record_line(&shelf->titles, paper->title);
    size_t notes = 0;
    for (size_t i = 0; i < paper->passage_count; i++) {
        record_check_passage(shelf->source, &paper->passages[i]);
        notes += paper->passages[i].field == FIELD_NOTE || paper->passages[i].field == FIELD_QA;
    }
    shelf->with_notes += notes > 0;
    return PINAKES_OK;
}

static void fail_on_notice(void *context, uint32_t line, const char *message)
{
    (void)context;
    fail_msg("line %u: %s", (unsigned)line, message);
}

static void read_source(const struct walk_file *file, struct shelf *shelf)
{
    struct loaded loaded;
    pinakes_error error;
    assert_int_equal(load_file(file->path, &loaded, &error), PINAKES_OK);
    assert_int_equal(loaded.outcome, LOAD_TEXT);
    const struct source_text source = {file->name, loaded.text};
    const struct reader *reader = reader_for(&source);
    const struct paper_sink sink = {.context = shelf, .paper = count_paper, .notice = fail_on_notice};
    shelf->source = loaded.text;
    if (reader != NULL)
        assert_int_equal(reader->read(&source, &sink, &error), PINAKES_OK);
    loaded_free(&loaded);
}

static struct shelf read_library(void)
{
    struct shelf shelf = {0};
    struct arena arena = {0};
    struct walk_list list;
    pinakes_error error;
    const char *const paths[] = {FOLDER};
    buffer_add_text(&shelf.titles, "");
    assert_int_equal(walk_paths(&arena, paths, 1, NULL, NULL, NULL, &list, &error), PINAKES_OK);
    for (size_t i = 0; i < list.file_count; i++)
        read_source(&list.files[i], &shelf);
    arena_free(&arena);
    return shelf;
}

static void it_holds_45_papers_each_with_venue_and_year(void **state)
{
    (void)state;
    struct shelf shelf = read_library();
    assert_int_equal(shelf.papers, 45);
    assert_int_equal(shelf.with_venue_and_year, 45);
    assert_int_equal(shelf.with_notes, 38); /* of seven, only the title was written down */
    buffer_free(&shelf.titles);
}

static void no_paper_stands_there_twice(void **state)
{
    (void)state;
    struct shelf shelf = read_library();
    for (const char *title = shelf.titles.at; *title != '\0'; title = strchr(title, '\n') + 1) {
        struct buffer row = {0};
        const char *end = strchr(title, '\n') + 1;
        buffer_add_byte(&row, '\n');
        buffer_add(&row, (struct span){title, (size_t)(end - title)});
        assert_null(strstr(end - 1, row.at));
        buffer_free(&row);
    }
    buffer_free(&shelf.titles);
}

static void it_shows_every_way_of_writing_notes(void **state)
{
    (void)state;
    static const char *const ways[][2] = {{FOLDER "/sosp-2025.txt", "notes"}, {FOLDER "/llm.md", "markdown"}};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct buffer text = {0};
        assert_true(record_load(ways[i][0], &text));
        const struct source_text source = {ways[i][0], {text.at, text.len}};
        assert_string_equal(reader_for(&source)->name, ways[i][1]);
        buffer_free(&text);
    }
}

static void its_topics_are_read_and_are_the_ones_built_in(void **state)
{
    (void)state;
    static const char *const names[] = {"gpu-sharing", "far-memory", "serverless", "llm-serving", "verification"};
    struct buffer text = {0};
    struct arena arena = {0};
    struct analyzer *analyzer = NULL;
    struct topic_set topics;
    pinakes_error error;
    assert_true(record_load(FOLDER "/topics.ini", &text));
    assert_string_equal(text.at, topics_builtin);
    assert_int_equal(analyzer_create(&analyzer, &error), PINAKES_OK);
    assert_int_equal(topics_parse(&arena, analyzer, "topics.ini", (struct span){text.at, text.len}, &topics, &error),
                     PINAKES_OK);
    assert_int_equal(topics.topic_count, 5);
    for (size_t i = 0; i < topics.topic_count; i++) {
        assert_true(span_is(topics.topics[i].name, names[i]));
        assert_true(topics.topics[i].rule_count > 0);
    }
    analyzer_free(analyzer);
    arena_free(&arena);
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_holds_45_papers_each_with_venue_and_year),
        cmocka_unit_test(no_paper_stands_there_twice),
        cmocka_unit_test(it_shows_every_way_of_writing_notes),
        cmocka_unit_test(its_topics_are_read_and_are_the_ones_built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
