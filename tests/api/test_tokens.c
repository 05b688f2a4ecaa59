#include "base/buffer.h"
#include "pinakes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct shown {
    struct buffer lines;
    size_t count, limit;
};

static bool show(void *context, const pinakes_token *token)
{
    struct shown *shown = context;
    buffer_format(&shown->lines, "%u %s %s %zu+%zu%s\n", token->position, token->kind, token->text, token->start,
                  token->bytes, token->stop_word ? " stop" : "");
    return ++shown->count < shown->limit;
}

static void every_token_says_what_it_is_and_where_it_comes_from(void **state)
{
    (void)state;
    const char *text = "The µFork caches\n\nI/O";
    struct shown shown = {.limit = SIZE_MAX};
    assert_int_equal(pinakes_tokens(text, strlen(text), show, &shown, NULL), PINAKES_OK);
    assert_string_equal(shown.lines.at, "0 word the 0+3 stop\n"
                                        "1 word μfork 4+6\n"
                                        "1 variant ufork 4+6\n"
                                        "1 part fork 6+4\n"
                                        "2 word caches 11+6\n"
                                        "2 stem ~cach 11+6\n"
                                        "3 break ¶ 17+2\n"
                                        "4 word i 19+1 stop\n"
                                        "4 joined io 19+3\n"
                                        "5 word o 21+1\n");
    buffer_free(&shown.lines);
}

static void the_caller_can_stop_at_any_token(void **state)
{
    (void)state;
    struct shown shown = {.limit = 2};
    assert_int_equal(pinakes_tokens("a b c d", 7, show, &shown, NULL), PINAKES_OK);
    assert_int_equal(shown.count, 2);
    buffer_free(&shown.lines);
}

static void a_text_without_words_has_no_tokens(void **state)
{
    (void)state;
    struct shown shown = {.limit = SIZE_MAX};
    assert_int_equal(pinakes_tokens("", 0, show, &shown, NULL), PINAKES_OK);
    assert_int_equal(pinakes_tokens(" -\0\xff ", 5, show, &shown, NULL), PINAKES_OK);
    assert_int_equal(shown.count, 0);
    buffer_free(&shown.lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_token_says_what_it_is_and_where_it_comes_from),
        cmocka_unit_test(the_caller_can_stop_at_any_token),
        cmocka_unit_test(a_text_without_words_has_no_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
