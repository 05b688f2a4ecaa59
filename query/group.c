#include "query/group.h"

#include "base/hash.h"

/* ---- the same word twice --------------------------------------------------------------------------------- */

enum { WORD_DEPTH_MAX = 3 }; /* of the tree a word with its spellings may be */

/* Whether `node` is a word, with its spellings perhaps; equal ones get equal hashes. */
static bool hash_word(const struct node *node, unsigned depth, uint64_t *hash)
{
    const bool is_group = node->kind == NODE_AND || node->kind == NODE_OR;
    if (depth > WORD_DEPTH_MAX || node->kind == NODE_NEAR || node->kind == NODE_NOT || (is_group && depth == 0))
        return false;
    *hash = hash_add_number(*hash, (uint64_t)node->kind << 32 | node->fields);
    *hash = hash_add_number(*hash, (uint64_t)node->year_from << 32 | (uint64_t)node->year_to);
    *hash = hash_add_piece(*hash, node->name);
    for (size_t i = 0; i < node->token_count; i++)
        *hash = hash_add_piece(*hash, node->tokens[i]);
    for (size_t i = 0; i < node->child_count; i++)
        if (!hash_word(node->children[i], depth + 1, hash))
            return false;
    return true;
}

/* A word as often as it is written, in the place of one of the same. */
struct repeated {
    struct node *node;
    double times;
};

/* A table of words by hash, with at least one free slot. */
struct seen {
    struct repeated *slots;
    size_t mask;
};

/* Adds `node` unless an equal one is there, which then counts once more; returns whether it was added. */
static bool add_seen(struct seen *seen, struct node *node, uint64_t hash)
{
    size_t slot = (size_t)(hash ^ hash >> 32) & seen->mask;
    for (; seen->slots[slot].node != NULL; slot = (slot + 1) & seen->mask)
        if (node_equal(seen->slots[slot].node, node)) {
            seen->slots[slot].times++;
            return false;
        }
    seen->slots[slot] = (struct repeated){node, 1};
    return true;
}

/* What is written twice weighs twice: in a question of several sentences that tells its subject from the rest. */
static void weigh_repeated(const struct seen *seen)
{
    for (size_t i = 0; i <= seen->mask; i++)
        if (seen->slots[i].node != NULL && seen->slots[i].times > 1)
            node_boost(seen->slots[i].node, seen->slots[i].times);
}

static bool drop_repeated(struct arena *arena, struct node **nodes, size_t *count)
{
    size_t slots = 4, kept = 0;
    while (slots < *count * 2)
        slots *= 2;
    struct seen seen = {arena_array(arena, slots, sizeof(struct repeated)), slots - 1};
    if (seen.slots == NULL)
        return false;
    for (size_t i = 0; i < *count; i++) {
        uint64_t hash = HASH_START;
        if (!hash_word(nodes[i], 0, &hash) || add_seen(&seen, nodes[i], hash))
            nodes[kept++] = nodes[i];
    }
    *count = kept;
    weigh_repeated(&seen);
    return true;
}

/* Every paper adds nothing to other requirements. */
static void drop_everything(struct node **nodes, size_t *count)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (nodes[i]->kind != NODE_EVERYTHING)
            nodes[kept++] = nodes[i];
    if (kept > 0)
        *count = kept;
}

struct node *group_node(struct arena *arena, enum node_kind kind, struct node *const *nodes, size_t count)
{
    struct node **kept = arena_array(arena, count, sizeof(struct node *));
    if (kept == NULL)
        return NULL;
    memcpy(kept, nodes, count * sizeof(struct node *));
    if (kind == NODE_AND)
        drop_everything(kept, &count);
    if (count > 1 && !drop_repeated(arena, kept, &count))
        return NULL;
    return count == 1 && kind != NODE_MAX ? kept[0] : node_with(arena, kind, kept, count);
}

/* ---- stop words ------------------------------------------------------------------------------------------ */

static bool are_plain_neighbours(const struct item *first, const struct item *second)
{
    return first->is_plain && second->is_plain && !second->is_joined_by_and;
}

/* "10" and "1.5", which a unit may follow; not "80k". */
static bool is_amount(struct span folded)
{
    return folded.len > 0 && is_ascii_digit(folded.at[0]) && !is_ascii_letter(folded.at[folded.len - 1]);
}

/* "us" behind a number are microseconds. */
static void find_units(struct item *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (are_plain_neighbours(&items[i - 1], &items[i]) && span_is(items[i].unit.folded, "us") &&
            is_amount(items[i - 1].unit.folded))
            items[i].unit.is_stop_word = false;
}

static bool is_passed_over(const struct item *item)
{
    return item->is_plain && item->unit.is_stop_word;
}

/* The end of the run of items from `first` on that have nothing written between them. */
static size_t end_of_run(const struct item *items, size_t count, size_t first)
{
    size_t end = first + 1;
    while (end < count && !items[end].is_joined_by_and)
        end++;
    return end;
}

static bool has_content(const struct item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_passed_over(&items[i]))
            return true;
    return false;
}

/* "CXL AND the memory": the words between operators are looked at on their own, and the first that is left keeps
 * the operator. */
static void drop_stop_words(struct item *items, size_t *count)
{
    size_t kept = 0;
    for (size_t first = 0, end; first < *count; first = end) {
        end = end_of_run(items, *count, first);
        const bool is_joined_by_and = items[first].is_joined_by_and;
        const bool drops = has_content(items + first, end - first);
        const size_t kept_before = kept;
        for (size_t i = first; i < end; i++)
            if (!drops || !is_passed_over(&items[i]))
                items[kept++] = items[i];
        items[kept_before].is_joined_by_and = is_joined_by_and;
    }
    *count = kept;
}

