#include "query/topics.h"

#include "base/error.h"
#include "query/parser.h"

#include <utf8proc.h>

struct reader_state {
    struct arena *arena;
    struct analyzer *analyzer;
    const char *file;
    pinakes_error *error;
    uint32_t line;
    struct topic_set set;
    size_t topic_capacity, rule_capacity;
};

/* Columns count code points from 1, as editors do. */
static pinakes_status refuse(const struct reader_state *state, struct span line, const char *at, const char *what)
{
    size_t column = 1;
    for (const char *c = line.at; c < at; c++)
        column += ((unsigned char)*c & 0xC0) != 0x80;
    return error_set(state->error, PINAKES_BAD_INPUT, "%s:%u:%zu: %s; no topic was changed", state->file,
                     (unsigned)state->line, column, what);
}

/* A number such as 3, +2 or -1.5 at the start of `text`; the bytes it takes, or 0. The decimal point is a point
 * whatever the locale. */
static size_t read_number(struct span text, double *out)
{
    enum { MOST_DIGITS = 9 };
    size_t i = text.len > 0 && (text.at[0] == '+' || text.at[0] == '-') ? 1 : 0;
    const size_t first = i;
    double value = 0;
    for (; i < text.len && is_ascii_digit(text.at[i]); i++)
        value = value * 10 + (text.at[i] - '0');
    if (i == first || i - first > MOST_DIGITS)
        return 0;
    if (i + 1 < text.len && text.at[i] == '.' && is_ascii_digit(text.at[i + 1])) {
        double place = 0.1;
        for (i++; i < text.len && is_ascii_digit(text.at[i]); i++) {
            value += (text.at[i] - '0') * place;
            place /= 10;
        }
    }
    *out = text.at[0] == '-' ? -value : value;
    return i;
}

static bool is_topic_name(struct span name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!(is_ascii_small(name.at[i]) || is_ascii_digit(name.at[i]) || name.at[i] == '-'))
            return false;
    return name.len > 0;
}

static struct topic *current_topic(struct reader_state *state)
{
    return state->set.topic_count == 0 ? NULL : &state->set.topics[state->set.topic_count - 1];
}

static pinakes_status read_section(struct reader_state *state, struct span line)
{
    const bool is_closed = line.len >= 2 && line.at[line.len - 1] == ']';
    const struct span name = span_trim((struct span){line.at + 1, is_closed ? line.len - 2 : 0});
    if (!is_closed || !is_topic_name(name))
        return refuse(state, line, line.at,
                      "a topic begins with its name in brackets, of small letters, digits and hyphens: [far-memory]");
    for (size_t i = 0; i < state->set.topic_count; i++)
        if (span_equal(state->set.topics[i].name, name))
            return refuse(state, line, name.at, "this topic was begun before; keep one of the two");
    struct topic *topics =
        arena_grow(state->arena, state->set.topics, state->set.topic_count, &state->topic_capacity, sizeof *topics);
    if (topics == NULL)
        return error_no_memory(state->error);
    state->set.topics = topics;
    topics[state->set.topic_count++] = (struct topic){.name = name, .title = name, .threshold = 1};
    state->rule_capacity = 0;
    return PINAKES_OK;
}

static pinakes_status read_setting(struct reader_state *state, struct span line, const char *equals)
{
    struct topic *topic = current_topic(state);
    const struct span name = span_trim((struct span){line.at, (size_t)(equals - line.at)});
    const struct span value = span_trim((struct span){equals + 1, line.len - (size_t)(equals + 1 - line.at)});
    if (value.len == 0)
        return refuse(state, line, equals, "nothing stands behind the equals sign");
    if (span_is(name, "title")) {
        topic->title = value;
        return PINAKES_OK;
    }
    if (!span_is(name, "threshold"))
        return refuse(state, line, line.at,
                      "a topic has the settings title and threshold, and rules such as: +2 \"far memory\"");
    double threshold;
    if (read_number(value, &threshold) != value.len || threshold <= 0)
        return refuse(state, line, value.at, "a threshold is a number above 0");
    topic->threshold = threshold;
    return PINAKES_OK;
}

/* A rule that asked for another topic would depend on the order of assignment. */
static bool asks_for_topic(const struct node *node)
{
    if (node->kind == NODE_TOPIC)
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (asks_for_topic(node->children[i]))
            return true;
    return false;
}

