#include "corpus/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* The words of a draft, any white space between them as one space. */
static void reads(const char *name, const char *source, const char *title, const char *words)
{
    struct arena arena = {0};
    struct draft draft;
    assert_true(draft_read(name, span_of(source), &arena, &draft));
    char *text = arena_alloc(&arena, draft.text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < draft.text.len; i++) {
        const char c = draft.text.at[i] == '\n' || draft.text.at[i] == '\t' ? ' ' : draft.text.at[i];
        if (c != ' ' || (used > 0 && text[used - 1] != ' '))
            text[used++] = c;
    }
    assert_string_equal(
        span_trim((struct span){text, used}).len == 0 ? "" : arena_string(&arena, span_trim((struct span){text, used})),
        words);
    assert_string_equal(arena_string(&arena, span_trim(draft.title)), title);
    arena_free(&arena);
}

static void cites(const char *name, const char *source, const char *keys)
{
    struct arena arena = {0};
    struct draft draft;
    assert_true(draft_read(name, span_of(source), &arena, &draft));
    const char *list = "";
    for (size_t i = 0; i < draft.cited.count; i++)
        list = arena_format(&arena, "%s%s%.*s", list, i == 0 ? "" : " ", SPAN_ARGS(draft.cited.at[i]));
    assert_string_equal(list, keys);
    arena_free(&arena);
}

static void the_text_of_commands_is_read_and_their_names_are_not(void **state)
{
    (void)state;
    reads("a.tex", "\\section{Far memory} is \\emph{slow} and \\textbf{big}, {\\bf too}.", "",
          "Far memory is slow and big, too.");
    reads("a.tex", "See Figure~\\ref{fig:x} \\includegraphics[width=2cm]{plot.pdf} and \\href{http://x.org}{the site}.",
          "", "See Figure and the site.");
    reads("a.tex", "Fewer than 5\\% of the pages\\footnote{In kilobytes.} at \\$3 \\& more", "",
          "Fewer than 5% of the pages In kilobytes. at $3 & more");
}

static void letters_keep_their_words_whole(void **state)
{
    (void)state;
    reads("a.tex", "na\\\"{\\i}ve caf\\'e, Schr\\\"odinger, sep\\-a\\-rate, {K}ubernetes", "",
          "naive cafe, Schrodinger, separate, Kubernetes");
}

static void formulas_comments_and_listings_are_left_out(void **state)
{
    (void)state;
    reads("a.tex", "one $x^2$ two % three\nfour \\(a\\) five \\[ b \\] six $$ c $$ seven", "",
          "one two four five six seven");
    reads("a.tex",
          "one \\begin{equation*} x \\end{equation*} two \\begin{lstlisting}[language=C] int \\end{lstlisting}", "",
          "one two");
    reads("a.tex", "one \\begin{thebibliography}{9} \\bibitem{k} A. Author. Title. \\end{thebibliography} two", "",
          "one two");
}

static void what_is_never_closed_does_not_swallow_the_text(void **state)
{
    (void)state;
    reads("a.tex", "one \\begin{equation} two", "", "one two");
    reads("a.tex", "one \\ref{two three", "", "one two three");
    reads("a.tex", "one $5 two\n\nthree", "", "one 5 two three");
    reads("a.tex", "one \\", "", "one");
}

static void only_the_title_of_the_preamble_counts(void **state)
{
    (void)state;
    reads("a.tex",
          "\\documentclass{x}\n\\usepackage{y}\nnoise\n\\title{Far \\emph{Memory}}\n\\author{A. B.}\n"
          "\\begin{document}\n\\maketitle\nText.\n\\end{document}",
          "Far Memory", "Text.");
}

static void every_way_to_cite_is_known(void **state)
{
    (void)state;
    cites("a.tex", "\\cite{aifm, leap} \\citep[see][p.~3]{leap,fastswap} \\parencite{a} \\textcite*{b} \\nocite{c}",
          "aifm leap fastswap a b c");
    cites("draft.md", "As shown [@aifm; see @leap, p. 3] and by @fastswap. Not a@b.org", "aifm leap fastswap");
    cites("draft.md", "@aifm began it.\n@leap went on (@fastswap), \"@infiniswap\"; @{doi:10.1/x}.",
          "aifm leap fastswap infiniswap doi:10.1/x");
    cites("refs.bib", "@article{aifm20, title={A}}\n@misc{ leap, year=1}\n@string{x = 1}",
          "aifm20 article leap misc string");
    cites("draft.md", "a@b.org, a.@b.org, a_@b.org, 1@b.org", "");
    cites("draft.txt", "Nothing is cited.", "");
}

