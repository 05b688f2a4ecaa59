/* The bytes of a source of any size, one window after another in bounded memory. What gzip, bzip2, Zstandard or xz has
 * packed is unpacked on the way. */
#ifndef CORPUS_STREAM_H
#define CORPUS_STREAM_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stream;

enum stream_state {
    STREAM_GOOD,
    STREAM_UNREADABLE, /* the system refused to read */
    STREAM_DAMAGED,    /* the packed bytes are damaged, or end too early */
    STREAM_NO_MEMORY,
};

/* Opens the file at `path` ("-": standard input). One that cannot be opened gives a stream in that state. NULL when
 * memory is short; stream_close() when done. */
struct stream *stream_open(const char *path);

/* The same for bytes in memory, which must outlive the stream. */
struct stream *stream_over(struct span bytes);
void stream_close(struct stream *stream);

/* Puts up to `bytes` bytes into `into`: how many, 0 at the end, -1 on failure with `*complaint` set, which must live as
 * long as `context`. */
typedef ptrdiff_t stream_read(void *context, char *into, size_t bytes, const char **complaint);

/* The same for bytes that `read` gives; `context` must outlive the stream. */
struct stream *stream_from(stream_read *read, void *context);

/* The next `bytes` bytes or more, without taking them; fewer only where the stream ends or fails. They stay in place
 * until the next call. */
struct span stream_peek(struct stream *stream, size_t bytes);

/* Takes bytes that stream_peek() gave. */
void stream_take(struct stream *stream, size_t bytes);

/* Takes the next `bytes` bytes, or what there is left of them, and adds their line breaks to `*lines`. */
void stream_skip(struct stream *stream, size_t bytes, uint32_t *lines);

/* Takes the next line, without the line end. Of one longer than `longest` bytes the rest is thrown away and `*whole` is
 * false. False at the end of the stream. */
bool stream_line(struct stream *stream, size_t longest, struct span *line, bool *whole);

enum stream_state stream_state(const struct stream *stream);

/* Why the stream failed, for people. */
const char *stream_complaint(const struct stream *stream);

/* Bytes of the file read so far, as they lie there, and their hash (FNV-1a, 64 bit): at the end, of the whole file. */
uint64_t stream_bytes(const struct stream *stream);
uint64_t stream_hash(const struct stream *stream);

/* The hash of a whole file; of what could be read of it. False when memory is short. */
bool stream_hash_file(const char *path, uint64_t *hash);

#endif
