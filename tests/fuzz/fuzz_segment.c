/* Any bytes are a segment: reading it never leaves the file, no document is given that does not exist, and every
 * instruction set finds the same. Built for fuzzing the reader does not compare checksums, so that what is behind them
 * meets every byte. */
#include "indexer/segment_format.h"
#include "query/document_set.h"
#include "query/prefix_list.h"
#include "query/ranked.h"
#include "query/sealed_cursors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_most, unsigned seed);

enum { LISTS = 6, BEST = 10 };

static void require(bool holds, const char *promise)
{
    if (!holds) {
        (void)fprintf(stderr, "%s\n", promise);
        abort();
    }
}

/* ---- lists ------------------------------------------------------------------------------------------------- */

static void check_documents(const struct segment_list *list, uint32_t block, uint32_t count, uint32_t documents)
{
    uint32_t ids[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK], places[64];
    uint8_t fields[SEGMENT_BLOCK];
    struct segment_positions_cursor cursor = {0};
    require(segment_block(list, block, ids, frequencies) == count, "a block has one size");
    for (uint32_t i = 0; i < count; i++)
        require(ids[i] < documents && (i == 0 || ids[i] > ids[i - 1]), "documents ascend and exist");
    (void)segment_block_fields(list, block, fields);
    for (uint32_t i = 0; i < count; i += 1 + i / 4)
        (void)segment_positions(list, &cursor, block, i, places, 64);
}

static void check_list(const struct segment_list *list, uint32_t documents)
{
    uint32_t ids[SEGMENT_BLOCK];
    require(list->documents > 0 && list->documents <= documents, "a list has documents");
    for (uint32_t block = 0; block < list->block_count && block < 16; block++)
        check_documents(list, block, segment_block(list, block, ids, NULL), documents);
}

/* ---- ranking ----------------------------------------------------------------------------------------------- */

static size_t search(const struct segment *segment, const char *simd, const struct ranked_query *query,
                     struct ranked_hit hits[BEST], uint64_t *found)
{
    struct searcher *searcher;
    struct ranked_answer answer = {.hit_count = 0};
    pinakes_error error;
    (void)setenv("PINAKES_SIMD", simd, 1);
    if (searcher_create(segment, &searcher, &error) != PINAKES_OK)
        return 0;
    if (ranked_search(searcher, query, &answer, &error) != PINAKES_OK)
        answer.hit_count = 0;
    *found = answer.hit_count > 0 && query->counts ? answer.found : 0;
    for (size_t i = 0; i < answer.hit_count; i++)
        hits[i] = answer.hits[i];
    searcher_free(searcher);
    return answer.hit_count;
}

static void check_ranking(const struct segment *segment, const struct ranked_query *query, uint32_t documents)
{
    struct ranked_hit hits[BEST], others[BEST];
    uint64_t found, found_by_others;
    const size_t count = search(segment, "", query, hits, &found);
    require(search(segment, "portable", query, others, &found_by_others) == count && found == found_by_others,
            "instruction sets find as many");
    for (size_t i = 0; i < count; i++) {
        require(hits[i].document < documents, "hits exist");
        require(hits[i].document == others[i].document &&
                    memcmp(&hits[i].score, &others[i].score, sizeof hits[i].score) == 0,
                "instruction sets find the same");
    }
}

static void check_queries(const struct segment *segment, const struct segment_list *lists, size_t count,
                          const struct segment_documents *documents)
{
    struct ranked_term terms[LISTS];
    for (size_t i = 0; i < count; i++)
        terms[i] = (struct ranked_term){lists[i], 0.5 + (double)i};
    struct ranked_query query = {
        .terms = terms, .term_count = count, .at_least = 1, .average_length = 100, .sealed_average = 90, .best = BEST};
    check_ranking(segment, &query, documents->count);
    query.at_least = count;
    check_ranking(segment, &query, documents->count);
    query.at_least = (count + 1) / 2;
    query.counts = true;
    check_ranking(segment, &query, documents->count);
    query.at_least = query.term_count = count < 3 ? count : 3;
    query.is_phrase = true;
    check_ranking(segment, &query, documents->count);
}

/* ---- cursors ------------------------------------------------------------------------------------------------ */

struct words {
    struct cursor_group group;
    struct sealed_word words[LISTS];
    const struct node *nodes;
};

static const struct sealed_word *word_of(const struct cursor_group *group, const struct node *word)
{
    const struct words *words = (const struct words *)group;
    return &words->words[word - words->nodes];
}

static void walk(struct words *words, const struct node *leaf, uint32_t documents)
{
    struct posting_cursor *cursor = sealed_cursor(&words->group, leaf);
    int64_t before = -1;
    for (int i = 0; cursor != NULL && i < 1000; i++) {
        const int64_t at = cursor->methods->seek(cursor, before + 1);
        if (at == NO_PAPER)
            return;
        require(at > before && at < documents, "cursors ascend over documents");
        if (cursor->methods->frequency != NULL)
            (void)cursor->methods->frequency(cursor);
        before = at;
    }
}

