/* Values too great for the few bits of their array stand apart, each with the place it belongs to. */
#ifndef INDEXER_SEGMENT_EXCEPTION_H
#define INDEXER_SEGMENT_EXCEPTION_H

#include <stdint.h>

struct segment_exception {
    uint32_t of; /* its index in the array */
    uint32_t value;
};

/* The value at `of`: a search by halves among `count` exceptions, which ascend. `otherwise` when there is none. */
uint32_t segment_exception_find(const struct segment_exception *exceptions, uint32_t count, uint32_t of,
                                uint32_t otherwise);

#endif
