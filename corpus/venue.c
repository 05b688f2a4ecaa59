#include "corpus/venue.h"

#include <stddef.h>
#include <string.h>

/* The main venues of the field, as they are written. A name that is not here is taken for a venue when it is an
 * acronym in capitals with a year beside it. */
static const char *const known_venues[] = {
    "AAAI",       "ACL",        "APSys",
    "ASE",        "ASIACRYPT",  "ASPLOS",
    "ATC",        "CAV",        "CCGrid",
    "CCS",        "CGO",        "CHI",
    "CIDR",       "CIKM",       "CLOUD",
    "CLUSTER",    "COLM",       "CoNEXT",
    "CRYPTO",     "CSCW",       "CVPR",
    "DAC",        "DSN",        "ECCV",
    "ECOOP",      "EDBT",       "EMNLP",
    "ESEC/FSE",   "ESOP",       "EuroS&P",
    "EuroSys",    "FAST",       "FCCM",
    "FMCAD",      "FPGA",       "FSE",
    "HotCloud",   "HotNets",    "HotOS",
    "HotStorage", "HPCA",       "HPDC",
    "ICCAD",      "ICCV",       "ICDCS",
    "ICDE",       "ICFP",       "ICLR",
    "ICML",       "ICPE",       "ICPP",
    "ICRA",       "ICS",        "ICSE",
    "IJCAI",      "IMC",        "INFOCOM",
    "IPDPS",      "IROS",       "ISCA",
    "ISMM",       "ISPASS",     "ISSTA",
    "KDD",        "LICS",       "LISA",
    "MICRO",      "Middleware", "MLSys",
    "MobiCom",    "MobiSys",    "NAACL",
    "NDSS",       "NeurIPS",    "NIPS",
    "NSDI",       "OOPSLA",     "OSDI",
    "OSR",        "PACT",       "PETS",
    "PLDI",       "PLOS",       "PODC",
    "PODS",       "POPL",       "PPoPP",
    "RTAS",       "RTSS",       "S&P",
    "SC",         "SenSys",     "SIGCOMM",
    "SIGIR",      "SIGMETRICS", "SIGMOD",
    "SoCC",       "SOSP",       "SP",
    "SPAA",       "SYSTOR",     "TACAS",
    "TOCS",       "TODS",       "TOPLAS",
    "TOS",        "TPDS",       "UIST",
    "USENIX",     "USENIX ATC", "USENIX Security",
    "VEE",        "VLDB",       "WSDM",
    "WWW",        "arXiv",      "CACM",
    "PVLDB",      "TheWebConf", "TACO",
    "TSE",        "TOSEM",      "EUROCRYPT",
    "IEEE S&P",   "Oakland",    "SoK",
};
enum { KNOWN_VENUES = sizeof known_venues / sizeof known_venues[0] };

/* What people set around and between a venue and its year. */
static const char decoration[] = " \t#*_[](){}<>:;,.-|/=\"`'@";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_decoration(char c)
{
    return c != '\0' && strchr(decoration, c) != NULL;
}

static int number(const char *at, size_t digits)
{
    int value = 0;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (at[i] - '0');
    return value;
}

static size_t digits_at(struct span text, size_t from)
{
    size_t end = from;
    while (end < text.len && is_digit(text.at[end]))
        end++;
    return end - from;
}

/* Four digits of a plausible year, as a number of their own. */
static int year_at(struct span text, size_t from)
{
    if (digits_at(text, from) != 4 || (from > 0 && (is_digit(text.at[from - 1]) || is_letter(text.at[from - 1]))))
        return 0;
    const int year = number(text.at + from, 4);
    return year >= 1900 && year <= 2099 && (from + 4 == text.len || !is_letter(text.at[from + 4])) ? year : 0;
}

int year_find(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_digit(text.at[i])) {
            const int year = year_at(text, i);
            if (year != 0)
                return year;
            i += digits_at(text, i) - 1;
        }
    return 0;
}

static struct span without_decoration(struct span text)
{
    while (text.len > 0 && is_decoration(text.at[0])) {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && is_decoration(text.at[text.len - 1]))
        text.len--;
    return text;
}

