/* The analyzer as an FTS5 tokenizer named "pinakes". */
#ifndef INDEXER_FTS_TOKENIZER_H
#define INDEXER_FTS_TOKENIZER_H

#include "pinakes.h"

#include <sqlite3.h>

/* A term in a MATCH expression that begins with this byte is taken as one index token, unanalysed: our own engine
 * sends tokens it has analysed already. Several tokens separated by this byte stand at one position, as
 * alternatives. */
enum { RAW_TOKEN_MARK = '\x1f' };

struct analysis;

/* Makes tokenize='pinakes' known to this connection. Texts of the analysis that `*known` points at, unless that is
 * NULL, are not analysed again; `known`, which may be NULL, must stay as long as the connection. Errors:
 * PINAKES_VERSION when SQLite has no FTS5. */
pinakes_status fts_tokenizer_register(sqlite3 *db, const struct analysis *const *known, pinakes_error *error);

#endif
