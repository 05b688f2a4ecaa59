/* Notes in Org, the format of Emacs: a file a paper, as org-roam and citar make them, or papers under headings. What
 * blocks they are made of apart, they are read as Markdown is. */
#include "corpus/markdown_page.h"
#include "corpus/org_blocks.h"

#include "corpus/words.h"

static pinakes_status read_org(const struct source_text *source, const struct paper_sink *sink, pinakes_error *error)
{
    struct page page = {.source = source, .sink = sink};
    pinakes_status status = org_blocks(&page.arena, source->text, &page.front, &page.blocks, error);
    if (status == PINAKES_OK)
        status = page_give(&page, error);
    arena_free(&page.arena);
    return status;
}

/* A title or a drawer at the top, as a text without a telling name would have it. */
static int claims_org(const struct source_text *source)
{
    const struct span name = span_of(source->name), text = span_trim(source->text);
    if (span_ends(name, ".org") || span_ends(name, ".org_archive"))
        return 92;
    const bool is_named_otherwise = span_ends(name, ".md") || span_ends(name, ".el");
    const bool begins = span_starts_nocase(text, "#+title:") || span_starts_nocase(text, ":properties:");
    return begins && !is_named_otherwise ? 80 : 0;
}

const struct reader reader_org = {.name = "org", .claims = claims_org, .read = read_org};
