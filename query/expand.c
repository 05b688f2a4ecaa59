#include "query/expand.h"

#include "indexer/numbered.h"
#include "query/worth.h"
#include "query/years.h"

#include <stdlib.h>

enum { SPELLINGS_MAX = 3 + SPLITS_MAX }; /* of one unit: as written, joined or parted, as a year, and split */

static struct span keep(struct expander *expander, struct span text)
{
    return arena_span(expander->arena, text, &expander->failed);
}

/* `prefix`, `between` and `text` in one. */
static struct span keep_joined(struct expander *expander, struct span prefix, const char *between, struct span text)
{
    char *copy = arena_format(expander->arena, "%.*s%s%.*s", SPAN_ARGS(prefix), between, SPAN_ARGS(text));
    expander->failed |= copy == NULL;
    return (struct span){copy, copy == NULL ? 0 : prefix.len + strlen(between) + text.len};
}

/* What it returns stays valid until it is called again. */
static struct read_words read_words(struct expander *expander, struct span text)
{
    expander->failed |= !words_read(expander->arena, expander->known.analyzer, text, &expander->scratch);
    return expander->scratch;
}

/* ---- one word -------------------------------------------------------------------------------------------- */

static struct span stem_token(struct expander *expander, struct span stem)
{
    static const char mark[] = {STEM_MARK, '\0'};
    return keep_joined(expander, (struct span){mark, 1}, "", stem);
}

/* Adds the tokens a word may stand in the index as: itself, its stem, and its stem as a word. */
static size_t add_tokens(struct expander *expander, struct span text, const struct read_word *word, bool is_exact,
                         struct span *tokens)
{
    size_t count = 0;
    tokens[count++] = text;
    if (is_exact)
        return count;
    struct span stem = word->is_protected ? text : keep(expander, analyzer_stem(expander->known.analyzer, text));
    if (word->stem.len > 0 && span_equal(text, word->text))
        stem = word->stem;
    tokens[count++] = stem_token(expander, stem);
    if (!span_equal(stem, text) && span_equal(analyzer_stem(expander->known.analyzer, stem), stem))
        tokens[count++] = stem;
    return count;
}

enum { TOKENS_OF_WORD_MAX = 6 };

static void set_tokens(struct expander *expander, struct node *node, const struct read_word *word, bool is_exact)
{
    struct span *tokens = arena_array(expander->arena, TOKENS_OF_WORD_MAX, sizeof *tokens);
    if (tokens == NULL) {
        expander->failed = true;
        return;
    }
    node->token_count = add_tokens(expander, word->text, word, is_exact, tokens);
    if (word->variant.len > 0 && node->kind == NODE_TERM)
        node->token_count += add_tokens(expander, word->variant, word, is_exact, tokens + node->token_count);
    node->tokens = tokens;
    if (node->kind == NODE_PREFIX)
        node->token_count = 1;
}

static struct node *new_node(struct expander *expander, enum node_kind kind)
{
    struct node *node = node_new(expander->arena, kind);
    expander->failed |= node == NULL;
    return node;
}

/* A term, or where words `may_go_on` behind it a prefix. `is_exact` leaves out stems. */
static struct node *word_node(struct expander *expander, const struct read_word *word, bool may_go_on, bool is_exact)
{
    struct node *node = new_node(expander, may_go_on ? NODE_PREFIX : NODE_TERM);
    if (node == NULL)
        return NULL;
    node->word = node->typed = word->surface;
    set_tokens(expander, node, word, is_exact || word->is_cjk || expander->are_names);
    return node;
}

/* Whether the last word of an operand is a prefix. A CJK character that stands alone begins bigrams; a bigram is
 * whole. */
static bool goes_on(const struct read_word *last, bool has_star)
{
    return last->is_character || (has_star && !last->is_cjk);
}

/* ---- what is written, and nothing else ------------------------------------------------------------------- */

static size_t start_in(struct span text, const struct read_word *word)
{
    return (size_t)(word->surface.at - text.at);
}

static size_t end_in(struct span text, const struct read_word *word)
{
    return start_in(text, word) + word->surface.len;
}

/* How many of the words from `first` on are one thing: a compound, or a run of overlapping bigrams. */
static size_t words_of_unit(struct span text, const struct read_words *words, size_t first)
{
    size_t end = first + 1;
    if (words->at[first].joined.len > 0)
        while (end < words->count && start_in(text, &words->at[end]) < words->at[first].joined_end)
            end++;
    else
        while (end < words->count && words->at[end].is_cjk &&
               start_in(text, &words->at[end]) < end_in(text, &words->at[end - 1]))
            end++;
    return end - first;
}

static struct node *phrase_node(struct expander *expander, struct node *const *elements, size_t count)
{
    struct node *phrase = count == 1 ? elements[0] : node_with(expander->arena, NODE_PHRASE, elements, count);
    expander->failed |= phrase == NULL;
    return phrase;
}

