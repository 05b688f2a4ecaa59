/* The keys nearest to one that no paper has. */
#ifndef QUERY_CLOSEST_KEYS_H
#define QUERY_CLOSEST_KEYS_H

#include "query/closest.h"

/* Keys of papers that have `key` as their title, keys that hold `key` or are held by it, whatever their case, and keys
 * a few letters away; the nearest first. */
pinakes_status closest_keys(struct store *store, const char *key, struct arena *arena, struct closest_words *out,
                            pinakes_error *error);

#endif
