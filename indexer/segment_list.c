/* The posting lists of a segment. What checksums cannot promise in a file that was forged, the reading itself holds: no
 * byte outside the map is read, and no document is given that does not exist. */
#include "indexer/segment_blocks.h"
#include "indexer/varint.h"

#include <string.h>

/* ---- opening --------------------------------------------------------------------------------------------- */

static uint32_t documents_of(const struct segment_term *term)
{
    return term->documents & SEGMENT_DOCUMENTS;
}

/* Whether the postings of all blocks are sound. The last one reaches at most a page further than it begins. */
static bool blocks_are_sound(const struct segment *segment, const struct segment_list *list, uint64_t start)
{
    const uint64_t all = segment->header->sections[SECTION_POSTINGS].bytes;
    const uint64_t last = start + list->offsets[list->block_count - 1];
    if (start > all || last >= all)
        return false;
    const uint64_t end = all - last < SEGMENT_PAGE ? all : last + SEGMENT_PAGE;
    return segment_is_sound(segment, SECTION_POSTINGS, start, end - start);
}

/* Lists that were opened before are known to be sound. */
static bool is_known(const struct segment *segment, uint32_t token)
{
    return (atomic_load_explicit(&segment->sound_lists[token / 64], memory_order_relaxed) >> token % 64 & 1) != 0;
}

static void remember(const struct segment *segment, uint32_t token)
{
    (void)atomic_fetch_or_explicit(&segment->sound_lists[token / 64], UINT64_C(1) << token % 64, memory_order_relaxed);
}

/* Whether the arrays of a dense list are sound and stand where they can, and no bit behind the last document is set.
 * The neighbours, of which most queries read nothing, are left for who asks them. */
static bool open_dense(const struct segment *segment, uint64_t start, bool was_sound, struct segment_list *out)
{
    const uint64_t all = segment->header->sections[SECTION_POSTINGS].bytes;
    const uint32_t documents = segment->header->documents;
    const struct segment_dense_layout layout = segment_dense_layout(documents, out->documents);
    const uint8_t *at = segment_section(segment, SECTION_POSTINGS) + start;
    struct segment_dense_head head;
    if (start % SEGMENT_DENSE_ALIGNMENT != 0 || start > all || all - start < layout.behind ||
        (!was_sound && !segment_is_sound(segment, SECTION_POSTINGS, start, sizeof head)))
        return false;
    memcpy(&head, at, sizeof head);
    const uint64_t bytes = head.exceptions_at + (uint64_t)head.exceptions * sizeof(struct segment_exception);
    if (head.exceptions_at < layout.behind || head.exceptions_at % sizeof(uint32_t) != 0 || bytes > all - start ||
        (!was_sound && (!segment_is_sound(segment, SECTION_POSTINGS, start, layout.neighbours) ||
                        !segment_is_sound(segment, SECTION_POSTINGS, start + layout.behind, bytes - layout.behind))))
        return false;
    out->is_dense = true;
    out->dense = (struct segment_dense){
        .bounds = at + layout.bounds,
        .unit = segment_dense_unit(out->most_of_all),
        .bits = (const uint64_t *)(const void *)(at + layout.bits),
        .ranks = (const uint32_t *)(const void *)(at + layout.ranks),
        .codes = at + layout.codes,
        .neighbours = at + layout.neighbours,
        .exceptions = (const struct segment_exception *)(const void *)(at + head.exceptions_at),
        .exception_count = head.exceptions,
        .documents = out->documents,
        .words = documents / 64 + 1,
    };
    return was_sound || out->dense.bits[documents / 64] >> documents % 64 == 0;
}

bool segment_neighbours_are_sound(const struct segment_list *list)
{
    const uint64_t at = (uint64_t)(list->dense.neighbours - segment_section(list->segment, SECTION_POSTINGS));
    return segment_is_sound(list->segment, SECTION_POSTINGS, at, list->documents);
}

static bool open_blocks(const struct segment *segment, const struct segment_term *term, bool was_sound,
                        struct segment_list *out)
{
    static const enum segment_section arrays[] = {SECTION_BLOCK_LAST, SECTION_BLOCK_MOST, SECTION_BLOCK_POSTINGS,
                                                  SECTION_BLOCK_POSITIONS};
    const uint32_t count = (out->documents + SEGMENT_BLOCK - 1) / SEGMENT_BLOCK;
    if (out->documents == 0 || out->documents > segment->header->documents || term->first > segment->header->blocks ||
        count > segment->header->blocks - term->first)
        return false;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0] && !was_sound; i++)
        if (!segment_is_sound(segment, arrays[i], (uint64_t)term->first * sizeof(uint32_t),
                              (uint64_t)count * sizeof(uint32_t)))
            return false;
    out->block_count = count;
    out->last = segment->block_last + term->first;
    out->most = segment->block_most + term->first;
    out->offsets = segment->block_postings + term->first;
    out->blocks = segment_section(segment, SECTION_POSTINGS) + term_postings(term);
    if ((term->documents & SEGMENT_DENSE) != 0)
        return open_dense(segment, term_postings(term), was_sound, out);
    return was_sound ||
           (out->last[count - 1] < segment->header->documents && blocks_are_sound(segment, out, term_postings(term)));
}

