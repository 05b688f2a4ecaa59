#include "cli/bibliography.h"

bool bibliography_paper(struct printer *printer, pinakes_library *library, const char *key)
{
    pinakes_paper *paper;
    pinakes_error error;
    if (pinakes_show(library, key, &paper, &error) != PINAKES_OK) {
        complain("%s", error.message);
        return false;
    }
    const struct entry entry = entry_of_paper(paper);
    printer_paper(printer, &entry);
    pinakes_paper_free(paper);
    return true;
}

bool bibliography_hits(const struct program *program, struct printer *printer, pinakes_library *library,
                       const struct paper_list *list, const pinakes_results *results, size_t offset, bool hide_evidence)
{
    bool holds = true;
    printer_papers_open(printer, list);
    for (size_t i = 0; i < results->hit_count && holds; i++) {
        if (format_is_bibliography(program->format)) {
            holds = bibliography_paper(printer, library, results->hits[i].key);
            continue;
        }
        struct entry entry = entry_of_hit(&results->hits[i], offset + i + 1);
        entry.evidence_count = hide_evidence ? 0 : entry.evidence_count;
        printer_paper(printer, &entry);
    }
    printer_papers_close(printer);
    return holds;
}
