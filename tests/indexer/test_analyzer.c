#include "tests/examples.h"
#include "tests/indexer/token_list.h"

#include <stdio.h>
#include <stdlib.h>

/* What a text is in the index, as token_list_write() puts it. */
static const struct example examples[] = {
    /* ---- one spelling for all ways of writing a word --------------------------------------------------------- */

    CLAIM("case and diacritics do not matter"),
    {"Go GO go", "go | go | go"},
    {"naïve naive NAÏVE", "naive ~naiv | naive ~naiv | naive"}, /* capitals protect */
    {"nai\xcc\x88ve", "naive ~naiv"},                           /* the accent as a mark of its own */
    {"Erdős Łukasz Søren Čech", "erdos ~erdo | lukasz | soren | cech"},
    {"Ελλάς ЁЛКА й", "ελλασ | елка | и"},

    CLAIM("typographic forms are the plain word"),
    {"ﬁt oﬃce", "fit | office ~offic"},
    {"ＧＰＵ３", "gpu3 %gpu"},
    {"Fuß", "fuss"},
    {"Ⅷ H₂O 𝑥", "viii | h2o | x"},

    CLAIM("marks that make another letter stay"),
    {"हिन्दी", "हिन्दी"},
    {"กำ", "ก\xe0\xb9\x8dา"}, /* NFKC: nikhahit and sara aa */
    {"が か", "が | か"},
    {"か\xe3\x82\x99 ｶﾞ", "が | ガ"},

    CLAIM("soft hyphens and zero width characters vanish"),
    {"infra\xc2\xadstruc\xe2\x80\x8bture", "infrastructure ~infrastructur"},
    {"\xef\xbb\xbf"
     "fork\xc2\xad fork",
     "fork | fork"},

    CLAIM("a superscript is no part of the word"),
    {"cache² fork¹", "cache ~cach | fork"},
    {"1½", "1"},

    /* ---- identifiers ----------------------------------------------------------------------------------------- */

    CLAIM("a compound is found joined and split"),
    {"KV-cache", "kv =kvcache ~kvcach | cache ~cach"},
    {"KV\xe2\x80\x90"
     "cache KV\xe2\x80\x91"
     "cache",
     "kv =kvcache ~kvcach | cache ~cach | kv =kvcache ~kvcach | cache ~cach"},
    {"KV cache", "kv | cache ~cach"},
    {"kvcache", "kvcache ~kvcach"},
    {"io_uring", "io =iouring ~iour | uring ~ure"},
    {"CXL.mem", "cxl =cxlmem | mem"},
    {"GPT-3 gpt3", "gpt =gpt3 | 3 | gpt3 %gpt"},
    {"copy-on-write", "copy ~copi =copyonwrite ~copyonwrit | on | write"},

    CLAIM("compounds of up to five parts are joined"),
    {"a-b-c-d-e", "a =abcde | b | c | d | e"},
    {"a-b-c-d-e-f", "a | b | c | d | e | f"},
    {"a-b-c-d-e-f-g-h x-y", "a | b | c | d | e | f | g | h | x =xy | y"},

    CLAIM("dashes and signs between words only separate"),
    {"GPU–NPU", "gpu | npu"},
    {"GPU—NPU", "gpu | npu"},
    {"2×3", "2 | 3"},
    {"a - b", "a | b"},
    {"a--b a__b", "a | b | a | b"},
    {"__init__", "init"},
    {"std::move", "std | move"},
    {"-", ""},

    CLAIM("a slash or ampersand joins only short words"),
    {"I/O", "i =io | o"},
    {"Q&A", "q =qa | a"},
    {"R&D", "r =rd | d"},
    {"CI/CD", "ci =cicd | cd"},
    {"read/write", "read | write"},
    {"he/they", "he | they"},
    {"they/he", "they | he"},
    {"I/O-bound", "i =io =iobound | o | bound"},

    CLAIM("a point joins names but not sentences"),
    {"e.g.", "e =eg | g"},
    {"node.js", "node =nodejs ~nodej | js"},
    {"far memory.The pool", "far | memory ~memori | the | pool"},
    {"end.", "end"},

    CLAIM("apostrophes stay inside words and possessives go"),
    {"don't don’t", "dont | dont"},
    {"O'Reilly", "oreilly +reilly ~reilli"},
    {"Tock's Tock’s", "tock | tock"},
    {"users' 'quoted'", "users ~user | quoted ~quot"},
    {"LLM's", "llm"},

    CLAIM("an elided article is no part of the word"),
    {"l'accès d’un", "acces ~acc =lacces ~lacc | un =dun"},
    {"d'l'accès", "acces ~acc =dlacces ~dlacc"},
    {"L'IA jusqu'ici", "ia =lia | ici =jusquici"},
    {"l'état-major", "etat =letat =etatmajor | major"},

    CLAIM("a name keeps what stands before its apostrophe"),
    {"D'Souza d'Alembert", "dsouza +souza | dalembert +alembert"},
    {"I'm we'll", "im | well"},

    CLAIM("numbers keep their points and lose their thousands separators"),
    {"2.15 3.40.1", "2.15 | 3.40.1"},
    {"10,000 1,000,000 10000", "10000 | 1000000 | 10000"},
    {"1,2,3", "1 | 2 | 3"},
    {"2021,2022", "2021 | 2022"},
    {"in 2021.", "in | 2021"},
    {"0.24–10.90%", "0.24 | 10.90"},

    CLAIM("letters and digits are one word"),
    {"gpt3 DDR5 8Gen3 H100 80k", "gpt3 %gpt | ddr5 %ddr | 8gen3 | h100 | 80k"},

    CLAIM("a numbered name is found by the name"),
    {"CXL3 DDR5 raid5", "cxl3 %cxl | ddr5 %ddr | raid5 %raid"},
    {"Llama3 caches2", "llama3 %llama | caches2 %caches ~cach"},
    {"GPT4o GSM8K", "gpt4o %gpt | gsm8k %gsm"},

    CLAIM("one or two letters are no name before a number"),
    {"S3 H100 L1 x86 EC2 CO2", "s3 | h100 | l1 | x86 | ec2 | co2"},

    CLAIM("letters behind the number make another word unless capitals tell a name"),
    {"Log4j word2vec Seq2Seq", "log4j | word2vec | seq2seq"},
    {"LLM2Vec", "llm2vec %llm"},

    CLAIM("the v of a version is no letter of the name"),
    {"IPv6 TPUv4 MobileNetV2", "ipv6 %ip | tpuv4 %tpu | mobilenetv2 %mobilenet +mobile ~mobil +net"},
    {"conv5 Nav2", "conv5 %conv | nav2 %nav"},

    CLAIM("a number with a fraction is found without it behind a name"),
    {"CXL2.0 PCIe5.0", "cxl2.0 %cxl2 %cxl | pcie5.0 %pcie5 %pcie"},
    {"p99.9 v1.2", "p99.9 %p99 | v1.2 %v1"},
    {"TLS1.3 ARMv8.2", "tls1.3 %tls1 %tls | armv8.2 %armv8 %arm"},
    {"H3.6M", "h3.6m"},

    CLAIM("a number alone loses only a fraction of nothing"),
    {"CXL 2.0", "cxl | 2.0 %2"},
    {"CXL-2.0", "cxl =cxl2.0 | 2.0 %2"},
    {"2.5 1.10.0 3.00", "2.5 | 1.10.0 | 3.00"},

    CLAIM("a times sign behind a number is an x"),
    {"2× 1.5×–2×", "2x | 1.5x | 2x"},
    {"2×3 2 × 3 ×2", "2 | 3 | 2 | 3 | 2"},
    {"2\xd7 3", "2 | 3"}, /* no UTF-8 */

    CLAIM("C++ and C# are not C"),
    {"C", "c"},
    {"C++ C# F# g++", "c++ | c# | f# | g++"},
    {"C++17", "c++ =c++17 | 17"},
    {"C++-based", "c++ =c++based | based ~base"},
    {"C, C.", "c | c"},
    {"(C/C++)", "c | c++"},

    CLAIM("other plus and hash signs separate"),
    {"PR#12", "pr | 12"},
    {"x++y", "x | y"},
    {"#tag", "tag"},
    {"cloud + edge", "cloud | edge ~edg"},

    /* ---- capitals -------------------------------------------------------------------------------------------- */

    CLAIM("parts of a camel case name are found on their own"),
    {"PrefillOnly", "prefillonly +prefill ~prefil +only ~onli"},
    {"DiffKV", "diffkv +diff +kv"},
    {"LithOS", "lithos +lith +os"},
    {"eBPF", "ebpf +bpf"},
    {"vLLM", "vllm +llm"},
    {"DeathStarBench", "deathstarbench +death +star +bench"},
    {"HTMLParser", "htmlparser +html +parser"},

    CLAIM("names that only look like camel case stay whole"),
    {"ghOSt", "ghost"},
    {"PCIe NVMe", "pcie | nvme"},
    {"QoS IoT", "qos | iot"},
    {"8Gen3 M7i", "8gen3 | m7i"},

    CLAIM("a plural acronym has its singular as stem"),
    {"LLMs GPUs NICs VMs", "llms ~llm | gpus ~gpu | nics ~nic | vms ~vm"},
    {"llms gpus vms rpcs", "llms ~llm | gpus ~gpu | vms ~vm | rpcs ~rpc"},
    {"SmartNICs", "smartnics ~smartnic +smart +nics ~nic"},
    {"bus class opus", "bus | class | opus"},
    {"H100s h100s RTX3090s", "h100s ~h100 | h100s ~h100 | rtx3090s ~rtx3090 %rtx"},
    {"1990s 10s", "1990s | 10s"},

    CLAIM("acronyms are not stemmed"),
    {"AWS in SOLR", "aws | in | solr"},
    {"the aws solution", "the | aws ~aw | solution ~solut"},
    {"solr", "solr"},

    CLAIM("in a shouted title capitals mean nothing"),
    {"CACHING SOLUTIONS", "caching ~cach | solutions ~solut"},
    {"AWS", "aws"},
    {"分散 AWS", "^分散 +散 | aws"},

    CLAIM("micro is written with either mu or with u"),
    {"\xc2\xb5"
     "Fork",
     "μfork ?ufork +fork"}, /* micro sign */
    {"\xce\xbc"
     "Fork",
     "μfork ?ufork +fork"}, /* Greek letter */
    {"uFork", "ufork +fork"},
    {"ufork", "ufork"},
    {"10\xc2\xb5s 1.5\xce\xbcs 10us", "10μs ?10us | 1.5μs ?1.5us | 10us"},
    {"10 \xc2\xb5s", "10 | μs ?us"},
    {"x\xc2\xb5s", "xμs"},

    /* ---- stems ----------------------------------------------------------------------------------------------- */

    CLAIM("words of one stem share it and others do not"),
    {"caching cached caches", "caching ~cach | cached ~cach | caches ~cach"},
    {"Greece greener", "greece ~greec | greener"},
    {"virtual virtualization", "virtual | virtualization ~virtual"},

    /* ---- CJK ------------------------------------------------------------------------------------------------- */

    CLAIM("CJK is found in the middle of a sentence"),
    {"全文検索", "^全文 | ^文検 | ^検索 +索"},
    {"KVキャッシュを使う", "kv | ^キャ | ^ャッ | ^ッシ | ^シュ | ^ュを | ^を使 | ^使う +う"},
    {"用 GPU 加速", "用 | gpu | ^加速 +速"},
    {"한국어 OS", "^한국 | ^국어 +어 | os"},
    {"內。存", "內 | 存"},

    /* ---- positions, breaks, strange input -------------------------------------------------------------------- */

    CLAIM("an empty line between words holds a position"),
    {"one\n\ntwo", "one | ¶ | two"},
    {"one\r\n\r\ntwo", "one | ¶ | two"},
    {"one\n \t\n\n\n two", "one | ¶ | two"},
    {"one\n--\n\ntwo", "one | ¶ | two"},
    {"one\ntwo", "one | two"},
    {"one\n-\ntwo", "one | two"},
    {"\n\none\n\n", "one"},
    {"a ¶ b", "a | b"},

    {NULL, NULL},
};

