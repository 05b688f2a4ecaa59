#include "query/top.h"

#include <math.h>
#include <string.h>

void top_start(struct top *top, size_t best, float margin)
{
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

static void swap(float *a, float *b)
{
    const float kept = *a;
    *a = *b;
    *b = kept;
}

/* Hoare's selection: the median of three parts the values, the side that holds the rank is parted again. */
static float select_rank(float *values, size_t count, size_t rank)
{
    size_t low = 0, high = count - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (values[middle] > values[low])
            swap(&values[middle], &values[low]);
        if (values[high] > values[low])
            swap(&values[high], &values[low]);
        if (values[high] > values[middle])
            swap(&values[high], &values[middle]);
        const float pivot = values[middle];
        size_t i = low, j = high;
        while (i <= j) {
            while (values[i] > pivot)
                i++;
            while (values[j] < pivot)
                j--;
            if (i > j)
                break;
            swap(&values[i++], &values[j]);
            if (j == 0)
                break;
            j--;
        }
        if (rank - 1 <= j && j < high)
            high = j;
        else if (rank - 1 >= i)
            low = i;
        else
            break;
    }
    return values[rank - 1];
}

enum { BUCKETS = 512, MANY = 256 };

/* Parts the range of the values, finds the part that the rank falls into, and selects among its values alone (Alabi,
 * Blanchard, Gordon and Steinbach, "Fast k-selection algorithms for graphics processing units", 2012): nothing is
 * compared with a value that cannot be guessed. Reorders the values. */
static float select_in_bucket(float *values, size_t count, size_t rank)
{
    uint32_t counts[BUCKETS] = {0};
    float least = values[0], most = values[0];
    for (size_t i = 1; i < count; i++) {
        least = values[i] < least ? values[i] : least;
        most = values[i] > most ? values[i] : most;
    }
    const float scale = (float)(BUCKETS - 1) / (most - least);
    if (!(scale < INFINITY))
        return select_rank(values, count, rank);
    for (size_t i = 0; i < count; i++)
        counts[(uint32_t)((most - values[i]) * scale)]++;
    uint32_t bucket = 0;
    size_t before = 0, kept = 0;
    while (before + counts[bucket] < rank)
        before += counts[bucket++];
    for (size_t i = 0; i < count; i++) {
        values[kept] = values[i];
        kept += (uint32_t)((most - values[i]) * scale) == bucket ? 1 : 0;
    }
    return select_rank(values, kept, rank - before);
}

enum { GROUPS_MOST = 4096, GROUPS_A_RANK = 4 };

/* A value that `rank` of the values reach at least: as many of their groups have a maximum that does. */
static float reached_by(const float *values, size_t count, size_t rank, size_t groups)
{
    float most[GROUPS_MOST];
    memcpy(most, values, groups * sizeof *most);
    for (size_t first = groups; first < count; first += groups) {
        const size_t behind = count - first < groups ? count - first : groups;
        for (size_t i = 0; i < behind; i++)
            most[i] = values[first + i] > most[i] ? values[first + i] : most[i];
    }
    return select_rank(most, groups, rank);
}

/* Of many values all but a few are passed over before the selection, which mispredicts at every other one. */
float value_of_rank(float *values, size_t count, size_t rank)
{
    size_t groups = 64;
    while (groups < GROUPS_A_RANK * rank)
        groups *= 2;
    if (groups <= GROUPS_MOST && count >= 4 * groups) {
        const float least = reached_by(values, count, rank, groups);
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            values[kept] = values[i];
            kept += values[i] >= least ? 1 : 0;
        }
        count = kept;
    }
    return count > MANY ? select_in_bucket(values, count, rank) : select_rank(values, count, rank);
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
        top_raise(top, value_of_rank(top->values, top->count, top->best));
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
