/* Papers waiting to be known again, by identity (indexer/key.h). */
#ifndef INDEXER_SYNC_MAP_H
#define INDEXER_SYNC_MAP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct known_paper {
    uint64_t identity;
    uint64_t hash; /* of the record */
    int64_t id;    /* 0 when it has been taken */
    size_t next;   /* the entry put in before it in the same bucket, counted from 1; 0 for none */
};

/* All zero is an empty map. */
struct paper_map {
    struct arena arena;
    struct known_paper *papers; /* in the order they were put in */
    size_t count, capacity;
    size_t *buckets;
    size_t bucket_count;
};

/* False when memory is short. Several papers may have one identity. */
bool paper_map_put(struct paper_map *map, uint64_t identity, int64_t id, uint64_t hash);

/* Takes out a paper of that identity: one of the same hash if it is soon found, else the one put in last. False when
 * there is none. */
bool paper_map_take(struct paper_map *map, uint64_t identity, uint64_t hash, struct known_paper *out);

/* Empties the map and keeps its memory. */
void paper_map_clear(struct paper_map *map);
void paper_map_free(struct paper_map *map);

#endif
