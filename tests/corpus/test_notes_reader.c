/* The loose-notes reader: what it takes for papers, and what it keeps of them. */
#include "record.h"

static void read_text(struct span text, struct record *record)
{
    record_read(&reader_notes, "notes.txt", text, record);
}

static void assert_titles(const char *text, const char *expected)
{
    struct record record;
    read_text(span_of(text), &record);
    assert_string_equal(record.titles.at, expected);
    record_free(&record);
}

static void assert_passages(const char *text, const char *expected)
{
    struct record record;
    read_text(span_of(text), &record);
    assert_string_equal(record.passages.at, expected);
    record_free(&record);
}

static void assert_people(const char *text, const char *expected)
{
    struct record record;
    read_text(span_of(text), &record);
    assert_string_equal(record.people.at, expected);
    record_free(&record);
}

static int claim_for(const char *name, const char *text)
{
    const struct source_text source = {name, span_of(text)};
    return reader_notes.claims(&source);
}

/* ---- files ----------------------------------------------------------------------------------------------- */

/* Compares one file of tests/corpus/notes with the titles listed beside it; an empty list means it is no notes. */
static void check_fixture(const char *folder, const char *name)
{
    char path[4096];
    struct buffer notes = {0}, list = {0};
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(record_load(path, &notes));
    (void)snprintf(path, sizeof path, "%s/%.*s.tsv", folder, (int)(strlen(name) - 4), name);
    assert_true(record_load(path, &list));
    struct record record;
    read_text((struct span){notes.at, notes.len}, &record);
    const char *expected = strchr(list.at, '\n') + 1; /* below the names of the columns */
    if (strcmp(record.titles.at, expected) != 0)
        fail_msg("%s:\nfound\n%sexpected\n%s", name, record.titles.at, expected);
    assert_true(record.papers > 0 ? claim_for(name, notes.at) >= 50 : claim_for(name, notes.at) == 0);
    record_free(&record);
    buffer_free(&notes);
    buffer_free(&list);
}

static void every_way_of_writing_notes_gives_its_papers_and_other_files_give_none(void **state)
{
    (void)state;
    const char *folder = PINAKES_SOURCE_DIR "/tests/corpus/notes";
    size_t files = 0;
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        const size_t len = strlen(entry->d_name);
        if (len < 4 || strcmp(entry->d_name + len - 4, ".txt") != 0)
            continue;
        check_fixture(folder, entry->d_name);
        files++;
    }
    (void)closedir(open);
    assert_true(files > 30);
}

/* The gold list has line, year, title and topics; every paper in that file is under the venue SOSP. */
static void the_shared_notes_give_their_45_papers(void **state)
{
    (void)state;
    struct buffer notes = {0}, list = {0}, expected = {0};
    if (!record_load(PINAKES_SOURCE_DIR "/../shared/notes/sosp-notes.txt", &notes) ||
        !record_load(PINAKES_SOURCE_DIR "/../shared/notes/sosp-gold.tsv", &list)) {
        print_message("skipped: ../shared/notes is not here\n");
        skip();
    }
    for (char *row = strtok(strchr(list.at, '\n'), "\n"); row != NULL; row = strtok(NULL, "\n")) {
        const char *year = strchr(row, '\t') + 1, *title = strchr(year, '\t') + 1;
        const size_t len = strcspn(title, "\t");
        buffer_format(&expected, "%.*s\tSOSP\t%.*s\n", (int)(title - 1 - row), row, (int)len, title);
    }
    struct record record;
    read_text((struct span){notes.at, notes.len}, &record);
    assert_string_equal(record.titles.at, expected.at);
    assert_int_equal(record.papers, 45);
    record_free(&record);
    buffer_free(&notes);
    buffer_free(&list);
    buffer_free(&expected);
}

/* ---- titles ---------------------------------------------------------------------------------------------- */

static void a_heading_mark_always_makes_a_title_and_ends_the_paper_before(void **state)
{
    (void)state;
    assert_titles("SOSP 2021\n"
                  "Boki: Stateful Serverless Computing with Shared Logs\n"
                  "logs are good\n"
                  "# why do computers stop?\n"
                  "operators, mostly\n"
                  "## x\n",
                  "2\t2021\tSOSP\tBoki: Stateful Serverless Computing with Shared Logs\n"
                  "4\t2021\tSOSP\twhy do computers stop?\n"
                  "6\t2021\tSOSP\tx\n");
}

