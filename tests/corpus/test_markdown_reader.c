/* The Markdown reader: what it takes for papers, and what it keeps of them. */
#include "record.h"

#include <string.h>

#define FOLDER PINAKES_SOURCE_DIR "/tests/corpus/markdown"

static void read_text(const char *name, const char *text, struct record *record)
{
    record_read(&reader_markdown, name, span_of(text), record);
}

static void assert_titles(const char *name, const char *text, const char *expected)
{
    struct record record;
    read_text(name, text, &record);
    assert_string_equal(record.titles.at, expected);
    record_free(&record);
}

static void assert_passages(const char *name, const char *text, const char *expected)
{
    struct record record;
    read_text(name, text, &record);
    assert_string_equal(record.passages.at, expected);
    record_free(&record);
}

static void assert_people(const char *name, const char *text, const char *expected)
{
    struct record record;
    read_text(name, text, &record);
    assert_string_equal(record.people.at, expected);
    record_free(&record);
}

/* ---- files ----------------------------------------------------------------------------------------------- */

struct tally {
    size_t files, failed;
};

/* Compares one page with the titles listed beside it; an empty list means it holds no paper. */
static void check_fixture(const char *path, struct tally *tally)
{
    char list_path[4096];
    struct buffer page = {0}, list = {0};
    struct record record;
    assert_true(record_load(path, &page));
    (void)snprintf(list_path, sizeof list_path, "%.*s.tsv", (int)(strlen(path) - 3), path);
    assert_true(record_load(list_path, &list));
    const char *name = path + sizeof FOLDER;
    record_read(&reader_markdown, name, (struct span){page.at, page.len}, &record);
    const char *expected = strchr(list.at, '\n') + 1; /* below the names of the columns */
    tally->files++;
    if (strcmp(record.titles.at, expected) != 0) {
        print_error("%s:\nfound\n%sexpected\n%s", name, record.titles.at, expected);
        tally->failed++;
    }
    record_free(&record);
    buffer_free(&page);
    buffer_free(&list);
}

static void check_folder(const char *path, struct tally *tally)
{
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char below[4096];
        const size_t len = strlen(entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (entry->d_type == DT_DIR)
            check_folder(below, tally);
        else if (len > 3 && strcmp(entry->d_name + len - 3, ".md") == 0)
            check_fixture(below, tally);
    }
    (void)closedir(folder);
}

static void every_way_of_keeping_notes_gives_its_papers_and_other_pages_give_none(void **state)
{
    (void)state;
    struct tally tally = {0};
    check_folder(FOLDER, &tally);
    assert_int_equal(tally.failed, 0);
    assert_true(tally.files > 30);
}

/* ---- what is kept ---------------------------------------------------------------------------------------- */

static void parts_of_a_page_fill_the_fields_they_are_named_after(void **state)
{
    (void)state;
    assert_passages("a.md",
                    "# Boki: Shared Logs for Functions\n\n## Abstract\n\nA log.\n\n## Design\n\nLogs *are* shared.\n\n"
                    "## Q&A\n\n- why a log?\n- how large?\n\n## Evaluation\n\nfast\n",
                    "1 title|Boki: Shared Logs for Functions\n5 abstract|A log.\n9 note|Logs *are* shared.\n"
                    "13 qa|why a log?\n14 qa|how large?\n18 note|fast\n");
}

static void code_images_comments_and_html_tags_are_no_notes(void **state)
{
    (void)state;
    assert_passages("a.md",
                    "# Boki: Shared Logs for Functions\n\n```c\n# no heading\nint x;\n```\n\n<!-- hidden -->\n"
                    "![a figure](f.png)\n\n<div class=\"box\">\n</div>\n\nA note with `code` and $x^2$ inside.\n"
                    "<script>\nhide()\n\n</script>\n",
                    "1 title|Boki: Shared Logs for Functions\n14 note|A note with `code` and $x^2$ inside.\n");
}

static void what_html_frames_is_read_like_the_rest(void **state)
{
    (void)state;
    assert_passages("a.md", "# Boki: Shared Logs for Functions\n\n<div>\nA note.\n</div>\n- an item\n",
                    "1 title|Boki: Shared Logs for Functions\n4 note|A note.\n6 note|an item\n");
}

static pinakes_status keep_last_words(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    buffer_add(context, paper->passages[paper->passage_count - 1].words);
    return PINAKES_OK;
}

static void where_a_link_leads_is_no_word_of_the_note(void **state)
{
    (void)state;
    struct buffer words = {0};
    const struct paper_sink sink = {.context = &words, .paper = keep_last_words};
    const struct source_text source = {
        "a.md", span_of("# Boki: Shared Logs for Functions\n\nsee [the **log**](https://example.org/cxl) there\n")};
    assert_int_equal(reader_markdown.read(&source, &sink, NULL), PINAKES_OK);
    assert_string_equal(words.at, "see  the   log                             there");
    buffer_free(&words);
}

static void nested_items_quotes_and_rows_are_passages_of_their_own(void **state)
{
    (void)state;
    assert_passages(
        "a.md",
        "# Boki: Shared Logs for Functions\n\n- one\n  goes on\n  - two\n    1. three\n\n> four\n> goes on\n\n"
        "| system | latency |\n|---|---|\n| boki | 1 ms |\n",
        "1 title|Boki: Shared Logs for Functions\n3 note|one\n  goes on\n5 note|two\n6 note|three\n"
        "8 note|four\n> goes on\n11 note|system | latency\n13 note|boki | 1 ms\n");
}

static void authors_are_found_labelled_listed_and_on_a_line_of_their_own(void **state)
{
    (void)state;
    assert_people("a.md", "---\ntitle: Boki and Its Shared Logs\nauthors: Ada Example and Bo Sample\n---\nx\n",
                  "Ada Example\nBo Sample\n");
    assert_people("a.md",
                  "---\ntitle: Boki and Its Shared Logs\nauthors:\n- \"Example, Ada\"\n- name: Bo Sample\n---\nx\n",
                  "Ada Example\nBo Sample\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n**Authors**: [[Ada Example]], [[people/Bo|Bo Sample]]\n",
                  "Ada Example\nBo Sample\n");
    assert_people(
        "a.md", "# Boki: Shared Logs for Functions\n\n| Item | Value |\n|---|---|\n| Authors | Doe, Dana;Roe, Rick |\n",
        "Dana Doe\nRick Roe\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\n*Ada Example, Bo Sample and Cy Specimen*\n\nnote\n",
                  "Ada Example\nBo Sample\nCy Specimen\n");
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\n_Ada Example and Bo Sample_ \u2014 Communications of the ACM, "
                  "May 2013\n\nnote\n",
                  "Ada Example\nBo Sample\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\n\u4f5c\u8005\uff1aAda Example \u7b49\n\nnote\n",
                  "Ada Example\n");
}

static void marks_and_addresses_beside_names_are_none_of_them(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\n**Authors**: Ada Example\u00b9, Bo Sample\u00b9\u00b2, "
                  "Cy Specimen\u2217,\u22c6\n\nnote\n",
                  "Ada Example\nBo Sample\nCy Specimen\n");
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\n## Authors\n\n- Ada Example - ada@example.org\n"
                  "- Bo Sample <bo@example.org>\n\n## Summary\n\nnote\n",
                  "Ada Example\nBo Sample\n");
}

static void the_first_of_the_names_in_a_reference_may_be_turned(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\nExample, Ada, Bo Sample, and Cy Specimen. \"Boki: shared logs "
                  "for functions.\" SOSP (2021).\n\nnote\n",
                  "Ada Example\nBo Sample\nCy Specimen\n");
    assert_people("a.md",
                  "---\ntitle: Boki and Its Shared Logs\nauthors:\n- \"van Example, Ada Maria\"\n- \"Logs, Inc.\"\n"
                  "- \"Institute for Logs, Berlin\"\n---\nx\n",
                  "Ada Maria van Example\nLogs, Inc.\nInstitute for Logs, Berlin\n");
}

static void people_listed_with_where_they_work_are_told_apart_from_it(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\nAda Example, Georgia Tech; Bo Sample and Cy Specimen, EPFL; "
                  "Di Person, University of Pages, Springfield\n\nnote\n",
                  "Ada Example\nBo Sample\nCy Specimen\nDi Person\n");
    assert_people("a.md", "---\ntitle: Boki and Its Shared Logs\nauthor: Zhang, Z.; Li, Q.\n---\nx\n",
                  "Z. Zhang\nQ. Li\n");
}

static void of_people_before_a_title_in_quotes_the_first_alone_may_be_turned(void **state)
{
    (void)state;
    assert_people(
        "a.md",
        "# Readings\n\n"
        "- Example, Ada, Bo Sample, and Cy T. Third. \u201cShared Logs for Functions.\u201d SOSP, 2021.\n"
        "- J.P.K. Doe and Rick Roe, \u2018The reader\u2019s margin and its uses\u2019, POPL, 1998.\n"
        "- Ada Sample, Bo Third, and Cy Doe. \"Logs Without a Centre\", SOSP, 2021.\n"
        "- Di Person. \"Columns Are Margins of Another Page\", SOSP, 2022.\n",
        "Ada Example\nBo Sample\nCy T. Third\nJ.P.K. Doe\nRick Roe\nAda Sample\nBo Third\nCy Doe\nDi Person\n");
}

