/* Any bytes as an archive: every member is read to its end. */
#include "corpus/archive.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST_MEMBERS = 20, MOST_BYTES = 1 << 20 };
    char path[64];
    const int file = memfd_create("archive", MFD_CLOEXEC);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        return 0;
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct archive_cursor cursor = {0};
    for (uint32_t i = 0; i < MOST_MEMBERS; i++) {
        struct stream *stream = archive_cursor_open(&cursor, path, i);
        if (stream != NULL && stream_state(stream) == STREAM_GOOD)
            (void)stream_peek(stream, MOST_BYTES);
        stream_close(stream);
    }
    archive_cursor_close(&cursor);
    (void)close(file);
    return 0;
}
