/* Pinakes: full-text and topic search over paper summaries.
 *
 * Everything the `pinakes` program does goes through this header.
 *
 * Ownership. A function whose name ends in _open or that fills an `out` pointer gives the caller an object to
 * release with the matching _close or _free, which take NULL too. Results own every string they point at; strings live
 * until the result is freed, also when the library is closed before. Strings are NUL-terminated UTF-8 unless a byte
 * count stands beside them. What is unknown is "" or 0, unless something else is said.
 *
 * Errors. Every function that can fail returns a pinakes_status and, when `error` is not NULL, fills it with one
 * line that names the input, what is wrong and what to do. Output parameters are set only on PINAKES_OK. Any function
 * may fail with PINAKES_NO_MEMORY, and one that takes a library with PINAKES_IO, PINAKES_DAMAGED and PINAKES_BUSY;
 * other causes are told where they arise.
 *
 * Threads. A pinakes_library may be used by one thread at a time; open one for each thread. Different libraries,
 * and different handles to one library, are independent. Results may be read by any number of threads. */
#ifndef PINAKES_H
#define PINAKES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PINAKES_API __attribute__((visibility("default")))
#else
#define PINAKES_API
#endif

/* ---- status ---------------------------------------------------------------------------------------------- */

typedef enum pinakes_status {
    PINAKES_OK = 0,
    PINAKES_NO_MEMORY,  /* an allocation failed */
    PINAKES_IO,         /* the operating system refused a read or write: full disk, permission, ... */
    PINAKES_NO_LIBRARY, /* there is no library at that path yet */
    PINAKES_NOT_FOUND,  /* no such paper or topic */
    PINAKES_BAD_INPUT,  /* a note, topics file or argument cannot be understood */
    PINAKES_DAMAGED,    /* the library, or a part of it, fails its own checks */
    PINAKES_VERSION,    /* the library was made by a version this one cannot read */
    PINAKES_BUSY,       /* another process is writing */
    PINAKES_CANCELLED,  /* a callback asked to stop; nothing was changed */
} pinakes_status;

/* Room for one line of explanation, owned by the caller. */
typedef struct pinakes_error {
    pinakes_status status;
    char message[1024];
} pinakes_error;

/* The version of this library, as "1.2.3"; a constant, as is what pinakes_readers() returns. */
PINAKES_API const char *pinakes_version(void);

/* ---- the library ----------------------------------------------------------------------------------------- */

typedef struct pinakes_library pinakes_library;

typedef enum pinakes_mode {
    PINAKES_READ,  /* fails with PINAKES_NO_LIBRARY when the file does not exist */
    PINAKES_WRITE, /* creates the file and its folder when they do not exist */
} pinakes_mode;

/* Opens the library in the SQLite file `path`. Release `*out` with pinakes_close(). PINAKES_NO_LIBRARY as `mode` says,
 * PINAKES_BAD_INPUT when the file is none of ours, PINAKES_VERSION when a version made it that this one cannot read. */
PINAKES_API pinakes_status pinakes_open(const char *path, pinakes_mode mode, pinakes_library **out,
                                        pinakes_error *error);

/* Releases `library`. */
PINAKES_API void pinakes_close(pinakes_library *library);

/* The path a library has when the user names none: $PINAKES_LIBRARY, else $XDG_DATA_HOME/pinakes/library.db, else
 * ~/.local/share/pinakes/library.db. Writes at most `bytes` bytes including the final NUL; PINAKES_BAD_INPUT when that
 * is too few, or no variable tells a place. */
PINAKES_API pinakes_status pinakes_default_path(char *path, size_t bytes, pinakes_error *error);

/* ---- papers ---------------------------------------------------------------------------------------------- */

/* A piece of a paper's text and where it stands. `field` is one of title, author, venue, tag, abstract, note,
 * qa. `text` is verbatim in the paper's file from line `line` (counted from 1) on, or what the file means by its
 * escapes (JSON, BibTeX). */
typedef struct pinakes_passage {
    const char *field;
    const char *text;
    size_t bytes;
    const char *file, *path; /* where it stands, as pinakes_paper.file and .path */
    uint32_t line;
} pinakes_passage;

/* What one source says of a paper that several have. */
typedef struct pinakes_record {
    const char *key; /* it finds the paper as well */
    const char *file, *path;
    uint32_t line;
    const char *reason; /* what it has in common with another of them: "the same DOI" */
} pinakes_record;

/* Why a paper belongs to a topic: the score its rules reached and the rules that matched, as "CXL (title) +2, ...". */
typedef struct pinakes_assignment {
    const char *topic;
    double score;
    const char *cause;
} pinakes_assignment;

