#include "tests/query/xapian_scores.h"

#include <string>
#include <vector>
#include <xapian.h>

struct xapian_index {
    Xapian::WritableDatabase database{std::string(), Xapian::DB_BACKEND_INMEMORY};
};

struct xapian_index *xapian_create(void)
{
    return new xapian_index;
}

void xapian_free(struct xapian_index *index)
{
    delete index;
}

static std::string name_of(size_t term)
{
    return "term" + std::to_string(term);
}

void xapian_add(struct xapian_index *index, const uint32_t *frequencies, size_t term_count, uint32_t length)
{
    Xapian::Document document;
    uint32_t rest = length;
    for (size_t i = 0; i < term_count; i++) {
        if (frequencies[i] > 0)
            document.add_term(name_of(i), frequencies[i]);
        rest -= frequencies[i];
    }
    if (rest > 0)
        document.add_term("other words", rest);
    index->database.add_document(document);
}

static Xapian::Query build(const struct xapian_query *query)
{
    if (query->operation == XAPIAN_TERM)
        return Xapian::Query(name_of(query->term));
    std::vector<Xapian::Query> children;
    for (size_t i = 0; i < query->child_count; i++)
        children.push_back(build(&query->children[i]));
    const Xapian::Query::op operation = query->operation == XAPIAN_AND  ? Xapian::Query::OP_AND
                                        : query->operation == XAPIAN_OR ? Xapian::Query::OP_OR
                                                                        : Xapian::Query::OP_MAX;
    return Xapian::Query(operation, children.begin(), children.end());
}

void xapian_score(struct xapian_index *index, const struct xapian_query *query, double k1, double b, double shortest,
                  double *scores, size_t document_count)
{
    Xapian::Enquire enquire(index->database);
    enquire.set_query(build(query));
    enquire.set_weighting_scheme(Xapian::BM25Weight(k1, 0, 0, b, shortest));
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(document_count));
    for (size_t i = 0; i < document_count; i++)
        scores[i] = -1;
    for (Xapian::MSetIterator hit = found.begin(); hit != found.end(); ++hit)
        scores[*hit - 1] = hit.get_weight();
}
