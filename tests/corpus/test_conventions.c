/* pinakes.ini: what the owner of a folder says of the notes in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "corpus/conventions.h"

struct scene {
    struct arena arena;
    struct buffer mistakes;
    struct conventions *conventions;
};

static void add_mistake(void *context, uint32_t line, const char *message)
{
    buffer_format(context, "%u: %s\n", (unsigned)line, message);
}

static void set_scene(struct scene *scene, const char *text)
{
    *scene = (struct scene){.conventions = NULL};
    buffer_add_text(&scene->mistakes, "");
    scene->conventions = conventions_read(&scene->arena, span_of(text), add_mistake, &scene->mistakes);
    assert_non_null(scene->conventions);
}

static void end_scene(struct scene *scene)
{
    arena_free(&scene->arena);
    buffer_free(&scene->mistakes);
}

static void a_label_means_what_the_owner_says_and_others_what_they_did(void **state)
{
    (void)state;
    struct scene scene;
    set_scene(&scene, "; mine\n[Fields]\n Where = venue\r\n\u4f55\u65f6 = year\nA=B = doi\nyear = tags\n");
    assert_int_equal(conventions_label(scene.conventions, span_of(" where ")), LABEL_VENUE);
    assert_int_equal(conventions_label(scene.conventions, span_of("\u4f55\u65f6")), LABEL_YEAR);
    assert_int_equal(conventions_label(scene.conventions, span_of("a=b")), LABEL_DOI);
    assert_int_equal(conventions_label(scene.conventions, span_of("Year")), LABEL_TAGS);
    assert_int_equal(conventions_label(scene.conventions, span_of("Authors")), LABEL_AUTHORS);
    assert_int_equal(conventions_label(NULL, span_of("Authors")), LABEL_AUTHORS);
    assert_string_equal(scene.mistakes.at, "");
    end_scene(&scene);
}

static void folders_give_what_the_paper_does_not_say(void **state)
{
    (void)state;
    struct scene scene;
    static const struct span own_tag = {"own", 3};
    set_scene(&scene, "[folders]\n1 = venue\n2 = year\n4 = tag\n");
    struct paper paper = {.tags = &own_tag, .tag_count = 1};
    assert_true(conventions_fill(scene.conventions, span_of("Odd Gathering/2031/x/caches/a.md"), &scene.arena, &paper));
    assert_true(span_is(paper.venue, "Odd Gathering"));
    assert_int_equal(paper.year, 2031);
    assert_int_equal(paper.tag_count, 2);
    assert_true(span_is(paper.tags[0], "own") && span_is(paper.tags[1], "caches"));
    struct paper dated = {.venue = {"OSDI", 4}, .year = 1999};
    assert_true(conventions_fill(scene.conventions, span_of("SOSP/2031/a.md"), &scene.arena, &dated));
    assert_true(span_is(dated.venue, "OSDI") && dated.year == 1999 && dated.tag_count == 0);
    end_scene(&scene);
}

static void files_are_read_as_the_first_pattern_says(void **state)
{
    (void)state;
    struct scene scene;
    set_scene(&scene, "[files]\nloose/*.txt = notes\n*.txt = markdown\n");
    assert_string_equal(conventions_format(scene.conventions, "loose/a.txt"), "notes");
    assert_string_equal(conventions_format(scene.conventions, "x/y/a.txt"), "markdown");
    assert_null(conventions_format(scene.conventions, "a.md"));
    end_scene(&scene);
}

static void assert_told(const struct scene *scene, const char *below, enum paper_unit unit, unsigned depth)
{
    const struct papers_told told = conventions_papers(scene->conventions, below);
    assert_int_equal(told.unit, unit);
    assert_int_equal(told.depth, depth);
}

static void papers_are_what_the_first_pattern_says(void **state)
{
    (void)state;
    struct scene scene;
    set_scene(&scene, "[papers]\nlists/old.md = None\nlists/*.md = items 2\n*/one.md = file\na b.md = headings  3\n"
                      "tables.md = rows\n*.org = items\n");
    assert_string_equal(scene.mistakes.at, "");
    assert_told(&scene, "lists/old.md", UNIT_NONE, 0);
    assert_told(&scene, "lists/new.md", UNIT_ITEMS, 2);
    assert_told(&scene, "x/y/one.md", UNIT_FILE, 0);
    assert_told(&scene, "a b.md", UNIT_HEADINGS, 3);
    assert_told(&scene, "tables.md", UNIT_ROWS, 0);
    assert_told(&scene, "x.org", UNIT_ITEMS, 0);
    assert_told(&scene, "other.md", UNIT_UNTOLD, 0);
    assert_int_equal(conventions_papers(NULL, "x.org").unit, UNIT_UNTOLD);
    end_scene(&scene);
}

static void what_is_not_understood_is_named_with_its_line(void **state)
{
    (void)state;
    struct scene scene;
    set_scene(&scene, "a = b\n[fields]\nWho = people\nnonsense\n[folders]\n0 = year\n17 = year\nx = year\n1 = title\n"
                      "[files]\n*.x = word\n[other]\nskipped = silently\n"
                      "[papers]\na.md = lines\nb.md = items 7\nc.md = rows 1\nd.md =\n");
    assert_string_equal(
        scene.mistakes.at,
        "1: a rule outside of any section; begin with [fields], [folders], [files] or [papers]\n"
        "3: no field is called so; fields are title, authors, venue, year, tags, link, doi, arxiv, pmid, abstract, "
        "key\n"
        "4: neither a section, [fields], nor a rule, NAME = MEANING\n"
        "6: folders are told apart by their place below this one: 1, 2, 3 ... 16\n"
        "7: folders are told apart by their place below this one: 1, 2, 3 ... 16\n"
        "8: folders are told apart by their place below this one: 1, 2, 3 ... 16\n"
        "9: a folder can be named after a venue, a year or a tag\n"
        "11: there is no such format; the formats are notes, markdown, org, jsonl, bibtex, ris, medline, refer, wos, "
        "csl-json, csv, acl, "
        "pdf\n"
        "12: no section is called so; sections are [fields], [folders], [files] and [papers]\n"
        "15: papers of a page are: file, headings, items, rows or none; a level may follow, headings 2\n"
        "16: papers of a page are: file, headings, items, rows or none; a level may follow, headings 2\n"
        "17: papers of a page are: file, headings, items, rows or none; a level may follow, headings 2\n"
        "18: papers of a page are: file, headings, items, rows or none; a level may follow, headings 2\n");
    end_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_means_what_the_owner_says_and_others_what_they_did),
        cmocka_unit_test(folders_give_what_the_paper_does_not_say),
        cmocka_unit_test(files_are_read_as_the_first_pattern_says),
        cmocka_unit_test(papers_are_what_the_first_pattern_says),
        cmocka_unit_test(what_is_not_understood_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
