#include "corpus/org_blocks.h"

#include "corpus/label.h"
#include "corpus/notes_line.h"
#include "corpus/org_inline.h"
#include "corpus/stamp.h"
#include "corpus/words.h"

#include "base/error.h"

#include <stdio.h>
#include <strings.h>

enum { DEEPEST_LIST = 6, DEEPEST_HEADING = 6, MOST_CELLS = 64, MOST_STATES = 32 };

struct reader {
    struct arena *arena;
    struct span text;
    char *words; /* a copy of the text in which only visible text is not blank */
    struct front_matter *front;
    struct blocks *out;
    size_t capacity, tag_capacity, front_capacity;
    uint32_t line; /* of the line at hand */

    struct block open;         /* the block that lines are added to; its text is empty when none is open */
    int indents[DEEPEST_LIST]; /* of the items around, in columns */
    unsigned lists;
    bool in_quote, below_heading, has_key;
    struct span hidden_until; /* the name of the block of code that is open; empty when none is */

    struct span states[MOST_STATES]; /* words in front of a heading that the file itself names */
    size_t state_count;
    struct span drawer; /* the lines of the property drawer that is open, up to here */
    uint32_t drawer_line;
    struct front_value author; /* of the notes or the paper; its text is empty when there is none */
    bool in_drawer, in_properties, failed;
};

/* ---- blocks -------------------------------------------------------------------------------------------------- */

static bool has_letter_or_digit(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_ascii_digit(text.at[i]) || is_ascii_letter(text.at[i]) || ((unsigned char)text.at[i] & 0x80) != 0)
            return true;
    return false;
}

/* The words of a part of the text. */
static struct span words_of(const struct reader *reader, struct span text)
{
    return (struct span){reader->words + (text.at - reader->text.at), text.len};
}

static void add_block(struct reader *reader, struct block block)
{
    struct blocks *out = reader->out;
    struct block *blocks = arena_grow(reader->arena, out->at, out->count, &reader->capacity, sizeof *blocks);
    reader->failed |= blocks == NULL;
    if (blocks == NULL)
        return;
    out->at = blocks;
    const struct span visible = span_trim(block.words);
    for (const char *c = block.words.at; c < visible.at; c++)
        block.line += *c == '\n';
    block.text = (struct span){block.text.at + (visible.at - block.words.at), visible.len};
    block.words = visible;
    block.label_is_all = block.label.len > 0 && visible.len == block.label.len;
    if (has_letter_or_digit(visible))
        blocks[out->count++] = block;
}

/* Makes words of a part of the text; sets the label and the link of `block`. */
static void read_inline(struct reader *reader, struct span text, struct block *block)
{
    struct org_inline marks;
    const struct span words = words_of(reader, text);
    char *writable = reader->words + (text.at - reader->text.at);
    memcpy(writable, text.at, text.len);
    org_inline_read(text, writable, &marks);
    block->url = marks.url;
    block->label = span_trim((struct span){words.at + marks.label_first, marks.label_end - marks.label_first});
    block->label_is_link = marks.label_is_link;
}

/* ---- citation keys ------------------------------------------------------------------------------------------- */

/* "NAME: value", a paragraph of the paper's record that the text says in other words. */
static void add_record(struct reader *reader, const char *name, struct span value, uint32_t line)
{
    const char *text = arena_format(reader->arena, "%s: %.*s", name, SPAN_ARGS(value));
    reader->failed |= text == NULL;
    if (text != NULL)
        add_block(reader, (struct block){.kind = BLOCK_PARAGRAPH,
                                         .line = line,
                                         .is_field = true,
                                         .text = span_of(text),
                                         .words = span_of(text)});
}

/* "doe2020quiet": a word with a year in it, as programs make keys. */
static bool is_dated_key(struct span text)
{
    size_t digits = 0, most = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_key_byte(text.at[i]))
            return false;
        digits = is_ascii_digit(text.at[i]) ? digits + 1 : 0;
        most = digits > most ? digits : most;
    }
    return most == 4 && is_ascii_letter(text.at[0]);
}

