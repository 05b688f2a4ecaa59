/* library.db: plain tables that any SQLite tool can read. schema.c has the tables themselves, each column explained
 * where it stands; `sqlite3 library.db .schema` shows the same text.
 *
 * papers      one row a paper: its record, and one text column a field
 * passages    where every piece of those columns stands in the paper's file
 * papers_fts  the inverted index over the text columns (FTS5, external content, tokenizer 'pinakes')
 * sources     one row a file
 * joined      the records of papers that several sources have, and joined_passages theirs
 * roots       one row a file or folder that was named to index
 * topics, paper_topics, meta
 * generations when each run that changed something ended
 * unsealed    what the ranked index beside the library (segment.h) is wrong about */
#ifndef INDEXER_SCHEMA_H
#define INDEXER_SCHEMA_H

/* "Pnks", in PRAGMA application_id. */
#define SCHEMA_APPLICATION_ID 0x506e6b73
/* In PRAGMA user_version; raised with every change of the tables. */
#define SCHEMA_VERSION 13

/* A word in the title counts this many times, in a term's frequency and in papers.length. */
enum { TITLE_WEIGHT = 3 };

/* SQL for how many records a source has; `source` is an expression. Those of a joined paper are in joined, its own
 * among them. */
#define SQL_RECORDS_OF(source)                                                                                     \
    "((SELECT count(*) FROM papers r WHERE r.source = " source                                                     \
    " AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.id = r.id)) + (SELECT count(*) FROM joined r WHERE r.source " \
    "= " source "))"

/* What stands between two passages in a text column. */
#define PASSAGE_SEPARATOR "\n\n"

/* The statements that make an empty library: its tables, what the index is made of, those of topics and of joined
 * records, the one of its roots, what keeps `unsealed`, and the words that papers explain. */
extern const char schema_sql[], schema_passages_sql[], schema_topics_sql[], schema_joined_sql[], schema_roots_sql[],
    schema_unsealed_sql[], schema_acronyms_sql[];

#endif
