/* BibTeX and BibLaTeX (O. Patashnik, BibTeXing, 1988; the BibLaTeX manual): entry after entry. One that refers to
 * others by crossref or xdata waits until those have been read, at the latest for the end of the file. */
#include "corpus/bibtex_entry.h"
#include "corpus/bibtex_record.h"
#include "corpus/bibtex_scan.h"
#include "corpus/load.h"
#include "corpus/reader.h"

#include "base/error.h"
#include "corpus/words.h"

#include <strings.h>

static const char rule[] = "the title of a BibTeX entry";

/* ---- whose source it is -------------------------------------------------------------------------------------- */

static bool is_named_so(const char *name)
{
    static const char *const endings[] = {".bib",    ".bb",      ".biblatex", ".bibtex",
                                          ".bib.gz", ".bib.zst", ".bib.xz",   ".bib.bz2"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (span_ends(span_of(name), endings[i]))
            return true;
    return false;
}

/* An entry with nothing but comments in front of it; in a file that is named so, with anything. */
static int claims(const struct source_text *source)
{
    struct span rest = span_without_bom(source->text);
    while (rest.len > 0) {
        const char *end = memchr(rest.at, '\n', rest.len);
        const struct span line = span_trim(end == NULL ? rest : span_until(rest, (size_t)(end - rest.at)));
        if (bibtex_entry_begins(span_from(rest, (size_t)(line.at - rest.at))) > 0)
            return 90;
        if (line.len > 0 && !span_starts(line, "%") && !is_named_so(source->name))
            return 0;
        rest = span_from(rest, end == NULL ? rest.len : (size_t)(end - rest.at) + 1);
    }
    return 0;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

/* An entry kept for later. */
struct kept {
    struct span key, text;
    uint32_t line;
};

struct kept_list {
    struct kept *at;
    size_t count, capacity;
};

struct reading {
    const struct paper_sink *sink;
    struct arena arena; /* for the entry at hand */
    struct arena kept;
    struct bibtex_macros macros;
    struct kept_list volumes; /* what others may refer to */
    struct kept_list others;  /* papers of their own that others refer to now and then */
    size_t others_bytes;
    struct kept_list waiting; /* entries that refer to what was not read yet */
    bool is_end;
};

static bool keep(struct reading *reading, struct kept_list *list, const struct bibtex_entry *entry, struct span text)
{
    struct kept *at = arena_grow(&reading->kept, list->at, list->count, &list->capacity, sizeof *at);
    const char *key = arena_string(&reading->kept, entry->key), *copy = arena_string(&reading->kept, text);
    if (at == NULL || key == NULL || copy == NULL)
        return false;
    list->at = at;
    at[list->count++] = (struct kept){{key, entry->key.len}, {copy, text.len}, entry->line};
    return true;
}

static bool is_type(const struct bibtex_entry *entry, const char *const *types)
{
    while (*types != NULL && !span_is_nocase(entry->type, *types))
        types++;
    return *types != NULL;
}

/* Volumes and BibLaTeX's bundles of fields, which are parents and no papers themselves. */
static bool is_volume(const struct bibtex_entry *entry)
{
    static const char *const types[] = {"proceedings", "mvproceedings", "periodical", "xdata", NULL};
    return is_type(entry, types);
}

/* Entries that tell a style what to do, or name others. */
static bool is_no_work(const struct bibtex_entry *entry)
{
    static const char *const types[] = {"set", "control", "IEEEtranBSTCTL", NULL};
    return is_type(entry, types);
}

/* What bibliographies consist of: few refer to such an entry, and to keep them all would be to keep the file. */
static bool is_usual(const struct bibtex_entry *entry)
{
    static const char *const types[] = {"article", "inproceedings", "conference", "misc",
                                        "online",  "unpublished",   NULL};
    return is_type(entry, types);
}

/* Keeps what another entry may refer to; of the usual ones as many as a bibliography of some thousand papers has. */
static bool keep_parent(struct reading *reading, const struct bibtex_entry *entry, struct span text)
{
    enum { MOST_OTHER_BYTES = 4 << 20 };
    if (!is_usual(entry))
        return keep(reading, &reading->volumes, entry, text);
    reading->others_bytes += text.len;
    return reading->others_bytes > MOST_OTHER_BYTES || keep(reading, &reading->others, entry, text);
}

/* The entry of that key, whose capitals make no difference to BibTeX, read once more into the arena of the entry at
 * hand. */
static bool find_among(struct reading *reading, const struct kept_list *list, struct span key,
                       struct bibtex_entry *found)
{
    struct bibtex_mistake mistake;
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].key.len == key.len && strncasecmp(list->at[i].key.at, key.at, key.len) == 0)
            return bibtex_entry_read(&reading->arena, &reading->macros, list->at[i].text, list->at[i].line, true, found,
                                     &mistake);
    return false;
}

