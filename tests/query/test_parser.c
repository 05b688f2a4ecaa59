#include "query/parser.h"

#include "query/lexer.h"
#include "tests/chance.h"
#include "tests/examples.h"
#include "tests/query/reading.h"

#include <stdio.h>
#include <time.h>

/* How a query is understood, in the query language itself. */
static const struct example examples[] = {
    /* ---- words ----------------------------------------------------------------------------------------------- */

    CLAIM("plain words are all required"),
    {"far memory", "far AND memory"},
    {"  far \t\n memory ", "far AND memory"},

    CLAIM("a word written twice counts once"),
    {"cache cache Cache", "cache"},
    {"far cache far OR cache OR cache", "(far AND cache) OR cache"},

    CLAIM("stop words fall away beside other words"),
    {"which papers touched CXL?", "CXL"},
    {"the art of memory", "art AND memory"},
    {"CXL AND the memory", "CXL AND memory"},
    {"papers year:2021", "year:2021"},

    CLAIM("stop words count when they are all there is"),
    {"the of", "the AND of"},
    {"what", "what"},

    CLAIM("stop words count when they are asked for"),
    {"\"the\" memory", "\"the\" AND memory"},
    {"title:the memory", "title:the AND memory"},
    {"title:(the memory)", "title:the AND title:memory"},
    {"+the memory", "+the AND memory"},
    {"the AND memory", "the AND memory"},
    {"(the) memory", "the AND memory"},

    CLAIM("an acronym is no stop word"),
    {"what is IT", "IT"},

    /* ---- compounds and spellings ----------------------------------------------------------------------------- */

    CLAIM("a camel case word is also its parts"),
    {"PrefillOnly", "(PrefillOnly | Prefill-Only)"},
    {"\"PrefillOnly\"", "\"PrefillOnly\""},

    CLAIM("a name and its number are found apart too"),
    {"CXL2.0", "(CXL2.0 | CXL-2.0)"},
    {"YOLOv5", "(YOLOv5 | YOLO-v5)"},
    {"10\xc2\xb5s", "(10\xc2\xb5s | 10-\xc2\xb5s)"},
    {"100Gbps", "(100Gbps | 100-Gbps)"},
    {"H100 5G 2021", "H100 AND 5G AND (2021 | year:2021)"},
    {"\"CXL2.0\"", "\"CXL2.0\""},

    /* ---- phrases --------------------------------------------------------------------------------------------- */

    CLAIM("curly quotation marks are quotation marks"),
    {"“far memory”", "\"far memory\""},
    {"„far memory“", "\"far memory\""},

    CLAIM("a missing quotation mark is literal"),
    {"\"far memory", "far AND memory"},
    {"far memory\"", "far AND memory"},
    {"\"far\" \"memory", "\"far\" AND memory"},
    {"5\" disk and 3\" disk", "5 AND disk AND 3"},

    /* ---- operators ------------------------------------------------------------------------------------------- */

    CLAIM("AND binds tighter than OR"),
    {"kv AND cache OR paging", "(kv AND cache) OR paging"},
    {"kv cache OR paging swap", "(kv AND cache) OR (paging AND swap)"},
    {"kv AND (cache OR paging)", "kv AND (cache OR paging)"},
    {"((kv)) (((cache OR (paging AND swap))))", "kv AND (cache OR (paging AND swap))"},

    CLAIM("minus and NOT exclude"),
    {"far -memory", "far AND NOT memory"},
    {"far NOT memory", "far AND NOT memory"},
    {"far AND NOT (memory OR swap)", "far AND NOT (memory OR swap)"},
    {"-\"far memory\" -title:cxl -(swap paging)", "NOT \"far memory\" AND NOT title:cxl AND NOT (swap AND paging)"},
    {"far OR -memory", "far OR NOT memory"},
    {"-far", "NOT far"},
    {"NOT NOT far", "far"},
    {"NOT -far", "far"},
    {"!far", "far"},

    CLAIM("a hyphen inside a word excludes nothing"),
    {"far-memory", "(far-memory | farmemory)"},
    {"far - memory", "far AND memory"},
    {"--far", "far"},
    {"far- memory", "far AND memory"},
    {"(Non)-Riemannian cache", "Non AND Riemannian AND cache"},
    {"(1+x)-approximate cache", "(1+x | 1x) AND approximate AND cache"},
    {"\"page fault\"-driven", "\"page fault\" AND driven"},
    {"(far -memory) -swap", "(far AND NOT memory) AND NOT swap"},

    CLAIM("operators are words in small letters"),
    {"kv or cache and paging", "kv AND cache AND paging"},
    {"kv && cache || paging", "kv AND cache AND paging"},

    CLAIM("operators without operands are words"),
    {"AND", "and"},
    {"memory AND", "memory"},
    {"OR memory", "memory"},
    {"memory NOT", "memory"},
    {"far AND OR memory", "far OR memory"},
    {"(AND memory) OR", "memory"},
    {"x,OR y", "x AND or AND y"},

    CLAIM("operands without words fall away"),
    {"memory AND ???", "memory"},
    {"() OR memory", "memory"},
    {"NOT ??? memory -... +()", "memory"},

    CLAIM("parentheses without partner are literal"),
    {"(far memory", "far AND memory"},
    {"far) memory", "far AND memory"},
    {")(far OR (memory", "far OR memory"},
    {"malloc(size)", "malloc AND size"},

    /* ---- fields, years, topics ------------------------------------------------------------------------------- */

    CLAIM("every field has its names"),
    {"authors:li author:li venue:sosp abstract:cxl qa:why", "author:li AND venue:sosp AND abstract:cxl AND qa:why"},
    {"tags:os notes:cxl Title:Cxl", "tag:os AND note:cxl AND title:Cxl"},

    CLAIM("what names no field is a compound"),
    {"foo:bar", "(foo-bar | foobar)"},
    {"title:foo:bar", "(title:foo-bar | title:foobar)"},
    {"std::vector", "std AND vector"},
    {"cxl:\"far memory\"", "cxl AND \"far memory\""},

    CLAIM("a field without operand is a word"),
    {"title:", "title"},
    {"title: cxl", "title AND cxl"},
    {"title:???", "title"},
    {"title:()", "-"},
    {"title:(cxl", "title AND cxl"},
    {"topic:", "topic"},

    CLAIM("years come in many spellings"),
    {"year:2021", "year:2021"},
    {"year:2021..2025", "year:2021..2025"},
    {"year:2021..", "year:2021.."},
    {"year:..2020", "year:..2020"},
    {"year:[2019 TO 2021]", "year:2019..2021"},
    {"year:[2019 TO *]", "year:2019.."},
    {"year:{2019 TO 2021}", "year:2020"},
    {"year:2016-2020", "year:2016..2020"},
    {"year:2016–2020", "year:2016..2020"},
    {"year:2020..2016", "year:2016..2020"},
    {"year:>=2020", "year:2020.."},
    {"year:>2020", "year:2021.."},
    {"year:<=2020", "year:..2020"},
    {"year:<2020", "year:..2019"},
    {"year:(2019 OR 2021..)", "year:2019 OR year:2021.."},
    {"-year:2021 cxl", "NOT year:2021 AND cxl"},

    CLAIM("a year that is none is literal"),
    {"year:soon", "(year-soon | yearsoon)"},
    {"year:20211", "(year-20211 | year20211)"},
    {"year:[2019 TO", "(year AND (2019 | year:2019)) AND TO"},
    {"year:..", "year"},

    CLAIM("a bare year is the number or the year"),
    {"2021", "(2021 | year:2021)"},
    {"cxl 2021", "cxl AND (2021 | year:2021)"},
    {"1899 2100 802", "1899 AND 2100 AND 802"},
    {"\"2021\" title:2021", "\"2021\" AND title:2021"},

    CLAIM("a topic is named by word or quotation"),
    {"topic:far-memory", "topic:far-memory"},
    {"topic:\"Far Memory\"", "topic:far-memory"},
    {"topic:“far memory”", "topic:far-memory"},
    {"-topic:far_memory swap", "NOT topic:far-memory AND swap"},
    {"topic:(serverless OR verification)", "topic:serverless OR topic:verification"},

    /* ---- prefixes and NEAR ----------------------------------------------------------------------------------- */

    CLAIM("a lone star is every paper"),
    {"*", "*"},
    {"* -cxl", "NOT cxl"},
    {"***", "-"},

    CLAIM("NEAR stands between its operands or before them"),
    {"far NEAR/5 memory", "NEAR(far memory, 5)"},
    {"far NEAR memory", "NEAR(far memory, 10)"},
    {"NEAR(far \"page fault\" swap*, 3)", "NEAR(far \"page fault\" swap*, 3)"},
    {"NEAR(far memory,3) kv", "NEAR(far memory, 3) AND kv"},
    {"NEAR(far memory)", "NEAR(far memory, 10)"},
    {"NEAR(far, 3)", "far"},
    {"-far NEAR/2 memory", "NOT NEAR(far memory, 2)"},

    CLAIM("NEAR chains by equal distance"),
    {"kv NEAR/5 cache NEAR/5 paging", "NEAR(kv cache paging, 5)"},
    {"kv NEAR/5 cache NEAR/3 paging", "NEAR(kv cache, 5) AND NEAR(cache paging, 3)"},

    CLAIM("NEAR takes every spelling of its operands"),
    {"KV-cache NEAR/3 latency", "(NEAR(KV-cache latency, 3) | NEAR(kvcache latency, 3))"},
    {"(far OR local) NEAR/2 memory", "NEAR(far memory, 2) OR NEAR(local memory, 2)"},

    CLAIM("NEAR without places only requires"),
    {"(far memory) NEAR/5 cxl", "(far AND memory) AND cxl"},
    {"year:2021 NEAR cxl", "year:2021 AND cxl"},

    CLAIM("NEAR without operands is literal"),
    {"NEAR", "near"},
    {"NEAR/", "near"},
    {"cxl NEAR/5", "cxl AND 5"},
    {"NEAR()", "-"},
    {"\"near\" NEAR(cxl", "\"near\" AND cxl"},

    /* ---- what users have seen crash elsewhere ---------------------------------------------------------------- */

    CLAIM("punctuation, fields and wildcards live together"),
    {"bill.text: it's 10% (or $5)! author:o'neil wild*",
     "(bill.text | billtext) AND 10 AND 5 AND author:o'neil AND wild*"},
    {"xyz AND abc", "xyz AND abc"},
    {"a:b:c", "(a-b-c | abc)"},
    {"'far memory'; DROP TABLE papers --", "far AND memory AND DROP AND TABLE"},
    {"#hashtag @user 50% foo/bar", "hashtag AND user AND 50 AND foo AND bar"},

    {NULL, NULL},
};

