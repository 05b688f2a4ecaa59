#include "cli/verdict.h"

#include "base/ascii.h"
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

/* All that the library holds, counted. */
static const pinakes_facet *venues_of(const pinakes_results *results)
{
    for (size_t i = 0; i < results->facet_count; i++) {
        if (strcmp(results->facets[i].name, "venue") == 0) {
            return &results->facets[i];
        }
    }
    return NULL;
}

static char *in_small_letters(const char *text)
{
    char *copy = memory_copy(text, strlen(text));
    for (char *at = copy; *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    return copy;
}

/* The venue whose name is nearest, whatever its case; NULL when none is near. */
static const char *closest_venue(const char *venue, const pinakes_facet *venues)
{
    char **names = memory_array(venues->value_count, sizeof *names);
    char *name = in_small_letters(venue);
    const char *found = NULL;
    for (size_t i = 0; i < venues->value_count; i++) {
        names[i] = in_small_letters(venues->values[i].value);
    }
    const char *closest = closest_name(name, (const char *const *)names, venues->value_count);
    for (size_t i = 0; i < venues->value_count; i++) {
        found = closest && names[i] == closest ? venues->values[i].value : found;
        free(names[i]);
    }
    free(names);
    free(name);
    return found;
}

static void complain_about_venue(pinakes_library *library, const char *venue)
{
    const pinakes_search_options from_there = {.limit = 1, .evidence_limit = 1, .venue_count = 1, .venues = &venue};
    const pinakes_search_options all = {.limit = 1, .evidence_limit = 1, .facets = true};
    pinakes_results *results;
    if (pinakes_search(library, "", &from_there, &results, NULL) != PINAKES_OK) {
        return;
    }
    const bool is_known = results->found > 0;
    pinakes_results_free(results);
    if (is_known || pinakes_search(library, "", &all, &results, NULL) != PINAKES_OK) {
        return;
    }
    const pinakes_facet *venues = venues_of(results);
    const char *closest = venues ? closest_venue(venue, venues) : NULL;
    remark("no paper is from a venue '%s'%s%s%s", venue, closest ? "; did you mean " : "", closest ? closest : "",
           closest ? "?" : "");
    pinakes_results_free(results);
}

void verdict_tell_filters(pinakes_library *library, const struct request *request)
{
    for (size_t i = 0; i < request->search.topic_count; i++) {
        complain_about_topic(library, request->topics[i]);
    }
    for (size_t i = 0; i < request->search.venue_count; i++) {
        complain_about_venue(library, request->venues[i]);
    }
}

/* What stands behind `field` in a word of the query, without quotation marks; NULL when the word is of no such field.
 * Freed by the caller. */
static char *asked_of(const char *word, const char *field)
{
    const size_t bytes = strlen(field);
    if (strncmp(word, field, bytes) != 0) {
        return NULL;
    }
    const char *name = word + bytes + (word[bytes] == '"');
    const size_t length = strlen(name);
    return memory_format("%.*s", (int)(length - (length > 0 && name[length - 1] == '"')), name);
}

/* topic:NAME and venue:NAME in the query itself, which no paper has. */
static void tell_names(pinakes_library *library, const pinakes_results *results)
{
    for (size_t i = 0; i < results->word_count; i++) {
        const pinakes_word_report *word = &results->words[i];
        char *topic = word->papers > 0 ? NULL : asked_of(word->word, "topic:");
        char *venue = word->papers > 0 ? NULL : asked_of(word->word, "venue:");
        if (topic) {
            complain_about_topic(library, topic);
        }
        if (venue) {
            complain_about_venue(library, venue);
        }
        free(topic);
        free(venue);
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

static void tell_fields(const char *query)
{
    enum { LONGEST_NAME = 10 };
    for (const char *at = query; *at != '\0'; at++) {
        if (!is_ascii_letter(*at) || (at > query && strchr(" (+-", at[-1]) == NULL)) {
            continue;
        }
        size_t bytes = 0;
        while (is_ascii_letter(at[bytes])) {
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

/* Keys and identifiers are no words of a paper; who searches for one is told the way. */
static void tell_key(pinakes_library *library, const char *query)
{
    pinakes_paper *paper;
    if (*query == '\0' || strchr(query, ' ') || pinakes_show(library, query, &paper, NULL) != PINAKES_OK) {
        return;
    }
    remark("'%s' names a paper: pinakes show %s", query, paper->key);
    pinakes_paper_free(paper);
}

bool verdict_tell_empty(const struct program *program, const pinakes_results *results)
{
    if (results->out_of > 0) {
        return false;
    }
    char *invocation = program_invocation(program);
    remark("the library holds no papers yet; index some: %s index PATH...", invocation);
    free(invocation);
    return true;
}

void verdict_tell_nothing(const struct program *program, pinakes_library *library, const struct request *request,
                          const pinakes_results *results)
{
    if (!verdict_is_told(program) || verdict_tell_empty(program, results)) {
        return;
    }
    char *filters = request_filter_names(request);
    const uint64_t unfiltered = filters ? count_unfiltered(library, request) : 0;
    diagnosis_tell(results, filters, unfiltered);
    free(filters);
    tell_fields(request->query);
    tell_key(library, request->query);
    if (unfiltered > 0 || results->word_count == 0) {
        verdict_tell_filters(library, request);
    } else {
        tell_names(library, results);
    }
}
