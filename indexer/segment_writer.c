#include "indexer/segment_writer.h"

#include "base/error.h"
#include "indexer/segment_format.h"
#include "indexer/segment_gathered.h"
#include "indexer/varint.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORD_TOKENS_MAX = 64 };
#define MEMORY_USUAL ((size_t)128 << 20)

/* ---- beginning and ending ---------------------------------------------------------------------------------- */

pinakes_status segment_writer_io_error(const struct segment_writer *writer, pinakes_error *error)
{
    return error_set(error, PINAKES_IO, "%s: %s; the ranked index was not written", writer->path,
                     strerror(errno == 0 ? EIO : errno));
}

/* A file that never has a name: whoever is killed leaves none behind. -1 where the file system has no such files. */
static int open_unnamed(const char *beside)
{
    char *copy = strdup(beside);
    const int fd = copy == NULL ? -1 : open(dirname(copy), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    free(copy);
    return fd;
}

static int open_unlinked(const char *beside)
{
    char *name;
    if (asprintf(&name, "%s.XXXXXX", beside) < 0)
        return -1;
    const int fd = mkstemp(name);
    if (fd >= 0)
        (void)unlink(name);
    free(name);
    return fd;
}

static FILE *open_nameless(const char *beside)
{
    const int unnamed = open_unnamed(beside), fd = unnamed >= 0 ? unnamed : open_unlinked(beside);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w+b");
    if (file == NULL && fd >= 0)
        (void)close(fd);
    return file;
}

static bool open_files(struct segment_writer *writer)
{
    writer->positions = open_nameless(writer->temporary);
    writer->aside = open_nameless(writer->temporary);
    writer->marks.file = open_nameless(writer->temporary);
    return writer->positions != NULL && writer->aside != NULL && writer->marks.file != NULL;
}

pinakes_status segment_writer_create(const char *path, const struct segment_writer_options *options,
                                     struct segment_writer **out, pinakes_error *error)
{
    struct segment_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return error_no_memory(error);
    writer->options = *options;
    writer->options.memory_bytes = options->memory_bytes == 0 ? MEMORY_USUAL : options->memory_bytes;
    writer->vocabulary.analyzer = options->analyzer;
    writer->path = strdup(path);
    if (asprintf(&writer->temporary, "%s.new", path) < 0)
        writer->temporary = NULL;
    if (writer->path == NULL || writer->temporary == NULL ||
        vocabulary_find(&writer->venue_names, (struct span){"", 0}) != 0) {
        segment_writer_free(writer);
        return error_no_memory(error);
    }
    if (!open_files(writer)) {
        const pinakes_status status = segment_writer_io_error(writer, error);
        segment_writer_free(writer);
        return status;
    }
    *out = writer;
    return PINAKES_OK;
}

static void close_file(FILE *file)
{
    if (file != NULL)
        (void)fclose(file);
}

void segment_writer_free(struct segment_writer *writer)
{
    if (writer == NULL)
        return;
    if (writer->file != NULL && writer->temporary != NULL)
        (void)unlink(writer->temporary);
    close_file(writer->file);
    close_file(writer->aside);
    close_file(writer->positions);
    close_file(writer->marks.file);
    neighbour_marks_free(&writer->marks);
    struct buffer *columns[] = {&writer->papers, &writer->lengths,    &writer->years,
                                &writer->venues, &writer->venue_ends, &writer->venue_text};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        buffer_free(columns[i]);
    vocabulary_free(&writer->vocabulary);
    vocabulary_free(&writer->venue_names);
    free(writer->file_buffer);
    free(writer->temporary);
    free(writer->path);
    free(writer);
}

/* ---- putting aside ----------------------------------------------------------------------------------------- */

static bool write_token(FILE *file, uint32_t ordinal, const struct buffer *postings)
{
    const uint32_t head[] = {ordinal, (uint32_t)postings->len};
    return fwrite(head, sizeof head, 1, file) == 1 && fwrite(postings->at, 1, postings->len, file) == postings->len;
}

/* Writes all postings in memory to a run and forgets them. */
static pinakes_status put_aside(struct segment_writer *writer, pinakes_error *error)
{
    uint32_t *order = vocabulary_sorted(&writer->vocabulary);
    if (order == NULL)
        return error_no_memory(error);
    bool written = writer->run_count < SEGMENT_RUNS_MAX;
    for (uint32_t i = 0; i < writer->vocabulary.count && written; i++) {
        struct vocabulary_token *token = &writer->vocabulary.tokens[order[i]];
        if (token->postings.len == 0)
            continue;
        written = write_token(writer->aside, order[i], &token->postings);
        buffer_free(&token->postings);
        token->document = token->position = UINT32_MAX;
    }
    free(order);
    if (!written)
        return segment_writer_io_error(writer, error);
    writer->run_ends[writer->run_count++] = (uint64_t)ftello(writer->aside);
    writer->held = 0;
    return PINAKES_OK;
}

/* ---- papers ---------------------------------------------------------------------------------------------- */

static void add_venue_name(struct segment_writer *writer, struct span venue)
{
    buffer_add_bytes(&writer->venue_text, venue.at, venue.len);
    const uint32_t end = (uint32_t)writer->venue_text.len;
    buffer_add_bytes(&writer->venue_ends, &end, sizeof end);
}

pinakes_status segment_writer_paper(struct segment_writer *writer, const struct segment_paper *paper,
                                    pinakes_error *error)
{
    if (writer->held >= writer->options.memory_bytes) { /* between papers, so that none is torn */
        const pinakes_status status = put_aside(writer, error);
        if (status != PINAKES_OK)
            return status;
    }
    const uint32_t known = writer->venue_names.count;
    const uint32_t venue = vocabulary_find(&writer->venue_names, paper->venue);
    const int16_t year = (int16_t)(paper->year < 0 || paper->year > INT16_MAX ? 0 : paper->year);
    if (venue == UINT32_MAX || writer->documents == SEGMENT_DOCUMENTS)
        return error_no_memory(error);
    if (venue == known || writer->documents == 0) {
        if (writer->documents == 0)
            add_venue_name(writer, (struct span){"", 0});
        if (venue != 0)
            add_venue_name(writer, paper->venue);
    }
    if (writer->documents > 0 && !neighbour_marks_end(&writer->marks))
        return segment_writer_io_error(writer, error);
    buffer_add_bytes(&writer->papers, &paper->id, sizeof paper->id);
    buffer_add_bytes(&writer->lengths, &paper->length, sizeof paper->length);
    buffer_add_bytes(&writer->years, &year, sizeof year);
    buffer_add_bytes(&writer->venues, &venue, sizeof venue);
    writer->documents++;
    writer->length_total += paper->length;
    const bool failed = writer->papers.failed || writer->lengths.failed || writer->years.failed ||
                        writer->venues.failed || writer->venue_ends.failed || writer->venue_text.failed;
    return failed ? error_no_memory(error) : PINAKES_OK;
}

/* ---- words ----------------------------------------------------------------------------------------------- */

/* Adds a position to a token's postings, once. */
static void record(struct segment_writer *writer, struct vocabulary_token *token, uint32_t position)
{
    const uint32_t document = writer->documents - 1;
    const size_t capacity = token->postings.capacity;
    if (token->document != document) {
        if (token->document != UINT32_MAX)
            varint_add(&token->postings, 0);
        varint_add(&token->postings, document - token->document);
        token->document = document;
        token->position = UINT32_MAX;
        token->documents++;
    } else if (token->position == position) {
        return;
    }
    varint_add(&token->postings, position - token->position);
    token->position = position;
    token->positions++;
    writer->held += token->postings.capacity - capacity;
}

static bool stands_at(const struct vocabulary_token *token, uint32_t document, uint32_t position)
{
    return token->document == document && token->position == position;
}

/* Notes a word that stands somewhere without its stem. */
static bool record_outside(struct segment_writer *writer, uint32_t word, uint32_t position)
{
    struct vocabulary *vocabulary = &writer->vocabulary;
    const struct vocabulary_token *token = &vocabulary->tokens[word];
    if (token->stem == NO_STEM || token->text.len >= SEGMENT_TOKEN_BYTES_MAX ||
        stands_at(&vocabulary->tokens[token->stem], writer->documents - 1, position))
        return true;
    const uint32_t outside = vocabulary_outside(vocabulary, word);
    if (outside == UINT32_MAX)
        return false;
    record(writer, &vocabulary->tokens[outside], position);
    return true;
}

static bool is_written_word(const struct vocabulary_token *token)
{
    return token->text.at[0] != STEM_MARK;
}

/* Sorts the words among the tokens of a place to the front, by their bytes. Gives their number. */
static size_t sort_words(const struct vocabulary *vocabulary, uint32_t *ordinals, size_t count)
{
    size_t words = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t ordinal = ordinals[i];
        if (!is_written_word(&vocabulary->tokens[ordinal]))
            continue;
        size_t at = words++;
        ordinals[i] = ordinals[at];
        for (; at > 0 && span_compare(vocabulary->tokens[ordinal].text, vocabulary->tokens[ordinals[at - 1]].text) < 0;
             at--)
            ordinals[at] = ordinals[at - 1];
        ordinals[at] = ordinal;
    }
    return words;
}

