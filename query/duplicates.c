#include "query/duplicates.h"

#include "base/error.h"
#include "base/hash.h"
#include "indexer/same_paper.h"

#include <stdlib.h>

enum { RUN_MOST = 64 }; /* papers alike in one thing that are compared each with each */

struct record {
    pinakes_duplicate shown;
    struct paper_facts facts;
    size_t group; /* a record of the same group nearer to its first; itself for the first */
    enum same_paper reason;
    bool has_abstract; /* read, if there is one */
};

/* The group of records that the rows at hand are of. */
struct joined_group {
    pinakes_duplicate *papers;
    size_t capacity;
    int64_t paper;
};

struct finding {
    struct store *store;
    const struct join_rules *rules;
    struct arena *arena;
    struct record *records;
    size_t count, capacity;
    pinakes_duplicate_group *groups;
    size_t group_count, group_capacity;
    struct joined_group at;
    bool failed;
};

/* A record by something it shares with others. */
struct entry {
    uint64_t hash;
    size_t record;
};

static const char *text_column(struct finding *finding, sqlite3_stmt *row, int column)
{
    const char *copy = arena_string(finding->arena, store_text(row, column));
    finding->failed |= copy == NULL;
    return copy == NULL ? "" : copy;
}

/* The first columns of both questions below. */
#define SHOWN_COLUMNS "r.key, r.shown_title, r.shown_venue, r.year, s.name, r.line"

static pinakes_duplicate shown_row(struct finding *finding, sqlite3_stmt *row)
{
    return (pinakes_duplicate){.key = text_column(finding, row, 0),
                               .title = text_column(finding, row, 1),
                               .venue = text_column(finding, row, 2),
                               .year = sqlite3_column_int(row, 3),
                               .file = text_column(finding, row, 4),
                               .line = (uint32_t)sqlite3_column_int64(row, 5)};
}

/* Gives every row of `sql` to `take`, whose context is `finding`. */
static pinakes_status read_rows(struct finding *finding, const char *sql,
                                bool (*take)(void *context, sqlite3_stmt *row), pinakes_error *error)
{
    sqlite3_stmt *rows = store_statement(finding->store, sql, error);
    return rows == NULL ? error->status : store_each(finding->store, rows, "reading papers", take, finding, error);
}

static pinakes_duplicate_group *add_group(struct finding *finding)
{
    pinakes_duplicate_group *grown =
        arena_grow(finding->arena, finding->groups, finding->group_count, &finding->group_capacity, sizeof *grown);
    finding->failed |= grown == NULL;
    if (grown == NULL)
        return NULL;
    finding->groups = grown;
    return &grown[finding->group_count++];
}

/* ---- what is joined ------------------------------------------------------------------------------------------ */

static const char joined_sql[] = "SELECT " SHOWN_COLUMNS ", r.paper, r.reason FROM joined r"
                                 " JOIN sources s ON s.id = r.source JOIN papers p ON p.id = r.paper"
                                 " ORDER BY p.key, r.key";

static bool take_joined(void *context, sqlite3_stmt *row)
{
    struct finding *finding = context;
    struct joined_group *at = &finding->at;
    if (finding->group_count == 0 || sqlite3_column_int64(row, 6) != at->paper) {
        *at = (struct joined_group){.paper = sqlite3_column_int64(row, 6)};
        pinakes_duplicate_group *begun = add_group(finding);
        if (begun == NULL)
            return false;
        *begun = (pinakes_duplicate_group){.reason = text_column(finding, row, 7), .is_joined = true, .is_sure = true};
    }
    pinakes_duplicate_group *group = &finding->groups[finding->group_count - 1];
    at->papers = arena_grow(finding->arena, at->papers, group->paper_count, &at->capacity, sizeof *at->papers);
    if (at->papers == NULL)
        return false;
    at->papers[group->paper_count++] = shown_row(finding, row);
    group->papers = at->papers;
    return !finding->failed;
}

/* ---- what is not --------------------------------------------------------------------------------------------- */