static void check_cursors(const struct segment *segment, struct segment_list *lists, size_t count,
                          const struct segment_documents *documents)
{
    struct arena arena = {0};
    struct node nodes[LISTS], *children[LISTS];
    const struct sealed_moment moment = {.segment = segment, .documents = *documents, .kernels = kernels_chosen()};
    struct words words = {.group = {.moment = &moment, .arena = &arena, .word_of = word_of}, .nodes = nodes};
    for (size_t i = 0; i < count; i++) {
        nodes[i] = (struct node){.kind = NODE_TERM};
        children[i] = &nodes[i];
        words.words[i] = (struct sealed_word){.lists = &lists[i], .list_count = i == 0 ? count : 1};
    }
    struct node group = {.kind = NODE_PHRASE, .children = children, .child_count = count, .distance = 3};
    walk(&words, &nodes[0], documents->count);
    walk(&words, &group, documents->count);
    group.kind = NODE_NEAR;
    walk(&words, &group, documents->count);
    arena_free(&arena);
}

/* ---- prefixes ----------------------------------------------------------------------------------------------- */

/* A list made of the lists of many tokens is one, as that which the segment may have. */
static void check_prefix(const struct segment *segment, uint32_t first, uint32_t behind,
                         const struct segment_documents *documents)
{
    struct arena arena = {0};
    const struct sealed_moment moment = {.segment = segment,
                                         .documents = *documents,
                                         .collection = {.papers = documents->count, .average_length = 100},
                                         .kernels = kernels_chosen()};
    struct segment_together together = {.has_list = false};
    struct segment_list made;
    pinakes_error error;
    bool found = false;
    if (segment_prefix_together(segment, first, behind, &together, &found, &error) == PINAKES_OK && found) {
        require(together.documents <= documents->count, "a prefix stands in documents");
        if (together.has_list)
            check_list(&together.list, documents->count);
    }
    uint64_t *some = arena_array(&arena, document_set_words(documents->count), sizeof *some);
    for (uint32_t document = 0; some != NULL && document < documents->count; document += 1 + document % 3)
        some[document / 64] |= UINT64_C(1) << document % 64;
    const uint64_t *const within[] = {NULL, some};
    for (size_t i = 0; i < 2; i++)
        if (prefix_list_make(&moment, first, behind, within[i], &arena, &made, &error) == PINAKES_OK &&
            made.documents > 0)
            check_queries(segment, &made, 1, documents);
    arena_free(&arena);
}

/* ---- inputs ------------------------------------------------------------------------------------------------- */

/* A file of another size is refused at once, so that bytes are changed where they stand. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_most, unsigned seed)
{
    static const uint8_t edges[] = {0, 1, 0x7f, 0x80, 0xff};
    uint32_t random = seed | 1;
    (void)size_most;
    for (unsigned i = 0; i <= seed % 6 && size > 0; i++) {
        random = random * 1664525 + 1013904223;
        uint8_t *byte = &data[(i % 4 == 3 ? random >> 8 : SEGMENT_PAGE + (random >> 8)) % size];
        const unsigned flipped = *byte ^ 1u << (random >> 5) % 8;
        *byte = random % 3 == 0 ? edges[(random >> 4) % sizeof edges] : (uint8_t)flipped;
    }
    return size;
}

/* ---- all together ------------------------------------------------------------------------------------------- */

static void read_all(const struct segment *segment)
{
    struct segment_documents documents;
    struct segment_list lists[LISTS];
    pinakes_error error;
    size_t count = 0;
    (void)segment_verify(segment, &error);
    if (segment_documents(segment, &documents, &error) != PINAKES_OK)
        return;
    for (uint32_t i = 0; i < 4; i++)
        (void)segment_venue(segment, i);
    (void)segment_document_of(&documents, 7);
    for (uint32_t token = 0; token < 64 && count < LISTS; token++) {
        char room[SEGMENT_TOKEN_BYTES];
        const size_t bytes = segment_token(segment, token, room);
        uint32_t first, behind;
        bool found;
        if (bytes == 0 ||
            segment_list_find(segment, (struct span){room, bytes}, &lists[count], &found, &error) != PINAKES_OK ||
            !found)
            continue;
        check_list(&lists[count++], documents.count);
        if (segment_prefix(segment, (struct span){room, 1}, &first, &behind, &error) == PINAKES_OK)
            check_prefix(segment, first, behind, &documents);
    }
    if (count == 0)
        return;
    check_queries(segment, lists, count, &documents);
    check_cursors(segment, lists, count, &documents);
}

/* The identity that the file claims, so that it is believed. */
static bool claimed(const uint8_t *data, size_t size, struct segment_identity *out)
{
    struct segment_header header;
    if (size < sizeof header)
        return false;
    memcpy(&header, data, sizeof header);
    memcpy(out->library, header.library, sizeof out->library);
    out->generation = header.generation;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    static char path[32];
    struct segment_identity identity;
    struct segment *segment;
    pinakes_error error;
    if (fd < 0) {
        fd = memfd_create("segment", MFD_CLOEXEC);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    if (!claimed(data, size, &identity) || ftruncate(fd, (off_t)size) != 0 ||
        pwrite(fd, data, size, 0) != (ssize_t)size)
        return 0;
    if (segment_open(path, &identity, &segment, &error) != PINAKES_OK)
        return 0;
    read_all(segment);
    segment_close(segment);
    return 0;
}
