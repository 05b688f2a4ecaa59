#include "query/parser.h"

#include "base/error.h"
#include "indexer/character.h"
#include "query/expand.h"
#include "query/group.h"
#include "query/lexer.h"
#include "query/near.h"
#include "query/plain_question.h"
#include "query/years.h"

/* expr        = conjunction { OR conjunction }
 * conjunction = item { [AND] item }
 * item        = { NOT } near
 * near        = operand { NEAR operand }
 * operand     = words | quotation | ( expr ) | ( expr | expr ) | NEAR( operand operand ... )
 * The lexer has settled which operators and parentheses count, so that none of these can fail but for memory; an
 * operand that holds no word is absent, and NULL or a count of 0 says so. */
struct parser {
    struct arena *arena;
    struct expander expander;
    struct lexemes lexemes;
    size_t at;
    bool any_word;
    bool has_plain_words;
    bool failed;
};

static struct node *read_expression(struct parser *parser, const struct reading *reading);

static const struct lexeme *peek(const struct parser *parser)
{
    static const struct lexeme end = {.kind = LEXEME_CLOSE};
    return parser->at < parser->lexemes.count ? &parser->lexemes.at[parser->at] : &end;
}

static bool is_next(const struct parser *parser, enum lexeme_kind kind)
{
    return peek(parser)->kind == kind;
}

/* Passes memory on: `node`, and the parser failed if it is NULL. */
static struct node *checked(struct parser *parser, struct node *node)
{
    parser->failed |= node == NULL;
    return node;
}

static bool has_failed(struct parser *parser)
{
    parser->failed |= parser->expander.failed;
    return parser->failed;
}

static struct units one_unit(struct parser *parser, struct node *node, struct span surface)
{
    struct units units = {arena_array(parser->arena, 1, sizeof *units.at), 0};
    parser->failed |= units.at == NULL;
    if (units.at != NULL && node != NULL)
        units.at[units.count++] = (struct unit){.node = node, .surface = surface};
    return units;
}

/* ---- operands -------------------------------------------------------------------------------------------- */

static struct reading inner_reading(const struct reading *reading, const struct lexeme *lexeme)
{
    struct reading inner = *reading;
    if (lexeme->scope.kind != SCOPE_ANYWHERE)
        inner.scope = lexeme->scope;
    inner.is_literal |= lexeme->has_spellings;
    return inner;
}

/* A node that selects papers by `kind`, reported as "year:2021". */
static struct node *filter_node(struct parser *parser, enum node_kind kind, const char *name,
                                const struct lexeme *lexeme)
{
    struct node *node = checked(parser, node_new(parser->arena, kind));
    const bool is_named = lexeme->scope.kind != SCOPE_ANYWHERE;
    const char *typed = is_named || node == NULL
                            ? lexeme->source.at
                            : arena_format(parser->arena, "%s:%.*s", name, SPAN_ARGS(lexeme->source));
    parser->failed |= typed == NULL;
    if (!parser->failed)
        node->typed = (struct span){typed, lexeme->source.len + (is_named ? 0 : strlen(name) + 1)};
    return node;
}

static struct node *read_year(struct parser *parser, const struct lexeme *lexeme)
{
    int from, to;
    if (!years_read(span_trim(lexeme->text), &from, &to))
        return NULL;
    struct node *node = filter_node(parser, NODE_YEAR, "year", lexeme);
    if (node != NULL) {
        node->year_from = from;
        node->year_to = to;
    }
    return node;
}

/* Small letters, a hyphen for each run of spaces or '_', no quotation marks; trims what is at the ends. */
static struct span topic_name(struct parser *parser, struct span text)
{
    char *name = arena_string(parser->arena, text);
    size_t len = 0;
    parser->failed |= name == NULL;
    for (size_t at = 0, mark; at < text.len && name != NULL; at += mark > 0 ? mark : 1) {
        const char letter = topic_letter(text.at[at]);
        const bool is_repeated = letter == '-' && text.at[at] != '-' && (len == 0 || name[len - 1] == '-');
        mark = lexer_quotation_mark(text, at);
        if (mark == 0 && !is_repeated)
            name[len++] = letter;
    }
    while (len > 0 && name[len - 1] == '-')
        len--;
    return (struct span){name, len};
}

static struct node *read_topic(struct parser *parser, const struct lexeme *lexeme)
{
    static const struct reading literal = {.is_literal = true};
    const struct span name = topic_name(parser, lexeme->text);
    if (has_failed(parser) || expand_words(&parser->expander, name, false, &literal).count == 0)
        return NULL;
    struct node *node = filter_node(parser, NODE_TOPIC, "topic", lexeme);
    if (node != NULL)
        node->name = name;
    return node;
}

