#include "query/drafted.h"

#include "base/error.h"
#include "corpus/draft.h"
#include "corpus/load.h"
#include "corpus/words.h"
#include "indexer/schema.h"
#include "query/find_key.h"

#include <sys/stat.h>
#include <unistd.h>

struct drafting {
    struct store *store;
    const pinakes_seeds *seeds;
    struct seed_terms *terms;
    const struct listed_sink *sink;
    struct arena arena;
    struct draft draft;
    struct name_set told; /* cited keys that a bibliography or a list of references has */
    bool failed;          /* memory was short */
};

/* ---- files beside ---------------------------------------------------------------------------------------- */

static const char *name_of_draft(const struct drafting *in)
{
    return in->seeds->draft_name == NULL ? "the draft" : in->seeds->draft_name;
}

static void tell(struct drafting *in, const char *what, struct span name, const char *why, const char *so)
{
    const char *message = arena_format(&in->arena, "%s %.*s: %s; %s", what, SPAN_ARGS(name), why, so);
    in->failed |= message == NULL;
    if (message != NULL && in->seeds->notice != NULL)
        in->seeds->notice(in->seeds->context, name_of_draft(in), 0, message);
}

/* The path of the file `name`, which LaTeX lets writers leave the ending of off; NULL when memory is short. */
static const char *path_beside(struct drafting *in, struct span name, const char *ending)
{
    const char *folder = name.len > 0 && name.at[0] == '/' ? "" : in->seeds->draft_folder;
    const char *slash = *folder == '\0' || folder[strlen(folder) - 1] == '/' ? "" : "/";
    const char *path = arena_format(&in->arena, "%s%s%.*s%s", folder, slash, SPAN_ARGS(name), ending);
    if (path == NULL || access(path, F_OK) == 0)
        return path;
    return arena_format(&in->arena, "%s%s%.*s", folder, slash, SPAN_ARGS(name));
}

/* A pipe or a device could give text without end. */
static bool may_be_read(const char *path)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
}

/* The text of a file the draft names, in the arena; `*why` says why there is none. */
static pinakes_status load_beside(struct drafting *in, struct span name, const char *ending, struct span *text,
                                  const char **why, pinakes_error *error)
{
    struct loaded loaded = {0};
    const char *path = path_beside(in, name, ending);
    *why = path == NULL || may_be_read(path) ? NULL : "no plain file";
    if (*why != NULL)
        return PINAKES_OK;
    const pinakes_status status = path == NULL ? error_no_memory(error) : load_file(path, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    const bool is_text = loaded.outcome == LOAD_TEXT || *loaded.message == '\0';
    const char *copy = arena_string(&in->arena, is_text ? loaded.text : span_of(loaded.message));
    *text = (struct span){copy, is_text ? loaded.text.len : 0};
    *why = is_text ? NULL : copy;
    loaded_free(&loaded);
    return copy == NULL ? error_no_memory(error) : PINAKES_OK;
}

/* ---- text ------------------------------------------------------------------------------------------------ */

static bool count_text(struct drafting *in)
{
    return seed_terms_count(in->terms, in->draft.title, TITLE_WEIGHT) && seed_terms_count(in->terms, in->draft.text, 1);
}

/* Parts that set up the page lie with TeX more often than beside the draft: that one is not there says nothing. */
static pinakes_status read_part(struct drafting *in, struct span name, bool is_setup, pinakes_error *error)
{
    struct span text;
    const char *why;
    const pinakes_status status = load_beside(in, name, ".tex", &text, &why, error);
    if (status != PINAKES_OK)
        return status;
    if (why != NULL && !is_setup)
        tell(in, "part", name, why, "the rest is read without it");
    if (why == NULL && (!draft_read_part(text, &in->arena, is_setup, &in->draft) || !count_text(in)))
        return error_no_memory(error);
    return PINAKES_OK;
}

/* A part may have parts, which join the list. */
static pinakes_status read_parts(struct drafting *in, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    size_t setup = 0, body = 0;
    while (status == PINAKES_OK && (setup < in->draft.setup_parts.count || body < in->draft.parts.count)) {
        const bool is_setup = setup < in->draft.setup_parts.count;
        const struct span name = is_setup ? in->draft.setup_parts.at[setup++] : in->draft.parts.at[body++];
        status = read_part(in, name, is_setup, error);
    }
    return status;
}

/* ---- what is cited --------------------------------------------------------------------------------------- */

static pinakes_status find_cited(struct drafting *in, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < in->draft.cited.count && status == PINAKES_OK; i++) {
        int64_t id = 0;
        bool found = false;
        status = find_key(in->store, in->draft.cited.at[i], &id, &found, error);
        if (status == PINAKES_OK && found)
            status = in->sink->paper(in->sink->context, id, error);
    }
    return status;
}

/* Notes that this key is told; false when nothing cites it. */
static bool note_key(struct drafting *in, struct span key)
{
    if (!name_set_has(&in->draft.cited, key))
        return false;
    const char *copy = arena_string(&in->arena, key);
    in->failed |= copy == NULL || !name_set_add(&in->told, &in->arena, (struct span){copy, key.len});
    return true;
}

static bool is_cited(void *context, const struct paper *entry)
{
    struct drafting *in = context;
    return note_key(in, entry->id) || in->draft.cites_all;
}

