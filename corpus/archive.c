#include "corpus/archive.h"

#include "base/span.h"
#include "corpus/words.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 16 };

bool archive_is_named(const char *name)
{
    static const char *const endings[] = {".zip",     ".tar",  ".tar.gz",  ".tgz",  ".tar.xz", ".txz",
                                          ".tar.zst", ".tzst", ".tar.bz2", ".tbz2", ".tbz"};
    const struct span text = span_of(name);
    const size_t bytes = span_ends_nocase_with_one(text, endings, sizeof endings / sizeof endings[0]);
    return bytes > 0 && bytes < text.len;
}

/* ---- one after another --------------------------------------------------------------------------------------- */

struct archive_reader {
    struct archive *archive;
    locale_t utf8;  /* libarchive gives names in the encoding of the locale; 0 where there is no such */
    uint32_t count; /* of the members met */
    bool is_damaged;
};

struct archive_reader *archive_open(const char *path)
{
    struct archive_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return NULL;
    reader->archive = archive_read_new();
    if (reader->archive == NULL) {
        free(reader);
        return NULL;
    }
    reader->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    (void)archive_read_support_format_tar(reader->archive);
    (void)archive_read_support_format_zip(reader->archive);
    (void)archive_read_support_filter_gzip(reader->archive);
    (void)archive_read_support_filter_xz(reader->archive);
    (void)archive_read_support_filter_zstd(reader->archive);
    (void)archive_read_support_filter_bzip2(reader->archive);
    reader->is_damaged = archive_read_open_filename(reader->archive, path, BLOCK_BYTES) != ARCHIVE_OK;
    return reader;
}

void archive_close(struct archive_reader *reader)
{
    if (reader == NULL)
        return;
    (void)archive_read_free(reader->archive);
    if (reader->utf8 != (locale_t)0)
        freelocale(reader->utf8);
    free(reader);
}

const char *archive_complaint(const struct archive_reader *reader)
{
    const char *message = archive_error_string(reader->archive);
    return message == NULL ? "it is damaged" : message;
}

/* Its bytes in UTF-8 where the archive says in what they are, else as they are. NULL when it has none. */
static const char *name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    return name != NULL ? name : archive_entry_pathname(entry);
}

static enum archive_state next_member(struct archive_reader *reader, struct archive_member *out)
{
    struct archive_entry *entry;
    while (!reader->is_damaged) {
        const int code = archive_read_next_header(reader->archive, &entry);
        if (code == ARCHIVE_EOF)
            return ARCHIVE_END;
        reader->is_damaged = code != ARCHIVE_OK && code != ARCHIVE_WARN;
        const char *name = reader->is_damaged ? NULL : name_of(entry);
        reader->count += !reader->is_damaged;
        if (name == NULL || archive_entry_filetype(entry) != AE_IFREG || archive_entry_is_encrypted(entry))
            continue;
        *out = (struct archive_member){name, archive_entry_size(entry), reader->count - 1};
        return ARCHIVE_MEMBER;
    }
    return archive_errno(reader->archive) == ENOMEM ? ARCHIVE_NO_MEMORY : ARCHIVE_DAMAGED;
}

enum archive_state archive_next(struct archive_reader *reader, struct archive_member *out)
{
    const locale_t before = reader->utf8 == (locale_t)0 ? (locale_t)0 : uselocale(reader->utf8);
    const enum archive_state state = next_member(reader, out);
    if (before != (locale_t)0)
        (void)uselocale(before);
    return state;
}

/* ---- single members ------------------------------------------------------------------------------------------ */

void archive_cursor_close(struct archive_cursor *cursor)
{
    archive_close(cursor->archive);
    free(cursor->path);
    *cursor = (struct archive_cursor){0};
}

/* Makes the cursor stand in that archive, before that member. False when memory is short. */
static bool move_cursor(struct archive_cursor *cursor, const char *path, uint32_t index)
{
    if (cursor->archive != NULL && strcmp(cursor->path, path) == 0 && cursor->next <= index)
        return true;
    archive_cursor_close(cursor);
    cursor->path = strdup(path);
    cursor->archive = cursor->path == NULL ? NULL : archive_open(path);
    return cursor->archive != NULL;
}

static ptrdiff_t read_member(void *context, char *into, size_t bytes, const char **complaint)
{
    struct archive_reader *reader = context;
    const la_ssize_t got = reader->is_damaged ? ARCHIVE_FATAL : archive_read_data(reader->archive, into, bytes);
    if (got < 0)
        *complaint = archive_complaint(reader);
    return got < 0 ? -1 : (ptrdiff_t)got;
}

struct stream *archive_cursor_open(struct archive_cursor *cursor, const char *path, uint32_t index)
{
    struct archive_member member = {.index = 0};
    if (!move_cursor(cursor, path, index))
        return NULL;
    enum archive_state state;
    do
        state = archive_next(cursor->archive, &member);
    while (state == ARCHIVE_MEMBER && member.index < index);
    cursor->next = index + 1;
    if (state == ARCHIVE_NO_MEMORY)
        return NULL;
    cursor->archive->is_damaged |= state != ARCHIVE_MEMBER || member.index != index;
    return stream_from(read_member, cursor->archive);
}
