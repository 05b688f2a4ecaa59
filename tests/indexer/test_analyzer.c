#include "tests/indexer/token_list.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- one spelling for all ways of writing a word --------------------------------------------------------- */

static void case_and_diacritics_do_not_matter(void **state)
{
    (void)state;
    assert_tokens("Go GO go", "go | go | go");
    assert_tokens("naïve naive NAÏVE", "naive ~naiv | naive ~naiv | naive"); /* capitals protect */
    assert_tokens("nai\xcc\x88ve", "naive ~naiv");                           /* the accent as a mark of its own */
    assert_tokens("Erdős Łukasz Søren Čech", "erdos ~erdo | lukasz | soren | cech");
    assert_tokens("Ελλάς ЁЛКА й", "ελλασ | елка | и");
}

static void typographic_forms_are_the_plain_word(void **state)
{
    (void)state;
    assert_tokens("ﬁt oﬃce", "fit | office ~offic");
    assert_tokens("ＧＰＵ３", "gpu3 %gpu");
    assert_tokens("Fuß", "fuss");
    assert_tokens("Ⅷ H₂O 𝑥", "viii | h2o | x");
}

static void marks_that_make_another_letter_stay(void **state)
{
    (void)state;
    assert_tokens("हिन्दी", "हिन्दी");
    assert_tokens("กำ", "ก\xe0\xb9\x8dา"); /* NFKC: nikhahit and sara aa */
    assert_tokens("が か", "が | か");
    assert_tokens("か\xe3\x82\x99 ｶﾞ", "が | ガ");
}

static void soft_hyphens_and_zero_width_characters_vanish(void **state)
{
    (void)state;
    assert_tokens("infra\xc2\xadstruc\xe2\x80\x8bture", "infrastructure ~infrastructur");
    assert_tokens("\xef\xbb\xbf"
                  "fork\xc2\xad fork",
                  "fork | fork");
}

static void a_superscript_is_no_part_of_the_word(void **state)
{
    (void)state;
    assert_tokens("cache² fork¹", "cache ~cach | fork");
    assert_tokens("1½", "1");
}

/* ---- identifiers ----------------------------------------------------------------------------------------- */

static void a_compound_is_found_joined_and_split(void **state)
{
    (void)state;
    assert_tokens("KV-cache", "kv =kvcache ~kvcach | cache ~cach");
    assert_tokens("KV\xe2\x80\x90"
                  "cache KV\xe2\x80\x91"
                  "cache",
                  "kv =kvcache ~kvcach | cache ~cach | kv =kvcache ~kvcach | cache ~cach");
    assert_tokens("KV cache", "kv | cache ~cach");
    assert_tokens("kvcache", "kvcache ~kvcach");
    assert_tokens("io_uring", "io =iouring ~iour | uring ~ure");
    assert_tokens("CXL.mem", "cxl =cxlmem | mem");
    assert_tokens("GPT-3 gpt3", "gpt =gpt3 | 3 | gpt3 %gpt");
    assert_tokens("copy-on-write", "copy ~copi =copyonwrite ~copyonwrit | on | write");
}

static void compounds_of_up_to_five_parts_are_joined(void **state)
{
    (void)state;
    assert_tokens("a-b-c-d-e", "a =abcde | b | c | d | e");
    assert_tokens("a-b-c-d-e-f", "a | b | c | d | e | f");
    assert_tokens("a-b-c-d-e-f-g-h x-y", "a | b | c | d | e | f | g | h | x =xy | y");
}

static void dashes_and_signs_between_words_only_separate(void **state)
{
    (void)state;
    assert_tokens("GPU–NPU", "gpu | npu");
    assert_tokens("GPU—NPU", "gpu | npu");
    assert_tokens("2×3", "2 | 3");
    assert_tokens("a - b", "a | b");
    assert_tokens("a--b a__b", "a | b | a | b");
    assert_tokens("__init__", "init");
    assert_tokens("std::move", "std | move");
    assert_tokens("-", "");
}

static void a_slash_or_ampersand_joins_only_short_words(void **state)
{
    (void)state;
    assert_tokens("I/O", "i =io | o");
    assert_tokens("Q&A", "q =qa | a");
    assert_tokens("R&D", "r =rd | d");
    assert_tokens("CI/CD", "ci =cicd | cd");
    assert_tokens("read/write", "read | write");
    assert_tokens("he/they", "he | they");
    assert_tokens("they/he", "they | he");
    assert_tokens("I/O-bound", "i =io =iobound | o | bound");
}