static void a_heading_that_is_only_a_venue_and_a_year_is_no_paper(void **state)
{
    (void)state;
    assert_titles("# OSDI '24\n# A Paper\n# 2023\n# NSDI\n# Another Paper\n",
                  "2\t2024\tOSDI\tA Paper\n5\t0\tNSDI\tAnother Paper\n");
}

static void a_part_of_a_note_behind_heading_marks_stays_in_its_paper(void **state)
{
    (void)state;
    assert_passages("# A Paper\n## Summary\nit works\n## Q&A\nwhy?\n",
                    "1 title|A Paper\n2 note|Summary\n3 note|it works\n5 qa|why?\n");
}

static void a_year_alone_changes_the_year_and_keeps_the_venue(void **state)
{
    (void)state;
    assert_titles("ASPLOS\n2023\nPond: CXL-Based Memory Pooling Systems for Cloud Platforms\n"
                  "2022\nTMO: Transparent Memory Offloading in Datacenters\n",
                  "3\t2023\tASPLOS\tPond: CXL-Based Memory Pooling Systems for Cloud Platforms\n"
                  "5\t2022\tASPLOS\tTMO: Transparent Memory Offloading in Datacenters\n");
}

static void venues_under_a_year_share_it_until_the_next_year(void **state)
{
    (void)state;
    assert_titles("2020\nOSDI\n# A\nSOSP\n# B\n2019\n# C\n", "3\t2020\tOSDI\tA\n5\t2020\tSOSP\tB\n7\t2019\t\tC\n");
}

static void venue_and_year_beside_a_title_are_read_in_any_order(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Serving DNNs like Clockwork (OSDI '20)",       "[OSDI'20] Serving DNNs like Clockwork",
        "Serving DNNs like Clockwork, OSDI 2020",       "OSDI 2020: Serving DNNs like Clockwork",
        "Serving DNNs like Clockwork - OSDI\u201920",   "Serving DNNs like Clockwork OSDI'20",
        "2020 OSDI Serving DNNs like Clockwork",        "Serving DNNs like Clockwork. OSDI 2020.",
        "\"Serving DNNs like Clockwork\" (2020, OSDI)", "Serving DNNs like Clockwork (MPI-SWS, OSDI 2020)",
        "**Serving DNNs like Clockwork** | osdi 2020",  "OSDI '20 / Serving DNNs like Clockwork",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_titles(lines[i], "1\t2020\tOSDI\tServing DNNs like Clockwork\n");
}

static void a_venue_nobody_listed_is_known_by_its_year_or_its_label(void **state)
{
    (void)state;
    assert_titles("HotCarbon'22\nTreehouse: A Case For Carbon-Aware Datacenter Software\n",
                  "2\t2022\tHotCarbon\tTreehouse: A Case For Carbon-Aware Datacenter Software\n");
    assert_titles("Title: Treehouse\nVenue: Journal of Green Software, 2023\n",
                  "1\t2023\tJournal of Green Software\tTreehouse\n");
}

static void a_system_named_like_a_venue_keeps_its_name(void **state)
{
    (void)state;
    assert_titles("RAID: High-Performance, Reliable Secondary Storage\n",
                  "1\t0\t\tRAID: High-Performance, Reliable Secondary Storage\n");
}

static void headings_of_parts_are_no_titles(void **state)
{
    (void)state;
    assert_titles("OSDI 2022\nOrca: A Distributed Serving System for Transformer-Based Generative Models\n"
                  "Motivation Study:\nKey Idea: Schedule Every Iteration on Its Own\nEvaluation 1. Faster Than Before\n"
                  "Related Work\n",
                  "2\t2022\tOSDI\tOrca: A Distributed Serving System for Transformer-Based Generative Models\n");
}

static void a_line_longer_than_any_title_is_text(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_add_text(&text, "# A Paper\n");
    for (size_t i = 0; i < 2000; i++)
        buffer_add_text(&text, "Memory Pool ");
    struct record record;
    read_text((struct span){text.at, text.len}, &record);
    assert_string_equal(record.titles.at, "1\t0\t\tA Paper\n");
    record_free(&record);
    buffer_free(&text);
}

