/* Loading: whatever the bytes, a reader gets valid UTF-8 or a person gets a reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "corpus/load.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define BYTES(literal) ((struct span){(literal), sizeof(literal) - 1})

static const char german[] = "Die Größe des Caches schätzt man über die Häufigkeit der Zugriffe; früher war das öfter "
                             "falsch, und für Überläufe müßte man größere Puffer wählen. Später prüfen wir das.\n";
static const char chinese[] = "这篇论文讨论了远端内存的换页机制。作者认为，数据中心的内存利用率很低，"
                              "因此应该把空闲的内存共享给其他机器使用。实验结果表明延迟增加很少。\n";
static const char traditional[] = "這篇論文討論了遠端記憶體的換頁機制。作者認為，資料中心的記憶體利用率很低，"
                                  "因此應該把空閒的記憶體分享給其他機器使用。實驗結果顯示延遲增加很少。\n";
static const char russian[] = "Авторы показывают, что память можно разделять между машинами без больших потерь. "
                              "Задержка растёт незначительно, а расходы падают.\n";
static const char japanese[] = "この論文では、遠隔メモリを使ったページングの仕組みを説明している。"
                               "データセンターのメモリは余っているので、他の計算機に貸すことができる。\n";

static struct loaded load(struct span bytes)
{
    struct loaded loaded;
    pinakes_error error;
    assert_int_equal(load_bytes(bytes, &loaded, &error), PINAKES_OK);
    return loaded;
}

static void assert_text(struct span bytes, const char *expected)
{
    struct loaded loaded = load(bytes);
    assert_int_equal(loaded.outcome, LOAD_TEXT);
    assert_int_equal(loaded.text.len, strlen(expected));
    assert_memory_equal(loaded.text.at, expected, loaded.text.len);
    loaded_free(&loaded);
}

static void assert_refused(struct span bytes, enum load_outcome outcome, uint32_t line, const char *message)
{
    struct loaded loaded = load(bytes);
    assert_int_equal(loaded.outcome, outcome);
    assert_int_equal(loaded.line, line);
    assert_string_equal(loaded.message, message);
    assert_null(loaded.bytes);
    loaded_free(&loaded);
}

/* `text` in another encoding, as someone's old editor saved it. */
static void encode(const char *text, const char *encoding, struct buffer *out)
{
    const iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char piece[4096];
    char *copy = strdup(text), *from = copy, *to = piece;
    size_t left = strlen(text), room = sizeof piece;
    assert_true(iconv(converter, &from, &left, &to, &room) != (size_t)-1);
    buffer_add(out, (struct span){piece, (size_t)(to - piece)});
    (void)iconv_close(converter);
    free(copy);
}

static void assert_round_trip(const char *text, const char *encoding)
{
    struct buffer bytes = {0};
    encode(text, encoding, &bytes);
    assert_text((struct span){bytes.at, bytes.len}, text);
    buffer_free(&bytes);
}

static void utf_8_is_kept_byte_for_byte(void **state)
{
    (void)state;
    assert_text(span_of("µFork: 分叉\nnaïve\rté\n"), "µFork: 分叉\nnaïve\rté\n");
    assert_text(span_of("no line end"), "no line end");
}

static void a_byte_order_mark_is_no_part_of_the_text(void **state)
{
    (void)state;
    assert_text(BYTES("\xEF\xBB\xBF# SOSP\n"), "# SOSP\n");
}

static void what_windows_calls_unicode_is_read(void **state)
{
    (void)state;
    assert_text(BYTES("\xFF\xFEO\0S\0D\0I\0\n\0"), "OSDI\n");
    assert_text(BYTES("\xFE\xFF\0O\0S\0D\0I\0\n"), "OSDI\n");
    assert_text(BYTES("\xFF\xFE\0\0O\0\0\0K\0\0\0"), "OK");
    assert_text(BYTES("N\0S\0D\0I\0 \0'\0002\0001\0\n\0"), "NSDI '21\n");
    assert_round_trip(chinese, "UTF-16");
}

static void older_encodings_are_told_apart_where_the_text_is_long_enough(void **state)
{
    (void)state;
    assert_round_trip(german, "WINDOWS-1252");
    assert_round_trip(chinese, "GB18030");
    assert_round_trip(traditional, "BIG5");
    assert_round_trip(russian, "WINDOWS-1251");
    assert_round_trip(russian, "KOI8-R");
    assert_round_trip(japanese, "SHIFT_JIS");
    assert_round_trip(japanese, "EUC-JP");
}

static void one_curly_quote_of_old_windows_does_not_spoil_a_file(void **state)
{
    (void)state;
    assert_text(BYTES("SOSP\nit\x92s na\xEFve \x96 but fast\n"), "SOSP\nit\u2019s na\u00EFve \u2013 but fast\n");
}

static void damaged_utf_8_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_refused(BYTES("größer\nüber\nschön\xC3\nmehr Größe\n"), LOAD_UNDECODABLE, 3,
                   "byte 0xC3 is not UTF-8, and the encoding cannot be told; convert the file to UTF-8");
}