/* The block arrays of a list of one posting are its dictionary entry. */
static bool open_here(const struct segment *segment, const struct segment_term *term, struct segment_list *out)
{
    out->block_count = 1;
    out->last = &term->first;
    out->most = &term->most;
    return out->documents == 1 && term->first < segment->header->documents;
}

bool segment_list_open(const struct segment *segment, const struct segment_term *term, bool is_bare, bool was_sound,
                       struct segment_list *out)
{
    *out = (struct segment_list){
        .segment = segment,
        .documents = documents_of(term),
        .most_of_all = term->most,
        .is_bare = is_bare,
        .term = term,
        .positions = term_positions(term),
    };
    return term_is_here(term) ? open_here(segment, term, out) : open_blocks(segment, term, was_sound, out);
}

pinakes_status segment_list_at(const struct segment *segment, uint32_t token, struct segment_list *out,
                               pinakes_error *error)
{
    if (token >= segment->header->tokens ||
        !segment_is_sound(segment, SECTION_TERMS, (uint64_t)token * sizeof(struct segment_term),
                          sizeof(struct segment_term)))
        return segment_damaged(segment, error);
    const struct segment_term *term = &segment->terms[token];
    const bool was_sound = is_known(segment, token), is_overlap = (term->documents & SEGMENT_OVERLAP) != 0;
    if (!segment_list_open(segment, term, is_overlap, was_sound, out))
        return segment_damaged(segment, error);
    out->token = token;
    out->is_within_stem = (term->documents & SEGMENT_WITHIN_STEM) != 0;
    out->is_own_stem = (term->documents & SEGMENT_OWN_STEM) != 0;
    out->is_overlap = is_overlap;
    if (!was_sound)
        remember(segment, token);
    return PINAKES_OK;
}

/* ---- blocks ---------------------------------------------------------------------------------------------- */

/* The document before a block's first, UINT32_MAX before the list's. */
static uint32_t before_block(const struct segment_list *list, uint32_t block)
{
    return block == 0 ? UINT32_MAX : list->last[block - 1];
}

/* Adds what stands above the packed bits, and gives the sum of it. */
static uint64_t read_exceptions(const uint8_t *at, unsigned count, unsigned bits, uint32_t values[SEGMENT_BLOCK])
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < count; i++, at += SEGMENT_EXCEPTION_BYTES) {
        uint32_t above;
        memcpy(&above, at + 1, sizeof above);
        values[at[0] % SEGMENT_BLOCK] += bits < 32 ? above << bits : 0;
        sum += (uint64_t)above << bits;
    }
    return sum;
}

static bool ascends(const uint32_t documents[SEGMENT_BLOCK], uint32_t count, uint32_t before, uint32_t last)
{
    bool holds = count > 0 && (before == UINT32_MAX || documents[0] > before) && documents[count - 1] == last;
    for (uint32_t i = 1; i < count; i++)
        holds &= documents[i] > documents[i - 1];
    return holds;
}

/* A header that no writer makes would send the reading out of the map. */
static bool is_plausible(const struct segment_block_header *header)
{
    return header->document_bits <= 32 && header->frequency_bits <= 32 &&
           header->document_exceptions <= SEGMENT_BLOCK && header->frequency_exceptions <= SEGMENT_BLOCK;
}

/* Steps over the documents of a full block to its frequencies. */
static const uint8_t *behind_documents(const uint8_t *at, const struct segment_block_header *header)
{
    return at + sizeof *header + PACK_BYTES(header->document_bits) +
           (size_t)header->document_exceptions * SEGMENT_EXCEPTION_BYTES;
}