static void queries_are_read(void **state)
{
    void *desk = NULL;
    assert_int_equal(reading_setup(&desk), 0);
    for (const struct example *example = *state; example->text != NULL; example++)
        example_check(example, print(desk, parse(desk, example->text)));
    assert_int_equal(reading_teardown(&desk), 0);
}

/* ---- words ----------------------------------------------------------------------------------------------- */

static void a_word_is_looked_for_with_its_stem(void **state)
{
    struct desk *desk = *state;
    assert_string_equal(token_text(desk, parse(desk, "running")), "running ~run run");
    assert_string_equal(token_text(desk, parse(desk, "Caches")), "caches ~cach cach");
    assert_string_equal(token_text(desk, parse(desk, "cxl")), "cxl ~cxl");
}

static void an_acronym_is_never_stemmed_but_for_its_plural(void **state)
{
    struct desk *desk = *state;
    assert_string_equal(token_text(desk, parse(desk, "AWS")), "aws ~aws");
    assert_string_equal(token_text(desk, parse(desk, "LLMs")), "llms ~llm llm");
}

static void a_quoted_word_is_exact(void **state)
{
    struct desk *desk = *state;
    const struct node *node = parse(desk, "\"caches\"");
    assert_int_equal(node->kind, NODE_TERM);
    assert_string_equal(token_text(desk, node), "caches");
    assert_reading(desk, "\"caches\"", "\"caches\"");
}

