#include "query/related.h"

#include "base/error.h"
#include "base/sizes.h"
#include "indexer/bm25.h"
#include "query/drafted.h"
#include "query/filters.h"
#include "query/find_key.h"
#include "query/hits.h"
#include "query/listed.h"
#include "query/moment.h"
#include "query/near_copies.h"
#include "query/seed_terms.h"
#include "query/telling_words.h"

#include <stdlib.h>

enum {
    WORDS_WEIGHED = 1000, /* of the seeds, before those that tell the most are chosen */
    WORDS_ASKED = 64,
    WORDS_SHOWN = 6,
};
/* A seed is a long query: it is meant when it says a word again (seed_terms.h). */
static const double REPEATS_COUNT = 2;

/* A paper never shown: a seed, or what the draft cites. */
struct hidden {
    int64_t paper;
    const struct loaded_paper *loaded; /* of a seed; else NULL */
};

struct related {
    struct store *store;
    struct engine *engine;
    const pinakes_seeds *seeds;
    const pinakes_search_options *options;
    struct arena *arena;  /* for what is given out */
    struct arena scratch; /* until all is done */
    struct arena work;    /* until a paper is done */
    struct hidden *hidden;
    size_t hidden_count, hidden_capacity;
    struct node *root; /* any of `words` */
    struct node **words;
    size_t word_count;
    struct node *filter; /* may be NULL */
    struct query_plan *plan;
    struct answer answer;
    pinakes_results *out;
};

/* ---- what the seeds are about ---------------------------------------------------------------------------- */

static pinakes_status hide(struct related *in, int64_t paper, const struct loaded_paper *loaded, pinakes_error *error)
{
    struct hidden *grown =
        arena_grow(&in->scratch, in->hidden, in->hidden_count, &in->hidden_capacity, sizeof *in->hidden);
    if (grown == NULL)
        return error_no_memory(error);
    in->hidden = grown;
    in->hidden[in->hidden_count++] = (struct hidden){paper, loaded};
    return PINAKES_OK;
}

static int by_paper(const void *a, const void *b)
{
    const int64_t x = ((const struct hidden *)a)->paper, y = ((const struct hidden *)b)->paper;
    return (x > y) - (x < y);
}

/* Sorts the hidden papers and lists each once: a paper may be named by several of its keys. */
static void settle_hidden(struct related *in)
{
    size_t kept = 0;
    if (in->hidden_count == 0)
        return;
    qsort(in->hidden, in->hidden_count, sizeof *in->hidden, by_paper);
    for (size_t i = 1; i < in->hidden_count; i++) {
        struct hidden *last = &in->hidden[kept];
        if (in->hidden[i].paper != last->paper)
            in->hidden[++kept] = in->hidden[i];
        else if (last->loaded == NULL)
            last->loaded = in->hidden[i].loaded;
    }
    in->hidden_count = kept + 1;
}

static pinakes_status read_papers(struct related *in, struct seed_terms *terms, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < in->seeds->key_count && status == PINAKES_OK; i++) {
        int64_t id = 0;
        struct loaded_paper *paper = arena_alloc(&in->scratch, sizeof *paper);
        status = paper == NULL ? error_no_memory(error)
                               : require_key(in->store, in->seeds->keys[i], &in->scratch, &id, error);
        if (status == PINAKES_OK)
            status = paper_load(in->store, id, &in->scratch, &in->scratch, paper, error);
        if (status == PINAKES_OK && !seed_terms_add_paper(terms, paper))
            status = error_no_memory(error);
        if (status == PINAKES_OK)
            status = hide(in, id, paper, error);
    }
    settle_hidden(in);
    return status;
}

static pinakes_status hide_listed(void *context, int64_t paper, pinakes_error *error)
{
    return hide(context, paper, NULL, error);
}

static pinakes_status read_draft(struct related *in, struct seed_terms *terms, pinakes_error *error)
{
    const pinakes_seeds *seeds = in->seeds;
    const struct span text = {seeds->draft, seeds->draft_bytes};
    const char *name = seeds->draft_name == NULL ? "" : seeds->draft_name;
    const struct listed_sink sink = {.context = in, .paper = hide_listed};
    const size_t seed_count = in->hidden_count;
    bool is_list = false;
    if (seeds->draft == NULL)
        return PINAKES_OK;
    pinakes_status status = listed_read(in->store, name, text, terms, &sink, &is_list, error);
    if (status == PINAKES_OK && !is_list)
        status = drafted_read(in->store, seeds, terms, &sink, error);
    settle_hidden(in);
    in->out->left_out = in->hidden_count - seed_count;
    return status;
}