static void a_point_joins_names_but_not_sentences(void **state)
{
    (void)state;
    assert_tokens("e.g.", "e =eg | g");
    assert_tokens("node.js", "node =nodejs ~nodej | js");
    assert_tokens("far memory.The pool", "far | memory ~memori | the | pool");
    assert_tokens("end.", "end");
}

static void apostrophes_stay_inside_words_and_possessives_go(void **state)
{
    (void)state;
    assert_tokens("don't don’t", "dont | dont");
    assert_tokens("O'Reilly", "oreilly +reilly ~reilli");
    assert_tokens("Tock's Tock’s", "tock | tock");
    assert_tokens("users' 'quoted'", "users ~user | quoted ~quot");
    assert_tokens("LLM's", "llm");
}

static void an_elided_article_is_no_part_of_the_word(void **state)
{
    (void)state;
    assert_tokens("l'accès d’un", "acces ~acc =lacces ~lacc | un =dun");
    assert_tokens("L'IA jusqu'ici", "ia =lia | ici =jusquici");
    assert_tokens("l'état-major", "etat =letat =etatmajor | major");
}

static void a_name_keeps_what_stands_before_its_apostrophe(void **state)
{
    (void)state;
    assert_tokens("D'Souza d'Alembert", "dsouza +souza | dalembert +alembert");
    assert_tokens("I'm we'll", "im | well");
}

static void numbers_keep_their_points_and_lose_their_thousands_separators(void **state)
{
    (void)state;
    assert_tokens("2.15 3.40.1", "2.15 | 3.40.1");
    assert_tokens("10,000 1,000,000 10000", "10000 | 1000000 | 10000");
    assert_tokens("1,2,3", "1 | 2 | 3");
    assert_tokens("2021,2022", "2021 | 2022");
    assert_tokens("in 2021.", "in | 2021");
    assert_tokens("0.24–10.90%", "0.24 | 10.90");
}

static void letters_and_digits_are_one_word(void **state)
{
    (void)state;
    assert_tokens("gpt3 DDR5 8Gen3 H100 80k", "gpt3 %gpt | ddr5 %ddr | 8gen3 | h100 | 80k");
}

static void a_numbered_name_is_found_by_the_name(void **state)
{
    (void)state;
    assert_tokens("CXL3 DDR5 raid5", "cxl3 %cxl | ddr5 %ddr | raid5 %raid");
    assert_tokens("Llama3 caches2", "llama3 %llama | caches2 %caches ~cach");
    assert_tokens("GPT4o GSM8K", "gpt4o %gpt | gsm8k %gsm");
}

static void one_or_two_letters_are_no_name_before_a_number(void **state)
{
    (void)state;
    assert_tokens("S3 H100 L1 x86 EC2 CO2", "s3 | h100 | l1 | x86 | ec2 | co2");
}

static void letters_behind_the_number_make_another_word_unless_capitals_tell_a_name(void **state)
{
    (void)state;
    assert_tokens("Log4j word2vec Seq2Seq", "log4j | word2vec | seq2seq");
    assert_tokens("LLM2Vec", "llm2vec %llm");
}

static void the_v_of_a_version_is_no_letter_of_the_name(void **state)
{
    (void)state;
    assert_tokens("IPv6 TPUv4 MobileNetV2", "ipv6 %ip | tpuv4 %tpu | mobilenetv2 %mobilenet +mobile ~mobil +net");
    assert_tokens("conv5 Nav2", "conv5 %conv | nav2 %nav");
}

static void a_number_with_a_fraction_is_found_without_it_behind_a_name(void **state)
{
    (void)state;
    assert_tokens("CXL2.0 PCIe5.0", "cxl2.0 %cxl2 %cxl | pcie5.0 %pcie5 %pcie");
    assert_tokens("p99.9 v1.2", "p99.9 %p99 | v1.2 %v1");
    assert_tokens("TLS1.3 ARMv8.2", "tls1.3 %tls1 %tls | armv8.2 %armv8 %arm");
    assert_tokens("H3.6M", "h3.6m");
}

static void a_number_alone_loses_only_a_fraction_of_nothing(void **state)
{
    (void)state;
    assert_tokens("CXL 2.0", "cxl | 2.0 %2");
    assert_tokens("CXL-2.0", "cxl =cxl2.0 | 2.0 %2");
    assert_tokens("2.5 1.10.0 3.00", "2.5 | 1.10.0 | 3.00");
}

