/* One text for all ways to write the same words: "Total costs of ownership" and "total-cost ownership". */
#ifndef INDEXER_PHRASE_KEY_H
#define INDEXER_PHRASE_KEY_H

#include "base/buffer.h"
#include "indexer/analyzer.h"

/* Adds to `key` the stems of the words of `text` that are no stop words, a space between two, also behind what is there
 * already. Returns their number; memory that is short is seen in the buffer or the analyzer. */
size_t phrase_key_add(struct analyzer *analyzer, struct span text, struct buffer *key);

#endif