static struct units read_text(struct parser *parser, const struct lexeme *lexeme, const struct reading *reading)
{
    if (lexeme->kind == LEXEME_QUOTE)
        return expand_quote(&parser->expander, lexeme->text, reading);
    return expand_words(&parser->expander, lexeme->text, lexeme->is_prefix, reading);
}

/* Words or a quotation. What its field cannot take ("year:soon", "title:-") is read as literal text. */
static struct units read_words_operand(struct parser *parser, const struct lexeme *lexeme,
                                       const struct reading *reading)
{
    struct reading inner = inner_reading(reading, lexeme);
    struct units units = {NULL, 0};
    if (lexeme->kind == LEXEME_WORDS && lexeme->is_prefix && lexeme->text.len == 0 &&
        inner.scope.kind == SCOPE_ANYWHERE)
        return one_unit(parser, checked(parser, node_new(parser->arena, NODE_EVERYTHING)), lexeme->source);
    if (inner.scope.kind == SCOPE_YEAR)
        units = one_unit(parser, read_year(parser, lexeme), lexeme->source);
    else if (inner.scope.kind == SCOPE_TOPIC)
        units = one_unit(parser, read_topic(parser, lexeme), lexeme->source);
    else
        units = read_text(parser, lexeme, &inner);
    if (units.count > 0 || inner.scope.kind == SCOPE_ANYWHERE || has_failed(parser))
        return units;
    inner.scope = (struct scope){SCOPE_ANYWHERE, 0};
    return lexeme->scope.kind == SCOPE_ANYWHERE ? read_text(parser, lexeme, &inner)
                                                : expand_words(&parser->expander, lexeme->source, false, &inner);
}

/* One node of all units of an operand; NULL when there is none. */
static struct node *units_node(struct parser *parser, const struct units *units)
{
    if (units->count == 0 || has_failed(parser))
        return NULL;
    if (units->count == 1)
        return units->at[0].node;
    struct node **nodes = arena_array(parser->arena, units->count, sizeof(struct node *));
    parser->failed |= nodes == NULL;
    for (size_t i = 0; i < units->count && nodes != NULL; i++)
        nodes[i] = units->at[i].node;
    return parser->failed ? NULL : checked(parser, group_node(parser->arena, NODE_AND, nodes, units->count));
}

/* A growing list of nodes. */
struct list {
    struct node **at;
    size_t count, capacity;
};

static void add_node(struct parser *parser, struct list *list, struct node *node)
{
    struct node **grown = node == NULL || has_failed(parser) ? NULL
                                                             : arena_grow(parser->arena, list->at, list->count,
                                                                          &list->capacity, sizeof(struct node *));
    if (grown != NULL) {
        list->at = grown;
        list->at[list->count++] = node;
    }
    parser->failed |= node != NULL && grown == NULL;
}

/* The operands of NEAR(...), up to its parenthesis. */
static struct node *read_near_group(struct parser *parser, const struct lexeme *open, const struct reading *reading)
{
    struct list operands = {0};
    while (!is_next(parser, LEXEME_CLOSE) && !has_failed(parser)) {
        const struct units units = read_words_operand(parser, &parser->lexemes.at[parser->at++], reading);
        for (size_t i = 0; i < units.count; i++)
            add_node(parser, &operands, units.at[i].node);
    }
    if (operands.count < 2 || has_failed(parser))
        return operands.count == 1 ? operands.at[0] : NULL;
    return checked(parser, near_node(parser->arena, operands.at, operands.count, open->distance));
}

/* What `read` gives, and again behind each lexeme `between`, as one node of `kind`. */
static struct node *read_choices(struct parser *parser, const struct reading *reading,
                                 struct node *(*read)(struct parser *parser, const struct reading *reading),
                                 enum lexeme_kind between, enum node_kind kind)
{
    struct list choices = {0};
    for (;;) {
        add_node(parser, &choices, read(parser, reading));
        if (!is_next(parser, between) || has_failed(parser))
            break;
        parser->at++;
    }
    if (choices.count == 0 || has_failed(parser))
        return NULL;
    return checked(parser, group_node(parser->arena, kind, choices.at, choices.count));
}

/* The spellings of one thing, `kvcache | kv-cache`, up to their parenthesis. */
static struct node *read_spellings(struct parser *parser, const struct reading *reading)
{
    return read_choices(parser, reading, read_expression, LEXEME_BAR, NODE_MAX);
}

static struct units read_parentheses(struct parser *parser, const struct lexeme *open, const struct reading *reading)
{
    const struct reading inner = inner_reading(reading, open);
    struct node *node;
    if (open->is_near)
        node = read_near_group(parser, open, &inner);
    else if (open->has_spellings)
        node = read_spellings(parser, &inner);
    else
        node = read_expression(parser, &inner);
    const struct span closing = peek(parser)->source;
    parser->at++;
    if (has_failed(parser))
        return (struct units){NULL, 0};
    return one_unit(parser, node, (struct span){open->source.at, (size_t)(closing.at + closing.len - open->source.at)});
}

