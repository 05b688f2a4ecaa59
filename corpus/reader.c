#include "corpus/reader.h"

#include "base/error.h"
#include "corpus/record.h"

#include <stddef.h>

static const struct reader *const readers[] = {
    &reader_notes, &reader_markdown, &reader_org, &reader_jsonl,   &reader_bibtex, &reader_ris, &reader_csl_json,
    &reader_csv,   &reader_acl,      &reader_pdf, &reader_medline, &reader_refer,  &reader_wos};
enum { READERS = sizeof readers / sizeof readers[0] };

const struct reader *reader_named(const char *name)
{
    for (size_t i = 0; i < READERS; i++)
        if (strcmp(readers[i]->name, name) == 0)
            return readers[i];
    return NULL;
}

static const struct reader *most_claiming(const struct source_text *source, bool streams)
{
    const struct reader *best = NULL;
    int most = 0;
    for (size_t i = 0; i < READERS; i++) {
        if ((readers[i]->read_stream != NULL) != streams)
            continue;
        const int claim = readers[i]->claims(source);
        if (claim > most) {
            most = claim;
            best = readers[i];
        }
    }
    return best;
}

const struct reader *reader_for(const struct source_text *source)
{
    return most_claiming(source, false);
}

const struct reader *reader_for_beginning(const struct source_text *head)
{
    return most_claiming(head, true);
}

const char *reader_names(void)
{
    return "notes, markdown, org, jsonl, bibtex, ris, medline, refer, wos, csl-json, csv, acl, pdf";
}

pinakes_status sink_fault(const struct paper_sink *sink, uint32_t line, const char *message, pinakes_error *error)
{
    if (sink->fault != NULL)
        return sink->fault(sink->context, line, message, error);
    if (sink->notice != NULL)
        sink->notice(sink->context, line, message);
    return PINAKES_OK;
}

pinakes_status sink_record(const struct paper_sink *sink, struct record *record, const char *untitled,
                           pinakes_error *error)
{
    const struct paper *paper = record_finish(record);
    if (record->failed)
        return error_no_memory(error);
    return paper == NULL ? sink_fault(sink, record->line, untitled, error) : sink->paper(sink->context, paper, error);
}
