#include "query/listed.h"

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/identifiers.h"
#include "corpus/reader.h"
#include "indexer/joined.h"
#include "indexer/schema.h"
#include "query/find_key.h"

struct listing {
    struct store *store;
    struct seed_terms *terms;
    const struct listed_sink *sink;
    struct arena arena; /* until an entry is done */
};

/* ---- whose entry it is ----------------------------------------------------------------------------------- */

static pinakes_status by_name(struct listing *in, struct span name, bool *found, pinakes_error *error)
{
    int64_t id = 0;
    if (name.len == 0 || *found)
        return PINAKES_OK;
    const pinakes_status status = find_key(in->store, name, &id, found, error);
    return status == PINAKES_OK && *found ? in->sink->paper(in->sink->context, id, error) : status;
}

/* Digits alone could be a key. */
static pinakes_status by_pmid(struct listing *in, struct span pmid, bool *found, pinakes_error *error)
{
    const char *name = arena_format(&in->arena, "PMID:%.*s", SPAN_ARGS(pmid));
    return name == NULL ? error_no_memory(error) : by_name(in, span_of(name), found, error);
}

static bool facts_of(struct listing *in, const struct paper *paper, const struct identifiers *identifiers,
                     struct paper_facts *out)
{
    enum { NO_SOURCE = -1 }; /* an entry stands in none of the library's files */
    struct buffer authors = {0};
    for (size_t i = 0; i < paper->author_count; i++) {
        buffer_add(&authors, paper->authors[i]);
        buffer_add_byte(&authors, '\n');
    }
    *out = (struct paper_facts){.doi = identifiers->doi, .arxiv = identifiers->arxiv, .pmid = identifiers->pmid};
    const bool made = !authors.failed && same_paper_facts(store_analyzer(in->store), &in->arena, paper->title,
                                                          buffer_text(&authors), paper->venue, out);
    out->year = paper_told_year(paper);
    out->source = NO_SOURCE;
    buffer_free(&authors);
    return made;
}

/* Tells the sink of the paper `id` when its record `record` is of the same one. */
static pinakes_status compare(struct listing *in, const struct paper_facts *facts, int64_t record, int64_t id,
                              pinakes_error *error)
{
    struct joined_record other;
    const pinakes_status status = joined_peek(in->store, record, &in->arena, &other, error);
    if (status != PINAKES_OK)
        return status;
    const enum same_paper same = same_paper(store_analyzer(in->store), facts, &other.facts);
    if (analyzer_failed(store_analyzer(in->store)))
        return error_no_memory(error);
    return same < SAME_NEARLY ? in->sink->paper(in->sink->context, id, error) : PINAKES_OK;
}

static pinakes_status by_title(struct listing *in, const struct paper *paper, const struct identifiers *identifiers,
                               pinakes_error *error)
{
    static const char sql[] = "SELECT id, id FROM papers WHERE title_key = ?1 UNION ALL"
                              " SELECT id, paper FROM joined WHERE title_key = ?1";
    struct paper_facts facts;
    if (!facts_of(in, paper, identifiers, &facts))
        return error_no_memory(error);
    if (facts.title == 0)
        return PINAKES_OK;
    sqlite3_stmt *select = store_statement(in->store, sql, error);
    if (select == NULL)
        return error->status;
    pinakes_status status = PINAKES_OK;
    int code = SQLITE_DONE;
    (void)sqlite3_bind_int64(select, 1, (int64_t)facts.title);
    while (status == PINAKES_OK && (code = sqlite3_step(select)) == SQLITE_ROW)
        status = compare(in, &facts, sqlite3_column_int64(select, 0), sqlite3_column_int64(select, 1), error);
    (void)sqlite3_reset(select);
    return status != PINAKES_OK || code == SQLITE_DONE ? status
                                                       : store_error(in->store, code, "looking for a title", error);
}

static pinakes_status find_papers(struct listing *in, const struct paper *paper, pinakes_error *error)
{
    const struct identifiers identifiers = paper_identifiers(paper);
    bool found = false;
    pinakes_status status = by_name(in, paper->id, &found, error);
    if (status == PINAKES_OK)
        status = by_name(in, identifiers.doi, &found, error);
    if (status == PINAKES_OK)
        status = by_name(in, identifiers.arxiv, &found, error);
    if (status == PINAKES_OK && identifiers.pmid.len > 0)
        status = by_pmid(in, identifiers.pmid, &found, error);
    return status == PINAKES_OK && !found ? by_title(in, paper, &identifiers, error) : status;
}

/* ---- what it is about ------------------------------------------------------------------------------------ */

static bool count_words(struct listing *in, const struct paper *paper)
{
    if (in->terms == NULL)
        return true;
    bool counted = seed_terms_count(in->terms, paper->title, TITLE_WEIGHT);
    for (size_t i = 0; i < paper->passage_count && counted; i++) {
        const struct passage *passage = &paper->passages[i];
        if (passage->field == FIELD_ABSTRACT || passage->field == FIELD_NOTE || passage->field == FIELD_QA)
            counted = seed_terms_count(in->terms, passage->words, 1);
    }
    for (size_t i = 0; i < paper->tag_count && counted; i++)
        counted = seed_terms_count(in->terms, paper->tags[i], 1);
    seed_terms_end_seed(in->terms);
    return counted;
}

static pinakes_status take_entry(void *context, const struct paper *paper, pinakes_error *error)
{
    struct listing *in = context;
    if (in->sink->wants != NULL && !in->sink->wants(in->sink->context, paper))
        return PINAKES_OK;
    if (!count_words(in, paper))
        return error_no_memory(error);
    const pinakes_status status = find_papers(in, paper, error);
    arena_reset(&in->arena);
    return status;
}

pinakes_status listed_find(struct store *store, const struct paper *paper, const struct listed_sink *sink,
                           pinakes_error *error)
{
    struct listing listing = {.store = store, .sink = sink};
    const pinakes_status status = find_papers(&listing, paper, error);
    arena_free(&listing.arena);
    return status;
}

pinakes_status listed_read(struct store *store, const char *name, struct span text, struct seed_terms *terms,
                           const struct listed_sink *sink, bool *is_list, pinakes_error *error)
{
    const struct source_text head = {name, text};
    const struct reader *reader = reader_for_beginning(&head);
    *is_list = reader != NULL && reader != &reader_pdf;
    if (!*is_list)
        return PINAKES_OK;
    struct listing listing = {.store = store, .terms = terms, .sink = sink};
    const struct paper_sink papers = {.context = &listing, .source = name, .paper = take_entry};
    struct stream *stream = stream_over(text);
    const pinakes_status status = stream == NULL ? error_no_memory(error) : reader->read_stream(stream, &papers, error);
    stream_close(stream);
    arena_free(&listing.arena);
    return status;
}