static bool find_entry(struct reading *reading, struct span key, struct bibtex_entry *found)
{
    return find_among(reading, &reading->volumes, key, found) || find_among(reading, &reading->others, key, found);
}

static pinakes_status give_paper(struct reading *reading, const struct bibtex_entry *entry,
                                 const struct bibtex_entry *parent, pinakes_error *error)
{
    struct record record = {.arena = &reading->arena, .line = entry->line, .rule = rule};
    bibtex_record_read(entry, parent, &record);
    return sink_record(reading->sink, &record, "the entry has no title", error);
}

static void notice_missing(const struct reading *reading, uint32_t line)
{
    if (line > 0 && reading->sink->notice != NULL)
        reading->sink->notice(reading->sink->context, line, "the entry this one refers to is not there");
}

/* Entries that this one refers to. */
struct relations {
    struct bibtex_entry parent;
    bool has_parent;
    uint32_t missing_line; /* of the first reference to an entry that was not read (yet), or 0 */
};

/* Gives the entry the fields of its bundles: "xdata = {acm, sosp}". False when memory is short. */
static bool add_bundles(struct reading *reading, struct bibtex_entry *entry, struct relations *relations)
{
    const struct bibtex_field *xdata = bibtex_field(entry, "xdata");
    const uint32_t line = xdata == NULL ? 0 : xdata->line;
    struct span rest = xdata == NULL ? (struct span){NULL, 0} : xdata->value, key;
    bool has_memory = true;
    while (has_memory && span_cut(&rest, ',', &key)) {
        struct bibtex_entry bundle;
        if (find_entry(reading, span_trim(key), &bundle))
            has_memory = bibtex_entry_inherit(&reading->arena, entry, &bundle);
        else
            relations->missing_line = line;
    }
    return has_memory;
}

/* A parent that refers to an entry itself has the fields of that one too, a chapter's book those of the books it is a
 * volume of. False when memory is short. */
static bool follow_chain(struct reading *reading, struct relations *relations, uint32_t line)
{
    enum { MOST_GENERATIONS = 8 }; /* and no more: entries may refer to each other */
    struct bibtex_entry next;
    const struct bibtex_field *crossref = bibtex_field(&relations->parent, "crossref");
    for (int i = 0; i < MOST_GENERATIONS && crossref != NULL; i++) {
        if (!find_entry(reading, span_trim(crossref->value), &next)) {
            relations->missing_line = line;
            return true;
        }
        if (!bibtex_entry_inherit(&reading->arena, &relations->parent, &next))
            return false;
        crossref = bibtex_field(&next, "crossref");
    }
    return true;
}

static bool find_relations(struct reading *reading, struct bibtex_entry *entry, struct relations *relations)
{
    *relations = (struct relations){.has_parent = false};
    if (!add_bundles(reading, entry, relations))
        return false;
    const struct bibtex_field *crossref = bibtex_field(entry, "crossref");
    if (crossref == NULL)
        return true;
    const uint32_t line = crossref->line;
    relations->has_parent = find_entry(reading, span_trim(crossref->value), &relations->parent);
    if (relations->has_parent)
        return follow_chain(reading, relations, line);
    relations->missing_line = line;
    return true;
}

static pinakes_status take_entry(struct reading *reading, struct bibtex_entry *entry, struct span text,
                                 pinakes_error *error)
{
    struct relations relations;
    if (!reading->is_end && !keep_parent(reading, entry, text))
        return error_no_memory(error);
    if (is_volume(entry) || is_no_work(entry))
        return PINAKES_OK;
    if (!find_relations(reading, entry, &relations))
        return error_no_memory(error);
    if (relations.missing_line > 0 && !reading->is_end)
        return keep(reading, &reading->waiting, entry, text) ? PINAKES_OK : error_no_memory(error);
    notice_missing(reading, relations.missing_line);
    return give_paper(reading, entry, relations.has_parent ? &relations.parent : NULL, error);
}

