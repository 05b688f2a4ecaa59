#include "indexer/joined_paper.h"

#include <stdlib.h>

struct making {
    struct arena *arena;
    struct paper paper;
    struct passage *passages;
    int64_t *records; /* whose passage each is */
    size_t passage_count, passage_capacity, record_capacity;
    struct span *tags;
    size_t tag_capacity;
    bool failed;
};

static unsigned worth(const struct joined_record *record)
{
    return (record->facts.is_preprint ? 0u : 4u) + (record->paper.id.len > 0 ? 2u : 0u) +
           (record->paper.author_count > 0 ? 1u : 0u);
}

static int worthiest_first(const void *a, const void *b)
{
    const struct joined_record *x = a, *y = b;
    const unsigned worth_x = worth(x), worth_y = worth(y);
    if (worth_x != worth_y)
        return worth_x > worth_y ? -1 : 1;
    const int by_path = strcmp(x->path, y->path);
    if (by_path != 0)
        return by_path;
    return (x->paper.line > y->paper.line) - (x->paper.line < y->paper.line);
}

static bool has_passage(const struct making *making, const struct passage *passage)
{
    for (size_t i = 0; i < making->passage_count; i++)
        if (making->passages[i].field == passage->field && span_equal(making->passages[i].words, passage->words))
            return true;
    return false;
}

static void add_passage(struct making *making, const struct joined_record *record, const struct passage *passage)
{
    if (has_passage(making, passage))
        return;
    struct passage *passages =
        arena_grow(making->arena, making->passages, making->passage_count, &making->passage_capacity, sizeof *passages);
    int64_t *records =
        arena_grow(making->arena, making->records, making->passage_count, &making->record_capacity, sizeof *records);
    making->failed |= passages == NULL || records == NULL;
    if (making->failed)
        return;
    making->passages = passages;
    making->records = records;
    passages[making->passage_count] = *passage;
    records[making->passage_count++] = record->id;
}

static void add_field(struct making *making, const struct joined_record *record, enum field field)
{
    for (size_t i = 0; i < record->paper.passage_count; i++)
        if (record->paper.passages[i].field == field)
            add_passage(making, record, &record->paper.passages[i]);
}

static void add_tags(struct making *making, const struct joined_record *record)
{
    struct paper *paper = &making->paper;
    for (size_t i = 0; i < record->paper.tag_count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < paper->tag_count; j++)
            is_there |= span_equal(making->tags[j], record->paper.tags[i]);
        if (is_there)
            continue;
        making->tags =
            arena_grow(making->arena, making->tags, paper->tag_count, &making->tag_capacity, sizeof *making->tags);
        making->failed |= making->tags == NULL;
        if (making->failed)
            return;
        making->tags[paper->tag_count++] = record->paper.tags[i];
    }
    add_field(making, record, FIELD_TAG);
}

static bool has_field(const struct making *making, enum field field)
{
    for (size_t i = 0; i < making->passage_count; i++)
        if (making->passages[i].field == field)
            return true;
    return false;
}

static void take_over(struct span *to, struct span from)
{
    if (to->len == 0)
        *to = from;
}

/* What the papers before it did not say. */
static void add_record(struct making *making, const struct joined_record *record)
{
    struct paper *paper = &making->paper;
    if (!has_field(making, FIELD_TITLE) || making->paper.title.len == 0)
        add_field(making, record, FIELD_TITLE);
    if (paper->author_count == 0) {
        paper->authors = record->paper.authors;
        paper->author_count = record->paper.author_count;
        add_field(making, record, FIELD_AUTHOR);
    }
    if (paper->venue.len == 0)
        add_field(making, record, FIELD_VENUE);
    if (paper->venue.len == 0 ||
        (paper->kind == KIND_UNKNOWN && span_equal(paper->venue, record->paper.venue))) /* it goes with the venue */
        paper->kind = record->paper.kind;
    if (!has_field(making, FIELD_ABSTRACT))
        add_field(making, record, FIELD_ABSTRACT);
    add_tags(making, record);
    add_field(making, record, FIELD_NOTE);
    add_field(making, record, FIELD_QA);
    take_over(&paper->title, record->paper.title);
    take_over(&paper->venue, record->paper.venue);
    take_over(&paper->url, record->paper.url);
    take_over(&paper->doi, record->paper.doi);
    take_over(&paper->arxiv, record->paper.arxiv);
    take_over(&paper->pmid, record->paper.pmid);
    if (paper->year == 0 || (paper->is_year_derived && paper_told_year(&record->paper) != 0)) {
        paper->year = record->paper.year;
        paper->is_year_derived = record->paper.is_year_derived;
    }
}

/* A key its source gives, which is what people cite by; else the shortest, of equals the first by its letters. */
static const char *best_key(const struct joined_record *records, size_t count)
{
    const struct joined_record *best = NULL;
    for (size_t i = 0; i < count && best == NULL; i++)
        if (records[i].paper.id.len > 0)
            best = &records[i];
    for (size_t i = 0; i < count && (best == NULL || best->paper.id.len == 0); i++) {
        const size_t length = strlen(records[i].key), shortest = best == NULL ? SIZE_MAX : strlen(best->key);
        if (length < shortest || (length == shortest && strcmp(records[i].key, best->key) < 0))
            best = &records[i];
    }
    return best->key;
}

bool joined_paper_make(struct joined_record *records, size_t count, struct arena *arena, struct joined_paper *out)
{
    struct making making = {.arena = arena};
    qsort(records, count, sizeof *records, worthiest_first);
    *out = (struct joined_paper){.key = best_key(records, count), .id = records[0].id};
    for (size_t i = 0; i < count; i++) {
        out->id = records[i].id < out->id ? records[i].id : out->id;
        add_record(&making, &records[i]);
    }
    out->paper = making.paper;
    out->paper.line = records[0].paper.line;
    out->paper.rule = records[0].paper.rule;
    out->paper.tags = making.tags;
    out->paper.passages = making.passages;
    out->paper.passage_count = making.passage_count;
    out->records = making.records;
    return !making.failed;
}
