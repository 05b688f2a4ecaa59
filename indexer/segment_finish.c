/* The file of a segment, put together of what was gathered (segment_writer.h). */
#include "base/error.h"
#include "indexer/segment_file.h"
#include "indexer/segment_format.h"
#include "indexer/segment_gathered.h"
#include "indexer/segment_list_writer.h"
#include "indexer/segment_prefix_writer.h"
#include "indexer/varint.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* What was put aside at one time. */
struct run {
    const uint8_t *at, *end;
    const uint8_t *kept; /* what stands before it was read and may leave memory */
};

/* What is written while going over all tokens in order. */
struct finish {
    struct segment_writer *writer;
    const struct segment_identity *identity;
    struct list_writer lists;
    struct prefix_writer prefixes;
    struct buffer groups, keys, text, terms;
    uint8_t *map; /* of the file they were put aside in, or NULL */
    size_t map_bytes;
    struct run *runs;
    size_t run_count;
    uint32_t *positions; /* of one posting */
    size_t position_capacity;
    uint32_t tokens;
    struct span last; /* token written */
};

static bool add_position(struct finish *finish, size_t count, uint32_t position)
{
    if (count == finish->position_capacity) {
        const size_t capacity = count == 0 ? 256 : count * 2;
        uint32_t *grown = realloc(finish->positions, capacity * sizeof *grown);
        if (grown == NULL)
            return false;
        finish->positions = grown;
        finish->position_capacity = capacity;
    }
    finish->positions[count] = position;
    return true;
}

/* Lets go of what was read of a run: mapped pages count as the process's memory while they stay. */
static void let_go(struct run *run)
{
    enum { PIECE = 4 << 20 };
    if (run->at - run->kept < PIECE)
        return;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = (uintptr_t)run->kept & ~(page - 1);
    const uintptr_t behind = (uintptr_t)run->at & ~(page - 1);
    (void)madvise((void *)first, behind - first, MADV_DONTNEED);
    run->kept = run->at;
}

/* Runs ahead of what is read of a dense list, so that the marks of its documents, which lie anywhere, are on their
 * way. */
struct scout {
    const uint8_t *at;
    uint32_t document;
};

enum { POSTINGS_AHEAD = 12 };

/* Steps over one posting: no number in it is 0 but the one that ends it. */
static void scout_posting(struct scout *scout, const uint8_t *end, const struct neighbour_marks *marks)
{
    if (scout->at >= end)
        return;
    scout->document += varint_read(&scout->at, end);
    neighbour_marks_fetch(marks, scout->document);
    const uint8_t *zero = memchr(scout->at, 0, (size_t)(end - scout->at));
    scout->at = zero == NULL ? end : zero + 1;
}

/* Gives the postings coded in `bytes` to the list writer. */
static bool add_postings(struct finish *finish, const uint8_t *at, const uint8_t *end, bool is_overlap)
{
    uint32_t document = UINT32_MAX;
    struct scout scout = {finish->lists.is_dense ? at : end, document};
    for (size_t i = 0; i < POSTINGS_AHEAD; i++)
        scout_posting(&scout, end, &finish->writer->marks);
    while (at < end) {
        scout_posting(&scout, end, &finish->writer->marks);
        document += varint_read(&at, end);
        uint32_t position = UINT32_MAX;
        size_t count = 0;
        for (uint32_t step; at < end && (step = varint_read(&at, end)) != 0; count++) {
            position += step;
            if (!add_position(finish, count, position))
                return false;
        }
        const uint8_t neighbours =
            finish->lists.is_dense ? neighbour_marks_of(&finish->writer->marks, document, finish->positions, count) : 0;
        list_writer_add(&finish->lists, &(struct segment_posting){document, finish->positions, count, neighbours});
        prefix_writer_add(&finish->prefixes, document, finish->lists.frequencies[finish->lists.count - 1], is_overlap);
    }
    return true;
}

/* Steps over the postings that a run has of the token, and gives where they begin; NULL when it has none. */
static const uint8_t *take_from_run(struct run *run, uint32_t ordinal)
{
    uint32_t head[2];
    if (run->at == run->end)
        return NULL;
    memcpy(head, run->at, sizeof head);
    if (head[0] != ordinal)
        return NULL;
    const uint8_t *bytes = run->at + sizeof head;
    run->at = bytes + head[1];
    return bytes;
}