/* The words themselves as one node. */
static struct node *unit_node(struct expander *expander, const struct read_word *words, size_t count, bool is_prefix)
{
    struct node **elements = arena_array(expander->arena, count, sizeof(struct node *));
    expander->failed |= elements == NULL;
    for (size_t i = 0; i < count && !expander->failed; i++)
        elements[i] = word_node(expander, &words[i], i + 1 == count && goes_on(&words[i], is_prefix), false);
    return expander->failed ? NULL : phrase_node(expander, elements, count);
}

/* Small letters and digits, and the points of numbers if `has_points`. */
static bool is_plain_ascii(struct span text, bool has_points)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_ascii_small(text.at[i]) && !is_ascii_digit(text.at[i]) && !(text.at[i] == '.' && has_points))
            return false;
    return text.len > 0;
}

/* A word in capitals that is no operator here must not be shown as one. */
static bool looks_like_operator(struct span text)
{
    return span_is(text, "AND") || span_is(text, "OR") || span_is(text, "NOT") || span_is(text, "NEAR");
}

/* The same thing in pieces: "Prefill-Only" of PrefillOnly, "CXL-3" of CXL3, "10-us" of 10us; else empty. */
static struct span spelled_apart(struct expander *expander, const struct read_word *word)
{
    const struct span surface = word->surface;
    const size_t joint = word_number_joint(surface);
    if (joint > 0)
        return keep_joined(expander, (struct span){surface.at, joint}, "-",
                           (struct span){surface.at + joint, surface.len - joint});
    return word->parted.len > word->part_bytes && word->part_bytes == surface.len ? word->parted : (struct span){0};
}

/* The word as half of a joined one, or empty: "kv" of "kv cache", "us" of "10 µs", "2.0" of "CXL 2.0". */
static struct span half_of(const struct read_word *word)
{
    const struct span plain = is_plain_ascii(word->text, true) ? word->text : word->variant;
    return is_plain_ascii(plain, true) ? plain : (struct span){0};
}

static void describe_word(struct expander *expander, struct unit *unit, const struct read_word *word)
{
    unit->is_stop_word = word->is_stop_word;
    unit->spelled = spelled_apart(expander, word);
    if (unit->node->kind == NODE_PREFIX) {
        unit->is_stop_word = false;
        unit->spelled = word->variant;
        return;
    }
    if (looks_like_operator(word->surface))
        unit->node->word = word->text;
    unit->folded = half_of(word);
    unit->is_splittable = !word->is_stop_word && !word->is_protected && is_plain_ascii(word->text, false) &&
                          !span_is_digits(word->text) && word->text.len >= SPLIT_BYTES_MIN &&
                          word->text.len <= SPLIT_BYTES_MAX;
}

static struct unit make_unit(struct expander *expander, const struct read_word *words, size_t count, bool is_prefix)
{
    const struct read_word *last = &words[count - 1];
    struct unit unit = {.node = unit_node(expander, words, count, is_prefix)};
    if (expander->failed)
        return unit;
    unit.surface = (struct span){words->surface.at, (size_t)(last->surface.at + last->surface.len - words->surface.at)};
    if (is_prefix)
        unit.surface = keep_joined(expander, unit.surface, "*", (struct span){"", 0});
    unit.node->word = unit.surface;
    if (count > 1)
        unit.spelled = words->joined;
    else
        describe_word(expander, &unit, words);
    return unit;
}

static struct units literal_units(struct expander *expander, struct span text, bool is_prefix)
{
    const struct read_words words = read_words(expander, text);
    struct units units = {arena_array(expander->arena, words.count, sizeof *units.at), 0};
    expander->failed |= units.at == NULL;
    for (size_t first = 0, count; first < words.count && !expander->failed; first += count) {
        count = words_of_unit(text, &words, first);
        const bool has_star = is_prefix && end_in(text, &words.at[first + count - 1]) == text.len;
        units.at[units.count++] = make_unit(expander, &words.at[first], count, has_star);
    }
    return units;
}

/* ---- other spellings ------------------------------------------------------------------------------------- */

/* `text` read as one thing, a phrase or a single word as asked; NULL when it is not that. */
static struct node *literal_node(struct expander *expander, struct span text, bool is_prefix, bool is_phrase)
{
    const struct units units = literal_units(expander, text, is_prefix);
    if (expander->failed || units.count != 1 || (units.at[0].node->kind == NODE_PHRASE) != is_phrase ||
        units.at[0].surface.len != text.len + (is_prefix ? 1 : 0))
        return NULL;
    return units.at[0].node;
}

/* ---- units with their spellings -------------------------------------------------------------------------- */

