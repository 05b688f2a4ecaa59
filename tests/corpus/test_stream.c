/* Streams: the same bytes whether packed or not, and a word about what is damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "corpus/stream.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { PLAIN_BYTES = 1 << 20 };

/* Lines of numbers, longer than any window. */
static struct buffer plain_text(void)
{
    struct buffer text = {0};
    for (unsigned i = 0; text.len < PLAIN_BYTES; i++)
        buffer_format(&text, "line %u of many, %u\n", i, i * 2654435761U);
    assert_false(text.failed);
    return text;
}

static void add_gzip(struct buffer *out, struct span text)
{
    z_stream z = {0};
    unsigned char *packed = malloc(text.len + 1024);
    assert_non_null(packed);
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)text.at;
    z.avail_in = (unsigned)text.len;
    z.next_out = packed;
    z.avail_out = (unsigned)text.len + 1024;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    buffer_add(out, (struct span){(char *)packed, z.total_out});
    (void)deflateEnd(&z);
    free(packed);
}

static void add_zstd(struct buffer *out, struct span text)
{
    const size_t room = ZSTD_compressBound(text.len);
    char *packed = malloc(room);
    assert_non_null(packed);
    const size_t bytes = ZSTD_compress(packed, room, text.at, text.len, 3);
    assert_false(ZSTD_isError(bytes));
    buffer_add(out, (struct span){packed, bytes});
    free(packed);
}

static void add_xz(struct buffer *out, struct span text)
{
    const size_t room = lzma_stream_buffer_bound(text.len);
    size_t bytes = 0;
    uint8_t *packed = malloc(room);
    assert_non_null(packed);
    assert_int_equal(
        lzma_easy_buffer_encode(1, LZMA_CHECK_CRC32, NULL, (const uint8_t *)text.at, text.len, packed, &bytes, room),
        LZMA_OK);
    buffer_add(out, (struct span){(char *)packed, bytes});
    free(packed);
}

static void add_bzip2(struct buffer *out, struct span text)
{
    unsigned room = (unsigned)text.len + (unsigned)text.len / 100 + 600; /* as bzlib.h has it */
    char *packed = malloc(room);
    assert_non_null(packed);
    assert_int_equal(BZ2_bzBuffToBuffCompress(packed, &room, (char *)(uintptr_t)text.at, (unsigned)text.len, 9, 0, 0),
                     BZ_OK);
    buffer_add(out, (struct span){packed, room});
    free(packed);
}

typedef void packer(struct buffer *out, struct span text);
static packer *const packers[] = {add_gzip, add_zstd, add_xz, add_bzip2};
enum { PACKERS = sizeof packers / sizeof packers[0] };

static struct span read_all(struct stream *stream)
{
    return stream_peek(stream, SIZE_MAX);
}

static void assert_gives(struct span bytes, struct span expected)
{
    struct stream *stream = stream_over(bytes);
    assert_non_null(stream);
    const struct span text = read_all(stream);
    assert_string_equal(stream_complaint(stream), "");
    assert_true(span_equal(text, expected));
    assert_int_equal(stream_bytes(stream), bytes.len);
    assert_true(stream_hash(stream) == hash_add(HASH_START, bytes));
    stream_close(stream);
}

static void packed_files_give_what_was_packed(void **state)
{
    (void)state;
    struct buffer plain = plain_text();
    const struct span text = {plain.at, plain.len};
    assert_gives(text, text);
    for (size_t i = 0; i < PACKERS; i++) {
        struct buffer packed = {0};
        packers[i](&packed, text);
        assert_true(packed.len < text.len);
        assert_gives((struct span){packed.at, packed.len}, text);
        buffer_free(&packed);
    }
    buffer_free(&plain);
}

static void files_packed_one_behind_another_give_all_of_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < PACKERS; i++) {
        struct buffer packed = {0};
        packers[i](&packed, span_of("first\n"));
        packers[i](&packed, span_of(""));
        packers[i](&packed, span_of("second\n"));
        assert_gives((struct span){packed.at, packed.len}, span_of("first\nsecond\n"));
        buffer_free(&packed);
    }
}

static void zeroes_behind_a_gzip_file_are_no_part_of_it(void **state)
{
    (void)state;
    struct buffer packed = {0};
    add_gzip(&packed, span_of("text\n"));
    buffer_add(&packed, (struct span){"\0\0\0\0\0\0\0", 7});
    assert_gives((struct span){packed.at, packed.len}, span_of("text\n"));
    buffer_free(&packed);
}

static void a_file_cut_off_anywhere_says_that_it_ends_too_early(void **state)
{
    (void)state;
    static const char *const complaints[] = {
        "the gzip data ends too early; the file is cut off", "the Zstandard data ends too early; the file is cut off",
        "the xz data ends too early; the file is cut off", "the bzip2 data ends too early; the file is cut off"};
    for (size_t i = 0; i < PACKERS; i++) {
        struct buffer packed = {0};
        packers[i](&packed, span_of("some text that is packed, and some more of it\n"));
        for (size_t bytes = 12; bytes < packed.len; bytes++) {
            struct stream *stream = stream_over((struct span){packed.at, bytes});
            (void)read_all(stream);
            assert_int_equal(stream_state(stream), STREAM_DAMAGED);
            assert_string_equal(stream_complaint(stream), complaints[i]);
            stream_close(stream);
        }
        buffer_free(&packed);
    }
}

