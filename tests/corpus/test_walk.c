/* Walking: which files lie under the paths a user names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "corpus/walk.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test, and what walking it gave. */
struct scene {
    char folder[64];
    struct arena arena;
    struct walk_list list;
    struct buffer notices;
    size_t asked;
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    if (scene == NULL)
        return -1;
    (void)snprintf(scene->folder, sizeof scene->folder, "/tmp/pinakes-walk-XXXXXX");
    buffer_add_text(&scene->notices, "");
    *state = scene;
    return mkdtemp(scene->folder) == NULL ? -1 : 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    const int result = nftw(scene->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&scene->arena);
    buffer_free(&scene->notices);
    free(scene);
    return result;
}

static const char *below(struct scene *scene, const char *name)
{
    return arena_format(&scene->arena, "%s/%s", scene->folder, name);
}

static void make_folder(struct scene *scene, const char *name)
{
    assert_int_equal(mkdir(below(scene, name), 0755), 0);
}

static void make_file(struct scene *scene, const char *name, const char *text)
{
    FILE *file = fopen(below(scene, name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void keep_notice(void *context, const char *file, uint32_t line, const char *message)
{
    struct scene *scene = context;
    buffer_format(&scene->notices, "%s:%u: %s\n", file, (unsigned)line, message);
}

static bool stop_soon(void *context)
{
    struct scene *scene = context;
    scene->asked++;
    return false;
}

static void walk(struct scene *scene, const char *const *paths, size_t count)
{
    pinakes_error error;
    assert_int_equal(walk_paths(&scene->arena, paths, count, keep_notice, NULL, scene, &scene->list, &error),
                     PINAKES_OK);
}

/* Walks the scene's folder and compares the names found, one a line. */
static void assert_names(struct scene *scene, const char *expected)
{
    const char *const paths[] = {scene->folder};
    struct buffer names = {0};
    buffer_add_text(&names, "");
    walk(scene, paths, 1);
    for (size_t i = 0; i < scene->list.file_count; i++)
        buffer_format(&names, "%s\n", scene->list.files[i].name);
    assert_string_equal(names.at, expected);
    buffer_free(&names);
}

static void files_of_all_folders_are_listed_in_the_order_of_their_names(void **state)
{
    struct scene *scene = *state;
    make_folder(scene, "b");
    make_folder(scene, "b/deep");
    make_file(scene, "b/deep/z.md", "");
    make_file(scene, "b/a.txt", "");
    make_file(scene, "c.txt", "");
    make_file(scene, "a.txt", "");
    make_file(scene, "a name with spaces.md", "");
    assert_names(scene, "a name with spaces.md\na.txt\nb/a.txt\nb/deep/z.md\nc.txt\n");
    assert_false(scene->list.files[0].is_explicit);
}

static void hidden_names_and_folders_of_tools_are_passed_over(void **state)
{
    struct scene *scene = *state;
    make_folder(scene, ".git");
    make_file(scene, ".git/config.txt", "");
    make_folder(scene, "node_modules");
    make_file(scene, "node_modules/readme.md", "");
    make_file(scene, ".hidden.txt", "");
    make_file(scene, "notes.txt", "");
    assert_names(scene, "notes.txt\n");
}

static void what_editors_leave_beside_a_file_is_passed_over(void **state)
{
    struct scene *scene = *state;
    make_file(scene, "notes.txt", "");
    make_file(scene, "notes.txt~", "");
    make_file(scene, "#notes.txt#", "");
    make_file(scene, "~$notes.txt", "");
    make_file(scene, "#1 of my notes.txt", "");
    assert_names(scene, "#1 of my notes.txt\nnotes.txt\n");
}

static void a_hidden_folder_the_user_names_is_walked(void **state)
{
    struct scene *scene = *state;
    make_folder(scene, ".vault");
    make_file(scene, ".vault/notes.md", "");
    const char *const paths[] = {below(scene, ".vault")};
    walk(scene, paths, 1);
    assert_int_equal(scene->list.file_count, 1);
    assert_string_equal(scene->list.files[0].name, "notes.md");
}

static void size_and_time_of_a_file_are_told(void **state)
{
    struct scene *scene = *state;
    make_file(scene, "notes.txt", "SOSP\n");
    const struct timespec times[2] = {{1600000000, 0}, {1600000000, 123456789}};
    assert_int_equal(utimensat(AT_FDCWD, below(scene, "notes.txt"), times, 0), 0);
    assert_names(scene, "notes.txt\n");
    assert_int_equal(scene->list.files[0].size, 5);
    assert_true(scene->list.files[0].mtime_ns == 1600000000123456789);
}

static void a_file_named_twice_is_listed_once_and_as_named(void **state)
{
    struct scene *scene = *state;
    make_folder(scene, "papers");
    make_file(scene, "papers/a.md", "");
    make_file(scene, "papers/b.md", "");
    const char *const paths[] = {scene->folder, below(scene, "papers"), below(scene, "papers/../papers//a.md")};
    walk(scene, paths, 3);
    assert_int_equal(scene->list.file_count, 2);
    assert_int_equal(scene->list.root_count, 3);
    assert_true(scene->list.files[0].is_explicit);
    assert_false(scene->list.files[1].is_explicit);
}

static void links_are_followed_and_a_circle_ends(void **state)
{
    struct scene *scene = *state;
    make_folder(scene, "a");
    make_file(scene, "a/one.txt", "");
    assert_int_equal(symlink("..", below(scene, "a/up")), 0);
    assert_int_equal(symlink("a/one.txt", below(scene, "two.txt")), 0);
    assert_int_equal(symlink("nothing", below(scene, "dangling.txt")), 0);
    assert_names(scene, "a/one.txt\ntwo.txt\n");
    assert_string_equal(scene->notices.at, "");
}

static void a_file_is_known_by_its_own_path_where_links_lead_to_it_too(void **state)
{
    struct scene *scene = *state;
    make_folder(scene, "m");
    make_folder(scene, "m/real");
    make_file(scene, "m/real/one.txt", "");
    make_folder(scene, "away");
    make_file(scene, "away/two.txt", "");
    assert_int_equal(symlink("real", below(scene, "m/a")), 0);
    assert_int_equal(symlink("real", below(scene, "m/z")), 0);
    assert_int_equal(symlink("../away", below(scene, "m/second")), 0);
    assert_int_equal(symlink("../away", below(scene, "m/first")), 0);
    const char *const paths[] = {below(scene, "m")};
    walk(scene, paths, 1);
    assert_int_equal(scene->list.file_count, 2);
    assert_string_equal(scene->list.files[0].name, "first/two.txt");
    assert_string_equal(scene->list.files[1].name, "real/one.txt");
}

static void a_root_comes_before_the_links_of_one_named_before_it(void **state)
{
    struct scene *scene = *state;
    make_folder(scene, "a");
    make_folder(scene, "b");
    make_file(scene, "b/one.txt", "");
    assert_int_equal(symlink("..", below(scene, "a/up")), 0);
    const char *const paths[] = {below(scene, "a"), below(scene, "b")};
    walk(scene, paths, 2);
    assert_int_equal(scene->list.file_count, 1);
    assert_string_equal(scene->list.files[0].path, below(scene, "b/one.txt"));
}

static void a_path_that_is_gone_is_a_missing_root(void **state)
{
    struct scene *scene = *state;
    const char *const paths[] = {below(scene, "gone"), scene->folder};
    walk(scene, paths, 2);
    assert_true(scene->list.roots[0].is_missing);
    assert_string_equal(scene->list.roots[0].path, paths[0]);
    assert_false(scene->list.roots[1].is_missing);
    assert_int_equal(scene->list.file_count, 0);
}

static void a_folder_that_cannot_be_read_is_named(void **state)
{
    struct scene *scene = *state;
    if (geteuid() == 0) {
        print_message("skipped: root reads every folder\n");
        skip();
    }
    make_folder(scene, "closed");
    assert_int_equal(chmod(below(scene, "closed"), 0), 0);
    assert_names(scene, "");
    assert_string_equal(scene->notices.at, "closed:0: cannot be read: Permission denied\n");
    assert_int_equal(scene->list.unreadable_count, 1);
    assert_int_equal(chmod(below(scene, "closed"), 0755), 0);
}

static void a_name_that_is_no_utf_8_is_shown_readable(void **state)
{
    struct scene *scene = *state;
    make_file(scene, "caf\xE9\n.txt", "");
    assert_names(scene, "caf??.txt\n");
    assert_non_null(strstr(scene->list.files[0].path, "caf\xE9\n.txt"));
}

static void a_device_is_no_notes(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(mkfifo(below(scene, "pipe.txt"), 0600), 0);
    make_file(scene, "notes.txt", "");
    assert_names(scene, "notes.txt\n");
}

static void standard_input_is_passed_through(void **state)
{
    struct scene *scene = *state;
    const char *const paths[] = {"-"};
    walk(scene, paths, 1);
    assert_int_equal(scene->list.file_count, 1);
    assert_string_equal(scene->list.files[0].path, "-");
    assert_true(scene->list.files[0].is_explicit);
}

static void a_walk_stops_when_it_is_told_to(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < 600; i++)
        make_file(scene, arena_format(&scene->arena, "%d.txt", i), "");
    const char *const paths[] = {scene->folder};
    pinakes_error error;
    assert_int_equal(walk_paths(&scene->arena, paths, 1, keep_notice, stop_soon, scene, &scene->list, &error),
                     PINAKES_CANCELLED);
    assert_int_equal(scene->asked, 1);
}

static void folders_deeper_than_anyone_files_notes_are_named_and_left(void **state)
{
    struct scene *scene = *state;
    struct buffer path = {0};
    buffer_add_text(&path, "d");
    for (int i = 0; i < 140; i++) {
        make_folder(scene, path.at);
        buffer_add_text(&path, "/d");
    }
    const char *const paths[] = {scene->folder};
    walk(scene, paths, 1);
    assert_int_equal(scene->list.unreadable_count, 1);
    buffer_free(&path);
}

#define SCENE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(files_of_all_folders_are_listed_in_the_order_of_their_names),
        SCENE_TEST(hidden_names_and_folders_of_tools_are_passed_over),
        SCENE_TEST(what_editors_leave_beside_a_file_is_passed_over),
        SCENE_TEST(a_hidden_folder_the_user_names_is_walked),
        SCENE_TEST(size_and_time_of_a_file_are_told),
        SCENE_TEST(a_file_named_twice_is_listed_once_and_as_named),
        SCENE_TEST(links_are_followed_and_a_circle_ends),
        SCENE_TEST(a_file_is_known_by_its_own_path_where_links_lead_to_it_too),
        SCENE_TEST(a_root_comes_before_the_links_of_one_named_before_it),
        SCENE_TEST(a_path_that_is_gone_is_a_missing_root),
        SCENE_TEST(a_folder_that_cannot_be_read_is_named),
        SCENE_TEST(a_name_that_is_no_utf_8_is_shown_readable),
        SCENE_TEST(a_device_is_no_notes),
        SCENE_TEST(standard_input_is_passed_through),
        SCENE_TEST(a_walk_stops_when_it_is_told_to),
        SCENE_TEST(folders_deeper_than_anyone_files_notes_are_named_and_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