static bool record_overlap(struct segment_writer *writer, struct span shared, uint32_t position)
{
    struct vocabulary *vocabulary = &writer->vocabulary;
    uint32_t overlap;
    size_t n = 0;
    do {
        overlap = vocabulary_overlap(vocabulary, shared, ++n);
    } while (overlap != UINT32_MAX && stands_at(&vocabulary->tokens[overlap], writer->documents - 1, position) &&
             shared.len + n < SEGMENT_TOKEN_BYTES);
    if (overlap == UINT32_MAX)
        return false;
    record(writer, &vocabulary->tokens[overlap], position);
    return true;
}

/* Of n words at one position that begin with a prefix, n - 1 neighbours in the order of their bytes share at least
 * that: so many times the position is counted too often when their frequencies are summed. */
static bool record_overlaps(struct segment_writer *writer, uint32_t *ordinals, size_t count, uint32_t position)
{
    const struct vocabulary *vocabulary = &writer->vocabulary;
    const size_t words = sort_words(vocabulary, ordinals, count);
    for (size_t i = 1; i < words; i++) {
        const struct span word = vocabulary->tokens[ordinals[i]].text;
        const size_t shared = span_shared(vocabulary->tokens[ordinals[i - 1]].text, word);
        if (shared > 0 && !record_overlap(writer, (struct span){word.at, shared}, position))
            return false;
    }
    return true;
}