static void names_turned_before_a_title_in_quotes_are_people_however_many_they_are(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Readings\n\n"
                  "- Doe, Jane & Roe, Richard P, 1976. \"Columns Are Margins of Another Page\", SOSP.\n"
                  "- Third, Cy, 1950. \"The Problem of the Margin\"\n"
                  "- Sample, Bo, et al. \"Deep Learning of Pages.\" CVPR, 2016.\n"
                  "- Person, Di. \"Pages Without a Centre.\" SOSP, 2017.\n"
                  "- Dean and Ghemawat, 2004. \"Large Pages on Large Clusters\", OSDI.\n",
                  "Jane Doe\nRichard P Roe\nCy Third\nBo Sample\nDi Person\nDean\nGhemawat\n");
}

static void the_line_that_opens_a_callout_is_no_note_and_its_fields_are_the_record(void **state)
{
    (void)state;
    static const char page[] = "# Boki: Shared Logs for Functions\n\n> [!info] Metadata\n> **Year**:: 2021\n"
                               "> **FirstAuthor**:: Doe, Jane\n\n> [!abstract]\n> A log.\n";
    assert_passages("a.md", page, "1 title|Boki: Shared Logs for Functions\n5 author|Doe, Jane\n8 abstract|> A log.\n");
    assert_titles("a.md", page, "1\t2021\t\tBoki: Shared Logs for Functions\n");
}

static void a_line_for_each_person_gives_one_however_it_is_turned(void **state)
{
    (void)state;
    assert_people(
        "a.md",
        "# Boki: Shared Logs for Functions\n\n> **FirstAuthor**:: Doe, Jane\n> **Author**:: Roe, Rick\n\nnote\n",
        "Jane Doe\nRick Roe\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\nAuthor: Ada Example, Bo Sample\n\nnote\n",
                  "Ada Example\nBo Sample\n");
}

static void people_told_behind_a_title_or_beside_it_in_a_cell_are_its_authors(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Papers\n\n* [Quiet Pages for Many Readers](https://b.org/a.pdf) by **Ada Example** (1958)\n"
                  "* [Loud Pages for Many Readers](https://b.org/b.pdf) by **Bo Sample** et al, 2015.\n"
                  "* [Pages Read by Everybody](https://b.org/c.pdf) by hand, and then again\n",
                  "Ada Example\nhttps://b.org/a.pdf\nBo Sample\nhttps://b.org/b.pdf\nhttps://b.org/c.pdf\n");
    assert_people("a.md",
                  "| Presenter | Paper |\n|---|---|\n| Cy Third | Example, Sample, *Breaking Pages* |\n"
                  "| Dan Fourth | Ada Example, *Mending Them* (in progress) |\n",
                  "Example\nSample\nAda Example\n");
}

static void a_byline_gives_people_and_the_link_behind_it(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\n*Ada Example, CACM 1978* | [PDF](https://b.org/x)\n\nnote\n",
                  "Ada Example\nhttps://b.org/x\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\n*Example et al., Odd Workshop 2018*\n\nnote\n",
                  "Example\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\nExample et al. show this in 2018\n\nthe paper\n", "");
}

static void a_byline_of_families_gives_the_year_behind_it(void **state)
{
    (void)state;
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n#### Example et al. (2019)\n\nnote\n",
                  "1\t2019\t\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n#### Example, Sample, Specimen, 2011\n\nnote\n",
                  "1\t2011\t\tBoki: Shared Logs for Functions\n");
}

static void names_in_emphasis_below_a_title_are_its_people_and_what_else_stands_there_is_a_note(void **state)
{
    (void)state;
    static const char page[] = "# Readings\n\n"
                               "1. **Quiet Pages for Patient Readers.**\n   _Ada Example, Bo Sample._ TQS 2031.\n"
                               "   [paper](https://e.org/a.pdf)\n"
                               "2. **Calm Caches for Patient Readers.**\n   _fast, small and calm_\n"
                               "   [paper](https://e.org/b.pdf)\n"
                               "3. **Loud Logs for Hasty Readers.**\n   *Cy Person and Dana Doe*, OSDI 2032\n"
                               "   [paper](https://e.org/c.pdf)\n";
    assert_people("a.md", page,
                  "Ada Example\nBo Sample\nhttps://e.org/a.pdf\nhttps://e.org/b.pdf\n"
                  "Cy Person\nDana Doe\nhttps://e.org/c.pdf\n");
    assert_people("a.md",
                  "---\ntitle: Boki Shares Its Logs with Functions\npaper_ref: Example, Sample, Person, 2021\n---\n",
                  "Example\nSample\nPerson\n");
}

static void a_field_and_a_pasted_entry_tell_of_old_prints(void **state)
{
    (void)state;
    assert_titles("a.md", "---\ntitle: Boki and Its Shared Logs\nyear: 1736\n---\nThe paper.\n",
                  "2\t1736\t\tBoki and Its Shared Logs\n");
    assert_titles("a.md",
                  "# Boki and Its Shared Logs\n\nThe paper.\n\n```\n@article{b,\n title={Boki and Its Shared Logs},\n "
                  "year={1876}\n}\n```\n",
                  "1\t1876\t\tBoki and Its Shared Logs\n");
}

static void an_award_and_a_blogger_are_no_authors(void **state)
{
    (void)state;
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\n> SOSP 2021, Best Paper\n\nnote\n", "");
    assert_people("a.md", "---\nlayout: post\ntitle: Boki and Its Shared Logs\nauthor: Jane\n---\nThe paper.\n", "");
    assert_people("a.md",
                  "Title: Boki and Its Shared Logs\nDate: 2031-08-14 13:29\nAuthor: Jane\nSlug: boki\n\nThe paper.\n",
                  "");
}

static void tags_are_found_in_front_matter_and_in_the_text(void **state)
{
    (void)state;
    assert_people("a.md",
                  "---\ntags: [far memory, \"#cxl\"]\n---\n# Boki: Shared Logs for Functions\n\nSee #logs/shared and "
                  "#cxl, issue #12.\n\nKeywords: serverless; state\n",
                  "far memory\ncxl\nserverless\nstate\nlogs/shared\n");
}

static void the_link_of_a_paper_is_its_title_s_or_its_label_s(void **state)
{
    (void)state;
    assert_people("a.md", "# [Boki: Shared Logs for Functions](https://example.org/boki)\n\n[other](https://b.org)\n",
                  "https://example.org/boki\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\ndoi: 10.1145/3477132.3483541\n",
                  "https://doi.org/10.1145/3477132.3483541\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\nSOSP '21 | [pdf](https://example.org/boki.pdf)\n",
                  "https://example.org/boki.pdf\n");
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n- https://arxiv.org/abs/2101.01234\n"
                  "- GitHub: https://github.com/example/boki\n\n## Idea\nIt logs.\n",
                  "https://arxiv.org/abs/2101.01234\n");
}

static void a_post_s_date_is_not_the_paper_s_year(void **state)
{
    (void)state;
    assert_titles("2024-05-01-boki.md",
                  "---\ntitle: Boki and Its Shared Logs\ndate: 2024-05-01\npublished: true\n---\nx\n",
                  "2\t0\t\tBoki and Its Shared Logs\n");
}

