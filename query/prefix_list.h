/* What a prefix means, as one posting list made in memory of those of its words: documents and frequencies, with the
 * bounds of its blocks, so that it is ranked as any list of the segment is. */
#ifndef QUERY_PREFIX_LIST_H
#define QUERY_PREFIX_LIST_H

#include "base/arena.h"
#include "query/sealed.h"

/* Makes the list of the tokens [first, behind), as segment_prefix() gives them, in the documents of `within` (NULL:
 * all), stale ones included. It lives in `arena`, in 8 bytes for each document of the set and 4 for each 64 of the
 * segment; without documents it has no blocks. PINAKES_DAMAGED as segment.h says. */
pinakes_status prefix_list_make(const struct sealed_moment *moment, uint32_t first, uint32_t behind,
                                const uint64_t *within, struct arena *arena, struct segment_list *out,
                                pinakes_error *error);

#endif
