#include "corpus/paper.h"

const char *field_name(enum field field)
{
    static const char *const names[FIELD_COUNT] = {"title", "author", "venue", "tag", "abstract", "note", "qa"};
    return names[field];
}

enum field field_named(struct span name)
{
    enum field field = 0;
    while (field < FIELD_COUNT && !span_is(name, field_name(field)))
        field++;
    return field;
}