static bool read_documents(const struct segment_list *list, uint32_t block, const uint8_t *at,
                           const struct segment_block_header *header, uint32_t documents[SEGMENT_BLOCK])
{
    enum { SAFE_BITS = 23 };                              /* 128 distances of so many bits do not pass 2^30, */
    static const uint64_t SAFE_ABOVE = UINT64_C(1) << 31; /* and with so much above them not 2^32 */
    uint64_t above = 0;
    const struct unpack *unpack = list->segment->unpack;
    const uint32_t before = before_block(list, block);
    at += sizeof *header;
    unpack->values(at, header->document_bits, documents);
    if (header->document_exceptions > 0)
        above = read_exceptions(at + PACK_BYTES(header->document_bits), header->document_exceptions,
                                header->document_bits, documents);
    unpack->sum(documents, before);
    if (header->document_bits > SAFE_BITS || above > SAFE_ABOVE)
        return ascends(documents, SEGMENT_BLOCK, before, list->last[block]);
    return documents[SEGMENT_BLOCK - 1] == list->last[block] && documents[0] <= documents[SEGMENT_BLOCK - 1] &&
           (before == UINT32_MAX || documents[0] > before);
}

static void read_frequencies(const struct segment_list *list, const uint8_t *at,
                             const struct segment_block_header *header, uint32_t frequencies[SEGMENT_BLOCK])
{
    at = behind_documents(at, header);
    list->segment->unpack->values(at, header->frequency_bits, frequencies);
    if (header->frequency_exceptions > 0)
        (void)read_exceptions(at + PACK_BYTES(header->frequency_bits), header->frequency_exceptions,
                              header->frequency_bits, frequencies);
    for (size_t i = 0; i < SEGMENT_BLOCK; i++)
        frequencies[i]++;
}

/* Reads a last block, and steps behind its postings. */
static bool read_short(const struct segment_list *list, uint32_t block, const uint8_t **at,
                       uint32_t documents[SEGMENT_BLOCK], uint32_t frequencies[SEGMENT_BLOCK])
{
    const uint8_t *end = *at + SEGMENT_PADDING;
    const uint32_t count = block_postings(list, block), before = before_block(list, block);
    uint32_t document = before;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t code = varint_read(at, end);
        document += (code >> 1) + 1;
        documents[i] = document;
        frequencies[i] = (code & 1) != 0 ? 1 : varint_read(at, end) + 2;
    }
    return ascends(documents, count, before, list->last[block]);
}

static uint32_t read_here(const struct segment_list *list, uint32_t *documents, uint32_t *frequencies)
{
    if (documents != NULL)
        documents[0] = list->term->first;
    if (frequencies != NULL)
        frequencies[0] = list->term->postings_low & SEGMENT_HERE_FREQUENCY;
    return 1;
}

static uint32_t read_short_block(const struct segment_list *list, uint32_t block, const uint8_t *at,
                                 uint32_t *documents, uint32_t *frequencies)
{
    uint32_t unwanted_documents[SEGMENT_BLOCK], unwanted_frequencies[SEGMENT_BLOCK];
    const bool holds = read_short(list, block, &at, documents == NULL ? unwanted_documents : documents,
                                  frequencies == NULL ? unwanted_frequencies : frequencies);
    return holds ? block_postings(list, block) : 0;
}

/* The documents of a block are the bits between the last of the block before and its own last. */
static bool read_dense_documents(const struct segment_list *list, uint32_t block, uint32_t *documents)
{
    const uint32_t from = before_block(list, block) + 1, last = list->last[block], count = block_postings(list, block);
    uint32_t found = 0;
    if (last < from || last >= list->segment->header->documents)
        return false;
    uint64_t bits = list->dense.bits[from / 64] & UINT64_MAX << from % 64;
    for (uint32_t word = from / 64; word <= last / 64; bits = list->dense.bits[++word])
        for (; bits != 0 && found < count; bits &= bits - 1)
            documents[found++] = word * 64 + (uint32_t)__builtin_ctzll(bits);
    return found == count && documents[count - 1] == last;
}

void dense_read_frequencies(const struct segment_dense *dense, uint32_t first, uint32_t count, uint32_t *frequencies)
{
    const uint8_t *codes = dense->codes + first / 2;
    bool has_exceptions = false;
    for (uint32_t i = 0; i < count; i++) {
        frequencies[i] = (uint32_t)(codes[i / 2] >> i % 2 * 4 & 15) + 1;
        has_exceptions |= frequencies[i] == SEGMENT_ESCAPE + 1;
    }
    for (uint32_t i = 0; i < count && has_exceptions; i++)
        if (frequencies[i] == SEGMENT_ESCAPE + 1)
            frequencies[i] = dense_exception(dense, first + i);
}

static uint32_t read_dense_block(const struct segment_list *list, uint32_t block, uint32_t *documents,
                                 uint32_t *frequencies)
{
    const uint32_t count = block_postings(list, block);
    if (documents != NULL && !read_dense_documents(list, block, documents))
        return 0;
    if (frequencies != NULL)
        dense_read_frequencies(&list->dense, block * SEGMENT_BLOCK, count, frequencies);
    return count;
}

