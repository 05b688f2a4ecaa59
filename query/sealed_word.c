#include "query/sealed_word.h"

#include "base/error.h"
#include "query/list_reader.h"

struct finding {
    const struct sealed_moment *moment;
    struct analyzer *analyzer;
    const struct node *word;
    struct arena *arena;
    struct segment_list *lists;
    size_t count, capacity;
};

static bool add_list(struct finding *finding, const struct segment_list *list)
{
    for (size_t i = 0; i < finding->count && finding->word->kind == NODE_TERM; i++)
        if (finding->lists[i].token == list->token)
            return true; /* two spellings with one stem */
    struct segment_list *lists =
        arena_grow(finding->arena, finding->lists, finding->count, &finding->capacity, sizeof *finding->lists);
    if (lists == NULL)
        return false;
    finding->lists = lists;
    lists[finding->count++] = *list;
    return true;
}

/* ---- the lists of a term --------------------------------------------------------------------------------- */

static bool is_stem(struct span token)
{
    return token.len > 0 && token.at[0] == STEM_MARK;
}

static struct span behind_mark(struct span stem)
{
    return (struct span){stem.at + 1, stem.len - 1};
}

static bool asks_for(const struct node *word, struct span token)
{
    for (size_t i = 0; i < word->token_count; i++)
        if (span_equal(word->tokens[i], token))
            return true;
    return false;
}

/* Whether the term has the list of a word's stem among its own, so that it needs the word's no more. */
static bool has_stem_of(struct finding *finding, struct span token, const struct segment_list *list)
{
    if (!list->is_within_stem)
        return false;
    const struct span stem = analyzer_stem(finding->analyzer, token);
    for (size_t i = 0; i < finding->word->token_count; i++) {
        const struct span other = finding->word->tokens[i];
        if (is_stem(other) && span_equal(behind_mark(other), stem))
            return true;
    }
    return false;
}

/* Adds the list of a word as written, unless that of its stem holds all of it. */
static pinakes_status find_written(struct finding *finding, struct span token, pinakes_error *error)
{
    struct segment_list list;
    bool found;
    const pinakes_status status = segment_list_find(finding->moment->segment, token, &list, &found, error);
    if (status != PINAKES_OK || !found || has_stem_of(finding, token, &list))
        return status;
    return add_list(finding, &list) ? PINAKES_OK : error_no_memory(error);
}

/* Adds the list of a stem, which holds the word that is the same, too, if that is its own stem. */
static pinakes_status find_stem(struct finding *finding, struct span token, bool *is_exact, pinakes_error *error)
{
    struct segment_list list, own;
    bool found, has_own = false;
    pinakes_status status = segment_list_find(finding->moment->segment, token, &list, &found, error);
    if (status != PINAKES_OK || !found)
        return status;
    if (!asks_for(finding->word, behind_mark(token)))
        status = segment_list_find(finding->moment->segment, behind_mark(token), &own, &has_own, error);
    if (has_own && own.is_own_stem)
        *is_exact = false;
    if (status != PINAKES_OK)
        return status;
    return add_list(finding, &list) ? PINAKES_OK : error_no_memory(error);
}

static pinakes_status find_term(struct finding *finding, bool *is_exact, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < finding->word->token_count && status == PINAKES_OK; i++) {
        const struct span token = finding->word->tokens[i];
        status = is_stem(token) ? find_stem(finding, token, is_exact, error) : find_written(finding, token, error);
    }
    return status;
}

static pinakes_status find_prefix(struct finding *finding, pinakes_error *error)
{
    const struct segment *segment = finding->moment->segment;
    uint32_t first, behind;
    pinakes_status status = segment_prefix(segment, finding->word->tokens[0], &first, &behind, error);
    for (uint32_t token = first; status == PINAKES_OK && token < behind; token++) {
        struct segment_list list;
        status = segment_list_at(segment, token, &list, error);
        if (status == PINAKES_OK && !add_list(finding, &list))
            return error_no_memory(error);
    }
    return status;
}

/* ---- several lists as one -------------------------------------------------------------------------------- */