static pinakes_status find_listed(void *context, int64_t paper, pinakes_error *error)
{
    const struct drafting *in = context;
    return in->sink->paper(in->sink->context, paper, error);
}

static pinakes_status find_reference(struct drafting *in, struct record *record, pinakes_error *error)
{
    const struct span none = {"", 0};
    const struct paper nameless = {.id = record->id,
                                   .title = none,
                                   .venue = none,
                                   .url = none,
                                   .doi = record->doi,
                                   .arxiv = record->arxiv,
                                   .pmid = record->pmid};
    const struct paper *paper = record_finish(record);
    (void)note_key(in, record->id);
    if (record->failed)
        return error_no_memory(error);
    return listed_find(in->store, paper == NULL ? &nameless : paper, in->sink, error);
}

/* All that a list of references has is cited. */
static pinakes_status find_references(struct drafting *in, struct span list, pinakes_error *error)
{
    struct arena arena = {0};
    pinakes_status status = PINAKES_OK;
    for (bool more = true; more && status == PINAKES_OK; arena_reset(&arena)) {
        struct record record = {.arena = &arena};
        more = in->draft.is_latex ? draft_next_reference(&list, &record) : draft_next_written_reference(&list, &record);
        if (more)
            status = find_reference(in, &record, error);
        else if (record.failed)
            status = error_no_memory(error);
    }
    arena_free(&arena);
    return status;
}

static pinakes_status find_all_references(struct drafting *in, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < in->draft.reference_list_count && status == PINAKES_OK; i++)
        status = find_references(in, in->draft.reference_lists[i], error);
    return status;
}

static pinakes_status read_bibliography(struct drafting *in, struct span name, const char **why, pinakes_error *error)
{
    const struct listed_sink sink = {.context = in, .wants = is_cited, .paper = find_listed};
    const char *file = arena_string(&in->arena, name);
    bool is_list = false;
    struct span text;
    pinakes_status status = load_beside(in, name, ".bib", &text, why, error);
    if (status != PINAKES_OK || *why != NULL)
        return status;
    status = file == NULL ? error_no_memory(error) : listed_read(in->store, file, text, NULL, &sink, &is_list, error);
    if (status == PINAKES_OK && !is_list && span_trim(text).len > 0)
        *why = "no bibliography that can be read";
    return status;
}

/* LaTeX's own list of references, which is often all that is handed on with a draft. */
static pinakes_status read_bbl(struct drafting *in, pinakes_error *error)
{
    const char *name = name_of_draft(in), *slash = strrchr(name, '/');
    const struct span file = span_of(slash == NULL ? name : slash + 1);
    struct span text;
    const char *why;
    if (!span_ends(file, ".tex"))
        return PINAKES_OK;
    const char *list = arena_format(&in->arena, "%.*s.bbl", (int)file.len - 4, file.at);
    const pinakes_status status =
        list == NULL ? error_no_memory(error) : load_beside(in, span_of(list), "", &text, &why, error);
    return status != PINAKES_OK || why != NULL ? status : find_references(in, text, error);
}

static bool knows_all_keys(const struct drafting *in)
{
    return in->told.count == in->draft.cited.count && !in->draft.cites_all;
}

/* A bibliography that is not there matters where keys are told by no other: IEEEabrv.bib and its like lie with TeX. */
static pinakes_status read_bibliographies(struct drafting *in, pinakes_error *error)
{
    const struct name_set *names = &in->draft.bibliographies;
    const char **why = arena_array(&in->arena, names->count, sizeof *why);
    pinakes_status status = why == NULL ? error_no_memory(error) : PINAKES_OK;
    for (size_t i = 0; i < names->count && status == PINAKES_OK; i++)
        status = read_bibliography(in, names->at[i], &why[i], error);
    if (status == PINAKES_OK && in->draft.is_latex && !knows_all_keys(in))
        status = read_bbl(in, error);
    for (size_t i = 0; i < names->count && status == PINAKES_OK && !knows_all_keys(in); i++)
        if (why[i] != NULL)
            tell(in, "bibliography", names->at[i], why[i], "what is cited of it is left out by its keys alone");
    return status;
}

static pinakes_status read_all(struct drafting *in, pinakes_error *error)
{
    const pinakes_seeds *seeds = in->seeds;
    const struct span text = {seeds->draft, seeds->draft_bytes};
    const char *name = seeds->draft_name == NULL ? "" : seeds->draft_name;
    if (!draft_read(name, text, &in->arena, &in->draft) || !count_text(in))
        return error_no_memory(error);
    pinakes_status status = seeds->draft_folder == NULL ? PINAKES_OK : read_parts(in, error);
    seed_terms_end_seed(in->terms);
    if (status == PINAKES_OK)
        status = find_cited(in, error);
    if (status == PINAKES_OK)
        status = find_all_references(in, error);
    if (status == PINAKES_OK && seeds->draft_folder != NULL)
        status = read_bibliographies(in, error);
    return status == PINAKES_OK && in->failed ? error_no_memory(error) : status;
}

pinakes_status drafted_read(struct store *store, const pinakes_seeds *seeds, struct seed_terms *terms,
                            const struct listed_sink *sink, pinakes_error *error)
{
    struct drafting drafting = {.store = store, .seeds = seeds, .terms = terms, .sink = sink};
    const pinakes_status status = read_all(&drafting, error);
    arena_free(&drafting.arena);
    return status;
}
