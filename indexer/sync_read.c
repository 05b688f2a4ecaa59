#include "indexer/sync_read.h"

#include "base/error.h"
#include "base/lane.h"
#include "corpus/identifiers.h"
#include "corpus/person.h"
#include "indexer/read_ahead.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

pinakes_status reader_asked_for(const pinakes_index_options *options, const struct reader **out, pinakes_error *error)
{
    *out = NULL;
    if (options->format == NULL)
        return PINAKES_OK;
    *out = reader_named(options->format);
    return *out != NULL ? PINAKES_OK
                        : error_set(error, PINAKES_BAD_INPUT, "there is no format \"%s\"; the formats are %s",
                                    options->format, reader_names());
}

/* ---- which files -------------------------------------------------------------------------------------------- */

static void notice_walking(void *context, const char *file, uint32_t line, const char *message)
{
    watch_notice(context, file, line, message);
}

static bool keep_walking(void *context)
{
    return watch_tick(context, NULL) == PINAKES_OK;
}

static const char *why_unreadable(const char *path)
{
    struct stat status;
    if (access(path, R_OK) != 0 || stat(path, &status) != 0)
        return strerror(errno);
    if (S_ISREG(status.st_mode))
        return "the archive is damaged";
    return access(path, X_OK) == 0 ? "it is neither a file nor a folder" : strerror(errno);
}

/* What the user named must be readable; what lies below it may be passed over. */
static pinakes_status check_roots(const struct walk_list *list, pinakes_error *error)
{
    for (size_t i = 0; i < list->root_count; i++)
        for (size_t j = 0; j < list->unreadable_count; j++)
            if (strcmp(list->roots[i].path, list->unreadable[j]) == 0)
                return error_set(error, PINAKES_IO, "%s: cannot be read: %s", list->roots[i].path,
                                 why_unreadable(list->roots[i].path));
    return PINAKES_OK;
}

pinakes_status sync_walk(struct sync_watch *watch, struct arena *arena, const char *const *paths, size_t path_count,
                         bool is_refresh, struct walk_list *out, pinakes_error *error)
{
    pinakes_status status = walk_paths(arena, paths, path_count, notice_walking, keep_walking, watch, out, error);
    if (status != PINAKES_OK)
        return status;
    status = is_refresh ? PINAKES_OK : check_roots(out, error);
    watch->progress.files_total = out->file_count;
    for (size_t i = 0; i < out->file_count; i++)
        watch->progress.bytes_total += (uint64_t)out->files[i].size;
    return status;
}

/* ---- which papers ------------------------------------------------------------------------------------------- */

static const char *const *strings_of(struct arena *arena, const struct span *items, size_t count)
{
    const char **strings = arena_array(arena, count + 1, sizeof *strings);
    for (size_t i = 0; strings != NULL && i < count; i++) {
        strings[i] = arena_string(arena, items[i]);
        if (strings[i] == NULL)
            return NULL;
    }
    return strings;
}

static const pinakes_passage *passages_of(struct arena *arena, const struct walk_file *file, const struct paper *paper)
{
    pinakes_passage *passages = arena_array(arena, paper->passage_count + 1, sizeof *passages);
    for (size_t i = 0; passages != NULL && i < paper->passage_count; i++) {
        const struct passage *from = &paper->passages[i];
        passages[i] = (pinakes_passage){.field = field_name(from->field),
                                        .text = arena_string(arena, from->text),
                                        .bytes = from->text.len,
                                        .file = file->name,
                                        .path = file->path,
                                        .line = from->line};
        if (passages[i].text == NULL)
            return NULL;
    }
    return passages;
}

static bool show_authors(struct arena *arena, const struct paper *paper, pinakes_paper *out)
{
    const size_t count = paper->author_count;
    const char **names = arena_array(arena, count + 1, sizeof *names);
    const char **families = arena_array(arena, count + 1, sizeof *families);
    if (names == NULL || families == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const size_t family = person_family(paper->authors[i]);
        names[i] = arena_string(arena, person_name(paper->authors[i]));
        if (names[i] == NULL)
            return false;
        families[i] = family == SIZE_MAX ? NULL : names[i] + family;
    }
    out->author_count = count;
    out->authors = names;
    out->families = families;
    return true;
}

