#include "query/since.h"

#include "base/error.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOMENT_BYTES = 32 };

static bool is_generation(const char *text)
{
    const size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= 18 && text[digits] == '\0';
}

/* Brings a day or moment into the form of generations.at, "2025-03-01T12:00:00Z", in which texts compare as times. */
static bool read_moment(const char *text, char moment[MOMENT_BYTES])
{
    static const char *const forms[] = {"%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M:%S",
                                        "%Y-%m-%dT%H:%M:%SZ"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct tm read = {0};
        const char *end = strptime(text, forms[i], &read);
        if (end == NULL || *end != '\0')
            continue;
        const int year = read.tm_year, month = read.tm_mon, day = read.tm_mday;
        (void)timegm(&read); /* turns a day that does not exist into another */
        const bool exists = read.tm_year == year && read.tm_mon == month && read.tm_mday == day;
        return exists && strftime(moment, MOMENT_BYTES, "%Y-%m-%dT%H:%M:%SZ", &read) > 0;
    }
    return false;
}

/* The last generation before the first of that moment or later: where the clock was put back in between, rather what
 * was new earlier is told again than something left out. */
static pinakes_status last_before(struct store *store, const char *moment, uint64_t *out, pinakes_error *error)
{
    static const char sql[] =
        "SELECT coalesce(min(generation) - 1, (SELECT coalesce(max(generation), 0) FROM generations))"
        " FROM generations WHERE at >= ?1";
    sqlite3_stmt *select = store_statement(store, sql, error);
    if (select == NULL)
        return error->status;
    (void)sqlite3_bind_text(select, 1, moment, -1, SQLITE_STATIC);
    const int code = sqlite3_step(select);
    if (code == SQLITE_ROW)
        *out = (uint64_t)sqlite3_column_int64(select, 0);
    (void)sqlite3_reset(select);
    return code == SQLITE_ROW ? PINAKES_OK : store_error(store, code, "looking for what is new", error);
}

static pinakes_status read_generation(struct store *store, const char *text, uint64_t *out, pinakes_error *error)
{
    *out = strtoull(text, NULL, 10);
    const uint64_t now = store_generation(store);
    if (*out <= now)
        return PINAKES_OK;
    return error_set(error, PINAKES_BAD_INPUT,
                     "since %s: the library has come to generation %" PRIu64 " only; write that, or a day: 2025-03-01",
                     text, now);
}

pinakes_status since_read(struct store *store, const char *text, struct since *out, pinakes_error *error)
{
    char moment[MOMENT_BYTES];
    out->is_day = !is_generation(text);
    if (!out->is_day)
        return read_generation(store, text, &out->generation, error);
    if (!read_moment(text, moment))
        return error_set(error, PINAKES_BAD_INPUT,
                         "since '%s': neither a generation (12) nor a day (2025-03-01) nor a moment "
                         "(2025-03-01T12:00:00Z)",
                         text);
    return last_before(store, moment, &out->generation, error);
}
