#include "query/document_set.h"

bool document_set_add_list(uint64_t *bits, const struct segment_list *list)
{
    uint32_t documents[SEGMENT_BLOCK];
    if (list->is_dense) {
        for (size_t word = 0; word < list->dense.words; word++)
            bits[word] |= list->dense.bits[word];
        return true;
    }
    for (uint32_t block = 0; block < list->block_count; block++) {
        const uint32_t count = segment_block(list, block, documents, NULL);
        for (uint32_t i = 0; i < count; i++)
            bits[documents[i] / 64] |= UINT64_C(1) << documents[i] % 64;
        if (count == 0)
            return false;
    }
    return true;
}

uint64_t document_set_count(const uint64_t *bits, const uint64_t *other, size_t words)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words; i++)
        count += document_set_bits(other == NULL ? bits[i] : bits[i] & other[i]);
    return count;
}