typedef struct pinakes_paper {
    const char *key; /* NULL before the paper is in a library */
    const char *title;
    const char *venue;
    const char *url;
    const char *doi;   /* "10.1145/3600006.3613165" */
    const char *arxiv; /* "2309.06180", without version */
    const char *pmid;  /* "30000001": PubMed's */
    const char *kind;  /* "article" (of a journal), "proceedings", "book", "chapter", "thesis" or "report" */
    int year;
    const char *file; /* the source's name for people: below the folder that was indexed, or its base name */
    const char *path; /* the same source, absolute */
    uint32_t line;    /* where its title stands */
    const char *rule; /* what made that line a title */
    size_t author_count;
    const char *const *authors;
    const char *const *families; /* of each author the part of the name, up to its end, by which it is sorted, where the
                                    source tells it and it is not plainly the last word; else NULL */
    size_t tag_count;
    const char *const *tags;
    size_t topic_count;
    const pinakes_assignment *topics;
    size_t passage_count;
    const pinakes_passage *passages;
    size_t record_count; /* 0 for a paper that one source has; of others two or more */
    const pinakes_record *records;
} pinakes_paper;

/* Fetches one paper by key, DOI, arXiv identifier or "PMID:30000001", with all its passages. PINAKES_NOT_FOUND names
 * the closest keys. Release `*out` with pinakes_paper_free(). */
PINAKES_API pinakes_status pinakes_show(pinakes_library *library, const char *key, pinakes_paper **out,
                                        pinakes_error *error);
PINAKES_API void pinakes_paper_free(pinakes_paper *paper);

/* Gives `key` the keys that begin with `beginning`, in their order, at most `limit` of them; each is valid during the
 * call only. */
PINAKES_API pinakes_status pinakes_list_keys(pinakes_library *library, const char *beginning, size_t limit,
                                             void (*key)(void *context, const char *key), void *context,
                                             pinakes_error *error);

/* ---- indexing -------------------------------------------------------------------------------------------- */

typedef struct pinakes_progress {
    uint64_t files_done, files_total; /* total is 0 while folders are still being walked */
    uint64_t bytes_done, bytes_total;
    uint64_t papers;
    uint64_t papers_total; /* while sealing: how many there are; else 0 */
    int64_t took_us;
} pinakes_progress;

/* The formats there are readers for, as pinakes_index_options.format names them, separated by ", ". */
PINAKES_API const char *pinakes_readers(void);

typedef struct pinakes_index_options {
    /* The reader of all files: "notes", "markdown", "org", "bibtex", "ris", "medline" (PubMed's), "refer" (EndNote's),
     * "wos" (the Web of Science's), "csl-json", "jsonl", "csv", "acl" (XML of the ACL Anthology) or "pdf". NULL: the
     * content of each decides. */
    const char *format;
    const char *topics_file; /* topics.ini; NULL keeps the library's topics, or the five it was born with */
    bool pdf;                /* PDF is read as well, with pdftotext of Poppler; the line of a passage is its page */
    bool merge, no_merge;    /* records of one paper in several files become one paper, as a new library has it; or stay
                              * papers of their own. It holds until the other is said. Neither: as it was */
    /* A record that cannot be read is named to `fault` and passed over in the files that are found below a folder or in
     * an archive, and fails the run in a file that was named itself, and in standard input. `keep_going`: it is passed
     * over everywhere. `strict`: it fails the run everywhere. */
    bool keep_going, strict;
    bool all_faults; /* every such record of a file is named, not only the first 20 and how many more there are */
    /* The paths were indexed before: what is not there or cannot be read now is named to `notice`, keeps its papers,
     * and does not fail the run. */
    bool refresh;
    /* Whether the file, an absolute path, is to be left as it is in the library: it is being written. NULL: none is. */
    bool (*leave)(void *context, const char *path);
    /* Called now and then; returning false stops the run with PINAKES_CANCELLED. NULL is allowed, as below. All are
     * called on the caller's thread. */
    bool (*progress)(void *context, const pinakes_progress *progress);
    /* One line about an input that was passed over, or a line in it that was not understood. */
    void (*notice)(void *context, const char *file, uint32_t line, const char *message);
    /* A record that was passed over, and why. NULL: as a notice. */
    void (*fault)(void *context, const char *file, uint32_t line, const char *message);
    /* Every paper read from a new or changed file; valid during the call only. */
    void (*paper)(void *context, const pinakes_paper *paper);
    void *context;
} pinakes_index_options;

typedef struct pinakes_index_summary {
    uint64_t papers_new, papers_changed, papers_removed, papers_unchanged;
    uint64_t papers_joined; /* of the library after the run: so many are one with a paper of another file */
    uint64_t files_read, files_unchanged, files_passed_over;
    uint64_t records_passed_over; /* in the files read: unchanged ones are not looked at again */
    uint64_t generation;          /* of the library after the run; it grows only when something changed */
    int64_t took_us;
} pinakes_index_summary;

