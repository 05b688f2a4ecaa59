#include "query/sealed.h"

#include "base/error.h"
#include "indexer/seal.h"
#include "query/numbers.h"

#include <stdlib.h>
#include <sys/stat.h>

struct sealed {
    struct store *store;
    char *path;
    uint32_t data_version; /* SQLite's, of what stands below */
    bool is_known;         /* something does */
    bool is_given_up;      /* the segment was found damaged */
    struct segment *segment;
    struct segment_identity identity; /* of `segment` */
    struct stat file;                 /* that it was read from */
    struct sealed_moment moment;
    struct arena arena; /* of the moment */
    pinakes_error complaint;
};

pinakes_status sealed_create(struct store *store, struct sealed **out, pinakes_error *error)
{
    struct sealed *sealed = calloc(1, sizeof *sealed);
    if (sealed == NULL || (sealed->path = seal_path(store)) == NULL) {
        free(sealed);
        return error_no_memory(error);
    }
    sealed->store = store;
    *out = sealed;
    return PINAKES_OK;
}

static void close_segment(struct sealed *sealed)
{
    searcher_free(sealed->moment.searcher);
    sealed->moment = (struct sealed_moment){.segment = NULL};
    segment_close(sealed->segment);
    sealed->segment = NULL;
}

void sealed_free(struct sealed *sealed)
{
    if (sealed == NULL)
        return;
    close_segment(sealed);
    arena_free(&sealed->arena);
    free(sealed->path);
    free(sealed);
}

/* ---- opening --------------------------------------------------------------------------------------------- */

static bool is_identity(const struct segment_identity *a, const struct segment_identity *b)
{
    return a->generation == b->generation && memcmp(a->library, b->library, sizeof a->library) == 0;
}

/* Whether the file at the path is another than the one that is open: one that was damaged is sealed again at the same
 * moment. One that is gone is read on. */
static bool is_replaced(const struct sealed *sealed)
{
    struct stat now;
    return stat(sealed->path, &now) == 0 && (now.st_ino != sealed->file.st_ino || now.st_dev != sealed->file.st_dev);
}

static pinakes_status open_segment(struct sealed *sealed, struct seal_state *state, pinakes_error *error)
{
    struct sealed_moment *moment = &sealed->moment;
    if (sealed->segment != NULL && is_identity(&sealed->identity, &state->identity) && !is_replaced(sealed))
        return PINAKES_OK;
    close_segment(sealed);
    if (stat(sealed->path, &sealed->file) != 0)
        sealed->file = (struct stat){.st_ino = 0};
    pinakes_status status = seal_open(sealed->store, state, &sealed->segment, error);
    if (status != PINAKES_OK)
        return status;
    sealed->identity = state->identity;
    segment_columns(sealed->segment, &moment->documents);
    status = searcher_create(sealed->segment, &moment->searcher, error);
    if (status != PINAKES_OK)
        close_segment(sealed);
    moment->segment = sealed->segment;
    moment->kernels = kernels_chosen();
    return status;
}

/* ---- what is stale, and where else to look --------------------------------------------------------------- */

struct gaps {
    struct sealed *sealed;
    uint64_t *valid;
    uint32_t *stale;
    size_t stale_count, stale_capacity;
    struct paper_range *tail;
    size_t tail_count, tail_capacity;
};

static bool add_stale(struct gaps *gaps, uint32_t document)
{
    uint32_t *stale =
        arena_grow(&gaps->sealed->arena, gaps->stale, gaps->stale_count, &gaps->stale_capacity, sizeof *gaps->stale);
    if (stale == NULL)
        return false;
    gaps->stale = stale;
    stale[gaps->stale_count++] = document;
    gaps->valid[document / 64] &= ~(UINT64_C(1) << document % 64);
    return true;
}

