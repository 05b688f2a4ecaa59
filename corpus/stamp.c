#include "corpus/stamp.h"

#include "corpus/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

enum { FIRST_PRINTED_YEAR = 1450, FIRST_YEAR = 1936, LAST_YEAR = 2099, LONGEST_STAMP_BYTES = 160, MOST_NAMES = 5 };

/* Conferences and journals by the names people use, sorted without regard to case. */
/* clang-format off */
static const char *const venues[] = {
    "3DV", "AAAI", "AAMAS", "ACCV", "ACL", "ACSAC", "AISTATS", "ANCS", "APNet", "APSys", "arXiv", "AsiaCCS",
    "ASIACRYPT", "ASPLOS", "bioRxiv", "BMJ", "BMVC", "CACM", "CCGrid", "CCS", "CGO", "ChemRxiv", "CHES", "CIDR",
    "CIKM", "COLING", "CONCUR", "CoNEXT", "CoRL", "CSCW", "CSF", "CSUR", "CVPR", "DSN", "EACL", "ECCV", "ECML",
    "ECOOP", "EDBT", "EMNLP", "ESOP", "ESORICS", "EUROCRYPT", "EuroS&P", "EuroSys", "FAccT", "FCCM", "FMCAD",
    "FOCS", "FSE", "GECCO", "HotCloud", "HotMobile", "HotNets", "HotOS", "HotPower", "HotStorage", "HPCA", "HPDC",
    "ICALP", "ICAPS", "ICASSP", "ICCAD", "ICCV", "ICDCS", "ICDE", "ICDM", "ICFP", "ICIP", "ICLR", "ICML", "ICPE",
    "ICPP", "ICPR", "ICRA", "ICSE", "ICWSM", "IJCAI", "IJCNN", "IJCV", "IMC", "IMWUT", "INFOCOM", "Interspeech",
    "IPDPS", "IPSN", "IROS", "ISCA", "ISIT", "ISMAR", "ISMIR", "ISMM", "ISPASS", "ISSTA", "IUI", "JACM", "JAMA",
    "JMLR", "JSAC", "KDD", "LADIS", "LICS", "medRxiv", "MICCAI", "MLSys", "MobiCom", "MobiSys", "NAACL", "NDSS",
    "NEJM", "NeurIPS", "NIPS", "NSDI", "OOPSLA", "OSDI", "PACMPL", "PEPM", "PLDI", "PNAS", "PODC", "POPL", "PPoPP",
    "RECOMB", "RecSys", "RTAS", "RTSS", "SenSys", "SIGCOMM", "SIGCSE", "SIGGRAPH", "SIGIR", "SIGMETRICS", "SIGMOD",
    "SoCC", "SOSP", "SOSR", "SPAA", "STOC", "SYSTOR", "TACAS", "TASLP", "TDSC", "TheWebConf", "TIFS", "TKDE",
    "TMLR", "TNNLS", "TOCHI", "TOCS", "TODS", "TOPLAS", "TOSEM", "TPAMI", "TPDS", "TVCG", "UAI", "UbiComp", "UIST",
    "USITS", "VEE", "VLDB", "VLDBJ", "WACV", "WSDM"};

/* These are words as well: one counts as a venue in capitals or beside a year. */
static const char *const venues_that_are_words[] = {
    "ALT", "ASE", "ATC", "AutoML", "Bioinformatics", "CAV", "CC", "Cell", "CHI", "CLOUD", "CLUSTER", "COLM", "COLT",
    "CRYPTO", "DAC", "DATE", "DISC", "Econometrica", "eLife", "FAST", "FPGA", "ICS", "ITP", "Lancet", "LISA", "MICRO",
    "Middleware", "MSR", "Nature", "Neuron", "OSR", "PACT", "PETS", "PLOS", "PODS", "Queue", "RAID", "RSS", "SC",
    "Science", "SDM", "SODA", "SoK", "SOUPS", "SPLASH", "TACO", "ToN", "ToS", "TSE", "VR", "WWW"};
/* clang-format on */

/* Names that stand for another one; the words among them need a year, or the sponsor in front. */
static const struct alias {
    const char *name;
    const char *clean;
    bool is_word;
} aliases[] = {{"ESEC", "FSE", false},     {"Oakland", "IEEE S&P", true},         {"PVLDB", "VLDB", false},
               {"S&P", "IEEE S&P", false}, {"Security", "USENIX Security", true}, {"SIGKDD", "KDD", false}};

