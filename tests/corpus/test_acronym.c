/* Acronyms where a text explains them. */
#include "corpus/acronym.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* "FORM=meaning; ..." of all that the text explains. */
static void assert_acronyms(const char *text, const char *expected)
{
    char found[512] = "";
    struct acronym acronym;
    size_t length = 0;
    for (size_t at = 0; acronym_next(span_of(text), &at, &acronym);)
        length += (size_t)snprintf(found + length, sizeof found - length, "%s%.*s=%.*s", length > 0 ? "; " : "",
                                   SPAN_ARGS(acronym.form), SPAN_ARGS(acronym.meaning));
    assert_string_equal(found, expected);
}

static void a_form_in_parentheses_is_explained_by_the_words_before_it(void **state)
{
    (void)state;
    assert_acronyms("It lowers the total cost of ownership (TCO) of a datacenter.", "TCO=total cost of ownership");
    assert_acronyms("Large language models (LLMs) are large.", "LLM=Large language models");
    assert_acronyms("We use non-volatile memory (NVM).", "NVM=non-volatile memory");
    assert_acronyms("Serving long Key-Value (KV) caches", "");
    assert_acronyms("Compute Express Link (CXL, for short) and remote direct memory access (RDMA)",
                    "CXL=Compute Express Link; RDMA=remote direct memory access");
}

static void words_in_parentheses_explain_the_form_before_them(void **state)
{
    (void)state;
    assert_acronyms("Its TCO (total cost of ownership) is low.", "TCO=total cost of ownership");
}

static void what_explains_nothing_is_no_acronym(void **state)
{
    (void)state;
    assert_acronyms("A paper (SOSP 2021) and a figure (Figure 3) and text (see Section 2).", "");
    assert_acronyms("The system. Total cost of ownership. (TCO)", "");
    assert_acronyms("many hosts (a) and (b) or (i)", "");
    assert_acronyms("never closed (TCO", "");
    assert_acronyms("total cost of ownership (tco)", "");
    assert_acronyms("()", "");
    assert_acronyms("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_in_parentheses_is_explained_by_the_words_before_it),
        cmocka_unit_test(words_in_parentheses_explain_the_form_before_them),
        cmocka_unit_test(what_explains_nothing_is_no_acronym),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
