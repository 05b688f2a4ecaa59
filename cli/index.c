/* `pinakes index`: brings a library in step with files and folders, or shows what it would read. */
#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPTION_READER = 1,
    OPTION_TOPICS,
    OPTION_DRY_RUN,
    OPTION_VERBOSE,
    OPTION_KEEP_GOING,
    OPTION_STRICT,
    OPTION_FORGET,
    OPTION_PDF,
    OPTION_MERGE,
    OPTION_NO_MERGE,
};

static const struct option_spec specs[] = {
    {OPTION_READER, 0, "format", "FORMAT", "what the files are; else their content decides"},
    {OPTION_TOPICS, 0, "topics", "FILE", "take the topics from this file, assign papers anew"},
    {OPTION_KEEP_GOING, 'k', "keep-going", NULL, "pass over what cannot be read, also in files named"},
    {OPTION_STRICT, 0, "strict", NULL, "let it end the run, also in folders"},
    {OPTION_FORGET, 0, "forget", NULL, "take these files or folders out of the library"},
    {OPTION_PDF, 0, "pdf", NULL, "read PDF files as well, with pdftotext"},
    {OPTION_NO_MERGE, 0, "no-merge", NULL, "keep records of one paper apart, from now on"},
    {OPTION_MERGE, 0, "merge", NULL, "join them again"},
    {OPTION_DRY_RUN, 'n', "dry-run", NULL, "show what would be taken as papers, and why"},
    {OPTION_VERBOSE, 'v', "verbose", NULL, "name all that is passed over, not only the first of it"},
};

enum { NOTICES_SHOWN = 10 };

/* What the callbacks of a run share. */
struct run {
    const struct program *program;
    bool verbose;
    struct progress_bar bar;
    uint64_t notices;
    struct printer *printer; /* of a dry run */
    uint64_t papers;
};

static bool on_progress(void *context, const pinakes_progress *progress)
{
    struct run *run = context;
    progress_draw(&run->bar, progress);
    if (interrupt_seen()) {
        progress_stopping(&run->bar);
    }
    return !interrupt_seen();
}

static void on_notice(void *context, const char *file, uint32_t line, const char *message)
{
    struct run *run = context;
    run->notices++;
    if (run->program->quiet || (run->notices > NOTICES_SHOWN && !run->verbose)) {
        return;
    }
    progress_clear(&run->bar);
    remark_at(file, line, message);
}

/* Such lines are few: of each file at most twenty are told. */
static void on_fault(void *context, const char *file, uint32_t line, const char *message)
{
    struct run *run = context;
    if (!run->program->quiet) {
        progress_clear(&run->bar);
        remark_at(file, line, message);
    }
}

static void on_paper(void *context, const pinakes_paper *paper)
{
    struct run *run = context;
    const struct entry entry = entry_of_paper(paper);
    printer_paper(run->printer, &entry);
    run->papers++;
}

static void end_notices(struct run *run)
{
    progress_clear(&run->bar);
    if (!run->program->quiet && !run->verbose && run->notices > NOTICES_SHOWN) {
        remark("and %" PRIu64 " more; --verbose names all", run->notices - NOTICES_SHOWN);
    }
}

/* The end of a run that failed. */
static int failed(const pinakes_error *error)
{
    if (interrupt_seen()) {
        remark("interrupted; the library is as it was");
        interrupt_die();
    }
    return complain("%s", error->message);
}

static void print_summary(const struct program *program, const pinakes_index_summary *summary)
{
    const uint64_t papers = summary->papers_new + summary->papers_changed + summary->papers_unchanged;
    char over[PASSED_OVER_BYTES];
    printf("%" PRIu64 " paper%s: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " removed, %" PRIu64
           " unchanged%s (%.2f s)\n",
           papers, papers == 1 ? "" : "s", summary->papers_new, summary->papers_changed, summary->papers_removed,
           summary->papers_unchanged, passed_over(over, summary->records_passed_over), (double)summary->took_us / 1e6);
    if (summary->papers_joined > 0 && summary->papers_new + summary->papers_changed > 0) {
        remark("%" PRIu64 " record%s a paper that the library has from elsewhere too; it counts once, and "
               "'pinakes duplicates' shows where",
               summary->papers_joined, summary->papers_joined == 1 ? " repeats" : "s repeat");
    }
    if (papers == 0 && summary->papers_removed == 0 && !program->quiet) {
        remark("no papers were found; 'pinakes index --dry-run --verbose PATH...' shows what was looked at, and a "
               "pinakes.ini can say what is one: see pinakes(1)");
    }
}

