#include "corpus/conventions.h"

#include "corpus/identifiers.h"
#include "corpus/reader.h"
#include "corpus/stamp.h"
#include "corpus/words.h"

#include "base/hash.h"

#include <fnmatch.h>
#include <strings.h>

enum { MOST_FOLDERS = 16 };

enum section { SECTION_NONE, SECTION_FIELDS, SECTION_FOLDERS, SECTION_FILES, SECTION_PAPERS, SECTION_UNKNOWN };

struct field_rule {
    struct span name;
    enum label label;
};

/* What holds for the files whose names match: a format, or what their papers are. */
struct file_rule {
    const char *pattern, *format; /* NULL in [papers] */
    struct papers_told told;
};

struct conventions {
    struct field_rule *fields;
    size_t field_count, field_capacity;
    struct file_rule *files;
    size_t file_count, file_capacity;
    enum label folders[MOST_FOLDERS]; /* by their depth, from the outermost */
    uint64_t hash;
};

struct reading {
    struct arena *arena;
    struct conventions *out;
    enum section section;
    uint32_t line;
    void (*mistake)(void *context, uint32_t line, const char *message);
    void *context;
    bool failed;
};

static void tell(const struct reading *reading, const char *message)
{
    if (reading->mistake != NULL)
        reading->mistake(reading->context, reading->line, message);
}

static enum label meaning_of(struct span value)
{
    static const struct {
        const char *name;
        enum label label;
    } meanings[] = {{"title", LABEL_TITLE}, {"authors", LABEL_AUTHORS}, {"author", LABEL_AUTHORS},
                    {"venue", LABEL_VENUE}, {"year", LABEL_YEAR},       {"tags", LABEL_TAGS},
                    {"tag", LABEL_TAGS},    {"link", LABEL_LINK},       {"url", LABEL_LINK},
                    {"doi", LABEL_DOI},     {"arxiv", LABEL_ARXIV},     {"abstract", LABEL_ABSTRACT},
                    {"pmid", LABEL_PMID},   {"key", LABEL_KEY}};
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (span_is_nocase(value, meanings[i].name))
            return meanings[i].label;
    return LABEL_NONE;
}

static void take_field(struct reading *reading, struct span name, struct span value)
{
    struct conventions *out = reading->out;
    const enum label label = meaning_of(value);
    if (label == LABEL_NONE) {
        tell(reading, "no field is called so; fields are title, authors, venue, year, tags, link, doi, arxiv, pmid, "
                      "abstract, key");
        return;
    }
    struct field_rule *fields =
        arena_grow(reading->arena, out->fields, out->field_count, &out->field_capacity, sizeof *fields);
    reading->failed |= fields == NULL;
    if (fields == NULL)
        return;
    out->fields = fields;
    fields[out->field_count++] = (struct field_rule){name, label};
}

static void take_folder(struct reading *reading, struct span name, struct span value)
{
    const enum label label = meaning_of(value);
    size_t depth = 0;
    for (size_t i = 0; i < name.len; i++)
        depth = is_ascii_digit(name.at[i]) && depth <= MOST_FOLDERS ? depth * 10 + (size_t)(name.at[i] - '0')
                                                                    : MOST_FOLDERS + 1;
    if (depth == 0 || depth > MOST_FOLDERS)
        tell(reading, "folders are told apart by their place below this one: 1, 2, 3 ... 16");
    else if (label != LABEL_VENUE && label != LABEL_YEAR && label != LABEL_TAGS)
        tell(reading, "a folder can be named after a venue, a year or a tag");
    else
        reading->out->folders[depth - 1] = label;
}

static void add_file_rule(struct reading *reading, struct span name, const char *format, struct papers_told told)
{
    struct conventions *out = reading->out;
    const char *pattern = arena_string(reading->arena, name);
    struct file_rule *files =
        arena_grow(reading->arena, out->files, out->file_count, &out->file_capacity, sizeof *files);
    reading->failed |= pattern == NULL || files == NULL;
    if (reading->failed)
        return;
    out->files = files;
    files[out->file_count++] = (struct file_rule){pattern, format, told};
}

