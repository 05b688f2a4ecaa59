#include "corpus/venue_name.h"

#include "corpus/words.h"

#include <strings.h>

/* Long names, without the words of a volume and the sponsors in front (venue_short_name()); the text may go on behind a
 * comma, a colon, a bracket or an "and". */
static const char *const names[][2] = {
    {"AAAI Conference on Artificial Intelligence", "AAAI"},
    {"ACM on Programming Languages", "PACMPL"},
    {"Advances in Neural Information Processing Systems", "NeurIPS"},
    {"Artificial Intelligence and Statistics", "AISTATS"},
    {"Asian Conference on Machine Learning", "ACML"},
    {"Communications of the ACM", "CACM"},
    {"Conference of the European Chapter of the Association for Computational Linguistics", "EACL"},
    {"Conference of the North American Chapter of the Association for Computational Linguistics", "NAACL"},
    {"Conference on Artificial Intelligence and Statistics", "AISTATS"},
    {"Conference on Computer and Communications Security", "CCS"},
    {"Conference on Computer Vision and Pattern Recognition", "CVPR"},
    {"Conference on Empirical Methods in Natural Language Processing", "EMNLP"},
    {"Conference on File and Storage Technologies", "FAST"},
    {"Conference on Human Factors in Computing Systems", "CHI"},
    {"Conference on Knowledge Discovery and Data Mining", "KDD"},
    {"Conference on Language Modeling", "COLM"},
    {"Conference on Learning Theory", "COLT"},
    {"Conference on Machine Learning and Systems", "MLSys"},
    {"Conference on Neural Information Processing Systems", "NeurIPS"},
    {"Conference on Programming Language Design and Implementation", "PLDI"},
    {"Conference on Robot Learning", "CoRL"},
    {"Conference on Uncertainty in Artificial Intelligence", "UAI"},
    {"CoRR", "arXiv"},
    {"Empirical Methods in Natural Language Processing", "EMNLP"},
    {"European Conference on Computer Systems", "EuroSys"},
    {"European Conference on Computer Vision", "ECCV"},
    {"Findings of ACL", "Findings of ACL"},
    {"Findings of EMNLP", "Findings of EMNLP"},
    {"Findings of NAACL", "Findings of NAACL"},
    {"Findings of the Association for Computational Linguistics", "Findings of ACL"},
    {"Foundations of Computer Science", "FOCS"},
    {"International Conference for High Performance Computing, Networking, Storage and Analysis", "SC"},
    {"International Conference on 3D Vision", "3DV"},
    {"International Conference on Acoustics, Speech and Signal Processing", "ICASSP"},
    {"International Conference on Algorithmic Learning Theory", "ALT"},
    {"International Conference on Architectural Support for Programming Languages and Operating Systems", "ASPLOS"},
    {"International Conference on Artificial Intelligence and Statistics", "AISTATS"},
    {"International Conference on Automated Machine Learning", "AutoML"},
    {"International Conference on Computational Linguistics", "COLING"},
    {"International Conference on Computer Vision", "ICCV"},
    {"International Conference on Data Engineering", "ICDE"},
    {"International Conference on Information and Knowledge Management", "CIKM"},
    {"International Conference on Intelligent Robots and Systems", "IROS"},
    {"International Conference on Learning Representations", "ICLR"},
    {"International Conference on Machine Learning", "ICML"},
    {"International Conference on Management of Data", "SIGMOD"},
    {"International Conference on Robotics and Automation", "ICRA"},
    {"International Conference on Software Engineering", "ICSE"},
    {"International Conference on Very Large Data Bases", "VLDB"},
    {"International Conference on World Wide Web", "WWW"},
    {"International Joint Conference on Artificial Intelligence", "IJCAI"},
    {"International Symposium on Computer Architecture", "ISCA"},
    {"International Symposium on High Performance Computer Architecture", "HPCA"},
    {"International Symposium on High-Performance Computer Architecture", "HPCA"},
    {"International Symposium on Microarchitecture", "MICRO"},
    {"International Workshop on Artificial Intelligence and Statistics", "AISTATS"},
    {"Journal of Machine Learning Research", "JMLR"},
    {"Journal of the ACM", "JACM"},
    {"Knowledge Discovery and Data Mining", "KDD"},
    {"Machine Learning and Systems", "MLSys"},
    {"Meeting of the Association for Computational Linguistics", "ACL"},
    {"Network and Distributed System Security Symposium", "NDSS"},
    {"Neural Information Processing Systems", "NeurIPS"},
    {"North American Chapter of the Association for Computational Linguistics", "NAACL"},
    {"Robotics: Science and Systems", "RSS"},
    {"Symposium on Cloud Computing", "SoCC"},
    {"Symposium on Foundations of Computer Science", "FOCS"},
    {"Symposium on Networked Systems Design and Implementation", "NSDI"},
    {"Symposium on Operating Systems Design and Implementation", "OSDI"},
    {"Symposium on Operating Systems Principles", "SOSP"},
    {"Symposium on Principles of Programming Languages", "POPL"},
    {"Symposium on Security and Privacy", "IEEE S&P"},
    {"Symposium on Theory of Computing", "STOC"},
    {"The Web Conference", "WWW"},
    {"Transactions on Machine Learning Research", "TMLR"},
    {"Transactions of the Association for Computational Linguistics", "TACL"},
    {"Uncertainty in Artificial Intelligence", "UAI"},
    {"USENIX Annual Technical Conference", "ATC"},
    {"USENIX Security Symposium", "USENIX Security"},
    {"VLDB Endowment", "VLDB"},
    {"Web Conference", "WWW"},
    {"Workshop on Hot Topics in Operating Systems", "HotOS"},
    {"World Wide Web Conference", "WWW"},
};

