#include "harness.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

void bench_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

static void *need(void *memory)
{
    if (memory == NULL) {
        bench_die("out of memory");
    }
    return memory;
}

static int64_t now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* ---- files of words -------------------------------------------------------------------------------------- */

struct words {
    char **at;
    size_t count, capacity;
};

/* Cuts `text` at its spaces, in place. */
static void cut(struct words *words, char *text)
{
    words->count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(text, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        if (words->count == words->capacity) {
            words->capacity = words->capacity * 2 + 16;
            words->at = need(realloc(words->at, words->capacity * sizeof *words->at));
        }
        words->at[words->count++] = word;
    }
}

static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        bench_die("%s: %s", path, strerror(errno));
    }
    return file;
}

/* The text behind the next tab, which becomes a NUL; the empty string when there is none. */
static char *behind_tab(char *text)
{
    char *tab = strchr(text, '\t');
    if (tab == NULL) {
        return text + strlen(text);
    }
    *tab = '\0';
    return tab + 1;
}

static bool read_line(FILE *file, char **line, size_t *room)
{
    const ssize_t bytes = getline(line, room, file);
    if (bytes > 0 && (*line)[bytes - 1] == '\n') {
        (*line)[bytes - 1] = '\0';
    }
    return bytes >= 0;
}

void bench_read_papers(const char *tokens, void (*take)(const struct bench_paper *paper, void *into), void *into)
{
    FILE *file = open_file(tokens);
    struct words title = {0}, body = {0};
    char *line = NULL;
    size_t room = 0;
    for (uint32_t number = 0; read_line(file, &line, &room); number++) {
        char *body_text = behind_tab(line);
        const char *year = behind_tab(body_text);
        cut(&title, line);
        cut(&body, body_text);
        take(&(struct bench_paper){number, title.at, title.count, body.at, body.count,
                                   (unsigned)strtoul(year, NULL, 10)},
             into);
    }
    free(title.at);
    free(body.at);
    free(line);
    fclose(file);
}

static const char *member(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? "" : text;
}

/* Puts the authors, one a line, into `*lines`, which is `*room` bytes long and grows. */
static void list_authors(const json_t *object, char **lines, size_t *room)
{
    const json_t *authors = json_object_get(object, "authors");
    size_t used = 0;
    for (size_t i = 0; i <= json_array_size(authors); i++) {
        const json_t *author = json_array_get(authors, i);
        const size_t bytes = json_string_length(author);
        if (used + bytes + 2 > *room) {
            *room = (used + bytes + 2) * 2;
            *lines = need(realloc(*lines, *room));
        }
        if (i > 0 && author != NULL) {
            (*lines)[used++] = '\n';
        }
        if (bytes > 0) {
            memcpy(*lines + used, json_string_value(author), bytes);
        }
        used += bytes;
    }
    (*lines)[used] = '\0';
}

void bench_read_records(const char *papers, void (*take)(const struct bench_record *record, void *into), void *into)
{
    FILE *file = open_file(papers);
    char *line = NULL, *authors = NULL;
    size_t room = 0, author_room = 0;
    while (read_line(file, &line, &room)) {
        json_error_t error;
        json_t *object = json_loads(line, 0, &error);
        if (object == NULL) {
            bench_die("%s: %s", papers, error.text);
        }
        list_authors(object, &authors, &author_room);
        take(&(struct bench_record){.json = line,
                                    .id = member(object, "id"),
                                    .title = member(object, "title"),
                                    .abstract = member(object, "abstract"),
                                    .venue = member(object, "venue"),
                                    .url = member(object, "url"),
                                    .authors = authors,
                                    .year = (unsigned)json_integer_value(json_object_get(object, "year"))},
             into);
        json_decref(object);
    }
    free(authors);
    free(line);
    fclose(file);
}

static enum bench_kind kind_of(const char *name)
{
    static const char *const names[] = {"or", "and", "phrase", "two_of_three", "prefix", "filtered", "count", "long"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return (enum bench_kind)i;
        }
    }
    bench_die("%s: no such kind of query", name);
}

struct queries {
    struct bench_query *at;
    size_t count, capacity;
};

static struct queries read_queries(const char *path)
{
    FILE *file = open_file(path);
    struct queries queries = {0};
    char *line = NULL;
    for (size_t room = 0; read_line(file, &line, &room); line = NULL, room = 0) {
        if (queries.count == queries.capacity) {
            queries.capacity = queries.capacity * 2 + 64;
            queries.at = need(realloc(queries.at, queries.capacity * sizeof *queries.at));
        }
        struct words words = {0};
        cut(&words, behind_tab(line));
        struct bench_query query = {.kind = kind_of(line), .words = words.at, .count = words.count};
        if (query.kind == BENCH_FILTERED && query.count > 0) {
            query.year = (unsigned)strtoul(*query.words++, NULL, 10);
            query.count--;
        }
        queries.at[queries.count++] = query; /* its words point into the line, which stays */
    }
    free(line);
    fclose(file);
    return queries;
}

/* ---- build ----------------------------------------------------------------------------------------------- */

