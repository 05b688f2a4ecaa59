#include "query/duplicates.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"

#include <stdlib.h>

enum {
    WORDS_MOST = 48,   /* of a title that are compared */
    WORDS_LEAST = 4,   /* of a title that stands for a paper by itself */
    RUN_MOST = 64,     /* papers alike in one thing that are compared each with each */
    SHARED_TENTHS = 9, /* of ten words, in titles that are perhaps the same */
};

enum reason {
    REASON_DOI,
    REASON_ARXIV,
    REASON_TITLE,
    REASON_NEAR,
    REASON_COUNT,
};

struct record {
    pinakes_duplicate shown;
    struct span doi, arxiv, author; /* of the first author the last name */
    uint64_t words[WORDS_MOST];     /* of the title, hashed, in its order; those with a digit, and numerals, marked */
    bool is_number[WORDS_MOST];
    size_t word_count;
    uint64_t title; /* of all of them */
    size_t group;   /* a record of the same group nearer to its first; itself for the first */
    enum reason reason;
};

struct finding {
    struct store *store;
    struct arena *arena;
    struct record *records;
    size_t count, capacity;
    struct buffer text; /* for the word at hand */
    bool failed;
};

/* A record by something it shares with others. */
struct entry {
    uint64_t hash;
    size_t record;
};

/* ---- reading ------------------------------------------------------------------------------------------------- */

static bool is_numeral(struct span word)
{
    bool is_roman = word.len > 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] >= '0' && word.at[i] <= '9')
            return true;
        is_roman &= word.at[i] == 'i' || word.at[i] == 'v' || word.at[i] == 'x';
    }
    return is_roman;
}

static void read_title(struct finding *finding, struct record *record, struct span title)
{
    struct analyzer *analyzer = store_analyzer(finding->store);
    struct token token;
    uint32_t position = UINT32_MAX;
    record->title = HASH_START;
    analyzer_start(analyzer, title);
    while (analyzer_next(analyzer, &token)) {
        if (token.kind != TOKEN_WORD || token.position == position || record->word_count == WORDS_MOST)
            continue;
        position = token.position;
        record->is_number[record->word_count] = is_numeral(token.text);
        record->words[record->word_count++] = hash_add_piece(HASH_START, token.text);
        record->title = hash_add_piece(record->title, token.text);
    }
    finding->failed |= analyzer_failed(analyzer);
}

/* "van Renesse" of "Robbert van Renesse" is "renesse", whatever its accents. */
static struct span last_name(struct finding *finding, struct span authors)
{
    const char *end = memchr(authors.at, '\n', authors.len);
    const struct span first = end == NULL ? authors : (struct span){authors.at, (size_t)(end - authors.at)};
    struct analyzer *analyzer = store_analyzer(finding->store);
    struct token token;
    buffer_clear(&finding->text);
    analyzer_start(analyzer, first);
    while (analyzer_next(analyzer, &token)) {
        if (token.kind != TOKEN_WORD || span_is(token.text, "jr") || span_is(token.text, "sr"))
            continue;
        buffer_clear(&finding->text);
        buffer_add(&finding->text, token.text);
    }
    const struct span name = {finding->text.at == NULL ? "" : finding->text.at, finding->text.len};
    const char *copy = arena_string(finding->arena, name);
    finding->failed |= analyzer_failed(analyzer) || finding->text.failed || copy == NULL;
    return (struct span){copy == NULL ? "" : copy, copy == NULL ? 0 : name.len};
}

static const char *text_column(struct finding *finding, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    const char *copy = arena_string(finding->arena, span_of(text == NULL ? "" : text));
    finding->failed |= copy == NULL;
    return copy == NULL ? "" : copy;
}

static void read_record(struct finding *finding, sqlite3_stmt *row)
{
    struct record *grown =
        arena_grow(finding->arena, finding->records, finding->count, &finding->capacity, sizeof *grown);
    finding->failed |= grown == NULL;
    if (grown == NULL)
        return;
    finding->records = grown;
    struct record *record = &grown[finding->count];
    *record = (struct record){.group = finding->count++, .reason = REASON_COUNT};
    record->shown = (pinakes_duplicate){.key = text_column(finding, row, 0),
                                        .title = text_column(finding, row, 1),
                                        .venue = text_column(finding, row, 2),
                                        .year = sqlite3_column_int(row, 3),
                                        .file = text_column(finding, row, 4),
                                        .line = (uint32_t)sqlite3_column_int64(row, 5)};
    record->doi = span_of(text_column(finding, row, 6));
    record->arxiv = span_of(text_column(finding, row, 7));
    record->author = last_name(finding, span_of(text_column(finding, row, 8)));
    read_title(finding, record, span_of(record->shown.title));
}