enum piece_kind {
    PIECE_END,
    PIECE_VENUE,   /* a venue of the list */
    PIECE_WEAK,    /* one that is a word as well, so it needs a year */
    PIECE_ACRONYM, /* it could be one: the year decides */
    PIECE_YEAR,    /* 2025, '25 */
    PIECE_RANGE,   /* 2018-2020 */
    PIECE_FILLER,  /* Proc., of, Fall, best, paper, 28th */
    PIECE_NAME,    /* capitalised, unknown */
    PIECE_OTHER,   /* anything else: this is no stamp */
};

struct piece {
    enum piece_kind kind;
    struct span text;
    struct span venue;
    int year;
    bool is_word; /* the venue's name is a word as well */
    bool guessed; /* the venue is an acronym that nobody listed */
};

/* The bytes of what parts two pieces at the start of `text`; 0 when nothing does. */
static size_t separator_bytes(struct span text)
{
    if (text.len == 0)
        return 0;
    if (span_starts(text, "\uff0c"))
        return strlen("\uff0c");
    return is_blank(text.at[0]) || strchr(",;:()[]{}|/~=*#_<>+!\"", text.at[0]) != NULL ? 1 : 0;
}

/* The bytes of a dash or an apostrophe `text` begins with, 0 when it does not. */
static size_t dash_bytes(struct span text)
{
    if (span_starts(text, "-"))
        return 1;
    return span_starts(text, "\u2013") || span_starts(text, "\u2014") ? 3 : 0;
}

static size_t apostrophe_bytes(struct span text)
{
    if (span_starts(text, "'") || span_starts(text, "`"))
        return 1;
    return span_starts(text, "\u2019") || span_starts(text, "\u2018") ? 3 : 0;
}

/* A number of exactly `digits` digits that is all of `text`, or -1. */
static int number_of(struct span text, size_t digits)
{
    int number = 0;
    if (text.len != digits)
        return -1;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_digit(text.at[i]))
            return -1;
        number = number * 10 + (text.at[i] - '0');
    }
    return number;
}

static int full_year(struct span text)
{
    const int year = number_of(text, 4);
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* '24 is 2024, '78 is 1978. */
static int short_year(struct span text)
{
    const int year = number_of(text, 2);
    if (year < 0)
        return 0;
    return year < 50 ? 2000 + year : 1900 + year;
}

static bool all_capitals(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_ascii_small(text.at[i]))
            return false;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcasecmp(a, *(const char *const *)b);
}

static const char *find_name(const char *name, const char *const *names, size_t count)
{
    const char *const *found = bsearch(name, names, count, sizeof *names, compare_names);
    return found == NULL ? NULL : *found;
}

/* Whether `text` names a venue; one that is a word as well is weak when written as the word. */
static bool venue_piece(struct span text, struct piece *piece)
{
    char name[16];
    if (text.len == 0 || text.len >= sizeof name)
        return false;
    memcpy(name, text.at, text.len);
    name[text.len] = '\0';
    bool strong = true;
    const char *clean = find_name(name, venues, sizeof venues / sizeof venues[0]);
    if (clean == NULL) {
        clean = find_name(name, venues_that_are_words, sizeof venues_that_are_words / sizeof venues_that_are_words[0]);
        strong = all_capitals(text);
        piece->is_word = true;
    }
    for (size_t i = 0; clean == NULL && i < sizeof aliases / sizeof aliases[0]; i++)
        if (strcasecmp(name, aliases[i].name) == 0) {
            clean = aliases[i].clean;
            strong = !aliases[i].is_word;
        }
    if (clean == NULL)
        return false;
    piece->venue = span_of(clean);
    piece->kind = strong ? PIECE_VENUE : PIECE_WEAK;
    return true;
}

/* Capitals enough to be the name of a venue nobody listed: "HotCarbon", "XYZ", but not what references call a number
 * or an address. */
static bool could_be_acronym(struct span text)
{
    static const char *const others[] = {"DOI", "ISBN", "ISSN", "PDF", "URL", "USA"};
    size_t capitals = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_letter(text.at[i]) && text.at[i] != '&')
            return false;
        capitals += is_ascii_capital(text.at[i]);
    }
    return text.len >= 3 && text.len <= 14 && capitals >= 2 &&
           !span_is_among(text, others, sizeof others / sizeof others[0]);
}

