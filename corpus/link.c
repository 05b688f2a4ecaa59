#include "corpus/link.h"

#include "corpus/words.h"

static size_t scheme_bytes(struct span text)
{
    static const char *const schemes[] = {"http://", "https://", "www.", "ftp://"};
    if (text.len == 0 || strchr("hHwWfF", text.at[0]) == NULL)
        return 0;
    return span_starts_nocase_with_one(text, schemes, sizeof schemes / sizeof schemes[0]);
}

/* Where the address that starts `text` ends: at white space or a bracket, without the punctuation of the sentence. */
static size_t address_bytes(struct span text)
{
    size_t end = 0, open = 0;
    while (end < text.len && !is_blank(text.at[end]) && strchr("<>\"", text.at[end]) == NULL && text.at[end] != '\0' &&
           (unsigned char)text.at[end] < 0x80) {
        open += text.at[end] == '(' || text.at[end] == '[';
        if (text.at[end] == ')' || text.at[end] == ']') {
            if (open == 0)
                break;
            open--;
        }
        end++;
    }
    while (end > 0 && strchr(".,;:!?'", text.at[end - 1]) != NULL)
        end--;
    return end;
}

bool link_next(struct span text, size_t *from, struct span *link)
{
    for (size_t i = *from; i < text.len; i++) {
        const struct span rest = span_from(text, i);
        const bool inside_word = i > 0 && (is_ascii_letter(text.at[i - 1]) || is_ascii_digit(text.at[i - 1]));
        const size_t scheme = inside_word ? 0 : scheme_bytes(rest);
        const size_t bytes = scheme > 0 ? address_bytes(rest) : 0;
        if (bytes > scheme) {
            *link = span_until(rest, bytes);
            *from = i + bytes;
            return true;
        }
    }
    *from = text.len;
    return false;
}

/* Text without any white space in it, as an identifier has to be. */
static bool is_one_word(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_blank(text.at[i]))
            return false;
    return text.len > 0;
}

static struct span after_label(struct span text, const char *label)
{
    struct span rest = span_from(text, strlen(label));
    while (rest.len > 0 && (is_blank(rest.at[0]) || rest.at[0] == ':'))
        rest = span_from(rest, 1);
    return rest;
}

bool link_leads_out(struct span url)
{
    return span_find(url, "://") != SIZE_MAX;
}

enum link_kind link_read(struct span text, struct span *link)
{
    text = span_trim(text);
    while (text.len > 1 && strchr("<([", text.at[0]) != NULL && strchr(">)]", text.at[text.len - 1]) != NULL)
        text = span_trim((struct span){text.at + 1, text.len - 2});
    *link = text;
    size_t from = 0;
    if (scheme_bytes(text) > 0)
        return link_next(text, &from, link) && link->at == text.at && text.len - link->len <= 1 ? LINK_WEB : LINK_NONE;
    const bool labelled = span_starts_nocase(text, "doi");
    const struct span doi = labelled ? after_label(text, "doi") : text;
    if (span_starts(doi, "10.") && doi.len > 7 && memchr(doi.at, '/', doi.len) != NULL && is_one_word(doi)) {
        *link = doi;
        return LINK_DOI;
    }
    if (!span_starts_nocase(text, "arxiv"))
        return labelled && scheme_bytes(doi) > 0 ? link_read(doi, link) : LINK_NONE;
    *link = after_label(text, "arxiv");
    const size_t end = span_find(*link, " ["); /* arXiv:2309.06180 [cs.LG] */
    if (end != SIZE_MAX)
        link->len = end;
    return link->len >= 7 && is_ascii_digit(link->at[0]) && is_one_word(*link) ? LINK_ARXIV : LINK_NONE;
}
