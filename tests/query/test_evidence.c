#include "tests/query/shelf.h"

/* The evidence of the first hit, with [marks], as "field:line text" a line. */
static const char *proof(struct shelf *shelf, const char *query, const pinakes_search_options *options)
{
    const pinakes_results *results = shelf_ask(shelf, query, options);
    struct buffer out = {0};
    if (results->hit_count == 0)
        return "no hit";
    for (size_t i = 0; i < results->hits[0].evidence_count; i++) {
        const pinakes_evidence *evidence = &results->hits[0].evidence[i];
        size_t at = 0;
        assert_int_equal(strlen(evidence->text), evidence->bytes);
        assert_string_equal(evidence->file, "all.txt");
        assert_string_equal(evidence->path, "/notes/all.txt");
        buffer_format(&out, "%s%s:%u ", i == 0 ? "" : "\n", evidence->field, (unsigned)evidence->line);
        for (size_t j = 0; j < evidence->mark_count; j++) {
            const pinakes_mark mark = evidence->marks[j];
            assert_true(mark.start >= at && mark.start + mark.bytes <= evidence->bytes);
            buffer_format(&out, "%.*s[%.*s]", (int)(mark.start - at), evidence->text + at, (int)mark.bytes,
                          evidence->text + mark.start);
            at = mark.start + mark.bytes;
        }
        buffer_add_text(&out, evidence->text + at);
    }
    const char *copy = arena_string(&shelf->arena, (struct span){out.at, out.len});
    buffer_free(&out);
    return copy;
}

static void proves(struct shelf *shelf, const char *query, const char *expected)
{
    assert_string_equal(proof(shelf, query, NULL), expected);
}

static void a_paper_found_by_its_title_shows_the_title_first(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "Oasis: PCIe over CXL",
                                                [FIELD_NOTE] = "It pools devices.\n\nThe cost: 1. CXL is slow 2. CXL "
                                                               "is not coherent. RDMA is slower."}});
    proves(*state, "cxl",
           "title:10 Oasis: PCIe over [CXL]\n"
           "note:61 1. [CXL] is slow\n"
           "note:61 2. [CXL] is not coherent.");
}

static void each_next_sentence_shows_what_those_before_do_not(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(
        shelf,
        &(struct volume){
            .texts = {
                [FIELD_TITLE] = "A title", [FIELD_NOTE] = "Alpha alone. Alpha again. Alpha and beta. Gamma here."}});
    const pinakes_search_options two = {.evidence_limit = 2};
    assert_string_equal(proof(shelf, "alpha beta gamma", &two), "note:60 [Alpha] and [beta].\nnote:60 [Gamma] here.");
    const pinakes_search_options all = {.evidence_limit = SIZE_MAX};
    assert_string_equal(proof(shelf, "alpha beta gamma", &all), "note:60 [Alpha] and [beta].\n"
                                                                "note:60 [Gamma] here.\n"
                                                                "note:60 [Alpha] alone.\n"
                                                                "note:60 [Alpha] again.");
}

static void a_phrase_is_proved_by_the_whole_phrase(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(
        shelf,
        &(struct volume){
            .texts = {
                [FIELD_TITLE] = "A title", [FIELD_NOTE] = "The user speaks. A process of a user. A user process."}});
    proves(shelf, "\"user process\"", "note:60 A [user] [process].");
}

static void a_compound_is_marked_whole_and_in_every_spelling(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf,
              &(struct volume){
                  .texts = {[FIELD_TITLE] = "A title", [FIELD_NOTE] = "The KV-cache is large. A kvcache is not."}});
    proves(shelf, "kvcache", "note:60 The [KV-cache] is large.\nnote:60 A [kvcache] is not.");
}

static void of_a_numbered_name_what_was_asked_for_is_marked(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(
        shelf,
        &(struct volume){
            .texts = {
                [FIELD_TITLE] = "A title", [FIELD_NOTE] = "It runs on CXL2.0. It takes 10 \u00b5s. L'acc\u00e8s."}});
    proves(shelf, "cxl", "note:60 It runs on [CXL]2.0.");
    proves(shelf, "cxl2", "note:60 It runs on [CXL2].0.");
    proves(shelf, "10us", "note:60 It takes [10] [\u00b5s].");
    proves(shelf, "acc\u00e8s", "note:60 L'[acc\u00e8s].");
}

static void a_line_break_is_shown_as_one_space_and_counted(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(
        shelf,
        &(struct volume){
            .texts = {
                [FIELD_TITLE] = "A title", [FIELD_NOTE] = "First line.\nSecond line goes \r\n  on to CXL\nthere."}});
    proves(shelf, "cxl", "note:61 Second line goes on to [CXL] there.");
}