static void name_piece(struct span text, struct piece *piece)
{
    if (venue_piece(text, piece))
        return;
    const unsigned classes = word_classes(text);
    size_t bytes;
    piece->venue = text;
    if (classes & WORD_FILLER)
        piece->kind = PIECE_FILLER;
    else if (could_be_acronym(text) && !(classes & (WORD_PART | WORD_OPENER)))
        piece->kind = PIECE_ACRONYM;
    else
        piece->kind = text.len > 0 && is_capital(code_point_at(text, &bytes)) ? PIECE_NAME : PIECE_OTHER;
}

/* "28th", "2nd", "1st", or a small number such as a volume's. */
static bool is_ordinal(struct span text)
{
    size_t digits = 0;
    while (digits < text.len && is_ascii_digit(text.at[digits]))
        digits++;
    const struct span rest = span_from(text, digits);
    return digits > 0 && digits <= 3 &&
           (rest.len == 0 || span_is_nocase(rest, "st") || span_is_nocase(rest, "nd") || span_is_nocase(rest, "rd") ||
            span_is_nocase(rest, "th"));
}

/* "ICLR2031Oral": the number in front of how a paper was presented. */
static struct span without_honour(struct span text)
{
    static const char *const honours[] = {"oral", "highlight", "spotlight", "poster"};
    for (size_t i = 0; i < sizeof honours / sizeof honours[0]; i++) {
        const size_t len = strlen(honours[i]);
        if (text.len > len && is_ascii_digit(text.at[text.len - len - 1]) &&
            span_is_nocase(span_from(text, text.len - len), honours[i]))
            return span_until(text, text.len - len);
    }
    return text;
}

static bool is_sponsor(struct span text)
{
    return span_is_nocase(text, "usenix") || span_is_nocase(text, "acm") || span_is_nocase(text, "ieee");
}

/* A name with its year attached: SOSP'21, SOSP-2021, SOSP2021, OSDI20. Two digits behind a dash are the year of a venue
 * of the list alone, for "COVID-19" and "ResNet-50" are none. */
static bool dated_piece(struct span text, struct piece *piece)
{
    size_t digits = text.len;
    while (digits > 0 && is_ascii_digit(text.at[digits - 1]))
        digits--;
    const struct span number = span_from(text, digits);
    struct span name = span_until(text, digits);
    bool quoted = false;
    for (size_t back = 1; back <= 3 && back < name.len; back += 2) {
        const struct span mark = span_from(name, name.len - back);
        if (apostrophe_bytes(mark) == back || dash_bytes(mark) == back) {
            name.len -= back;
            quoted = apostrophe_bytes(mark) == back;
            break;
        }
    }
    piece->year = full_year(number) != 0 ? full_year(number) : short_year(number);
    if (piece->year == 0 || name.len == 0)
        return false;
    name_piece(name, piece);
    const bool listed = piece->kind == PIECE_VENUE || piece->kind == PIECE_WEAK;
    const bool likely =
        (piece->kind == PIECE_ACRONYM && (quoted || number.len == 4)) || (quoted && is_sponsor(name)); /* "USENIX'19" */
    piece->guessed = likely;
    if (listed || likely)
        piece->kind = PIECE_VENUE;
    return listed || likely;
}

/* "2031-05", "2031.05", "203105": a month of a year; "2001-05" is as well the years from 2001 to 2005. */
static int year_of_month(struct span text)
{
    enum { YEAR_DIGITS = 4, BYTES = 7 };
    if (text.len == BYTES - 1) {
        const int joined = number_of(span_from(text, YEAR_DIGITS), 2);
        return joined >= 1 && joined <= 12 ? full_year(span_until(text, YEAR_DIGITS)) : 0;
    }
    if (text.len != BYTES || strchr("-.", text.at[YEAR_DIGITS]) == NULL)
        return 0;
    const int year = full_year(span_until(text, YEAR_DIGITS)), month = number_of(span_from(text, YEAR_DIGITS + 1), 2);
    const bool is_range = text.at[YEAR_DIGITS] == '-' && month > year % 100;
    return month >= 1 && month <= 12 && !is_range ? year : 0;
}

