/* Which documents of a segment lie side by side: such as are about the same things, and of these such as are of one
 * year. Groups and blocks then differ more from each other, and more of them can be passed over whole; the documents of
 * some years lie in few groups. */
#ifndef INDEXER_DOCUMENT_ORDER_H
#define INDEXER_DOCUMENT_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The words that tell what documents are about, by document. */
struct document_words {
    const uint64_t *ends;  /* for each document: where its words end in `words`; they begin where those before end */
    const uint16_t *words; /* ordinals, each once in a document, in any order */
    size_t word_count;     /* greater than all of them */
};

/* Halves the documents again and again, so that the words of each half stand in as few documents of the other as can
 * be, until CLUSTER are left together; these go by year, then as they came. The same words give the same order.
 * (Recursive graph bisection: Dhulipala, Kabiljo, Karrer, Ottaviano, Pupyrev and Shalita, "Compressing Graphs and
 * Indexes with Recursive Graph Bisection", KDD 2016; documents change sides all at once, by selection instead of
 * sorting: Mackenzie, Petri and Moffat, "Faster Index Reordering with Bipartite Graph Partitioning", SIGIR 2021.)
 *
 * Writes into order[i] the document that becomes the i-th. False when memory is short, or when `goes_on`, asked several
 * times a second, says no; it may be NULL. */
bool document_order(const struct document_words *words, const int16_t *years, uint32_t documents,
                    bool (*goes_on)(void *context), void *context, uint32_t *order);

/* A word in so many of all documents is one of those that tell. Those of few documents cannot tell halves apart, and
 * those of many hardly do, and are most of the work. */
bool document_order_is_told_by(uint32_t documents_of_word, uint32_t documents);

/* Whether there are enough documents to be halved at all. */
bool document_order_pays(uint32_t documents);

#endif