static void both_mus_and_a_plain_u_find_each_other(void **state)
{
    struct desk *desk = *state;
    assert_string_equal(token_text(desk, parse(desk, "µFork")), token_text(desk, parse(desk, "μFork")));
    const struct node *fork = parse(desk, "µFork");
    bool has_u = false;
    for (size_t i = 0; i < fork->token_count; i++)
        has_u = has_u || span_is(fork->tokens[i], "ufork");
    assert_true(has_u);
    assert_reading(desk, "µfor*", "(µfor* | ufor*)");
}

/* ---- compounds and spellings ----------------------------------------------------------------------------- */

static void a_compound_is_its_parts_in_order_or_its_joined_form(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "KV-cache", "(KV-cache | kvcache)");
    assert_reading(desk, "io_uring", "(io_uring | iouring)");
    assert_reading(desk, "CXL.mem", "(CXL.mem | cxlmem)");
    assert_reading(desk, "Q&A", "(Q&A | qa)");
    const struct node *node = parse(desk, "KV-caches");
    assert_int_equal(node->kind, NODE_MAX);
    assert_int_equal(node->children[0]->kind, NODE_PHRASE);
    assert_string_equal(token_text(desk, node->children[0]->children[1]), "caches ~cach cach");
    assert_string_equal(token_text(desk, node->children[1]), "kvcaches ~kvcach kvcach");
}

