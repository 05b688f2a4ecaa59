#include "cli/text_paper.h"

#include "cli/flow.h"
#include "cli/memory.h"
#include "cli/text_proof.h"

#include <stdlib.h>
#include <string.h>

enum {
    BODY_COLUMN = 4, /* where the lines below a title begin */
    GAP_COLUMNS = 2,
    AUTHORS_SHOWN = 3,
};

struct text_paper text_paper_start(FILE *out, const struct terminal *terminal, const struct paper_list *list)
{
    return (struct text_paper){.out = out, .terminal = terminal, .list = list};
}

/* The evidence that is the title itself, and where the title begins in it; NULL when there is none. */
static const pinakes_evidence *title_evidence(const struct entry *entry, size_t *start)
{
    for (size_t i = 0; i < entry->evidence_count; i++) {
        const pinakes_evidence *evidence = &entry->evidence[i];
        if (strcmp(evidence->field, "title") != 0) {
            continue;
        }
        const char *found = memmem(evidence->text, evidence->bytes, entry->title, strlen(entry->title));
        if (found) {
            *start = (size_t)(found - evidence->text);
            return evidence;
        }
    }
    return NULL;
}

/* The title alone, nothing marked: it proves nothing, and only says where the paper stands. */
static const pinakes_evidence *bare_title(const struct entry *entry)
{
    size_t start;
    const pinakes_evidence *title = entry->evidence_count == 1 ? title_evidence(entry, &start) : NULL;
    return title && title->mark_count == 0 ? title : NULL;
}

bool text_paper_is_roomy(const struct text_paper *papers, const struct entry *entry)
{
    switch (papers->list->view) {
    case VIEW_HIT:
        return (entry->evidence_count > 0 && !bare_title(entry)) || entry->explanation;
    case VIEW_RELATED:
    case VIEW_TOPIC:
    case VIEW_WHOLE:
        return true;
    case VIEW_PREVIEW:
        break;
    }
    return false;
}

/* ---- the line below the title: venue, year, authors, topics, key ----------------------------------------- */

/* Writes one piece of a line, set apart from those before it. */
static void put_piece(struct flow *flow, bool *first, enum style style, const char *text)
{
    if (!*first) {
        flow_text(flow, STYLE_FAINT, " · ");
    }
    flow_text(flow, style, text);
    *first = false;
}

static void put_venue_and_year(struct flow *flow, bool *first, const struct entry *entry)
{
    const bool has_venue = entry->venue && *entry->venue;
    if (!has_venue && entry->year <= 0) {
        return;
    }
    const char *venue = has_venue ? entry->venue : "";
    char *text = entry->year > 0 ? memory_format("%s%s%d", venue, has_venue ? " " : "", entry->year)
                                 : memory_format("%s", venue);
    put_piece(flow, first, STYLE_PLAIN, text);
    free(text);
}

static void put_authors(struct flow *flow, bool *first, const struct entry *entry, size_t limit)
{
    if (entry->author_count == 0) {
        return;
    }
    const bool all = entry->author_count <= limit;
    char *names = memory_join(entry->authors, all ? entry->author_count : 1, ", ");
    char *text = memory_format("%s%s", names, all ? "" : " et al.");
    put_piece(flow, first, STYLE_PLAIN, text);
    free(text);
    free(names);
}

static bool shows_topics(enum paper_view view)
{
    return view == VIEW_HIT || view == VIEW_RELATED;
}

static void put_facts(const struct text_paper *papers, const struct entry *entry, size_t column)
{
    struct flow flow = flow_at(papers->out, papers->terminal, column, column);
    bool first = true;
    put_venue_and_year(&flow, &first, entry);
    const bool is_whole = papers->list->view == VIEW_WHOLE;
    put_authors(&flow, &first, entry, is_whole ? entry->author_count : AUTHORS_SHOWN);
    for (size_t i = 0; i < entry->topic_count && shows_topics(papers->list->view); i++) {
        put_piece(&flow, &first, STYLE_TOPIC, entry->topics[i].topic);
    }
    if (entry->key) {
        put_piece(&flow, &first, STYLE_FAINT, entry->key);
    }
    if (papers->list->view == VIEW_PREVIEW) {
        put_piece(&flow, &first, STYLE_FAINT, entry->rule);
    }
    const pinakes_evidence *title = bare_title(entry);
    if (title) {
        char *source = memory_format("%s:%u", title->file, title->line);
        put_piece(&flow, &first, STYLE_SOURCE, source);
        free(source);
    }
    fputc('\n', papers->out);
}

/* ---- titles ---------------------------------------------------------------------------------------------- */

/* The title, with the words matched in it set off. */
static void put_title(struct flow *flow, const struct entry *entry)
{
    size_t start = 0;
    const pinakes_evidence *evidence = title_evidence(entry, &start);
    const size_t count = evidence ? evidence->mark_count : 0;
    pinakes_mark *marks = memory_array(count, sizeof *marks);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (evidence->marks[i].start >= start) {
            marks[used++] = (pinakes_mark){evidence->marks[i].start - start, evidence->marks[i].bytes};
        }
    }
    flow_marked(flow, STYLE_TITLE, entry->title, strlen(entry->title), marks, used);
    free(marks);
}