static void a_long_sentence_is_cut_around_its_matches_at_words(void **state)
{
    struct shelf *shelf = *state;
    struct buffer text = {0};
    for (int i = 0; i < 300; i++)
        buffer_format(&text, "filler%d %s", i, i == 200 ? "cxl " : "");
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "A title", [FIELD_NOTE] = text.at}});
    buffer_free(&text);
    const pinakes_results *results = shelf_ask(shelf, "cxl", NULL);
    const pinakes_evidence *evidence = &results->hits[0].evidence[0];
    assert_true(evidence->bytes <= 400 && evidence->bytes > 300);
    assert_int_equal(evidence->mark_count, 1);
    assert_memory_equal(evidence->text + evidence->marks[0].start, "cxl", 3);
    assert_memory_equal(evidence->text, "filler1", 7);
    assert_memory_equal(evidence->text + evidence->bytes - 9, "filler2", 7);
}

static void one_giant_word_still_gives_a_short_sentence(void **state)
{
    struct shelf *shelf = *state;
    struct buffer text = {0};
    for (int i = 0; i < 40; i++)
        buffer_add_text(&text, "内存池延迟高");
    for (int i = 0; i < 2000; i++)
        buffer_add_text(&text, "ab");
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "A title", [FIELD_NOTE] = text.at}});
    const pinakes_results *results = shelf_ask(shelf, "内存", NULL);
    assert_int_equal(results->found, 1);
    assert_true(results->hits[0].evidence_count > 0);
    assert_true(results->hits[0].evidence[0].bytes <= 410);
    buffer_free(&text);
}

static void author_venue_and_tag_are_evidence_too(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "A title",
                                                [FIELD_AUTHOR] = "J. R. Smith\n\nAda Lovelace",
                                                [FIELD_VENUE] = "SOSP",
                                                [FIELD_TAG] = "to-read"}});
    proves(shelf, "author:smith", "author:20 J. R. [Smith]");
    proves(shelf, "sosp lovelace", "author:21 Ada [Lovelace]\nvenue:30 [SOSP]");
    proves(shelf, "tag:to-read", "tag:40 [to-read]");
}

static void what_no_text_was_asked_of_is_named_by_its_title(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf,
              &(struct volume){.texts = {[FIELD_TITLE] = "A title. Of two", [FIELD_NOTE] = "cxl"}, .year = 2021});
    proves(shelf, "", "title:10 A title. Of two");
    proves(shelf, "year:2021", "title:10 A title. Of two");
    proves(shelf, "-rdma", "title:10 A title. Of two");
}

static void a_topic_is_proved_by_what_its_rules_find(void **state)
{
    struct shelf *shelf = *state;
    shelf_execute(shelf, "INSERT INTO meta(name, value) VALUES('topics_text', '[far-memory]\ntitle = Far memory\n"
                         "threshold = 1\n+2 CXL\n-2 serverless\n+1 pools title:rdma\n')");
    shelf_add(shelf,
              &(struct volume){
                  .texts = {[FIELD_TITLE] = "A title", [FIELD_NOTE] = "Nothing here. CXL pools. A serverless thing."},
                  .topics = {"far-memory"}});
    const char *const topics[] = {"far-memory"};
    const pinakes_search_options options = {.topic_count = 1, .topics = topics};
    assert_string_equal(proof(shelf, "", &options), "note:60 [CXL] pools.");
    assert_string_equal(proof(shelf, "topic:far-memory", NULL), "note:60 [CXL] pools.");
    assert_string_equal(proof(shelf, "thing", &options), "note:60 A serverless [thing].");
}

static void mark_up_is_shown_and_never_marked(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(
        shelf,
        &(struct volume){
            .texts = {
                [FIELD_TITLE] = "A title", [FIELD_NOTE] = "See   CXL                now.  \n  Next  cxl   line."}});
    shelf_execute(shelf, "UPDATE passages SET source_text = 'See **CXL** `not a word` now.  ' || char(10) || "
                         "'> Next *cxl*  line.' WHERE field = 'note'");
    shelf_execute(shelf, "SELECT 1 / (length(source_text) = bytes) FROM passages WHERE field = 'note'");
    proves(shelf, "cxl", "note:60 See **[CXL]** `not a word` now.\nnote:61 Next *[cxl]*  line.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_SHELF(a_paper_found_by_its_title_shows_the_title_first),
        ON_A_SHELF(each_next_sentence_shows_what_those_before_do_not),
        ON_A_SHELF(a_phrase_is_proved_by_the_whole_phrase),
        ON_A_SHELF(a_compound_is_marked_whole_and_in_every_spelling),
        ON_A_SHELF(of_a_numbered_name_what_was_asked_for_is_marked),
        ON_A_SHELF(a_line_break_is_shown_as_one_space_and_counted),
        ON_A_SHELF(a_long_sentence_is_cut_around_its_matches_at_words),
        ON_A_SHELF(one_giant_word_still_gives_a_short_sentence),
        ON_A_SHELF(author_venue_and_tag_are_evidence_too),
        ON_A_SHELF(what_no_text_was_asked_of_is_named_by_its_title),
        ON_A_SHELF(a_topic_is_proved_by_what_its_rules_find),
        ON_A_SHELF(mark_up_is_shown_and_never_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
