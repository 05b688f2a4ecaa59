#include "corpus/load.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchardet/uchardet.h>
#include <utf8proc.h>

static void say(struct loaded *loaded, enum load_outcome outcome, const char *message)
{
    loaded->outcome = outcome;
    (void)snprintf(loaded->message, sizeof loaded->message, "%s", message);
}

/* ---- what the bytes are -------------------------------------------------------------------------------------- */

static bool has_magic_number(struct span bytes)
{
    static const char *const magic[] = {"%PDF-",           "\x89PNG", "\xFF\xD8\xFF", "GIF8", "PK\x03\x04", "\177ELF",
                                        "SQLite format 3", "OggS",    "RIFF",         "Rar!", "7z\xBC\xAF"};
    return span_starts_with_one(bytes, magic, sizeof magic / sizeof magic[0]) > 0;
}

/* Text has hardly any control characters; one stray NUL does not make a file binary. */
static bool looks_binary(struct span bytes)
{
    enum { SAMPLE = 65536 };
    const size_t len = bytes.len < SAMPLE ? bytes.len : SAMPLE;
    size_t controls = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)bytes.at[i];
        controls += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
    }
    return has_magic_number(bytes) || controls > 2 + len / 100;
}

/* The bytes of the character that begins at `at`; 0 when it is not UTF-8. */
static size_t character_bytes(struct span bytes, size_t at)
{
    if ((unsigned char)bytes.at[at] < 0x80)
        return 1;
    utf8proc_int32_t code_point;
    const utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes.at + at, (utf8proc_ssize_t)(bytes.len - at), &code_point);
    return len > 0 ? (size_t)len : 0;
}

/* The offset of the first byte that is not UTF-8, or the length when there is none. */
static size_t first_invalid(struct span bytes)
{
    size_t at = 0;
    for (size_t len; at < bytes.len && (len = character_bytes(bytes, at)) > 0; at += len) {
    }
    return at;
}

/* How many characters beyond ASCII are valid UTF-8, and how many bytes belong to none. */
struct census {
    size_t valid, invalid, pairs;
};

static struct census take_census(struct span bytes)
{
    struct census census = {0, 0, 0};
    size_t i = 0;
    while (i < bytes.len) {
        const size_t len = character_bytes(bytes, i);
        census.valid += len > 1;
        census.invalid += len == 0;
        census.pairs += len == 0 && i + 1 < bytes.len && (unsigned char)bytes.at[i + 1] >= 0x80;
        i += len > 0 ? len : 1;
    }
    return census;
}

static uint32_t line_of(struct span bytes, size_t offset)
{
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++)
        line += bytes.at[i] == '\n';
    return line;
}

/* ---- turning them into UTF-8 --------------------------------------------------------------------------------- */

/* "UTF-16LE" and the like when a byte order mark, or the even spread of NULs in Latin text, gives it away. */
static const char *wide_encoding(struct span bytes, size_t *mark)
{
    static const struct {
        const char *mark, *name;
        size_t len;
    } marks[] = {{"\xFF\xFE\0\0", "UTF-32LE", 4},
                 {"\0\0\xFE\xFF", "UTF-32BE", 4},
                 {"\xFF\xFE", "UTF-16LE", 2},
                 {"\xFE\xFF", "UTF-16BE", 2}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (bytes.len >= marks[i].len && memcmp(bytes.at, marks[i].mark, marks[i].len) == 0) {
            *mark = marks[i].len;
            return marks[i].name;
        }
    *mark = 0;
    const size_t len = bytes.len < 4096 ? bytes.len & ~(size_t)1 : 4096;
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < len; i++)
        zeros[i & 1] += bytes.at[i] == '\0';
    if (len >= 8 && zeros[1] > len / 2 * 7 / 10 && zeros[0] == 0)
        return "UTF-16LE";
    return len >= 8 && zeros[0] > len / 2 * 7 / 10 && zeros[1] == 0 ? "UTF-16BE" : NULL;
}