/* ---- what proves it: evidence and passages ---------------------------------------------------------------- */

static void put_evidence(const struct text_paper *papers, const struct entry *entry)
{
    size_t width = 0;
    for (size_t i = 0; i < entry->evidence_count; i++) {
        const size_t own = proof_source_columns(entry->evidence[i].file, entry->evidence[i].line);
        width = own > width ? own : width;
    }
    static const char in_title[] = "in the title";
    size_t start;
    const pinakes_evidence *title = title_evidence(entry, &start);
    for (size_t i = 0; i < entry->evidence_count; i++) {
        const pinakes_evidence *evidence = &entry->evidence[i];
        struct proof proof = {.file = evidence->file,
                              .line = evidence->line,
                              .text = evidence->text,
                              .bytes = evidence->bytes,
                              .marks = evidence->marks,
                              .mark_count = evidence->mark_count};
        if (evidence == title) { /* it stands above, marked */
            proof.text = in_title;
            proof.bytes = strlen(in_title);
            proof.mark_count = 0;
            proof.style = STYLE_FAINT;
        }
        proof_write(&proof, papers->out, papers->terminal, width);
    }
}

/* Each line of a passage has its own number. */
static void put_passage(const struct text_paper *papers, const pinakes_passage *passage, size_t width)
{
    const char *at = passage->text;
    const char *end = passage->text + passage->bytes;
    for (uint32_t line = passage->line; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        const struct proof proof = {.file = passage->file, .line = line, .text = at, .bytes = (size_t)(stop - at)};
        proof_write(&proof, papers->out, papers->terminal, width);
        at = stop + 1;
    }
}

/* Title, authors, venue and tags stand at the head of the paper already. */
static bool is_body(const pinakes_passage *passage)
{
    static const char *const head[] = {"title", "author", "venue", "tag"};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        if (strcmp(passage->field, head[i]) == 0) {
            return false;
        }
    }
    return true;
}

static void put_passages(const struct text_paper *papers, const struct entry *entry)
{
    size_t width = 0;
    for (size_t i = 0; i < entry->passage_count; i++) {
        const size_t own = proof_source_columns(entry->passages[i].file, entry->passages[i].line);
        width = own > width ? own : width;
    }
    const char *field = "";
    for (size_t i = 0; i < entry->passage_count; i++) {
        const pinakes_passage *passage = &entry->passages[i];
        if (!is_body(passage)) {
            continue;
        }
        if (strcmp(field, passage->field) != 0) {
            struct flow flow = flow_at(papers->out, papers->terminal, 0, 0);
            flow_line(&flow, GAP_COLUMNS);
            flow_text(&flow, STYLE_FAINT, passage->field);
            flow_line(&flow, 0);
            field = passage->field;
        }
        put_passage(papers, passage, width);
    }
}

/* ---- the four views -------------------------------------------------------------------------------------- */

static void put_explanation(const struct text_paper *papers, const struct entry *entry)
{
    fprintf(papers->out, "%*sscore %.4f\n", BODY_COLUMN, "", entry->score);
    for (const char *at = entry->explanation; *at;) {
        const size_t bytes = strcspn(at, "\n");
        put_spaces(papers->out, BODY_COLUMN + GAP_COLUMNS);
        const size_t column = BODY_COLUMN + GAP_COLUMNS;
        struct flow flow = flow_at(papers->out, papers->terminal, column, column);
        flow_marked(&flow, STYLE_FAINT, at, bytes, NULL, 0);
        fputc('\n', papers->out);
        at += bytes + (at[bytes] == '\n');
    }
}

static void put_ranked_title(const struct text_paper *papers, const struct entry *entry)
{
    char *rank = memory_format("%2llu. ", (unsigned long long)entry->rank);
    struct flow flow = flow_at(papers->out, papers->terminal, strlen(rank), BODY_COLUMN);
    style_begin(papers->out, papers->terminal, STYLE_FAINT);
    fputs(rank, papers->out);
    style_end(papers->out, papers->terminal, STYLE_FAINT);
    free(rank);
    put_title(&flow, entry);
    flow_line(&flow, BODY_COLUMN);
    put_facts(papers, entry, BODY_COLUMN);
}

static void put_shared(const struct text_paper *papers, const struct entry *entry)
{
    char *shared = entry_shared(entry, ", ");
    put_spaces(papers->out, BODY_COLUMN);
    struct flow flow = flow_at(papers->out, papers->terminal, BODY_COLUMN, BODY_COLUMN + GAP_COLUMNS);
    flow_text(&flow, STYLE_FAINT, "shares ");
    flow_text(&flow, STYLE_TOPIC, shared);
    fputc('\n', papers->out);
    free(shared);
}

