#include "base/error.h"
#include "indexer/store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Why a file that exists refuses us, as an error number, or 0. SQLite does not always keep it. */
static int file_refusal(const char *path)
{
    return access(path, F_OK) != 0 || access(path, R_OK | W_OK) == 0 ? 0 : errno;
}

/* The same for the folder: SQLite writes files beside the library. */
static int folder_refusal(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    const int refusal = folder == NULL || access(folder, W_OK | X_OK) == 0 ? 0 : errno;
    free(folder);
    return refusal;
}

static bool is_full(int code, int system_error)
{
    return code == SQLITE_FULL ||
           (code == SQLITE_IOERR && (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG));
}

static pinakes_status system_refusal(const struct store *store, int code, const char *doing, pinakes_error *error)
{
    const int kept = sqlite3_system_errno(store->db);
    if (is_full(code, kept))
        return error_set(error, PINAKES_IO, "%s: %s: the disk is full; nothing was changed", store->path, doing);
    const int file = code == SQLITE_IOERR ? kept : file_refusal(store->path);
    const int folder = file != 0 ? 0 : folder_refusal(store->path);
    if (folder != 0)
        return error_set(error, PINAKES_IO, "%s: %s: its folder cannot be written: %s", store->path, doing,
                         strerror(folder));
    const int reason = file != 0 ? file : kept;
    return error_set(error, PINAKES_IO, "%s: %s: %s", store->path, doing,
                     reason != 0 ? strerror(reason) : sqlite3_errmsg(store->db));
}

pinakes_status store_error(const struct store *store, int sqlite_code, const char *doing, pinakes_error *error)
{
    const int code = sqlite_code & 0xff;
    switch (code) {
    case SQLITE_NOMEM:
        return error_no_memory(error);
    case SQLITE_INTERRUPT:
        return error_set(error, PINAKES_CANCELLED, "%s: %s: stopped; nothing was changed", store->path, doing);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, PINAKES_BUSY, "%s: another process is writing this library; try again when it is done",
                         store->path);
    case SQLITE_NOTADB:
        return error_set(error, PINAKES_BAD_INPUT, "%s is no Pinakes library: it is not an SQLite file", store->path);
    case SQLITE_TOOBIG:
        return error_set(error, PINAKES_BAD_INPUT, "%s: %s: a paper's text is larger than the gigabyte SQLite takes",
                         store->path, doing);
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return system_refusal(store, code, doing, error);
    default: /* SQLITE_CORRUPT; also a missing table, a broken constraint: nothing a sound library gives rise to */
        return error_set(error, PINAKES_DAMAGED, "%s is damaged: %s: %s; index your files into a new library",
                         store->path, doing, sqlite3_errmsg(store->db));
    }
}
