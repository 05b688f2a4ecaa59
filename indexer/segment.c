#include "indexer/segment.h"

#include "base/error.h"
#include "indexer/analyzer.h"
#include "indexer/segment_map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* ---- checksums ------------------------------------------------------------------------------------------- */

#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
enum { CHECKS = false }; /* so that what is behind them meets every byte */
#else
enum { CHECKS = true };
#endif

static bool knows(const struct segment *segment, uint64_t page)
{
    return (atomic_load_explicit(&segment->sound[page / 64], memory_order_relaxed) >> page % 64 & 1) != 0;
}

static void remember(const struct segment *segment, uint64_t page)
{
    (void)atomic_fetch_or_explicit(&segment->sound[page / 64], UINT64_C(1) << page % 64, memory_order_relaxed);
}

static bool has_checksum(const struct segment *segment, uint64_t page, uint64_t checksum)
{
    return !CHECKS || XXH3_64bits(segment->map + page * SEGMENT_PAGE, SEGMENT_PAGE) == checksum;
}

/* Checks a page of the table of checksums against the summary, which was checked when the file was opened. */
static bool is_sound_table(const struct segment *segment, uint64_t page)
{
    const uint64_t first = segment->header->sections[SECTION_CHECKSUMS].offset / SEGMENT_PAGE;
    const uint64_t *summary = (const uint64_t *)(const void *)segment_section(segment, SECTION_SUMMARY);
    if (!knows(segment, page)) {
        if (!has_checksum(segment, page, summary[page - first]))
            return false;
        remember(segment, page);
    }
    return true;
}

/* `page` is not the header and stands before the table. */
static bool is_sound_page(const struct segment *segment, uint64_t page)
{
    enum { A_PAGE = SEGMENT_PAGE / sizeof(uint64_t) };
    const uint64_t table = segment->header->sections[SECTION_CHECKSUMS].offset / SEGMENT_PAGE;
    const uint64_t *checksums = (const uint64_t *)(const void *)segment_section(segment, SECTION_CHECKSUMS);
    if (!is_sound_table(segment, table + (page - 1) / A_PAGE) || !has_checksum(segment, page, checksums[page - 1]))
        return false;
    remember(segment, page);
    return true;
}

/* Whether the pages of the bits, counted from `first`, are sound. */
static bool are_sound(const struct segment *segment, uint64_t first, uint64_t bits)
{
    for (; bits != 0; bits &= bits - 1)
        if (!is_sound_page(segment, first + (uint64_t)__builtin_ctzll(bits)))
            return false;
    return true;
}

/* Whether the pages of some bytes are known to be sound, or, where it `checks`, are sound. */
static inline bool are_all_sound(const struct segment *segment, enum segment_section section, uint64_t offset,
                                 uint64_t bytes, bool checks)
{
    const struct segment_extent *extent = &segment->header->sections[section];
    if (offset > extent->bytes || bytes > extent->bytes - offset)
        return false;
    if (bytes == 0)
        return true;
    const uint64_t first = (extent->offset + offset) / SEGMENT_PAGE;
    const uint64_t last = (extent->offset + offset + bytes - 1) / SEGMENT_PAGE;
    for (uint64_t page = first; page <= last; page = (page / 64 + 1) * 64) {
        const uint64_t behind = last / 64 == page / 64 ? last % 64 + 1 : 64;
        const uint64_t wanted = (behind == 64 ? ~UINT64_C(0) : (UINT64_C(1) << behind) - 1) >> page % 64 << page % 64;
        const uint64_t unknown = wanted & ~atomic_load_explicit(&segment->sound[page / 64], memory_order_relaxed);
        if (unknown != 0 && (!checks || !are_sound(segment, page / 64 * 64, unknown)))
            return false;
    }
    return true;
}

bool segment_is_sound(const struct segment *segment, enum segment_section section, uint64_t offset, uint64_t bytes)
{
    return are_all_sound(segment, section, offset, bytes, true);
}

bool segment_is_known(const struct segment *segment, enum segment_section section, uint64_t offset, uint64_t bytes)
{
    return are_all_sound(segment, section, offset, bytes, false);
}