static void venue_and_year_stand_wherever_people_write_them(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "# Boki: Shared Logs for Functions (SOSP'21)\n",
        "# [SOSP 2021] Boki: Shared Logs for Functions\n",
        "# SOSP'21 - Boki: Shared Logs for Functions\n",
        "# Boki: Shared Logs for Functions\nSOSP 2021\n",
        "# Boki: Shared Logs for Functions\n> SOSP \u201921\n",
        "# Boki: Shared Logs for Functions\n- **Venue**: SOSP\n- **Year**: 2021\n",
        "# Boki: Shared Logs for Functions\nvenue:: SOSP\nyear:: 2021\n",
        "# Boki: Shared Logs for Functions\n| Conference | SOSP 2021 |\n|---|---|\n| Code | none |\n",
        "# Boki: Shared Logs for Functions\nPublished at SOSP'21\n",
        "# Boki: Shared Logs for Functions\n\nAda Example, Bo Sample. SOSP 2021.\n",
        "# Boki: Shared Logs for Functions\nAda Example et al., SOSP 2021, Example Institute.\n",
        "# Boki: Shared Logs for Functions\n\nA. Example et al. \"Boki: Shared Logs for Functions.\" In SOSP, 2021.\n",
    };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        assert_titles("a.md", pages[i], "1\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
    static const char page[] = "# Boki: Shared Logs for Functions\n\nnote\n";
    assert_titles("sosp-2021/boki.md", page, "1\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
    assert_titles("SOSP/2021/boki.md", page, "1\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
    assert_titles("2021-sosp-boki.md", page, "1\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
}

static void a_list_item_is_a_paper_however_its_venue_authors_and_links_are_set(void **state)
{
    (void)state;
    static const char *const items[] = {
        "[Boki: Shared Logs for Functions](https://arxiv.org/abs/2101.00001), Ada Example, *SOSP 2021*",
        "[SOSP21] [Boki: Shared Logs for Functions](https://example.org/boki) \u2728",
        "(SOSP 2021) Boki: Shared Logs for Functions [[Paper](https://e.org/boki.pdf)] [[PyTorch](https://e.org)]",
        "**[SOSP 2021]** Boki: Shared Logs for Functions [[paper]](https://example.org/boki.pdf) [[notes](boki.md)]",
        "`SOSP 2021` Boki: Shared Logs for Functions [[paper]](https://example.org/boki.pdf)",
        "**Boki: Shared Logs for Functions**, *Ada Example et al.* SOSP 2021. [[paper](https://example.org/boki.pdf)]",
        "Boki: Shared Logs for Functions, Ada Example et al. SOSP 2021 [[pdf](https://e.org/boki.pdf)] worth a look",
        "2021_SOSP_Boki: Shared Logs for Functions [[paper]](https://example.org/boki.pdf)",
    };
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        struct buffer page = {0};
        buffer_format(&page, "# Logs\n\n- %s\n- [Raft](https://arxiv.org/abs/1401.00001)\n", items[i]);
        buffer_format(&page, "- [Lazy Logs](https://arxiv.org/abs/2401.00001)\n\n## License\n\nMIT\n");
        struct record record;
        read_text("README.md", page.at, &record);
        static const char expected[] = "3\t2021\tSOSP\tBoki: Shared Logs for Functions\n";
        if (record.titles.len < sizeof expected || memcmp(record.titles.at, expected, sizeof expected - 1) != 0)
            print_error("%s\ngives\n%s", items[i], record.titles.at);
        assert_int_equal(strncmp(record.titles.at, expected, sizeof expected - 1), 0);
        record_free(&record);
        buffer_free(&page);
    }
}

static void the_address_of_a_paper_tells_venue_and_year_that_its_notes_do_not(void **state)
{
    (void)state;
    static const char title[] = "Boki: Shared Logs for Functions";
    struct buffer expected = {0};
    buffer_format(&expected, "1\t2021\tSOSP\t%s\n", title);
    assert_titles("a.md", "# [Boki: Shared Logs for Functions](https://e.org/sosp21-example.pdf)\n\nThe paper.\n",
                  expected.at);
    assert_titles("a.md",
                  "# Boki: Shared Logs for Functions\n\nA log.\n\n## Links\n\n"
                  "- [Slides](https://e.org/osdi20-slides.pdf)\n- [Paper PDF](https://e.org/sosp2021/boki.pdf)\n",
                  expected.at);
    buffer_free(&expected);
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nThe paper follows [one](https://e.org/osdi20-x.pdf).\n",
                  "1\t0\t\tBoki: Shared Logs for Functions\n"); /* a link beside it */
    assert_titles("a.md",
                  "# [Boki: Shared Logs for Functions](https://e.org/sosp21-x.pdf)\n\n- Venue: OSDI\n\nThe paper.\n",
                  "1\t0\tOSDI\tBoki: Shared Logs for Functions\n"); /* of another print */
}

static void a_link_within_a_sentence_leads_to_what_it_names(void **state)
{
    (void)state;
    assert_people(
        "a.md",
        "# Boki: Shared Logs for Functions\n\n- a variant of the [Raft](https://arxiv.org/abs/1401.00001) log\n", "");
    assert_people(
        "a.md",
        "# Boki: Shared Logs for Functions\n\nThe paper is [here](https://arxiv.org/abs/2101.00001), and long.\n",
        "https://arxiv.org/abs/2101.00001\n");
    assert_people("a.md", "# Boki: Shared Logs for Functions\n\nhttps://arxiv.org/abs/2101.00001 which I read\n",
                  "https://arxiv.org/abs/2101.00001\n");
}

static void what_a_link_leads_to_goes_before_the_notes_of_it(void **state)
{
    (void)state;
    assert_people("README.md",
                  "- [Boki: Shared Logs](https://example.org/notes/boki) [[arXiv](https://arxiv.org/abs/2101.00001)]\n"
                  "- [Raft for Everyone](https://arxiv.org/abs/1401.00001)\n"
                  "- [Lazy Logs for All](https://arxiv.org/abs/2401.00001)\n",
                  "https://arxiv.org/abs/2101.00001\nhttps://arxiv.org/abs/1401.00001\n"
                  "https://arxiv.org/abs/2401.00001\n");
}

static void links_behind_a_title_are_neither_title_nor_note_but_a_remark_is_one(void **state)
{
    (void)state;
    assert_passages("a.md",
                    "## SOSP 2021\n\n- Boki: Shared Logs [[pdf](https://e.org/a.pdf)] [[PyTorch](https://e.org/b)]\n"
                    "- **Lazy Logs for All** (Example University) [[pdf](https://e.org/c.pdf)] worth a look\n"
                    "- Raft for Everyone [[pdf]](https://e.org/d.pdf) with a proof\n",
                    "3 title|Boki: Shared Logs\n1 venue|SOSP 2021\n"
                    "4 title|Lazy Logs for All\n1 venue|SOSP 2021\n"
                    "4 note|Example University) [[pdf](https://e.org/c.pdf)] worth a look\n"
                    "5 title|Raft for Everyone\n1 venue|SOSP 2021\n5 note|with a proof\n");
}

static void an_address_behind_a_wide_colon_leads_to_the_paper(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\n- \u6807\u8bc6\uff1ahttps://arxiv.org/abs/2101.00001v1\n",
                  "https://arxiv.org/abs/2101.00001v1\n");
}

static void a_further_paragraph_of_an_item_is_a_note_on_its_paper(void **state)
{
    (void)state;
    assert_passages("a.md",
                    "## SOSP 2021\n\n- [Boki: Shared Logs for Functions](https://example.org)\n\n"
                    "  Logs are shared among functions.\n",
                    "3 title|Boki: Shared Logs for Functions\n1 venue|SOSP 2021\n"
                    "5 note|Logs are shared among functions.\n");
}

static void a_table_needs_no_more_than_a_dash_for_a_column(void **state)
{
    (void)state;
    static const char *const rules[] = {"|-|-|", "|:-:|--|", "-|-", "|---|---|", "| :-- | - |\r"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct buffer page = {0};
        buffer_format(&page, "a\n\n| Title | Year |\n%s\n| Boki: Shared Logs | 2021 |\n| Raft | 2014 |\n", rules[i]);
        assert_titles("a.md", page.at, "5\t2021\t\tBoki: Shared Logs\n6\t2014\t\tRaft\n");
        buffer_free(&page);
    }
    assert_passages("a.md", "# Boki: Shared Logs for Functions\n\nno head\n\\|-|-|\n|-|-|\nno table\n",
                    "1 title|Boki: Shared Logs for Functions\n3 note|no head\n\\|-|-|\n|-|-|\nno table\n");
}

static void a_date_in_front_matter_is_the_paper_s_when_it_is_a_year_alone(void **state)
{
    (void)state;
    assert_titles("a.md", "+++\ntitle = \"Boki: Shared Logs\"\nauthors = \"Ada Example\"\ndate = 2021\n+++\nx\n",
                  "2\t2021\t\tBoki: Shared Logs\n");
    assert_titles("a.md", "---\ntitle: Boki and Shared Logs\nauthors: Ada Example\ndate: 2021-03-04\n---\nx\n",
                  "2\t0\t\tBoki and Shared Logs\n");
}

static void footnotes_and_emoji_behind_a_title_are_none_of_it(void **state)
{
    (void)state;
    static const char *const marks[] = {"\u2217", "\u2020", " \u2728", " \U0001F44D", "*"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct buffer page = {0};
        buffer_format(&page, "# Boki: Shared Logs for Functions%s\n\nnote on the paper\n", marks[i]);
        assert_titles("a.md", page.at, "1\t0\t\tBoki: Shared Logs for Functions\n");
        buffer_free(&page);
    }
}

static void a_name_of_a_page_around_a_title_is_taken_off(void **state)
{
    (void)state;
    static const char *const headings[] = {
        "Paper Notes: Boki: Shared Logs for Functions",
        "[Paper Review] Boki: Shared Logs for Functions",
        "Boki: Shared Logs for Functions - Summary",
        "Boki: Shared Logs for Functions (Reading Notes)",
        "\u8bba\u6587\u7b14\u8bb0\uff1aBoki: Shared Logs for Functions",
        "Boki: Shared Logs for Functions \u9605\u8bfb\u7b14\u8bb0",
        "\U0001F4DA 3. Boki: Shared Logs for Functions",
        "Boki: Shared Logs for Functions [[pdf](https://e.org/a)]",
        "Summary of \"Boki: Shared Logs for Functions\"",
        "\u8bba\u6587\u7b14\u8bb0-Boki: Shared Logs for Functions",
        "\u8bba\u6587\u7b14\u8bb0 | Boki: Shared Logs for Functions",
        "[\u8bba\u6587\u7b14\u8bb0]Boki: Shared Logs for Functions",
        "Boki: Shared Logs for Functions[\ub17c\ubb38\ub9ac\ubdf0]",
        "[Boki] Boki: Shared Logs for Functions",
        "Notes on \"Boki: Shared Logs for Functions\" (Boki)",
        "\u3010Boki\u3011Boki: Shared Logs for Functions",
        "7.Boki: Shared Logs for Functions",
        "Boki: Shared Logs for Functions \ub17c\ubb38 \ub9ac\ubdf0",
        "[Boki](boki.md) : Shared Logs for Functions",
        "Boki: Shared Logs for Functions - reading notes",
        "paper-804 \u2014 Boki: Shared Logs for Functions",
    };
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        struct buffer page = {0};
        buffer_format(&page, "# %s\n\nnote on the paper\n", headings[i]);
        assert_titles("a.md", page.at, "1\t0\t\tBoki: Shared Logs for Functions\n");
        buffer_free(&page);
    }
}

