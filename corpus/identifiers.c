#include "corpus/identifiers.h"

#include "corpus/link.h"
#include "corpus/words.h"

static const struct span nothing = {"", 0};

static size_t digits_at(struct span text, size_t at)
{
    size_t count = 0;
    while (at + count < text.len && is_ascii_digit(text.at[at + count]))
        count++;
    return count;
}

/* ---- DOI ------------------------------------------------------------------------------------------------------- */

/* The length of "<329::AID-SPE14>" at the front of `text`: the contribution in a serial item's identifier (ANSI/NISO
 * Z39.56), of which publishers made DOIs. 0 where there is none, as in front of a tag of HTML. */
static size_t contribution_bytes(struct span text)
{
    size_t at = 1;
    bool has_colon = false;
    while (at < text.len && (is_ascii_letter(text.at[at]) || is_ascii_digit(text.at[at]) || text.at[at] == '-' ||
                             text.at[at] == ':' || text.at[at] == '.'))
        has_colon |= text.at[at++] == ':';
    return span_starts(text, "<") && has_colon && at < text.len && text.at[at] == '>' ? at + 1 : 0;
}

/* Where a DOI ends that begins at the front of `text`, behind brackets and marks of the sentence around it left out. */
static size_t doi_end(struct span text)
{
    size_t end = 0, open = 0;
    for (; end < text.len; end++) {
        end += contribution_bytes(span_from(text, end));
        const char c = end < text.len ? text.at[end] : ' ';
        if ((unsigned char)c <= ' ' || strchr("\"<>{}|\\^`#?&", c) != NULL || (c == ')' && open == 0))
            break;
        open += c == '(';
        open -= c == ')';
    }
    while (end > 0 && strchr(".,;:'!]", text.at[end - 1]) != NULL)
        end--;
    return end;
}

