/* Which papers may belong to a topic at all, told from the words they hold: most papers belong to none, and are put
 * aside before anything is known of where their words stand. */
#ifndef QUERY_TOPICS_SCREEN_H
#define QUERY_TOPICS_SCREEN_H

#include "query/topics.h"

struct topics_screen;

/* Lives in `arena`, as the set must. NULL when memory is short. One thread at a time. */
struct topics_screen *topics_screen_create(struct arena *arena, const struct topic_set *set);

/* Forgets the paper before. Then every token of the next one is shown, in any order. */
void topics_screen_begin(struct topics_screen *screen);
void topics_screen_token(struct topics_screen *screen, enum field field, struct span token);

/* False when no topic can reach its threshold: every rule that gives weight is counted whose words stand in its fields,
 * and their order, years and what must not be there only ever take matches away. */
bool topics_screen_passes(const struct topics_screen *screen);

#endif