static void print_summary_record(const struct program *program, const pinakes_index_summary *summary)
{
    const struct fact facts[] = {
        {"papers_new", "new", value_count(summary->papers_new)},
        {"papers_changed", "changed", value_count(summary->papers_changed)},
        {"papers_removed", "removed", value_count(summary->papers_removed)},
        {"papers_unchanged", "unchanged", value_count(summary->papers_unchanged)},
        {"papers_joined", "joined", value_count(summary->papers_joined)},
        {"files_read", "files read", value_count(summary->files_read)},
        {"files_unchanged", "files unchanged", value_count(summary->files_unchanged)},
        {"files_passed_over", "files passed over", value_count(summary->files_passed_over)},
        {"records_passed_over", "records passed over", value_count(summary->records_passed_over)},
        {"generation", "generation", value_count(summary->generation)},
        {"took_us", "microseconds", value_count((uint64_t)summary->took_us)},
    };
    struct printer *printer = printer_open(program->format, stdout, &terminal_none);
    printer_record(printer, facts, sizeof facts / sizeof facts[0]);
    printer_close(printer);
}

static int report_summary(const struct program *program, const pinakes_index_summary *summary)
{
    if (program->format != FORMAT_TEXT) {
        print_summary_record(program, summary);
    } else if (!program->quiet) {
        print_summary(program, summary);
    }
    return output_flush() ? EXIT_FOUND : EXIT_TROUBLE;
}

/* The papers are in the library by now: a ranked index that cannot be made is told, and is no failure. */
static void seal(struct run *run, pinakes_library *library)
{
    pinakes_error error;
    run->bar.drawn_at_us = 0;
    const pinakes_status status = pinakes_seal(library, PINAKES_SEAL_WHEN_IT_PAYS, on_progress, run, NULL, &error);
    progress_clear(&run->bar);
    if (status == PINAKES_CANCELLED) {
        remark("interrupted; the papers are indexed, 'pinakes seal' makes searching them fast");
    } else if (status != PINAKES_OK && status != PINAKES_BUSY) {
        remark("%s; the papers are indexed, 'pinakes seal' makes searching them fast", error.message);
    }
}

static int run_sync(struct run *run, const char *const *paths, size_t path_count, pinakes_index_options *index)
{
    const struct program *program = run->program;
    if (path_count == 0 && !index->topics_file && !program_has_library(program)) {
        return EXIT_TROUBLE;
    }
    pinakes_library *library = program_library(program, PINAKES_WRITE);
    if (!library) {
        return EXIT_TROUBLE;
    }
    interrupt_watch();
    pinakes_index_summary summary;
    pinakes_error error;
    const pinakes_status status = pinakes_index(library, paths, path_count, index, &summary, &error);
    if (status == PINAKES_OK) {
        seal(run, library);
    }
    pinakes_close(library);
    end_notices(run);
    if (status != PINAKES_OK) {
        return failed(&error);
    }
    return report_summary(program, &summary);
}

static int run_forget(const struct program *program, const char *const *paths, size_t path_count)
{
    pinakes_index_summary summary;
    pinakes_error error;
    pinakes_library *library = program_library(program, PINAKES_WRITE);
    if (!library) {
        return EXIT_TROUBLE;
    }
    const pinakes_status status = pinakes_forget(library, paths, path_count, &summary, &error);
    pinakes_close(library);
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    return report_summary(program, &summary);
}

static int run_preview(struct run *run, const char *const *paths, size_t path_count, pinakes_index_options *index)
{
    const struct program *program = run->program;
    const struct paper_list list = {.name = "papers", .view = VIEW_PREVIEW};
    struct report report;
    report_open(&report, program);
    run->printer = report.printer;
    index->paper = on_paper;
    printer_papers_open(report.printer, &list);
    pinakes_index_summary summary;
    pinakes_error error;
    const pinakes_status status = pinakes_preview(paths, path_count, index, &summary, &error);
    printer_papers_close(report.printer);
    const int code = report_close(&report, run->papers > 0 ? EXIT_FOUND : EXIT_NONE);
    end_notices(run);
    if (status != PINAKES_OK) {
        return failed(&error);
    }
    if (program->format == FORMAT_TEXT && !program->quiet) {
        char over[PASSED_OVER_BYTES];
        remark("%" PRIu64 " paper%s%s; nothing was written", run->papers, run->papers == 1 ? "" : "s",
               passed_over(over, summary.records_passed_over));
    }
    return code;
}