static bool year_piece(struct span text, struct piece *piece)
{
    piece->year = year_of_month(text);
    if (piece->year != 0) {
        piece->kind = PIECE_YEAR;
        return true;
    }
    const size_t apostrophe = text.len > 0 ? apostrophe_bytes(text) : 0;
    piece->year = apostrophe > 0 ? short_year(span_from(text, apostrophe)) : full_year(text);
    if (piece->year != 0) {
        piece->kind = PIECE_YEAR;
        return true;
    }
    const size_t dash = text.len > 5 ? dash_bytes(span_from(text, 4)) : 0;
    if (dash > 0 && full_year(span_until(text, 4)) != 0 && is_ascii_digit(text.at[text.len - 1])) {
        piece->kind = PIECE_RANGE;
        return true;
    }
    return false;
}

/* "KDD'2031-Pagelet", "KDD2031-Pagelet": the bytes of where it appeared, in front of a paper's name; all of `text` when
 * no such name follows. */
static size_t dated_bytes(struct span text)
{
    enum { YEAR_DIGITS = 4 };
    for (size_t i = YEAR_DIGITS + 1; i + 1 < text.len; i++)
        if (dash_bytes(span_from(text, i)) > 0 && full_year(span_from(span_until(text, i), i - YEAR_DIGITS)) != 0)
            return is_ascii_digit(text.at[i + 1]) ? text.len : i;
    return text.len;
}

/* Takes the next piece off `*rest`. */
static struct piece next_piece(struct span *rest)
{
    size_t start = 0;
    if (rest->len == 0)
        return (struct piece){.kind = PIECE_END, .text = *rest};
    while (separator_bytes(span_from(*rest, start)) > 0)
        start += separator_bytes(span_from(*rest, start));
    size_t end = start;
    while (end < rest->len && separator_bytes(span_from(*rest, end)) == 0)
        end++;
    end = start + dated_bytes((struct span){rest->at + start, end - start});
    struct piece piece = {.kind = PIECE_END, .text = {rest->at + start, end - start}};
    *rest = span_from(*rest, end);
    while (piece.text.len > 1 && (span_ends(piece.text, ".") || span_ends(piece.text, "'"))) /* "OSDI' 2031" */
        piece.text.len--;
    piece.text = without_honour(piece.text);
    if (piece.text.len == 0 || year_piece(piece.text, &piece) || dated_piece(piece.text, &piece))
        return piece;
    piece.year = 0;
    if (dash_bytes(piece.text) > 0 || is_ordinal(piece.text) || span_is(piece.text, "@") || span_is(piece.text, "."))
        piece.kind = PIECE_FILLER;
    else
        name_piece(piece.text, &piece);
    return piece;
}

struct reading {
    struct stamp stamp;
    struct span weak; /* a name that becomes the venue when a year turns up */
    size_t names;
    bool weak_is_word; /* that name is a word, in small letters: the year has to stand beside it */
    bool weak_beside_year;
    enum piece_kind last; /* of the piece before */
    bool sponsored;       /* the last piece was the sponsor: USENIX Security */
    bool range;
    bool other;
};

/* "SOSP 21": two digits right behind a venue. */
static int year_behind_venue(const struct reading *reading, const struct piece *piece)
{
    const bool behind = reading->last == PIECE_VENUE && reading->stamp.year == 0 && piece->kind == PIECE_FILLER;
    return behind ? short_year(piece->text) : 0;
}

/* "2404.01234v2" without its version. */
static struct span without_version(struct span id)
{
    const struct span bare = span_without_end(id, "0123456789");
    const bool versioned = bare.len > 1 && bare.len < id.len && bare.at[bare.len - 1] == 'v';
    return versioned ? span_until(bare, bare.len - 1) : id;
}

/* "arXiv 2404", "arXiv:2404.01234v2": year and month, as its identifiers begin; 0 for anything else. */
static int year_behind_arxiv(const struct reading *reading, const struct piece *piece)
{
    enum { SINCE = 7, DIGITS = 4, LONGEST_ID = 10 }; /* such identifiers are given since April 2007 */
    const struct span text = without_version(piece->text);
    if (piece->kind == PIECE_YEAR || reading->last != PIECE_VENUE || !span_is(reading->stamp.venue, "arXiv") ||
        (text.len != DIGITS && (text.len < LONGEST_ID - 1 || text.len > LONGEST_ID || text.at[DIGITS] != '.')))
        return 0;
    for (size_t i = 0; i < text.len; i++)
        if (i != DIGITS && !is_ascii_digit(text.at[i]))
            return 0;
    const int year = (text.at[0] - '0') * 10 + text.at[1] - '0', month = (text.at[2] - '0') * 10 + text.at[3] - '0';
    return year >= SINCE && month >= 1 && month <= 12 ? 2000 + year : 0;
}

