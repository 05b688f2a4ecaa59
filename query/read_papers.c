#include "query/read_papers.h"

#include "base/error.h"
#include "query/paper_load.h"

/* Reading one costs as much as FTS5's look-up of a word in a range. */
enum { READ_MOST = 256 };

/* ---- reading ---------------------------------------------------------------------------------------------- */

static const char ids_sql[] = "SELECT id FROM papers WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3";

/* Adds the ids of a range behind `*count` others, as far as they fit into `room`. */
static pinakes_status read_ids(struct store *store, const struct paper_range *range, int64_t *ids, size_t room,
                               size_t *count, pinakes_error *error)
{
    sqlite3_stmt *select = store_statement(store, ids_sql, error);
    int code;
    if (select == NULL)
        return error->status;
    (void)sqlite3_bind_int64(select, 1, range->first);
    (void)sqlite3_bind_int64(select, 2, range->last);
    (void)sqlite3_bind_int64(select, 3, (int64_t)(room - *count));
    while ((code = sqlite3_step(select)) == SQLITE_ROW)
        ids[(*count)++] = sqlite3_column_int64(select, 0);
    (void)sqlite3_reset(select);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "searching", error);
}

static const struct document *read_document(struct store *store, int64_t paper, struct arena *texts,
                                            struct arena *arena, pinakes_error *error)
{
    struct loaded_paper loaded;
    if (paper_load(store, paper, texts, texts, &loaded, error) != PINAKES_OK)
        return NULL;
    const struct document *document = paper_document(&loaded, store_analyzer(store), arena);
    if (document == NULL)
        (void)error_no_memory(error);
    return document;
}

pinakes_status papers_read(struct store *store, const struct paper_ranges *ranges, struct arena *arena,
                           const struct read_papers **out, pinakes_error *error)
{
    struct arena texts = {0};
    int64_t *ids = arena_array(arena, READ_MOST + 1, sizeof *ids);
    struct read_papers *read = arena_alloc(arena, sizeof *read);
    pinakes_status status = ids == NULL || read == NULL ? error_no_memory(error) : PINAKES_OK;
    size_t count = 0;
    *out = NULL;
    for (size_t i = 0; i < ranges->count && status == PINAKES_OK && count <= READ_MOST; i++)
        status = read_ids(store, &ranges->at[i], ids, READ_MOST + 1, &count, error);
    if (status != PINAKES_OK || count > READ_MOST)
        return status;
    *read = (struct read_papers){ids, arena_array(arena, count, sizeof *read->documents), count};
    if (read->documents == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++) {
        read->documents[i] = read_document(store, ids[i], &texts, arena, error);
        status = read->documents[i] == NULL ? error->status : PINAKES_OK;
        arena_reset(&texts);
    }
    arena_free(&texts);
    *out = status == PINAKES_OK ? read : NULL;
    return status;
}

/* ---- leaves ----------------------------------------------------------------------------------------------- */

struct gathering {
    const struct read_papers *papers;
    struct arena *arena;
    struct leaf_postings *at;
    size_t count, capacity;
};

/* A word is counted wherever it stands; what its fields allow is told by posting.fields. */
static const struct postings *look_up(const struct gathering *gathering, const struct node *leaf)
{
    struct postings *postings = arena_alloc(gathering->arena, sizeof *postings);
    for (size_t i = 0; i < gathering->papers->count && postings != NULL; i++) {
        const struct document *document = gathering->papers->documents[i];
        struct posting posting = {.paper = gathering->papers->papers[i]};
        posting.frequency = node_is_word(leaf) ? document_frequency(document, leaf) : 1;
        if (posting.frequency == 0)
            continue;
        posting.fields = document_matches(document, leaf) ? ~0u : 0;
        if ((node_is_word(leaf) || posting.fields != 0) && !postings_add(postings, gathering->arena, posting))
            return NULL;
    }
    return postings;
}

/* As fts5_leaves() gathers: inside a phrase or NEAR only words, for what they weigh. */
static bool gather(struct gathering *gathering, const struct node *node, bool is_inside)
{
    const bool is_group = node->kind == NODE_PHRASE || node->kind == NODE_NEAR;
    const bool is_fact = node->kind == NODE_YEAR || node->kind == NODE_TOPIC;
    if (node_is_word(node) || is_fact || (is_group && !is_inside)) {
        struct leaf_postings *at =
            arena_grow(gathering->arena, gathering->at, gathering->count, &gathering->capacity, sizeof *gathering->at);
        const struct postings *postings = at == NULL ? NULL : look_up(gathering, node);
        if (postings == NULL)
            return false;
        gathering->at = at;
        at[gathering->count++] = (struct leaf_postings){node, postings};
    }
    for (size_t i = 0; i < node->child_count; i++)
        if (!gather(gathering, node->children[i], is_inside || is_group))
            return false;
    return true;
}

struct leaf_postings *papers_read_leaves(const struct read_papers *papers, const struct node *const *roots,
                                         size_t root_count, struct arena *arena, size_t *count)
{
    struct gathering gathering = {.papers = papers, .arena = arena};
    for (size_t i = 0; i < root_count; i++)
        if (!gather(&gathering, roots[i], false))
            return NULL;
    if (gathering.count == 0) /* any address but NULL */
        return arena_alloc(arena, sizeof *gathering.at);
    postings_sort_leaves(gathering.at, gathering.count);
    *count = gathering.count;
    return gathering.at;
}
