/* library.db: plain tables that any SQLite tool can read.
 *
 * Every text column of `papers` is what the inverted index sees: the `words` of the paper's passages of that field,
 * joined by "\n\n". `passages` says where each piece stands: `start` and `bytes` are a range of that column, `line`
 * the line of the source it begins on. `source_text` is the piece verbatim where the column holds it with mark-up
 * blanked (same length), else NULL: the column itself is verbatim. */
#ifndef INDEXER_SCHEMA_H
#define INDEXER_SCHEMA_H

/* "Pnks", in PRAGMA application_id. */
#define SCHEMA_APPLICATION_ID 0x506e6b73
/* In PRAGMA user_version; raised with every change below. */
#define SCHEMA_VERSION 1

#define SCHEMA_SQL                                                                                                                                      \
    /* generation, analyzer_version, length_total (sum of papers.length), topics_text, indexed_at */                                                    \
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;" /* One row a file. name is for people, path is absolute; "-" is standard input. */ \
    "CREATE TABLE sources("                                                                                                                             \
    " id INTEGER PRIMARY KEY,"                                                                                                                          \
    " path BLOB NOT NULL UNIQUE,"                                                                                                                       \
    " name TEXT NOT NULL,"                                                                                                                              \
    " format TEXT NOT NULL,"  /* the reader that took it, '' for one that holds no paper */                                                             \
    " size INTEGER NOT NULL," /* bytes */                                                                                                               \
    " mtime_ns INTEGER NOT NULL,"                                                                                                                       \
    " hash INTEGER NOT NULL);" /* of the content: a file that was only touched is unchanged */                                                          \
    "CREATE TABLE papers("                                                                                                                              \
    " id INTEGER PRIMARY KEY,"                                                                                                                          \
    " key TEXT NOT NULL UNIQUE,"                                                                                                                        \
    " source INTEGER NOT NULL REFERENCES sources(id),"                                                                                                  \
    " line INTEGER NOT NULL,"                                                                                                                           \
    " rule TEXT NOT NULL,"                                                                                                                              \
    " year INTEGER," /* NULL when unknown */                                                                                                            \
    " url TEXT NOT NULL,"                                                                                                                               \
    " length INTEGER NOT NULL," /* words, those of the title counted TITLE_WEIGHT times (query/bm25.h) */                                               \
    " hash INTEGER NOT NULL,"   /* of the record: an unchanged paper of a changed file is left alone */                                                 \
    " title TEXT NOT NULL,"                                                                                                                             \
    " author TEXT NOT NULL," /* one a paragraph, as all text columns */                                                                                 \
    " venue TEXT NOT NULL,"                                                                                                                             \
    " tag TEXT NOT NULL,"                                                                                                                               \
    " abstract TEXT NOT NULL,"                                                                                                                          \
    " note TEXT NOT NULL,"                                                                                                                              \
    " qa TEXT NOT NULL);"                                                                                                                               \
    "CREATE INDEX papers_by_source ON papers(source);"                                                                                                  \
    "CREATE INDEX papers_by_year ON papers(year);"                                                                                                      \
    "CREATE TABLE passages("                                                                                                                            \
    " paper INTEGER NOT NULL,"                                                                                                                          \
    " ordinal INTEGER NOT NULL,"                                                                                                                        \
    " field TEXT NOT NULL,"                                                                                                                             \
    " start INTEGER NOT NULL," /* bytes into the column of that field */                                                                                \
    " bytes INTEGER NOT NULL,"                                                                                                                          \
    " line INTEGER NOT NULL,"                                                                                                                           \
    " source_text TEXT,"                                                                                                                                \
    " PRIMARY KEY(paper, ordinal)) WITHOUT ROWID;"                                                                                                      \
    "CREATE TABLE topics("                                                                                                                              \
    " name TEXT PRIMARY KEY,"                                                                                                                           \
    " ordinal INTEGER NOT NULL,"                                                                                                                        \
    " title TEXT NOT NULL) WITHOUT ROWID;"                                                                                                              \
    "CREATE TABLE paper_topics("                                                                                                                        \
    " paper INTEGER NOT NULL,"                                                                                                                          \
    " topic TEXT NOT NULL REFERENCES topics(name),"                                                                                                     \
    " score REAL NOT NULL,"                                                                                                                             \
    " cause TEXT NOT NULL,"                                                                                                                             \
    " PRIMARY KEY(paper, topic)) WITHOUT ROWID;"                                                                                                        \
    "CREATE INDEX paper_topics_by_topic ON paper_topics(topic);"                                                                                        \
    "CREATE VIRTUAL TABLE papers_fts USING fts5("                                                                                                       \
    " title, author, venue, tag, abstract, note, qa,"                                                                                                   \
    " content='papers', content_rowid='id', tokenize='pinakes');"

#endif
