#include "tests/campaigns/trial.h"

#include "query/filters.h"
#include "query/parser.h"

#include <stdio.h>
#include <string.h>

/* ---- queries as people write them ------------------------------------------------------------------------ */

static void add_phrase(struct trial *trial, struct buffer *text)
{
    const uint32_t words = 1 + draw(draw(8) == 0 ? 8 : 3);
    buffer_add_text(text, "\"");
    if (draw(2) == 0)
        add_passage_to(trial, text, words);
    for (uint32_t i = text->at[text->len - 1] == '"' ? words : 0; i > 0; i--) {
        add_word_to(trial, text);
        buffer_add_text(text, i > 1 ? " " : "");
    }
    buffer_add_text(text, "\"");
}

static void add_prefix(struct trial *trial, struct buffer *text)
{
    struct buffer word = {0};
    add_word_to(trial, &word);
    buffer_add(text, (struct span){word.at, word.len < 3 ? word.len : 2 + draw((uint32_t)word.len - 1)});
    buffer_add_text(text, "*");
    buffer_free(&word);
}

static void add_year(struct buffer *text)
{
    static const char *const bounds[] = {">", ">=", "<", "<="};
    const uint32_t from = 2015 + draw(5), to = 2019 + draw(6);
    switch (draw(6)) {
    case 0:
        buffer_format(text, "year:%u..", from);
        break;
    case 1:
        buffer_format(text, "year:..%u", to);
        break;
    case 2:
        buffer_format(text, "year:%s%u", bounds[draw(COUNT(bounds))], to);
        break;
    case 3:
        buffer_format(text, "year:%u", draw(4) == 0 ? 1000 : from);
        break;
    default:
        buffer_format(text, "year:%u..%u", from, to);
    }
}

/* A word, a phrase or a beginning: what can be near another. */
static void add_place(struct trial *trial, struct buffer *text)
{
    const uint32_t roll = draw(8);
    if (roll == 0)
        add_prefix(trial, text);
    else if (roll == 1)
        add_phrase(trial, text);
    else
        add_word_to(trial, text);
}

static void add_near(struct trial *trial, struct buffer *text)
{
    const bool is_call = draw(3) == 0;
    buffer_add_text(text, is_call ? "NEAR(" : "");
    add_place(trial, text);
    for (uint32_t i = 1 + draw_small(4); i > 0; i--) {
        if (is_call)
            buffer_add_text(text, " ");
        else
            buffer_format(text, " NEAR/%u ", draw(draw(4) == 0 ? 60 : 6));
        add_place(trial, text);
    }
    if (is_call)
        buffer_format(text, ", %u)", draw(12));
}

static void add_operand(struct trial *trial, struct buffer *text, unsigned depth);

/* Several in parentheses: all, any, or spellings of one thing. */
static void add_several(struct trial *trial, struct buffer *text, unsigned depth)
{
    static const char *const between[] = {" ", " OR ", " | ", " NOT "};
    const char *joint = between[draw(COUNT(between))];
    buffer_add_text(text, "(");
    add_operand(trial, text, depth);
    for (uint32_t i = 1 + draw_small(3); i > 0; i--) {
        buffer_add_text(text, joint);
        add_operand(trial, text, depth);
    }
    buffer_add_text(text, ")");
}

static void add_operand(struct trial *trial, struct buffer *text, unsigned depth)
{
    static const char *const before[] = {
        "+", "-", "NOT ", "title:", "abstract:", "note:", "venue:", "author:", "tag:", "qa:"};
    if (draw(4) == 0)
        buffer_add_text(text, before[draw(COUNT(before))]);
    const uint32_t roll = draw(32);
    if (roll < 17)
        add_word_to(trial, text);
    else if (roll < 21)
        add_phrase(trial, text);
    else if (roll < 23)
        add_prefix(trial, text);
    else if (roll < 25)
        add_year(text);
    else if (roll < 27)
        buffer_add_text(text, draw(2) == 0 ? "topic:far-memory" : "topic:serverless");
    else if (roll < 30 && depth > 0)
        add_several(trial, text, depth - 1);
    else if (roll == 30 && draw(4) == 0)
        buffer_add_text(text, "*");
    else
        add_near(trial, text);
}

static bool has_token(void *context, struct span token)
{
    struct trial *trial = context;
    const bool has = engine_has_token(trial->contestants[0].engine, token);
    for (size_t i = 1; i < trial->contestant_count; i++) {
        enter(&trial->contestants[i]);
        if (engine_has_token(trial->contestants[i].engine, token) != has)
            stop(trial, "a word is known to one engine and not to another");
    }
    return has;
}

