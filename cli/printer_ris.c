/* RIS, as Zotero, EndNote and Mendeley exchange it: "TY  - CPAPER" to "ER  - ", a value a line. */
#include "cli/citation.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <stdlib.h>
#include <string.h>

/* A value has no line breaks of its own. */
static void put(FILE *out, const char *tag, const char *text)
{
    if (!text || !*text) {
        return;
    }
    fprintf(out, "%s  - ", tag);
    for (; *text; text++) {
        fputc(*text == '\n' || *text == '\r' ? ' ' : *text, out);
    }
    fputs("\r\n", out);
}

static void put_author(FILE *out, const struct entry *entry, size_t author)
{
    struct person person = person_of(entry, author);
    char *whole = strchr(person.family, ',') ? citation_whole_name(entry->authors[author]) : NULL;
    char *sorted = memory_format("%s%s%s%s%s", person.family, *person.given ? ", " : "", person.given,
                                 *person.suffix ? ", " : "", person.suffix);
    put(out, "AU", whole ? whole : sorted);
    free(whole);
    free(sorted);
    person_free(&person);
}

/* Each paragraph as a value of its own: so they stay apart. */
static void put_paragraphs(FILE *out, const char *tag, char *text)
{
    for (char *end; (end = strstr(text, "\n\n")); text = end + 2) {
        *end = '\0';
        put(out, tag, text);
    }
    put(out, tag, text);
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    FILE *out = printer->out;
    struct citation citation = citation_of(entry);
    put(out, "TY", citation.form->ris);
    put(out, "ID", entry->key);
    put(out, "TI", entry->title);
    for (size_t i = 0; i < entry->author_count; i++) {
        put_author(out, entry, i);
    }
    if (entry->year > 0) {
        fprintf(out, "PY  - %d\r\n", entry->year);
    }
    put(out, citation.form->ris_venue, citation.venue);
    put(out, "DO", entry->doi);
    put(out, "UR", citation.url); /* the first counts for readers that keep one */
    if (entry->arxiv && *entry->arxiv) {
        fprintf(out, "UR  - https://arxiv.org/abs/%s\r\n", entry->arxiv);
    }
    if (entry->pmid && *entry->pmid) {
        fprintf(out, "UR  - https://pubmed.ncbi.nlm.nih.gov/%s/\r\n", entry->pmid);
    }
    for (size_t i = 0; i < entry->tag_count; i++) {
        put(out, "KW", entry->tags[i]);
    }
    put_paragraphs(out, "AB", citation.abstract);
    put_paragraphs(out, "N1", citation.note);
    fputs("ER  - \r\n\r\n", out);
    citation_free(&citation);
}

static const struct printer_methods methods = {.paper = put_paper};

struct printer *printer_ris(FILE *out)
{
    struct printer *printer = memory_array(1, sizeof *printer);
    *printer = (struct printer){&methods, out};
    return printer;
}
