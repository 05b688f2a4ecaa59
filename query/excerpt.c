#include "query/excerpt.h"

/* ---- cutting --------------------------------------------------------------------------------------------- */

static void add_value(void *context, size_t aspect, double value)
{
    (void)aspect;
    *(double *)context += value;
}

static size_t end_of(const struct touch *touch)
{
    return touch->start + touch->bytes;
}

/* A run of touches, and the bytes of the passage it takes. */
struct run {
    size_t first, count;
    size_t start, end;
};

/* The run of touches that fits and is worth the most; the first of equals. */
static struct run best_run(const struct excerpt *excerpt, struct touches *touches)
{
    const struct touch *list = excerpt->touches;
    struct run best = {.start = excerpt->start, .end = excerpt->start};
    double best_value = -1;
    for (size_t first = 0; first < excerpt->touch_count; first++) {
        struct run run = {first, 1, list[first].start, end_of(&list[first])};
        while (first + run.count < excerpt->touch_count &&
               end_of(&list[first + run.count]) - run.start <= EXCERPT_BYTES_MAX) {
            const size_t end = end_of(&list[first + run.count++]);
            run.end = end > run.end ? end : run.end;
        }
        double value = 0;
        touches_value(touches, list + first, run.count, add_value, &value);
        if (value > best_value) {
            best_value = value;
            best = run;
        }
    }
    return best;
}

/* Leaves the touches that lie in the excerpt. */
static void keep_touches_inside(struct excerpt *excerpt)
{
    const size_t end = excerpt->start + excerpt->bytes;
    while (excerpt->touch_count > 0 && excerpt->touches[0].start < excerpt->start) {
        excerpt->touches++;
        excerpt->touch_count--;
    }
    while (excerpt->touch_count > 0 && excerpt->touches[excerpt->touch_count - 1].start >= end)
        excerpt->touch_count--;
}

/* The first place at or behind `at` where a word may begin, or `limit`. Text without spaces is cut between
 * characters. */
static size_t word_start(struct span text, size_t at, size_t limit)
{
    for (size_t i = at; i < limit; i++)
        if (i > 0 && is_blank(text.at[i - 1]) && !is_blank(text.at[i]))
            return i;
    while (at < limit && ((unsigned char)text.at[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* The last place at or before `at` where a word may end, or `limit`. */
static size_t word_end(struct span text, size_t at, size_t limit)
{
    for (size_t i = at; i > limit; i--)
        if (i < text.len && is_blank(text.at[i]) && !is_blank(text.at[i - 1]))
            return i;
    while (at > limit && at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80)
        at--;
    return at;
}

void excerpt_cut(struct excerpt *excerpt, const struct loaded_passage *passage, struct touches *touches)
{
    if (excerpt->bytes <= EXCERPT_BYTES_MAX)
        return;
    const size_t sentence_end = excerpt->start + excerpt->bytes;
    struct run run = best_run(excerpt, touches);
    if (run.end - run.start > EXCERPT_BYTES_MAX) /* one giant word */
        run.end = word_end(passage->source, run.start + EXCERPT_BYTES_MAX, run.start);
    const size_t room = EXCERPT_BYTES_MAX - (run.end - run.start);
    size_t start = run.start - excerpt->start > room / 2 ? run.start - room / 2 : excerpt->start;
    size_t end = start + EXCERPT_BYTES_MAX;
    if (end > sentence_end) { /* what the end does not need goes to the start */
        start = start - excerpt->start > end - sentence_end ? start - (end - sentence_end) : excerpt->start;
        end = sentence_end;
    }
    if (start > excerpt->start)
        start = word_start(passage->source, start, run.start);
    if (end < sentence_end)
        end = word_end(passage->source, end, run.end);
    excerpt->start = start;
    excerpt->bytes = end - start;
    keep_touches_inside(excerpt);
}

/* ---- writing --------------------------------------------------------------------------------------------- */

/* The bytes of the line break at `at`: white space with a line feed in it, and what the next line begins with that is
 * white space or the sign of a quotation among blanked mark-up. 0 when the white space there breaks no line. */
static size_t line_break(const struct loaded_passage *passage, size_t at, size_t end)
{
    bool breaks = false;
    size_t i = at;
    for (; i < end; i++) {
        const char c = passage->source.at[i];
        if (!is_blank(c) && !(breaks && c == '>' && passage->words.at[i] == ' '))
            break;
        breaks = breaks || c == '\n';
    }
    return breaks ? i - at : 0;
}

/* Copies the text; `places[i]` becomes the place in the copy of the excerpt's byte i. */
static size_t copy_text(const struct excerpt *excerpt, const struct loaded_passage *passage, char *copy, size_t *places)
{
    const size_t end = excerpt->start + excerpt->bytes;
    size_t out = 0;
    for (size_t at = excerpt->start; at < end;) {
        const size_t broken = line_break(passage, at, end);
        const size_t taken = broken > 0 ? broken : 1;
        for (size_t i = 0; i < taken; i++)
            places[at - excerpt->start + i] = out;
        copy[out++] = (char)(broken > 0 ? ' ' : passage->source.at[at]);
        at += taken;
    }
    places[excerpt->bytes] = out;
    return out;
}

/* Marks in ascending order, those that overlap as one. */
static size_t write_marks(const struct excerpt *excerpt, const size_t *places, pinakes_mark *marks)
{
    size_t count = 0, covered = 0; /* up to where the last mark goes */
    for (size_t i = 0; i < excerpt->touch_count; i++) {
        const size_t from = excerpt->touches[i].start - excerpt->start;
        size_t to = from + excerpt->touches[i].bytes;
        to = to > excerpt->bytes ? excerpt->bytes : to;
        const size_t start = places[from], end = places[to];
        if (count > 0 && start < covered) {
            covered = end > covered ? end : covered;
            marks[count - 1].bytes = covered - marks[count - 1].start;
        } else if (end > start) {
            marks[count++] = (pinakes_mark){start, end - start};
            covered = end;
        }
    }
    return count;
}

bool excerpt_write(const struct excerpt *excerpt, const struct loaded_passage *passage, struct arena *arena,
                   struct arena *scratch, pinakes_evidence *out)
{
    char *copy = arena_alloc(arena, excerpt->bytes + 1);
    size_t *places = arena_array(scratch, excerpt->bytes + 1, sizeof *places);
    pinakes_mark *marks = arena_array(arena, excerpt->touch_count, sizeof *marks);
    if (copy == NULL || places == NULL || marks == NULL)
        return false;
    out->bytes = copy_text(excerpt, passage, copy, places);
    out->text = copy;
    out->mark_count = write_marks(excerpt, places, marks);
    out->marks = marks;
    out->line = passage->line;
    for (size_t i = 0; i < excerpt->start; i++)
        out->line += passage->source.at[i] == '\n' ? 1 : 0;
    return true;
}
