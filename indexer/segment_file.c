#include "indexer/segment_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

/* The checksum of each page of `bytes`, which end at a page's end. The caller frees them. */
static uint64_t *page_checksums(const uint8_t *bytes, size_t count)
{
    uint64_t *checksums = malloc(count / SEGMENT_PAGE * sizeof *checksums + 1);
    for (size_t i = 0; checksums != NULL && i < count / SEGMENT_PAGE; i++)
        checksums[i] = XXH3_64bits(bytes + i * SEGMENT_PAGE, SEGMENT_PAGE);
    return checksums;
}

/* Reads the file back as the system holds it. */
static uint64_t *checksum_file(struct segment_file *out)
{
    uint8_t *map = mmap(NULL, (size_t)out->bytes, PROT_READ, MAP_SHARED, fileno(out->file), 0);
    if (map == MAP_FAILED)
        return NULL;
    uint64_t *checksums = page_checksums(map + SEGMENT_PAGE, (size_t)out->bytes - SEGMENT_PAGE);
    (void)munmap(map, (size_t)out->bytes);
    return checksums;
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
    uint64_t *summary = page_checksums((const uint8_t *)padded, table);
    if (summary != NULL) {
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
