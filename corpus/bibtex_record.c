#include "corpus/bibtex_record.h"

#include "corpus/identifiers.h"
#include "corpus/latex.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/stamp.h"
#include "corpus/words.h"

#include <ctype.h>

struct source {
    const struct bibtex_entry *entry, *parent;
    struct record *record;
};

/* ---- fields -------------------------------------------------------------------------------------------------- */

/* The field of the entry, else what it inherits: the title of a volume is the book title of its parts (BibLaTeX manual,
 * appendix B). */
static const struct bibtex_field *field_of(const struct source *source, const char *name)
{
    static const char *const inherited[] = {"journal", "journaltitle", "year", "date", "series", "eventtitle"};
    const struct bibtex_field *own = bibtex_field(source->entry, name);
    if (own != NULL || source->parent == NULL)
        return own;
    if (strcmp(name, "booktitle") == 0) {
        const struct bibtex_field *title = bibtex_field(source->parent, "booktitle");
        const bool is_book = !span_is_nocase(source->parent->type, "article"); /* which holds no other entries */
        return title != NULL || !is_book ? title : bibtex_field(source->parent, "title");
    }
    for (size_t i = 0; i < sizeof inherited / sizeof inherited[0]; i++)
        if (strcmp(name, inherited[i]) == 0)
            return bibtex_field(source->parent, name);
    return NULL;
}

/* The first of the fields in `names` that is there; NULL when none is. */
static const struct bibtex_field *first_of(const struct source *source, const char *const *names)
{
    const struct bibtex_field *field = NULL;
    for (; *names != NULL && field == NULL; names++)
        field = field_of(source, *names);
    return field;
}

static struct span text_of(const struct source *source, const struct bibtex_field *field)
{
    if (field == NULL)
        return (struct span){"", 0};
    const struct span text = latex_text(source->record->arena, field->value);
    source->record->failed |= text.at == NULL;
    return text.at == NULL ? (struct span){"", 0} : text;
}

/* The same of a field that services fill with HTML. */
static struct span plain_text_of(const struct source *source, const struct bibtex_field *field)
{
    return record_plain(source->record, text_of(source, field));
}

/* Where HTML was, its paragraphs are no lines of the source. */
static void take_passages(const struct source *source, enum field field, const struct bibtex_field *from)
{
    const struct span latex = text_of(source, from), text = record_plain(source->record, latex);
    record_text(source->record, field, from->line, text, text.at != latex.at);
}

static struct span line_of(const struct source *source, const struct bibtex_field *field)
{
    return record_line(source->record, text_of(source, field));
}

static struct span named(const struct source *source, const char *name)
{
    return line_of(source, field_of(source, name));
}

/* ---- people -------------------------------------------------------------------------------------------------- */

/* Takes what stands before " and ", outside of braces, off the front of `*rest`. */
static struct span next_person(struct span *rest)
{
    size_t depth = 0;
    for (size_t i = 0; i < rest->len; i++) {
        depth += rest->at[i] == '{';
        depth -= rest->at[i] == '}' && depth > 0;
        const struct span here = span_from(*rest, i);
        if (depth > 0 || !is_blank(here.at[0]) || here.len < 5 || !span_starts_nocase(span_from(here, 1), "and") ||
            !is_blank(here.at[4]))
            continue;
        const struct span person = span_until(*rest, i);
        *rest = span_from(here, 4);
        return span_trim(person);
    }
    const struct span person = span_trim(*rest);
    rest->len = 0;
    return person;
}

enum { MOST_PARTS = 8 };

/* The parts of a name between commas outside of braces: "von Last, Jr, First", or BibLaTeX's
 * long form. */
