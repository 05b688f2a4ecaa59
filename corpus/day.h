/* The day in front of an entry of a log: when somebody read a paper, and not when it appeared. */
#ifndef CORPUS_DAY_H
#define CORPUS_DAY_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* The bytes of the day that `text` begins with, and of the marks that part it from the rest: "2031-02-10 ",
 * "20310210: ", "10/02/31 | ", "[2031.02.10] ". 0 when it begins with none. */
size_t day_in_front_bytes(struct span text);

/* Whether `text` is such a day and nothing else: when people met over a paper, or somebody read it. */
bool is_day_alone(struct span text);

/* `text` without such a day, the number of a meeting and who spoke in front: "2031-02-10 Title", "PRG#4: Title", "Ada
 * presented: Title". */
struct span without_meeting_in_front(struct span text);

#endif
