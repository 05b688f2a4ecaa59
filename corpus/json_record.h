/* The paper a JSON object tells of, whatever its fields are called: those of our own exports, and of arXiv, Semantic
 * Scholar, OpenAlex, DBLP, the ACL Anthology and the data sets made of them. */
#ifndef CORPUS_JSON_RECORD_H
#define CORPUS_JSON_RECORD_H

#include "corpus/record.h"

#include <jansson.h>

/* Whether `object` looks like one: it has a title, or a name and a text; with `strictly` also something else that
 * papers have. */
bool json_record_is_paper(const json_t *object, bool strictly);

/* Fills `record`, empty but for its arena, line and rule, from `object`, which has to outlive it. All passages stand on
 * the record's line. */
void json_record_read(const json_t *object, struct record *record);

#endif
