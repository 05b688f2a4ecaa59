#include "query/topics_check.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void is_near(double value, double expected, double most)
{
    if (!(fabs(value - expected) <= most))
        fail_msg("%.9g is not %.9g", value, expected);
}

static const char rules[] = "[files]\n"
                            "title = File systems\n"
                            "threshold = 2\n"
                            "+2 title:\"file system\" OR title:filesystem\n"
                            "+1 disk\n"
                            "-2 title:hearing\n"
                            "[memory]\n"
                            "threshold = 1\n"
                            "+1 memory\n";

struct bench {
    struct arena arena;
    struct analyzer *analyzer;
    struct topic_set set;
    pinakes_error error;
    pinakes_topic_check check;
};

static void judge(struct bench *bench, const char *text)
{
    struct labels labels;
    if (labels_parse(&bench->arena, "l.tsv", span_of(text), &labels, &bench->error) != PINAKES_OK ||
        topics_check(NULL, bench->analyzer, &bench->set, &labels, &bench->arena, &bench->check, &bench->error) !=
            PINAKES_OK)
        fail_msg("%s", bench->error.message);
}

static int setup(void **state)
{
    static struct bench bench;
    bench = (struct bench){.analyzer = NULL};
    *state = &bench;
    if (analyzer_create(&bench.analyzer, &bench.error) != PINAKES_OK)
        return -1;
    return topics_parse(&bench.arena, bench.analyzer, "t.ini", span_of(rules), &bench.set, &bench.error) == PINAKES_OK
               ? 0
               : -1;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    analyzer_free(bench->analyzer);
    arena_free(&bench->arena);
    return 0;
}

/* Of three papers labelled "files" two are found, and one that is not labelled so: precision and recall 2/3. */
static void precision_recall_and_f1_are_as_counted_by_hand(void **state)
{
    struct bench *bench = *state;
    judge(bench, "title\tabstract\ttopics\n"
                 "The File System\t\tfiles\n"
                 "A Filesystem\ton disk\tfiles\n"
                 "Storing Things\ton disk\tfiles\n"
                 "A File System of Memory\t\tmemory\n"
                 "Something else\t\t\n");
    assert_int_equal(bench->check.papers, 5);
    assert_int_equal(bench->check.measure_count, 2);
    const pinakes_topic_measure *files = &bench->check.measures[0], *memory = &bench->check.measures[1];
    assert_string_equal(files->name, "files");
    assert_int_equal(files->labelled, 3);
    assert_int_equal(files->assigned, 3);
    assert_int_equal(files->right, 2);
    is_near(files->precision, 2.0 / 3, 1e-12);
    is_near(files->recall, 2.0 / 3, 1e-12);
    is_near(memory->f1, 1, 1e-12);
    is_near(bench->check.f1, (2.0 / 3 + 1) / 2, 1e-12);
}

static void each_misjudged_paper_comes_with_the_rules_behind_it(void **state)
{
    struct bench *bench = *state;
    judge(bench, "title\tabstract\ttopics\n"
                 "A File System for Hearing\ton disk\tfiles\n"
                 "A Filesystem\t\t\n");
    assert_int_equal(bench->check.misjudged_count, 2);
    const pinakes_misjudged *missed = &bench->check.misjudged[0], *wrong = &bench->check.misjudged[1];
    assert_true(missed->is_labelled);
    assert_int_equal(missed->line, 2);
    is_near(missed->score, 1, 1e-12);
    assert_string_equal(missed->cause, "title:\"file system\" +2, disk +1, title:hearing -2");
    assert_false(wrong->is_labelled);
    assert_string_equal(wrong->title, "A Filesystem");
    assert_string_equal(wrong->cause, "title:filesystem +2");
}

static void topics_without_rules_are_named_once_and_papers_without_text_are_counted(void **state)
{
    struct bench *bench = *state;
    judge(bench, "key\ttitle\ttopics\n"
                 "gone2020\t\tfiles\n"
                 "\tOne\tcooking, Files\n"
                 "\tTwo\tcooking\n");
    assert_int_equal(bench->check.missing, 1);
    assert_int_equal(bench->check.papers, 2);
    assert_int_equal(bench->check.unknown_count, 1);
    assert_string_equal(bench->check.unknown[0], "cooking");
    assert_int_equal(bench->check.measures[0].labelled, 1);
}

/* Nothing is labelled or assigned "files": it says nothing about the rules, and does not count in the mean. */
static void a_topic_that_no_paper_has_does_not_lower_the_mean(void **state)
{
    struct bench *bench = *state;
    judge(bench, "title\ttopics\nMemory\tmemory\n");
    is_near(bench->check.measures[0].f1, 0, 0);
    is_near(bench->check.f1, 1, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(precision_recall_and_f1_are_as_counted_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(each_misjudged_paper_comes_with_the_rules_behind_it, setup, teardown),
        cmocka_unit_test_setup_teardown(topics_without_rules_are_named_once_and_papers_without_text_are_counted, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_topic_that_no_paper_has_does_not_lower_the_mean, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