static const char papers_sql[] =
    "SELECT " SHOWN_COLUMNS
    ", r.doi, r.arxiv, r.shown_authors, r.source, iif(derived_year, 0, r.year), r.pmid FROM papers r"
    " JOIN sources s ON s.id = r.source ORDER BY r.key";

static bool take_paper(void *context, sqlite3_stmt *row)
{
    struct finding *finding = context;
    struct record *grown =
        arena_grow(finding->arena, finding->records, finding->count, &finding->capacity, sizeof *grown);
    if (grown == NULL)
        return false;
    finding->records = grown;
    struct record *record = &grown[finding->count];
    *record = (struct record){.shown = shown_row(finding, row), .group = finding->count++, .reason = SAME_NOT};
    record->facts.doi = span_of(text_column(finding, row, 6));
    record->facts.arxiv = span_of(text_column(finding, row, 7));
    record->facts.year = sqlite3_column_int(row, 10);
    record->facts.pmid = span_of(text_column(finding, row, 11));
    record->facts.source = sqlite3_column_int64(row, 9);
    finding->failed |=
        !same_paper_facts(store_analyzer(finding->store), finding->arena, span_of(record->shown.title),
                          span_of(text_column(finding, row, 8)), span_of(record->shown.venue), &record->facts);
    return !finding->failed;
}

static size_t first_of(struct finding *finding, size_t record)
{
    while (finding->records[record].group != record) {
        finding->records[record].group = finding->records[finding->records[record].group].group;
        record = finding->records[record].group;
    }
    return record;
}

/* The reason of a group is the surest that any two of it have. */
static void put_together(struct finding *finding, size_t a, size_t b, enum same_paper reason)
{
    const size_t first = first_of(finding, a), second = first_of(finding, b);
    struct record *head = &finding->records[first < second ? first : second];
    const struct record *other = &finding->records[first < second ? second : first];
    if (other->reason < head->reason)
        head->reason = other->reason;
    if (reason < head->reason)
        head->reason = reason;
    finding->records[first < second ? second : first].group = first < second ? first : second;
}

static int by_hash(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* What papers are looked at together for: 0 where one has nothing of the kind. */
enum mark {
    MARK_DOI,
    MARK_ARXIV,
    MARK_PMID,
    MARK_TITLE,
    MARK_AUTHORS,   /* all of them */
    MARK_BEGINNING, /* the first author and the first word of the title */
    MARK_COUNT,
};

static uint64_t hash_lower(struct span text)
{
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < text.len; i++)
        hash = hash_add_number(hash, (unsigned char)ascii_lower(text.at[i]));
    return hash;
}

static uint64_t hash_of(const struct paper_facts *facts, enum mark mark)
{
    switch (mark) {
    case MARK_DOI:
        return facts->doi.len == 0 ? 0 : hash_lower(facts->doi);
    case MARK_ARXIV:
        return facts->arxiv.len == 0 ? 0 : hash_lower(facts->arxiv);
    case MARK_PMID:
        return facts->pmid.len == 0 ? 0 : hash_lower(facts->pmid);
    case MARK_TITLE:
        return facts->title;
    case MARK_AUTHORS:
        return facts->authors;
    case MARK_BEGINNING:
        return facts->author.len == 0 || facts->word_count == 0
                   ? 0
                   : hash_add_number(hash_add_piece(HASH_START, facts->author), facts->words[0]);
    case MARK_COUNT:
        break;
    }
    return 0;
}

/* Only of papers that are nearly the same: few of a library. */
static pinakes_status read_abstract(struct finding *finding, struct record *record, pinakes_error *error)
{
    sqlite3_stmt *row = store_statement(finding->store, "SELECT abstract FROM papers WHERE key = ?", error);
    if (row == NULL)
        return error->status;
    (void)sqlite3_bind_text(row, 1, record->shown.key, -1, SQLITE_STATIC);
    const int code = sqlite3_step(row);
    if (code == SQLITE_ROW)
        record->facts.abstract = span_of(text_column(finding, row, 0));
    record->has_abstract = true;
    (void)sqlite3_reset(row);
    if (finding->failed)
        return error_no_memory(error);
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK
                                                     : store_error(finding->store, code, "reading papers", error);
}

