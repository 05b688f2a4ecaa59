/* What the rest stands on: arenas, buffers, spans, code points, names, distances and the one line of an error. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/distance.h"
#include "base/error.h"
#include "base/name_set.h"
#include "base/span.h"
#include "base/utf8.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void arena_memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *last = NULL;
    for (size_t bytes = 1; bytes < 70000; bytes = bytes * 3 + 1) {
        char *memory = arena_alloc(&arena, bytes);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xAA, bytes);
        assert_ptr_not_equal(memory, last);
        last = memory;
    }
    arena_reset(&arena);
    assert_int_equal(arena.used, 0);
    const char *again = arena_alloc(&arena, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(again[i], 0);
    arena_free(&arena);
    assert_null(arena.blocks);
}

static void an_array_too_large_to_exist_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_null(arena_array(&arena, SIZE_MAX / 2, 3));
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_string(&arena, (struct span){NULL, SIZE_MAX}));
    arena_free(&arena);
}

static void a_growing_array_keeps_what_it_holds(void **state)
{
    (void)state;
    struct arena arena = {0};
    uint32_t *numbers = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        numbers = arena_grow(&arena, numbers, i, &capacity, sizeof *numbers);
        assert_non_null(numbers);
        numbers[i] = i * 7;
    }
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i * 7);
    assert_string_equal(arena_format(&arena, "%d papers", 45), "45 papers");
    arena_free(&arena);
}

static void a_buffer_is_always_terminated(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add_text(&buffer, "far");
    buffer_add_byte(&buffer, ' ');
    buffer_format(&buffer, "%s %d", "memory", 2);
    assert_string_equal(buffer.at, "far memory 2");
    for (int i = 0; i < 1000; i++)
        buffer_add_text(&buffer, "0123456789");
    assert_int_equal(buffer.len, 12 + 10000);
    assert_int_equal(buffer.at[buffer.len], 0);
    buffer_clear(&buffer);
    assert_string_equal(buffer.at, "");
    buffer_free(&buffer);
}

static void an_error_is_one_line_whatever_it_names(void **state)
{
    (void)state;
    pinakes_error error;
    assert_int_equal(error_set(&error, PINAKES_IO, "%s: no", "two\nlines\x1b[0m"), PINAKES_IO);
    assert_string_equal(error.message, "two?lines?[0m: no");
    assert_int_equal(error.status, PINAKES_IO);
    assert_int_equal(error_set(NULL, PINAKES_IO, "nobody listens"), PINAKES_IO);
}

static void a_long_error_is_cut_between_characters(void **state)
{
    (void)state;
    char name[3001];
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(name + i, "\xE2\x82\xAC", 3); /* EURO SIGN */
    name[3000] = '\0';
    for (int shift = 0; shift < 4; shift++) {
        pinakes_error error;
        (void)error_set(&error, PINAKES_IO, "%.*s%s", shift, "xxx", name);
        const size_t len = strlen(error.message);
        assert_true(len < sizeof error.message);
        assert_string_equal(error.message + len - 3, "...");
        assert_int_equal((len - 3 - (size_t)(shift < 3 ? shift : 3)) % 3, 0);
    }
}

static void spans_compare_and_trim(void **state)
{
    (void)state;
    assert_true(span_is(span_trim(span_of(" \t far memory\r\n")), "far memory"));
    assert_true(span_is_nocase(span_of("SoSP"), "sosp"));
    assert_false(span_is_nocase(span_of("sosp2"), "sosp"));
    assert_true(span_starts(span_of("year:2021"), "year:"));
    assert_false(span_starts(span_of("yea"), "year:"));
    assert_true(span_equal((struct span){NULL, 0}, span_of("")));
}

static void spans_are_looked_for_among_names_and_lose_their_ends(void **state)
{
    (void)state;
    static const char *const names[] = {"Figure", "Table"};
    assert_true(span_is_among(span_of("Table"), names, 2));
    assert_false(span_is_among(span_of("table"), names, 2));
    assert_true(span_is_among_nocase(span_of("table"), names, 2));
    assert_false(span_is_among_nocase(span_of("Tables"), names, 2));
    assert_true(span_is(span_without_end(span_of("SOSP, ('"), " ,.('"), "SOSP"));
    assert_true(span_is(span_without_end(span_of(" a "), "b"), " a "));
    assert_true(span_is(span_without_bom(span_of("\xEF\xBB\xBFtitle")), "title"));
    assert_true(span_is(span_without_bom(span_of("\xEF\xBBtitle")), "\xEF\xBBtitle"));
}

