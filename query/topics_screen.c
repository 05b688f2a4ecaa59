#include "query/topics_screen.h"

#include "indexer/analyzer.h"
#include "indexer/octet.h"

/* What a part of a rule asks of the words of a paper. */
struct demand {
    enum { DEMAND_NOTHING, DEMAND_WORD, DEMAND_ALL, DEMAND_ANY } kind;
    uint32_t word;    /* of DEMAND_WORD, */
    field_set fields; /* and where it must stand; 0: anywhere */
    const struct demand *parts;
    size_t part_count;
};

/* A token, or what tokens as written begin with, and the word of the rules it stands for. */
struct known_token {
    struct span text;
    uint32_t word;
    uint32_t next; /* the one behind it in its slot, from 1 */
};

/* Where the last paper that held a word had it. */
struct sighting {
    uint32_t paper;
    field_set fields;
};

enum { SLOT_BITS = 12, FIRST_BYTES = 256 };

struct topics_screen {
    const struct topic_set *set;
    struct demand **demands; /* by topic and rule */
    struct known_token *tokens, *prefixes;
    size_t token_count, token_capacity, prefix_count, prefix_capacity;
    uint32_t slots[1 << SLOT_BITS];      /* into `tokens`, from 1 */
    uint32_t prefixes_from[FIRST_BYTES]; /* into `prefixes`, from 1, by their first byte */
    uint32_t word_count;
    struct sighting *seen; /* for each word */
    uint32_t paper;
};

/* ---- what the rules ask for -------------------------------------------------------------------------------- */

static uint32_t slot_of(struct span text)
{
    const uint64_t head = octet_load(text.at, text.len < 8 ? text.len : 8);
    return (uint32_t)(((head + text.len) * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - SLOT_BITS));
}

/* Puts a token in front of the chain that begins at `*head`. */
static bool know(struct arena *arena, struct known_token **list, size_t *count, size_t *capacity, uint32_t *head,
                 struct known_token token)
{
    struct known_token *grown = arena_grow(arena, *list, *count, capacity, sizeof *grown);
    if (grown == NULL)
        return false;
    *list = grown;
    token.next = *head;
    grown[(*count)++] = token;
    *head = (uint32_t)*count;
    return true;
}

static bool know_word(struct topics_screen *screen, struct arena *arena, const struct node *node, uint32_t word)
{
    bool known = true;
    for (size_t i = 0; i < node->token_count && known; i++) {
        const struct known_token token = {.text = node->tokens[i], .word = word};
        if (token.text.len == 0)
            continue;
        known = node->kind == NODE_PREFIX
                    ? know(arena, &screen->prefixes, &screen->prefix_count, &screen->prefix_capacity,
                           &screen->prefixes_from[(uint8_t)token.text.at[0]], token)
                    : know(arena, &screen->tokens, &screen->token_count, &screen->token_capacity,
                           &screen->slots[slot_of(token.text)], token);
    }
    return known;
}

static bool demand_of(struct topics_screen *screen, struct arena *arena, const struct node *node, struct demand *out)
{
    const bool is_word = node_is_word(node);
    const bool is_any = node->kind == NODE_OR || node->kind == NODE_MAX;
    const bool is_all = node->kind == NODE_AND || node->kind == NODE_PHRASE || node->kind == NODE_NEAR;
    *out = (struct demand){.kind = DEMAND_NOTHING};
    if (is_word) {
        *out = (struct demand){.kind = DEMAND_WORD, .word = screen->word_count++, .fields = node->fields};
        return know_word(screen, arena, node, out->word);
    }
    if (!is_any && !is_all)
        return true;
    struct demand *parts = arena_array(arena, node->child_count, sizeof *parts);
    bool is_known = parts != NULL;
    for (size_t i = 0; i < node->child_count && is_known; i++)
        is_known = demand_of(screen, arena, node->children[i], &parts[i]);
    *out = (struct demand){.kind = is_any ? DEMAND_ANY : DEMAND_ALL, .parts = parts, .part_count = node->child_count};
    return is_known;
}

static bool read_topic(struct topics_screen *screen, struct arena *arena, size_t ordinal)
{
    const struct topic *topic = &screen->set->topics[ordinal];
    struct demand *demands = screen->demands[ordinal] = arena_array(arena, topic->rule_count, sizeof *demands);
    bool is_read = demands != NULL;
    for (size_t i = 0; i < topic->rule_count && is_read; i++)
        is_read = topic->rules[i].weight <= 0 || demand_of(screen, arena, topic->rules[i].tree, &demands[i]);
    return is_read;
}

struct topics_screen *topics_screen_create(struct arena *arena, const struct topic_set *set)
{
    struct topics_screen *screen = arena_alloc(arena, sizeof *screen);
    if (screen == NULL)
        return NULL;
    screen->set = set;
    screen->demands = arena_array(arena, set->topic_count, sizeof(struct demand *));
    bool is_read = screen->demands != NULL;
    for (size_t i = 0; i < set->topic_count && is_read; i++)
        is_read = read_topic(screen, arena, i);
    screen->seen = is_read ? arena_array(arena, screen->word_count, sizeof *screen->seen) : NULL;
    return screen->seen == NULL ? NULL : screen;
}

/* ---- what a paper holds ------------------------------------------------------------------------------------ */

void topics_screen_begin(struct topics_screen *screen)
{
    screen->paper++;
}

static void see(struct topics_screen *screen, uint32_t word, enum field field)
{
    struct sighting *seen = &screen->seen[word];
    if (seen->paper != screen->paper)
        *seen = (struct sighting){.paper = screen->paper};
    seen->fields |= 1u << field;
}

void topics_screen_token(struct topics_screen *screen, enum field field, struct span token)
{
    if (token.len == 0)
        return;
    for (uint32_t at = screen->slots[slot_of(token)]; at != 0; at = screen->tokens[at - 1].next)
        if (span_equal(screen->tokens[at - 1].text, token))
            see(screen, screen->tokens[at - 1].word, field);
    if (token.at[0] == STEM_MARK) /* it is no word as written, so that no prefix takes it */
        return;
    for (uint32_t at = screen->prefixes_from[(uint8_t)token.at[0]]; at != 0; at = screen->prefixes[at - 1].next) {
        const struct span text = screen->prefixes[at - 1].text;
        if (token.len >= text.len && memcmp(token.at, text.at, text.len) == 0)
            see(screen, screen->prefixes[at - 1].word, field);
    }
}

static bool is_met(const struct topics_screen *screen, const struct demand *demand)
{
    if (demand->kind == DEMAND_NOTHING)
        return true;
    if (demand->kind == DEMAND_WORD)
        return screen->seen[demand->word].paper == screen->paper &&
               (demand->fields == 0 || (screen->seen[demand->word].fields & demand->fields) != 0);
    const bool wanted = demand->kind == DEMAND_ANY;
    for (size_t i = 0; i < demand->part_count; i++)
        if (is_met(screen, &demand->parts[i]) == wanted)
            return wanted;
    return !wanted;
}

bool topics_screen_passes(const struct topics_screen *screen)
{
    for (size_t i = 0; i < screen->set->topic_count; i++) {
        const struct topic *topic = &screen->set->topics[i];
        double most = 0;
        for (size_t j = 0; j < topic->rule_count; j++)
            if (topic->rules[j].weight > 0 && is_met(screen, &screen->demands[i][j]))
                most += topic->rules[j].weight;
        if (most >= topic->threshold)
            return true;
    }
    return false;
}
