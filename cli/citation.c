#include "cli/citation.h"

#include "cli/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- forms ----------------------------------------------------------------------------------------------- */

static bool holds_word(const char *text, const char *word)
{
    for (const char *at = strcasestr(text, word); at; at = strcasestr(at + 1, word)) {
        if (at == text || !isalpha((unsigned char)at[-1])) {
            return true;
        }
    }
    return false;
}

enum form {
    FORM_ARTICLE,
    FORM_PROCEEDINGS,
    FORM_BOOK,
    FORM_CHAPTER,
    FORM_THESIS,
    FORM_REPORT,
    FORM_PREPRINT, /* on arXiv alone */
    FORM_OTHER,
};

static const struct citation_form forms[] = {
    [FORM_ARTICLE] = {"article", "journal", "JOUR", "JO", "article-journal", "container-title"},
    [FORM_PROCEEDINGS] = {"inproceedings", "booktitle", "CPAPER", "T2", "paper-conference", "container-title"},
    [FORM_BOOK] = {"book", "booktitle", "BOOK", "T2", "book", "container-title"},
    [FORM_CHAPTER] = {"incollection", "booktitle", "CHAP", "T2", "chapter", "container-title"},
    [FORM_THESIS] = {"phdthesis", "school", "THES", "PB", "thesis", "publisher"},
    [FORM_REPORT] = {"techreport", "institution", "RPRT", "PB", "report", "publisher"},
    [FORM_PREPRINT] = {"misc", NULL, "GEN", "T2", "article", "container-title"},
    [FORM_OTHER] = {"misc", "howpublished", "GEN", "T2", "article", "container-title"},
};

/* By the name of where it came out, where the source does not tell. */
static enum form guessed_form(const char *venue)
{
    static const char *const journals[] = {"journal",   "transactions", "letters", "magazine", "communications of",
                                           "quarterly", "annals",       "review",  "bulletin", "surveys",
                                           "TOCS",      "TODS",         "TPDS",    "CACM",     "JACM",
                                           "PVLDB",     "TMLR",         "JMLR",    "PACMPL"};
    for (size_t i = 0; i < sizeof journals / sizeof journals[0]; i++) {
        if (holds_word(venue, journals[i])) {
            return FORM_ARTICLE;
        }
    }
    return *venue ? FORM_PROCEEDINGS : FORM_OTHER;
}

static enum form form_of(const struct entry *entry)
{
    static const char *const told[] = {"article", "proceedings", "book", "chapter", "thesis", "report"};
    const char *venue = entry->venue ? entry->venue : "", *kind = entry->kind ? entry->kind : "";
    const bool is_on_arxiv = entry->arxiv && *entry->arxiv;
    if (strcasecmp(venue, "arXiv") == 0 || strcasecmp(venue, "CoRR") == 0 || (is_on_arxiv && !*venue)) {
        return is_on_arxiv ? FORM_PREPRINT : FORM_OTHER;
    }
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        if (strcmp(kind, told[i]) == 0) {
            return (enum form)i; /* they begin in this order */
        }
    }
    return guessed_form(venue);
}

/* ---- texts ----------------------------------------------------------------------------------------------- */

