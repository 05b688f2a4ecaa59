#include "query/report.h"

#include "base/error.h"
#include "query/companions.h"
#include "query/diagnosis.h"
#include "query/finding.h"
#include "query/keywords_file.h"
#include "query/moment.h"
#include "query/order.h"
#include "query/overlaps.h"
#include "query/report_words.h"
#include "query/roster.h"
#include "query/since.h"
#include "query/workers.h"

#include <stdlib.h>

enum { PAPERS_USUAL = 10, COMPANIONS_USUAL = 8, COMPANIONS_MOST = 1000, OVERLAPS_USUAL = 50 };

/* One query, however many lines ask it. */
struct asked {
    const struct keyword *keyword; /* the first of these lines */
    pinakes_keyword answer;        /* without label, section and line */
    struct place_list places;      /* what it finds, of the papers reported on */
    struct own_words own;
    const int64_t *best; /* its first papers */
    size_t best_count;
    bool is_empty; /* there was no word in it */
};

/* What a thread works with. */
struct desk {
    struct engine *engine;
    struct store *store;
    struct arena *kept;
    struct arena scratch; /* until a keyword is done */
    uint64_t *bits;       /* one for each paper, all 0 between keywords */
};

struct making {
    const pinakes_report_options *options;
    struct keyword_list list;
    struct asked *asked;
    size_t asked_count;
    uint32_t *asked_of; /* which of them each keyword is */
    struct roster roster;
    struct desk *desks;
    struct workers workers;
    bool is_answered; /* what is left to do is common to all keywords */
    struct arena *arenas;
    struct arena shared; /* until the report is done */
    pinakes_report *out;
};

static size_t limit_of(size_t limit, size_t usual)
{
    return limit == 0 ? usual : limit == PINAKES_NONE ? 0 : limit;
}

/* ---- one keyword ----------------------------------------------------------------------------------------- */

/* The papers reported on: the best at the front, and all in the order of their places. */
static bool sort_out(const struct making *in, struct desk *desk, struct asked *asked, struct candidates *found)
{
    enum { WORD_BITS = 64 };
    size_t fresh = 0;
    for (size_t i = 0; i < found->count; i++) {
        const uint32_t place = roster_place(&in->roster, found->papers[i].paper);
        if (place == NO_PLACE || !in->roster.is_fresh[place])
            continue;
        desk->bits[place / WORD_BITS] |= UINT64_C(1) << place % WORD_BITS;
        found->papers[fresh++] = found->papers[i];
    }
    found->count = fresh;
    const size_t shown = limit_of(in->options->paper_limit, PAPERS_USUAL);
    order_best(found, shown > REPORT_BEST_PAPERS ? shown : REPORT_BEST_PAPERS);
    uint32_t *places = arena_array(desk->kept, fresh, sizeof *places);
    int64_t *best = arena_array(desk->kept, REPORT_BEST_PAPERS, sizeof *best);
    if (places == NULL || best == NULL)
        return false;
    size_t count = 0;
    for (size_t word = 0; count < fresh; word++)
        for (; desk->bits[word] != 0; desk->bits[word] &= desk->bits[word] - 1)
            places[count++] = (uint32_t)(word * WORD_BITS) + (uint32_t)__builtin_ctzll(desk->bits[word]);
    for (size_t i = 0; i < fresh && i < REPORT_BEST_PAPERS; i++)
        best[asked->best_count++] = found->papers[i].paper;
    asked->best = best;
    asked->places = (struct place_list){places, count};
    return true;
}

static pinakes_status describe(const struct making *in, struct desk *desk, struct finding *finding, struct asked *asked,
                               pinakes_error *error)
{
    pinakes_keyword *answer = &asked->answer;
    struct candidates *found = &finding->answer.page;
    answer->query = asked->keyword->query;
    answer->reading = finding_reading(finding, desk->kept);
    answer->relaxed = finding->relaxed;
    answer->found_all = finding->answer.found;
    asked->is_empty = finding->root->kind == NODE_NOTHING;
    if (answer->reading == NULL || !own_words_add(&asked->own, desk->kept, finding->root) ||
        !sort_out(in, desk, asked, found))
        return error_no_memory(error);
    answer->found = found->count;
    if (answer->found_all == 0)
        return diagnose(desk->engine, finding->plan, finding->root, finding->filter, desk->kept, &desk->scratch,
                        &answer->words, &answer->word_count, error);
    return finding_show(finding, desk->store, limit_of(in->options->paper_limit, PAPERS_USUAL), desk->kept,
                        &answer->hits, &answer->hit_count, error);
}

