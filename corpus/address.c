#include "corpus/address.h"

#include "corpus/words.h"

#include <stdio.h>

enum { LONGEST_VENUE = 12 };

/* The length of the run of letters, or of digits, that `text` begins with. */
static size_t run_bytes(struct span text, bool (*is_of_run)(char))
{
    size_t bytes = 0;
    while (bytes < text.len && is_of_run(text.at[bytes]))
        bytes++;
    return bytes;
}

/* Whether letters are the name of a listed venue, and no word beside that: "date/2031" is a day. */
static bool is_venue_only(struct span letters)
{
    struct stamp stamp;
    return stamp_read(letters, STAMP_LINE, &stamp) && stamp.venue.len > 0 && !stamp.doubtful;
}

/* "osdi20", "CVPR_2020", "icml/2008": letters that are a listed venue, and two or four digits that are its year. */
static bool read_joined(struct span text, struct stamp *stamp)
{
    const size_t letters = run_bytes(text, is_ascii_letter);
    const size_t joint = letters < text.len && strchr("_/-", text.at[letters]) != NULL ? 1 : 0;
    const struct span behind = span_from(text, letters + joint);
    const size_t digits = run_bytes(behind, is_ascii_digit);
    char label[LONGEST_VENUE + 8];
    if (letters < 3 || letters > LONGEST_VENUE || !(digits == 4 || (digits == 2 && joint == 0)) ||
        (joint > 0 && !is_venue_only(span_until(text, letters))) ||
        (digits < behind.len && is_ascii_letter(behind.at[digits])))
        return false;
    const int len = snprintf(label, sizeof label, "%.*s %s%.*s", (int)letters, text.at, digits == 2 ? "'" : "",
                             (int)digits, behind.at);
    return len > 0 && stamp_read((struct span){label, (size_t)len}, STAMP_LINE, stamp) && stamp->venue.len > 0 &&
           stamp->year != 0 && !stamp->guessed;
}

/* "P16-1200" is of ACL 2016, "2020.emnlp-main.1" of EMNLP 2020 (ACL Anthology, "ACL Anthology IDs"). */
static bool read_anthology(struct span url, struct stamp *stamp)
{
    static const struct {
        char letter;
        const char *venue;
    } volumes[] = {{'P', "ACL"},    {'D', "EMNLP"}, {'N', "NAACL"}, {'E', "EACL"},
                   {'C', "COLING"}, {'K', "CoNLL"}, {'Q', "TACL"}};
    enum { VOLUME_BYTES = 4, FOLDER_BYTES = 6, FIRST_OF_CENTURY = 60 };
    const size_t host = span_find(url, "aclanthology.org/"), old = span_find(url, "aclweb.org/anthology/");
    if (host == SIZE_MAX && old == SIZE_MAX)
        return false;
    struct span id = host != SIZE_MAX ? span_from(url, host + strlen("aclanthology.org/"))
                                      : span_from(url, old + strlen("aclweb.org/anthology/"));
    if (id.len > FOLDER_BYTES && id.at[1] == '/' && id.at[FOLDER_BYTES - 1] == '/') /* "N/N31/N31-1083" */
        id = span_from(id, FOLDER_BYTES);
    if (id.len <= VOLUME_BYTES || !is_ascii_digit(id.at[1]) || !is_ascii_digit(id.at[2]) || id.at[3] != '-')
        return false;
    const int year = (id.at[1] - '0') * 10 + id.at[2] - '0';
    *stamp = (struct stamp){.year = year + (year < FIRST_OF_CENTURY ? 2000 : 1900)};
    for (size_t i = 0; i < sizeof volumes / sizeof volumes[0]; i++)
        if (id.at[0] == volumes[i].letter)
            stamp->venue = span_of(volumes[i].venue);
    return true;
}

/* "eprint.iacr.org/2031/141": the year in which it was put there. */
static bool read_eprint(struct span url, struct stamp *stamp)
{
    static const char host[] = "://eprint.iacr.org/";
    enum { YEAR_DIGITS = 4 };
    const size_t at = span_find(url, host);
    const struct span path = span_from(url, at == SIZE_MAX ? url.len : at + strlen(host));
    const bool numbered =
        path.len > YEAR_DIGITS + 1 && path.at[YEAR_DIGITS] == '/' && is_ascii_digit(path.at[YEAR_DIGITS + 1]);
    *stamp = (struct stamp){.year = numbered ? year_find(span_until(path, YEAR_DIGITS)) : 0};
    return stamp->year != 0;
}

/* "proceedings.neurips.cc/paper_files/paper/2031/...": papers of NeurIPS lie in a folder a year. */
static bool read_neurips(struct span url, struct stamp *stamp)
{
    static const char *const hosts[] = {"://proceedings.neurips.cc/", "://papers.neurips.cc/", "://papers.nips.cc/"};
    static const char folder[] = "/paper/";
    enum { YEAR_DIGITS = 4 };
    bool known = false;
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        known |= span_find(url, hosts[i]) != SIZE_MAX;
    const size_t at = known ? span_find(url, folder) : SIZE_MAX;
    const struct span path = span_from(url, at == SIZE_MAX ? url.len : at + strlen(folder));
    if (path.len <= YEAR_DIGITS || path.at[YEAR_DIGITS] != '/')
        return false;
    *stamp = (struct stamp){.venue = span_of("NeurIPS"), .year = year_find(span_until(path, YEAR_DIGITS))};
    return stamp->year != 0;
}

/* "vldb.org/pvldb/vol13/p305-doe.pdf": the first volume of these proceedings is of 2008, with one a year since. */
static bool read_pvldb(struct span url, struct stamp *stamp)
{
    static const char *const folders[] = {"vldb.org/pvldb/vol", "vldb.org/pvldb/"};
    enum { YEAR_BEFORE_FIRST = 2007, MOST_DIGITS = 2 };
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        const size_t at = span_find(url, folders[i]);
        const struct span path = span_from(url, at == SIZE_MAX ? url.len : at + strlen(folders[i]));
        const size_t digits = run_bytes(path, is_ascii_digit);
        if (digits == 0 || digits > MOST_DIGITS || digits == path.len || path.at[digits] != '/')
            continue;
        const int volume = digits == 1 ? path.at[0] - '0' : (path.at[0] - '0') * 10 + path.at[1] - '0';
        *stamp = (struct stamp){.venue = span_of("VLDB"), .year = YEAR_BEFORE_FIRST + volume};
        return volume > 0;
    }
    return false;
}

bool stamp_of_address(struct span url, struct stamp *stamp)
{
    const size_t scheme = span_find(url, "://");
    if (scheme == SIZE_MAX || read_anthology(url, stamp) || read_eprint(url, stamp) || read_neurips(url, stamp) ||
        read_pvldb(url, stamp))
        return scheme != SIZE_MAX;
    for (size_t i = scheme; i < url.len; i++)
        if (is_ascii_letter(url.at[i]) && !is_ascii_letter(url.at[i - 1]) && !is_ascii_digit(url.at[i - 1]) &&
            read_joined(span_from(url, i), stamp))
            return true;
    *stamp = (struct stamp){.year = 0};
    return false;
}
