/* A page of Markdown or Org about one paper. */
#ifndef CORPUS_MARKDOWN_ONE_H
#define CORPUS_MARKDOWN_ONE_H

#include "corpus/markdown_page.h"

/* Gives the paper, titled by the front matter, a heading, the first line or the file's name. Fails when memory is
 * short, or as the page's sink does. */
pinakes_status page_give_one(struct page *page, pinakes_error *error);

#endif
