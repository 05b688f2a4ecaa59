#include "query/eval_queries.h"
#include "query/qrels.h"
#include "query/trec_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct desk {
    struct arena arena;
    pinakes_error error;
};

static int setup(void **state)
{
    static struct desk desk;
    desk = (struct desk){.error = {.status = PINAKES_OK}};
    *state = &desk;
    return 0;
}

static int teardown(void **state)
{
    arena_free(&((struct desk *)*state)->arena);
    return 0;
}

static void refuses(struct desk *desk, pinakes_status status, const char *message)
{
    assert_int_equal(status, PINAKES_BAD_INPUT);
    assert_string_equal(desk->error.message, message);
}

static void queries_keep_their_order_and_everything_behind_the_tab(void **state)
{
    struct desk *desk = *state;
    struct eval_queries queries;
    assert_int_equal(eval_queries_parse(&desk->arena, "q.tsv", span_of("# made by hand\n10\tfar \tmemory \r\n\n2\tC++"),
                                        &queries, &desk->error),
                     PINAKES_OK);
    assert_int_equal(queries.count, 2);
    assert_true(span_is(queries.at[0].id, "10"));
    assert_true(span_is(queries.at[0].text, "far \tmemory"));
    assert_true(span_is(queries.at[1].id, "2"));
    assert_int_equal(queries.at[1].line, 4);
}

static void queries_that_cannot_be_read_are_refused_by_line(void **state)
{
    struct desk *desk = *state;
    struct eval_queries queries;
    const char *not_a_query = "q:1: not a query; a line is its id, a tab and its text";
    const char *const bad[] = {"far memory\n", "1\t\n", "\tfar\n", "1 2\tfar\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refuses(desk, eval_queries_parse(&desk->arena, "q", span_of(bad[i]), &queries, &desk->error), not_a_query);
    refuses(desk, eval_queries_parse(&desk->arena, "q", span_of("7\tfar\n1\tx\n7\tcxl\n"), &queries, &desk->error),
            "q:3: query '7' is there already, in line 1");
    refuses(desk, eval_queries_parse(&desk->arena, "q", span_of("\n"), &queries, &desk->error),
            "q: there is no query in it");
}

static void judgements_are_found_by_query_and_paper(void **state)
{
    struct desk *desk = *state;
    struct qrels qrels;
    const char *text = "2 0 b 1\n1 0 z 2\r\n1\t0\ta\t0\n\n10 Q0 a -1\n";
    assert_int_equal(qrels_parse(&desk->arena, "r", span_of(text), &qrels, &desk->error), PINAKES_OK);
    const struct qrels one = qrels_of_query(&qrels, span_of("1")), ten = qrels_of_query(&qrels, span_of("10"));
    assert_int_equal(one.count, 2);
    assert_int_equal(qrels_grade(&one, span_of("z")), 2);
    assert_int_equal(qrels_grade(&one, span_of("a")), 0);
    assert_int_equal(qrels_grade(&one, span_of("b")), 0);
    assert_int_equal(qrels_grade(&ten, span_of("a")), -1);
    const struct qrels none = qrels_of_query(&qrels, span_of("3"));
    assert_int_equal(none.count, 0);
    assert_int_equal(qrels_grade(&none, span_of("a")), 0);
}

static void judgements_that_cannot_be_read_are_refused_by_line(void **state)
{
    struct desk *desk = *state;
    struct qrels qrels;
    const char *not_one = "r:2: not a judgement; a line is: query 0 paper grade";
    const char *const bad[] = {"1 0 a 1\n1 0 b\n",     "1 0 a 1\n1 0 b 1 more\n",     "1 0 a 1\n1 0 b yes\n",
                               "1 0 a 1\n1 0 b 1.5\n", "1 0 a 1\n1 0 b 9999999999\n", "1 0 a 1\n1 0 b -\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refuses(desk, qrels_parse(&desk->arena, "r", span_of(bad[i]), &qrels, &desk->error), not_one);
    refuses(desk, qrels_parse(&desk->arena, "r", span_of("1 0 a 1\n2 0 a 1\n1 0 a 0\n"), &qrels, &desk->error),
            "r:3: paper 'a' is judged for query '1' already in line 1");
    refuses(desk, qrels_parse(&desk->arena, "r", span_of(""), &qrels, &desk->error), "r: there is no judgement in it");
}

/* trec_eval looks neither at the rank nor at the order of lines, and takes the greater name first among equals. */
static void a_run_is_ordered_by_score_then_by_name_backwards(void **state)
{
    struct desk *desk = *state;
    struct trec_run run;
    const char *text = "1 Q0 a 1 0.5 x\n1 Q0 c 2 0.5 x\n1 Q0 b 3 1e1 x\n2 Q0 a 1 -3 x\n";
    assert_int_equal(trec_run_parse(&desk->arena, "run", span_of(text), &run, &desk->error), PINAKES_OK);
    const struct trec_run one = trec_run_of_query(&run, span_of("1"));
    assert_int_equal(one.count, 3);
    assert_true(span_is(one.at[0].paper, "b"));
    assert_true(span_is(one.at[1].paper, "c"));
    assert_true(span_is(one.at[2].paper, "a"));
    assert_int_equal(trec_run_of_query(&run, span_of("3")).count, 0);
}

static void a_run_that_cannot_be_read_is_refused_by_line(void **state)
{
    struct desk *desk = *state;
    struct trec_run run;
    const char *not_one = "run:1: not an entry of a run; a line is: query Q0 paper rank score tag";
    const char *const bad[] = {"1 Q0 a 1 0.5\n", "1 Q0 a 1 0.5 x y\n", "1 Q0 a 1 high x\n", "1 Q0 a 1 nan x\n",
                               "1 Q0 a 1 1e999 x\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refuses(desk, trec_run_parse(&desk->arena, "run", span_of(bad[i]), &run, &desk->error), not_one);
    refuses(desk, trec_run_parse(&desk->arena, "run", span_of("1 Q0 a 1 2 x\n1 Q0 a 2 1 x\n"), &run, &desk->error),
            "run:2: paper 'a' is there twice for query '1'");
    refuses(desk, trec_run_parse(&desk->arena, "run", span_of(" \n"), &run, &desk->error),
            "run: there is no entry of a run in it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(queries_keep_their_order_and_everything_behind_the_tab, setup, teardown),
        cmocka_unit_test_setup_teardown(queries_that_cannot_be_read_are_refused_by_line, setup, teardown),
        cmocka_unit_test_setup_teardown(judgements_are_found_by_query_and_paper, setup, teardown),
        cmocka_unit_test_setup_teardown(judgements_that_cannot_be_read_are_refused_by_line, setup, teardown),
        cmocka_unit_test_setup_teardown(a_run_is_ordered_by_score_then_by_name_backwards, setup, teardown),
        cmocka_unit_test_setup_teardown(a_run_that_cannot_be_read_is_refused_by_line, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
