/* The acronyms that the library's own texts explain, in the table acronyms. */
#ifndef INDEXER_ACRONYMS_H
#define INDEXER_ACRONYMS_H

#include "indexer/store.h"

/* Writes what the texts of a paper explain in place of what is there of it. */
pinakes_status acronyms_write(struct store *store, int64_t paper, const struct span texts[FIELD_COUNT],
                              pinakes_error *error);

#endif
