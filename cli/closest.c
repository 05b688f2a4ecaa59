#include "cli/closest.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The number of letters to insert, delete, change or swap with a neighbour to turn `a` into `b`: the optimal string
 * alignment distance of Damerau and Levenshtein. Texts over 63 bytes are compared by their first 63. */
static size_t edit_distance(const char *a, const char *b)
{
    const size_t a_length = strnlen(a, LONGEST);
    const size_t b_length = strnlen(b, LONGEST);
    size_t cost[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= a_length; i++) {
        cost[i][0] = i;
    }
    for (size_t j = 0; j <= b_length; j++) {
        cost[0][j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        for (size_t j = 1; j <= b_length; j++) {
            const size_t changed = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            cost[i][j] = smaller(changed, smaller(cost[i - 1][j], cost[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = smaller(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a_length][b_length];
}

/* The distance of two names; 1 when one begins the other, so that "topic" is near "topics" and "stat" near "stats". */
static size_t name_distance(const char *word, const char *name)
{
    const size_t common = smaller(strlen(word), strlen(name));
    if (common >= 3 && strncmp(word, name, common) == 0) {
        return 1;
    }
    return edit_distance(word, name);
}

const char *closest_name(const char *word, const char *const *names, size_t count)
{
    const char *closest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        const size_t distance = name_distance(word, names[i]);
        const size_t allowed = strlen(names[i]) / 3 + 1;
        if (distance <= allowed && distance < strlen(word) && distance < best) {
            best = distance;
            closest = names[i];
        }
    }
    return closest;
}
