#include "indexer/near_text.h"

#include "base/hash.h"

#include <stdlib.h>

enum { RUN = 3 }; /* words */

static void sort_out(struct text_shingles *shingles)
{
    size_t count = 0;
    qsort(shingles->at, shingles->count, sizeof shingles->at[0], hash_order);
    for (size_t i = 0; i < shingles->count; i++)
        if (count == 0 || shingles->at[count - 1] != shingles->at[i])
            shingles->at[count++] = shingles->at[i];
    shingles->count = count;
}

void text_shingles(struct analyzer *analyzer, struct span text, struct text_shingles *out)
{
    struct token token;
    uint32_t position = UINT32_MAX;
    uint64_t last[RUN] = {0};
    size_t words = 0;
    out->count = 0;
    analyzer_start(analyzer, text);
    while (out->count < TEXT_SHINGLES && analyzer_next(analyzer, &token)) {
        if ((token.kind != TOKEN_WORD && token.kind != TOKEN_BIGRAM) || token.position == position)
            continue;
        position = token.position;
        last[words++ % RUN] = hash_add_piece(HASH_START, token.text);
        if (words < RUN)
            continue;
        uint64_t hash = HASH_START;
        for (size_t i = 0; i < RUN; i++)
            hash = hash_add_number(hash, last[(words + i) % RUN]);
        out->at[out->count++] = hash;
    }
    sort_out(out);
}

double text_resemblance(const struct text_shingles *a, const struct text_shingles *b)
{
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        shared += a->at[i] == b->at[j] ? 1 : 0;
        const bool is_less = a->at[i]<b->at[j], is_more = a->at[i]> b->at[j];
        i += is_more ? 0 : 1;
        j += is_less ? 0 : 1;
    }
    const size_t all = a->count + b->count - shared;
    return all == 0 ? 0 : (double)shared / (double)all;
}
