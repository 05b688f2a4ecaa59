#include "corpus/csv_scan.h"

#include "corpus/reader.h"

#include <string.h>

char csv_delimiter(struct span first_line)
{
    static const char delimiters[] = {',', ';', '\t'};
    size_t most = 0;
    char found = '\0';
    for (size_t i = 0; i < sizeof delimiters; i++) {
        size_t count = 0;
        for (size_t at = 0; at < first_line.len; at++)
            count += first_line.at[at] == delimiters[i];
        if (count > most) {
            most = count;
            found = delimiters[i];
        }
    }
    return found;
}

/* ---- cells --------------------------------------------------------------------------------------------------- */

/* Where the cell that begins at `at` ends; `*quoted` when it stands in quotes, and `*open` when those do not end. */
static size_t cell_end(struct span text, size_t at, char delimiter, bool *quoted, bool *open)
{
    *quoted = delimiter != '\t' && at < text.len && text.at[at] == '"';
    *open = *quoted;
    for (at += *quoted ? 1 : 0; at < text.len; at++) {
        if (*open && text.at[at] == '"' && at + 1 < text.len && text.at[at + 1] == '"')
            at++;
        else if (*open && text.at[at] == '"')
            *open = false;
        else if (!*open && text.at[at] == delimiter)
            break;
    }
    return at;
}

/* Two quotes stand for one; what follows the closing one belongs to the cell all the same. */
static bool unquote(struct arena *arena, struct span raw, struct span *out)
{
    char *copy = arena_alloc(arena, raw.len + 1);
    size_t len = 0;
    if (copy == NULL)
        return false;
    for (size_t at = 1; at < raw.len; at++) {
        if (raw.at[at] == '"' && (at + 1 == raw.len || raw.at[at + 1] != '"'))
            continue;
        at += raw.at[at] == '"' ? 1 : 0;
        copy[len++] = raw.at[at];
    }
    *out = (struct span){copy, len};
    return true;
}

static uint32_t lines_in(struct span text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] == '\n';
    return count;
}

bool csv_split(struct arena *arena, struct span text, char delimiter, uint32_t line, struct csv_row *out)
{
    size_t capacity = 0;
    *out = (struct csv_row){NULL, 0};
    for (size_t at = 0; at <= text.len;) {
        bool quoted, open;
        const size_t end = cell_end(text, at, delimiter, &quoted, &open);
        const struct span raw = {text.at + at, end - at};
        struct csv_cell *grown = arena_grow(arena, out->cells, out->count, &capacity, sizeof *grown);
        if (grown == NULL)
            return false;
        out->cells = grown;
        grown[out->count] = (struct csv_cell){raw, line};
        if (quoted && !unquote(arena, raw, &grown[out->count].text))
            return false;
        out->count++;
        line += lines_in(raw);
        at = end + 1;
    }
    return true;
}

/* ---- rows ---------------------------------------------------------------------------------------------------- */

/* Whether quotes are open at the end of `text`. */
static bool is_open(struct span text, char delimiter)
{
    bool quoted, open = false;
    for (size_t at = 0; at <= text.len;)
        at = cell_end(text, at, delimiter, &quoted, &open) + 1;
    return open;
}

static bool has_quote(struct span text)
{
    return text.len > 0 && memchr(text.at, '"', text.len) != NULL;
}

enum csv_state csv_next(struct csv_scan *scan, struct span *text, uint32_t *line)
{
    struct span next;
    bool whole, open = false;
    buffer_clear(&scan->text);
    *line = scan->line + 1;
    while (stream_line(scan->stream, READER_LONGEST_RECORD, &next, &whole)) {
        scan->line++;
        if (next.len > 0 && next.at[next.len - 1] == '\r')
            next.len--;
        if (scan->text.len > 0)
            buffer_add_byte(&scan->text, '\n');
        buffer_add(&scan->text, next);
        *text = buffer_text(&scan->text);
        if (scan->text.failed)
            return CSV_NO_MEMORY;
        if (!whole || text->len > READER_LONGEST_RECORD)
            return CSV_OPEN;
        /* Only a line with a quote can open or close a cell: long texts are looked at once for each of these. */
        if (!open || has_quote(next))
            open = is_open(*text, scan->delimiter);
        if (!open)
            return CSV_ROW;
    }
    return open ? CSV_OPEN : CSV_END;
}

void csv_scan_free(struct csv_scan *scan)
{
    buffer_free(&scan->text);
}
