/* The Markdown reader: what it takes for papers, and what it keeps of them. */
#include "record.h"

#include <string.h>

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/markdown"

static void read_text(const char *name, const char *text, struct record *record)
{
    record_read(&reader_markdown, name, span_of(text), record);
}

static void assert_titles(const char *name, const char *text, const char *expected)
{
    struct record record;
    read_text(name, text, &record);
    assert_string_equal(record.titles.at, expected);
    record_free(&record);
}

static void assert_passages(const char *name, const char *text, const char *expected)
{
    struct record record;
    read_text(name, text, &record);
    assert_string_equal(record.passages.at, expected);
    record_free(&record);
}

static void assert_people(const char *name, const char *text, const char *expected)
{
    struct record record;
    read_text(name, text, &record);
    assert_string_equal(record.people.at, expected);
    record_free(&record);
}

/* ---- files ----------------------------------------------------------------------------------------------- */

struct tally {
    size_t files, failed;
};

/* Compares one page with the titles listed beside it; an empty list means it holds no paper. */
static void check_fixture(const char *path, struct tally *tally)
{
    char list_path[4096];
    struct buffer page = {0}, list = {0};
    struct record record;
    assert_true(record_load(path, &page));
    (void)snprintf(list_path, sizeof list_path, "%.*s.tsv", (int)(strlen(path) - 3), path);
    assert_true(record_load(list_path, &list));
    const char *name = path + sizeof FOLDER;
    record_read(&reader_markdown, name, (struct span){page.at, page.len}, &record);
    const char *expected = strchr(list.at, '\n') + 1; /* below the names of the columns */
    tally->files++;
    if (strcmp(record.titles.at, expected) != 0) {
        print_error("%s:\nfound\n%sexpected\n%s", name, record.titles.at, expected);
        tally->failed++;
    }
    record_free(&record);
    buffer_free(&page);
    buffer_free(&list);
}

static void check_folder(const char *path, struct tally *tally)
{
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char below[4096];
        const size_t len = strlen(entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (entry->d_type == DT_DIR)
            check_folder(below, tally);
        else if (len > 3 && strcmp(entry->d_name + len - 3, ".md") == 0)
            check_fixture(below, tally);
    }
    (void)closedir(folder);
}

static void every_way_of_keeping_notes_gives_its_papers_and_other_pages_give_none(void **state)
{
    (void)state;
    struct tally tally = {0};
    check_folder(FOLDER, &tally);
    assert_int_equal(tally.failed, 0);
    assert_true(tally.files > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_keeping_notes_gives_its_papers_and_other_pages_give_none),
    };
    (void)assert_titles;
    (void)assert_passages;
    (void)assert_people;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