/* Brings the library in step with `paths` (files, folders, or "-" for standard input), in one transaction:
 * unchanged files cost a stat, changed files replace their papers, papers of files that vanished from below a path
 * go. The paths, but "-", become roots of the library, with their format, keep_going, strict and pdf; no path
 * at all (`path_count` 0) means all roots, as refresh. A root that is not there, or that is an empty folder on another
 * file system than before, keeps its papers. What .pinakesignore files name (the syntax of gitignore) is no part of a
 * folder. On any failure the library is as it was. `options` and `summary` may be NULL. PINAKES_BAD_INPUT names the
 * file and line that cannot be read; PINAKES_BUSY while another process writes; PINAKES_CANCELLED when
 * options->progress said so. */
PINAKES_API pinakes_status pinakes_index(pinakes_library *library, const char *const *paths, size_t path_count,
                                         const pinakes_index_options *options, pinakes_index_summary *summary,
                                         pinakes_error *error);

/* Takes roots out of the library, and the papers of the files below them that no other root has, in one transaction;
 * "-" stands for the papers of standard input. PINAKES_NOT_FOUND when a path is no root. `summary` may be NULL. */
PINAKES_API pinakes_status pinakes_forget(pinakes_library *library, const char *const *paths, size_t path_count,
                                          pinakes_index_summary *summary, pinakes_error *error);

/* A file or folder the library is kept in step with, and what pinakes_index() would find there now, in files. */
typedef struct pinakes_root {
    const char *path;   /* absolute */
    const char *format; /* pinakes_index_options.format; "" when the content decides */
    bool keep_going, strict;
    bool pdf;
    bool is_missing; /* it is not there: its papers stay */
    uint64_t files;  /* that the library knows */
    uint64_t papers;
    uint64_t added, changed, removed;
} pinakes_root;

typedef enum pinakes_change { PINAKES_ADDED, PINAKES_CHANGED, PINAKES_REMOVED } pinakes_change;

typedef struct pinakes_file_change {
    pinakes_change change;
    const char *path; /* absolute */
    const char *root; /* the innermost root over it */
} pinakes_file_change;

typedef struct pinakes_comparison {
    size_t root_count;
    const pinakes_root *roots;
    size_t change_count;
    const pinakes_file_change *changes; /* in the order of their paths */
} pinakes_comparison;

/* Compares the library with the files below `paths`, or below all its roots when `path_count` is 0, and writes nothing.
 * A file whose size or stamp differs is told apart by its content. Of `options` (may be NULL) format, progress and
 * notice count. Release `*out` with pinakes_comparison_free(). */
PINAKES_API pinakes_status pinakes_compare(pinakes_library *library, const char *const *paths, size_t path_count,
                                           const pinakes_index_options *options, pinakes_comparison **out,
                                           pinakes_error *error);
PINAKES_API void pinakes_comparison_free(pinakes_comparison *comparison);

typedef struct pinakes_watch_options {
    const char *format; /* as in pinakes_index_options, as the next three */
    bool keep_going, strict;
    bool pdf;
    bool poll; /* look every two seconds, where the system cannot tell of changes: disks of other machines */
    /* Asked at least once a second, and when a signal has come; false ends the watch. NULL: never. */
    bool (*go_on)(void *context);
    void (*notice)(void *context, const char *file, uint32_t line, const char *message);
    /* Called once when the library is in step, and then behind every run that changed it. */
    void (*applied)(void *context, const pinakes_index_summary *summary);
    void *context;
} pinakes_watch_options;

/* Brings the library in step with `paths`, or with all its roots when `path_count` is 0, as pinakes_index() does, and
 * then again whenever something below them changes, within a second of the last write, sealing where it pays. A file
 * that a process holds open for writing is left until it is closed, or not written to for ten seconds. While another
 * process writes to the library, and when a run fails, it is tried again. Returns PINAKES_OK when `go_on` said so; an
 * error when the first run fails. */
PINAKES_API pinakes_status pinakes_watch(pinakes_library *library, const char *const *paths, size_t path_count,
                                         const pinakes_watch_options *options, pinakes_error *error);

/* Reads `paths` as pinakes_index() would, giving every paper to options->paper, and touches no library. Fails as
 * that does. */
PINAKES_API pinakes_status pinakes_preview(const char *const *paths, size_t path_count,
                                           const pinakes_index_options *options, pinakes_index_summary *summary,
                                           pinakes_error *error);

/* ---- sealing --------------------------------------------------------------------------------------------- */

typedef enum pinakes_seal_when {
    PINAKES_SEAL_NOW,
    /* Enough papers, and enough of them new or changed since the last seal; or that one's file is gone or cannot be
     * opened. */
    PINAKES_SEAL_WHEN_IT_PAYS,
} pinakes_seal_when;

typedef struct pinakes_seal_summary {
    bool sealed; /* false: it did not pay */
    uint64_t papers;
    uint64_t bytes; /* of the file */
    int64_t took_us;
} pinakes_seal_summary;

