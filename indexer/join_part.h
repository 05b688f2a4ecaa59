/* Which of the records that hang together are one paper. */
#ifndef INDEXER_JOIN_PART_H
#define INDEXER_JOIN_PART_H

#include "indexer/join_find.h"

/* Why two records are of one paper: as duplicates.txt says, else as same_paper() does. */
enum same_paper join_same(const struct join_rules *rules, struct analyzer *analyzer, const struct joined_record *a,
                          const struct joined_record *b);

/* Sets `part` of each record, the same of those that are one paper, with the reason, and sorts them by it. Records are
 * put together by the surest reason first, and where there are several, in the order of their files and lines; but
 * never
 * - two that a rule says are two papers;
 * - by title, two of one file or with DOIs or PubMed identifiers of their own (same_paper_are_two()), also not by way
 *   of a third. */
pinakes_status join_part(struct found *found, const struct join_rules *rules, struct analyzer *analyzer,
                         pinakes_error *error);

#endif
