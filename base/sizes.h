/* The smaller and the greater of two sizes. */
#ifndef BASE_SIZES_H
#define BASE_SIZES_H

#include <stddef.h>

static inline size_t size_smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static inline size_t size_greater(size_t a, size_t b)
{
    return a > b ? a : b;
}

#endif