/* Makes the ranked index anew: a file beside the library, its name with "-segment" behind, from which large libraries
 * are answered many times faster, with the same answers. It may be removed at any time. `progress` (may be NULL) is
 * called now and then; when it returns false, PINAKES_CANCELLED is returned and nothing has changed. `summary` may be
 * NULL. PINAKES_BUSY when another process is writing, PINAKES_IO when the file cannot be written: the older one still
 * serves. Behind the pinakes_index() that filled an empty library it need not read the papers again: what was gathered
 * of them is kept in memory and in files without a name until then, or until the library is closed. */
PINAKES_API pinakes_status pinakes_seal(pinakes_library *library, pinakes_seal_when when,
                                        bool (*progress)(void *context, const pinakes_progress *progress),
                                        void *context, pinakes_seal_summary *summary, pinakes_error *error);

/* ---- searching ------------------------------------------------------------------------------------------- */

typedef enum pinakes_sort {
    PINAKES_BY_SCORE,
    PINAKES_BY_YEAR_NEWEST,
    PINAKES_BY_YEAR_OLDEST,
    PINAKES_BY_TITLE,
} pinakes_sort;

/* How many hits a limit of 0 means. */
enum { PINAKES_HITS_USUAL = 10 };

/* All zero means: the ten best papers, no filters, all words. A paper whose title is the whole query comes before all
 * others by score, whatever it scores. Filters of one kind are alternatives; kinds add up. */
typedef struct pinakes_search_options {
    size_t limit;          /* hits to return; 0 means PINAKES_HITS_USUAL, SIZE_MAX all */
    size_t offset;         /* hits to skip before the first one returned */
    size_t evidence_limit; /* sentences for a hit; 0 means 3, SIZE_MAX all that match */
    pinakes_sort sort;
    bool any_word;    /* a paper with any of the words is a hit, not only one with all */
    bool deep;        /* ask twice, the second time with words of the best papers too; implies any_word */
    bool facets;      /* count topics, years and venues over everything found */
    bool explain;     /* fill pinakes_hit.explanation */
    bool no_synonyms; /* leave out acronyms and aliases of the query's words */
    /* A text file of names that mean the same, a group a line: `far memory = remote memory`. NULL: aliases.txt beside
     * the library, if there is one. */
    const char *aliases_file;
    size_t topic_count;
    const char *const *topics;
    size_t venue_count;
    const char *const *venues;
    int year_from, year_to; /* inclusive; 0 leaves that side open */
} pinakes_search_options;

/* A matched word inside a sentence, in bytes from the sentence's start. */
typedef struct pinakes_mark {
    size_t start;
    size_t bytes;
} pinakes_mark;

/* One sentence that proves a hit, verbatim from `file` at `line` except that a line break is shown as a space. */
typedef struct pinakes_evidence {
    const char *field; /* as pinakes_passage.field */
    const char *text;
    size_t bytes;
    const char *file; /* as pinakes_paper.file and .path */
    const char *path;
    uint32_t line;
    size_t mark_count;
    const pinakes_mark *marks;
} pinakes_evidence;

/* A word that a related paper shares with what it is related to, and its share of the paper's score. */
typedef struct pinakes_shared_word {
    const char *word;
    double score;
} pinakes_shared_word;

typedef struct pinakes_hit {
    const char *key;
    const char *title;
    const char *venue;
    const char *url;
    int year;
    double score; /* the higher the better: a sum of BM25 and of what explanation tells; of one query only */
    size_t author_count;
    const char *const *authors;
    size_t topic_count;
    const pinakes_assignment *topics;
    size_t evidence_count;
    const pinakes_evidence *evidence;
    const char *explanation; /* the sum behind the score, one term a line; NULL unless asked for */
    size_t shared_count;     /* of pinakes_related() only: the words that bind it, the strongest first */
    const pinakes_shared_word *shared;
} pinakes_hit;

typedef struct pinakes_facet_value {
    const char *value;
    uint64_t count;
} pinakes_facet_value;

typedef struct pinakes_facet {
    const char *name; /* topic, year, venue */
    size_t value_count;
    const pinakes_facet_value *values; /* most frequent first; years newest first */
} pinakes_facet;

/* What one word of a query that found nothing has on its own. */
typedef struct pinakes_word_report {
    const char *word; /* as typed, with its field: "title:cxl" */
    uint64_t papers;  /* papers with this word, before filters */
    uint64_t without; /* papers the query finds when this word is left out */
    size_t closest_count;
    const char *const *closest; /* words of the vocabulary nearest to it, when papers is 0 */
} pinakes_word_report;

/* Other names that a word or words of the query were searched by too: what acronyms stand for, the user's aliases. */
typedef struct pinakes_synonym {
    const char *typed;
    const char *name;
} pinakes_synonym;

