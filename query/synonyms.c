#include "query/synonyms.h"

#include "base/buffer.h"
#include "base/error.h"
#include "indexer/character.h"
#include "indexer/phrase_key.h"
#include "query/worth.h"

/* A search pays for a look-up with a few microseconds; a text pasted whole shall not pay for thousands. */
enum { LOOK_UPS_MAX = 256 };

/* A name is taken where one paper in so many that have what was typed explains it: over 87,503 abstracts slam, knn and
 * reinforcement learning have theirs, and car, parsing, deep and object detection none. */
enum { USES_MOST = 20 };

struct expanding {
    struct synonym_expansion *in;
    struct buffer key;
    struct buffer said; /* the key of the whole query, a space before and behind it */
    struct buffer name; /* that of a name, likewise */
    unsigned look_ups;
    pinakes_status status;
    pinakes_error *error;
};

/* ---- what a node is called ----------------------------------------------------------------------------------- */

static bool is_quoted(const struct node *node)
{
    return node->word.len > 0 && node->word.at[0] == '"';
}

/* Whether a node is plain text: a word with its spellings, or a compound. */
static bool is_plain(const struct node *node)
{
    if (node->fields != 0 || is_quoted(node) || node->typed.len == 0)
        return false;
    if (node->kind == NODE_MAX)
        return node->child_count > 0 && (is_plain(node->children[0]) || node->children[0]->kind == NODE_AND ||
                                         node->children[0]->kind == NODE_OR);
    return node->kind == NODE_TERM || node->kind == NODE_PHRASE;
}

/* ---- names --------------------------------------------------------------------------------------------------- */

static void fail(struct expanding *expanding, pinakes_status status)
{
    if (expanding->status == PINAKES_OK)
        expanding->status = status;
}

static void mark_typed(struct node *node, struct span typed)
{
    node->typed = typed;
    for (size_t i = 0; i < node->child_count; i++)
        mark_typed(node->children[i], typed);
}

/* A name is a compound of its words: they have to stand side by side, in any form. */
static struct node *name_node(struct expanding *expanding, struct span name, struct span typed)
{
    static const struct parse_options plain = {.vocabulary = NULL};
    struct arena *arena = expanding->in->arena;
    struct parsed_query parsed;
    char *text = arena_string(arena, name);
    if (text == NULL) {
        fail(expanding, error_no_memory(expanding->error));
        return NULL;
    }
    for (size_t i = 0; i < name.len; i++)
        text[i] = (char)(text[i] == ' ' || text[i] == '\t' ? '-' : text[i]);
    const pinakes_status status = parse_query(arena, store_analyzer(expanding->in->store),
                                              (struct span){text, name.len}, &plain, &parsed, expanding->error);
    fail(expanding, status);
    if (status != PINAKES_OK || !is_plain(parsed.root))
        return NULL;
    const bool is_phrase = memchr(name.at, ' ', name.len) != NULL && parsed.root->kind == NODE_MAX;
    struct node *node = is_phrase ? parsed.root->children[0] : parsed.root; /* no one writes "remotememory" */
    mark_typed(node, typed);
    return node;
}

static bool note_added(struct expanding *expanding, struct span typed, const struct synonyms *names)
{
    struct synonym_expansion *in = expanding->in;
    struct added_names *added = arena_grow(in->arena, in->added, in->added_count, &in->added_capacity, sizeof *added);
    if (added == NULL)
        return false;
    in->added = added;
    added[in->added_count++] = (struct added_names){typed, *names};
    return true;
}

/* Whether the query itself says a name already: "TSS (Time Sharing System)". */
static bool is_said(struct expanding *expanding, struct span name)
{
    struct buffer *key = &expanding->name;
    struct analyzer *analyzer = store_analyzer(expanding->in->store);
    buffer_clear(key);
    (void)phrase_key_add(analyzer, name, key);
    buffer_add_byte(key, ' ');
    if (key->failed || expanding->said.failed)
        return true; /* seen by who asks for memory next */
    const char *from = expanding->said.at, *end = from + expanding->said.len;
    for (const char *at; (at = memmem(from, (size_t)(end - from), key->at, key->len)) != NULL; from = at + 1)
        if (at == expanding->said.at || at[-1] == ' ')
            return true;
    return false;
}

