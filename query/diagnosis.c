#include "query/diagnosis.h"

#include "base/buffer.h"
#include "base/error.h"
#include "indexer/character.h"
#include "query/closest.h"

enum {
    WORDS_MAX = 256,   /* reported on */
    LOOK_UPS_MAX = 16, /* in the vocabulary, for words like one that no paper has */
    MISSPELT_MAX = 3,  /* papers that may have misspelt a word */
};

/* What a user can leave out: a word with its spellings, a phrase, a filter, an excluded thing. */
struct unit {
    const struct node *node;
    bool is_filter;
    bool is_conjunct;    /* required by the whole query */
    bool is_alternative; /* one of several: without it the query can only find less */
    uint64_t papers;
};

struct diagnosis {
    struct engine *engine;
    struct query_plan *plan;
    struct node *root, *filter;
    struct arena *arena, *scratch;
    struct unit units[WORDS_MAX];
    size_t count;
    size_t empty_conjuncts; /* units that no paper has and that are required */
    size_t look_ups;
};

/* ---- the units of a query -------------------------------------------------------------------------------- */

static bool is_known(const struct diagnosis *diagnosis, const struct unit *unit)
{
    for (size_t i = 0; i < diagnosis->count; i++)
        if (diagnosis->units[i].is_filter == unit->is_filter && node_equal(diagnosis->units[i].node, unit->node))
            return true;
    return false;
}

static void gather(struct diagnosis *diagnosis, struct unit unit)
{
    const struct node *node = unit.node;
    if (node->kind != NODE_AND && node->kind != NODE_OR) {
        const bool is_word = node->kind != NODE_EVERYTHING && node->kind != NODE_NOTHING;
        if (is_word && diagnosis->count < WORDS_MAX && !is_known(diagnosis, &unit))
            diagnosis->units[diagnosis->count++] = unit;
        return;
    }
    for (size_t i = 0; i < node->child_count && diagnosis->count < WORDS_MAX; i++) {
        struct unit child = unit;
        child.node = node->children[i];
        child.is_conjunct = unit.is_conjunct && node->kind == NODE_AND;
        child.is_alternative = node->kind == NODE_OR && node->child_count > 1;
        gather(diagnosis, child);
    }
}

static pinakes_status count_alone(struct diagnosis *diagnosis, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < diagnosis->count && status == PINAKES_OK; i++) {
        struct unit *unit = &diagnosis->units[i];
        status = engine_count(diagnosis->plan, unit->node, NULL, &unit->papers, error);
        if (status == PINAKES_OK && unit->is_conjunct && unit->papers == 0)
            diagnosis->empty_conjuncts++;
    }
    return status;
}

/* ---- the query without one of them ----------------------------------------------------------------------- */

struct cutting {
    struct arena *arena;
    const struct node *cut;
    bool failed;
};

static bool is_cut(const struct cutting *cutting, const struct node *node)
{
    return node == cutting->cut || (node->kind == cutting->cut->kind && node_equal(node, cutting->cut));
}

/* The tree without what is cut, sharing the rest; NULL when nothing is left of it. */
static struct node *cut_out(struct cutting *cutting, struct node *node)
{
    if (is_cut(cutting, node))
        return NULL;
    if (node->kind != NODE_AND && node->kind != NODE_OR)
        return node;
    struct node **kept = arena_array(cutting->arena, node->child_count, sizeof(struct node *));
    size_t count = 0;
    for (size_t i = 0; i < node->child_count && kept != NULL; i++) {
        struct node *child = cut_out(cutting, node->children[i]);
        if (child != NULL)
            kept[count++] = child;
    }
    if (kept != NULL && count == 0)
        return NULL;
    struct node *copy = kept == NULL ? NULL : node_with(cutting->arena, node->kind, kept, count);
    if (copy == NULL)
        cutting->failed = true;
    return copy;
}

/* Leaving out an alternative never helps, nor does leaving out one word while another required one is nowhere. */
static bool cannot_help(const struct diagnosis *diagnosis, const struct unit *unit)
{
    const size_t others = diagnosis->empty_conjuncts - (unit->is_conjunct && unit->papers == 0 ? 1 : 0);
    return others > 0 || unit->is_alternative;
}

static pinakes_status count_without(struct diagnosis *diagnosis, const struct unit *unit, uint64_t *out,
                                    pinakes_error *error)
{
    *out = 0;
    if (cannot_help(diagnosis, unit))
        return PINAKES_OK;
    static const struct node everything = {.kind = NODE_EVERYTHING};
    struct cutting cutting = {.arena = diagnosis->scratch, .cut = unit->node};
    const struct node *root = unit->is_filter ? diagnosis->root : cut_out(&cutting, diagnosis->root);
    struct node *filter = diagnosis->filter;
    if (unit->is_filter)
        filter = cut_out(&cutting, filter);
    if (cutting.failed)
        return error_no_memory(error);
    return engine_count(diagnosis->plan, root == NULL ? &everything : root, filter, out, error);
}

/* ---- what else could have been meant --------------------------------------------------------------------- */

/* A term's word as it is written in the index. */
static struct span written_word(const struct node *term)
{
    for (size_t i = 0; i < term->token_count; i++)
        if (term->tokens[i].len > 0 && term->tokens[i].at[0] != STEM_MARK)
            return term->tokens[i];
    return (struct span){"", 0};
}

/* With a capital or a digit it is a name, an acronym or a number: the writer knows how it is spelt. */
static bool is_name(struct span typed)
{
    for (size_t at = 0; at < typed.len;) {
        const struct character character = character_at(typed, at);
        if (character.class == CHARACTER_UPPER || character.class == CHARACTER_DIGIT)
            return true;
        at += character.bytes;
    }
    return false;
}

