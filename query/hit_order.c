#include "query/hit_order.h"

#include <string.h>

enum { FEW = 40, BYTES = 8, DIGITS = 256 };

/* Numbers in the opposite order of the scores: IEEE 754 numbers are ordered as their bits are, negative ones the other
 * way round. */
static uint64_t key_of(double score)
{
    uint64_t bits;
    memcpy(&bits, &score, sizeof bits);
    const uint64_t ascending = (bits >> 63) != 0 ? ~bits : bits | UINT64_C(1) << 63;
    return ~ascending;
}

static void insert_each(struct ranked_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct ranked_hit hit = hits[i];
        size_t at = i;
        for (; at > 0 && hits[at - 1].score < hit.score; at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

/* Copies the hits in the order of one byte of their keys; false when it is the same in all. */
static bool deal(const struct ranked_hit *from, struct ranked_hit *to, size_t count, unsigned shift,
                 const uint32_t counts[DIGITS])
{
    uint32_t places[DIGITS], place = 0;
    if (counts[key_of(from[0].score) >> shift & 0xff] == count)
        return false;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        places[digit] = place;
        place += counts[digit];
    }
    for (size_t i = 0; i < count; i++)
        to[places[key_of(from[i].score) >> shift & 0xff]++] = from[i];
    return true;
}

static void deal_each(struct ranked_hit *hits, size_t count, struct ranked_hit *spare)
{
    uint32_t counts[BYTES][DIGITS] = {{0}};
    struct ranked_hit *from = hits, *to = spare;
    for (size_t i = 0; i < count; i++) {
        const uint64_t key = key_of(hits[i].score);
        for (unsigned byte = 0; byte < BYTES; byte++)
            counts[byte][key >> byte * 8 & 0xff]++;
    }
    for (unsigned byte = 0; byte < BYTES; byte++) {
        if (!deal(from, to, count, byte * 8, counts[byte]))
            continue;
        struct ranked_hit *const dealt = to;
        to = from;
        from = dealt;
    }
    if (from != hits)
        memcpy(hits, from, count * sizeof *hits);
}

void hits_sort(struct ranked_hit *hits, size_t count, struct ranked_hit *spare)
{
    if (count <= FEW)
        insert_each(hits, count);
    else
        deal_each(hits, count, spare);
}