/* Whether a line is one link to a citation and no more, "[[cite:doe2020][Doe 2020: Quiet]]". */
static bool is_citation(struct span text, struct span *key, struct span *described)
{
    const struct span link = span_trim(text);
    const size_t close = span_find(link, "]]");
    if (!span_starts(link, "[[") || close == SIZE_MAX || close + 2 != link.len)
        return false;
    const struct span inside = {link.at + 2, close - 2};
    const size_t middle = span_find(inside, "]["), colon = span_find(inside, ":");
    const struct span target = middle == SIZE_MAX ? inside : span_until(inside, middle);
    if (!span_starts_nocase(target, "cite") || colon == SIZE_MAX || colon + 1 >= target.len)
        return false;
    *key = span_from(target, colon + 1);
    if (span_starts(*key, "&"))
        *key = span_from(*key, 1);
    *described = middle == SIZE_MAX ? (struct span){"", 0} : span_from(inside, middle + 2);
    for (size_t i = 0; i < key->len; i++)
        if (!is_key_byte(key->at[i])) /* several, or notes beside it */
            return false;
    return key->len > 0;
}

/* Right below a heading such a link is the key of its paper. */
static bool take_citation(struct reader *reader, struct span line)
{
    const struct blocks *out = reader->out;
    struct span key, described;
    if (reader->open.text.len > 0 || out->count == 0 || out->at[out->count - 1].kind != BLOCK_HEADING ||
        !is_citation(line, &key, &described))
        return false;
    const int year = year_find(described);
    char digits[16];
    (void)snprintf(digits, sizeof digits, "%d", year);
    add_record(reader, "CITE_KEY", key, reader->line);
    if (year != 0)
        add_record(reader, "YEAR", span_of(digits), reader->line);
    return true;
}

/* Takes the key off a heading "[[file:doe.pdf][doe2020quiet]]: Quiet Caches". */
static struct span cut_key(struct reader *reader, struct block *block)
{
    static const struct span none = {"", 0};
    const struct span label = block->label;
    if (block->kind != BLOCK_HEADING || label.len == 0 || !is_dated_key(label))
        return none;
    const size_t end = (size_t)(label.at - reader->words) + label.len;
    const size_t last = (size_t)(block->text.at - reader->text.at) + block->text.len;
    size_t colon = end;
    while (colon < last && is_blank(reader->words[colon]))
        colon++;
    if (colon == last || reader->words[colon] != ':')
        return none;
    memset(reader->words + (label.at - reader->words), ' ', colon + 1 - (size_t)(label.at - reader->words));
    block->label = none;
    block->label_is_link = false;
    return (struct span){reader->text.at + (label.at - reader->words), label.len};
}

/* What was collected becomes a block; "keywords ::" that nobody filled in does not. */
static void flush(struct reader *reader)
{
    struct block block = reader->open;
    reader->open = (struct block){.kind = BLOCK_PARAGRAPH};
    if (block.text.len == 0 || (block.kind == BLOCK_ITEM && span_ends(block.text, "::")))
        return;
    read_inline(reader, block.text, &block);
    const struct span key = cut_key(reader, &block);
    block.words = words_of(reader, block.text);
    add_block(reader, block);
    if (key.len > 0)
        add_record(reader, "CITE_KEY", key, block.line);
}

static void open_block(struct reader *reader, enum block_kind kind, unsigned level, struct span text)
{
    flush(reader);
    reader->open = (struct block){.kind = kind, .level = level, .line = reader->line, .text = text};
}

/* Tags that tell Org what to do with a heading. */
static bool is_command(struct span tag)
{
    static const char *const commands[] = {"ignore", "noexport", "export", "ARCHIVE", "ATTACH"};
    return span_is_among(tag, commands, sizeof commands / sizeof commands[0]);
}

static void add_tag(struct reader *reader, struct span text)
{
    struct blocks *out = reader->out;
    if (text.len == 0 || is_command(text))
        return;
    struct block_tag *tags = arena_grow(reader->arena, out->tags, out->tag_count, &reader->tag_capacity, sizeof *tags);
    reader->failed |= tags == NULL;
    if (tags == NULL)
        return;
    out->tags = tags;
    tags[out->tag_count++] = (struct block_tag){text, reader->line};
}