static pinakes_status compare(struct finding *finding, size_t a, size_t b, pinakes_error *error)
{
    struct record *x = &finding->records[a], *y = &finding->records[b];
    const bool asks_abstracts = same_paper_asks_abstracts(&x->facts, &y->facts);
    pinakes_status status = PINAKES_OK;
    if (asks_abstracts && !x->has_abstract)
        status = read_abstract(finding, x, error);
    if (asks_abstracts && !y->has_abstract && status == PINAKES_OK)
        status = read_abstract(finding, y, error);
    if (status != PINAKES_OK)
        return status;
    const enum same_paper reason = same_paper(store_analyzer(finding->store), &x->facts, &y->facts);
    finding->failed |= analyzer_failed(store_analyzer(finding->store));
    if (reason != SAME_NOT && !join_rules_are_two(finding->rules, x->shown.key, y->shown.key))
        put_together(finding, a, b, reason);
    return finding->failed ? error_no_memory(error) : PINAKES_OK;
}

static pinakes_status compare_alike(struct finding *finding, enum mark mark, struct entry *entries,
                                    pinakes_error *error)
{
    size_t count = 0;
    pinakes_status status = PINAKES_OK;
    if (entries == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < finding->count; i++) {
        entries[count] = (struct entry){hash_of(&finding->records[i].facts, mark), i};
        count += entries[count].hash != 0 ? 1 : 0;
    }
    if (count > 0)
        qsort(entries, count, sizeof *entries, by_hash);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1;
             j < count && j - i < RUN_MOST && entries[j].hash == entries[i].hash && status == PINAKES_OK; j++)
            status = compare(finding, entries[i].record, entries[j].record, error);
    return status;
}

static void tell_group(struct finding *finding, size_t first, size_t size)
{
    pinakes_duplicate *papers = arena_array(finding->arena, size, sizeof *papers);
    pinakes_duplicate_group *group = papers == NULL ? NULL : add_group(finding);
    const enum same_paper reason = finding->records[first].reason;
    finding->failed |= group == NULL;
    if (group == NULL)
        return;
    size_t count = 0;
    for (size_t i = first; i < finding->count && count < size; i++)
        if (first_of(finding, i) == first)
            papers[count++] = finding->records[i].shown;
    *group = (pinakes_duplicate_group){
        .reason = same_paper_reason(reason), .is_sure = reason != SAME_NEARLY, .paper_count = count, .papers = papers};
}

/* The sure ones first, each by its first key. */
static pinakes_status tell_groups(struct finding *finding, pinakes_error *error)
{
    size_t *sizes = arena_array(finding->arena, finding->count + 1, sizeof *sizes);
    if (sizes == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < finding->count; i++)
        sizes[first_of(finding, i)]++;
    for (int is_near = 0; is_near < 2; is_near++)
        for (size_t i = 0; i < finding->count; i++)
            if (sizes[i] > 1 && (finding->records[i].reason == SAME_NEARLY) == (is_near != 0))
                tell_group(finding, i, sizes[i]);
    return finding->failed ? error_no_memory(error) : PINAKES_OK;
}

pinakes_status duplicates_find(struct store *store, const struct join_rules *rules, struct arena *arena,
                               pinakes_duplicates *out, pinakes_error *error)
{
    struct finding finding = {.store = store, .rules = rules, .arena = arena};
    pinakes_status status = read_rows(&finding, joined_sql, take_joined, error);
    if (status == PINAKES_OK)
        status = read_rows(&finding, papers_sql, take_paper, error);
    struct entry *entries = arena_array(arena, finding.count + 1, sizeof *entries);
    for (enum mark mark = 0; mark < MARK_COUNT && status == PINAKES_OK; mark++)
        status = compare_alike(&finding, mark, entries, error);
    if (status == PINAKES_OK)
        status = tell_groups(&finding, error);
    if (status == PINAKES_OK)
        *out =
            (pinakes_duplicates){.groups = finding.groups, .group_count = finding.group_count, .out_of = finding.count};
    return status;
}
