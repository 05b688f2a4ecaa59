#include "base/error.h"
#include "corpus/load.h"
#include "corpus/words.h"
#include "indexer/sync_run.h"
#include "indexer/sync_source.h"

#include <stdio.h>

static bool is_standard_input(const struct walk_file *file)
{
    return strcmp(file->path, "-") == 0;
}

/* A file the user named must give papers; one found in a folder need not. */
static pinakes_status refuse(const struct walk_file *file, const struct loaded *loaded, const char *why,
                             pinakes_error *error)
{
    const char *path = sync_path_shown(file);
    const pinakes_status status = loaded->outcome == LOAD_UNREADABLE ? PINAKES_IO : PINAKES_BAD_INPUT;
    if (loaded->line > 0)
        return error_set(error, status, "%s:%u: %s", path, (unsigned)loaded->line, why);
    return error_set(error, status, "%s: %s", path, why);
}

static bool is_text_or_none(const struct loaded *loaded)
{
    return loaded->outcome == LOAD_TEXT || loaded->outcome == LOAD_NO_PAPER;
}

/* ---- what is in a file -------------------------------------------------------------------------------------- */

/* A file's content, whole or as a stream. */
struct content {
    struct stream *stream;
    const struct reader *reader; /* of streams; NULL when another reads what was loaded whole */
    struct stream *text;  /* over what was loaded, for the reader of streams; NULL where it reads the file itself */
    struct loaded loaded; /* its hash counts for a stream as well, when that has been read */
};

static void content_free(struct content *content)
{
    stream_close(content->text);
    loaded_free(&content->loaded);
    stream_close(content->stream);
}

/* PDF is read when that is asked for, and where it was before. */
static bool wants_pdf(const struct sync *sync, const struct walk_file *file, const struct source_row *known)
{
    return sync_reads_pdf(sync, file) || (known != NULL && strcmp(known->format, reader_pdf.name) == 0);
}

/* The reader that takes the file as a stream, or NULL. */
static const struct reader *stream_reader(const struct sync *sync, const struct walk_file *file,
                                          const struct source_row *known, struct stream *stream)
{
    const struct source_text head = {file->name, stream_peek(stream, READER_HEAD_BYTES)};
    const struct reader *asked_for = sync_reader_of(sync, file);
    if (stream_state(stream) != STREAM_GOOD || load_is_wide(head.text))
        return NULL;
    if (asked_for != NULL)
        return asked_for->read_stream != NULL ? asked_for : NULL;
    const struct reader *reader = reader_for_beginning(&head);
    return reader == &reader_pdf && !wants_pdf(sync, file, known) ? NULL : reader;
}

/* Read by other conventions, a file is another. */
static uint64_t hash_with_conventions(const struct walk_file *file, uint64_t hash)
{
    return file->conventions == NULL ? hash : hash ^ conventions_hash(file->conventions);
}

/* A file in UTF-16 is read as a stream too, of what it is in UTF-8: only then can be told whose it is. */
static pinakes_status stream_loaded(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                                    struct content *content, pinakes_error *error)
{
    content->text = stream_over(content->loaded.text);
    if (content->text == NULL)
        return error_no_memory(error);
    content->reader = stream_reader(sync, file, known, content->text);
    return PINAKES_OK;
}

/* A read that a signal cut short is the caller's wish to stop, if it is one. */
static pinakes_status content_open(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                                   struct content *out, pinakes_error *error)
{
    *out = (struct content){.stream = file->archive == NULL
                                          ? stream_open(file->path)
                                          : archive_cursor_open(&sync->archives, file->archive, file->member)};
    if (out->stream == NULL)
        return error_no_memory(error);
    out->reader = stream_reader(sync, file, known, out->stream);
    if (out->reader != NULL) {
        out->loaded.outcome = LOAD_TEXT;
        return PINAKES_OK;
    }
    pinakes_status status = load_stream(out->stream, &out->loaded, error);
    if (status == PINAKES_OK && out->loaded.outcome == LOAD_UNREADABLE)
        status = watch_tell(&sync->watch, error);
    if (status == PINAKES_OK && out->loaded.outcome == LOAD_TEXT)
        status = stream_loaded(sync, file, known, out, error);
    out->loaded.hash = hash_with_conventions(file, out->loaded.hash);
    return status;
}

static pinakes_status content_read(struct content *content, struct file_reading *reading, const char **why,
                                   pinakes_error *error)
{
    *why = content->loaded.message;
    if (content->reader == NULL)
        return content->loaded.outcome == LOAD_TEXT ? sync_read_papers(reading, content->loaded.text, why, error)
                                                    : PINAKES_OK;
    reading->reader = content->reader;
    struct stream *stream = content->text == NULL ? content->stream : content->text;
    const pinakes_status status = sync_read_stream(reading, stream, why, error);
    content->loaded.hash = hash_with_conventions(reading->file, stream_hash(content->stream));
    return status;
}

/* ---- with a library ----------------------------------------------------------------------------------------- */