static bool add_list(struct finish *finish, uint32_t ordinal, const struct vocabulary_token *token)
{
    for (size_t i = 0; i < finish->run_count; i++) {
        struct run *run = &finish->runs[i];
        const uint8_t *bytes = take_from_run(run, ordinal);
        if (bytes == NULL)
            continue;
        if (!add_postings(finish, bytes, run->at, token->is_overlap))
            return false;
        let_go(run);
    }
    const uint8_t *bytes = (const uint8_t *)token->postings.at;
    return token->postings.len == 0 || add_postings(finish, bytes, bytes + token->postings.len, token->is_overlap);
}

/* The first of a group whole: its length, its bytes. The others: bytes shared with the one before, then the rest so. */
static void add_token_text(struct finish *finish, struct span text)
{
    size_t shared = 0;
    if (finish->tokens % SEGMENT_TOKENS_A_GROUP == 0) {
        const uint32_t at = (uint32_t)finish->text.len;
        const uint64_t key = segment_token_key(text.at, text.len);
        buffer_add_bytes(&finish->groups, &at, sizeof at);
        buffer_add_bytes(&finish->keys, &key, sizeof key);
    } else {
        shared = span_shared(finish->last, text);
        varint_add(&finish->text, (uint32_t)shared);
    }
    varint_add(&finish->text, (uint32_t)(text.len - shared));
    buffer_add_bytes(&finish->text, text.at + shared, text.len - shared);
    finish->last = text;
    finish->tokens++;
}

static bool is_wanted(const struct vocabulary *vocabulary, const struct vocabulary_token *token)
{
    if (token->is_outside)
        return vocabulary->tokens[token->stem].is_written_stem;
    return token->positions > 0 && (token->text.at[0] != STEM_MARK || token->is_written_stem);
}

static void skip_list(struct finish *finish, uint32_t ordinal)
{
    for (size_t i = 0; i < finish->run_count; i++)
        (void)take_from_run(&finish->runs[i], ordinal);
}

static bool add_token(struct finish *finish, uint32_t ordinal)
{
    const struct vocabulary *vocabulary = &finish->writer->vocabulary;
    const struct vocabulary_token *token = &vocabulary->tokens[ordinal];
    if (!is_wanted(vocabulary, token)) {
        skip_list(finish, ordinal);
        return true;
    }
    if (!prefix_writer_enter(&finish->prefixes, finish->tokens))
        return false;
    list_writer_begin(&finish->lists, token->documents, token->is_overlap);
    if (!add_list(finish, ordinal, token))
        return false;
    struct segment_term term = list_writer_end(&finish->lists);
    const bool is_within = token->stem != NO_STEM && !token->is_outside &&
                           vocabulary->tokens[token->stem].is_written_stem && token->outside == NO_STEM &&
                           token->text.len < SEGMENT_TOKEN_BYTES_MAX;
    term.documents |= (is_within ? SEGMENT_WITHIN_STEM : 0) | (token->is_own_stem ? SEGMENT_OWN_STEM : 0) |
                      (token->is_overlap ? SEGMENT_OVERLAP : 0);
    buffer_add_bytes(&finish->terms, &term, sizeof term);
    add_token_text(finish, token->text);
    prefix_writer_leave(&finish->prefixes, finish->tokens);
    return !finish->lists.failed;
}

/* Which prefixes are to be counted is known before a posting is written. */
static bool plan_prefixes(struct finish *finish, const uint32_t *order)
{
    const struct vocabulary *vocabulary = &finish->writer->vocabulary;
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const struct vocabulary_token *token = &vocabulary->tokens[order[i]];
        const bool is_marked = token->is_outside || token->text.at[0] == STEM_MARK;
        if (is_wanted(vocabulary, token))
            prefix_writer_plan(&finish->prefixes, is_marked ? (struct span){"", 0} : token->text,
                               token->is_overlap ? 0 : token->documents);
    }
    return prefix_writer_start(&finish->prefixes);
}

static bool may_go_on(struct segment_writer *writer)
{
    writer->is_stopped |= writer->goes_on != NULL && !writer->goes_on(writer->context);
    return !writer->is_stopped;
}