typedef struct pinakes_results {
    const char *query;   /* as typed */
    const char *reading; /* how it was understood, in the query language itself */
    bool relaxed;        /* a question no paper answers in all its words: papers with any of them are shown */
    uint64_t found;      /* exact, whatever the limit */
    uint64_t out_of;     /* papers in the library */
    uint64_t left_out;   /* of pinakes_related() only: papers of the library that the draft cites already */
    uint64_t generation;
    int64_t took_us;
    size_t hit_count;
    const pinakes_hit *hits;
    size_t facet_count;
    const pinakes_facet *facets;
    size_t synonym_count;
    const pinakes_synonym *synonyms;
    size_t word_count; /* filled when nothing was found */
    const pinakes_word_report *words;
    const char *notice; /* told once: the ranked index cannot be used, so answers come more slowly; else NULL */
} pinakes_results;

/* Answers `query`, written in the query language (README, "The query language"); an empty query finds every paper.
 * What the language does not recognise is searched for as literal text: no query is an error. `options` may be
 * NULL. Release `*out` with pinakes_results_free(). PINAKES_BAD_INPUT names the line of a file of aliases that is
 * none. */
PINAKES_API pinakes_status pinakes_search(pinakes_library *library, const char *query,
                                          const pinakes_search_options *options, pinakes_results **out,
                                          pinakes_error *error);
PINAKES_API void pinakes_results_free(pinakes_results *results);

/* ---- related work ---------------------------------------------------------------------------------------- */

/* What to find related work for: papers of the library, a draft, or both. */
typedef struct pinakes_seeds {
    size_t key_count; /* papers, by key, DOI, arXiv identifier or "PMID:30000001" */
    const char *const *keys;
    /* A draft in any encoding: LaTeX (by its commands or its name), Markdown or plain, or a bibliography, of which each
     * entry is a seed; NULL for none. */
    const char *draft;
    size_t draft_bytes;
    const char *draft_name; /* for messages, and to tell LaTeX by; NULL is allowed */
    /* Where the files that the draft names are looked for: its parts (\input, \include), read with it, and
     * bibliographies, whose entries tell what its citations are. NULL: none is read. */
    const char *draft_folder;
    /* One of those files that cannot be read, which changes the answer; no failure. May be NULL. */
    void (*notice)(void *context, const char *file, uint32_t line, const char *message);
    void *context; /* for notice */
} pinakes_seeds;

/* Finds the papers most like the seeds, by the words that tell the most about them; papers alike in the same words as
 * those before them come later. The seeds themselves and what the draft cites are left out, known by key, or by DOI,
 * arXiv identifier or title where a bibliography or a list of references in it tells them: results->left_out counts
 * what it cites. results->found counts all papers that share any of the words. Of `options` the limit, offset,
 * evidence_limit, explain, topics, venues and years hold. Release `*out` with pinakes_results_free(). PINAKES_NOT_FOUND
 * names a key that no paper has, PINAKES_BAD_INPUT a draft that is no text, and seeds without a single telling word. */
PINAKES_API pinakes_status pinakes_related(pinakes_library *library, const pinakes_seeds *seeds,
                                           const pinakes_search_options *options, pinakes_results **out,
                                           pinakes_error *error);

/* ---- topics ---------------------------------------------------------------------------------------------- */

typedef struct pinakes_topic {
    const char *name;
    const char *title;
    uint64_t papers;
} pinakes_topic;

typedef struct pinakes_topics {
    size_t topic_count;
    const pinakes_topic *topics; /* in the order of the topics file */
    uint64_t without;            /* papers that belong to none */
    uint64_t out_of;
} pinakes_topics;

/* The library's topics with their counts. Release `*out` with pinakes_topics_free(). */
PINAKES_API pinakes_status pinakes_list_topics(pinakes_library *library, pinakes_topics **out, pinakes_error *error);
PINAKES_API void pinakes_topics_free(pinakes_topics *topics);

typedef struct pinakes_suggested_paper {
    const char *key;
    const char *title;
} pinakes_suggested_paper;

/* A topic that the library could have. */
typedef struct pinakes_topic_suggestion {
    const char *name;
    const char *text; /* a section for a topics file: name, title, the first papers as comments, rules */
    size_t paper_count;
    const pinakes_suggested_paper *papers;
} pinakes_topic_suggestion;

typedef struct pinakes_topic_suggestions {
    size_t topic_count;
    const pinakes_topic_suggestion *topics; /* the one that tells most about the library first */
    uint64_t without;                       /* papers that belong to no topic */
} pinakes_topic_suggestions;

/* Suggests up to `limit` (0: five) topics for the papers that belong to none: subjects that several of them have in
 * common. The same library gives the same topics. Release `*out` with pinakes_topic_suggestions_free(). */
PINAKES_API pinakes_status pinakes_suggest_topics(pinakes_library *library, size_t limit,
                                                  pinakes_topic_suggestions **out, pinakes_error *error);