struct spellings {
    struct node *at[SPELLINGS_MAX];
    size_t count;
};

/* "gpt3" is "gpt-3" as a name with a number, and may be as two words too: one of them is enough. */
static void add_spelling(struct spellings *spellings, struct node *node)
{
    if (node == NULL)
        return;
    for (size_t i = 0; i < spellings->count; i++)
        if (node_equal(spellings->at[i], node))
            return;
    spellings->at[spellings->count++] = node;
}

static struct node *year_node(struct expander *expander, struct span text)
{
    int year;
    if (!years_is_plain(text, &year))
        return NULL;
    struct node *node = new_node(expander, NODE_YEAR);
    if (node != NULL)
        node->year_from = node->year_to = year;
    return node;
}

/* "kv-cache" of "kvcache". */
static struct span hyphenated(struct expander *expander, struct span word, const struct split *split)
{
    struct span text = {word.at, split->cuts[1]};
    for (size_t i = 1; i < split->part_count; i++) {
        const struct span part = {word.at + split->cuts[i], split->cuts[i + 1] - split->cuts[i]};
        text = keep_joined(expander, text, "-", part);
    }
    return text;
}

static double idf_of(void *known, const struct node *word)
{
    return split_idf(known, word);
}

static void temper(struct expander *expander, const struct node *written, struct node *spelling)
{
    const struct vocabulary known = {.context = &expander->known, .idf = idf_of};
    if (spelling != NULL && !expander->failed)
        spelling_temper(&known, written, spelling);
}

/* The parts of "kvcache" are words in their own right, about as frequent as the whole at least; those of "learn-ing",
 * which stand in a text that was cut at the ends of its lines, are not. */
static bool is_likely_split(struct expander *expander, const struct node *whole, const struct node *split)
{
    static const double RARER_AT_MOST = 0.7; /* half as frequent */
    if (split == NULL || expander->failed)
        return split != NULL;
    const double idf = worth_of(idf_of, &expander->known, whole).sum;
    return idf <= 0 || worth_of(idf_of, &expander->known, split).most <= idf + RARER_AT_MOST;
}

static void add_splits(struct expander *expander, const struct unit *unit, struct spellings *spellings)
{
    struct split splits[SPLITS_MAX];
    const size_t count = split_word(&expander->known, unit->folded, splits);
    for (size_t i = 0; i < count && !expander->failed; i++) {
        struct node *split = literal_node(expander, hyphenated(expander, unit->folded, &splits[i]), false, true);
        if (is_likely_split(expander, unit->node, split))
            add_spelling(spellings, split);
    }
}

/* Puts beside the unit's node the other ways its thing is written. */
static void add_spellings(struct expander *expander, struct unit *unit, bool is_prefix, const struct scope *scope)
{
    struct spellings spellings = {{unit->node}, 1};
    const bool is_name = unit->node->kind == NODE_TERM;
    if (unit->spelled.len > 0)
        add_spelling(&spellings, literal_node(expander, unit->spelled, is_prefix, is_name));
    if (is_name && scope->kind == SCOPE_ANYWHERE)
        add_spelling(&spellings, year_node(expander, unit->surface));
    if (unit->is_splittable)
        add_splits(expander, unit, &spellings);
    for (size_t i = 1; i < spellings.count; i++)
        temper(expander, unit->node, spellings.at[i]);
    if (spellings.count > 1 && !expander->failed) {
        unit->node = node_with(expander->arena, NODE_MAX, spellings.at, spellings.count);
        expander->failed |= unit->node == NULL;
    }
}

/* "title:cxl": what a report calls `text` that is looked for in `fields`. */
static struct span typed_in(struct expander *expander, field_set fields, struct span text)
{
    for (unsigned field = 0; field < FIELD_COUNT; field++)
        if (fields == 1u << field)
            return keep_joined(expander, span_of(field_name((enum field)field)), ":", text);
    return text;
}

/* Spellings are all reported as what was typed, the words of a phrase each as itself. */
static void finish_node(struct expander *expander, struct node *node, field_set fields, struct span typed)
{
    node->typed = typed;
    if (node_has_place(node))
        node->fields = fields;
    for (size_t i = 0; i < node->child_count; i++) {
        struct node *child = node->children[i];
        const bool is_spelling = node->kind == NODE_MAX;
        finish_node(expander, child, fields, is_spelling ? typed : typed_in(expander, fields, child->typed));
    }
}

/* A colon that names no field joins words as a hyphen does. */
static struct span without_colons(struct expander *expander, struct span text)
{
    if (text.len == 0 || memchr(text.at, ':', text.len) == NULL)
        return text;
    char *copy = arena_string(expander->arena, text);
    expander->failed |= copy == NULL;
    for (size_t i = 0; i < text.len && copy != NULL; i++)
        if (copy[i] == ':')
            copy[i] = '-';
    return (struct span){copy, copy == NULL ? 0 : text.len};
}

