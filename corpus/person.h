/* Names of authors as papers keep them: as people say them, and where the source tells which part is the family name,
 * and it is not plainly the last word, that part too. */
#ifndef CORPUS_PERSON_H
#define CORPUS_PERSON_H

#include "base/span.h"

#include <stddef.h>

/* Parts a name from the number of the byte at which its family name begins: "Ada Los Example", PERSON_MARK, "4". */
#define PERSON_MARK '\x1f'

/* The name alone, without the mark and what stands behind it. */
struct span person_name(struct span kept);

/* The byte of the name at which the family name begins; SIZE_MAX when it is not told. */
size_t person_family(struct span kept);

#endif
