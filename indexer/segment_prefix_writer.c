#include "indexer/segment_prefix_writer.h"

#include <stdlib.h>

enum {
    COUNTED = 2048, /* postings: to read fewer costs a query no more than it would save */
    LISTED = 3,     /* postings for each document of the segment, from which on there is a list */
};

/* ---- planning: the tree of common beginnings, by the lengths that neighbours share ------------------------------- */

struct prefix_run {
    size_t shared;  /* bytes with which all its tokens begin */
    uint32_t first; /* token */
    uint64_t postings;
};

/* An array of at least one more element; NULL when memory is short. */
static void *grow(struct prefix_writer *writer, void *array, size_t count, size_t *capacity, size_t bytes)
{
    if (count < *capacity)
        return array;
    const size_t wider = *capacity * 2 + 16;
    void *moved = realloc(array, wider * bytes);
    writer->failed |= moved == NULL;
    if (moved != NULL)
        *capacity = wider;
    return moved;
}

static void add_planned(struct prefix_writer *writer, const struct prefix_run *run)
{
    const uint64_t listed = (uint64_t)LISTED * writer->documents;
    struct segment_counted_prefix *planned =
        grow(writer, writer->planned, writer->planned_count, &writer->planned_capacity, sizeof *planned);
    if (planned == NULL)
        return;
    writer->planned = planned;
    planned[writer->planned_count++] = (struct segment_counted_prefix){
        .first = run->first,
        .behind = writer->tokens,
        .term = {.documents = run->postings < listed ? SEGMENT_COUNTED_ONLY : 0},
    };
}

static void push_run(struct prefix_writer *writer, const struct prefix_run *run)
{
    struct prefix_run *runs = grow(writer, writer->runs, writer->run_count, &writer->run_capacity, sizeof *runs);
    if (runs == NULL)
        return;
    writer->runs = runs;
    runs[writer->run_count++] = *run;
}

/* Ends the runs that share more than `shared` bytes; the last one that ends goes on as part of one that shares
 * those. */
static void end_runs(struct prefix_writer *writer, size_t shared)
{
    struct prefix_run last = {SIZE_MAX, writer->tokens - 1, writer->postings};
    while (writer->run_count > 0 && writer->runs[writer->run_count - 1].shared > shared) {
        struct prefix_run *run = &writer->runs[--writer->run_count];
        run->postings += last.postings;
        last = *run;
        if (last.postings >= COUNTED)
            add_planned(writer, &last);
    }
    if (shared == 0)
        return;
    last.shared = shared;
    if (writer->run_count > 0 && writer->runs[writer->run_count - 1].shared == shared)
        writer->runs[writer->run_count - 1].postings += last.postings;
    else
        push_run(writer, &last);
}

void prefix_writer_plan(struct prefix_writer *writer, struct span token, uint64_t postings)
{
    end_runs(writer, span_shared(writer->token, token));
    writer->token = token;
    writer->postings = postings;
    writer->tokens++;
}

static int outer_first(const void *a, const void *b)
{
    const struct segment_counted_prefix *x = a, *y = b;
    return x->first != y->first ? (x->first > y->first) - (x->first < y->first)
                                : (x->behind < y->behind) - (x->behind > y->behind);
}

bool prefix_writer_start(struct prefix_writer *writer)
{
    end_runs(writer, 0);
    if (writer->planned_count > 0)
        qsort(writer->planned, writer->planned_count, sizeof *writer->planned, outer_first);
    return !writer->failed;
}

/* ---- counting ------------------------------------------------------------------------------------------------- */

/* Each document is noted in the innermost prefix, which hands on what it has when it ends. */
struct open_prefix {
    size_t planned;
    uint64_t *held;        /* a bit for each document */
    uint32_t *frequencies; /* by document, where there is to be a list, */
    uint32_t *counted;     /* else those of the next one outside that has them; NULL when none has */
};

static size_t words_of(const struct prefix_writer *writer)
{
    return (size_t)writer->documents / 64 + 1;
}

