#include "cli/eval_run.h"

#include <math.h>

static void write_query(FILE *out, const pinakes_eval_query *query, const char *tag)
{
    float above = INFINITY;
    for (size_t i = 0; i < query->paper_count; i++) {
        float score = (float)query->papers[i].score;
        if (score >= above) {
            score = nextafterf(above, -INFINITY);
        }
        above = score;
        fprintf(out, "%s Q0 %s %zu %.9g %s\n", query->id, query->papers[i].name, i + 1, (double)score, tag);
    }
}

void eval_run_write(FILE *out, const pinakes_evaluation *evaluation, const char *tag)
{
    for (size_t i = 0; i < evaluation->query_count; i++) {
        write_query(out, &evaluation->queries[i], tag);
    }
}
