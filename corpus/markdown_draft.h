/* A paper as a page begins it: its title, what stands behind that in its block, and the blocks of its notes. */
#ifndef CORPUS_MARKDOWN_DRAFT_H
#define CORPUS_MARKDOWN_DRAFT_H

#include "corpus/markdown_page.h"

#include <stddef.h>
#include <stdint.h>

struct page_draft {
    struct clean_title title;
    struct span title_text, title_words; /* verbatim; empty when the title is the file's name or stands in `meta` */
    struct span rest_text, rest_words;   /* what stands behind the title in its block */
    struct span url;
    uint32_t line;
    const char *rule;
    size_t first, end; /* the blocks of its notes */
};

/* Sets what stands behind the title, from byte `at` of the block on, without links that only lead to the paper. */
void page_draft_set_rest(struct page_draft *draft, const struct block *block, size_t at);

/* Takes what stands behind the title into the record: its venue, lines of names and the like, and what is left as a
 * note. */
void page_draft_add_rest(struct page *page, struct meta *meta, const struct page_draft *draft);

#endif