static void a_compound_in_quotes_is_its_parts_as_written(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "\"kv-cache\"", "(\"kv-cache\" | \"kvcache\")");
    const struct node *node = parse(desk, "\"the KV-caches design\"");
    assert_int_equal(node->kind, NODE_PHRASE);
    assert_int_equal(node->child_count, 4);
    assert_string_equal(token_text(desk, node->children[2]), "caches");
}

static void a_language_keeps_its_signs(void **state)
{
    struct desk *desk = *state;
    assert_string_equal(token_text(desk, parse(desk, "C++")), "c++ ~c++");
    assert_string_equal(token_text(desk, parse(desk, "C#")), "c# ~c#");
    assert_reading(desk, "C++*", "C++*");
    assert_reading(desk, "-C++", "NOT C++");
}

static void whoever_asks_for_a_numbered_name_does_not_ask_for_its_family(void **state)
{
    struct desk *desk = *state;
    const struct node *node = parse(desk, "CXL2.0");
    assert_string_equal(token_text(desk, node->children[0]), "cxl2.0 ~cxl2.0");
    assert_string_equal(token_text(desk, parse(desk, "2.0")), "2.0 ~2.0");
}

static void a_word_behind_an_elided_article_is_looked_for_without_it(void **state)
{
    struct desk *desk = *state;
    assert_string_equal(token_text(desk, parse(desk, "d'acc\xc3\xa8s")), "acces ~acc acc");
    assert_string_equal(token_text(desk, parse(desk, "D'Souza")), "dsouza ~dsouza");
}

static void us_behind_a_number_are_microseconds(void **state)
{
    static const char *const known[] = {"10us", NULL};
    struct desk *desk = *state;
    assert_reading(desk, "latency of 10 us", "latency AND 10 AND us");
    assert_reading(desk, "it serves us", "serves");
    desk->known = known;
    assert_reading(desk, "10 us", "((10 AND us) | 10us)");
    assert_reading(desk, "10 \xc2\xb5s", "((10 AND \xc2\xb5s) | 10us)");
    desk->known = NULL;
}

static void neighbours_the_library_knows_as_one_word_are_that_word_too(void **state)
{
    static const char *const known[] = {"kvcache", NULL};
    struct desk *desk = *state;
    desk->known = known;
    assert_reading(desk, "KV cache", "((KV AND cache) | kvcache)");
    assert_reading(desk, "kv cache paging", "((kv AND cache) | kvcache) AND paging");
    assert_reading(desk, "title:(kv cache)", "((title:kv AND title:cache) | title:kvcache)");
    desk->known = NULL;
    assert_reading(desk, "KV cache", "KV AND cache");
}

static void only_plain_neighbours_are_joined(void **state)
{
    static const char *const known[] = {"kvcache", "kvthe", NULL};
    struct desk *desk = *state;
    desk->known = known;
    assert_reading(desk, "kv AND cache", "kv AND cache");
    assert_reading(desk, "kv the cache", "kv AND cache");
    assert_reading(desk, "\"kv\" cache", "\"kv\" AND cache");
    assert_reading(desk, "kv OR cache", "kv OR cache");
    assert_reading(desk, "title:kv cache", "title:kv AND cache");
    assert_reading(desk, "kv -cache", "kv AND NOT cache");
}

static void a_word_is_split_into_the_fewest_words_the_library_knows(void **state)
{
    static const char *const known[] = {"kv",  "~cach",  "gpt",    "got",          "3",
                                        "far", "memory", "system", "memorysystem", NULL};
    struct desk *desk = *state;
    desk->known = known;
    assert_reading(desk, "kvcaches", "(kvcaches | kv-caches)");
    assert_reading(desk, "gpt3", "(gpt3 | gpt-3)");
    assert_reading(desk, "g\xc3\xb6t3", "(g\xc3\xb6t3 | g\xc3\xb6t-3)");
    assert_reading(desk, "farmemorysystem", "(farmemorysystem | far-memorysystem)");
    assert_reading(desk, "kvx", "kvx");
    assert_reading(desk, "\"kvcaches\"", "\"kvcaches\"");
    assert_reading(desk, "KVCACHE", "KVCACHE");
}

