#include "tests/campaigns/trial.h"

#include "query/parser.h"

#include <stdio.h>
#include <string.h>

/* ---- queries as people write them ------------------------------------------------------------------------ */

static void add_phrase(struct trial *trial, struct buffer *text)
{
    buffer_add_text(text, "\"");
    for (uint32_t i = 1 + draw(3); i > 0; i--) {
        add_word_to(trial, text);
        buffer_add_text(text, i > 1 ? " " : "");
    }
    buffer_add_text(text, "\"");
}

static void add_operand(struct trial *trial, struct buffer *text, unsigned depth)
{
    static const char *const before[] = {"+", "-", "title:", "abstract:", "note:", "venue:"};
    if (draw(4) == 0)
        buffer_add_text(text, before[draw(COUNT(before))]);
    const uint32_t roll = draw(16);
    if (roll < 9) {
        add_word_to(trial, text);
    } else if (roll < 11) {
        add_phrase(trial, text);
    } else if (roll < 12) {
        struct buffer word = {0};
        add_word_to(trial, &word);
        buffer_add(text, (struct span){word.at, word.len < 3 ? word.len : 2 + draw((uint32_t)word.len - 1)});
        buffer_add_text(text, "*");
        buffer_free(&word);
    } else if (roll < 13) {
        buffer_format(text, "year:%u..%u", 2015 + draw(5), 2019 + draw(6));
    } else if (roll < 14) {
        buffer_add_text(text, draw(2) == 0 ? "topic:far-memory" : "topic:serverless");
    } else if (roll < 15 && depth > 0) {
        buffer_add_text(text, "(");
        add_operand(trial, text, depth - 1);
        buffer_add_text(text, draw(2) == 0 ? " OR " : " ");
        add_operand(trial, text, depth - 1);
        buffer_add_text(text, ")");
    } else {
        add_word_to(trial, text);
        buffer_format(text, " NEAR/%u ", draw(6));
        add_word_to(trial, text);
    }
}

static bool has_token(void *context, struct span token)
{
    struct trial *trial = context;
    const bool has = engine_has_token(trial->contestants[0].engine, token);
    for (size_t i = 1; i < trial->contestant_count; i++)
        if (engine_has_token(trial->contestants[i].engine, token) != has)
            stop(trial, "a word is known to one engine and not to another");
    return has;
}

struct node *written_query(struct trial *trial)
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

struct node *random_query(struct trial *trial)
{
    trial->query[0] = '\0';
    const uint32_t roll = draw(14);
    if (roll >= 12)
        return begun_words(trial, draw(3) == 0 ? NODE_OR : NODE_AND, 1 + draw(4));
    if (roll >= 10)
        return respelled_words(trial, draw(4) == 0 ? NODE_AND : NODE_OR, 1 + draw_small(40));
    if (roll < 5)
        return written_query(trial);
    if (roll < 6)
        return plain_words(trial, NODE_OR, 20 + draw(100));
    if (roll < 8)
        return plain_words(trial, NODE_AND, 1 + draw(4));
    if (roll < 9)
        return plain_words(trial, NODE_PHRASE, 2 + draw(2));
    return plain_words(trial, NODE_OR, 1 + draw(6));
}
