#include "query/randomization.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

enum { EXACT_QUERIES = 16, DRAWS = 100000 };

/* Sums of the same differences in another order differ in their last bits. */
#define ROUNDING 1e-9

/* SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* The difference when the queries whose bit is set are swapped; `bits` gives 64 at a time. */
static double swapped_difference(const double *first, const double *second, size_t count, uint64_t *state,
                                 uint64_t bits)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (state != NULL && i % 64 == 0)
            bits = next_random(state);
        const double difference = first[i] - second[i];
        sum += bits >> i % 64 & 1 ? -difference : difference;
    }
    return fabs(sum);
}

double randomization_p(const double *first, const double *second, size_t count)
{
    const double real = swapped_difference(first, second, count, NULL, 0);
    const double least = real - ROUNDING * (real + 1);
    uint64_t as_great = 0;
    if (count <= EXACT_QUERIES) {
        const uint64_t ways = UINT64_C(1) << count;
        for (uint64_t way = 0; way < ways; way++)
            as_great += swapped_difference(first, second, count, NULL, way) >= least;
        return (double)as_great / (double)ways;
    }
    uint64_t state = 1;
    for (unsigned i = 0; i < DRAWS; i++)
        as_great += swapped_difference(first, second, count, &state, 0) >= least;
    return (double)(as_great + 1) / (DRAWS + 1);
}