/* ---- the query ------------------------------------------------------------------------------------------- */

static pinakes_status prepare(struct related *in, struct node **words, size_t count, pinakes_error *error)
{
    in->root = node_with(&in->scratch, NODE_OR, words, count);
    in->words = words;
    in->word_count = count;
    if (in->root == NULL)
        return error_no_memory(error);
    return engine_prepare(in->engine, in->root, in->filter, &in->scratch, &in->plan, error);
}

/* Keeps the words that tell the most. */
static pinakes_status choose_words(struct related *in, struct node *const *all, size_t count, pinakes_error *error)
{
    struct telling_word *telling;
    pinakes_status status = telling_words(in->engine, all, count, WORDS_ASKED, &in->scratch, &telling, &count, error);
    struct node **words = status == PINAKES_OK ? arena_array(&in->scratch, count, sizeof(struct node *)) : NULL;
    if (words == NULL)
        return status == PINAKES_OK ? error_no_memory(error) : status;
    for (size_t i = 0; i < count; i++)
        words[i] = telling[i].node;
    return prepare(in, words, count, error);
}

static pinakes_status ask(struct related *in, pinakes_error *error)
{
    struct seed_terms *terms = seed_terms_create(&in->scratch, store_analyzer(in->store), REPEATS_COUNT);
    pinakes_status status = terms == NULL ? error_no_memory(error) : read_papers(in, terms, error);
    if (status == PINAKES_OK)
        status = read_draft(in, terms, error);
    if (status == PINAKES_OK)
        status = filters_tree(&in->scratch, store_analyzer(in->store), in->options, &in->filter, error);
    if (status != PINAKES_OK)
        return status;
    size_t count;
    struct node **words = seed_terms_nodes(terms, WORDS_WEIGHED, &count);
    if (words == NULL)
        return error_no_memory(error);
    if (count == 0)
        return error_set(error, PINAKES_BAD_INPUT, "%s: there is no word in it to go by",
                         in->seeds->draft_name == NULL ? "the text" : in->seeds->draft_name);
    return choose_words(in, words, count, error);
}

/* ---- whom to show ---------------------------------------------------------------------------------------- */

static bool is_hidden(const struct related *in, int64_t paper)
{
    const struct hidden wanted = {.paper = paper};
    return in->hidden_count > 0 && bsearch(&wanted, in->hidden, in->hidden_count, sizeof *in->hidden, by_paper) != NULL;
}