static size_t parts_of(struct span person, struct span parts[MOST_PARTS])
{
    size_t count = 0, depth = 0, start = 0;
    for (size_t i = 0; i <= person.len; i++) {
        if (i < person.len) {
            depth += person.at[i] == '{';
            depth -= person.at[i] == '}' && depth > 0;
        }
        if (i < person.len && (person.at[i] != ',' || depth > 0))
            continue;
        if (count < MOST_PARTS)
            parts[count] = span_trim((struct span){person.at + start, i - start});
        count++;
        start = i + 1;
    }
    return count;
}

static struct span plain(const struct source *source, struct span latex)
{
    const struct bibtex_field field = {.value = latex};
    return line_of(source, &field);
}

static void add_name(const struct source *source, struct span first, struct span last, struct span suffix)
{
    record_person(source->record, plain(source, first), plain(source, last), plain(source, suffix));
}

/* The part of a name that BibLaTeX's long form gives that label: "family=Example, given=Ada". */
static struct span labelled(const struct span *parts, size_t count, const char *label)
{
    for (size_t i = 0; i < count && i < MOST_PARTS; i++)
        if (span_starts_nocase(parts[i], label))
            return span_trim(span_from(parts[i], strlen(label)));
    return (struct span){"", 0};
}

/* "family=Bergen, given=Ada, prefix=von": what stands in front of the family name is a part of it. */
static void add_long_form(const struct source *source, const struct span *parts, size_t count)
{
    const struct span family = labelled(parts, count, "family="), prefix = labelled(parts, count, "prefix=");
    const char *whole = arena_format(source->record->arena, "%.*s%s%.*s", SPAN_ARGS(prefix), prefix.len > 0 ? " " : "",
                                     SPAN_ARGS(family));
    source->record->failed |= whole == NULL;
    if (whole != NULL)
        add_name(source, labelled(parts, count, "given="), span_of(whole), labelled(parts, count, "suffix="));
}

/* "{The Example Group}": braces around all of a name keep it from being taken apart. */
static bool is_braced(struct span name)
{
    size_t depth = 0;
    for (size_t i = 0; i < name.len; i++) {
        depth += name.at[i] == '{';
        depth -= name.at[i] == '}' && depth > 0;
        if (depth == 0)
            return i > 0 && i + 1 == name.len;
    }
    return false;
}

/* "Thomas E. {Weir, Jr.}", as libraries of some editors keep such names together: the name and what tells the son from
 * the father. False of any other name. */
static bool cut_suffix(struct span *name, struct span *last, struct span *suffix)
{
    size_t open = name->len;
    if (!span_ends(*name, "}"))
        return false;
    while (open > 0 && name->at[open] != '{')
        open--;
    const struct span within = span_without_end(span_from(*name, open + 1), "}");
    const char *comma = within.len == 0 ? NULL : memchr(within.at, ',', within.len);
    const size_t at = comma == NULL ? 0 : (size_t)(comma - within.at);
    *suffix = span_trim(span_from(within, at + (comma != NULL)));
    if (comma == NULL || !name_is_suffix(*suffix) || (open > 0 && !is_blank(name->at[open - 1])))
        return false;
    *last = span_trim(span_until(within, at));
    *name = span_trim(span_until(*name, open));
    return true;
}

/* "G. Edward Barton, Jr.", where BibTeX would take the son for a given name. */
static void add_said(const struct source *source, struct span name, struct span suffix)
{
    const char *whole = arena_format(source->record->arena, "%.*s %.*s", SPAN_ARGS(name), SPAN_ARGS(suffix));
    source->record->failed |= whole == NULL;
    if (whole != NULL)
        record_author(source->record, plain(source, span_of(whole)));
}