static void venue_and_year_are_told_in_sentences_about_the_paper(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "# Boki: Shared Logs for Functions\n\nA paper presented at SOSP 2021.\n",
        "# Boki: Shared Logs for Functions\n\n(SOSP 2021) A log is shared.\n",
        "# Boki: Shared Logs for Functions\n\nBoki: Shared Logs for Functions (SOSP 2021)\n\nA log.\n",
        "# Boki: Shared Logs for Functions\n\nToday I read \"Boki: Shared Logs for Functions\" (SOSP 2021).\n",
        "# Boki: Shared Logs for Functions\n\n- Published as a conference paper at SOSP 2021\n",
        "# Boki: Shared Logs for Functions\n\nExample et al., SOSP 2021 (with its data)\n\nA log.\n",
        "# Example et al., SOSP 2021: Boki: Shared Logs for Functions\n\nA log.\n",
        "---\ntitle: Example et al. (SOSP 2021) \u2014 Boki: Shared Logs for Functions\n---\n",
    };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct record record;
        read_text("a.md", pages[i], &record);
        const char *found = strchr(record.titles.at, '\t');
        if (found == NULL || strcmp(found, "\t2021\tSOSP\tBoki: Shared Logs for Functions\n") != 0)
            print_error("%s\ngives\n%s", pages[i], record.titles.at);
        assert_non_null(found);
        assert_string_equal(found, "\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
        record_free(&record);
    }
}

static void a_month_beside_the_year_says_when_a_paper_appeared(void **state)
{
    (void)state;
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nDate: 12/2021\n\nnote\n",
                  "1\t2021\t\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nDate: October 2021\n\nnote\n",
                  "1\t2021\t\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nDate: 2021\n\nnote\n",
                  "1\t2021\t\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nDate: 12/10/2021\n\nnote\n",
                  "1\t0\t\tBoki: Shared Logs for Functions\n");
    assert_titles(
        "a.md",
        "# Boki: Shared Logs for Functions\n\nExample, A., & Sample, B. (2021, October). Boki: Shared logs for "
        "functions.\n\nnote\n",
        "1\t2021\t\tBoki: Shared Logs for Functions\n");
}

static void a_date_or_what_numbers_are_called_is_no_venue(void **state)
{
    (void)state;
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\n**\ub17c\ubb38 \ubc1c\ud45c**: 2021\ub144\n\nnote\n",
                  "1\t2021\t\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md",
                  "# Boki: Shared Logs for Functions\n\nAda Example and Bo Sample. 2021. Boki: shared logs for "
                  "functions. Logs and Pages 23, 3 (August 2021), 7-8. DOI:https://doi.org/10.5555/1\n\nnote\n",
                  "1\t2021\t\tBoki: Shared Logs for Functions\n");
}

static void the_month_in_front_of_a_year_is_no_part_of_a_venue(void **state)
{
    (void)state;
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nVenue: Journal of Logs (March 2021)\n\nnote\n",
                  "1\t2021\tJournal of Logs\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nVenue: Journal of Logs, May 2021\n\nnote\n",
                  "1\t2021\tJournal of Logs\tBoki: Shared Logs for Functions\n");
}

static void a_row_of_links_leads_to_the_paper_by_the_one_that_says_so(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n[arXiv](https://arxiv.org/abs/2101.00001)\n"
                  "[github](https://github.com/example/boki)\n[blog](https://example.org/)\n\n## Notes\n\nnote\n",
                  "https://arxiv.org/abs/2101.00001\n");
    assert_people(
        "a.md",
        "# Boki: Shared Logs for Functions\n\nShares logs.\n\n[[Paper in arXiv](https://arxiv.org/pdf/2101.00001)] "
        "[[Code](https://github.com/example/boki)]\n",
        "https://arxiv.org/pdf/2101.00001\n");
}

static void an_address_alone_below_a_heading_or_a_label_is_the_paper_s(void **state)
{
    (void)state;
    assert_people("a.md", "# Boki: Shared Logs for Functions\nhttps://arxiv.org/abs/2101.00001\n\nnote\n",
                  "https://arxiv.org/abs/2101.00001\n");
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\nPaper link:\n\nhttps://arxiv.org/abs/2101.00001\n\nnote\n",
                  "https://arxiv.org/abs/2101.00001\n");
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\nA. Example, B. Sample\n\nInstitute of "
                  "Pages\n\nhttps://arxiv.org/abs/2101.00001\n",
                  "A. Example\nB. Sample\nhttps://arxiv.org/abs/2101.00001\n");
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\n## Design\n\nnote\n\nhttps://arxiv.org/abs/1401.00001\n", "");
}

static void labels_may_say_that_they_are_the_paper_s(void **state)
{
    (void)state;
    static const char page[] =
        "# Boki\n\n- Paper Title: Boki: Shared Logs for Functions\n- Paper Authors: Ada Example\n"
        "- \u8bba\u6587\u5e74\u4efd\uff1a2021\n";
    assert_titles("a.md", page, "3\t2021\t\tBoki: Shared Logs for Functions\n");
    assert_people("a.md", page, "Ada Example\n");
    assert_people(
        "a.md",
        "# Boki: Shared Logs for Functions\n\n- **Paper**: [arXiv:2101.00001](https://arxiv.org/abs/2101.00001) "
        "\u2014 *Boki: Shared Logs*, 2021-01-02\n",
        "https://arxiv.org/abs/2101.00001\n");
    assert_titles("a.md",
                  "# Boki: Shared Logs for Functions\n\n- \u6587\u7ae0\u6536\u5f55\uff1aSOSP 2021\uff08Oral\uff09\n",
                  "1\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\n> Session\uff1aSOSP, 2021\n> Topic: logs\n",
                  "1\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md", "# Boki: Shared Logs for Functions\n\nThe paper.\n\nTopic: logs, 2021\n",
                  "1\t0\t\tBoki: Shared Logs for Functions\n");
    assert_titles("Boki Shared Logs for Stateful Functions.md",
                  "# \u4fe1\u606f\nAuthor:: Ada Example\nDate:: 2021-08\nCitekey:: Example_2021_Boki\n"
                  "PDF:: [Example and Sample - 2021 - Boki Shared Logs for St .pdf](zotero://open/1)\n",
                  "1\t2021\t\tBoki Shared Logs for Stateful Functions\n");
    assert_titles("a.md", "---\ntitle: What I read on Monday\npaper_title: Boki and Its Shared Logs\n---\nnote\n",
                  "3\t0\t\tBoki and Its Shared Logs\n");
}

static void a_page_headed_by_a_short_name_takes_the_title_its_notes_set_apart(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "# Boki\n\n> [Boki: Shared Logs for Functions](https://e.org/boki)\n\nThe paper has a log.\n",
        "# Boki\n\nThe paper \"Boki: Shared Logs for Functions\" is on logs.\n",
        "# Boki\n\n## \u300aBoki: Shared Logs for Functions\u300b\n\nA paper on logs.\n",
        "# [Paper Reading] Boki\n\nThe paper is \"Boki: Shared Logs for Functions\".\n",
    };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct record record;
        read_text("papers/boki.md", pages[i], &record);
        if (strstr(record.titles.at, "\tBoki: Shared Logs for Functions\n") == NULL)
            print_error("%s\ngives\n%s", pages[i], record.titles.at);
        assert_non_null(strstr(record.titles.at, "\tBoki: Shared Logs for Functions\n"));
        record_free(&record);
    }
    assert_titles("a.md", "# [Paper Reading] Boki\n\nA log.\n", "1\t0\t\tBoki\n");
}

static void a_post_called_by_a_short_name_is_headed_by_the_title_in_full(void **state)
{
    (void)state;
    assert_titles(
        "_posts/2031-02-10-boki.md",
        "---\nlayout: post\ntitle: \"Paper: Shared Boki\"\n---\n\n# Boki: Shared Logs for Stateful Functions\n\n"
        "The paper shares logs.\n",
        "6\t0\t\tBoki: Shared Logs for Stateful Functions\n");
    assert_titles(
        "blog/boki.md",
        "---\ntitle: \"[Paper Review] Boki (2021)\"\ndate: 2031-02-10 23:09:01\n---\n\n"
        "## Shared Logs for Stateful Functions (2021) \ub17c\ubb38 \ub9ac\ubdf0\n\n#### Summary\nShares logs.\n",
        "6\t2021\t\tShared Logs for Stateful Functions\n");
    assert_titles("_posts/2031-02-10-boki.md",
                  "---\nlayout: post\ntitle: \"Paper: Boki\"\n---\n\n## Problems with Logs in Stateful Functions\n\n"
                  "The paper shares logs.\n",
                  "3\t0\t\tBoki\n");
    assert_titles("src/blog/boki.md",
                  "---\ntitle: \"\u8bba\u6587\u9605\u8bfb | SOSP 2021 | Boki\uff1a\u65e5\u5fd7\"\npubDate: \"Jul 01 "
                  "2031\"\n---\n\n"
                  "- \u8bba\u6587\u9898\u76ee\uff1aBoki: Shared Logs for Stateful Functions\n",
                  "6\t2021\tSOSP\tBoki: Shared Logs for Stateful Functions\n");
}

