#include "query/postings.h"

bool postings_add(struct postings *postings, struct arena *arena, struct posting posting)
{
    struct posting *at = arena_grow(arena, postings->at, postings->count, &postings->capacity, sizeof *at);
    if (at == NULL)
        return false;
    at[postings->count++] = posting;
    postings->at = at;
    return true;
}

const struct postings *postings_of(const struct leaf_postings *entries, size_t count, const struct node *leaf)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if ((uintptr_t)entries[middle].leaf < (uintptr_t)leaf)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && entries[low].leaf == leaf ? entries[low].postings : NULL;
}