static bool add_tokens(struct finish *finish)
{
    enum { TOKENS_BETWEEN_QUESTIONS = 1024 };
    const struct vocabulary *vocabulary = &finish->writer->vocabulary;
    uint32_t *order = vocabulary_sorted(vocabulary);
    bool added = order != NULL && plan_prefixes(finish, order);
    for (uint32_t i = 0; i < vocabulary->count && added; i++)
        added = (i % TOKENS_BETWEEN_QUESTIONS != 0 || may_go_on(finish->writer)) && add_token(finish, order[i]);
    free(order);
    return added && !finish->groups.failed && !finish->keys.failed && !finish->text.failed && !finish->terms.failed &&
           finish->text.len <= UINT32_MAX;
}

static void put_section(struct segment_file *file, enum segment_section section, const struct buffer *bytes)
{
    segment_file_section(file, section, bytes->at, bytes->len);
}

static bool copy_positions(struct segment_file *file, FILE *from)
{
    static const size_t PIECE = 1 << 16;
    char *piece = malloc(PIECE);
    if (piece == NULL || fflush(from) != 0 || fseek(from, 0, SEEK_SET) != 0) {
        free(piece);
        return false;
    }
    segment_file_begin(file, SECTION_POSITIONS);
    for (size_t got; (got = fread(piece, 1, PIECE, from)) > 0;)
        segment_file_put(file, piece, got);
    segment_file_end(file, SECTION_POSITIONS);
    free(piece);
    return ferror(from) == 0;
}

static void write_lengths(const struct segment_writer *writer, struct segment_file *file)
{
    const uint32_t *lengths = (const uint32_t *)(const void *)writer->lengths.at;
    segment_file_begin(file, SECTION_LENGTHS);
    for (uint32_t i = 0; i < writer->documents; i++) {
        const uint16_t length = (uint16_t)(lengths[i] < SEGMENT_LONGER ? lengths[i] : SEGMENT_LONGER);
        segment_file_put(file, &length, sizeof length);
    }
    segment_file_end(file, SECTION_LENGTHS);
    segment_file_begin(file, SECTION_LONGER);
    for (uint32_t i = 0; i < writer->documents; i++) {
        const struct segment_exception longer = {i, lengths[i]};
        if (lengths[i] >= SEGMENT_LONGER)
            segment_file_put(file, &longer, sizeof longer);
    }
    segment_file_end(file, SECTION_LONGER);
}

static void write_columns(const struct segment_writer *writer, struct segment_file *file)
{
    put_section(file, SECTION_PAPERS, &writer->papers);
    write_lengths(writer, file);
    put_section(file, SECTION_YEARS, &writer->years);
    put_section(file, SECTION_VENUES, &writer->venues);
    put_section(file, SECTION_VENUE_ENDS, &writer->venue_ends);
    put_section(file, SECTION_VENUE_TEXT, &writer->venue_text);
}

static void write_dictionary(const struct finish *finish, struct segment_file *file)
{
    put_section(file, SECTION_TOKEN_GROUPS, &finish->groups);
    put_section(file, SECTION_TOKEN_KEYS, &finish->keys);
    put_section(file, SECTION_TOKEN_TEXT, &finish->text);
    put_section(file, SECTION_TERMS, &finish->terms);
    segment_file_section(file, SECTION_PREFIXES, finish->prefixes.planned,
                         finish->prefixes.planned_count * sizeof *finish->prefixes.planned);
    put_section(file, SECTION_BLOCK_LAST, &finish->lists.last);
    put_section(file, SECTION_BLOCK_MOST, &finish->lists.most);
    put_section(file, SECTION_BLOCK_POSTINGS, &finish->lists.postings_at);
    put_section(file, SECTION_BLOCK_POSITIONS, &finish->lists.positions_at);
}

static void describe(const struct finish *finish, struct segment_header *header)
{
    const struct segment_writer *writer = finish->writer;
    header->analyzer_version = ANALYZER_VERSION;
    memcpy(header->library, finish->identity->library, sizeof header->library);
    header->generation = finish->identity->generation;
    header->length_total = writer->length_total;
    header->documents = writer->documents;
    header->tokens = finish->tokens;
    header->venues = writer->documents == 0 ? 0 : writer->venue_names.count;
    header->blocks = finish->lists.blocks;
}

