#include "corpus/pdf_blocks.h"

#include "corpus/pdf_process.h"
#include "corpus/words.h"

#include "base/buffer.h"
#include "base/error.h"

#include <expat.h>
#include <stdlib.h>

enum { PIECE_BYTES = 1 << 16 };
#define MOST_TEXT_BYTES ((size_t)32 << 20)

struct reading {
    struct arena *arena;
    struct pdf_text *out;
    uint32_t page;
    double page_height;
    struct buffer text; /* of the block that is open */
    size_t line_start;  /* in `text`, of the line that is open */
    double block_top, height_sum;
    size_t words, turned_words, all_bytes;
    bool in_word, failed;
};

static double number_in(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return strtod(attributes[1], NULL);
    return 0;
}

static void begin_word(struct reading *reading, const char **attributes)
{
    const double height = number_in(attributes, "yMax") - number_in(attributes, "yMin");
    const double width = number_in(attributes, "xMax") - number_in(attributes, "xMin");
    if (reading->text.len > reading->line_start)
        buffer_add_byte(&reading->text, ' ');
    reading->in_word = true;
    reading->height_sum += height;
    reading->words++;
    reading->turned_words += height > 2 * width;
}

/* "band-" above "width" is one word. */
static void begin_line(struct reading *reading)
{
    struct buffer *text = &reading->text;
    if (text->len > 1 && text->at[text->len - 1] == '-' && is_ascii_letter(text->at[text->len - 2]))
        text->len--;
    else if (text->len > 0)
        buffer_add_byte(text, '\n');
    reading->line_start = text->len;
}

static void start_element(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    if (strcmp(name, "page") == 0) {
        reading->page++;
        reading->page_height = number_in(attributes, "height");
    } else if (strcmp(name, "block") == 0) {
        buffer_clear(&reading->text);
        reading->line_start = reading->words = reading->turned_words = 0;
        reading->height_sum = 0;
        reading->block_top = number_in(attributes, "yMin");
    } else if (strcmp(name, "line") == 0) {
        begin_line(reading);
    } else if (strcmp(name, "word") == 0) {
        begin_word(reading, attributes);
    }
}

static void add_block(struct reading *reading)
{
    struct pdf_text *out = reading->out;
    const struct span text = span_trim(buffer_text(&reading->text));
    reading->all_bytes += text.len;
    if (text.len == 0 || reading->words == 0 || reading->all_bytes > MOST_TEXT_BYTES)
        return;
    struct pdf_block *blocks = arena_grow(reading->arena, out->blocks, out->count, &out->capacity, sizeof *blocks);
    const char *copy = arena_string(reading->arena, text);
    reading->failed |= blocks == NULL || copy == NULL;
    if (reading->failed)
        return;
    out->blocks = blocks;
    blocks[out->count++] = (struct pdf_block){
        .text = {copy, text.len},
        .page = reading->page,
        .height = reading->height_sum / (double)reading->words,
        .place = reading->page_height > 0 ? reading->block_top / reading->page_height : 0,
        .is_turned = reading->turned_words * 2 > reading->words,
    };
}

static void end_element(void *context, const char *name)
{
    struct reading *reading = context;
    reading->in_word = false;
    if (strcmp(name, "block") == 0)
        add_block(reading);
}

static void take_text(void *context, const char *text, int len)
{
    struct reading *reading = context;
    if (reading->in_word && len > 0)
        buffer_add(&reading->text, (struct span){text, (size_t)len});
}

/* Fonts without names for their letters leave bytes that XML does not allow. */
static void blank_controls(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 && text[i] != '\n' && text[i] != '\t')
            text[i] = ' ';
}

static bool parse_output(const struct pdf_process *process, XML_Parser parser, const struct reading *reading)
{
    for (size_t got = PIECE_BYTES; got > 0 && !reading->failed;) {
        char *piece = XML_GetBuffer(parser, PIECE_BYTES);
        if (piece == NULL)
            return false;
        got = pdf_process_read(process, piece, PIECE_BYTES);
        blank_controls(piece, got);
        if (XML_ParseBuffer(parser, (int)got, got == 0) != XML_STATUS_OK)
            return false;
    }
    return true;
}

pinakes_status pdf_blocks(struct arena *arena, struct stream *stream, struct pdf_text *out, pinakes_error *error)
{
    struct reading reading = {.arena = arena, .out = out};
    struct pdf_process process;
    *out = (struct pdf_text){0};
    if (!pdf_process_start(stream, &process, &out->complaint))
        return PINAKES_OK;
    XML_Parser parser = XML_ParserCreate("UTF-8");
    bool whole = false;
    if (parser != NULL) {
        XML_SetUserData(parser, &reading);
        XML_SetElementHandler(parser, start_element, end_element);
        XML_SetCharacterDataHandler(parser, take_text);
        whole = parse_output(&process, parser, &reading);
    }
    whole &= pdf_process_end(&process);
    reading.failed |= parser == NULL || reading.text.failed || XML_GetErrorCode(parser) == XML_ERROR_NO_MEMORY;
    XML_ParserFree(parser);
    buffer_free(&reading.text);
    if (!whole)
        out->complaint =
            out->count > 0 ? "the PDF is damaged; it is read as far as it goes" : "the PDF is damaged or locked";
    return reading.failed ? error_no_memory(error) : PINAKES_OK;
}