PINAKES_API void pinakes_topic_suggestions_free(pinakes_topic_suggestions *suggestions);

/* ---- papers that are one ----------------------------------------------------------------------------------- */

typedef struct pinakes_duplicate {
    const char *key;
    const char *title;
    const char *venue;
    const char *file; /* as pinakes_paper.file and .line */
    uint32_t line;
    int year;
} pinakes_duplicate;

/* Records that are of one paper, or perhaps are. */
typedef struct pinakes_duplicate_group {
    const char *reason; /* what the surest two of them have in common, for people */
    bool is_joined;     /* they are one paper of the library; else each is a paper of its own */
    bool is_sure;
    size_t paper_count;
    const pinakes_duplicate *papers; /* by key */
} pinakes_duplicate_group;

typedef struct pinakes_duplicates {
    size_t group_count;
    const pinakes_duplicate_group *groups; /* those that are joined first, then the sure ones */
    uint64_t out_of;                       /* papers of the library */
} pinakes_duplicates;

/* Finds the records that are joined into one paper, and the papers that perhaps should be: titles much alike of one
 * first author, or one title twice in a file. Nothing is changed. Release `*out` with pinakes_duplicates_free(). */
PINAKES_API pinakes_status pinakes_find_duplicates(pinakes_library *library, pinakes_duplicates **out,
                                                   pinakes_error *error);
PINAKES_API void pinakes_duplicates_free(pinakes_duplicates *duplicates);

/* ---- figures in rows and columns ------------------------------------------------------------------------- */

/* How many papers belong to both a row and a column. */
typedef struct pinakes_matrix {
    size_t row_count;
    const char *const *rows;
    size_t column_count;
    const char *const *columns; /* years ascending, topics as the topics file has them, venues most frequent first */
    const uint64_t *counts;     /* row after row, column_count numbers each */
    const uint64_t *totals;     /* papers of each row, whether they belong to a column or not */
} pinakes_matrix;

/* The topics of the library by "year" or "venue"; a paper without one counts in the totals alone. Release `*out` with
 * pinakes_matrix_free(). PINAKES_BAD_INPUT for another word. */
PINAKES_API pinakes_status pinakes_topic_matrix(pinakes_library *library, const char *by, pinakes_matrix **out,
                                                pinakes_error *error);
PINAKES_API void pinakes_matrix_free(pinakes_matrix *matrix);

/* ---- the keyword report ---------------------------------------------------------------------------------- */

/* A limit of nothing at all, where 0 stands for the usual one. */
#define PINAKES_NONE (SIZE_MAX - 1)

/* All zero means: ten papers a keyword, eight words that travel with it, everything the library has, a thread for each
 * processor. */
typedef struct pinakes_report_options {
    size_t paper_limit;     /* papers shown of a keyword; 0 means 10, PINAKES_NONE none, SIZE_MAX all */
    size_t companion_limit; /* words that travel with it, a thousand at most; 0 means 8, PINAKES_NONE none */
    size_t overlap_limit;   /* pairs of keywords shown; 0 means 50, PINAKES_NONE none, SIZE_MAX all */
    const char *since;      /* report only papers that came or changed after a generation ("12") or since the start of a
                             * day or a moment (UTC, "2025-03-01", "2025-03-01T12:00:00Z"); NULL: all papers */
    unsigned threads;
    /* Called now and then from the calling thread; returning false stops with PINAKES_CANCELLED. NULL is allowed. */
    bool (*progress)(void *context, uint64_t keywords_done, uint64_t keywords_total);
    void *context;
} pinakes_report_options;

/* A word that travels with a keyword: it stands in more of the keyword's papers than chance would have it. `score` is
 * the log-likelihood ratio G2 of the two standing in the same papers (Dunning, "Accurate Methods for the Statistics of
 * Surprise and Coincidence", Computational Linguistics 19(1), 1993); shown are words with at least two papers and a
 * score over 6.63, where chance has one case in a hundred. Titles, tags, abstracts, notes and questions count. */
typedef struct pinakes_companion {
    const char *word; /* as most often written in the keyword's best papers */
    uint64_t papers;  /* of the keyword that have it */
    uint64_t out_of;  /* papers of the library that have it */
    double score;
} pinakes_companion;

/* The keyword of one line. Counts and papers are of those reported: with options.since, the new ones. */
typedef struct pinakes_keyword {
    const char *section; /* the heading above it; "" when there is none */
    const char *label;   /* its name, or else the query */
    const char *query;   /* as written */
    const char *reading; /* how it was understood, in the query language itself */
    uint32_t line;
    bool relaxed;       /* as pinakes_results.relaxed */
    uint64_t found;     /* exact */
    uint64_t found_all; /* the same without options.since */
    size_t hit_count;   /* the best papers, each with its one best sentence */
    const pinakes_hit *hits;
    size_t companion_count; /* the strongest first */
    const pinakes_companion *companions;
    size_t word_count; /* filled when found_all is 0: why */
    const pinakes_word_report *words;
} pinakes_keyword;