uint32_t segment_block(const struct segment_list *list, uint32_t block, uint32_t documents[SEGMENT_BLOCK],
                       uint32_t frequencies[SEGMENT_BLOCK])
{
    if (term_is_here(list->term))
        return read_here(list, documents, frequencies);
    if (list->is_dense)
        return read_dense_block(list, block, documents, frequencies);
    const uint8_t *at = block_start(list, block);
    if (at == NULL)
        return 0;
    if (block_postings(list, block) < SEGMENT_BLOCK)
        return read_short_block(list, block, at, documents, frequencies);
    struct segment_block_header header;
    memcpy(&header, at, sizeof header);
    if (!is_plausible(&header) || (documents != NULL && !read_documents(list, block, at, &header, documents)))
        return 0;
    if (frequencies != NULL)
        read_frequencies(list, at, &header, frequencies);
    return SEGMENT_BLOCK;
}

/* ---- fields ---------------------------------------------------------------------------------------------- */

/* Where the fields of a block begin. */
static const uint8_t *fields_start(const struct segment_list *list, uint32_t block)
{
    const uint8_t *at = block_start(list, block);
    if (at == NULL || list->is_dense)
        return at;
    if (block_postings(list, block) < SEGMENT_BLOCK) {
        uint32_t documents[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
        return read_short(list, block, &at, documents, frequencies) ? at : NULL;
    }
    struct segment_block_header header;
    memcpy(&header, at, sizeof header);
    if (!is_plausible(&header))
        return NULL;
    return behind_documents(at, &header) + PACK_BYTES(header.frequency_bits) +
           (size_t)header.frequency_exceptions * SEGMENT_EXCEPTION_BYTES;
}

static void read_palette(const uint8_t *at, unsigned bits, uint32_t from, uint32_t count, uint8_t *fields)
{
    const unsigned masks = *at++ + 1u, mask = (1u << bits) - 1;
    const uint8_t *palette = at;
    at += masks;
    for (uint32_t i = from; i < count; i++) {
        const uint32_t bit = i * bits;
        fields[i] = palette[bits == 0 ? 0 : at[bit / 8] >> bit % 8 & mask];
    }
}

bool block_read_fields(const struct segment_list *list, uint32_t block, uint32_t from, uint32_t behind,
                       uint8_t fields[SEGMENT_BLOCK])
{
    const uint8_t *at = fields_start(list, block);
    if (at == NULL)
        return false;
    const unsigned bits = *at++;
    if (bits >= 8)
        memcpy(fields + from, at + from, behind - from);
    else
        read_palette(at, bits, from, behind, fields);
    return true;
}

uint32_t segment_block_fields(const struct segment_list *list, uint32_t block, uint8_t fields[SEGMENT_BLOCK])
{
    const uint32_t count = block_postings(list, block);
    if (term_is_here(list->term)) {
        fields[0] = (uint8_t)(list->term->postings_low >> 24);
        return 1;
    }
    return block_read_fields(list, block, 0, count, fields) ? count : 0;
}

/* ---- everything at once ---------------------------------------------------------------------------------- */

bool segment_list_holds(const struct segment_list *list)
{
    struct segment_positions_cursor cursor = {0};
    for (uint32_t block = 0; block < list->block_count; block++) {
        uint32_t documents[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
        const uint32_t count = segment_block(list, block, documents, frequencies);
        if (count != block_postings(list, block))
            return false;
        for (uint32_t i = 0; i < count && !list->is_bare; i++)
            if (segment_positions(list, &cursor, block, i, NULL, 0) == 0)
                return false;
    }
    return true;
}

/* Whether the documents by paper are all documents, in that order. */
static bool papers_are_in_order(const struct segment *segment)
{
    struct segment_documents documents;
    segment_columns(segment, &documents);
    for (uint32_t rank = 0, before = 0; rank < documents.count; rank++) {
        const uint32_t document = segment_document_at(&documents, rank);
        if (document == SEGMENT_NO_DOCUMENT || (rank > 0 && documents.papers[document] <= documents.papers[before]))
            return false;
        before = document;
    }
    return true;
}

pinakes_status segment_verify(const struct segment *segment, pinakes_error *error)
{
    if (!segment_is_sound_whole(segment) || !papers_are_in_order(segment))
        return segment_damaged(segment, error);
    for (uint32_t token = 0; token < segment->header->tokens; token++) {
        struct segment_list list;
        const pinakes_status status = segment_list_at(segment, token, &list, error);
        if (status != PINAKES_OK)
            return status;
        if (!segment_list_holds(&list))
            return segment_damaged(segment, error);
    }
    return segment_prefixes_hold(segment) ? PINAKES_OK : segment_damaged(segment, error);
}
