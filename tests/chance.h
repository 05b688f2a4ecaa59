/* Numbers drawn by chance, the same on every machine and in every run: xorshift (Marsaglia, "Xorshift RNGs", Journal of
 * Statistical Software 8(14), 2003). */
#ifndef TESTS_CHANCE_H
#define TESTS_CHANCE_H

#include <stdint.h>

static uint64_t chance = 20240229;

/* One of 0, 1, ... below - 1. */
static inline uint32_t draw(uint32_t below)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (uint32_t)((chance >> 16) % below);
}

#endif