static void what_is_no_text_says_what_it_is(void **state)
{
    (void)state;
    assert_refused(BYTES(""), LOAD_NO_PAPER, 0, "an empty file");
    assert_refused(BYTES("\xEF\xBB\xBF \r\n\t\n"), LOAD_NO_PAPER, 0, "an empty file");
    assert_refused(BYTES("\xFF\xFE"), LOAD_NO_PAPER, 0, "an empty file");
    assert_refused(BYTES("%PDF-1.7\n1 0 obj\n"), LOAD_NO_PAPER, 0, "a PDF; those are read only with --pdf");
    assert_refused(BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), LOAD_NO_PAPER, 0, "a binary file");
    assert_refused(BYTES("\1\2\3\4\5\6\7\x0E\x0F"), LOAD_NO_PAPER, 0, "a binary file");
}

static void a_stray_zero_byte_becomes_a_space(void **state)
{
    (void)state;
    assert_text(BYTES("a note with\0a hole in it, and more words\n"), "a note with a hole in it, and more words\n");
}

static void lines_end_in_line_feeds_whatever_the_system(void **state)
{
    (void)state;
    assert_text(span_of("# Boki\rnotes\r"), "# Boki\nnotes\n");
    assert_text(span_of("# Boki\r\nnotes\r\n"), "# Boki\nnotes\n");
    assert_text(span_of("# Boki\r\n\r\nno\rtes"), "# Boki\n\nno\rtes");
}

static void a_part_of_a_file_keeps_the_lines_of_the_file(void **state)
{
    (void)state;
    struct loaded loaded;
    pinakes_error error;
    assert_int_equal(load_piece(span_of("# Boki\rnotes\r"), &loaded, &error), PINAKES_OK);
    assert_string_equal(loaded.bytes, "# Boki\rnotes\r");
    loaded_free(&loaded);
}

static void a_file_larger_than_notes_can_be_is_not_read(void **state)
{
    (void)state;
    char *many = calloc(LOAD_LARGEST + 1, 1);
    assert_non_null(many);
    assert_refused((struct span){many, LOAD_LARGEST + 1}, LOAD_NO_PAPER, 0, "longer than notes can be (64 MB)");
    free(many);
}

static void equal_bytes_have_equal_hashes_whatever_the_encoding(void **state)
{
    (void)state;
    struct loaded a = load(BYTES("caf\xE9 memory\n")), b = load(BYTES("caf\xE9 memory\n"));
    struct loaded utf8 = load(span_of("café memory\n"));
    assert_true(a.hash == b.hash);
    assert_true(a.hash != utf8.hash);
    assert_true(span_equal(a.text, utf8.text));
    loaded_free(&a);
    loaded_free(&b);
    loaded_free(&utf8);
}

static void a_file_gives_what_its_bytes_give(void **state)
{
    (void)state;
    char path[] = "/tmp/pinakes-load-XXXXXX";
    const int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, german, sizeof german - 1), sizeof german - 1);
    (void)close(descriptor);
    struct loaded from_file, from_bytes = load(span_of(german));
    pinakes_error error;
    assert_int_equal(load_file(path, &from_file, &error), PINAKES_OK);
    assert_int_equal(from_file.outcome, LOAD_TEXT);
    assert_true(span_equal(from_file.text, from_bytes.text));
    assert_true(from_file.hash == from_bytes.hash);
    loaded_free(&from_file);
    loaded_free(&from_bytes);
    (void)unlink(path);
}

static void a_file_that_cannot_be_opened_says_why(void **state)
{
    (void)state;
    struct loaded loaded;
    pinakes_error error;
    assert_int_equal(load_file("/nowhere/at/all.txt", &loaded, &error), PINAKES_OK);
    assert_int_equal(loaded.outcome, LOAD_UNREADABLE);
    assert_string_equal(loaded.message, "No such file or directory");
    assert_int_equal(load_file("/", &loaded, &error), PINAKES_OK);
    assert_int_equal(loaded.outcome, LOAD_UNREADABLE);
    assert_string_equal(loaded.message, "Is a directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf_8_is_kept_byte_for_byte),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_text),
        cmocka_unit_test(what_windows_calls_unicode_is_read),
        cmocka_unit_test(older_encodings_are_told_apart_where_the_text_is_long_enough),
        cmocka_unit_test(one_curly_quote_of_old_windows_does_not_spoil_a_file),
        cmocka_unit_test(damaged_utf_8_is_refused_with_its_line),
        cmocka_unit_test(what_is_no_text_says_what_it_is),
        cmocka_unit_test(a_stray_zero_byte_becomes_a_space),
        cmocka_unit_test(lines_end_in_line_feeds_whatever_the_system),
        cmocka_unit_test(a_part_of_a_file_keeps_the_lines_of_the_file),
        cmocka_unit_test(a_file_larger_than_notes_can_be_is_not_read),
        cmocka_unit_test(equal_bytes_have_equal_hashes_whatever_the_encoding),
        cmocka_unit_test(a_file_gives_what_its_bytes_give),
        cmocka_unit_test(a_file_that_cannot_be_opened_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