/* False when a byte has no meaning in that encoding; NULL in `*out` when memory is short. */
static bool convert(struct span bytes, const char *encoding, struct buffer *out)
{
    const iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    char piece[4096];
    char *from = (char *)(uintptr_t)bytes.at; /* iconv() does not write here */
    size_t left = bytes.len;
    bool ok = true;
    while (left > 0 && ok) {
        char *to = piece;
        size_t room = sizeof piece;
        const size_t result = iconv(converter, &from, &left, &to, &room);
        ok = result != (size_t)-1 || errno == E2BIG;
        buffer_add(out, (struct span){piece, (size_t)(to - piece)});
    }
    (void)iconv_close(converter);
    return ok;
}

/* uchardet's guess; NULL when it has none, or when the text holds too little to go by. */
static const char *guess_encoding(struct span bytes, const struct census *census, char *name, size_t name_bytes)
{
    enum { SAMPLE = 1 << 20, ENOUGH = 24 };
    /* A few lone high bytes among Latin letters: the encoding of Western Windows. */
    if (census->pairs * 4 < census->invalid && census->invalid < ENOUGH)
        return "WINDOWS-1252";
    uchardet_t detector = uchardet_new();
    if (detector == NULL)
        return NULL;
    const size_t len = bytes.len < SAMPLE ? bytes.len : SAMPLE;
    const bool ok = uchardet_handle_data(detector, bytes.at, len) == 0;
    uchardet_data_end(detector);
    (void)snprintf(name, name_bytes, "%s", ok ? uchardet_get_charset(detector) : "");
    uchardet_delete(detector);
    return name[0] == '\0' || strcmp(name, "ASCII") == 0 || strcmp(name, "UTF-8") == 0 ? NULL : name;
}

/* A NUL is no character of a note: it becomes a space, so that texts stay C strings. */
static void replace_nuls(char *text, size_t len)
{
    for (char *at = text; (at = memchr(at, '\0', len - (size_t)(at - text))) != NULL; at++)
        *at = ' ';
}

static pinakes_status take_text(struct loaded *loaded, struct buffer *text, pinakes_error *error)
{
    if (text->failed) {
        buffer_free(text);
        return error_no_memory(error);
    }
    if (text->len > 0)
        replace_nuls(text->at, text->len);
    if (span_trim(buffer_text(text)).len == 0) {
        buffer_free(text);
        say(loaded, LOAD_NO_PAPER, "an empty file");
        return PINAKES_OK;
    }
    loaded->outcome = LOAD_TEXT;
    loaded->bytes = text->at;
    loaded->text = buffer_text(text);
    return PINAKES_OK;
}

static void refuse(struct loaded *loaded, struct span bytes)
{
    const size_t at = first_invalid(bytes);
    loaded->outcome = LOAD_UNDECODABLE;
    loaded->line = line_of(bytes, at);
    (void)snprintf(loaded->message, sizeof loaded->message,
                   "byte 0x%02X is not UTF-8, and the encoding cannot be told; convert the file to UTF-8",
                   (unsigned)(unsigned char)bytes.at[at]); /* NOLINT: bytes without any are valid */
}

/* Text in an older encoding. Mostly good UTF-8 with stray bytes is damaged UTF-8: guessing would spoil the rest. */
static pinakes_status decode_legacy(struct span bytes, struct loaded *out, pinakes_error *error)
{
    const struct census census = take_census(bytes);
    char name[64];
    struct buffer text = {0};
    const char *encoding = census.valid > census.invalid ? NULL : guess_encoding(bytes, &census, name, sizeof name);
    if (encoding != NULL && convert(bytes, encoding, &text) && first_invalid(buffer_text(&text)) == text.len)
        return take_text(out, &text, error);
    buffer_free(&text);
    refuse(out, bytes);
    return PINAKES_OK;
}

