/* The list behind is_stop_word(), for those who check it. */
#ifndef INDEXER_STOP_WORDS_H
#define INDEXER_STOP_WORDS_H

#include <stddef.h>

/* Room for the longest and its NUL; every word is padded with NULs. */
enum { STOP_WORD_BYTES = 16 };

/* Folded and sorted. */
extern const char stop_words[][STOP_WORD_BYTES];
extern const size_t stop_word_count;

#endif