static pinakes_status answer_one(void *context, unsigned worker, size_t task, pinakes_error *error)
{
    static const pinakes_search_options everything = {.limit = SIZE_MAX, .evidence_limit = 1};
    struct making *in = context;
    struct desk *desk = &in->desks[worker];
    struct asked *asked = &in->asked[task];
    struct finding finding = {
        .engine = desk->engine,
        .options = &everything,
        .query = asked->keyword->query,
        .unsorted = true,
        .scratch = &desk->scratch,
    };
    pinakes_status status = finding_run(&finding, error);
    if (status == PINAKES_OK)
        status = describe(in, desk, &finding, asked, error);
    arena_reset(&desk->scratch);
    return status;
}

/* ---- all keywords ---------------------------------------------------------------------------------------- */

struct by_query {
    const struct keyword *keyword;
    size_t number;
};

static int compare_queries(const void *a, const void *b)
{
    const struct by_query *x = a, *y = b;
    const int order = strcmp(x->keyword->query, y->keyword->query);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* Finds out which lines ask the same. Queries are asked in the order in which they first stand in the file. */
static bool gather_queries(struct making *in)
{
    const size_t count = in->list.count;
    struct by_query *sorted = arena_array(&in->shared, count, sizeof *sorted);
    uint32_t *first = arena_array(&in->shared, count, sizeof *first); /* the first keyword with the query of each */
    in->asked_of = arena_array(&in->shared, count, sizeof *in->asked_of);
    in->asked = arena_array(&in->shared, count, sizeof *in->asked);
    if (sorted == NULL || first == NULL || in->asked_of == NULL || in->asked == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct by_query){&in->list.at[i], i};
    qsort(sorted, count, sizeof *sorted, compare_queries);
    for (size_t i = 0; i < count; i++) {
        const bool is_same = i > 0 && strcmp(sorted[i].keyword->query, sorted[i - 1].keyword->query) == 0;
        first[sorted[i].number] = is_same ? first[sorted[i - 1].number] : (uint32_t)sorted[i].number;
    }
    for (size_t i = 0; i < count; i++) {
        if (first[i] == i)
            in->asked[in->asked_count++] = (struct asked){.keyword = &in->list.at[i]};
        in->asked_of[i] = first[i] == i ? (uint32_t)in->asked_count - 1 : in->asked_of[first[i]];
    }
    return true;
}

static pinakes_status refuse_empty(const struct making *in, pinakes_error *error)
{
    for (size_t i = 0; i < in->asked_count; i++)
        if (in->asked[i].is_empty)
            return error_set(error, PINAKES_BAD_INPUT,
                             "%s:%u: there is no word to search for in '%s'; write one, or # in front to leave it out",
                             in->out->name, (unsigned)in->asked[i].keyword->line, in->asked[i].keyword->query);
    return PINAKES_OK;
}

static pinakes_status answer_all(struct making *in, pinakes_error *error)
{
    for (unsigned i = 0; i < in->workers.count; i++) {
        in->desks[i].bits = arena_array(&in->shared, in->roster.count / 64 + 1, sizeof *in->desks[i].bits);
        if (in->desks[i].bits == NULL)
            return error_no_memory(error);
    }
    const pinakes_status status = workers_run(&in->workers, in->asked_count, answer_one, in, error);
    in->is_answered = true;
    return status == PINAKES_OK ? refuse_empty(in, error) : status;
}

/* ---- words that travel with a keyword -------------------------------------------------------------------- */

struct naming {
    struct making *in;
    const struct companion_list *lists;
    size_t limit;
};

static pinakes_status name_one(void *context, unsigned worker, size_t task, pinakes_error *error)
{
    const struct naming *naming = context;
    struct desk *desk = &naming->in->desks[worker];
    struct asked *asked = &naming->in->asked[task];
    const struct report_words words = {
        .store = desk->store,
        .roster = &naming->in->roster,
        .best = asked->best,
        .best_count = asked->best_count,
        .arena = desk->kept,
        .scratch = &desk->scratch,
    };
    const pinakes_status status = report_words_name(&words, &naming->lists[task], naming->limit,
                                                    &asked->answer.companions, &asked->answer.companion_count, error);
    arena_reset(&desk->scratch);
    return status;
}

static bool has_company(const struct making *in)
{
    for (size_t i = 0; i < in->asked_count; i++)
        if (in->asked[i].places.count >= 2)
            return true;
    return false;
}

static pinakes_status find_companions(struct making *in, pinakes_error *error)
{
    const size_t asked = limit_of(in->options->companion_limit, COMPANIONS_USUAL);
    const size_t limit = asked < COMPANIONS_MOST ? asked : COMPANIONS_MOST;
    if (limit == 0 || !has_company(in))
        return PINAKES_OK;
    struct companion_list *lists = arena_array(&in->shared, in->asked_count, sizeof *lists);
    struct place_list *places = arena_array(&in->shared, in->asked_count, sizeof *places);
    struct own_words *own = arena_array(&in->shared, in->asked_count, sizeof *own);
    if (lists == NULL || places == NULL || own == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < in->asked_count; i++) {
        places[i] = in->asked[i].places;
        own[i] = in->asked[i].own;
    }
    const struct companions_question question = {places, own, in->asked_count, &in->roster,
                                                 limit * REPORT_WORDS_FOR_EACH};
    pinakes_status status =
        companions_find(in->desks[0].engine, &question, &in->workers, &in->shared, in->arenas, lists, error);
    struct naming naming = {in, lists, limit};
    return status == PINAKES_OK ? workers_run(&in->workers, in->asked_count, name_one, &naming, error) : status;
}

/* ---- what keywords have in common ------------------------------------------------------------------------ */

static pinakes_status find_overlaps(struct making *in, pinakes_error *error)
{
    struct overlaps overlaps;
    in->out->overlaps_left_out = in->asked_count > OVERLAP_KEYWORDS_MAX;
    if (in->out->overlaps_left_out)
        return PINAKES_OK;
    struct place_list *lists = arena_array(&in->shared, in->asked_count, sizeof *lists);
    if (lists == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < in->asked_count; i++)
        lists[i] = in->asked[i].places;
    const pinakes_status status =
        overlaps_find(lists, in->asked_count, in->roster.count, limit_of(in->options->overlap_limit, OVERLAPS_USUAL),
                      &in->workers, in->arenas, &overlaps, error);
    if (status != PINAKES_OK)
        return status;
    for (size_t i = 0; i < overlaps.count; i++) {
        overlaps.at[i].first = (size_t)(in->asked[overlaps.at[i].first].keyword - in->list.at);
        overlaps.at[i].second = (size_t)(in->asked[overlaps.at[i].second].keyword - in->list.at);
    }
    in->out->overlaps = overlaps.at;
    in->out->overlap_count = overlaps.count;
    in->out->overlap_total = overlaps.total;
    return PINAKES_OK;
}

/* ---- counts ---------------------------------------------------------------------------------------------- */

/* A matrix with a row for each keyword and all counts 0, which are returned; NULL when memory is short. */
static uint64_t *new_matrix(struct making *in, pinakes_matrix *out, const char *const *columns, size_t column_count)
{
    const char **rows = arena_array(&in->arenas[0], in->list.count, sizeof *rows);
    uint64_t *totals = arena_array(&in->arenas[0], in->list.count, sizeof *totals);
    const bool fits = column_count == 0 || in->list.count <= SIZE_MAX / column_count;
    uint64_t *counts = fits ? arena_array(&in->arenas[0], in->list.count * column_count, sizeof *counts) : NULL;
    if (rows == NULL || totals == NULL || counts == NULL)
        return NULL;
    for (size_t i = 0; i < in->list.count; i++) {
        rows[i] = in->list.at[i].label;
        totals[i] = in->asked[in->asked_of[i]].places.count;
    }
    *out = (pinakes_matrix){in->list.count, rows, column_count, columns, counts, totals};
    return counts;
}

static bool count_topics(struct making *in)
{
    const struct roster *roster = &in->roster;
    const char **names = arena_array(&in->arenas[0], roster->topic_count, sizeof *names);
    if (names == NULL)
        return false;
    for (size_t i = 0; i < roster->topic_count; i++)
        if ((names[i] = arena_string(&in->arenas[0], span_of(roster->topics[i]))) == NULL)
            return false;
    uint64_t *counts = new_matrix(in, &in->out->topics, names, roster->topic_count);
    for (size_t i = 0; i < in->list.count && counts != NULL; i++) {
        const struct place_list *places = &in->asked[in->asked_of[i]].places;
        for (size_t j = 0; j < places->count; j++)
            for (uint32_t at = roster->topic_starts[places->at[j]]; at < roster->topic_starts[places->at[j] + 1]; at++)
                counts[i * roster->topic_count + roster->topics_of[at]]++;
    }
    return counts != NULL;
}

/* Marks the years in which any keyword has a paper, and the papers that any has. */
static bool *mark_years(struct making *in, uint64_t *covered)
{
    const struct roster *roster = &in->roster;
    bool *has_papers = arena_array(&in->shared, roster->year_count + 1, sizeof *has_papers);
    bool *is_covered = arena_array(&in->shared, roster->count, sizeof *is_covered);
    if (has_papers == NULL || is_covered == NULL)
        return NULL;
    for (size_t i = 0; i < in->asked_count; i++)
        for (size_t j = 0; j < in->asked[i].places.count; j++) {
            const uint32_t place = in->asked[i].places.at[j];
            *covered += is_covered[place] ? 0 : 1;
            is_covered[place] = true;
            has_papers[roster->year_columns[place]] = true;
        }
    return has_papers;
}

/* Names the years in which a keyword has a paper, `*used` of them, and tells for each year of the roster its column, or
 * SIZE_MAX; papers without a year have the one behind the last. NULL when memory is short. */
static const size_t *choose_years(struct making *in, const bool *has_papers, const char **names, size_t *used)
{
    const struct roster *roster = &in->roster;
    size_t *columns = arena_array(&in->shared, roster->year_count + 1, sizeof *columns);
    *used = 0;
    for (size_t i = 0; i < roster->year_count && columns != NULL; i++) {
        columns[i] = has_papers[i] ? *used : SIZE_MAX;
        if (!has_papers[i])
            continue;
        if ((names[*used] = arena_format(&in->arenas[0], "%d", roster->years[i])) == NULL)
            return NULL;
        (*used)++;
    }
    if (columns != NULL)
        columns[roster->year_count] = SIZE_MAX;
    return columns;
}

static bool count_years(struct making *in)
{
    size_t used = 0;
    const bool *has_papers = mark_years(in, &in->out->covered);
    const char **names = arena_array(&in->arenas[0], in->roster.year_count, sizeof *names);
    if (has_papers == NULL || names == NULL)
        return false;
    const size_t *columns = choose_years(in, has_papers, names, &used);
    uint64_t *counts = columns == NULL ? NULL : new_matrix(in, &in->out->years, names, used);
    for (size_t i = 0; i < in->list.count && counts != NULL; i++) {
        const struct place_list *places = &in->asked[in->asked_of[i]].places;
        for (size_t j = 0; j < places->count; j++) {
            const size_t column = columns[in->roster.year_columns[places->at[j]]];
            if (column != SIZE_MAX)
                counts[i * used + column]++;
        }
    }
    return counts != NULL;
}

/* ---- the report ------------------------------------------------------------------------------------------ */

static pinakes_status publish(struct making *in, pinakes_error *error)
{
    pinakes_report *out = in->out;
    pinakes_keyword *keywords = arena_array(&in->arenas[0], in->list.count, sizeof *keywords);
    if (keywords == NULL || !count_topics(in) || !count_years(in))
        return error_no_memory(error);
    for (size_t i = 0; i < in->list.count; i++) {
        const struct keyword *keyword = &in->list.at[i];
        keywords[i] = in->asked[in->asked_of[i]].answer;
        keywords[i].section = keyword->section;
        keywords[i].label = keyword->label;
        keywords[i].line = keyword->line;
        out->keywords_found += keywords[i].found > 0 ? 1 : 0;
    }
    out->keywords = keywords;
    out->keyword_count = in->list.count;
    out->out_of = in->roster.count;
    out->without_text = in->roster.without_text;
    out->fresh = in->roster.fresh_count;
    return PINAKES_OK;
}

static pinakes_status read_since(struct making *in, struct store *store, pinakes_error *error)
{
    struct since since;
    const char *text = in->options->since;
    if (text == NULL)
        return PINAKES_OK;
    const pinakes_status status = since_read(store, text, &since, error);
    if (status != PINAKES_OK)
        return status;
    in->out->is_since = true;
    in->out->since = since.generation;
    in->out->since_day = since.is_day ? arena_string(&in->arenas[0], span_of(text)) : NULL;
    return since.is_day && in->out->since_day == NULL ? error_no_memory(error) : PINAKES_OK;
}

static pinakes_status make(void *context, pinakes_error *error)
{
    struct making *in = context;
    struct store *store = in->desks[0].store;
    in->out->version = PINAKES_RELEASE;
    in->out->generation = store_generation(store);
    pinakes_status status = read_since(in, store, error);
    if (status == PINAKES_OK)
        status = roster_read(store, in->out->since, &in->shared, &in->roster, error);
    if (status == PINAKES_OK && !gather_queries(in))
        status = error_no_memory(error);
    if (status == PINAKES_OK)
        status = answer_all(in, error);
    if (status == PINAKES_OK)
        status = find_companions(in, error);
    if (status == PINAKES_OK)
        status = find_overlaps(in, error);
    return status == PINAKES_OK ? publish(in, error) : status;
}

/* Begins the moment of one more thread; false when its library is at another generation already. */
static bool join_moment(struct desk *desk, uint64_t generation)
{
    if (sqlite3_exec(store_db(desk->store), "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return false;
    if (store_generation(desk->store) == generation)
        return true;
    (void)sqlite3_exec(store_db(desk->store), "COMMIT", NULL, NULL, NULL);
    return false;
}

static pinakes_status make_together(void *context, pinakes_error *error)
{
    struct making *in = context;
    const unsigned wanted = in->workers.count;
    const uint64_t generation = store_generation(in->desks[0].store);
    unsigned joined = 1;
    while (joined < wanted && join_moment(&in->desks[joined], generation))
        joined++;
    in->workers.count = joined;
    const pinakes_status status = make(in, error);
    for (unsigned i = 1; i < joined; i++)
        (void)sqlite3_exec(store_db(in->desks[i].store), "COMMIT", NULL, NULL, NULL);
    return status;
}

static bool tell_progress(void *context, size_t done)
{
    const struct making *in = context;
    return in->options->progress(in->options->context, in->is_answered ? in->asked_count : done, in->asked_count);
}

static pinakes_status set_up(struct making *in, struct engine *const *engines, unsigned engine_count, struct span text,
                             pinakes_error *error)
{
    in->out->name = arena_string(&in->arenas[0], span_of(in->out->name));
    in->desks = arena_array(&in->shared, engine_count, sizeof *in->desks);
    if (in->out->name == NULL || in->desks == NULL)
        return error_no_memory(error);
    for (unsigned i = 0; i < engine_count; i++)
        in->desks[i] = (struct desk){.engine = engines[i], .store = engine_store(engines[i]), .kept = &in->arenas[i]};
    in->workers = (struct workers){engine_count, in->options->progress == NULL ? NULL : tell_progress, in};
    return keywords_parse(&in->arenas[0], in->out->name, text, &in->list, error);
}

pinakes_status report_run(struct engine *const *engines, unsigned engine_count, const char *name, struct span text,
                          const pinakes_report_options *options, struct arena *arenas, pinakes_report *out,
                          pinakes_error *error)
{
    *out = (pinakes_report){.name = name};
    struct making making = {.options = options, .arenas = arenas, .out = out};
    pinakes_status status = set_up(&making, engines, engine_count, text, error);
    if (status == PINAKES_OK)
        status = moment_answer(engine_store(engines[0]), make_together, &making, error);
    for (unsigned i = 0; i < engine_count && making.desks != NULL; i++)
        arena_free(&making.desks[i].scratch);
    arena_free(&making.shared);
    return status;
}
