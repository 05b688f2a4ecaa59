/* Tags of HTML within Markdown, as blocks of it. */
#include "base/error.h"
#include "corpus/markdown_collector.h"
#include "corpus/words.h"

/* ---- tables ---------------------------------------------------------------------------------------------------- */

static void add_cell(struct collector *collector)
{
    if (collector->cell_count < MOST_CELLS)
        collector->cells[collector->cell_count++] = (struct open_cell){.first = SIZE_MAX};
}

/* Passes the columns that the last cell covers, and those in which cells of rows above still stand. */
static void pass_columns(struct collector *collector)
{
    struct open_table *table = &collector->table;
    for (; table->ahead > 0; table->ahead--)
        add_cell(collector);
    while (collector->cell_count < MOST_CELLS && cover_take(&table->cover, collector->cell_count))
        add_cell(collector);
}

static void open_tagged_cell(struct collector *collector, const struct tag *tag)
{
    struct open_table *table = &collector->table;
    if (!table->in_row || tag->closes)
        return;
    pass_columns(collector);
    table->is_spanned = !table->has_names && !table->has_others && tag->columns > 1;
    cover_add(&table->cover, collector->cell_count, tag);
    add_cell(collector);
    table->ahead = tag->columns - 1;
    table->has_names |= tag->kind == TAG_NAME;
    table->has_others |= tag->kind == TAG_CELL;
}

/* The first row names the columns when the table says so, or sets all its words in bold. */
static void close_row(struct collector *collector)
{
    struct open_table *table = &collector->table;
    if (!table->in_row)
        return;
    pass_columns(collector);
    for (size_t i = collector->cell_count; i < MOST_CELLS; i++)
        (void)cover_take(&table->cover, i);
    if (collector->cell_count > 1 && table->is_spanned) /* one cell of all columns names what is below, or says more */
        collector->cell_count = 0;
    const bool named = table->in_head || (table->has_names && !table->has_others) || !table->has_plain;
    collector->in_header = table->is_first && named;
    collector_flush(collector);
    collector->in_row = collector->in_header = table->in_row = table->is_first = false;
}

static void take_table_tag(struct collector *collector, const struct tag *tag)
{
    struct open_table *table = &collector->table;
    const bool outermost = table->depth == 1;
    if (tag->kind == TAG_TABLE) {
        if (outermost && tag->closes)
            close_row(collector);
        if (!table->in_row)
            collector_flush(collector);
        table->depth -= tag->closes && table->depth > 0;
        if (!tag->closes && table->depth++ == 0)
            *table = (struct open_table){.depth = 1, .is_first = true};
    } else if (outermost && (tag->kind == TAG_HEAD || tag->kind == TAG_ROW)) {
        close_row(collector);
        collector_flush(collector);
        if (tag->kind == TAG_HEAD)
            table->in_head = !tag->closes;
        if (tag->kind == TAG_HEAD || tag->closes)
            return;
        table->in_row = collector->in_row = true;
        table->has_names = table->has_others = table->has_plain = false;
        table->ahead = collector->cell_count = 0;
    } else if (outermost) {
        open_tagged_cell(collector, tag);
    }
}

void collector_close_tags(struct collector *collector)
{
    close_row(collector);
    collector->table = (struct open_table){0};
    collector->lists -= (unsigned)collector->tag_lists;
    collector->tag_lists = 0;
    collector->in_tagged_bold = false;
}

/* ---- links, bold and lists ------------------------------------------------------------------------------------ */

static void take_link_tag(struct collector *collector, const struct tag *tag)
{
    if (tag->closes) {
        collector->in_label = false;
        collector_close_link(collector);
    } else if (tag->url.len > 0) {
        const char *url = tag_address(collector->arena, tag->url);
        collector->failed |= url == NULL;
        collector_take_url(collector, url == NULL ? (struct span){0} : span_of(url));
        collector_open_label(collector, true);
        collector->open.will_link = true;
    }
}

static void take_bold_tag(struct collector *collector, bool closes)
{
    collector->in_tagged_bold = !closes;
    if (closes)
        collector->in_label = false;
    else
        collector_open_label(collector, false);
}

static void take_list_tag(struct collector *collector, const struct tag *tag)
{
    if (collector->in_row || collector->heading > 0)
        return;
    collector_flush(collector);
    collector->in_task = collector->in_more = false;
    if (tag->kind == TAG_ITEM)
        return;
    if (!tag->closes) {
        collector->lists++;
        collector->tag_lists++;
    } else if (collector->tag_lists > 0) {
        collector->lists--;
        collector->tag_lists--;
    }
}

void collector_take_tag(struct collector *collector, struct span text)
{
    const struct tag tag = tag_read(text);
    switch (tag.kind) {
    case TAG_LINK:
        take_link_tag(collector, &tag);
        break;
    case TAG_PICTURE:
        collector_take_picture(collector, tag.url);
        break;
    case TAG_BOLD:
        take_bold_tag(collector, tag.closes);
        break;
    case TAG_LIST:
    case TAG_ITEM:
        take_list_tag(collector, &tag);
        break;
    case TAG_TABLE:
    case TAG_HEAD:
    case TAG_ROW:
    case TAG_CELL:
    case TAG_NAME:
        if (collector->heading == 0 && collector->in_row == collector->table.in_row)
            take_table_tag(collector, &tag);
        break;
    default:
        break;
    }
}