static void a_times_sign_behind_a_number_is_an_x(void **state)
{
    (void)state;
    assert_tokens("2× 1.5×–2×", "2x | 1.5x | 2x");
    assert_tokens("2×3 2 × 3 ×2", "2 | 3 | 2 | 3 | 2");
    assert_tokens("2\xd7 3", "2 | 3"); /* no UTF-8 */
}

static void c_plus_plus_and_c_sharp_are_not_c(void **state)
{
    (void)state;
    assert_tokens("C", "c");
    assert_tokens("C++ C# F# g++", "c++ | c# | f# | g++");
    assert_tokens("C++17", "c++ =c++17 | 17");
    assert_tokens("C++-based", "c++ =c++based | based ~base");
    assert_tokens("C, C.", "c | c");
    assert_tokens("(C/C++)", "c | c++");
}

static void other_plus_and_hash_signs_separate(void **state)
{
    (void)state;
    assert_tokens("PR#12", "pr | 12");
    assert_tokens("x++y", "x | y");
    assert_tokens("#tag", "tag");
    assert_tokens("cloud + edge", "cloud | edge ~edg");
}

/* ---- capitals -------------------------------------------------------------------------------------------- */

static void parts_of_a_camel_case_name_are_found_on_their_own(void **state)
{
    (void)state;
    assert_tokens("PrefillOnly", "prefillonly +prefill ~prefil +only ~onli");
    assert_tokens("DiffKV", "diffkv +diff +kv");
    assert_tokens("LithOS", "lithos +lith +os");
    assert_tokens("eBPF", "ebpf +bpf");
    assert_tokens("vLLM", "vllm +llm");
    assert_tokens("DeathStarBench", "deathstarbench +death +star +bench");
    assert_tokens("HTMLParser", "htmlparser +html +parser");
}

static void names_that_only_look_like_camel_case_stay_whole(void **state)
{
    (void)state;
    assert_tokens("ghOSt", "ghost");
    assert_tokens("PCIe NVMe", "pcie | nvme");
    assert_tokens("QoS IoT", "qos | iot");
    assert_tokens("8Gen3 M7i", "8gen3 | m7i");
}

static void a_plural_acronym_has_its_singular_as_stem(void **state)
{
    (void)state;
    assert_tokens("LLMs GPUs NICs VMs", "llms ~llm | gpus ~gpu | nics ~nic | vms ~vm");
    assert_tokens("llms gpus vms rpcs", "llms ~llm | gpus ~gpu | vms ~vm | rpcs ~rpc");
    assert_tokens("SmartNICs", "smartnics ~smartnic +smart +nics ~nic");
    assert_tokens("bus class opus", "bus | class | opus");
    assert_tokens("H100s h100s RTX3090s", "h100s ~h100 | h100s ~h100 | rtx3090s ~rtx3090 %rtx");
    assert_tokens("1990s 10s", "1990s | 10s");
}

static void acronyms_are_not_stemmed(void **state)
{
    (void)state;
    assert_tokens("AWS in SOLR", "aws | in | solr");
    assert_tokens("the aws solution", "the | aws ~aw | solution ~solut");
    assert_tokens("solr", "solr");
}

static void in_a_shouted_title_capitals_mean_nothing(void **state)
{
    (void)state;
    assert_tokens("CACHING SOLUTIONS", "caching ~cach | solutions ~solut");
    assert_tokens("AWS", "aws");
    assert_tokens("分散 AWS", "^分散 +散 | aws");
}

static void micro_is_written_with_either_mu_or_with_u(void **state)
{
    (void)state;
    assert_tokens("\xc2\xb5"
                  "Fork",
                  "μfork ?ufork +fork"); /* micro sign */
    assert_tokens("\xce\xbc"
                  "Fork",
                  "μfork ?ufork +fork"); /* Greek letter */
    assert_tokens("uFork", "ufork +fork");
    assert_tokens("ufork", "ufork");
    assert_tokens("10\xc2\xb5s 1.5\xce\xbcs 10us", "10μs ?10us | 1.5μs ?1.5us | 10us");
    assert_tokens("10 \xc2\xb5s", "10 | μs ?us");
    assert_tokens("x\xc2\xb5s", "xμs");
}

/* ---- stems ----------------------------------------------------------------------------------------------- */

static void words_of_one_stem_share_it_and_others_do_not(void **state)
{
    (void)state;
    assert_tokens("caching cached caches", "caching ~cach | cached ~cach | caches ~cach");
    assert_tokens("Greece greener", "greece ~greec | greener");
    assert_tokens("virtual virtualization", "virtual | virtualization ~virtual");
}

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

/* ---- CJK ------------------------------------------------------------------------------------------------- */