static struct node *written_query(struct trial *trial)
{
    struct buffer text = {0};
    struct parsed_query parsed;
    const struct vocabulary vocabulary = {.context = trial, .has = has_token};
    const struct parse_options options = {.any_word = draw(3) == 0, .vocabulary = &vocabulary};
    for (uint32_t i = 1 + draw_small(6); i > 0; i--) {
        buffer_add_text(&text, text.len == 0 ? "" : draw(6) == 0 ? " OR " : " ");
        add_operand(trial, &text, 2);
    }
    const struct span copy = {arena_string(&trial->arena, (struct span){text.at, text.len}), text.len};
    (void)snprintf(trial->query, sizeof trial->query, "%.*s", SPAN_ARGS(copy));
    buffer_free(&text);
    must(trial, parse_query(&trial->arena, store_analyzer(trial->store), copy, &options, &parsed, &trial->error));
    return parsed.root;
}

/* ---- queries as programs ask them: any of many words, each with a weight of its own ----------------------- */

static struct node *plain_words(struct trial *trial, enum node_kind kind, uint32_t count)
{
    struct node **words = arena_array(&trial->arena, count, sizeof(struct node *));
    for (uint32_t i = 0; i < count; i++) {
        struct buffer text = {0};
        struct parsed_query parsed;
        const struct parse_options options = {.any_word = false};
        do {
            buffer_clear(&text);
            add_word_to(trial, &text);
            const struct span copy = {arena_string(&trial->arena, (struct span){text.at, text.len}), text.len};
            must(trial,
                 parse_query(&trial->arena, store_analyzer(trial->store), copy, &options, &parsed, &trial->error));
        } while (parsed.root->kind != NODE_TERM);
        buffer_free(&text);
        words[i] = parsed.root;
        if (kind == NODE_OR && draw(2) == 0)
            words[i]->boost = 0.25 + draw(16) / 4.0;
    }
    return node_with(&trial->arena, kind, words, count);
}

/* One more spelling: a phrase, as of an acronym, a rarer word, or several words. */
static struct node *another_spelling(struct trial *trial)
{
    const uint32_t roll = draw(6);
    if (roll < 3)
        return plain_words(trial, NODE_PHRASE, 2 + draw(2));
    return roll < 5 ? plain_words(trial, NODE_OR, 1)->children[0] : plain_words(trial, NODE_OR, 2);
}

/* Words of which some have other spellings, one or two. */
static struct node *respelled_words(struct trial *trial, enum node_kind kind, uint32_t count)
{
    struct node *words = plain_words(trial, kind, count);
    for (size_t i = 0; i < words->child_count; i++) {
        const uint32_t spellings = draw(3);
        struct node *all[3] = {words->children[i]};
        for (uint32_t j = 0; j < spellings; j++)
            all[1 + j] = another_spelling(trial);
        if (spellings > 0)
            words->children[i] = node_with(&trial->arena, NODE_MAX, all, 1 + spellings);
    }
    return draw(4) == 0 ? words->children[0] : words;
}

/* Words of which some are only begun: from one letter on, so that a prefix may be of very many words. */
static struct node *begun_words(struct trial *trial, enum node_kind kind, uint32_t count)
{
    struct node *words = plain_words(trial, kind, count);
    for (size_t i = 0; i < words->child_count; i++) {
        struct node *word = words->children[i];
        if (i > 0 && draw(3) > 0)
            continue;
        struct span *begun = arena_array(&trial->arena, 1, sizeof *begun);
        const struct span token = word->tokens[0];
        *begun = token.at[0] == STEM_MARK ? (struct span){token.at + 1, token.len - 1} : token;
        const size_t bytes = begun->len;
        begun->len = 1 + draw_small((uint32_t)bytes);
        while (begun->len < bytes && ((unsigned char)begun->at[begun->len] & 0xc0) == 0x80)
            begun->len++; /* whole characters */
        word->kind = NODE_PREFIX;
        word->tokens = begun;
        word->token_count = 1;
        word->word = word->typed = *begun;
    }
    return words;
}

/* ---- any tree ---------------------------------------------------------------------------------------------- */

static field_set random_fields(void)
{
    return draw(3) > 0 ? 0 : draw(2) == 0 ? 1u << draw(FIELD_COUNT) : 1 + draw((1u << FIELD_COUNT) - 1);
}

static void set_fields(struct node *node, field_set fields)
{
    node->fields = fields;
    for (size_t i = 0; i < node->child_count; i++)
        set_fields(node->children[i], fields);
}

/* The terms of a text that stands in a paper, or chosen words. */
static struct node *phrase_of_terms(struct trial *trial)
{
    struct node *phrase = plain_words(trial, NODE_PHRASE, 2 + draw(draw(8) == 0 ? 7 : 2));
    struct buffer text = {0};
    struct parsed_query parsed;
    const struct parse_options options = {.any_word = false};
    bool is_plain = draw(3) > 0;
    if (is_plain)
        add_passage_to(trial, &text, (uint32_t)phrase->child_count);
    const struct span copy = {arena_string(&trial->arena, (struct span){text.at, text.len}), text.len};
    buffer_free(&text);
    if (!is_plain)
        return phrase;
    must(trial, parse_query(&trial->arena, store_analyzer(trial->store), copy, &options, &parsed, &trial->error));
    is_plain = parsed.root->kind == NODE_AND && parsed.root->child_count > 1;
    for (size_t i = 0; i < parsed.root->child_count && is_plain; i++)
        is_plain = parsed.root->children[i]->kind == NODE_TERM;
    return is_plain ? node_with(&trial->arena, NODE_PHRASE, parsed.root->children, parsed.root->child_count) : phrase;
}

