#include "api/duplicates_file.h"
#include "api/library.h"
#include "base/arena.h"
#include "base/error.h"
#include "corpus/load.h"
#include "corpus/reader.h"
#include "indexer/sync.h"
#include "query/topics.h"

/* What the hook of a run needs. */
struct company {
    struct topics_run topics;
    struct loaded loaded; /* the topics file, when there is one */
    bool changed;
    struct duplicates_file duplicates;
};

static bool may_have_topics(void *context, const struct paper_draft *draft)
{
    struct company *company = context;
    return topics_may_take(&company->topics, &draft->analysis);
}

static pinakes_status assign_topics(void *context, const int64_t *ids, size_t count, pinakes_error *error)
{
    struct company *company = context;
    return topics_assign(&company->topics, ids, count, &company->changed, error);
}

static struct sync_company company_of(struct company *company)
{
    return (struct sync_company){.hook = assign_topics,
                                 .screen = may_have_topics,
                                 .hook_context = company,
                                 .hook_changed = &company->changed,
                                 .rules = &company->duplicates.rules};
}

static void company_free(struct company *company)
{
    topics_run_free(&company->topics);
    loaded_free(&company->loaded);
    arena_free(&company->duplicates.arena);
}

/* A mistake in the topics file is told before hours of indexing, not after. */
static pinakes_status check_topics(const struct company *company, pinakes_error *error)
{
    struct arena arena = {0};
    struct topic_set topics;
    const struct topics_run *run = &company->topics;
    const pinakes_status status =
        topics_parse(&arena, store_analyzer(run->store), run->file, company->loaded.text, &topics, error);
    arena_free(&arena);
    return status;
}

static pinakes_status load_topics(struct company *company, pinakes_error *error)
{
    const struct loaded *loaded = &company->loaded;
    const pinakes_status status = load_file(company->topics.file, &company->loaded, error);
    if (status != PINAKES_OK)
        return status;
    company->topics.text = &loaded->text;
    if (loaded->outcome == LOAD_TEXT)
        return check_topics(company, error);
    const pinakes_status kind = loaded->outcome == LOAD_UNREADABLE ? PINAKES_IO : PINAKES_BAD_INPUT;
    return error_set(error, kind, "%s: no topics can be read from it: %s", company->topics.file, loaded->message);
}

pinakes_status pinakes_index(pinakes_library *library, const char *const *paths, size_t path_count,
                             const pinakes_index_options *options, pinakes_index_summary *summary, pinakes_error *error)
{
    static const pinakes_index_options usual = {0};
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_index_summary unread;
    struct company company = {
        .topics = {.store = library->store, .file = options == NULL ? NULL : options->topics_file}};
    const struct sync_company brought = company_of(&company);
    pinakes_status status = duplicates_file_load(library->store, &company.duplicates, told);
    if (status == PINAKES_OK && company.topics.file != NULL)
        status = load_topics(&company, told);
    if (status == PINAKES_OK)
        status = sync_paths(library->store, paths, path_count, options == NULL ? &usual : options, &brought,
                            summary == NULL ? &unread : summary, told);
    company_free(&company);
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
    struct company company = {.topics = {.store = library->store}};
    const struct sync_company brought = company_of(&company);
    pinakes_status status = duplicates_file_load(library->store, &company.duplicates, told);
    if (status == PINAKES_OK)
        status = sync_forget(library->store, paths, path_count, &brought, summary == NULL ? &unread : summary, told);
    company_free(&company);
    return status;
}

const char *pinakes_readers(void)
{
    return reader_names();
}
