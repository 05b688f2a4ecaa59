/* Unpacking of anything: as a file, and as lines. */
#include "reader_checks.h"

#include "corpus/stream.h"

enum { MOST_BYTES = 1 << 24 }; /* a bomb need not go off */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct span bytes = {(const char *)data, size};
    struct span line;
    bool whole;
    struct stream *stream = stream_over(bytes);
    const size_t visible = stream_peek(stream, MOST_BYTES).len;
    check(stream_state(stream) != STREAM_UNREADABLE && stream_bytes(stream) <= size);
    stream_close(stream);
    stream = stream_over(bytes);
    for (size_t taken = 0; taken < MOST_BYTES && stream_line(stream, 1000, &line, &whole);) {
        check(line.len <= visible && (whole || line.len == 0));
        taken += line.len + 1;
    }
    stream_close(stream);
    return 0;
}
