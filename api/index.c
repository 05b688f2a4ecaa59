#include "api/duplicates_file.h"
#include "api/library.h"
#include "base/arena.h"
#include "base/error.h"
#include "corpus/load.h"
#include "corpus/reader.h"
#include "indexer/sync.h"
#include "query/topics.h"

/* What the hook of a run needs: the topics file, when there is one. */
struct topics_run {
    struct store *store;
    const char *file; /* NULL: the library keeps its topics */
    struct loaded loaded;
    bool changed;
};

static pinakes_status assign_topics(void *context, const int64_t *ids, size_t count, pinakes_error *error)
{
    struct topics_run *run = context;
    const struct span *text = run->file == NULL ? NULL : &run->loaded.text;
    return topics_assign(run->store, run->file, text, ids, count, &run->changed, error);
}

static struct sync_company company_of(struct topics_run *run, const struct duplicates_file *file)
{
    return (struct sync_company){
        .hook = assign_topics, .hook_context = run, .hook_changed = &run->changed, .rules = &file->rules};
}

/* A mistake in the topics file is told before hours of indexing, not after. */
static pinakes_status check_topics(const struct topics_run *run, pinakes_error *error)
{
    struct arena arena = {0};
    struct topic_set topics;
    const pinakes_status status =
        topics_parse(&arena, store_analyzer(run->store), run->file, run->loaded.text, &topics, error);
    arena_free(&arena);
    return status;
}

static pinakes_status load_topics(struct topics_run *run, pinakes_error *error)
{
    const pinakes_status status = load_file(run->file, &run->loaded, error);
    if (status != PINAKES_OK)
        return status;
    if (run->loaded.outcome == LOAD_TEXT)
        return check_topics(run, error);
    const pinakes_status kind = run->loaded.outcome == LOAD_UNREADABLE ? PINAKES_IO : PINAKES_BAD_INPUT;
    return error_set(error, kind, "%s: no topics can be read from it: %s", run->file, run->loaded.message);
}

pinakes_status pinakes_index(pinakes_library *library, const char *const *paths, size_t path_count,
                             const pinakes_index_options *options, pinakes_index_summary *summary, pinakes_error *error)
{
    static const pinakes_index_options usual = {0};
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_index_summary unread;
    struct topics_run run = {.store = library->store, .file = options == NULL ? NULL : options->topics_file};
    struct duplicates_file file = {.rules = {.count = 0}};
    const struct sync_company company = company_of(&run, &file);
    pinakes_status status = duplicates_file_load(library->store, &file, told);
    if (status == PINAKES_OK && run.file != NULL)
        status = load_topics(&run, told);
    if (status == PINAKES_OK)
        status = sync_paths(library->store, paths, path_count, options == NULL ? &usual : options, &company,
                            summary == NULL ? &unread : summary, told);
    loaded_free(&run.loaded);
    arena_free(&file.arena);
    return status;
}

pinakes_status pinakes_preview(const char *const *paths, size_t path_count, const pinakes_index_options *options,
                               pinakes_index_summary *summary, pinakes_error *error)
{
    static const pinakes_index_options usual = {0};
    pinakes_error unwanted;
    pinakes_index_summary unread;
    return sync_preview(paths, path_count, options == NULL ? &usual : options, summary == NULL ? &unread : summary,
                        error == NULL ? &unwanted : error);
}

pinakes_status pinakes_forget(pinakes_library *library, const char *const *paths, size_t path_count,
                              pinakes_index_summary *summary, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_index_summary unread;
    struct topics_run run = {.store = library->store};
    struct duplicates_file file = {.rules = {.count = 0}};
    const struct sync_company company = company_of(&run, &file);
    pinakes_status status = duplicates_file_load(library->store, &file, told);
    if (status == PINAKES_OK)
        status = sync_forget(library->store, paths, path_count, &company, summary == NULL ? &unread : summary, told);
    arena_free(&file.arena);
    return status;
}

const char *pinakes_readers(void)
{
    return reader_names();
}