static bool is_no_entry(struct span text)
{
    static const char *const words[] = {"@comment", "@preamble"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (span_starts_nocase(text, words[i]) && !is_ascii_letter(text.at[strlen(words[i])]))
            return true;
    return false;
}

static pinakes_status read_text(struct reading *reading, struct span text, uint32_t line, bool may_run_on,
                                pinakes_error *error)
{
    struct bibtex_entry entry;
    struct bibtex_mistake mistake = {line, NULL};
    if (!bibtex_entry_read(&reading->arena, &reading->macros, text, line, may_run_on, &entry, &mistake))
        return mistake.what == NULL ? error_no_memory(error)
                                    : sink_fault(reading->sink, mistake.line, mistake.what, error);
    if (entry.mended_line > 0 && reading->sink->notice != NULL && !reading->is_end)
        reading->sink->notice(reading->sink->context, entry.mended_line,
                              "a value does not end; it is read up to where the next field begins");
    if (entry.runs_on && reading->sink->notice != NULL && !reading->is_end)
        reading->sink->notice(reading->sink->context, line, "the entry does not end before the next one begins");
    if (!span_is_nocase(entry.type, "string"))
        return take_entry(reading, &entry, text, error);
    return bibtex_macros_add(&reading->macros, &entry) ? PINAKES_OK : error_no_memory(error);
}

/* An entry in an older encoding is read by what it can be told to be. */
static pinakes_status decode(struct reading *reading, const struct bibtex_raw *raw, pinakes_error *error)
{
    struct loaded loaded;
    pinakes_status status = load_piece(raw->text, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    const uint32_t within = loaded.line > 0 ? loaded.line - 1 : 0;
    status = loaded.outcome == LOAD_TEXT ? read_text(reading, loaded.text, raw->line, raw->runs_on, error)
                                         : sink_fault(reading->sink, raw->line + within, loaded.message, error);
    loaded_free(&loaded);
    return status;
}

static pinakes_status read_raw(struct reading *reading, const struct bibtex_raw *raw, pinakes_error *error)
{
    if (raw->too_long)
        return sink_fault(reading->sink, raw->line, "the entry is longer than any record", error);
    if (!load_is_utf8(raw->text))
        return decode(reading, raw, error);
    return read_text(reading, raw->text, raw->line, raw->runs_on, error);
}

static void notice_stray(const struct reading *reading, uint32_t line)
{
    if (line > 0 && reading->sink->notice != NULL)
        reading->sink->notice(reading->sink->context, line,
                              "a field outside of any entry; the one before it has a closing brace too many");
}

static pinakes_status read_entries(struct reading *reading, struct stream *stream, pinakes_error *error)
{
    struct bibtex_scan scan = {.stream = stream, .line = 1};
    struct bibtex_raw raw;
    pinakes_status status = PINAKES_OK;
    while (status == PINAKES_OK && bibtex_scan_next(&scan, &raw)) {
        arena_reset(&reading->arena);
        notice_stray(reading, raw.stray_line);
        if (!is_no_entry(raw.text))
            status = read_raw(reading, &raw, error);
    }
    if (status == PINAKES_OK)
        notice_stray(reading, raw.stray_line);
    return status;
}

static pinakes_status read_waiting(struct reading *reading, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    reading->is_end = true;
    for (size_t i = 0; i < reading->waiting.count && status == PINAKES_OK; i++) {
        arena_reset(&reading->arena);
        status = read_text(reading, reading->waiting.at[i].text, reading->waiting.at[i].line, true, error);
    }
    return status;
}

static pinakes_status read_stream(struct stream *stream, const struct paper_sink *sink, pinakes_error *error)
{
    struct reading reading = {.sink = sink};
    pinakes_status status = read_entries(&reading, stream, error);
    if (status == PINAKES_OK)
        status = read_waiting(&reading, error);
    arena_free(&reading.arena);
    arena_free(&reading.kept);
    arena_free(&reading.macros.arena);
    return status;
}

const struct reader reader_bibtex = {.name = "bibtex", .claims = claims, .read_stream = read_stream};