static void a_split_leaves_no_single_letter_and_no_stop_word(void **state)
{
    static const char *const known[] = {"off", "load", "the", "rapy", "x", "enclave", "20", "21", NULL};
    struct desk *desk = *state;
    desk->known = known;
    assert_reading(desk, "therapy", "therapy");
    assert_reading(desk, "xenclave", "xenclave");
    assert_reading(desk, "title:2021", "title:2021");
}

static void guessing_stops_at_a_bound(void **state)
{
    static const char *const known[] = {NULL};
    struct desk *desk = *state;
    struct buffer query = {0};
    desk->known = known;
    for (unsigned i = 0; i < 3000; i++)
        buffer_format(&query, "word%c%c%cabcdefgh ", 'a' + (int)(i % 26), 'a' + (int)(i / 26 % 26),
                      'a' + (int)(i / 676));
    (void)parse_bytes(desk, (struct span){query.at, query.len});
    assert_in_range(desk->questions, 1, 4000);
    buffer_free(&query);
}

static void cjk_text_is_looked_for_by_its_bigrams(void **state)
{
    struct desk *desk = *state;
    const struct node *node = parse(desk, "分离式");
    assert_int_equal(node->kind, NODE_PHRASE);
    assert_string_equal(token_text(desk, node->children[0]), "分离");
    assert_string_equal(token_text(desk, node->children[1]), "离式");
    assert_int_equal(parse(desk, "内存")->kind, NODE_TERM);
    assert_int_equal(parse(desk, "内")->kind, NODE_PREFIX);
    assert_reading(desk, "分离式内存 cache", "分离式内存 AND cache");
}

/* ---- phrases --------------------------------------------------------------------------------------------- */

static void a_quotation_is_an_exact_phrase(void **state)
{
    struct desk *desk = *state;
    const struct node *node = parse(desk, "\"user processes\"");
    assert_int_equal(node->kind, NODE_PHRASE);
    assert_string_equal(token_text(desk, node->children[1]), "processes");
    assert_reading(desk, "\"user processes\" kernel", "\"user processes\" AND kernel");
}

static void the_last_word_of_a_quotation_may_be_a_prefix(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "\"far mem*\"", "\"far mem*\"");
    assert_int_equal(parse(desk, "\"far mem*\"")->children[1]->kind, NODE_PREFIX);
    assert_int_equal(parse(desk, "\"far* mem\"")->children[0]->kind, NODE_TERM);
}

/* ---- operators ------------------------------------------------------------------------------------------- */

static void plus_requires(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "+far memory", "+far AND memory");
    assert_true(parse(desk, "+far memory")->children[0]->is_must);
    assert_reading(desk, "+(far OR memory)", "+(far OR memory)");
}

static void too_deep_parentheses_are_literal(void **state)
{
    struct desk *desk = *state;
    struct buffer query = {0};
    for (int i = 0; i < 1000; i++)
        buffer_add_text(&query, "(far OR ");
    buffer_add_text(&query, "memory");
    for (int i = 0; i < 1000; i++)
        buffer_add_text(&query, ")");
    const struct node *node = parse_bytes(desk, (struct span){query.at, query.len}).root;
    assert_int_equal(node->kind, NODE_OR);
    buffer_free(&query);
}

static void spellings_between_bars_are_read_as_written(void **state)
{
    static const char *const known[] = {"kv", "cache", "kvcache", NULL};
    struct desk *desk = *state;
    desk->known = known;
    assert_reading(desk, "(kvcache | kv-cache)", "(kvcache | kv-cache)");
    assert_reading(desk, "(kv-cache |)", "(kv-cache |)");
    assert_int_equal(parse(desk, "(kv-cache |)")->children[0]->kind, NODE_PHRASE);
    assert_reading(desk, "((kv AND cache) | 2021) paging", "((kv AND cache) | 2021) AND paging");
    assert_reading(desk, "far | swap", "far AND swap");
    assert_reading(desk, "(|)", "-");
}

/* ---- fields, years, topics ------------------------------------------------------------------------------- */