static void take_piece(struct reading *reading, const struct piece *piece)
{
    const int submitted = reading->stamp.year == 0 ? year_behind_arxiv(reading, piece) : 0;
    if (submitted != 0) {
        reading->stamp.year = submitted;
        reading->last = PIECE_YEAR;
        return;
    }
    const int year = piece->year != 0 ? piece->year : year_behind_venue(reading, piece);
    if (year != 0)
        reading->stamp.year = year;
    reading->range |= piece->kind == PIECE_RANGE;
    reading->names += piece->kind == PIECE_NAME || (piece->kind == PIECE_ACRONYM && reading->weak.len > 0);
    reading->other |= piece->kind == PIECE_OTHER && !span_is(piece->text, "et") && !span_is(piece->text, "al");
    const bool certain = piece->kind == PIECE_VENUE || (piece->kind == PIECE_WEAK && reading->sponsored);
    if (certain && (reading->stamp.venue.len == 0 || span_is(reading->stamp.venue, "arXiv"))) {
        reading->stamp.venue = piece->venue;
        reading->stamp.doubtful = piece->is_word && !reading->sponsored;
        reading->stamp.guessed = piece->guessed;
    }
    if ((piece->kind == PIECE_WEAK || piece->kind == PIECE_ACRONYM) && reading->weak.len == 0) {
        reading->weak = piece->venue;
        reading->weak_is_word = piece->kind == PIECE_WEAK;
        reading->weak_beside_year = reading->last == PIECE_YEAR;
    }
    reading->weak_beside_year |= piece->kind == PIECE_YEAR && reading->last == PIECE_WEAK;
    reading->last = piece->kind;
    reading->sponsored = is_sponsor(piece->text);
}

/* Reads on while at most `names` unknown names turn up and nothing that cannot stand in a stamp. */
static struct reading read_pieces(struct span text, size_t names)
{
    struct reading reading = {.stamp.text = text};
    for (struct piece piece; (piece = next_piece(&text)).kind != PIECE_END;) {
        take_piece(&reading, &piece);
        if (names != SIZE_MAX && (reading.other || reading.names > names))
            break;
    }
    if (reading.stamp.venue.len == 0 && reading.weak.len > 0) {
        reading.stamp.guessed = !reading.weak_is_word;
        if (reading.stamp.year != 0 && (!reading.weak_is_word || reading.weak_beside_year))
            reading.stamp.venue = reading.weak;
        else
            reading.names++;
    }
    return reading;
}

/* "ACM Measure 23": a venue that nobody listed, behind who holds it and in front of its year. */
static bool read_sponsored(struct span text, struct stamp *stamp)
{
    enum { MOST_WORDS = 3 };
    struct span rest = text;
    struct piece piece = next_piece(&rest);
    size_t names = 0;
    if (!is_sponsor(piece.text))
        return false;
    const char *end = piece.text.at + piece.text.len;
    for (; (piece = next_piece(&rest)).kind == PIECE_NAME || piece.kind == PIECE_ACRONYM; names++)
        end = piece.text.at + piece.text.len;
    const int year = piece.kind == PIECE_YEAR ? piece.year : short_year(piece.text);
    if (names == 0 || names > MOST_WORDS || year == 0 || next_piece(&rest).kind != PIECE_END)
        return false;
    *stamp = (struct stamp){.text = text, .venue = {text.at, (size_t)(end - text.at)}, .year = year, .guessed = true};
    return true;
}

