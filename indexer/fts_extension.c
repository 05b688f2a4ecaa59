/* The entry points of pinakes_fts5.so, which gives sqlite3, Datasette and others the tokenizer of library.db:
 *
 *     sqlite> .load pinakes_fts5
 */
#include "base/error.h"
#include "indexer/fts_tokenizer.h"

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

/* SQLite looks for this name first. */
PINAKES_API int sqlite3_extension_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

/* The name SQLite makes of the file's: the letters of "pinakes_fts5" (Run-Time Loadable Extensions, section 4). It
 * tells the extension apart when several are linked into one program. */
PINAKES_API int sqlite3_pinakesfts_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

int sqlite3_extension_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api)
    pinakes_error error = {0};
    const pinakes_status status = fts_tokenizer_register(db, NULL, &error);
    if (status == PINAKES_OK) {
        return SQLITE_OK;
    }
    *message = sqlite3_mprintf("%s", error.message);
    return status == PINAKES_NO_MEMORY ? SQLITE_NOMEM : SQLITE_ERROR;
}

int sqlite3_pinakesfts_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    return sqlite3_extension_init(db, message, api);
}