/* ---- neighbours that may be one word --------------------------------------------------------------------- */

static bool has_plain_neighbours(const struct item *items, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++)
        if (are_plain_neighbours(&items[i], &items[i + 1]))
            return true;
    return false;
}

static bool may_be_joined(const struct item *items, size_t count, size_t i, bool any_word)
{
    const struct item *first = &items[i], *second = &items[i + 1];
    if (!are_plain_neighbours(first, second) || first->unit.folded.len == 0 || second->unit.folded.len == 0 ||
        second->place != first->place + 1)
        return false;
    const bool is_chained = first->is_joined_by_and || (i + 2 < count && items[i + 2].is_joined_by_and);
    return !first->unit.is_stop_word && !second->unit.is_stop_word && (!any_word || !is_chained);
}

/* Both words, or the joined one. */
static bool join_pair(const struct grouping *grouping, struct item *first, const struct item *second,
                      struct node *joined)
{
    struct arena *arena = grouping->expander->arena;
    struct node *const both[] = {first->unit.node, second->unit.node};
    struct node *apart = group_node(arena, grouping->any_word ? NODE_OR : NODE_AND, both, 2);
    struct node *either = apart == NULL ? NULL : node_with(arena, NODE_MAX, (struct node *[]){apart, joined}, 2);
    if (either == NULL)
        return false;
    either->typed = joined->typed;
    first->unit = (struct unit){.node = either, .surface = joined->typed};
    return true;
}

/* "KV cache" becomes both words, or "kvcache". */
static bool join_pairs(const struct grouping *grouping, struct item *items, size_t *count)
{
    struct expander *expander = grouping->expander;
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        struct node *joined = NULL;
        struct item item = items[i];
        if (i + 1 < *count && may_be_joined(items, *count, i, grouping->any_word))
            joined = expand_pair(expander, &item.unit, &items[i + 1].unit, &grouping->reading);
        if (expander->failed || (joined != NULL && !join_pair(grouping, &item, &items[++i], joined)))
            return false;
        items[kept++] = item;
    }
    *count = kept;
    return true;
}

/* ---- required and optional ------------------------------------------------------------------------------- */

/* Years, topics and exclusions select papers even where words are alternatives. */
static bool is_filter(const struct node *node, unsigned depth)
{
    if (node->kind == NODE_YEAR || node->kind == NODE_TOPIC || node->kind == NODE_NOT || node->kind == NODE_EVERYTHING)
        return true;
    if ((node->kind != NODE_AND && node->kind != NODE_OR) || depth == 2)
        return false;
    for (size_t i = 0; i < node->child_count; i++)
        if (!is_filter(node->children[i], depth + 1))
            return false;
    return true;
}

struct choice {
    struct node **required; /* with a place for the alternatives, where the first of them was written */
    struct node **alternatives;
    size_t required_count, alternative_count;
    size_t place;
    bool has_must;
};

/* Adds nodes joined by AND. */
static bool add_chain(struct arena *arena, struct choice *choice, struct node *const *nodes, size_t count)
{
    struct node *chain = group_node(arena, NODE_AND, nodes, count);
    if (chain == NULL)
        return false;
    choice->has_must |= chain->is_must;
    if (count == 1 && (chain->is_must || is_filter(chain, 0))) {
        choice->required[choice->required_count++] = chain;
        return true;
    }
    if (choice->alternative_count == 0)
        choice->place = choice->required_count++;
    choice->alternatives[choice->alternative_count++] = chain;
    return true;
}

static struct node *choose_any(struct arena *arena, const struct item *items, struct node *const *nodes, size_t count)
{
    struct choice choice = {.required = arena_array(arena, count + 1, sizeof(struct node *)),
                            .alternatives = arena_array(arena, count + 1, sizeof(struct node *))};
    if (choice.required == NULL || choice.alternatives == NULL)
        return NULL;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && items[to].is_joined_by_and; to++) {
        }
        if (!add_chain(arena, &choice, nodes + from, to - from))
            return NULL;
    }
    /* Beside a word that must be there the others only add to the score. */
    if (choice.has_must && choice.alternative_count > 0 &&
        (choice.alternatives[choice.alternative_count++] = node_new(arena, NODE_EVERYTHING)) == NULL)
        return NULL;
    if (choice.alternative_count > 0 && (choice.required[choice.place] = group_node(arena, NODE_OR, choice.alternatives,
                                                                                    choice.alternative_count)) == NULL)
        return NULL;
    return group_node(arena, NODE_AND, choice.required, choice.required_count);
}

static bool is_one_chain(const struct item *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!items[i].is_joined_by_and)
            return false;
    return true;
}

struct node *group_neighbours(struct grouping *grouping, struct item *items, size_t count)
{
    const struct reading *reading = &grouping->reading;
    struct arena *arena = grouping->expander->arena;
    find_units(items, count);
    if (!reading->is_literal && reading->scope.kind == SCOPE_ANYWHERE)
        drop_stop_words(items, &count);
    grouping->has_plain_words |= has_plain_neighbours(items, count);
    if (!reading->is_literal && !join_pairs(grouping, items, &count))
        return NULL;
    struct node **nodes = arena_array(arena, count, sizeof(struct node *));
    if (nodes == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        nodes[i] = items[i].unit.node;
    return grouping->any_word && !is_one_chain(items, count) ? choose_any(arena, items, nodes, count)
                                                             : group_node(arena, NODE_AND, nodes, count);
}