bool stamp_read(struct span text, enum stamp_place place, struct stamp *stamp)
{
    text = span_trim(text);
    if (text.len == 0 || text.len > LONGEST_STAMP_BYTES)
        return false;
    if (place == STAMP_GROUP && read_sponsored(text, stamp))
        return true;
    const size_t names = place == STAMP_GROUP ? MOST_NAMES : 0;
    struct reading reading = read_pieces(text, names);
    if (reading.range)
        reading.stamp.year = 0;
    if (reading.other || reading.names > names)
        return false;
    if (reading.stamp.venue.len == 0 && reading.stamp.year == 0)
        return false;
    *stamp = reading.stamp;
    stamp->doubtful &= stamp->year == 0;
    return true;
}

bool stamp_leads(struct span text, struct stamp *stamp, size_t *bytes)
{
    struct span rest = text;
    struct reading reading = {0};
    for (size_t i = 0; i < 3; i++) {
        const struct piece piece = next_piece(&rest);
        if (piece.kind != PIECE_VENUE && piece.kind != PIECE_WEAK && piece.kind != PIECE_YEAR &&
            piece.kind != PIECE_ACRONYM)
            return false;
        take_piece(&reading, &piece);
        if (reading.stamp.year != 0 && reading.stamp.venue.len == 0)
            reading.stamp.venue = reading.weak;
        if (reading.stamp.year == 0 || reading.stamp.venue.len == 0)
            continue;
        *bytes = (size_t)(rest.at - text.at);
        reading.stamp.text = span_until(text, *bytes);
        *stamp = reading.stamp;
        return true;
    }
    return false;
}

/* Without the day on which somebody looked: "Nov. 2029, Accessed: Dec. 15, 2031". */
static struct span until_access(struct span text)
{
    const size_t accessed = span_find(text, "ccessed"), retrieved = span_find(text, "etrieved");
    const size_t at = accessed < retrieved ? accessed : retrieved;
    return at == SIZE_MAX ? text : span_until(text, at);
}

bool stamp_search(struct span text, struct stamp *stamp)
{
    const struct reading reading = read_pieces(until_access(text), SIZE_MAX);
    *stamp = reading.stamp;
    return stamp->venue.len > 0 || stamp->year != 0;
}

/* The text without the year it ends with, and the month in front of that: "Journal of Systems" of "Journal of Systems,
 * 2023", "Journal of Systems (May 2023)", "Journal of Systems '23". What else stands at its end is a part of the name:
 * "ACM Trans. Comput. Syst.", "Proc. R. Soc. (London)". */
static struct span without_year(struct span text)
{
    static const char marks[] = " ,.('";
    const struct span told = span_without_end(text, " .)"), name = span_without_end(told, "0123456789");
    const struct span number = span_from(told, name.len);
    const size_t curly = span_ends(name, "\u2018") || span_ends(name, "\u2019") ? strlen("\u2019") : 0;
    const bool is_short = number.len == 2 && (curly > 0 || span_ends(name, "'"));
    if (full_year(number) == 0 && !is_short)
        return text;
    const struct span front = span_without_end((struct span){name.at, name.len - curly}, marks);
    const char *space = front.len == 0 ? NULL : memrchr(front.at, ' ', front.len);
    const size_t at = space == NULL ? front.len : (size_t)(space - front.at);
    const struct span last = span_trim(span_from(front, at));
    const bool dated = is_month(span_from(last, span_starts(last, "("))); /* "(March 2031)" */
    return dated ? span_without_end(span_until(front, at), marks) : front;
}

/* "Journal of Systems" of "Journal of Systems, 2023, 11: 4-7": what stands behind a year is a volume and pages. */
static struct span until_year(struct span text)
{
    enum { YEAR_DIGITS = 4 };
    for (size_t i = 3; i + 2 + YEAR_DIGITS < text.len; i++)
        if (span_starts(span_from(text, i), ", ") && full_year(span_until(span_from(text, i + 2), YEAR_DIGITS)) != 0 &&
            text.at[i + 2 + YEAR_DIGITS] == ',')
            return span_until(text, i);
    return text;
}

/* "OSDI 2031 (arXiv:3012.01234, December 2030)": where a paper is, and in brackets where it was before. */
static bool read_before_brackets(struct span text, struct stamp *stamp)
{
    struct stamp found = {0};
    const size_t open = span_find(text, " (");
    if (open == SIZE_MAX || !stamp_read(span_until(text, open), STAMP_LINE, &found) || found.venue.len == 0 ||
        found.year == 0 || found.guessed)
        return false;
    *stamp = found;
    return true;
}

