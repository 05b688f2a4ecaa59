#include "cli/verdict.h"

#include "cli/closest.h"
#include "cli/diagnosis.h"
#include "cli/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool verdict_is_told(const struct program *program)
{
    return !program->quiet && program->format != FORMAT_JSON;
}

/* What was searched for beyond what was typed is never added silently. */
static void tell_synonyms(const pinakes_results *results)
{
    for (size_t i = 0; i < results->synonym_count; i++) {
        remark("%s: also %s%s", results->synonyms[i].typed, results->synonyms[i].name,
               i + 1 == results->synonym_count ? " (--no-synonyms leaves that out)" : "");
    }
}

void verdict_tell_reading(const struct program *program, const pinakes_results *results)
{
    if (!verdict_is_told(program)) {
        return;
    }
    if (results->relaxed) {
        remark("no paper has all of these words; these have some of them");
    }
    tell_synonyms(results);
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

void verdict_tell_topics(pinakes_library *library, const struct request *request)
{
    for (size_t i = 0; i < request->search.topic_count; i++) {
        complain_about_topic(library, request->topics[i]);
    }
}

/* A name in front of a colon that is nearly a field's was meant as one, but read as part of a word. */
static void complain_about_field(const char *name, size_t bytes)
{
    static const char *const fields[] = {"title", "author", "venue", "note",  "qa",      "abstract",
                                         "tag",   "topic",  "year",  "notes", "authors", "tags"};
    const size_t count = sizeof fields / sizeof fields[0];
    char *written = memory_format("%.*s", (int)bytes, name);
    const char *closest = closest_name(written, fields, count);
    if (closest && strcasecmp(closest, written) != 0) {
        remark("there is no field '%s'; did you mean %s:?", written, closest);
    }
    free(written);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void tell_fields(const char *query)
{
    enum { LONGEST_NAME = 10 };
    for (const char *at = query; *at != '\0'; at++) {
        if (!is_letter(*at) || (at > query && strchr(" (+-", at[-1]) == NULL)) {
            continue;
        }
        size_t bytes = 0;
        while (is_letter(at[bytes])) {
            bytes++;
        }
        const bool is_name = bytes <= LONGEST_NAME && at[bytes] == ':' && strchr(" :/", at[bytes + 1]) == NULL;
        if (is_name) {
            complain_about_field(at, bytes);
        }
        at += bytes - 1;
    }
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

void verdict_tell_nothing(const struct program *program, pinakes_library *library, const struct request *request,
                          const pinakes_results *results)
{
    if (!verdict_is_told(program)) {
        return;
    }
    if (results->out_of == 0) {
        char *invocation = program_invocation(program);
        remark("the library holds no papers yet; index some: %s index PATH...", invocation);
        free(invocation);
        return;
    }
    const bool filtered = request_is_filtered(request);
    diagnosis_tell(results, filtered, filtered ? count_unfiltered(library, request) : 0);
    tell_fields(request->query);
    verdict_tell_topics(library, request);
}