static uint64_t folder_bytes(const char *folder)
{
    DIR *open = opendir(folder);
    if (open == NULL) {
        bench_die("%s: %s", folder, strerror(errno));
    }
    uint64_t bytes = 0;
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        char path[4096];
        struct stat status;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
            bytes += (uint64_t)status.st_size;
        }
    }
    closedir(open);
    return bytes;
}

static unsigned long peak_kb(void)
{
    FILE *status = open_file("/proc/self/status");
    unsigned long kilobytes = 0;
    for (char line[256]; fgets(line, sizeof line, status) != NULL;) {
        if (sscanf(line, "VmHWM: %lu", &kilobytes) == 1) {
            break;
        }
    }
    fclose(status);
    return kilobytes;
}

static void build(void (*make)(const char *from, const char *folder), const char *from, const char *folder)
{
    const int64_t start = now_ns();
    make(from, folder);
    printf("{\"build_s\":%.3f,\"bytes\":%llu,\"peak_kb\":%lu}\n", (double)(now_ns() - start) / 1e9,
           (unsigned long long)folder_bytes(folder), peak_kb());
}

/* ---- query and serve ------------------------------------------------------------------------------------- */

static int by_time(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void print_answer(size_t number, const struct bench_hit *hits, size_t hit_count, uint64_t found)
{
    printf("{\"query\":%zu,\"found\":%llu,\"top\":[", number, (unsigned long long)found);
    for (size_t i = 0; i < hit_count; i++) {
        printf("%s[%u,%.6g]", i == 0 ? "" : ",", hits[i].paper, hits[i].score);
    }
    printf("]");
}

/* Every query `rounds` times after one run to warm up; 0 rounds: once, untimed. */
static void query_all(const struct bench_engine *engine, void *index, const struct queries *queries, size_t k,
                      size_t rounds)
{
    struct bench_hit *hits = need(calloc(k, sizeof *hits));
    int64_t *times = need(calloc(rounds + 1, sizeof *times));
    for (size_t i = 0; i < queries->count; i++) {
        uint64_t found = 0;
        size_t hit_count = engine->search(index, &queries->at[i], k, hits, &found);
        for (size_t round = 0; round < rounds; round++) {
            const int64_t start = now_ns();
            hit_count = engine->search(index, &queries->at[i], k, hits, &found);
            times[round] = now_ns() - start;
        }
        print_answer(i, hits, hit_count, engine->count(index, &queries->at[i]));
        if (rounds > 0) {
            qsort(times, rounds, sizeof *times, by_time);
            printf(",\"best_us\":%.3f,\"median_us\":%.3f", (double)times[0] / 1e3, (double)times[rounds / 2] / 1e3);
        }
        puts("}");
    }
    free(hits);
    free(times);
}

/* For every line "FIRST BEHIND K" on standard input: runs these queries once, prints their nanoseconds on one line. */
static void serve(const struct bench_engine *engine, void *index, const struct queries *queries)
{
    for (size_t first, behind, k; scanf("%zu %zu %zu", &first, &behind, &k) == 3;) {
        struct bench_hit *hits = need(calloc(k, sizeof *hits));
        for (size_t i = first; i < behind && i < queries->count; i++) {
            uint64_t found = 0;
            const int64_t start = now_ns();
            engine->search(index, &queries->at[i], k, hits, &found);
            printf("%lld ", (long long)(now_ns() - start));
        }
        puts("");
        fflush(stdout);
        free(hits);
    }
}

/* The first answer alone: what a process pays that opens the index, asks one question and ends. */
static void first(const struct bench_engine *engine, void *index, const struct queries *queries, size_t k)
{
    struct bench_hit *hits = need(calloc(k, sizeof *hits));
    uint64_t found = 0;
    const size_t hit_count = queries->count == 0 ? 0 : engine->search(index, &queries->at[0], k, hits, &found);
    print_answer(0, hits, hit_count, found);
    puts("}");
    free(hits);
}

int bench_main(int argc, char **argv, const struct bench_engine *engine)
{
    const char *command = argc > 1 ? argv[1] : "";
    if (strcmp(command, "build") == 0 && argc == 4) {
        build(engine->build, argv[2], argv[3]);
        return 0;
    }
    if (strcmp(command, "build-jsonl") == 0 && argc == 4) {
        build(engine->build_jsonl, argv[2], argv[3]);
        return 0;
    }
    const bool is_query = strcmp(command, "query") == 0 && (argc == 5 || argc == 6);
    const bool is_first = strcmp(command, "first") == 0 && argc == 5;
    if (!is_query && !is_first && !(strcmp(command, "serve") == 0 && argc == 4)) {
        bench_die("usage: peer build TOKENS FOLDER | build-jsonl PAPERS FOLDER | query FOLDER QUERIES K [ROUNDS] | "
                  "first FOLDER QUERIES K | serve FOLDER QUERIES");
    }
    const struct queries queries = read_queries(argv[3]);
    void *index = engine->open(argv[2]);
    if (is_query) {
        query_all(engine, index, &queries, strtoul(argv[4], NULL, 10), argc == 6 ? strtoul(argv[5], NULL, 10) : 5);
    } else if (is_first) {
        first(engine, index, &queries, strtoul(argv[4], NULL, 10));
    } else {
        serve(engine, index, &queries);
    }
    engine->close(index);
    return 0;
}
