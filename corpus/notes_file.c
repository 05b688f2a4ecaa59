#include "corpus/notes_file.h"

#include "corpus/title.h"
#include "corpus/words.h"

static struct line *new_line(struct notes_file *file, size_t *capacity, struct arena *arena)
{
    struct line *lines = arena_grow(arena, file->lines, file->count, capacity, sizeof *lines);
    if (lines == NULL)
        return NULL;
    file->lines = lines;
    return &lines[file->count];
}

/* A rule of about the length of the line it follows underlines it; a shorter one parts what is above from what is
 * below. */
static bool underlines(const struct line *rule, const struct line *above)
{
    const char mark = rule->text.at[0];
    if (rule->after_blank || above->kind == LINE_SEPARATOR || above->mark != MARK_NONE || (mark != '=' && mark != '-'))
        return false;
    const size_t width = code_points_in(above->text), length = rule->text.len;
    return length >= 4 && length * 3 >= width * 2 && length * 2 <= width * 3 + 8;
}

static void take_line(struct notes_file *file, struct span raw, uint32_t number, bool after_blank)
{
    struct line *line = &file->lines[file->count];
    *line = (struct line){.number = number, .after_blank = after_blank};
    line_read_mark(raw, line);
    if (line->text.len == 0)
        return;
    line_read_kind(line);
    if (line->kind == LINE_TEXT)
        line->evidence = title_evidence(line);
    struct line *above = file->count > 0 ? line - 1 : NULL;
    if (line->kind == LINE_SEPARATOR && above != NULL && underlines(line, above))
        above->evidence |= evidence_bit(FOR_UNDERLINE);
    file->count++;
}

bool notes_file_read(struct span text, struct arena *arena, struct notes_file *file)
{
    size_t capacity = 0;
    bool after_blank = false;
    uint32_t number = 0;
    *file = (struct notes_file){0};
    for (struct span raw; line_cut(&text, &raw);) {
        number += number < UINT32_MAX;
        const size_t before = file->count;
        if (new_line(file, &capacity, arena) == NULL)
            return false;
        if (span_trim(raw).len > 0)
            take_line(file, raw, number, after_blank);
        after_blank = file->count == before;
    }
    notes_decide(file);
    notes_gate(file);
    return true;
}