/* "PSC31": the short name of a venue that nobody listed, with the last two digits of its year. */
static bool read_short_name(struct span text, struct stamp *stamp)
{
    enum { YEAR_DIGITS = 2, FEWEST_LETTERS = 3, FEWEST_CAPITALS = 2, CENTURY = 100, FIRST_OF_LAST = 50 };
    const struct span name = span_without_end(text, "0123456789");
    size_t capitals = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (!is_ascii_letter(name.at[i]))
            return false;
        capitals += is_ascii_capital(name.at[i]);
    }
    if (name.len + YEAR_DIGITS != text.len || name.len < FEWEST_LETTERS || capitals < FEWEST_CAPITALS)
        return false;
    const int year = number_of(span_from(text, name.len), YEAR_DIGITS);
    *stamp = (struct stamp){.venue = name, .year = year + (year < FIRST_OF_LAST ? 20 : 19) * CENTURY, .guessed = true};
    return true;
}

struct stamp stamp_of_label(struct span text)
{
    struct stamp stamp = {0};
    text = span_trim(text);
    if (!stamp_read(text, STAMP_LINE, &stamp) && !read_before_brackets(text, &stamp) &&
        !read_short_name(text, &stamp)) {
        (void)stamp_search(text, &stamp);
        if (stamp.year == 0)
            stamp.year = year_find(text);
        if (stamp.venue.len == 0)
            stamp.venue = without_year(until_year(text));
    }
    stamp.text = text;
    return stamp;
}

/* The first number of its own in `text` that is one of these years. */
static int find_between(struct span text, int first, int last)
{
    for (size_t i = 0, digits; i < text.len; i += digits + 1) {
        for (digits = 0; i + digits < text.len && is_ascii_digit(text.at[i + digits]);)
            digits++;
        const int year = number_of((struct span){text.at + i, digits}, 4);
        if (year >= first && year <= last)
            return year;
    }
    return 0;
}

int year_find(struct span text)
{
    return find_between(text, FIRST_YEAR, LAST_YEAR);
}

/* "1854-1971", "1926/1940": the first of the years in which the volumes of a work came out; 0 where none are told. */
static int first_year_of_several(struct span text)
{
    enum { YEAR_DIGITS = 4 };
    static const char *const dashes[] = {"--", "-", "/", "\u2013"};
    text = span_trim(text);
    if (text.len <= YEAR_DIGITS)
        return 0;
    struct span rest = span_trim(span_from(text, YEAR_DIGITS));
    const size_t dash = span_starts_with_one(rest, dashes, sizeof dashes / sizeof dashes[0]);
    rest = span_trim(span_from(rest, dash));
    const bool has_last = dash > 0 && rest.len >= YEAR_DIGITS &&
                          number_of(span_until(rest, YEAR_DIGITS), YEAR_DIGITS) >= FIRST_PRINTED_YEAR;
    const int first = has_last ? number_of(span_until(text, YEAR_DIGITS), YEAR_DIGITS) : 0;
    return first >= FIRST_PRINTED_YEAR && first <= LAST_YEAR ? first : 0;
}

int year_of_field(struct span text)
{
    const int first = first_year_of_several(text), year = first != 0 ? first : year_find(text);
    return year != 0 ? year : find_between(text, FIRST_PRINTED_YEAR, FIRST_YEAR - 1);
}

int year_behind_month(struct span text)
{
    enum { YEAR_DIGITS = 4, LAST_MONTH = 12 };
    text = span_trim(text);
    if (text.len <= YEAR_DIGITS)
        return 0;
    const struct span front = span_until(text, text.len - YEAR_DIGITS), year = span_from(text, front.len);
    const struct span month = span_without_end(front, " ,");
    const bool named = month.len < front.len && is_month(month);
    const bool counted = span_ends(front, "/") && front.len <= 3 &&
                         number_of(span_until(front, front.len - 1), 2) > 0 &&
                         number_of(span_until(front, front.len - 1), 2) <= LAST_MONTH;
    return named || counted ? full_year(year) : 0;
}

void stamp_add(struct stamp *stamp, const struct stamp *other)
{
    if (stamp->text.len == 0)
        stamp->text = other->text;
    if (stamp->venue.len == 0) {
        stamp->venue = other->venue;
        stamp->guessed = other->guessed;
    }
    if (stamp->year == 0)
        stamp->year = other->year;
}