static void latex_is_told_by_its_commands_too(void **state)
{
    (void)state;
    reads("-", "\\section{One} two", "", "One two");
    reads("-", "5% of 100% is $5", "", "5% of 100% is $5");
}

static void names(const struct name_set *set, const char *list)
{
    struct arena arena = {0};
    const char *joined = "";
    for (size_t i = 0; i < set->count; i++)
        joined = arena_format(&arena, "%s%s%.*s", joined, i == 0 ? "" : " ", SPAN_ARGS(set->at[i]));
    assert_string_equal(joined, list);
    arena_free(&arena);
}

static void files_that_a_draft_names_are_told(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct draft draft;
    assert_true(
        draft_read("a.tex",
                   span_of("\\input{macros}\\addbibresource[x=y]{a.bib}\\begin{document}\\include{one}\\input two\n"
                           "\\import{three/}{four} % \\input{five}\n\\bibliography{b, c}\\nocite{*}"),
                   &arena, &draft));
    names(&draft.setup_parts, "macros");
    names(&draft.parts, "one two three/four");
    names(&draft.bibliographies, "a.bib b c");
    names(&draft.cited, "");
    assert_true(draft.cites_all);
    assert_true(draft_read_part(span_of("\\input{six} \\cite{k} text"), &arena, true, &draft));
    names(&draft.setup_parts, "macros six");
    names(&draft.cited, "k");
    assert_int_equal(draft.text.len, 0);
    assert_true(
        draft_read("a.md", span_of("---\nbibliography:\n- a.bib\n- b.json\nnocite: '@*'\n---\n"), &arena, &draft));
    names(&draft.bibliographies, "a.bib b.json");
    assert_true(draft.cites_all);
    arena_free(&arena);
}

/* Expects the first reference of `list`, and no second. */
static void refers(const char *source, const char *key, const char *title, size_t authors, int year)
{
    struct arena arena = {0};
    struct record record = {.arena = &arena}, next = {.arena = &arena};
    struct span list = span_of(source);
    assert_true(draft_next_reference(&list, &record));
    assert_string_equal(arena_string(&arena, record.id), key);
    assert_string_equal(record.title.len == 0 ? "" : arena_string(&arena, record.title), title);
    assert_int_equal(record.authors.count, authors);
    assert_int_equal(record.year, year);
    assert_false(draft_next_reference(&list, &next));
    arena_free(&arena);
}

static void references_are_read_as_styles_write_them(void **state)
{
    (void)state;
    refers(
        "\\bibitem{k} Ada Example and Bo Sample.\n\\newblock Pooling {CXL} memory.\n\\newblock In {\\em SOSP}, 2024.",
        "k", "Pooling CXL memory", 2, 2024);
    refers("\\bibitem[{Example et~al.(2024)}]{k}\nAda Example.\n\\newblock Pooling \\emph{memory}.\n\\newblock 2024.",
           "k", "Pooling memory", 1, 2024);
    refers("\\bibitem{k} A.~Example and B.~Sample, ``Pooling memory over CXL,'' in \\emph{Proc. SOSP}, 2024, pp. 1--9.",
           "k", "Pooling memory over CXL", 2, 2024);
    refers("\\bibitem{k} Ada Example and Bo Sample. 2024. Pooling memory over CXL. In Proceedings of SOSP.", "k",
           "Pooling memory over CXL", 2, 2024);
    refers("\\bibitem{k} words", "k", "", 0, 0);
    refers("\\bibitem", "", "", 0, 0);
    refers("\\bibitem[x {y", "", "", 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_of_commands_is_read_and_their_names_are_not),
        cmocka_unit_test(letters_keep_their_words_whole),
        cmocka_unit_test(formulas_comments_and_listings_are_left_out),
        cmocka_unit_test(what_is_never_closed_does_not_swallow_the_text),
        cmocka_unit_test(only_the_title_of_the_preamble_counts),
        cmocka_unit_test(every_way_to_cite_is_known),
        cmocka_unit_test(files_that_a_draft_names_are_told),
        cmocka_unit_test(references_are_read_as_styles_write_them),
        cmocka_unit_test(latex_is_told_by_its_commands_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