static void a_field_restricts_a_word_a_phrase_or_a_group(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "title:cxl", "title:cxl");
    assert_reading(desk, "note:\"page fault\"", "note:\"page fault\"");
    assert_reading(desk, "title:(far OR memory) kv", "(title:far OR title:memory) AND kv");
    assert_reading(desk, "title:(far note:memory)", "title:far AND note:memory");
    assert_reading(desk, "title:mem*", "title:mem*");
    assert_reading(desk, "title:KV-cache", "(title:KV-cache | title:kvcache)");
    const struct node *phrase = parse(desk, "qa:\"page fault\"");
    assert_int_equal(phrase->fields, 1u << FIELD_QA);
    assert_int_equal(phrase->children[0]->fields, 1u << FIELD_QA);
}

/* ---- prefixes and NEAR ----------------------------------------------------------------------------------- */

static void a_star_makes_a_prefix(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "mem*", "mem*");
    assert_string_equal(token_text(desk, parse(desk, "Mem*")), "mem");
    assert_reading(desk, "kv-ca*", "(kv-ca* | kvca*)");
    assert_reading(desk, "mem*?", "mem*");
    assert_reading(desk, "kv*cache", "kv AND cache");
    assert_reading(desk, "*memory", "memory");
}

static void near_stays_within_one_field(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "title:(far NEAR/5 memory)", "NEAR(title:far title:memory, 5)");
    assert_reading(desk, "title:NEAR(far memory, 5)", "NEAR(title:far title:memory, 5)");
    assert_reading(desk, "title:far NEAR/5 memory", "NEAR(title:far title:memory, 5)");
    assert_reading(desk, "title:far NEAR/5 note:memory", "title:far AND note:memory");
    assert_int_equal(parse(desk, "title:far NEAR/5 memory")->fields, 1u << FIELD_TITLE);
}

/* ---- any word -------------------------------------------------------------------------------------------- */

static void with_any_word_neighbours_are_alternatives(void **state)
{
    static const char *const known[] = {"kvcache", NULL};
    struct desk *desk = *state;
    desk->any_word = true;
    assert_reading(desk, "far memory", "far OR memory");
    assert_reading(desk, "which papers mention far memory?", "far OR memory");
    assert_reading(desk, "far AND memory swap", "(far AND memory) OR swap");
    desk->known = known;
    assert_reading(desk, "kv cache", "((kv OR cache) | kvcache)");
}

static void with_any_word_filters_and_signs_still_hold(void **state)
{
    struct desk *desk = *state;
    desk->any_word = true;
    assert_reading(desk, "far memory -swap", "(far OR memory) AND NOT swap");
    assert_reading(desk, "far memory year:2021.. topic:far-memory",
                   "(far OR memory) AND year:2021.. AND topic:far-memory");
    assert_reading(desk, "+far memory swap", "+far AND (memory OR swap OR *)");
    assert_reading(desk, "-far -memory", "NOT far AND NOT memory");
}

/* ---- questions ------------------------------------------------------------------------------------------- */

static bool asks(struct desk *desk, const char *text)
{
    return parse_bytes(desk, span_of(text)).is_question;
}

static void a_question_begins_or_ends_like_one(void **state)
{
    struct desk *desk = *state;
    assert_true(asks(desk, "which papers touched CXL?"));
    assert_true(asks(desk, "Which papers touched CXL"));
    assert_true(asks(desk, "show papers on far memory"));
    assert_true(asks(desk, "far memory?"));
    assert_false(asks(desk, "far memory"));
    assert_false(asks(desk, "which"));
    assert_false(asks(desk, "???"));
    assert_false(asks(desk, ""));
}

static void a_query_with_any_syntax_is_no_question(void **state)
{
    struct desk *desk = *state;
    assert_false(asks(desk, "which papers touched \"far memory\"?"));
    assert_false(asks(desk, "which papers touched far AND memory?"));
    assert_false(asks(desk, "which title:cxl?"));
    assert_false(asks(desk, "which papers -cxl?"));
    assert_false(asks(desk, "which mem*?"));
    assert_false(asks(desk, "which papers touched (far | near)?"));
    assert_false(asks(desk, "which papers touched title:(far memory)?"));
    assert_true(asks(desk, "which papers touched TSS (Time Sharing System)?"));
}

