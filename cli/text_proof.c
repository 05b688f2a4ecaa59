#include "cli/text_proof.h"

#include "cli/flow.h"
#include "cli/memory.h"
#include "cli/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    SOURCE_COLUMN = 4,  /* where sources begin */
    WRAPPED_COLUMN = 8, /* where text begins when its source has a line of its own */
    GAP_COLUMNS = 2,
};

size_t proof_source_columns(const char *file, uint32_t line)
{
    char *source = memory_format("%s:%u", file, line);
    const size_t columns = utf8_width(source, strlen(source));
    free(source);
    return columns;
}

void proof_write(const struct proof *proof, FILE *out, const struct terminal *terminal, size_t width)
{
    const bool beside = width <= PROOF_WIDEST_SOURCE;
    const size_t text_column = beside ? SOURCE_COLUMN + width + GAP_COLUMNS : WRAPPED_COLUMN;
    put_spaces(out, SOURCE_COLUMN);
    struct flow flow = flow_at(out, terminal, SOURCE_COLUMN, text_column);
    char *source = memory_format("%s:%u", proof->file, proof->line);
    flow_text(&flow, STYLE_SOURCE, source);
    free(source);
    if (beside) {
        flow_to(&flow, text_column);
    } else {
        flow_line(&flow, text_column);
    }
    flow_marked(&flow, proof->style, proof->text, proof->bytes, proof->marks, proof->mark_count);
    fputc('\n', out);
}