/* Two keywords that find some of the same papers: `shared` of them, and what share that is of the papers that either
 * finds (Jaccard). `first` and `second` are places in pinakes_report.keywords. */
typedef struct pinakes_overlap {
    size_t first, second;
    uint64_t shared;
    double jaccard;
} pinakes_overlap;

/* The same for the same library and keywords, whatever the machine, the hour or the number of threads. */
typedef struct pinakes_report {
    const char *name; /* of the keywords' file, for people */
    const char *version;
    uint64_t generation;
    bool is_since;
    uint64_t since;        /* papers that came or changed after this generation are new */
    const char *since_day; /* options.since, when it was not a generation; else NULL */
    uint64_t out_of;       /* papers in the library, all of them searched */
    uint64_t without_text; /* of these, without abstract, notes and questions: searched by what else they have */
    uint64_t fresh;        /* papers reported on: the new ones, or all */
    uint64_t covered;      /* of these, found by any keyword */
    size_t keyword_count;
    const pinakes_keyword *keywords; /* in the order of the file */
    uint64_t keywords_found;         /* those with a paper */
    pinakes_matrix years;            /* keywords by year, and by topic */
    pinakes_matrix topics;
    size_t overlap_count;
    const pinakes_overlap *overlaps; /* the closest first */
    uint64_t overlap_total;          /* pairs that share a paper, shown or not */
    bool overlaps_left_out;          /* there are more than 5000 different keywords: pairs are not looked at */
} pinakes_report;

/* Reports on the keywords in `text` (`bytes` bytes in any encoding; `name` names it in messages): one a line, in the
 * query language, "name: query" to name it, unless what stands before the colon is a field of the language. Lines that
 * begin with a single # are comments; "[heading]" and "## heading" begin a section; "- " or "* " before a keyword does
 * not count. The report is of one moment of the library. Release `*out` with pinakes_report_free(). PINAKES_BAD_INPUT
 * names the line that is no keyword; PINAKES_CANCELLED when options->progress said so. */
PINAKES_API pinakes_status pinakes_make_report(pinakes_library *library, const char *name, const char *text,
                                               size_t bytes, const pinakes_report_options *options,
                                               pinakes_report **out, pinakes_error *error);
PINAKES_API void pinakes_report_free(pinakes_report *report);

/* ---- topics against labels ------------------------------------------------------------------------------- */

/* How the papers assigned to a topic compare with those labelled so. */
typedef struct pinakes_topic_measure {
    const char *name;
    uint64_t labelled, assigned, right; /* papers; `right` are both */
    double precision, recall, f1;       /* 0 where they would divide by 0 */
} pinakes_topic_measure;

/* A paper wrongly in a topic, or wrongly not in it. */
typedef struct pinakes_misjudged {
    const char *topic;
    const char *title; /* of the label file, else of the library */
    const char *key;   /* NULL when the paper is not in the library */
    uint32_t line;     /* in the label file */
    bool is_labelled;  /* it belongs there and was missed */
    double score, threshold;
    const char *cause; /* as pinakes_assignment.cause; "" when no rule found it */
} pinakes_misjudged;

typedef struct pinakes_topic_check {
    uint64_t papers;     /* judged */
    uint64_t in_library; /* of them, with all the text the library has */
    uint64_t missing;    /* papers named by a key that the library does not have; not judged */
    size_t measure_count;
    const pinakes_topic_measure *measures; /* in the order of the topics file */
    double precision, recall, f1;          /* macro: means over the topics that anything is labelled or assigned */
    size_t misjudged_count;
    const pinakes_misjudged *misjudged; /* in the order of the label file */
    size_t unknown_count;
    const char *const *unknown; /* topics of the label file that the topics file does not have; not judged */
} pinakes_topic_check;

/* Measures topics against papers labelled by hand. `labels_file` is tab-separated, its first line names the columns:
 * `topics` (apart by commas, empty for none) and `key` or `title`; also `year`, `venue`, `abstract`; others are passed
 * over. A paper that the library has, by key or by title, is judged with all its text, another by what the label file
 * says. `library` may be NULL: it has no papers and the topics every library is born with. `topics_file` NULL means the
 * library's topics. Nothing is changed. Release `*out` with pinakes_topic_check_free(). */
PINAKES_API pinakes_status pinakes_check_topics(pinakes_library *library, const char *labels_file,
                                                const char *topics_file, pinakes_topic_check **out,
                                                pinakes_error *error);
PINAKES_API void pinakes_topic_check_free(pinakes_topic_check *check);

/* ---- evaluation ------------------------------------------------------------------------------------------ */

/* How good a ranking is, each between 0 and 1, as trec_eval computes them: average precision (of a mean over queries:
 * MAP), nDCG of the first ten, precision of the first ten, recall of the first hundred, and 1 / rank of the first
 * relevant paper. */