static void plain_neighbours_are_noticed(void **state)
{
    struct desk *desk = *state;
    assert_true(parse_bytes(desk, span_of("far memory")).has_plain_words);
    assert_true(parse_bytes(desk, span_of("\"cxl\" far memory")).has_plain_words);
    assert_false(parse_bytes(desk, span_of("the memory")).has_plain_words);
    assert_false(parse_bytes(desk, span_of("far AND memory")).has_plain_words);
    assert_false(parse_bytes(desk, span_of("far \"memory\"")).has_plain_words);
}

/* ---- what users have seen crash elsewhere ---------------------------------------------------------------- */

static void an_empty_query_is_everything_and_one_without_words_nothing(void **state)
{
    assert_reading(*state, "", "*");
    assert_reading(*state, " \t\r\n", "*");
    static const char *const wordless[] = {"-",  "???",  "\"", "\"\"", "()", "(", ")",  "+",   "|",       "*?*", "😀",
                                           "&&", "[]{}", "\\", "'",    "~",  "^", "--", "-()", "\"...\"", "OR(", "€$%"};
    for (size_t i = 0; i + 2 < sizeof wordless / sizeof *wordless; i++)
        assert_reading(*state, wordless[i], "-");
}

static void invalid_utf_8_separates_words_and_never_leaves_the_parser(void **state)
{
    struct desk *desk = *state;
    assert_reading(desk, "caf\xe9 memory \xff\xfe", "caf AND memory");
    const struct node *node = parse(desk, "topic:x\xff");
    assert_string_equal(span_text(desk, node->name), "x\xef\xbf\xbd");
    assert_string_equal(span_text(desk, node->typed), "topic:x\xef\xbf\xbd");
    const struct span with_nul = {"far\0memory", 10};
    assert_string_equal(print(desk, parse_bytes(desk, with_nul).root), "far");
}

static void reports_get_the_words_as_they_were_typed(void **state)
{
    struct desk *desk = *state;
    assert_string_equal(span_text(desk, parse(desk, "title:KV-cache")->typed), "title:KV-cache");
    assert_string_equal(span_text(desk, parse(desk, "title:KV-cache")->children[1]->typed), "title:KV-cache");
    assert_string_equal(span_text(desk, parse(desk, "Caches,")->typed), "Caches");
    assert_string_equal(span_text(desk, parse(desk, "note:(cxl swap)")->children[1]->typed), "note:swap");
    assert_string_equal(span_text(desk, parse(desk, "year:>2020")->typed), "year:>2020");
    assert_string_equal(span_text(desk, parse(desk, "year:(2019 2020)")->children[0]->typed), "year:2019");
    assert_string_equal(span_text(desk, parse(desk, "\"far memory\"")->typed), "\"far memory\"");
    assert_string_equal(span_text(desk, parse(desk, "mem*")->typed), "mem*");
}

/* ---- any text -------------------------------------------------------------------------------------------- */

/* Of the processor: what else the machine does is not counted. */
static int64_t milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A sanitized build takes its time; anything worse than linear would take minutes. */
enum { PATIENCE_MS = 20000, MEGABYTE = 1 << 20 };

static void a_megabyte_of_anything_is_read_in_linear_time(void **state)
{
    struct desk *desk = *state;
    static const char *const patterns[] = {
        "(",       "\"",        "a ",         "-(",     "NOT ",  "a NEAR/5 ", "NEAR(",     "NEAR(a\" ",
        "title:(", "(a|",       "kv-",        "\xff",   "内",    "a:b:",      "( a OR b)", "year:[2019 ",
        "*-+",     "NEAR(a b,", "(a |)NEAR ", "x AND ", "x OR ", "topic:a",   "((a) b) ",  "“a "};
    char *text = malloc(MEGABYTE);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const size_t len = strlen(patterns[i]);
        for (size_t at = 0; at < MEGABYTE; at++)
            text[at] = patterns[i][at % len];
        const int64_t start = milliseconds();
        (void)parse_bytes(desk, (struct span){text, MEGABYTE});
        const int64_t took = milliseconds() - start;
        if (took > PATIENCE_MS)
            fail_msg("a megabyte of '%s' took %d ms", patterns[i], (int)took);
        arena_reset(&desk->arena);
    }
    free(text);
}

static void ten_thousand_different_words_are_a_query(void **state)
{
    struct desk *desk = *state;
    struct buffer query = {0};
    for (int i = 0; i < 10000; i++)
        buffer_format(&query, "w%dx ", i);
    const struct node *node = parse_bytes(desk, (struct span){query.at, query.len}).root;
    assert_int_equal(node->kind, NODE_AND);
    assert_int_equal(node->child_count, 10000);
    buffer_free(&query);
}