static void a_flipped_bit_is_noticed(void **state)
{
    (void)state;
    struct buffer packed = {0};
    add_gzip(&packed, span_of("some text that is packed, and some more of it\n"));
    packed.at[packed.len - 6] ^= 1; /* in the checksum */
    struct stream *stream = stream_over((struct span){packed.at, packed.len});
    (void)read_all(stream);
    assert_int_equal(stream_state(stream), STREAM_DAMAGED);
    assert_string_equal(stream_complaint(stream), "the gzip data is damaged");
    stream_close(stream);
    buffer_free(&packed);
}

static void a_note_that_begins_as_a_packed_file_does_is_none(void **state)
{
    (void)state;
    assert_gives(span_of("BZh is how files of bzip2 begin\n"), span_of("BZh is how files of bzip2 begin\n"));
    assert_gives(span_of("BZh"), span_of("BZh"));
}

static void lines_come_whole_whatever_ends_them(void **state)
{
    (void)state;
    static const char *const expected[] = {"one", "", "two", "three"};
    struct stream *stream = stream_over(span_of("one\r\n\ntwo\nthree"));
    struct span line;
    bool whole;
    for (size_t i = 0; i < 4; i++) {
        assert_true(stream_line(stream, 100, &line, &whole));
        assert_true(whole && span_is(line, expected[i]));
    }
    assert_false(stream_line(stream, 100, &line, &whole));
    stream_close(stream);
}

static void of_many_lines_none_is_lost_where_windows_meet(void **state)
{
    (void)state;
    struct buffer plain = plain_text(), again = {0};
    struct stream *stream = stream_over((struct span){plain.at, plain.len});
    struct span line;
    bool whole;
    while (stream_line(stream, 100, &line, &whole)) {
        assert_true(whole);
        buffer_add(&again, line);
        buffer_add_byte(&again, '\n');
    }
    assert_true(span_equal((struct span){again.at, again.len}, (struct span){plain.at, plain.len}));
    stream_close(stream);
    buffer_free(&plain);
    buffer_free(&again);
}

static void a_line_too_long_is_passed_over_in_little_memory(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (size_t i = 0; i < 100000; i++)
        buffer_add_text(&text, "long ");
    buffer_add_text(&text, "\nshort\n");
    struct stream *stream = stream_over((struct span){text.at, text.len});
    struct span line;
    bool whole;
    assert_true(stream_line(stream, 1000, &line, &whole));
    assert_false(whole);
    assert_true(stream_line(stream, 1000, &line, &whole));
    assert_true(whole && span_is(line, "short"));
    stream_close(stream);
    buffer_free(&text);
}

static void a_file_and_a_pipe_give_what_memory_gives(void **state)
{
    (void)state;
    char path[] = "/tmp/pinakes-stream-XXXXXX";
    struct buffer packed = {0};
    uint64_t hash = 0;
    add_zstd(&packed, span_of("text in a file\n"));
    const int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, packed.at, packed.len), packed.len);
    (void)close(descriptor);
    struct stream *stream = stream_open(path);
    assert_true(span_is(stream_peek(stream, 4), "text in a file\n"));
    assert_true(span_is(read_all(stream), "text in a file\n"));
    assert_true(stream_hash_file(path, &hash) && hash == stream_hash(stream));
    stream_close(stream);
    (void)unlink(path);
    buffer_free(&packed);
}

static void what_cannot_be_opened_says_why(void **state)
{
    (void)state;
    static const char *const paths[][2] = {{"/nowhere/at/all", "No such file or directory"}, {"/", "Is a directory"}};
    for (size_t i = 0; i < 2; i++) {
        struct stream *stream = stream_open(paths[i][0]);
        assert_int_equal(stream_peek(stream, 1).len, 0);
        assert_int_equal(stream_state(stream), STREAM_UNREADABLE);
        assert_string_equal(stream_complaint(stream), paths[i][1]);
        stream_close(stream);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packed_files_give_what_was_packed),
        cmocka_unit_test(files_packed_one_behind_another_give_all_of_them),
        cmocka_unit_test(zeroes_behind_a_gzip_file_are_no_part_of_it),
        cmocka_unit_test(a_file_cut_off_anywhere_says_that_it_ends_too_early),
        cmocka_unit_test(a_flipped_bit_is_noticed),
        cmocka_unit_test(a_note_that_begins_as_a_packed_file_does_is_none),
        cmocka_unit_test(lines_come_whole_whatever_ends_them),
        cmocka_unit_test(of_many_lines_none_is_lost_where_windows_meet),
        cmocka_unit_test(a_line_too_long_is_passed_over_in_little_memory),
        cmocka_unit_test(a_file_and_a_pipe_give_what_memory_gives),
        cmocka_unit_test(what_cannot_be_opened_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
