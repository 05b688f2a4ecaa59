/* The analyzer as an FTS5 tokenizer named "pinakes". */
#ifndef INDEXER_FTS_TOKENIZER_H
#define INDEXER_FTS_TOKENIZER_H

#include "pinakes.h"

#include <sqlite3.h>

/* A term in a MATCH expression that begins with this byte is taken as one index token, unanalysed: our own engine
 * sends tokens it has analysed already. Several tokens separated by this byte stand at one position, as alternatives. */
enum { RAW_TOKEN_MARK = '\x1f' };

/* Makes tokenize='pinakes' known to this connection. Errors: PINAKES_VERSION when SQLite has no FTS5. */
pinakes_status fts_tokenizer_register(sqlite3 *db, pinakes_error *error);

#endif