static void zero_bytes_and_old_line_ends_do_no_harm(void **state)
{
    (void)state;
    static const char text[] = "SOSP 2021\r\n# A\0B Paper\r\nit \0 works\r\n\r\n";
    struct record record;
    read_text((struct span){text, sizeof text - 1}, &record);
    assert_int_equal(record.papers, 1);
    assert_memory_equal(record.passages.at, "1 venue|SOSP 2021\n2 title|A\0B Paper\n3 note|it \0 works\n", 54);
    record_free(&record);
}

/* ---- what is kept ---------------------------------------------------------------------------------------- */

static void every_note_is_a_passage_without_its_bullet(void **state)
{
    (void)state;
    assert_passages(
        "SOSP\n# A Paper\n  - first point\n* second\n\u2022 third\n3. fourth\n[x] fifth\n- [ ] sixth\n-seventh\n",
        "1 venue|SOSP\n2 title|A Paper\n3 note|first point\n4 note|second\n5 note|third\n6 note|fourth\n"
        "7 note|fifth\n8 note|sixth\n9 note|seventh\n");
}

static void questions_and_answers_last_until_the_next_title(void **state)
{
    (void)state;
    assert_passages(
        "# A Paper\nnote\nQ&A\n- why? no answer\nstill asking\n# B Paper\nnote\nMy QA 1. how big? 2. how far\n"
        "QA: one more\nmore\n# C Paper\nQ: why?\nA: because\nnote\n",
        "1 title|A Paper\n2 note|note\n4 qa|why? no answer\n5 qa|still asking\n"
        "6 title|B Paper\n7 note|note\n8 qa|1. how big? 2. how far\n9 qa|one more\n10 qa|more\n"
        "11 title|C Paper\n12 qa|Q: why?\n13 qa|A: because\n14 note|note\n");
}

static void an_abstract_is_kept_as_one(void **state)
{
    (void)state;
    assert_passages("# A Paper\nAbstract: We show it.\nnote\n# B Paper\nAbstract\nWe show it.\nAgain.\n\nnote\n",
                    "1 title|A Paper\n2 abstract|We show it.\n3 note|note\n"
                    "4 title|B Paper\n6 abstract|We show it.\n7 abstract|Again.\n9 note|note\n");
}

static void authors_links_and_tags_belong_to_the_title_above(void **state)
{
    (void)state;
    assert_people("Pond: CXL-Based Memory Pooling Systems for Cloud Platforms\n"
                  "Huaicheng Li, Daniel S. Berger and Asaf Cidon (Columbia)\n"
                  "https://doi.org/10.1145/3575693.3578835\n#cxl notes\n",
                  "Huaicheng Li\nDaniel S. Berger\nAsaf Cidon\nhttps://doi.org/10.1145/3575693.3578835\ncxl\n");
    assert_people("# A Paper\nAuthors: Zhong, Y., Berger, D.\narXiv:2203.02155\ntags: LLM, #serving\n",
                  "Y. Zhong\nD. Berger\nhttps://arxiv.org/abs/2203.02155\nLLM\nserving\n");
    assert_people("# A Paper\nBy Ada Example from MIT\ndoi: 10.1145/2491245\n",
                  "Ada Example\nhttps://doi.org/10.1145/2491245\n");
}