static void add_person(const struct source *source, struct span person)
{
    static const struct span none = {"", 0};
    struct span parts[MOST_PARTS];
    const size_t count = parts_of(person, parts);
    if (person.len == 0 || span_is_nocase(person, "others"))
        return;
    const struct span family = labelled(parts, count, "family=");
    struct span front = parts[0], last, suffix;
    const bool has_suffix = family.len == 0 && count <= 2 && cut_suffix(&front, &last, &suffix);
    if (family.len > 0)
        add_long_form(source, parts, count);
    else if (has_suffix && (count == 1 || front.len == 0))
        add_name(source, count == 1 ? front : parts[1], last, suffix);
    else if (count == 2 && name_is_suffix(parts[1]) && memchr(parts[0].at, ' ', parts[0].len) != NULL)
        add_said(source, parts[0], parts[1]);
    else if ((count == 1 || parts[1].len == 0) && is_braced(parts[0]))
        add_name(source, none, parts[0], none);
    else if (count == 1 || parts[1].len == 0)
        record_author(source->record, plain(source, parts[0]));
    else if (count == 2)
        add_name(source, parts[1], parts[0], none);
    else if (count == 3)
        add_name(source, parts[2], parts[0], parts[1]);
    else /* names divided by commas, which is not how it is meant to be done */
        record_author_list(source->record, plain(source, person));
}

static void read_people(const struct source *source)
{
    static const char *const fields[] = {"author", "authors", "editor", "editors", NULL};
    const struct bibtex_field *field = first_of(source, fields);
    if (field == NULL)
        return;
    for (struct span rest = field->value; rest.len > 0;)
        add_person(source, next_person(&rest));
    record_list_text(source->record, FIELD_AUTHOR, field->line, &source->record->authors);
}

/* ---- what it is called, where and when it came out ----------------------------------------------------------- */

/* A volume of a work of several may have no title of its own: it is called by that of the work and its number. */
static void read_work_title(const struct source *source)
{
    const struct bibtex_field *title = field_of(source, "maintitle");
    if (title == NULL && source->parent != NULL && kind_of_type(source->entry->type) == KIND_BOOK) {
        title = bibtex_field(source->parent, "maintitle");
        title = title != NULL ? title : bibtex_field(source->parent, "title");
    }
    const struct span text = record_line(source->record, plain_text_of(source, title)),
                      volume = named(source, "volume");
    if (text.len == 0)
        return;
    const bool is_number = volume.len > 0 && (is_ascii_digit(volume.at[0]) || is_ascii_capital(volume.at[0]));
    const char *mark = is_number ? ", volume " : volume.len > 0 ? ", " : "";
    const char *whole = arena_format(source->record->arena, "%.*s%s%.*s", SPAN_ARGS(text), mark, SPAN_ARGS(volume));
    source->record->failed |= whole == NULL;
    if (whole != NULL)
        record_title(source->record, span_of(whole));
    take_passages(source, FIELD_TITLE, title);
}

static void read_title(const struct source *source)
{
    const struct bibtex_field *title = field_of(source, "title"), *subtitle = field_of(source, "subtitle");
    const struct span text = record_line(source->record, plain_text_of(source, title));
    const struct span more = record_line(source->record, plain_text_of(source, subtitle));
    if (title == NULL) {
        read_work_title(source);
        return;
    }
    record_title(source->record, text);
    take_passages(source, FIELD_TITLE, title);
    if (more.len == 0 || span_find(text, ": ") != SIZE_MAX)
        return;
    const char *both = arena_format(source->record->arena, "%.*s: %.*s", SPAN_ARGS(text), SPAN_ARGS(more));
    source->record->failed |= both == NULL;
    if (both != NULL)
        source->record->title = span_of(both);
    take_passages(source, FIELD_TITLE, subtitle);
}

/* Takes the venue and the year where a field is nothing else, "OSDI '14", "osdi14"; false when it is more or another
 * thing. */
static bool read_stamp(const struct source *source, const char *name)
{
    const struct bibtex_field *field = bibtex_field(source->entry, name);
    struct stamp stamp;
    if (field == NULL || !stamp_read(line_of(source, field), STAMP_LINE, &stamp) || stamp.venue.len == 0 ||
        stamp.doubtful)
        return false;
    record_venue(source->record, field->line, stamp.venue, true);
    if (source->record->year == 0)
        source->record->year = stamp.year;
    return true;
}