static void a_short_heading_below_the_title_tells_when(void **state)
{
    (void)state;
    static const char page[] = "---\ntitle: \"Paper Notes: Boki Shared Logs for Stateful Functions\"\n---\n\n"
                               "# Paper: Boki (Example et al., 2021)\n\nThe paper shares logs.\n";
    assert_titles("a.md", page, "2\t2021\t\tBoki Shared Logs for Stateful Functions\n");
}

static void among_papers_a_page_may_be_headed_below_the_first_level(void **state)
{
    (void)state;
    static const char page[] = "### Shared Logs for Stateful Functions\n\nnote\n\n#### Design\n\nnote\n";
    assert_titles("papers/boki.md", page, "1\t0\t\tShared Logs for Stateful Functions\n");
    assert_titles("papers/boki.md", "# Shared.Stateful.Logs\n\nThe paper has a log.\n",
                  "1\t0\t\tShared Stateful Logs\n");
}

static void names_behind_a_title_are_its_authors_whatever_follows_them(void **state)
{
    (void)state;
    static const char *const tails[] = {", Ada Lovett, Wei Sample (SOSP 2031) - a remark",
                                        ". Ada Lovett and Wei Sample. SOSP 2031",
                                        " by Ada Lovett, Wei Sample `SOSP 2031`",
                                        " | Ada Lovett, Wei Sample | SOSP 2031",
                                        " *Ada Lovett, Wei Sample*, **SOSP 2031**",
                                        " (SOSP 2031)  \n  *Ada Lovett, Wei Sample*",
                                        "  \n  Ada Lovett, Wei Sample. SOSP 2031",
                                        " `SOSP 2031` [code](https://github.com/ada/x)  \n  *Ada Lovett, Wei Sample*"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        char page[512];
        (void)snprintf(page, sizeof page,
                       "# Papers\n\n- [Calm Pages for Shy Readers](https://arxiv.org/abs/2031.00002), SOSP 2031\n"
                       "- [Quiet Pages for Loud Readers](https://arxiv.org/abs/2031.00001)%s\n",
                       tails[i]);
        assert_people("README.md", page,
                      "https://arxiv.org/abs/2031.00002\nAda Lovett\nWei Sample\nhttps://arxiv.org/abs/2031.00001\n");
        assert_titles("README.md", page,
                      "3\t2031\tSOSP\tCalm Pages for Shy Readers\n4\t2031\tSOSP\tQuiet Pages for Loud Readers\n");
    }
}

static void a_line_of_a_record_goes_on_where_an_editor_broke_it(void **state)
{
    (void)state;
    static const char page[] = "# PG\n\nTitle: Quiet Pages for Readers of Notes and for the Writers of Their Stores\n"
                               "in the Cloud\nAuthors: Ada Example, Bo Sample,\nCy Third\nVenue: SOSP\nYear: 2031\n\n"
                               "## Notes\n\nGood.\n";
    assert_titles("pg.md", page,
                  "3\t2031\tSOSP\tQuiet Pages for Readers of Notes and for the Writers of Their Stores in "
                  "the Cloud\n");
    assert_people("pg.md", page, "Ada Example\nBo Sample\nCy Third\n");
    assert_people("pg.md", "# Quiet Pages for Readers\n\nAuthors: Ada Example; Bo Sample; and Cy Third\nYear: 2031\n",
                  "Ada Example\nBo Sample\nCy Third\n");
    assert_titles("pg.md",
                  "# PG\n\nTitle: Quiet Pages for Readers of Notes and for the Writers of Their Store\n"
                  "We evict pages that nobody reads.\n",
                  "3\t0\t\tQuiet Pages for Readers of Notes and for the Writers of Their Store\n");
}

static void a_table_in_front_of_the_record_of_a_page_is_passed_over(void **state)
{
    (void)state;
    assert_titles("a.md",
                  "# Boki: Shared Logs for Functions\n\n| read | again |\n|---|---|\n| yes | no |\n\n"
                  "- Venue: SOSP\n- Year: 2021\n",
                  "1\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
}

static void an_escape_on_one_line_of_a_record_leaves_the_others_whole(void **state)
{
    (void)state;
    assert_titles("Example_2021_Boki.md",
                  "Example\\_2021\\_Boki\nTitle:: Boki: Shared Logs for Functions\nCitekey:: Example\\_2021\\_Boki\n"
                  "Date:: 2021-08\n\n## Words\n\nnote\n",
                  "2\t2021\t\tBoki: Shared Logs for Functions\n");
}

static void an_entry_pasted_in_the_section_of_a_paper_tells_its_authors(void **state)
{
    (void)state;
    static const char page[] =
        "# Logs\n\n"
        "### [SOSP 2021] Boki: Shared Logs for Functions\n\n```\n@inproceedings{boki,\n"
        "  title={Boki: Shared Logs for Functions},\n  author={Ada Example and Bo Sample}\n}\n```\n\n"
        "[paper](https://e.org/boki.pdf)\n\n"
        "### [OSDI 2020] Lazy Logs for All Readers\n\n[paper](https://e.org/lazy.pdf)\n";
    assert_titles("a.md", page,
                  "3\t2021\tSOSP\tBoki: Shared Logs for Functions\n14\t2020\tOSDI\tLazy Logs for All Readers\n");
    assert_people("a.md", page, "Ada Example\nBo Sample\nhttps://e.org/boki.pdf\nhttps://e.org/lazy.pdf\n");
}

static void a_table_of_fields_is_a_record_and_knows_the_title_better_than_a_post(void **state)
{
    (void)state;
    assert_titles(
        "_posts/2031-01-02-boki.md",
        "---\nlayout: default\ntitle: \uacf5\uc720 \ub85c\uadf8\n---\n\nA log.\n\n## \ub17c\ubb38 \uc815\ubcf4\n\n"
        "| \ud56d\ubaa9 | \ub0b4\uc6a9 |\n|---|---|\n| \uc81c\ubaa9 | Boki: Shared Logs for Functions |\n"
        "| \uc800\uc790 | Ada Example |\n| \ubc1c\ud45c | SOSP 2021 |\n",
        "12\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
    assert_titles("a.md",
                  "# \ub85c\uadf8\n\n- **\uc81c\ubaa9 (Title)**: Boki: Shared Logs for Functions\n- **\ubc1c\ud45c**: "
                  "SOSP 2021\n",
                  "3\t2021\tSOSP\tBoki: Shared Logs for Functions\n");
}

static void numbered_headings_on_the_level_of_the_title_are_parts(void **state)
{
    (void)state;
    assert_titles("a.md",
                  "# Boki: Shared Logs for Functions\n\n- Year: 2021\n\n# 1. Paper Understanding\n\nA log.\n\n"
                  "# 2. Paper Evaluation\n\nfast\n",
                  "1\t2021\t\tBoki: Shared Logs for Functions\n");
}

static void a_link_that_is_called_the_paper_s_is_so_wherever_it_stands(void **state)
{
    (void)state;
    assert_people("a.md",
                  "# Boki: Shared Logs for Functions\n\nA log.\n\n## Design\n\nIt is shared.\n\n"
                  "Paper link - https://www.usenix.org/boki\n",
                  "https://www.usenix.org/boki\n");
}

static void the_properties_of_a_logseq_page_are_its_record(void **state)
{
    (void)state;
    static const char page[] = "title:: Boki and Its Shared Logs\nauthors:: [[Example, Ada]], [[Sample, Bo]]\n"
                               "item-type:: [[journalArticle]]\ndate:: 2021-10-04\ntags:: [[logs]]\n\n- A log.\n";
    assert_titles("pages/@Boki.md", page, "1\t2021\t\tBoki and Its Shared Logs\n");
    assert_people("pages/@Boki.md", page, "Ada Example\nBo Sample\nlogs\n");
}

static void a_page_that_opens_with_its_title_as_a_link_may_have_it_on_two_lines(void **state)
{
    (void)state;
    assert_titles(
        "boki.md",
        "[Boki: Shared Logs for\nStateful Functions](https://e.org/boki.pdf)\n\nA log.\n\n### Problem\n\nState.\n",
        "1\t0\t\tBoki: Shared Logs for Stateful Functions\n");
}

static void a_post_on_several_papers_a_term_and_one_sentence_are_no_papers(void **state)
{
    (void)state;
    assert_titles("a.md", "# [Shared Log](https://en.wikipedia.org/wiki/Log)\n\nThe paper has one.\nIt is long.\n", "");
    assert_titles("group.md", "# Reading group\n\nWe read the paper on Mondays.\n", "");
    assert_titles("a.md",
                  "---\ntitle: \u65e5\u5fd7\u7cfb\u7edf\u8bba\u6587\u6c47\u603b\n---\n\nA list of what I read.\n", "");
}

static void a_readme_headed_by_a_link_to_somebody_s_site_is_of_no_paper(void **state)
{
    (void)state;
    assert_titles("README.md",
                  "### [Ada Mary Example's blog](https://ada.example.org)\n\nI write what I think of the news.\n", "");
    assert_titles("README.md",
                  "# [PageNet: Pages as Large Networks](https://pagenet.example.org)\n\nNotes on what they did.\n",
                  "1\t0\t\tPageNet: Pages as Large Networks\n");
}

static void front_matter_that_is_no_yaml_is_told_and_read_all_the_same(void **state)
{
    (void)state;
    struct record record;
    read_text("a.md", "---\ntitle: Boki: Shared Logs for Functions\ntags:\n- logs\n- state\n---\nnote\n", &record);
    assert_string_equal(record.titles.at, "2\t0\t\tBoki: Shared Logs for Functions\n");
    assert_string_equal(record.people.at, "logs\nstate\n");
    assert_string_equal(record.notices.at, "2: the front matter is no YAML (mapping values are not allowed in this "
                                           "context), so it is read line by line; quote what holds a colon\n");
    record_free(&record);
}

static void the_rule_says_what_made_each_title_one(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *rule;
    } pages[] = {
        {"a.md", "---\ntitle: Boki and Its Shared Logs\nyear: 2021\n---\nx\n", "the title in the front matter\n"},
        {"a.md", "# Boki: Shared Logs for Functions\n\nx\n", "a first-level heading\n"},
        {"a.md", "# SOSP 2021\n## Boki: Shared Logs for Functions\nx\n", "a second-level heading below a venue\n"},
        {"a.md", "Title: Boki\nVenue: SOSP\n\nx\n", "a line that names the paper\n"},
        {"Boki - Shared Logs for Functions.md", "the paper has a log\n", "the file's name\n"},
        {"a.md", "## SOSP 2021\n- [Boki: Shared Logs for Functions](https://e.org)\n  - x\n",
         "a list item that opens with a linked title\n"},
        {"README.md",
         "# Papers\n\n[Boki: Shared Logs for Functions](https://arxiv.org/abs/2031.00001). SOSP 2021\n\n"
         "[Loud: Shared Logs for Functions](https://arxiv.org/abs/2031.00002). SOSP 2021\n\n"
         "[Calm: Shared Logs for Functions](https://arxiv.org/abs/2031.00003). SOSP 2021\n",
         "a line that opens with a linked title\na line that opens with a linked title\n"
         "a line that opens with a linked title\n"},
        {"a.md", "| Title | Year |\n|---|---|\n| Boki: Shared Logs | 2021 |\n| Raft | 2014 |\n",
         "a row of a table, in the column of titles\na row of a table, in the column of titles\n"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct record record;
        read_text(pages[i].name, pages[i].text, &record);
        assert_string_equal(record.rules.at, pages[i].rule);
        record_free(&record);
    }
}

static pinakes_status refuse(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)paper;
    (void)error;
    ++*(size_t *)context;
    return PINAKES_CANCELLED;
}

static void a_sink_that_refuses_a_paper_stops_the_reader(void **state)
{
    (void)state;
    size_t papers = 0;
    const struct paper_sink sink = {.context = &papers, .paper = refuse};
    const struct source_text source = {
        "a.md", span_of("# SOSP 2021\n## Boki: Shared Logs for Functions\n## Syrup: User-Defined Scheduling\n")};
    assert_int_equal(reader_markdown.read(&source, &sink, NULL), PINAKES_CANCELLED);
    assert_int_equal(papers, 1);
}

static void the_name_and_the_content_decide_whose_file_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        int claim;
    } files[] = {
        {"a.md", "anything", 90},          {"A.MARKDOWN", "", 90},
        {"notes.txt", "plain text", 0},    {"a.py", "# one\n## two\n[x](y)\n", 0},
        {"notes", "---\na: b\n---\n", 90}, {"notes.txt", "# one\n## two\nsee [x](y)\n", 60},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const struct source_text source = {files[i].name, span_of(files[i].text)};
        assert_int_equal(reader_markdown.claims(&source), files[i].claim);
    }
}