static struct node *random_place(struct trial *trial)
{
    const uint32_t roll = draw(8);
    if (roll < 2) {
        struct node *phrase = phrase_of_terms(trial);
        if (roll == 0) {
            struct node *last = begun_words(trial, NODE_OR, 1)->children[0];
            phrase->children[phrase->child_count - 1] = last;
        }
        return phrase;
    }
    return (roll == 2 ? begun_words(trial, NODE_OR, 1) : plain_words(trial, NODE_OR, 1))->children[0];
}

static struct node *random_near(struct trial *trial)
{
    struct node *places[4];
    const uint32_t count = 2 + draw(3);
    for (uint32_t i = 0; i < count; i++)
        places[i] = random_place(trial);
    struct node *near = node_with(&trial->arena, NODE_NEAR, places, count);
    near->distance = draw(draw(3) == 0 ? 60 : 8);
    return near;
}

static struct node *random_fact(struct trial *trial)
{
    static const char *const topics[] = {"far-memory", "serverless", "unheard-of"};
    const uint32_t roll = draw(5);
    struct node *node = node_new(&trial->arena, roll == 0 ? NODE_EVERYTHING : roll < 3 ? NODE_TOPIC : NODE_YEAR);
    node->name = span_of(topics[draw(COUNT(topics))]);
    node->year_from = draw(3) == 0 ? 0 : 2015 + (int)draw(8);
    node->year_to = draw(3) == 0 ? 0 : 2017 + (int)draw(8);
    return node;
}

/* Of anything that a tree can be of. */
static struct node *random_tree(struct trial *trial, unsigned depth)
{
    static const enum node_kind kinds[] = {NODE_AND, NODE_AND, NODE_OR, NODE_OR, NODE_MAX, NODE_NOT};
    const uint32_t roll = draw(12);
    if (depth == 0 || roll < 5) {
        struct node *leaf = roll == 0 ? random_near(trial) : roll == 1 ? random_fact(trial) : random_place(trial);
        set_fields(leaf, random_fields());
        if (draw(3) == 0)
            node_boost(leaf, 0.01 + draw(400) / 100.0);
        return leaf;
    }
    struct node *children[5];
    const enum node_kind kind = kinds[draw(COUNT(kinds))];
    const uint32_t count = kind == NODE_NOT ? 1 : 1 + draw(COUNT(children));
    for (uint32_t i = 0; i < count; i++)
        children[i] = random_tree(trial, depth - 1);
    return node_with(&trial->arena, kind, children, count);
}

/* ---- all kinds --------------------------------------------------------------------------------------------- */

struct node *random_query(struct trial *trial)
{
    trial->query[0] = '\0';
    const uint32_t roll = draw(20);
    if (draw(1000) == 0)
        return plain_words(trial, draw(3) == 0 ? NODE_AND : NODE_OR, 1000 + draw(5000));
    if (roll >= 17)
        return random_tree(trial, 1 + draw(3));
    if (roll >= 14)
        return draw(2) == 0 ? phrase_of_terms(trial) : plain_words(trial, NODE_PHRASE, 2 + draw(2));
    if (roll >= 12)
        return begun_words(trial, draw(3) == 0 ? NODE_OR : NODE_AND, 1 + draw(4));
    if (roll >= 10)
        return respelled_words(trial, draw(4) == 0 ? NODE_AND : NODE_OR, 1 + draw_small(40));
    if (roll < 5)
        return written_query(trial);
    if (roll < 6)
        return plain_words(trial, NODE_OR, 20 + draw(100));
    if (roll < 8)
        return plain_words(trial, NODE_AND, 1 + draw(draw(8) == 0 ? 12 : 4));
    return plain_words(trial, NODE_OR, 1 + draw(6));
}

struct node *random_filter(struct trial *trial)
{
    static const char *const topics[] = {"far-memory", "Serverless"}, *const venues[] = {"SOSP", "HotOS Workshop", "-"};
    const char *some[2] = {topics[draw(2)], topics[draw(2)]}, *places[2] = {venues[draw(3)], venues[draw(3)]};
    const pinakes_search_options options = {.topics = some,
                                            .topic_count = draw(3),
                                            .venues = places,
                                            .venue_count = draw(3),
                                            .year_from = draw(2) == 0 ? 0 : 2015 + (int)draw(8),
                                            .year_to = draw(2) == 0 ? 0 : 2017 + (int)draw(8)};
    struct node *filter = NULL;
    const uint32_t roll = draw(3);
    if (roll == 0)
        return written_query(trial);
    if (roll == 1)
        return random_tree(trial, draw(3));
    must(trial, filters_tree(&trial->arena, store_analyzer(trial->store), &options, &filter, &trial->error));
    return filter;
}
