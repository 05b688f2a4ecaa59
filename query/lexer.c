#include "query/lexer.h"

#include "indexer/character.h"

enum {
    NEAR_DISTANCE = 10,
    NEAR_DISTANCE_MAX = 1000000,
    BRACKETS_MAX = 32, /* bytes a range of years may take */
};

struct lexer {
    struct arena *arena;
    struct span text;
    size_t at;
    size_t end;   /* of the part being read */
    size_t depth; /* parentheses open so far, with or without a partner */
    struct lexeme *lexemes;
    size_t count, capacity;
    bool failed;
};

static struct span between(const struct lexer *lexer, size_t from, size_t to)
{
    return (struct span){lexer->text.at + from, to - from};
}

static void emit(struct lexer *lexer, const struct lexeme *lexeme)
{
    struct lexeme *grown =
        arena_grow(lexer->arena, lexer->lexemes, lexer->count, &lexer->capacity, sizeof *lexer->lexemes);
    if (grown == NULL) {
        lexer->failed = true;
        return;
    }
    lexer->lexemes = grown;
    lexer->lexemes[lexer->count++] = *lexeme;
}

/* ---- characters ------------------------------------------------------------------------------------------ */

static char byte_at(const struct lexer *lexer, size_t at)
{
    if (at >= lexer->end)
        return '\0';
    return lexer->text.at[at];
}

/* Bytes of the white space at `at`, 0 when there is none. */
static size_t blank_at(const struct lexer *lexer, size_t at)
{
    const struct character character = character_at((struct span){lexer->text.at, lexer->end}, at);
    return character.class == CHARACTER_BLANK || character.class == CHARACTER_NEWLINE ? character.bytes : 0;
}

size_t lexer_quotation_mark(struct span text, size_t at)
{
    if (at < text.len && text.at[at] == '"')
        return 1;
    if (at >= text.len || text.len - at < 3 || memcmp(text.at + at, "\xe2\x80", 2) != 0)
        return 0;
    const unsigned char last = (unsigned char)text.at[at + 2];
    return last >= 0x9c && last <= 0x9f ? 3 : 0;
}

static size_t quote_at(const struct lexer *lexer, size_t at)
{
    return lexer_quotation_mark((struct span){lexer->text.at, lexer->end}, at);
}

static size_t find_quote(const struct lexer *lexer, size_t at)
{
    while (at < lexer->end && quote_at(lexer, at) == 0)
        at++;
    return at;
}

static bool ends_operand_at(const struct lexer *lexer, size_t at)
{
    const char byte = byte_at(lexer, at);
    return at >= lexer->end || byte == '(' || byte == ')' || (byte == '|' && lexer->depth > 0) ||
           blank_at(lexer, at) > 0;
}

/* ---- operands -------------------------------------------------------------------------------------------- */

bool lexer_field(struct span name, struct scope *scope)
{
    static const struct {
        const char *name;
        struct scope scope;
    } scopes[] = {
        {"title", {SCOPE_FIELD, 1u << FIELD_TITLE}},
        {"author", {SCOPE_FIELD, 1u << FIELD_AUTHOR}},
        {"authors", {SCOPE_FIELD, 1u << FIELD_AUTHOR}},
        {"venue", {SCOPE_FIELD, 1u << FIELD_VENUE}},
        {"tag", {SCOPE_FIELD, 1u << FIELD_TAG}},
        {"tags", {SCOPE_FIELD, 1u << FIELD_TAG}},
        {"abstract", {SCOPE_FIELD, 1u << FIELD_ABSTRACT}},
        {"note", {SCOPE_FIELD, 1u << FIELD_NOTE}},
        {"notes", {SCOPE_FIELD, 1u << FIELD_NOTE}},
        {"qa", {SCOPE_FIELD, 1u << FIELD_QA}},
        {"year", {SCOPE_YEAR, 0}},
        {"topic", {SCOPE_TOPIC, 0}},
    };
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
        if (span_is_nocase(name, scopes[i].name)) {
            *scope = scopes[i].scope;
            return true;
        }
    return false;
}

