/* JSON as programs in the wild write it. */
#ifndef CORPUS_JSON_MEND_H
#define CORPUS_JSON_MEND_H

#include "base/arena.h"
#include "base/span.h"

#include <jansson.h>

/* Reads `text` as JSON. When that fails, two mistakes that common writers make are mended and it is tried once more:
 * NaN and Infinity for numbers (Python, pandas) become null, and half a pair of surrogates in a string U+FFFD. NULL
 * with `*mistake` filled when it is no JSON; the caller gives the value back with json_decref(). `arena` is for the
 * mending. */
json_t *json_mend_load(struct arena *arena, struct span text, json_error_t *mistake);

#endif
