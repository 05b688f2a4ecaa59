#include "corpus/kind.h"

static const char *const names[] = {"", "article", "proceedings", "book", "chapter", "thesis", "report"};

const char *kind_name(enum kind kind)
{
    return names[kind];
}

enum kind kind_named(struct span name)
{
    for (enum kind kind = KIND_ARTICLE; kind <= KIND_REPORT; kind++)
        if (span_is(name, names[kind]))
            return kind;
    return KIND_UNKNOWN;
}

enum kind kind_of_type(struct span type)
{
    static const struct {
        const char *type;
        enum kind kind;
    } types[] = {
        {"inproceedings", KIND_PROCEEDINGS},
        {"conference", KIND_PROCEEDINGS},
        {"proceedings", KIND_PROCEEDINGS},
        {"book", KIND_BOOK},
        {"mvbook", KIND_BOOK},
        {"collection", KIND_BOOK},
        {"incollection", KIND_CHAPTER},
        {"inbook", KIND_CHAPTER},
        {"phdthesis", KIND_THESIS},
        {"mastersthesis", KIND_THESIS},
        {"thesis", KIND_THESIS},
        {"techreport", KIND_REPORT},
        {"report", KIND_REPORT},
        /* RIS */
        {"JOUR", KIND_ARTICLE},
        {"EJOUR", KIND_ARTICLE},
        {"MGZN", KIND_ARTICLE},
        {"CONF", KIND_PROCEEDINGS},
        {"CPAPER", KIND_PROCEEDINGS},
        {"EBOOK", KIND_BOOK},
        {"EDBOOK", KIND_BOOK},
        {"CHAP", KIND_CHAPTER},
        {"ECHAP", KIND_CHAPTER},
        {"THES", KIND_THESIS},
        {"RPRT", KIND_REPORT},
        /* MEDLINE, Refer, Web of Science */
        {"Journal Article", KIND_ARTICLE},
        {"Magazine Article", KIND_ARTICLE},
        {"Electronic Article", KIND_ARTICLE},
        {"Conference Proceedings", KIND_PROCEEDINGS},
        {"Conference Paper", KIND_PROCEEDINGS},
        {"Proceedings Paper", KIND_PROCEEDINGS},
        {"Edited Book", KIND_BOOK},
        {"Electronic Book", KIND_BOOK},
        {"Book Section", KIND_CHAPTER},
        {"Book Chapter", KIND_CHAPTER},
        {"Academic Dissertation", KIND_THESIS},
        {"Technical Report", KIND_REPORT},
        /* CSL */
        {"article-journal", KIND_ARTICLE},
        {"article-magazine", KIND_ARTICLE},
        {"paper-conference", KIND_PROCEEDINGS},
        {"chapter", KIND_CHAPTER},
        /* Zotero */
        {"journalArticle", KIND_ARTICLE},
        {"magazineArticle", KIND_ARTICLE},
        {"conferencePaper", KIND_PROCEEDINGS},
        {"bookSection", KIND_CHAPTER},
        /* Crossref */
        {"journal-article", KIND_ARTICLE},
        {"proceedings-article", KIND_PROCEEDINGS},
        {"book-chapter", KIND_CHAPTER},
        {"dissertation", KIND_THESIS},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (span_is_nocase(type, types[i].type))
            return types[i].kind;
    return KIND_UNKNOWN;
}
