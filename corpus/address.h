/* What the address of a paper says of where and when it appeared. */
#ifndef CORPUS_ADDRESS_H
#define CORPUS_ADDRESS_H

#include "corpus/stamp.h"

/* Venue and year in a web address: "usenix.org/system/files/osdi20-doe.pdf", ".../content_CVPR_2020/...", an identifier
 * of the ACL Anthology, "P16-1200". Only venues that are listed are found, and only beside a year. False when there is
 * none. */
bool stamp_of_address(struct span url, struct stamp *stamp);

#endif
