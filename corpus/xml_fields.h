/* The values of one record in XML, taken out with expat. */
#ifndef CORPUS_XML_FIELDS_H
#define CORPUS_XML_FIELDS_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The text of an element right below the record's own, or below a child of it, with the text of all elements inside,
 * but for white space in front and behind. TeX formulas ("tex-math") have become plain text. */
struct xml_field {
    const char *name;
    const char *parent; /* the name of the child it stands in; NULL when it is one itself */
    struct span text;
    uint32_t line; /* where the text begins */
};

struct xml_fields {
    struct xml_field *at; /* in the order of their end tags: those of a child stand before it */
    size_t count, capacity;
};

struct xml_mistake {
    uint32_t line;
    const char *what; /* NULL when memory was short */
};

/* Reads one element, UTF-8, that begins on `line`. False with `*mistake` filled when it is not well formed. All lives
 * in `arena`. Entities that the text does not define are refused, and none is fetched. */
bool xml_fields_read(struct arena *arena, struct span text, uint32_t line, struct xml_fields *out,
                     struct xml_mistake *mistake);

/* The value of an attribute of the start tag that `text` begins with, verbatim; empty when it has none of that name. */
struct span xml_attribute(struct span text, const char *name);

#endif
