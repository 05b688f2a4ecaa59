#include "query/hits.h"

#include "base/error.h"
#include "query/evidence.h"
#include "query/explain.h"

enum { SENTENCES_USUAL = 3 };

/* A word weighs its rarity; a phrase, or words required together, the sum of their words. */
static double leaf_weight(const void *context, const struct node *leaf)
{
    const struct hits *hits = context;
    if (node_is_word(leaf))
        return engine_weight(hits->plan, leaf).idf * leaf->boost;
    double sum = 0;
    for (size_t i = 0; i < leaf->child_count && leaf->kind != NODE_NOT; i++)
        sum += leaf_weight(context, leaf->children[i]);
    return sum;
}

pinakes_status hits_start(struct hits *hits, pinakes_error *error)
{
    const struct node *roots[] = {hits->root, hits->filter};
    if (!aspects_add(&hits->aspects, hits->scratch, hits->root, leaf_weight, hits))
        return error_no_memory(error);
    return asked_topics_load(hits->store, roots, 2, hits->scratch, &hits->topics, error);
}

void hits_end(struct hits *hits)
{
    arena_free(&hits->work);
}

static const char *explain(const struct hits *hits, const struct document *document, uint32_t length)
{
    const char *sum = explain_score(hits->plan, hits->root, document, length, hits->arena);
    return sum == NULL || !hits->is_titled
               ? sum
               : arena_format(hits->arena, "its title is the query: it comes first\n%s", sum);
}

static pinakes_status prove(struct hits *hits, const struct candidate *candidate, const struct loaded_paper *paper,
                            const struct document *document, pinakes_hit *hit, pinakes_error *error)
{
    const size_t limit = hits->options->evidence_limit == 0 ? SENTENCES_USUAL : hits->options->evidence_limit;
    struct aspects aspects[] = {hits->aspects, {.count = 0}}; /* of words; without any, of topics */
    if (!asked_topics_aspects(&hits->topics, document, &hits->work, &aspects[1]))
        return error_no_memory(error);
    if (hits->options->explain) {
        hit->explanation = explain(hits, document, candidate->length);
        if (hit->explanation == NULL)
            return error_no_memory(error);
    }
    return evidence_choose(paper, document, aspects, 2, limit, hits->arena, &hits->work, &hit->evidence,
                           &hit->evidence_count, error);
}

static pinakes_status fill(struct hits *hits, const struct candidate *candidate, const struct loaded_paper *paper,
                           pinakes_hit *hit, pinakes_error *error)
{
    const pinakes_paper *record = &paper->record;
    const struct document *document = paper_document(paper, store_analyzer(hits->store), &hits->work);
    if (document == NULL)
        return error_no_memory(error);
    *hit = (pinakes_hit){
        .key = record->key,
        .title = record->title,
        .venue = record->venue,
        .url = record->url,
        .year = record->year,
        .score = candidate->score,
        .author_count = record->author_count,
        .authors = record->authors,
        .topic_count = record->topic_count,
        .topics = record->topics,
    };
    const pinakes_status status = prove(hits, candidate, paper, document, hit, error);
    return status == PINAKES_OK && hits->tell != NULL ? hits->tell(hits->context, candidate, document, hit, error)
                                                      : status;
}

pinakes_status hits_fill(struct hits *hits, const struct candidate *candidate, const struct loaded_paper *paper,
                         pinakes_hit *out, pinakes_error *error)
{
    struct loaded_paper loaded;
    pinakes_status status = PINAKES_OK;
    if (paper == NULL)
        status = paper_load(hits->store, candidate->paper, hits->arena, &hits->work, &loaded, error);
    if (status == PINAKES_OK)
        status = fill(hits, candidate, paper == NULL ? &loaded : paper, out, error);
    arena_reset(&hits->work);
    return status;
}