/* Counts the postings of each document, one place on; then, summed, each place is where the next document's go. */
static bool count_postings(const struct finding *finding, uint32_t *places)
{
    uint32_t documents[SEGMENT_BLOCK];
    for (size_t i = 0; i < finding->count; i++) {
        const struct segment_list *list = &finding->lists[i];
        for (uint32_t block = 0; block < list->block_count; block++) {
            const uint32_t count = segment_block(list, block, documents, NULL);
            for (uint32_t j = 0; j < count; j++)
                places[documents[j] + 1]++;
            if (count == 0)
                return false;
        }
    }
    for (uint32_t document = 0; document < finding->moment->documents.count; document++)
        places[document + 1] += places[document];
    return true;
}

static void place_postings(const struct finding *finding, uint32_t *places, struct shared_posting *postings)
{
    uint32_t documents[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
    uint8_t fields[SEGMENT_BLOCK] = {0};
    for (size_t i = 0; i < finding->count; i++) {
        const struct segment_list *list = &finding->lists[i];
        for (uint32_t block = 0; block < list->block_count; block++) {
            const uint32_t count = segment_block(list, block, documents, frequencies);
            (void)segment_block_fields(list, block, fields);
            for (uint32_t j = 0; j < count; j++)
                postings[places[documents[j]]++] = (struct shared_posting){
                    documents[j], (uint32_t)i, block * SEGMENT_BLOCK + j, frequencies[j], fields[j]};
        }
    }
}

/* A counting sort by document; the lists of one document stay in their order. */
static pinakes_status unite(const struct finding *finding, struct sealed_word *word, pinakes_error *error)
{
    const uint32_t documents = finding->moment->documents.count;
    uint64_t total = 0;
    for (size_t i = 0; i < finding->count; i++)
        total += finding->lists[i].documents;
    uint32_t *places = arena_array(finding->arena, (size_t)documents + 1, sizeof *places);
    word->postings = total > UINT32_MAX ? NULL : arena_array(finding->arena, total, sizeof *word->postings);
    if (places == NULL || word->postings == NULL)
        return error_no_memory(error);
    if (!count_postings(finding, places))
        return segment_damaged(finding->moment->segment, error);
    place_postings(finding, places, word->postings);
    word->posting_count = (size_t)total;
    return PINAKES_OK;
}

/* ---- in how many papers ---------------------------------------------------------------------------------- */

static uint64_t count_stale(const struct sealed_moment *moment, const struct segment_list *list)
{
    struct list_reader reader;
    uint64_t stale = 0;
    list_reader_start(&reader, list, moment->kernels);
    for (size_t i = 0; i < moment->stale_count; i++) {
        uint32_t index;
        if (!list_reader_seek(&reader, moment->stale[i], &index))
            break;
        stale += reader.documents[index] == moment->stale[i] ? 1 : 0;
    }
    return stale;
}

static uint64_t count_united(const struct sealed_moment *moment, const struct sealed_word *word)
{
    uint64_t papers = 0;
    for (size_t i = 0; i < word->posting_count; i++) {
        const uint32_t document = word->postings[i].document;
        const bool is_new = i == 0 || document != word->postings[i - 1].document;
        const bool is_valid = moment->valid == NULL || (moment->valid[document / 64] >> document % 64 & 1) != 0;
        papers += is_new && is_valid ? 1 : 0;
    }
    return papers;
}

pinakes_status sealed_word_find(const struct sealed_moment *moment, struct analyzer *analyzer, const struct node *word,
                                struct arena *arena, struct sealed_word *out, bool *is_exact, pinakes_error *error)
{
    struct finding finding = {.moment = moment, .analyzer = analyzer, .word = word, .arena = arena};
    *is_exact = true;
    pinakes_status status =
        word->kind == NODE_PREFIX ? find_prefix(&finding, error) : find_term(&finding, is_exact, error);
    if (status != PINAKES_OK)
        return status;
    *out = (struct sealed_word){.lists = finding.lists, .list_count = finding.count};
    if (finding.count == 1)
        out->papers = finding.lists[0].documents - count_stale(moment, &finding.lists[0]);
    if (finding.count <= 1)
        return PINAKES_OK;
    status = unite(&finding, out, error);
    if (status == PINAKES_OK)
        out->papers = count_united(moment, out);
    return status;
}
