/* Badges: pictures that a service draws from the words in their address. */
#ifndef CORPUS_BADGE_H
#define CORPUS_BADGE_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

/* Sets `*words` to where and when something appeared, when that is what the badge at `address` shows: "NeurIPS 2031" of
 * "https://img.shields.io/badge/Paper-NeurIPS%202031-blue" or ".../badge/NeurIPS-2031-blue.svg" (shields.io, "Static
 * Badge"). They live in `arena`; empty when it shows anything else. False when memory is short. */
bool badge_read(struct arena *arena, struct span address, struct span *words);

#endif