/* What the command line asks for. */
struct request {
    pinakes_index_options index;
    bool dry_run, forget;
};

static void take_option(struct request *request, int id, const char *value)
{
    pinakes_index_options *index = &request->index;
    switch (id) {
    case OPTION_READER:
        index->format = value;
        break;
    case OPTION_TOPICS:
        index->topics_file = value;
        break;
    case OPTION_DRY_RUN:
        request->dry_run = true;
        break;
    case OPTION_FORGET:
        request->forget = true;
        break;
    case OPTION_KEEP_GOING:
    case OPTION_STRICT:
        index->keep_going = id == OPTION_KEEP_GOING;
        index->strict = id == OPTION_STRICT;
        break;
    case OPTION_MERGE:
    case OPTION_NO_MERGE:
        index->merge = id == OPTION_MERGE;
        index->no_merge = id == OPTION_NO_MERGE;
        break;
    case OPTION_PDF:
        index->pdf = true;
        break;
    case OPTION_VERBOSE:
        index->all_faults = true;
        break;
    }
}

static int run_index(struct program *program, struct options *options)
{
    struct run run = {.program = program};
    struct request request = {
        .index = {.progress = on_progress, .notice = on_notice, .fault = on_fault, .context = &run}};
    for (int id; (id = program_option(program, options)) != OPTION_END;) {
        if (id == OPTION_STOP) {
            return program->exit_status;
        }
        take_option(&request, id, options->value);
    }
    const bool dry_run = request.dry_run, forget = request.forget;
    run.verbose = request.index.all_faults;
    if (options->word_count == 0 && (dry_run || forget || request.index.format)) {
        return complain("%s what? Name files or folders: pinakes index %s PATH...", forget ? "forget" : "index",
                        dry_run  ? "--dry-run"
                        : forget ? "--forget"
                                 : "--format FORMAT");
    }
    run.bar = progress_bar(program->quiet);
    const char *const *paths = (const char *const *)options->words;
    if (forget) {
        return run_forget(program, paths, options->word_count);
    }
    return dry_run ? run_preview(&run, paths, options->word_count, &request.index)
                   : run_sync(&run, paths, options->word_count, &request.index);
}

const struct command command_index = {
    .name = "index",
    .arguments = "[PATH...]",
    .summary = "bring the library in step with files and folders",
    .about = "Reads the papers in files and folders ('-' is standard input) into the library:\n"
             "loose notes, Markdown, Org, BibTeX, RIS, PubMed's MEDLINE (.nbib), EndNote's\n"
             "Refer (.enw), the Web of Science's tagged text, CSL-JSON, JSON Lines, CSV, the\n"
             "XML of the ACL Anthology and, with --pdf, PDF (--format notes, markdown, org,\n"
             "bibtex, ris, medline, refer, wos, csl-json, jsonl, csv, acl, pdf), also packed\n"
             "by gzip, bzip2, zstd or xz, and in archives (tar, zip).\n"
             "Unchanged files cost nothing, changed ones replace their papers, papers of\n"
             "vanished files go. It happens all at once or, if something fails, not at all.\n"
             "A record that cannot be read is named and passed over in the files of a folder\n"
             "or an archive; in a file that is named itself it ends the run.\n"
             "The library remembers the paths and --format: without a PATH all are read again.\n"
             "A folder that is not there, as on a disk not mounted, keeps its papers until\n"
             "--forget. What a .pinakesignore names, as a .gitignore does, is passed over.\n",
    .examples = "  pinakes index ~/notes\n"
                "  pinakes index                              what has changed since\n"
                "  pinakes index --forget ~/notes/old\n"
                "  pinakes index --dry-run sosp.txt           what is a paper in there, and why\n"
                "  pinakes -L gpu.db index ~/notes/gpu        a library of its own\n"
                "  pinakes index --keep-going arxiv.jsonl.zst  a dump with broken lines\n"
                "  pinakes index --strict ~/notes             all of it, or nothing\n"
                "  pinakes index --topics topics.ini ~/notes  your own topics\n"
                "  curl -s https://example.org/notes.md | pinakes index -\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .run = run_index,
};
