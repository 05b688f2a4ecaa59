#include "corpus/person.h"

#include "corpus/words.h"

#include <stdint.h>
#include <string.h>

struct span person_name(struct span kept)
{
    const char *mark = kept.len == 0 ? NULL : memchr(kept.at, PERSON_MARK, kept.len);
    return mark == NULL ? kept : span_until(kept, (size_t)(mark - kept.at));
}

size_t person_family(struct span kept)
{
    const size_t name = person_name(kept).len;
    size_t family = 0;
    if (name == kept.len || name + 1 == kept.len)
        return SIZE_MAX;
    for (size_t i = name + 1; i < kept.len; i++) {
        if (!is_ascii_digit(kept.at[i]) || family >= name)
            return SIZE_MAX;
        family = family * 10 + (size_t)(kept.at[i] - '0');
    }
    return family < name ? family : SIZE_MAX;
}