bool segment_is_sound_whole(const struct segment *segment)
{
    const uint64_t table = segment->header->sections[SECTION_CHECKSUMS].offset / SEGMENT_PAGE;
    bool holds = true;
    for (size_t i = sizeof *segment->header; i < SEGMENT_PAGE && CHECKS; i++) /* no checksum covers these */
        holds &= segment->map[i] == 0;
    for (uint64_t page = 1; page < table && holds; page++)
        holds = is_sound_page(segment, page);
    return holds;
}

pinakes_status segment_damaged(const struct segment *segment, pinakes_error *error)
{
    return error_set(error, PINAKES_DAMAGED, "%s is damaged; 'pinakes seal' makes it anew from the library",
                     segment->path);
}

/* ---- opening --------------------------------------------------------------------------------------------- */

/* Bytes that a section of one entry each must have; SIZE_MAX for those that only the writer knows. */
static uint64_t bytes_of(const struct segment_header *header, enum segment_section section)
{
    const uint64_t documents = header->documents, blocks = header->blocks;
    switch (section) {
    case SECTION_PAPERS:
        return documents * sizeof(int64_t);
    case SECTION_BY_PAPER:
    case SECTION_VENUES:
        return documents * sizeof(uint32_t);
    case SECTION_LENGTHS:
    case SECTION_YEARS:
        return documents * sizeof(int16_t);
    case SECTION_LONGER: /* any number of them, but whole */
        return header->sections[section].bytes / sizeof(struct segment_exception) * sizeof(struct segment_exception);
    case SECTION_VENUE_ENDS:
        return (uint64_t)header->venues * sizeof(uint32_t);
    case SECTION_TOKEN_GROUPS:
        return (header->tokens + (uint64_t)SEGMENT_TOKENS_A_GROUP - 1) / SEGMENT_TOKENS_A_GROUP * sizeof(uint32_t);
    case SECTION_TOKEN_KEYS:
        return (header->tokens + (uint64_t)SEGMENT_TOKENS_A_GROUP - 1) / SEGMENT_TOKENS_A_GROUP * sizeof(uint64_t);
    case SECTION_TERMS:
        return (uint64_t)header->tokens * sizeof(struct segment_term);
    case SECTION_PREFIXES: /* any number of them, but whole */
        return header->sections[section].bytes / sizeof(struct segment_counted_prefix) *
               sizeof(struct segment_counted_prefix);
    case SECTION_BLOCK_LAST:
    case SECTION_BLOCK_MOST:
    case SECTION_BLOCK_POSTINGS:
    case SECTION_BLOCK_POSITIONS:
        return blocks * sizeof(uint32_t);
    default:
        return UINT64_MAX;
    }
}

static bool sections_fit(const struct segment_header *header)
{
    for (unsigned i = 0; i < SECTION_COUNT; i++) {
        const struct segment_extent *section = &header->sections[i];
        const uint64_t expected = bytes_of(header, (enum segment_section)i);
        if (section->offset % SEGMENT_ALIGNMENT != 0 || section->offset < SEGMENT_PAGE ||
            section->offset > header->file_bytes || section->bytes > header->file_bytes - section->offset ||
            (expected != UINT64_MAX && section->bytes != expected))
            return false;
    }
    const struct segment_extent *table = &header->sections[SECTION_CHECKSUMS];
    const struct segment_extent *summary = &header->sections[SECTION_SUMMARY];
    if (table->offset % SEGMENT_PAGE != 0 || table->bytes % SEGMENT_PAGE != 0 ||
        summary->bytes != table->bytes / SEGMENT_PAGE * sizeof(uint64_t) ||
        table->bytes / sizeof(uint64_t) < table->offset / SEGMENT_PAGE - 1)
        return false;
    for (unsigned i = 0; i < SECTION_CHECKSUMS; i++) /* what is read ahead of a block stays inside, too */
        if (header->sections[i].offset + header->sections[i].bytes + SEGMENT_PADDING > table->offset)
            return false;
    return true;
}

static bool is_whole(const struct segment_header *header, uint64_t bytes)
{
    return bytes >= SEGMENT_PAGE && header->file_bytes == bytes &&
           (!CHECKS || header->checksum == XXH3_64bits(header, offsetof(struct segment_header, checksum))) &&
           sections_fit(header);
}

static bool has_sound_summary(const struct segment *segment)
{
    const struct segment_extent *summary = &segment->header->sections[SECTION_SUMMARY];
    return !CHECKS ||
           XXH3_64bits(segment->map + summary->offset, (size_t)summary->bytes) == segment->header->summary_checksum;
}

