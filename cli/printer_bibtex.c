/* BibTeX: an entry a paper, in UTF-8, as BibTeX 0.99d, biber and reference managers read it. */
#include "cli/citation.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- LaTeX ----------------------------------------------------------------------------------------------- */

/* What stands for a byte that LaTeX would read as something else; NULL for all others. */
static const char *escape_of(char c)
{
    switch (c) {
    case '\\':
        return "\\textbackslash{}";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '&':
        return "\\&";
    case '%':
        return "\\%";
    case '$':
        return "\\$";
    case '#':
        return "\\#";
    case '_':
        return "\\_";
    case '{':
        return "\\{";
    case '}':
        return "\\}";
    default:
        return NULL;
    }
}

/* Two of these in a row would become a dash or a quotation mark. */
static bool is_ligature(const char *text, size_t at)
{
    return at > 0 && text[at] == text[at - 1] && strchr("-`'", text[at]);
}

static void put_latex(FILE *out, const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        const char *escape = text[i] ? escape_of(text[i]) : "";
        if (escape) {
            fputs(escape, out);
            continue;
        }
        if (is_ligature(text, i)) {
            fputs("{}", out);
        }
        fputc(text[i], out);
    }
}

/* Styles put titles in small letters: capitals beyond a word's first are braced, as in "{CXL}" and "{vLLM}". */
static void put_title(FILE *out, const char *title)
{
    for (const char *at = title; *at;) {
        const size_t bytes = strcspn(at, " ");
        bool is_braced = false;
        for (size_t i = 1; i < bytes; i++) {
            is_braced = is_braced || isupper((unsigned char)at[i]);
        }
        fputs(is_braced ? "{" : "", out);
        put_latex(out, at, bytes);
        fputs(is_braced ? "}" : "", out);
        at += bytes;
        for (; *at == ' '; at++) {
            fputc(' ', out);
        }
    }
}

/* ---- fields ---------------------------------------------------------------------------------------------- */

static void open_field(FILE *out, const char *name)
{
    fprintf(out, ",\n  %s = {", name);
}

static void put_text(FILE *out, const char *name, const char *text)
{
    if (text && *text) {
        open_field(out, name);
        put_latex(out, text, strlen(text));
        fputc('}', out);
    }
}

/* Addresses and identifiers are not typeset: only what would end the field is written otherwise. */
static void put_verbatim(FILE *out, const char *name, const char *text)
{
    if (!text || !*text) {
        return;
    }
    open_field(out, name);
    for (; *text; text++) {
        if (strchr("{}\\ ", *text)) {
            fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
        } else {
            fputc(*text, out);
        }
    }
    fputc('}', out);
}

/* A comma within a part would part it once more. */
static void put_name_part(FILE *out, const char *part)
{
    const bool is_braced = strchr(part, ',') != NULL;
    fputs(is_braced ? "{" : "", out);
    put_latex(out, part, strlen(part));
    fputs(is_braced ? "}" : "", out);
}

/* An organisation's name of several words is kept whole by braces; where the last word alone is not the family name,
 * that stands in front. */
static void put_author(FILE *out, const struct entry *entry, size_t author)
{
    struct person person = person_of(entry, author);
    const char *name = entry->authors[author];
    const bool is_whole = !*person.given && strchr(name, ' ');
    const bool is_told = *person.given && entry->families && entry->families[author];
    if (is_told || *person.suffix) {
        put_name_part(out, person.family);
        fputs(", ", out);
        put_latex(out, person.suffix, strlen(person.suffix));
        fputs(*person.suffix ? ", " : "", out);
        put_name_part(out, person.given);
    } else {
        fputs(is_whole ? "{" : "", out);
        put_latex(out, name, strlen(name));
        fputs(is_whole ? "}" : "", out);
    }
    person_free(&person);
}

static void put_authors(FILE *out, const struct entry *entry)
{
    if (entry->author_count == 0) {
        return;
    }
    open_field(out, "author");
    for (size_t i = 0; i < entry->author_count; i++) {
        fputs(i > 0 ? " and " : "", out);
        put_author(out, entry, i);
    }
    fputc('}', out);
}

static void put_keywords(FILE *out, const struct entry *entry)
{
    if (entry->tag_count == 0) {
        return;
    }
    open_field(out, "keywords");
    for (size_t i = 0; i < entry->tag_count; i++) {
        const bool is_braced = strpbrk(entry->tags[i], ",;") != NULL;
        fputs(i > 0 ? ", " : "", out);
        fputs(is_braced ? "{" : "", out);
        put_latex(out, entry->tags[i], strlen(entry->tags[i]));
        fputs(is_braced ? "}" : "", out);
        fputs(is_braced && entry->tag_count == 1 ? "," : "", out); /* else the braces would be those of a list */
    }
    fputc('}', out);
}

static void put_eprint(FILE *out, const char *arxiv)
{
    if (arxiv && *arxiv) {
        put_verbatim(out, "eprint", arxiv);
        put_text(out, "archiveprefix", "arXiv");
    }
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    FILE *out = printer->out;
    struct citation citation = citation_of(entry);
    fprintf(out, "@%s{%s,\n  title = {", citation.form->bibtex, entry->key);
    put_title(out, entry->title);
    fputc('}', out);
    put_authors(out, entry);
    if (citation.form->bibtex_venue) {
        put_text(out, citation.form->bibtex_venue, citation.venue);
    }
    if (entry->year > 0) {
        fprintf(out, ",\n  year = {%d}", entry->year);
    }
    put_verbatim(out, "doi", entry->doi);
    put_eprint(out, entry->arxiv);
    put_verbatim(out, "pmid", entry->pmid);
    put_verbatim(out, "url", citation.url);
    put_keywords(out, entry);
    put_text(out, "abstract", citation.abstract);
    put_text(out, "annote", citation.note); /* `note` would be printed in the bibliography */
    fputs("\n}\n\n", out);
    citation_free(&citation);
}

static const struct printer_methods methods = {.paper = put_paper};

struct printer *printer_bibtex(FILE *out)
{
    struct printer *printer = memory_array(1, sizeof *printer);
    *printer = (struct printer){&methods, out};
    return printer;
}
