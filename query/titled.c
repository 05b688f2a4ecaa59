#include "query/titled.h"

#include "base/error.h"
#include "indexer/same_paper.h"
#include "query/hits.h"

enum { TITLED_MAX = 64 }; /* papers of one title: "Introduction" has as many as there are books */

struct titled {
    int64_t papers[TITLED_MAX];
    size_t count;
};

static pinakes_status look_up(struct store *store, uint64_t title, struct titled *out, pinakes_error *error)
{
    static const char sql[] = "SELECT id FROM papers WHERE title_key = ?1 UNION"
                              " SELECT paper FROM joined WHERE title_key = ?1 ORDER BY 1";
    out->count = 0;
    sqlite3_stmt *rows = store_statement(store, sql, error);
    if (rows == NULL)
        return error->status;
    int code = SQLITE_DONE;
    (void)sqlite3_bind_int64(rows, 1, (int64_t)title);
    while (out->count < TITLED_MAX && (code = sqlite3_step(rows)) == SQLITE_ROW)
        out->papers[out->count++] = sqlite3_column_int64(rows, 0);
    (void)sqlite3_reset(rows);
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK
                                                     : store_error(store, code, "looking for a title", error);
}

static bool holds(const struct titled *titled, int64_t paper)
{
    for (size_t i = 0; i < titled->count; i++)
        if (titled->papers[i] == paper)
            return true;
    return false;
}

/* Whether the page begins with all of them already, as it mostly does. */
static bool are_first(const struct titled *titled, const struct candidates *page)
{
    for (size_t i = 0; i < titled->count; i++)
        if (i >= page->count || !holds(titled, page->papers[i].paper))
            return false;
    return true;
}

/* Copies to `page` what stands from `offset` on when the papers of the title (or the others) are counted alone;
 * `*passed` counts those met so far. */
static void take(const struct candidates *all, const struct titled *titled, bool of_title, size_t offset, size_t limit,
                 size_t *passed, struct candidates *page)
{
    for (size_t i = 0; i < all->count && page->count < limit; i++)
        if (holds(titled, all->papers[i].paper) == of_title && (*passed)++ >= offset)
            page->papers[page->count++] = all->papers[i];
}

/* Where the papers of the title stand among all is known only when all are ranked. */
static pinakes_status rank_anew(struct finding *finding, const struct titled *titled, pinakes_error *error)
{
    const struct question everything = {.limit = SIZE_MAX, .is_uncounted = true, .kept = finding->scratch};
    const size_t offset = finding->options->offset;
    const size_t limit = hits_wanted(finding->options);
    struct answer all;
    const pinakes_status status = engine_run(finding->plan, &everything, &all, error);
    if (status != PINAKES_OK)
        return status;
    struct candidates page = {.papers = arena_array(finding->scratch, all.page.count, sizeof *page.papers)};
    if (page.papers == NULL)
        return error_no_memory(error);
    size_t passed = 0;
    take(&all.page, titled, true, offset, limit, &passed, &page);
    finding->titled = page.count;
    take(&all.page, titled, false, offset, limit, &passed, &page);
    finding->answer.page = page;
    return PINAKES_OK;
}

pinakes_status titled_first(struct finding *finding, pinakes_error *error)
{
    struct store *store = engine_store(finding->engine);
    struct titled titled;
    finding->titled = 0;
    const uint64_t title = same_paper_title(store_analyzer(store), span_of(finding->query));
    if (analyzer_failed(store_analyzer(store)))
        return error_no_memory(error);
    if (title == 0 || finding->options->sort != PINAKES_BY_SCORE || finding->answer.found == 0)
        return PINAKES_OK;
    const pinakes_status status = look_up(store, title, &titled, error);
    if (status != PINAKES_OK || titled.count == 0)
        return status;
    if (finding->options->offset == 0 && are_first(&titled, &finding->answer.page)) {
        finding->titled = titled.count;
        return PINAKES_OK;
    }
    return rank_anew(finding, &titled, error);
}
