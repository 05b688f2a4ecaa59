/* Lists in a record: what record.c and record_people.c share. */
#ifndef CORPUS_RECORD_LIST_H
#define CORPUS_RECORD_LIST_H

#include "corpus/record.h"

/* Adds an item; record->failed when memory is short. */
void record_list_add(struct record *record, struct record_list *list, struct span item);

/* Whether it is among the first `looked_at` items. */
bool record_list_has(const struct record_list *list, struct span item, size_t looked_at);

/* Takes what stands before the first of `dividers` off the front of `*rest`. */
struct span record_next_item(struct span *rest, const char *dividers);

#endif