/* Bytes of "title:" and the like at the cursor, 0 when no field is named there. */
static size_t scan_scope(const struct lexer *lexer, struct scope *scope)
{
    enum { LONGEST_NAME = 8 };
    size_t len = 0;
    while (len <= LONGEST_NAME && lexer->at + len < lexer->end && lexer->text.at[lexer->at + len] != ':')
        len++;
    const bool is_field =
        byte_at(lexer, lexer->at + len) == ':' && lexer_field(between(lexer, lexer->at, lexer->at + len), scope);
    return is_field ? len + 1 : 0;
}

/* The end of the operand at the cursor; it has at least one character. A quotation mark behind punctuation begins an
 * operand of its own, as in `notes="far memory"`. */
static size_t scan_run(const struct lexer *lexer)
{
    size_t at = lexer->at;
    do {
        at++;
    } while (!ends_operand_at(lexer, at) && !(quote_at(lexer, at) > 0 && strchr(":=,;/", lexer->text.at[at - 1])));
    return at;
}

/* The end of "[2019 TO 2021]" at the cursor, or `otherwise` when the bracket stays open. */
static size_t scan_brackets(const struct lexer *lexer, size_t otherwise)
{
    for (size_t at = lexer->at; at < lexer->end && at < lexer->at + BRACKETS_MAX; at++)
        if (lexer->text.at[at] == ']' || lexer->text.at[at] == '}')
            return at + 1;
    return otherwise;
}

/* Takes the star off "cach*" and "cach*?". A lone "*" keeps an empty text. */
static void take_star(struct lexeme *lexeme)
{
    struct span text = span_without_end(lexeme->text, ",;.?!:");
    const size_t with_star = text.len;
    while (text.len > 0 && text.at[text.len - 1] == '*')
        text.len--;
    lexeme->is_prefix = text.len < with_star && (text.len > 0 || lexeme->text.len == 1);
    if (text.len < with_star)
        lexeme->text = text;
}

/* Reads digits into `*value`, as many as there are; returns where they end. */
static size_t scan_number(const struct lexer *lexer, size_t at, uint32_t *value)
{
    for (*value = 0; is_ascii_digit(byte_at(lexer, at)); at++)
        if (*value < NEAR_DISTANCE_MAX)
            *value = *value * 10 + (uint32_t)(byte_at(lexer, at) - '0');
    if (*value > NEAR_DISTANCE_MAX)
        *value = NEAR_DISTANCE_MAX;
    return at;
}

static bool is_near_operator(const struct lexer *lexer, struct span run, uint32_t *distance)
{
    const size_t end = (size_t)(run.at - lexer->text.at) + run.len;
    *distance = NEAR_DISTANCE;
    if (span_is(run, "NEAR"))
        return true;
    return run.len > 5 && span_starts(run, "NEAR/") && scan_number(lexer, end - run.len + 5, distance) == end;
}

/* What the operand, which has neither sign nor field, is as an operator. */
static enum lexeme_kind operator_kind(const struct lexer *lexer, struct span run, uint32_t *distance)
{
    if (span_is(run, "AND"))
        return LEXEME_AND;
    if (span_is(run, "OR"))
        return LEXEME_OR;
    if (span_is(run, "NOT"))
        return LEXEME_NOT;
    return is_near_operator(lexer, run, distance) ? LEXEME_NEAR : LEXEME_WORDS;
}