static void what_a_buffer_holds_is_kept_unless_memory_was_short(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer buffer = {0};
    assert_true(span_is(buffer_text(&buffer), ""));
    assert_string_equal(buffer_keep(&buffer, &arena), "");
    buffer_add_text(&buffer, "far");
    buffer_add_bytes(&buffer, " memory!", 7);
    assert_string_equal(buffer_keep(&buffer, &arena), "far memory");
    buffer.failed = true;
    assert_null(buffer_keep(&buffer, &arena));
    buffer_free(&buffer);
    arena_free(&arena);
}

static void a_name_keeps_its_place_however_many_come(void **state)
{
    (void)state;
    enum { NAMES = 2000 };
    struct arena arena = {0};
    struct name_set names = {.count = 0};
    bool is_new;
    assert_int_equal(name_set_find(&names, span_of("0")), SIZE_MAX);
    for (size_t i = 0; i < NAMES; i++) {
        assert_int_equal(name_set_place(&names, &arena, span_of(arena_format(&arena, "%zu", i)), &is_new), i);
        assert_true(is_new);
    }
    for (size_t i = 0; i < NAMES; i++) {
        const struct span name = span_of(arena_format(&arena, "%zu", i));
        assert_int_equal(name_set_find(&names, name), i);
        assert_int_equal(name_set_place(&names, &arena, name, &is_new), i);
        assert_false(is_new);
    }
    assert_true(name_set_add_list(&names, &arena, span_of("7, key,, 8 ,other")));
    assert_int_equal(names.count, NAMES + 2);
    assert_true(name_set_has(&names, span_of("key")));
    assert_false(name_set_has(&names, span_of("")));
    arena_free(&arena);
}

static void a_byte_that_is_no_utf8_is_one_replacement(void **state)
{
    (void)state;
    size_t bytes;
    assert_int_equal(code_point_at(span_of("a\xC3\xA9"), &bytes), 'a');
    assert_int_equal(bytes, 1);
    assert_int_equal(code_point_at(span_of("\xC3\xA9t"), &bytes), 0xE9);
    assert_int_equal(bytes, 2);
    static const char *const broken[] = {"\xC3", "\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82z"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        assert_int_equal(code_point_at(span_of(broken[i]), &bytes), CODE_POINT_REPLACEMENT);
        assert_int_equal(bytes, 1);
    }
    assert_int_equal(code_points_in(span_of("caf\xC3\xA9")), 4);
}

static void words_are_as_far_apart_as_the_letters_to_change(void **state)
{
    (void)state;
    assert_int_equal(distance_between(span_of("memory"), span_of("memory")), 0);
    assert_int_equal(distance_between(span_of("memry"), span_of("memory")), 1);
    assert_int_equal(distance_between(span_of("meomry"), span_of("memory")), 1);
    assert_int_equal(distance_between(span_of("m\xC3\xA9mory"), span_of("memory")), 1);
    assert_int_equal(distance_between(span_of("kitten"), span_of("sitting")), 3);
    assert_int_equal(distance_between(span_of(""), span_of("abc")), 3);
    assert_int_equal(distance_between(span_of("\xFF"), span_of("abc")), UINT_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(an_array_too_large_to_exist_is_refused),
        cmocka_unit_test(a_growing_array_keeps_what_it_holds),
        cmocka_unit_test(a_buffer_is_always_terminated),
        cmocka_unit_test(an_error_is_one_line_whatever_it_names),
        cmocka_unit_test(a_long_error_is_cut_between_characters),
        cmocka_unit_test(spans_compare_and_trim),
        cmocka_unit_test(spans_are_looked_for_among_names_and_lose_their_ends),
        cmocka_unit_test(what_a_buffer_holds_is_kept_unless_memory_was_short),
        cmocka_unit_test(a_name_keeps_its_place_however_many_come),
        cmocka_unit_test(a_byte_that_is_no_utf8_is_one_replacement),
        cmocka_unit_test(words_are_as_far_apart_as_the_letters_to_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