/* Whether the query finds the paper. */
static pinakes_status is_found(struct related *in, const struct hidden *hidden, bool *found, pinakes_error *error)
{
    struct loaded_paper loaded;
    pinakes_status status = PINAKES_OK;
    if (hidden->loaded == NULL)
        status = paper_load(in->store, hidden->paper, &in->work, &in->work, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    const struct document *document =
        paper_document(hidden->loaded == NULL ? &loaded : hidden->loaded, store_analyzer(in->store), &in->work);
    if (document == NULL)
        return error_no_memory(error);
    *found = document_matches(document, in->root) && (in->filter == NULL || document_matches(document, in->filter));
    return PINAKES_OK;
}

/* Takes the hidden papers out of what was found. */
static pinakes_status leave_out_hidden(struct related *in, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    size_t kept = 0;
    for (size_t i = 0; i < in->hidden_count && status == PINAKES_OK; i++) {
        bool found = false;
        status = is_found(in, &in->hidden[i], &found, error);
        in->answer.found -= found;
        arena_reset(&in->work);
    }
    for (size_t i = 0; i < in->answer.page.count; i++)
        if (!is_hidden(in, in->answer.page.papers[i].paper))
            in->answer.page.papers[kept++] = in->answer.page.papers[i];
    in->answer.page.count = kept;
    return status;
}

/* ---- showing --------------------------------------------------------------------------------------------- */

static int strongest_first(const void *a, const void *b)
{
    const pinakes_shared_word *x = a, *y = b;
    return x->score != y->score ? (x->score > y->score ? -1 : 1) : strcmp(x->word, y->word);
}

/* Names the words whose shares in the paper's score are the greatest. */
static pinakes_status name_shared(void *context, const struct candidate *candidate, const struct document *document,
                                  pinakes_hit *hit, pinakes_error *error)
{
    const struct related *in = context;
    pinakes_shared_word *shared = arena_array(in->arena, in->word_count, sizeof *shared);
    const double average_length = engine_collection(in->plan).average_length;
    size_t count = 0;
    if (shared == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < in->word_count; i++) {
        const double idf = engine_weight(in->plan, in->words[i]).idf * in->words[i]->boost;
        const uint32_t frequency = document_frequency(document, in->words[i]);
        const double share = bm25_score(idf, frequency, candidate->length, average_length);
        if (share <= 0)
            continue;
        shared[count] = (pinakes_shared_word){arena_string(in->arena, in->words[i]->word), share};
        if (shared[count++].word == NULL)
            return error_no_memory(error);
    }
    qsort(shared, count, sizeof *shared, strongest_first);
    hit->shared = shared;
    hit->shared_count = size_smaller(count, WORDS_SHOWN);
    return PINAKES_OK;
}

static pinakes_status show(struct related *in, struct hits *hits, pinakes_error *error)
{
    const struct candidates *found = &in->answer.page;
    const size_t limit = hits_wanted(in->options);
    const size_t first = size_smaller(in->options->offset, found->count);
    const size_t last = first + size_smaller(limit, found->count - first);
    struct placed_paper *order = arena_array(&in->scratch, last, sizeof *order);
    pinakes_hit *out = arena_array(in->arena, last - first, sizeof *out);
    if (order == NULL || out == NULL)
        return error_no_memory(error);
    pinakes_status status = near_copies_order(in->store, found, last, in->arena, &in->scratch, order, error);
    for (size_t i = first; i < last && status == PINAKES_OK; i++)
        status = hits_fill(hits, order[i].candidate, order[i].loaded, &out[i - first], error);
    in->out->hits = out;
    in->out->hit_count = last - first;
    return status;
}

/* How many papers compete for the page asked for, the hidden ones among them. */
static size_t pool_size(const struct related *in)
{
    const size_t limit = hits_wanted(in->options);
    const size_t last = limit > SIZE_MAX - in->options->offset ? SIZE_MAX : limit + in->options->offset;
    const size_t wanted = near_copies_pool(last);
    return wanted > SIZE_MAX - in->hidden_count ? SIZE_MAX : wanted + in->hidden_count;
}

static pinakes_status find_and_show(struct related *in, struct hits *hits, pinakes_error *error)
{
    const struct question question = {.sort = PINAKES_BY_SCORE, .limit = pool_size(in), .kept = in->arena};
    pinakes_status status = engine_run(in->plan, &question, &in->answer, error);
    if (status == PINAKES_OK)
        status = leave_out_hidden(in, error);
    if (status != PINAKES_OK)
        return status;
    in->out->found = in->answer.found;
    in->out->out_of = store_paper_count(in->store);
    in->out->generation = store_generation(in->store);
    return show(in, hits, error);
}

static pinakes_status answer(void *context, pinakes_error *error)
{
    struct related *in = context;
    pinakes_status status = ask(in, error);
    if (status != PINAKES_OK)
        return status;
    struct hits hits = {
        .store = in->store,
        .plan = in->plan,
        .root = in->root,
        .filter = in->filter,
        .options = in->options,
        .arena = in->arena,
        .scratch = &in->scratch,
        .tell = name_shared,
        .context = in,
    };
    status = hits_start(&hits, error);
    if (status == PINAKES_OK)
        status = find_and_show(in, &hits, error);
    hits_end(&hits);
    return status;
}

pinakes_status related_run(struct engine *engine, const pinakes_seeds *seeds, const pinakes_search_options *options,
                           struct arena *arena, pinakes_results *out, pinakes_error *error)
{
    struct related related = {.store = engine_store(engine),
                              .engine = engine,
                              .seeds = seeds,
                              .options = options,
                              .arena = arena,
                              .out = out};
    *out = (pinakes_results){.query = "", .reading = ""};
    const pinakes_status status = moment_answer(related.store, answer, &related, error);
    arena_free(&related.work);
    arena_free(&related.scratch);
    return status;
}
