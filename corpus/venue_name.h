/* The names of conferences and journals as bibliographies spell them out. */
#ifndef CORPUS_VENUE_NAME_H
#define CORPUS_VENUE_NAME_H

#include "corpus/stamp.h"

#include <stdbool.h>

/* The short name of a series that is known by one: "ICML" for "Proceedings of the 36th International Conference on
 * Machine Learning". Empty when it has none here. */
struct span venue_short_name(struct span text);

/* `text` without what differs from year to year: "Asian Conference on Machine Learning" for "Proceedings of The 8th
 * Asian Conference on Machine Learning (2016)". `text` itself when it is no volume of a series. */
struct span venue_series(struct span text);

/* Whether `text` is worded as the name of a journal or the like: "Journal of Pages", "IEEE Transactions on Caches",
 * "Caching Letters". */
bool is_serial_name(struct span text);

/* Whether a line is nothing but a meeting or a journal by its long name, with the year: "2031 IEEE International
 * Symposium on Pages (ISP)", "Journal of Quiet Pages, Volume 3, February 2031". */
bool is_venue_in_full(struct span line);

/* Where and when, of a line that tells nothing but a volume as publishers do: "SOSP '31, May 20-24, 2031, Example
 * City", "Proceedings of the ninth ACM symposium on operating systems principles, October 2031", "ACM Transactions on
 * Pages, Vol. 3, No. 1, August 2031". The text of the stamp is the name in front. False when the line tells something
 * else. */
bool volume_read(struct span line, struct stamp *stamp);

#endif