/* The bytes of an apostrophe at `from`: ', ‘ or ’; 0 when there is none. */
static size_t apostrophe_at(struct span text, size_t from)
{
    if (from < text.len && text.at[from] == '\'')
        return 1;
    const bool curly = from + 3 <= text.len && memcmp(text.at + from, "\xE2\x80", 2) == 0 &&
                       (text.at[from + 2] == '\x98' || text.at[from + 2] == '\x99');
    return curly ? 3 : 0;
}

/* Two digits stand for 1970 to 2069. */
static int year_of_two_digits(int value)
{
    return value < 70 ? 2000 + value : 1900 + value;
}

/* Takes a year off the end of `text`: "2021", "'21", and, right behind a letter, "21". */
static int take_year_behind(struct span *text)
{
    size_t start = text->len;
    while (start > 0 && is_digit(text->at[start - 1]))
        start--;
    const size_t digits = text->len - start;
    int year = 0;
    size_t mark = 0;
    if (digits == 4) {
        year = number(text->at + start, 4);
        if (year < 1900 || year > 2099)
            return 0;
        if (start >= 1 && apostrophe_at(*text, start - 1) == 1)
            mark = 1;
    } else if (digits == 2) {
        if (start >= 1 && apostrophe_at(*text, start - 1) == 1)
            mark = 1;
        else if (start >= 3 && apostrophe_at(*text, start - 3) == 3)
            mark = 3;
        else if (start == 0 || !(is_letter(text->at[start - 1]) || text->at[start - 1] == ' '))
            return 0;
        year = year_of_two_digits(number(text->at + start, 2));
    } else {
        return 0;
    }
    text->len = start - mark;
    return year;
}

static int take_year_in_front(struct span *text)
{
    const int year = year_at(*text, 0);
    if (year != 0) {
        text->at += 4;
        text->len -= 4;
    }
    return year;
}

static bool is_known_venue(struct span text)
{
    for (size_t i = 0; i < KNOWN_VENUES; i++)
        if (span_is_nocase(text, known_venues[i]))
            return true;
    return false;
}

static bool is_known_venue_as_written(struct span text)
{
    for (size_t i = 0; i < KNOWN_VENUES; i++)
        if (span_is(text, known_venues[i]))
            return true;
    return false;
}

/* Three to twelve capitals, or a name like "EuroMLSys" with at least two of them, in one word. */
static bool looks_like_acronym(struct span text)
{
    size_t capitals = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_letter(text.at[i]) && text.at[i] != '&')
            return false;
        capitals += is_upper(text.at[i]);
    }
    return text.len >= 3 && text.len <= 12 && is_upper(text.at[0]) && capitals >= 2;
}

/* Words that stand beside a venue's name and do not change it: "Proceedings of", "ACM", "Fall", "papers". */
static bool is_filler(struct span word)
{
    static const char *const fillers[] = {"acm",       "usenix", "ieee",    "proceedings", "proc",       "of",
                                          "the",       "in",     "fall",    "spring",      "conference", "papers",
                                          "symposium", "sigops", "sigplan", "annual",      "main",       "track",
                                          "workshop",  "notes",  "venue",   "conf",        "reading",    "list"};
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        if (span_is_nocase(word, fillers[i]))
            return true;
    return false;
}

static struct span next_word(struct span *rest)
{
    *rest = span_trim(*rest);
    size_t len = 0;
    while (len < rest->len && rest->at[len] != ' ' && rest->at[len] != '\t')
        len++;
    const struct span word = without_decoration((struct span){rest->at, len});
    rest->at += len;
    rest->len -= len;
    return word;
}

/* The one word of `text` that is a venue when all others are fillers; empty when it is not so. */
static struct span venue_among_fillers(struct span text, bool has_year)
{
    if (is_known_venue(text))
        return text;
    struct span venue = {0};
    for (struct span rest = text, word; rest.len > 0;) {
        word = next_word(&rest);
        if (word.len == 0)
            continue;
        const bool names = is_known_venue(word) || (has_year && looks_like_acronym(word));
        if (names && !(venue.len == 0 && rest.len > 0 && is_filler(word))) {
            if (venue.len > 0)
                return (struct span){0};
            venue = word;
        } else if (!is_filler(word)) {
            return (struct span){0};
        }
    }
    return venue;
}

