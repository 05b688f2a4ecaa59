/* Two records, each a title and an author a line, who serve as abstract too, an empty line between them: the answer
 * does not depend on which comes first, and a record is the same as its copy in another file. */
#include "indexer/same_paper.h"

#include "reader_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_record(struct analyzer *analyzer, struct arena *arena, struct span text, int64_t source,
                        struct paper_facts *out)
{
    struct span title = {"", 0};
    (void)span_cut(&text, '\n', &title);
    *out = (struct paper_facts){.doi = {"", 0}, .arxiv = {"", 0}, .year = 2020, .source = source};
    if (text.at == NULL)
        text = title;
    check(same_paper_facts(analyzer, arena, title, text, (struct span){"", 0}, out));
    out->abstract = text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct analyzer *analyzer = NULL;
    struct paper_facts a, b, copy;
    pinakes_error error;
    const char *text = (const char *)data, *middle = size == 0 ? NULL : memmem(text, size, "\n\n", 2);
    const size_t first = middle == NULL ? size : (size_t)(middle - text), second = middle == NULL ? size : first + 2;
    check(analyzer_create(&analyzer, &error) == PINAKES_OK);
    read_record(analyzer, &arena, (struct span){text, first}, 1, &a);
    read_record(analyzer, &arena, (struct span){text, first}, 2, &copy);
    read_record(analyzer, &arena, (struct span){text + second, size - second}, 2, &b);
    check(same_paper(analyzer, &a, &b) == same_paper(analyzer, &b, &a));
    check(same_paper_asks_abstracts(&a, &b) == same_paper_asks_abstracts(&b, &a));
    check(a.title == 0 || a.author.len == 0 || same_paper(analyzer, &a, &copy) == SAME_TITLE);
    analyzer_free(analyzer);
    arena_free(&arena);
    return 0;
}
