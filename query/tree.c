#include "query/tree.h"

struct node *node_new(struct arena *arena, enum node_kind kind)
{
    struct node *node = arena_alloc(arena, sizeof *node);
    if (node != NULL) {
        node->kind = kind;
        node->boost = 1;
    }
    return node;
}

struct node *node_with(struct arena *arena, enum node_kind kind, struct node *const *children, size_t count)
{
    struct node *node = node_new(arena, kind);
    struct node **copy = arena_array(arena, count, sizeof(struct node *));
    if (node == NULL || copy == NULL)
        return NULL;
    if (count > 0)
        memcpy(copy, children, count * sizeof(struct node *));
    node->children = copy;
    node->child_count = count;
    return node;
}

void node_boost(struct node *node, double by)
{
    node->boost *= by;
    for (size_t i = 0; i < node->child_count; i++)
        node_boost(node->children[i], by);
}

static bool tokens_equal(const struct node *a, const struct node *b)
{
    if (a->token_count != b->token_count)
        return false;
    for (size_t i = 0; i < a->token_count; i++)
        if (!span_equal(a->tokens[i], b->tokens[i]))
            return false;
    return true;
}

bool node_equal(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->fields != b->fields || a->child_count != b->child_count ||
        a->distance != b->distance || a->year_from != b->year_from || a->year_to != b->year_to ||
        a->is_must != b->is_must || !tokens_equal(a, b) || !topic_name_equal(a->name, b->name))
        return false;
    for (size_t i = 0; i < a->child_count; i++)
        if (!node_equal(a->children[i], b->children[i]))
            return false;
    return true;
}

char topic_letter(char c)
{
    if (c == ' ' || c == '_')
        return '-';
    return ascii_lower(c);
}

bool topic_name_equal(struct span a, struct span b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (topic_letter(a.at[i]) != topic_letter(b.at[i]))
            return false;
    return true;
}

/* ---- printing -------------------------------------------------------------------------------------------- */

static void print_operand(const struct node *node, struct buffer *out);

/* The language names one field at a time; sets of several, which only programs make, are listed. */
static void print_fields(field_set fields, struct buffer *out)
{
    const char *before = "";
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        if ((fields & (1u << i)) == 0)
            continue;
        buffer_add_text(out, before);
        buffer_add_text(out, field_name((enum field)i));
        before = ",";
    }
    if (fields != 0)
        buffer_add_byte(out, ':');
}

static void print_list(const struct node *node, const char *between, struct buffer *out)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0)
            buffer_add_text(out, between);
        print_operand(node->children[i], out);
    }
}

/* One spelling alone keeps its bar: "(kv-cache |)" is not "kv-cache", which stands for "kvcache" too. */
static void print_spellings(const struct node *node, struct buffer *out)
{
    buffer_add_byte(out, '(');
    print_list(node, " | ", out);
    buffer_add_text(out, node->child_count == 1 ? " |)" : ")");
}

static void print_near(const struct node *node, struct buffer *out)
{
    buffer_add_text(out, "NEAR(");
    print_list(node, " ", out);
    buffer_format(out, ", %u)", (unsigned)node->distance);
}

static void print_year(const struct node *node, struct buffer *out)
{
    buffer_add_text(out, "year:");
    if (node->year_from != 0)
        buffer_format(out, "%d", node->year_from);
    if (node->year_from == node->year_to)
        return;
    buffer_add_text(out, "..");
    if (node->year_to != 0)
        buffer_format(out, "%d", node->year_to);
}

/* A name that is more than letters, digits and hyphens stands in quotation marks. */
static void print_topic(struct span name, struct buffer *out)
{
    bool is_plain = name.len > 0;
    for (size_t i = 0; i < name.len && is_plain; i++)
        is_plain = is_ascii_small(name.at[i]) || is_ascii_digit(name.at[i]) || (name.at[i] == '-' && i > 0);
    buffer_add_text(out, is_plain ? "topic:" : "topic:\"");
    buffer_add(out, name);
    buffer_add_text(out, is_plain ? "" : "\"");
}

static void print_bare(const struct node *node, struct buffer *out)
{
    switch (node->kind) {
    case NODE_EVERYTHING:
        buffer_add_byte(out, '*');
        break;
    case NODE_NOTHING:
        buffer_add_byte(out, '-');
        break;
    case NODE_AND:
        print_list(node, " AND ", out);
        break;
    case NODE_OR:
        print_list(node, " OR ", out);
        break;
    case NODE_MAX:
        print_spellings(node, out);
        break;
    case NODE_NOT:
        buffer_add_text(out, "NOT ");
        print_operand(node->children[0], out);
        break;
    case NODE_TERM:
    case NODE_PREFIX:
    case NODE_PHRASE:
        print_fields(node->fields, out);
        buffer_add(out, node->word);
        break;
    case NODE_NEAR:
        print_near(node, out);
        break;
    case NODE_YEAR:
        print_year(node, out);
        break;
    case NODE_TOPIC:
        print_topic(node->name, out);
        break;
    }
}

static void print_operand(const struct node *node, struct buffer *out)
{
    const bool is_group = node->kind == NODE_AND || node->kind == NODE_OR;
    buffer_add_text(out, node->is_must ? "+" : "");
    buffer_add_text(out, is_group ? "(" : "");
    print_bare(node, out);
    buffer_add_text(out, is_group ? ")" : "");
}

void node_print(const struct node *node, struct buffer *out)
{
    if (node->is_must)
        print_operand(node, out);
    else
        print_bare(node, out);
}
