/* `pinakes search`: ranked papers, each with the sentences that prove it. */
#include "cli/closest.h"
#include "cli/diagnosis.h"
#include "cli/memory.h"
#include "cli/program.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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
    OPTION_EVIDENCE,
    OPTION_FACETS,
    OPTION_EXPLAIN,
};

static const struct option_spec specs[] = {
    {OPTION_LIMIT, 'n', "limit", "N", "show N papers (10)"},
    {OPTION_ALL, 0, "all", NULL, "show all that are found"},
    {OPTION_PAGE, 0, "page", "N", "show the Nth ten, or the Nth of what -n says"},
    {OPTION_OFFSET, 0, "offset", "N", "leave out the first N"},
    {OPTION_TOPIC, 0, "topic", "NAME", "only papers of this topic; repeated: of any of these"},
    {OPTION_YEAR, 0, "year", "YEARS", "only papers of 2024, 2021..2025, 2021.. or ..2025"},
    {OPTION_VENUE, 0, "venue", "NAME", "only papers of this venue; repeated: of any of these"},
    {OPTION_SORT, 0, "sort", "ORDER", "score, year (newest first), year-asc or title"},
    {OPTION_ANY, 0, "any", NULL, "papers with any of the words, not only with all"},
    {OPTION_EVIDENCE, 0, "evidence", "N", "show N sentences for each paper (3)"},
    {OPTION_FACETS, 0, "facets", NULL, "count topics, years and venues of all that is found"},
    {OPTION_EXPLAIN, 0, "explain", NULL, "show how the query was read and where scores come from"},
};

enum { USUAL_LIMIT = 10 };

/* What the command line asks for. */
struct request {
    pinakes_search_options search;
    const char **topics; /* owned, as venues */
    const char **venues;
    size_t topic_capacity, venue_capacity;
    size_t page;
    bool hide_evidence;
    char *query; /* owned */
};

static void request_free(struct request *request)
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