static void a_folder_may_have_the_short_name_of_the_paper_in_its_readme(void **state)
{
    (void)state;
    static const char page[] = "# QX: Quiet Caches for Patient Readers\n\n## Abstract\n\nCaches rest.\n";
    assert_titles("storage/qx/README.md", page, "1\t0\t\tQX: Quiet Caches for Patient Readers\n");
    assert_titles("papers/qcpr/readme.md", "# On Quiet Caches for Patient Readers\n\n## Words\n\n- calm\n",
                  "1\t0\t\tOn Quiet Caches for Patient Readers\n");
    assert_titles("storage/ledger/README.md", page, "");
    assert_titles("storage/qx/README.md", "# QX: Quiet Caches for Patient Readers\n\n## Abstract\n\n```\nmake\n```\n",
                  "");
}

static void an_index_of_the_notes_beside_it_is_no_paper(void **state)
{
    (void)state;
    static const char page[] = "# Quiet Caches\n\nNotes on the paper I like.\n\n- [Pages](pages.md)\n"
                               "- [Slow disks](./disks.md)\n- [Sleep](sleep/)\n";
    assert_titles("quiet-caches/index.md", page, "");
    assert_titles("quiet-caches/index.md", "# Quiet Caches\n\nNotes on the paper I like.\n", "1\t0\t\tQuiet Caches\n");
}

static void a_title_may_stand_below_the_address_of_its_paper(void **state)
{
    (void)state;
    struct record record;
    read_text("qx.md",
              "\nhttps://arxiv.org/abs/2101.00001\n\nQX: A Quiet Cache for Scheduling Pages\n\nIt rests.\n\n## "
              "\u67b6\u6784\n",
              &record);
    assert_string_equal(record.titles.at, "4\t0\t\tQX: A Quiet Cache for Scheduling Pages\n");
    assert_string_equal(record.people.at, "https://arxiv.org/abs/2101.00001\n");
    record_free(&record);
    assert_titles("qx.md",
                  "#! https://example.org/p/7\nQX: A Quiet Cache for Scheduling Pages\n\n# Introduction\n\nx\n",
                  "2\t0\t\tQX: A Quiet Cache for Scheduling Pages\n");
    assert_titles("memo.md", "https://example.org/p/7\n\nQX: A Quiet Cache for Scheduling Pages\n\nIt rests.\n", "");
}

static void a_title_may_stand_right_above_its_authors_or_below_its_label(void **state)
{
    (void)state;
    struct record record;
    read_text("2031.md", "Quiet Caches for Patient Readers\nAda Example , Bo Sample and Cy Person\n\nThey rest.\n",
              &record);
    assert_string_equal(record.titles.at, "1\t0\t\tQuiet Caches for Patient Readers\n");
    assert_string_equal(record.people.at, "Ada Example\nBo Sample\nCy Person\n");
    record_free(&record);
    assert_titles("2101.00001/README.md",
                  "title: \nQuiet Caches for Patient Readers\n\nauthors: Ada Example\n\n## Notes\n",
                  "2\t0\t\tQuiet Caches for Patient Readers\n");
}

static void a_title_that_was_copied_with_its_line_break_is_read_whole(void **state)
{
    (void)state;
    assert_titles("a.md",
                  "# Quiet Caches of Large Pages\nfor Patient Readers\n## Ada Example, Bo Sample\n\nThe paper.\n",
                  "1\t0\t\tQuiet Caches of Large Pages for Patient Readers\n");
    assert_titles("a.md", "# Quiet Caches of Large Pages\n\nfor patient readers\n\nThe paper.\n",
                  "1\t0\t\tQuiet Caches of Large Pages\n");
    assert_titles("a.md", "# Quiet Caches of Large Pages\nRests while others read\n\nThe paper.\n",
                  "1\t0\t\tQuiet Caches of Large Pages\n");
}

static void a_name_of_a_file_may_end_in_a_stamp_or_run_its_words_together(void **state)
{
    (void)state;
    static const char page[] = "# Quiet Caches for Patient Readers\n\n## Words\n\ncalm\n";
    assert_titles("Quiet Caches for Patient Readers-2031-ACL.md", page,
                  "1\t2031\tACL\tQuiet Caches for Patient Readers\n");
    assert_titles("Quiet Caches for Patient Readers-2031.md", page, "1\t2031\t\tQuiet Caches for Patient Readers\n");
    assert_titles("QuietMadeCalm-AnEngineeringPerspective.md", "[PDF](quiet.pdf)\n\nThe paper tells of calm.\n",
                  "1\t0\t\tQuiet Made Calm - An Engineering Perspective\n");
}

static void a_year_in_which_notes_were_made_is_none_of_their_papers(void **state)
{
    (void)state;
    static const char page[] =
        "# Quiet Caches for Patient Readers\n\n- https://arxiv.org/abs/1701.00001\n\nThe paper.\n";
    assert_titles("reviews/2031/2031-02-10-quiet.md", "# Quiet Caches for Patient Readers\n\nThe paper.\n",
                  "1\t0\t\tQuiet Caches for Patient Readers\n");
    assert_titles("reviews/2031/quiet.md", "# Quiet Caches for Patient Readers\n\nThe paper.\n",
                  "1\t2031\t\tQuiet Caches for Patient Readers\n");
    assert_titles("2020/quiet.md", page, "1\t0\t\tQuiet Caches for Patient Readers\n"); /* 2017, by its identifier */
    assert_titles("2018/quiet.md", page, "1\t2018\t\tQuiet Caches for Patient Readers\n");
    assert_titles("icml-2020/quiet.md", page, "1\t2020\tICML\tQuiet Caches for Patient Readers\n");
}

