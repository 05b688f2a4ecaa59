/* Names of pages that hold no paper of their own, and of forms that nobody filled in. */
#ifndef CORPUS_PAGE_NAME_H
#define CORPUS_PAGE_NAME_H

#include "base/span.h"

#include <stdbool.h>

enum { LONGEST_PAGE_NAME_BYTES = 80 };

/* Whether the words name a page rather than a paper: README, index, template, "Meeting notes", a date. */
bool is_page_name(struct span words);

/* Whether such a page would hold anything but one paper: "index", "Meeting notes", but not "paper 3" or "notes". */
bool is_shelf_name(struct span name);

/* "{{title}}", "Paper Title", "Untitled": a form nobody filled in. */
bool is_placeholder(struct span title);

/* Whether one of the words names pages, and nothing in the field: "lecture", "chapters", but not "index". */
bool has_page_word(struct span words);

/* "Ch. 3: Finding Similar Pages", "Page Book, Chapter 10": whether a part of a book is named by its number. */
bool names_chapter(struct span words);

/* Whether a page's name says that it holds notes on papers. */
bool is_about_reading(struct span name);

#endif
