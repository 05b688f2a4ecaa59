/* Titles between what they are about and where they appeared. */
#include "corpus/markdown_block_title.h"

#include "corpus/title_reference.h"
#include "corpus/words.h"

/* The bytes of "caching: ", what a title in capitals is about, in small letters; 0 when nothing such opens it. */
static size_t topic_bytes(struct span text)
{
    enum { MOST_WORDS = 3, FEWEST_WORDS = 3 };
    const size_t colon = span_find(text, ": ");
    if (colon == SIZE_MAX || has_words(span_until(text, colon), MOST_WORDS + 1))
        return 0;
    for (size_t i = 0; i < colon; i++)
        if (!is_ascii_small(text.at[i]) && strchr(" -/&", text.at[i]) == NULL)
            return 0;
    const struct span rest = span_trim(span_from(text, colon + 1));
    size_t bytes;
    return rest.len > 0 && is_capital(code_point_at(rest, &bytes)) && has_words(rest, FEWEST_WORDS) ? colon + 1 : 0;
}

/* Where in `words` a comma stands in front of a listed venue and its year, which only a few words follow; their length
 * when none does. */
static size_t comma_before_place(struct span words, struct stamp *stamp)
{
    enum { MOST_WORDS_BEHIND = 6 };
    for (size_t at = span_find(words, ", "), next; at < words.len; at = next) {
        const struct span rest = span_from(words, at + 1);
        const size_t more = span_find(rest, ", ");
        next = more == SIZE_MAX ? words.len : at + 1 + more;
        if (stamp_read((struct span){rest.at, next - at - 1}, STAMP_LINE, stamp) && stamp->venue.len > 0 &&
            stamp->year != 0 && !stamp->guessed && !has_words(span_from(words, next), MOST_WORDS_BEHIND + 1))
            return at;
    }
    return words.len;
}

bool read_between(struct arena *arena, const struct block *block, struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    struct stamp stamp;
    struct clean_title title;
    if (block->kind != BLOCK_ITEM || view->title.is_reference || view->title.authors.len > 0 || view->label.len > 0 ||
        block->text.len == 0 || memchr(block->text.at, '\n', block->text.len) != NULL)
        return true;
    const size_t comma = comma_before_place(block->words, &stamp);
    const struct span front = span_until(block->words, comma);
    const struct span found = span_trim(span_from(front, topic_bytes(front)));
    struct span authors, behind;
    if (comma == block->words.len || !has_words(found, FEWEST_WORDS) || title_cut_authors(found, &authors, &behind))
        return true; /* "Ada Example and Bo Yu. Title" is read as such */
    if (!title_clean(arena, found, false, &title))
        return false;
    if (!title.is_possible && !title.is_likely)
        return true;
    stamp_add(&title.stamp, &stamp);
    title.is_likely = title.is_possible = title.is_of_field = true;
    view->title = title;
    view->label = found;
    return true;
}
