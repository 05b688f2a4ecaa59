/* Tables of papers: what Zotero, Scopus, IEEE Xplore, spreadsheets and `pinakes export --format csv` write, a paper a
 * row below a row of names. */
#include "corpus/csv_scan.h"
#include "corpus/load.h"
#include "corpus/reader.h"
#include "corpus/record.h"

#include "base/error.h"
#include "corpus/identifiers.h"
#include "corpus/stamp.h"
#include "corpus/words.h"

static const char rule[] = "the title of a row of a table";

enum role {
    ROLE_NONE,
    ROLE_KEY,
    ROLE_KIND,
    ROLE_TITLE,
    ROLE_AUTHORS,
    ROLE_YEAR,
    ROLE_VENUE,
    ROLE_BOOK,   /* the venue in full */
    ROLE_SOURCE, /* the venue with its year behind it, of Embase; elsewhere it may be anything */
    ROLE_DOI,
    ROLE_ARXIV,
    ROLE_PMID,
    ROLE_URL,
    ROLE_TAGS,
    ROLE_ABSTRACT,
    ROLE_NOTE,
    ROLES,
};

/* ---- the row of names ---------------------------------------------------------------------------------------- */

/* Letters and digits alone, in small letters. */
static struct span plain_name(struct span name, char *into, size_t bytes)
{
    size_t len = 0;
    for (size_t i = 0; i < name.len && len < bytes; i++) {
        if (is_ascii_letter(name.at[i]) || is_ascii_digit(name.at[i]))
            into[len++] = ascii_lower(name.at[i]);
    }
    return (struct span){into, len};
}

static enum role role_of(struct span name)
{
    static const struct {
        const char *name;
        enum role role;
    } names[] = {
        {"key", ROLE_KEY},
        {"citationkey", ROLE_KEY},
        {"citekey", ROLE_KEY},
        {"bibtexkey", ROLE_KEY},
        {"bibkey", ROLE_KEY},
        {"paperid", ROLE_KEY},
        {"title", ROLE_TITLE},
        {"papertitle", ROLE_TITLE},
        {"articletitle", ROLE_TITLE},
        {"documenttitle", ROLE_TITLE},
        {"itemtitle", ROLE_TITLE}, /* of Springer */
        {"itemtype", ROLE_KIND},
        {"author", ROLE_AUTHORS},
        {"authors", ROLE_AUTHORS},
        {"authornames", ROLE_AUTHORS},
        {"year", ROLE_YEAR},
        {"publicationyear", ROLE_YEAR},
        {"pubyear", ROLE_YEAR},
        {"date", ROLE_YEAR},
        {"publicationdate", ROLE_YEAR},
        {"venue", ROLE_VENUE},
        {"conference", ROLE_VENUE},
        {"conferencename", ROLE_VENUE},
        {"journal", ROLE_VENUE},
        {"journalname", ROLE_VENUE},
        {"booktitle", ROLE_BOOK},
        {"publicationtitle", ROLE_BOOK},
        {"sourcetitle", ROLE_BOOK},
        {"publication", ROLE_VENUE},
        {"source", ROLE_SOURCE},
        {"doi", ROLE_DOI},
        {"itemdoi", ROLE_DOI},
        {"arxiv", ROLE_ARXIV},
        {"arxivid", ROLE_ARXIV},
        {"pmid", ROLE_PMID},
        {"pubmedid", ROLE_PMID},
        {"url", ROLE_URL},
        {"link", ROLE_URL},
        {"tags", ROLE_TAGS},
        {"manualtags", ROLE_TAGS},
        {"keywords", ROLE_TAGS},
        {"authorkeywords", ROLE_TAGS},
        {"abstract", ROLE_ABSTRACT},
        {"abstractnote", ROLE_ABSTRACT},
        {"note", ROLE_NOTE},
        {"notes", ROLE_NOTE},
        {"comment", ROLE_NOTE},
        {"comments", ROLE_NOTE},
        {"summary", ROLE_NOTE},
    };
    char plain[32];
    const struct span wanted = plain_name(name, plain, sizeof plain);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (span_is(wanted, names[i].name))
            return names[i].role;
    return ROLE_NONE;
}

struct columns {
    enum role *roles; /* of each column */
    size_t count;
    size_t known; /* different roles, with a title among them; else 0 */
};

static bool read_columns(struct arena *arena, const struct csv_row *row, struct columns *out)
{
    bool seen[ROLES] = {false};
    *out = (struct columns){.roles = arena_array(arena, row->count + 1, sizeof *out->roles), .count = row->count};
    if (out->roles == NULL)
        return false;
    for (size_t i = 0; i < row->count; i++) {
        const enum role role = role_of(row->cells[i].text);
        out->roles[i] = role;
        out->known += role != ROLE_NONE && !seen[role];
        seen[role] = true;
    }
    if (!seen[ROLE_TITLE])
        out->known = 0;
    return true;
}

