#include "cli/request.h"

#include "cli/memory.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    OPTION_LIMIT = 1,
    OPTION_ALL,
    OPTION_OFFSET,
    OPTION_PAGE,
    OPTION_TOPIC,
    OPTION_YEAR,
    OPTION_VENUE,
    OPTION_SORT,
    OPTION_ANY,
    OPTION_DEEP,
    OPTION_EVIDENCE,
    OPTION_FACETS,
    OPTION_ALIASES,
    OPTION_NO_SYNONYMS,
    OPTION_EXPLAIN,
    OPTION_TEXT,
};

const struct option_spec request_specs[REQUEST_SPECS] = {
    {OPTION_TEXT, 0, "text", "FILE", "a draft: LaTeX, Markdown or plain; - is standard input"},
    {OPTION_EVIDENCE, 0, "evidence", "N", "show N sentences for each paper (3)"},
    {OPTION_EXPLAIN, 0, "explain", NULL, "show how the query was read and where scores come from"},
    {OPTION_LIMIT, 'n', "limit", "N", "show N papers (10; of export: all)"},
    {OPTION_ALL, 0, "all", NULL, "show all that are found"},
    {OPTION_PAGE, 0, "page", "N", "show the Nth ten, or the Nth of what -n says"},
    {OPTION_OFFSET, 0, "offset", "N", "leave out the first N"},
    {OPTION_TOPIC, 0, "topic", "NAME", "only papers of this topic; repeated: of any of these"},
    {OPTION_YEAR, 0, "year", "YEARS", "only papers of 2024, 2021..2025, 2021.. or ..2025"},
    {OPTION_VENUE, 0, "venue", "NAME", "only papers of this venue; repeated: of any of these"},
    {OPTION_SORT, 0, "sort", "ORDER", "score, year (newest first), year-asc or title"},
    {OPTION_ANY, 0, "any", NULL, "papers with any of the words, not only with all"},
    {OPTION_DEEP, 0, "deep", NULL, "any of the words, and of those the best papers add"},
    {OPTION_ALIASES, 0, "aliases", "FILE", "names that mean the same; aliases.txt beside the library"},
    {OPTION_NO_SYNONYMS, 0, "no-synonyms", NULL, "leave out acronyms and aliases of the words"},
    {OPTION_FACETS, 0, "facets", NULL, "count topics, years and venues of all that is found"},
};

void request_free(struct request *request)
{
    free(request->topics);
    free(request->venues);
    free(request->query);
}

static void add_topic(struct request *request, const char *topic)
{
    pinakes_search_options *search = &request->search;
    request->topics =
        memory_grow(request->topics, search->topic_count, &request->topic_capacity, sizeof *request->topics);
    request->topics[search->topic_count++] = topic;
    search->topics = request->topics;
}

static void add_venue(struct request *request, const char *venue)
{
    pinakes_search_options *search = &request->search;
    request->venues =
        memory_grow(request->venues, search->venue_count, &request->venue_capacity, sizeof *request->venues);
    request->venues[search->venue_count++] = venue;
    search->venues = request->venues;
}

const char *const request_sort_names[] = {"score", "year", "year-asc", "title", NULL};

static bool choose_sort(struct request *request, const char *value)
{
    static const pinakes_sort sorts[] = {PINAKES_BY_SCORE, PINAKES_BY_YEAR_NEWEST, PINAKES_BY_YEAR_OLDEST,
                                         PINAKES_BY_TITLE};
    size_t choice;
    if (!option_choice("--sort", value, request_sort_names, sizeof sorts / sizeof sorts[0], &choice)) {
        return false;
    }
    request->search.sort = sorts[choice];
    return true;
}

/* No evidence is asked for as one sentence and not shown: to the library 0 means the usual three. */
static bool choose_evidence(struct request *request, const char *value)
{
    size_t count;
    if (!option_count("--evidence", value, 0, &count)) {
        return false;
    }
    request->hide_evidence = count == 0;
    request->search.evidence_limit = count > 0 ? count : 1;
    return true;
}

static bool take_option(void *context, int id, const char *value)
{
    struct request *request = context;
    pinakes_search_options *search = &request->search;
    switch (id) {
    case OPTION_LIMIT:
        return option_count("-n", value, 1, &search->limit);
    case OPTION_ALL:
        search->limit = SIZE_MAX;
        return true;
    case OPTION_OFFSET:
        return option_count("--offset", value, 0, &search->offset);
    case OPTION_PAGE:
        return option_count("--page", value, 1, &request->page);
    case OPTION_TOPIC:
        add_topic(request, value);
        return true;
    case OPTION_YEAR:
        return option_years("--year", value, &search->year_from, &search->year_to);
    case OPTION_VENUE:
        add_venue(request, value);
        return true;
    case OPTION_SORT:
        return choose_sort(request, value);
    case OPTION_ANY:
        search->any_word = true;
        return true;
    case OPTION_DEEP:
        search->deep = true;
        return true;
    case OPTION_EVIDENCE:
        return choose_evidence(request, value);
    case OPTION_FACETS:
        search->facets = true;
        return true;
    case OPTION_EXPLAIN:
        search->explain = true;
        return true;
    case OPTION_ALIASES:
        search->aliases_file = value;
        return true;
    case OPTION_NO_SYNONYMS:
        search->no_synonyms = true;
        return true;
    case OPTION_TEXT:
        request->draft = value;
        return true;
    default:
        return false;
    }
}

static bool turn_to_page(struct request *request)
{
    pinakes_search_options *search = &request->search;
    if (request->page == 0) {
        return true;
    }
    if (search->limit == SIZE_MAX || search->offset > 0) {
        complain("--page does not go with %s", search->offset > 0 ? "--offset" : "--all");
        return false;
    }
    const size_t size = search->limit > 0 ? search->limit : PINAKES_HITS_USUAL;
    const size_t before = request->page - 1;
    search->offset = before <= SIZE_MAX / 2 / size ? before * size : SIZE_MAX / 2;
    return true;
}

bool request_is_filtered(const struct request *request)
{
    const pinakes_search_options *search = &request->search;
    return search->topic_count > 0 || search->venue_count > 0 || search->year_from > 0 || search->year_to > 0;
}

char *request_filter_names(const struct request *request)
{
    const pinakes_search_options *search = &request->search;
    const char *names[3];
    size_t count = 0;
    if (search->topic_count > 0) {
        names[count++] = "--topic";
    }
    if (search->venue_count > 0) {
        names[count++] = "--venue";
    }
    if (search->year_from > 0 || search->year_to > 0) {
        names[count++] = "--year";
    }
    if (count == 3) {
        return memory_format("--topic, --venue and --year");
    }
    return count == 0 ? NULL : memory_join(names, count, " and ");
}

bool request_read(struct request *request, struct program *program, struct options *options)
{
    *request = (struct request){0};
    bool is_read = program_read_options(program, options, take_option, request);
    if (is_read && !turn_to_page(request)) {
        program->exit_status = EXIT_TROUBLE;
        is_read = false;
    }
    if (!is_read) {
        request_free(request);
        return false;
    }
    request->query = memory_join((const char *const *)options->words, options->word_count, " ");
    return true;
}