static pinakes_status read_records(struct finding *finding, pinakes_error *error)
{
    static const char sql[] =
        "SELECT p.key, p.shown_title, p.shown_venue, p.year, s.name, p.line, lower(p.doi), p.arxiv,"
        " p.shown_authors FROM papers p JOIN sources s ON s.id = p.source ORDER BY p.key";
    sqlite3_stmt *row = store_statement(finding->store, sql, error);
    int code = SQLITE_DONE;
    if (row == NULL)
        return error->status;
    while (!finding->failed && (code = sqlite3_step(row)) == SQLITE_ROW)
        read_record(finding, row);
    (void)sqlite3_reset(row);
    if (finding->failed)
        return error_no_memory(error);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(finding->store, code, "reading papers", error);
}

/* ---- are they the same? ---------------------------------------------------------------------------------------- */

static bool are_years_near(int a, int b)
{
    return a == 0 || b == 0 || abs(a - b) <= 1;
}

static bool knows_who_and_when(const struct record *record)
{
    return record->author.len > 0 && record->shown.year != 0;
}

static bool have_same_author(const struct record *a, const struct record *b)
{
    return a->author.len == 0 || b->author.len == 0 || span_equal(a->author, b->author);
}

static bool are_same_by_title(const struct record *a, const struct record *b)
{
    const bool are_known = knows_who_and_when(a) && knows_who_and_when(b);
    return have_same_author(a, b) && are_years_near(a->shown.year, b->shown.year) &&
           (are_known || a->word_count >= WORDS_LEAST);
}

static bool begins_with(const struct record *longer, const struct record *shorter)
{
    return shorter->word_count >= 2 && longer->word_count > shorter->word_count &&
           memcmp(longer->words, shorter->words, shorter->word_count * sizeof *shorter->words) == 0;
}

static size_t count_shared(const struct record *a, const struct record *b, bool *numbers_agree)
{
    size_t shared = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        bool found = false;
        for (size_t j = 0; j < b->word_count && !found; j++)
            found = a->words[i] == b->words[j];
        shared += found ? 1 : 0;
        *numbers_agree &= found || !a->is_number[i];
    }
    return shared;
}

static bool are_perhaps_same(const struct record *a, const struct record *b)
{
    bool numbers_agree = true;
    if (a->title == b->title || a->author.len == 0 || !span_equal(a->author, b->author) ||
        !are_years_near(a->shown.year, b->shown.year))
        return false;
    const size_t shared = count_shared(a, b, &numbers_agree),
                 most = a->word_count > b->word_count ? a->word_count : b->word_count;
    (void)count_shared(b, a, &numbers_agree);
    return numbers_agree &&
           (begins_with(a, b) || begins_with(b, a) || (shared >= WORDS_LEAST && shared * 10 >= most * SHARED_TENTHS));
}

/* ---- joining --------------------------------------------------------------------------------------------------- */

static size_t first_of(struct finding *finding, size_t record)
{
    while (finding->records[record].group != record) {
        finding->records[record].group = finding->records[finding->records[record].group].group;
        record = finding->records[record].group;
    }
    return record;
}

/* The reason of a group is the surest that any two of it have. */
static void join(struct finding *finding, size_t a, size_t b, enum reason reason)
{
    const size_t first = first_of(finding, a), second = first_of(finding, b);
    struct record *head = &finding->records[first < second ? first : second];
    struct record *other = &finding->records[first < second ? second : first];
    if (reason == REASON_NEAR && head->reason < REASON_NEAR && other->reason < REASON_NEAR && first != second)
        return; /* two sure groups are not joined by a guess */
    if (other->reason < head->reason)
        head->reason = other->reason;
    if (reason < head->reason)
        head->reason = reason;
    other->group = (size_t)(head - finding->records);
}

