#include "indexer/segment_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static void put_zeros(struct segment_file *out, uint64_t count)
{
    static const char zeros[SEGMENT_PAGE];
    for (uint64_t left = count; left > 0;) {
        const size_t piece = left < sizeof zeros ? (size_t)left : sizeof zeros;
        segment_file_put(out, zeros, piece);
        left -= piece;
    }
}

static void align(struct segment_file *out, uint64_t to)
{
    put_zeros(out, (to - out->bytes % to) % to);
}

void segment_file_start(struct segment_file *out, FILE *file)
{
    *out = (struct segment_file){.file = file};
    put_zeros(out, SEGMENT_PAGE);
}

void segment_file_put(struct segment_file *out, const void *bytes, size_t count)
{
    out->failed |= count > 0 && fwrite(bytes, 1, count, out->file) != count;
    out->bytes += count;
}

void segment_file_begin(struct segment_file *out, enum segment_section section)
{
    align(out, SEGMENT_ALIGNMENT);
    out->header.sections[section].offset = out->bytes;
}

void segment_file_end(struct segment_file *out, enum segment_section section)
{
    out->header.sections[section].bytes = out->bytes - out->header.sections[section].offset;
}

void segment_file_section(struct segment_file *out, enum segment_section section, const void *bytes, size_t count)
{
    segment_file_begin(out, section);
    segment_file_put(out, bytes, count);
    segment_file_end(out, section);
}

static void checksum_pages(const uint8_t *bytes, size_t pages, uint64_t *checksums)
{
    for (size_t i = 0; i < pages; i++)
        checksums[i] = XXH3_64bits(bytes + i * SEGMENT_PAGE, SEGMENT_PAGE);
}

/* Reads `count` bytes of the file at `from`, whole. */
static bool read_back(int file, uint64_t from, uint8_t *bytes, size_t count)
{
    for (size_t got = 0; got < count;) {
        const ssize_t more = pread(file, bytes + got, count - got, (off_t)(from + got));
        if (more == 0 || (more < 0 && errno != EINTR))
            return false;
        got += more > 0 ? (size_t)more : 0;
    }
    return true;
}

/* The checksums of the file's pages but the first, read back as the system holds them. The caller frees them. */
static uint64_t *checksum_file(const struct segment_file *out)
{
    enum { PIECE = 256 }; /* pages */
    const size_t pages = (size_t)(out->bytes / SEGMENT_PAGE) - 1;
    uint64_t *checksums = malloc(pages * sizeof *checksums + 1);
    uint8_t *piece = malloc((size_t)PIECE * SEGMENT_PAGE);
    bool read = checksums != NULL && piece != NULL;
    for (size_t i = 0; i < pages && read; i += PIECE) {
        const size_t count = pages - i < PIECE ? pages - i : PIECE;
        read = read_back(fileno(out->file), (uint64_t)(i + 1) * SEGMENT_PAGE, piece, count * SEGMENT_PAGE);
        if (read)
            checksum_pages(piece, count, checksums + i);
    }
    free(piece);
    if (read)
        return checksums;
    free(checksums);
    return NULL;
}

static bool write_checksums(struct segment_file *out)
{
    const size_t pages = (size_t)(out->bytes / SEGMENT_PAGE) - 1;
    uint64_t *checksums = checksum_file(out);
    const size_t table = (pages * sizeof *checksums + SEGMENT_PAGE - 1) / SEGMENT_PAGE * SEGMENT_PAGE;
    uint64_t *padded = checksums == NULL ? NULL : realloc(checksums, table + 1);
    if (padded == NULL) {
        free(checksums);
        return false;
    }
    memset((uint8_t *)padded + pages * sizeof *padded, 0, table - pages * sizeof *padded);
    uint64_t *summary = malloc(table / SEGMENT_PAGE * sizeof *summary + 1);
    if (summary != NULL) {
        checksum_pages((const uint8_t *)padded, table / SEGMENT_PAGE, summary);
        segment_file_section(out, SECTION_CHECKSUMS, padded, table);
        segment_file_section(out, SECTION_SUMMARY, summary, table / SEGMENT_PAGE * sizeof *summary);
        out->header.summary_checksum = XXH3_64bits(summary, table / SEGMENT_PAGE * sizeof *summary);
    }
    free(summary);
    free(padded);
    return summary != NULL;
}

static bool write_header(struct segment_file *out)
{
    struct segment_header *header = &out->header;
    memcpy(header->magic, SEGMENT_MAGIC, sizeof header->magic);
    header->version = SEGMENT_VERSION;
    header->file_bytes = out->bytes;
    header->checksum = XXH3_64bits(header, offsetof(struct segment_header, checksum));
    return fseek(out->file, 0, SEEK_SET) == 0 && fwrite(header, sizeof *header, 1, out->file) == 1;
}

bool segment_file_finish(struct segment_file *out)
{
    put_zeros(out, SEGMENT_PADDING);
    align(out, SEGMENT_PAGE);
    if (out->failed || fflush(out->file) != 0 || !write_checksums(out) || out->failed)
        return false;
    return write_header(out) && fflush(out->file) == 0 && fsync(fileno(out->file)) == 0;
}