static void read_run(struct lexer *lexer, struct lexeme *lexeme, size_t start)
{
    /* "[2019 TO 2021]" is one operand behind "year:". */
    size_t end = scan_run(lexer);
    if (lexeme->scope.kind == SCOPE_YEAR && strchr("[{", lexer->text.at[lexer->at]) != NULL)
        end = scan_brackets(lexer, end);
    lexeme->text = between(lexer, lexer->at, end);
    lexeme->source = between(lexer, start, end);
    lexer->at = end;
    if (lexeme->sign == 0 && lexeme->scope.kind == SCOPE_ANYWHERE)
        lexeme->kind = operator_kind(lexer, lexeme->text, &lexeme->distance);
    if (lexeme->kind == LEXEME_WORDS)
        take_star(lexeme);
    emit(lexer, lexeme);
}

/* Reads a quotation; false when its closing mark is missing. */
static bool read_quote(struct lexer *lexer, struct lexeme *lexeme, size_t start)
{
    const size_t mark = quote_at(lexer, lexer->at);
    if (mark == 0)
        return false;
    const size_t inside = lexer->at + mark;
    const size_t closing = find_quote(lexer, inside);
    if (closing >= lexer->end)
        return false;
    lexer->at = closing + quote_at(lexer, closing);
    lexeme->kind = LEXEME_QUOTE;
    lexeme->text = between(lexer, inside, closing);
    lexeme->source = between(lexer, start, lexer->at);
    emit(lexer, lexeme);
    return true;
}

static bool read_open(struct lexer *lexer, struct lexeme *lexeme, size_t start)
{
    if (byte_at(lexer, lexer->at) != '(')
        return false;
    lexeme->kind = LEXEME_OPEN;
    lexeme->source = between(lexer, start, ++lexer->at);
    lexer->depth++;
    emit(lexer, lexeme);
    return true;
}

static void read_close(struct lexer *lexer)
{
    const struct lexeme close = {.kind = LEXEME_CLOSE, .source = between(lexer, lexer->at, lexer->at + 1)};
    lexer->at++;
    lexer->depth -= lexer->depth > 0 ? 1 : 0;
    emit(lexer, &close);
}

/* ---- NEAR(a b, 5) ---------------------------------------------------------------------------------------- */

/* The parenthesis that closes the one before `at`, or lexer->end when another opens first: NEAR holds no groups. */
static size_t find_near_close(const struct lexer *lexer, size_t at)
{
    while (at < lexer->end && lexer->text.at[at] != '(' && lexer->text.at[at] != ')') {
        const size_t mark = quote_at(lexer, at);
        const size_t closing = mark > 0 ? find_quote(lexer, at + mark) : lexer->end;
        at = closing < lexer->end ? closing + quote_at(lexer, closing) : at + 1;
    }
    return byte_at(lexer, at) == ')' ? at : lexer->end;
}

/* Where ", 5" begins in front of `close`, with its number in `*distance`; `close` when there is none. */
static size_t find_near_distance(const struct lexer *lexer, size_t from, size_t close, uint32_t *distance)
{
    size_t end = close;
    while (end > from && lexer->text.at[end - 1] == ' ')
        end--;
    size_t digits = end;
    while (digits > from && is_ascii_digit(lexer->text.at[digits - 1]))
        digits--;
    size_t comma = digits;
    while (comma > from && lexer->text.at[comma - 1] == ' ')
        comma--;
    if (digits == end || comma == from || lexer->text.at[comma - 1] != ',')
        return close;
    (void)scan_number(lexer, digits, distance);
    return comma - 1;
}

static void read_part(struct lexer *lexer);

static bool read_near(struct lexer *lexer, struct lexeme *lexeme, size_t start)
{
    static const char opening[] = "NEAR(";
    const size_t inside = lexer->at + strlen(opening);
    if (!span_starts(between(lexer, lexer->at, lexer->end), opening))
        return false;
    const size_t close = find_near_close(lexer, inside);
    if (close == lexer->end)
        return false;
    const size_t whole = lexer->end;
    lexeme->kind = LEXEME_OPEN;
    lexeme->is_near = true;
    lexeme->distance = NEAR_DISTANCE;
    lexer->end = find_near_distance(lexer, inside, close, &lexeme->distance);
    lexeme->source = between(lexer, start, inside);
    emit(lexer, lexeme);
    lexer->depth++;
    lexer->at = inside;
    read_part(lexer);
    lexer->at = close;
    lexer->end = whole;
    read_close(lexer);
    return true;
}

