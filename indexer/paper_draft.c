#include "indexer/paper_draft.h"

#include "base/hash.h"
#include "indexer/same_paper.h"
#include "indexer/schema.h"

struct span paper_draft_text(const struct paper_draft *draft, enum field field)
{
    return buffer_text(&draft->columns[field]);
}

/* A passage without text has no place in its column. */
static void add_passage(struct buffer *column, const struct passage *passage)
{
    if (passage->text.len == 0)
        return;
    if (column->len > 0)
        buffer_add_text(column, PASSAGE_SEPARATOR);
    buffer_add(column, passage->words);
}

static void fill_columns(struct paper_draft *draft, const struct paper *paper)
{
    for (size_t field = 0; field < FIELD_COUNT; field++)
        buffer_clear(&draft->columns[field]);
    for (size_t i = 0; i < paper->passage_count; i++)
        add_passage(&draft->columns[paper->passages[i].field], &paper->passages[i]);
}

/* One a line; a line break inside an entry becomes a space. */
static void fill_lines(struct buffer *lines, const struct span *items, size_t count)
{
    buffer_clear(lines);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_byte(lines, '\n');
        const size_t start = lines->len;
        buffer_add(lines, items[i]);
        for (size_t at = start; at < lines->len; at++)
            lines->at[at] = (char)(lines->at[at] == '\n' ? ' ' : lines->at[at]);
    }
}

static uint64_t hash_list(uint64_t hash, const struct span *items, size_t count)
{
    hash = hash_add_number(hash, count);
    for (size_t i = 0; i < count; i++)
        hash = hash_add_piece(hash, items[i]);
    return hash;
}

uint64_t paper_hash(const struct paper *paper)
{
    uint64_t hash = hash_add_piece(HASH_START, paper->title);
    hash = hash_add_piece(hash, paper->venue);
    const struct identifiers identifiers = paper_identifiers(paper);
    hash = hash_add_piece(hash, paper->url);
    hash = hash_add_piece(hash, identifiers.doi);
    hash = hash_add_piece(hash, identifiers.arxiv);
    hash = hash_add_piece(hash, identifiers.pmid);
    hash = hash_add_number(hash, paper->kind);
    hash = hash_add_number(hash, (uint64_t)paper->year << 1 | paper->is_year_derived);
    hash = hash_list(hash, paper->authors, paper->author_count);
    hash = hash_list(hash, paper->tags, paper->tag_count);
    for (size_t i = 0; i < paper->passage_count; i++) {
        const struct passage *passage = &paper->passages[i];
        hash = hash_add_number(hash, passage->field);
        hash = hash_add_piece(hash, passage->text);
        if (passage->words.at != passage->text.at)
            hash = hash_add_piece(hash, passage->words);
    }
    return hash;
}

bool paper_draft_make(struct paper_draft *draft, struct analyzer *analyzer, const struct paper *paper)
{
    struct span texts[FIELD_COUNT];
    fill_columns(draft, paper);
    fill_lines(&draft->authors, paper->authors, paper->author_count);
    fill_lines(&draft->tags, paper->tags, paper->tag_count);
    bool failed = draft->authors.failed || draft->tags.failed;
    for (enum field field = 0; field < FIELD_COUNT; field++) {
        failed |= draft->columns[field].failed;
        texts[field] = paper_draft_text(draft, field);
    }
    if (failed || !analysis_make(&draft->analysis, analyzer, texts))
        return false;
    draft->size = analysis_size(&draft->analysis);
    draft->identifiers = paper_identifiers(paper);
    draft->title_key = same_paper_title(analyzer, paper->title);
    draft->authors_key = same_paper_authors(analyzer, buffer_text(&draft->authors));
    return true;
}

void paper_draft_free(struct paper_draft *draft)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        buffer_free(&draft->columns[i]);
    buffer_free(&draft->authors);
    buffer_free(&draft->tags);
    analysis_free(&draft->analysis);
}