static void texts_become_tokens(void **state)
{
    for (const struct example *example = *state; example->text != NULL; example++) {
        struct analyzer *analyzer = NULL;
        struct buffer found = {0};
        assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
        token_list_write(analyzer, span_of(example->text), &found);
        analyzer_free(analyzer);
        example_check(example, found.at == NULL ? "" : found.at);
        buffer_free(&found);
    }
}

/* ---- stems ----------------------------------------------------------------------------------------------- */

static void analyzer_stem_is_what_the_index_holds(void **state)
{
    (void)state;
    struct analyzer *analyzer = NULL;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    assert_true(span_is(analyzer_stem(analyzer, span_of("serverless")), "serverless"));
    assert_true(span_is(analyzer_stem(analyzer, span_of("verification")), "verif"));
    assert_true(span_is(analyzer_stem(analyzer, span_of("verification")), "verif")); /* remembered */
    assert_true(span_is(analyzer_stem(analyzer, span_of("llms")), "llm"));
    assert_true(span_is(analyzer_stem(analyzer, span_of("gpt3s")), "gpt3"));
    assert_true(span_is(analyzer_stem(analyzer, span_of("1990s")), "1990s"));
    assert_true(span_is(analyzer_stem(analyzer, span_of("μs")), "μs"));
    assert_true(span_is(analyzer_stem(analyzer, span_of("")), ""));
    analyzer_free(analyzer);
}

