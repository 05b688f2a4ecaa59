/* The file of a segment, put together of what was gathered (segment_writer.h). */
#include "base/error.h"
#include "indexer/segment_file.h"
#include "indexer/segment_format.h"
#include "indexer/segment_gathered.h"
#include "indexer/segment_list_writer.h"
#include "indexer/segment_order.h"
#include "indexer/segment_placed.h"
#include "indexer/segment_prefix_writer.h"
#include "indexer/varint.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <unistd.h>

/* What is written while going over all tokens in order. */
struct finish {
    struct segment_writer *writer;
    const struct segment_identity *identity;
    struct list_writer lists;
    struct prefix_writer prefixes;
    struct buffer groups, keys, text, terms;
    struct segment_runs runs;
    struct placed_list placed; /* of the token at hand */
    uint32_t *sorted;          /* the ordinals of all tokens by their bytes */
    uint32_t *order, *places;  /* the paper of each document, the document of each paper, as papers came */
    uint32_t *positions;       /* of one posting */
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

enum { POSTINGS_AHEAD = 12 };

/* Asks for what a posting is made of: bytes and marks lie anywhere. */
static void fetch_posting(const struct finish *finish, size_t index)
{
    if (index >= finish->placed.count)
        return;
    const struct placed_posting *posting = &finish->placed.at[index];
    __builtin_prefetch(posting->at);
    if (finish->lists.is_dense)
        neighbour_marks_fetch(&finish->writer->marks, finish->order[posting->document]);
}

/* Gives one posting to the list writer. */
static bool add_posting(struct finish *finish, const struct placed_posting *posting, bool is_overlap)
{
    const uint8_t *at = posting->at, *end = at + posting->bytes;
    uint32_t position = UINT32_MAX;
    size_t count = 0;
    for (; at < end; count++) {
        position += varint_read(&at, end);
        if (!add_position(finish, count, position))
            return false;
    }
    const uint8_t neighbours =
        finish->lists.is_dense
            ? neighbour_marks_of(&finish->writer->marks, finish->order[posting->document], finish->positions, count)
            : 0;
    list_writer_add(&finish->lists, &(struct segment_posting){posting->document, finish->positions, count, neighbours});
    prefix_writer_add(&finish->prefixes, posting->document, finish->lists.frequencies[finish->lists.count - 1],
                      is_overlap);
    return true;
}

static bool add_list(struct finish *finish, uint32_t ordinal, const struct vocabulary_token *token)
{
    const size_t pieces = segment_runs_take(&finish->runs, finish->writer, ordinal);
    bool added = placed_list_read(&finish->placed, finish->runs.pieces, pieces);
    for (size_t i = 0; i < POSTINGS_AHEAD; i++)
        fetch_posting(finish, i);
    for (size_t i = 0; i < finish->placed.count && added; i++) {
        fetch_posting(finish, i + POSTINGS_AHEAD);
        added = add_posting(finish, &finish->placed.at[i], token->is_overlap);
    }
    segment_runs_let_go(&finish->runs);
    return added;
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

static bool add_token(struct finish *finish, uint32_t ordinal)
{
    const struct vocabulary *vocabulary = &finish->writer->vocabulary;
    const struct vocabulary_token *token = &vocabulary->tokens[ordinal];
    if (!vocabulary_is_listed(vocabulary, token)) {
        (void)segment_runs_take(&finish->runs, finish->writer, ordinal);
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
static bool plan_prefixes(struct finish *finish)
{
    const struct vocabulary *vocabulary = &finish->writer->vocabulary;
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const struct vocabulary_token *token = &vocabulary->tokens[finish->sorted[i]];
        const bool is_marked = token->is_outside || token->text.at[0] == STEM_MARK;
        if (vocabulary_is_listed(vocabulary, token))
            prefix_writer_plan(&finish->prefixes, is_marked ? (struct span){"", 0} : token->text,
                               token->is_overlap ? 0 : token->documents);
    }
    return prefix_writer_start(&finish->prefixes);
}

static bool add_tokens(struct finish *finish)
{
    enum { TOKENS_BETWEEN_QUESTIONS = 1024 };
    const struct vocabulary *vocabulary = &finish->writer->vocabulary;
    bool added = plan_prefixes(finish);
    for (uint32_t i = 0; i < vocabulary->count && added; i++)
        added = (i % TOKENS_BETWEEN_QUESTIONS != 0 || segment_writer_goes_on(finish->writer)) &&
                add_token(finish, finish->sorted[i]);
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

static void write_columns(const struct finish *finish, struct segment_file *file)
{
    const struct segment_writer *writer = finish->writer;
    put_section(file, SECTION_PAPERS, &writer->papers);
    segment_file_section(file, SECTION_BY_PAPER, finish->places, writer->documents * sizeof *finish->places);
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
    write_columns(finish, &file);
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

/* Moves the entries of a column to where their documents go. */
static bool place_column(const struct finish *finish, struct buffer *column, size_t bytes)
{
    const uint32_t documents = finish->writer->documents;
    char *placed = malloc(documents * bytes + 1);
    if (placed == NULL)
        return false;
    for (uint32_t i = 0; i < documents; i++)
        memcpy(placed + i * bytes, column->at + finish->order[i] * bytes, bytes);
    if (documents > 0)
        memcpy(column->at, placed, documents * bytes);
    free(placed);
    return true;
}

static bool place_columns(struct finish *finish)
{
    struct segment_writer *writer = finish->writer;
    return place_column(finish, &writer->papers, sizeof(int64_t)) &&
           place_column(finish, &writer->lengths, sizeof(uint32_t)) &&
           place_column(finish, &writer->years, sizeof(int16_t)) &&
           place_column(finish, &writer->venues, sizeof(uint32_t));
}

/* Finds where every document goes. */
static bool place_documents(struct finish *finish)
{
    struct segment_writer *writer = finish->writer;
    const size_t documents = writer->documents;
    finish->sorted = vocabulary_sorted(&writer->vocabulary);
    finish->order = malloc((documents + 1) * sizeof *finish->order);
    finish->places = malloc((documents + 1) * sizeof *finish->places);
    if (finish->sorted == NULL || finish->order == NULL || finish->places == NULL ||
        !segment_order(writer, &finish->runs, finish->sorted, finish->order))
        return false;
    for (uint32_t i = 0; i < documents; i++)
        finish->places[finish->order[i]] = i;
    finish->placed.places = finish->places;
    return place_columns(finish);
}

/* Writes the file under its other name, then gives it its own. */
static bool put_together(struct finish *finish)
{
    struct segment_writer *writer = finish->writer;
    const bool is_ended = writer->documents == 0 || neighbour_marks_end(&writer->marks);
    return is_ended && segment_runs_open(&finish->runs, writer) && neighbour_marks_finish(&writer->marks) &&
           place_documents(finish) && write_file(finish) && rename(writer->temporary, writer->path) == 0 &&
           sync_folder(writer->path);
}

static void free_finish(struct finish *finish)
{
    segment_runs_close(&finish->runs);
    placed_list_free(&finish->placed);
    list_writer_free(&finish->lists);
    prefix_writer_free(&finish->prefixes);
    buffer_free(&finish->groups);
    buffer_free(&finish->keys);
    buffer_free(&finish->text);
    buffer_free(&finish->terms);
    free(finish->positions);
    free(finish->sorted);
    free(finish->order);
    free(finish->places);
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
        .placed = {.documents = writer->documents},
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
