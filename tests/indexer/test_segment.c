#include "indexer/bm25.h"
#include "indexer/schema.h"
#include "indexer/segment.h"
#include "indexer/segment_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* What the segment must hold, kept in the plainest way: every position of every token. */
struct fact {
    char token[24];
    uint32_t document;
    uint32_t position;
};

struct shelf {
    char path[64];
    struct fact *facts;
    size_t count, capacity;
    uint32_t documents;
    uint32_t *lengths;
    struct segment_writer *writer;
};

static const struct segment_identity identity = {.library = "a library's id", .generation = 7};

static void make_path(char path[64])
{
    strcpy(path, "/tmp/pinakes-segment-XXXXXX");
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
}

static void start(struct shelf *shelf, size_t memory_bytes)
{
    pinakes_error error;
    *shelf = (struct shelf){.facts = NULL};
    make_path(shelf->path);
    const struct segment_writer_options options = {.memory_bytes = memory_bytes};
    assert_int_equal(segment_writer_create(shelf->path, &options, &shelf->writer, &error), PINAKES_OK);
}

static void add_paper(struct shelf *shelf, uint32_t length, const char *venue)
{
    pinakes_error error;
    const struct segment_paper paper = {shelf->documents * 3 + 1, length, 2000 + (int)(shelf->documents % 20),
                                        span_of(venue)};
    assert_int_equal(segment_writer_paper(shelf->writer, &paper, &error), PINAKES_OK);
    shelf->lengths = realloc(shelf->lengths, (shelf->documents + 1) * sizeof *shelf->lengths);
    assert_non_null(shelf->lengths);
    shelf->lengths[shelf->documents++] = length;
}

static void note_fact(struct shelf *shelf, enum field field, uint32_t place, const char *token)
{
    if (shelf->count == shelf->capacity) {
        shelf->capacity = shelf->capacity == 0 ? 1024 : shelf->capacity * 2;
        shelf->facts = realloc(shelf->facts, shelf->capacity * sizeof *shelf->facts);
        assert_non_null(shelf->facts);
    }
    struct fact *fact = &shelf->facts[shelf->count++];
    *fact = (struct fact){.document = shelf->documents - 1, .position = SEGMENT_POSITION(field, place)};
    strcpy(fact->token, token);
}

static void add_word(struct shelf *shelf, enum field field, uint32_t place, const char *token)
{
    pinakes_error error;
    const struct span span = span_of(token);
    assert_int_equal(segment_writer_word(shelf->writer, field, place, &span, 1, &error), PINAKES_OK);
    note_fact(shelf, field, place, token);
}

/* Makes documents of the papers that facts and lengths are of. */
static void place_facts(struct shelf *shelf, const struct segment *segment)
{
    struct segment_documents documents;
    pinakes_error error;
    uint32_t *lengths = calloc(shelf->documents + 1, sizeof *lengths);
    assert_non_null(lengths);
    assert_int_equal(segment_documents(segment, &documents, &error), PINAKES_OK);
    assert_int_equal(documents.count, shelf->documents);
    for (uint32_t i = 0; i < shelf->documents; i++)
        lengths[i] = shelf->lengths[(documents.papers[i] - 1) / 3];
    for (size_t i = 0; i < shelf->count; i++)
        shelf->facts[i].document = segment_document_of(&documents, shelf->facts[i].document * 3 + 1);
    free(shelf->lengths);
    shelf->lengths = lengths;
}

static struct segment *finish(struct shelf *shelf)
{
    pinakes_error error;
    struct segment *segment;
    assert_int_equal(segment_writer_finish(shelf->writer, &identity, &error), PINAKES_OK);
    segment_writer_free(shelf->writer);
    assert_int_equal(segment_open(shelf->path, &identity, &segment, &error), PINAKES_OK);
    place_facts(shelf, segment);
    return segment;
}

static void end(struct shelf *shelf, struct segment *segment)
{
    segment_close(segment);
    assert_int_equal(unlink(shelf->path), 0);
    free(shelf->facts);
    free(shelf->lengths);
}

