#include "query/top.h"

#include <string.h>

void top_start(struct top *top, const struct kernels *kernels, size_t best, float margin)
{
    top->kernels = kernels;
    top->count = 0;
    top->best = best;
    top->due = 2 * best + TOP_SLACK;
    top->threshold = 0;
    top->margin = margin;
}

/* Both the score that others reach and the one compared with it may be off by the margin, hence three of them. */
void top_raise(struct top *top, float score)
{
    const float threshold = score - 3 * top->margin * score;
    if (threshold > top->threshold)
        top->threshold = threshold;
}

/* Numbers that are not negative are ordered as their bits are. */
static float of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

enum { FINE = 1 << 12 }; /* of the 23 bits of a number below its exponent */

/* Halves the range of numbers, counting how many values are above its middle, until they are as many as the rank: to
 * count takes no branch that could be guessed wrong, which comparing values with each other does at every other one. */
float value_of_rank(const struct kernels *kernels, const float *values, size_t count, size_t rank)
{
    uint32_t low = 0, high = 0x7f800000; /* infinity */
    while (high - low > FINE) {
        const uint32_t middle = low + (high - low) / 2;
        const size_t reaching = kernels->count(values, count, of_bits(middle));
        low = reaching >= rank ? middle : low;
        high = reaching >= rank ? high : middle;
    }
    return of_bits(low);
}

static void drop_below(struct top *top, float least)
{
    size_t kept = 0;
    for (size_t i = 0; i < top->count; i++)
        if (top->entries[i].score >= least)
            top->entries[kept++] = top->entries[i];
    top->count = kept;
}

void top_prune(struct top *top)
{
    if (top->count > top->best) {
        for (size_t i = 0; i < top->count; i++)
            top->values[i] = top->entries[i].score;
        top_raise(top, value_of_rank(top->kernels, top->values, top->count, top->best));
    }
    drop_below(top, top->threshold);
    top->due = 2 * top->count + TOP_SLACK;
    if (top->due > top->capacity)
        top->due = top->capacity;
}

bool top_push(struct top *top, uint32_t document, float score)
{
    if (score < top->threshold)
        return true;
    if (top->count == top->due)
        top_prune(top);
    if (top->count == top->capacity)
        return false;
    top->entries[top->count++] = (struct scored){document, score};
    return true;
}