/* Pieces that mean something, put together at random. */
static void write_query(struct buffer *query)
{
    static const char *const pieces[] = {
        "far",
        "memory",
        "kvcache",
        "kv",
        "cache",
        "KV-cache",
        "PrefillOnly",
        "the",
        "and",
        "LLMs",
        "2021",
        "µFork",
        "C++",
        "内存",
        "内",
        "mem*",
        "kv-ca*",
        "title:",
        "note:",
        "year:",
        "2019..",
        "topic:",
        "x-y",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/3",
        "NEAR(",
        ", 4)",
        "(",
        ")",
        "|",
        "\"",
        "\"far memory\"",
        "-",
        "+",
        "*",
        "?",
        ",",
        "foo:bar",
        "I/O",
        "Q&A",
        "\"kv-cache\"",
        "year:2020",
        "topic:\"a b\"",
        "title:(",
        "“",
        ".",
        "IT",
    };
    const size_t count = 1 + draw(12);
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(query, pieces[draw(sizeof pieces / sizeof *pieces)]);
        buffer_add_text(query, draw(3) > 0 ? " " : "");
    }
}

static void every_reading_read_again_is_the_same_query(void **state)
{
    static const char *const known[] = {"kv", "cache", "kvcache", "far", "memory", "farmemory", NULL};
    struct desk *desk = *state;
    for (int i = 0; i < 20000; i++) {
        struct buffer query = {0};
        write_query(&query);
        desk->any_word = (i & 1) != 0;
        desk->known = (i & 2) != 0 ? known : NULL;
        const struct node *node = parse_bytes(desk, (struct span){query.at, query.len}).root;
        const char *reading = print(desk, node);
        const struct node *again = parse(desk, reading);
        if (!node_equal(node, again) || strcmp(reading, print(desk, again)) != 0)
            fail_msg("'%s' is read as '%s', and that as '%s'", query.at, reading, print(desk, again));
        buffer_free(&query);
        arena_reset(&desk->arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, reading_setup, reading_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_word_is_looked_for_with_its_stem),
        TEST(an_acronym_is_never_stemmed_but_for_its_plural),
        TEST(a_quoted_word_is_exact),
        TEST(both_mus_and_a_plain_u_find_each_other),
        TEST(a_compound_is_its_parts_in_order_or_its_joined_form),
        TEST(a_compound_in_quotes_is_its_parts_as_written),
        TEST(a_language_keeps_its_signs),
        TEST(whoever_asks_for_a_numbered_name_does_not_ask_for_its_family),
        TEST(a_word_behind_an_elided_article_is_looked_for_without_it),
        TEST(us_behind_a_number_are_microseconds),
        TEST(neighbours_the_library_knows_as_one_word_are_that_word_too),
        TEST(only_plain_neighbours_are_joined),
        TEST(a_word_is_split_into_the_fewest_words_the_library_knows),
        TEST(a_split_leaves_no_single_letter_and_no_stop_word),
        TEST(guessing_stops_at_a_bound),
        TEST(cjk_text_is_looked_for_by_its_bigrams),
        TEST(a_quotation_is_an_exact_phrase),
        TEST(the_last_word_of_a_quotation_may_be_a_prefix),
        TEST(plus_requires),
        TEST(too_deep_parentheses_are_literal),
        TEST(spellings_between_bars_are_read_as_written),
        TEST(a_field_restricts_a_word_a_phrase_or_a_group),
        TEST(a_star_makes_a_prefix),
        TEST(near_stays_within_one_field),
        TEST(with_any_word_neighbours_are_alternatives),
        TEST(with_any_word_filters_and_signs_still_hold),
        TEST(a_question_begins_or_ends_like_one),
        TEST(a_query_with_any_syntax_is_no_question),
        TEST(plain_neighbours_are_noticed),
        TEST(an_empty_query_is_everything_and_one_without_words_nothing),
        TEST(invalid_utf_8_separates_words_and_never_leaves_the_parser),
        TEST(reports_get_the_words_as_they_were_typed),
        TEST(a_megabyte_of_anything_is_read_in_linear_time),
        TEST(ten_thousand_different_words_are_a_query),
        TEST(every_reading_read_again_is_the_same_query),
    };
    return examples_run("queries", examples, queries_are_read) + cmocka_run_group_tests(tests, NULL, NULL);
}