/* Whether either word finds the other: a stem is valid until the next one. */
static bool share_a_stem(struct analyzer *analyzer, const char *a, const char *b)
{
    char stem[64];
    const struct span first = analyzer_stem(analyzer, span_of(a));
    assert_true(first.len < sizeof stem);
    memcpy(stem, first.at, first.len);
    return span_equal((struct span){stem, first.len}, analyzer_stem(analyzer, span_of(b)));
}

static void two_spellings_of_a_word_share_a_stem(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"optimisation", "optimization"},
        {"virtualised", "virtualizes"},
        {"colourisation", "colorization"},
        {"behavioural", "behavior"},
        {"neighbourhoods", "neighborhood"},
        {"datacentres", "datacenter"},
        {"centred", "centering"},
        {"analyse", "analyzing"},
        {"catalogued", "cataloging"},
        {"dialogue", "dialogs"},
        {"kilometres", "kilometer"},
        {"programme", "programs"},
        {"manoeuvring", "maneuvers"},
        {"learnt", "learned"},
        {"discs", "disk"},
        {"greyscale", "grayscale"},
        {"artefacts", "artifact"},
        {"practise", "practice"},
        {"matrices", "matrix"},
        {"submatrices", "submatrix"},
        {"indices", "indexes"},
        {"vertices", "vertex"},
        {"analyses", "analysis"},
        {"hypotheses", "hypothesis"},
        {"automata", "automaton"},
        {"criteria", "criterion"},
        {"children", "child"},
        {"queueing", "queuing"},
        {"tuneable", "tunable"},
        {"specification", "specified"},
        {"experiments", "experimental"},
    };
    struct analyzer *analyzer = NULL;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!share_a_stem(analyzer, pairs[i][0], pairs[i][1])) {
            fail_msg("%s does not find %s", pairs[i][0], pairs[i][1]);
        }
    }
    analyzer_free(analyzer);
}

