#include "cli/closest.h"

#include "base/distance.h"
#include "base/sizes.h"
#include "base/utf8.h"

#include <limits.h>

/* As much of `text` as can be compared. */
static struct span beginning(const char *text)
{
    const struct span all = span_of(text);
    size_t end = 0;
    for (size_t i = 0, bytes; i < DISTANCE_WORD_MAX && end < all.len; i++, end += bytes) {
        (void)code_point_at((struct span){all.at + end, all.len - end}, &bytes);
    }
    return (struct span){text, end};
}

/* The distance of two names; 1 when one begins the other, so that "topic" is near "topics" and "stat" near "stats". */
static unsigned name_distance(const char *word, const char *name)
{
    const size_t common = size_smaller(strlen(word), strlen(name));
    if (strcmp(word, name) == 0) {
        return 0;
    }
    if (common >= 3 && strncmp(word, name, common) == 0) {
        return 1;
    }
    return distance_between(beginning(word), beginning(name));
}

const char *closest_name(const char *word, const char *const *names, size_t count)
{
    const char *closest = NULL;
    unsigned best = UINT_MAX;
    for (size_t i = 0; i < count; i++) {
        const unsigned distance = name_distance(word, names[i]);
        const size_t allowed = strlen(names[i]) / 3 + 1;
        if (distance <= allowed && distance < strlen(word) && distance < best) {
            best = distance;
            closest = names[i];
        }
    }
    return closest;
}