static pinakes_status read_rule(struct reader_state *state, struct span line)
{
    struct topic *topic = current_topic(state);
    struct topic_rule rule = {.line = state->line};
    const size_t taken = read_number(line, &rule.weight);
    if (taken == 0 || rule.weight == 0 || (taken < line.len && line.at[taken] != ' ' && line.at[taken] != '\t'))
        return refuse(state, line, line.at, "a rule begins with its weight, a number that is not 0: +2 \"far memory\"");
    rule.text = span_trim((struct span){line.at + taken, line.len - taken});
    if (rule.text.len == 0)
        return refuse(state, line, line.at + taken, "the weight stands alone; write a query behind it");
    struct parsed_query parsed;
    const pinakes_status status =
        parse_query(state->arena, state->analyzer, rule.text, &(struct parse_options){0}, &parsed, state->error);
    if (status != PINAKES_OK)
        return status;
    if (parsed.root->kind == NODE_NOTHING || parsed.root->kind == NODE_EVERYTHING)
        return refuse(state, line, rule.text.at, "this query holds no word to search for");
    if (asks_for_topic(parsed.root))
        return refuse(state, line, rule.text.at, "a rule cannot ask for a topic; repeat that topic's rules");
    rule.tree = parsed.root;
    struct topic_rule *rules =
        arena_grow(state->arena, topic->rules, topic->rule_count, &state->rule_capacity, sizeof *rules);
    if (rules == NULL)
        return error_no_memory(state->error);
    topic->rules = rules;
    rules[topic->rule_count++] = rule;
    return PINAKES_OK;
}

static pinakes_status read_line(struct reader_state *state, struct span line)
{
    if (line.len == 0 || line.at[0] == '#' || line.at[0] == ';')
        return PINAKES_OK;
    if (line.at[0] == '[')
        return read_section(state, line);
    if (current_topic(state) == NULL)
        return refuse(state, line, line.at, "this stands before the first topic; begin one: [far-memory]");
    if (line.at[0] == '+' || line.at[0] == '-' || is_ascii_digit(line.at[0]))
        return read_rule(state, line);
    const char *equals = memchr(line.at, '=', line.len);
    if (equals == NULL)
        return refuse(state, line, line.at, "a rule begins with its weight: +2 \"far memory\"");
    return read_setting(state, line, equals);
}

/* The offset of the first byte that is not UTF-8, or the length. A NUL is refused with it: it ends no line. */
static size_t first_bad_byte(struct span text)
{
    for (size_t i = 0; i < text.len;) {
        utf8proc_int32_t code_point;
        const utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)text.at + i, (utf8proc_ssize_t)(text.len - i), &code_point);
        if (bytes <= 0 || code_point == 0)
            return i;
        i += (size_t)bytes;
    }
    return text.len;
}

static pinakes_status check_topics(const struct reader_state *state)
{
    for (size_t i = 0; i < state->set.topic_count; i++)
        if (state->set.topics[i].rule_count == 0)
            return error_set(
                state->error, PINAKES_BAD_INPUT,
                "%s: the topic %.*s has no rule; write one, such as: +2 \"far memory\"; no topic was changed",
                state->file, SPAN_ARGS(state->set.topics[i].name));
    return PINAKES_OK;
}

pinakes_status topics_parse(struct arena *arena, struct analyzer *analyzer, const char *file, struct span text,
                            struct topic_set *out, pinakes_error *error)
{
    struct reader_state state = {.arena = arena, .analyzer = analyzer, .file = file, .error = error};
    text = span_without_bom(text);
    const size_t bad = first_bad_byte(text);
    for (size_t start = 0; start < text.len;) {
        const char *end = memchr(text.at + start, '\n', text.len - start);
        const size_t stop = end == NULL ? text.len : (size_t)(end - text.at);
        const struct span line = span_trim((struct span){text.at + start, stop - start});
        state.line++;
        if (bad >= start && bad < stop)
            return refuse(&state, (struct span){text.at + start, stop - start}, text.at + bad,
                          "this byte is not UTF-8; convert the file to UTF-8");
        const pinakes_status status = read_line(&state, line);
        if (status != PINAKES_OK)
            return status;
        start = stop + 1;
    }
    const pinakes_status status = check_topics(&state);
    if (status == PINAKES_OK)
        *out = state.set;
    return status;
}
