/* Words of letters and a number: "CXL2.0", "DDR5", "10us". */
#ifndef INDEXER_NUMBERED_H
#define INDEXER_NUMBERED_H

#include "base/span.h"

#include <stddef.h>

enum { FAMILIES_MAX = 2 };

/* The families `raw`, a word as written, is one of: pieces of its beginning, the longest first. Returns their number.
 * The number without its fraction: "CXL2" of "CXL2.0", "p99" of "p99.9", "2" of "2.0", but not of "2.5".
 * The name without its number: "CXL" of "CXL2.0", "Llama" of "Llama3", "IP" of "IPv6". It has three letters, so that S3
 * and H100 are none; before more letters ("GSM8K") two of them are capitals, so that Seq2Seq and Log4j are none. */
size_t word_families(struct span raw, struct span families[FAMILIES_MAX]);

/* The bytes in front of the place where a name of two letters or more and the one number behind or before it meet:
 * 3 in "CXL2.0", 4 in "YOLOv5", 2 in "10us". 0 in a word that is anything else. */
size_t word_number_joint(struct span raw);

#endif