/* A part of what `text` was read as, as it stands in `text` itself. */
static struct span as_typed(struct span part, struct span read, struct span text)
{
    const uintptr_t offset = (uintptr_t)part.at - (uintptr_t)read.at;
    return offset < read.len && part.len <= read.len - offset ? (struct span){text.at + offset, part.len} : part;
}

struct units expand_words(struct expander *expander, struct span text, bool is_prefix, const struct reading *reading)
{
    const struct span read = without_colons(expander, text);
    expander->are_names = reading->scope.kind == SCOPE_FIELD && reading->scope.fields == 1u << FIELD_AUTHOR;
    struct units units = literal_units(expander, read, is_prefix);
    for (size_t i = 0; i < units.count && !expander->failed; i++) {
        struct unit *unit = &units.at[i];
        if (!reading->is_literal)
            add_spellings(expander, unit, is_prefix && i + 1 == units.count, &reading->scope);
        if (!expander->failed)
            finish_node(expander, unit->node, reading->scope.fields,
                        typed_in(expander, reading->scope.fields, as_typed(unit->surface, read, text)));
    }
    expander->are_names = false;
    return units;
}

struct node *expand_pair(struct expander *expander, const struct unit *first, const struct unit *second,
                         const struct reading *reading)
{
    if (expander->known.vocabulary == NULL)
        return NULL;
    const struct span joined = keep_joined(expander, first->folded, "", second->folded);
    if (expander->failed || !split_is_known(&expander->known, joined))
        return NULL;
    struct node *node = literal_node(expander, joined, false, false);
    struct node *both[] = {first->node, second->node};
    temper(expander, &(struct node){.kind = NODE_AND, .children = both, .child_count = 2}, node);
    if (node != NULL)
        finish_node(
            expander, node, reading->scope.fields,
            typed_in(expander, reading->scope.fields, keep_joined(expander, first->surface, " ", second->surface)));
    return expander->failed ? NULL : node;
}

/* ---- quotations ------------------------------------------------------------------------------------------ */

/* "far mem*": a star behind the last word of a quotation. */
static bool has_star(struct span text, const struct read_word *word)
{
    const size_t end = end_in(text, word);
    return end < text.len && text.at[end] == '*' && (end + 1 == text.len || text.at[end + 1] == ' ');
}

static struct node *quote_node(struct expander *expander, struct span text, const struct read_words *words)
{
    struct node **elements = arena_array(expander->arena, words->count, sizeof(struct node *));
    expander->failed |= elements == NULL;
    for (size_t i = 0; i < words->count && !expander->failed; i++) {
        const struct read_word *word = &words->at[i];
        elements[i] = word_node(expander, word, i + 1 == words->count && goes_on(word, has_star(text, word)), true);
    }
    return expander->failed ? NULL : phrase_node(expander, elements, words->count);
}

/* The node of a quotation without other spellings; NULL when it holds no word. `*joined` is the joined form when the
 * whole quotation is one compound. */
static struct node *literal_quote(struct expander *expander, struct span text, struct span *joined)
{
    const struct read_words words = read_words(expander, text);
    *joined = (struct span){0};
    if (expander->failed || words.count == 0)
        return NULL;
    struct node *node = quote_node(expander, text, &words);
    if (node == NULL)
        return NULL;
    const struct span marked = keep_joined(expander, span_of("\""), "", text);
    node->word = keep_joined(expander, marked, "\"", (struct span){"", 0});
    if (words.count > 1 && words.at[0].joined.len > 0 && words_of_unit(text, &words, 0) == words.count)
        *joined = has_star(text, &words.at[words.count - 1])
                      ? keep_joined(expander, words.at[0].joined, "*", (struct span){"", 0})
                      : words.at[0].joined;
    return node;
}

struct units expand_quote(struct expander *expander, struct span text, const struct reading *reading)
{
    struct span joined, ignored;
    struct units units = {arena_array(expander->arena, 1, sizeof *units.at), 0};
    struct node *node = literal_quote(expander, span_trim(text), &joined);
    expander->failed |= units.at == NULL;
    if (expander->failed || node == NULL)
        return units;
    const struct span typed = typed_in(expander, reading->scope.fields, node->word);
    if (joined.len > 0 && !reading->is_literal) {
        struct node *whole = literal_quote(expander, joined, &ignored);
        if (whole != NULL && whole->kind != NODE_PHRASE)
            node = node_with(expander->arena, NODE_MAX, (struct node *[]){node, whole}, 2);
        expander->failed |= node == NULL;
    }
    if (!expander->failed)
        finish_node(expander, node, reading->scope.fields, typed);
    units.at[units.count++] = (struct unit){.node = node, .surface = typed};
    return units;
}