static int by_token(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    const int order = strcmp(x->token, y->token);
    if (order != 0)
        return order;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

/* The list of the token of `facts` holds these `count` facts and no others. Gives the document frequency. */
static uint32_t check_list(const struct shelf *shelf, const struct segment *segment, const struct fact *facts,
                           size_t count)
{
    struct segment_list list;
    struct segment_positions_cursor cursor = {0};
    pinakes_error error;
    bool found;
    size_t at = 0;
    uint32_t seen = 0;
    struct segment_documents documents;
    assert_int_equal(segment_documents(segment, &documents, &error), PINAKES_OK);
    const double average = (double)documents.length_total / documents.count;
    assert_int_equal(segment_list_find(segment, span_of(facts->token), &list, &found, &error), PINAKES_OK);
    assert_true(found);
    for (uint32_t block = 0; block < list.block_count; block++) {
        uint32_t ids[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
        uint8_t fields[SEGMENT_BLOCK];
        const uint32_t held = segment_block(&list, block, ids, frequencies);
        assert_int_equal(segment_block_fields(&list, block, fields), held);
        for (uint32_t i = 0; i < held; i++, seen++) {
            uint32_t positions[4096], frequency = 0;
            unsigned mask = 0;
            const size_t places = segment_positions(&list, &cursor, block, i, positions, 4096);
            for (size_t j = 0; j < places; j++, at++) {
                assert_true(at < count);
                assert_int_equal(facts[at].document, ids[i]);
                assert_int_equal(facts[at].position, positions[j]);
                const unsigned field = positions[j] >> SEGMENT_PLACE_BITS;
                mask |= 1u << field;
                frequency += field == FIELD_TITLE ? TITLE_WEIGHT : 1;
            }
            assert_int_equal(frequencies[i], frequency);
            assert_int_equal(fields[i], mask);
            assert_true(bm25_score(1, frequency, shelf->lengths[ids[i]], average) <= (double)list.most[block]);
            assert_true(list.most[block] <= list.most_of_all);
        }
        assert_int_equal(list.last[block], ids[held - 1]);
    }
    assert_int_equal(at, count);
    assert_int_equal(list.documents, seen);
    return seen;
}

static void check_all(struct shelf *shelf, const struct segment *segment)
{
    qsort(shelf->facts, shelf->count, sizeof *shelf->facts, by_token);
    for (size_t first = 0, behind; first < shelf->count; first = behind) {
        for (behind = first;
             behind < shelf->count && strcmp(shelf->facts[behind].token, shelf->facts[first].token) == 0;)
            behind++;
        (void)check_list(shelf, segment, &shelf->facts[first], behind - first);
    }
}

static void fill_at_random(struct shelf *shelf, uint32_t documents, unsigned words)
{
    static const char *const venues[] = {"", "SOSP", "OSDI", "NSDI"};
    for (uint32_t i = 0; i < documents; i++) {
        const unsigned title = (unsigned)rand() % 8, body = (unsigned)rand() % 60;
        add_paper(shelf, title * TITLE_WEIGHT + body, venues[rand() % 4]);
        uint32_t place = 0;
        for (unsigned j = 0; j < title + body; j++) {
            char token[24];
            place = j == title ? 0 : place + 1 + (uint32_t)rand() % 3;
            /* Frequent words are as frequent as in a language, the n-th about one n-th of the first. */
            const double share = (double)rand() / RAND_MAX;
            snprintf(token, sizeof token, "w%u", (unsigned)(share * share * share * words));
            add_word(shelf, j < title ? FIELD_TITLE : FIELD_ABSTRACT, place, token);
        }
    }
}

static void every_posting_is_read_back(void **state)
{
    (void)state;
    srand(1);
    struct shelf shelf;
    start(&shelf, 0);
    fill_at_random(&shelf, 3000, 5000);
    struct segment *segment = finish(&shelf);
    check_all(&shelf, segment);
    pinakes_error error;
    assert_int_equal(segment_verify(segment, &error), PINAKES_OK);
    end(&shelf, segment);
}

static void little_memory_gives_the_same_file(void **state)
{
    (void)state;
    struct shelf much, little;
    srand(2);
    start(&much, 0);
    fill_at_random(&much, 1500, 900);
    struct segment *one = finish(&much);
    srand(2);
    start(&little, 20000);
    fill_at_random(&little, 1500, 900);
    struct segment *other = finish(&little);
    check_all(&little, other);
    char command[160];
    snprintf(command, sizeof command, "cmp -s %s %s", much.path, little.path);
    assert_int_equal(system(command), 0);
    end(&much, one);
    end(&little, other);
}

static void numbers_that_lie_far_apart_are_read_back(void **state)
{
    (void)state;
    struct shelf shelf;
    start(&shelf, 0);
    for (uint32_t i = 0; i < 70000; i++) {
        add_paper(&shelf, 1 + i % 1000, "");
        if (i % 521 == 0 || i > 69500 || i == 3)
            add_word(&shelf, FIELD_NOTE, (i * 977) % (1 << 27), "rare");
        if (i == 40000)
            add_word(&shelf, FIELD_QA, 5, "single");
    }
    for (uint32_t i = 0; i < 3000; i++)
        add_word(&shelf, FIELD_QA, 10 + i * 2, "dense");
    struct segment *segment = finish(&shelf);
    check_all(&shelf, segment);
    end(&shelf, segment);
}

static void words_that_begin_alike_stand_together(void **state)
{
    (void)state;
    static const char *const words[] = {"cache", "caches", "cach", "cachx", "z", "~cach", "kv", "\xce\xbc\x66"};
    struct shelf shelf;
    start(&shelf, 0);
    add_paper(&shelf, 9, "SOSP");
    for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++)
        add_word(&shelf, FIELD_NOTE, i, words[i]);
    struct segment *segment = finish(&shelf);
    uint32_t first, behind;
    char token[SEGMENT_TOKEN_BYTES];
    pinakes_error error;
    assert_int_equal(segment_prefix(segment, span_of("cache"), &first, &behind, &error), PINAKES_OK);
    assert_int_equal(behind - first, 2);
    assert_int_equal(segment_token(segment, first, token), 5);
    assert_memory_equal(token, "cache", 5);
    assert_int_equal(segment_prefix(segment, span_of("nothing"), &first, &behind, &error), PINAKES_OK);
    assert_int_equal(first, behind);
    assert_int_equal(segment_prefix(segment, span_of("z"), &first, &behind, &error), PINAKES_OK);
    assert_int_equal(behind - first, 1);
    check_all(&shelf, segment);
    end(&shelf, segment);
}

static void columns_are_read_back(void **state)
{
    (void)state;
    struct shelf shelf;
    start(&shelf, 0);
    add_paper(&shelf, 9, "SOSP");
    add_paper(&shelf, 5, "");
    add_paper(&shelf, 7, "OSDI");
    add_paper(&shelf, 7, "SOSP");
    struct segment *segment = finish(&shelf);
    struct segment_documents documents;
    pinakes_error error;
    assert_int_equal(segment_documents(segment, &documents, &error), PINAKES_OK);
    assert_int_equal(documents.count, 4);
    assert_int_equal(documents.length_total, 28);
    const uint32_t third = segment_document_of(&documents, 7), second = segment_document_of(&documents, 4);
    assert_int_equal(documents.papers[third], 7);
    assert_int_equal(documents.years[third], 2002);
    assert_true(span_is(segment_venue(segment, documents.venues[segment_document_of(&documents, 10)]), "SOSP"));
    assert_true(span_is(segment_venue(segment, documents.venues[second]), ""));
    assert_int_equal(documents.venues[second], 0);
    assert_int_equal(segment_document_at(&documents, 2), third);
    assert_int_equal(segment_document_of(&documents, 8), SEGMENT_NO_DOCUMENT);
    end(&shelf, segment);
}

static void documents_of_any_length_are_told(void **state)
{
    (void)state;
    static const uint32_t lengths[] = {0, 1, 65534, 65535, 65536, 300, UINT32_MAX, 7};
    enum { COUNT = sizeof lengths / sizeof lengths[0] };
    struct shelf shelf;
    struct segment_documents documents;
    pinakes_error error;
    start(&shelf, 0);
    for (size_t i = 0; i < COUNT; i++)
        add_paper(&shelf, lengths[i], "");
    struct segment *segment = finish(&shelf);
    assert_int_equal(segment_documents(segment, &documents, &error), PINAKES_OK);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(segment_length(&documents.lengths, segment_document_of(&documents, i * 3 + 1)), lengths[i]);
    end(&shelf, segment);
}

static void an_empty_segment_finds_nothing(void **state)
{
    (void)state;
    struct shelf shelf;
    start(&shelf, 0);
    struct segment *segment = finish(&shelf);
    struct segment_list list;
    bool found = true;
    pinakes_error error;
    assert_int_equal(segment_list_find(segment, span_of("cxl"), &list, &found, &error), PINAKES_OK);
    assert_false(found);
    end(&shelf, segment);
}

static void stems_gather_the_words_under_them(void **state)
{
    (void)state;
    struct analyzer *analyzer;
    struct segment_writer *writer;
    struct segment *segment;
    struct segment_list list;
    char path[64];
    bool found;
    pinakes_error error;
    make_path(path);
    assert_int_equal(analyzer_create(&analyzer, &error), PINAKES_OK);
    const struct segment_writer_options options = {.analyzer = analyzer};
    assert_int_equal(segment_writer_create(path, &options, &writer, &error), PINAKES_OK);
    const struct segment_paper papers[] = {{1, 1, 0, {"", 0}}, {2, 2, 0, {"", 0}}, {3, 1, 0, {"", 0}}};
    const struct span fork = span_of("fork"), forks[] = {span_of("forks"), span_of("~fork")}, lone = span_of("oasi");
    const struct span bare = span_of("memories"), stemmed[] = {span_of("memories"), span_of("~memori")};
    assert_int_equal(segment_writer_paper(writer, &papers[0], &error), PINAKES_OK);
    assert_int_equal(segment_writer_word(writer, FIELD_NOTE, 0, &fork, 1, &error), PINAKES_OK);
    assert_int_equal(segment_writer_word(writer, FIELD_NOTE, 1, stemmed, 2, &error), PINAKES_OK);
    assert_int_equal(segment_writer_paper(writer, &papers[1], &error), PINAKES_OK);
    assert_int_equal(segment_writer_word(writer, FIELD_NOTE, 0, forks, 2, &error), PINAKES_OK);
    assert_int_equal(segment_writer_word(writer, FIELD_NOTE, 1, &bare, 1, &error), PINAKES_OK);
    assert_int_equal(segment_writer_paper(writer, &papers[2], &error), PINAKES_OK);
    assert_int_equal(segment_writer_word(writer, FIELD_NOTE, 0, &lone, 1, &error), PINAKES_OK);
    assert_int_equal(segment_writer_finish(writer, &identity, &error), PINAKES_OK);
    segment_writer_free(writer);
    assert_int_equal(segment_open(path, &identity, &segment, &error), PINAKES_OK);

    assert_int_equal(segment_list_find(segment, span_of("~fork"), &list, &found, &error), PINAKES_OK);
    assert_true(found);
    assert_int_equal(list.documents, 2); /* "fork" is its own stem */
    assert_int_equal(segment_list_find(segment, span_of("fork"), &list, &found, &error), PINAKES_OK);
    assert_int_equal(list.documents, 1);
    assert_true(list.is_within_stem && list.is_own_stem);
    assert_int_equal(segment_list_find(segment, span_of("forks"), &list, &found, &error), PINAKES_OK);
    assert_true(list.is_within_stem && !list.is_own_stem);
    assert_int_equal(segment_list_find(segment, span_of("memories"), &list, &found, &error), PINAKES_OK);
    assert_false(list.is_within_stem); /* once without its stem, as acronyms are */
    assert_int_equal(segment_list_find(segment, span_of("~oasi"), &list, &found, &error), PINAKES_OK);
    assert_false(found); /* no other word stands under it */
    segment_close(segment);
    analyzer_free(analyzer);
    assert_int_equal(unlink(path), 0);
}

/* ---- prefixes -------------------------------------------------------------------------------------------- */

/* What a prefix means by the lists of its words: its frequency in each document. Gives the number of documents. */
static uint32_t sum_words(const struct segment *segment, uint32_t first, uint32_t behind, uint32_t *frequencies,
                          uint32_t documents)
{
    uint32_t holding = 0;
    memset(frequencies, 0, documents * sizeof *frequencies);
    for (uint32_t token = first; token < behind; token++) {
        struct segment_list list;
        pinakes_error error;
        assert_int_equal(segment_list_at(segment, token, &list, &error), PINAKES_OK);
        for (uint32_t block = 0; block < list.block_count; block++) {
            uint32_t ids[SEGMENT_BLOCK], counts[SEGMENT_BLOCK];
            const uint32_t held = segment_block(&list, block, ids, counts);
            for (uint32_t i = 0; i < held; i++)
                frequencies[ids[i]] += list.is_overlap ? -counts[i] : counts[i];
        }
    }
    for (uint32_t i = 0; i < documents; i++)
        holding += frequencies[i] > 0 ? 1 : 0;
    return holding;
}

/* How often words that begin so stand in each document, by the facts: each position once. */
static void sum_facts(const struct shelf *shelf, const char *prefix, uint32_t *frequencies)
{
    memset(frequencies, 0, shelf->documents * sizeof *frequencies);
    for (size_t i = 0; i < shelf->count; i++) {
        const struct fact *fact = &shelf->facts[i];
        bool is_again = false; /* positions come in ascending order */
        for (size_t j = i; j-- > 0 && shelf->facts[j].document == fact->document &&
                           shelf->facts[j].position == fact->position && !is_again;)
            is_again = strncmp(shelf->facts[j].token, prefix, strlen(prefix)) == 0;
        if (!is_again && strncmp(fact->token, prefix, strlen(prefix)) == 0)
            frequencies[fact->document] += fact->position >> SEGMENT_PLACE_BITS == FIELD_TITLE ? TITLE_WEIGHT : 1;
    }
}

static void add_words(struct shelf *shelf, enum field field, uint32_t place, const char *const *tokens, size_t count)
{
    pinakes_error error;
    struct span spans[4];
    for (size_t i = 0; i < count; i++) {
        note_fact(shelf, field, place, tokens[i]);
        spans[i] = span_of(tokens[i]);
    }
    assert_int_equal(segment_writer_word(shelf->writer, field, place, spans, count, &error), PINAKES_OK);
}

static void fill_with_variants(struct shelf *shelf, uint32_t documents)
{
    for (uint32_t i = 0; i < documents; i++) {
        add_paper(shelf, 30, "");
        for (uint32_t place = 0; place < 10; place++) {
            char rare[24];
            snprintf(rare, sizeof rare, "loc%u", (unsigned)rand() % 50);
            const char *const tokens[] = {"lock", rand() % 2 == 0 ? "lockfree" : "free", rare, "locker"};
            add_words(shelf, place < 3 ? FIELD_TITLE : FIELD_NOTE, place, tokens, (size_t)(rand() % 5));
        }
    }
}

static void check_prefix(const struct shelf *shelf, const struct segment *segment, const char *prefix, bool is_counted,
                         bool is_listed)
{
    uint32_t first, behind;
    struct segment_together together;
    bool found;
    pinakes_error error;
    uint32_t *sums = calloc(shelf->documents, sizeof *sums), *facts = calloc(shelf->documents, sizeof *facts);
    assert_int_equal(segment_prefix(segment, span_of(prefix), &first, &behind, &error), PINAKES_OK);
    const uint32_t holding = sum_words(segment, first, behind, sums, shelf->documents);
    sum_facts(shelf, prefix, facts);
    assert_memory_equal(sums, facts, shelf->documents * sizeof *sums);
    assert_int_equal(segment_prefix_together(segment, first, behind, &together, &found, &error), PINAKES_OK);
    assert_int_equal(found, is_counted);
    if (found) {
        assert_int_equal(together.documents, holding);
        assert_int_equal(together.has_list, is_listed);
    }
    for (uint32_t block = 0; found && together.has_list && block < together.list.block_count; block++) {
        uint32_t ids[SEGMENT_BLOCK], counts[SEGMENT_BLOCK];
        const uint32_t held = segment_block(&together.list, block, ids, counts);
        for (uint32_t i = 0; i < held; i++) {
            assert_int_equal(counts[i], facts[ids[i]]);
            facts[ids[i]] = 0;
        }
    }
    for (uint32_t i = 0; found && together.has_list && i < shelf->documents; i++)
        assert_int_equal(facts[i], 0); /* every document stood in the list */
    free(sums);
    free(facts);
}

static void a_prefix_of_many_postings_is_counted_and_listed(void **state)
{
    (void)state;
    srand(3);
    struct shelf shelf;
    start(&shelf, 0);
    fill_with_variants(&shelf, 900);
    struct segment *segment = finish(&shelf);
    pinakes_error error;
    check_prefix(&shelf, segment, "loc", true, true);
    check_prefix(&shelf, segment, "l", true, true);
    check_prefix(&shelf, segment, "lock", true, false);
    check_prefix(&shelf, segment, "loc1", false, false);
    check_prefix(&shelf, segment, "lockf", false, false);
    check_prefix(&shelf, segment, "none", false, false);
    assert_int_equal(segment_verify(segment, &error), PINAKES_OK);
    end(&shelf, segment);
}

static void a_walk_passes_over_overlaps(void **state)
{
    (void)state;
    struct shelf shelf;
    struct segment_walk walk;
    pinakes_error error;
    bool found;
    static const char *const tokens[] = {"lock", "lockfree"};
    start(&shelf, 0);
    add_paper(&shelf, 3, "");
    add_words(&shelf, FIELD_NOTE, 0, tokens, 2);
    struct segment *segment = finish(&shelf);
    assert_int_equal(segment_walk_seek(segment, span_of("lock"), &walk, &found, &error), PINAKES_OK);
    assert_true(found && span_is(walk.token, "lock"));
    assert_int_equal(segment_walk_next(&walk, &found, &error), PINAKES_OK);
    assert_true(found && span_is(walk.token, "lockfree"));
    assert_int_equal(segment_walk_next(&walk, &found, &error), PINAKES_OK);
    assert_false(found);
    end(&shelf, segment);
}

/* ---- damage ---------------------------------------------------------------------------------------------- */

static char *read_file(const char *path, size_t *bytes)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *bytes = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*bytes);
    assert_int_equal(fread(text, 1, *bytes, file), *bytes);
    assert_int_equal(fclose(file), 0);
    return text;
}

