#include "corpus/paper.h"

const char *field_name(enum field field)
{
    static const char *const names[FIELD_COUNT] = {"title", "author", "venue", "tag", "abstract", "note", "qa"};
    return names[field];
}
