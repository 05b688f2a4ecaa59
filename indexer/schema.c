#include "indexer/schema.h"

/* A record: what a source says of a paper, and the text of it that the index sees. */
#define RECORD_COLUMNS                                                                                                 \
    "  id INTEGER PRIMARY KEY,\n"                                                                                      \
    "  key TEXT NOT NULL UNIQUE,\n"                                                                                    \
    "  source_id TEXT NOT NULL,    -- what the source itself calls the paper, '' when it gives it no name\n"           \
    "  source INTEGER NOT NULL REFERENCES sources(id),\n"                                                              \
    "  line INTEGER NOT NULL,      -- of the source, where the title stands\n"                                         \
    "  rule TEXT NOT NULL,         -- what made that line a title\n"                                                   \
    "  year INTEGER,               -- NULL when unknown\n"                                                             \
    "  derived_year INTEGER NOT NULL, -- 1: by the arXiv identifier alone\n"                                           \
    "  url TEXT NOT NULL,          -- '' when unknown\n"                                                               \
    "  doi TEXT NOT NULL,          -- '10.1145/3600006.3613165', '' when unknown\n"                                    \
    "  arxiv TEXT NOT NULL,        -- '2309.06180', without version, '' when unknown\n"                                \
    "  pmid TEXT NOT NULL,         -- PubMed's: '30000001', '' when unknown\n"                                         \
    "  kind TEXT NOT NULL,         -- 'article' (of a journal), 'proceedings', 'book', 'chapter', 'thesis', "          \
    "'report'; "                                                                                                       \
    "''\n"                                                                                                             \
    "  title_key INTEGER NOT NULL, -- of the title's letters, by which the same paper is found; 0 without any\n"       \
    "  authors_key INTEGER NOT NULL, -- of its authors, by whom a paper is found whose title differs; 0 without any\n" \
    "  length INTEGER NOT NULL,    -- words for ranking: those of the title count three times\n"                       \
    "  words INTEGER NOT NULL,     -- words, each counted once\n"                                                      \
    "  hash INTEGER NOT NULL,      -- of the record: an unchanged paper of a changed file is left alone\n"             \
    "  changed INTEGER NOT NULL,   -- the generation that brought the record as it is\n"                               \
    "  shown_title TEXT NOT NULL,  -- the record as people want to see it, without the source's mark-up\n"             \
    "  shown_venue TEXT NOT NULL,  -- '' when unknown\n"                                                               \
    "  shown_authors TEXT NOT NULL, -- one a line; char(31) and the byte where a family name of several words "        \
    "begins\n"                                                                                                         \
    "  shown_tags TEXT NOT NULL,   -- one a line\n"                                                                    \
    "  -- What the index sees: the passages of each field, an empty line between two. Mark-up is blanked by spaces.\n" \
    "  title TEXT NOT NULL,\n"                                                                                         \
    "  author TEXT NOT NULL,\n"                                                                                        \
    "  venue TEXT NOT NULL,\n"                                                                                         \
    "  tag TEXT NOT NULL,\n"                                                                                           \
    "  abstract TEXT NOT NULL,\n"                                                                                      \
    "  note TEXT NOT NULL,\n"                                                                                          \
    "  qa TEXT NOT NULL"