/* ---- the walk -------------------------------------------------------------------------------------------- */

/* Whether the cursor is right behind a quotation or parenthesis: what looks like a sign there is the hyphen of
 * "(Non)-Euclidean". */
static bool continues_operand(const struct lexer *lexer)
{
    const struct lexeme *last = lexer->count == 0 ? NULL : &lexer->lexemes[lexer->count - 1];
    return last != NULL && (last->kind == LEXEME_QUOTE || last->kind == LEXEME_CLOSE) &&
           last->source.at + last->source.len == lexer->text.at + lexer->at;
}

static void read_operand(struct lexer *lexer)
{
    struct lexeme lexeme = {.kind = LEXEME_WORDS};
    const char first = byte_at(lexer, lexer->at);
    const char second = byte_at(lexer, lexer->at + 1);
    const bool has_operand = second == '(' || !ends_operand_at(lexer, lexer->at + 1);
    if ((first == '-' || first == '+') && has_operand && second != '-' && second != '+' && !continues_operand(lexer)) {
        lexeme.sign = first;
        lexer->at++;
    }
    const size_t start = lexer->at;
    const size_t named = scan_scope(lexer, &lexeme.scope);
    if (named > 0 && byte_at(lexer, start + named) != '(' && ends_operand_at(lexer, start + named))
        lexeme.scope = (struct scope){SCOPE_ANYWHERE, 0};
    else
        lexer->at += named;
    if (!read_quote(lexer, &lexeme, start) && !read_open(lexer, &lexeme, start) && !read_near(lexer, &lexeme, start))
        read_run(lexer, &lexeme, start);
}

/* Reads from the cursor to lexer->end. */
static void read_part(struct lexer *lexer)
{
    while (lexer->at < lexer->end && !lexer->failed) {
        const size_t blank = blank_at(lexer, lexer->at);
        const char byte = byte_at(lexer, lexer->at);
        const struct lexeme bar = {.kind = LEXEME_BAR, .source = between(lexer, lexer->at, lexer->at + 1)};
        if (blank > 0) {
            lexer->at += blank;
        } else if (byte == ')') {
            read_close(lexer);
        } else if (byte == '|' && lexer->depth > 0) {
            emit(lexer, &bar);
            lexer->at++;
        } else {
            read_operand(lexer);
        }
    }
}

/* ---- making it sound ------------------------------------------------------------------------------------- */

static const size_t NO_PARTNER = SIZE_MAX;

/* partner[i]: of a parenthesis its other one, of a bar the opening parenthesis around it. */
static bool find_partners(const struct lexer *lexer, size_t *partner)
{
    size_t *open = arena_array(lexer->arena, lexer->count, sizeof *open);
    size_t depth = 0;
    if (open == NULL)
        return false;
    for (size_t i = 0; i < lexer->count; i++) {
        partner[i] = NO_PARTNER;
        if (lexer->lexemes[i].kind == LEXEME_OPEN) {
            open[depth++] = i;
        } else if (lexer->lexemes[i].kind == LEXEME_BAR && depth > 0) {
            partner[i] = open[depth - 1];
        } else if (lexer->lexemes[i].kind == LEXEME_CLOSE && depth > 0 && --depth < NESTING_MAX) {
            partner[i] = open[depth];
            partner[open[depth]] = i;
        }
    }
    return true;
}

/* "title:" of "title:(", "near" of "NEAR(": the words an opening parenthesis without partner leaves behind. */
static bool leave_words(struct arena *arena, struct lexeme *lexeme)
{
    char *lower = arena_string(arena, lexeme->source);
    if (lower == NULL)
        return false;
    for (size_t i = 0; i < lexeme->source.len; i++)
        lower[i] = ascii_lower(lower[i]);
    const struct span text = {lower, lexeme->source.len};
    *lexeme = (struct lexeme){.kind = LEXEME_WORDS, .text = text, .source = text};
    return true;
}