/* ---- front matter -------------------------------------------------------------------------------------------- */

static void add_front(struct reader *reader, const char *key, struct span value, bool is_element)
{
    struct front_matter *front = reader->front;
    if (value.len == 0)
        return;
    struct front_value *values =
        arena_grow(reader->arena, front->values, front->count, &reader->front_capacity, sizeof *values);
    reader->failed |= values == NULL;
    if (values == NULL)
        return;
    front->values = values;
    values[front->count++] = (struct front_value){span_of(key), value, value, reader->line, is_element};
}

/* ":one:two:" or "one two". */
static void add_file_tags(struct reader *reader, struct span text)
{
    while (text.len > 0) {
        size_t end = 0;
        while (end < text.len && text.at[end] != ':' && !is_blank(text.at[end]))
            end++;
        add_front(reader, "tags", span_until(text, end), true);
        text = span_from(text, end < text.len ? end + 1 : end);
    }
}

static void add_states(struct reader *reader, struct span text)
{
    struct word word;
    while (word_next(&text, &word)) {
        const char *fast = memchr(word.chunk.at, '(', word.chunk.len); /* "TODO(t)" */
        const struct span state = fast == NULL ? word.chunk : span_until(word.chunk, (size_t)(fast - word.chunk.at));
        if (reader->state_count < MOST_STATES && !span_is(state, "|"))
            reader->states[reader->state_count++] = state;
    }
}

/* A citation key, as notes on one paper have it above: "cite:doe2020", "@doe2020". */
static bool is_reference(struct span value)
{
    for (struct span word; span_word(&value, &word);)
        if (span_starts(word, "cite:") || span_starts(word, "@") || span_starts(word, "[cite"))
            return true;
    return false;
}

static const char *lower_copy(struct reader *reader, struct span name)
{
    char *copy = arena_string(reader->arena, name);
    reader->failed |= copy == NULL;
    for (char *c = copy; c != NULL && *c != '\0'; c++)
        *c = ascii_lower(*c);
    return copy == NULL ? "" : copy;
}

static bool is_record_key(struct span key)
{
    const enum label label = label_of(key);
    return label == LABEL_YEAR || label == LABEL_VENUE || label == LABEL_DOI || label == LABEL_ARXIV ||
           label == LABEL_PMID || label == LABEL_LINK;
}

/* "#+title: ...", of the whole file. The author is that of the notes, unless a year or the like stands beside; the date
 * always is. */
static void take_keyword(struct reader *reader, struct span name, struct span value)
{
    const struct span key = span_of(lower_copy(reader, name));
    if (span_is(key, "author"))
        reader->author = (struct front_value){span_of("authors"), value, value, reader->line, false};
    else if (span_is(key, "title") || span_is(key, "keywords") || is_record_key(key))
        add_front(reader, key.at, value, false);
    else if (span_is(key, "filetags") || span_is(key, "roam_tags"))
        add_file_tags(reader, value);
    else if (span_is(key, "todo") || span_is(key, "seq_todo") || span_is(key, "typ_todo"))
        add_states(reader, value);
    else if (span_starts(key, "roam_") && label_of(key) == LABEL_KEY && value.len > 0) {
        reader->has_key |= is_reference(value);
        add_front(reader, key.at, value, false);
    }
}

/* ---- properties ---------------------------------------------------------------------------------------------- */

/* Takes ":NAME: value" apart. */
static bool split_property(struct span line, struct span *name, struct span *value)
{
    line = span_trim(line);
    const char *end = line.len > 2 && line.at[0] == ':' ? memchr(line.at + 1, ':', line.len - 1) : NULL;
    if (end == NULL || end == line.at + 1)
        return false;
    *name = (struct span){line.at + 1, (size_t)(end - line.at) - 1};
    *value = span_trim((struct span){end + 1, line.len - name->len - 2});
    for (size_t i = 0; i < name->len; i++)
        if (is_blank(name->at[i]))
            return false;
    return true;
}