static void a_reference_tells_authors_and_address_in_every_style(void **state)
{
    (void)state;
    assert_people("Example, A., & Sample, B. (2034). Paging at Scale With Loud Logs. Letters on Storage, 12(3), 45-67. "
                  "https://doi.org/10.0000/los.2034.1\n",
                  "A. Example\nB. Sample\nhttps://doi.org/10.0000/los.2034.1\n");
    assert_people("Example, A. and Sample, B., 2033, July. QuietDisk: Flash Without Layers. In FAST (pp. 3-17).\n",
                  "A. Example\nB. Sample\n");
    assert_passages("Example, A., Person, C., & Sample, B. D. QuietTape: Rest Without Layers. FAST 2033\n",
                    "1 author|Example, A., Person, C., & Sample, B. D.\n1 title|QuietTape: Rest Without Layers\n"
                    "1 venue|FAST 2033\n");
    assert_people("\"Memory Pools for Impatient Clients\" by Example et al. (2031)\n", "Example\n");
    assert_people("\"Kernels on a Diet\", Cy Person. Doctoral Thesis, University of Nowhere, Dec. 2030.\n",
                  "Cy Person\n");
    assert_people("Ada Example and Bo Sample. 2029. \"Logs That Sleep at Night.\" in Pages, vol. 4, pp. 4-9.\n",
                  "Ada Example\nBo Sample\n");
    assert_people("# Tables Without Rows in Memory \u2014 Ada Example (2028)\n", "Ada Example\n");
    assert_people("# Tables Without Rows in Memory \u2014 Ada Example\n", "");
    assert_people("# A Study of Loud Logs: https://example.org/a.pdf (printed)\n", "https://example.org/a.pdf\n");
}

static void a_reference_s_place_is_shown_without_pages_and_publishers(void **state)
{
    (void)state;
    assert_passages("A. Example and B. Sample, \"Logs That Sleep at Night,\" in 9th Symposium on Pages (OSDI 29), "
                    "(Oslo, Norway), pp. 4-9, Oct. 2029.\n",
                    "1 author|A. Example and B. Sample\n1 title|Logs That Sleep at Night\n"
                    "1 venue|9th Symposium on Pages (OSDI 29)\n");
}

static pinakes_status keep_last_words(void *context, const struct paper *paper, pinakes_error *error)
{
    (void)error;
    buffer_add(context, paper->passages[paper->passage_count - 1].words);
    return PINAKES_OK;
}

static void a_link_inside_a_note_is_no_word_of_it(void **state)
{
    (void)state;
    static const char text[] = "# A Paper\nsee https://example.org/cxl for more\n";
    struct buffer words = {0};
    const struct paper_sink sink = {.context = &words, .paper = keep_last_words};
    const struct source_text source = {"notes.txt", span_of(text)};
    assert_int_equal(reader_notes.read(&source, &sink, NULL), PINAKES_OK);
    assert_string_equal(words.at, "see                         for more");
    assert_passages(text, "1 title|A Paper\n2 note|see https://example.org/cxl for more\n");
    assert_people(text, "");
    buffer_free(&words);
}

static void lines_broken_at_the_file_s_width_are_one_passage(void **state)
{
    (void)state;
    assert_passages("# A Paper\n"
                    "The first line of this paragraph goes on until it reaches the margin at\n"
                    "seventy columns and then continues here.\n"
                    "A line of its own\n",
                    "1 title|A Paper\n"
                    "2 note|The first line of this paragraph goes on until it reaches the margin at\n"
                    "seventy columns and then continues here.\n"
                    "4 note|A line of its own\n");
}

static void a_title_over_two_lines_is_one_title(void **state)
{
    (void)state;
    assert_titles("Demeter: A Scalable and Elastic Tiered Memory Solution for\nVirtualized Cloud via Guest Delegation\n"
                  "- guests know best\n",
                  "1\t0\t\tDemeter: A Scalable and Elastic Tiered Memory Solution for Virtualized Cloud via Guest "
                  "Delegation\n");
}

static void text_above_the_first_title_is_named_once(void **state)
{
    (void)state;
    struct record record;
    read_text(span_of("some thoughts on what to read\nand more of them\n# A Paper\nnote\n"), &record);
    assert_string_equal(record.notices.at, "1: no title above this text, so it is left out; if this is a title, put '# "
                                           "' before it\n");
    record_free(&record);
}

static void the_rule_says_what_made_a_line_a_title(void **state)
{
    (void)state;
    struct record record;
    read_text(span_of("OSDI\nDevice-Assisted Live Migration of RDMA Devices\nnote, 5% of it\n"
                      "[Oasis: Pooling PCIe Devices Over CXL to Boost Utilization]\nnote is here, see\n"
                      "Spirit: Fair Allocation of Interdependent Resources\n# x\nTitle: y\n"),
              &record);
    assert_string_equal(record.rules.at, "in title case, under a venue or year\n"
                                         "in brackets, a name and a colon, in title case\n"
                                         "a name and a colon, in title case\n"
                                         "after a heading mark\n"
                                         "named as the paper\n");
    record_free(&record);
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
    const struct source_text source = {"notes.txt", span_of("# A\n# B\n# C\n")};
    assert_int_equal(reader_notes.read(&source, &sink, NULL), PINAKES_CANCELLED);
    assert_int_equal(papers, 1);
}