static struct units read_operand(struct parser *parser, const struct reading *reading)
{
    const struct lexeme *lexeme = &parser->lexemes.at[parser->at++];
    return lexeme->kind == LEXEME_OPEN ? read_parentheses(parser, lexeme, reading)
                                       : read_words_operand(parser, lexeme, reading);
}

/* ---- NEAR, NOT, AND, OR ---------------------------------------------------------------------------------- */

/* The operands of a chain of NEARs, and the distance each keeps from the one before. */
struct near_chain {
    struct list operands;
    uint32_t *distances;
    size_t capacity;
};

static void add_near(struct parser *parser, struct near_chain *chain, struct node *node, uint32_t distance)
{
    if (node == NULL || has_failed(parser))
        return;
    uint32_t *grown =
        arena_grow(parser->arena, chain->distances, chain->operands.count, &chain->capacity, sizeof *chain->distances);
    parser->failed |= grown == NULL;
    if (grown == NULL)
        return;
    chain->distances = grown;
    chain->distances[chain->operands.count] = distance;
    add_node(parser, &chain->operands, node);
}

/* "a NEAR/5 b NEAR/5 c" is one NEAR of three, "a NEAR/5 b NEAR/3 c" two of two. */
static struct node *join_near(struct parser *parser, const struct near_chain *chain)
{
    const struct list *operands = &chain->operands;
    struct list nears = {0};
    for (size_t from = 0, to; from + 1 < operands->count && !has_failed(parser); from = to) {
        for (to = from + 1; to + 1 < operands->count && chain->distances[to + 1] == chain->distances[to]; to++) {
        }
        add_node(parser, &nears,
                 checked(parser, near_node(parser->arena, operands->at + from, to - from + 1, chain->distances[to])));
    }
    if (has_failed(parser))
        return NULL;
    return checked(parser, group_node(parser->arena, NODE_AND, nears.at, nears.count));
}

/* Continues `first` with the operands NEAR puts beside it. */
static struct units read_near_chain(struct parser *parser, const struct units *first, const struct reading *reading)
{
    struct near_chain chain = {0};
    add_near(parser, &chain, units_node(parser, first), 0);
    while (is_next(parser, LEXEME_NEAR) && !has_failed(parser)) {
        const uint32_t distance = peek(parser)->distance;
        parser->at++;
        const struct units units = read_operand(parser, reading);
        add_near(parser, &chain, units_node(parser, &units), distance);
    }
    if (has_failed(parser))
        return (struct units){NULL, 0};
    struct node *node = NULL;
    if (chain.operands.count == 1)
        node = chain.operands.at[0];
    else if (chain.operands.count > 1)
        node = join_near(parser, &chain);
    return one_unit(parser, node, first->count > 0 ? first->at[0].surface : (struct span){0});
}

static struct node *negated(struct parser *parser, struct node *node, struct span typed)
{
    /* Not without x is with x. */
    if (node->kind == NODE_NOT)
        return node->children[0];
    node->is_must = false;
    struct node *not_node = checked(parser, node_with(parser->arena, NODE_NOT, &node, 1));
    if (not_node != NULL)
        not_node->typed = typed;
    return not_node;
}

struct item_list {
    struct item *at;
    size_t count, capacity;
    size_t places; /* operands so far, those that fell away included */
};

static void add_item(struct parser *parser, struct item_list *items, const struct item *item)
{
    struct item *grown = arena_grow(parser->arena, items->at, items->count, &items->capacity, sizeof *items->at);
    if (grown == NULL) {
        parser->failed = true;
        return;
    }
    items->at = grown;
    items->at[items->count++] = *item;
}

/* Adds plain words one by one. */
static void add_plain(struct parser *parser, struct item_list *items, const struct units *units, bool is_plain,
                      bool is_joined_by_and)
{
    for (size_t i = 0; i < units->count && !has_failed(parser); i++) {
        const struct item item = {.unit = units->at[i],
                                  .place = items->places++,
                                  .is_plain = is_plain,
                                  .is_joined_by_and = is_joined_by_and && i == 0};
        add_item(parser, items, &item);
    }
}

/* Adds a single node, with what its sign and the NOTs before it make of it. */
static void add_marked(struct parser *parser, struct item_list *items, const struct units *units, bool is_negated,
                       bool is_must, bool is_joined_by_and)
{
    struct item item = {.place = items->places++, .is_joined_by_and = is_joined_by_and};
    item.unit.node = units_node(parser, units);
    if (item.unit.node == NULL)
        return;
    if (is_negated)
        item.unit.node = negated(parser, item.unit.node, units->at[0].surface);
    else if (is_must && item.unit.node->kind != NODE_NOT)
        item.unit.node->is_must = true;
    if (!parser->failed)
        add_item(parser, items, &item);
}