static void say(struct expanding *expanding, const struct node *node)
{
    if (is_plain(node))
        (void)phrase_key_add(store_analyzer(expanding->in->store), node->typed, &expanding->said);
    for (size_t i = 0; i < node->child_count && !is_plain(node); i++)
        say(expanding, node->children[i]);
}

/* Whether it is spelt as an acronym, or a name with a number in it. */
static bool is_spelt_as_acronym(struct span typed)
{
    for (size_t at = 0, bytes; at < typed.len; at += bytes) {
        const struct character character = character_at(typed, at);
        bytes = character.bytes;
        if (character.class == CHARACTER_DIGIT || (at > 0 && character.class == CHARACTER_UPPER))
            return true;
    }
    return false;
}

/* "parsing" is a word, though one paper in seven hundred with it calls something PARSE, and object detection is hardly
 * ever OD. Who writes a word in capitals means the acronym. */
static bool is_hardly_used(const struct expanding *expanding, const struct node *written, struct span typed,
                           uint64_t explained)
{
    const struct vocabulary *vocabulary = expanding->in->vocabulary;
    const bool is_one_word = memchr(expanding->key.at, ' ', expanding->key.len) == NULL;
    if (explained == 0 || vocabulary == NULL || vocabulary->papers == NULL ||
        (is_one_word && is_spelt_as_acronym(typed)))
        return false;
    return vocabulary->papers(vocabulary->context, written) > explained * USES_MOST;
}

/* The nodes of all names of what has `expanding->key`, none of which weighs more than `written`. Their number. */
static size_t find_names(struct expanding *expanding, const struct node *written, struct span typed,
                         struct node *nodes[SYNONYMS_MAX])
{
    struct synonyms names, found = {.count = 0};
    size_t count = 0;
    if (expanding->key.failed)
        fail(expanding, error_no_memory(expanding->error));
    if (expanding->status != PINAKES_OK || expanding->key.len == 0 || expanding->look_ups++ >= LOOK_UPS_MAX)
        return 0;
    fail(expanding, thesaurus_look_up(expanding->in->store, expanding->in->aliases, buffer_text(&expanding->key),
                                      expanding->in->arena, &names, expanding->error));
    for (size_t i = 0; expanding->status == PINAKES_OK && i < names.count; i++) {
        const bool is_left_out =
            is_said(expanding, names.at[i]) || is_hardly_used(expanding, written, typed, names.explained[i]);
        struct node *node = is_left_out ? NULL : name_node(expanding, names.at[i], typed);
        if (node == NULL)
            continue;
        spelling_temper(expanding->in->vocabulary, written, node);
        nodes[count++] = node;
        found.at[found.count++] = names.at[i];
    }
    if (count > 0 && !note_added(expanding, typed, &found))
        fail(expanding, error_no_memory(expanding->error));
    return expanding->status == PINAKES_OK ? count : 0;
}

/* `written`, or any of the names. */
static struct node *either(struct expanding *expanding, struct node *written, struct node *const *names, size_t count,
                           struct span typed)
{
    struct node *all[SYNONYMS_MAX + 1] = {written};
    memcpy(all + 1, names, count * sizeof *names);
    struct node *node = node_with(expanding->in->arena, NODE_MAX, all, count + 1);
    if (node == NULL)
        fail(expanding, error_no_memory(expanding->error));
    else
        node->typed = typed;
    return node;
}

/* ---- one thing ----------------------------------------------------------------------------------------------- */

static void read_key(struct expanding *expanding, struct span text)
{
    (void)phrase_key_add(store_analyzer(expanding->in->store), text, &expanding->key);
}