/* ---- what differs from year to year -------------------------------------------------------------------------- */

/* "36th", "Twenty", "third", "Thirty-Ninth". */
static bool is_ordinal(struct span text)
{
    static const char *const words[] = {
        "first",     "second",    "third",       "fourth",     "fifth",      "sixth",      "seventh",
        "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",    "thirteenth", "fourteenth",
        "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",  "thirtieth",
        "fortieth",  "fiftieth",  "twenty",      "thirty",     "forty",      "fifty",      "sixty"};
    size_t digits = 0;
    while (digits < text.len && is_ascii_digit(text.at[digits]))
        digits++;
    if (digits > 0)
        return digits == text.len ? digits == 4 : digits <= 3 && text.len - digits == 2;
    const char *dash = text.len == 0 ? NULL : memchr(text.at, '-', text.len);
    const size_t head = dash == NULL ? text.len : (size_t)(dash - text.at);
    const size_t count = sizeof words / sizeof words[0];
    return span_is_among_nocase(span_until(text, head), words, count) &&
           (dash == NULL || span_is_among_nocase(span_from(text, head + 1), words, count));
}

static bool is_volume_word(struct span text)
{
    static const char *const words[] = {"proceedings", "proc", "pre-proceedings", "in", "of", "the", "annual"};
    return span_is_among_nocase(text, words, sizeof words / sizeof words[0]) || is_ordinal(text);
}

/* The name ends where a bracket opens, or before the year, the number of a volume, or a place. */
static size_t series_end(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr("([;", text.at[i]) != NULL ||
            (text.at[i] == ',' && i + 2 < text.len && is_ascii_digit(text.at[i + 2])))
            return i;
    return text.len;
}

struct span venue_series(struct span text)
{
    struct span rest = text;
    struct word word;
    size_t dropped = 0;
    for (struct span ahead = rest; word_next(&ahead, &word) && is_volume_word(word.text); rest = ahead)
        dropped += !span_is_nocase(word.text, "the") && !span_is_nocase(word.text, "in");
    if (dropped == 0)
        return text;
    const struct span series = span_trim(span_until(span_trim(rest), series_end(span_trim(rest))));
    return series.len == 0 ? text : series;
}

/* ---- short names --------------------------------------------------------------------------------------------- */

/* Sponsors in front: "IEEE/CVF", "ACM SIGPLAN". */
static bool is_sponsor(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.at[i] < 'A' || text.at[i] > 'Z') && text.at[i] != '/' && text.at[i] != '-')
            return false;
    return text.len >= 3;
}

/* The first word that is no sponsor's, and the last. Gives the number of words. */
static size_t end_words(struct span text, struct word *first, struct word *last)
{
    size_t words = 0;
    *first = *last = (struct word){0};
    for (struct word word; word_next(&text, &word); words++) {
        if (first->text.len == 0 && !is_sponsor(word.text))
            *first = word;
        *last = word;
    }
    return words;
}