/* Reads NOTs, an operand with its sign, and the NEARs behind it. */
static void read_item(struct parser *parser, struct item_list *items, const struct reading *reading,
                      bool is_joined_by_and)
{
    bool is_negated = false;
    const bool has_not = is_next(parser, LEXEME_NOT);
    for (; is_next(parser, LEXEME_NOT); parser->at++)
        is_negated = !is_negated;
    const struct lexeme *first = peek(parser);
    struct units units = read_operand(parser, reading);
    const bool is_near = is_next(parser, LEXEME_NEAR);
    if (is_near && !has_failed(parser))
        units = read_near_chain(parser, &units, reading);
    if (has_failed(parser))
        return;
    is_negated ^= first->sign == '-';
    const bool is_plain = first->kind == LEXEME_WORDS && first->sign == 0 && !has_not && !is_near &&
                          first->scope.kind == SCOPE_ANYWHERE && !first->is_prefix;
    if (is_plain)
        add_plain(parser, items, &units, true, is_joined_by_and);
    else
        add_marked(parser, items, &units, is_negated, first->sign == '+' && !has_not, is_joined_by_and);
}

static bool ends_conjunction(const struct parser *parser)
{
    const enum lexeme_kind kind = peek(parser)->kind;
    return kind == LEXEME_CLOSE || kind == LEXEME_BAR || kind == LEXEME_OR;
}

static struct node *read_conjunction(struct parser *parser, const struct reading *reading)
{
    struct item_list items = {0};
    while (!ends_conjunction(parser) && !has_failed(parser)) {
        const bool is_joined_by_and = is_next(parser, LEXEME_AND);
        parser->at += is_joined_by_and ? 1 : 0;
        read_item(parser, &items, reading, is_joined_by_and);
    }
    if (items.count == 0 || has_failed(parser))
        return NULL;
    struct grouping grouping = {&parser->expander, *reading, parser->any_word, false};
    struct node *node = checked(parser, group_neighbours(&grouping, items.at, items.count));
    parser->has_plain_words |= grouping.has_plain_words;
    return node;
}

static struct node *read_expression(struct parser *parser, const struct reading *reading)
{
    return read_choices(parser, reading, read_conjunction, LEXEME_OR, NODE_OR);
}

/* ---- the whole query ------------------------------------------------------------------------------------- */

/* A copy that is valid UTF-8 without control characters: what is not becomes U+FFFD or a space. */
static struct span clean_text(struct arena *arena, struct span text)
{
    struct buffer clean = {0};
    for (size_t at = 0; at < text.len && text.at[at] != '\0';) {
        const struct character character = character_at(text, at);
        const unsigned char byte = (unsigned char)text.at[at];
        const bool is_invalid = byte >= 0x80 && character.bytes == 1;
        if (is_invalid)
            buffer_add_text(&clean, "\xef\xbf\xbd");
        else if (byte < ' ' || byte == 0x7f)
            buffer_add_byte(&clean, ' ');
        else
            buffer_add(&clean, (struct span){text.at + at, character.bytes});
        at += character.bytes;
    }
    const struct span kept = {buffer_keep(&clean, arena), clean.len};
    buffer_free(&clean);
    return kept;
}

static struct node *read_query(struct parser *parser, struct span text)
{
    static const struct reading anywhere = {.scope = {SCOPE_ANYWHERE, 0}};
    struct node *root = read_expression(parser, &anywhere);
    if (root == NULL && !has_failed(parser))
        root = checked(parser, node_new(parser->arena, span_trim(text).len == 0 ? NODE_EVERYTHING : NODE_NOTHING));
    return root;
}

pinakes_status parse_query(struct arena *arena, struct analyzer *analyzer, struct span text,
                           const struct parse_options *options, struct parsed_query *out, pinakes_error *error)
{
    struct parser parser = {
        .arena = arena,
        .expander = {.arena = arena, .known = {.vocabulary = options->vocabulary, .analyzer = analyzer}},
        .any_word = options->any_word,
    };
    const struct span clean = clean_text(arena, text);
    if (clean.at == NULL || !lexer_read(arena, clean, &parser.lexemes))
        return error_no_memory(error);
    struct node *root = read_query(&parser, clean);
    if (root == NULL || has_failed(&parser))
        return error_no_memory(error);
    *out = (struct parsed_query){
        .root = root,
        .is_question = root->kind != NODE_NOTHING && is_plain_question(&parser.lexemes, clean),
        .has_plain_words = parser.has_plain_words,
    };
    return PINAKES_OK;
}
