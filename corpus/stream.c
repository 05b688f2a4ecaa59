#include "corpus/stream.h"

#include "base/hash.h"
#include "corpus/unpacker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PIECE_BYTES = 1 << 16,  /* read at a time */
    WINDOW_BYTES = 1 << 17, /* at first */
};

struct stream {
    int descriptor; /* -1 when none is open */
    bool is_standard_input;
    stream_read *read;  /* NULL unless the bytes come from it */
    void *context;      /* for `read` */
    struct span memory; /* what is left of bytes in memory */
    char *piece;        /* PIECE_BYTES of the file */
    struct span packed; /* what is left of the last piece */
    bool is_file_read;
    struct unpacker *unpacker; /* NULL for what is not packed */
    bool may_end;              /* what was unpacked so far is whole */
    char *window;
    size_t start, end, capacity; /* of what is visible in the window */
    uint64_t bytes, hash;
    enum stream_state state;
    char complaint[128];
};

static void fail(struct stream *stream, enum stream_state state, const char *complaint)
{
    stream->state = state;
    (void)snprintf(stream->complaint, sizeof stream->complaint, "%s", complaint);
}

/* ---- the file's own bytes ------------------------------------------------------------------------------------ */

static void read_descriptor(struct stream *stream)
{
    const ssize_t got = read(stream->descriptor, stream->piece, PIECE_BYTES);
    if (got < 0)
        fail(stream, STREAM_UNREADABLE, strerror(errno));
    stream->packed = (struct span){stream->piece, got < 0 ? 0 : (size_t)got};
}

static void read_callback(struct stream *stream)
{
    const char *complaint = "it cannot be read";
    const ptrdiff_t got = stream->read(stream->context, stream->piece, PIECE_BYTES, &complaint);
    if (got < 0)
        fail(stream, STREAM_DAMAGED, complaint);
    stream->packed = (struct span){stream->piece, got < 0 ? 0 : (size_t)got};
}

static void read_memory(struct stream *stream)
{
    const size_t bytes = stream->memory.len < PIECE_BYTES ? stream->memory.len : PIECE_BYTES;
    stream->packed = (struct span){stream->memory.at, bytes};
    stream->memory = (struct span){stream->memory.at + bytes, stream->memory.len - bytes};
}

static void read_piece(struct stream *stream)
{
    if (stream->packed.len > 0 || stream->is_file_read)
        return;
    if (stream->descriptor >= 0)
        read_descriptor(stream);
    else if (stream->read != NULL)
        read_callback(stream);
    else
        read_memory(stream);
    stream->is_file_read = stream->packed.len == 0;
    stream->bytes += stream->packed.len;
    stream->hash = hash_add(stream->hash, stream->packed);
}

/* ---- the window ---------------------------------------------------------------------------------------------- */

/* Room for more behind what is visible: by moving it to the front, or into a larger window. */
static bool make_room(struct stream *stream)
{
    if (stream->end < stream->capacity)
        return true;
    if (stream->start > stream->capacity / 2) {
        memmove(stream->window, stream->window + stream->start, stream->end - stream->start);
        stream->end -= stream->start;
        stream->start = 0;
        return true;
    }
    const size_t capacity = stream->capacity == 0 ? WINDOW_BYTES : stream->capacity * 2;
    char *window = realloc(stream->window, capacity);
    if (window == NULL) {
        fail(stream, STREAM_NO_MEMORY, "out of memory");
        return false;
    }
    stream->window = window;
    stream->capacity = capacity;
    return true;
}

static void copy_plain(struct stream *stream)
{
    const size_t room = stream->capacity - stream->end;
    const size_t bytes = stream->packed.len < room ? stream->packed.len : room;
    if (bytes > 0)
        memcpy(stream->window + stream->end, stream->packed.at, bytes);
    stream->packed = (struct span){stream->packed.at + bytes, stream->packed.len - bytes};
    stream->end += bytes;
}

static void say_damaged(struct stream *stream, bool too_short)
{
    char complaint[sizeof stream->complaint];
    (void)snprintf(complaint, sizeof complaint, "the %s data %s", unpacker_name(stream->unpacker),
                   too_short ? "ends too early; the file is cut off" : "is damaged");
    fail(stream, STREAM_DAMAGED, complaint);
}

/* One step of unpacking. Without any input left it ends what is whole; false then. */
static bool unpack(struct stream *stream)
{
    size_t made = 0;
    const size_t before = stream->packed.len;
    const enum unpacked result = unpacker_step(stream->unpacker, &stream->packed, stream->window + stream->end,
                                               stream->capacity - stream->end, &made);
    stream->end += made;
    if (made > 0 || stream->packed.len < before || result == UNPACKED_ALL)
        stream->may_end = result == UNPACKED_ALL;
    if (result == UNPACKED_NO_MEMORY)
        fail(stream, STREAM_NO_MEMORY, "out of memory");
    else if (result == UNPACKED_DAMAGED)
        say_damaged(stream, before == 0);
    else if (before == 0 && made == 0 && !stream->may_end)
        say_damaged(stream, true);
    return stream->state == STREAM_GOOD && (before > 0 || made > 0);
}