static bool choose_sort(struct request *request, const char *value)
{
    static const char *const names[] = {"score", "year", "year-asc", "title"};
    static const pinakes_sort sorts[] = {PINAKES_BY_SCORE, PINAKES_BY_YEAR_NEWEST, PINAKES_BY_YEAR_OLDEST,
                                         PINAKES_BY_TITLE};
    size_t choice;
    if (!option_choice("--sort", value, names, sizeof names / sizeof names[0], &choice)) {
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

static bool take_option(struct request *request, int id, const char *value)
{
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
    case OPTION_EVIDENCE:
        return choose_evidence(request, value);
    case OPTION_FACETS:
        search->facets = true;
        return true;
    case OPTION_EXPLAIN:
        search->explain = true;
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
    const size_t size = search->limit > 0 ? search->limit : USUAL_LIMIT;
    const size_t before = request->page - 1;
    search->offset = before <= SIZE_MAX / 2 / size ? before * size : SIZE_MAX / 2;
    return true;
}

static bool is_filtered(const pinakes_search_options *search)
{
    return search->topic_count > 0 || search->venue_count > 0 || search->year_from > 0 || search->year_to > 0;
}

/* ---- what is found --------------------------------------------------------------------------------------- */

static void print_facts(struct printer *printer, const struct request *request, const pinakes_results *results)
{
    printer_fact(printer, "query", NULL, value_text(results->query));
    printer_fact(printer, "reading", request->search.explain ? "read as" : NULL, value_text(results->reading));
    if (results->relaxed) {
        printer_fact(printer, "relaxed", NULL, value_flag(true));
    }
    printer_fact(printer, "found", NULL, value_count(results->found));
    printer_fact(printer, "out_of", NULL, value_count(results->out_of));
    printer_fact(printer, "generation", NULL, value_count(results->generation));
    printer_fact(printer, "took_us", NULL, value_count((uint64_t)results->took_us));
}

static void print_hits(struct printer *printer, const struct request *request, const pinakes_results *results)
{
    const bool has_query = *results->query != '\0';
    const struct paper_list list = {
        .name = "hits", .view = VIEW_HIT, .title = has_query ? results->query : "All papers"};
    printer_papers_open(printer, &list);
    for (size_t i = 0; i < results->hit_count; i++) {
        struct entry entry = entry_of_hit(&results->hits[i], request->search.offset + i + 1);
        entry.evidence_count = request->hide_evidence ? 0 : entry.evidence_count;
        printer_paper(printer, &entry);
    }
    printer_papers_close(printer);
}

static void print_facets(struct printer *printer, const pinakes_results *results)
{
    printer_group_open(printer, "facets");
    for (size_t i = 0; i < results->facet_count; i++) {
        const pinakes_facet *facet = &results->facets[i];
        const struct column columns[] = {
            {.name = "value", .label = facet->name},
            {.name = "count", .label = "papers", .is_number = true, .has_bar = true},
        };
        const struct table table = {facet->name, columns, sizeof columns / sizeof columns[0]};
        printer_table_open(printer, &table);
        for (size_t j = 0; j < facet->value_count; j++) {
            const struct value cells[] = {value_text(facet->values[j].value), value_count(facet->values[j].count)};
            printer_row(printer, cells);
        }
        printer_table_close(printer);
    }
    printer_group_close(printer);
}

static int print_results(const struct program *program, const struct request *request, const pinakes_results *results)
{
    struct report report;
    report_open(&report, program);
    print_facts(report.printer, request, results);
    print_hits(report.printer, request, results);
    if (request->search.facets) {
        print_facets(report.printer, results);
    }
    if (results->found == 0 && program->format == FORMAT_JSON) {
        diagnosis_words(report.printer, results, SIZE_MAX);
    }
    return report_close(&report, results->hit_count > 0 ? EXIT_FOUND : EXIT_NONE);
}

/* ---- what is said about it ------------------------------------------------------------------------------- */

/* The last line: how many of how many, how fast, and how to see the rest. */
static void tell_count(const struct request *request, const pinakes_results *results)
{
    const uint64_t first = request->search.offset + 1;
    const uint64_t last = request->search.offset + results->hit_count;
    const double milliseconds = (double)results->took_us / 1e3;
    if (results->hit_count == results->found) {
        remark("%" PRIu64 " of %" PRIu64 " paper%s · %.1f ms", results->found, results->out_of,
               results->out_of == 1 ? "" : "s", milliseconds);
        return;
    }
    remark("%" PRIu64 "-%" PRIu64 " of %" PRIu64 " found in %" PRIu64 " papers · %.1f ms%s", first, last,
           results->found, results->out_of, milliseconds, last < results->found ? " · --all shows all" : "");
}

static void complain_about_topic(pinakes_library *library, const char *topic)
{
    pinakes_topics *topics;
    if (pinakes_list_topics(library, &topics, NULL) != PINAKES_OK) {
        return;
    }
    const char **names = memory_array(topics->topic_count, sizeof *names);
    bool known = false;
    for (size_t i = 0; i < topics->topic_count; i++) {
        names[i] = topics->topics[i].name;
        known = known || strcmp(names[i], topic) == 0;
    }
    const char *closest = closest_name(topic, names, topics->topic_count);
    if (!known) {
        remark("there is no topic '%s'%s%s; 'pinakes topics' lists them", topic, closest ? "; did you mean " : "",
               closest ? closest : "");
    }
    free(names);
    pinakes_topics_free(topics);
}

/* The number of papers the query finds without filters; 0 also when that cannot be told. */
static uint64_t count_unfiltered(pinakes_library *library, const struct request *request)
{
    const pinakes_search_options search = {.limit = 1, .evidence_limit = 1, .any_word = request->search.any_word};
    pinakes_results *results;
    if (pinakes_search(library, request->query, &search, &results, NULL) != PINAKES_OK) {
        return 0;
    }
    const uint64_t found = results->found;
    pinakes_results_free(results);
    return found;
}

static void tell_nothing_found(const struct program *program, pinakes_library *library, const struct request *request,
                               const pinakes_results *results)
{
    if (results->out_of == 0) {
        char *invocation = program_invocation(program);
        remark("the library holds no papers yet; index some: %s index PATH...", invocation);
        free(invocation);
        return;
    }
    const bool filtered = is_filtered(&request->search);
    diagnosis_tell(results, filtered, filtered ? count_unfiltered(library, request) : 0);
    for (size_t i = 0; i < request->search.topic_count; i++) {
        complain_about_topic(library, request->topics[i]);
    }
}

static int answer(const struct program *program, pinakes_library *library, const struct request *request)
{
    pinakes_results *results;
    pinakes_error error;
    if (pinakes_search(library, request->query, &request->search, &results, &error) != PINAKES_OK) {
        return complain("%s", error.message);
    }
    const bool tells = !program->quiet && program->format != FORMAT_JSON;
    if (tells && results->relaxed) {
        remark("no paper has all of these words; these have some of them");
    }
    const int code = print_results(program, request, results);
    if (tells && results->found == 0) {
        tell_nothing_found(program, library, request, results);
    } else if (tells && results->hit_count == 0) {
        remark("only %" PRIu64 " paper%s found", results->found, results->found == 1 ? " is" : "s are");
    } else if (tells && program->format == FORMAT_TEXT && code != EXIT_TROUBLE) {
        tell_count(request, results);
    }
    pinakes_results_free(results);
    return code;
}

static int run_request(struct program *program, struct options *options, struct request *request)
{
    for (int id; (id = program_option(program, options)) != OPTION_END;) {
        if (id == OPTION_STOP) {
            return program->exit_status;
        }
        if (!take_option(request, id, options->value)) {
            return EXIT_TROUBLE;
        }
    }
    if (!turn_to_page(request)) {
        return EXIT_TROUBLE;
    }
    request->query = memory_join((const char *const *)options->words, options->word_count, " ");
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    const int code = answer(program, library, request);
    pinakes_close(library);
    return code;
}

static int run_search(struct program *program, struct options *options)
{
    struct request request = {0};
    const int code = run_request(program, options, &request);
    request_free(&request);
    return code;
}

const struct command command_search = {
    .name = "search",
    .arguments = "QUERY...",
    .summary = "find papers, with the sentences that prove it",
    .about = "Finds the papers that have all words of the query, the best first. No query\n"
             "lists every paper.\n"
             "\n"
             "  far memory            both words, in any form: memories\n"
             "  '\"user process\"'      these words, next to each other, exactly\n"
             "  memory -RDMA          not RDMA\n"
             "  KV OR cache           either; AND, NOT and ( ) work too\n"
             "  virtual*              words that begin so\n"
             "  title:fork            in the title; or author, venue, year, tag, topic, note,\n"
             "                        qa, abstract\n"
             "  year:2021..2025       from these years\n"
             "  'NEAR/5(page fault)'  within five words\n"
             "\n"
             "What is none of this is searched for as it stands. Words behind -- are never\n"
             "taken for options.\n",
    .examples = "  pinakes search which papers touched CXL\n"
                "  pinakes search --topic serverless --year 2021..2025 --facets snapshot\n"
                "  pinakes search --sort year --all --format md '\"far memory\"' > far-memory.md\n"
                "  pinakes search --json eviction | jq -r '.hits[].evidence[].source'\n"
                "  pinakes search --any --explain TCO pooling\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .minus_words = true,
    .run = run_search,
};