/* The record as the public header shows it. False when memory is short. */
static bool show_paper(struct arena *arena, const struct walk_file *file, const struct paper *paper, pinakes_paper *out)
{
    const struct identifiers identifiers = paper_identifiers(paper);
    *out = (pinakes_paper){.title = arena_string(arena, paper->title),
                           .venue = arena_string(arena, paper->venue),
                           .url = arena_string(arena, paper->url),
                           .doi = arena_string(arena, identifiers.doi),
                           .arxiv = arena_string(arena, identifiers.arxiv),
                           .pmid = arena_string(arena, identifiers.pmid),
                           .kind = kind_name(paper->kind),
                           .year = paper->year,
                           .file = file->name,
                           .path = file->path,
                           .line = paper->line,
                           .rule = paper->rule == NULL ? "" : paper->rule,
                           .tag_count = paper->tag_count,
                           .tags = strings_of(arena, paper->tags, paper->tag_count),
                           .passage_count = paper->passage_count,
                           .passages = passages_of(arena, file, paper)};
    return out->title != NULL && out->venue != NULL && out->url != NULL && out->doi != NULL && out->arxiv != NULL &&
           out->pmid != NULL && out->tags != NULL && out->passages != NULL && show_authors(arena, paper, out);
}

static pinakes_status tell_paper(struct file_reading *reading, const struct paper *paper, pinakes_error *error)
{
    const pinakes_index_options *options = reading->watch->options;
    pinakes_paper shown;
    if (options->paper == NULL)
        return PINAKES_OK;
    arena_reset(reading->arena);
    if (!show_paper(reading->arena, reading->file, paper, &shown))
        return error_no_memory(error);
    options->paper(options->context, &shown);
    return PINAKES_OK;
}

static pinakes_status take_filled(struct file_reading *reading, const struct paper *paper,
                                  const struct paper_draft *draft, uint64_t bytes, pinakes_error *error)
{
    pinakes_status status = reading->keep == NULL ? PINAKES_OK : reading->keep(reading->context, paper, draft, error);
    if (status == PINAKES_OK)
        status = tell_paper(reading, paper, error);
    if (status != PINAKES_OK)
        return status;
    reading->papers++;
    reading->watch->progress.papers++;
    if (reading->stream != NULL)
        reading->watch->progress.bytes_done = reading->bytes_before + bytes;
    return watch_tick(reading->watch, error);
}

static struct span folders_of(const struct file_reading *reading)
{
    return span_of(reading->file->below == NULL ? "" : reading->file->below);
}

static pinakes_status take_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    struct file_reading *reading = context;
    struct paper filled = *paper;
    arena_reset(&reading->folders);
    if (!conventions_fill(reading->file->conventions, folders_of(reading), &reading->folders, &filled))
        return error_no_memory(error);
    return take_filled(reading, &filled, NULL, reading->stream == NULL ? 0 : stream_bytes(reading->stream), error);
}

static pinakes_status take_drafted(void *context, const struct paper *paper, const struct paper_draft *draft,
                                   uint64_t bytes, pinakes_error *error)
{
    return take_filled(context, paper, draft, bytes, error);
}

static void notice_line(void *context, uint32_t line, const char *message)
{
    const struct file_reading *reading = context;
    watch_notice(reading->watch, reading->file->name, line, message);
}

/* The name of the folder that the name of a file lies below: "notes" of "raft.md" at "/home/ada/notes/raft.md". */
static struct span folder_named(const struct walk_file *file)
{
    const struct span path = span_of(file->path);
    const size_t name = strlen(file->name) + 1;
    if (path.len <= name || path.at[path.len - name] != '/')
        return (struct span){"", 0};
    const char *end = path.at + path.len - name, *slash = memrchr(path.at, '/', path.len - name);
    const char *start = slash == NULL ? path.at : slash + 1;
    return (struct span){start, (size_t)(end - start)};
}

pinakes_status sync_read_papers(struct file_reading *reading, struct span text, const char **why, pinakes_error *error)
{
    const struct walk_file *file = reading->file;
    const struct source_text source = {.name = file->name, .text = text};
    const struct paper_sink sink = {.context = reading,
                                    .folder = folder_named(file),
                                    .conventions = file->conventions,
                                    .told = conventions_papers(file->conventions, file->below),
                                    .paper = take_paper,
                                    .notice = notice_line};
    if (reading->reader == NULL)
        reading->reader = reader_for(&source);
    if (reading->reader == NULL) {
        *why = "passed over: it does not look like notes on papers";
        return PINAKES_OK;
    }
    const pinakes_status status = reading->reader->read(&source, &sink, error);
    *why = reading->papers == 0 ? "passed over: no paper was found in it" : NULL;
    return status;
}