static bool is_listed(const struct prefix_writer *writer, size_t planned)
{
    return (writer->planned[planned].term.documents & SEGMENT_COUNTED_ONLY) == 0;
}

static bool open_next(struct prefix_writer *writer)
{
    struct open_prefix *open =
        grow(writer, writer->open, writer->open_count, &writer->open_capacity, sizeof *writer->open);
    if (open == NULL)
        return false;
    writer->open = open;
    struct open_prefix *prefix = &open[writer->open_count];
    uint32_t *outside = writer->open_count == 0 ? NULL : prefix[-1].counted;
    *prefix = (struct open_prefix){.planned = writer->next, .held = calloc(words_of(writer), sizeof *prefix->held)};
    if (is_listed(writer, writer->next))
        prefix->frequencies = calloc(writer->documents, sizeof *prefix->frequencies);
    prefix->counted = prefix->frequencies != NULL ? prefix->frequencies : outside;
    writer->failed |= prefix->held == NULL || (is_listed(writer, writer->next) && prefix->frequencies == NULL);
    writer->open_count++;
    writer->next++;
    return !writer->failed;
}

bool prefix_writer_enter(struct prefix_writer *writer, uint32_t token)
{
    while (writer->next < writer->planned_count && writer->planned[writer->next].first == token)
        if (!open_next(writer))
            return false;
    return true;
}

void prefix_writer_add(struct prefix_writer *writer, uint32_t document, uint32_t frequency, bool is_overlap)
{
    if (writer->open_count == 0)
        return;
    const struct open_prefix *prefix = &writer->open[writer->open_count - 1];
    if (!is_overlap)
        prefix->held[document / 64] |= UINT64_C(1) << document % 64;
    if (prefix->counted != NULL) /* an overlap may come before its words: sums are right in the end */
        prefix->counted[document] += is_overlap ? -frequency : frequency;
}

static uint32_t count_held(const struct prefix_writer *writer, const struct open_prefix *prefix)
{
    uint32_t documents = 0;
    for (size_t word = 0; word < words_of(writer); word++)
        documents += (uint32_t)__builtin_popcountll(prefix->held[word]);
    return documents;
}

static struct segment_term write_list(struct prefix_writer *writer, const struct open_prefix *prefix, uint32_t *outside)
{
    list_writer_begin(writer->lists, count_held(writer, prefix), true);
    for (size_t word = 0; word < words_of(writer); word++) {
        for (uint64_t bits = prefix->held[word]; bits != 0; bits &= bits - 1) {
            const uint32_t document = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
            list_writer_add_bare(writer->lists, document, prefix->frequencies[document]);
            if (outside != NULL)
                outside[document] += prefix->frequencies[document];
        }
    }
    return list_writer_end(writer->lists);
}

static void end_innermost(struct prefix_writer *writer)
{
    struct open_prefix *prefix = &writer->open[--writer->open_count];
    struct open_prefix *outside = writer->open_count == 0 ? NULL : prefix - 1;
    struct segment_term *term = &writer->planned[prefix->planned].term;
    if (prefix->frequencies != NULL)
        *term = write_list(writer, prefix, outside == NULL ? NULL : outside->counted);
    else
        term->documents = count_held(writer, prefix) | SEGMENT_COUNTED_ONLY;
    for (size_t word = 0; word < words_of(writer) && outside != NULL; word++)
        outside->held[word] |= prefix->held[word];
    free(prefix->held);
    free(prefix->frequencies);
}

void prefix_writer_leave(struct prefix_writer *writer, uint32_t tokens)
{
    while (writer->open_count > 0 && writer->planned[writer->open[writer->open_count - 1].planned].behind == tokens)
        end_innermost(writer);
}

void prefix_writer_free(struct prefix_writer *writer)
{
    for (size_t i = 0; i < writer->open_count; i++) {
        free(writer->open[i].held);
        free(writer->open[i].frequencies);
    }
    free(writer->open);
    free(writer->runs);
    free(writer->planned);
}
