#include "query/finding.h"

#include "base/error.h"
#include "query/feedback.h"
#include "query/filters.h"
#include "query/hits.h"
#include "query/parser.h"

static bool library_has(void *context, struct span token)
{
    const struct finding *finding = context;
    return engine_has_token(finding->engine, token);
}

static double idf_of(void *context, const struct node *word)
{
    const struct finding *finding = context;
    struct query_plan *plan;
    pinakes_error error;
    if (engine_prepare(finding->engine, word, NULL, finding->scratch, &plan, &error) != PINAKES_OK)
        return 0;
    const struct term_weight weight = engine_weight(plan, word);
    return weight.papers == 0 ? 0 : weight.idf;
}

static uint64_t papers_of(void *context, const struct node *node)
{
    const struct finding *finding = context;
    struct query_plan *plan;
    pinakes_error error;
    uint64_t papers = 0;
    if (engine_prepare(finding->engine, node, NULL, finding->scratch, &plan, &error) != PINAKES_OK ||
        engine_count(plan, node, NULL, &papers, &error) != PINAKES_OK)
        return 0;
    return papers;
}

static pinakes_status read_query(struct finding *finding, bool any_word, struct parsed_query *parsed,
                                 pinakes_error *error)
{
    const struct vocabulary vocabulary = {finding, library_has, idf_of, papers_of};
    const struct parse_options options = {.any_word = any_word, .vocabulary = &vocabulary};
    pinakes_status status = parse_query(finding->scratch, store_analyzer(engine_store(finding->engine)),
                                        span_of(finding->query), &options, parsed, error);
    if (status != PINAKES_OK)
        return status;
    struct synonym_expansion expansion = {.store = engine_store(finding->engine),
                                          .aliases = engine_aliases(finding->engine),
                                          .vocabulary = &vocabulary,
                                          .arena = finding->scratch};
    if (!finding->options->no_synonyms)
        status = synonyms_expand(&expansion, &parsed->root, error);
    finding->added = expansion.added;
    finding->added_count = expansion.added_count;
    finding->root = parsed->root;
    return status;
}

static pinakes_status find(struct finding *finding, pinakes_error *error)
{
    const pinakes_search_options *options = finding->options;
    const struct question question = {.sort = options->sort,
                                      .offset = options->offset,
                                      .limit = hits_wanted(options),
                                      .unsorted = finding->unsorted,
                                      .facets = options->facets,
                                      .kept = finding->arena};
    const pinakes_status status =
        engine_prepare(finding->engine, finding->root, finding->filter, finding->scratch, &finding->plan, error);
    return status == PINAKES_OK ? engine_run(finding->plan, &question, &finding->answer, error) : status;
}

/* A question in full sentences may hold words that no note has: if no paper has them all, any will do. What the
 * first reading found wanting is kept when the second finds nothing either. */
static pinakes_status relax(struct finding *finding, pinakes_error *error)
{
    const struct finding strict = *finding;
    struct parsed_query parsed;
    pinakes_status status = read_query(finding, true, &parsed, error);
    if (status == PINAKES_OK)
        status = find(finding, error);
    finding->relaxed = status == PINAKES_OK && finding->answer.found > 0;
    if (status == PINAKES_OK && !finding->relaxed) {
        finding->root = strict.root;
        finding->plan = strict.plan;
    }
    return status;
}

/* Asks again, with the words of the papers that were found first. */
static pinakes_status deepen(struct finding *finding, pinakes_error *error)
{
    const struct question best = {.limit = FEEDBACK_PAPERS, .is_uncounted = true, .kept = finding->scratch};
    struct answer first;
    pinakes_status status = engine_run(finding->plan, &best, &first, error);
    if (status == PINAKES_OK)
        status =
            feedback_expand(finding->engine, &first.page, finding->scratch, &finding->root, &finding->filter, error);
    return status == PINAKES_OK ? find(finding, error) : status;
}

pinakes_status finding_run(struct finding *finding, pinakes_error *error)
{
    struct parsed_query parsed;
    const bool any_word = finding->options->any_word || finding->options->deep;
    pinakes_status status = read_query(finding, any_word, &parsed, error);
    if (status == PINAKES_OK)
        status = filters_tree(finding->scratch, store_analyzer(engine_store(finding->engine)), finding->options,
                              &finding->filter, error);
    if (status == PINAKES_OK)
        status = find(finding, error);
    if (status == PINAKES_OK && finding->answer.found == 0 && parsed.is_question && !any_word)
        status = relax(finding, error);
    if (status == PINAKES_OK && finding->options->deep)
        status = deepen(finding, error);
    return status;
}

const char *finding_reading(const struct finding *finding, struct arena *arena)
{
    struct buffer reading = {0};
    node_print(finding->root, &reading);
    const char *text = buffer_keep(&reading, arena);
    buffer_free(&reading);
    return text;
}

pinakes_status finding_show(const struct finding *finding, struct store *store, size_t limit, struct arena *arena,
                            const pinakes_hit **hits, size_t *count, pinakes_error *error)
{
    const struct candidates *page = &finding->answer.page;
    const size_t wanted = page->count < limit ? page->count : limit;
    pinakes_hit *shown = arena_array(arena, wanted, sizeof *shown);
    if (shown == NULL)
        return error_no_memory(error);
    struct hits making = {
        .store = store,
        .plan = finding->plan,
        .root = finding->root,
        .filter = finding->filter,
        .options = finding->options,
        .arena = arena,
        .scratch = finding->scratch,
    };
    pinakes_status status = hits_start(&making, error);
    for (size_t i = 0; i < wanted && status == PINAKES_OK; i++) {
        making.is_titled = i < finding->titled;
        status = hits_fill(&making, &page->papers[i], NULL, &shown[i], error);
    }
    hits_end(&making);
    *hits = shown;
    *count = wanted;
    return status;
}
