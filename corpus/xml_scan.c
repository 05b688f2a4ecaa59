#include "corpus/xml_scan.h"

#include "corpus/reader.h"
#include "corpus/words.h"

enum { STEP_BYTES = 1 << 16, LONGEST_NAME_BYTES = 32 };

/* Whether `text` begins with "<name" or "</name" and the name ends there. */
static bool begins_tag(struct span text, const char *name, bool closing)
{
    const size_t mark = closing ? 2 : 1, len = strlen(name);
    if (text.len <= mark + len || text.at[0] != '<' || (closing && text.at[1] != '/') ||
        memcmp(text.at + mark, name, len) != 0)
        return false;
    return strchr(" \t\r\n>/", text.at[mark + len]) != NULL;
}

static const struct xml_tag *tag_at(const struct xml_scan *scan, struct span text)
{
    for (size_t i = 0; i < scan->tag_count; i++)
        if (begins_tag(text, scan->tags[i].name, false))
            return &scan->tags[i];
    return NULL;
}

static void skip_comment(struct xml_scan *scan)
{
    static const char end[] = "-->";
    stream_skip(scan->stream, strlen("<!--"), &scan->line);
    for (;;) {
        const struct span window = stream_peek(scan->stream, STEP_BYTES);
        const size_t at = span_find(window, end);
        if (at != SIZE_MAX) {
            stream_skip(scan->stream, at + strlen(end), &scan->line);
            return;
        }
        if (window.len < strlen(end)) {
            stream_skip(scan->stream, window.len, &scan->line);
            return;
        }
        stream_skip(scan->stream, window.len - (strlen(end) - 1), &scan->line);
        if (stream_peek(scan->stream, strlen(end)).len < strlen(end))
            return;
    }
}

/* Moves to the next start tag that is looked for. */
static const struct xml_tag *skip_to_tag(struct xml_scan *scan)
{
    for (;;) {
        const struct span window = stream_peek(scan->stream, LONGEST_NAME_BYTES);
        if (window.len == 0)
            return NULL;
        const char *bracket = memchr(window.at, '<', window.len);
        if (bracket != window.at) {
            stream_skip(scan->stream, bracket == NULL ? window.len : (size_t)(bracket - window.at), &scan->line);
            continue;
        }
        const struct xml_tag *tag = tag_at(scan, window);
        if (tag != NULL)
            return tag;
        if (span_starts(window, "<!--"))
            skip_comment(scan);
        else
            stream_skip(scan->stream, 1, &scan->line);
    }
}

/* The bytes of the element at the front of `window`, as far as it is visible; 0 when its end is not. Looks from `*from`
 * on. */
static size_t measure(const struct xml_tag *tag, struct span window, size_t *from, bool *closed)
{
    *closed = false;
    for (const char *at; (at = memchr(window.at + *from, tag->is_whole ? '<' : '>', window.len - *from)) != NULL;) {
        const size_t offset = (size_t)(at - window.at);
        const struct span rest = span_from(window, offset);
        const char *end = memchr(rest.at, '>', rest.len);
        if (!tag->is_whole) {
            *closed = true;
            return offset + 1;
        }
        if (end == NULL || rest.len <= LONGEST_NAME_BYTES + 2)
            break;
        *from = offset + 1;
        if (begins_tag(rest, tag->name, true)) {
            *closed = true;
            return (size_t)(end - window.at) + 1;
        }
        if (begins_tag(rest, tag->name, false))
            return offset;
    }
    return 0;
}

/* The same where no more of the file comes: what there is ends it. */
static size_t measure_last(const struct xml_tag *tag, struct span window, bool *closed)
{
    char closing[LONGEST_NAME_BYTES + 4] = "</";
    (void)strncat(closing, tag->name, LONGEST_NAME_BYTES);
    const size_t at = tag->is_whole ? span_find(window, closing) : SIZE_MAX;
    const char *end = at == SIZE_MAX ? NULL : memchr(window.at + at, '>', window.len - at);
    *closed = end != NULL;
    return end == NULL ? window.len : (size_t)(end - window.at) + 1;
}

/* The rest of an element too long to be looked at whole: up to the next of its name. */
static void skip_rest(struct xml_scan *scan, const struct xml_tag *tag)
{
    for (;;) {
        const struct span window = stream_peek(scan->stream, LONGEST_NAME_BYTES);
        if (window.len == 0 || begins_tag(window, tag->name, true) || begins_tag(window, tag->name, false))
            return;
        const char *bracket = memchr(window.at + 1, '<', window.len - 1);
        stream_skip(scan->stream, bracket == NULL ? window.len : (size_t)(bracket - window.at), &scan->line);
    }
}

bool xml_scan_next(struct xml_scan *scan, struct xml_piece *out)
{
    const struct xml_tag *tag = skip_to_tag(scan);
    size_t from = 1, bytes = 0;
    if (tag == NULL)
        return false;
    *out = (struct xml_piece){.tag = tag, .line = scan->line};
    struct span window = stream_peek(scan->stream, STEP_BYTES);
    for (size_t seen = 0; bytes == 0; window = stream_peek(scan->stream, window.len + STEP_BYTES)) {
        bytes = measure(tag, window, &from, &out->closed);
        out->too_long = bytes == 0 && window.len >= READER_LONGEST_RECORD;
        if (bytes > 0 || out->too_long || window.len == seen)
            break;
        seen = window.len;
    }
    if (bytes == 0)
        bytes = out->too_long ? window.len : measure_last(tag, window, &out->closed);
    stream_skip(scan->stream, bytes, &scan->line);
    out->text = span_until(window, bytes);
    if (out->too_long)
        skip_rest(scan, tag);
    return true;
}