/* The volume that an entry refers to by crossref may stand in another file; its key often says which it is. */
static void read_venue(const struct source *source)
{
    static const char *const fields[] = {"booktitle",   "journal", "journaltitle", "eventtitle", "school",
                                         "institution", NULL};
    const struct bibtex_field *field = first_of(source, fields);
    if (field != NULL)
        record_venue(source->record, field->line, plain_text_of(source, field), false);
    else if (!(source->parent == NULL && read_stamp(source, "crossref")) && !read_stamp(source, "howpublished") &&
             source->record->arxiv.len > 0)
        record_venue(source->record, source->entry->line, span_of("arXiv"), true);
}

static void read_year(const struct source *source)
{
    record_year(source->record, named(source, "year"));
    record_year(source->record, named(source, "date"));
    record_year(source->record, named(source, "eventdate"));
}

/* ---- identifiers --------------------------------------------------------------------------------------------- */

static void read_arxiv(const struct source *source)
{
    static const char *const places[] = {"journal", "journaltitle", "volume", "howpublished", "note", NULL};
    const struct span eprint = named(source, "eprint"), kind = named(source, "archiveprefix");
    const struct span biblatex_kind = named(source, "eprinttype");
    const bool is_dated = eprint.len >= 9 && is_ascii_digit(eprint.at[0]) && eprint.at[4] == '.';
    if (eprint.len > 0 && (span_is_nocase(kind, "arxiv") || span_is_nocase(biblatex_kind, "arxiv") || is_dated))
        source->record->arxiv = arxiv_in(eprint);
    for (size_t i = 0; places[i] != NULL && source->record->arxiv.len == 0; i++)
        source->record->arxiv = arxiv_in(named(source, places[i]));
}

/* As PubMed's own exports and Zotero's write it, or BibLaTeX. */
static void read_pmid(const struct source *source)
{
    const struct span note = named(source, "note"), kind = named(source, "eprinttype");
    source->record->pmid = pmid_of_field(named(source, "pmid"));
    if (source->record->pmid.len == 0 && span_is_nocase(kind, "pubmed"))
        source->record->pmid = pmid_of_field(named(source, "eprint"));
    if (source->record->pmid.len == 0 && span_starts_nocase(note, "pmid"))
        source->record->pmid = pmid_in(note);
}

/* "PMID: 30000001" and no more is no note. */
static bool is_pmid_alone(struct span note)
{
    const struct span pmid = pmid_in(note);
    return span_starts_nocase(note, "pmid") && pmid.len > 0 && pmid.at + pmid.len == note.at + note.len;
}

/* An identifier or address as it was before it was written for LaTeX: without the marks that protect single characters,
 * with every dash and underscore in it. Other braces part words. */
static struct span address_of(const struct source *source, const char *name)
{
    const struct bibtex_field *field = field_of(source, name);
    const struct span value = field == NULL ? (struct span){"", 0} : field->value;
    char *text = arena_string(source->record->arena, value);
    size_t len = 0;
    source->record->failed |= text == NULL;
    for (size_t i = 0; text != NULL && i < value.len; i++) {
        const struct span rest = span_from(value, i);
        const bool is_braced = rest.len >= 4 && rest.at[0] == '{' && rest.at[1] == '\\' && rest.at[3] == '}';
        const size_t mark = is_braced ? 1 : 0;
        const bool escapes = rest.len > mark + 1 && rest.at[mark] == '\\' && ispunct((unsigned char)rest.at[mark + 1]);
        const char c = escapes ? rest.at[mark + 1] : rest.at[0];
        text[len++] = (char)(!escapes && (c == '{' || c == '}') ? ' ' : c);
        i += escapes ? mark * 2 + 1 : 0;
    }
    return span_trim((struct span){text == NULL ? "" : text, len});
}