/* More bytes into the window; false when there are none, or the stream has failed. */
static bool fill(struct stream *stream)
{
    if (stream->state != STREAM_GOOD || !make_room(stream))
        return false;
    read_piece(stream);
    if (stream->state != STREAM_GOOD)
        return false;
    if (stream->unpacker != NULL)
        return unpack(stream);
    copy_plain(stream);
    return !stream->is_file_read;
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

/* How the file is packed shows in its first bytes; a pipe may give them one by one. */
static void look_for_packing(struct stream *stream)
{
    while (stream->end < UNPACKER_MAGIC_BYTES && fill(stream))
        ;
    const struct span head = {stream->window, stream->end};
    if (stream->state != STREAM_GOOD || !unpacker_create(head, &stream->unpacker)) {
        if (stream->state == STREAM_GOOD)
            fail(stream, STREAM_NO_MEMORY, "out of memory");
        return;
    }
    if (stream->unpacker == NULL)
        return;
    /* Little enough was read to lie in one piece: it is unpacked from there. */
    memmove(stream->piece, stream->window, head.len);
    if (stream->packed.len > 0)
        memmove(stream->piece + head.len, stream->packed.at, stream->packed.len);
    stream->packed = (struct span){stream->piece, head.len + stream->packed.len};
    stream->start = stream->end = 0;
}

static struct stream *create(void)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL)
        return NULL;
    *stream = (struct stream){.descriptor = -1, .hash = HASH_START, .piece = malloc((size_t)2 * PIECE_BYTES)};
    if (stream->piece != NULL)
        return stream;
    free(stream);
    return NULL;
}

struct stream *stream_open(const char *path)
{
    struct stream *stream = create();
    if (stream == NULL)
        return NULL;
    stream->is_standard_input = strcmp(path, "-") == 0;
    stream->descriptor = stream->is_standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (stream->descriptor < 0)
        fail(stream, STREAM_UNREADABLE, strerror(errno));
    else
        look_for_packing(stream);
    return stream;
}

struct stream *stream_over(struct span bytes)
{
    struct stream *stream = create();
    if (stream == NULL)
        return NULL;
    stream->memory = bytes;
    look_for_packing(stream);
    return stream;
}

struct stream *stream_from(stream_read *read, void *context)
{
    struct stream *stream = create();
    if (stream == NULL)
        return NULL;
    stream->read = read;
    stream->context = context;
    look_for_packing(stream);
    return stream;
}

void stream_close(struct stream *stream)
{
    if (stream == NULL)
        return;
    if (stream->descriptor >= 0 && !stream->is_standard_input)
        (void)close(stream->descriptor);
    unpacker_free(stream->unpacker);
    free(stream->piece);
    free(stream->window);
    free(stream);
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

struct span stream_peek(struct stream *stream, size_t bytes)
{
    while (stream->end - stream->start < bytes && fill(stream))
        ;
    return (struct span){stream->window == NULL ? "" : stream->window + stream->start, stream->end - stream->start};
}

void stream_take(struct stream *stream, size_t bytes)
{
    stream->start += bytes;
}

void stream_skip(struct stream *stream, size_t bytes, uint32_t *lines)
{
    const struct span window = stream_peek(stream, bytes);
    const size_t taken = bytes < window.len ? bytes : window.len;
    for (size_t i = 0; i < taken; i++)
        *lines += window.at[i] == '\n';
    stream_take(stream, taken);
}

/* Where the first line end at or behind `*from` stands in the window; `*from` is how far was looked. */
static bool find_line_end(const struct stream *stream, size_t *from, size_t *at)
{
    const size_t visible = stream->end - stream->start;
    const char *end = visible == *from ? NULL : memchr(stream->window + stream->start + *from, '\n', visible - *from);
    *from = visible;
    if (end != NULL)
        *at = (size_t)(end - stream->window) - stream->start;
    return end != NULL;
}

static void skip_line(struct stream *stream)
{
    size_t from = 0, at = 0;
    while (!find_line_end(stream, &from, &at)) {
        stream->start = stream->end;
        from = 0;
        if (!fill(stream))
            return;
    }
    stream->start += at + 1;
}

bool stream_line(struct stream *stream, size_t longest, struct span *line, bool *whole)
{
    size_t from = 0, at = 0;
    bool has_end = false;
    *whole = true;
    while (!(has_end = find_line_end(stream, &from, &at)) && from <= longest && fill(stream))
        ;
    *line = (struct span){stream->window == NULL ? "" : stream->window + stream->start, has_end ? at : from};
    if (line->len > longest) {
        *whole = false;
        *line = (struct span){"", 0};
        skip_line(stream);
        return true;
    }
    stream->start += line->len + has_end;
    if (line->len > 0 && line->at[line->len - 1] == '\r')
        line->len--;
    return has_end || (from > 0 && stream->state == STREAM_GOOD);
}

enum stream_state stream_state(const struct stream *stream)
{
    return stream->state;
}

const char *stream_complaint(const struct stream *stream)
{
    return stream->complaint;
}

uint64_t stream_bytes(const struct stream *stream)
{
    return stream->bytes;
}

uint64_t stream_hash(const struct stream *stream)
{
    return stream->hash;
}

bool stream_hash_file(const char *path, uint64_t *hash)
{
    struct stream *stream = stream_open(path);
    if (stream == NULL)
        return false;
    do
        stream->packed.len = 0;
    while (stream->state == STREAM_GOOD && (read_piece(stream), !stream->is_file_read));
    *hash = stream->hash;
    stream_close(stream);
    return true;
}
