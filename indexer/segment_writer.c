#include "indexer/segment_writer.h"

#include "base/error.h"
#include "indexer/segment_file.h"
#include "indexer/segment_list_writer.h"
#include "indexer/segment_neighbours_writer.h"
#include "indexer/segment_prefix_writer.h"
#include "indexer/segment_vocabulary.h"
#include "indexer/varint.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RUNS_MAX = 1024, WORD_TOKENS_MAX = 64 };
#define MEMORY_USUAL ((size_t)128 << 20)

/* Postings that were put aside: for each token that has any, in the order of the tokens' bytes, its ordinal, the number
 * of its bytes, and those. A token's bytes, here and in memory: for each document its distance to the one before (the
 * first counts from -1), then for each position its distance to the one before, and a 0 before the next document. */
struct run {
    const uint8_t *at, *end;
    const uint8_t *kept; /* what stands before it was read and may leave memory */
};

struct segment_writer {
    bool (*goes_on)(void *context); /* asked while the file is put together; NULL: nobody is */
    void *context;
    bool is_stopped; /* the answer was no */
    struct segment_writer_options options;
    char *path, *temporary;
    FILE *file;  /* the segment */
    FILE *aside; /* all runs, one after the other */
    FILE *positions;
    struct neighbour_marks marks;
    uint64_t run_ends[RUNS_MAX];
    size_t run_count;
    struct vocabulary vocabulary;
    size_t held; /* bytes of postings in memory */
    struct buffer papers, lengths, years, venues, venue_ends, venue_text;
    struct vocabulary venue_names; /* ordinal 0 is the empty name */
    uint32_t documents;
    uint64_t length_total;
};

/* ---- beginning and ending ---------------------------------------------------------------------------------- */

static pinakes_status io_error(const struct segment_writer *writer, pinakes_error *error)
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
        const pinakes_status status = io_error(writer, error);
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
    bool written = writer->run_count < RUNS_MAX;
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
        return io_error(writer, error);
    writer->run_ends[writer->run_count++] = (uint64_t)ftello(writer->aside);
    writer->held = 0;
    return PINAKES_OK;
}

/* ---- papers ---------------------------------------------------------------------------------------------- */

static void add_bytes(struct buffer *buffer, const void *bytes, size_t count)
{
    buffer_add(buffer, (struct span){bytes, count});
}

