/* What the peers written in C and C++ share: the command line, the query file, timing and printing. An engine gives
 * four functions; bench_main() makes of them the protocol that bench/README.md describes. */
#ifndef BENCH_HARNESS_H
#define BENCH_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum bench_kind {
    BENCH_OR,
    BENCH_AND,
    BENCH_PHRASE,
    BENCH_TWO_OF_THREE,
    BENCH_PREFIX,   /* all words, the last of them a beginning */
    BENCH_FILTERED, /* any word, in papers of `year` */
    BENCH_COUNT,    /* any word, with the exact number of papers */
    BENCH_LONG,     /* any word, about a hundred of them */
};

struct bench_query {
    enum bench_kind kind;
    char **words;
    size_t count;
    unsigned year;
};

/* A line of the token file. The arrays live until the next line is read. */
struct bench_paper {
    uint32_t number; /* of the line, from 0: the paper's name everywhere */
    char **title;
    size_t title_words;
    char **body;
    size_t body_words;
    unsigned year;
};

/* A line of the JSONL file. The texts live until the next line is read; "" where the line has none. */
struct bench_record {
    const char *json; /* the line itself */
    const char *id, *title, *abstract, *venue, *url;
    const char *authors; /* one a line */
    unsigned year;
};

struct bench_hit {
    uint32_t paper;
    double score;
};

struct bench_engine {
    /* Builds a durable index of all papers in the empty folder `folder`. */
    void (*build)(const char *tokens, const char *folder);
    /* The same of a file of JSONL, as an application would: title and abstract stemmed, all members kept. */
    void (*build_jsonl)(const char *papers, const char *folder);
    void *(*open)(const char *folder);
    /* Writes the best k hits into `hits` and gives their number; for BENCH_COUNT `*found` too. */
    size_t (*search)(void *index, const struct bench_query *query, size_t k, struct bench_hit *hits, uint64_t *found);
    /* How many papers match, exactly; never timed. */
    uint64_t (*count)(void *index, const struct bench_query *query);
    void (*close)(void *index);
};

int bench_main(int argc, char **argv, const struct bench_engine *engine);

/* Calls `take` for every line of the token file. */
void bench_read_papers(const char *tokens, void (*take)(const struct bench_paper *paper, void *into), void *into);

/* Calls `take` for every line of the JSONL file. */
void bench_read_records(const char *papers, void (*take)(const struct bench_record *record, void *into), void *into);

/* Says what is wrong and ends the program with exit code 2. */
#ifdef __GNUC__
__attribute__((noreturn, format(printf, 1, 2)))
#endif
void bench_die(const char *format, ...);

#ifdef __cplusplus
}
#endif

#endif
