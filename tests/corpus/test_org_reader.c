/* The reader of Org: what it takes for papers, and what it keeps of them. */
#include "record.h"

#include <string.h>

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/org"

/* Titles, then people, links and tags, then passages. */
static void dump_of(const char *name, struct span text, struct buffer *out)
{
    struct record record;
    record_read(&reader_org, name, text, &record);
    buffer_format(out, "%s---\n%s---\n%s", record.titles.at, record.people.at, record.passages.at);
    record_free(&record);
}

static bool check_file(const char *name)
{
    char path[4096];
    struct buffer source = {0}, expected = {0}, found = {0};
    (void)snprintf(path, sizeof path, "%s/%s", FOLDER, name);
    assert_true(record_load(path, &source));
    (void)snprintf(path, sizeof path, "%s/%s.expected", FOLDER, name);
    assert_true(record_load(path, &expected));
    const struct source_text text = {name, {source.at, source.len}};
    assert_ptr_equal(reader_for(&text), &reader_org);
    dump_of(name, text.text, &found);
    const bool holds = strcmp(found.at, expected.at) == 0;
    if (!holds)
        (void)fprintf(stderr, "%s/%s:\nfound\n%sexpected\n%s", FOLDER, name, found.at, expected.at);
    buffer_free(&source);
    buffer_free(&expected);
    buffer_free(&found);
    return holds;
}

static void notes_of_every_habit_are_read_as_their_papers(void **state)
{
    (void)state;
    DIR *folder = opendir(FOLDER);
    size_t files = 0, failed = 0;
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const size_t len = strlen(entry->d_name);
        if (len < 4 || strcmp(entry->d_name + len - 4, ".org") != 0)
            continue;
        failed += !check_file(entry->d_name);
        files++;
    }
    (void)closedir(folder);
    assert_int_equal(failed, 0);
    assert_true(files >= 10);
}

static void assert_titles(const char *name, const char *text, const char *expected)
{
    struct record record;
    record_read(&reader_org, name, span_of(text), &record);
    assert_string_equal(record.titles.at, expected);
    record_free(&record);
}

static void folders_and_names_tell_venue_and_year(void **state)
{
    (void)state;
    assert_titles("osdi-2022/Oasis.org", "#+title: Oasis: Pooling Devices Over CXL\n\nIt pools.\n",
                  "1\t2022\tOSDI\tOasis: Pooling Devices Over CXL\n");
}

static void what_does_not_end_ends_with_the_next_heading(void **state)
{
    (void)state;
    assert_titles("a.org",
                  "#+title: Reading\n* One Kernel for Every Core\n:PROPERTIES:\n:YEAR: 2020\n"
                  "* Two Kernels for Every Core\n#+begin_src c\nint x;\n* Three Kernels for Every Core\nThey agree.\n",
                  "2\t0\t\tOne Kernel for Every Core\n5\t0\t\tTwo Kernels for Every Core\n"
                  "8\t0\t\tThree Kernels for Every Core\n");
}

static pinakes_status add_id(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    buffer_format(context, "%.*s\n", SPAN_ARGS(paper->id));
    return PINAKES_OK;
}

static void a_citation_key_is_the_paper_s_however_it_is_written(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "#+roam_key: cite:doe2020\n#+title: One Kernel a Core\n",
        ":PROPERTIES:\n:ROAM_REFS: [cite:@doe2020] https://a.org\n:END:\n#+title: One Kernel a Core\n",
        "#+ROAM_BIBKEYS: cite:doe2020\n#+title: One Kernel a Core\n",
        ":PROPERTIES:\n:ROAM_REFS: https://a.org @doe2020\n:END:\n#+title: One Kernel a Core\n",
        "* One Kernel a Core\n:PROPERTIES:\n:YEAR: 2020\n:CUSTOM_ID: doe2020\n:END:\nA note on the paper.\n",
        "* One Kernel a Core\n[[cite:&doe2020][Doe 2020]]\nA note on the paper.\n",
        "* [[file:doe.pdf][doe2020]]: One Kernel a Core\nA note on the paper.\n",
    };
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        struct buffer ids = {0};
        const struct source_text source = {"a.org", span_of(sources[i])};
        const struct paper_sink sink = {.context = &ids, .paper = add_id};
        buffer_add_text(&ids, "");
        assert_int_equal(reader_org.read(&source, &sink, NULL), PINAKES_OK);
        assert_string_equal(ids.at, "doe2020\n");
        buffer_free(&ids);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_of_every_habit_are_read_as_their_papers),
        cmocka_unit_test(folders_and_names_tell_venue_and_year),
        cmocka_unit_test(what_does_not_end_ends_with_the_next_heading),
        cmocka_unit_test(a_citation_key_is_the_paper_s_however_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
