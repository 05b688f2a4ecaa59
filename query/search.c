#include "query/search.h"

#include "base/error.h"
#include "query/diagnosis.h"
#include "query/evidence.h"
#include "query/explain.h"
#include "query/facets.h"
#include "query/filters.h"
#include "query/order.h"
#include "query/paper_load.h"
#include "query/parser.h"
#include "query/topic_aspects.h"

enum { HITS_USUAL = 10, SENTENCES_USUAL = 3 };

struct search {
    struct store *store;
    const struct engine *engine;
    const pinakes_search_options *options;
    struct arena *arena;   /* for what is given out */
    struct arena scratch;  /* until the search ends */
    struct arena hit_work; /* until a hit is done */
    struct node *root;
    struct node *filter; /* may be NULL */
    struct query_plan *plan;
    struct candidates found;
    struct aspects aspects;     /* of the query's words */
    struct asked_topics topics; /* the query or a filter asks for */
    pinakes_results *out;
};

/* ---- reading the query and finding ----------------------------------------------------------------------- */

static bool library_has(void *context, struct span token)
{
    const struct search *search = context;
    return search->engine->has_token(search->store, token);
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
    const pinakes_status status =
        search->engine->prepare(search->store, search->root, search->filter, &search->scratch, &search->plan, error);
    return status == PINAKES_OK ? search->engine->run(search->plan, &search->found, error) : status;
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
    search->out->relaxed = status == PINAKES_OK && search->found.count > 0;
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
    if (status == PINAKES_OK && search->found.count == 0 && parsed.is_question && !search->options->any_word)
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
    search->out->found = search->found.count;
    search->out->out_of = store_paper_count(search->store);
    search->out->generation = store_generation(search->store);
    return search->out->reading == NULL ? error_no_memory(error) : PINAKES_OK;
}

static pinakes_status add_facets(struct search *search, pinakes_error *error)
{
    pinakes_facet *facets = arena_array(search->arena, FACET_COUNT, sizeof *facets);
    if (facets == NULL)
        return error_no_memory(error);
    search->out->facets = facets;
    search->out->facet_count = FACET_COUNT;
    return facets_count(search->store, &search->found, search->arena, &search->scratch, facets, error);
}

/* ---- hits ------------------------------------------------------------------------------------------------ */

/* A word weighs its rarity; a phrase, or words required together, the sum of their words. */
static double leaf_weight(const void *context, const struct node *leaf)
{
    const struct search *search = context;
    if (leaf->kind == NODE_TERM || leaf->kind == NODE_PREFIX)
        return search->engine->weight(search->plan, leaf).idf;
    double sum = 0;
    for (size_t i = 0; i < leaf->child_count && leaf->kind != NODE_NOT; i++)
        sum += leaf_weight(context, leaf->children[i]);
    return sum;
}

static pinakes_status gather_aspects(struct search *search, pinakes_error *error)
{
    const struct node *roots[] = {search->root, search->filter};
    if (!aspects_add(&search->aspects, &search->scratch, search->root, leaf_weight, search))
        return error_no_memory(error);
    return asked_topics_load(search->store, roots, 2, &search->scratch, &search->topics, error);
}

static struct document *analyse(struct search *search, const struct loaded_paper *paper)
{
    const pinakes_paper *record = &paper->record;
    struct span *topics = arena_array(&search->hit_work, record->topic_count, sizeof *topics);
    if (topics == NULL)
        return NULL;
    for (size_t i = 0; i < record->topic_count; i++)
        topics[i] = span_of(record->topics[i].topic);
    return document_create(&search->hit_work, store_analyzer(search->store), paper->texts, record->year, topics,
                           record->topic_count);
}

