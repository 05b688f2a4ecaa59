#include "query/search.h"

#include "base/error.h"
#include "query/diagnosis.h"
#include "query/facets.h"
#include "query/filters.h"
#include "query/hits.h"
#include "query/moment.h"
#include "query/parser.h"

enum { HITS_USUAL = 10 };

struct search {
    struct store *store;
    struct engine *engine;
    const pinakes_search_options *options;
    struct arena *arena;  /* for what is given out */
    struct arena scratch; /* until the search ends */
    struct node *root;
    struct node *filter; /* may be NULL */
    struct query_plan *plan;
    struct answer answer;
    pinakes_results *out;
};

/* ---- reading the query and finding ----------------------------------------------------------------------- */

static bool library_has(void *context, struct span token)
{
    const struct search *search = context;
    return engine_has_token(search->engine, token);
}

static pinakes_status read_query(struct search *search, bool any_word, struct parsed_query *parsed,
                                 pinakes_error *error)
{
    const struct vocabulary vocabulary = {search, library_has};
    const struct parse_options options = {.any_word = any_word, .vocabulary = &vocabulary};
    const pinakes_status status = parse_query(&search->scratch, store_analyzer(search->store),
                                              span_of(search->out->query), &options, parsed, error);
    if (status == PINAKES_OK)
        search->root = parsed->root;
    return status;
}

static pinakes_status find(struct search *search, pinakes_error *error)
{
    const pinakes_search_options *options = search->options;
    const struct question question = {.sort = options->sort,
                                      .offset = options->offset,
                                      .limit = options->limit == 0 ? HITS_USUAL : options->limit,
                                      .facets = options->facets,
                                      .kept = search->arena};
    const pinakes_status status =
        engine_prepare(search->engine, search->root, search->filter, &search->scratch, &search->plan, error);
    return status == PINAKES_OK ? engine_run(search->plan, &question, &search->answer, error) : status;
}

/* A question in full sentences may hold words that no note has: if no paper has them all, any will do. What the
 * first reading found wanting is kept when the second finds nothing either. */
static pinakes_status relax(struct search *search, pinakes_error *error)
{
    const struct search strict = *search;
    struct parsed_query parsed;
    pinakes_status status = read_query(search, true, &parsed, error);
    if (status == PINAKES_OK)
        status = find(search, error);
    search->out->relaxed = status == PINAKES_OK && search->answer.found > 0;
    if (status == PINAKES_OK && !search->out->relaxed) {
        search->root = strict.root;
        search->plan = strict.plan;
    }
    return status;
}

static pinakes_status find_papers(struct search *search, pinakes_error *error)
{
    struct parsed_query parsed;
    pinakes_status status = read_query(search, search->options->any_word, &parsed, error);
    if (status == PINAKES_OK)
        status = filters_tree(&search->scratch, store_analyzer(search->store), search->options, &search->filter, error);
    if (status == PINAKES_OK)
        status = find(search, error);
    if (status == PINAKES_OK && search->answer.found == 0 && parsed.is_question && !search->options->any_word)
        status = relax(search, error);
    return status;
}

/* ---- what is told of the whole --------------------------------------------------------------------------- */

static pinakes_status describe(struct search *search, pinakes_error *error)
{
    struct buffer reading = {0};
    node_print(search->root, &reading);
    search->out->reading = reading.failed ? NULL : arena_string(search->arena, (struct span){reading.at, reading.len});
    buffer_free(&reading);
    search->out->found = search->answer.found;
    search->out->facets = search->answer.facets;
    search->out->facet_count = search->answer.facets == NULL ? 0 : FACET_COUNT;
    search->out->out_of = store_paper_count(search->store);
    search->out->generation = store_generation(search->store);
    return search->out->reading == NULL ? error_no_memory(error) : PINAKES_OK;
}

/* ---- hits ------------------------------------------------------------------------------------------------ */

static pinakes_status add_hits(struct search *search, pinakes_error *error)
{
    const struct candidates *page = &search->answer.page;
    pinakes_hit *hits = arena_array(search->arena, page->count, sizeof *hits);
    if (hits == NULL)
        return error_no_memory(error);
    struct hits maker = {
        .store = search->store,
        .plan = search->plan,
        .root = search->root,
        .filter = search->filter,
        .options = search->options,
        .arena = search->arena,
        .scratch = &search->scratch,
    };
    pinakes_status status = hits_start(&maker, error);
    for (size_t i = 0; i < page->count && status == PINAKES_OK; i++)
        status = hits_fill(&maker, &page->papers[i], &hits[i], error);
    hits_end(&maker);
    search->out->hits = hits;
    search->out->hit_count = page->count;
    return status;
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static pinakes_status answer(void *context, pinakes_error *error)
{
    struct search *search = context;
    pinakes_status status = find_papers(search, error);
    if (status == PINAKES_OK)
        status = describe(search, error);
    if (status == PINAKES_OK && search->answer.found == 0)
        return diagnose(search->store, search->plan, search->root, search->filter, search->arena, &search->scratch,
                        &search->out->words, &search->out->word_count, error);
    return status == PINAKES_OK ? add_hits(search, error) : status;
}

pinakes_status search_run(struct engine *engine, const char *query, const pinakes_search_options *options,
                          struct arena *arena, pinakes_results *out, pinakes_error *error)
{
    struct search search = {
        .store = engine_store(engine), .engine = engine, .options = options, .arena = arena, .out = out};
    *out = (pinakes_results){.query = arena_string(arena, span_of(query))};
    const pinakes_status status =
        out->query == NULL ? error_no_memory(error) : moment_answer(search.store, answer, &search, error);
    arena_free(&search.scratch);
    return status;
}
