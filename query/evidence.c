#include "query/evidence.h"

#include "base/error.h"
#include "query/excerpt.h"
#include "query/sentences.h"
#include "query/touches.h"

#include <stdlib.h>

/* What a sentence shows of one aspect. */
struct shown {
    size_t aspect;
    double value;
};

/* A sentence with at least one touch. */
struct sentence {
    struct excerpt excerpt;
    size_t passage;
    size_t order; /* in the source */
    struct shown *shown;
    size_t shown_count, shown_capacity;
    double total;
    bool is_title;
    bool is_chosen;
};

struct choice {
    const struct loaded_paper *paper;
    struct arena *scratch;
    struct touches *touches;
    struct sentence *sentences;
    size_t count, capacity;
    double *covered; /* the best value of each aspect among the chosen */
    const struct sentence **chosen;
    size_t chosen_count;
    bool memory_failed;
};

/* ---- candidates ------------------------------------------------------------------------------------------ */

struct valuation {
    struct choice *choice;
    struct sentence *sentence;
};

static void add_shown(void *context, size_t aspect, double value)
{
    const struct valuation *valuation = context;
    struct sentence *sentence = valuation->sentence;
    struct shown *shown = arena_grow(valuation->choice->scratch, sentence->shown, sentence->shown_count,
                                     &sentence->shown_capacity, sizeof *shown);
    if (shown == NULL) {
        valuation->choice->memory_failed = true;
        return;
    }
    shown[sentence->shown_count++] = (struct shown){aspect, value};
    sentence->shown = shown;
    sentence->total += value;
}

static void add_sentence(struct choice *choice, size_t passage, const struct excerpt *excerpt)
{
    struct sentence *sentences =
        arena_grow(choice->scratch, choice->sentences, choice->count, &choice->capacity, sizeof *sentences);
    if (sentences == NULL) {
        choice->memory_failed = true;
        return;
    }
    choice->sentences = sentences;
    struct sentence *sentence = &sentences[choice->count];
    *sentence = (struct sentence){
        .excerpt = *excerpt,
        .passage = passage,
        .order = choice->count++,
        .is_title = choice->paper->passages[passage].field == FIELD_TITLE,
    };
    excerpt_cut(&sentence->excerpt, &choice->paper->passages[passage], choice->touches);
    struct valuation valuation = {choice, sentence};
    touches_value(choice->touches, sentence->excerpt.touches, sentence->excerpt.touch_count, add_shown, &valuation);
}

/* Titles, names and tags are one piece, whatever full stops they hold. */
static bool is_prose(enum field field)
{
    return field == FIELD_ABSTRACT || field == FIELD_NOTE || field == FIELD_QA;
}

static bool next_piece(struct sentences *sentences, bool is_prose_field, size_t *start, size_t *bytes)
{
    if (is_prose_field)
        return sentences_next(sentences, start, bytes);
    *start = 0;
    *bytes = sentences->source.len;
    sentences->source.len = 0; /* once */
    return *bytes > 0;
}

/* The sentences of one passage that hold any of its touches. A touch belongs to the sentence it begins in. */
static void add_passage(struct choice *choice, size_t index, const struct touch *touches, size_t touch_count)
{
    const struct loaded_passage *passage = &choice->paper->passages[index];
    struct sentences sentences;
    struct excerpt excerpt;
    size_t used = 0;
    sentences_start(&sentences, passage->source, passage->words);
    while (used < touch_count && next_piece(&sentences, is_prose(passage->field), &excerpt.start, &excerpt.bytes)) {
        while (used < touch_count && touches[used].start < excerpt.start)
            used++;
        size_t behind = used;
        while (behind < touch_count && touches[behind].start < excerpt.start + excerpt.bytes)
            behind++;
        excerpt.touches = touches + used;
        excerpt.touch_count = behind - used;
        if (excerpt.touch_count > 0)
            add_sentence(choice, index, &excerpt);
        used = behind;
    }
}

static void find_sentences(struct choice *choice)
{
    size_t count;
    const struct touch *list = touches_list(choice->touches, &count);
    for (size_t first = 0; first < count && !choice->memory_failed;) {
        size_t behind = first + 1;
        while (behind < count && list[behind].passage == list[first].passage)
            behind++;
        add_passage(choice, list[first].passage, list + first, behind - first);
        first = behind;
    }
}

/* ---- choosing -------------------------------------------------------------------------------------------- */