static pinakes_status prove(struct search *search, const struct candidate *candidate, const struct loaded_paper *paper,
                            pinakes_hit *hit, pinakes_error *error)
{
    const size_t limit = search->options->evidence_limit == 0 ? SENTENCES_USUAL : search->options->evidence_limit;
    const struct document *document = analyse(search, paper);
    struct aspects aspects[] = {search->aspects, {.count = 0}}; /* of words; without any, of topics */
    if (document == NULL || !asked_topics_aspects(&search->topics, document, &search->hit_work, &aspects[1]))
        return error_no_memory(error);
    if (search->options->explain) {
        hit->explanation =
            explain_score(search->engine, search->plan, search->root, document, candidate->length, search->arena);
        if (hit->explanation == NULL)
            return error_no_memory(error);
    }
    return evidence_choose(paper, document, aspects, 2, limit, search->arena, &search->hit_work, &hit->evidence,
                           &hit->evidence_count, error);
}

static pinakes_status fill_hit(struct search *search, const struct candidate *candidate, pinakes_hit *hit,
                               pinakes_error *error)
{
    struct loaded_paper paper;
    const pinakes_status status =
        paper_load(search->store, candidate->paper, search->arena, &search->hit_work, &paper, error);
    if (status != PINAKES_OK)
        return status;
    const pinakes_paper *record = &paper.record;
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
    return prove(search, candidate, &paper, hit, error);
}

static pinakes_status add_hits(struct search *search, pinakes_error *error)
{
    const pinakes_search_options *options = search->options;
    const size_t limit = options->limit == 0 ? HITS_USUAL : options->limit;
    const size_t first = options->offset < search->found.count ? options->offset : search->found.count;
    const size_t left = search->found.count - first, count = left < limit ? left : limit;
    pinakes_hit *hits = arena_array(search->arena, count, sizeof *hits);
    if (hits == NULL)
        return error_no_memory(error);
    pinakes_status status = gather_aspects(search, error);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++) {
        status = fill_hit(search, &search->found.papers[first + i], &hits[i], error);
        arena_reset(&search->hit_work);
    }
    search->out->hits = hits;
    search->out->hit_count = count;
    return status;
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static pinakes_status answer(struct search *search, pinakes_error *error)
{
    pinakes_status status = find_papers(search, error);
    if (status == PINAKES_OK)
        status = describe(search, error);
    if (status == PINAKES_OK && search->options->facets)
        status = add_facets(search, error);
    if (status == PINAKES_OK && search->found.count == 0)
        return diagnose(search->store, search->engine, search->plan, search->root, search->filter, search->arena,
                        &search->scratch, &search->out->words, &search->out->word_count, error);
    if (status == PINAKES_OK)
        status = order_candidates(search->store, &search->found, search->options->sort, &search->scratch, error);
    return status == PINAKES_OK ? add_hits(search, error) : status;
}

static pinakes_status run_statement(struct store *store, const char *sql, pinakes_error *error)
{
    sqlite3_stmt *statement = store_statement(store, sql, error);
    if (statement == NULL)
        return error->status;
    const int code = sqlite3_step(statement);
    (void)sqlite3_reset(statement);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "searching", error);
}

/* One read transaction, so that every statement sees the same library however many writers there are. */
static pinakes_status answer_from_one_moment(struct search *search, pinakes_error *error)
{
    static const char begin_sql[] = "BEGIN", end_sql[] = "COMMIT";
    if (sqlite3_get_autocommit(store_db(search->store)) == 0)
        return answer(search, error);
    pinakes_status status = run_statement(search->store, begin_sql, error);
    if (status != PINAKES_OK)
        return status;
    status = answer(search, error);
    pinakes_error second;
    const pinakes_status ended = run_statement(search->store, end_sql, status == PINAKES_OK ? error : &second);
    return status == PINAKES_OK ? ended : status;
}

pinakes_status search_run(struct store *store, const struct engine *engine, const char *query,
                          const pinakes_search_options *options, struct arena *arena, pinakes_results *out,
                          pinakes_error *error)
{
    struct search search = {.store = store, .engine = engine, .options = options, .arena = arena, .out = out};
    *out = (pinakes_results){.query = arena_string(arena, span_of(query))};
    const pinakes_status status = out->query == NULL ? error_no_memory(error) : answer_from_one_moment(&search, error);
    arena_free(&search.hit_work);
    arena_free(&search.scratch);
    return status;
}