/* Nothing is known of a file's papers but that they are what they were. */
static void leave(struct sync *sync, const struct source_row *known)
{
    sync->summary.papers_unchanged += known->papers;
    sync->watch.progress.papers += known->papers;
    if (known->format[0] == '\0')
        sync->summary.files_passed_over++;
    else
        sync->summary.files_unchanged++;
}

bool sync_file_is_read_alike(const struct sync *sync, const struct walk_file *file, const struct source_row *known)
{
    const struct reader *reader = sync_reader_of(sync, file);
    const bool may_be_pdf = sync->watch.options->pdf && span_ends(span_of(file->name), ".pdf");
    if (known->format[0] == '\0' && (file->is_explicit || may_be_pdf))
        return false; /* it has to be said again why it gives no papers, or looked into for the first time */
    return reader == NULL || strcmp(reader->name, known->format) == 0;
}

bool sync_file_is_unchanged(const struct sync *sync, const struct walk_file *file, const struct source_row *known)
{
    return known->id != 0 && !is_standard_input(file) && known->has_this_name && known->has_these_readers &&
           known->size == file->size && known->mtime_ns == file->mtime_ns && known->ctime_ns == file->ctime_ns &&
           sync_file_is_read_alike(sync, file, known);
}

/* A file stamped so close to this run could change once more within the same tick of the file system's clock (10 ms,
 * or seconds where it keeps no fractions): no stamp is remembered, and the next run looks at its content. */
static int64_t trusted_mtime(const struct sync *sync, const struct walk_file *file)
{
    const int64_t second = 1000000000, tick = file->ctime_ns % second == 0 ? 2 * second : second / 50;
    return file->ctime_ns >= sync->started_ns - tick ? -1 : file->mtime_ns;
}

static struct source_state state_of(const struct sync *sync, const struct walk_file *file, const struct loaded *loaded,
                                    const char *format)
{
    return (struct source_state){
        .file = file, .mtime_ns = trusted_mtime(sync, file), .hash = loaded->hash, .format = format};
}

static pinakes_status keep_paper(void *context, const struct paper *paper, const struct paper_draft *draft,
                                 pinakes_error *error)
{
    struct match *match = context;
    match->writer.ready = draft;
    const pinakes_status status = match_paper(match, paper, error);
    match->writer.ready = NULL;
    return status;
}

/* A file that gave no paper is remembered as such; it is spoken of when first met, and when it had papers before.
 * Standard input without one is more likely the failure of what should have written it. */
static pinakes_status pass_over(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                                const struct loaded *loaded, const char *why, pinakes_error *error)
{
    if (file->is_explicit && (known->papers == 0 || is_standard_input(file)))
        return refuse(file, loaded, why, error);
    if (known->id == 0 || known->papers > 0)
        watch_notice(&sync->watch, file->name, loaded->line, why);
    sync->summary.files_passed_over++;
    return PINAKES_OK;
}

static pinakes_status match_content(struct sync *sync, const struct walk_file *file, int64_t source,
                                    struct content *content, struct file_reading *reading, const char **why,
                                    pinakes_error *error)
{
    *reading = (struct file_reading){.watch = &sync->watch,
                                     .arena = &sync->paper_arena,
                                     .file = file,
                                     .reader = sync_reader_of(sync, file),
                                     .keeps_going = sync_keeps_going(sync, file),
                                     .keep = keep_paper,
                                     .context = &sync->match};
    pinakes_status status = match_begin_file(&sync->match, source, error);
    if (status == PINAKES_OK)
        status = content_read(content, reading, why, error);
    if (status != PINAKES_OK || !reading->is_cut)
        return status == PINAKES_OK ? match_end_file(&sync->match, error) : status;
    match_end_cut_file(&sync->match);
    return PINAKES_OK;
}

static pinakes_status read_file(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                                struct content *content, pinakes_error *error)
{
    struct file_reading reading = {.papers = 0};
    const char *why = NULL;
    int64_t source = known->id;
    pinakes_status status = PINAKES_OK;
    struct source_state state = state_of(sync, file, &content->loaded, "");
    if (source == 0)
        status = source_insert(sync->store, &state, &source, error);
    if (status == PINAKES_OK)
        status = match_content(sync, file, source, content, &reading, &why, error);
    arena_free(&reading.folders);
    if (status != PINAKES_OK)
        return status;
    state.hash = content->loaded.hash;
    if (reading.papers == 0)
        status = pass_over(sync, file, known, &content->loaded, why, error);
    else
        state.format = reading.reader->name;
    sync->summary.files_read += reading.papers > 0 ? 1 : 0;
    sync->summary.records_passed_over += reading.faults;
    sync->match.changed |= known->id != 0 && !known->has_this_name;
    return status == PINAKES_OK ? source_update(sync->store, source, &state, error) : status;
}

static void tell_unreadable(const struct sync *sync, const struct walk_file *file, const struct source_row *known,
                            const struct loaded *loaded)
{
    const char *format = known->papers > 0 ? "%s; its papers stay as they were" : "%s";
    char message[sizeof loaded->message + 64];
    (void)snprintf(message, sizeof message, format, loaded->message);
    watch_notice(&sync->watch, file->name, loaded->line, message);
}