static void read_doi(const struct source *source)
{
    source->record->doi = doi_of_field(address_of(source, "doi"));
}

static void read_address(const struct source *source)
{
    static const char *const fields[] = {"url", "link", "ee", "howpublished", "note", "pdf", NULL};
    for (size_t i = 0; fields[i] != NULL && source->record->url.len == 0; i++) {
        size_t from = 0;
        (void)link_next(address_of(source, fields[i]), &from, &source->record->url);
    }
}

/* A key is no text: two dashes in it stay two. Only what cannot be part of one is LaTeX: "{M\"u}ller2031". */
static struct span key_of(const struct source *source)
{
    const struct span key = source->entry->key;
    return key.len > 0 && (memchr(key.at, '\\', key.len) != NULL || memchr(key.at, '{', key.len) != NULL)
               ? plain(source, key)
               : record_line(source->record, key);
}

/* ---- the record ---------------------------------------------------------------------------------------------- */

static void read_texts(const struct source *source, enum field field, const char *const *names)
{
    for (; *names != NULL; names++) {
        const struct bibtex_field *text = field_of(source, *names);
        if (text != NULL)
            take_passages(source, field, text);
    }
}

/* Takes the tag before the next comma or semicolon outside of braces; `*is_whole` when one stands within them. */
static struct span next_tag(struct span *rest, bool *is_whole)
{
    size_t depth = 0, end = 0;
    for (; end < rest->len; end++) {
        const bool divides = rest->at[end] == ',' || rest->at[end] == ';';
        depth += rest->at[end] == '{';
        depth -= rest->at[end] == '}' && depth > 0;
        *is_whole |= divides && depth > 0;
        if (divides && depth == 0)
            break;
    }
    const struct span tag = span_trim(span_until(*rest, end));
    *rest = span_from(*rest, end < rest->len ? end + 1 : end);
    return tag;
}

/* Braces keep a tag with a comma together, "{pages, printed}, books"; those around all of a list mean nothing. */
static bool has_whole_tags(struct span list)
{
    bool is_whole = false;
    if (is_braced(span_trim(list)))
        return false;
    while (list.len > 0)
        (void)next_tag(&list, &is_whole);
    return is_whole;
}

static void read_tag_field(const struct source *source, const char *name)
{
    const struct bibtex_field *field = field_of(source, name);
    bool is_whole = false;
    if (field == NULL)
        return;
    if (!has_whole_tags(field->value))
        record_tag(source->record, line_of(source, field));
    else
        for (struct span rest = field->value; rest.len > 0;)
            record_whole_tag(source->record, plain(source, next_tag(&rest, &is_whole)));
}

static void read_tags(const struct source *source)
{
    static const char *const fields[] = {"keywords", "keyword", "mendeley-tags", NULL};
    for (size_t i = 0; fields[i] != NULL; i++)
        read_tag_field(source, fields[i]);
    const struct bibtex_field *first = first_of(source, fields);
    if (first != NULL)
        record_list_text(source->record, FIELD_TAG, first->line, &source->record->tags);
}

void bibtex_record_read(const struct bibtex_entry *entry, const struct bibtex_entry *parent, struct record *record)
{
    static const char *const abstracts[] = {"abstract", NULL};
    static const char *const notes[] = {"note", "annote", "annotation", "comment", "review", NULL};
    const struct source source = {entry, parent, record};
    record->id = key_of(&source);
    record->kind = span_is_nocase(entry->type, "article") ? KIND_ARTICLE : kind_of_type(entry->type);
    read_title(&source);
    read_people(&source);
    read_year(&source);
    read_doi(&source);
    read_arxiv(&source);
    read_pmid(&source);
    read_venue(&source);
    read_tags(&source);
    read_address(&source);
    read_texts(&source, FIELD_ABSTRACT, abstracts);
    read_texts(&source, FIELD_NOTE, is_pmid_alone(named(&source, "note")) ? &notes[1] : notes);
}