static pinakes_status decode(struct span bytes, struct loaded *out, pinakes_error *error)
{
    struct buffer text = {0};
    size_t mark = 0;
    const char *wide = wide_encoding(bytes, &mark);
    if (wide != NULL && convert((struct span){bytes.at + mark, bytes.len - mark}, wide, &text) &&
        !looks_binary(buffer_text(&text)))
        return take_text(out, &text, error);
    buffer_free(&text);
    if (looks_binary(bytes)) {
        say(out, LOAD_NO_PAPER,
            span_starts(bytes, "%PDF-") ? "a PDF; those are read only with --pdf" : "a binary file");
        return PINAKES_OK;
    }
    bytes = span_without_bom(bytes);
    if (first_invalid(bytes) != bytes.len)
        return decode_legacy(bytes, out, error);
    buffer_add(&text, bytes);
    return take_text(out, &text, error);
}

static void say_too_large(struct loaded *loaded)
{
    loaded->outcome = LOAD_NO_PAPER;
    (void)snprintf(loaded->message, sizeof loaded->message, "longer than notes can be (%zu MB)", LOAD_LARGEST >> 20);
}

/* All readers look for line feeds alone: lines that end in carriage returns, as on old Macs, or in both, get them. A
 * carriage return within a line stays. */
static void end_lines(struct loaded *loaded)
{
    if (loaded->outcome != LOAD_TEXT || memchr(loaded->bytes, '\r', loaded->text.len) == NULL)
        return;
    const bool is_mac = memchr(loaded->bytes, '\n', loaded->text.len) == NULL;
    char *bytes = loaded->bytes;
    size_t kept = 0;
    for (size_t i = 0; i < loaded->text.len; i++)
        if (bytes[i] != '\r' || is_mac || i + 1 == loaded->text.len || bytes[i + 1] != '\n')
            bytes[kept++] = (char)(bytes[i] == '\r' && is_mac ? '\n' : bytes[i]);
    if (kept < loaded->text.len)
        bytes[kept] = '\0';
    loaded->text.len = kept;
}

pinakes_status load_piece(struct span bytes, struct loaded *out, pinakes_error *error)
{
    *out = (struct loaded){.hash = hash_add(HASH_START, bytes)};
    if (bytes.len <= LOAD_LARGEST)
        return decode(bytes, out, error);
    say_too_large(out);
    return PINAKES_OK;
}

pinakes_status load_bytes(struct span bytes, struct loaded *out, pinakes_error *error)
{
    const pinakes_status status = load_piece(bytes, out, error);
    if (status == PINAKES_OK)
        end_lines(out);
    return status;
}

/* ---- reading files ------------------------------------------------------------------------------------------- */

pinakes_status load_stream(struct stream *stream, struct loaded *out, pinakes_error *error)
{
    enum { HEAD_BYTES = 4096 };
    *out = (struct loaded){0};
    const bool is_binary = has_magic_number(stream_peek(stream, HEAD_BYTES)); /* need not be read to its end */
    const struct span bytes = stream_peek(stream, is_binary ? HEAD_BYTES : LOAD_LARGEST + 1);
    pinakes_status status = PINAKES_OK;
    if (stream_state(stream) == STREAM_NO_MEMORY)
        status = error_no_memory(error);
    else if (stream_state(stream) != STREAM_GOOD)
        say(out, LOAD_UNREADABLE, stream_complaint(stream));
    else if (bytes.len > LOAD_LARGEST)
        say_too_large(out);
    else
        status = decode(bytes, out, error);
    if (status == PINAKES_OK)
        end_lines(out);
    out->hash = stream_hash(stream);
    return status;
}

pinakes_status load_file(const char *path, struct loaded *out, pinakes_error *error)
{
    struct stream *stream = stream_open(path);
    if (stream == NULL)
        return error_no_memory(error);
    const pinakes_status status = load_stream(stream, out, error);
    stream_close(stream);
    return status;
}

bool load_is_wide(struct span head)
{
    size_t mark;
    return wide_encoding(head, &mark) != NULL;
}

bool load_is_utf8(struct span bytes)
{
    return first_invalid(bytes) == bytes.len;
}

void loaded_free(struct loaded *loaded)
{
    free(loaded->bytes);
    *loaded = (struct loaded){0};
}