static bool write_file(struct finish *finish)
{
    struct segment_file file;
    segment_file_start(&file, finish->writer->file);
    segment_file_begin(&file, SECTION_POSTINGS);
    if (!add_tokens(finish))
        return false;
    file.bytes += finish->lists.postings_bytes;
    segment_file_end(&file, SECTION_POSTINGS);
    if (!copy_positions(&file, finish->writer->positions))
        return false;
    write_columns(finish->writer, &file);
    write_dictionary(finish, &file);
    describe(finish, &file.header);
    return segment_file_finish(&file);
}

static bool sync_folder(const char *path)
{
    char *copy = strdup(path);
    const int folder = copy == NULL ? -1 : open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0)
        (void)close(folder);
    free(copy);
    return synced;
}

static bool map_runs(struct finish *finish)
{
    struct segment_writer *writer = finish->writer;
    finish->map_bytes = writer->run_count == 0 ? 0 : (size_t)writer->run_ends[writer->run_count - 1];
    if (finish->map_bytes == 0)
        return true;
    if (fflush(writer->aside) != 0)
        return false;
    uint8_t *map = mmap(NULL, finish->map_bytes, PROT_READ, MAP_PRIVATE, fileno(writer->aside), 0);
    finish->map = map == MAP_FAILED ? NULL : map;
    finish->runs = calloc(writer->run_count, sizeof *finish->runs);
    if (finish->map == NULL || finish->runs == NULL)
        return false;
    finish->run_count = writer->run_count;
    for (size_t i = 0; i < writer->run_count; i++) {
        const uint8_t *first = map + (i == 0 ? 0 : writer->run_ends[i - 1]);
        finish->runs[i] = (struct run){first, map + writer->run_ends[i], first};
    }
    return true;
}

/* Writes the file under its other name, then gives it its own. */
static bool put_together(struct finish *finish)
{
    struct segment_writer *writer = finish->writer;
    const bool is_ended = writer->documents == 0 || neighbour_marks_end(&writer->marks);
    return is_ended && map_runs(finish) && neighbour_marks_finish(&writer->marks) && write_file(finish) &&
           rename(writer->temporary, writer->path) == 0 && sync_folder(writer->path);
}

static void free_finish(struct finish *finish)
{
    if (finish->map != NULL)
        (void)munmap(finish->map, finish->map_bytes);
    list_writer_free(&finish->lists);
    prefix_writer_free(&finish->prefixes);
    buffer_free(&finish->groups);
    buffer_free(&finish->keys);
    buffer_free(&finish->text);
    buffer_free(&finish->terms);
    free(finish->positions);
    free(finish->runs);
}

/* Written in pieces that a huge page holds: Linux keeps a file in its cache in pages as large as it was written in,
 * where the file system can, and maps these whole. Phrases are 5 % faster so, a first answer 8 %. */
static bool open_file(struct segment_writer *writer)
{
    enum { HUGE_PAGE = 2 << 20 };
    writer->file_buffer = malloc(HUGE_PAGE);
    writer->file = writer->file_buffer == NULL ? NULL : fopen(writer->temporary, "w+b");
    return writer->file != NULL && setvbuf(writer->file, writer->file_buffer, _IOFBF, HUGE_PAGE) == 0;
}

pinakes_status segment_writer_finish(struct segment_writer *writer, const struct segment_identity *identity,
                                     pinakes_error *error)
{
    errno = 0;
    if (!open_file(writer))
        return segment_writer_io_error(writer, error);
    const double papers = writer->documents;
    struct finish finish = {
        .writer = writer,
        .identity = identity,
        .lists = {.postings = writer->file,
                  .positions = writer->positions,
                  .dense = {.documents = writer->documents},
                  .lengths = (const uint32_t *)(const void *)writer->lengths.at,
                  .average_length = papers == 0 ? 0 : (double)writer->length_total / papers},
    };
    finish.prefixes = (struct prefix_writer){.lists = &finish.lists, .documents = writer->documents};
    pinakes_status status = PINAKES_OK;
    if (put_together(&finish)) {
        (void)fclose(writer->file);
        writer->file = NULL;
    } else if (writer->is_stopped) {
        status = error_set(error, PINAKES_CANCELLED, "stopped; nothing was changed");
    } else {
        status = segment_writer_io_error(writer, error);
    }
    free_finish(&finish);
    return status;
}