/* A file that cannot be read now keeps the papers it gave when it could. */
static pinakes_status keep_papers(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                                  const struct loaded *loaded, pinakes_error *error)
{
    if (file->is_explicit)
        return refuse(file, loaded, loaded->message, error);
    tell_unreadable(sync, file, known, loaded);
    sync->summary.papers_unchanged += known->papers;
    sync->summary.files_passed_over++;
    return PINAKES_OK;
}

/* The hash of a stream is known before it is read only by reading the file twice, which pays when it may be the
 * same. */
static pinakes_status hash_ahead(const struct walk_file *file, const struct source_row *known, struct content *content,
                                 pinakes_error *error)
{
    if (content->reader == NULL || known->id == 0 || !known->has_these_readers || known->size != file->size ||
        is_standard_input(file) || file->archive != NULL)
        return PINAKES_OK;
    if (!stream_hash_file(file->path, &content->loaded.hash))
        return error_no_memory(error);
    content->loaded.hash = hash_with_conventions(file, content->loaded.hash);
    return PINAKES_OK;
}

static pinakes_status sync_content(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                                   struct content *content, pinakes_error *error)
{
    if (!is_text_or_none(&content->loaded))
        return keep_papers(sync, file, known, &content->loaded, error);
    const pinakes_status status = hash_ahead(file, known, content, error);
    if (status != PINAKES_OK)
        return status;
    const bool is_same =
        known->id != 0 && known->has_this_name && known->has_these_readers && known->hash == content->loaded.hash;
    if (!is_same || !sync_file_is_read_alike(sync, file, known))
        return read_file(sync, file, known, content, error);
    leave(sync, known);
    const struct source_state touched = state_of(sync, file, &content->loaded, known->format);
    return source_update(sync->store, known->id, &touched, error);
}

/* The caller knows that the file is being written. */
static bool is_left(const struct sync *sync, const struct walk_file *file)
{
    const pinakes_index_options *options = sync->watch.options;
    return options->leave != NULL &&
           options->leave(options->context, file->archive == NULL ? file->path : file->archive);
}

pinakes_status sync_file(struct sync *sync, const struct walk_file *file, pinakes_error *error)
{
    struct source_row known;
    struct content content;
    pinakes_status status = source_find(sync->store, file, &known, error);
    if (status != PINAKES_OK)
        return status;
    if (sync_file_is_unchanged(sync, file, &known)) {
        leave(sync, &known);
        return PINAKES_OK;
    }
    if (is_left(sync, file)) {
        leave(sync, &known);
        return PINAKES_OK;
    }
    status = content_open(sync, file, &known, &content, error);
    if (status == PINAKES_OK)
        status = sync_content(sync, file, &known, &content, error);
    content_free(&content);
    return status;
}

/* ---- for comparing --------------------------------------------------------------------------------------------- */

/* The hash of all of a stream, of which nothing is kept. */
static uint64_t drained_hash(struct stream *stream)
{
    enum { PIECE = 1 << 16 };
    for (struct span piece; (piece = stream_peek(stream, PIECE)).len > 0;)
        stream_take(stream, piece.len);
    return stream_hash(stream);
}

pinakes_status sync_look_into(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                              struct file_look *out, pinakes_error *error)
{
    struct content content;
    const pinakes_status status = content_open(sync, file, known, &content, error);
    *out = (struct file_look){.is_readable = is_text_or_none(&content.loaded), .hash = content.loaded.hash};
    if (status == PINAKES_OK && !out->is_readable)
        tell_unreadable(sync, file, known, &content.loaded);
    if (status == PINAKES_OK && content.reader != NULL && known->id != 0)
        out->hash = hash_with_conventions(file, drained_hash(content.stream));
    content_free(&content);
    return status;
}

/* ---- without one --------------------------------------------------------------------------------------------- */

static pinakes_status preview_content(struct sync *sync, const struct walk_file *file, struct content *content,
                                      pinakes_error *error)
{
    struct file_reading reading = {.watch = &sync->watch,
                                   .arena = &sync->paper_arena,
                                   .file = file,
                                   .reader = sync_reader_of(sync, file),
                                   .keeps_going = sync_keeps_going(sync, file)};
    const char *why = NULL;
    const pinakes_status status = content_read(content, &reading, &why, error);
    arena_free(&reading.folders);
    if (status != PINAKES_OK)
        return status;
    sync->summary.papers_new += reading.papers;
    sync->summary.records_passed_over += reading.faults;
    if (reading.papers > 0) {
        sync->summary.files_read++;
        return PINAKES_OK;
    }
    if (file->is_explicit)
        return refuse(file, &content->loaded, why, error);
    watch_notice(&sync->watch, file->name, content->loaded.line, why);
    sync->summary.files_passed_over++;
    return PINAKES_OK;
}

pinakes_status sync_preview_file(struct sync *sync, const struct walk_file *file, pinakes_error *error)
{
    struct content content;
    pinakes_status status = content_open(sync, file, NULL, &content, error);
    if (status == PINAKES_OK)
        status = preview_content(sync, file, &content, error);
    content_free(&content);
    return status;
}