/* A row of names has a title, and two more of what papers have. */
static int claims(const struct source_text *source)
{
    enum { FEWEST_KNOWN = 3 };
    struct arena arena = {0};
    struct columns columns = {.known = 0};
    struct csv_row row;
    struct span line, text = span_without_bom(source->text);
    if (!span_cut(&text, '\n', &line))
        return 0;
    const char delimiter = csv_delimiter(line);
    line = span_trim(line);
    if (delimiter == '\0' || !csv_split(&arena, line, delimiter, 1, &row) || !read_columns(&arena, &row, &columns))
        columns.known = 0;
    arena_free(&arena);
    return columns.known >= FEWEST_KNOWN ? 85 : 0;
}

/* ---- papers -------------------------------------------------------------------------------------------------- */

struct reading {
    const struct paper_sink *sink;
    struct csv_scan scan;
    struct columns columns;
    struct arena names; /* of the columns */
    struct arena arena; /* of the row at hand */
};

/* "['Ada Example', 'Bo Sample']", as programs write a list into one cell: with a semicolon between its items. Other
 * text is given as it is. */
static struct span listed(struct record *record, struct span cell)
{
    const struct span text = span_trim(cell);
    if (!(span_starts(text, "['") || span_starts(text, "[\"")) || !(span_ends(text, "']") || span_ends(text, "\"]")) ||
        text.len < 4)
        return cell;
    char *list = arena_string(record->arena, text);
    size_t len = 0;
    char quote = '\0';
    record->failed |= list == NULL;
    for (size_t i = 1; list != NULL && i + 1 < text.len; i++) {
        const char c = text.at[i], next = text.at[i + 1];
        if (quote == '\0' && (c == '\'' || c == '"')) {
            quote = c;
            if (len > 0)
                list[len++] = ';';
        } else if (c == quote && (next == ',' || i + 2 == text.len)) {
            quote = '\0';
        } else if (quote != '\0') {
            list[len++] = c;
        }
    }
    return list == NULL ? cell : (struct span){list, len};
}

static bool has_divider(struct span names)
{
    return span_find(names, ",") != SIZE_MAX || span_find(names, ";") != SIZE_MAX ||
           span_find(names, " and ") != SIZE_MAX;
}

/* Where in "Ada ExampleBo Sample", a list that has lost what parted it, the second name begins: at a capital behind a
 * small letter that no "Mc" or "de" ends in. Its length when no other does, or a part would be one word. */
static size_t run_on_name(struct span text)
{
    static const char *const joined[] = {"Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz"};
    size_t word = 0, words = 0;
    for (size_t i = 1; i < text.len; i++) {
        if (text.at[i - 1] == ' ') {
            word = i;
            words++;
        }
        const struct span front = {text.at + word, i - word};
        if (is_ascii_capital(text.at[i]) && is_ascii_small(text.at[i - 1]) && words > 0 &&
            !span_is_among(front, joined, sizeof joined / sizeof joined[0]) &&
            memchr(text.at + i, ' ', text.len - i) != NULL)
            return i;
    }
    return text.len;
}

/* "Last, First; Last, First" of reference managers, or names as people say them. */
static void take_authors(struct record *record, const struct csv_cell *cell)
{
    struct span text = listed(record, cell->text);
    for (size_t end; !has_divider(text) && (end = run_on_name(text)) < text.len; text = span_from(text, end))
        record_author(record, span_until(text, end));
    record_author_list(record, text);
    record_list_text(record, FIELD_AUTHOR, cell->line, &record->authors);
}

/* As HTML, which has paragraphs of its own: these are no lines of the source. */
static struct span take_field(struct record *record, enum field field, const struct csv_cell *cell)
{
    const struct span text = record_plain(record, cell->text);
    record_text(record, field, cell->line, text, text.at != cell->text.at);
    return text;
}

/* "Journal of Pages (2031) 3:3 (152-160)" */
static void take_source(struct record *record, const struct csv_cell *cell)
{
    enum { YEAR_DIGITS = 4 };
    const size_t open = span_find(cell->text, " (");
    const struct span year =
        open == SIZE_MAX ? (struct span){"", 0} : span_until(span_from(cell->text, open + 2), YEAR_DIGITS);
    if (year.len < YEAR_DIGITS || year_find(year) == 0 ||
        !span_starts(span_from(cell->text, open + 2 + YEAR_DIGITS), ")"))
        return;
    record_year(record, year);
    record_venue(record, cell->line, span_until(cell->text, open), true);
}

