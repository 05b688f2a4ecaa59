/* Why a search found nothing: which word emptied it, what each word has, what would help. */
#ifndef CLI_DIAGNOSIS_H
#define CLI_DIAGNOSIS_H

#include "cli/printer.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The report on every word, at most `limit` of them, as the table "words". */
void diagnosis_words(struct printer *printer, const pinakes_results *results, size_t limit);

/* Tells a person on standard error. `unfiltered` is what the same query finds without the options that filter;
 * `filters` names those, NULL when there are none. */
void diagnosis_tell(const pinakes_results *results, const char *filters, uint64_t unfiltered);

#endif
