#include "query/telling_words.h"

#include "base/error.h"

#include <stdlib.h>

struct weighed {
    struct telling_word word;
    size_t order;
};

static int heaviest_first(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    if (x->word.weight != y->word.weight)
        return x->word.weight > y->word.weight ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

pinakes_status telling_words(struct engine *engine, struct node *const *words, size_t count, size_t limit,
                             struct arena *arena, struct telling_word **out, size_t *out_count, pinakes_error *error)
{
    struct weighed *all = arena_array(arena, count, sizeof *all);
    struct telling_word *kept = arena_array(arena, limit < count ? limit : count, sizeof *kept);
    const struct node *any = node_with(arena, NODE_OR, words, count);
    struct query_plan *plan;
    size_t known = 0;
    if (all == NULL || kept == NULL || any == NULL)
        return error_no_memory(error);
    const pinakes_status status = engine_prepare(engine, any, NULL, arena, &plan, error);
    if (status != PINAKES_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        const struct term_weight weight = engine_weight(plan, words[i]);
        if (weight.papers > 0 && weight.idf * words[i]->boost > 0)
            all[known++] = (struct weighed){{words[i], weight.idf * words[i]->boost}, i};
    }
    qsort(all, known, sizeof *all, heaviest_first);
    *out_count = known < limit ? known : limit;
    for (size_t i = 0; i < *out_count; i++)
        kept[i] = all[i].word;
    *out = kept;
    return PINAKES_OK;
}
