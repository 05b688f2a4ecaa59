/* Numbers in order: documents of a segment, and places in one. */
#ifndef QUERY_NUMBERS_H
#define QUERY_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* Sorts `*count` numbers and keeps each once. */
void numbers_sort(uint32_t *numbers, size_t *count);

/* Keeps those of `starts` that have one of `places` `offset` further on; both ascend. Gives their number. */
size_t numbers_followed(uint32_t *starts, size_t count, const uint32_t *places, size_t place_count, uint32_t offset);

#endif