static void add_venue_name(struct segment_writer *writer, struct span venue)
{
    add_bytes(&writer->venue_text, venue.at, venue.len);
    const uint32_t end = (uint32_t)writer->venue_text.len;
    add_bytes(&writer->venue_ends, &end, sizeof end);
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
        return io_error(writer, error);
    add_bytes(&writer->papers, &paper->id, sizeof paper->id);
    add_bytes(&writer->lengths, &paper->length, sizeof paper->length);
    add_bytes(&writer->years, &year, sizeof year);
    add_bytes(&writer->venues, &venue, sizeof venue);
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

/* ---- the file -------------------------------------------------------------------------------------------- */

/* What is written while going over all tokens in order. */
struct finish {
    struct segment_writer *writer;
    const struct segment_identity *identity;
    struct list_writer lists;
    struct prefix_writer prefixes;
    struct buffer groups, keys, text, terms;
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

static bool add_list(struct finish *finish, uint32_t ordinal, const struct vocabulary_token *token)
{
    for (size_t i = 0; i < finish->run_count; i++) {
        struct run *run = &finish->runs[i];
        uint32_t head[2];
        if (run->at == run->end)
            continue;
        memcpy(head, run->at, sizeof head);
        if (head[0] != ordinal)
            continue;
        const uint8_t *bytes = run->at + sizeof head;
        run->at = bytes + head[1];
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
        add_bytes(&finish->groups, &at, sizeof at);
        add_bytes(&finish->keys, &key, sizeof key);
    } else {
        shared = span_shared(finish->last, text);
        varint_add(&finish->text, (uint32_t)shared);
    }
    varint_add(&finish->text, (uint32_t)(text.len - shared));
    add_bytes(&finish->text, text.at + shared, text.len - shared);
    finish->last = text;
    finish->tokens++;
}

static bool is_wanted(const struct vocabulary *vocabulary, const struct vocabulary_token *token)
{
    if (token->is_outside)
        return vocabulary->tokens[token->stem].is_written_stem;
    return token->positions > 0 && (token->text.at[0] != STEM_MARK || token->is_written_stem);
}

static bool skip_list(struct finish *finish, uint32_t ordinal)
{
    for (size_t i = 0; i < finish->run_count; i++) {
        struct run *run = &finish->runs[i];
        uint32_t head[2];
        if (run->at == run->end)
            continue;
        memcpy(head, run->at, sizeof head);
        if (head[0] == ordinal)
            run->at += sizeof head + head[1];
    }
    return true;
}

static bool add_token(struct finish *finish, uint32_t ordinal)
{
    const struct vocabulary *vocabulary = &finish->writer->vocabulary;
    const struct vocabulary_token *token = &vocabulary->tokens[ordinal];
    if (!is_wanted(vocabulary, token))
        return skip_list(finish, ordinal);
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
    add_bytes(&finish->terms, &term, sizeof term);
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

/* Maps the runs; false when that fails. `*map` is to be unmapped, `*bytes` long. */
static bool map_runs(struct finish *finish, uint8_t **map, size_t *bytes)
{
    struct segment_writer *writer = finish->writer;
    *bytes = writer->run_count == 0 ? 0 : (size_t)writer->run_ends[writer->run_count - 1];
    *map = NULL;
    if (*bytes == 0)
        return true;
    if (fflush(writer->aside) != 0)
        return false;
    *map = mmap(NULL, *bytes, PROT_READ, MAP_PRIVATE, fileno(writer->aside), 0);
    finish->runs = calloc(writer->run_count, sizeof *finish->runs);
    if (*map == MAP_FAILED || finish->runs == NULL) {
        *map = *map == MAP_FAILED ? NULL : *map;
        return false;
    }
    finish->run_count = writer->run_count;
    for (size_t i = 0; i < writer->run_count; i++) {
        const uint8_t *first = *map + (i == 0 ? 0 : writer->run_ends[i - 1]);
        finish->runs[i] = (struct run){first, *map + writer->run_ends[i], first};
    }
    return true;
}

void segment_writer_ask(struct segment_writer *writer, bool (*goes_on)(void *context), void *context)
{
    writer->goes_on = goes_on;
    writer->context = context;
}

pinakes_status segment_writer_finish(struct segment_writer *writer, const struct segment_identity *identity,
                                     pinakes_error *error)
{
    errno = 0;
    writer->file = fopen(writer->temporary, "w+b");
    if (writer->file == NULL)
        return io_error(writer, error);
    struct finish finish = {
        .writer = writer,
        .identity = identity,
        .lists = {.postings = writer->file,
                  .positions = writer->positions,
                  .dense = {.documents = writer->documents},
                  .lengths = (const uint32_t *)(const void *)writer->lengths.at,
                  .average_length =
                      writer->documents == 0 ? 0 : (double)writer->length_total / (double)writer->documents},
    };
    uint8_t *map = NULL;
    size_t bytes = 0;
    finish.prefixes = (struct prefix_writer){.lists = &finish.lists, .documents = writer->documents};
    const bool is_ended = writer->documents == 0 || neighbour_marks_end(&writer->marks);
    const bool written = is_ended && map_runs(&finish, &map, &bytes) && neighbour_marks_finish(&writer->marks) &&
                         write_file(&finish) && rename(writer->temporary, writer->path) == 0 &&
                         sync_folder(writer->path);
    const pinakes_status status = written ? PINAKES_OK
                                  : writer->is_stopped
                                      ? error_set(error, PINAKES_CANCELLED, "stopped; nothing was changed")
                                      : io_error(writer, error);
    if (written)
        close_file(writer->file);
    writer->file = written ? NULL : writer->file;
    if (map != NULL)
        (void)munmap(map, bytes);
    list_writer_free(&finish.lists);
    prefix_writer_free(&finish.prefixes);
    buffer_free(&finish.groups);
    buffer_free(&finish.keys);
    buffer_free(&finish.text);
    buffer_free(&finish.terms);
    free(finish.positions);
    free(finish.runs);
    return status;
}
