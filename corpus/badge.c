#include "corpus/badge.h"

#include "corpus/stamp.h"
#include "corpus/words.h"

enum { LONGEST_BYTES = 120 };

static int hex_of(char c)
{
    return is_ascii_digit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%20" stands for at `at`; 0 when it is no such code, or of no ASCII letter or mark. */
static char coded_byte(struct span text, size_t at)
{
    const int high = at + 2 < text.len && text.at[at] == '%' ? hex_of(text.at[at + 1]) : -1;
    const int low = high < 0 ? -1 : hex_of(text.at[at + 2]);
    const int byte = low < 0 ? 0 : high * 16 + low;
    return (char)(byte >= ' ' && byte < 0x7F ? byte : 0);
}

/* Writes what a badge shows to `shown`, a space for each dash that parts it, up to the one in front of its colour: "--"
 * is a dash, "_" a space. `*message` is where what stands behind the first part begins. */
static size_t show(struct span path, char *shown, size_t *message)
{
    size_t len = 0, parts = 0, last = 0;
    *message = 0;
    for (size_t i = 0; i < path.len; i++) {
        const char coded = coded_byte(path, i);
        const bool doubled = i + 1 < path.len && path.at[i + 1] == path.at[i] && strchr("-_", path.at[i]) != NULL;
        if (coded != 0) {
            shown[len++] = coded;
            i += 2;
        } else if (doubled) {
            shown[len++] = path.at[i++];
        } else if (path.at[i] == '-') {
            last = len;
            shown[len++] = ' ';
            if (parts++ == 0)
                *message = len;
        } else {
            shown[len++] = path.at[i] == '_' ? ' ' : path.at[i];
        }
    }
    return last;
}

bool badge_read(struct arena *arena, struct span address, struct span *words)
{
    static const char mark[] = "img.shields.io/badge/";
    char shown[LONGEST_BYTES];
    struct stamp stamp;
    size_t message;
    *words = (struct span){"", 0};
    const size_t at = span_find(address, mark);
    if (at == SIZE_MAX)
        return true;
    struct span path = span_from(address, at + strlen(mark));
    for (size_t i = 0; i < path.len; i++)
        if (strchr("?/#", path.at[i]) != NULL)
            path.len = i;
    if (path.len > LONGEST_BYTES)
        return true;
    const struct span whole = {shown, show(path, shown, &message)};
    const struct span parts[] = {whole, span_from(whole, message < whole.len ? message : 0)};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (stamp_read(parts[i], STAMP_LINE, &stamp) && stamp.venue.len > 0 && stamp.year != 0 && !stamp.guessed &&
            !span_is_nocase(stamp.venue, "arXiv")) { /* the link says that */
            *words = (struct span){arena_string(arena, parts[i]), parts[i].len};
            return words->at != NULL;
        }
    return true;
}