static void put_hit(const struct text_paper *papers, const struct entry *entry)
{
    put_ranked_title(papers, entry);
    if (papers->list->view == VIEW_RELATED) {
        put_shared(papers, entry);
    }
    if (!bare_title(entry)) {
        put_evidence(papers, entry);
    }
    if (entry->explanation) {
        put_explanation(papers, entry);
    }
}

static void put_assignment(const struct text_paper *papers, const pinakes_assignment *assignment, size_t column)
{
    char *score = memory_format("%.3g", assignment->score);
    put_spaces(papers->out, column);
    struct flow flow = flow_at(papers->out, papers->terminal, column, column + strlen(score) + GAP_COLUMNS);
    flow_text(&flow, STYLE_TOPIC, score);
    flow_to(&flow, flow.indent);
    flow_text(&flow, STYLE_PLAIN, assignment->cause);
    fputc('\n', papers->out);
    free(score);
}

static void put_topic_paper(const struct text_paper *papers, const struct entry *entry)
{
    put_ranked_title(papers, entry);
    const pinakes_assignment *assignment = entry_topic(entry, papers->list->topic);
    if (assignment) {
        put_assignment(papers, assignment, BODY_COLUMN);
    }
}

static void put_detail(const struct text_paper *papers, const char *label, const char *text)
{
    enum { LABEL_COLUMNS = 8 };
    const size_t column = GAP_COLUMNS + LABEL_COLUMNS;
    put_spaces(papers->out, GAP_COLUMNS);
    struct flow flow = flow_at(papers->out, papers->terminal, GAP_COLUMNS, column);
    flow_text(&flow, STYLE_FAINT, label);
    flow_to(&flow, column);
    flow_text(&flow, STYLE_PLAIN, text);
    fputc('\n', papers->out);
}

static void put_details(const struct text_paper *papers, const struct entry *entry)
{
    char *source = memory_format("%s:%u, %s", entry->path, entry->line, entry->rule);
    put_detail(papers, "from", source);
    free(source);
    if (entry->url && *entry->url) {
        put_detail(papers, "url", entry->url);
    }
    if (entry->doi && *entry->doi) {
        put_detail(papers, "doi", entry->doi);
    }
    if (entry->arxiv && *entry->arxiv) {
        put_detail(papers, "arxiv", entry->arxiv);
    }
    if (entry->pmid && *entry->pmid) {
        put_detail(papers, "pmid", entry->pmid);
    }
    if (entry->tag_count > 0) {
        char *tags = memory_join(entry->tags, entry->tag_count, ", ");
        put_detail(papers, "tags", tags);
        free(tags);
    }
    for (size_t i = 0; i < entry->record_count; i++) {
        const pinakes_record *record = &entry->records[i];
        char *text = memory_format("%s in %s:%u, %s", record->key, record->path, record->line, record->reason);
        put_detail(papers, i == 0 ? "joined" : "", text);
        free(text);
    }
    for (size_t i = 0; i < entry->topic_count; i++) {
        const pinakes_assignment *topic = &entry->topics[i];
        char *text = memory_format("%s %.3g: %s", topic->topic, topic->score, topic->cause);
        put_detail(papers, i == 0 ? "topics" : "", text);
        free(text);
    }
}

static void put_whole(const struct text_paper *papers, const struct entry *entry)
{
    struct flow flow = flow_at(papers->out, papers->terminal, 0, 0);
    put_title(&flow, entry);
    flow_line(&flow, GAP_COLUMNS);
    put_facts(papers, entry, GAP_COLUMNS);
    put_details(papers, entry);
    put_passages(papers, entry);
}

static void put_preview(struct text_paper *papers, const struct entry *entry)
{
    const size_t own = proof_source_columns(entry->file, entry->line);
    if (own <= PROOF_WIDEST_SOURCE && own > papers->source_columns) {
        papers->source_columns = own;
    }
    const size_t column = papers->source_columns + GAP_COLUMNS;
    struct flow flow = flow_at(papers->out, papers->terminal, 0, column);
    char *source = memory_format("%s:%u", entry->file, entry->line);
    flow_text(&flow, STYLE_SOURCE, source);
    free(source);
    if (own <= PROOF_WIDEST_SOURCE) {
        flow_to(&flow, column);
    } else {
        flow_line(&flow, column);
    }
    put_title(&flow, entry);
    flow_line(&flow, column);
    put_facts(papers, entry, column);
}

void text_paper_write(struct text_paper *papers, const struct entry *entry)
{
    switch (papers->list->view) {
    case VIEW_HIT:
    case VIEW_RELATED:
        put_hit(papers, entry);
        break;
    case VIEW_TOPIC:
        put_topic_paper(papers, entry);
        break;
    case VIEW_WHOLE:
        put_whole(papers, entry);
        break;
    case VIEW_PREVIEW:
        put_preview(papers, entry);
        break;
    }
}