static void cjk_is_found_in_the_middle_of_a_sentence(void **state)
{
    (void)state;
    assert_tokens("全文検索", "^全文 | ^文検 | ^検索 +索");
    assert_tokens("KVキャッシュを使う", "kv | ^キャ | ^ャッ | ^ッシ | ^シュ | ^ュを | ^を使 | ^使う +う");
    assert_tokens("用 GPU 加速", "用 | gpu | ^加速 +速");
    assert_tokens("한국어 OS", "^한국 | ^국어 +어 | os");
    assert_tokens("內。存", "內 | 存");
}

/* ---- positions, breaks, strange input -------------------------------------------------------------------- */

static void an_empty_line_between_words_holds_a_position(void **state)
{
    (void)state;
    assert_tokens("one\n\ntwo", "one | ¶ | two");
    assert_tokens("one\r\n\r\ntwo", "one | ¶ | two");
    assert_tokens("one\n \t\n\n\n two", "one | ¶ | two");
    assert_tokens("one\n--\n\ntwo", "one | ¶ | two");
    assert_tokens("one\ntwo", "one | two");
    assert_tokens("one\n-\ntwo", "one | two");
    assert_tokens("\n\none\n\n", "one");
    assert_tokens("a ¶ b", "a | b");
}

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
        cmocka_unit_test(case_and_diacritics_do_not_matter),
        cmocka_unit_test(typographic_forms_are_the_plain_word),
        cmocka_unit_test(marks_that_make_another_letter_stay),
        cmocka_unit_test(soft_hyphens_and_zero_width_characters_vanish),
        cmocka_unit_test(a_superscript_is_no_part_of_the_word),
        cmocka_unit_test(a_compound_is_found_joined_and_split),
        cmocka_unit_test(compounds_of_up_to_five_parts_are_joined),
        cmocka_unit_test(dashes_and_signs_between_words_only_separate),
        cmocka_unit_test(a_slash_or_ampersand_joins_only_short_words),
        cmocka_unit_test(a_point_joins_names_but_not_sentences),
        cmocka_unit_test(apostrophes_stay_inside_words_and_possessives_go),
        cmocka_unit_test(an_elided_article_is_no_part_of_the_word),
        cmocka_unit_test(a_name_keeps_what_stands_before_its_apostrophe),
        cmocka_unit_test(numbers_keep_their_points_and_lose_their_thousands_separators),
        cmocka_unit_test(letters_and_digits_are_one_word),
        cmocka_unit_test(a_numbered_name_is_found_by_the_name),
        cmocka_unit_test(one_or_two_letters_are_no_name_before_a_number),
        cmocka_unit_test(letters_behind_the_number_make_another_word_unless_capitals_tell_a_name),
        cmocka_unit_test(the_v_of_a_version_is_no_letter_of_the_name),
        cmocka_unit_test(a_number_with_a_fraction_is_found_without_it_behind_a_name),
        cmocka_unit_test(a_number_alone_loses_only_a_fraction_of_nothing),
        cmocka_unit_test(a_times_sign_behind_a_number_is_an_x),
        cmocka_unit_test(c_plus_plus_and_c_sharp_are_not_c),
        cmocka_unit_test(other_plus_and_hash_signs_separate),
        cmocka_unit_test(parts_of_a_camel_case_name_are_found_on_their_own),
        cmocka_unit_test(names_that_only_look_like_camel_case_stay_whole),
        cmocka_unit_test(a_plural_acronym_has_its_singular_as_stem),
        cmocka_unit_test(acronyms_are_not_stemmed),
        cmocka_unit_test(in_a_shouted_title_capitals_mean_nothing),
        cmocka_unit_test(micro_is_written_with_either_mu_or_with_u),
        cmocka_unit_test(words_of_one_stem_share_it_and_others_do_not),
        cmocka_unit_test(analyzer_stem_is_what_the_index_holds),
        cmocka_unit_test(cjk_is_found_in_the_middle_of_a_sentence),
        cmocka_unit_test(an_empty_line_between_words_holds_a_position),
        cmocka_unit_test(any_bytes_are_accepted),
        cmocka_unit_test(offsets_are_those_of_the_original_text),
        cmocka_unit_test(an_endless_word_is_cut_and_analysis_goes_on),
        cmocka_unit_test(a_long_word_of_wide_letters_is_cut_between_two),
        cmocka_unit_test(a_long_number_is_not_cut_behind_its_point),
        cmocka_unit_test(acronyms_are_never_stop_words),
        cmocka_unit_test(the_words_of_the_notes_are_analysed_to_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
