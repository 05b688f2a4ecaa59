#include "query/closest_keys.h"

#include "base/distance.h"
#include "base/error.h"
#include "indexer/same_paper.h"

#include <limits.h>
#include <strings.h>

/* A key this many letters away, or a third of its length when that is more, may be the one that was meant. */
enum { LETTERS_AWAY = 2 };

/* How unlike the two keys are: nothing but case is least, then one within the other, then letters; UINT_MAX when there
 * is no likeness. */
static unsigned unlikeness(const char *wanted, const char *key)
{
    if (strcasecmp(wanted, key) == 0)
        return 0;
    if (wanted[0] != '\0' && (strcasestr(key, wanted) != NULL || strcasestr(wanted, key) != NULL))
        return 1;
    const unsigned distance = distance_between(span_of(wanted), span_of(key));
    const unsigned third = (unsigned)strlen(wanted) / 3;
    const unsigned most = third > LETTERS_AWAY ? third : LETTERS_AWAY;
    return distance <= most ? distance + 1 : UINT_MAX;
}

struct nearest {
    struct arena *arena;
    const char *key; /* that no paper has */
    struct closest_words *out;
    unsigned unlikeness[CLOSEST_MAX];
};

static bool keep(struct nearest *nearest, const char *key, unsigned unlike)
{
    struct closest_words *out = nearest->out;
    size_t at = out->count;
    while (at > 0 && unlike < nearest->unlikeness[at - 1])
        at--;
    if (unlike == UINT_MAX || at == CLOSEST_MAX)
        return true;
    const char *copy = arena_string(nearest->arena, span_of(key));
    if (copy == NULL)
        return false;
    if (out->count < CLOSEST_MAX)
        out->count++;
    for (size_t i = out->count - 1; i > at; i--) {
        out->words[i] = out->words[i - 1];
        nearest->unlikeness[i] = nearest->unlikeness[i - 1];
    }
    out->words[at] = copy;
    nearest->unlikeness[at] = unlike;
    return true;
}

static bool take_key(void *context, sqlite3_stmt *row)
{
    struct nearest *nearest = context;
    const char *other = (const char *)sqlite3_column_text(row, 0);
    const bool is_titled = sqlite3_column_int(row, 1) != 0;
    return other != NULL && keep(nearest, other, is_titled ? 0 : unlikeness(nearest->key, other));
}

pinakes_status closest_keys(struct store *store, const char *key, struct arena *arena, struct closest_words *out,
                            pinakes_error *error)
{
    static const char sql[] = "SELECT key, title_key = ?1 FROM papers ORDER BY key";
    const uint64_t title = same_paper_title(store_analyzer(store), span_of(key));
    *out = (struct closest_words){.count = 0};
    struct nearest nearest = {.arena = arena, .key = key, .out = out};
    if (analyzer_failed(store_analyzer(store)))
        return error_no_memory(error);
    sqlite3_stmt *rows = store_statement(store, sql, error);
    if (rows == NULL)
        return error->status;
    if (title != 0)
        (void)sqlite3_bind_int64(rows, 1, (int64_t)title);
    return store_each(store, rows, "looking for similar keys", take_key, &nearest, error);
}