static void take_files(struct reading *reading, struct span name, struct span value)
{
    const char *format = arena_string(reading->arena, value);
    reading->failed |= format == NULL;
    if (reading->failed)
        return;
    if (reader_named(format) == NULL) {
        const char *message =
            arena_format(reading->arena, "there is no such format; the formats are %s", reader_names());
        tell(reading, message == NULL ? "there is no such format" : message);
        return;
    }
    add_file_rule(reading, name, format, (struct papers_told){.unit = UNIT_UNTOLD});
}

/* "items", "headings 2". */
static bool read_told(struct span value, struct papers_told *told)
{
    static const char *const units[] = {[UNIT_NONE] = "none",
                                        [UNIT_FILE] = "file",
                                        [UNIT_HEADINGS] = "headings",
                                        [UNIT_ITEMS] = "items",
                                        [UNIT_ROWS] = "rows"};
    const char *space = memchr(value.at, ' ', value.len);
    const struct span unit = span_until(value, space == NULL ? value.len : (size_t)(space - value.at));
    const struct span depth = span_trim(span_from(value, unit.len));
    *told = (struct papers_told){.unit = UNIT_UNTOLD};
    for (enum paper_unit i = UNIT_NONE; i <= UNIT_ROWS; i++)
        if (span_is_nocase(unit, units[i]))
            told->unit = i;
    if (depth.len == 0 || (told->unit != UNIT_HEADINGS && told->unit != UNIT_ITEMS))
        return depth.len == 0 && told->unit != UNIT_UNTOLD;
    told->depth = (unsigned)(depth.at[0] - '0');
    return depth.len == 1 && is_ascii_digit(depth.at[0]) && told->depth >= 1 && told->depth <= DEEPEST_UNIT;
}

static void take_papers(struct reading *reading, struct span name, struct span value)
{
    struct papers_told told;
    if (read_told(value, &told))
        add_file_rule(reading, name, NULL, told);
    else
        tell(reading, "papers of a page are: file, headings, items, rows or none; a level may follow, headings 2");
}

static void take_section(struct reading *reading, struct span name)
{
    static const char *const names[] = {[SECTION_FIELDS] = "fields",
                                        [SECTION_FOLDERS] = "folders",
                                        [SECTION_FILES] = "files",
                                        [SECTION_PAPERS] = "papers"};
    reading->section = SECTION_UNKNOWN;
    for (enum section i = SECTION_FIELDS; i <= SECTION_PAPERS; i++)
        if (span_is_nocase(name, names[i]))
            reading->section = i;
    if (reading->section == SECTION_UNKNOWN)
        tell(reading, "no section is called so; sections are [fields], [folders], [files] and [papers]");
}

static void take_line(struct reading *reading, struct span line)
{
    const char *sign = line.len == 0 ? NULL : memrchr(line.at, '=', line.len);
    if (line.len == 0 || line.at[0] == ';' || line.at[0] == '#')
        return;
    if (line.at[0] == '[' && line.at[line.len - 1] == ']') {
        take_section(reading, span_trim((struct span){line.at + 1, line.len - 2}));
        return;
    }
    const struct span name = span_trim(span_until(line, sign == NULL ? 0 : (size_t)(sign - line.at)));
    if (name.len == 0) {
        tell(reading, "neither a section, [fields], nor a rule, NAME = MEANING");
        return;
    }
    const struct span value = span_trim(span_from(line, (size_t)(sign + 1 - line.at)));
    if (reading->section == SECTION_FIELDS)
        take_field(reading, name, value);
    else if (reading->section == SECTION_FOLDERS)
        take_folder(reading, name, value);
    else if (reading->section == SECTION_FILES)
        take_files(reading, name, value);
    else if (reading->section == SECTION_PAPERS)
        take_papers(reading, name, value);
    else if (reading->section == SECTION_NONE)
        tell(reading, "a rule outside of any section; begin with [fields], [folders], [files] or [papers]");
}