static void the_address_of_a_paper_may_be_the_first_item_below_its_title(void **state)
{
    (void)state;
    assert_people("a.md", "# Quiet Caches for Patient Readers\n\n* https://arxiv.org/abs/1701.00001\n* They rest.\n",
                  "https://arxiv.org/abs/1701.00001\n");
    assert_people("a.md", "# Quiet Caches for Patient Readers\n\n* https://blog.example.org/x\n* The paper.\n", "");
}

static void a_venue_by_its_long_name_below_a_title_is_told_from_a_note(void **state)
{
    (void)state;
    assert_titles("a.md",
                  "# Boki: Shared Logs for Functions\nAda Example; Bo Sample\n*2031 IEEE International Symposium on "
                  "Quiet Pages*\n",
                  "1\t2031\tIEEE International Symposium on Quiet Pages\tBoki: Shared Logs for Functions\n");
    assert_titles(
        "a.md", "# Boki: Shared Logs for Functions\n- Journal of Machine Learning Research, Volume 3, February 2003\n",
        "1\t2003\tJMLR\tBoki: Shared Logs for Functions\n");
    assert_passages("a.md", "# Boki: Shared Logs for Functions\n\nThe Conference in 2031 was a quiet one\n",
                    "1 title|Boki: Shared Logs for Functions\n3 note|The Conference in 2031 was a quiet one\n");
}

static void a_form_is_one_however_its_name_is_dated(void **state)
{
    (void)state;
    static const char form[] =
        "---\ntitle: This is how posts are made\nauthor: Ada Example and Bo Sample\nyear: 2031\n---\n";
    assert_titles("_posts/2031-02-10-template.md", form, "");
    assert_titles("paper note template.md", form, "");
    assert_titles("matching with a deformable template.md", form, "2\t2031\t\tThis is how posts are made\n");
}

static void what_people_put_around_a_title_is_taken_off(void **state)
{
    (void)state;
    assert_titles("a.md", "# Review of OSDI'20 'Quiet Caches for Patient Readers'\n\nThe paper.\n",
                  "1\t2020\tOSDI\tQuiet Caches for Patient Readers\n");
    assert_titles("a.md", "# Reading \u201cQuiet Caches for Patient Readers\u201d\n\nThe paper.\n",
                  "1\t0\t\tQuiet Caches for Patient Readers\n");
    assert_titles("a.md", "# :star: Quiet Caches for Patient Readers (CCS'16) :fire:\n\nThe paper.\n",
                  "1\t2016\tCCS\tQuiet Caches for Patient Readers\n");
    assert_titles("a.md", "# Quiet Caches for Patient Readers (Usenix'2009)\n\nThe paper.\n",
                  "1\t2009\tUsenix\tQuiet Caches for Patient Readers\n");
}

static void a_column_of_titles_is_known_by_what_stands_in_it(void **state)
{
    (void)state;
    assert_titles(
        "a.md",
        "| Year | Wrok | Where | Link |\n|---|---|---|---|\n"
        "| 2019 | Quiet Caches: Resting Pages for Readers | SOSP | [pdf](https://arxiv.org/abs/1901.00001) |\n"
        "| 2020 | Loud Networks: Waking Pages for Writers | OSDI | [pdf](https://arxiv.org/abs/2001.00001) |\n",
        "3\t2019\tSOSP\tQuiet Caches: Resting Pages for Readers\n"
        "4\t2020\tOSDI\tLoud Networks: Waking Pages for Writers\n");
}

static void pages_of_a_week_of_classics_and_of_a_talk_are_no_papers(void **state)
{
    (void)state;
    assert_titles("course/week7.md", "## Quietsim\n\n### Review\n\nThe authors of this paper simulate.\n", "");
    assert_titles("classic-papers.md", "# Classic Papers\n\nWe should know the paper by Turing.\n", "");
    assert_titles("talk.md", "# [ICLR 2025](https://iclr.cc/x)\n\n## Data\n\nMore is better.\n\n## Training\n\nx\n",
                  "");
    assert_titles("a.md", "# ICLR 2025\n\n## Quietnet\n\nIt rests.\n\n## Loudnet\n\nIt does not.\n",
                  "3\t2025\tICLR\tQuietnet\n7\t2025\tICLR\tLoudnet\n");
}

static void what_stands_below_references_makes_no_list_of_papers(void **state)
{
    (void)state;
    assert_titles("README.md",
                  "# Mine\n\n### Reference\n\n[Key Papers in Deep Caching](https://e.org/a)\n\n"
                  "[A Guide to Quiet Pages](https://e.org/b)\n\n[Quiet Scheduling of Pages](https://e.org/c)\n",
                  "");
}

static void notes_made_of_six_questions_are_one_paper_and_its_reference(void **state)
{
    (void)state;
    static const char questions[] =
        "# Quiet Residual Networks\n\n## 1. \u3069\u3093\u306a\u3082\u306e\uff1f\n\n\u9759\u304b\u3002\n\n"
        "## 6. \u6b21\u306b\u8aad\u3080\u3079\u304d\u8ad6\u6587\u306f\u3042\u308b\u304b\uff1f\n\n"
        "* [Example, Ada, et al. \"Loud networks.\" arXiv preprint arXiv:1501.00001 (2015).]"
        "(https://arxiv.org/abs/1501.00001)\n"
        "* [Sample, Bo, et al. \"Louder networks.\" arXiv preprint arXiv:1601.00001 (2016).]"
        "(https://arxiv.org/abs/1601.00001)\n\n"
        "### \u8ad6\u6587\u60c5\u5831\u30fb\u30ea\u30f3\u30af\n\n"
        "* [Person, Cy, and Ada Example. \"Quiet residual networks.\" arXiv preprint arXiv:1701.00001 (2017).]"
        "(https://arxiv.org/abs/1701.00001)\n";
    struct record record;
    read_text("quiet.md", questions, &record);
    assert_string_equal(record.titles.at, "1\t2017\tarXiv\tQuiet Residual Networks\n");
    assert_non_null(strstr(record.people.at, "https://arxiv.org/abs/1701.00001\n"));
    record_free(&record);
    assert_titles("format.md",
                  "---\ndate: YYYY-MM-DD\n---\n\n## 1. \u3069\u3093\u306a\u3082\u306e\uff1f\n\n"
                  "### \u8ad6\u6587\u60c5\u5831\n\nx\n",
                  "");
}

static void a_title_in_bold_may_go_over_two_lines_with_its_byline_behind(void **state)
{
    (void)state;
    struct record record;
    read_text("quiet_caches.md",
              "**Quiet caches:\nThe resting place of pages and networks**, by Example and Sample, 2031.\n\n"
              "## The problem\n\nThe paper.\n",
              &record);
    assert_string_equal(record.titles.at, "1\t2031\t\tQuiet caches: The resting place of pages and networks\n");
    assert_string_equal(record.people.at, "Example\nSample\n");
    record_free(&record);
}

static void a_folder_may_have_words_of_the_title_in_its_readme(void **state)
{
    (void)state;
    static const char page[] =
        "# Quietron: LLM Performance Evaluation Framework\n\nReview of [the paper](https://arxiv.org/abs/1701.00001)\n";
    assert_titles("papers/quietron_llm_eval/README.md", page,
                  "1\t0\t\tQuietron: LLM Performance Evaluation Framework\n");
    assert_titles("papers/loudron_llm_eval/README.md", page, "");
}

/* ---- what the owner says of a page ------------------------------------------------------------------------ */

static void assert_told_titles(struct papers_told told, const char *text, const char *expected)
{
    struct record record;
    record_read_told(&reader_markdown, "page.md", span_of(text), told, &record);
    assert_string_equal(record.titles.at, expected);
    record_free(&record);
}

static void the_owner_of_a_page_says_which_items_are_papers(void **state)
{
    (void)state;
    static const char list[] = "# Things\n\n- quiet pages\n  - they are quiet\n- [ ] Loud caches, 2031\n- Raft\n";
    static const char sorted[] = "- Storage\n  - pages\n    - a remark\n  - caches\n- Networks\n  - packets\n";
    struct record record;
    assert_titles("page.md", list, "");
    assert_told_titles((struct papers_told){.unit = UNIT_ITEMS}, list,
                       "3\t0\t\tquiet pages\n5\t2031\t\tLoud caches\n6\t0\t\tRaft\n");
    assert_told_titles((struct papers_told){UNIT_ITEMS, 2}, sorted, "2\t0\t\tpages\n4\t0\t\tcaches\n6\t0\t\tpackets\n");
    record_read_told(&reader_markdown, "page.md", span_of(sorted), (struct papers_told){UNIT_ITEMS, 2}, &record);
    assert_string_equal(record.passages.at, "2 title|pages\n3 note|a remark\n4 title|caches\n6 title|packets\n");
    record_free(&record);
}

