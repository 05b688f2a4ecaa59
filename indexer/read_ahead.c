#include "indexer/read_ahead.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/lane.h"

#include <stdlib.h>

enum message_kind { MESSAGE_PAPER, MESSAGE_NOTICE, MESSAGE_FAULT };

/* What the reader found, on its way to the caller. */
struct message {
    enum message_kind kind;
    struct arena arena; /* of the paper, or of the text */
    struct paper paper;
    struct paper_draft draft;
    uint64_t bytes; /* of the stream, read so far */
    uint32_t line;
    const char *text;
};

struct reading {
    const struct ahead_source *source;
    struct analyzer *analyzer;
    struct lane lane;
    pthread_t thread;
    pinakes_status status; /* of the thread, when it has ended */
    pinakes_error error;
    struct message messages[LANE_PLACES];
};

/* ---- copying ----------------------------------------------------------------------------------------------- */

static bool copy_span(struct arena *arena, struct span from, struct span *to)
{
    *to = (struct span){from.len == 0 ? "" : arena_string(arena, from), from.len};
    return to->at != NULL;
}

static bool copy_list(struct arena *arena, const struct span *from, size_t count, const struct span **to)
{
    struct span *copy = arena_array(arena, count + 1, sizeof *copy);
    bool copied = copy != NULL;
    for (size_t i = 0; i < count && copied; i++)
        copied = copy_span(arena, from[i], &copy[i]);
    *to = copy;
    return copied;
}

static bool copy_passages(struct arena *arena, const struct paper *from, struct paper *to)
{
    struct passage *copy = arena_array(arena, from->passage_count + 1, sizeof *copy);
    bool copied = copy != NULL;
    for (size_t i = 0; i < from->passage_count && copied; i++) {
        const struct passage *passage = &from->passages[i];
        copy[i] = *passage;
        copied = copy_span(arena, passage->text, &copy[i].text);
        copy[i].words = copy[i].text; /* the same memory says that nothing is blanked */
        if (copied && passage->words.at != passage->text.at)
            copied = copy_span(arena, passage->words, &copy[i].words);
    }
    to->passages = copy;
    return copied;
}

static bool copy_paper(struct arena *arena, const struct paper *from, struct paper *to)
{
    *to = *from;
    to->rule = from->rule == NULL ? NULL : arena_string(arena, span_of(from->rule));
    return (from->rule == NULL || to->rule != NULL) && copy_span(arena, from->id, &to->id) &&
           copy_span(arena, from->title, &to->title) && copy_span(arena, from->venue, &to->venue) &&
           copy_span(arena, from->url, &to->url) && copy_span(arena, from->doi, &to->doi) &&
           copy_span(arena, from->arxiv, &to->arxiv) && copy_span(arena, from->pmid, &to->pmid) &&
           copy_list(arena, from->authors, from->author_count, &to->authors) &&
           copy_list(arena, from->tags, from->tag_count, &to->tags) && copy_passages(arena, from, to);
}

/* ---- the thread that reads --------------------------------------------------------------------------------- */

static pinakes_status begin_message(struct reading *reading, enum message_kind kind, uint32_t line,
                                    struct message **out, pinakes_error *error)
{
    const size_t place = lane_room(&reading->lane);
    if (place == LANE_NONE)
        return error_set(error, PINAKES_CANCELLED, "stopped");
    *out = &reading->messages[place];
    arena_reset(&(*out)->arena);
    (*out)->kind = kind;
    (*out)->line = line;
    (*out)->bytes = stream_bytes(reading->source->stream);
    return PINAKES_OK;
}

static pinakes_status send_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    struct reading *reading = context;
    const struct ahead_source *source = reading->source;
    struct message *message = NULL;
    const pinakes_status status = begin_message(reading, MESSAGE_PAPER, paper->line, &message, error);
    if (status != PINAKES_OK)
        return status;
    if (!copy_paper(&message->arena, paper, &message->paper) ||
        !conventions_fill(source->conventions, source->below, &message->arena, &message->paper) ||
        !paper_draft_make(&message->draft, reading->analyzer, &message->paper))
        return error_no_memory(error);
    message->draft.hash = paper_hash(&message->paper);
    lane_put(&reading->lane, message->arena.used + analysis_bytes(&message->draft.analysis));
    return PINAKES_OK;
}

static pinakes_status send_text(struct reading *reading, enum message_kind kind, uint32_t line, const char *text,
                                pinakes_error *error)
{
    struct message *message = NULL;
    const pinakes_status status = begin_message(reading, kind, line, &message, error);
    if (status != PINAKES_OK)
        return status;
    message->text = arena_string(&message->arena, span_of(text));
    if (message->text == NULL)
        return error_no_memory(error);
    lane_put(&reading->lane, message->arena.used);
    return PINAKES_OK;
}

static void send_notice(void *context, uint32_t line, const char *text)
{
    pinakes_error unwanted;
    (void)send_text(context, MESSAGE_NOTICE, line, text, &unwanted);
}

static pinakes_status send_fault(void *context, uint32_t line, const char *text, pinakes_error *error)
{
    return send_text(context, MESSAGE_FAULT, line, text, error);
}

static void *read_stream(void *context)
{
    struct reading *reading = context;
    const struct ahead_source *source = reading->source;
    const struct paper_sink sink = {.context = reading,
                                    .source = source->name,
                                    .conventions = source->conventions,
                                    .paper = send_paper,
                                    .notice = send_notice,
                                    .fault = send_fault};
    reading->status = source->reader->read_stream(source->stream, &sink, &reading->error);
    lane_end(&reading->lane);
    return NULL;
}

/* ---- the caller -------------------------------------------------------------------------------------------- */

static pinakes_status hand_over(const struct message *message, const struct ahead_sink *sink, pinakes_error *error)
{
    switch (message->kind) {
    case MESSAGE_PAPER:
        return sink->paper(sink->context, &message->paper, &message->draft, message->bytes, error);
    case MESSAGE_NOTICE:
        sink->notice(sink->context, message->line, message->text);
        return PINAKES_OK;
    case MESSAGE_FAULT:
        return sink->fault(sink->context, message->line, message->text, error);
    }
    return PINAKES_OK;
}

static pinakes_status take_all(struct reading *reading, const struct ahead_sink *sink, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t place; status == PINAKES_OK && (place = lane_next(&reading->lane)) != LANE_NONE;) {
        status = hand_over(&reading->messages[place], sink, error);
        lane_free(&reading->lane);
    }
    if (status != PINAKES_OK)
        lane_stop(&reading->lane);
    (void)pthread_join(reading->thread, NULL);
    if (status == PINAKES_OK && reading->status != PINAKES_OK) {
        status = reading->status;
        *error = reading->error;
    }
    return status;
}

pinakes_status read_ahead(const struct ahead_source *source, const struct ahead_sink *sink, pinakes_error *error)
{
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return error_no_memory(error);
    reading->source = source;
    lane_init(&reading->lane);
    pinakes_status status = analyzer_create(&reading->analyzer, error);
    if (status == PINAKES_OK && pthread_create(&reading->thread, NULL, read_stream, reading) != 0)
        status = error_no_memory(error);
    if (status == PINAKES_OK)
        status = take_all(reading, sink, error);
    for (size_t i = 0; i < LANE_PLACES; i++) {
        arena_free(&reading->messages[i].arena);
        paper_draft_free(&reading->messages[i].draft);
    }
    analyzer_free(reading->analyzer);
    lane_destroy(&reading->lane);
    free(reading);
    return status;
}
