/* CSL-JSON, https://github.com/citation-style-language/schema: what pandoc, citeproc and Zotero read. */
#include "cli/citation.h"
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <stdlib.h>

struct csl_printer {
    struct printer base;
    bool is_begun;
};

static json_t *json_person(const struct entry *entry, size_t author)
{
    json_t *object = json_checked(json_object());
    struct person person = person_of(entry, author);
    if (*person.given) {
        json_set(object, "family", json_line(person.family));
        json_set(object, "given", json_line(person.given));
        if (*person.suffix) {
            json_set(object, "suffix", json_line(person.suffix));
        }
    } else {
        json_set(object, "literal", json_line(person.family));
    }
    person_free(&person);
    return object;
}

static json_t *json_people(const struct entry *entry)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < entry->author_count; i++) {
        json_append(array, json_person(entry, i));
    }
    return array;
}

static json_t *json_date(int year)
{
    json_t *date = json_checked(json_object()), *parts = json_checked(json_array()), *part = json_checked(json_array());
    json_append(part, json_integer(year));
    json_append(parts, part);
    json_set(date, "date-parts", parts);
    return date;
}

/* The schema has no member for arXiv: its identifier is a number in a repository, and an address. */
static void set_arxiv(json_t *object, const struct citation *citation)
{
    const char *arxiv = citation->entry->arxiv;
    if (!arxiv || !*arxiv) {
        return;
    }
    char *number = memory_format("arXiv:%s", arxiv);
    json_set(object, "number", json_line(number));
    free(number);
    if (!citation->url) {
        char *url = memory_format("https://arxiv.org/abs/%s", arxiv);
        json_set(object, "URL", json_line(url));
        free(url);
    }
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    struct csl_printer *self = (struct csl_printer *)printer;
    struct citation citation = citation_of(entry);
    json_t *object = json_checked(json_object());
    json_set(object, "id", json_line(entry->key));
    json_set(object, "type", json_line(citation.form->csl));
    json_set(object, "title", json_line(entry->title));
    if (entry->author_count > 0) {
        json_set(object, "author", json_people(entry));
    }
    if (entry->year > 0) {
        json_set(object, "issued", json_date(entry->year));
    }
    json_set_known(object, citation.form->csl_venue, citation.venue);
    json_set_known(object, "DOI", entry->doi);
    json_set_known(object, "PMID", entry->pmid);
    json_set_known(object, "URL", citation.url);
    set_arxiv(object, &citation);
    if (entry->tag_count > 0) {
        char *keywords = memory_join(entry->tags, entry->tag_count, ", ");
        json_set(object, "keyword", json_line(keywords));
        free(keywords);
    }
    json_set_known(object, "abstract", citation.abstract);
    json_set_known(object, "note", citation.note);
    fputs(self->is_begun ? ",\n" : "[\n", printer->out);
    json_dumpf(object, printer->out, JSON_COMPACT);
    self->is_begun = true;
    json_decref(object);
    citation_free(&citation);
}

static void finish(struct printer *printer)
{
    fputs(((struct csl_printer *)printer)->is_begun ? "\n]\n" : "[]\n", printer->out);
}

static const struct printer_methods methods = {.paper = put_paper, .close = finish};

struct printer *printer_csl_json(FILE *out)
{
    struct csl_printer *printer = memory_array(1, sizeof *printer);
    printer->base = (struct printer){&methods, out};
    return &printer->base;
}