/* A copy in which lines that a file broke run on. */
static char *unbroken(const char *text, size_t bytes)
{
    char *copy = memory_copy(text, bytes), *to = copy;
    for (const char *at = copy; *at;) {
        const size_t blanks = strspn(at, " \t\r\n");
        const bool is_break = memchr(at, '\n', blanks) != NULL;
        if (is_break) {
            *to++ = ' ';
            at += blanks;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
    return copy;
}

/* The passages of these fields, one behind the other. */
static char *join_passages(const struct entry *entry, const char *const *fields, size_t field_count,
                           const char *separator)
{
    char **texts = memory_array(entry->passage_count, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < entry->passage_count; i++) {
        const pinakes_passage *passage = &entry->passages[i];
        for (size_t j = 0; j < field_count; j++) {
            if (strcmp(passage->field, fields[j]) == 0) {
                texts[count++] = unbroken(passage->text, passage->bytes);
            }
        }
    }
    char *joined = memory_join((const char *const *)texts, count, separator);
    for (size_t i = 0; i < count; i++) {
        free(texts[i]);
    }
    free(texts);
    return joined;
}

static bool ends_with(const char *text, const char *end)
{
    const size_t bytes = strlen(text), end_bytes = strlen(end);
    return end_bytes > 0 && bytes >= end_bytes && strcmp(text + bytes - end_bytes, end) == 0;
}

static const char *own_url(const struct entry *entry)
{
    const char *url = entry->url ? entry->url : "";
    const bool is_doi = strstr(url, "doi.org/") && entry->doi && ends_with(url, entry->doi);
    const bool is_arxiv = strstr(url, "arxiv.org/abs/") && entry->arxiv && ends_with(url, entry->arxiv);
    const char *pubmed = strstr(url, "pubmed.ncbi.nlm.nih.gov/");
    const bool is_pubmed = pubmed && entry->pmid && *entry->pmid && strstr(pubmed, entry->pmid);
    return *url && !is_doi && !is_arxiv && !is_pubmed ? url : NULL;
}

/* "Proceedings of the 29th Symposium on ..." rather than "SOSP", on one line. */
static char *full_venue(const struct entry *entry)
{
    static const char *const words[] = {"proceedings", "conference",   "symposium",
                                        "workshop",    "transactions", "journal"};
    for (size_t i = 0; i < entry->passage_count; i++) {
        const pinakes_passage *passage = &entry->passages[i];
        char *text = unbroken(passage->text, passage->bytes);
        for (size_t j = 0; j < sizeof words / sizeof words[0] && strcmp(passage->field, "venue") == 0; j++) {
            if (holds_word(text, words[j])) {
                return text;
            }
        }
        free(text);
    }
    return memory_copy(entry->venue ? entry->venue : "", entry->venue ? strlen(entry->venue) : 0);
}

struct citation citation_of(const struct entry *entry)
{
    static const char *const abstract[] = {"abstract"};
    static const char *const notes[] = {"note", "qa"};
    return (struct citation){
        .entry = entry,
        .form = &forms[form_of(entry)],
        .venue = full_venue(entry),
        .url = own_url(entry),
        .abstract = join_passages(entry, abstract, 1, "\n\n"),
        .note = join_passages(entry, notes, 2, "\n\n"),
    };
}

void citation_free(struct citation *citation)
{
    free(citation->venue);
    free(citation->abstract);
    free(citation->note);
}

/* ---- people ---------------------------------------------------------------------------------------------- */

static const char *last_space(const char *from, const char *end)
{
    while (end > from && end[-1] != ' ') {
        end--;
    }
    return end > from ? end - 1 : NULL;
}

/* "Jr." and "III" belong to the family name before them. */
static bool is_suffix(const char *word)
{
    static const char *const suffixes[] = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (strcmp(word, suffixes[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool citation_needs_end(const struct entry *entry)
{
    const char *name = entry->author_count == 1 ? entry->authors[0] : "";
    return strstr(name, " and ") || strpbrk(name, ",&([|") || strstr(name, "\u00b7");
}

char *citation_whole_name(const char *name)
{
    const char *comma = strstr(name, ", ");
    return comma ? memory_format("%.*s,%s", (int)(comma - name), name, comma) : NULL;
}

static bool is_organisation(const char *name)
{
    return strcasestr(name, " and ") || strchr(name, ',');
}

/* Where the family name begins; the name itself when it has no other part. */
static const char *guess_family(const char *name)
{
    if (is_organisation(name)) {
        return name;
    }
    const char *end = name + strlen(name);
    const char *family = last_space(name, end);
    if (family && is_suffix(family + 1)) {
        const char *before = last_space(name, family);
        family = before ? before : NULL;
    }
    for (const char *at = strchr(name, ' '); family && at && at < family; at = strchr(at + 1, ' ')) {
        if (islower((unsigned char)at[1])) { /* particles are written small: "van", "de la" */
            return at + 1;
        }
    }
    return family ? family + 1 : name;
}

struct person person_of(const struct entry *entry, size_t author)
{
    const char *name = entry->authors[author];
    const char *told = entry->families ? entry->families[author] : NULL;
    const char *family = told ? told : guess_family(name), *end = family + strlen(family);
    const char *last = last_space(family, end);
    const bool has_suffix = family > name && last && is_suffix(last + 1);
    const char *suffix = has_suffix ? last + 1 : end;
    return (struct person){
        .given = memory_copy(name, family > name ? (size_t)(family - name) - 1 : 0),
        .family = memory_copy(family, (size_t)((has_suffix ? last : end) - family)),
        .suffix = memory_copy(suffix, strlen(suffix)),
    };
}

void person_free(struct person *person)
{
    free(person->given);
    free(person->family);
    free(person->suffix);
}
