/* JSON Lines: a paper a line, with the members `pinakes index` reads. */
#include "cli/citation.h"
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"

#include <string.h>

/* Names as people say them. One with a comma would be turned when it is read, unless it is called whole. */
static json_t *authors_of(const struct entry *entry)
{
    json_t *list = json_checked(json_array());
    for (size_t i = 0; i < entry->author_count; i++) {
        json_t *name = json_line(entry->authors[i]);
        if (strchr(entry->authors[i], ',')) {
            json_t *object = json_checked(json_object());
            json_set(object, "literal", name);
            name = object;
        }
        json_append(list, name);
    }
    return list;
}

static void put_paper(struct printer *printer, const struct entry *entry)
{
    struct citation citation = citation_of(entry);
    json_t *object = json_checked(json_object());
    json_set(object, "id", json_line(entry->key));
    json_set(object, "title", json_line(entry->title));
    json_set(object, "authors", authors_of(entry));
    if (entry->year > 0) {
        json_set(object, "year", json_integer(entry->year));
    }
    json_set_known(object, "venue", citation.venue);
    json_set_known(object, "doi", entry->doi);
    json_set_known(object, "arxiv", entry->arxiv);
    json_set_known(object, "pmid", entry->pmid);
    json_set_known(object, "url", citation.url);
    if (entry->tag_count > 0) {
        json_set(object, "keywords", json_texts(entry->tags, entry->tag_count));
    }
    json_set_known(object, "abstract", citation.abstract);
    json_set_known(object, "note", citation.note);
    json_dumpf(object, printer->out, JSON_COMPACT);
    fputc('\n', printer->out);
    json_decref(object);
    citation_free(&citation);
}

static const struct printer_methods methods = {.paper = put_paper};

struct printer *printer_jsonl(FILE *out)
{
    struct printer *printer = memory_array(1, sizeof *printer);
    *printer = (struct printer){&methods, out};
    return printer;
}