/* Whether the property says something of a paper. A custom identifier alone may be any heading's. */
static bool is_of_paper(struct span name, struct span value)
{
    const enum label label = label_of(name);
    return value.len > 0 && label != LABEL_NONE && label != LABEL_TITLE &&
           (label != LABEL_KEY || is_reference(value) || span_is_nocase(name, "bibtex-key"));
}

static bool next_property(struct span *rest, struct span *name, struct span *value)
{
    struct span line;
    *name = *value = (struct span){"", 0};
    if (!line_cut(rest, &line))
        return false;
    (void)split_property(line, name, value);
    return true;
}

/* A property as a paragraph of its own: "AUTHOR: Ada Example". */
static void add_property(struct reader *reader, struct span name, struct span value)
{
    const struct span text = {name.at, (size_t)(value.at + value.len - name.at)};
    char *words = reader->words + (text.at - reader->text.at);
    memcpy(words, text.at, text.len);
    add_block(
        reader,
        (struct block){
            .kind = BLOCK_PARAGRAPH, .line = reader->line, .is_field = true, .text = text, .words = {words, text.len}});
}

static void end_heading_drawer(struct reader *reader)
{
    struct span rest = reader->drawer, name, value;
    const uint32_t line = reader->line;
    bool is_papers = reader->has_key;
    while (next_property(&rest, &name, &value))
        is_papers |= is_of_paper(name, value);
    rest = reader->drawer;
    for (reader->line = reader->drawer_line; is_papers && next_property(&rest, &name, &value); reader->line++)
        if (is_of_paper(name, value) || (label_of(name) == LABEL_KEY && value.len > 0))
            add_property(reader, name, value);
    reader->line = line;
}

static void end_file_drawer(struct reader *reader)
{
    struct span rest = reader->drawer, name, value;
    const uint32_t line = reader->line;
    for (reader->line = reader->drawer_line; next_property(&rest, &name, &value); reader->line++) {
        const bool refers = label_of(name) == LABEL_KEY && is_reference(value);
        reader->has_key |= refers;
        if (refers || is_of_paper(name, value) || (label_of(name) == LABEL_KEY && span_starts_nocase(value, "http")))
            add_front(reader, lower_copy(reader, name), value, false);
    }
    reader->line = line;
}

static void end_drawer(struct reader *reader)
{
    if (reader->in_properties && reader->below_heading)
        end_heading_drawer(reader);
    else if (reader->in_properties)
        end_file_drawer(reader);
    reader->in_drawer = reader->in_properties = false;
}

static bool is_drawer_name(struct span name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_capital(name.at[i]) && name.at[i] != '_' && name.at[i] != '-')
            return span_is_nocase(name, "properties") || span_is_nocase(name, "logbook");
    return true;
}

/* A drawer begins with its name alone on a line, ":LOGBOOK:". */
static bool begin_drawer(struct reader *reader, struct span line)
{
    struct span name, value;
    if (!split_property(line, &name, &value) || value.len > 0 || !is_drawer_name(name))
        return false;
    flush(reader);
    reader->in_drawer = true;
    reader->in_properties = span_is_nocase(name, "PROPERTIES");
    reader->drawer_line = reader->line + 1;
    reader->drawer = (struct span){NULL, 0};
    return true;
}

static void continue_drawer(struct reader *reader, struct span line)
{
    if (span_is_nocase(span_trim(line), ":end:"))
        end_drawer(reader);
    else if (reader->drawer.at == NULL)
        reader->drawer = line;
    else
        reader->drawer.len = (size_t)(line.at + line.len - reader->drawer.at);
}

/* ---- headings ------------------------------------------------------------------------------------------------ */