void segment_writer_expect(const struct segment_writer *writer, const struct span *tokens, size_t count)
{
    vocabulary_fetch(&writer->vocabulary, tokens, count);
}

pinakes_status segment_writer_word(struct segment_writer *writer, enum field field, uint32_t place,
                                   const struct span *tokens, size_t count, pinakes_error *error)
{
    struct vocabulary *vocabulary = &writer->vocabulary;
    const uint32_t position = SEGMENT_POSITION(field, place);
    uint32_t ordinals[WORD_TOKENS_MAX];
    size_t used = 0;
    unsigned marks = 0;
    for (size_t i = 0; i < count && used < WORD_TOKENS_MAX; i++) {
        if (tokens[i].len == 0 || tokens[i].len > SEGMENT_TOKEN_BYTES_MAX)
            continue;
        const uint32_t ordinal = vocabulary_find(vocabulary, tokens[i]);
        if (ordinal == UINT32_MAX)
            return error_no_memory(error);
        ordinals[used++] = ordinal;
        marks |= segment_token_mark(tokens[i]);
        struct vocabulary_token *token = &vocabulary->tokens[ordinal];
        const bool is_known = stands_at(token, writer->documents - 1, position);
        record(writer, token, position);
        token->is_written_stem |= token->text.at[0] == STEM_MARK;
        if (token->is_own_stem)
            record(writer, &vocabulary->tokens[token->stem], position);
        used -= is_known; /* the same token twice at one place is one */
    }
    neighbour_marks_add(&writer->marks, position, marks);
    for (size_t i = 0; i < used; i++)
        if (!record_outside(writer, ordinals[i], position))
            return error_no_memory(error);
    return record_overlaps(writer, ordinals, used, position) ? PINAKES_OK : error_no_memory(error);
}

void segment_writer_ask(struct segment_writer *writer, bool (*goes_on)(void *context), void *context)
{
    writer->goes_on = goes_on;
    writer->context = context;
}
