/* The rules of gitignore(5), one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/ignore.h"

#include <stdio.h>

static bool has(const char *rules, const char *path, bool is_folder)
{
    struct arena arena = {0};
    struct ignore_list list;
    char full[512];
    assert_true(ignore_read(&arena, span_of(rules), "/notes", NULL, &list));
    (void)snprintf(full, sizeof full, "/notes/%s", path);
    const bool ignored = ignore_has(&list, full, is_folder);
    arena_free(&arena);
    return ignored;
}

static void assert_ignored(const char *rules, const char *path)
{
    if (!has(rules, path, false))
        fail_msg("'%s' does not ignore %s", rules, path);
}

static void assert_kept(const char *rules, const char *path)
{
    if (has(rules, path, false))
        fail_msg("'%s' ignores %s", rules, path);
}

static void blank_lines_and_comments_ignore_nothing(void **state)
{
    (void)state;
    assert_kept("", "a.md");
    assert_kept("\n\n# a.md\n   \n", "a.md");
    assert_kept("/\n!\n!/\n", "a.md");
    assert_ignored("\\#a.md", "#a.md");
    assert_ignored("\xef\xbb\xbf"
                   "a.md\r\nb.md",
                   "a.md");
}

static void spaces_at_the_end_count_only_behind_a_backslash(void **state)
{
    (void)state;
    assert_ignored("a.md   ", "a.md");
    assert_ignored("a\\ ", "a ");
    assert_kept("a\\ ", "a");
    assert_ignored(" a", " a");
}

static void a_name_without_a_slash_matches_at_any_depth(void **state)
{
    (void)state;
    assert_ignored("a.md", "a.md");
    assert_ignored("a.md", "x/y/a.md");
    assert_kept("a.md", "x/ba.md");
    assert_ignored("*.bak", "x/notes.md.bak");
}

static void a_slash_in_front_or_within_ties_a_rule_to_its_folder(void **state)
{
    (void)state;
    assert_ignored("/a.md", "a.md");
    assert_kept("/a.md", "x/a.md");
    assert_ignored("doc/frotz", "doc/frotz");
    assert_kept("doc/frotz", "a/doc/frotz");
    assert_true(has("doc/frotz/", "doc/frotz", true));
    assert_false(has("doc/frotz/", "a/doc/frotz", true));
}

static void a_slash_at_the_end_matches_folders_alone(void **state)
{
    (void)state;
    assert_true(has("frotz/", "frotz", true));
    assert_true(has("frotz/", "a/frotz", true));
    assert_false(has("frotz/", "frotz", false));
}

static void a_star_and_a_question_mark_stay_within_a_name(void **state)
{
    (void)state;
    assert_ignored("foo/*", "foo/test.json");
    assert_kept("foo/*", "foo/bar/hello.c");
    assert_ignored("/*.md", "cat.md");
    assert_kept("/*.md", "x/cat.md");
    assert_ignored("n?te.md", "note.md");
    assert_kept("a?b", "a/b");
    assert_ignored("*", ".md");
}

static void brackets_match_one_of_a_range(void **state)
{
    (void)state;
    assert_ignored("[a-c].md", "b.md");
    assert_kept("[a-c].md", "d.md");
    assert_ignored("[!a-c].md", "d.md");
    assert_ignored("[^a-c].md", "d.md");
    assert_ignored("\\[a].md", "[a].md");
    assert_kept("[a", "a");
}

static void two_stars_stand_for_any_folders(void **state)
{
    (void)state;
    assert_ignored("**/foo", "foo");
    assert_ignored("**/foo", "a/b/foo");
    assert_ignored("**/foo/bar", "a/foo/bar");
    assert_kept("**/foo/bar", "a/foo/x/bar");
    assert_ignored("abc/**", "abc/x");
    assert_ignored("abc/**", "abc/x/y");
    assert_kept("abc/**", "abc");
    assert_ignored("a/**/b", "a/b");
    assert_ignored("a/**/b", "a/x/b");
    assert_ignored("a/**/b", "a/x/y/b");
    assert_kept("a/**/b", "a/x/c");
    assert_ignored("a/**/**/b", "a/b");
    assert_ignored("a/**/b/**/c", "a/b/x/b/c");
    assert_ignored("a**", "x/abc");
    assert_ignored("**", "x/y");
}

static void the_last_rule_that_matches_decides(void **state)
{
    (void)state;
    assert_kept("*.md\n!keep.md", "keep.md");
    assert_ignored("!keep.md\n*.md", "keep.md");
    assert_ignored("\\!important.md", "!important.md");
    assert_kept("/*\n!/foo", "foo");
}

static void the_inner_file_is_asked_before_the_outer_one(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct ignore_list outer, inner;
    assert_true(ignore_read(&arena, span_of("*.md\n/in/b.txt\n"), "/n", NULL, &outer));
    assert_true(ignore_read(&arena, span_of("!a.md\n/c.txt\n"), "/n/in", &outer, &inner));
    assert_false(ignore_has(&inner, "/n/in/a.md", false));
    assert_true(ignore_has(&inner, "/n/in/z.md", false));
    assert_true(ignore_has(&inner, "/n/in/b.txt", false));
    assert_true(ignore_has(&inner, "/n/in/c.txt", false));
    assert_false(ignore_has(&inner, "/n/in/x/c.txt", false));
    assert_false(ignore_has(NULL, "/n/a.md", false));
    arena_free(&arena);
}

static void many_stars_end_soon(void **state)
{
    (void)state;
    char rule[512] = "", path[512] = "";
    for (int i = 0; i < 40; i++) {
        (void)strcat(rule, "**/a/");
        (void)strcat(path, "a/a/");
    }
    (void)strcat(rule, "b");
    assert_kept(rule, strcat(path, "c"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_lines_and_comments_ignore_nothing),
        cmocka_unit_test(spaces_at_the_end_count_only_behind_a_backslash),
        cmocka_unit_test(a_name_without_a_slash_matches_at_any_depth),
        cmocka_unit_test(a_slash_in_front_or_within_ties_a_rule_to_its_folder),
        cmocka_unit_test(a_slash_at_the_end_matches_folders_alone),
        cmocka_unit_test(a_star_and_a_question_mark_stay_within_a_name),
        cmocka_unit_test(brackets_match_one_of_a_range),
        cmocka_unit_test(two_stars_stand_for_any_folders),
        cmocka_unit_test(the_last_rule_that_matches_decides),
        cmocka_unit_test(the_inner_file_is_asked_before_the_outer_one),
        cmocka_unit_test(many_stars_end_soon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