/* ---- claims ---------------------------------------------------------------------------------------------- */

static void the_name_and_the_content_decide_whose_file_it_is(void **state)
{
    (void)state;
    const char *notes = "SOSP 2021\nBoki: Stateful Serverless Computing with Shared Logs\nlogs\n";
    assert_int_equal(claim_for("a/notes.txt", notes), 50);
    assert_int_equal(claim_for("papers.d/notes", notes), 50);
    assert_int_equal(claim_for("notes.org", notes), 20);
    assert_int_equal(claim_for("notes.md", notes), 0);
    assert_int_equal(claim_for("notes.bib", notes), 0);
    assert_int_equal(claim_for("main.c", notes), 0);
    assert_int_equal(claim_for("a/LICENSE", notes), 0);
    assert_int_equal(claim_for("changelog.Debian.gz", notes), 0);
    assert_int_equal(claim_for("requirements.txt", notes), 0);
    assert_int_equal(claim_for("install-notes", notes), 50);
    assert_int_equal(claim_for("notes.txt", "milk\neggs\n"), 0);
    assert_int_equal(claim_for("notes.txt", ""), 0);
}

static void one_corrected_title_does_not_hand_loose_notes_to_another_reader(void **state)
{
    (void)state;
    assert_int_equal(claim_for("notes.txt", "SOSP 2021\nBoki: Stateful Serverless Computing with Shared Logs\nlogs\n"
                                            "# ghost\nSyrup: User-Defined Scheduling Across the Stack\n"
                                            "TwinVisor: Hardware-isolated Confidential Virtual Machines for ARM\n"),
                     70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_writing_notes_gives_its_papers_and_other_files_give_none),
        cmocka_unit_test(the_shared_notes_give_their_45_papers),
        cmocka_unit_test(a_heading_mark_always_makes_a_title_and_ends_the_paper_before),
        cmocka_unit_test(a_heading_that_is_only_a_venue_and_a_year_is_no_paper),
        cmocka_unit_test(a_part_of_a_note_behind_heading_marks_stays_in_its_paper),
        cmocka_unit_test(a_year_alone_changes_the_year_and_keeps_the_venue),
        cmocka_unit_test(venues_under_a_year_share_it_until_the_next_year),
        cmocka_unit_test(venue_and_year_beside_a_title_are_read_in_any_order),
        cmocka_unit_test(a_venue_nobody_listed_is_known_by_its_year_or_its_label),
        cmocka_unit_test(a_system_named_like_a_venue_keeps_its_name),
        cmocka_unit_test(headings_of_parts_are_no_titles),
        cmocka_unit_test(a_line_longer_than_any_title_is_text),
        cmocka_unit_test(zero_bytes_and_old_line_ends_do_no_harm),
        cmocka_unit_test(every_note_is_a_passage_without_its_bullet),
        cmocka_unit_test(questions_and_answers_last_until_the_next_title),
        cmocka_unit_test(an_abstract_is_kept_as_one),
        cmocka_unit_test(authors_links_and_tags_belong_to_the_title_above),
        cmocka_unit_test(a_link_inside_a_note_is_no_word_of_it),
        cmocka_unit_test(a_reference_tells_authors_and_address_in_every_style),
        cmocka_unit_test(a_reference_s_place_is_shown_without_pages_and_publishers),
        cmocka_unit_test(lines_broken_at_the_file_s_width_are_one_passage),
        cmocka_unit_test(a_title_over_two_lines_is_one_title),
        cmocka_unit_test(text_above_the_first_title_is_named_once),
        cmocka_unit_test(the_rule_says_what_made_a_line_a_title),
        cmocka_unit_test(a_sink_that_refuses_a_paper_stops_the_reader),
        cmocka_unit_test(the_name_and_the_content_decide_whose_file_it_is),
        cmocka_unit_test(one_corrected_title_does_not_hand_loose_notes_to_another_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
