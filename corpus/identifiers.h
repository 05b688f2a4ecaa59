/* What registries call a paper: its DOI, and its identifiers in arXiv and PubMed, wherever sources write them. */
#ifndef CORPUS_IDENTIFIERS_H
#define CORPUS_IDENTIFIERS_H

#include "corpus/paper.h"

/* Parts of the text they were found in; empty when there is none. */
struct identifiers {
    struct span doi;   /* "10.1145/3600006.3613165": prefix and suffix, as ISO 26324 divides them */
    struct span arxiv; /* "2309.06180" or "cs/0112017", without version (arXiv, "Understanding the arXiv identifier") */
    struct span pmid;  /* "30000001", PubMed's: up to eight digits */
};

/* The first DOI in `text`, which may be an address that leads to it. */
struct span doi_in(struct span text);

/* The same of a field that holds nothing else; it may be a short one, "10/cn2h9c", or the address of one. */
struct span doi_of_field(struct span text);

/* The first arXiv identifier in `text`: the whole of it, or behind "arXiv:", "abs/" (as DBLP has it) or
 * "arxiv.org/pdf/", or in the DOI that arXiv gives. */
struct span arxiv_in(struct span text);

/* The first identifier of PubMed's in `text`: behind "PMID", or in the address of its page. */
struct span pmid_in(struct span text);

/* The same of a field that holds one: its digits alone may stand there. */
struct span pmid_of_field(struct span text);

/* Whether a web address leads to a paper, by where it leads and what it is called: a registry, a publisher, a PDF. */
bool is_paper_address(struct span url);

/* Whether a web address leads to where people talk rather than publish: blogs, forums, videos. */
bool is_talk_address(struct span url);

/* The year in which arXiv gave an identifier, as arxiv_in() finds it: its first digits are a year and a month (arXiv,
 * "Understanding the arXiv identifier"). 0 when they are none. */
int arxiv_year(struct span identifier);

/* Gives a paper without a year that of its arXiv identifier, if it has one. */
void paper_derive_year(struct paper *paper);

/* Those of a paper: as its source says, else by its address. Parts of the paper's fields. */
struct identifiers paper_identifiers(const struct paper *paper);

#endif