struct conventions *conventions_read(struct arena *arena, struct span text,
                                     void (*mistake)(void *context, uint32_t line, const char *message), void *context)
{
    const char *copy = arena_string(arena, text);
    struct conventions *out = arena_alloc(arena, sizeof *out);
    if (copy == NULL || out == NULL)
        return NULL;
    struct reading reading = {.arena = arena, .out = out, .mistake = mistake, .context = context};
    struct span rest = {copy, text.len}, line;
    while (span_cut(&rest, '\n', &line) && !reading.failed) {
        reading.line++;
        take_line(&reading, span_trim(line));
    }
    out->hash = hash_add(HASH_START, text) | 1;
    return reading.failed ? NULL : out;
}

uint64_t conventions_hash(const struct conventions *conventions)
{
    return conventions->hash;
}

enum label conventions_label(const struct conventions *conventions, struct span name)
{
    name = span_trim(name);
    for (size_t i = 0; conventions != NULL && i < conventions->field_count; i++) {
        const struct span own = conventions->fields[i].name;
        if (own.len == name.len && strncasecmp(own.at, name.at, own.len) == 0)
            return conventions->fields[i].label;
    }
    return label_of(name);
}

/* The first rule of [papers], or of [files], that the file matches; NULL when none does. */
static const struct file_rule *rule_for(const struct conventions *conventions, const char *below, bool of_papers)
{
    for (size_t i = 0; conventions != NULL && i < conventions->file_count; i++) {
        const struct file_rule *rule = &conventions->files[i];
        if ((rule->format == NULL) == of_papers && fnmatch(rule->pattern, below, 0) == 0)
            return rule;
    }
    return NULL;
}

const char *conventions_format(const struct conventions *conventions, const char *below)
{
    const struct file_rule *rule = rule_for(conventions, below, false);
    return rule == NULL ? NULL : rule->format;
}

struct papers_told conventions_papers(const struct conventions *conventions, const char *below)
{
    const struct file_rule *rule = rule_for(conventions, below, true);
    return rule == NULL ? (struct papers_told){.unit = UNIT_UNTOLD} : rule->told;
}

/* ---- folders ------------------------------------------------------------------------------------------------- */

static bool add_tag(struct arena *arena, struct paper *paper, struct span tag)
{
    struct span *tags = arena_array(arena, paper->tag_count + 1, sizeof *tags);
    if (tags == NULL)
        return false;
    if (paper->tag_count > 0)
        memcpy(tags, paper->tags, paper->tag_count * sizeof *tags);
    tags[paper->tag_count++] = tag;
    paper->tags = tags;
    return true;
}

static bool fill_from(enum label label, struct span folder, struct arena *arena, struct paper *paper)
{
    if (label == LABEL_VENUE && paper->venue.len == 0)
        paper->venue = stamp_of_label(folder).venue;
    if ((label == LABEL_VENUE || label == LABEL_YEAR) && paper->year == 0)
        paper->year = year_find(folder);
    return label != LABEL_TAGS || add_tag(arena, paper, folder);
}

bool conventions_fill(const struct conventions *conventions, struct span below, struct arena *arena,
                      struct paper *paper)
{
    bool done = true;
    struct span folder;
    for (size_t depth = 0; conventions != NULL && done && depth < MOST_FOLDERS; depth++) {
        const char *slash = memchr(below.at, '/', below.len);
        if (slash == NULL)
            break;
        folder = span_until(below, (size_t)(slash - below.at));
        below = span_from(below, folder.len + 1);
        done = fill_from(conventions->folders[depth], folder, arena, paper);
    }
    paper_derive_year(paper);
    return done;
}