/* "k nn" becomes "knn": k-NN has the names of kNN. False when it is one word already. */
static bool join_key(struct buffer *key)
{
    size_t kept = 0;
    for (size_t i = 0; i < key->len; i++)
        if (key->at[i] != ' ')
            key->at[kept++] = key->at[i];
    const bool was_several = kept < key->len;
    key->len = kept;
    return was_several;
}

static struct node *expand_one(struct expanding *expanding, struct node *node)
{
    struct node *names[SYNONYMS_MAX];
    buffer_clear(&expanding->key);
    read_key(expanding, node->typed);
    size_t count = find_names(expanding, node, node->typed, names);
    if (count == 0 && join_key(&expanding->key))
        count = find_names(expanding, node, node->typed, names);
    struct node *expanded = count == 0 ? node : either(expanding, node, names, count, node->typed);
    return expanded == NULL ? node : expanded;
}

/* ---- words side by side -------------------------------------------------------------------------------------- */

/* "total cost of": what stands from the first to the last of `count` children, as typed but for stop words. */
static struct span typed_of_run(struct expanding *expanding, struct node *const *children, size_t count)
{
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(&text, i > 0 ? " " : "");
        buffer_add(&text, children[i]->typed);
    }
    const char *copy = buffer_keep(&text, expanding->in->arena);
    const struct span typed = {copy == NULL ? "" : copy, copy == NULL ? 0 : text.len};
    buffer_free(&text);
    if (copy == NULL)
        fail(expanding, error_no_memory(expanding->error));
    return typed;
}

/* How many of the children from the first on are plain words. */
static size_t plain_run(struct node *const *children, size_t count)
{
    size_t run = 0;
    while (run < count && run < SYNONYM_WORDS_MAX && is_plain(children[run]))
        run++;
    return run;
}

/* Looks for a name of the first `count` children together. NULL when there is none. */
static struct node *expand_run(struct expanding *expanding, enum node_kind kind, struct node *const *children,
                               size_t count)
{
    struct node *names[SYNONYMS_MAX];
    buffer_clear(&expanding->key);
    for (size_t i = 0; i < count; i++)
        read_key(expanding, children[i]->typed);
    const struct span typed = typed_of_run(expanding, children, count);
    struct node *together = node_with(expanding->in->arena, kind, children, count);
    if (together == NULL)
        fail(expanding, error_no_memory(expanding->error));
    if (expanding->status != PINAKES_OK)
        return NULL;
    const size_t found = find_names(expanding, together, typed, names);
    return found == 0 ? NULL : either(expanding, together, names, found, typed);
}

static struct node *expand(struct expanding *expanding, struct node *node);

/* The longest runs first: they say the most. */
static void expand_children(struct expanding *expanding, struct node *node)
{
    size_t kept = 0;
    for (size_t i = 0, used; i < node->child_count; i += used) {
        struct node *found = NULL;
        used = plain_run(node->children + i, node->child_count - i);
        while (used > 1 && (found = expand_run(expanding, node->kind, node->children + i, used)) == NULL)
            used--;
        used = used > 1 ? used : 1;
        node->children[kept++] = found != NULL ? found : expand(expanding, node->children[i]);
    }
    node->child_count = kept;
}

static struct node *expand(struct expanding *expanding, struct node *node)
{
    if (expanding->status != PINAKES_OK)
        return node;
    if (is_plain(node))
        return expand_one(expanding, node);
    if (node->kind == NODE_AND || node->kind == NODE_OR) {
        expand_children(expanding, node);
        return node->child_count == 1 && node->children[0]->kind == NODE_MAX ? node->children[0] : node;
    }
    return node;
}

pinakes_status synonyms_expand(struct synonym_expansion *expansion, struct node **root, pinakes_error *error)
{
    struct expanding expanding = {.in = expansion, .error = error};
    say(&expanding, *root);
    buffer_add_byte(&expanding.said, ' ');
    *root = expand(&expanding, *root);
    buffer_free(&expanding.key);
    buffer_free(&expanding.said);
    buffer_free(&expanding.name);
    return expanding.status;
}
