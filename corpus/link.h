/* Web addresses, DOIs and arXiv identifiers in a line of notes. */
#ifndef CORPUS_LINK_H
#define CORPUS_LINK_H

#include "base/span.h"

#include <stdbool.h>

/* Finds the first web address in `text` from `*from` on: sets it and moves `*from` behind it. */
bool link_next(struct span text, size_t *from, struct span *link);

/* Whether an address leads out of its folder: "https://...", and not "notes/pages.md". */
bool link_leads_out(struct span url);

enum link_kind { LINK_NONE, LINK_WEB, LINK_DOI, LINK_ARXIV };

/* Whether `text`, whole, is one link, perhaps in brackets: what it is, and the address or the bare identifier. */
enum link_kind link_read(struct span text, struct span *link);

#endif
