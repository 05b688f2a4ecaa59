/* The auxiliary function that reads postings out of FTS5. */
#ifndef QUERY_FTS5_RANK_H
#define QUERY_FTS5_RANK_H

#include "base/arena.h"
#include "query/postings.h"

#include <sqlite3.h>

/* The auxiliary functions' names and the type of their argument, for sqlite3_bind_pointer(). */
#define FTS5_POSTINGS_FUNCTION "pinakes_postings"
#define FTS5_ROW_POSTINGS_FUNCTION "pinakes_row_postings"
#define FTS5_POSTINGS_POINTER "pinakes_postings"

/* The argument: where the postings of each phrase of the MATCH expression go, in the order of the phrases. */
struct fts5_postings {
    struct arena *arena;
    struct postings **phrases;
    size_t phrase_count;
};

/* Makes the functions known to this connection, once. Returns an SQLite result code. The first, called for one row of a
 * query, `SELECT pinakes_postings(papers_fts, ?) FROM papers_fts WHERE papers_fts MATCH ? LIMIT 1`, fills the postings
 * of every phrase over the whole table; when no row matches it is not called, and there are none. The second, called
 * for every row of such a query in ascending order, adds to each phrase's postings those of the row. */
int fts5_rank_register(sqlite3 *db);

#endif