static bool is_state(const struct reader *reader, struct span word)
{
    static const char *const usual[] = {"TODO",    "DONE",    "NEXT",      "WAIT",     "WAITING",    "READ",
                                        "READING", "TOREAD",  "TO-READ",   "STARTED",  "INPROGRESS", "IN-PROGRESS",
                                        "HOLD",    "SOMEDAY", "CANCELLED", "CANCELED", "PROJ",       "KILL",
                                        "UNREAD",  "SKIMMED", "DOING",     "LATER"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (span_is(word, usual[i]))
            return true;
    for (size_t i = 0; i < reader->state_count; i++)
        if (span_equal(word, reader->states[i]))
            return true;
    return false;
}

/* Cuts ":one:two:" off the end of a heading. */
static void cut_tags(struct reader *reader, struct span *text)
{
    const char *space = text->len == 0 ? NULL : memrchr(text->at, ' ', text->len);
    struct span tags = space == NULL ? (struct span){"", 0} : span_from(*text, (size_t)(space + 1 - text->at));
    if (tags.len < 3 || tags.at[0] != ':' || tags.at[tags.len - 1] != ':')
        return;
    for (size_t i = 0; i < tags.len; i++)
        if (strchr("_@#%:", tags.at[i]) == NULL && !is_ascii_letter(tags.at[i]) && !is_ascii_digit(tags.at[i]) &&
            ((unsigned char)tags.at[i] & 0x80) == 0)
            return;
    *text = span_trim(span_until(*text, (size_t)(tags.at - text->at)));
    while (tags.len > 1) {
        const char *end = memchr(tags.at + 1, ':', tags.len - 1);
        const size_t len = end == NULL ? tags.len - 1 : (size_t)(end - tags.at) - 1;
        add_tag(reader, (struct span){tags.at + 1, len});
        tags = span_from(tags, len + 1);
    }
}

static void cut_state_and_priority(const struct reader *reader, struct span *text)
{
    const char *space = memchr(text->at, ' ', text->len);
    const size_t len = space == NULL ? text->len : (size_t)(space - text->at);
    if (is_state(reader, span_until(*text, len)))
        *text = span_trim(span_from(*text, len));
    if (text->len >= 4 && span_starts(*text, "[#") && text->at[3] == ']')
        *text = span_trim(span_from(*text, 4));
}

/* The stars in front of a heading, 0 when the line is none. */
static unsigned heading_level(struct span line)
{
    size_t stars = 0;
    while (stars < line.len && line.at[stars] == '*')
        stars++;
    if (stars == 0 || stars == line.len || line.at[stars] != ' ')
        return 0;
    return stars > DEEPEST_HEADING ? DEEPEST_HEADING : (unsigned)stars;
}

static void take_heading(struct reader *reader, struct span line, unsigned level)
{
    while (line.len > 0 && line.at[0] == '*')
        line = span_from(line, 1);
    struct span text = span_trim(line);
    reader->below_heading = true;
    reader->lists = 0;
    reader->in_quote = false;
    flush(reader);
    if (text.len == 0)
        return;
    cut_state_and_priority(reader, &text);
    cut_tags(reader, &text);
    open_block(reader, BLOCK_HEADING, level, text);
    flush(reader);
}

/* ---- lists and tables ---------------------------------------------------------------------------------------- */

static int columns_of(struct span line)
{
    int columns = 0;
    for (size_t i = 0; i < line.len && (line.at[i] == ' ' || line.at[i] == '\t'); i++)
        columns += line.at[i] == '\t' ? 8 : 1;
    return columns;
}

/* The bytes of "- ", "+ ", "12. ", "a) " in front of an item, 0 when the line is none; a star needs white space before
 * it. */
static size_t bullet_bytes(struct span text, int columns)
{
    size_t i = 0;
    if (text.len > 0 && (strchr("-+", text.at[0]) != NULL || (text.at[0] == '*' && columns > 0)))
        i = 1;
    else {
        while (i < text.len && is_ascii_digit(text.at[i]))
            i++;
        i = i > 0 && i < text.len && strchr(".)", text.at[i]) != NULL ? i + 1 : 0;
    }
    return i > 0 && (i == text.len || text.at[i] == ' ') ? i : 0;
}

static void take_item(struct reader *reader, struct span text, int columns, size_t bullet)
{
    while (reader->lists > 0 && reader->indents[reader->lists - 1] > columns)
        reader->lists--;
    if (reader->lists == 0 || (reader->indents[reader->lists - 1] < columns && reader->lists < DEEPEST_LIST))
        reader->indents[reader->lists++] = columns;
    struct span rest = span_trim(span_from(text, bullet));
    const bool is_open = span_starts(rest, "[ ]");
    const bool boxed = is_open || span_starts(rest, "[X]") || span_starts(rest, "[-]");
    if (boxed)
        rest = span_trim(span_from(rest, 3));
    open_block(reader, BLOCK_ITEM, reader->lists, rest);
    reader->open.is_task = is_open;
}

static void add_cells(struct reader *reader, struct block *row)
{
    struct cell *cells = arena_array(reader->arena, MOST_CELLS, sizeof *cells);
    reader->failed |= cells == NULL;
    if (cells == NULL)
        return;
    size_t start = 0;
    for (size_t i = 0; i <= row->text.len && row->cell_count < MOST_CELLS; i++) {
        if (i < row->text.len && row->text.at[i] != '|')
            continue;
        const struct span text = span_trim((struct span){row->text.at + start, i - start});
        struct block inside = {.kind = BLOCK_ROW};
        if (text.len > 0)
            read_inline(reader, text, &inside);
        const struct span words = span_trim(words_of(reader, text.len > 0 ? text : (struct span){reader->text.at, 0}));
        cells[row->cell_count].words = words;
        cells[row->cell_count].text = words.len == 0
                                          ? (struct span){row->text.at, 0}
                                          : (struct span){reader->text.at + (words.at - reader->words), words.len};
        cells[row->cell_count++].url = inside.url;
        if (row->url.len == 0)
            row->url = inside.url;
        start = i + 1;
    }
    row->cells = cells;
}

/* "| a | b |"; a rule makes the row above it that of names. */
static void take_row(struct reader *reader, struct span text)
{
    struct blocks *out = reader->out;
    flush(reader);
    if (span_starts(text, "|-")) {
        struct block *above = out->count == 0 ? NULL : &out->at[out->count - 1];
        if (above != NULL && above->kind == BLOCK_ROW && above->line + 1 == reader->line)
            above->is_header = out->count < 2 || above[-1].kind != BLOCK_ROW || above[-1].line + 1 != above->line;
        return;
    }
    struct span inside = span_from(text, 1);
    if (span_ends(inside, "|"))
        inside.len--;
    struct block row = {.kind = BLOCK_ROW, .line = reader->line, .text = inside};
    add_cells(reader, &row);
    row.words = words_of(reader, inside);
    add_block(reader, row);
}

/* ---- lines --------------------------------------------------------------------------------------------------- */

static bool is_planning(struct span text)
{
    return span_starts(text, "SCHEDULED:") || span_starts(text, "DEADLINE:") || span_starts(text, "CLOSED:");
}

static bool is_code(struct span name)
{
    static const char *const blocks[] = {"src", "example", "export", "comment", "html", "latex"};
    return span_is_among_nocase(name, blocks, sizeof blocks / sizeof blocks[0]);
}

/* "#+begin_src c", "#+title: ...". */
static void take_mark(struct reader *reader, struct span text)
{
    size_t end = 2;
    while (end < text.len && !is_blank(text.at[end]) && text.at[end] != ':')
        end++;
    const struct span name = span_from(span_until(text, end), 2);
    flush(reader);
    if (span_starts_nocase(name, "begin_")) {
        const struct span kind = span_from(name, strlen("begin_"));
        reader->in_quote = !is_code(kind);
        reader->hidden_until = is_code(kind) ? kind : (struct span){"", 0};
    } else if (span_starts_nocase(name, "end_")) {
        reader->in_quote = false;
    } else if (end < text.len && text.at[end] == ':') {
        take_keyword(reader, name, span_trim(span_from(text, end + 1)));
    }
}

static void continue_code(struct reader *reader, struct span text)
{
    const size_t front = strlen("#+end_");
    if (!span_starts_nocase(text, "#+end_"))
        return;
    const struct span name = span_from(text, front);
    if (name.len == reader->hidden_until.len && strncasecmp(name.at, reader->hidden_until.at, name.len) == 0)
        reader->hidden_until.len = 0;
}

/* A line of running text goes on what is open, or begins a block. */
static void take_text(struct reader *reader, struct span text, int columns)
{
    if (reader->open.text.len > 0) {
        reader->open.text.len = (size_t)(text.at + text.len - reader->open.text.at);
        return;
    }
    if (take_citation(reader, text))
        return;
    while (reader->lists > 0 && reader->indents[reader->lists - 1] >= columns)
        reader->lists--;
    if (reader->lists > 0)
        open_block(reader, BLOCK_ITEM, reader->lists, text);
    else
        open_block(reader, reader->in_quote ? BLOCK_QUOTE : BLOCK_PARAGRAPH, 0, text);
}

static bool is_rule(struct span text)
{
    size_t dashes = 0;
    while (dashes < text.len && text.at[dashes] == '-')
        dashes++;
    return dashes >= 5 && dashes == text.len;
}

/* Comments, fixed width and planning are for the writer alone. */
static bool is_hidden_line(struct span text)
{
    return span_is(text, "#") || span_starts(text, "# ") || span_is(text, ":") || span_starts(text, ": ") ||
           is_planning(text) || is_rule(text);
}

static void take_line(struct reader *reader, struct span line)
{
    const struct span text = span_trim(line);
    const int columns = columns_of(line);
    const unsigned level = heading_level(line);
    if (reader->hidden_until.len > 0 && level == 0)
        continue_code(reader, text);
    else if (reader->in_drawer && level == 0)
        continue_drawer(reader, line);
    else if (level > 0) {
        reader->hidden_until.len = 0;
        reader->in_drawer = reader->in_properties = false;
        take_heading(reader, line, level);
    } else if (text.len == 0 || is_hidden_line(text))
        flush(reader);
    else if (span_starts(text, "#+"))
        take_mark(reader, text);
    else if (text.at[0] == '|')
        take_row(reader, text);
    else if (begin_drawer(reader, line))
        return;
    else if (bullet_bytes(text, columns) > 0)
        take_item(reader, text, columns, bullet_bytes(text, columns));
    else
        take_text(reader, text, columns);
}

/* The title of the file stands above the headings: those of the first level are then the second. So they are without a
 * title when there are several, since each file has only one subject. */
static void sink_headings(struct blocks *blocks, bool titled)
{
    size_t highest = 0;
    for (size_t i = 0; i < blocks->count; i++)
        highest += blocks->at[i].kind == BLOCK_HEADING && blocks->at[i].level == 1;
    for (size_t i = 0; i < blocks->count && (titled || highest > 1); i++)
        if (blocks->at[i].kind == BLOCK_HEADING && blocks->at[i].level < DEEPEST_HEADING)
            blocks->at[i].level++;
}

pinakes_status org_blocks(struct arena *arena, struct span text, struct front_matter *front, struct blocks *out,
                          pinakes_error *error)
{
    *front = (struct front_matter){.body = text, .body_line = 1};
    *out = (struct blocks){0};
    struct reader reader = {.arena = arena, .text = text, .front = front, .out = out, .line = 1};
    reader.words = arena_alloc(arena, text.len + 1);
    if (reader.words == NULL)
        return error_no_memory(error);
    memset(reader.words, ' ', text.len);
    struct span line;
    bool titled = false;
    for (struct span rest = text; line_cut(&rest, &line) && !reader.failed; reader.line++)
        take_line(&reader, line);
    flush(&reader);
    bool recorded = false;
    for (size_t i = 0; i < front->count; i++) {
        titled |= span_is(front->values[i].key, "title");
        recorded |= is_record_key(front->values[i].key);
    }
    reader.line = reader.author.line;
    if (recorded)
        add_front(&reader, "authors", reader.author.text, false);
    sink_headings(out, titled);
    return reader.failed ? error_no_memory(error) : PINAKES_OK;
}
