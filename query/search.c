#include "query/search.h"

#include "base/error.h"
#include "query/diagnosis.h"
#include "query/facets.h"
#include "query/finding.h"
#include "query/moment.h"
#include "query/titled.h"

struct search {
    struct store *store;
    struct finding finding;
    struct arena *arena;  /* for what is given out */
    struct arena scratch; /* until the search ends */
    pinakes_results *out;
};

/* ---- what is told of the whole --------------------------------------------------------------------------- */

static bool describe_synonyms(struct search *search)
{
    const struct finding *finding = &search->finding;
    pinakes_synonym *synonyms = arena_array(search->arena, finding->added_count * SYNONYMS_MAX, sizeof *synonyms);
    size_t count = 0;
    for (size_t i = 0; i < finding->added_count && synonyms != NULL; i++) {
        const struct added_names *added = &finding->added[i];
        for (size_t j = 0; j < added->names.count; j++) {
            synonyms[count] = (pinakes_synonym){arena_string(search->arena, added->typed),
                                                arena_string(search->arena, added->names.at[j])};
            if (synonyms[count].typed == NULL || synonyms[count].name == NULL)
                return false;
            count++;
        }
    }
    search->out->synonyms = synonyms;
    search->out->synonym_count = count;
    return synonyms != NULL;
}

static pinakes_status describe(struct search *search, pinakes_error *error)
{
    const struct answer *answer = &search->finding.answer;
    search->out->reading = finding_reading(&search->finding, search->arena);
    search->out->relaxed = search->finding.relaxed;
    search->out->found = answer->found;
    search->out->facets = answer->facets;
    search->out->facet_count = answer->facets == NULL ? 0 : FACET_COUNT;
    if (!describe_synonyms(search))
        return error_no_memory(error);
    search->out->out_of = store_paper_count(search->store);
    search->out->generation = store_generation(search->store);
    return search->out->reading == NULL ? error_no_memory(error) : PINAKES_OK;
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static pinakes_status answer(void *context, pinakes_error *error)
{
    struct search *search = context;
    const struct finding *finding = &search->finding;
    pinakes_status status = finding_run(&search->finding, error);
    if (status == PINAKES_OK)
        status = titled_first(&search->finding, error);
    if (status == PINAKES_OK)
        status = describe(search, error);
    if (status == PINAKES_OK && finding->answer.found == 0)
        return diagnose(finding->engine, finding->plan, finding->root, finding->filter, search->arena, &search->scratch,
                        &search->out->words, &search->out->word_count, error);
    if (status != PINAKES_OK)
        return status;
    return finding_show(finding, search->store, SIZE_MAX, search->arena, &search->out->hits, &search->out->hit_count,
                        error);
}

pinakes_status search_run(struct engine *engine, const char *query, const pinakes_search_options *options,
                          struct arena *arena, pinakes_results *out, pinakes_error *error)
{
    struct search search = {.store = engine_store(engine), .arena = arena, .out = out};
    *out = (pinakes_results){.query = arena_string(arena, span_of(query))};
    search.finding = (struct finding){
        .engine = engine, .options = options, .query = out->query, .arena = arena, .scratch = &search.scratch};
    const pinakes_status status =
        out->query == NULL ? error_no_memory(error) : moment_answer(search.store, answer, &search, error);
    arena_free(&search.scratch);
    return status;
}