static pinakes_status check_identity(const struct segment *segment, const struct segment_identity *identity,
                                     pinakes_error *error)
{
    const struct segment_header *header = segment->header;
    if (memcmp(header->library, identity->library, sizeof header->library) != 0)
        return error_set(error, PINAKES_VERSION, "%s belongs to another library", segment->path);
    if (header->analyzer_version != ANALYZER_VERSION)
        return error_set(error, PINAKES_VERSION, "%s was made by another version of Pinakes", segment->path);
    if (header->generation != identity->generation)
        return error_set(error, PINAKES_VERSION, "%s was made at another time than the library remembers",
                         segment->path);
    return PINAKES_OK;
}

static pinakes_status check(struct segment *segment, const struct segment_identity *identity, uint64_t bytes,
                            pinakes_error *error)
{
    const struct segment_header *header = segment->header;
    const bool is_segment =
        header != NULL && bytes >= sizeof *header && memcmp(header->magic, SEGMENT_MAGIC, sizeof header->magic) == 0;
    if (is_segment && header->version != SEGMENT_VERSION)
        return error_set(error, PINAKES_VERSION, "%s was made by another version of Pinakes", segment->path);
    if (!is_segment || !is_whole(header, bytes) || !has_sound_summary(segment))
        return segment_damaged(segment, error);
    return check_identity(segment, identity, error);
}

static pinakes_status set_up(struct segment *segment, pinakes_error *error)
{
    const uint64_t pages = segment->header->file_bytes / SEGMENT_PAGE + 1;
    segment->sound = calloc((size_t)(pages / 64 + 1), sizeof *segment->sound);
    segment->sound_lists = calloc((size_t)segment->header->tokens / 64 + 1, sizeof *segment->sound_lists);
    if (segment->sound == NULL || segment->sound_lists == NULL) {
        free(segment->sound);
        free(segment->sound_lists);
        return error_no_memory(error);
    }
    segment->unpack = unpack_chosen();
    segment->groups = (segment->header->tokens + SEGMENT_TOKENS_A_GROUP - 1) / SEGMENT_TOKENS_A_GROUP;
    segment->terms = (const void *)segment_section(segment, SECTION_TERMS);
    segment->token_groups = (const void *)segment_section(segment, SECTION_TOKEN_GROUPS);
    segment->token_keys = (const void *)segment_section(segment, SECTION_TOKEN_KEYS);
    segment->block_last = (const void *)segment_section(segment, SECTION_BLOCK_LAST);
    segment->block_most = (const void *)segment_section(segment, SECTION_BLOCK_MOST);
    segment->block_postings = (const void *)segment_section(segment, SECTION_BLOCK_POSTINGS);
    segment->block_positions = (const void *)segment_section(segment, SECTION_BLOCK_POSITIONS);
    return PINAKES_OK;
}