/* Tells parentheses of the bars in them; NEAR(...) has none. */
static void mark_spellings(struct lexer *lexer, size_t *partner)
{
    for (size_t i = 0; i < lexer->count; i++) {
        if (lexer->lexemes[i].kind != LEXEME_BAR || partner[i] == NO_PARTNER)
            continue;
        struct lexeme *open = &lexer->lexemes[partner[i]];
        open->has_spellings = !open->is_near;
        if (open->is_near)
            partner[i] = NO_PARTNER;
    }
}

/* Settles parentheses and bars; the lexemes move together. */
static bool pair_parentheses(struct lexer *lexer)
{
    size_t *partner = arena_array(lexer->arena, lexer->count, sizeof *partner);
    size_t kept = 0;
    if (partner == NULL || !find_partners(lexer, partner))
        return false;
    mark_spellings(lexer, partner);
    for (size_t i = 0; i < lexer->count; i++) {
        struct lexeme *lexeme = &lexer->lexemes[i];
        const bool is_lone = partner[i] == NO_PARTNER;
        if ((lexeme->kind == LEXEME_CLOSE && is_lone) ||
            (lexeme->kind == LEXEME_BAR && (is_lone || partner[partner[i]] == NO_PARTNER)))
            continue;
        if (lexeme->kind == LEXEME_OPEN && is_lone && !leave_words(lexer->arena, lexeme))
            return false;
        lexer->lexemes[kept++] = *lexeme;
    }
    lexer->count = kept;
    return true;
}

static bool begins_operand(enum lexeme_kind kind)
{
    return kind == LEXEME_WORDS || kind == LEXEME_QUOTE || kind == LEXEME_OPEN;
}

static bool ends_operand(enum lexeme_kind kind)
{
    return kind == LEXEME_WORDS || kind == LEXEME_QUOTE || kind == LEXEME_CLOSE;
}

/* Whether the operator at `i` has its operands. Operators before it are settled. */
static bool has_operands(const struct lexer *lexer, size_t i)
{
    const enum lexeme_kind kind = lexer->lexemes[i].kind;
    if (i + 1 >= lexer->count || (kind != LEXEME_NOT && (i == 0 || !ends_operand(lexer->lexemes[i - 1].kind))))
        return false;
    const struct lexeme *next = &lexer->lexemes[i + 1];
    if (kind == LEXEME_NEAR)
        return begins_operand(next->kind) && next->sign == 0;
    return begins_operand(next->kind) || next->kind == LEXEME_NOT;
}

static bool is_operator(enum lexeme_kind kind)
{
    return kind == LEXEME_AND || kind == LEXEME_OR || kind == LEXEME_NOT || kind == LEXEME_NEAR;
}

/* Turns operators without operands, and those inside NEAR(...), into words. */
static bool settle_operators(struct lexer *lexer)
{
    bool in_near = false;
    for (size_t i = 0; i < lexer->count; i++) {
        struct lexeme *lexeme = &lexer->lexemes[i];
        if (lexeme->kind == LEXEME_OPEN || lexeme->kind == LEXEME_CLOSE)
            in_near = lexeme->is_near;
        if (is_operator(lexeme->kind) && (in_near || !has_operands(lexer, i)) && !leave_words(lexer->arena, lexeme))
            return false;
    }
    return true;
}

bool lexer_read(struct arena *arena, struct span text, struct lexemes *out)
{
    struct lexer lexer = {.arena = arena, .text = text, .end = text.len};
    read_part(&lexer);
    if (lexer.failed || !pair_parentheses(&lexer) || !settle_operators(&lexer))
        return false;
    *out = (struct lexemes){lexer.lexemes, lexer.count};
    return true;
}