/* The comments are part of the text: SQLite keeps them, and whoever opens a library with another tool reads them. */
const char schema_sql[] =
    "CREATE TABLE meta(\n"
    "  -- generation: grows with every run that changed something; indexed_at: when it last did (UTC)\n"
    "  -- analyzer_version, program_version: of what wrote the index\n"
    "  -- paper_count, length_total, word_total: count(*), sum(length), sum(words) of papers\n"
    "  -- topics_text: the topics file the stored assignments follow\n"
    "  -- library_id: random; sealed_generation, sealed_paper: the generation the ranked index was made of (0: there "
    "is\n"
    "  -- none) and the greatest papers.id then\n"
    "  -- joins: 1 when records of one paper are joined; join_rules: hash of the duplicates.txt they follow, 0 "
    "without\n"
    "  name TEXT PRIMARY KEY,\n"
    "  value) WITHOUT ROWID;\n"

    "CREATE TABLE sources(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  path BLOB NOT NULL UNIQUE,  -- absolute; '-' is standard input\n"
    "  name TEXT NOT NULL,         -- for people\n"
    "  format TEXT NOT NULL,       -- the reader that took it, '' for a file that holds no paper\n"
    "  size INTEGER NOT NULL,      -- bytes\n"
    "  mtime_ns INTEGER NOT NULL,  -- modification time, nanoseconds since 1970\n"
    "  ctime_ns INTEGER NOT NULL,  -- when anything of the file changed, which no program can set\n"
    "  hash INTEGER NOT NULL,      -- of the content: a file that was only touched is unchanged\n"
    "  readers INTEGER NOT NULL);  -- version of the readers that read it\n"

    "CREATE TABLE papers(\n" RECORD_COLUMNS ");\n"
    "CREATE INDEX papers_by_source ON papers(source);\n"
    "CREATE INDEX papers_by_year ON papers(year);\n"
    "CREATE INDEX papers_by_change ON papers(changed);\n"
    "CREATE INDEX papers_by_title ON papers(title_key, source);\n"
    "CREATE INDEX papers_by_authors ON papers(authors_key, source, year);\n"
    "CREATE INDEX papers_by_doi ON papers(lower(doi)) WHERE doi <> '';\n"
    "CREATE INDEX papers_by_arxiv ON papers(arxiv) WHERE arxiv <> '';\n"
    "CREATE INDEX papers_by_pmid ON papers(pmid) WHERE pmid <> '';\n"

    "CREATE TABLE generations(\n"
    "  generation INTEGER PRIMARY KEY,\n"
    "  at TEXT NOT NULL);          -- when its run ended (UTC)\n";

const char schema_passages_sql[] =
    "CREATE TABLE passages(\n"
    "  paper INTEGER NOT NULL REFERENCES papers(id) ON DELETE CASCADE,\n"
    "  ordinal INTEGER NOT NULL,   -- from 0, in the order of the source\n"
    "  field TEXT NOT NULL,        -- the column of papers it is a part of\n"
    "  start INTEGER NOT NULL,     -- bytes into that column\n"
    "  bytes INTEGER NOT NULL,\n"
    "  line INTEGER NOT NULL,      -- of the source, where it begins\n"
    "  source_text TEXT,           -- verbatim, where mark-up is blanked in the column; else NULL\n"
    "  record INTEGER REFERENCES joined(id) DEFERRABLE INITIALLY DEFERRED, -- whose source it is; NULL: the paper's\n"
    "  PRIMARY KEY(paper, ordinal)) WITHOUT ROWID;\n"

    "CREATE VIRTUAL TABLE papers_fts USING fts5(\n"
    "  title, author, venue, tag, abstract, note, qa,\n"
    "  content='papers', content_rowid='id', tokenize='pinakes');\n"
    /* Bytes of terms FTS5 gathers before it writes them: with its own 1 MB it merges what it wrote again and again
     * through a run of many papers; 32 MB are no faster than 4. */
    "INSERT INTO papers_fts(papers_fts, rank) VALUES('hashsize', 4194304);\n";

const char schema_topics_sql[] = "CREATE TABLE topics(\n"
                                 "  name TEXT PRIMARY KEY,\n"
                                 "  ordinal INTEGER NOT NULL,   -- the order of the topics file\n"
                                 "  title TEXT NOT NULL) WITHOUT ROWID;\n"

                                 "CREATE TABLE paper_topics(\n"
                                 "  paper INTEGER NOT NULL REFERENCES papers(id) ON DELETE CASCADE,\n"
                                 "  topic TEXT NOT NULL REFERENCES topics(name) DEFERRABLE INITIALLY DEFERRED,\n"
                                 "  score REAL NOT NULL,\n"
                                 "  cause TEXT NOT NULL,        -- the rules that matched\n"
                                 "  PRIMARY KEY(paper, topic)) WITHOUT ROWID;\n"
                                 "CREATE INDEX paper_topics_by_topic ON paper_topics(topic);\n";