static void words_that_only_look_like_a_spelling_stay_apart(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"indices", "indicate"},       {"vertices", "vertical"}, {"these", "theses"},     {"prologue", "prolog"},
        {"precise", "precize"},        {"exercise", "exercize"}, {"premises", "premize"}, {"our", "or"},
        {"contour", "contor"},         {"bases", "basis"},       {"media", "medium"},     {"specification", "specific"},
        {"experiments", "experience"},
    };
    struct analyzer *analyzer = NULL;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (share_a_stem(analyzer, pairs[i][0], pairs[i][1])) {
            fail_msg("%s finds %s", pairs[i][0], pairs[i][1]);
        }
    }
    assert_true(share_a_stem(analyzer, "precise", "precision"));
    analyzer_free(analyzer);
}

/* ---- positions, breaks, strange input -------------------------------------------------------------------- */

static void any_bytes_are_accepted(void **state)
{
    (void)state;
    assert_tokens("", "");
    assert_tokens("a\0b", "a | b");
    assert_tokens("na\xffve \xc3", "na | ve");
    assert_tokens("\xed\xa0\x80x", "x"); /* a surrogate */
    assert_tokens("\xcc\x81 \xe2\x9d\xa4\xef\xb8\x8f", "");
}

static void offsets_are_those_of_the_original_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t start, bytes;
    } expected[] = {{"naive", 1, 6},   {"~naiv", 1, 6},  {"kv", 9, 2},    {"kvcache", 9, 8},
                    {"~kvcach", 9, 8}, {"cache", 12, 5}, {"~cach", 12, 5}};
    struct analyzer *analyzer = NULL;
    struct token token;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    analyzer_start(analyzer, span_of("(naïve) KV-cache's"));
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(analyzer_next(analyzer, &token));
        assert_true(span_is(token.text, expected[i].text));
        assert_int_equal(token.start, expected[i].start);
        assert_int_equal(token.bytes, expected[i].bytes);
    }
    assert_false(analyzer_next(analyzer, &token));
    analyzer_free(analyzer);
}