static bool holds(const struct closest_words *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->words[i], word) == 0)
            return true;
    return false;
}

/* Whether any paper has `word` in the fields that are asked for. */
static pinakes_status is_in_fields(struct diagnosis *diagnosis, field_set fields, const char *word, bool *out,
                                   pinakes_error *error)
{
    struct span token = span_of(word);
    const struct node node = {
        .kind = NODE_TERM, .fields = fields, .word = token, .tokens = &token, .token_count = 1, .boost = 1};
    struct query_plan *plan;
    uint64_t papers = 0;
    *out = fields == 0;
    if (*out)
        return PINAKES_OK;
    pinakes_status status = engine_prepare(diagnosis->engine, &node, NULL, diagnosis->scratch, &plan, error);
    if (status == PINAKES_OK)
        status = engine_count(plan, &node, NULL, &papers, error);
    *out = papers > 0;
    return status;
}

static pinakes_status add_words_like(struct diagnosis *diagnosis, const struct node *word, uint64_t papers,
                                     struct closest_words *out, pinakes_error *error)
{
    struct closest_words found;
    pinakes_status status = closest_words(diagnosis->engine, written_word(word), diagnosis->arena, &found, error);
    for (size_t i = 0; status == PINAKES_OK && i < found.count && out->count < CLOSEST_MAX; i++) {
        bool is_wanted = found.papers[i] / CLOSEST_RARER >= papers && !holds(out, found.words[i]);
        if (is_wanted)
            status = is_in_fields(diagnosis, word->fields, found.words[i], &is_wanted, error);
        if (is_wanted)
            out->words[out->count++] = found.words[i];
    }
    return status;
}

/* Adds words like those below `node` that no paper has, or so few that they may have misspelt another. */
static pinakes_status add_closest(struct diagnosis *diagnosis, const struct node *node, struct closest_words *out,
                                  pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    const uint64_t papers = node_is_word(node) ? engine_weight(diagnosis->plan, node).papers : UINT64_MAX;
    if (papers <= MISSPELT_MAX && diagnosis->look_ups < LOOK_UPS_MAX) {
        diagnosis->look_ups++;
        status = add_words_like(diagnosis, node, papers, out, error);
    }
    /* Of spellings the first is what was written. */
    const size_t written = node->kind == NODE_NOT ? 0 : node->kind == NODE_MAX ? 1 : node->child_count;
    for (size_t i = 0; i < written && status == PINAKES_OK; i++)
        status = add_closest(diagnosis, node->children[i], out, error);
    return status;
}

static pinakes_status report_closest(struct diagnosis *diagnosis, const struct unit *unit, pinakes_word_report *report,
                                     pinakes_error *error)
{
    struct closest_words closest = {.count = 0};
    const bool may_be_misspelt = unit->papers <= MISSPELT_MAX && !is_name(unit->node->typed);
    const pinakes_status status = may_be_misspelt ? add_closest(diagnosis, unit->node, &closest, error) : PINAKES_OK;
    const char **words = arena_array(diagnosis->arena, closest.count, sizeof *words);
    if (words == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < closest.count; i++)
        words[i] = closest.words[i];
    report->closest = words;
    report->closest_count = closest.count;
    return status;
}

/* ---- reports --------------------------------------------------------------------------------------------- */

static const char *name_of(const struct diagnosis *diagnosis, const struct node *node)
{
    if (node->kind == NODE_NOT) {
        const char *excluded = name_of(diagnosis, node->children[0]);
        return excluded == NULL ? NULL : arena_format(diagnosis->arena, "-%s", excluded);
    }
    if (node->typed.len > 0)
        return arena_string(diagnosis->arena, node->typed);
    struct buffer text = {0};
    node_print(node, &text);
    const char *name = buffer_keep(&text, diagnosis->arena);
    buffer_free(&text);
    return name;
}

static pinakes_status report(struct diagnosis *diagnosis, const struct unit *unit, pinakes_word_report *out,
                             pinakes_error *error)
{
    *out = (pinakes_word_report){.word = name_of(diagnosis, unit->node), .papers = unit->papers};
    if (out->word == NULL)
        return error_no_memory(error);
    const pinakes_status status = count_without(diagnosis, unit, &out->without, error);
    return status == PINAKES_OK ? report_closest(diagnosis, unit, out, error) : status;
}

pinakes_status diagnose(struct engine *engine, struct query_plan *plan, struct node *root, struct node *filter,
                        struct arena *arena, struct arena *scratch, const pinakes_word_report **out, size_t *count,
                        pinakes_error *error)
{
    struct diagnosis *diagnosis = arena_alloc(scratch, sizeof *diagnosis);
    if (diagnosis == NULL)
        return error_no_memory(error);
    *diagnosis = (struct diagnosis){
        .engine = engine, .plan = plan, .root = root, .filter = filter, .arena = arena, .scratch = scratch};
    gather(diagnosis, (struct unit){.node = root, .is_conjunct = true});
    if (filter != NULL)
        gather(diagnosis, (struct unit){.node = filter, .is_conjunct = true, .is_filter = true});
    pinakes_word_report *reports = arena_array(arena, diagnosis->count, sizeof *reports);
    if (reports == NULL)
        return error_no_memory(error);
    pinakes_status status = count_alone(diagnosis, error);
    for (size_t i = 0; i < diagnosis->count && status == PINAKES_OK; i++)
        status = report(diagnosis, &diagnosis->units[i], &reports[i], error);
    if (status == PINAKES_OK) {
        *out = reports;
        *count = diagnosis->count;
    }
    return status;
}