static bool add_tail(struct gaps *gaps, struct paper_range range)
{
    if (gaps->tail_count > 0 && gaps->tail[gaps->tail_count - 1].last + 1 == range.first) {
        gaps->tail[gaps->tail_count - 1].last = range.last;
        return true;
    }
    struct paper_range *tail =
        arena_grow(&gaps->sealed->arena, gaps->tail, gaps->tail_count, &gaps->tail_capacity, sizeof *gaps->tail);
    if (tail == NULL)
        return false;
    gaps->tail = tail;
    tail[gaps->tail_count++] = range;
    return true;
}

static const char unsealed_sql[] =
    "SELECT paper, EXISTS(SELECT 1 FROM papers WHERE id = paper) FROM unsealed WHERE paper <= ?1 ORDER BY paper";

static bool take_unsealed(void *context, sqlite3_stmt *row)
{
    struct gaps *gaps = context;
    const int64_t paper = sqlite3_column_int64(row, 0);
    const uint32_t document = segment_document_of(&gaps->sealed->moment.documents, paper);
    if (document != SEGMENT_NO_DOCUMENT && !add_stale(gaps, document))
        return false;
    return sqlite3_column_int(row, 1) == 0 || add_tail(gaps, (struct paper_range){paper, paper});
}

static pinakes_status read_unsealed(struct gaps *gaps, const struct seal_state *state, pinakes_error *error)
{
    struct store *store = gaps->sealed->store;
    sqlite3_stmt *rows = store_statement(store, unsealed_sql, error);
    if (rows == NULL)
        return error->status;
    (void)sqlite3_bind_int64(rows, 1, state->last_paper);
    const pinakes_status status = store_each(store, rows, "searching", take_unsealed, gaps, error);
    numbers_sort(gaps->stale, &gaps->stale_count);
    return status;
}

static const char later_sql[] = "SELECT EXISTS(SELECT 1 FROM papers WHERE id > ?1)";

static pinakes_status read_later(struct gaps *gaps, const struct seal_state *state, pinakes_error *error)
{
    struct store *store = gaps->sealed->store;
    sqlite3_stmt *select = store_statement(store, later_sql, error);
    if (select == NULL)
        return error->status;
    (void)sqlite3_bind_int64(select, 1, state->last_paper);
    const int code = sqlite3_step(select);
    const bool has_later = code == SQLITE_ROW && sqlite3_column_int(select, 0) != 0;
    (void)sqlite3_reset(select);
    if (code != SQLITE_ROW)
        return store_error(store, code, "searching", error);
    if (has_later && !add_tail(gaps, (struct paper_range){state->last_paper + 1, INT64_MAX - 1}))
        return error_no_memory(error);
    return PINAKES_OK;
}

static uint64_t *all_valid(struct sealed *sealed)
{
    const size_t count = sealed->moment.documents.count;
    uint64_t *valid = arena_array(&sealed->arena, count / 64 + 1, sizeof *valid);
    if (valid != NULL) {
        memset(valid, 0xff, count / 64 * sizeof *valid);
        valid[count / 64] = (UINT64_C(1) << count % 64) - 1;
    }
    return valid;
}

