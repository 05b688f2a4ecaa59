/* The list behind is_stop_word(), for those who check it. */
#ifndef INDEXER_STOP_WORDS_H
#define INDEXER_STOP_WORDS_H

#include <stddef.h>

extern const char *const stop_words[];
extern const size_t stop_word_count;

#endif