static void an_endless_word_is_cut_and_analysis_goes_on(void **state)
{
    (void)state;
    const size_t bytes = 3000000;
    char *text = malloc(bytes);
    struct analyzer *analyzer = NULL;
    struct token token;
    assert_non_null(text);
    for (size_t i = 0; i < bytes; i++) {
        text[i] = "x end"[i < bytes - 4 ? 0 : i - (bytes - 5)];
    }
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    analyzer_start(analyzer, (struct span){text, bytes});
    assert_true(analyzer_next(analyzer, &token));
    assert_int_equal(token.text.len, 255);
    assert_int_equal(token.bytes, bytes - 4);
    while (analyzer_next(analyzer, &token) && token.position == 0) {
    }
    assert_true(span_is(token.text, "end"));
    analyzer_free(analyzer);
    free(text);
}

static void a_long_word_of_wide_letters_is_cut_between_two(void **state)
{
    (void)state;
    char text[2000];
    struct analyzer *analyzer = NULL;
    struct token token;
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = "я"[i % 2];
    }
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    analyzer_start(analyzer, (struct span){text, sizeof text});
    assert_true(analyzer_next(analyzer, &token));
    assert_int_equal(token.text.len, 254);
    assert_false(analyzer_next(analyzer, &token));
    analyzer_free(analyzer);
}

static void a_long_number_is_not_cut_behind_its_point(void **state)
{
    (void)state;
    char text[300];
    struct analyzer *analyzer = NULL;
    struct token token;
    memset(text, '8', sizeof text);
    text[254] = '.';
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    analyzer_start(analyzer, (struct span){text, sizeof text});
    assert_true(analyzer_next(analyzer, &token));
    assert_int_equal(token.text.len, 254);
    analyzer_free(analyzer);
}

static void acronyms_are_never_stop_words(void **state)
{
    (void)state;
    struct analyzer *analyzer = NULL;
    struct token token;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    analyzer_start(analyzer, span_of("CAN can"));
    assert_true(analyzer_next(analyzer, &token));
    assert_true(token.is_protected);
    assert_false(token.stop_word);
    assert_true(analyzer_next(analyzer, &token));
    assert_false(token.is_protected);
    assert_true(token.stop_word);
    analyzer_free(analyzer);
}

/* What the words of a real text become again when they are analysed alone. */
static void the_words_of_the_notes_are_analysed_to_themselves(void **state)
{
    (void)state;
    FILE *file = fopen(PINAKES_SOURCE_DIR "/../shared/notes/sosp-notes.txt", "rb");
    if (file == NULL) {
        print_message("skipped: ../shared/notes/sosp-notes.txt is not there\n");
        skip();
    }
    static char text[1 << 16];
    const size_t bytes = fread(text, 1, sizeof text, file);
    fclose(file);
    struct analyzer *analyzer = NULL, *again = NULL;
    struct token token, alone;
    assert_int_equal(analyzer_create(&analyzer, NULL), PINAKES_OK);
    assert_int_equal(analyzer_create(&again, NULL), PINAKES_OK);
    analyzer_start(analyzer, (struct span){text, bytes});
    while (analyzer_next(analyzer, &token)) {
        if (token.kind == TOKEN_WORD) {
            analyzer_start(again, token.text);
            assert_true(analyzer_next(again, &alone));
            assert_true(span_equal(alone.text, token.text));
        }
    }
    analyzer_free(analyzer);
    analyzer_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(analyzer_stem_is_what_the_index_holds),
        cmocka_unit_test(two_spellings_of_a_word_share_a_stem),
        cmocka_unit_test(words_that_only_look_like_a_spelling_stay_apart),
        cmocka_unit_test(any_bytes_are_accepted),
        cmocka_unit_test(offsets_are_those_of_the_original_text),
        cmocka_unit_test(an_endless_word_is_cut_and_analysis_goes_on),
        cmocka_unit_test(a_long_word_of_wide_letters_is_cut_between_two),
        cmocka_unit_test(a_long_number_is_not_cut_behind_its_point),
        cmocka_unit_test(acronyms_are_never_stop_words),
        cmocka_unit_test(the_words_of_the_notes_are_analysed_to_themselves),
    };
    return examples_run("texts", examples, texts_become_tokens) + cmocka_run_group_tests(tests, NULL, NULL);
}