static void write_file(const char *path, const char *text, size_t bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, bytes, file), bytes);
    assert_int_equal(fclose(file), 0);
}

/* Whether the file is believed from end to end. */
static bool is_believed(const char *path)
{
    struct segment *segment;
    struct segment_documents documents;
    pinakes_error error;
    if (segment_open(path, &identity, &segment, &error) != PINAKES_OK)
        return false;
    const bool believed =
        segment_verify(segment, &error) == PINAKES_OK && segment_documents(segment, &documents, &error) == PINAKES_OK;
    segment_close(segment);
    return believed;
}

static void a_file_that_was_changed_is_not_believed(void **state)
{
    (void)state;
    struct shelf shelf;
    srand(3);
    start(&shelf, 0);
    fill_at_random(&shelf, 300, 400);
    struct segment *segment = finish(&shelf);
    size_t bytes;
    char *text = read_file(shelf.path, &bytes);
    assert_true(is_believed(shelf.path));
    for (int i = 0; i < 1500; i++) {
        const size_t at = (size_t)rand() % bytes;
        const char was = text[at];
        text[at] = (char)(was ^ (1 << rand() % 8));
        write_file(shelf.path, text, bytes);
        assert_false(is_believed(shelf.path));
        text[at] = was;
    }
    for (int i = 0; i < 60; i++) {
        write_file(shelf.path, text, (size_t)rand() % bytes);
        assert_false(is_believed(shelf.path));
    }
    free(text);
    end(&shelf, segment);
}

