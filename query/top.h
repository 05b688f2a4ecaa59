/* The documents that may be among the best: those whose single-precision score is high enough so far. */
#ifndef QUERY_TOP_H
#define QUERY_TOP_H

#include "query/kernels.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scored {
    uint32_t document;
    float score;
};

struct top {
    const struct kernels *kernels;
    struct scored *entries; /* more than `best`, so that the least are dropped many at a time */
    float *values;          /* room for as many */
    size_t count, capacity; /* the capacity is at least 2 * best + TOP_SLACK */
    size_t best;            /* how many are wanted; greater than 0 */
    size_t due;             /* number of entries at which the least are dropped */
    float threshold;        /* less cannot be among the best, whatever the rounding */
    float margin;           /* relative error of a score: rounding, and the order of summing */
};

enum { TOP_SLACK = 64 };

/* Empties it. */
void top_start(struct top *top, const struct kernels *kernels, size_t best, float margin);

/* Adds a document unless it is below the threshold. False when too many have scores too close to tell apart: then they
 * must be settled exactly first. */
bool top_push(struct top *top, uint32_t document, float score);

/* Raises the threshold: `best` documents are known to have at least `score`. */
void top_raise(struct top *top, float score);

/* Drops every entry that cannot be among the best. */
void top_prune(struct top *top);

/* A value that at least `rank` of `count` values reach, none of which is negative: at most a 2048th less than the
 * greatest such. */
float value_of_rank(const struct kernels *kernels, const float *values, size_t count, size_t rank);

#endif