/* ---- streams ------------------------------------------------------------------------------------------------ */

const char *sync_path_shown(const struct walk_file *file)
{
    return strcmp(file->path, "-") == 0 ? "standard input" : file->path;
}

enum { FAULTS_NAMED = 20 }; /* of one file: what comes behind so many says little more than their number */

static pinakes_status take_fault(void *context, uint32_t line, const char *message, pinakes_error *error)
{
    struct file_reading *reading = context;
    if (!reading->keeps_going)
        return error_set(error, PINAKES_BAD_INPUT, "%s:%u: %s; --keep-going passes over such records",
                         sync_path_shown(reading->file), (unsigned)line, message);
    if (reading->faults++ < FAULTS_NAMED || reading->watch->options->all_faults)
        watch_fault(reading->watch, reading->file->name, line, message);
    return watch_tick(reading->watch, error);
}

static void count_faults(const struct file_reading *reading)
{
    char message[96];
    if (reading->faults <= FAULTS_NAMED || reading->watch->options->all_faults)
        return;
    const uint64_t more = reading->faults - FAULTS_NAMED;
    (void)snprintf(message, sizeof message, "and %" PRIu64 " more record%s that cannot be read", more,
                   more == 1 ? "" : "s");
    watch_fault(reading->watch, reading->file->name, 0, message);
}

/* A stream that ended before the file did. A signal ends the wait for a pipe: that is the caller's wish to stop, if it
 * is one. */
static pinakes_status end_of_stream(struct file_reading *reading, const struct stream *stream, pinakes_error *error)
{
    if (stream_state(stream) == STREAM_GOOD)
        return PINAKES_OK;
    if (stream_state(stream) == STREAM_NO_MEMORY)
        return error_no_memory(error);
    const pinakes_status status = watch_tell(reading->watch, error);
    if (status != PINAKES_OK)
        return status;
    if (!reading->keeps_going || stream_state(stream) == STREAM_UNREADABLE)
        return error_set(error, PINAKES_IO, "%s: %s", sync_path_shown(reading->file), stream_complaint(stream));
    watch_fault(reading->watch, reading->file->name, 0, stream_complaint(stream));
    reading->is_cut = true;
    return PINAKES_OK;
}

static pinakes_status read_here(struct file_reading *reading, struct stream *stream, pinakes_error *error)
{
    const struct paper_sink sink = {.context = reading,
                                    .source = reading->file->name,
                                    .conventions = reading->file->conventions,
                                    .paper = take_paper,
                                    .notice = notice_line,
                                    .fault = take_fault};
    return reading->reader->read_stream(stream, &sink, error);
}

static pinakes_status read_with_a_thread(struct file_reading *reading, struct stream *stream, pinakes_error *error)
{
    const struct ahead_source source = {.reader = reading->reader,
                                        .stream = stream,
                                        .name = reading->file->name,
                                        .conventions = reading->file->conventions,
                                        .below = folders_of(reading)};
    const struct ahead_sink sink = {
        .context = reading, .paper = take_drafted, .notice = notice_line, .fault = take_fault};
    return read_ahead(&source, &sink, error);
}

/* Papers that are written are worked out ahead, where there are two cores and a file is large. Pipes are read here: a
 * signal has to reach who waits for one. */
static bool pays_ahead(const struct file_reading *reading)
{
    enum { LARGE = 1 << 20 };
    return reading->keep != NULL && reading->file->archive == NULL && reading->file->size >= LARGE && lane_pays();
}

pinakes_status sync_read_stream(struct file_reading *reading, struct stream *stream, const char **why,
                                pinakes_error *error)
{
    reading->stream = stream;
    reading->bytes_before = reading->watch->progress.bytes_done;
    pinakes_status status =
        pays_ahead(reading) ? read_with_a_thread(reading, stream, error) : read_here(reading, stream, error);
    if (status == PINAKES_OK) {
        count_faults(reading);
        status = end_of_stream(reading, stream, error);
    }
    *why = reading->papers == 0 ? "passed over: no paper was found in it" : NULL;
    reading->stream = NULL;
    return status;
}