static void take_cell(struct record *record, enum role role, const struct csv_cell *cell)
{
    switch (role) {
    case ROLE_KEY:
        record->id = record->id.len > 0 ? record->id : record_line(record, cell->text);
        break;
    case ROLE_TITLE:
        if (record->title.len == 0) {
            record_title(record, take_field(record, FIELD_TITLE, cell));
        }
        break;
    case ROLE_AUTHORS:
        if (record->authors.count == 0)
            take_authors(record, cell);
        break;
    case ROLE_YEAR:
        record_year(record, cell->text);
        break;
    case ROLE_BOOK:
    case ROLE_VENUE:
        record_venue(record, cell->line, cell->text, true);
        break;
    case ROLE_SOURCE:
        take_source(record, cell);
        break;
    case ROLE_DOI:
        record->doi = record->doi.len > 0 ? record->doi : record_line(record, doi_of_field(cell->text));
        break;
    case ROLE_ARXIV:
        record->arxiv = record->arxiv.len > 0 ? record->arxiv : record_line(record, arxiv_in(cell->text));
        break;
    case ROLE_PMID:
        record->pmid = record->pmid.len > 0 ? record->pmid : pmid_of_field(cell->text);
        break;
    case ROLE_URL:
        record->url = record->url.len > 0 ? record->url : record_line(record, cell->text);
        break;
    case ROLE_TAGS:
        record_tag_list(record, listed(record, cell->text));
        (void)take_field(record, FIELD_TAG, cell);
        break;
    case ROLE_KIND:
        record->kind = kind_of_type(cell->text);
        break;
    case ROLE_ABSTRACT:
        (void)take_field(record, FIELD_ABSTRACT, cell);
        break;
    case ROLE_NOTE:
        (void)take_field(record, FIELD_NOTE, cell);
        break;
    case ROLE_NONE:
    case ROLES:
        break;
    }
}

/* The year before a venue tells one, "Essays on Logs, 1990-1999"; a venue in full before a short one. */
enum turn { TURN_YEAR, TURN_BOOK, TURN_OTHERS, TURNS };

static enum turn turn_of(enum role role)
{
    return role == ROLE_YEAR ? TURN_YEAR : role == ROLE_BOOK ? TURN_BOOK : TURN_OTHERS;
}

static bool is_blank_row(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (span_trim(row->cells[i].text).len > 0)
            return false;
    return true;
}

static pinakes_status give_paper(struct reading *reading, struct span text, uint32_t line, pinakes_error *error)
{
    struct record record = {.arena = &reading->arena, .line = line, .rule = rule};
    struct csv_row row;
    if (!csv_split(&reading->arena, text, reading->scan.delimiter, line, &row))
        return error_no_memory(error);
    if (is_blank_row(&row))
        return PINAKES_OK;
    for (enum turn turn = 0; turn < TURNS; turn++)
        for (size_t i = 0; i < row.count && i < reading->columns.count; i++)
            if (turn_of(reading->columns.roles[i]) == turn && span_trim(row.cells[i].text).len > 0)
                take_cell(&record, reading->columns.roles[i], &row.cells[i]);
    return sink_record(reading->sink, &record, "the row has no title", error);
}

static pinakes_status read_row(struct reading *reading, struct span text, uint32_t line, pinakes_error *error)
{
    struct loaded loaded;
    arena_reset(&reading->arena);
    if (load_is_utf8(text))
        return give_paper(reading, text, line, error);
    pinakes_status status = load_piece(text, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    status = loaded.outcome == LOAD_TEXT ? give_paper(reading, loaded.text, line, error)
                                         : sink_fault(reading->sink, line, loaded.message, error);
    loaded_free(&loaded);
    return status;
}

static pinakes_status read_names(struct reading *reading, struct span text, pinakes_error *error)
{
    struct csv_row row;
    const struct span names = span_without_bom(text);
    if (!csv_split(&reading->names, names, reading->scan.delimiter, 1, &row) ||
        !read_columns(&reading->names, &row, &reading->columns))
        return error_no_memory(error);
    if (reading->columns.known > 0)
        return PINAKES_OK;
    return sink_fault(reading->sink, 1, "no column is called \"title\": the first row has to name the columns", error);
}

static char delimiter_of(struct stream *stream)
{
    struct span head = stream_peek(stream, READER_HEAD_BYTES), line = head;
    (void)span_cut(&head, '\n', &line);
    const char delimiter = csv_delimiter(line);
    return delimiter == '\0' ? ',' : delimiter;
}

static pinakes_status read_stream(struct stream *stream, const struct paper_sink *sink, pinakes_error *error)
{
    struct reading reading = {.sink = sink, .scan = {.stream = stream, .delimiter = delimiter_of(stream)}};
    enum csv_state state = CSV_ROW;
    pinakes_status status = PINAKES_OK;
    struct span text;
    uint32_t line;
    bool has_names = false;
    while (status == PINAKES_OK && (state = csv_next(&reading.scan, &text, &line)) == CSV_ROW) {
        status = has_names ? read_row(&reading, text, line, error) : read_names(&reading, text, error);
        has_names = true;
    }
    if (status == PINAKES_OK && state == CSV_OPEN)
        status =
            sink_fault(sink, line, "quotes that begin in this row do not end: nothing behind it can be read", error);
    if (status == PINAKES_OK && state == CSV_NO_MEMORY)
        status = error_no_memory(error);
    csv_scan_free(&reading.scan);
    arena_free(&reading.names);
    arena_free(&reading.arena);
    return status;
}

const struct reader reader_csv = {.name = "csv", .claims = claims, .read_stream = read_stream};
