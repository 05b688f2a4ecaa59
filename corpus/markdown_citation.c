#include "corpus/markdown_citation.h"

#include "corpus/bibtex_scan.h"
#include "corpus/markdown_titles.h"
#include "corpus/notes_line.h"
#include "corpus/reader.h"
#include "corpus/stream.h"
#include "corpus/title_spelled.h"
#include "corpus/words.h"

/* An entry in the code of a page: from its "@" to the end of that code. */
struct pasted {
    struct span text;
    uint32_t line;
    size_t count; /* of all entries there */
};

static bool is_fence(struct span line)
{
    return span_starts(line, "```") || span_starts(line, "~~~");
}

static struct pasted find_entry(struct span body, uint32_t line_number)
{
    struct pasted found = {.count = 0};
    struct span rest = body, line;
    bool in_code = false, is_open = false;
    for (; line_cut(&rest, &line); line_number++) {
        const struct span trimmed = span_trim(line);
        const bool fence = is_fence(trimmed);
        in_code ^= fence;
        if (is_open && fence)
            found.text.len = (size_t)(line.at - found.text.at);
        is_open &= !fence;
        if (!in_code || trimmed.len == 0 || bibtex_entry_begins(span_from(body, (size_t)(trimmed.at - body.at))) == 0)
            continue;
        if (found.count++ == 0)
            found = (struct pasted){span_from(body, (size_t)(trimmed.at - body.at)), line_number, 1};
        is_open = true;
    }
    return found;
}

struct taking {
    struct arena *arena;
    struct meta *meta;
    struct span title;
    bool is_short, taken;
    uint32_t line;
};

/* Whether the titles are the same, or differ behind a beginning that is. */
static bool begins_alike(struct span a, struct span b)
{
    enum { LETTERS = 16 };
    return is_same_title(a, b) ||
           (a.len > LETTERS && b.len > LETTERS && is_same_title(span_until(a, LETTERS), span_until(b, LETTERS)));
}

static struct span keep(struct taking *taking, struct span text)
{
    const char *copy = text.len == 0 ? "" : arena_string(taking->arena, text);
    taking->meta->failed |= copy == NULL;
    return copy == NULL ? (struct span){"", 0} : (struct span){copy, text.len};
}

static void fill(struct taking *taking, struct span *field, struct span text)
{
    if (field->len == 0 && text.len > 0)
        *field = keep(taking, text);
}

static pinakes_status take_paper(void *context, const struct paper *paper, pinakes_error *error)
{
    struct taking *taking = context;
    struct meta *meta = taking->meta;
    (void)error;
    if (taking->taken || !(taking->is_short || begins_alike(paper->title, taking->title)))
        return PINAKES_OK;
    taking->taken = true;
    if (taking->is_short && meta->title.len == 0) {
        meta->title = keep(taking, paper->title);
        meta->title_line = taking->line + paper->line - 1;
    }
    if (title_lacks_marks(taking->title, paper->title))
        meta->spelled = keep(taking, paper->title);
    const bool nobody = meta->authors.count == 0;
    for (size_t i = 0; nobody && i < paper->author_count; i++)
        span_list_add(taking->arena, meta, &meta->authors, keep(taking, paper->authors[i]));
    fill(taking, &meta->venue, paper->venue);
    fill(taking, &meta->url, paper->url);
    fill(taking, &meta->doi, paper->doi);
    fill(taking, &meta->arxiv, paper->arxiv);
    fill(taking, &meta->pmid, paper->pmid);
    meta->year = meta->year == 0 ? paper->year : meta->year;
    return PINAKES_OK;
}

static pinakes_status pass_over(void *context, uint32_t line, const char *message, pinakes_error *error)
{
    (void)context, (void)line, (void)message, (void)error;
    return PINAKES_OK;
}

bool meta_take_citation(struct arena *arena, struct meta *meta, struct span title, bool is_short, struct span body,
                        uint32_t first_line)
{
    const struct pasted pasted = find_entry(body, first_line);
    pinakes_error error;
    if (pasted.count != 1)
        return false;
    struct taking taking = {arena, meta, title, is_short, false, pasted.line};
    const struct paper_sink sink = {.context = &taking, .source = "", .paper = take_paper, .fault = pass_over};
    struct stream *stream = stream_over(pasted.text);
    meta->failed |= stream == NULL || reader_bibtex.read_stream(stream, &sink, &error) != PINAKES_OK;
    stream_close(stream);
    return taking.taken;
}