/* The columns come first, so that a row goes from one table to the other as it is. */
const char schema_joined_sql[] =
    "CREATE TABLE joined(\n"
    "  -- records of papers that several sources have, each as it was by itself: the paper is made of all of "
    "them\n" RECORD_COLUMNS ",\n"
    "  paper INTEGER NOT NULL REFERENCES papers(id) DEFERRABLE INITIALLY DEFERRED,\n"
    "  reason TEXT NOT NULL);      -- what it has in common with another of them, for people\n"
    "CREATE INDEX joined_by_paper ON joined(paper);\n"
    "CREATE INDEX joined_by_source ON joined(source);\n"
    "CREATE INDEX joined_by_title ON joined(title_key, source);\n"
    "CREATE INDEX joined_by_authors ON joined(authors_key, source, year);\n"
    "CREATE INDEX joined_by_doi ON joined(lower(doi)) WHERE doi <> '';\n"
    "CREATE INDEX joined_by_arxiv ON joined(arxiv) WHERE arxiv <> '';\n"
    "CREATE INDEX joined_by_pmid ON joined(pmid) WHERE pmid <> '';\n"
    "CREATE TABLE joined_passages(\n"
    "  -- the passages of such a record, with places in the columns of joined\n"
    "  record INTEGER NOT NULL REFERENCES joined(id) ON DELETE CASCADE,\n"
    "  ordinal INTEGER NOT NULL,\n"
    "  field TEXT NOT NULL,\n"
    "  start INTEGER NOT NULL,\n"
    "  bytes INTEGER NOT NULL,\n"
    "  line INTEGER NOT NULL,\n"
    "  source_text TEXT,\n"
    "  PRIMARY KEY(record, ordinal)) WITHOUT ROWID;\n";

const char schema_roots_sql[] =
    "CREATE TABLE roots(\n"
    "  -- what the library is kept in step with: the files and folders that were named to index\n"
    "  path BLOB PRIMARY KEY,      -- absolute\n"
    "  format TEXT NOT NULL,       -- the reader of all files below, '' where the content of each decides\n"
    "  keep_going INTEGER NOT NULL, -- records that cannot be read: 1: are passed over, -1: end the run, 0: do so\n"
    "                              -- where the root is a file, and are passed over where it is a folder\n"
    "  pdf INTEGER NOT NULL,       -- 1: PDF is read as well\n"
    "  device INTEGER NOT NULL) WITHOUT ROWID; -- the file system it lay on: an empty folder on another is a disk\n"
    "                              -- that is not mounted\n";

/* There is no trigger on INSERT: papers get ids above all that were sealed (paper_writer.c), and SQLite would have FTS5
 * write its pending terms to disk before every statement that has one. */
const char schema_unsealed_sql[] =
    "CREATE TABLE unsealed(\n"
    "  -- papers the ranked index is wrong about: changed or removed since it was made\n"
    "  paper INTEGER PRIMARY KEY);\n"
    "CREATE TRIGGER paper_removed AFTER DELETE ON papers BEGIN\n"
    "  INSERT OR IGNORE INTO unsealed SELECT old.id FROM meta WHERE name = 'sealed_paper' AND old.id <= value;\n"
    "END;\n"
    "CREATE TRIGGER paper_changed AFTER UPDATE OF\n"
    "  length, year, shown_venue, title, author, venue, tag, abstract, note, qa ON papers\n"
    "  WHEN (old.length, old.year, old.shown_venue, old.title, old.author, old.venue, old.tag, old.abstract, "
    "old.note,\n"
    "    old.qa) IS NOT (new.length, new.year, new.shown_venue, new.title, new.author, new.venue, new.tag,\n"
    "    new.abstract, new.note, new.qa) BEGIN\n"
    "  INSERT OR IGNORE INTO unsealed SELECT old.id FROM meta WHERE name = 'sealed_paper' AND old.id <= value;\n"
    "END;\n";

const char schema_acronyms_sql[] =
    "CREATE TABLE acronyms(\n"
    "  -- what papers explain: total cost of ownership (TCO)\n"
    "  paper INTEGER NOT NULL REFERENCES papers(id) ON DELETE CASCADE,\n"
    "  form TEXT NOT NULL,         -- 'tco'\n"
    "  meaning_key TEXT NOT NULL,  -- stems of its words but for stop words: 'total cost ownership'\n"
    "  meaning TEXT NOT NULL,      -- as the paper has it\n"
    "  PRIMARY KEY(paper, form, meaning_key)) WITHOUT ROWID;\n"
    "CREATE INDEX acronyms_by_form ON acronyms(form, meaning_key);\n"
    "CREATE INDEX acronyms_by_meaning ON acronyms(meaning_key, form);\n";
