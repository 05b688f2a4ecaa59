/* Whole papers for reference managers. */
#ifndef CLI_BIBLIOGRAPHY_H
#define CLI_BIBLIOGRAPHY_H

#include "cli/program.h"

/* Prints the paper of that key with all its text. False after saying why it cannot be read. */
bool bibliography_paper(struct printer *printer, pinakes_library *library, const char *key);

/* Prints what was found: as it is, or each paper whole where the format wants that. */
bool bibliography_hits(const struct program *program, struct printer *printer, pinakes_library *library,
                       const struct paper_list *list, const pinakes_results *results, size_t offset,
                       bool hide_evidence);

#endif
