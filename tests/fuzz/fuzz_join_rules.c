/* duplicates.txt: any text gives rules of two different keys each, or names a line it has. */
#include "indexer/join_rules.h"

#include "reader_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct join_rules rules;
    pinakes_error error;
    const struct span text = {(const char *)data, size};
    const pinakes_status status = join_rules_parse(&arena, "fuzz", text, &rules, &error);
    check(status == PINAKES_OK || status == PINAKES_BAD_INPUT);
    for (size_t i = 0; status == PINAKES_OK && i < rules.count; i++) {
        check(rules.items[i].a[0] != '\0' && strcmp(rules.items[i].a, rules.items[i].b) != 0);
        check(join_rules_are_same(&rules, rules.items[i].b, rules.items[i].a) || !rules.items[i].is_same);
    }
    arena_free(&arena);
    return 0;
}