/* "NSDI'23 Fall": fillers behind the year are passed over. */
static struct span without_fillers_behind(struct span text)
{
    for (;;) {
        size_t start = text.len;
        while (start > 0 && text.at[start - 1] != ' ')
            start--;
        if (start == 0 || !is_filler((struct span){text.at + start, text.len - start}))
            return text;
        text = without_decoration((struct span){text.at, start});
    }
}

bool venue_parse(struct span text, struct venue_year *out)
{
    enum { LONGEST = 64 };
    struct span rest = without_fillers_behind(without_decoration(span_trim(text)));
    if (rest.len == 0 || rest.len > LONGEST)
        return false;
    struct venue_year found = {{0}, 0};
    found.year = take_year_behind(&rest);
    if (found.year == 0)
        found.year = take_year_in_front(&rest);
    rest = without_decoration(rest);
    if (rest.len > 0) {
        found.venue = venue_among_fillers(rest, found.year != 0);
        if (found.venue.len == 0)
            return false;
    }
    if (found.venue.len == 0 && found.year == 0)
        return false;
    *out = found;
    return true;
}

/* A venue at the end or the start of a title must be beyond doubt: known and written as it is written, or with a year. */
static bool is_sure(struct span text, struct venue_year *out)
{
    return venue_parse(text, out) && (out->venue.len > 0 ? out->year != 0 || is_known_venue_as_written(out->venue) : 0);
}

static bool strip_behind(struct span *title, struct venue_year *out)
{
    static const char *const openers[] = {"(", "[", ", ", " - ", " @ ", " | ", ". ", " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                          ": "};
    for (size_t from = title->len > 48 ? title->len - 48 : 1; from < title->len; from++)
        for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
            const size_t len = strlen(openers[i]);
            if (from + len >= title->len || memcmp(title->at + from, openers[i], len) != 0)
                continue;
            const struct span tail = {title->at + from + len, title->len - from - len};
            const bool bracketed = i < 2;
            const bool year_only = bracketed && venue_parse(tail, out) && out->venue.len == 0;
            if (year_only || is_sure(tail, out)) {
                *title = span_trim((struct span){title->at, from});
                return title->len > 0;
            }
        }
    return false;
}

/* Where a venue in front of a title ends: behind its bracket, or at a colon or dash. */
static struct span head_of(struct span title)
{
    const size_t reach = title.len < 48 ? title.len : 48;
    const char bracket = title.at[0] == '[' ? ']' : title.at[0] == '(' ? ')' : '\0';
    for (size_t i = 1; i < reach; i++) {
        const struct span rest = {title.at + i, title.len - i};
        if (bracket != '\0' ? title.at[i] == bracket
                            : title.at[i] == ':' || span_starts(rest, " - ") || span_starts(rest, " | ") ||
                                  span_starts(rest, " \xE2\x80\x93 ") || span_starts(rest, " \xE2\x80\x94 "))
            return (struct span){title.at, i};
    }
    return (struct span){0};
}

static bool strip_in_front(struct span *title, struct venue_year *out)
{
    const struct span head = head_of(*title);
    const bool bracketed = title->at[0] == '[' || title->at[0] == '(';
    if (head.len == 0 || !is_sure(head, out) || (!bracketed && out->year == 0))
        return false;
    const char *dash = "\xE2\x80";
    struct span rest = {head.at + head.len, title->len - head.len};
    while (rest.len > 0 && (is_decoration(rest.at[0]) || span_starts(rest, dash))) {
        const size_t step = is_decoration(rest.at[0]) || rest.len < 3 ? 1 : 3;
        rest.at += step;
        rest.len -= step;
    }
    if (rest.len == 0)
        return false;
    *title = rest;
    return true;
}

bool venue_strip(struct span *title, struct venue_year *out)
{
    struct span rest = span_trim(*title);
    struct venue_year found;
    if (rest.len == 0 || !(strip_in_front(&rest, &found) || strip_behind(&rest, &found)))
        return false;
    *title = rest;
    *out = found;
    return true;
}