typedef struct pinakes_measures {
    double map, ndcg10, p10, r100, rr;
} pinakes_measures;

/* All zero means: the first thousand papers of each query, compared with nothing. */
typedef struct pinakes_eval_options {
    size_t depth;        /* papers ranked for each query; 0 means 1000, SIZE_MAX all */
    const char *against; /* a run file of TREC to compare with; NULL: none */
    bool deep;           /* as pinakes_search_options.deep */
    /* Called now and then; returning false stops with PINAKES_CANCELLED. NULL is allowed. */
    bool (*progress)(void *context, uint64_t queries_done, uint64_t queries_total);
    void *context;
} pinakes_eval_options;

typedef struct pinakes_ranked_paper {
    const char *name; /* what its source calls it, when that is one word that means no other paper; else its key */
    double score;
} pinakes_ranked_paper;

typedef struct pinakes_eval_query {
    const char *id;
    const char *text;
    bool is_judged;          /* it has a relevant paper; the rest of the figures are 0 otherwise */
    uint64_t relevant;       /* judged so, in the library or not */
    uint64_t relevant_found; /* among the papers */
    pinakes_measures measures;
    pinakes_measures other; /* of the run compared with */
    size_t paper_count;
    const pinakes_ranked_paper *papers; /* the best first */
} pinakes_eval_query;

typedef struct pinakes_evaluation {
    size_t query_count;
    const pinakes_eval_query *queries; /* in the order of their file, judged or not */
    uint64_t judged;                   /* queries with a relevant paper: the means are over them */
    uint64_t without_text;             /* judged queries that the file of queries does not have */
    uint64_t relevant;                 /* of all judged queries */
    uint64_t missing;                  /* of them, whose paper is not in the library */
    uint64_t generation;
    int64_t took_us;
    pinakes_measures mean;
    bool has_other;
    pinakes_measures other; /* the means of the run compared with */
    /* Two-sided, of a randomisation test paired by query: that the two runs are no different. */
    pinakes_measures p_value;
} pinakes_evaluation;

/* Asks the library every query of `queries_file` (`id`, a tab, the text; one a line), each read as pinakes_search()
 * reads it with any_word, and measures the answers by `qrels_file` (TREC: `query 0 paper grade`; a grade greater than 0
 * is relevant). A query that finds nothing counts as 0. Release `*out` with pinakes_evaluation_free().
 * PINAKES_BAD_INPUT names the line of a file that cannot be understood. */
PINAKES_API pinakes_status pinakes_evaluate(pinakes_library *library, const char *queries_file, const char *qrels_file,
                                            const pinakes_eval_options *options, pinakes_evaluation **out,
                                            pinakes_error *error);
PINAKES_API void pinakes_evaluation_free(pinakes_evaluation *evaluation);

/* ---- the state of a library ------------------------------------------------------------------------------ */

typedef struct pinakes_stats {
    uint64_t papers, papers_without_text, files, passages;
    uint64_t words; /* words indexed, title words counted once */
    uint64_t generation;
    uint64_t bytes;            /* of the library file */
    uint64_t segment_bytes;    /* of the ranked index beside it, 0 when there is none */
    uint64_t papers_unsealed;  /* papers that are new, changed or removed since it was made */
    int year_first, year_last; /* 0 when no paper has a year */
    int analyzer_version;
    char indexed_at[32]; /* of the last run that changed something, UTC, ISO 8601 */
} pinakes_stats;

/* Counts what the library holds; `*out` is the caller's own and needs no release. */
PINAKES_API pinakes_status pinakes_get_stats(pinakes_library *library, pinakes_stats *out, pinakes_error *error);

/* Checks the library against itself: SQLite's own integrity, the inverted index against the papers, lengths and
 * counts against the text, the ranked index against its checksums and the papers. PINAKES_DAMAGED names the first thing
 * that does not hold. */
PINAKES_API pinakes_status pinakes_verify(pinakes_library *library, pinakes_error *error);

/* ---- analysis -------------------------------------------------------------------------------------------- */

/* What became of one piece of text. `kind` says why the token exists: word, stem, part, family, joined, bigram,
 * variant, break. */
typedef struct pinakes_token {
    const char *text; /* as it stands in the index */
    const char *kind;
    uint32_t position;   /* counted from 0; tokens of one word share it */
    size_t start, bytes; /* of the original text it came from */
    bool stop_word;
} pinakes_token;

/* Gives every token of `text` (`bytes` bytes, any bytes at all) to `each`, in order, until it returns false. */
PINAKES_API pinakes_status pinakes_tokens(const char *text, size_t bytes,
                                          bool (*each)(void *context, const pinakes_token *token), void *context,
                                          pinakes_error *error);

#ifdef __cplusplus
}
#endif
#endif
