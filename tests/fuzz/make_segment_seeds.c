/* Writes the seeds of fuzz_segment, which every new format of the segment wants anew:
 *
 *     build/debug/tests/make_segment_seeds tests/fuzz/seeds/segment */
#include "indexer/segment_writer.h"

#include <stdio.h>
#include <stdlib.h>

/* Word w of a paper stands there when `chance` says so; numbers, not chance: the bytes are the same at every run. */
struct shape {
    const char *name;
    uint32_t papers;
    bool has_stems;
    const char *words[8]; /* as they come in a paper, NULL behind the last */
    uint32_t every[8];    /* which papers hold each */
};

static const struct shape shapes[] = {
    {"few", 5, false, {"w1", "w23", "w2", NULL}, {1, 2, 3}},
    {"dense", 300, false, {"all", "most", "all", "some", "late", NULL}, {1, 2, 1, 40, 299}},
    {"packed", 4200, false, {"all", "some", "few", NULL}, {2, 30, 2000}},
    {"stems", 40, true, {"caches", "cache", "CACHES", "pool", NULL}, {1, 2, 3, 2}},
    {"prefixes", 700, false, {"ab", "abc", "abd", "ac", "abce", "b", NULL}, {1, 1, 1, 2, 3, 5}},
};

static void check(pinakes_status status, const pinakes_error *error)
{
    if (status == PINAKES_OK)
        return;
    (void)fprintf(stderr, "%s\n", error->message);
    exit(2);
}

/* A word stands at one place of the title or of the notes, with its stem where there are stems, and "abc" with "ab", as
 * the parts of a compound do. */
static void add_word(struct segment_writer *writer, const struct shape *shape, const char *word, uint32_t paper,
                     uint32_t *places)
{
    pinakes_error error;
    const enum field field = places[FIELD_NOTE] == 0 && paper % 7 == 0 ? FIELD_TITLE : FIELD_NOTE;
    struct span tokens[2] = {span_of(word), span_of("~cach")};
    size_t count = 1;
    if (shape->has_stems && word[0] == 'c')
        count = 2;
    if (word[0] == 'a' && word[1] == 'b' && word[2] != '\0') {
        tokens[1] = span_of("ab");
        count = 2;
    }
    check(segment_writer_word(writer, field, places[field]++, tokens, count, &error), &error);
}

static void add_paper(struct segment_writer *writer, const struct shape *shape, uint32_t paper)
{
    pinakes_error error;
    uint32_t places[FIELD_COUNT] = {0};
    const struct segment_paper head = {.id = (int64_t)paper * 2 + 1,
                                       .length = paper % 100 == 99 ? 70000 + paper : 3 + paper % 50,
                                       .year = paper % 9 == 0 ? 0 : 2000 + (int)(paper % 20),
                                       .venue = span_of(paper % 3 == 0 ? "SOSP" : "")};
    check(segment_writer_paper(writer, &head, &error), &error);
    for (size_t i = 0; shape->words[i] != NULL; i++)
        for (uint32_t times = 0; times < (paper % 97 == 5 && i == 0 ? 20 : 1) && paper % shape->every[i] == 0; times++)
            add_word(writer, shape, shape->words[i], paper, places);
}

static void make(const struct shape *shape, const char *folder, struct analyzer *analyzer)
{
    char path[4096];
    struct segment_writer *writer;
    pinakes_error error;
    const struct segment_identity identity = {.library = "a seed for fuzz", .generation = 1};
    const struct segment_writer_options options = {.analyzer = shape->has_stems ? analyzer : NULL};
    (void)snprintf(path, sizeof path, "%s/%s", folder, shape->name);
    check(segment_writer_create(path, &options, &writer, &error), &error);
    for (uint32_t paper = 0; paper < shape->papers; paper++)
        add_paper(writer, shape, paper);
    check(segment_writer_finish(writer, &identity, &error), &error);
    segment_writer_free(writer);
}

int main(int argc, char **argv)
{
    struct analyzer *analyzer = NULL;
    pinakes_error error;
    if (argc != 2) {
        (void)fprintf(stderr, "usage: make_segment_seeds FOLDER\n");
        return 2;
    }
    check(analyzer_create(&analyzer, &error), &error);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        make(&shapes[i], argv[1], analyzer);
    analyzer_free(analyzer);
    return 0;
}