static int by_hash(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* What papers are looked at together for: 0 where a record has nothing of the kind. */
static uint64_t hash_for(const struct record *record, enum reason reason)
{
    switch (reason) {
    case REASON_DOI:
        return record->doi.len == 0 ? 0 : hash_add_piece(HASH_START, record->doi);
    case REASON_ARXIV:
        return record->arxiv.len == 0 ? 0 : hash_add_piece(HASH_START, record->arxiv);
    case REASON_TITLE:
        return record->word_count == 0 ? 0 : record->title;
    case REASON_NEAR:
        return record->author.len == 0 || record->word_count == 0
                   ? 0
                   : hash_add_number(hash_add_piece(HASH_START, record->author), record->words[0]);
    case REASON_COUNT:
        break;
    }
    return 0;
}

static bool are_alike(const struct record *a, const struct record *b, enum reason reason)
{
    switch (reason) {
    case REASON_DOI:
        return span_equal(a->doi, b->doi);
    case REASON_ARXIV:
        return span_equal(a->arxiv, b->arxiv);
    case REASON_TITLE:
        return are_same_by_title(a, b);
    case REASON_NEAR:
        return are_perhaps_same(a, b);
    case REASON_COUNT:
        break;
    }
    return false;
}

static pinakes_status join_alike(struct finding *finding, enum reason reason, struct entry *entries,
                                 pinakes_error *error)
{
    size_t count = 0;
    if (entries == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < finding->count; i++) {
        entries[count] = (struct entry){hash_for(&finding->records[i], reason), i};
        count += entries[count].hash != 0 ? 1 : 0;
    }
    if (count > 0)
        qsort(entries, count, sizeof *entries, by_hash);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && j - i < RUN_MOST && entries[j].hash == entries[i].hash; j++)
            if (are_alike(&finding->records[entries[i].record], &finding->records[entries[j].record], reason))
                join(finding, entries[i].record, entries[j].record, reason);
    return PINAKES_OK;
}

/* ---- telling --------------------------------------------------------------------------------------------------- */

static const char *const reasons[] = {[REASON_DOI] = "the same DOI",
                                      [REASON_ARXIV] = "the same arXiv identifier",
                                      [REASON_TITLE] = "the same title, author and year",
                                      [REASON_NEAR] = "titles much alike, the same author and year"};

static bool add_group(struct finding *finding, size_t first, size_t size, pinakes_duplicate_group *group)
{
    pinakes_duplicate *papers = arena_array(finding->arena, size, sizeof *papers);
    const enum reason reason = finding->records[first].reason;
    size_t count = 0;
    for (size_t i = first; i < finding->count && papers != NULL && count < size; i++)
        if (first_of(finding, i) == first)
            papers[count++] = finding->records[i].shown;
    *group = (pinakes_duplicate_group){
        .reason = reasons[reason], .is_sure = reason != REASON_NEAR, .paper_count = count, .papers = papers};
    return papers != NULL;
}

/* Groups in the order of their first keys, the sure ones first. */
static pinakes_status tell(struct finding *finding, pinakes_duplicates *out, pinakes_error *error)
{
    size_t *sizes = arena_array(finding->arena, finding->count + 1, sizeof *sizes), groups = 0;
    if (sizes == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < finding->count; i++)
        groups += ++sizes[first_of(finding, i)] == 2 ? 1 : 0;
    pinakes_duplicate_group *list = arena_array(finding->arena, groups, sizeof *list);
    if (list == NULL)
        return error_no_memory(error);
    *out = (pinakes_duplicates){.groups = list, .out_of = finding->count};
    for (int is_near = 0; is_near < 2; is_near++) {
        for (size_t i = 0; i < finding->count; i++) {
            if (sizes[i] < 2 || (finding->records[i].reason == REASON_NEAR) != (is_near != 0))
                continue;
            if (!add_group(finding, i, sizes[i], &list[out->group_count++]))
                return error_no_memory(error);
        }
    }
    return PINAKES_OK;
}

pinakes_status duplicates_find(struct store *store, struct arena *arena, pinakes_duplicates *out, pinakes_error *error)
{
    struct finding finding = {.store = store, .arena = arena};
    pinakes_status status = read_records(&finding, error);
    struct entry *entries = status == PINAKES_OK ? arena_array(arena, finding.count + 1, sizeof *entries) : NULL;
    for (enum reason reason = 0; reason < REASON_COUNT && status == PINAKES_OK; reason++)
        status = join_alike(&finding, reason, entries, error);
    if (status == PINAKES_OK)
        status = tell(&finding, out, error);
    buffer_free(&finding.text);
    return status;
}