/* Without what publishers set behind a DOI in the address of one of its pages: ".../10.3389/fncom.2017.00048/full". */
static struct span without_page(struct span doi)
{
    static const char *const pages[] = {"/full", "/fulltext", "/abstract", "/pdf", "/epdf", "/html", "/meta", ".pdf"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        if (span_ends(doi, pages[i]))
            return span_until(doi, doi.len - strlen(pages[i]));
    return doi;
}

struct span doi_in(struct span text)
{
    enum { LEAST_REGISTRANT_DIGITS = 4 };
    for (size_t from = 0; from + 3 < text.len; from++) {
        const struct span here = span_from(text, from);
        const bool is_start = from == 0 || !(is_ascii_digit(text.at[from - 1]) || text.at[from - 1] == '.');
        if (!is_start || !span_starts(here, "10."))
            continue;
        size_t slash = 3;
        while (digits_at(here, slash) > 0 || (slash < here.len && here.at[slash] == '.'))
            slash += digits_at(here, slash) > 0 ? digits_at(here, slash) : 1;
        if (digits_at(here, 3) < LEAST_REGISTRANT_DIGITS || slash >= here.len || here.at[slash] != '/')
            continue;
        const size_t end = doi_end(here);
        if (end > slash + 1) {
            const struct span doi = span_until(here, end), bare = without_page(doi);
            return bare.len > slash + 1 ? bare : doi;
        }
    }
    return nothing;
}

/* "10/cn2h9c", as shortdoi.org gives it: letters and digits alone, and not the number of a page or a month. */
static bool is_short_doi(struct span text)
{
    enum { LEAST_BYTES = 6, MOST_BYTES = 16 };
    bool has_letter = false;
    if (!span_starts(text, "10/") || text.len < LEAST_BYTES || text.len > MOST_BYTES)
        return false;
    for (size_t i = strlen("10/"); i < text.len; i++) {
        if (!is_ascii_letter(text.at[i]) && !is_ascii_digit(text.at[i]))
            return false;
        has_letter |= is_ascii_letter(text.at[i]);
    }
    return has_letter;
}

struct span doi_of_field(struct span text)
{
    const struct span doi = doi_in(text);
    text = span_trim(text);
    const size_t host = span_find(text, "doi.org/");
    const struct span bare = host == SIZE_MAX ? text : span_from(text, host + strlen("doi.org/"));
    return doi.len == 0 && is_short_doi(bare) ? bare : doi;
}

/* ---- arXiv ----------------------------------------------------------------------------------------------------- */

/* The length of "2309.06180" at the front of `text`; 0 when it is none. */
static size_t new_form(struct span text)
{
    const size_t number = digits_at(text, 5);
    const bool holds = digits_at(text, 0) == 4 && text.len > 5 && text.at[4] == '.' && (number == 4 || number == 5);
    return holds ? 5 + number : 0;
}

/* The length of "cs/0112017" or "math.GT/0309136". */
static size_t old_form(struct span text)
{
    enum { NUMBER_DIGITS = 7 };
    size_t slash = 0;
    while (slash < text.len && (is_ascii_letter(text.at[slash]) || strchr(".-", text.at[slash]) != NULL))
        slash++;
    const bool holds =
        slash >= 2 && slash < text.len && text.at[slash] == '/' && digits_at(text, slash + 1) == NUMBER_DIGITS;
    return holds ? slash + 1 + NUMBER_DIGITS : 0;
}

static struct span arxiv_at(struct span text)
{
    const size_t len = new_form(text) > 0 ? new_form(text) : old_form(text);
    return len > 0 ? span_until(text, len) : nothing;
}

struct span arxiv_in(struct span text)
{
    static const char *const marks[] = {"arxiv:", "abs/", "xiv.org/pdf/", "xiv.org/html/", "10.48550/arxiv."};
    struct span found = arxiv_at(text);
    for (size_t from = 0; from < text.len && found.len == 0; from++) {
        const struct span here = span_from(text, from);
        for (size_t i = 0; i < sizeof marks / sizeof marks[0] && found.len == 0; i++)
            if (span_starts_nocase(here, marks[i]))
                found = arxiv_at(span_trim(span_from(here, strlen(marks[i]))));
    }
    return found;
}

/* ---- PubMed ---------------------------------------------------------------------------------------------------- */

/* The number at the front of `text`: no more digits than PubMed has, and no other word goes on there. */
static struct span pmid_at(struct span text)
{
    enum { MOST_DIGITS = 8 };
    const size_t digits = digits_at(text, 0);
    const bool goes_on = digits < text.len && is_ascii_letter(text.at[digits]);
    return digits > 0 && digits <= MOST_DIGITS && text.at[0] != '0' && !goes_on ? span_until(text, digits) : nothing;
}

struct span pmid_in(struct span text)
{
    static const char *const marks[] = {"pmid", "pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/"};
    struct span found = nothing;
    for (size_t from = 0; from < text.len && found.len == 0; from++) {
        struct span here = span_from(text, from);
        for (size_t i = 0; i < sizeof marks / sizeof marks[0] && found.len == 0; i++) {
            const bool is_within = i == 0 && from > 0 && is_ascii_letter(text.at[from - 1]);
            if (is_within || !span_starts_nocase(here, marks[i]))
                continue;
            struct span number = span_trim(span_from(here, strlen(marks[i])));
            if (i == 0 && span_starts(number, ":"))
                number = span_trim(span_from(number, 1));
            found = pmid_at(number);
        }
    }
    return found;
}

struct span pmid_of_field(struct span text)
{
    text = span_trim(text);
    const struct span number = pmid_at(text);
    return number.len > 0 && number.len == text.len ? number : pmid_in(text);
}

/* ---- addresses -------------------------------------------------------------------------------------------------- */

/* "https://arxiv.org/html/2301.00001v1/fig1.png": a figure lies where its paper does. */
static bool is_picture_address(struct span url)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"};
    return span_ends_with_one(url, endings, sizeof endings / sizeof endings[0]) > 0;
}

/* ".pdf" at the end, or before what a browser or a sloppy writer set behind. */
static bool is_document_address(struct span url)
{
    const size_t at = span_find(url, ".pdf");
    return at != SIZE_MAX && (at + 4 == url.len || strchr("?#)&", url.at[at + 4]) != NULL);
}

/* Whether a web address holds one of `count` names of hosts, or of what lies there. */
static bool leads_to(struct span url, const char *const *hosts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_find(url, hosts[i]) != SIZE_MAX)
            return true;
    return false;
}

/* "https://www.usenix.org/conference/osdi31/technical-sessions": all papers of a conference. */
static bool is_programme_address(struct span url)
{
    static const char *const endings[] = {"/technical-sessions", "/accepted-papers", "/accepted-papers.html"};
    return span_ends_with_one(url, endings, sizeof endings / sizeof endings[0]) > 0 ||
           span_find(url, "usenix.org/conferences/") != SIZE_MAX;
}

/* "https://link.springer.com/journal/31415": all papers of a journal. */
static bool is_serial_address(struct span url)
{
    static const char folder[] = "springer.com/journal/";
    const size_t at = span_find(url, folder);
    const struct span number = span_without_end(span_from(url, at == SIZE_MAX ? url.len : at + strlen(folder)), "/");
    return number.len > 0 && memchr(number.at, '/', number.len) == NULL;
}