static int by_worth(const void *a, const void *b)
{
    const struct sentence *x = *(const struct sentence *const *)a, *y = *(const struct sentence *const *)b;
    if (x->total != y->total)
        return x->total > y->total ? -1 : 1;
    if (x->is_title != y->is_title)
        return x->is_title ? -1 : 1;
    if (x->shown_count != y->shown_count)
        return x->shown_count > y->shown_count ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* One sentence alone shall tell more than the title, which stands above it anyway. */
static int by_worth_of_one(const void *a, const void *b)
{
    const struct sentence *x = *(const struct sentence *const *)a, *y = *(const struct sentence *const *)b;
    if (x->total == y->total && x->is_title != y->is_title)
        return x->is_title ? 1 : -1;
    return by_worth(a, b);
}

static double gain_of(const struct choice *choice, const struct sentence *sentence)
{
    double gain = 0;
    for (size_t i = 0; i < sentence->shown_count; i++) {
        const double more = sentence->shown[i].value - choice->covered[sentence->shown[i].aspect];
        gain += more > 0 ? more : 0;
    }
    return gain;
}

static void choose(struct choice *choice, struct sentence *sentence)
{
    sentence->is_chosen = true;
    choice->chosen[choice->chosen_count++] = sentence;
    for (size_t i = 0; i < sentence->shown_count; i++) {
        double *covered = &choice->covered[sentence->shown[i].aspect];
        if (sentence->shown[i].value > *covered)
            *covered = sentence->shown[i].value;
    }
}

/* `ranked` is in the order of by_worth(), so that the first of equal gains is the one to take. */
static void choose_sentences(struct choice *choice, struct sentence **ranked, size_t limit)
{
    double gain = 1;
    while (choice->chosen_count < limit && gain > 0) {
        struct sentence *best = NULL;
        gain = 0;
        for (size_t i = 0; i < choice->count; i++) {
            const double more = ranked[i]->is_chosen ? 0 : gain_of(choice, ranked[i]);
            if (more > gain) {
                gain = more;
                best = ranked[i];
            }
        }
        if (best != NULL)
            choose(choice, best);
    }
    for (size_t i = 0; i < choice->count && choice->chosen_count < limit; i++)
        if (!ranked[i]->is_chosen)
            choose(choice, ranked[i]);
}

static void rank_and_choose(struct choice *choice, size_t limit)
{
    struct sentence **ranked = arena_array(choice->scratch, choice->count, sizeof(struct sentence *));
    choice->chosen = arena_array(choice->scratch, choice->count, sizeof(struct sentence *));
    choice->covered = arena_array(choice->scratch, touches_aspect_count(choice->touches), sizeof *choice->covered);
    if (ranked == NULL || choice->chosen == NULL || choice->covered == NULL) {
        choice->memory_failed = true;
        return;
    }
    for (size_t i = 0; i < choice->count; i++)
        ranked[i] = &choice->sentences[i];
    if (choice->count > 0)
        qsort(ranked, choice->count, sizeof(struct sentence *), limit == 1 ? by_worth_of_one : by_worth);
    choose_sentences(choice, ranked, limit);
}

/* When no text was asked for, the title says at least which paper this is and where it stands. */
static void fall_back_on_title(struct choice *choice)
{
    for (size_t i = 0; i < choice->paper->passage_count && choice->count == 0; i++)
        if (choice->paper->passages[i].field == FIELD_TITLE)
            add_sentence(choice, i, &(struct excerpt){.bytes = choice->paper->passages[i].source.len});
}

pinakes_status evidence_choose(const struct loaded_paper *paper, const struct document *document,
                               const struct aspects *aspects, size_t list_count, size_t limit, struct arena *arena,
                               struct arena *scratch, const pinakes_evidence **out, size_t *count, pinakes_error *error)
{
    struct choice choice = {.paper = paper, .scratch = scratch};
    for (size_t i = 0; i < list_count && choice.count == 0 && !choice.memory_failed; i++) {
        choice.touches = touches_find(scratch, document, paper, &aspects[i]);
        if (choice.touches == NULL)
            return error_no_memory(error);
        find_sentences(&choice);
    }
    if (choice.count == 0)
        fall_back_on_title(&choice);
    if (!choice.memory_failed)
        rank_and_choose(&choice, limit);
    pinakes_evidence *evidence =
        choice.memory_failed ? NULL : arena_array(arena, choice.chosen_count, sizeof *evidence);
    if (evidence == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < choice.chosen_count; i++) {
        const struct loaded_passage *passage = &paper->passages[choice.chosen[i]->passage];
        evidence[i] =
            (pinakes_evidence){.field = field_name(passage->field), .file = passage->file, .path = passage->path};
        if (!excerpt_write(&choice.chosen[i]->excerpt, passage, arena, scratch, &evidence[i]))
            return error_no_memory(error);
    }
    *out = evidence;
    *count = choice.chosen_count;
    return PINAKES_OK;
}
