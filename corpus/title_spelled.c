#include "corpus/title_spelled.h"

#include "base/ascii.h"
#include "corpus/markdown_titles.h"

static size_t count_marks(struct span text)
{
    size_t marks = 0;
    for (size_t i = 0; i < text.len; i++)
        marks += text.at[i] != '\0' && strchr(":?!,/", text.at[i]) != NULL;
    return marks;
}

bool title_lacks_marks(struct span title, struct span spelled)
{
    return count_marks(spelled) > count_marks(title) && is_same_title(title, spelled);
}

static bool is_ascii_word(char letter)
{
    return is_ascii_letter(letter) || is_ascii_digit(letter);
}

const char *title_with_marks(struct arena *arena, struct span title, struct span spelled)
{
    char *copy = arena_string(arena, spelled);
    size_t at = 0;
    for (size_t i = 0; copy != NULL && i < spelled.len; i++) {
        if (!is_ascii_word(copy[i]))
            continue;
        while (at < title.len && !is_ascii_word(title.at[at]))
            at++;
        if (at == title.len || !span_is_nocase((struct span){copy + i, 1}, ((char[]){title.at[at], '\0'})))
            break; /* letters of other alphabets, which either may write in its way */
        copy[i] = title.at[at++];
    }
    return copy;
}
