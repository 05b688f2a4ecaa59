#include "query/prefix_search.h"

#include "base/error.h"
#include "indexer/bm25.h"
#include "query/document_set.h"
#include "query/prefix_list.h"

/* How many of the others' best the prefix is looked for in. */
enum {
    TRIED_FIRST = 128,  /* or so many for each document that is wanted: */
    TRIED_FOR_EACH = 4, /* then, while others could still be better, */
    TRIED_MORE = 8,     /* times as many, up to */
    TRIED_MOST = 1024,
};

/* The best documents of the other terms. */
struct tried {
    uint64_t *documents;
    bool is_all; /* there are no others */
    double most; /* no other one scores more without the prefix */
};

static bool note_tried(const struct ranked_answer *answer, size_t wanted, size_t words, struct arena *arena,
                       struct tried *out)
{
    *out = (struct tried){.is_all = answer->hit_count < wanted};
    out->documents = arena_array(arena, words, sizeof *out->documents);
    if (out->documents == NULL)
        return false;
    for (size_t i = 0; i < answer->hit_count; i++)
        out->documents[answer->hits[i].document / 64] |= UINT64_C(1) << answer->hits[i].document % 64;
    out->most = out->is_all ? 0 : answer->hits[wanted - 1].score;
    return true;
}

/* The query without the prefix, whose terms are copied to `terms`. */
static struct ranked_query query_of_others(const struct ranked_query *query, size_t prefix, struct ranked_term *terms)
{
    struct ranked_query others = *query;
    others.terms = terms;
    others.term_count = 0;
    others.sums = NULL;
    for (size_t i = 0; i < query->term_count; i++)
        if (i != prefix)
            terms[others.term_count++] = query->terms[i];
    others.at_least = others.term_count;
    return others;
}

/* A search on its way. */
struct looking {
    const struct sealed_moment *moment;
    const struct ranked_query *query;
    const struct late_prefix *prefix;
    struct segment_list *list; /* of the prefix, among the query's terms */
    double prefix_most;        /* no document gets more from the prefix */
    double least;              /* of the best so far; 0 while there are too few */
    struct arena *arena;
};

/* Whether no document but those tried can be among the best. */
static bool is_enough(const struct looking *looking, const struct tried *tried)
{
    static const double ROUNDING = 1 + 1e-9; /* sums may run in another order */
    return tried->is_all || looking->least > (tried->most + looking->prefix_most) * ROUNDING;
}

/* Ranks the documents tried. */
static pinakes_status rank_tried(struct looking *looking, const struct tried *tried, struct ranked_answer *out,
                                 pinakes_error *error)
{
    const size_t best = looking->query->best;
    *out = (struct ranked_answer){.hit_count = 0};
    pinakes_status status = prefix_list_make(looking->moment, looking->prefix->first, looking->prefix->behind,
                                             tried->documents, looking->arena, looking->list, error);
    if (status == PINAKES_OK && looking->list->documents > 0)
        status = ranked_search(looking->moment->searcher, looking->query, out, error);
    if (status == PINAKES_OK && out->hit_count == best)
        looking->least = out->hits[best - 1].score;
    return status;
}

/* Looks for the prefix in the best of the others, if that can be enough by what is known. */
static pinakes_status look_in(struct looking *looking, const struct ranked_query *others, struct ranked_answer *out,
                              bool *is_answered, pinakes_error *error)
{
    struct tried tried;
    pinakes_status status = ranked_search(looking->moment->searcher, others, out, error);
    if (status != PINAKES_OK)
        return status;
    if (!note_tried(out, others->best, document_set_words(looking->moment->documents.count), looking->arena, &tried))
        return error_no_memory(error);
    if (looking->least > 0 && !is_enough(looking, &tried))
        return PINAKES_OK;
    status = rank_tried(looking, &tried, out, error);
    *is_answered = status == PINAKES_OK && is_enough(looking, &tried);
    return status;
}

pinakes_status prefix_search(const struct sealed_moment *moment, struct ranked_query *query, struct ranked_term *terms,
                             const struct late_prefix *prefix, struct arena *arena, struct ranked_answer *out,
                             bool *is_answered, pinakes_error *error)
{
    struct ranked_term *term = &terms[prefix->term], *others = arena_array(arena, query->term_count, sizeof *others);
    struct looking looking = {
        .moment = moment,
        .query = query,
        .prefix = prefix,
        .list = &term->list,
        .prefix_most = term->weight * (BM25_K1 + 1), /* however often it stands there */
        .arena = arena,
    };
    pinakes_status status = PINAKES_OK;
    *is_answered = false;
    if (others == NULL)
        return error_no_memory(error);
    struct ranked_query of_others = query_of_others(query, prefix->term, others);
    of_others.best = query->best * TRIED_FOR_EACH > TRIED_FIRST ? query->best * TRIED_FOR_EACH : TRIED_FIRST;
    for (; status == PINAKES_OK && !*is_answered && of_others.best <= TRIED_MOST; of_others.best *= TRIED_MORE)
        status = look_in(&looking, &of_others, out, is_answered, error);
    return status;
}
