/* Archives: which files are in them, and what is in those. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "corpus/archive.h"
#include "corpus/walk.h"

#include <string.h>

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/archives"

static void add_notice(void *context, const char *file, uint32_t line, const char *message)
{
    (void)line;
    buffer_format(context, "%s: %s\n", file, message);
}

/* The names of the files below `path`, as they are shown, then the notices. */
static void assert_walked(const char *path, const char *expected)
{
    struct arena arena = {0};
    struct walk_list list;
    struct buffer names = {0}, notices = {0};
    buffer_add_text(&notices, "");
    const pinakes_status status = walk_paths(&arena, &path, 1, add_notice, NULL, &notices, &list, NULL);
    assert_int_equal(status, PINAKES_OK);
    for (size_t i = 0; i < list.file_count; i++) {
        buffer_format(&names, "%s\n", list.files[i].name);
        assert_string_equal(list.files[i].archive, path);
        assert_true(strncmp(list.files[i].path, path, strlen(path)) == 0);
    }
    buffer_add(&names, (struct span){notices.at, notices.len});
    assert_string_equal(names.at, expected);
    buffer_free(&names);
    buffer_free(&notices);
    arena_free(&arena);
}

static void an_archive_stands_for_the_files_in_it(void **state)
{
    (void)state;
    assert_walked(FOLDER "/vault.zip",
                  "vault.zip/vault/OSDI 2022/Oasis.md\nvault.zip/vault/\u8bba\u6587/\u7f13\u5b58.md\n"
                  "vault.zip/vault/refs.bib\nvault.zip/vault/empty.md\n");
}

static void the_last_file_of_a_name_counts_and_links_do_not(void **state)
{
    (void)state;
    assert_walked(FOLDER "/notes.tar.xz",
                  "notes.tar.xz/vault/OSDI 2022/Oasis.md\nnotes.tar.xz/vault/\u8bba\u6587/\u7f13\u5b58.md\n"
                  "notes.tar.xz/vault/empty.md\nnotes.tar.xz/vault/refs.bib\n");
}

static void a_damaged_archive_is_named(void **state)
{
    (void)state;
    assert_walked(FOLDER "/cut.tar.gz", "cut.tar.gz: cannot be read: truncated gzip input\n");
}

static void assert_member(struct archive_cursor *cursor, uint32_t index, const char *expected)
{
    struct stream *stream = archive_cursor_open(cursor, FOLDER "/notes.tar.xz", index);
    assert_non_null(stream);
    const struct span text = stream_peek(stream, SIZE_MAX);
    assert_int_equal(stream_state(stream), STREAM_GOOD);
    assert_true(span_is(text, expected));
    stream_close(stream);
}

static void members_are_read_in_any_order(void **state)
{
    (void)state;
    struct archive_cursor cursor = {0};
    assert_member(&cursor, 4, "@misc{a, title={Trees of Logs}}\n@misc{b, title={Logs of Trees}}\n");
    assert_member(&cursor, 7, "@misc{c, title={Later Trees}}\n");
    assert_member(&cursor, 0, "# Oasis: Pooling Devices Over CXL\n\nThe paper pools devices.\n");
    assert_member(&cursor, 0, "# Oasis: Pooling Devices Over CXL\n\nThe paper pools devices.\n");
    struct stream *stream = archive_cursor_open(&cursor, FOLDER "/notes.tar.xz", 99);
    assert_int_equal(stream_state(stream), STREAM_DAMAGED);
    stream_close(stream);
    stream = archive_cursor_open(&cursor, FOLDER "/nothing-there.tar", 0);
    assert_int_equal(stream_state(stream), STREAM_DAMAGED);
    stream_close(stream);
    archive_cursor_close(&cursor);
}

static void archives_are_known_by_their_names(void **state)
{
    (void)state;
    assert_true(archive_is_named("a.zip") && archive_is_named("/x/Notes.TAR.GZ") && archive_is_named("b.txz"));
    assert_false(archive_is_named(".zip") || archive_is_named("notes.md.gz") || archive_is_named("a.docx"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_stands_for_the_files_in_it),
        cmocka_unit_test(the_last_file_of_a_name_counts_and_links_do_not),
        cmocka_unit_test(a_damaged_archive_is_named),
        cmocka_unit_test(members_are_read_in_any_order),
        cmocka_unit_test(archives_are_known_by_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