bool is_serial_name(struct span text)
{
    static const char *const firsts[] = {"journal", "transactions", "annals", "proceedings", "proc", "bulletin"};
    static const char *const lasts[] = {"journal",   "transactions", "letters", "reports",    "magazine",
                                        "quarterly", "bulletin",     "reviews", "proceedings"};
    enum { FEWEST_WORDS = 2, MOST_WORDS = 8 };
    struct word first, last;
    size_t bytes;
    text = span_trim(text);
    const size_t words = end_words(text, &first, &last);
    return words >= FEWEST_WORDS && words <= MOST_WORDS && is_capital(code_point_at(text, &bytes)) &&
           !span_starts(text, "A ") && !span_starts(text, "An ") &&
           (span_is_among_nocase(first.text, firsts, sizeof firsts / sizeof firsts[0]) ||
            span_is_among_nocase(last.text, lasts, sizeof lasts / sizeof lasts[0]));
}

static bool begins_with_name(struct span text, const char *name)
{
    const size_t len = strlen(name);
    if (!span_starts_nocase(text, name))
        return false;
    const struct span rest = span_from(text, len);
    return rest.len == 0 || strchr(",:;([", rest.at[0]) != NULL || span_starts_nocase(rest, " and ") ||
           span_starts(rest, " (") || span_starts(rest, " - ") || span_starts_nocase(rest, " conference") ||
           (rest.len >= 5 && rest.at[0] == ' ' && (is_ascii_digit(rest.at[1]) || rest.at[1] == '\''));
}

static struct span look_up(struct span text)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (begins_with_name(text, names[i][0]))
            return span_of(names[i][1]);
    return (struct span){"", 0};
}

struct span venue_short_name(struct span text)
{
    struct word word;
    if (span_starts_nocase(text, "arxiv"))
        return span_of("arXiv");
    struct span found = look_up(text), rest = text;
    if (found.len == 0)
        found = look_up(rest = venue_series(text));
    for (struct span ahead = rest;
         found.len == 0 && word_next(&ahead, &word) && (is_sponsor(word.text) || is_volume_word(word.text));)
        found = look_up(rest = span_trim(ahead));
    return found;
}

/* ---- lines ----------------------------------------------------------------------------------------------------- */

bool is_venue_in_full(struct span line)
{
    static const char *const kinds[] = {"Conference", "Symposium", "Workshop", "Journal", "Transactions"};
    enum { FEWEST_WORDS = 4, MOST_WORDS = 18 };
    struct span rest = line;
    size_t words = 0;
    bool named = false;
    if (year_find(line) == 0 || span_find(line, ". ") != SIZE_MAX || span_find(line, ": ") != SIZE_MAX)
        return false;
    for (struct word word; word_next(&rest, &word); words++) {
        if (word.letters == CASE_LOWER && !(word.classes & WORD_FUNCTION))
            return false;
        named |= span_is_among(word.text, kinds, sizeof kinds / sizeof kinds[0]);
    }
    return named && words >= FEWEST_WORDS && words <= MOST_WORDS;
}

/* Whether what a volume's name has behind it is told by capitals and numbers: a place, a day, pages. */
static bool is_told_in_capitals(struct span behind)
{
    static const char *const small[] = {"pp", "pages", "page", "vol", "volume", "no", "number", "issue", "article"};
    enum { MOST_WORDS = 24 };
    size_t words = 0;
    for (struct word word; word_next(&behind, &word); words++)
        if (word.letters == CASE_LOWER && !(word.classes & WORD_FUNCTION) &&
            !span_is_among(word.text, small, sizeof small / sizeof small[0]))
            return false;
    return words <= MOST_WORDS;
}

bool volume_read(struct span line, struct stamp *stamp)
{
    static const char *const volumes[] = {"Proceedings of ", "Proc. of ", "In Proceedings of ", "In Proc. of "};
    enum { LONGEST_BYTES = 240 };
    size_t end = 0, led = 0;
    line = span_trim(line);
    while (end < line.len && strchr(",:(", line.at[end]) == NULL)
        end++;
    const struct span name = span_trim(span_until(line, end));
    const int year = year_find(span_from(line, end));
    if (line.len > LONGEST_BYTES || end == line.len || !is_told_in_capitals(span_from(line, end)))
        return false;
    if (stamp_leads(line, stamp, &led) && led >= name.len && !stamp->guessed) {
        stamp->text = name;
        return true;
    }
    const bool alone = stamp_read(name, STAMP_LINE, stamp) && stamp->venue.len > 0 && !stamp->doubtful;
    const bool in_volumes = span_starts_with_one(name, volumes, sizeof volumes / sizeof volumes[0]) > 0;
    const struct span known = venue_short_name(name);
    if (year == 0 || !(alone || in_volumes || known.len > 0 || is_serial_name(name)))
        return false;
    *stamp = (struct stamp){.text = name, .venue = known.len > 0 ? known : venue_series(name), .year = year};
    return true;
}