static void the_owner_of_a_page_says_which_headings_are_papers(void **state)
{
    (void)state;
    static const char page[] = "# Mine\n\n## storage\n\n### pages\n\nThey are quiet.\n\n### caches\n\n## SOSP 2031\n\n"
                               "### Introduction\n\n#### why\n";
    assert_told_titles((struct papers_told){UNIT_HEADINGS, 3}, page,
                       "5\t0\t\tpages\n9\t0\t\tcaches\n13\t2031\tSOSP\tIntroduction\n");
    assert_told_titles((struct papers_told){.unit = UNIT_HEADINGS}, page, "5\t0\t\tpages\n9\t0\t\tcaches\n");
}

static void the_owner_of_a_page_says_that_it_is_one_paper_or_rows_or_none(void **state)
{
    (void)state;
    static const char table[] = "| What | Where |\n|---|---|\n| quiet pages | SOSP |\n| [Raft](raft.md) | here |\n";
    static const char list[] = "# Papers\n\n- [Quiet Pages for Readers](https://doi.org/10.1145/1.2), SOSP 2031\n"
                               "- [Loud Caches for Writers](https://doi.org/10.1145/1.3), OSDI 2030\n"
                               "- [Still Packets for Nobody](https://doi.org/10.1145/1.4), NSDI 2032\n";
    assert_titles("page.md", table, "");
    assert_told_titles((struct papers_told){.unit = UNIT_ROWS}, table, "3\t0\tSOSP\tquiet pages\n4\t0\t\tRaft\n");
    assert_told_titles((struct papers_told){.unit = UNIT_NONE}, list, "");
    assert_told_titles((struct papers_told){.unit = UNIT_FILE}, "# quiet pages\n\n## loud ones\n\nThey are loud.\n",
                       "1\t0\t\tquiet pages\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_keeping_notes_gives_its_papers_and_other_pages_give_none),
        cmocka_unit_test(parts_of_a_page_fill_the_fields_they_are_named_after),
        cmocka_unit_test(code_images_comments_and_html_tags_are_no_notes),
        cmocka_unit_test(what_html_frames_is_read_like_the_rest),
        cmocka_unit_test(where_a_link_leads_is_no_word_of_the_note),
        cmocka_unit_test(nested_items_quotes_and_rows_are_passages_of_their_own),
        cmocka_unit_test(authors_are_found_labelled_listed_and_on_a_line_of_their_own),
        cmocka_unit_test(marks_and_addresses_beside_names_are_none_of_them),
        cmocka_unit_test(the_first_of_the_names_in_a_reference_may_be_turned),
        cmocka_unit_test(people_listed_with_where_they_work_are_told_apart_from_it),
        cmocka_unit_test(of_people_before_a_title_in_quotes_the_first_alone_may_be_turned),
        cmocka_unit_test(names_turned_before_a_title_in_quotes_are_people_however_many_they_are),
        cmocka_unit_test(the_line_that_opens_a_callout_is_no_note_and_its_fields_are_the_record),
        cmocka_unit_test(a_line_for_each_person_gives_one_however_it_is_turned),
        cmocka_unit_test(people_told_behind_a_title_or_beside_it_in_a_cell_are_its_authors),
        cmocka_unit_test(a_byline_gives_people_and_the_link_behind_it),
        cmocka_unit_test(a_byline_of_families_gives_the_year_behind_it),
        cmocka_unit_test(names_in_emphasis_below_a_title_are_its_people_and_what_else_stands_there_is_a_note),
        cmocka_unit_test(a_field_and_a_pasted_entry_tell_of_old_prints),
        cmocka_unit_test(an_award_and_a_blogger_are_no_authors),
        cmocka_unit_test(tags_are_found_in_front_matter_and_in_the_text),
        cmocka_unit_test(the_link_of_a_paper_is_its_title_s_or_its_label_s),
        cmocka_unit_test(a_post_s_date_is_not_the_paper_s_year),
        cmocka_unit_test(venue_and_year_stand_wherever_people_write_them),
        cmocka_unit_test(a_list_item_is_a_paper_however_its_venue_authors_and_links_are_set),
        cmocka_unit_test(the_address_of_a_paper_tells_venue_and_year_that_its_notes_do_not),
        cmocka_unit_test(a_link_within_a_sentence_leads_to_what_it_names),
        cmocka_unit_test(what_a_link_leads_to_goes_before_the_notes_of_it),
        cmocka_unit_test(links_behind_a_title_are_neither_title_nor_note_but_a_remark_is_one),
        cmocka_unit_test(an_address_behind_a_wide_colon_leads_to_the_paper),
        cmocka_unit_test(a_further_paragraph_of_an_item_is_a_note_on_its_paper),
        cmocka_unit_test(a_table_needs_no_more_than_a_dash_for_a_column),
        cmocka_unit_test(a_date_in_front_matter_is_the_paper_s_when_it_is_a_year_alone),
        cmocka_unit_test(footnotes_and_emoji_behind_a_title_are_none_of_it),
        cmocka_unit_test(a_name_of_a_page_around_a_title_is_taken_off),
        cmocka_unit_test(venue_and_year_are_told_in_sentences_about_the_paper),
        cmocka_unit_test(a_month_beside_the_year_says_when_a_paper_appeared),
        cmocka_unit_test(a_date_or_what_numbers_are_called_is_no_venue),
        cmocka_unit_test(the_month_in_front_of_a_year_is_no_part_of_a_venue),
        cmocka_unit_test(a_row_of_links_leads_to_the_paper_by_the_one_that_says_so),
        cmocka_unit_test(an_address_alone_below_a_heading_or_a_label_is_the_paper_s),
        cmocka_unit_test(labels_may_say_that_they_are_the_paper_s),
        cmocka_unit_test(a_page_headed_by_a_short_name_takes_the_title_its_notes_set_apart),
        cmocka_unit_test(a_post_called_by_a_short_name_is_headed_by_the_title_in_full),
        cmocka_unit_test(a_short_heading_below_the_title_tells_when),
        cmocka_unit_test(among_papers_a_page_may_be_headed_below_the_first_level),
        cmocka_unit_test(names_behind_a_title_are_its_authors_whatever_follows_them),
        cmocka_unit_test(a_line_of_a_record_goes_on_where_an_editor_broke_it),
        cmocka_unit_test(a_table_in_front_of_the_record_of_a_page_is_passed_over),
        cmocka_unit_test(an_escape_on_one_line_of_a_record_leaves_the_others_whole),
        cmocka_unit_test(an_entry_pasted_in_the_section_of_a_paper_tells_its_authors),
        cmocka_unit_test(a_table_of_fields_is_a_record_and_knows_the_title_better_than_a_post),
        cmocka_unit_test(numbered_headings_on_the_level_of_the_title_are_parts),
        cmocka_unit_test(a_link_that_is_called_the_paper_s_is_so_wherever_it_stands),
        cmocka_unit_test(the_properties_of_a_logseq_page_are_its_record),
        cmocka_unit_test(a_page_that_opens_with_its_title_as_a_link_may_have_it_on_two_lines),
        cmocka_unit_test(a_post_on_several_papers_a_term_and_one_sentence_are_no_papers),
        cmocka_unit_test(a_readme_headed_by_a_link_to_somebody_s_site_is_of_no_paper),
        cmocka_unit_test(front_matter_that_is_no_yaml_is_told_and_read_all_the_same),
        cmocka_unit_test(the_rule_says_what_made_each_title_one),
        cmocka_unit_test(a_sink_that_refuses_a_paper_stops_the_reader),
        cmocka_unit_test(the_name_and_the_content_decide_whose_file_it_is),
        cmocka_unit_test(a_folder_may_have_the_short_name_of_the_paper_in_its_readme),
        cmocka_unit_test(an_index_of_the_notes_beside_it_is_no_paper),
        cmocka_unit_test(a_title_may_stand_below_the_address_of_its_paper),
        cmocka_unit_test(a_title_may_stand_right_above_its_authors_or_below_its_label),
        cmocka_unit_test(a_title_that_was_copied_with_its_line_break_is_read_whole),
        cmocka_unit_test(a_name_of_a_file_may_end_in_a_stamp_or_run_its_words_together),
        cmocka_unit_test(a_year_in_which_notes_were_made_is_none_of_their_papers),
        cmocka_unit_test(the_address_of_a_paper_may_be_the_first_item_below_its_title),
        cmocka_unit_test(a_venue_by_its_long_name_below_a_title_is_told_from_a_note),
        cmocka_unit_test(a_form_is_one_however_its_name_is_dated),
        cmocka_unit_test(what_people_put_around_a_title_is_taken_off),
        cmocka_unit_test(a_column_of_titles_is_known_by_what_stands_in_it),
        cmocka_unit_test(pages_of_a_week_of_classics_and_of_a_talk_are_no_papers),
        cmocka_unit_test(what_stands_below_references_makes_no_list_of_papers),
        cmocka_unit_test(notes_made_of_six_questions_are_one_paper_and_its_reference),
        cmocka_unit_test(a_title_in_bold_may_go_over_two_lines_with_its_byline_behind),
        cmocka_unit_test(a_folder_may_have_words_of_the_title_in_its_readme),
        cmocka_unit_test(the_owner_of_a_page_says_which_items_are_papers),
        cmocka_unit_test(the_owner_of_a_page_says_which_headings_are_papers),
        cmocka_unit_test(the_owner_of_a_page_says_that_it_is_one_paper_or_rows_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