bool is_paper_address(struct span url)
{
    static const char *const hosts[] = {"://openreview.net/",
                                        "usenix.org/",
                                        "://aclanthology.org/",
                                        "aclweb.org/anthology",
                                        "://papers.nips.cc/",
                                        "://papers.neurips.cc/",
                                        "proceedings.neurips.cc/",
                                        "://proceedings.mlr.press/",
                                        "openaccess.thecvf.com/",
                                        "isca-speech.org/archive",
                                        "ojs.aaai.org/",
                                        "aaai.org/ocs/",
                                        "ijcai.org/proceedings/",
                                        "://dl.acm.org/",
                                        "://ieeexplore.ieee.org/",
                                        "://asmedigitalcollection.asme.org/",
                                        "://link.springer.com/",
                                        "sciencedirect.com/science/",
                                        "citeseerx.ist.psu.edu/",
                                        /* Digital Commons */ "viewcontent.cgi?article=",
                                        "nature.com/articles/",
                                        "sciencemag.org/content/",
                                        "pnas.org/content/",
                                        "jstor.org/stable/",
                                        "academic.oup.com/",
                                        "adsabs.harvard.edu/abs/",
                                        "inspirehep.net/",
                                        "semanticscholar.org/",
                                        "paperswithcode.com/paper/",
                                        "huggingface.co/papers/",
                                        "://eprint.iacr.org/",
                                        "jmlr.org/papers/",
                                        "://hal.inria.fr/",
                                        "://hal.science/",
                                        "hal.archives-ouvertes.fr/",
                                        "://papers.ssrn.com/",
                                        "repec.org/p/",
                                        "repec.org/a/",
                                        "nber.org/papers/",
                                        "philpapers.org/rec/",
                                        "biorxiv.org/content/",
                                        "ncbi.nlm.nih.gov/pmc/articles/",
                                        "pubmed.ncbi.nlm.nih.gov/",
                                        "ncbi.nlm.nih.gov/pubmed/"};
    if (!link_leads_out(url) || is_picture_address(url) || is_programme_address(url) || is_serial_address(url))
        return false;
    return leads_to(url, hosts, sizeof hosts / sizeof hosts[0]) || arxiv_in(url).len > 0 || doi_in(url).len > 0 ||
           is_document_address(url);
}

bool is_talk_address(struct span url)
{
    static const char *const hosts[] = {"medium.com/",
                                        "towardsdatascience.com/",
                                        "hackernoon.com/",
                                        "stackoverflow.com/",
                                        "stackexchange.com/",
                                        "mathoverflow.net/",
                                        "reddit.com/",
                                        "://twitter.com/",
                                        "://x.com/",
                                        "youtube.com/",
                                        "://youtu.be/",
                                        "wikipedia.org/",
                                        "news.ycombinator.com/",
                                        "quora.com/",
                                        "linkedin.com/",
                                        "bilibili.com/"};
    return leads_to(url, hosts, sizeof hosts / sizeof hosts[0]);
}

/* ---- years ------------------------------------------------------------------------------------------------------ */

static int two_digits(struct span text, size_t at)
{
    return (text.at[at] - '0') * 10 + (text.at[at + 1] - '0');
}

/* arXiv began in August 1991 and changed its identifiers in April 2007. */
int arxiv_year(struct span identifier)
{
    enum { FIRST_OLD = 91, LAST_OLD = 7, FIRST_NEW = 7 };
    const char *slash = memchr(identifier.at, '/', identifier.len);
    const struct span number = slash == NULL ? identifier : span_from(identifier, (size_t)(slash + 1 - identifier.at));
    if (digits_at(number, 0) < 4)
        return 0;
    const int year = two_digits(number, 0), month = two_digits(number, 2);
    if (month < 1 || month > 12)
        return 0;
    if (slash != NULL)
        return year >= FIRST_OLD ? 1900 + year : year <= LAST_OLD ? 2000 + year : 0;
    return year >= FIRST_NEW && year < FIRST_OLD ? 2000 + year : 0;
}

/* ---- of a paper ------------------------------------------------------------------------------------------------ */

struct identifiers paper_identifiers(const struct paper *paper)
{
    struct identifiers out = {doi_of_field(paper->doi), arxiv_in(paper->arxiv), pmid_of_field(paper->pmid)};
    if (out.doi.len == 0)
        out.doi = doi_of_field(paper->url);
    if (out.arxiv.len == 0)
        out.arxiv = arxiv_in(paper->url);
    if (out.arxiv.len == 0)
        out.arxiv = arxiv_in(out.doi);
    if (out.pmid.len == 0)
        out.pmid = pmid_in(paper->url);
    return out;
}

void paper_derive_year(struct paper *paper)
{
    if (paper->year != 0)
        return;
    paper->year = arxiv_year(paper_identifiers(paper).arxiv);
    paper->is_year_derived = paper->year != 0;
}