static void the_file_of_another_library_or_moment_is_not_believed(void **state)
{
    (void)state;
    struct shelf shelf;
    start(&shelf, 0);
    add_paper(&shelf, 1, "");
    struct segment *segment = finish(&shelf), *other;
    pinakes_error error;
    struct segment_identity wanted = identity;
    wanted.generation++;
    assert_int_equal(segment_open(shelf.path, &wanted, &other, &error), PINAKES_VERSION);
    wanted = identity;
    wanted.library[3] ^= 1;
    assert_int_equal(segment_open(shelf.path, &wanted, &other, &error), PINAKES_VERSION);
    assert_int_equal(segment_open("/no/such/file", &identity, &other, &error), PINAKES_NOT_FOUND);
    assert_int_equal(segment_open("/tmp", &identity, &other, &error), PINAKES_DAMAGED);
    end(&shelf, segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_posting_is_read_back),
        cmocka_unit_test(little_memory_gives_the_same_file),
        cmocka_unit_test(numbers_that_lie_far_apart_are_read_back),
        cmocka_unit_test(words_that_begin_alike_stand_together),
        cmocka_unit_test(columns_are_read_back),
        cmocka_unit_test(documents_of_any_length_are_told),
        cmocka_unit_test(an_empty_segment_finds_nothing),
        cmocka_unit_test(stems_gather_the_words_under_them),
        cmocka_unit_test(a_prefix_of_many_postings_is_counted_and_listed),
        cmocka_unit_test(a_walk_passes_over_overlaps),
        cmocka_unit_test(a_file_that_was_changed_is_not_believed),
        cmocka_unit_test(the_file_of_another_library_or_moment_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