static pinakes_status map_file(struct segment *segment, uint64_t *bytes, pinakes_error *error)
{
    struct stat status;
    const int fd = open(segment->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return error_set(error, PINAKES_NOT_FOUND, "%s: there is no such file", segment->path);
    if (fd < 0)
        return error_set(error, PINAKES_IO, "%s: %s", segment->path, strerror(errno));
    const bool is_file = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
    *bytes = is_file ? (uint64_t)status.st_size : 0;
    const uint8_t *map = is_file ? mmap(NULL, (size_t)*bytes, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    (void)close(fd);
    if (map == MAP_FAILED)
        return segment_damaged(segment, error);
    segment->map = map;
    segment->header = (const void *)map;
    return PINAKES_OK;
}

pinakes_status segment_open(const char *path, const struct segment_identity *identity, struct segment **out,
                            pinakes_error *error)
{
    struct segment *segment = calloc(1, sizeof *segment);
    uint64_t bytes = 0;
    if (segment == NULL || (segment->path = strdup(path)) == NULL) {
        free(segment);
        return error_no_memory(error);
    }
    pinakes_status status = map_file(segment, &bytes, error);
    if (status == PINAKES_OK)
        status = check(segment, identity, bytes, error);
    if (status == PINAKES_OK)
        status = set_up(segment, error);
    if (status == PINAKES_OK) {
        *out = segment;
        return PINAKES_OK;
    }
    if (segment->map != NULL)
        (void)munmap((void *)(uintptr_t)segment->map, (size_t)bytes);
    free(segment->path);
    free(segment);
    return status;
}

void segment_close(struct segment *segment)
{
    if (segment == NULL)
        return;
    (void)munmap((void *)(uintptr_t)segment->map, (size_t)segment->header->file_bytes);
    free(segment->sound);
    free(segment->sound_lists);
    free(segment->path);
    free(segment);
}

/* ---- documents ------------------------------------------------------------------------------------------- */

void segment_columns(const struct segment *segment, struct segment_documents *out)
{
    const struct segment_extent *longer = &segment->header->sections[SECTION_LONGER];
    *out = (struct segment_documents){
        .count = segment->header->documents,
        .length_total = segment->header->length_total,
        .papers = (const void *)segment_section(segment, SECTION_PAPERS),
        .by_paper = (const void *)segment_section(segment, SECTION_BY_PAPER),
        .lengths = {.shorts = (const void *)segment_section(segment, SECTION_LENGTHS),
                    .longer = (const void *)segment_section(segment, SECTION_LONGER),
                    .longer_count = (uint32_t)(longer->bytes / sizeof(struct segment_exception))},
        .years = (const void *)segment_section(segment, SECTION_YEARS),
        .venues = (const void *)segment_section(segment, SECTION_VENUES),
        .venue_count = segment->header->venues,
    };
}

static const struct {
    enum segment_section section;
    uint32_t bytes;
} columns[] = {[SEGMENT_PAPERS] = {SECTION_PAPERS, sizeof(int64_t)},
               [SEGMENT_LENGTHS] = {SECTION_LENGTHS, sizeof(uint16_t)},
               [SEGMENT_YEARS] = {SECTION_YEARS, sizeof(int16_t)},
               [SEGMENT_VENUES] = {SECTION_VENUES, sizeof(uint32_t)}};

static bool is_sound_column(const struct segment *segment, enum segment_column column, uint32_t first, uint32_t last,
                            bool checks)
{
    const uint64_t bytes = columns[column].bytes;
    const uint64_t longer = segment->header->sections[SECTION_LONGER].bytes;
    return are_all_sound(segment, columns[column].section, first * bytes, (last - (uint64_t)first + 1) * bytes,
                         checks) &&
           (column != SEGMENT_LENGTHS || are_all_sound(segment, SECTION_LONGER, 0, longer, checks));
}

bool segment_column_is_sound(const struct segment *segment, enum segment_column column, uint32_t first, uint32_t last)
{
    return is_sound_column(segment, column, first, last, true);
}

bool segment_column_is_known(const struct segment *segment, enum segment_column column, uint32_t first, uint32_t last)
{
    return is_sound_column(segment, column, first, last, false);
}

pinakes_status segment_documents(const struct segment *segment, struct segment_documents *out, pinakes_error *error)
{
    for (unsigned i = SECTION_PAPERS; i <= SECTION_VENUE_TEXT; i++)
        if (!segment_is_sound(segment, (enum segment_section)i, 0, segment->header->sections[i].bytes))
            return segment_damaged(segment, error);
    segment_columns(segment, out);
    return PINAKES_OK;
}

struct span segment_venue(const struct segment *segment, uint32_t venue)
{
    const struct segment_extent *text = &segment->header->sections[SECTION_VENUE_TEXT];
    const uint32_t *ends = (const void *)segment_section(segment, SECTION_VENUE_ENDS);
    if (venue >= segment->header->venues)
        return (struct span){"", 0};
    const uint32_t start = venue == 0 ? 0 : ends[venue - 1];
    if (start > ends[venue] || ends[venue] > text->bytes)
        return (struct span){"", 0};
    return (struct span){(const char *)segment->map + text->offset + start, ends[venue] - start};
}

uint32_t segment_document_of(const struct segment_documents *documents, int64_t paper)
{
    uint32_t low = 0, high = documents->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2, document = segment_document_at(documents, middle);
        if (document == SEGMENT_NO_DOCUMENT)
            return SEGMENT_NO_DOCUMENT;
        if (documents->papers[document] == paper)
            return document;
        if (documents->papers[document] < paper)
            low = middle + 1;
        else
            high = middle;
    }
    return SEGMENT_NO_DOCUMENT;
}