static pinakes_status read_gaps(struct sealed *sealed, const struct seal_state *state, pinakes_error *error)
{
    struct sealed_moment *moment = &sealed->moment;
    struct gaps gaps = {.sealed = sealed};
    pinakes_status status = PINAKES_OK;
    if (state->unsealed > 0) {
        gaps.valid = all_valid(sealed);
        status = gaps.valid == NULL ? error_no_memory(error) : read_unsealed(&gaps, state, error);
    }
    if (status == PINAKES_OK)
        status = read_later(&gaps, state, error);
    moment->valid = gaps.stale_count == 0 ? NULL : gaps.valid;
    moment->stale = gaps.stale;
    moment->stale_count = gaps.stale_count;
    moment->tail = (struct paper_ranges){gaps.tail, gaps.tail_count};
    moment->tail_read = NULL;
    if (status == PINAKES_OK && gaps.tail_count > 0)
        status = papers_read(sealed->store, &moment->tail, &sealed->arena, &moment->tail_read, error);
    return status;
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static void complain(struct sealed *sealed, const pinakes_error *why)
{
    if (why->status == PINAKES_NOT_FOUND)
        (void)error_set(&sealed->complaint, PINAKES_NOT_FOUND,
                        "%s: the ranked index is gone; answering without it, more slowly; 'pinakes seal' makes it anew",
                        sealed->path);
    else
        (void)error_set(&sealed->complaint, why->status, "%s; answering without it, more slowly%s", why->message,
                        why->status == PINAKES_VERSION ? "; 'pinakes seal' makes it anew" : "");
}

static pinakes_status look(struct sealed *sealed, pinakes_error *error)
{
    struct seal_state state;
    pinakes_error why;
    arena_reset(&sealed->arena);
    sealed->complaint.status = PINAKES_OK;
    if (sealed->is_given_up)
        close_segment(sealed);
    sealed->is_given_up = false;
    pinakes_status status = seal_state(sealed->store, &state, error);
    if (status != PINAKES_OK)
        return status;
    if (!state.is_sealed) {
        close_segment(sealed);
        return PINAKES_OK;
    }
    status = open_segment(sealed, &state, &why);
    struct segment_documents documents;
    if (status == PINAKES_OK && state.unsealed > 0) /* their papers are looked up among all */
        status = segment_documents(sealed->segment, &documents, &why);
    if (status == PINAKES_NO_MEMORY)
        return error_no_memory(error);
    if (status != PINAKES_OK) {
        close_segment(sealed);
        complain(sealed, &why);
        return PINAKES_OK;
    }
    const uint64_t papers = store_paper_count(sealed->store);
    const double total = (double)store_length_total(sealed->store);
    sealed->moment.collection = (struct collection){papers, papers == 0 ? 0 : total / (double)papers};
    return read_gaps(sealed, &state, error);
}

pinakes_status sealed_now(struct sealed *sealed, const struct sealed_moment **out, pinakes_error *error)
{
    sqlite3 *db = store_db(sealed->store);
    unsigned version = 0;
    *out = NULL;
    if (sqlite3_txn_state(db, "main") == SQLITE_TXN_WRITE)
        return PINAKES_OK;                 /* what is written so far has no version */
    (void)store_generation(sealed->store); /* begins to read, if the transaction has not yet */
    (void)sqlite3_file_control(db, "main", SQLITE_FCNTL_DATA_VERSION, &version);
    if (!sealed->is_known || version != sealed->data_version) {
        sealed->is_known = false;
        const pinakes_status status = look(sealed, error);
        if (status != PINAKES_OK)
            return status;
        sealed->data_version = version;
        sealed->is_known = true;
    }
    *out = sealed->segment == NULL || sealed->is_given_up ? NULL : &sealed->moment;
    return PINAKES_OK;
}

void sealed_give_up(struct sealed *sealed, const pinakes_error *why)
{
    sealed->is_given_up = true; /* closed with the transaction: others may be reading */
    complain(sealed, why);
}

void sealed_candidate_fetch(const struct sealed_moment *moment, uint32_t document)
{
    __builtin_prefetch(&moment->documents.papers[document]);
    __builtin_prefetch(&moment->documents.years[document]);
}

bool sealed_candidate(const struct sealed_moment *moment, uint32_t document, struct candidate *out)
{
    static const enum segment_column columns[] = {SEGMENT_PAPERS, SEGMENT_LENGTHS, SEGMENT_YEARS};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if (!segment_column_is_sound(moment->segment, columns[i], document, document))
            return false;
    *out = (struct candidate){.paper = moment->documents.papers[document],
                              .length = segment_length(&moment->documents.lengths, document),
                              .year = moment->documents.years[document]};
    return true;
}

const pinakes_error *sealed_complaint(const struct sealed *sealed)
{
    return sealed->complaint.status == PINAKES_OK ? NULL : &sealed->complaint;
}
