/* The link or strong part that opens a block: its label. */
#include "corpus/markdown_collector.h"

#include "corpus/markdown_titles.h"
#include "corpus/names.h"
#include "corpus/words.h"

bool is_shortcode(struct span words)
{
    words = span_trim(words);
    return words.len > 2 && words.at[0] == ':' && words.at[words.len - 1] == ':' &&
           memchr(words.at, ' ', words.len) == NULL;
}

/* "[CVPR 2031]", "\u3010QX\u3011": words in brackets. */
static bool is_in_brackets(struct span front)
{
    return front.len > 2 && ((strchr("[(", front.at[0]) != NULL && strchr("])", front.at[front.len - 1]) != NULL) ||
                             (span_starts(front, "\u3010") && span_ends(front, "\u3011")));
}

/* Whether the block shows no more so far than people set in front of a title: a few words in brackets, a picture
 * (an emoji, ":scroll:"), the mark that opens it ("<[Title](https://...)>"). */
static bool is_behind_brackets(const struct collector *collector)
{
    enum { LONGEST = 48 };
    static const char *const openers[] = {"<", "\u300a"};
    const struct open_block *open = &collector->open;
    if (open->first == SIZE_MAX || open->end - open->first > LONGEST)
        return false;
    const struct span front = without_ornament(span_trim(collector_slice(collector, open->first, open->end)));
    const struct span bare = span_trim(
        span_until(front, front.len - span_ends_with_one(front, openers, sizeof openers / sizeof openers[0])));
    return bare.len == 0 || is_in_brackets(bare) || is_shortcode(bare);
}

/* Whether the label so far is but words in brackets, "**[QX]** [Title](https://...)": the link behind is the title. */
static bool is_tag_in_front(const struct collector *collector)
{
    const struct open_block *open = &collector->open;
    return open->has_label && !open->label_is_link && !collector->in_label && open->label_first != SIZE_MAX &&
           is_in_brackets(span_trim(collector_slice(collector, open->label_first, open->label_end))) &&
           is_behind_brackets(collector);
}

/* Whether the label goes on in a strong part that begins here: "**A Title of\n** **Two Lines**". */
static bool label_goes_on(const struct collector *collector)
{
    const struct open_block *open = &collector->open;
    if (!open->has_label || open->label_is_link || open->label_first == SIZE_MAX || open->label_end != open->end)
        return false;
    bool breaks = false;
    for (size_t i = open->end; i < collector->body.len && strchr("*_ \t\r\n", collector->body.at[i]) != NULL; i++)
        breaks |= collector->body.at[i] == '\n';
    return breaks;
}

void collector_open_label(struct collector *collector, bool is_link)
{
    const bool opens = collector->open.first == SIZE_MAX || is_behind_brackets(collector);
    const bool again = is_link && is_tag_in_front(collector);
    if ((opens && !collector->open.has_label) || again) {
        collector->open.has_label = true;
        collector->open.label_is_link = is_link;
        collector->open.label_first = SIZE_MAX;
        collector->in_label = true;
    } else if (is_link && collector->in_label) {
        collector->open.label_is_link = true; /* **[Title](url)** */
    } else if (!is_link && label_goes_on(collector)) {
        collector->in_label = true;
    }
}

struct span collector_label(const struct collector *collector)
{
    const struct open_block *open = &collector->open;
    const struct span none = {NULL, 0};
    if (!open->has_label || open->label_first == SIZE_MAX)
        return none;
    const struct span label = collector_slice(collector, open->label_first, open->label_end);
    struct names names;
    const bool behind = !open->label_is_link && open->label_first > open->first;
    return behind && names_read(label, &names) && names.full > 0 && names.field_words == 0 ? none : label;
}
