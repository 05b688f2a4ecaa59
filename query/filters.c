#include "query/filters.h"

#include "base/error.h"

/* The nodes made so far, in an arena. */
struct nodes {
    struct arena *arena;
    struct node **at;
    size_t count, capacity;
    bool failed;
};

static void add(struct nodes *nodes, struct node *node)
{
    struct node **at = arena_grow(nodes->arena, nodes->at, nodes->count, &nodes->capacity, sizeof(struct node *));
    if (node == NULL || at == NULL) {
        nodes->failed = true;
        return;
    }
    at[nodes->count++] = node;
    nodes->at = at;
}

/* Adds the children as one node of `kind`; none add nothing, a single one needs no node around it. */
static void add_group(struct nodes *nodes, enum node_kind kind, const struct nodes *children)
{
    if (children->failed)
        nodes->failed = true;
    else if (children->count == 1)
        add(nodes, children->at[0]);
    else if (children->count > 1)
        add(nodes, node_with(nodes->arena, kind, children->at, children->count));
}

static void name(struct nodes *nodes, struct node *node, const char *filter, struct span value)
{
    const char *typed = arena_format(nodes->arena, "%s:%.*s", filter, SPAN_ARGS(value));
    if (typed == NULL)
        nodes->failed = true;
    else
        node->typed = span_of(typed);
}

/* The one token of a word as written, for a term that means just that. */
static struct node *exact_word(struct arena *arena, struct span text)
{
    struct node *term = node_new(arena, NODE_TERM);
    struct span *token = arena_alloc(arena, sizeof *token);
    const char *copy = arena_string(arena, text);
    if (term == NULL || token == NULL || copy == NULL)
        return NULL;
    *token = (struct span){copy, text.len};
    term->fields = 1u << FIELD_VENUE;
    term->tokens = token;
    term->token_count = 1;
    term->word = *token;
    return term;
}

static void add_venue(struct nodes *venues, struct analyzer *analyzer, struct span venue)
{
    struct nodes words = {.arena = venues->arena};
    struct token token;
    uint32_t next = 0; /* the position that has no word yet */
    analyzer_start(analyzer, venue);
    while (analyzer_next(analyzer, &token)) {
        if (token.position < next || token.kind == TOKEN_BREAK)
            continue;
        add(&words, exact_word(words.arena, token.text));
        next = token.position + 1;
    }
    words.failed = words.failed || analyzer_failed(analyzer);
    const size_t before = venues->count;
    if (words.count == 0 && !words.failed)
        add(venues, node_new(venues->arena, NODE_NOTHING));
    else
        add_group(venues, NODE_PHRASE, &words);
    if (venues->failed || venues->count == before)
        return;
    venues->at[before]->fields = 1u << FIELD_VENUE;
    name(venues, venues->at[before], "venue", venue);
}

static void add_topic(struct nodes *topics, struct span topic)
{
    struct node *node = node_new(topics->arena, NODE_TOPIC);
    add(topics, node);
    if (node == NULL)
        return;
    node->name = topic;
    name(topics, node, "topic", topic);
}

static void add_years(struct nodes *nodes, int from, int to)
{
    struct node *node = node_new(nodes->arena, NODE_YEAR);
    struct buffer text = {0};
    add(nodes, node);
    if (node == NULL)
        return;
    node->year_from = from;
    node->year_to = to;
    node_print(node, &text); /* "year:2021..2025" */
    const char *typed = buffer_keep(&text, nodes->arena);
    buffer_free(&text);
    nodes->failed = nodes->failed || typed == NULL;
    if (typed != NULL)
        node->typed = span_of(typed);
}

pinakes_status filters_tree(struct arena *arena, struct analyzer *analyzer, const pinakes_search_options *options,
                            struct node **out, pinakes_error *error)
{
    struct nodes all = {.arena = arena}, topics = {.arena = arena}, venues = {.arena = arena};
    for (size_t i = 0; i < options->topic_count; i++)
        add_topic(&topics, span_of(options->topics[i]));
    for (size_t i = 0; i < options->venue_count; i++)
        add_venue(&venues, analyzer, span_of(options->venues[i]));
    add_group(&all, NODE_OR, &topics);
    add_group(&all, NODE_OR, &venues);
    if (options->year_from != 0 || options->year_to != 0)
        add_years(&all, options->year_from, options->year_to);
    struct nodes root = {.arena = arena};
    add_group(&root, NODE_AND, &all);
    if (root.failed)
        return error_no_memory(error);
    *out = root.count == 0 ? NULL : root.at[0];
    return PINAKES_OK;
}
